/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <string.h>

#include "tool-options.h"
#include "tool-read.h"
#include "tool-report.h"
#include "verbs.h"

#define TRANSITIVE "-transitive"
#define GIT "git:"

typedef struct
{
  char *against;
  char *category_word;
  char *format_word;
  int rules;
  gboolean show_ignored;

  MigdescCategory category;
  gboolean transitive;
  ToolFormat format;
} Options;

static void
options_clear (Options *options)
{
  g_free (options->against);
  g_free (options->category_word);
  g_free (options->format_word);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static gboolean
parse_category (Tool *tool, Options *options)
{
  const char *word = options->category_word != NULL ? options->category_word : "full";
  g_autofree char *plain = g_strdup (word);

  options->transitive = g_str_has_suffix (plain, TRANSITIVE);
  if (options->transitive)
    plain[strlen (plain) - strlen (TRANSITIVE)] = '\0';
  if (migdesc_category_from_string (plain, &options->category)
      && options->category != MIGDESC_CATEGORY_NONE)
    return TRUE;
  tool_usage_error (tool, "there is no category %s, only forward, backward and full, each also "
                          "with -transitive", word);
  return FALSE;
}

/* `git:REV` means the file itself, and all of the history if that is the question. */
static char *
make_place (const Options *options, const char *against, const char *path)
{
  const char *rest;
  g_autofree char *whole = NULL;

  if (!g_str_has_prefix (against, GIT))
    return g_strdup (against);
  rest = against + strlen (GIT);
  whole = strchr (rest, ':') != NULL ? g_strdup (rest) : g_strdup_printf ("%s:%s", rest, path);
  return g_strconcat (options->transitive ? "git-log:" : GIT, whole, NULL);
}

static GPtrArray *
read_old (Tool *tool, const Options *options, const char *against, const char *path)
{
  g_autofree char *place = make_place (options, against, path);
  char *places[] = { place, NULL };
  g_autoptr (GPtrArray) documents = tool_read_all (tool, places);

  return tool_check_readable (tool, documents) ? g_steal_pointer (&documents) : NULL;
}

/* Without history, the last of several: of files, the last by name. */
static MigdescReport *
ask (const Options *options, GPtrArray *old, const ToolDocument *document, GError **error)
{
  g_autofree MigdescDescriptor **descriptors = g_new0 (MigdescDescriptor *, old->len);
  MigdescDiffFlags flags = options->show_ignored ? MIGDESC_DIFF_SHOW_IGNORED : MIGDESC_DIFF_DEFAULT;
  guint first = options->transitive ? 0 : old->len - 1;

  for (guint i = 0; i < old->len; i++)
    descriptors[i] = ((ToolDocument *) old->pdata[i])->descriptor;
  return migdesc_diff_history (descriptors + first, old->len - first, document->descriptor,
                               options->category, flags, (guint) options->rules, NULL, error);
}

static gboolean
diff (Tool *tool, const Options *options, const char *against, const ToolDocument *document,
      GPtrArray *reports)
{
  g_autoptr (GPtrArray) old = read_old (tool, options, against, document->name);
  g_autoptr (GError) error = NULL;
  MigdescReport *report;

  if (old == NULL)
    return FALSE;
  report = ask (options, old, document, &error);
  if (report == NULL)
    {
      tool_fail (tool, error, NULL);
      return FALSE;
    }
  tool_add_status (tool, tool_status_of_verdict (migdesc_report_get_verdict (report)));
  tool_reports_add (reports, document->name, report);
  return TRUE;
}

static ToolStatus
diff_all (Tool *tool, const Options *options, const char *against, char **places)
{
  g_autoptr (GPtrArray) documents = tool_read_all (tool, places);
  g_autoptr (GPtrArray) reports = tool_reports_new ();
  g_auto (GStrv) codes = migdesc_diff_list_codes ((guint) options->rules);

  if (!tool_check_readable (tool, documents))
    return tool->status;
  for (guint i = 0; i < documents->len; i++)
    if (!diff (tool, options, against, documents->pdata[i], reports))
      return tool->status;
  tool_reports_print (reports, options->format, codes);
  return tool->status;
}

ToolStatus
verb_diff (Tool *tool, int argc, char **argv)
{
  g_auto (Options) options = { NULL };
  const GOptionEntry entries[]
      = { { "against", 0, 0, G_OPTION_ARG_FILENAME, &options.against,
            "The old descriptor, a directory of old ones, or git:REV[:PATH]", "PLACE" },
          { "category", 0, 0, G_OPTION_ARG_STRING, &options.category_word,
            "forward, backward or full; with -transitive against all old ones", "C" },
          { "format", 0, 0, G_OPTION_ARG_STRING, &options.format_word,
            "text, json, sarif or github", "FORMAT" },
          { "rules", 0, 0, G_OPTION_ARG_INT, &options.rules, "Keep to this rule set", "N" },
          { "show-ignored", 0, 0, G_OPTION_ARG_NONE, &options.show_ignored,
            "Show what the document ignores, and why", NULL },
          G_OPTION_ENTRY_NULL };
  g_auto (GStrv) places = tool_parse (tool, entries, argc, argv, 1, G_MAXUINT);

  if (places == NULL || !parse_category (tool, &options)
      || !tool_format_parse (tool, options.format_word, &options.format)
      || !tool_check_rules (tool, options.rules))
    return tool->status;
  tool->keep_text = TRUE;
  if (options.against != NULL)
    return diff_all (tool, &options, options.against, places);
  if (g_strv_length (places) != 2)
    return tool_usage_error (tool, "diff needs OLD and NEW, or --against");
  return diff_all (tool, &options, places[0], places + 1);
}
