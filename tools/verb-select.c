/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <stdlib.h>
#include <string.h>

#include "tool-findings.h"
#include "tool-fleet.h"
#include "tool-options.h"
#include "tool-output.h"
#include "tool-read.h"
#include "tool-table.h"
#include "verbs.h"

typedef struct
{
  char **devices;
  char **sources;
  char **required;
  char **excluded;
  char **preferred;
  char **changes;
  char **upgrades;
  int top;
  gboolean json_lines;
} Options;

static void
options_clear (Options *options)
{
  g_strfreev (options->devices);
  g_strfreev (options->sources);
  g_strfreev (options->required);
  g_strfreev (options->excluded);
  g_strfreev (options->preferred);
  g_strfreev (options->changes);
  g_strfreev (options->upgrades);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

/* --- What is asked ---------------------------------------------------- */

/* One source is that of all devices. */
static MigdescDescriptor *
read_source (Tool *tool, const Options *options, guint device)
{
  guint n = options->sources != NULL ? g_strv_length (options->sources) : 0;

  return n > 0 ? tool_read_one (tool, options->sources[n == 1 ? 0 : device]) : NULL;
}

static gboolean
add_device (Tool *tool, const Options *options, MigdescSelector *selector, const char *text)
{
  g_autoptr (MigdescParamList) list = tool_read_list (tool, text);
  g_autoptr (MigdescDescriptor) source = NULL;
  g_autoptr (GError) error = NULL;

  if (list == NULL)
    return FALSE;
  source = read_source (tool, options, migdesc_selector_get_n_devices (selector));
  if (source == NULL && options->sources != NULL)
    return FALSE;
  if (!migdesc_selector_add_device (selector, list, source, &error))
    tool_fail (tool, error, NULL);
  return error == NULL;
}

/* NAME or NAME=VALUE; the rest behind @end is the caller's. */
static char *
split_label (const char *text, char **value)
{
  const char *equals = strchr (text, '=');

  *value = equals != NULL ? g_strdup (equals + 1) : NULL;
  return equals != NULL ? g_strndup (text, (gsize) (equals - text)) : g_strdup (text);
}

static void
add_labels (MigdescSelector *selector, char **labels,
            void (*add) (MigdescSelector *selector, const char *name, const char *value))
{
  for (guint i = 0; labels != NULL && labels[i] != NULL; i++)
    {
      g_autofree char *value = NULL;
      g_autofree char *name = split_label (labels[i], &value);

      add (selector, name, value);
    }
}

static gboolean
add_weights (Tool *tool, MigdescSelector *selector, char **weights)
{
  for (guint i = 0; weights != NULL && weights[i] != NULL; i++)
    {
      const char *colon = strrchr (weights[i], ':');
      g_autofree char *label = NULL;
      g_autofree char *value = NULL;
      g_autofree char *name = NULL;
      char *end = NULL;
      double weight = colon != NULL ? g_ascii_strtod (colon + 1, &end) : 1;

      if (colon != NULL && (end == colon + 1 || *end != '\0'))
        {
          tool_usage_error (tool, "--prefer %s: what follows the colon is no number", weights[i]);
          return FALSE;
        }
      label = colon != NULL ? g_strndup (weights[i], (gsize) (colon - weights[i]))
                            : g_strdup (weights[i]);
      name = split_label (label, &value);
      migdesc_selector_add_weight (selector, name, value, weight);
    }
  return TRUE;
}

/* NAME=VALUE, or NUMBER:NAME=VALUE for another device than the first */
static gboolean
change_params (Tool *tool, MigdescSelector *selector, char **changes)
{
  for (guint i = 0; changes != NULL && changes[i] != NULL; i++)
    {
      char *end = changes[i];
      guint64 number = g_ascii_strtoull (changes[i], &end, 10);
      gboolean numbered = end != changes[i] && *end == ':';
      g_autofree char *value = NULL;
      g_autofree char *name = split_label (numbered ? end + 1 : changes[i], &value);
      g_autoptr (GError) error = NULL;

      if (numbered && (number == 0 || number > migdesc_selector_get_n_devices (selector)))
        {
          tool_usage_error (tool, "--set %s: there is no such device", changes[i]);
          return FALSE;
        }
      if (!migdesc_selector_change_param (selector, numbered ? (guint) number - 1 : 0, name, value,
                                          &error))
        {
          tool_fail (tool, error, NULL);
          return FALSE;
        }
    }
  return TRUE;
}

static gboolean
upgrade_hosts (Tool *tool, MigdescSelector *selector, MigdescFleet *fleet, char **upgrades)
{
  for (guint i = 0; upgrades != NULL && upgrades[i] != NULL; i++)
    {
      g_autofree char *place = NULL;
      g_autofree char *name = split_label (upgrades[i], &place);
      g_autoptr (MigdescDescriptor) descriptor = NULL;

      if (place == NULL || !migdesc_fleet_lookup (fleet, name, NULL))
        {
          tool_usage_error (tool, "--upgrade %s: there is no such host", upgrades[i]);
          return FALSE;
        }
      if ((descriptor = tool_read_one (tool, place)) == NULL)
        return FALSE;
      migdesc_selector_change_host (selector, name, descriptor);
    }
  return TRUE;
}

static gboolean
prepare (Tool *tool, const Options *options, MigdescSelector *selector, MigdescFleet *fleet,
         const char *list)
{
  if (!add_device (tool, options, selector, list))
    return FALSE;
  for (guint i = 0; options->devices != NULL && options->devices[i] != NULL; i++)
    if (!add_device (tool, options, selector, options->devices[i]))
      return FALSE;
  add_labels (selector, options->required, migdesc_selector_require_label);
  add_labels (selector, options->excluded, migdesc_selector_exclude_label);
  migdesc_selector_set_top (selector, (guint) options->top);
  return add_weights (tool, selector, options->preferred)
         && change_params (tool, selector, options->changes)
         && upgrade_hosts (tool, selector, fleet, options->upgrades);
}

/* --- What is answered ------------------------------------------------- */

static const char *const rank_titles[]
    = { "with return", "compatible", "undecided", "near miss", "impossible", "error" };
static const ToolTone rank_tones[] = { TOOL_TONE_GOOD,   TOOL_TONE_GOOD, TOOL_TONE_UNSURE,
                                       TOOL_TONE_UNSURE, TOOL_TONE_BAD,  TOOL_TONE_BAD };

static char *
describe_slots (const MigdescSelection *selection, guint result, guint n_devices)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < n_devices; i++)
    {
      const char *slot = migdesc_selection_get_slot (selection, result, i);
      g_autofree char *escaped = migdesc_escape_text (slot != NULL ? slot : "-");

      g_string_append_printf (text, "%s%s", i > 0 ? "\n" : "", escaped);
    }
  return g_string_free (text, FALSE);
}

