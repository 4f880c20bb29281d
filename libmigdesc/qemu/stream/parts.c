/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "qemu/stream/stream-private.h"

#include <string.h>

#include "base/bytes.h"
#include "base/quote.h"
#include "model/codes.h"
#include "state/stream/stream-io.h"

/* A stream is gone through twice: at first memory is passed and the bytes of devices are collected,
 * then, with the description, the devices are told apart. */

typedef struct
{
  MigdescQemuScan scan;
  const MigdescQemuHints *hints;
  MigdescQemuParts *parts;
  MigdescQemuDescription *description; /* what decodes */
} Read;

/* --- The first time ---------------------------------------------------- */

/* Whether what comes next is memory, or another thing that is not kept. */
static gboolean
is_passed (MigdescQemuScan *scan)
{
  MigdescQemuInput *input = scan->input;
  const guint8 *bytes = migdesc_qemu_input_peek (input);
  const MigdescQemuLive *live;
  static const char *const names[] = { "ram", "dirty-bitmap" };

  if (bytes[0] == 1)
    {
      for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
        {
          gsize length = strlen (names[i]);

          if (migdesc_qemu_input_need (input, 6 + length)
              && migdesc_qemu_input_peek (input)[5] == length
              && memcmp (migdesc_qemu_input_peek (input) + 6, names[i], length) == 0)
            return TRUE;
        }
      return FALSE;
    }
  if ((bytes[0] != 2 && bytes[0] != 3) || !migdesc_qemu_input_need (input, 5))
    return FALSE;
  live = g_hash_table_lookup (
      scan->live, GUINT_TO_POINTER (migdesc_qemu_get32 (migdesc_qemu_input_peek (input) + 1)));
  return live != NULL && live->kind != MIGDESC_QEMU_LIVE_OPAQUE;
}

/* What was collected takes its place among the sections. */
static void
add_span (MigdescQemuScan *scan)
{
  guint64 start;
  GBytes *bytes = migdesc_qemu_input_release (scan->input, &start);
  MigdescQemuItem *item;

  if (bytes == NULL)
    return;
  item = migdesc_qemu_item_new (MIGDESC_QEMU_SECTION_UNKNOWN, start);
  item->data = bytes;
  g_ptr_array_add (scan->items, item);
}

static gboolean
collect_next (MigdescQemuScan *scan)
{
  guint n_items = scan->items->len;
  guint n_findings = scan->findings->len;
  gboolean cut = scan->cut;
  gboolean goes_on;

  if (!migdesc_qemu_input_need (scan->input, 1))
    return FALSE;
  if (is_passed (scan))
    {
      add_span (scan);
      return migdesc_qemu_scan_next (scan);
    }
  migdesc_qemu_input_hold (scan->input);
  goes_on = migdesc_qemu_scan_next (scan);
  g_ptr_array_set_size (scan->items, (gint) n_items);
  g_ptr_array_set_size (scan->findings, (gint) n_findings);
  scan->cut = cut;
  return goes_on;
}

static gboolean
collect (Read *read,
         GError **error)
{
  MigdescQemuScan *scan = &read->scan;

  if (!migdesc_qemu_scan_header (scan, error))
    return FALSE;
  scan->collecting = migdesc_qemu_scan_configuration (scan);
  while (scan->collecting && collect_next (scan))
    ;
  add_span (scan);
  scan->collecting = FALSE;
  migdesc_qemu_input_finish (scan->input);
  read->parts->size = migdesc_qemu_input_tell (scan->input);
  return TRUE;
}

/* --- The description --------------------------------------------------- */

static GBytes *
slice_at (GPtrArray *items,
          guint64 offset,
          guint64 size)
{
  for (guint i = items->len; i-- > 0;)
    {
      const MigdescQemuItem *item = g_ptr_array_index (items, i);

      if (item->data != NULL && item->offset <= offset
          && offset - item->offset + size <= g_bytes_get_size (item->data))
        return g_bytes_new_from_bytes (item->data, (gsize) (offset - item->offset),
                                       (gsize) size);
    }
  return NULL;
}

