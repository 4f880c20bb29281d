/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <migdesc/migdesc-error.h>
#include <xxhash.h>

#include "base/quote.h"
#include "state/formats/binary-reader.h"

/* Reading: the header and the records. */

gboolean
migdesc_binary_reader_fail (MigdescBinaryReader *reader,
                            GError **error,
                            MigdescError code,
                            guint64 offset,
                            const char *format,
                            ...)
{
  g_autofree char *message = NULL;
  va_list arguments;

  va_start (arguments, format);
  message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  reader->place = offset;
  g_set_error (error, MIGDESC_ERROR, (int) code, "%s (byte %" G_GUINT64_FORMAT ")", message,
               offset);
  return FALSE;
}

/* There is less input than n bytes. */
static gboolean
lack (MigdescBinaryReader *reader,
      gsize n,
      const char *what,
      GError **error)
{
  MigdescStreamVisitor *stream = &reader->parent_instance;

  if (!stream->input_ended)
    return migdesc_stream_visitor_block (stream, n);
  return migdesc_binary_reader_fail (reader, error, MIGDESC_ERROR_STATE_TRUNCATED,
                                     stream->input_offset + stream->input_length
                                         + stream->direct_done,
                                     "the stream ends within %s", what);
}

static gboolean
check_version (MigdescBinaryReader *reader,
               const guint8 *header,
               GError **error)
{
  guint major = migdesc_binary_get16 (header + 8);
  guint32 required = migdesc_binary_get32 (header + 12) & ~(guint32) MIGDESC_BINARY_REQUIRED;
  guint64 hash;

  if (major != MIGDESC_BINARY_MAJOR)
    return migdesc_binary_reader_fail (reader, error, MIGDESC_ERROR_STATE_VERSION, 8,
                                       "version %u of the binary format, only %u is known", major,
                                       MIGDESC_BINARY_MAJOR);
  hash = XXH64 (header, MIGDESC_BINARY_HEADER_SIZE - MIGDESC_BINARY_HASH_SIZE, 0);
  if (hash != migdesc_binary_get64 (header + MIGDESC_BINARY_HEADER_SIZE - MIGDESC_BINARY_HASH_SIZE))
    return migdesc_binary_reader_fail (reader, error, MIGDESC_ERROR_STATE_DAMAGED, 20,
                                       "the header is damaged: its hash is another");
  if (required != 0)
    return migdesc_binary_reader_fail (reader, error, MIGDESC_ERROR_STATE_VERSION, 12,
                                       "the stream requires features that are not known: 0x%08x",
                                       required);
  reader->hash = hash;
  return TRUE;
}

static gboolean
read_header (MigdescBinaryReader *reader,
             GError **error)
{
  MigdescStreamVisitor *stream = &reader->parent_instance;
  gsize n = MIN (stream->input_length, MIGDESC_BINARY_MAGIC_SIZE);

  if (n > 0 && memcmp (stream->input, MIGDESC_BINARY_MAGIC, n) != 0)
    return migdesc_binary_reader_fail (reader, error, MIGDESC_ERROR_STATE_FORMAT, 0,
                                       "not a stream of states: it begins with other bytes");
  if (stream->input_length < MIGDESC_BINARY_HEADER_SIZE)
    return lack (reader, MIGDESC_BINARY_HEADER_SIZE, "its header", error);
  if (!check_version (reader, stream->input, error))
    return FALSE;
  migdesc_stream_visitor_use_input (stream, MIGDESC_BINARY_HEADER_SIZE);
  reader->stage = MIGDESC_BINARY_AT_MANIFEST;
  return TRUE;
}

/* Behind all records but the last there is the head of another: reading it with them spares a
 * call. */
static gsize
get_next_head (guint8 type)
{
  return type == 'Z' || type == 'X' ? 0 : MIGDESC_BINARY_HEAD_SIZE;
}