static char *
describe_reasons (const MigdescSelection *selection, guint result, guint n_devices,
                  MigdescFleet *fleet)
{
  g_autoptr (GString) text = g_string_new (NULL);
  const char *error = migdesc_fleet_get_error (
      fleet, migdesc_selection_get_position (selection, result), NULL);

  if (error != NULL)
    return g_strdup (error);
  for (guint i = 0; i < n_devices; i++)
    {
      g_autoptr (MigdescReport) report = migdesc_selection_get_report (selection, result, i);
      g_autofree char *findings = report != NULL ? tool_describe_findings (report) : NULL;

      if (findings != NULL && *findings != '\0')
        g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", findings);
    }
  return g_strdup (text->str);
}

static void
print_results (const MigdescSelection *selection, guint n_devices, MigdescFleet *fleet)
{
  static const char *const headings[]
      = { "HOST", "RANK", "SLOT", "WHY, AND WHAT WOULD HELP", NULL };
  ToolTable *table = tool_table_new (headings);

  for (guint i = 0; i < migdesc_selection_get_n_results (selection); i++)
    {
      MigdescRank rank = migdesc_selection_get_rank (selection, i);
      g_autofree char *name = migdesc_escape_text (migdesc_selection_get_name (selection, i));
      g_autofree char *slots = describe_slots (selection, i, n_devices);
      g_autofree char *why = describe_reasons (selection, i, n_devices, fleet);
      const char *cells[] = { name, rank_titles[rank], slots, why, NULL };

      tool_table_add_row (table, cells, rank_tones[rank], 1);
    }
  tool_table_print (table);
}

/* The summary comes first: of a million hosts it is what can be read. */
static void
print_selection (const MigdescSelection *selection, guint n_devices, MigdescFleet *fleet)
{
  g_autofree char *text = migdesc_selection_to_string (selection);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  guint n_lines = g_strv_length (lines) - migdesc_selection_get_n_results (selection);

  for (guint i = 0; i < n_lines; i++)
    tool_print_wrapped (lines[i]);
  if (migdesc_selection_get_n_results (selection) == 0)
    return;
  tool_print_line ("%s", "");
  print_results (selection, n_devices, fleet);
}

