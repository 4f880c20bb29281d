/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <migdesc/migdesc-error.h>
#include <xxhash.h>

#include "state/formats/binary-reader.h"
#include "state/table/scalar.h"

/* Reading: values. */

typedef MigdescStreamVisitorClass MigdescBinaryReaderClass;

G_DEFINE_FINAL_TYPE (MigdescBinaryReader, migdesc_binary_reader, MIGDESC_TYPE_STREAM_VISITOR)

static gboolean
read_number (MigdescVisitor *visitor,
             guint width,
             guint64 *value,
             GError **error)
{
  const MigdescBinaryPiece piece = { NULL, width };

  if (!migdesc_binary_reader_need (MIGDESC_BINARY_READER (visitor), width, &piece, error))
    return FALSE;
  *value = migdesc_binary_get (visitor->cursor, width);
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
  return (flags & MIGDESC_CONTAINER_COUNT_KNOWN) != 0 || read_number (visitor, 4, count, error);
}

static gboolean
open_pointer (MigdescVisitor *visitor,
              const char *name G_GNUC_UNUSED,
              gboolean *present,
              GError **error)
{
  guint64 value = 0;

  if (!read_number (visitor, 1, &value, error))
    return FALSE;
  *present = (gboolean) value; /* more than 1 is refused by the caller */
  return TRUE;
}

static gboolean
pass_uint (MigdescVisitor *visitor,
           const char *name G_GNUC_UNUSED,
           guint width,
           guint64 *value,
           GError **error)
{
  return read_number (visitor, width, value, error);
}

static gboolean
pass_int (MigdescVisitor *visitor,
          const char *name G_GNUC_UNUSED,
          guint width,
          gint64 *value,
          GError **error)
{
  guint64 bits = 0;

  if (!read_number (visitor, width, &bits, error))
    return FALSE;
  *value = (gint64) migdesc_scalar_extend (bits, width);
  return TRUE;
}

static gboolean
pass_bool (MigdescVisitor *visitor,
           const char *name G_GNUC_UNUSED,
           gboolean *value,
           GError **error)
{
  guint64 number = 0;

  if (!read_number (visitor, 1, &number, error))
    return FALSE;
  *value = (gboolean) number;
  return TRUE;
}

static gboolean
pass_double (MigdescVisitor *visitor,
             const char *name G_GNUC_UNUSED,
             double *value,
             GError **error)
{
  guint64 bits = 0;

  if (!read_number (visitor, sizeof bits, &bits, error))
    return FALSE;
  memcpy (value, &bits, sizeof bits);
  return TRUE;
}

static const MigdescBinaryPiece any_bytes = { NULL, 1 };

/* The length is looked at, and taken with the text: it may be read again when this was blocked. */
static gboolean
pass_string (MigdescVisitor *visitor,
             const char *name G_GNUC_UNUSED,
             char **value,
             GError **error)
{
  MigdescBinaryReader *reader = MIGDESC_BINARY_READER (visitor);
  const MigdescBinaryPiece prefix = { NULL, 4 };
  guint32 length;
  const guint8 *nul;

  if (!migdesc_binary_reader_need (reader, 4, &prefix, error))
    return FALSE;
  length = migdesc_binary_get32 (visitor->cursor);
  if (length > visitor->priv->buffer_limit)
    return migdesc_binary_reader_fail (
        reader, error, MIGDESC_ERROR_LIMIT_EXCEEDED,
        migdesc_binary_reader_get_place (reader, visitor->cursor),
        "a text of %u bytes, at most %" G_GUINT64_FORMAT " are allowed", length,
        visitor->priv->buffer_limit);
  if (!migdesc_binary_reader_need (reader, 4 + (gsize) length, &any_bytes, error))
    return FALSE;
  nul = memchr (visitor->cursor + 4, 0, length);
  if (nul != NULL)
    return migdesc_binary_reader_fail (reader, error, MIGDESC_ERROR_STATE_STRING,
                                       migdesc_binary_reader_get_place (reader, nul),
                                       "a NUL within the text");
  *value = g_strndup ((const char *) visitor->cursor + 4, length);
  visitor->cursor += 4 + (gsize) length;
  return TRUE;
}

