/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "state/formats/binary-writer.h"

#include <migdesc/migdesc-error.h>
#include <xxhash.h>

#include "state/table/scalar.h"

/* Writing: values. */

typedef MigdescStreamVisitorClass MigdescBinaryWriterClass;

G_DEFINE_FINAL_TYPE (MigdescBinaryWriter, migdesc_binary_writer, MIGDESC_TYPE_STREAM_VISITOR)

static gboolean
make_room (MigdescVisitor *visitor,
           gsize n,
           GError **error)
{
  return migdesc_binary_writer_make_room (MIGDESC_BINARY_WRITER (visitor), n, error);
}

static gboolean
write_number (MigdescVisitor *visitor,
              guint width,
              guint64 value,
              GError **error)
{
  if (!make_room (visitor, width, error))
    return FALSE;
  migdesc_binary_put (visitor->cursor, width, value);
  visitor->cursor += width;
  return TRUE;
}

static gboolean
open_array (MigdescVisitor *visitor,
            const char *name G_GNUC_UNUSED,
            MigdescContainerFlags flags,
            guint64 *count,
            GError **error)
{
  return (flags & MIGDESC_CONTAINER_COUNT_KNOWN) != 0 || write_number (visitor, 4, *count, error);
}

static gboolean
open_pointer (MigdescVisitor *visitor,
              const char *name G_GNUC_UNUSED,
              gboolean *present,
              GError **error)
{
  return write_number (visitor, 1, (guint64) *present, error);
}

static gboolean
pass_uint (MigdescVisitor *visitor,
           const char *name G_GNUC_UNUSED,
           guint width,
           guint64 *value,
           GError **error)
{
  return write_number (visitor, width, *value, error);
}

static gboolean
pass_int (MigdescVisitor *visitor,
          const char *name G_GNUC_UNUSED,
          guint width,
          gint64 *value,
          GError **error)
{
  return write_number (visitor, width, (guint64) *value, error);
}

static gboolean
pass_double (MigdescVisitor *visitor,
             const char *name G_GNUC_UNUSED,
             double *value,
             GError **error)
{
  guint64 bits;

  memcpy (&bits, value, sizeof bits);
  return write_number (visitor, sizeof bits, bits, error);
}

/* Of a buffer that is smaller a copy is made, which is hashed while it is in the cache; and of a
 * piece that is. */
#define LARGE_BUFFER 65536
#define LOAN_MIN 16384

/* Takes a piece of a buffer for the chunk at hand, which has room, without copying it: if nothing
 * is lent yet, or the piece goes on where that ends. */
static gboolean
borrow (MigdescVisitor *visitor,
        const guint8 *data,
        gsize length)
{
  MigdescStreamVisitor *stream = MIGDESC_STREAM_VISITOR (visitor);
  gsize at = (gsize) (visitor->cursor - stream->output->data);

  if (!visitor->priv->lends || !MIGDESC_BINARY_WRITER (visitor)->is_large || length < LOAN_MIN)
    return FALSE;
  if (stream->loan != NULL
      && (stream->loan_at != at || stream->loan + stream->loan_length != data))
    return FALSE;
  if (stream->loan == NULL)
    stream->loan = data;
  stream->loan_length += length;
  stream->loan_at = at;
  visitor->limit -= length;
  return TRUE;
}

/* A visit function's buffer may have any size, and does not block. */
static gboolean
pass_buffer (MigdescVisitor *visitor,
             guint8 *data,
             gsize length,
             GError **error)
{
  while (length > 0)
    {
      gsize n = MIN (length, MIGDESC_BINARY_PIECE_MAX);

      if (!make_room (visitor, n, error))
        return FALSE;
      if (!borrow (visitor, data, n))
        {
          memcpy (visitor->cursor, data, n);
          visitor->cursor += n;
        }
      data += n;
      length -= n;
    }
  return TRUE;
}

static gboolean
pass_string (MigdescVisitor *visitor,
             const char *name G_GNUC_UNUSED,
             char **value,
             GError **error)
{
  gsize length = strlen (*value);

  if (length > visitor->priv->buffer_limit)
    {
      g_set_error (error, MIGDESC_ERROR, MIGDESC_ERROR_LIMIT_EXCEEDED,
                   "a text of %" G_GSIZE_FORMAT " bytes, at most %" G_GUINT64_FORMAT
                   " are allowed",
                   length, visitor->priv->buffer_limit);
      return FALSE;
    }
  if (!make_room (visitor, 4 + MIN (length, MIGDESC_BINARY_PIECE_MAX), error))
    return FALSE;
  return write_number (visitor, 4, length, error)
         && pass_buffer (visitor, (guint8 *) *value, length, error);
}

static gboolean
open_buffer (MigdescVisitor *visitor,
             const char *name G_GNUC_UNUSED,
             MigdescContainerFlags flags,
             guint64 *length,
             GError **error)
{
  MIGDESC_BINARY_WRITER (visitor)->is_large = *length >= LARGE_BUFFER;
  return (flags & MIGDESC_CONTAINER_COUNT_KNOWN) != 0 || write_number (visitor, 4, *length, error);
}

