/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "base/json-find.h"

#include <string.h>

#include "base/json-reader.h"

/* What is sought is a tree of places, so that all else is passed over without a look. Its leaves
 * are few: a report has so many findings at most. */
typedef struct
{
  MigdescJsonReader json;
  GString *path;      /* of the value at hand */
  GHashTable *places; /* of each pointer sought, and of all above it: its offset plus 1, or 0 */
} Find;

static void visit (Find *find);

void
migdesc_json_pointer_append (GString *pointer,
                             const char *token,
                             gsize length)
{
  g_string_append_c (pointer, '/');
  for (gsize i = 0; i < length; i++)
    if (token[i] == '~')
      g_string_append (pointer, "~0");
    else if (token[i] == '/')
      g_string_append (pointer, "~1");
    else
      g_string_append_c (pointer, token[i]);
}

/* The value of the member or element at hand, which begins at @offset */
static void
enter (Find *find,
       const char *token,
       gsize length,
       gsize offset)
{
  gsize outer = find->path->len;

  migdesc_json_pointer_append (find->path, token, length);
  if (g_hash_table_contains (find->places, find->path->str))
    {
      g_hash_table_insert (find->places, g_strdup (find->path->str),
                           GSIZE_TO_POINTER (offset + 1));
      visit (find);
    }
  else
    migdesc_json_reader_skip_value (&find->json);
  g_string_truncate (find->path, outer);
}

static void
visit_object (Find *find)
{
  MigdescJsonString key;

  migdesc_json_reader_begin_object (&find->json);
  while (migdesc_json_reader_next_member (&find->json, &key))
    enter (find, key.text, key.length, key.offset);
}

static void
visit_array (Find *find)
{
  char digits[24];

  migdesc_json_reader_begin_array (&find->json);
  for (guint i = 0; migdesc_json_reader_next_element (&find->json); i++)
    {
      int length = g_snprintf (digits, sizeof digits, "%u", i);

      enter (find, digits, (gsize) length, migdesc_json_reader_offset (&find->json));
    }
}

/* As deep as the pointers are long and the reader allows */
static void
visit (Find *find)
{
  MigdescJsonKind kind = migdesc_json_reader_peek (&find->json);

  if (kind == MIGDESC_JSON_OBJECT)
    visit_object (find);
  else if (kind == MIGDESC_JSON_ARRAY)
    visit_array (find);
  else
    migdesc_json_reader_skip_value (&find->json);
}

static void
seek (Find *find,
      const char *pointer)
{
  const char *end = pointer;

  while (*end == '/')
    {
      end++;
      end += strcspn (end, "/");
      g_hash_table_insert (find->places, g_strndup (pointer, (gsize) (end - pointer)), NULL);
    }
}

static gsize
get_offset (const Find *find,
            const char *pointer)
{
  g_autofree char *rest = g_strdup (pointer);

  for (;;)
    {
      gpointer place = g_hash_table_lookup (find->places, rest);
      char *slash = strrchr (rest, '/');

      if (place != NULL)
        return GPOINTER_TO_SIZE (place) - 1;
      if (slash == NULL)
        return G_MAXSIZE;
      *slash = '\0';
    }
}

void
migdesc_json_find (const char *text,
                   gsize length,
                   const char *const *pointers,
                   gsize n_pointers,
                   gsize *offsets)
{
  g_autoptr (MigdescLimits) limits = migdesc_limits_new ();
  Find find = { .path = g_string_new (NULL) };

  /* the text was accepted under the limits of whoever read it */
  for (guint limit = MIGDESC_LIMIT_DOCUMENT_SIZE; limit <= MIGDESC_LIMIT_STRING_LENGTH; limit++)
    migdesc_limits_set (limits, (MigdescLimit) limit, G_MAXINT32);
  find.places = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (gsize i = 0; i < n_pointers; i++)
    seek (&find, pointers[i]);
  migdesc_json_reader_init (&find.json, text, length, limits);
  visit (&find);
  for (gsize i = 0; i < n_pointers; i++)
    offsets[i] = get_offset (&find, pointers[i]);
  migdesc_json_reader_clear (&find.json);
  g_string_free (find.path, TRUE);
  g_hash_table_unref (find.places);
}