static gboolean
open_buffer (MigdescVisitor *visitor,
             const char *name G_GNUC_UNUSED,
             MigdescContainerFlags flags,
             guint64 *length,
             GError **error)
{
  return (flags & MIGDESC_CONTAINER_COUNT_KNOWN) != 0 || read_number (visitor, 4, length, error);
}

/* When it is blocked, what comes next may be put where it belongs. */
static gboolean
need_more (MigdescVisitor *visitor,
           guint8 *data,
           gsize length,
           GError **error)
{
  MigdescBinaryReader *reader = MIGDESC_BINARY_READER (visitor);
  gsize room = MAX (visitor->priv->buffer_room, length);

  if (migdesc_binary_reader_more (reader, length - reader->passed, error))
    return TRUE;
  if (visitor->priv->blocked)
    migdesc_binary_reader_aim (reader, data + reader->passed, room - reader->passed);
  return FALSE;
}

/* Takes what there is of it, however little: when it was blocked it goes on from there. */
static gboolean
pass_buffer (MigdescVisitor *visitor,
             guint8 *data,
             gsize length,
             GError **error)
{
  MigdescBinaryReader *reader = MIGDESC_BINARY_READER (visitor);

  while (reader->passed < length)
    {
      guint8 *to = data + reader->passed;
      gsize n = MIN ((gsize) (visitor->limit - visitor->cursor), length - reader->passed);

      if (n == 0 && !need_more (visitor, data, length, error))
        return FALSE;
      if (n > 0 && to != visitor->cursor)
        memcpy (to, visitor->cursor, n);
      visitor->cursor += n;
      reader->passed += n;
    }
  reader->passed = 0;
  return TRUE;
}

/* A piece of a plan; what fails says its path itself. */
static gboolean
need_piece (MigdescVisitor *visitor,
            gsize n,
            const MigdescRun *run,
            gsize width,
            GError **error)
{
  const MigdescBinaryPiece piece = { run, width };
  GError *taken = NULL;

  return migdesc_binary_reader_need (MIGDESC_BINARY_READER (visitor), n, &piece, &taken)
         || migdesc_visitor_fail_from (visitor, error, NULL, taken);
}

static gboolean
fail_run (MigdescVisitor *visitor,
          const MigdescRun *run,
          const guint8 *bytes,
          GError **error)
{
  g_autoptr (GString) path = g_string_new (NULL);
  g_autoptr (GError) reason = NULL;

  MIGDESC_BINARY_READER (visitor)->mark
      = bytes + migdesc_run_find (run, NULL, bytes, path, &reason);
  return migdesc_visitor_fail (visitor, error, (MigdescError) reason->code, path->str, "%s",
                               reason->message);
}

static gboolean
pass_run (MigdescVisitor *visitor,
          const MigdescRun *run,
          gpointer base,
          GError **error)
{
  if (!need_piece (visitor, run->wire_size, run, 0, error))
    return FALSE;
  if (G_UNLIKELY (!migdesc_run_decode (run, base, visitor->cursor)))
    return fail_run (visitor, run, visitor->cursor, error);
  visitor->cursor += run->wire_size;
  return TRUE;
}

static gboolean
fail_rows (MigdescVisitor *visitor,
           const MigdescRun *run,
           guint8 *base,
           GError **error)
{
  guint64 index = visitor->priv->path[visitor->priv->depth].index;
  const guint8 *bytes = visitor->cursor;

  for (; migdesc_run_decode (run, base, bytes); bytes += run->wire_size)
    migdesc_visitor_set_index (visitor, ++index);
  return fail_run (visitor, run, bytes, error);
}

static gboolean
pass_rows (MigdescVisitor *visitor,
           const MigdescRun *run,
           gpointer base,
           gsize n,
           gsize stride,
           GError **error)
{
  if (!need_piece (visitor, run->wire_size * n, run, 0, error))
    return FALSE;
  if (G_UNLIKELY (!migdesc_run_decode_rows (run, base, n, stride, visitor->cursor)))
    return fail_rows (visitor, run, base, error);
  visitor->cursor += run->wire_size * n;
  return TRUE;
}

