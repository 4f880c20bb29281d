/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* write-state-sample FORMAT SAMPLE: a state as a stream, on standard output, for programs that are
 * not ours to read. With a third argument, a file: reads the state from it first. */

#include <stdio.h>

#include "state-format-check.h"

static const char schema[]
    = "{\"name\":\"nic\",\"version\":3,\"fields\":[{\"name\":\"real\",\"min\":-1.5,"
      "\"max\":0.10000000000000001},true,null,-1,-5000000000]}";
static const FormatText text = { FORMAT_MANIFEST, schema };

static const Sample *
find (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (samples); i++)
    if (strcmp (samples[i].name, name) == 0)
      return &samples[i];
  g_error ("no sample %s", name);
}

/* The state in a file, saved again. */
static GBytes *
read_state (const char *format,
            const char *path,
            const MigdescStatePlan *plan)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *data = NULL;
  gsize length;
  GBytes *bytes;

  g_file_get_contents (path, &data, &length, &error);
  g_assert_no_error (error);
  bytes = format_again (format, (const guint8 *) data, length, plan, &error);
  if (bytes == NULL)
    fprintf (stderr, "%s\n", error->message);
  return bytes;
}

int
main (int argc,
      char **argv)
{
  const Sample *sample = argc >= 3 ? find (argv[2]) : NULL;
  g_autoptr (MigdescStatePlan) plan = NULL;
  g_autoptr (GBytes) bytes = NULL;
  gpointer state;

  if (sample == NULL)
    return 2;
  plan = sample_plan (sample);
  state = sample_fill (sample, plan);
  bytes = argc == 4 ? read_state (argv[1], argv[3], plan)
                    : format_save (argv[1], &text, plan, state);
  sample_free (plan, state);
  if (bytes == NULL)
    return 1;
  return fwrite (g_bytes_get_data (bytes, NULL), 1, g_bytes_get_size (bytes), stdout)
         != g_bytes_get_size (bytes);
}
