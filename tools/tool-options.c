/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "tool-options.h"

#include <stdio.h>
#include <string.h>

#include "tool-output.h"

typedef struct
{
  gboolean help;
  char *dialect;
  char **operands;
} Common;

static void
common_clear (Common *common)
{
  g_free (common->dialect);
  g_strfreev (common->operands);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Common, common_clear)

const ToolVerb *
tool_find_verb (const char *name)
{
  const ToolVerb *verb = g_str_has_prefix (name, "state ")  ? tool_state_verbs
                         : g_str_has_prefix (name, "qemu ") ? tool_qemu_verbs
                                                            : tool_verbs;

  while (verb->name != NULL && !g_str_equal (verb->name, name))
    verb++;
  return verb->name != NULL ? verb : NULL;
}

void
tool_look_for_json (Tool *tool, char **argv)
{
  for (guint i = 1; argv[i] != NULL; i++)
    tool->json = tool->json || g_str_equal (argv[i], "--json");
}

static GOptionContext *
new_context (Tool *tool, const ToolVerb *verb, const GOptionEntry *entries, Common *common)
{
  const GOptionEntry common_entries[]
      = { { "json", 0, 0, G_OPTION_ARG_NONE, &tool->json, "Answer in JSON", NULL },
          { "dialect", 0, 0, G_OPTION_ARG_STRING, &common->dialect,
            "Read descriptors as this dialect", "DIALECT" },
          { "lenient", 0, 0, G_OPTION_ARG_NONE, &tool->lenient, "Read descriptors leniently",
            NULL },
          { "help", 'h', 0, G_OPTION_ARG_NONE, &common->help, "Tell the options", NULL },
          /* File names need not be UTF-8. */
          { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &common->operands, NULL, NULL },
          G_OPTION_ENTRY_NULL };
  GOptionContext *context = g_option_context_new (verb->usage);
  g_autofree char *program = g_strdup_printf ("migdesc %s", verb->name);

  g_set_prgname (program);
  g_option_context_set_summary (context, verb->summary);
  g_option_context_set_help_enabled (context, FALSE);
  g_option_context_add_main_entries (context, entries, NULL);
  g_option_context_add_main_entries (context, common_entries, NULL);
  return context;
}

static gboolean
parse_arguments (Tool *tool, GOptionContext *context, int argc, char **argv)
{
  g_autofree char **arguments = g_new0 (char *, argc + 1);
  g_autoptr (GError) error = NULL;

  memcpy (arguments, argv, sizeof (char *) * (gsize) argc);
  if (g_option_context_parse (context, &argc, &arguments, &error))
    return TRUE;
  tool_look_for_json (tool, argv);
  tool_usage_error (tool, "%s; migdesc %s --help tells the options", error->message, tool->verb);
  return FALSE;
}

static gboolean
check_operands (Tool *tool, const ToolVerb *verb, char **operands, guint min, guint max)
{
  guint n = operands != NULL ? g_strv_length (operands) : 0;

  if (n >= min && n <= max)
    return TRUE;
  tool_usage_error (tool, "%s; usage: migdesc %s %s",
                    n < min ? "an operand is missing" : "too many operands", verb->name,
                    verb->usage);
  return FALSE;
}

char **
tool_parse (Tool *tool, const GOptionEntry *entries, int argc, char **argv, guint min, guint max)
{
  const ToolVerb *verb = tool_find_verb (tool->verb);
  g_auto (Common) common = { FALSE };
  g_autoptr (GOptionContext) context = new_context (tool, verb, entries, &common);

  if (!parse_arguments (tool, context, argc, argv))
    return NULL;
  if (common.help)
    {
      g_autofree char *help = g_option_context_get_help (context, TRUE, NULL);

      fputs (help, stdout);
      return NULL;
    }
  if (common.dialect != NULL && !migdesc_dialect_from_string (common.dialect, &tool->dialect))
    {
      tool_usage_error (tool, "there is no dialect %s", common.dialect);
      return NULL;
    }
  if (!check_operands (tool, verb, common.operands, min, max))
    return NULL;
  return common.operands != NULL ? g_steal_pointer (&common.operands) : g_new0 (char *, 1);
}
