/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Which hosts can exchange devices, as a picture and as a graph. */

#include <string.h>

#include "ops-documents.h"

#define MODEL "a.b/c"
#define UP_TO(n) PARAMS (INT ("q", "'1-" n "'", "1", "0"))

static MigdescMap *
make (const char *const *bodies,
      const char *const *names,
      guint max_groups)
{
  g_autoptr (GPtrArray) descriptors = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GError) error = NULL;
  MigdescMap *map;

  for (; *bodies != NULL; bodies++)
    {
      g_autofree char *document = g_strdup_printf ("{'models': {%s}}", *bodies);

      g_ptr_array_add (descriptors, ops_read (document));
    }
  map = migdesc_map_new ((MigdescDescriptor **) descriptors->pdata, descriptors->len, names, MODEL,
                         max_groups, NULL, &error);
  g_assert_no_error (error);
  return map;
}

#define HOST(n) "'" MODEL "': {" UP_TO (n) "}"

static const char *const four[] = { HOST ("4"), HOST ("8"), HOST ("4"), HOST ("6"),
                                    "'a.b/other': {" UP_TO ("4") "}", NULL };
static const char *const four_names[] = { "one", "two", "three", "<fo\"ur>&\\\n", "five", NULL };

static void
test_groups (void)
{
  g_autoptr (MigdescMap) map = make (four, four_names, 0);

  g_assert_cmpstr (migdesc_map_get_model (map), ==, MODEL);
  g_assert_cmpuint (migdesc_map_get_n_groups (map), ==, 3);
  g_assert_cmpstr (migdesc_map_get_name (map, 1), ==, "two");
  g_assert_cmpuint (migdesc_map_get_n_hosts (map, 0), ==, 2);
  g_assert_cmpint (migdesc_map_get_relation (map, 0, 1), ==, MIGDESC_RELATION_COMPATIBLE);
  g_assert_cmpint (migdesc_map_get_relation (map, 1, 0), ==, MIGDESC_RELATION_CONDITIONAL);
  ops_assert_text (
      migdesc_map_to_json (map),
      "{\"model\":\"a.b/c\",\"hosts\":5,\"groups\":[{\"host\":\"one\",\"hosts\":2},{\"host\":"
      "\"two\",\"hosts\":1},{\"host\":\"<fo\\\"ur>&\\\\\\n\",\"hosts\":1}],\"relations\":[["
      "\"identical\",\"compatible\",\"compatible\"],[\"conditional\",\"identical\",\"conditional\""
      "],[\"conditional\",\"compatible\",\"identical\"]],\"more_groups\":0,\"more_hosts\":0,"
      "\"lacking\":1}");
}

static void
test_dot (void)
{
  g_autoptr (MigdescMap) map = make (four, four_names, 0);

  ops_assert_text (migdesc_map_to_dot (map),
                   "digraph migrations {\n"
                   "  label=\"a.b/c\";\n"
                   "  node [shape=box, style=rounded];\n"
                   "  g0 [label=\"one\\nand 1 more\"];\n"
                   "  g1 [label=\"two\"];\n"
                   "  g2 [label=\"<fo\\\"ur>&\\\\\\\\\\\\n\"];\n"
                   "  g0 -> g1 [style=solid];\n"
                   "  g1 -> g0 [style=dashed];\n"
                   "  g0 -> g2 [style=solid];\n"
                   "  g2 -> g0 [style=dashed];\n"
                   "  g1 -> g2 [style=dashed];\n"
                   "  g2 -> g1 [style=solid];\n"
                   "}\n");
}

/* Of many groups the largest, in the order of the hosts */
static void
test_largest_groups (void)
{
  const char *const hosts[] = { HOST ("1"), HOST ("2"), HOST ("3"), HOST ("3"), HOST ("4"),
                                HOST ("2"), NULL };
  g_autoptr (MigdescMap) map = make (hosts, NULL, 2);
  g_autofree char *svg = migdesc_map_to_svg (map);

  g_assert_cmpstr (migdesc_map_get_name (map, 0), ==, "host 2");
  g_assert_cmpstr (migdesc_map_get_name (map, 1), ==, "host 3");
  g_assert_nonnull (strstr (svg, ">Not shown: 2 smaller groups of 2 hosts. </text>"));
}

static guint
count (const char *text,
       const char *part)
{
  guint n = 0;

  while ((text = strstr (text, part)) != NULL)
    {
      text += strlen (part);
      n++;
    }
  return n;
}

