/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <migdesc/migdesc-error.h>

#include "state/formats/binary-reader.h"
#include "state/table/scalar.h"

/* Reading: the chunks of a section, so that a piece of its data can be had in one. */

static void
use_chunk (MigdescBinaryReader *reader,
           const guint8 *data,
           gsize length)
{
  MigdescVisitor *visitor = MIGDESC_STREAM_BASE (reader);

  /* Only read, for the visitor is loading. */
  visitor->cursor = (guint8 *) data;
  visitor->limit = visitor->cursor + length;
  reader->mark = data;
  reader->in_carry = FALSE;
}

static void
use_carry (MigdescBinaryReader *reader,
           gsize done)
{
  MigdescVisitor *visitor = MIGDESC_STREAM_BASE (reader);

  visitor->cursor = reader->carry->data + done;
  visitor->limit = reader->carry->data + reader->carry->len;
  reader->mark = visitor->cursor;
}

guint64
migdesc_binary_reader_get_place (MigdescBinaryReader *reader,
                                 const guint8 *at)
{
  const MigdescVisitor *visitor = MIGDESC_STREAM_BASE (reader);
  const MigdescBinarySpan *span;
  gsize position;
  guint i = reader->spans->len;

  if (visitor->limit == NULL)
    return reader->parent_instance.input_offset;
  if (!reader->in_carry)
    return reader->limit_offset - (guint64) (visitor->limit - at);
  position = (gsize) (at - reader->carry->data);
  do
    span = &g_array_index (reader->spans, MigdescBinarySpan, --i);
  while (span->start > position);
  return span->offset + (position - span->start);
}

static void
append_carry (MigdescBinaryReader *reader,
              const guint8 *data,
              gsize length,
              guint64 offset)
{
  const MigdescVisitor *visitor = MIGDESC_STREAM_BASE (reader);
  gsize done = reader->in_carry ? (gsize) (visitor->cursor - reader->carry->data) : 0;
  MigdescBinarySpan span = { reader->carry->len, offset };

  g_array_append_val (reader->spans, span);
  g_byte_array_append (reader->carry, data, (guint) length);
  reader->in_carry = TRUE;
  use_carry (reader, done);
}

/* What is left of the chunk at hand, for a piece that goes on in the next. */
static void
begin_carry (MigdescBinaryReader *reader)
{
  const MigdescVisitor *visitor = MIGDESC_STREAM_BASE (reader);
  gsize left = (gsize) (visitor->limit - visitor->cursor);

  g_byte_array_set_size (reader->carry, 0);
  g_array_set_size (reader->spans, 0);
  append_carry (reader, visitor->cursor, left, reader->limit_offset - left);
}

/* Whether a value of a run lies on both sides of an offset. */
static gboolean
splits_run (const MigdescRun *run,
            gsize offset)
{
  for (guint i = 0; i < run->n_steps; i++)
    {
      const MigdescStep *step = &run->steps[i];
      gsize width = migdesc_field_wire_width (step->field);
      gsize end = step->wire + width * MAX (1, step->field->capacity);

      if (step->kind == MIGDESC_STEP_FIELD && offset > step->wire && offset < end)
        return step->field->kind != MIGDESC_FIELD_BYTES && (offset - step->wire) % width != 0;
    }
  return FALSE;
}

/* The chunk at hand ends `left` bytes into the piece. */
static gboolean
check_boundary (MigdescBinaryReader *reader,
                const MigdescBinaryPiece *piece,
                gsize left,
                GError **error)
{
  gboolean splits = piece->run != NULL ? splits_run (piece->run, left % piece->run->wire_size)
                                       : left % piece->width != 0;

  if (!splits)
    return TRUE;
  return migdesc_binary_reader_fail (reader, error, MIGDESC_ERROR_STATE_FORMAT,
                                     reader->limit_offset, "a chunk ends inside of a value");
}

/* A chunk of the section at hand that is not its first. */
static gboolean
next_chunk (MigdescBinaryReader *reader,
            MigdescBinaryRecord *record,
            GError **error)
{
  if (!migdesc_binary_reader_peek (reader, record, error))
    return FALSE;
  if (record->type != 'S' || record->device != reader->device
      || (record->flags & MIGDESC_BINARY_CHUNK_FIRST) != 0)
    return migdesc_binary_reader_fail (reader, error, MIGDESC_ERROR_STATE_FORMAT, record->offset,
                                       "another record before the last chunk of a section");
  migdesc_binary_reader_take (reader, record);
  reader->is_last = (record->flags & MIGDESC_BINARY_CHUNK_LAST) != 0;
  reader->limit_offset = record->offset + MIGDESC_BINARY_HEAD_SIZE + record->length;
  return TRUE;
}