/* Room for a piece of a plan; what fails says its path itself. */
static gboolean
make_piece (MigdescVisitor *visitor,
            gsize n,
            GError **error)
{
  GError *taken = NULL;

  return make_room (visitor, n, &taken)
         || migdesc_visitor_fail_from (visitor, error, NULL, taken);
}

static gboolean
fail_run (MigdescVisitor *visitor,
          const MigdescRun *run,
          gconstpointer base,
          GError **error)
{
  g_autoptr (GString) path = g_string_new (NULL);
  g_autoptr (GError) reason = NULL;

  visitor->cursor += migdesc_run_find (run, base, NULL, path, &reason);
  return migdesc_visitor_fail (visitor, error, (MigdescError) reason->code, path->str, "%s",
                               reason->message);
}

static gboolean
pass_run (MigdescVisitor *visitor,
          const MigdescRun *run,
          gpointer base,
          GError **error)
{
  if (!make_piece (visitor, run->wire_size, error))
    return FALSE;
  if (G_UNLIKELY (!migdesc_run_encode (run, base, visitor->cursor)))
    return fail_run (visitor, run, base, error);
  visitor->cursor += run->wire_size;
  return TRUE;
}

static gboolean
fail_rows (MigdescVisitor *visitor,
           const MigdescRun *run,
           const guint8 *row,
           gsize stride,
           GError **error)
{
  guint64 index = visitor->priv->path[visitor->priv->depth].index;

  for (; migdesc_run_encode (run, row, visitor->cursor); row += stride)
    {
      visitor->cursor += run->wire_size;
      migdesc_visitor_set_index (visitor, ++index);
    }
  return fail_run (visitor, run, row, error);
}

static gboolean
pass_rows (MigdescVisitor *visitor,
           const MigdescRun *run,
           gpointer base,
           gsize n,
           gsize stride,
           GError **error)
{
  if (!make_piece (visitor, run->wire_size * n, error))
    return FALSE;
  if (G_UNLIKELY (!migdesc_run_encode_rows (run, base, n, stride, visitor->cursor)))
    return fail_rows (visitor, run, base, stride, error);
  visitor->cursor += run->wire_size * n;
  return TRUE;
}

static gboolean
fail_scalars (MigdescVisitor *visitor,
              const MigdescField *field,
              const guint8 *data,
              GError **error)
{
  guint64 index = visitor->priv->path[visitor->priv->depth].index;
  g_autoptr (GError) reason = NULL;

  for (; migdesc_scalars_encode (field, data, 1, visitor->cursor); data += field->width)
    {
      visitor->cursor += migdesc_field_wire_width (field);
      migdesc_visitor_set_index (visitor, ++index);
    }
  migdesc_field_set_range_error (field, migdesc_field_load (field, data), &reason);
  return migdesc_visitor_fail (visitor, error, (MigdescError) reason->code, NULL, "%s",
                               reason->message);
}

static gboolean
pass_scalars (MigdescVisitor *visitor,
              const MigdescField *field,
              gpointer data,
              gsize n,
              GError **error)
{
  gsize length = n * migdesc_field_wire_width (field);

  if (!make_piece (visitor, length, error))
    return FALSE;
  if (G_UNLIKELY (!migdesc_scalars_encode (field, data, n, visitor->cursor)))
    return fail_scalars (visitor, field, data, error);
  visitor->cursor += length;
  return TRUE;
}

static guint64
get_offset (MigdescVisitor *visitor)
{
  MigdescStreamVisitor *stream = MIGDESC_STREAM_VISITOR (visitor);
  gsize done = visitor->cursor == NULL ? stream->output->len
                                       : (gsize) (visitor->cursor - stream->output->data);

  /* what is lent is before the cursor */
  return stream->output_offset + done + stream->loan_length;
}

static void
migdesc_binary_writer_init (MigdescBinaryWriter *writer)
{
  writer->state = XXH64_createState ();
}

static void
migdesc_binary_writer_finalize (GObject *object)
{
  XXH64_freeState (MIGDESC_BINARY_WRITER (object)->state);
  G_OBJECT_CLASS (migdesc_binary_writer_parent_class)->finalize (object);
}

static void
migdesc_binary_writer_class_init (MigdescBinaryWriterClass *klass)
{
  MigdescVisitorClass *visitor_class = MIGDESC_VISITOR_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = migdesc_binary_writer_finalize;
  migdesc_binary_writer_class_set_records (klass);
  visitor_class->get_offset = get_offset;
  visitor_class->open_array = open_array;
  visitor_class->open_pointer = open_pointer;
  visitor_class->pass_uint = pass_uint;
  visitor_class->pass_int = pass_int;
  visitor_class->pass_double = pass_double;
  visitor_class->pass_string = pass_string;
  visitor_class->open_buffer = open_buffer;
  visitor_class->pass_buffer = pass_buffer;
  visitor_class->pass_scalars = pass_scalars;
  visitor_class->pass_run = pass_run;
  visitor_class->pass_rows = pass_rows;
}