static void
test_svg (void)
{
  g_autoptr (MigdescMap) map = make (four, four_names, 0);
  g_autofree char *svg = migdesc_map_to_svg (map);

  g_assert_nonnull (strstr (svg, "width='1200'"));
  /* each once in the legend; one and two are there for each other in part, and so on */
  g_assert_cmpuint (count (svg, "<use href='#all-some'"), ==, 1 + 3);
  g_assert_cmpuint (count (svg, "<use href='#some-all'"), ==, 1 + 3);
  g_assert_cmpuint (count (svg, "<use href='#same'"), ==, 1 + 3);
  g_assert_cmpuint (count (svg, "<use href='#none'"), ==, 1);
  g_assert_nonnull (strstr (svg, "<title>one to two: all there, some back</title>"));
  g_assert_nonnull (strstr (svg, ">4 hosts in 3 groups with equal descriptors<"));
  g_assert_nonnull (strstr (svg, ">1 host has no such device.<"));
  g_assert_null (strstr (svg, "<fo"));
  g_assert_nonnull (strstr (svg, "&lt;fo&quot;ur&gt;&amp;\\\\\\n"));
}

/* One way and both ways, none, and what is not decided */
static void
test_symbols (void)
{
  const char *const hosts[] = { HOST ("4"), "'" MODEL "': {" PARAMS (
                                                INT ("q", "'1-4'", "1", "0") "," FLAG ("f")) "}",
                                "'" MODEL "': {" PARAMS (INT ("q", "9", "9", "9")) "}",
                                "'" MODEL "': {" PARAMS ("'q': {'type': 'int', 'init_value': 1, "
                                                         "'off_value': 0}") "}",
                                NULL };
  g_autoptr (MigdescMap) map = make (hosts, NULL, 0);
  g_autofree char *svg = migdesc_map_to_svg (map);

  g_assert_nonnull (strstr (svg, "<title>host 1 to host 2: all there, some back</title>"));
  g_assert_nonnull (strstr (svg, "<title>host 2 to host 1: some there, all back</title>"));
  g_assert_nonnull (strstr (svg, "<title>host 1 to host 3: none there</title>"));
  g_assert_nonnull (strstr (svg, "<title>host 1 to host 4: not decided</title>"));
}

/* A long name is cut where it is shown, and whole where it is asked for. */
static void
test_long_names (void)
{
  g_autofree char *name = g_strnfill (200, 'm');
  const char *const hosts[] = { HOST ("4"), NULL };
  const char *const names[] = { name, NULL };
  g_autoptr (MigdescMap) map = make (hosts, names, 0);
  g_autofree char *svg = migdesc_map_to_svg (map);
  g_autofree char *title = g_strdup_printf ("<title>%s</title>", name);

  g_assert_nonnull (strstr (svg, title));
  g_assert_nonnull (strstr (svg, ">mmmmmmmmmmmmmmmm\xe2\x80\xa6<title>"));
}

static void
test_errors (void)
{
  g_autoptr (MigdescDescriptor) host = ops_read ("{'models': {" HOST ("4") "}}");
  const char *const names[] = { "a", "b", NULL };
  g_autoptr (GError) error = NULL;

  g_assert_null (migdesc_map_new (NULL, 0, NULL, NULL, 0, NULL, &error));
  g_assert_error (error, MIGDESC_ERROR, MIGDESC_ERROR_INVALID_ARGUMENT);
  g_clear_error (&error);
  g_assert_null (migdesc_map_new (&host, 1, names, NULL, 0, NULL, &error));
  g_assert_error (error, MIGDESC_ERROR, MIGDESC_ERROR_INVALID_ARGUMENT);
  g_clear_error (&error);
  g_assert_null (migdesc_map_new (&host, 1, NULL, "a.b/d", 0, NULL, &error));
  g_assert_error (error, MIGDESC_ERROR, MIGDESC_ERROR_MODEL_NOT_FOUND);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/map/groups", test_groups);
  g_test_add_func ("/map/dot", test_dot);
  g_test_add_func ("/map/largest-groups", test_largest_groups);
  g_test_add_func ("/map/svg", test_svg);
  g_test_add_func ("/map/symbols", test_symbols);
  g_test_add_func ("/map/long-names", test_long_names);
  g_test_add_func ("/map/errors", test_errors);
  return g_test_run ();
}
