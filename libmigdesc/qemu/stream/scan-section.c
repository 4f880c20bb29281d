/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "qemu/stream/scan.h"

#include <string.h>

#include "base/bytes.h"
#include "model/codes.h"
#include "qemu/description/decode.h"
#include "qemu/description/expand.h"

/* A section: header, data, footer. */

#define FOOTER 0x7e
#define FOOTER_SIZE 5

/* What else QEMU sends in parts. */
static gboolean
is_sent_in_parts (const char *name)
{
  static const char *const ends[]
      = { "spapr/htab", "s390-storage_attributes", "vfio", "block", "virtio-mem-early" };

  for (gsize i = 0; i < G_N_ELEMENTS (ends); i++)
    if (g_str_has_suffix (name, ends[i]))
      return TRUE;
  return FALSE;
}

static MigdescQemuLiveKind
get_live_kind (const char *name)
{
  if (strcmp (name, "ram") == 0)
    return MIGDESC_QEMU_LIVE_RAM;
  if (strcmp (name, "dirty-bitmap") == 0)
    return MIGDESC_QEMU_LIVE_BITMAP;
  return MIGDESC_QEMU_LIVE_OPAQUE;
}

static void
remember (MigdescQemuScan *scan,
          const MigdescQemuItem *item)
{
  MigdescQemuLive *live = g_new0 (MigdescQemuLive, 1);

  live->id = item->id;
  live->instance = item->instance;
  live->kind = get_live_kind (item->name);
  live->name = g_strdup (item->name);
  live->raw_name = g_strdup (item->raw_name);
  g_hash_table_replace (scan->live, GUINT_TO_POINTER (live->id), live);
}

/* Of START and FULL: name, instance and version. FALSE: the stream ends in it. */
static gboolean
read_header (MigdescQemuScan *scan,
             MigdescQemuItem *item)
{
  MigdescQemuInput *input = scan->input;
  const guint8 *bytes;
  gsize length;

  if (!migdesc_qemu_input_need (input, 6))
    return FALSE;
  item->id = migdesc_qemu_get32 (migdesc_qemu_input_peek (input) + 1);
  length = migdesc_qemu_input_peek (input)[5];
  if (!migdesc_qemu_input_need (input, 6 + length + 8))
    return FALSE;
  bytes = migdesc_qemu_input_peek (input) + 6;
  item->name = migdesc_qemu_make_name (bytes, length);
  item->raw_name = g_strndup ((const char *) bytes, length);
  item->instance = migdesc_qemu_get32 (bytes + length);
  item->version = migdesc_qemu_get32 (bytes + length + 4);
  input->at += 6 + length + 8;
  return TRUE;
}

/* Of PART and END: whatever the START had. */
static gboolean
read_short_header (MigdescQemuScan *scan,
                   MigdescQemuItem *item)
{
  MigdescQemuInput *input = scan->input;
  const MigdescQemuLive *live;

  if (!migdesc_qemu_input_need (input, 5))
    return FALSE;
  item->id = migdesc_qemu_get32 (migdesc_qemu_input_peek (input) + 1);
  input->at += 5;
  live = g_hash_table_lookup (scan->live, GUINT_TO_POINTER (item->id));
  if (live == NULL)
    {
      migdesc_qemu_scan_find (scan, MIGDESC_CODE_QEMU_SECTION, MIGDESC_SEVERITY_BLOCKER, item,
                              item->offset, "a part of a section that has not begun");
      return TRUE;
    }
  item->name = g_strdup (live->name);
  item->raw_name = g_strdup (live->raw_name);
  item->instance = live->instance;
  return TRUE;
}

/* What was there is left out: up to the next footer. FALSE: there is none. */
static gboolean
recover (MigdescQemuScan *scan)
{
  gsize at;

  if (!migdesc_qemu_scan_find_footer (scan, G_MAXUINT64, 0, &at))
    {
      migdesc_qemu_input_skip (scan->input, G_MAXUINT64);
      return FALSE;
    }
  scan->input->at += at;
  return TRUE;
}

static void
find_bad_footer (MigdescQemuScan *scan,
                 MigdescQemuItem *item,
                 guint32 id,
                 gboolean there)
{
  guint64 offset = migdesc_qemu_input_tell (scan->input);

  item->footer = MIGDESC_QEMU_FOOTER_BAD;
  if (there)
    migdesc_qemu_scan_find (scan, MIGDESC_CODE_QEMU_FOOTER, MIGDESC_SEVERITY_BLOCKER, item, offset,
                            "the footer is of section %u", id);
  else
    migdesc_qemu_scan_find (scan, MIGDESC_CODE_QEMU_FOOTER, MIGDESC_SEVERITY_BLOCKER, item, offset,
                            "there is no footer");
}

