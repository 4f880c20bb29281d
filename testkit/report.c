/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "report.h"

void
kit_fail (const char *details, const char *format, ...)
{
  g_auto (GStrv) lines = details == NULL ? NULL : g_strsplit (details, "\n", -1);
  g_autofree char *summary = NULL;
  va_list arguments;

  for (char **line = lines; line != NULL && *line != NULL; line++)
    if (**line != '\0')
      g_test_message ("%s", *line);
  va_start (arguments, format);
  summary = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_test_fail_printf ("%s", summary);
}

const char *
kit_find_fault (const GError *error)
{
  if (error == NULL)
    return "there is none";
  if (error->message == NULL || *error->message == '\0')
    return "it is empty";
  if (!g_utf8_validate (error->message, -1, NULL))
    return "it is no UTF-8";
  for (const char *at = error->message; *at != '\0'; at = g_utf8_next_char (at))
    if (g_unichar_iscntrl (g_utf8_get_char (at)))
      return "it has a control character";
  return NULL;
}
