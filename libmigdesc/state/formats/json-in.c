/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "state/formats/json-in.h"

#include <migdesc/migdesc-error.h>

#include "base/limits-private.h"
#include "base/quote.h"

/* The defaults of documents are for what people write: in their stead stands as much as can be. */
MigdescLimits *
migdesc_json_in_new_limits (const MigdescLimits *limits)
{
  static const MigdescLimit document[] = { MIGDESC_LIMIT_DOCUMENT_SIZE, MIGDESC_LIMIT_DEPTH,
                                           MIGDESC_LIMIT_VALUES, MIGDESC_LIMIT_STRING_LENGTH };
  MigdescLimits *made = migdesc_limits_new ();

  /* members in another order are looked for one by one */
  migdesc_limits_set (made, MIGDESC_LIMIT_MEMBERS,
                      migdesc_limits_get (limits, MIGDESC_LIMIT_MEMBERS));
  for (guint i = 0; i < G_N_ELEMENTS (document); i++)
    migdesc_limits_set (made, document[i],
                        migdesc_limits_is_set (limits, document[i])
                            ? migdesc_limits_get (limits, document[i])
                            : G_MAXUINT64);
  return made;
}

gboolean
migdesc_json_in_fail (MigdescJsonLoader *loader,
                      GError **error)
{
  return migdesc_visitor_fail_place (MIGDESC_VISITOR (loader), error, loader->reader.error, "%s",
                                     loader->reader.message);
}

static gboolean
fail_at (MigdescJsonLoader *loader,
         GError **error,
         MigdescError code,
         gsize offset,
         const char *message)
{
  migdesc_json_reader_fail (&loader->reader, code, offset, "%s", message);
  return migdesc_json_in_fail (loader, error);
}

static MigdescJsonFrame *
get_frame (MigdescJsonLoader *loader)
{
  return &loader->frames[loader->depth];
}

static MigdescJsonFrame *
push (MigdescJsonLoader *loader,
      gboolean is_object,
      guint32 start)
{
  MigdescJsonFrame *frame = &loader->frames[++loader->depth];

  *frame = (MigdescJsonFrame) { .is_object = is_object, .start = start,
                                .first_passed = loader->passed->len };
  return frame;
}

/* Leaves the container at hand, behind its bracket. */
static void
pop (MigdescJsonLoader *loader)
{
  MigdescJsonFrame *frame = get_frame (loader);

  if (frame->away)
    migdesc_json_reader_seek (&loader->reader, &frame->mark);
  g_array_set_size (loader->passed, frame->first_passed);
  loader->depth--;
}

static void
go_to_passed (MigdescJsonLoader *loader,
              MigdescJsonFrame *frame,
              guint i)
{
  MigdescJsonPassed *passed = &g_array_index (loader->passed, MigdescJsonPassed, i);
  MigdescJsonMark mark;

  frame->mark = migdesc_json_reader_tell (&loader->reader);
  frame->away = TRUE;
  /* inside the object, which may have ended since */
  mark = (MigdescJsonMark) { loader->reader.text + passed->offset,
                             frame->mark.depth + (frame->ended ? 1 : 0), passed->values_left,
                             FALSE };
  migdesc_json_reader_seek (&loader->reader, &mark);
  passed->key = NULL;
  frame->hint = i + 1;
}

/* Among the members that were passed over, from the one behind the last that was found on. */
static gboolean
find_passed (MigdescJsonLoader *loader,
             MigdescJsonFrame *frame,
             const char *name,
             gsize length)
{
  guint n = loader->passed->len - frame->first_passed;
  guint start = frame->hint < frame->first_passed ? 0 : frame->hint - frame->first_passed;

  for (guint i = 0; i < n; i++)
    {
      guint at = frame->first_passed + (start + i) % n;
      const MigdescJsonPassed *passed = &g_array_index (loader->passed, MigdescJsonPassed, at);

      if (passed->key == NULL || passed->length != length
          || !migdesc_bytes_equal (passed->key, name, length))
        continue;
      go_to_passed (loader, frame, at);
      return TRUE;
    }
  return FALSE;
}

/* Reads on to the member, and keeps what comes before it. */
static gboolean
find_ahead (MigdescJsonLoader *loader,
            MigdescJsonFrame *frame,
            const char *name,
            gsize length)
{
  MigdescJsonReader *reader = &loader->reader;
  MigdescJsonString key;

  while (!frame->ended && migdesc_json_reader_next_member (reader, &key))
    {
      MigdescJsonPassed passed
          = { key.text, key.length, (guint32) migdesc_json_reader_offset (reader), key.offset,
              reader->values_left };

      if (migdesc_json_string_equal (&key, name, length))
        return TRUE;
      if (!migdesc_json_reader_skip_value (reader))
        return FALSE;
      g_array_append_val (loader->passed, passed);
    }
  frame->ended = TRUE;
  return FALSE;
}

