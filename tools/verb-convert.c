/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <string.h>
#include <unistd.h>

#include "tool-options.h"
#include "tool-output.h"
#include "tool-read.h"
#include "verbs.h"

static void
print_document_json (const char *name, MigdescDialect dialect, const char *text,
                     const MigdescReport *losses)
{
  ToolJson json;

  tool_json_init (&json);
  tool_json_add_string (&json, "dialect", name);
  if (dialect == MIGDESC_DIALECT_V4_TEXT)
    tool_json_add_string (&json, "text", text);
  else
    tool_json_add_raw (&json, "document", text);
  tool_json_add_findings (&json, losses);
  tool_json_print (&json);
}

/* JSON can escape what a terminal might obey; the lines of v4-text can't, and only a terminal gets
 * them changed. */
static void
print_document (MigdescDialect dialect, const char *text)
{
  g_autofree char *escaped = NULL;

  if (dialect == MIGDESC_DIALECT_V4_TEXT)
    {
      if (isatty (STDOUT_FILENO))
        tool_print_lines (text, "");
      else
        tool_print_raw (text, strlen (text));
      return;
    }
  escaped = tool_json_escape_document (text);
  tool_print_raw (escaped, strlen (escaped));
  if (!g_str_has_suffix (escaped, "\n"))
    tool_print_raw ("\n", 1);
}

/* What is lost says little without its place. */
static void
tell_losses (const MigdescReport *losses)
{
  for (guint i = 0; losses != NULL && i < migdesc_report_get_n_findings (losses); i++)
    {
      g_autoptr (MigdescFinding) loss = migdesc_report_get_finding (losses, i);
      const char *pointer = migdesc_finding_get_pointer (loss);

      tool_print_talk ("%s: %s", pointer != NULL ? pointer : "",
                       migdesc_finding_get_message (loss));
    }
}

static ToolStatus
refuse (Tool *tool, const GError *error, const ToolPlace *place, const MigdescReport *losses)
{
  ToolJson json;

  tool_print_talk ("%s", error->message);
  if (tool->json)
    {
      tool_json_init (&json);
      tool_json_add_error (&json, error, place);
      if (losses != NULL)
        tool_json_add_findings (&json, losses);
      tool_json_print (&json);
    }
  return tool_status_of_error (error);
}

static ToolStatus
convert (Tool *tool, MigdescDescriptor *descriptor, const char *name, MigdescDialect dialect,
         gboolean allow_loss)
{
  const ToolPlace place = { .file = migdesc_descriptor_get_origin (descriptor) };
  g_autoptr (MigdescReport) losses = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text
      = migdesc_descriptor_convert (descriptor, dialect, allow_loss, &losses, &error);

  tell_losses (losses);
  if (text == NULL)
    return refuse (tool, error, &place, losses);
  if (tool->json)
    print_document_json (name, dialect, text, losses);
  else
    print_document (dialect, text);
  return TOOL_YES;
}

ToolStatus
verb_convert (Tool *tool, int argc, char **argv)
{
  g_autofree char *to = NULL;
  gboolean allow_loss = FALSE;
  const GOptionEntry entries[]
      = { { "to", 0, 0, G_OPTION_ARG_STRING, &to, "The dialect to write", "DIALECT" },
          { "allow-loss", 0, 0, G_OPTION_ARG_NONE, &allow_loss, "Convert even if something is lost",
            NULL },
          G_OPTION_ENTRY_NULL };
  g_auto (GStrv) places = tool_parse (tool, entries, argc, argv, 1, 1);
  g_autoptr (MigdescDescriptor) descriptor = NULL;
  MigdescDialect dialect;

  if (places == NULL)
    return tool->status;
  if (to == NULL)
    return tool_usage_error (tool, "--to DIALECT is missing");
  if (!migdesc_dialect_from_string (to, &dialect))
    return tool_usage_error (tool, "there is no dialect %s", to);
  if ((descriptor = tool_read_one (tool, places[0])) == NULL)
    return tool->status;
  return convert (tool, descriptor, to, dialect, allow_loss);
}
