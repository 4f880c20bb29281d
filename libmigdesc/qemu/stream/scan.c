/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "qemu/stream/scan.h"

#include <string.h>

#include "base/hash.h"
#include "model/codes.h"

/* What comes next in a stream, and what is noted of it. */

#define FOOTER_SIZE 5

static void
live_free (gpointer data)
{
  MigdescQemuLive *live = data;

  g_free (live->name);
  g_free (live->raw_name);
  g_free (live);
}

static void
block_free (gpointer data)
{
  g_free (((MigdescQemuBlock *) data)->name);
  g_free (data);
}

guint
migdesc_qemu_hash_name (gconstpointer name)
{
  return migdesc_hash_fold (migdesc_hash (name, strlen (name)));
}

void
migdesc_qemu_scan_init (MigdescQemuScan *scan)
{
  *scan = (MigdescQemuScan) { 0 };
  scan->items = g_ptr_array_new_with_free_func ((GDestroyNotify) migdesc_qemu_item_unref);
  scan->findings = g_ptr_array_new_with_free_func ((GDestroyNotify) migdesc_finding_core_unref);
  scan->live = g_hash_table_new_full (NULL, NULL, NULL, live_free);
  scan->blocks = g_ptr_array_new_with_free_func (block_free);
  scan->block_names = g_hash_table_new (migdesc_qemu_hash_name, g_str_equal);
  scan->used = g_hash_table_new (NULL, NULL);
}

void
migdesc_qemu_scan_clear (MigdescQemuScan *scan)
{
  g_clear_pointer (&scan->items, g_ptr_array_unref);
  g_clear_pointer (&scan->findings, g_ptr_array_unref);
  g_clear_pointer (&scan->live, g_hash_table_unref);
  g_clear_pointer (&scan->block_names, g_hash_table_unref);
  g_clear_pointer (&scan->blocks, g_ptr_array_unref);
  g_clear_pointer (&scan->used, g_hash_table_unref);
  g_clear_pointer (&scan->machine, g_free);
}

gboolean
migdesc_qemu_is_name (const guint8 *bytes,
                      gsize length)
{
  for (gsize i = 0; i < length; i++)
    if (bytes[i] < ' ' || bytes[i] == 0x7f)
      return FALSE;
  return length > 0 && g_utf8_validate ((const char *) bytes, (gssize) length, NULL);
}

char *
migdesc_qemu_make_name (const guint8 *bytes,
                        gsize length)
{
  GString *text;

  if (length == 0 || migdesc_qemu_is_name (bytes, length))
    return g_strndup ((const char *) bytes, length);
  text = g_string_new (NULL);
  for (gsize i = 0; i < length; i++)
    if (bytes[i] < ' ' || bytes[i] >= 0x7f)
      g_string_append_printf (text, "\\x%02x", bytes[i]);
    else
      g_string_append_c (text, (char) bytes[i]);
  return g_string_free (text, FALSE);
}

MigdescQemuItem *
migdesc_qemu_scan_add (MigdescQemuScan *scan,
                       MigdescQemuSectionKind kind)
{
  MigdescQemuItem *item = migdesc_qemu_item_new (kind, migdesc_qemu_input_tell (scan->input));

  g_ptr_array_add (scan->items, item);
  return item;
}

static void
add_finding (MigdescQemuScan *scan,
             MigdescFindingCore *core)
{
  if (scan->findings->len < scan->max_findings)
    {
      g_ptr_array_add (scan->findings, core);
      return;
    }
  scan->n_omitted++;
  scan->omitted_blocker |= core->severity == MIGDESC_SEVERITY_BLOCKER;
  migdesc_finding_core_unref (core);
}

gboolean
migdesc_qemu_scan_find (MigdescQemuScan *scan,
                        const char *code,
                        MigdescSeverity severity,
                        const MigdescQemuItem *item,
                        guint64 offset,
                        const char *format,
                        ...)
{
  MigdescFindingCore *core = migdesc_finding_core_new (code, severity);
  g_autofree char *place = item == NULL ? NULL : migdesc_qemu_item_describe (item);
  g_autofree char *text = NULL;
  va_list arguments;

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  core->message = g_strdup_printf ("%s%s%s (byte %" G_GUINT64_FORMAT ")",
                                   place == NULL ? "" : place, place == NULL ? "" : ": ", text,
                                   offset);
  core->offset = (gint64) MIN (offset, G_MAXINT64);
  add_finding (scan, core);
  return FALSE;
}

gboolean
migdesc_qemu_scan_fail_end (MigdescQemuScan *scan,
                            const MigdescQemuItem *item)
{
  /* What cannot be read any more is no end of the stream: the error says it. */
  if (scan->input->error != NULL)
    return FALSE;
  scan->cut = TRUE;
  return migdesc_qemu_scan_find (scan, MIGDESC_CODE_QEMU_TRUNCATED, MIGDESC_SEVERITY_BLOCKER, item,
                                 migdesc_qemu_input_tell (scan->input), "the stream ends in it");
}

