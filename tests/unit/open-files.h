/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

static inline guint
count_open_files (void)
{
  GDir *directory = g_dir_open ("/proc/self/fd", 0, NULL);
  guint n = 0;

  while (g_dir_read_name (directory) != NULL)
    n++;
  g_dir_close (directory);
  return n;
}