/* A stream without footers is one piece to its end: its description begins behind an end mark and
 * its own size, and ends with a brace. */
static GBytes *
search_description (const MigdescQemuItem *span)
{
  gsize size;
  const guint8 *data = migdesc_bytes_peek (span->data, &size);
  const guint8 *at = data == NULL ? NULL : memchr (data, '{', size);

  for (; at != NULL; at = memchr (at + 1, '{', size - (gsize) (at + 1 - data)))
    {
      gsize before = (gsize) (at - data);
      guint32 length;

      if (before < 6 || at[-5] != 6 || at[-6] != 0)
        continue;
      length = migdesc_qemu_get32 (at - 4);
      if (length >= 2 && length <= size - before && at[length - 1] == '}')
        return g_bytes_new_from_bytes (span->data, before, length);
    }
  return NULL;
}

static GBytes *
find_description (Read *read)
{
  MigdescQemuScan *scan = &read->scan;
  const MigdescQemuItem *last;
  GBytes *found = NULL;

  if (scan->description_offset != 0)
    found = slice_at (scan->items, scan->description_offset, scan->description_size);
  if (found != NULL || scan->items->len == 0)
    return found;
  last = g_ptr_array_index (scan->items, scan->items->len - 1);
  return last->kind == MIGDESC_QEMU_SECTION_UNKNOWN && last->data != NULL
             ? search_description (last)
             : NULL;
}

static void
read_description (Read *read)
{
  MigdescQemuScan *scan = &read->scan;
  g_autoptr (GBytes) text = find_description (read);
  g_autoptr (GError) error = NULL;

  if (text != NULL)
    read->parts->own = migdesc_qemu_description_new_from_json (
        migdesc_bytes_peek (text, NULL), (gssize) g_bytes_get_size (text), read->hints->limits,
        &error);
  if (error != NULL)
    migdesc_qemu_scan_find (scan, MIGDESC_CODE_QEMU_DESCRIPTION, MIGDESC_SEVERITY_BLOCKER, NULL,
                            scan->description_offset, "the description cannot be read: %s",
                            error->message);
  read->description
      = read->parts->own != NULL ? read->parts->own : read->hints->description;
  read->scan.is_undescribed = read->description == NULL;
  if (read->description == NULL && error == NULL)
    migdesc_qemu_scan_find (scan, MIGDESC_CODE_QEMU_NO_DESCRIPTION, MIGDESC_SEVERITY_WARNING,
                            NULL, read->parts->size, "the stream has no description: the states "
                            "of its devices cannot be decoded without another's");
}

/* --- The second time --------------------------------------------------- */

static void
take_apart (Read *read,
            const MigdescQemuItem *span)
{
  MigdescQemuScan *scan = &read->scan;
  g_auto (MigdescQemuInput) input = { 0 };

  migdesc_qemu_input_init_bytes (&input, span->data, span->offset);
  scan->input = &input;
  while (migdesc_qemu_scan_next (scan))
    ;
  scan->input = NULL;
}

static void
take_all_apart (Read *read)
{
  MigdescQemuScan *scan = &read->scan;
  g_autoptr (GPtrArray) first = g_steal_pointer (&scan->items);

  scan->items = g_ptr_array_new_with_free_func ((GDestroyNotify) migdesc_qemu_item_unref);
  scan->description = read->description;
  g_hash_table_remove_all (scan->used);
  for (guint i = 0; i < first->len; i++)
    {
      MigdescQemuItem *item = g_ptr_array_index (first, i);

      if (item->kind == MIGDESC_QEMU_SECTION_UNKNOWN && item->data != NULL)
        take_apart (read, item);
      else
        g_ptr_array_add (scan->items, migdesc_qemu_item_ref (item));
    }
}

/* --- What is not where it should be ------------------------------------ */