static void
read_footer (MigdescQemuScan *scan,
             MigdescQemuItem *item)
{
  MigdescQemuInput *input = scan->input;
  gboolean there = migdesc_qemu_input_need (input, FOOTER_SIZE)
                   && migdesc_qemu_input_peek (input)[0] == FOOTER;
  guint32 id = there ? migdesc_qemu_get32 (migdesc_qemu_input_peek (input) + 1) : 0;

  if (there && id == item->id && scan->footers != MIGDESC_QEMU_FOOTERS_NONE)
    {
      scan->footers = MIGDESC_QEMU_FOOTERS_THERE;
      item->footer = MIGDESC_QEMU_FOOTER_GOOD;
    }
  else if (scan->footers == MIGDESC_QEMU_FOOTERS_UNKNOWN && !there)
    scan->footers = MIGDESC_QEMU_FOOTERS_NONE;
  if (item->footer == MIGDESC_QEMU_FOOTER_NONE && scan->footers == MIGDESC_QEMU_FOOTERS_THERE)
    find_bad_footer (scan, item, id, there);
  if (there && item->footer != MIGDESC_QEMU_FOOTER_NONE)
    input->at += FOOTER_SIZE;
}

static gboolean
finish (MigdescQemuScan *scan,
        MigdescQemuItem *item)
{
  item->data_length = migdesc_qemu_input_tell (scan->input) - item->data_offset;
  read_footer (scan, item);
  item->length = migdesc_qemu_input_tell (scan->input) - item->offset;
  return TRUE;
}

/* Memory and bitmaps, whose bytes are not kept. */
static gboolean
pass_live (MigdescQemuScan *scan,
           MigdescQemuItem *item,
           MigdescQemuLiveKind kind)
{
  gboolean whole;

  item->is_live = TRUE;
  whole = kind == MIGDESC_QEMU_LIVE_RAM ? migdesc_qemu_scan_ram (scan, item)
                                        : migdesc_qemu_scan_bitmap (scan, item);
  if (whole || recover (scan))
    return finish (scan, item);
  item->data_length = migdesc_qemu_input_tell (scan->input) - item->data_offset;
  item->length = migdesc_qemu_input_tell (scan->input) - item->offset;
  return FALSE;
}

const MigdescQemuDevice *
migdesc_qemu_scan_take_device (MigdescQemuScan *scan,
                               const MigdescQemuItem *item)
{
  const MigdescQemuDevice *device;
  const MigdescQemuDevice *next;

  if (scan->description == NULL || item->raw_name == NULL)
    return NULL;
  device = migdesc_qemu_description_find (scan->description, item->raw_name, item->instance);
  if (device == NULL)
    return NULL;
  /* Where several have one name and instance, they come in the same order here and there. */
  next = g_hash_table_lookup (scan->used, device);
  if (next == NULL)
    {
      g_hash_table_insert (scan->used, (gpointer) device, (gpointer) device);
      return device;
    }
  if (next->next == 0)
    return device;
  next = migdesc_qemu_description_peek_device (scan->description, next->next - 1);
  g_hash_table_insert (scan->used, (gpointer) device, (gpointer) next);
  return next;
}

static void
fail_size (MigdescQemuScan *scan,
           MigdescQemuItem *item,
           guint64 size)
{
  const char *code = item->data_length < size ? MIGDESC_CODE_QEMU_SHORT : MIGDESC_CODE_QEMU_LONG;
  guint64 offset = item->data_offset + MIN (size, item->data_length);

  item->reason = g_strdup_printf ("%" G_GUINT64_FORMAT " bytes of data, the description has %"
                                  G_GUINT64_FORMAT, item->data_length, size);
  migdesc_qemu_scan_find (scan, code, MIGDESC_SEVERITY_BLOCKER, item, offset, "%s", item->reason);
}

/* Values that are described by a word only, and that we know better. */
static void
check_opaque (MigdescQemuScan *scan,
              const MigdescQemuItem *item,
              const MigdescQemuShape *shape)
{
  g_autoptr (GPtrArray) values = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;
  gsize offset = 0;

  if (item->raw_name == NULL || !shape->has_opaque)
    return;
  values = migdesc_qemu_expand (shape, item->raw_name, migdesc_bytes_peek (item->data, NULL), &path,
                                &offset, &error);
  if (values == NULL)
    migdesc_qemu_scan_find (scan, MIGDESC_CODE_QEMU_OPAQUE, MIGDESC_SEVERITY_WARNING, item,
                            item->data_offset + offset, "%s: %s", path, error->message);
}

static void
check_data (MigdescQemuScan *scan,
            MigdescQemuItem *item,
            const MigdescQemuDevice *device)
{
  g_auto (MigdescQemuFault) fault = { 0 };

  if (migdesc_qemu_shape_find_excess (device->shape) != NULL)
    {
      item->reason = g_strdup_printf ("the description has %s",
                                      migdesc_qemu_shape_find_excess (device->shape));
      migdesc_qemu_scan_find (scan, MIGDESC_CODE_QEMU_CONTENT, MIGDESC_SEVERITY_BLOCKER, item,
                              item->data_offset, "%s", item->reason);
      return;
    }
  if (migdesc_qemu_decode_check (device->shape, migdesc_bytes_peek (item->data, NULL), &fault))
    {
      check_opaque (scan, item, device->shape);
      return;
    }
  item->reason = g_steal_pointer (&fault.message);
  migdesc_qemu_scan_find (scan, MIGDESC_CODE_QEMU_CONTENT, MIGDESC_SEVERITY_BLOCKER, item,
                          item->data_offset + fault.offset, "%s", item->reason);
}

