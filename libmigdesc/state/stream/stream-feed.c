/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <migdesc/migdesc-error.h>

#include "base/bytes.h"
#include "base/limits-private.h"
#include "state/stream/stream-reader-private.h"

/* How bytes come to a reader. What is fed is looked at where it is; only what cannot be used yet is
 * kept. */

/* What a format needs to be told from others. */
#define DETECT 16
/* For formats that do not say how much they want. */
#define PIECE 65536

static gboolean
fail (MigdescStreamReader *reader,
      MigdescError code,
      const char *message,
      guint64 place,
      GError **error)
{
  g_autoptr (GError) taken = g_error_new (MIGDESC_ERROR, (int) code,
                                          "%s (byte %" G_GUINT64_FORMAT ")", message, place);

  reader->error = g_error_copy (taken);
  g_propagate_error (error, g_steal_pointer (&taken));
  return FALSE;
}

static void
make_visitor (MigdescStreamReader *reader)
{
  GType type = reader->format->load_type ();

  reader->visitor = g_steal_pointer (&reader->last_visitor);
  if (reader->visitor != NULL && G_OBJECT_TYPE (reader->visitor) == type)
    {
      MIGDESC_STREAM_VISITOR_GET_CLASS (reader->visitor)->reset (reader->visitor);
      return;
    }
  g_clear_object (&reader->visitor);
  reader->visitor = g_object_new (type, "mode", MIGDESC_VISITOR_LOAD, NULL);
  migdesc_stream_visitor_set_limits (reader->visitor, reader->limits);
}

static gboolean
find_format (MigdescStreamReader *reader,
             GError **error)
{
  if (reader->format == NULL)
    reader->format = migdesc_formats_detect (reader->pending->data, reader->pending->len);
  if (reader->format == NULL)
    return fail (reader, MIGDESC_ERROR_STATE_FORMAT, "not a stream of states in any known format",
                 0, error);
  make_visitor (reader);
  return TRUE;
}

/* Bytes that the visitor wants at once, at least one. */
static gsize
get_threshold (const MigdescStreamReader *reader)
{
  if (reader->format == NULL)
    return DETECT;
  return reader->visitor == NULL ? 1 : reader->visitor->input_wanted;
}

/* Bytes that are wanted somewhere else than behind what is pending. */
static gsize
get_direct_room (const MigdescStreamReader *reader)
{
  const MigdescStreamVisitor *visitor = reader->visitor;

  return visitor == NULL ? 0 : visitor->direct_length - visitor->direct_done;
}

static gsize
feed_direct (MigdescStreamReader *reader,
             const guint8 *data,
             gsize length)
{
  MigdescStreamVisitor *visitor = reader->visitor;
  gsize n = MIN (length, get_direct_room (reader));

  memcpy (visitor->direct + visitor->direct_done, data, n);
  visitor->direct_done += n;
  return n;
}

/* Uses what it can; `used` is how many bytes. */
static gboolean
use (MigdescStreamReader *reader,
     const guint8 *data,
     gsize length,
     gsize *used,
     GError **error)
{
  MigdescStreamVisitor *visitor = reader->visitor;
  gboolean done;

  visitor->input = data;
  visitor->input_length = length;
  visitor->input_ended = reader->has_ended;
  visitor->input_wanted = 0;
  visitor->input_ahead = 0;
  done = migdesc_stream_reader_go (reader, error);
  *used = length - visitor->input_length;
  visitor->input = NULL;
  visitor->input_length = 0;
  return done;
}

static gboolean
use_pending (MigdescStreamReader *reader,
             GError **error)
{
  gsize used;

  if (reader->visitor == NULL && !find_format (reader, error))
    return FALSE;
  if (!use (reader, reader->pending->data, reader->pending->len, &used, error))
    return FALSE;
  if (used == reader->pending->len)
    g_byte_array_set_size (reader->pending, 0);
  else if (used > 0)
    g_byte_array_remove_range (reader->pending, 0, (guint) used);
  return TRUE;
}