static void
find_missing (Read *read)
{
  MigdescQemuScan *scan = &read->scan;
  MigdescQemuDescription *description = read->parts->own;
  guint n = description == NULL ? 0 : migdesc_qemu_description_get_n_devices (description);

  for (guint i = 0; i < n; i++)
    {
      const MigdescQemuDevice *device = migdesc_qemu_description_peek_device (description, i);
      g_autofree char *name = migdesc_quote (device->name, -1);
      const MigdescQemuDevice *last
          = g_hash_table_lookup (scan->used,
                                 migdesc_qemu_description_find (description, device->name,
                                                                device->instance));

      if (last == NULL || last < device)
        migdesc_qemu_scan_find (scan, MIGDESC_CODE_QEMU_MISSING, MIGDESC_SEVERITY_BLOCKER, NULL,
                                read->parts->size, "the description has %s/%u, the stream does not",
                                name, device->instance);
    }
}

static void
find_duplicates (Read *read)
{
  MigdescQemuScan *scan = &read->scan;

  for (guint i = 0; i < scan->items->len; i++)
    {
      const MigdescQemuItem *item = g_ptr_array_index (scan->items, i);

      if (item->kind == MIGDESC_QEMU_SECTION_FULL && item->nth > 0)
        migdesc_qemu_scan_find (
            scan, MIGDESC_CODE_QEMU_DUPLICATE, MIGDESC_SEVERITY_BLOCKER, item, item->offset,
            "there is one of this name and instance already, at byte %" G_GUINT64_FORMAT,
            migdesc_qemu_item_index_find_first (read->parts->index, item)->offset);
    }
}

static void
check_end (Read *read)
{
  MigdescQemuScan *scan = &read->scan;
  const MigdescQemuItem *last = scan->items->len == 0
                                    ? NULL
                                    : g_ptr_array_index (scan->items, scan->items->len - 1);
  guint32 described = read->parts->own == NULL
                          ? 0
                          : migdesc_qemu_description_get_page_size (read->parts->own);

  if (!scan->ended && !scan->cut && !(last != NULL && last->is_rest))
    migdesc_qemu_scan_find (scan, MIGDESC_CODE_QEMU_TRUNCATED, MIGDESC_SEVERITY_BLOCKER, NULL,
                            last == NULL ? 0 : last->offset + last->length,
                            "the stream ends without an end mark");
  if (described != 0 && scan->page_size != 0 && described != scan->page_size)
    migdesc_qemu_scan_find (scan, MIGDESC_CODE_QEMU_PAGE_SIZE, MIGDESC_SEVERITY_BLOCKER, NULL,
                            scan->description_offset,
                            "pages were taken to have %u bytes, the description has %u",
                            scan->page_size, described);
}

static gint
compare_findings (gconstpointer data,
                  gconstpointer other_data)
{
  const MigdescFindingCore *core = *(const MigdescFindingCore *const *) data;
  const MigdescFindingCore *other = *(const MigdescFindingCore *const *) other_data;

  return core->offset < other->offset ? -1 : core->offset > other->offset;
}

static void
make_report (Read *read)
{
  GPtrArray *findings = read->scan.findings;
  MigdescReport *report = migdesc_report_new_limited (read->scan.max_findings);

  g_ptr_array_sort (findings, compare_findings);
  for (guint i = 0; i < findings->len; i++)
    migdesc_report_take (report, migdesc_finding_core_ref (g_ptr_array_index (findings, i)));
  migdesc_report_omit_many (report, read->scan.n_omitted);
  if (read->scan.omitted_blocker)
    migdesc_report_set_incompatible (report);
  if (read->scan.is_undescribed)
    migdesc_report_set_undecided (report);
  read->parts->report = report;
}

/* --- All --------------------------------------------------------------- */

