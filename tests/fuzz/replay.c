/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* The main() of a fuzz target in builds without libFuzzer: runs each file of the folders given, and
 * each prefix of the small ones, from blocks of exactly their size. */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"

#define SMALL 200

static void
run (const char *data,
     gsize size)
{
  guint8 *exact = malloc (size);

  if (size > 0)
    memcpy (exact, data, size);
  LLVMFuzzerTestOneInput (exact, size);
  free (exact);
}

static void
run_file (const char *path)
{
  g_autofree char *data = NULL;
  g_autoptr (GError) error = NULL;
  gsize size;

  g_file_get_contents (path, &data, &size, &error);
  g_assert_no_error (error);
  for (gsize length = 0; size <= SMALL && length < size; length++)
    run (data, length);
  run (data, size);
}

static guint
run_folder (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) folder = g_dir_open (path, 0, &error);
  const char *name;
  guint n = 0;

  g_assert_no_error (error);
  for (; (name = g_dir_read_name (folder)) != NULL; n++)
    {
      g_autofree char *file = g_build_filename (path, name, NULL);

      run_file (file);
    }
  return n;
}

int
main (int argc,
      char **argv)
{
  guint n = 0;

  for (int i = 1; i < argc; i++)
    n += run_folder (argv[i]);
  printf ("%u files\n", n);
  return n == 0;
}
