/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "qemu-verbs.h"
#include "tool-output.h"
#include "tool-qemu-dump.h"

typedef struct
{
  const char *const *places; /* source, destination */
  MigdescQemuDump *dumps[2];
  MigdescQemuKnown *known;
  char **devices; /* NULL: all */
  gboolean both;
} Question;

static MigdescQemuComparison *
compare (const Question *question, guint source)
{
  return migdesc_qemu_dump_compare (question->dumps[source], question->dumps[1 - source],
                                    question->known, NULL);
}

static void
print (const Question *question, guint source, MigdescQemuComparison *comparison)
{
  const char *word
      = migdesc_qemu_verdict_to_string (tool_qemu_worst (comparison, question->devices));

  if (source == 1)
    tool_print_line ("%s", "");
  tool_print_line ("%s to %s: %s", question->places[source], question->places[1 - source], word);
  tool_qemu_print_comparison (comparison, question->devices);
}

static void
add (ToolJson *json, const Question *question, guint source, MigdescQemuComparison *comparison)
{
  tool_json_begin_object (json, NULL);
  tool_json_add_string (json, "source", question->places[source]);
  tool_json_add_string (json, "destination", question->places[1 - source]);
  tool_json_add_string (
      json, "verdict",
      migdesc_qemu_verdict_to_string (tool_qemu_worst (comparison, question->devices)));
  tool_qemu_add_findings (json, comparison, question->devices);
  tool_json_end_object (json);
}

static ToolStatus
answer (Tool *tool, const Question *question)
{
  ToolJson json;

  if (tool->json)
    {
      tool_json_init (&json);
      tool_json_begin_array (&json, "directions");
    }
  for (guint source = 0; source < (question->both ? 2u : 1u); source++)
    {
      g_autoptr (MigdescQemuComparison) comparison = compare (question, source);

      tool_add_status (tool, tool_qemu_status_of (tool_qemu_worst (comparison,
                                                                   question->devices)));
      if (tool->json)
        add (&json, question, source, comparison);
      else
        print (question, source, comparison);
    }
  if (tool->json)
    {
      tool_json_end_array (&json);
      tool_json_print (&json);
    }
  return tool->status;
}

static gboolean
check_devices (Tool *tool, const Question *question)
{
  for (guint i = 0; question->devices != NULL && question->devices[i] != NULL; i++)
    if (!migdesc_qemu_dump_find (question->dumps[0], question->devices[i], NULL)
        && !migdesc_qemu_dump_find (question->dumps[1], question->devices[i], NULL))
      {
        tool_usage_error (tool, "--device %s: neither dump has a device of that type",
                          question->devices[i]);
        return FALSE;
      }
  return TRUE;
}

ToolStatus
qemu_dump_diff (Tool *tool, int argc, char **argv)
{
  g_auto (GStrv) known = NULL;
  g_auto (GStrv) devices = NULL;
  gboolean both = FALSE;
  const GOptionEntry entries[]
      = { { "both", 0, 0, G_OPTION_ARG_NONE, &both, "Tell also whether it can come back", NULL },
          { "device", 0, 0, G_OPTION_ARG_STRING_ARRAY, &devices,
            "Look at this device type only; may be given again", "TYPE" },
          TOOL_QEMU_KNOWN_OPTION (&known), G_OPTION_ENTRY_NULL };
  g_auto (GStrv) places = tool_parse (tool, entries, argc, argv, 2, 2);
  g_autoptr (MigdescQemuDump) source = NULL;
  g_autoptr (MigdescQemuDump) destination = NULL;
  g_autoptr (MigdescQemuKnown) looked_into = NULL;
  Question question;

  if (places == NULL)
    return tool->status;
  if (g_str_equal (places[0], "-") && g_str_equal (places[1], "-"))
    return tool_usage_error (tool, "only one of the dumps can be the standard input");
  if (!tool_qemu_read_known (tool, known, &looked_into)
      || (source = tool_qemu_read_dump (tool, places[0])) == NULL
      || (destination = tool_qemu_read_dump (tool, places[1])) == NULL)
    return tool->status;
  question = (Question){ (const char *const *) places, { source, destination }, looked_into,
                         devices,                      both };
  return check_devices (tool, &question) ? answer (tool, &question) : tool->status;
}
