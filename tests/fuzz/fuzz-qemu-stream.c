/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Any bytes as a migration stream: each of them belongs to one section, what can be decoded is, all
 * messages are clean, and it makes no difference whether they come at once or one by one. */

#include <string.h>

#include <migdesc/migdesc.h>

#include "fuzz.h"

/* Gives a few bytes at a time. */
typedef struct
{
  GInputStream parent_instance;
  const guint8 *data;
  gsize left;
} Drip;

typedef GInputStreamClass DripClass;

static GType drip_get_type (void);
G_DEFINE_TYPE (Drip, drip, G_TYPE_INPUT_STREAM)

static gssize
drip_read (GInputStream *stream, void *buffer, gsize count, GCancellable *cancellable,
           GError **error)
{
  Drip *drip = (Drip *) stream;
  gsize n = MIN (MIN (count, 5), drip->left);

  memcpy (buffer, drip->data, n);
  drip->data += n;
  drip->left -= n;
  return (gssize) n;
}

static void
drip_class_init (DripClass *klass)
{
  klass->read_fn = drip_read;
}

static void
drip_init (Drip *drip)
{
}

static void
check_section (MigdescQemuSection *section, guint64 *at)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MigdescState) state = migdesc_qemu_section_get_state (section, &error);

  g_assert_cmpuint (migdesc_qemu_section_get_offset (section), ==, *at);
  *at += migdesc_qemu_section_get_length (section);
  g_assert_cmpint (migdesc_qemu_section_has_state (section), ==, state != NULL);
  if (state == NULL)
    fuzz_check_message (error->message);
  else
    {
      g_autofree char *text = migdesc_state_to_json (state, FALSE);

      g_assert_nonnull (text);
    }
}

static void
check_stream (MigdescQemuStream *stream, gsize size)
{
  MigdescReport *report = migdesc_qemu_stream_get_report (stream);
  guint64 at = 0;

  g_assert_cmpuint (migdesc_qemu_stream_get_size (stream), ==, size);
  for (guint i = 0; i < migdesc_qemu_stream_get_n_sections (stream); i++)
    {
      g_autoptr (MigdescQemuSection) section = migdesc_qemu_stream_get_section (stream, i);

      check_section (section, &at);
    }
  g_assert_cmpuint (at, ==, size);
  for (guint i = 0; i < migdesc_report_get_n_findings (report); i++)
    {
      g_autoptr (MigdescFinding) finding = migdesc_report_get_finding (report, i);

      fuzz_check_message (migdesc_finding_get_message (finding));
      g_assert_cmpint (migdesc_finding_get_offset (finding), <=, (gint64) size);
    }
}

static void
check_same (MigdescQemuStream *stream, MigdescQemuStream *other)
{
  g_assert_cmpuint (migdesc_qemu_stream_get_n_sections (stream), ==,
                    migdesc_qemu_stream_get_n_sections (other));
  g_assert_true (migdesc_report_equal (migdesc_qemu_stream_get_report (stream),
                                       migdesc_qemu_stream_get_report (other)));
}

int
LLVMFuzzerTestOneInput (const guint8 *data, size_t size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (GInputStream) drip = g_object_new (drip_get_type (), NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) other_error = NULL;
  g_autoptr (MigdescQemuStream) stream
      = migdesc_qemu_stream_new_from_bytes (bytes, NULL, 0, NULL, &error);
  g_autoptr (MigdescQemuStream) other = NULL;

  ((Drip *) drip)->data = data;
  ((Drip *) drip)->left = size;
  other = migdesc_qemu_stream_new_from_stream (drip, NULL, 0, NULL, NULL, &other_error);
  if (stream == NULL)
    {
      fuzz_check_message (error->message);
      g_assert_cmpstr (error->message, ==, other_error->message);
      return 0;
    }
  g_assert_no_error (other_error);
  check_stream (stream, size);
  check_same (stream, other);
  return 0;
}