/* The bytes of the record that comes next, once they are all there. */
static gboolean
get_size (MigdescBinaryReader *reader,
          gsize from,
          gsize *size,
          GError **error)
{
  const MigdescStreamVisitor *stream = &reader->parent_instance;
  guint32 length;

  if (stream->input_length - from < MIGDESC_BINARY_HEAD_SIZE)
    return lack (reader, from + MIGDESC_BINARY_HEAD_SIZE,
                 stream->input_length == from ? "the device states: there is no end record"
                                              : "the head of a record",
                 error);
  length = migdesc_binary_get32 (stream->input + from);
  if (length > MIGDESC_BINARY_BODY_MAX)
    return migdesc_binary_reader_fail (reader, error, MIGDESC_ERROR_STATE_FORMAT,
                                       stream->input_offset + from,
                                       "a record of %u bytes, at most %u are allowed", length,
                                       MIGDESC_BINARY_BODY_MAX);
  *size = MIGDESC_BINARY_HEAD_SIZE + length + MIGDESC_BINARY_HASH_SIZE;
  if (stream->input_length - from >= *size - stream->direct_done)
    return TRUE;
  reader->parent_instance.input_ahead = get_next_head (stream->input[from + 4]);
  return lack (reader, from + *size, "a record", error);
}

/* Of the record that comes next; its body may be where it belongs already. */
static guint64
hash_record (const MigdescBinaryReader *reader,
             gsize size)
{
  const MigdescStreamVisitor *stream = &reader->parent_instance;
  XXH64_state_t *state = reader->state;

  if (stream->direct == NULL)
    return XXH64 (stream->input, size - MIGDESC_BINARY_HASH_SIZE, reader->hash);
  XXH64_reset (state, reader->hash);
  XXH64_update (state, stream->input, MIGDESC_BINARY_HEAD_SIZE);
  XXH64_update (state, stream->direct, stream->direct_length);
  return XXH64_digest (state);
}

static gboolean
check_hash (MigdescBinaryReader *reader,
            gsize size,
            GError **error)
{
  const MigdescStreamVisitor *stream = &reader->parent_instance;
  const guint8 *end
      = stream->input + size - stream->direct_done - MIGDESC_BINARY_HASH_SIZE;
  guint64 hash = hash_record (reader, size);

  if (hash != migdesc_binary_get64 (end))
    return migdesc_binary_reader_fail (
        reader, error, MIGDESC_ERROR_STATE_DAMAGED, stream->input_offset,
        "a record is damaged or not in its place: its hash is another");
  reader->hash = hash;
  return TRUE;
}

static gboolean
fail_aborted (MigdescBinaryReader *reader,
              const MigdescBinaryRecord *record,
              GError **error)
{
  g_autofree char *reason = migdesc_quote ((const char *) record->body, record->length);

  return migdesc_binary_reader_fail (reader, error, MIGDESC_ERROR_STATE_ABORTED, record->offset,
                                     "the source gave up: %s", reason);
}

/* Only chunks have flags, and belong to a device. */
static gboolean
check_head (MigdescBinaryReader *reader,
            const MigdescBinaryRecord *record,
            GError **error)
{
  guint defined = record->type == 'S' ? MIGDESC_BINARY_CHUNK_LAST | MIGDESC_BINARY_CHUNK_FIRST : 0;

  if (strchr ("MCSXZ", record->type) == NULL || record->type == 0)
    return migdesc_binary_reader_fail (reader, error, MIGDESC_ERROR_STATE_VERSION,
                                       record->offset + 4,
                                       "a record of the type 0x%02x, which is not known",
                                       record->type);
  if ((record->flags & ~defined) != 0)
    return migdesc_binary_reader_fail (reader, error, MIGDESC_ERROR_STATE_FORMAT,
                                       record->offset + 5,
                                       "the flags 0x%02x of a record '%c', 0x%02x are defined",
                                       record->flags, record->type, defined);
  if (record->type != 'S' && record->device != 0)
    return migdesc_binary_reader_fail (reader, error, MIGDESC_ERROR_STATE_FORMAT,
                                       record->offset + 6, "a record '%c' of device %u, not 0",
                                       record->type, record->device);
  return record->type != 'X' || fail_aborted (reader, record, error);
}

