/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "qemu-verbs.h"
#include "tool-output.h"
#include "tool-qemu.h"

typedef struct
{
  ToolQemuOptions common;
  GStrv rules; /* nullable */
  char *like;  /* nullable */
} Options;

static void
options_clear (Options *options)
{
  tool_qemu_options_clear (&options->common);
  g_clear_pointer (&options->rules, g_strfreev);
  g_clear_pointer (&options->like, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static void
print_report (Tool *tool, const char *place, MigdescReport *report)
{
  const char *verdict = migdesc_verdict_to_string (migdesc_report_get_verdict (report));
  ToolJson json;

  if (!tool->json)
    {
      g_autofree char *findings = migdesc_report_to_string (report);

      tool_print_line ("%s", verdict);
      tool_print_lines (findings, "");
      return;
    }
  tool_json_init (&json);
  tool_json_add_string (&json, "file", place);
  tool_json_add_report (&json, report);
  tool_json_print (&json);
}

/* Whether the destination takes the values in a stream. */
ToolStatus
qemu_values (Tool *tool, int argc, char **argv)
{
  g_auto (Options) options = { { NULL, 0 }, NULL, NULL };
  const GOptionEntry entries[]
      = { TOOL_QEMU_OPTIONS (&options.common),
          { "rule", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options.rules,
            "What values may be: SECTION PATH VALUES", "RULE" },
          { "like", 0, 0, G_OPTION_ARG_FILENAME, &options.like,
            "Compare with a stream of a VM like the destination", "FILE" },
          G_OPTION_ENTRY_NULL };
  g_auto (GStrv) operands = tool_parse (tool, entries, argc, argv, 1, 1);
  g_autoptr (MigdescQemuStream) stream = NULL;
  g_autoptr (MigdescQemuStream) destination = NULL;
  g_autoptr (MigdescReport) report = NULL;
  g_autoptr (GError) error = NULL;

  if (operands == NULL)
    return tool->status;
  if (options.rules == NULL && options.like == NULL)
    return tool_usage_error (tool, "there is nothing to check: --rule or --like is missing");
  stream = tool_qemu_read (tool, &options.common, operands[0]);
  if (stream == NULL)
    return tool->status;
  if (options.like != NULL
      && (destination = tool_qemu_read (tool, &options.common, options.like)) == NULL)
    return tool->status;
  report = migdesc_qemu_stream_check_values (stream, (const char *const *) options.rules,
                                             destination, &error);
  if (report == NULL)
    return tool_usage_error (tool, "--rule %s", error->message);
  print_report (tool, operands[0], report);
  return tool_status_of_verdict (migdesc_report_get_verdict (report));
}