static void
finish (Read *read)
{
  MigdescQemuScan *scan = &read->scan;
  MigdescQemuParts *parts = read->parts;

  scan->ended = FALSE;
  read_description (read);
  take_all_apart (read);
  parts->index = migdesc_qemu_item_index_new (scan->items);
  find_missing (read);
  find_duplicates (read);
  check_end (read);
  make_report (read);
  parts->items = g_steal_pointer (&scan->items);
  parts->blocks = g_steal_pointer (&scan->blocks);
  parts->machine = g_steal_pointer (&scan->machine);
  parts->page_size = scan->page_size;
  if (parts->page_size == 0 && read->description != NULL)
    parts->page_size = migdesc_qemu_description_get_page_size (read->description);
}

static void
fail_read (MigdescQemuInput *input,
           GError **error)
{
  if (input->error->domain == MIGDESC_ERROR)
    g_propagate_error (error, g_steal_pointer (&input->error));
  else
    migdesc_io_take_error (g_steal_pointer (&input->error), MIGDESC_ERROR_CANNOT_READ,
                           "the stream cannot be read", error);
}

static void
prepare (Read *read,
         MigdescQemuInput *input)
{
  const MigdescQemuHints *hints = read->hints;

  read->scan.input = input;
  read->scan.page_size = hints->page_size;
  read->scan.max_findings = (guint) migdesc_limits_get (hints->limits, MIGDESC_LIMIT_FINDINGS);
  read->scan.search_limit = migdesc_limits_get (hints->limits, MIGDESC_LIMIT_STATE_BUFFER);
  read->scan.description = hints->description;
  if (read->scan.page_size == 0 && hints->description != NULL)
    read->scan.page_size = migdesc_qemu_description_get_page_size (hints->description);
}

/* What libvirt wrote is the first of all. */
static void
add_wrapper (Read *read)
{
  const MigdescQemuWrapper *wrapper = &read->parts->wrapper;
  MigdescQemuItem *item;

  if (!wrapper->there)
    return;
  item = migdesc_qemu_item_new (MIGDESC_QEMU_SECTION_WRAPPER, 0);
  item->length = item->data_length = wrapper->length;
  item->name = g_strdup ("libvirt");
  g_ptr_array_add (read->scan.items, item);
  if (wrapper->is_partial)
    migdesc_qemu_scan_find (&read->scan, MIGDESC_CODE_QEMU_TRUNCATED, MIGDESC_SEVERITY_BLOCKER,
                            NULL, 0, "libvirt has not finished saving: the image says so itself");
}

static gboolean
read_inner (Read *read,
            MigdescQemuInput *input,
            GError **error)
{
  prepare (read, input);
  add_wrapper (read);
  if (collect (read, error) && input->error == NULL)
    {
      finish (read);
      return TRUE;
    }
  if (input->error != NULL)
    fail_read (input, error);
  return FALSE;
}

gboolean
migdesc_qemu_parts_read (MigdescQemuParts *parts,
                         MigdescQemuInput *input,
                         const MigdescQemuHints *hints,
                         GError **error)
{
  Read read = { .hints = hints, .parts = parts };
  g_auto (MigdescQemuInput) inner = { 0 };
  gboolean done;

  migdesc_qemu_scan_init (&read.scan);
  done = migdesc_qemu_wrapper_read (&parts->wrapper, input, &inner, error);
  if (done)
    done = read_inner (&read, inner.stream != NULL ? &inner : input, error);
  else if (input->error != NULL)
    fail_read (input, error);
  migdesc_qemu_scan_clear (&read.scan);
  return done;
}

void
migdesc_qemu_parts_clear (MigdescQemuParts *parts)
{
  g_clear_pointer (&parts->machine, g_free);
  g_clear_pointer (&parts->index, g_hash_table_unref);
  g_clear_pointer (&parts->items, g_ptr_array_unref);
  g_clear_pointer (&parts->blocks, g_ptr_array_unref);
  g_clear_pointer (&parts->report, migdesc_report_unref);
  g_clear_object (&parts->own);
  migdesc_qemu_wrapper_clear (&parts->wrapper);
}