static void
fill (const MigdescBinaryReader *reader,
      MigdescBinaryRecord *record)
{
  const MigdescStreamVisitor *stream = &reader->parent_instance;
  const guint8 *head = stream->input;

  record->length = migdesc_binary_get32 (head);
  record->type = head[4];
  record->flags = head[5];
  record->device = migdesc_binary_get16 (head + 6);
  record->body = stream->direct != NULL ? stream->direct : head + MIGDESC_BINARY_HEAD_SIZE;
  record->offset = stream->input_offset;
}

void
migdesc_binary_reader_take (MigdescBinaryReader *reader,
                            const MigdescBinaryRecord *record)
{
  MigdescStreamVisitor *stream = &reader->parent_instance;
  gsize size = MIGDESC_BINARY_HEAD_SIZE + record->length + MIGDESC_BINARY_HASH_SIZE;

  migdesc_stream_visitor_use_input (stream, size - stream->direct_done);
  stream->input_offset += stream->direct_done;
  stream->direct = NULL;
  stream->direct_length = stream->direct_done = 0;
  reader->scanned -= MIN (reader->scanned, size);
  reader->is_checked = FALSE;
  reader->n_records++;
}

void
migdesc_binary_reader_aim (MigdescBinaryReader *reader,
                           guint8 *data,
                           gsize room)
{
  MigdescStreamVisitor *stream = &reader->parent_instance;
  MigdescBinaryRecord record;

  /* of the record there is just the head */
  if (stream->input_length != MIGDESC_BINARY_HEAD_SIZE)
    return;
  fill (reader, &record);
  if (record.type != 'S' || record.device != reader->device
      || (record.flags & ~MIGDESC_BINARY_CHUNK_LAST) != 0 || record.length == 0
      || record.length > room)
    return;
  stream->direct = data;
  stream->direct_length = record.length;
  stream->input_wanted = MIGDESC_BINARY_HEAD_SIZE + MIGDESC_BINARY_HASH_SIZE;
}

gboolean
migdesc_binary_reader_peek (MigdescBinaryReader *reader,
                            MigdescBinaryRecord *record,
                            GError **error)
{
  gsize size;

  while (!reader->is_checked)
    {
      if (!get_size (reader, 0, &size, error) || !check_hash (reader, size, error))
        return FALSE;
      fill (reader, record);
      reader->is_checked = TRUE;
      if ((record->type & MIGDESC_BINARY_SKIPPABLE) == 0)
        return check_head (reader, record, error);
      if (reader->stage == MIGDESC_BINARY_AT_MANIFEST)
        return TRUE; /* it comes first, whatever may be skipped */
      migdesc_binary_reader_take (reader, record);
    }
  fill (reader, record);
  return TRUE;
}

gboolean
migdesc_binary_reader_wait (MigdescBinaryReader *reader,
                            GError **error)
{
  const MigdescStreamVisitor *stream = &reader->parent_instance;
  gboolean inside = TRUE;

  while (inside)
    {
      const guint8 *head;
      gsize size;

      if (!get_size (reader, reader->scanned, &size, error))
        return FALSE;
      head = stream->input + reader->scanned;
      inside = (head[4] & MIGDESC_BINARY_SKIPPABLE) != 0
               || (head[4] == 'S' && migdesc_binary_get16 (head + 6) == reader->device);
      reader->scanned += inside ? size : 0;
    }
  return TRUE;
}

static void
set_text (MigdescStreamEvent *event,
          MigdescStreamEventKind kind,
          const MigdescBinaryRecord *record)
{
  event->kind = kind;
  event->text = (const char *) record->body;
  event->length = record->length;
}

