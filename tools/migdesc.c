/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "tool-output.h"
#include "verbs.h"

#include <locale.h>
#include <stdio.h>
#include <string.h>

const ToolVerb tool_verbs[] = {
  { "show", "DESCRIPTOR...", "Show what descriptors say", verb_show },
  { "validate", "[--strict] DESCRIPTOR...", "Tell all that is wrong with descriptors", verb_validate },
  { "convert", "--to DIALECT [--allow-loss] DESCRIPTOR", "Write a descriptor in another dialect", verb_convert },
  { "expand", "[--model M] [--version V|latest] DESCRIPTOR [NAME=VALUE...]", "Tell every param's value", verb_expand },
  { "list", "[--short] [--model M] [--version V|latest] DESCRIPTOR [NAME=VALUE...]",
    "Print the migration parameter list", verb_list },
  { "check", "[--source DESCRIPTOR [--return-path]] [--only NAMES] LIST DESTINATION...",
    "Tell which destinations can take a device, and why not", verb_check },
  { "compare", "[--model M] SOURCE DESTINATION", "Tell how two models relate", verb_compare },
  { "plan", "[--force] [--style STYLE] LIST DESTINATION", "Print the settings for the destination", verb_plan },
  { "baseline", "[--model M] DESCRIPTOR...", "Find the best configuration that all hosts can run", verb_baseline },
  { "explain", "[CODE]", "Explain the code of a finding or error", verb_explain },
  { NULL, NULL, NULL, NULL }
};

const ToolVerb *
tool_find_verb (const char *name)
{
  for (const ToolVerb *verb = tool_verbs; verb->name != NULL; verb++)
    if (g_str_equal (verb->name, name))
      return verb;
  return NULL;
}

static void
print_help (void)
{
  printf ("Usage: migdesc VERB ...\n\nCan a virtual device be migrated there, why not, and how must it be set up?\n\n");
  for (const ToolVerb *verb = tool_verbs; verb->name != NULL; verb++)
    printf ("  %-9s %s\n", verb->name, verb->summary);
  printf ("\nmigdesc VERB --help tells a verb's options, migdesc(1) all the rest.\n");
}

static int
run_verb (Tool *tool, const ToolVerb *verb, int argc, char **argv)
{
  tool_add_status (tool, verb->run (tool, argc, argv));
  g_free (tool->dialect_name);
  if (fflush (stdout) != 0 || ferror (stdout))
    {
      tool_print_talk ("cannot write the answer: %s", g_strerror (errno));
      return TOOL_UNREADABLE;
    }
  return (int) tool->status;
}

int
main (int argc, char **argv)
{
  Tool tool = { .dialect = MIGDESC_DIALECT_AUTO };
  const ToolVerb *verb;

  setlocale (LC_CTYPE, "");
  if (argc < 2)
    return (int) tool_usage_error (&tool, "a verb is missing; migdesc --help tells which there are");
  if (g_str_equal (argv[1], "--help") || g_str_equal (argv[1], "-h"))
    {
      print_help ();
      return TOOL_YES;
    }
  if (g_str_equal (argv[1], "--version"))
    {
      printf ("migdesc %u.%u.%u\n", migdesc_get_major_version (), migdesc_get_minor_version (), migdesc_get_micro_version ());
      return TOOL_YES;
    }
  verb = tool_find_verb (argv[1]);
  if (verb == NULL)
    return (int) tool_usage_error (&tool, "there is no verb %s; migdesc --help tells which there are", argv[1]);
  return run_verb (&tool, verb, argc - 1, argv + 1);
}
