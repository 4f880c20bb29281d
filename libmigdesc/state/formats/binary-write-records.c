/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "state/formats/binary-writer.h"

#include <migdesc/migdesc-error.h>
#include <xxhash.h>

/* Writing: records, and the chunks of a device's sections. */

/* What waits to be taken; only a visit function can come so far. */
#define OUTPUT_MAX (1u << 31)
#define BINARY_WRITER MIGDESC_BINARY_WRITER

static void
append_record (MigdescBinaryWriter *writer,
               guint8 type,
               const void *body,
               gsize length)
{
  GByteArray *output = writer->parent_instance.output;
  gsize start = output->len;
  guint8 *record;

  g_byte_array_set_size (output, (guint) (start + MIGDESC_BINARY_HEAD_SIZE + length
                                          + MIGDESC_BINARY_HASH_SIZE));
  record = output->data + start;
  memset (record, 0, MIGDESC_BINARY_HEAD_SIZE);
  migdesc_binary_put32 (record, (guint32) length);
  record[4] = type;
  memcpy (record + MIGDESC_BINARY_HEAD_SIZE, body, length);
  writer->hash = XXH64 (record, MIGDESC_BINARY_HEAD_SIZE + length, writer->hash);
  migdesc_binary_put64 (record + MIGDESC_BINARY_HEAD_SIZE + length, writer->hash);
  writer->n_records++;
}

static gboolean
check_body (gsize length,
            const char *what,
            GError **error)
{
  if (length <= MIGDESC_BINARY_BODY_MAX)
    return TRUE;
  g_set_error (error, MIGDESC_ERROR, MIGDESC_ERROR_LIMIT_EXCEEDED,
               "%s of %" G_GSIZE_FORMAT " bytes, at most %u are allowed", what, length,
               MIGDESC_BINARY_BODY_MAX);
  return FALSE;
}

static gboolean
begin_stream (MigdescStreamVisitor *visitor,
              const char *manifest,
              gsize length,
              GError **error)
{
  MigdescBinaryWriter *writer = BINARY_WRITER (visitor);
  guint8 header[MIGDESC_BINARY_HEADER_SIZE] = { 0 };

  if (!check_body (length, "a manifest", error))
    return FALSE;
  memcpy (header, MIGDESC_BINARY_MAGIC, MIGDESC_BINARY_MAGIC_SIZE);
  migdesc_binary_put16 (header + 8, MIGDESC_BINARY_MAJOR);
  migdesc_binary_put16 (header + 10, MIGDESC_BINARY_MINOR);
  writer->hash = XXH64 (header, MIGDESC_BINARY_HEADER_SIZE - MIGDESC_BINARY_HASH_SIZE, 0);
  migdesc_binary_put64 (header + MIGDESC_BINARY_HEADER_SIZE - MIGDESC_BINARY_HASH_SIZE,
                        writer->hash);
  g_byte_array_append (visitor->output, header, sizeof header);
  append_record (writer, 'M', manifest, length);
  return TRUE;
}

static gboolean
write_schema (MigdescStreamVisitor *visitor,
              const char *digest G_GNUC_UNUSED,
              const char *text,
              gsize length,
              GError **error)
{
  if (!check_body (length, "a schema", error))
    return FALSE;
  append_record (BINARY_WRITER (visitor), 'C', text, length);
  return TRUE;
}

static gboolean
end_stream (MigdescStreamVisitor *visitor,
            GError **error G_GNUC_UNUSED)
{
  MigdescBinaryWriter *writer = BINARY_WRITER (visitor);
  guint8 body[MIGDESC_BINARY_END_SIZE];

  migdesc_binary_put64 (body, visitor->output_offset
                                  + migdesc_stream_visitor_get_n_output (visitor));
  migdesc_binary_put32 (body + 8, writer->n_records);
  append_record (writer, 'Z', body, sizeof body);
  return TRUE;
}

static void
forget_chunk (MigdescBinaryWriter *writer)
{
  MigdescVisitor *base = MIGDESC_STREAM_BASE (writer);

  writer->is_open = FALSE;
  base->cursor = base->limit = NULL;
}