static gboolean
check_size (MigdescStreamReader *reader,
            gsize length,
            GError **error)
{
  g_autofree char *limit = NULL;

  if (length <= reader->size_limit - MIN (reader->fed, reader->size_limit))
    return TRUE;
  limit = migdesc_limit_to_message (MIGDESC_LIMIT_STATE_SIZE, reader->size_limit);
  return fail (reader, MIGDESC_ERROR_LIMIT_EXCEEDED, limit, reader->size_limit, error);
}

static gboolean
fail_again (const MigdescStreamReader *reader,
            GError **error)
{
  g_propagate_error (error, g_error_copy (reader->error));
  return FALSE;
}

static gboolean
append_pending (MigdescStreamReader *reader,
                const guint8 *data,
                gsize length,
                GError **error)
{
  if (length > G_MAXINT32 - (gsize) reader->pending->len)
    return fail (reader, MIGDESC_ERROR_LIMIT_EXCEEDED, "too much that has to be kept at once",
                 reader->fed, error);
  g_byte_array_append (reader->pending, data, (guint) length);
  return TRUE;
}

/* As much of the data as makes sense at once: how much that was. */
static gboolean
feed_some (MigdescStreamReader *reader,
           const guint8 *data,
           gsize length,
           gsize *used,
           GError **error)
{
  gsize kept = reader->pending->len;
  gsize wanted = get_threshold (reader);

  if (get_direct_room (reader) > 0 && kept > 0)
    {
      *used = feed_direct (reader, data, length);
      return TRUE;
    }
  if (kept == 0 && reader->visitor != NULL && length >= wanted)
    {
      if (!use (reader, data, length, used, error))
        return FALSE;
      if (*used > 0 || reader->stage == MIGDESC_READER_AT_END)
        return TRUE;
      wanted = reader->visitor->input_wanted;
    }
  *used = MIN (length, wanted > kept ? wanted - kept : PIECE);
  if (!append_pending (reader, data, *used, error))
    return FALSE;
  return reader->pending->len < wanted || use_pending (reader, error);
}

/**
 * migdesc_stream_reader_feed:
 * @reader: a reader
 * @data: (array length=length): the next bytes of the stream
 * @length: how many
 * @error: return location for a #GError
 *
 * Gives a reader the next bytes, as many as there are, and loads what they are enough for. What is
 * split over two calls is kept.
 *
 * Fails with the codes of states: %MIGDESC_ERROR_STATE_FORMAT, %MIGDESC_ERROR_STATE_DAMAGED,
 * %MIGDESC_ERROR_STATE_RANGE and so on, and with %MIGDESC_ERROR_LIMIT_EXCEEDED. The message has the
 * device, the path of the field and the place in the stream. From then on every call fails.
 *
 * Returns: %FALSE, and an error, when the stream cannot be loaded
 *
 * Since: 1.0
 */
gboolean
migdesc_stream_reader_feed (MigdescStreamReader *reader,
                            const guint8 *data,
                            gsize length,
                            GError **error)
{
  gsize used;

  g_return_val_if_fail (MIGDESC_IS_STREAM_READER (reader), FALSE);
  g_return_val_if_fail (reader->is_made, FALSE);
  g_return_val_if_fail (data != NULL || length == 0, FALSE);

  if (reader->error != NULL)
    return fail_again (reader, error);
  if (!check_size (reader, length, error))
    return FALSE;
  for (; length > 0 && reader->stage != MIGDESC_READER_AT_END; data += used, length -= used)
    {
      if (!feed_some (reader, data, length, &used, error))
        return FALSE;
      reader->fed += used;
    }
  if (length > 0 || reader->pending->len > 0)
    {
      if (reader->stage == MIGDESC_READER_AT_END)
        return fail (reader, MIGDESC_ERROR_STATE_FORMAT, "something follows the end of the stream",
                     reader->fed - reader->pending->len, error);
    }
  if (reader->progress != NULL)
    reader->progress (reader->fed, reader->progress_data);
  return TRUE;
}

