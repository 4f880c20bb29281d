/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "state-places.h"

/* Long arrays of numbers and short ones, of numbers that a tree keeps in one way or the other. */

typedef struct
{
  const char *type; /* with its bounds */
  const char *small[3];
  const char *large[3];
} Numbers;

static const Numbers numbers[] = {
  { "'u8','min':0,'max':255", { "0", "1", "7" }, { "255", "254", "128" } },
  { "'u16','min':0,'max':65535", { "0", "1", "127" }, { "65535", "128", "16384" } },
  { "'u32','min':0,'max':4294967295", { "0", "1", "7" }, { "4294967295", "65536", "128" } },
  { "'u64','min':0,'max':18446744073709551615",
    { "0", "1", "7" },
    { "18446744073709551615", "9223372036854775808", "4294967296" } },
  { "'i8','min':-128,'max':127", { "0", "-1", "1" }, { "-128", "127", "-100" } },
  { "'i16','min':-32768,'max':32767", { "0", "-1", "63" }, { "-32768", "32767", "-65" } },
  { "'i32','min':-2147483648,'max':2147483647",
    { "0", "-1", "1" },
    { "-2147483648", "2147483647", "-8193" } },
  { "'i64','min':-9223372036854775808,'max':9223372036854775807",
    { "0", "-1", "1" },
    { "-9223372036854775808", "9223372036854775807", "-4294967297" } },
  { "'f64','min':-1e308,'max':1e308", { "0", "1", "-120" }, { "0.1", "-0", "1e+300" } },
  { "'bool'", { "false", "true", "false" }, { "true", "true", "false" } },
};

static const guint lengths[] = { 0, 1, 2, 3, 23, 24, 25, 64, 255, 256, 300, 1000, 4096, 4097,
                                 9000 };

/* One of so many is large; 0: none. */
static const guint rarities[] = { 0, 1, 2, 3, 4, 8, 100, 5000 };

static const char *
choose (World *world,
        const Numbers *of,
        guint i,
        guint rarity)
{
  gboolean large = rarity != 0 && i % rarity == 0;

  return (large ? of->large : of->small)[next_random (world, 3)];
}

static void
write_numbers (World *world,
               const Numbers *of,
               guint n,
               guint rarity)
{
  gsize array;

  g_string_append (world->text, "{\"a\":");
  array = begin_place (world);
  g_string_append_c (world->text, '[');
  for (guint i = 0; i < n; i++)
    {
      gsize start;

      g_string_append (world->text, i == 0 ? "" : ",");
      start = begin_place (world);
      g_string_append (world->text, choose (world, of, i, rarity));
      g_string_printf (world->path, "a[%u]", i);
      end_place (world, start);
    }
  g_string_append_c (world->text, ']');
  g_string_assign (world->path, "a");
  end_place (world, array);
  g_string_append (world->text, ",\"b\":77}");
}

static void
check_numbers (const Numbers *of,
               guint n,
               guint rarity)
{
  g_autofree char *text = g_strdup_printf (
      "{'state-schema':1,'name':'s','version':1,'minimum':1,'fields':["
      "{'name':'a','type':%s,'maximum':20000},{'name':'b','type':'u32','min':0,'max':99}]}",
      of->type);
  g_autoptr (MigdescStateType) schema = new_schema (text);
  g_autoptr (MigdescState) state = NULL;
  World world;

  world_init (&world, n + rarity);
  write_numbers (&world, of, n, rarity);
  state = new_state (schema, world.text->str);
  assert_places (&world, state, 40);
  assert_part (state, "b", "77", 2);
  assert_round_trips (schema, text, state, world.text->str);
  world_clear (&world);
}

static void
test_numbers (gconstpointer data)
{
  for (gsize i = 0; i < G_N_ELEMENTS (lengths); i++)
    for (gsize j = 0; j < G_N_ELEMENTS (rarities); j++)
      if (lengths[i] < 4000 || j % 3 == 0)
        check_numbers (data, lengths[i], rarities[j]);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      g_autofree char *path = g_strdup_printf ("/state-tree-numbers/%.4s", numbers[i].type + 1);

      g_test_add_data_func (g_strdelimit (path, "',", '-'), &numbers[i], test_numbers);
    }
  return g_test_run ();
}