static gboolean
fail_short (MigdescBinaryReader *reader,
            gsize n,
            gsize left,
            GError **error)
{
  return migdesc_binary_reader_fail (reader, error, MIGDESC_ERROR_STATE_TRUNCATED,
                                     migdesc_binary_reader_get_place (
                                         reader, MIGDESC_STREAM_BASE (reader)->limit),
                                     "%" G_GSIZE_FORMAT " more bytes are needed, the section ends",
                                     n - left);
}

/* Goes on to the next bytes; behind what is left, if something is. */
static gboolean
advance (MigdescBinaryReader *reader,
         gsize n,
         const MigdescBinaryPiece *piece,
         GError **error)
{
  const MigdescVisitor *visitor = MIGDESC_STREAM_BASE (reader);
  gsize left = (gsize) (visitor->limit - visitor->cursor);
  MigdescBinaryRecord record;

  if (reader->rest_length == 0)
    {
      if (reader->is_last)
        return fail_short (reader, n, left, error);
      if (left > 0 && !check_boundary (reader, piece, left, error))
        return FALSE;
      if (left > 0 && !reader->in_carry)
        begin_carry (reader);
      if (!next_chunk (reader, &record, error))
        return FALSE;
      reader->rest = record.body;
      reader->rest_length = record.length;
    }
  if (left == 0)
    {
      use_chunk (reader, reader->rest, reader->rest_length);
      reader->rest_length = 0;
      return TRUE;
    }
  left = MIN (n - left, reader->rest_length);
  append_carry (reader, reader->rest, left, reader->limit_offset - reader->rest_length);
  reader->rest += left;
  reader->rest_length -= left;
  return TRUE;
}

static gboolean
check_in_section (MigdescBinaryReader *reader,
                  GError **error)
{
  return reader->in_section
         || migdesc_binary_reader_fail (reader, error, MIGDESC_ERROR_STATE_FORMAT,
                                        reader->parent_instance.input_offset,
                                        "a field behind a section: sections come last");
}

gboolean
migdesc_binary_reader_gather (MigdescBinaryReader *reader,
                              gsize n,
                              const MigdescBinaryPiece *piece,
                              GError **error)
{
  const MigdescVisitor *visitor = MIGDESC_STREAM_BASE (reader);

  if (!check_in_section (reader, error))
    return FALSE;
  while ((gsize) (visitor->limit - visitor->cursor) < n)
    if (!advance (reader, n, piece, error))
      return FALSE;
  return TRUE;
}

static const MigdescBinaryPiece any_bytes = { NULL, 1 };

gboolean
migdesc_binary_reader_more (MigdescBinaryReader *reader,
                            gsize n,
                            GError **error)
{
  const MigdescVisitor *visitor = MIGDESC_STREAM_BASE (reader);

  if (!check_in_section (reader, error))
    return FALSE;
  while (visitor->cursor == visitor->limit)
    if (!advance (reader, n, &any_bytes, error))
      return FALSE;
  return TRUE;
}

void
migdesc_binary_reader_begin_section (MigdescBinaryReader *reader,
                                     const MigdescBinaryRecord *record,
                                     gsize head)
{
  migdesc_binary_reader_take (reader, record);
  reader->in_section = TRUE;
  reader->is_last = (record->flags & MIGDESC_BINARY_CHUNK_LAST) != 0;
  reader->limit_offset = record->offset + MIGDESC_BINARY_HEAD_SIZE + record->length;
  reader->rest_length = 0;
  use_chunk (reader, record->body + head, record->length - head);
}

/* To the end of the section at hand, where nothing may be left. */
gboolean
migdesc_binary_reader_finish_section (MigdescBinaryReader *reader,
                                      GError **error)
{
  MigdescVisitor *visitor = MIGDESC_STREAM_BASE (reader);
  MigdescBinaryRecord record;

  for (;;)
    {
      gsize left = (gsize) (visitor->limit - visitor->cursor) + reader->rest_length;

      if (left > 0 && !reader->is_skipping)
        return migdesc_binary_reader_fail (
            reader, error, MIGDESC_ERROR_STATE_FORMAT,
            migdesc_binary_reader_get_place (reader, visitor->cursor),
            "the section goes on behind its last field");
      if (reader->is_last)
        break;
      if (!next_chunk (reader, &record, error))
        return FALSE;
      use_chunk (reader, record.body, reader->is_skipping ? 0 : record.length);
    }
  reader->in_section = FALSE;
  visitor->cursor = visitor->limit = NULL;
  reader->rest_length = 0;
  return TRUE;
}