static gboolean
enter_member (MigdescJsonLoader *loader,
              MigdescJsonFrame *frame,
              const char *name)
{
  gsize length = strlen (name);

  if (frame->away)
    {
      migdesc_json_reader_seek (&loader->reader, &frame->mark);
      frame->away = FALSE;
    }
  if (loader->passed->len > frame->first_passed && find_passed (loader, frame, name, length))
    return TRUE;
  return find_ahead (loader, frame, name, length);
}

gboolean
migdesc_json_in_enter_optional (MigdescJsonLoader *loader,
                                const char *name,
                                GError **error)
{
  MigdescJsonFrame *frame = get_frame (loader);

  if (enter_member (loader, frame, name))
    {
      loader->place = migdesc_json_reader_offset (&loader->reader);
      return TRUE;
    }
  if (loader->reader.error != 0)
    migdesc_json_in_fail (loader, error);
  return FALSE;
}

gboolean
migdesc_json_in_enter_next (MigdescJsonLoader *loader,
                            const char *name)
{
  MigdescJsonReader *reader = &loader->reader;
  MigdescJsonFrame *frame = get_frame (loader);
  const char *at = reader->cursor;
  gsize length = strlen (name);

  if (frame->away || frame->ended || frame->first_passed != loader->passed->len)
    return migdesc_json_in_enter_optional (loader, name, NULL);
  while (at != reader->end && (*at == ',' || g_ascii_isspace (*at)))
    at++;
  return (gsize) (reader->end - at) > length && *at == '"'
         && strncmp (at + 1, name, length) == 0
         && migdesc_json_in_enter_optional (loader, name, NULL);
}

static gboolean
enter_element (MigdescJsonLoader *loader,
               MigdescJsonFrame *frame,
               GError **error)
{
  g_autofree char *message = NULL;

  if (migdesc_json_reader_next_element (&loader->reader))
    {
      frame->n++;
      return TRUE;
    }
  if (loader->reader.error != 0)
    return migdesc_json_in_fail (loader, error);
  message = g_strdup_printf ("the array ends after %" G_GUINT64_FORMAT " elements, not the %"
                             G_GUINT64_FORMAT " that have to be there",
                             frame->n, frame->count);
  return fail_at (loader, error, MIGDESC_ERROR_STATE_COUNT, frame->start, message);
}

static gboolean
fail_missing (MigdescJsonLoader *loader,
              const MigdescJsonFrame *frame,
              const char *name,
              GError **error)
{
  g_autofree char *quoted = migdesc_quote (name, -1);
  g_autofree char *message = g_strdup_printf ("the member \"%s\" is missing", quoted);

  return fail_at (loader, error, MIGDESC_ERROR_STATE_MISSING, frame->start, message);
}

gboolean
migdesc_json_in_enter (MigdescJsonLoader *loader,
                       const char *name,
                       GError **error)
{
  MigdescJsonFrame *frame = get_frame (loader);
  GError *taken = NULL;

  if (loader->depth > 0 && !frame->is_object)
    {
      if (!enter_element (loader, frame, error))
        return FALSE;
    }
  else if (loader->depth > 0 && name == NULL)
    return fail_at (loader, error, MIGDESC_ERROR_STATE_FORMAT, frame->start,
                    "a member of an object needs a name");
  else if (loader->depth > 0 && !migdesc_json_in_enter_optional (loader, name, &taken))
    {
      if (taken == NULL)
        return fail_missing (loader, frame, name, error);
      g_propagate_error (error, taken);
      return FALSE;
    }
  loader->place = migdesc_json_reader_offset (&loader->reader);
  return TRUE;
}

gboolean
migdesc_json_in_open_object (MigdescJsonLoader *loader,
                             GError **error)
{
  guint32 start = (guint32) migdesc_json_reader_offset (&loader->reader);

  if (!migdesc_json_reader_begin_object (&loader->reader))
    return migdesc_json_in_fail (loader, error);
  push (loader, TRUE, start);
  return TRUE;
}

/* Whether two members of the object at hand have one name: then the reader fails. */
static gboolean
has_duplicate (MigdescJsonLoader *loader,
               const MigdescJsonFrame *frame)
{
  MigdescJsonReader *reader = &loader->reader;
  MigdescJsonMark mark = migdesc_json_reader_tell (reader);

  mark.depth -= frame->ended ? 0 : 1;
  mark.cursor = reader->text + frame->start;
  mark.values_left = reader->values_limit;
  migdesc_json_reader_seek (reader, &mark);
  return !migdesc_json_reader_skip_value (reader);
}

/* A section that says that it may be skipped, among the members that nobody asked for. They have
 * been looked through once, so that nothing can fail here. */
