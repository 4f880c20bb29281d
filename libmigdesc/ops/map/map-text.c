/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* A map for graphviz, and as JSON */

#include "base/json-writer.h"
#include "ops/map/drawing.h"
#include "ops/map/map-record.h"

/* --- DOT -------------------------------------------------------------- */

/* In quotation marks; a backslash would begin one of DOT's escapes. */
static void
append_quoted (GString *dot,
               const char *text)
{
  g_autofree char *escaped = migdesc_drawing_escape (text);

  for (const char *at = escaped; *at != '\0'; at++)
    {
      if (*at == '"' || *at == '\\')
        g_string_append_c (dot, '\\');
      g_string_append_c (dot, *at);
    }
}

static void
append_node (GString *dot,
             const MigdescMap *map,
             guint position)
{
  const MigdescMapGroup *group = migdesc_map_group (map, position);

  g_string_append_printf (dot, "  g%u [label=\"", position);
  append_quoted (dot, group->name);
  if (group->n_hosts > 1)
    g_string_append_printf (dot, "\\nand %" G_GSIZE_FORMAT " more", group->n_hosts - 1);
  g_string_append (dot, "\"];\n");
}

static const char *
style_of (MigdescReach reach)
{
  static const char *const styles[] = { [MIGDESC_REACH_NONE] = NULL,
                                        [MIGDESC_REACH_UNSURE] = "dotted",
                                        [MIGDESC_REACH_SOME] = "dashed",
                                        [MIGDESC_REACH_ALL] = "solid" };

  return styles[reach];
}

static void
append_edge (GString *dot,
             guint source,
             guint destination,
             MigdescReach reach,
             gboolean both)
{
  const char *style = style_of (reach);

  if (style == NULL)
    return;
  g_string_append_printf (dot, "  g%u -> g%u [style=%s%s];\n", source, destination, style,
                          both ? ", dir=both" : "");
}

static void
append_edges (GString *dot,
              const MigdescMap *map,
              guint first,
              guint second)
{
  MigdescReach there = migdesc_map_reach (map, first, second);
  MigdescReach back = migdesc_map_reach (map, second, first);

  append_edge (dot, first, second, there, there == back);
  if (there != back)
    append_edge (dot, second, first, back, FALSE);
}

/**
 * migdesc_map_to_dot:
 * @map: a map
 *
 * Writes a map as a graph for the programs of graphviz. A node is a group of hosts with equal
 * descriptors. An edge is solid if all devices that the source can have can go there, dashed if
 * some can, and dotted if that is not decided; one for both ways has two heads.
 *
 * Returns: (transfer full): the text of a DOT document
 *
 * Since: 1.0
 */
char *
migdesc_map_to_dot (const MigdescMap *map)
{
  GString *dot;

  g_return_val_if_fail (map != NULL, NULL);

  dot = g_string_new ("digraph migrations {\n  label=\"");
  append_quoted (dot, map->model);
  g_string_append (dot, "\";\n  node [shape=box, style=rounded];\n");
  for (guint i = 0; i < map->groups->len; i++)
    append_node (dot, map, i);
  for (guint i = 0; i < map->groups->len; i++)
    for (guint j = i + 1; j < map->groups->len; j++)
      append_edges (dot, map, i, j);
  g_string_append (dot, "}\n");
  return g_string_free (dot, FALSE);
}

/* --- JSON ------------------------------------------------------------- */

static void
write_row (MigdescJsonWriter *writer,
           const MigdescMap *map,
           guint source)
{
  migdesc_json_writer_begin_array (writer);
  for (guint i = 0; i < map->groups->len; i++)
    migdesc_json_writer_string (
        writer, migdesc_relation_to_string (migdesc_map_get_relation (map, source, i)));
  migdesc_json_writer_end_array (writer);
}

static void
write_group (MigdescJsonWriter *writer,
             const MigdescMapGroup *group)
{
  migdesc_json_writer_begin_object (writer);
  migdesc_json_writer_member_string (writer, "host", group->name);
  migdesc_json_writer_member_uint (writer, "hosts", group->n_hosts);
  migdesc_json_writer_end_object (writer);
}

/**
 * migdesc_map_to_json:
 * @map: a map
 *
 * Writes a map as one JSON object, compact: `{"model", "hosts", "groups": [{"host", "hosts"}],
 * "relations": [[...]], "more_groups", "more_hosts", "lacking"}`. A row of `relations` is a source,
 * with a relation to each group; `more_groups` are not shown, and `lacking` hosts have no such
 * model.
 *
 * Returns: (transfer full): the JSON text, one line without line end
 *
 * Since: 1.0
 */
char *
migdesc_map_to_json (const MigdescMap *map)
{
  MigdescJsonWriter writer;
  GString *json;

  g_return_val_if_fail (map != NULL, NULL);

  json = g_string_new (NULL);
  migdesc_json_writer_init (&writer, json, FALSE);
  migdesc_json_writer_begin_object (&writer);
  migdesc_json_writer_member_string (&writer, "model", map->model);
  migdesc_json_writer_member_uint (&writer, "hosts", map->n_hosts);
  migdesc_json_writer_key (&writer, "groups");
  migdesc_json_writer_begin_array (&writer);
  for (guint i = 0; i < map->groups->len; i++)
    write_group (&writer, migdesc_map_group (map, i));
  migdesc_json_writer_end_array (&writer);
  migdesc_json_writer_key (&writer, "relations");
  migdesc_json_writer_begin_array (&writer);
  for (guint i = 0; i < map->groups->len; i++)
    write_row (&writer, map, i);
  migdesc_json_writer_end_array (&writer);
  migdesc_json_writer_member_uint (&writer, "more_groups", map->n_more_groups);
  migdesc_json_writer_member_uint (&writer, "more_hosts", map->n_more_hosts);
  migdesc_json_writer_member_uint (&writer, "lacking", map->n_lacking);
  migdesc_json_writer_end_object (&writer);
  return g_string_free (json, FALSE);
}
