/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Any bytes as a description, and as the data that it describes: what the description says of a
 * device is a schema that can be written and read again, or a message says why it is none. */

#include <string.h>

#include <migdesc/migdesc.h>

#include "fuzz.h"

static void
check_schema (MigdescQemuDescription *description, guint device)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MigdescStateType) schema
      = migdesc_qemu_description_get_device_schema (description, device, &error);
  g_autoptr (MigdescStateType) again = NULL;
  g_autofree char *text = NULL;

  g_assert_nonnull (migdesc_qemu_description_get_device_name (description, device));
  if (schema == NULL)
    {
      fuzz_check_message (error->message);
      return;
    }
  text = migdesc_state_type_to_json (schema, FALSE);
  if (strlen (text) > 1 << 20)
    return;
  again = migdesc_state_type_new_from_json (text, -1, NULL, &error);
  if (again != NULL)
    g_assert_true (migdesc_state_type_equal (schema, again));
  else /* the limits of documents are narrower */
    g_assert_error (error, MIGDESC_ERROR, MIGDESC_ERROR_LIMIT_EXCEEDED);
}

/* A stream of one section, whose data are the text itself. */
static void
check_stream (MigdescQemuDescription *description, const guint8 *data, gsize size)
{
  g_autoptr (GByteArray) array = g_byte_array_new ();
  const char *name = migdesc_qemu_description_get_device_name (description, 0);
  guint instance = GUINT32_TO_BE (migdesc_qemu_description_get_device_instance (description, 0));
  guint8 length = (guint8) strlen (name);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (MigdescQemuStream) stream = NULL;
  g_autoptr (MigdescQemuSection) section = NULL;
  g_autoptr (MigdescState) state = NULL;

  g_byte_array_append (array, (const guint8 *) "QEVM\0\0\0\3\4\0\0\0\1", 13);
  g_byte_array_append (array, &length, 1);
  g_byte_array_append (array, (const guint8 *) name, length);
  g_byte_array_append (array, (const guint8 *) &instance, 4);
  g_byte_array_append (array, (const guint8 *) "\0\0\0\1", 4);
  g_byte_array_append (array, data, (guint) size);
  bytes = g_byte_array_free_to_bytes (g_steal_pointer (&array));
  stream = migdesc_qemu_stream_new_from_bytes (bytes, description, 0, NULL, &error);
  g_assert_no_error (error);
  section = migdesc_qemu_stream_get_section (stream, 1);
  state = migdesc_qemu_section_get_state (section, &error);
  g_assert_cmpint (migdesc_qemu_section_has_state (section), ==, state != NULL);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, size_t size)
{
  const guint8 *end = memchr (data, '\n', size);
  gsize length = end == NULL ? size : (gsize) (end - data);
  g_autoptr (GError) error = NULL;
  g_autoptr (MigdescQemuDescription) description = migdesc_qemu_description_new_from_json (
      (const char *) data, (gssize) length, NULL, &error);

  if (description == NULL)
    {
      fuzz_check_message (error->message);
      return 0;
    }
  for (guint i = 0; i < migdesc_qemu_description_get_n_devices (description); i++)
    check_schema (description, i);
  if (end != NULL && migdesc_qemu_description_get_n_devices (description) > 0)
    check_stream (description, end + 1, size - length - 1);
  return 0;
}
