/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "state-places.h"

/* Arrays inside of each other, long and short, counts elsewhere, and sections. */

/* --- Arrays in arrays ------------------------------------------------- */

static const char nested_schema[]
    = "{'state-schema':1,'name':'s','version':1,'minimum':1,'structs':["
      "{'name':'leaf','fields':[{'name':'v','type':'u8','min':0,'max':9}]},"
      "{'name':'part','fields':[{'name':'t','type':'string','maximum':400},"
      "{'name':'x','type':'u64','min':0,'max':18446744073709551615,'maximum':600},"
      "{'name':'p','type':'struct','struct':'leaf','nullable':true}]},"
      "{'name':'row','fields':[{'name':'f','type':'struct','struct':'leaf','count':3},"
      "{'name':'n','type':'u16','min':0,'max':600},"
      "{'name':'s','type':'struct','struct':'part','maximum':60},"
      "{'name':'c','type':'u16','min':0,'max':9,'maximum':600,'count-field':'n'},"
      "{'name':'d','type':'struct','struct':'leaf','maximum':600,'count-field':'n'}]}],"
      "'fields':[{'name':'r','type':'struct','struct':'row','maximum':60},"
      "{'name':'e','type':'u8','min':0,'max':9}]}";

typedef void (*WriteFunc) (World *world);

/* A member whose value a function writes. */
static void
write_member (World *world,
              const char *name,
              WriteFunc function)
{
  gsize length = world->path->len;
  gsize start;

  g_string_append_printf (world->text, "\"%s\":", name);
  g_string_append_printf (world->path, "%s%s", length == 0 ? "" : ".", name);
  start = begin_place (world);
  function (world);
  end_place (world, start);
  g_string_truncate (world->path, length);
}

static void
write_elements (World *world,
                guint n,
                WriteFunc function)
{
  gsize length = world->path->len;

  g_string_append_c (world->text, '[');
  for (guint i = 0; i < n; i++)
    {
      gsize start;

      g_string_append (world->text, i == 0 ? "" : ",");
      g_string_append_printf (world->path, "[%u]", i);
      start = begin_place (world);
      function (world);
      end_place (world, start);
      g_string_truncate (world->path, length);
    }
  g_string_append_c (world->text, ']');
}

/* Mostly few, sometimes many. */
static guint
next_count (World *world,
            guint most)
{
  return next_random (world, 1 + (next_random (world, 4) == 0 ? most : MIN (most, 4)));
}

static void
write_digit (World *world)
{
  g_string_append_printf (world->text, "%u", next_random (world, 10));
}

static void
write_leaf (World *world)
{
  g_string_append_c (world->text, '{');
  write_member (world, "v", write_digit);
  g_string_append_c (world->text, '}');
}

static void
write_text (World *world)
{
  g_string_append_c (world->text, '"');
  for (guint n = next_count (world, 400); n > 0; n--)
    g_string_append_c (world->text, (char) ('a' + next_random (world, 26)));
  g_string_append_c (world->text, '"');
}

static void
write_number (World *world)
{
  static const char *const words[] = { "0", "5", "9", "1", "18446744073709551615", "300" };

  g_string_append (world->text, words[next_random (world, G_N_ELEMENTS (words))]);
}

static void
write_list (World *world)
{
  write_elements (world, next_count (world, 600), write_number);
}

static void
write_pointer (World *world)
{
  if (next_random (world, 2) == 0)
    g_string_append (world->text, "null");
  else
    write_leaf (world);
}

static void
write_part (World *world)
{
  g_string_append_c (world->text, '{');
  write_member (world, "t", write_text);
  g_string_append_c (world->text, ',');
  write_member (world, "x", write_list);
  g_string_append_c (world->text, ',');
  write_member (world, "p", write_pointer);
  g_string_append_c (world->text, '}');
}

static void
write_three (World *world)
{
  write_elements (world, 3, write_leaf);
}

static void
write_parts (World *world)
{
  write_elements (world, next_count (world, 60), write_part);
}

static void
write_row (World *world)
{
  gsize length = world->path->len;
  guint n = next_count (world, 600);
  gsize start;

  g_string_append_c (world->text, '{');
  write_member (world, "f", write_three);
  g_string_append_printf (world->text, ",\"n\":%u,", n);
  write_member (world, "s", write_parts);
  g_string_append (world->text, ",\"c\":");
  g_string_append (world->path, ".c");
  start = begin_place (world);
  write_elements (world, n, write_digit);
  end_place (world, start);
  g_string_truncate (world->path, length);
  g_string_append (world->text, ",\"d\":");
  g_string_append (world->path, ".d");
  start = begin_place (world);
  write_elements (world, n, write_leaf);
  end_place (world, start);
  g_string_truncate (world->path, length);
  g_string_append_c (world->text, '}');
}

static void
write_rows (World *world)
{
  write_elements (world, 1 + next_random (world, 60), write_row);
}

static void
test_nested (void)
{
  g_autoptr (MigdescStateType) schema = new_schema (nested_schema);

  for (guint seed = 0; seed < 12; seed++)
    {
      g_autoptr (MigdescState) state = NULL;
      World world;

      world_init (&world, seed);
      g_string_append_c (world.text, '{');
      write_member (&world, "r", write_rows);
      g_string_append_c (world.text, ',');
      write_member (&world, "e", write_digit);
      g_string_append_c (world.text, '}');
      state = new_state (schema, world.text->str);
      assert_places (&world, state, 3000);
      assert_round_trips (schema, nested_schema, state, world.text->str);
      world_clear (&world);
    }
}

