/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <stdio.h>

#include "qemu-verbs.h"
#include "verbs.h"

const ToolVerb tool_qemu_verbs[]
    = { { "qemu show", "[--description FILE] [--page-size N] STREAM [SECTION]",
          "Show what is in a migration stream", qemu_show },
        { "qemu get", "[--description FILE] [--page-size N] STREAM SECTION [PATH]",
          "Print a value of a device, or a part as JSON", qemu_get },
        { "qemu sections", "[--description FILE] [--page-size N] STREAM",
          "List everything in a stream, in its order", qemu_sections },
        { "qemu map", "--svg [--description FILE] [--page-size N] STREAM",
          "Draw where the bytes of a stream go", qemu_map },
        { "qemu values",
          "[--rule RULE]... [--like FILE] [--description FILE] [--page-size N] STREAM",
          "Check whether a destination takes the values in a stream", qemu_values },
        { "qemu diff", "[--ignore-volatile] [--description FILE] [--page-size N] STREAM STREAM",
          "Tell where two streams differ, by device and field", qemu_diff },
        { "qemu check",
          "[--dump FILE]... [--against STREAM]... [--known FILE]... [--description FILE] "
          "[--page-size N] STREAM",
          "Tell what is wrong with a stream, and whether a QEMU reads it", qemu_check },
        { "qemu dump-diff", "[--both] [--device TYPE]... [--known FILE]... SOURCE DESTINATION",
          "Tell whether a QEMU reads what another writes", qemu_dump_diff },
        { NULL, NULL, NULL, NULL } };

static void
print_help (void)
{
  printf ("Usage: migdesc qemu VERB ...\n\nLook into what QEMU writes.\n\n");
  for (const ToolVerb *verb = tool_qemu_verbs; verb->name != NULL; verb++)
    printf ("  %-14s %s\n", verb->name, verb->summary);
  printf ("\nmigdesc qemu VERB --help tells the options of a verb.\n");
}

ToolStatus
verb_qemu (Tool *tool, int argc, char **argv)
{
  g_autofree char *name = NULL;
  const ToolVerb *verb;

  if (argc < 2 || g_str_equal (argv[1], "--json"))
    {
      tool_look_for_json (tool, argv);
      return tool_usage_error (tool,
                               "a verb is missing; migdesc qemu --help tells which there are");
    }
  if (g_str_equal (argv[1], "--help") || g_str_equal (argv[1], "-h"))
    {
      print_help ();
      return TOOL_YES;
    }
  name = g_strdup_printf ("qemu %s", argv[1]);
  verb = tool_find_verb (name);
  if (verb == NULL)
    {
      tool_look_for_json (tool, argv);
      return tool_usage_error (
          tool, "there is no verb %s; migdesc qemu --help tells which there are", name);
    }
  tool->verb = verb->name;
  return verb->run (tool, argc - 1, argv + 1);
}
