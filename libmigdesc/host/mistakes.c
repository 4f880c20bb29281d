/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "host/mistakes.h"

GPtrArray *
migdesc_mistakes_new (void)
{
  return g_ptr_array_new_with_free_func (g_free);
}

void
migdesc_mistakes_add (GPtrArray *mistakes,
                      const char *format,
                      ...)
{
  va_list args;

  va_start (args, format);
  g_ptr_array_add (mistakes, g_strdup_vprintf (format, args));
  va_end (args);
}

void
migdesc_mistakes_take (GPtrArray *mistakes,
                       const char *prefix,
                       GError *error)
{
  g_ptr_array_add (mistakes, g_strconcat (prefix, error->message, NULL));
  g_error_free (error);
}

gboolean
migdesc_mistakes_check (const GPtrArray *mistakes,
                        MigdescError code,
                        GError **error)
{
  g_autoptr (GString) message = NULL;

  if (mistakes->len == 0)
    return TRUE;
  message = g_string_new (NULL);
  for (guint i = 0; i < mistakes->len; i++)
    {
      if (i > 0)
        g_string_append (message, "; ");
      g_string_append (message, g_ptr_array_index (mistakes, i));
    }
  g_set_error_literal (error, MIGDESC_ERROR, (int) code, message->str);
  return FALSE;
}