static void
abort_stream (MigdescStreamVisitor *visitor,
              const char *reason)
{
  MigdescBinaryWriter *writer = BINARY_WRITER (visitor);

  if (writer->is_open && visitor->loan != NULL && visitor->loan_at >= writer->start)
    {
      visitor->loan = NULL;
      visitor->loan_length = 0;
    }
  if (writer->is_open)
    g_byte_array_set_size (visitor->output, (guint) writer->start);
  forget_chunk (writer);
  append_record (writer, 'X', reason, MIN (strlen (reason), MIGDESC_BINARY_BODY_MAX));
}

static void
open_chunk (MigdescBinaryWriter *writer,
            gsize room)
{
  GByteArray *output = writer->parent_instance.output;
  MigdescVisitor *base = MIGDESC_STREAM_BASE (writer);

  room = MAX (room, MIGDESC_BINARY_CHUNK_SIZE);
  writer->start = output->len;
  g_byte_array_set_size (output, (guint) (output->len + MIGDESC_BINARY_HEAD_SIZE + room
                                          + MIGDESC_BINARY_HASH_SIZE));
  base->cursor = output->data + writer->start + MIGDESC_BINARY_HEAD_SIZE;
  base->limit = base->cursor + room;
  writer->is_open = TRUE;
}

#define PAGE 4096
#define CACHE_LINE 64

/* What is lent was written long ago, and is in no cache: a processor that reads ahead by itself
 * stops at the end of a page. */
static void
hash_far (XXH64_state_t *state,
          const guint8 *data,
          gsize length)
{
  for (gsize at = 0; at < length; at += PAGE)
    {
      gsize end = MIN (at + 2 * PAGE, length);

      for (gsize ahead = at + PAGE; ahead < end; ahead += CACHE_LINE)
        __builtin_prefetch (data + ahead);
      XXH64_update (state, data + at, MIN (PAGE, length - at));
    }
}

/* Of the chunk at hand up to its end; what is lent is where it is. */
static guint64
hash_chunk (const MigdescBinaryWriter *writer,
            const guint8 *record,
            const guint8 *end)
{
  const MigdescStreamVisitor *stream = &writer->parent_instance;
  const guint8 *loan_at = stream->output->data + stream->loan_at;
  XXH64_state_t *state = writer->state;

  if (stream->loan == NULL || loan_at < record)
    return XXH64 (record, (gsize) (end - record), writer->hash);
  XXH64_reset (state, writer->hash);
  XXH64_update (state, record, (gsize) (loan_at - record));
  hash_far (state, stream->loan, stream->loan_length);
  XXH64_update (state, loan_at, (gsize) (end - loan_at));
  return XXH64_digest (state);
}

static gsize
get_lent (const MigdescBinaryWriter *writer)
{
  const MigdescStreamVisitor *stream = &writer->parent_instance;

  return stream->loan != NULL && stream->loan_at >= writer->start ? stream->loan_length : 0;
}

static void
close_chunk (MigdescBinaryWriter *writer,
             gboolean last)
{
  GByteArray *output = writer->parent_instance.output;
  guint8 *record = output->data + writer->start;
  guint8 *end = MIGDESC_STREAM_BASE (writer)->cursor;

  migdesc_binary_put32 (record, (guint32) ((gsize) (end - record) - MIGDESC_BINARY_HEAD_SIZE
                                           + get_lent (writer)));
  record[4] = 'S';
  record[5] = (guint8) ((last ? MIGDESC_BINARY_CHUNK_LAST : 0)
                        | (writer->is_first ? MIGDESC_BINARY_CHUNK_FIRST : 0));
  migdesc_binary_put16 (record + 6, writer->device);
  writer->hash = hash_chunk (writer, record, end);
  migdesc_binary_put64 (end, writer->hash);
  /* shorter: there is nothing to be done for it */
  output->len = (guint) (end - output->data + MIGDESC_BINARY_HASH_SIZE);
  writer->n_records++;
  writer->is_first = FALSE;
  forget_chunk (writer);
}