static gboolean
is_droppable (MigdescJsonLoader *loader,
              const MigdescJsonFrame *frame,
              const MigdescJsonPassed *passed)
{
  MigdescJsonReader *reader = &loader->reader;
  MigdescJsonMark mark = migdesc_json_reader_tell (reader);
  MigdescJsonMark value = mark;
  MigdescJsonString key;
  gboolean droppable;

  value.depth += frame->ended ? 1 : 0;
  value.cursor = reader->text + passed->offset;
  value.values_left = reader->values_limit;
  migdesc_json_reader_seek (reader, &value);
  droppable = migdesc_json_reader_peek (reader) == MIGDESC_JSON_OBJECT
              && migdesc_json_reader_begin_object (reader)
              && migdesc_json_reader_next_member (reader, &key)
              && migdesc_json_string_equal (&key, "@version", strlen ("@version"))
              && migdesc_json_reader_skip_value (reader)
              && migdesc_json_reader_next_member (reader, &key)
              && migdesc_json_string_equal (&key, "@droppable", strlen ("@droppable"))
              && migdesc_json_reader_peek (reader) == MIGDESC_JSON_TRUE;
  migdesc_json_reader_seek (reader, &mark);
  return droppable;
}

/* What was passed over and not asked for. */
static gboolean
check_passed (MigdescJsonLoader *loader,
              MigdescJsonFrame *frame,
              GError **error)
{
  MigdescJsonMark mark = migdesc_json_reader_tell (&loader->reader);
  const MigdescJsonPassed *unknown = NULL;
  g_autofree char *name = NULL, *message = NULL;
  guint n = 0;

  for (guint i = frame->first_passed; i < loader->passed->len && unknown == NULL; i++)
    {
      MigdescJsonPassed *passed = &g_array_index (loader->passed, MigdescJsonPassed, i);

      if (passed->key == NULL)
        continue;
      n++;
      if (!is_droppable (loader, frame, passed))
        unknown = passed;
    }
  if (n > 0 && has_duplicate (loader, frame))
    return migdesc_json_in_fail (loader, error);
  migdesc_json_reader_seek (&loader->reader, &mark);
  if (unknown == NULL)
    return TRUE;
  name = migdesc_quote (unknown->key, (gssize) unknown->length);
  message = g_strdup_printf ("the member \"%s\" is not known", name);
  return fail_at (loader, error, MIGDESC_ERROR_STATE_UNKNOWN, unknown->key_offset, message);
}

gboolean
migdesc_json_in_close_object (MigdescJsonLoader *loader,
                              GError **error)
{
  MigdescJsonFrame *frame = get_frame (loader);

  if (frame->away)
    migdesc_json_reader_seek (&loader->reader, &frame->mark);
  frame->away = FALSE;
  /* a name that nothing has, so that all are passed over */
  if (!frame->ended)
    find_ahead (loader, frame, "", G_MAXSIZE);
  if (loader->reader.error != 0)
    return migdesc_json_in_fail (loader, error);
  if (!check_passed (loader, frame, error))
    return FALSE;
  pop (loader);
  return TRUE;
}

/* Elements are counted by passing over them. */
static gboolean
count_elements (MigdescJsonReader *reader,
                guint64 *count)
{
  MigdescJsonMark mark = migdesc_json_reader_tell (reader);

  for (*count = 0; migdesc_json_reader_next_element (reader); (*count)++)
    if (!migdesc_json_reader_skip_value (reader))
      return FALSE;
  if (reader->error != 0)
    return FALSE;
  migdesc_json_reader_seek (reader, &mark);
  return TRUE;
}

gboolean
migdesc_json_in_open_array (MigdescJsonLoader *loader,
                            gboolean known,
                            guint64 *count,
                            GError **error)
{
  MigdescJsonReader *reader = &loader->reader;
  guint32 start = (guint32) migdesc_json_reader_offset (reader);
  MigdescJsonFrame *frame;

  if (!migdesc_json_reader_begin_array (reader))
    return migdesc_json_in_fail (loader, error);
  frame = push (loader, FALSE, start);
  if (!known && !count_elements (reader, count))
    return migdesc_json_in_fail (loader, error);
  frame->count = *count;
  return TRUE;
}

gboolean
migdesc_json_in_close_array (MigdescJsonLoader *loader,
                             GError **error)
{
  MigdescJsonFrame *frame = get_frame (loader);
  g_autofree char *message = NULL;

  if (!migdesc_json_reader_next_element (&loader->reader))
    {
      if (loader->reader.error != 0)
        return migdesc_json_in_fail (loader, error);
      pop (loader);
      return TRUE;
    }
  message = g_strdup_printf ("more elements follow than the %" G_GUINT64_FORMAT
                             " that have to be there",
                             frame->count);
  return fail_at (loader, error, MIGDESC_ERROR_STATE_COUNT,
                  migdesc_json_reader_offset (&loader->reader), message);
}
