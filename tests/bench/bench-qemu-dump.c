/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* bench-qemu-dump DUMP DUMP: how long reading and comparing two of QEMU's dumps takes. The checker
 * in Python that comes with QEMU takes 24 ms for 0.8 and 1 MB of a real QEMU's. */

#include <migdesc/migdesc.h>
#include <stdio.h>

#include "measure.h"

#define ROUNDS 41
#define SECONDS_MAX 0.012

static MigdescQemuDump *
read_dump (const char *text, gsize length)
{
  g_autoptr (GError) error = NULL;
  MigdescQemuDump *dump = migdesc_qemu_dump_new_from_json (text, (gssize) length, NULL, &error);

  g_assert_no_error (error);
  return dump;
}

int
main (int argc, char **argv)
{
  char *texts[2] = { NULL };
  gsize lengths[2];
  double reading[ROUNDS];
  double comparing[ROUNDS];
  double all[ROUNDS];
  guint n_findings = 0;

  g_return_val_if_fail (argc == 3, 2);
  for (guint i = 0; i < 2; i++)
    g_assert_true (g_file_get_contents (argv[1 + i], &texts[i], &lengths[i], NULL));
  for (guint round = 0; round < ROUNDS; round++)
    {
      double start = processor_seconds ();
      g_autoptr (MigdescQemuDump) source = read_dump (texts[0], lengths[0]);
      g_autoptr (MigdescQemuDump) destination = read_dump (texts[1], lengths[1]);
      double read = processor_seconds ();
      g_autoptr (MigdescQemuComparison) comparison
          = migdesc_qemu_dump_compare (source, destination, NULL, NULL);
      double end = processor_seconds ();

      reading[round] = read - start;
      comparing[round] = end - read;
      all[round] = end - start;
      n_findings = migdesc_qemu_comparison_get_n_findings (comparison);
    }
  printf ("%zu and %zu bytes, %u findings: read %.2f ms, compared %.2f ms, both %.2f ms "
          "(at most %.0f)\n",
          lengths[0], lengths[1], n_findings, median (reading, ROUNDS) * 1e3,
          median (comparing, ROUNDS) * 1e3, median (all, ROUNDS) * 1e3, SECONDS_MAX * 1e3);
  g_free (texts[0]);
  g_free (texts[1]);
  return median (all, ROUNDS) <= SECONDS_MAX ? 0 : 1;
}