/* The chunk at hand is full, or there is none. */
gboolean
migdesc_binary_writer_next_chunk (MigdescBinaryWriter *writer,
                                  gsize n,
                                  GError **error)
{
  if (writer->is_open)
    {
      close_chunk (writer, FALSE);
      if (writer->may_block)
        return migdesc_stream_visitor_block (&writer->parent_instance, 0);
    }
  else if (!writer->may_block && !writer->in_body)
    {
      g_set_error (error, MIGDESC_ERROR, MIGDESC_ERROR_STATE_FORMAT,
                   "a field behind a section: sections come last");
      return FALSE;
    }
  if (writer->parent_instance.output->len > OUTPUT_MAX)
    {
      g_set_error (error, MIGDESC_ERROR, MIGDESC_ERROR_LIMIT_EXCEEDED,
                   "more than %u bytes written by one visit function", OUTPUT_MAX);
      return FALSE;
    }
  open_chunk (writer, n);
  return TRUE;
}

static void
begin_section (MigdescBinaryWriter *writer,
               guint8 flags,
               const char *name,
               guint version)
{
  gsize length = strlen (name);
  guint8 *cursor;

  writer->is_first = TRUE;
  open_chunk (writer, 0);
  cursor = MIGDESC_STREAM_BASE (writer)->cursor;
  cursor[0] = flags;
  cursor[1] = (guint8) length;
  memcpy (cursor + 2, name, length);
  migdesc_binary_put16 (cursor + 2 + length, version);
  MIGDESC_STREAM_BASE (writer)->cursor = cursor + MIGDESC_BINARY_SECTION_SIZE + length;
}

static gboolean
begin_device (MigdescStreamVisitor *visitor,
              guint device,
              const char *id G_GNUC_UNUSED,
              const MigdescStatePlan *plan,
              GError **error G_GNUC_UNUSED)
{
  MigdescBinaryWriter *writer = BINARY_WRITER (visitor);

  writer->device = device;
  writer->may_block = plan != NULL;
  writer->in_body = TRUE;
  begin_section (writer, 0, "", 0);
  return TRUE;
}

/* Sections are closed where they end, the body where something else begins. */
static void
end_body (MigdescBinaryWriter *writer)
{
  if (writer->in_body)
    close_chunk (writer, TRUE);
  writer->in_body = FALSE;
}

static gboolean
end_device (MigdescStreamVisitor *visitor,
            GError **error G_GNUC_UNUSED)
{
  end_body (BINARY_WRITER (visitor));
  return TRUE;
}

static gboolean
open_section (MigdescVisitor *visitor,
              const char *name,
              MigdescContainerFlags flags,
              guint *version,
              gboolean *present,
              GError **error)
{
  MigdescBinaryWriter *writer = BINARY_WRITER (visitor);
  gsize length = strlen (name);

  if (visitor->priv->depth > 0 || length == 0 || length > MIGDESC_BINARY_NAME_MAX
      || *version > G_MAXUINT16)
    {
      g_set_error (error, MIGDESC_ERROR, MIGDESC_ERROR_STATE_FORMAT,
                   "a section is at the top, its name has 1 to %u bytes, its version is at most %u",
                   MIGDESC_BINARY_NAME_MAX, G_MAXUINT16);
      return FALSE;
    }
  if (!*present)
    return TRUE;
  end_body (writer);
  begin_section (writer,
                 (flags & MIGDESC_CONTAINER_DROPPABLE) != 0 ? MIGDESC_BINARY_SECTION_DROPPABLE : 0,
                 name, *version);
  return TRUE;
}

static gboolean
close_section (MigdescVisitor *visitor,
               GError **error G_GNUC_UNUSED)
{
  close_chunk (BINARY_WRITER (visitor), TRUE);
  return TRUE;
}

/* Everything else is set where it begins. */
static void
reset (MigdescStreamVisitor *visitor)
{
  MigdescBinaryWriter *writer = BINARY_WRITER (visitor);
  MigdescStreamVisitorClass *parent = g_type_class_peek (MIGDESC_TYPE_STREAM_VISITOR);

  forget_chunk (writer);
  writer->n_records = 0;
  writer->in_body = FALSE;
  parent->reset (visitor);
}

void
migdesc_binary_writer_class_set_records (MigdescStreamVisitorClass *klass)
{
  klass->begin_stream = begin_stream;
  klass->write_schema = write_schema;
  klass->end_stream = end_stream;
  klass->abort_stream = abort_stream;
  klass->begin_device = begin_device;
  klass->end_device = end_device;
  klass->reset = reset;
  klass->parent_class.open_section = open_section;
  klass->parent_class.close_section = close_section;
}