gboolean
migdesc_qemu_scan_header (MigdescQemuScan *scan,
                          GError **error)
{
  const guint8 *bytes;
  guint32 version;

  if (!migdesc_qemu_input_need (scan->input, 8))
    {
      if (scan->input->error == NULL)
        g_set_error (error, MIGDESC_ERROR, MIGDESC_ERROR_STATE_TRUNCATED,
                     "the stream ends within its header (byte %" G_GUINT64_FORMAT ")",
                     scan->input->offset + scan->input->length);
      return FALSE;
    }
  bytes = migdesc_qemu_input_peek (scan->input);
  version = migdesc_qemu_get32 (bytes + 4);
  if (memcmp (bytes, "QEVM", 4) != 0)
    {
      g_set_error (error, MIGDESC_ERROR, MIGDESC_ERROR_STATE_FORMAT,
                   "this is no migration stream of QEMU: it does not begin with QEVM (byte %"
                   G_GUINT64_FORMAT ")",
                   migdesc_qemu_input_tell (scan->input));
      return FALSE;
    }
  if (version != 3)
    {
      g_set_error (error, MIGDESC_ERROR, MIGDESC_ERROR_STATE_VERSION,
                   "a migration stream of version %u, only 3 is known (byte %" G_GUINT64_FORMAT
                   ")",
                   version, migdesc_qemu_input_tell (scan->input) + 4);
      return FALSE;
    }
  migdesc_qemu_scan_add (scan, MIGDESC_QEMU_SECTION_HEADER)->length = 8;
  scan->input->at += 8;
  return TRUE;
}

static gboolean
pass_description (MigdescQemuScan *scan)
{
  MigdescQemuInput *input = scan->input;
  MigdescQemuItem *item;
  guint32 size;

  if (!migdesc_qemu_input_need (input, 1) || migdesc_qemu_input_peek (input)[0] != 6)
    return TRUE;
  item = migdesc_qemu_scan_add (scan, MIGDESC_QEMU_SECTION_DESCRIPTION);
  size = migdesc_qemu_input_need (input, 5)
             ? migdesc_qemu_get32 (migdesc_qemu_input_peek (input) + 1)
             : 0;
  if (!migdesc_qemu_input_need (input, 5)
      || !migdesc_qemu_input_need (input, 5 + (gsize) size))
    {
      migdesc_qemu_input_skip (input, G_MAXUINT64);
      item->length = migdesc_qemu_input_tell (input) - item->offset;
      return migdesc_qemu_scan_fail_end (scan, item);
    }
  input->at += 5;
  item->data_offset = scan->description_offset = migdesc_qemu_input_tell (input);
  scan->description_size = size;
  migdesc_qemu_scan_set_data (scan, item, size);
  item->length = 5 + (guint64) size;
  return TRUE;
}

/* What may be behind the end, as what padded a file. */
#define TRAILING_KEPT 1048576

static gboolean
pass_end (MigdescQemuScan *scan)
{
  MigdescQemuInput *input = scan->input;
  MigdescQemuItem *item = migdesc_qemu_scan_add (scan, MIGDESC_QEMU_SECTION_EOF);

  item->length = 1;
  input->at++;
  scan->ended = TRUE;
  if (!pass_description (scan) || !migdesc_qemu_input_need (input, 1))
    return FALSE;
  item = migdesc_qemu_scan_add (scan, MIGDESC_QEMU_SECTION_UNKNOWN);
  if (scan->collecting)
    {
      migdesc_qemu_input_need (input, TRAILING_KEPT);
      input->at += MIN (TRAILING_KEPT, input->length - input->at);
      return FALSE;
    }
  item->length = item->data_length = migdesc_qemu_input_skip (input, G_MAXUINT64);
  return migdesc_qemu_scan_find (scan, MIGDESC_CODE_QEMU_TRAILING, MIGDESC_SEVERITY_WARNING, NULL,
                                 item->offset, "%" G_GUINT64_FORMAT " bytes behind the end",
                                 item->length);
}

/* Neither a section nor anything else: up to behind the next footer. */
static gboolean
pass_unknown (MigdescQemuScan *scan)
{
  MigdescQemuInput *input = scan->input;
  guint8 byte = migdesc_qemu_input_peek (input)[0];
  MigdescQemuItem *item = migdesc_qemu_scan_add (scan, MIGDESC_QEMU_SECTION_UNKNOWN);
  gboolean found;
  gsize at;

  found = migdesc_qemu_scan_find_footer (scan, G_MAXUINT64, 0, &at);
  item->data_length = item->length
      = migdesc_qemu_input_skip (input, found ? at + FOOTER_SIZE : G_MAXUINT64);
  migdesc_qemu_scan_find (scan, MIGDESC_CODE_QEMU_SECTION, MIGDESC_SEVERITY_BLOCKER, NULL,
                          item->offset,
                          "0x%02x where a section begins; %" G_GUINT64_FORMAT
                          " bytes are passed over",
                          byte, item->length);
  return found;
}

gboolean
migdesc_qemu_scan_next (MigdescQemuScan *scan)
{
  if (!migdesc_qemu_input_need (scan->input, 1))
    return FALSE;
  switch (migdesc_qemu_input_peek (scan->input)[0])
    {
    case 0:
      return pass_end (scan);
    case 1:
      return migdesc_qemu_scan_section (scan, MIGDESC_QEMU_SECTION_START);
    case 2:
      return migdesc_qemu_scan_section (scan, MIGDESC_QEMU_SECTION_PART);
    case 3:
      return migdesc_qemu_scan_section (scan, MIGDESC_QEMU_SECTION_END);
    case 4:
      return migdesc_qemu_scan_section (scan, MIGDESC_QEMU_SECTION_FULL);
    case 8:
      return migdesc_qemu_scan_command (scan);
    default:
      return pass_unknown (scan);
    }
}
