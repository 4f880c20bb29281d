/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <string.h>

#include <glib.h>

#include <migdesc/migdesc.h>

/* A state is made as text, and what each path leads to is a piece of that text: so every part of a
 * tree has to be where it is looked for, wherever that is. */

typedef struct
{
  char *path;
  gsize start; /* in the text */
  gsize length;
} Place;

typedef struct
{
  GString *text;
  GString *path;
  GArray *places;
  guint32 seed;
} World;

static void
place_clear (gpointer data)
{
  g_free (((Place *) data)->path);
}

static void
world_init (World *world,
            guint32 seed)
{
  *world = (World) { g_string_new (NULL), g_string_new (NULL),
                     g_array_new (FALSE, FALSE, sizeof (Place)), seed };
  g_array_set_clear_func (world->places, place_clear);
}

static void
world_clear (World *world)
{
  g_string_free (world->text, TRUE);
  g_string_free (world->path, TRUE);
  g_array_unref (world->places);
}

/* The same numbers on every machine. */
static guint32
next_random (World *world,
             guint32 below)
{
  world->seed = world->seed * 1664525 + 1013904223;
  return (guint32) ((guint64) (world->seed >> 8) * below >> 24);
}

static gsize
begin_place (World *world)
{
  return world->text->len;
}

static void
end_place (World *world,
           gsize start)
{
  const Place place = { g_strdup (world->path->str), start, world->text->len - start };

  g_array_append_val (world->places, place);
}

static MigdescStateType *
new_schema (const char *text)
{
  g_autofree char *quoted = g_strdelimit (g_strdup (text), "'", '"');
  g_autoptr (GError) error = NULL;
  MigdescStateType *schema = migdesc_state_type_new_from_json (quoted, -1, NULL, &error);

  g_assert_no_error (error);
  return schema;
}

static MigdescState *
new_state (MigdescStateType *schema,
           const char *text)
{
  g_autoptr (GError) error = NULL;
  MigdescState *state = migdesc_state_new_from_json (schema, text, -1, NULL, &error);

  g_assert_no_error (error);
  return state;
}

static void
assert_part (MigdescState *state,
             const char *path,
             const char *text,
             gsize length)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MigdescState) part = migdesc_state_lookup (state, path, &error);
  g_autofree char *expected = g_strndup (text, length);
  g_autofree char *json = NULL;

  g_assert_no_error (error);
  json = migdesc_state_to_json (part, FALSE);
  g_assert_cmpstr (json, ==, expected);
}

/* By way of a stream, in which the state is as in memory of another reader. */
static MigdescState *
carry (MigdescStateType *schema,
       MigdescState *state,
       const char *format)
{
  g_autoptr (MigdescStreamWriter) writer = migdesc_stream_writer_new (format, NULL);
  g_autoptr (MigdescStreamReader) reader = migdesc_stream_reader_new (format, NULL, NULL);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;

  migdesc_stream_writer_add_state (writer, "dev0", NULL, state, &error);
  g_assert_no_error (error);
  bytes = migdesc_stream_writer_to_bytes (writer, &error);
  g_assert_no_error (error);
  migdesc_stream_reader_add_schema (reader, schema);
  migdesc_stream_reader_read_bytes (reader, bytes, &error);
  g_assert_no_error (error);
  return migdesc_stream_reader_get_state (reader, "dev0");
}

static void
assert_text (MigdescState *state,
             const char *text)
{
  g_autofree char *json = migdesc_state_to_json (state, FALSE);

  g_assert_cmpstr (json, ==, text);
}

/* Through everything that goes through a tree as a whole. */
static void
assert_round_trips (MigdescStateType *schema,
                    const char *schema_text,
                    MigdescState *state,
                    const char *text)
{
  g_autoptr (MigdescStateType) other = new_schema (schema_text);
  g_autoptr (MigdescState) same = new_state (other, text);
  g_autoptr (MigdescState) again = new_state (schema, text);
  g_autoptr (MigdescState) carried = carry (schema, state, "binary");
  g_autoptr (MigdescState) spelled = carry (schema, state, "json");
  g_autoptr (GVariant) variant = migdesc_state_to_variant (state);
  g_autoptr (GError) error = NULL;
  g_autoptr (MigdescState) varied = migdesc_state_new_from_variant (schema, variant, &error);
  g_autoptr (MigdescStateDiff) diff = migdesc_state_diff_new (state, same);

  g_assert_no_error (error);
  assert_text (state, text);
  assert_text (carried, text);
  assert_text (spelled, text);
  assert_text (varied, text);
  g_assert_true (migdesc_state_equal (state, same));
  g_assert_true (migdesc_state_equal (state, again));
  g_assert_true (migdesc_state_equal (carried, varied));
  g_assert_cmpuint (migdesc_state_hash (state), ==, migdesc_state_hash (same));
  g_assert_cmpuint (migdesc_state_diff_get_n_places (diff), ==, 0);
}

static void
assert_places (World *world,
               MigdescState *state,
               guint most)
{
  guint step = MAX (1, world->places->len / most);

  for (guint i = 0; i < world->places->len; i += step)
    {
      const Place *place = &g_array_index (world->places, Place, i);

      assert_part (state, place->path, world->text->str + place->start, place->length);
    }
}
