/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "host/path-error.h"

#include "base/quote.h"

gboolean
migdesc_path_fail (const char *path,
                   MigdescError code,
                   GError **error,
                   const char *format,
                   ...)
{
  g_autofree char *shown = migdesc_quote (path, -1);
  g_autofree char *what = NULL;
  va_list arguments;

  va_start (arguments, format);
  what = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_set_error (error, MIGDESC_ERROR, (int) code, "%s: %s", shown, what);
  return FALSE;
}

gboolean
migdesc_path_fail_read (const char *path,
                        int cause,
                        GError **error)
{
  return migdesc_path_fail (path, MIGDESC_ERROR_CANNOT_READ, error, "cannot be read: %s",
                            g_strerror (cause));
}

gboolean
migdesc_path_fail_write (const char *path,
                         int cause,
                         GError **error)
{
  return migdesc_path_fail (path, MIGDESC_ERROR_CANNOT_WRITE, error, "cannot be written: %s",
                            g_strerror (cause));
}

gboolean
migdesc_path_prefix (const char *path,
                     GError **error)
{
  g_autofree char *shown = migdesc_quote (path, -1);

  g_prefix_error (error, "%s: ", shown);
  return FALSE;
}