static gboolean
read_manifest (MigdescBinaryReader *reader,
               MigdescStreamEvent *event,
               GError **error)
{
  MigdescBinaryRecord record;

  if (!migdesc_binary_reader_peek (reader, &record, error))
    return FALSE;
  if (record.type != 'M')
    return migdesc_binary_reader_fail (reader, error, MIGDESC_ERROR_STATE_FORMAT,
                                       record.offset + 4,
                                       "the first record is not a manifest");
  set_text (event, MIGDESC_STREAM_MANIFEST, &record);
  migdesc_binary_reader_take (reader, &record);
  reader->stage = MIGDESC_BINARY_AT_SCHEMAS;
  return TRUE;
}

static gboolean
read_schema (MigdescBinaryReader *reader,
             const MigdescBinaryRecord *record,
             MigdescStreamEvent *event,
             GError **error)
{
  g_autofree char *sum = NULL;

  if (reader->stage != MIGDESC_BINARY_AT_SCHEMAS)
    return migdesc_binary_reader_fail (reader, error, MIGDESC_ERROR_STATE_FORMAT, record->offset,
                                       "a schema behind states: schemas come first");
  set_text (event, MIGDESC_STREAM_SCHEMA, record);
  sum = g_compute_checksum_for_data (G_CHECKSUM_SHA256, record->body, record->length);
  event->digest = g_strconcat ("sha256:", sum, NULL);
  migdesc_binary_reader_take (reader, record);
  return TRUE;
}

/* The record stays: it is the device's. */
static gboolean
read_device (MigdescBinaryReader *reader,
             const MigdescBinaryRecord *record,
             MigdescStreamEvent *event,
             GError **error)
{
  if (record->device != reader->n_devices)
    return migdesc_binary_reader_fail (reader, error, MIGDESC_ERROR_STATE_FORMAT,
                                       record->offset + 6,
                                       "a chunk of device %u, the next is device %u",
                                       record->device, reader->n_devices);
  reader->stage = MIGDESC_BINARY_AT_DEVICES;
  event->kind = MIGDESC_STREAM_DEVICE;
  event->device = reader->n_devices++;
  return TRUE;
}

static gboolean
read_end (MigdescBinaryReader *reader,
          const MigdescBinaryRecord *record,
          MigdescStreamEvent *event,
          GError **error)
{
  guint64 size, n;

  if (record->length != MIGDESC_BINARY_END_SIZE)
    return migdesc_binary_reader_fail (reader, error, MIGDESC_ERROR_STATE_FORMAT, record->offset,
                                       "an end record of %u bytes, not %u", record->length,
                                       MIGDESC_BINARY_END_SIZE);
  size = migdesc_binary_get64 (record->body);
  n = migdesc_binary_get32 (record->body + 8);
  if (size != record->offset || n != reader->n_records)
    return migdesc_binary_reader_fail (
        reader, error, MIGDESC_ERROR_STATE_DAMAGED, record->offset,
        "the end record is for %" G_GUINT64_FORMAT " bytes and %" G_GUINT64_FORMAT
        " records, there were %" G_GUINT64_FORMAT " and %u",
        size, n, record->offset, reader->n_records);
  migdesc_binary_reader_take (reader, record);
  reader->stage = MIGDESC_BINARY_AT_END;
  event->kind = MIGDESC_STREAM_END;
  return TRUE;
}

gboolean
migdesc_binary_reader_next_event (MigdescStreamVisitor *visitor,
                                  MigdescStreamEvent *event,
                                  GError **error)
{
  MigdescBinaryReader *reader = MIGDESC_BINARY_READER (visitor);
  MigdescBinaryRecord record;

  if (reader->stage == MIGDESC_BINARY_AT_HEADER && !read_header (reader, error))
    return FALSE;
  if (reader->stage == MIGDESC_BINARY_AT_MANIFEST)
    return read_manifest (reader, event, error);
  if (!migdesc_binary_reader_peek (reader, &record, error))
    return FALSE;
  switch (record.type)
    {
    case 'C':
      return read_schema (reader, &record, event, error);
    case 'S':
      return read_device (reader, &record, event, error);
    case 'Z':
      return read_end (reader, &record, event, error);
    default:
      return migdesc_binary_reader_fail (reader, error, MIGDESC_ERROR_STATE_FORMAT, record.offset,
                                         "a second manifest");
    }
}
