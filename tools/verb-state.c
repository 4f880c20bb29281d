/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <stdio.h>

#include "state-verbs.h"
#include "verbs.h"

const ToolVerb tool_state_verbs[]
    = { { "state show", "[--schema FILE] STREAM [DEVICE]", "Show the devices and their states",
          state_show },
        { "state get", "[--schema FILE] STREAM DEVICE [PATH]", "Print a value, or a part as JSON",
          state_get },
        { "state diff", "[--schema FILE] STREAM STREAM [DEVICE]", "Tell where two streams differ",
          state_diff },
        { "state check", "STREAM --against DESCRIPTOR...",
          "Tell which hosts can load the states, and why not", state_check },
        { "state convert", "--to FORMAT [--output FILE] [--schema FILE] STREAM",
          "Write the states in another format", state_convert },
        { "state schema", "[--schema FILE] STREAM [DEVICE] | --model M DESCRIPTOR",
          "Print the schema of a state", state_schema },
        { "state edit",
          "[--set DEVICE.PATH=VALUE]... [--output FILE] [--schema FILE] STREAM [DEVICE]",
          "Change values of a state", state_edit },
        { NULL, NULL, NULL, NULL } };

static void
print_help (void)
{
  printf ("Usage: migdesc state VERB ...\n\nLook into streams of saved states.\n\n");
  for (const ToolVerb *verb = tool_state_verbs; verb->name != NULL; verb++)
    printf ("  %-14s %s\n", verb->name, verb->summary);
  printf ("\nmigdesc state VERB --help tells the options of a verb.\n");
}

ToolStatus
verb_state (Tool *tool, int argc, char **argv)
{
  g_autofree char *name = NULL;
  const ToolVerb *verb;

  if (argc < 2 || g_str_equal (argv[1], "--json"))
    {
      tool_look_for_json (tool, argv);
      return tool_usage_error (tool,
                               "a verb is missing; migdesc state --help tells which there are");
    }
  if (g_str_equal (argv[1], "--help") || g_str_equal (argv[1], "-h"))
    {
      print_help ();
      return TOOL_YES;
    }
  name = g_strdup_printf ("state %s", argv[1]);
  verb = tool_find_verb (name);
  if (verb == NULL)
    {
      tool_look_for_json (tool, argv);
      return tool_usage_error (
          tool, "there is no verb %s; migdesc state --help tells which there are", name);
    }
  tool->verb = verb->name;
  return verb->run (tool, argc - 1, argv + 1);
}
