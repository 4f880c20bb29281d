/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Any bytes as a value that QEMU writes by hand; the first one says of which type, and of which
 * device. What can be read can be shown and read again to the same, and of what cannot be a message
 * says why. */

#include <migdesc/migdesc.h>

#include "fuzz.h"

static const struct
{
  const char *type;
  const char *section;
} kinds[] = {
  { "virtio", "0000:00:03.0/virtio-net" },     { "virtio", "0000:00:03.0/virtio-blk" },
  { "virtio", "0000:00:03.0/virtio-console" }, { "virtio", "0000:00:03.0/virtio-balloon" },
  { "virtio", "virtio-rng" },                  { "pci config", NULL },
  { "msix state", NULL },                      { "pci irq state", NULL },
};

int
LLVMFuzzerTestOneInput (const guint8 *data, size_t size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (MigdescState) state = NULL;
  g_autoptr (MigdescState) again = NULL;
  g_autofree char *text = NULL;
  guint kind;

  if (size == 0)
    return 0;
  kind = data[0] % G_N_ELEMENTS (kinds);
  bytes = g_bytes_new (data + 1, size - 1);
  state = migdesc_qemu_opaque_read (kinds[kind].type, kinds[kind].section, bytes, &error);
  if (state == NULL)
    {
      g_assert_nonnull (error);
      g_assert_true (error->domain == MIGDESC_ERROR);
      g_assert_true (error->code == MIGDESC_ERROR_STATE_DAMAGED
                     || error->code == MIGDESC_ERROR_STATE_TRUNCATED);
      fuzz_check_message (error->message);
      return 0;
    }
  g_assert_no_error (error);
  text = migdesc_state_to_string (state);
  g_assert_true (g_utf8_validate (text, -1, NULL));
  again = migdesc_qemu_opaque_read (kinds[kind].type, kinds[kind].section, bytes, &error);
  g_assert_no_error (error);
  g_assert_true (migdesc_state_equal (state, again));
  return 0;
}