static void
print_json_lines (const MigdescSelection *selection)
{
  g_autofree char *summary = migdesc_selection_summary_to_json (selection);
  g_autofree char *escaped = tool_json_escape_document (summary);

  tool_print_raw (escaped, strlen (escaped));
  tool_print_raw ("\n", 1);
  for (guint i = 0; i < migdesc_selection_get_n_results (selection); i++)
    {
      g_autofree char *line = migdesc_selection_result_to_json (selection, i);
      g_autofree char *safe = tool_json_escape_document (line);

      tool_print_raw (safe, strlen (safe));
      tool_print_raw ("\n", 1);
    }
}

static ToolStatus
status_of (const MigdescSelection *selection)
{
  if (migdesc_selection_count (selection, MIGDESC_RANK_RETURN) > 0
      || migdesc_selection_count (selection, MIGDESC_RANK_COMPATIBLE) > 0)
    return TOOL_YES;
  return migdesc_selection_count (selection, MIGDESC_RANK_UNDECIDED) > 0 ? TOOL_UNDECIDED
                                                                         : TOOL_REFUSED;
}

static ToolStatus
answer (Tool *tool, const Options *options, MigdescSelector *selector, MigdescFleet *fleet)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MigdescSelection) selection = migdesc_fleet_select (fleet, selector, NULL, &error);

  if (selection == NULL)
    return tool_fail (tool, error, NULL);
  if (options->json_lines)
    print_json_lines (selection);
  else if (tool->json)
    {
      g_autofree char *text = migdesc_selection_to_json (selection);
      ToolJson json;

      tool_json_init (&json);
      tool_json_add_members (&json, text);
      tool_json_print (&json);
    }
  else
    print_selection (selection, migdesc_selector_get_n_devices (selector), fleet);
  return status_of (selection);
}

static gboolean
check_options (Tool *tool, const Options *options)
{
  guint n_devices = 1 + (options->devices != NULL ? g_strv_length (options->devices) : 0);
  guint n_sources = options->sources != NULL ? g_strv_length (options->sources) : 0;

  if (options->top < 0)
    tool_usage_error (tool, "--top needs a number from 0");
  else if (n_sources > 1 && n_sources != n_devices)
    tool_usage_error (tool, "there are %u devices and %u sources", n_devices, n_sources);
  else
    return TRUE;
  return FALSE;
}

ToolStatus
verb_select (Tool *tool, int argc, char **argv)
{
  g_auto (Options) options = { .top = 20 };
  const GOptionEntry entries[]
      = { { "device", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &options.devices,
            "One more device to be placed", "LIST" },
          { "source", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &options.sources,
            "The source's descriptor, of all devices or of each in order", "DESCRIPTOR" },
          { "top", 0, 0, G_OPTION_ARG_INT, &options.top, "List so many hosts; 0 for all", "N" },
          { "require", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options.required,
            "Keep out hosts without this label", "LABEL[=VALUE]" },
          { "exclude", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options.excluded,
            "Keep out hosts with this label", "LABEL[=VALUE]" },
          { "prefer", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options.preferred,
            "Prefer hosts with this label", "LABEL[=VALUE][:WEIGHT]" },
          { "set", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options.changes,
            "What if a device were set so", "[N:]NAME=VALUE" },
          { "upgrade", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &options.upgrades,
            "What if a host published this", "HOST=DESCRIPTOR" },
          { "json-lines", 0, 0, G_OPTION_ARG_NONE, &options.json_lines,
            "Answer in lines of JSON: the summary, then a host each", NULL },
          G_OPTION_ENTRY_NULL };
  g_auto (GStrv) operands = tool_parse (tool, entries, argc, argv, 2, G_MAXUINT);
  g_autoptr (MigdescSelector) selector = migdesc_selector_new ();
  g_autoptr (MigdescFleet) fleet = NULL;

  if (operands == NULL || !check_options (tool, &options))
    return tool->status;
  fleet = tool_read_fleet (tool, operands + 1);
  if (fleet == NULL || !prepare (tool, &options, selector, fleet, operands[0]))
    return tool->status;
  return answer (tool, &options, selector, fleet);
}
