/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <errno.h>
#include <fcntl.h>
#include <locale.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "tool-options.h"
#include "tool-output.h"
#include "verbs.h"

const ToolVerb tool_verbs[]
    = { { "show", "DESCRIPTOR...", "Show what descriptors say", verb_show },
        { "validate", "[--strict] DESCRIPTOR...", "Tell all that is wrong with descriptors",
          verb_validate },
        { "convert", "--to DIALECT [--allow-loss] DESCRIPTOR",
          "Write a descriptor in another dialect", verb_convert },
        { "expand", "[--model M] [--version V|latest] DESCRIPTOR [NAME=VALUE...]",
          "Tell the value of every param", verb_expand },
        { "list", "[--short] [--model M] [--version V|latest] DESCRIPTOR [NAME=VALUE...]",
          "Print the migration parameter list", verb_list },
        { "check", "[--source DESCRIPTOR [--return-path]] [--only NAMES] LIST DESTINATION...",
          "Tell which destinations can take a device, and why not", verb_check },
        { "compare", "[--model M] SOURCE DESTINATION", "Tell how two models relate", verb_compare },
        { "plan", "[--force] [--style STYLE] LIST DESTINATION",
          "Print the settings for the destination", verb_plan },
        { "baseline", "[--model M] [--fleet] DESCRIPTOR...",
          "Find the best configuration that all hosts can run", verb_baseline },
        { "select", "[OPTIONS] LIST FLEET...", "Rank the hosts that can take devices, and why not",
          verb_select },
        { "path", "--from HOST --to HOST LIST HOSTS...",
          "Find the way from one host to another, over others if need be", verb_path },
        { "map", "[--model M] [--svg | --dot] [--groups N] HOSTS...",
          "Show which hosts can exchange devices", verb_map },
        { "diff", "[--category C] OLD NEW | --against PLACE [--category C] NEW...",
          "Tell which migrations a changed descriptor breaks", verb_diff },
        { "lint", "DESCRIPTOR...", "Tell what is odd in descriptors", verb_lint },
        { "matrix", "[--model M] [--missing] [--run [--all] [--output FILE]] DESCRIPTOR...",
          "Tell which pairs of versions are promised and tested, and test them", verb_matrix },
        { "state", "VERB ...", "Look into streams of saved states", verb_state },
        { "qemu", "VERB ...", "Look into QEMU's migration streams", verb_qemu },
        { "explain", "[CODE]", "Explain the code of a finding or error", verb_explain },
        { NULL, NULL, NULL, NULL } };

static void
print_help (void)
{
  printf ("Usage: migdesc VERB ...\n\n"
          "Can a virtual device be migrated there, why not, and how must it be set up?\n\n");
  for (const ToolVerb *verb = tool_verbs; verb->name != NULL; verb++)
    printf ("  %-9s %s\n", verb->name, verb->summary);
  printf ("\nmigdesc VERB --help tells the options of a verb, migdesc(1) all the rest.\n");
}

static void
print_version (void)
{
  printf ("migdesc %u.%u.%u\n", migdesc_get_major_version (), migdesc_get_minor_version (),
          migdesc_get_micro_version ());
}

/* A file that is opened must not become the standard output of a command that has none. What is
 * opened here in its place fails as a closed one does. */
static void
keep_standard_files (void)
{
  for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
    if (fcntl (fd, F_GETFD) < 0 && errno == EBADF)
      (void) open ("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY);
}

static ToolStatus
run (Tool *tool, int argc, char **argv)
{
  const ToolVerb *verb;

  tool_look_for_json (tool, argv);
  if (argc < 2)
    return tool_usage_error (tool, "a verb is missing; migdesc --help tells which there are");
  if (g_str_equal (argv[1], "--help") || g_str_equal (argv[1], "-h"))
    {
      print_help ();
      return TOOL_YES;
    }
  if (g_str_equal (argv[1], "--version"))
    {
      print_version ();
      return TOOL_YES;
    }
  verb = tool_find_verb (argv[1]);
  if (verb == NULL)
    return tool_usage_error (tool, "there is no verb %s; migdesc --help tells which there are",
                             argv[1]);
  tool->verb = verb->name;
  tool->json = FALSE;
  tool_add_status (tool, verb->run (tool, argc - 1, argv + 1));
  return tool->status;
}

int
main (int argc, char **argv)
{
  Tool tool = { .dialect = MIGDESC_DIALECT_AUTO };
  ToolStatus status;

  /* Documents are UTF-8 wherever they are read, and so is the answer. */
  setlocale (LC_CTYPE, "C.UTF-8");
  keep_standard_files ();
  status = run (&tool, argc, argv);
  return tool_finish_output () ? (int) status : TOOL_UNREADABLE;
}