/* --- Counts and sections ---------------------------------------------- */

/* More counts than a search keeps without memory of its own, asked for from the last to the
 * first. */
static void
test_counts (void)
{
  const guint n = 30;
  g_autoptr (GString) fields = g_string_new (NULL);
  g_autoptr (GString) text = g_string_new ("{");
  g_autofree char *schema_text = NULL;
  g_autoptr (MigdescStateType) schema = NULL;
  g_autoptr (MigdescState) state = NULL;

  for (guint i = 0; i < n; i++)
    {
      g_string_append_printf (fields, "{'name':'n%u','type':'u16','min':0,'max':600},", i);
      g_string_append_printf (text, "\"n%u\":%u,", i, i % 7);
    }
  for (guint i = n; i-- > 0;)
    {
      g_string_append_printf (fields,
                              "{'name':'a%u','type':'u32','min':0,'max':99999,'maximum':600,"
                              "'count-field':'n%u'}%s",
                              i, i, i == 0 ? "" : ",");
      g_string_append_printf (text, "\"a%u\":[", i);
      for (guint j = 0; j < i % 7; j++)
        g_string_append_printf (text, "%s%u", j == 0 ? "" : ",", i * 1000 + j);
      g_string_append_printf (text, "]%s", i == 0 ? "}" : ",");
    }
  schema_text = g_strdup_printf ("{'state-schema':1,'name':'s','version':1,'minimum':1,"
                                 "'fields':[%s]}",
                                 fields->str);
  schema = new_schema (schema_text);
  state = new_state (schema, text->str);
  assert_part (state, "a0", "[]", 2);
  assert_part (state, "a29", "[29000]", 7);
  assert_part (state, "a1[0]", "1000", 4);
  assert_round_trips (schema, schema_text, state, text->str);
}

/* Sections stand between the fields of a table, and behind them in a state; what they have no field
 * for in their version has its default. */
static const char sections_schema[]
    = "{'state-schema':1,'name':'s','version':1,'minimum':1,'fields':["
      "{'name':'n','type':'u16','min':0,'max':9},"
      "{'name':'one','type':'section','version':3,'minimum':1,'needed':'f','fields':["
      "{'name':'k','type':'u32','min':0,'max':999,'since':2,'default':42},"
      "{'name':'l','type':'u32','min':0,'max':999},"
      "{'name':'m','type':'u8','min':0,'max':9,'maximum':9,'count-field':'n'}]},"
      "{'name':'b','type':'u32','min':0,'max':99999},"
      "{'name':'two','type':'section','version':1,'minimum':1,'fields':["
      "{'name':'z','type':'u8','min':0,'max':9}]},"
      "{'name':'c','type':'u8','min':0,'max':9}]}";

static void
test_sections (void)
{
  g_autoptr (MigdescStateType) schema = new_schema (sections_schema);
  g_autoptr (MigdescState) newest = new_state (
      schema, "{\"n\":3,\"one\":{\"@version\":3,\"k\":5,\"l\":6,\"m\":[1,2,3]},\"b\":70000,"
              "\"two\":{\"@version\":1,\"z\":4},\"c\":8}");
  g_autoptr (MigdescState) oldest = new_state (
      schema, "{\"n\":2,\"one\":{\"@version\":1,\"l\":6,\"m\":[1,2]},\"b\":70000,"
              "\"two\":{\"@version\":1,\"z\":4},\"c\":8}");
  g_autoptr (MigdescState) none = new_state (
      schema, "{\"n\":2,\"b\":1,\"two\":{\"@version\":1,\"z\":4},\"c\":8}");
  g_autofree char *text = migdesc_state_to_json (newest, FALSE);
  g_autofree char *oldest_text = migdesc_state_to_json (oldest, FALSE);
  g_autofree char *none_text = migdesc_state_to_json (none, FALSE);

  g_test_message ("%s", oldest_text);
  assert_part (newest, "one.k", "5", 1);
  assert_part (newest, "one.m", "[1,2,3]", 7);
  assert_part (newest, "b", "70000", 5);
  assert_part (newest, "two.z", "4", 1);
  assert_part (newest, "c", "8", 1);
  assert_part (oldest, "one.k", "42", 2);
  assert_part (oldest, "one.l", "6", 1);
  assert_part (oldest, "one.m[1]", "2", 1);
  assert_part (oldest, "two.z", "4", 1);
  g_assert_null (migdesc_state_lookup (none, "one", NULL));
  g_assert_cmpuint (migdesc_state_get_n_children (none), ==, 4);
  assert_part (none, "two.z", "4", 1);
  g_assert_false (migdesc_state_equal (newest, oldest));
  assert_round_trips (schema, sections_schema, newest, text);
  assert_round_trips (schema, sections_schema, none, none_text);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/state-tree-places/nested", test_nested);
  g_test_add_func ("/state-tree-places/counts", test_counts);
  g_test_add_func ("/state-tree-places/sections", test_sections);
  return g_test_run ();
}
