/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <string.h>

#include "tool-fleet.h"
#include "tool-options.h"
#include "tool-output.h"
#include "tool-read.h"
#include "tool-table.h"
#include "verbs.h"

typedef struct
{
  char *model;
  gboolean svg;
  gboolean dot;
  int max_groups;
} Question;

static void
print_row (ToolTable *table, const MigdescMap *map, guint source, guint destination)
{
  MigdescRelation there = migdesc_map_get_relation (map, source, destination);
  MigdescRelation back = migdesc_map_get_relation (map, destination, source);
  const char *cells[] = { migdesc_map_get_name (map, source),
                          migdesc_map_get_name (map, destination),
                          migdesc_relation_to_string (there), migdesc_relation_to_string (back),
                          NULL };

  tool_table_add_row (table, cells, TOOL_TONE_PLAIN, 0);
}

static void
print_groups (const MigdescMap *map)
{
  static const char *const headings[] = { "HOST", "EQUAL HOSTS", NULL };
  ToolTable *table = tool_table_new (headings);

  for (guint i = 0; i < migdesc_map_get_n_groups (map); i++)
    {
      g_autofree char *count
          = g_strdup_printf ("%" G_GSIZE_FORMAT, migdesc_map_get_n_hosts (map, i));

      tool_table_add_row (table, (const char *[]){ migdesc_map_get_name (map, i), count, NULL },
                          TOOL_TONE_PLAIN, 0);
    }
  tool_table_print (table);
}

static void
print_table (const MigdescMap *map)
{
  static const char *const headings[] = { "ONE", "OTHER", "THERE", "BACK", NULL };
  guint n = migdesc_map_get_n_groups (map);
  ToolTable *table;

  print_groups (map);
  if (n < 2)
    return;
  tool_print_line ("%s", "");
  table = tool_table_new (headings);
  for (guint i = 0; i < n; i++)
    for (guint j = i + 1; j < n; j++)
      print_row (table, map, i, j);
  tool_table_print (table);
}

static void
print_map (Tool *tool, const Question *question, const MigdescMap *map)
{
  g_autofree char *text = NULL;
  ToolJson json;

  if (question->svg || question->dot)
    {
      text = question->svg ? migdesc_map_to_svg (map) : migdesc_map_to_dot (map);
      tool_print_raw (text, strlen (text));
    }
  else if (tool->json)
    {
      text = migdesc_map_to_json (map);
      tool_json_init (&json);
      tool_json_add_members (&json, text);
      tool_json_print (&json);
    }
  else
    print_table (map);
}

static ToolStatus
draw (Tool *tool, const Question *question, char **places)
{
  g_autoptr (MigdescFleet) fleet = tool_read_fleet (tool, places);
  g_autoptr (MigdescMap) map = NULL;
  g_autoptr (GError) error = NULL;

  if (fleet == NULL)
    return tool->status;
  tool_tell_unusable (fleet);
  map = migdesc_fleet_make_map (fleet, question->model, (guint) question->max_groups, NULL, &error);
  if (map == NULL)
    return tool_fail (tool, error, NULL);
  print_map (tool, question, map);
  return tool->status;
}

ToolStatus
verb_map (Tool *tool, int argc, char **argv)
{
  Question question = { NULL };
  g_autofree char *model = NULL;
  const GOptionEntry entries[] = { { "model", 0, 0, G_OPTION_ARG_STRING, &model,
                                     "The model, if the first descriptor has several", "M" },
                                   { "svg", 0, 0, G_OPTION_ARG_NONE, &question.svg,
                                     "Draw a picture", NULL },
                                   { "dot", 0, 0, G_OPTION_ARG_NONE, &question.dot,
                                     "Write a graph for graphviz", NULL },
                                   { "groups", 0, 0, G_OPTION_ARG_INT, &question.max_groups,
                                     "How many groups of equal hosts to show", "N" },
                                   G_OPTION_ENTRY_NULL };
  g_auto (GStrv) places = tool_parse (tool, entries, argc, argv, 1, G_MAXUINT);

  if (places == NULL)
    return tool->status;
  if (question.svg + question.dot + tool->json > 1)
    return tool_usage_error (tool, "--svg, --dot and --json exclude each other");
  if (question.max_groups < 0 || question.max_groups > 48)
    return tool_usage_error (tool, "--groups needs a number from 1 to 48");
  question.model = model;
  return draw (tool, &question, places);
}
