/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "tool-fleet.h"

#include <stdio.h>
#include <unistd.h>

#include "tool-output.h"

#define PROGRESS_BYTES ((guint64) 64 << 20)

/* Only where somebody waits and looks */
static void
tell_progress (guint64 bytes, gpointer data)
{
  guint64 *told = data;

  if (bytes < *told + PROGRESS_BYTES || isatty (STDERR_FILENO) == 0)
    return;
  *told = bytes;
  fprintf (stderr, "\r%" G_GUINT64_FORMAT " MiB read ", bytes >> 20);
}

MigdescFleet *
tool_read_fleet (Tool *tool, char **places)
{
  g_autoptr (MigdescReader) reader = migdesc_reader_new ();
  g_autoptr (MigdescFleet) fleet = NULL;
  guint64 told = 0;

  migdesc_reader_set_dialect (reader, tool->dialect);
  if (tool->lenient)
    migdesc_reader_set_flags (reader, MIGDESC_READ_LENIENT);
  fleet = migdesc_fleet_new (reader);
  for (guint i = 0; places[i] != NULL; i++)
    {
      g_autoptr (GError) error = NULL;

      if (!migdesc_fleet_load (fleet, places[i], tell_progress, &told, NULL, &error))
        {
          tool_fail (tool, error, NULL);
          return NULL;
        }
    }
  if (told > 0)
    fprintf (stderr, "\r%*s\r", 30, "");
  return g_steal_pointer (&fleet);
}

/* One of them shows what kind of mistake it is; migdesc select lists them all. */
void
tool_tell_unusable (MigdescFleet *fleet)
{
  guint n_errors = migdesc_fleet_get_n_errors (fleet);
  guint first = 0;

  if (n_errors == 0)
    return;
  while (migdesc_fleet_get_error (fleet, first, NULL) == NULL)
    first++;
  tool_print_talk ("%u of %u hosts cannot be used, the first is %s: %s", n_errors,
                   migdesc_fleet_get_n_hosts (fleet), migdesc_fleet_get_name (fleet, first),
                   migdesc_fleet_get_error (fleet, first, NULL));
}
