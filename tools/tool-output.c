/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "tool-output.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#define PROSE_WIDTH 76

G_GNUC_PRINTF (3, 0)
static void
print_escaped (FILE *stream, const char *prefix, const char *format, va_list arguments)
{
  g_autofree char *text = g_strdup_vprintf (format, arguments);
  g_autofree char *safe = migdesc_escape_text (text);

  fputs (prefix, stream);
  fputs (safe, stream);
  fputc ('\n', stream);
}

void
tool_print_line (const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  print_escaped (stdout, "", format, arguments);
  va_end (arguments);
}

void
tool_print_raw (const char *text, gsize length)
{
  fwrite (text, 1, length, stdout);
}

void
tool_print_lines (const char *text, const char *indent)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    if (lines[i][0] != '\0')
      tool_print_line ("%s%s", indent, lines[i]);
    else if (lines[i + 1] != NULL)
      tool_print_line ("%s", "");
}

void
tool_print_wrapped (const char *text)
{
  g_auto (GStrv) words = g_strsplit (text, " ", -1);
  g_autoptr (GString) line = g_string_new (NULL);

  for (guint i = 0; words[i] != NULL; i++)
    {
      if (line->len > 0 && line->len + 1 + strlen (words[i]) > PROSE_WIDTH)
        {
          tool_print_line ("%s", line->str);
          g_string_truncate (line, 0);
        }
      g_string_append_printf (line, "%s%s", line->len > 0 ? " " : "", words[i]);
    }
  tool_print_line ("%s", line->str);
}

void
tool_print_talk (const char *format, ...)
{
  va_list arguments;

  fflush (stdout);
  va_start (arguments, format);
  print_escaped (stderr, "migdesc: ", format, arguments);
  va_end (arguments);
}

void
tool_talk_report (const MigdescReport *report)
{
  g_autofree char *text = migdesc_report_to_string (report);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    if (lines[i][0] != '\0')
      tool_print_talk ("%s", lines[i]);
}

gboolean
tool_finish_output (void)
{
  gboolean failed_before = ferror (stdout) != 0;

  if (fflush (stdout) == 0 && !failed_before)
    return TRUE;
  tool_print_talk ("the answer cannot be written%s%s", failed_before ? "" : ": ",
                   failed_before ? "" : g_strerror (errno));
  return FALSE;
}