/**
 * migdesc_stream_reader_finish:
 * @reader: a reader
 * @error: return location for a #GError
 *
 * Tells a reader that no more bytes come. For formats that do not mark their end this is when they
 * are read at all.
 *
 * Fails with %MIGDESC_ERROR_STATE_TRUNCATED when the stream is not complete, and with the errors of
 * migdesc_stream_reader_feed().
 *
 * Returns: %FALSE, and an error, when the stream cannot be loaded
 *
 * Since: 1.0
 */
gboolean
migdesc_stream_reader_finish (MigdescStreamReader *reader,
                              GError **error)
{
  g_return_val_if_fail (MIGDESC_IS_STREAM_READER (reader), FALSE);
  g_return_val_if_fail (reader->is_made, FALSE);

  if (reader->error != NULL)
    return fail_again (reader, error);
  reader->has_ended = TRUE;
  if (reader->stage == MIGDESC_READER_AT_END)
    return TRUE;
  if (!use_pending (reader, error))
    return FALSE;
  if (reader->stage != MIGDESC_READER_AT_END)
    return fail (reader, MIGDESC_ERROR_STATE_TRUNCATED, "the stream ends too early", reader->fed,
                 error);
  return reader->pending->len == 0
         || fail (reader, MIGDESC_ERROR_STATE_FORMAT, "something follows the end of the stream",
                  reader->fed - reader->pending->len, error);
}

/**
 * migdesc_stream_reader_read_bytes:
 * @reader: a reader that was fed nothing
 * @bytes: a whole stream
 * @error: return location for a #GError
 *
 * Reads a stream that is in memory. Errors are those of migdesc_stream_reader_feed() and
 * migdesc_stream_reader_finish().
 *
 * Returns: %FALSE, and an error, when the stream cannot be loaded
 *
 * Since: 1.0
 */
gboolean
migdesc_stream_reader_read_bytes (MigdescStreamReader *reader,
                                  GBytes *bytes,
                                  GError **error)
{
  const guint8 *data;
  gsize length;

  g_return_val_if_fail (MIGDESC_IS_STREAM_READER (reader), FALSE);
  g_return_val_if_fail (reader->is_made && reader->fed == 0, FALSE);
  g_return_val_if_fail (bytes != NULL, FALSE);

  data = migdesc_bytes_peek (bytes, &length);
  return migdesc_stream_reader_feed (reader, data, length, error)
         && migdesc_stream_reader_finish (reader, error);
}

gsize
migdesc_stream_reader_get_wanted (MigdescStreamReader *reader)
{
  gsize wanted = get_threshold (reader);

  if (reader->stage == MIGDESC_READER_AT_END)
    return 0;
  if (get_direct_room (reader) > 0)
    return get_direct_room (reader);
  if (wanted <= reader->pending->len)
    return PIECE;
  return wanted - reader->pending->len
         + (reader->visitor != NULL ? reader->visitor->input_ahead : 0);
}

guint8 *
migdesc_stream_reader_reserve (MigdescStreamReader *reader,
                               gsize wanted)
{
  reader->reserved_at = reader->pending->len;
  if (get_direct_room (reader) > 0)
    return reader->visitor->direct + reader->visitor->direct_done;
  g_byte_array_set_size (reader->pending, reader->reserved_at + (guint) wanted);
  return reader->pending->data + reader->reserved_at;
}

void
migdesc_stream_reader_keep (MigdescStreamReader *reader,
                            gssize n)
{
  guint kept = (guint) MAX (n, 0);

  if (get_direct_room (reader) > 0)
    reader->visitor->direct_done += kept;
  else
    g_byte_array_set_size (reader->pending, reader->reserved_at + kept);
}

gboolean
migdesc_stream_reader_commit (MigdescStreamReader *reader,
                              gsize n,
                              GError **error)
{
  if (n == 0)
    return migdesc_stream_reader_finish (reader, error);
  if (!check_size (reader, n, error))
    return FALSE;
  reader->fed += n;
  if (reader->progress != NULL)
    reader->progress (reader->fed, reader->progress_data);
  return reader->pending->len < get_threshold (reader) || use_pending (reader, error);
}
