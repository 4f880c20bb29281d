/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "fleet/feed/document-feed.h"

#include <migdesc/migdesc-error.h>
#include <string.h>

#include "base/json-reader.h"
#include "base/quote.h"

#define RECORD_SEPARATOR '\x1e'

static gboolean
is_space (char character)
{
  return character == ' ' || character == '\t' || character == '\n' || character == '\r'
         || character == RECORD_SEPARATOR;
}

static const char *
skip_space (const char *at, const char *end)
{
  while (at < end && is_space (*at))
    at++;
  return at;
}

static const char *
skip_string (const char *at, const char *end)
{
  for (at++; at < end && *at != '"'; at++)
    if (*at == '\\')
      at++;
  return at < end ? at + 1 : end;
}

/* The end of the object or array that begins here, by its brackets alone: whoever reads it sees
 * whether it is well-formed. NULL: it does not end. */
static const char *
find_end (const char *at, const char *end)
{
  gsize depth = 0;

  while (at < end)
    {
      if (*at == '"')
        {
          at = skip_string (at, end);
          continue;
        }
      if (*at == '{' || *at == '[')
        depth++;
      else if ((*at == '}' || *at == ']') && --depth == 0)
        return at + 1;
      at++;
    }
  return NULL;
}

/* Past what is no JSON */
static const char *
find_next (const char *at, const char *end)
{
  while (at < end)
    {
      const char *line = memchr (at, '\n', (gsize) (end - at));

      at = line != NULL ? line + 1 : end;
      if (at < end && (*at == '{' || *at == '['))
        return at;
    }
  return end;
}

static const char *
document_end (const char *at, const char *end)
{
  const char *stop = *at == '{' || *at == '[' ? find_end (at, end) : find_next (at, end);

  return stop != NULL ? stop : end;
}

/* The first member that only one of the two has decides. */
gboolean
migdesc_text_is_host (const char *text, gsize length)
{
  g_auto (MigdescJsonReader) json;
  MigdescJsonString key;
  const char *name;
  gsize name_length;

  migdesc_json_reader_init (&json, text, length, NULL);
  if (migdesc_host_scan_name (text, text + length, &name, &name_length) != NULL)
    return TRUE;
  if (migdesc_json_reader_peek (&json) != MIGDESC_JSON_OBJECT
      || !migdesc_json_reader_begin_object (&json))
    return FALSE;
  while (migdesc_json_reader_next_member (&json, &key))
    {
      if (migdesc_json_string_equal (&key, "host", 4)
          || migdesc_json_string_equal (&key, "slots", 5))
        return TRUE;
      if (migdesc_json_string_equal (&key, "models", 6))
        return FALSE;
      migdesc_json_reader_skip_value (&json);
    }
  return FALSE;
}

gboolean
migdesc_text_is_lines (const char *text, gsize length)
{
  const char *start = skip_space (text, text + length);
  const char *end = text + length;
  const char *line_end = memchr (start, '\n', (gsize) (end - start));
  const char *stop;

  /* a sequence as of RFC 7464 has separators, which lines do not */
  if (start == end || *start != '{' || memchr (text, RECORD_SEPARATOR, (gsize) (start - text)))
    return FALSE;
  line_end = line_end != NULL ? line_end : end;
  stop = find_end (start, line_end);
  return stop != NULL && skip_space (stop, line_end) == line_end
         && migdesc_text_is_host (start, (gsize) (stop - start));
}

gboolean
migdesc_text_has_several (const char *text, gsize length)
{
  const char *end = text + length;
  const char *start = skip_space (text, end);
  const char *stop;

  if (start == end || (*start != '{' && *start != '['))
    return FALSE;
  stop = find_end (start, end);
  return stop != NULL && skip_space (stop, end) < end;
}

static guint
count_lines (const char *from, const char *to)
{
  guint n = 0;

  for (const char *at = from; (at = memchr (at, '\n', (gsize) (to - at))) != NULL; at++)
    n++;
  return n;
}

static gboolean
add_descriptor (MigdescFleet *fleet, const char *text, gsize length, const char *origin,
                guint number, GError **error)
{
  g_autofree char *quoted = migdesc_quote (origin != NULL ? origin : "?", -1);
  g_autofree char *name = g_strdup_printf ("%s#%u", quoted, number);
  guint32 shape = migdesc_fleet_shape_of_text (fleet, name, text, length);

  return migdesc_fleet_add_row (fleet, name, strlen (name), shape, error) != MIGDESC_ROSTER_NONE;
}

static gboolean
check_cancelled (GCancellable *cancellable, guint n, GError **error)
{
  if (!g_cancellable_is_cancelled (cancellable))
    return TRUE;
  g_set_error (error, MIGDESC_ERROR, MIGDESC_ERROR_CANCELLED,
               "reading hosts was cancelled after %u documents", n);
  return FALSE;
}

gboolean
migdesc_fleet_feed_documents (MigdescFleet *fleet, const char *text, gsize length,
                              const char *origin, GCancellable *cancellable, GError **error)
{
  const char *end = text + length;
  const char *start = skip_space (text, end);
  MigdescHostPlace place = { origin, 1 + count_lines (text, start) };
  gboolean done = TRUE;

  for (guint number = 1; start < end && done; number++)
    {
      const char *document = start;
      const char *stop = document_end (start, end);
      gsize size = (gsize) (stop - start);

      done = check_cancelled (cancellable, number - 1, error)
             && (migdesc_text_is_host (document, size)
                   ? migdesc_fleet_add_host_json (fleet, document, size, &place, error)
                       != MIGDESC_ROSTER_NONE
                   : add_descriptor (fleet, document, size, origin, number, error));
      start = skip_space (stop, end);
      place.line += count_lines (document, start);
    }
  return done;
}