void
migdesc_qemu_scan_describe (MigdescQemuScan *scan,
                            MigdescQemuItem *item,
                            const MigdescQemuDevice *device)
{
  if (device == NULL)
    {
      scan->is_undescribed = TRUE;
      item->reason = g_strdup (scan->description == NULL ? "the stream has no description"
                                                         : "the description does not have it");
      if (scan->description != NULL)
        migdesc_qemu_scan_find (scan, MIGDESC_CODE_QEMU_NOT_DESCRIBED, MIGDESC_SEVERITY_WARNING,
                                item, item->offset, "the description does not have it");
      return;
    }
  item->shape = device->shape;
  item->description = g_object_ref (scan->description);
  if (item->version != device->version && item->kind == MIGDESC_QEMU_SECTION_FULL
      && device->shape->name != NULL)
    migdesc_qemu_scan_find (scan, MIGDESC_CODE_QEMU_VERSION, MIGDESC_SEVERITY_WARNING, item,
                            item->offset, "version %u, the description is of version %u",
                            item->version, device->version);
  if (item->data_length != device->shape->size)
    fail_size (scan, item, device->shape->size);
  else
    check_data (scan, item, device);
}

void
migdesc_qemu_scan_set_data (MigdescQemuScan *scan,
                            MigdescQemuItem *item,
                            gsize length)
{
  MigdescQemuInput *input = scan->input;

  item->data_length = length;
  if (!scan->collecting)
    item->data = input->bytes != NULL
                     ? g_bytes_new_from_bytes (input->bytes, input->at, length)
                     : g_bytes_new (migdesc_qemu_input_peek (input), length);
  input->at += length;
}

static void
find_unknown_parts (MigdescQemuScan *scan,
                    const MigdescQemuItem *item)
{
  scan->is_undescribed = TRUE;
  migdesc_qemu_scan_find (scan, MIGDESC_CODE_QEMU_NOT_DESCRIBED, MIGDESC_SEVERITY_WARNING, item,
                          item->offset, "nothing of this name is known to be sent in parts");
}

/* A device's, or of something in parts that is not known. */
static gboolean
pass_device (MigdescQemuScan *scan,
             MigdescQemuItem *item)
{
  gboolean whole = item->kind == MIGDESC_QEMU_SECTION_FULL;
  const MigdescQemuDevice *device = whole ? migdesc_qemu_scan_take_device (scan, item) : NULL;
  guint64 length = migdesc_qemu_scan_find_end (scan, item, device);

  migdesc_qemu_scan_set_data (scan, item, (gsize) length);
  item->is_rest = device == NULL && scan->footers == MIGDESC_QEMU_FOOTERS_NONE;
  if (!migdesc_qemu_input_need (scan->input, 1) && scan->footers != MIGDESC_QEMU_FOOTERS_NONE)
    {
      item->length = migdesc_qemu_input_tell (scan->input) - item->offset;
      item->reason = g_strdup ("the stream ends in it");
      return migdesc_qemu_scan_fail_end (scan, item);
    }
  if (whole && !scan->collecting)
    migdesc_qemu_scan_describe (scan, item, device);
  else if (item->kind == MIGDESC_QEMU_SECTION_START && !is_sent_in_parts (item->name))
    find_unknown_parts (scan, item);
  return finish (scan, item);
}

gboolean
migdesc_qemu_scan_section (MigdescQemuScan *scan,
                           MigdescQemuSectionKind kind)
{
  MigdescQemuItem *item = migdesc_qemu_scan_add (scan, kind);
  gboolean short_header
      = kind == MIGDESC_QEMU_SECTION_PART || kind == MIGDESC_QEMU_SECTION_END;
  const MigdescQemuLive *live;

  if (!(short_header ? read_short_header (scan, item) : read_header (scan, item)))
    {
      migdesc_qemu_input_skip (scan->input, G_MAXUINT64);
      item->length = migdesc_qemu_input_tell (scan->input) - item->offset;
      return migdesc_qemu_scan_fail_end (scan, item);
    }
  item->data_offset = migdesc_qemu_input_tell (scan->input);
  if (kind == MIGDESC_QEMU_SECTION_START)
    remember (scan, item);
  live = kind == MIGDESC_QEMU_SECTION_FULL
             ? NULL
             : g_hash_table_lookup (scan->live, GUINT_TO_POINTER (item->id));
  if (live != NULL && live->kind != MIGDESC_QEMU_LIVE_OPAQUE)
    return pass_live (scan, item, live->kind);
  return pass_device (scan, item);
}