static gboolean
fail_scalars (MigdescVisitor *visitor,
              const MigdescField *field,
              guint8 *data,
              GError **error)
{
  guint64 index = visitor->priv->path[visitor->priv->depth].index;
  guint width = migdesc_field_wire_width (field);
  const guint8 *bytes = visitor->cursor;
  g_autoptr (GError) reason = NULL;
  guint64 value;

  for (; migdesc_scalars_decode (field, data, 1, bytes); bytes += width)
    migdesc_visitor_set_index (visitor, ++index);
  value = migdesc_binary_get (bytes, width);
  if (migdesc_field_is_signed (field))
    value = migdesc_scalar_extend (value, width);
  MIGDESC_BINARY_READER (visitor)->mark = bytes;
  migdesc_field_set_range_error (field, value, &reason);
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
  guint width = migdesc_field_wire_width (field);

  if (!need_piece (visitor, n * width, NULL, width, error))
    return FALSE;
  if (G_UNLIKELY (!migdesc_scalars_decode (field, data, n, visitor->cursor)))
    return fail_scalars (visitor, field, data, error);
  visitor->cursor += n * width;
  return TRUE;
}

static guint64
get_offset (MigdescVisitor *visitor)
{
  return migdesc_binary_reader_get_place (MIGDESC_BINARY_READER (visitor), visitor->cursor);
}

/* A value that is refused has been read already: its place is where it began. */
static void
describe_place (MigdescVisitor *visitor,
                GString *text)
{
  MigdescBinaryReader *reader = MIGDESC_BINARY_READER (visitor);
  guint64 place = reader->place != G_MAXUINT64
                      ? reader->place
                      : migdesc_binary_reader_get_place (reader, reader->mark);

  g_string_append_printf (text, "byte %" G_GUINT64_FORMAT, place);
}

static void
reset (MigdescStreamVisitor *visitor)
{
  MigdescBinaryReader *reader = MIGDESC_BINARY_READER (visitor);

  reader->stage = MIGDESC_BINARY_AT_HEADER;
  reader->n_records = 0;
  reader->is_checked = FALSE;
  reader->n_devices = 0;
  reader->scanned = 0;
  reader->in_section = reader->in_body = reader->is_skipping = reader->in_carry = FALSE;
  reader->rest_length = 0;
  reader->passed = 0;
  reader->place = G_MAXUINT64;
  reader->mark = NULL;
  visitor->parent_instance.cursor = visitor->parent_instance.limit = NULL;
  g_ptr_array_set_size (reader->seen, 0);
  MIGDESC_STREAM_VISITOR_CLASS (migdesc_binary_reader_parent_class)->reset (visitor);
}

static void
migdesc_binary_reader_init (MigdescBinaryReader *reader)
{
  reader->place = G_MAXUINT64;
  reader->seen = g_ptr_array_new_with_free_func (g_free);
  reader->state = XXH64_createState ();
  reader->carry = g_byte_array_new ();
  reader->spans = g_array_new (FALSE, FALSE, sizeof (MigdescBinarySpan));
}

static void
migdesc_binary_reader_finalize (GObject *object)
{
  MigdescBinaryReader *reader = MIGDESC_BINARY_READER (object);

  XXH64_freeState (reader->state);
  g_ptr_array_unref (reader->seen);
  g_byte_array_unref (reader->carry);
  g_array_unref (reader->spans);
  G_OBJECT_CLASS (migdesc_binary_reader_parent_class)->finalize (object);
}

static void
migdesc_binary_reader_class_init (MigdescBinaryReaderClass *klass)
{
  MigdescVisitorClass *visitor_class = MIGDESC_VISITOR_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = migdesc_binary_reader_finalize;
  klass->next_event = migdesc_binary_reader_next_event;
  klass->reset = reset;
  migdesc_binary_reader_class_set_sections (klass);
  visitor_class->get_offset = get_offset;
  visitor_class->describe_place = describe_place;
  visitor_class->open_array = open_array;
  visitor_class->open_pointer = open_pointer;
  visitor_class->pass_uint = pass_uint;
  visitor_class->pass_int = pass_int;
  visitor_class->pass_bool = pass_bool;
  visitor_class->pass_double = pass_double;
  visitor_class->pass_string = pass_string;
  visitor_class->open_buffer = open_buffer;
  visitor_class->pass_buffer = pass_buffer;
  visitor_class->pass_scalars = pass_scalars;
  visitor_class->pass_run = pass_run;
  visitor_class->pass_rows = pass_rows;
}
