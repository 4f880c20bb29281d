/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "base/json-reader.h"
#include "base/json-writer.h"

/* Passing over a value of any kind without recursion, and writing it anew on the way if there is
 * an output. The walk is inlined twice, with an output and without, so that skipping pays nothing
 * for copying. */

#define ALWAYS_INLINE static inline __attribute__ ((always_inline))

static MigdescKeySet *
make_key_sets (MigdescJsonReader *reader)
{
  guint n = reader->depth_limit + 1;

  reader->key_sets = g_new (MigdescKeySet, n);
  for (guint i = 0; i < n; i++)
    migdesc_key_set_init (&reader->key_sets[i]);
  return reader->key_sets;
}

ALWAYS_INLINE gboolean
walk_string (MigdescJsonReader *reader,
             GString *output)
{
  MigdescJsonString string;

  if (!migdesc_json_reader_count_value (reader)
      || !migdesc_json_reader_take_string (reader, output != NULL, &string))
    return FALSE;
  if (output != NULL)
    migdesc_json_append_string (output, string.text, string.length);
  return TRUE;
}

/* A value that is neither object nor array. */
ALWAYS_INLINE gboolean
walk_scalar (MigdescJsonReader *reader,
             MigdescJsonKind kind,
             GString *output)
{
  const char *start = reader->cursor;
  MigdescJsonString number;
  gboolean flag;

  if (kind == MIGDESC_JSON_STRING)
    return walk_string (reader, output);
  if (kind == MIGDESC_JSON_NUMBER)
    {
      if (!migdesc_json_reader_read_number (reader, &number))
        return FALSE;
      if (output != NULL)
        g_string_append_len (output, number.text, number.length);
      return TRUE;
    }
  if (kind == MIGDESC_JSON_NULL)
    {
      if (!migdesc_json_reader_read_null (reader))
        return FALSE;
    }
  else if (kind == MIGDESC_JSON_TRUE || kind == MIGDESC_JSON_FALSE)
    {
      if (!migdesc_json_reader_read_bool (reader, &flag))
        return FALSE;
    }
  else
    return migdesc_json_reader_fail_unexpected (reader, "a value");
  if (output != NULL)
    g_string_append_len (output, start, kind == MIGDESC_JSON_FALSE ? 5 : 4);
  return TRUE;
}

/* Opens the object or array at the cursor. */
ALWAYS_INLINE gboolean
walk_into (MigdescJsonReader *reader,
           MigdescJsonKind kind,
           GString *output)
{
  gboolean is_object = kind == MIGDESC_JSON_OBJECT;

  if (is_object ? !migdesc_json_reader_begin_object (reader)
                : !migdesc_json_reader_begin_array (reader))
    return FALSE;
  if (is_object)
    migdesc_key_set_reset (&reader->key_sets[reader->depth]);
  if (output != NULL)
    g_string_append_c (output, is_object ? '{' : '[');
  return TRUE;
}

/* To the next member's value. FALSE: the object has ended, or the reader failed. */
ALWAYS_INLINE gboolean
walk_member (MigdescJsonReader *reader,
             GString *output)
{
  gboolean first = reader->first;
  MigdescJsonString key;

  if (!migdesc_json_reader_next_member (reader, &key))
    return FALSE;
  if (!migdesc_key_set_add (&reader->key_sets[reader->depth], key.text, key.length))
    return migdesc_json_reader_fail_duplicate (reader, &key);
  if (output != NULL)
    {
      if (!first)
        g_string_append_c (output, ',');
      migdesc_json_append_string (output, key.text, key.length);
      g_string_append_c (output, ':');
    }
  return TRUE;
}

ALWAYS_INLINE gboolean
walk_element (MigdescJsonReader *reader,
              GString *output)
{
  gboolean first = reader->first;

  if (!migdesc_json_reader_next_element (reader))
    return FALSE;
  if (output != NULL && !first)
    g_string_append_c (output, ',');
  return TRUE;
}

/* After a value or an opening bracket: to the next value, closing what ends before it. FALSE:
 * there is none inside of the value that the walk began with, or the reader failed. */
ALWAYS_INLINE gboolean
walk_on (MigdescJsonReader *reader,
         const gboolean *is_object,
         guint base,
         GString *output)
{
  while (reader->depth != base)
    {
      guint depth = reader->depth;

      if (is_object[depth] ? walk_member (reader, output) : walk_element (reader, output))
        return TRUE;
      if (reader->error != 0)
        return FALSE;
      if (output != NULL)
        g_string_append_c (output, is_object[depth] ? '}' : ']');
    }
  return FALSE;
}

ALWAYS_INLINE gboolean
walk (MigdescJsonReader *reader,
      GString *output)
{
  gboolean is_object[MIGDESC_JSON_DEPTH_MAX + 1];
  guint base = reader->depth;

  if (reader->key_sets == NULL)
    make_key_sets (reader);
  do
    {
      MigdescJsonKind kind = migdesc_json_reader_peek (reader);

      if (kind == MIGDESC_JSON_OBJECT || kind == MIGDESC_JSON_ARRAY)
        {
          if (!walk_into (reader, kind, output))
            return FALSE;
          is_object[reader->depth] = kind == MIGDESC_JSON_OBJECT;
        }
      else if (!walk_scalar (reader, kind, output))
        return FALSE;
    }
  while (walk_on (reader, is_object, base, output));

  return reader->error == 0;
}

gboolean
migdesc_json_reader_skip_value (MigdescJsonReader *reader)
{
  return walk (reader, NULL);
}

gboolean
migdesc_json_reader_copy_value (MigdescJsonReader *reader,
                                GString *output)
{
  return walk (reader, output);
}
