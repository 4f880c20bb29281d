/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Any bytes as a dump of QEMU, or two with a NUL between them: what can be read is written as
 * something that reads back as the same, a dump can read its own states, and comparing any two ends
 * soon, with clean lines. */

#include <string.h>

#include <migdesc/migdesc-error.h>
#include <migdesc/migdesc-qemu-compare.h>
#include "fuzz.h"

static MigdescQemuDump *
read_dump (const char *text,
           gsize length)
{
  g_autoptr (GError) error = NULL;
  MigdescQemuDump *dump = migdesc_qemu_dump_new_from_json (text, (gssize) length, NULL, &error);

  g_assert_true ((dump == NULL) == (error != NULL));
  if (dump == NULL)
    {
      g_assert_nonnull (migdesc_error_get_nick ((MigdescError) error->code));
      fuzz_check_message (error->message);
    }
  return dump;
}

static void
check_forms (MigdescQemuDump *dump)
{
  g_autofree char *json = migdesc_qemu_dump_to_json (dump, FALSE);
  g_autoptr (MigdescQemuDump) other = read_dump (json, strlen (json));
  g_autofree char *again = NULL;

  g_assert_nonnull (other);
  again = migdesc_qemu_dump_to_json (other, FALSE);
  g_assert_cmpstr (json, ==, again);
  g_assert_true (migdesc_qemu_dump_equal (dump, other));
}

/* Unless it can't read its own versions. */
static void
check_itself (MigdescQemuDump *dump)
{
  g_autoptr (MigdescQemuComparison) comparison
      = migdesc_qemu_dump_compare (dump, dump, NULL, NULL);

  for (guint i = 0; i < migdesc_qemu_comparison_get_n_findings (comparison); i++)
    g_assert_cmpstr (migdesc_qemu_comparison_get_code (comparison, i), ==, "qemu-version-range");
}

static void
check_pair (MigdescQemuDump *source,
            MigdescQemuDump *destination)
{
  g_autoptr (MigdescQemuComparison) comparison
      = migdesc_qemu_dump_compare (source, destination, NULL, NULL);
  g_autofree char *text = migdesc_qemu_comparison_to_string (comparison);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  MigdescQemuVerdict worst = MIGDESC_QEMU_VERDICT_OK;

  for (gsize i = 0; lines[i] != NULL; i++)
    fuzz_check_message (lines[i]);
  for (guint i = 0; i < migdesc_qemu_comparison_get_n_findings (comparison); i++)
    {
      MigdescQemuVerdict verdict = migdesc_qemu_comparison_get_finding_verdict (comparison, i);
      const char *condition = migdesc_qemu_comparison_get_condition (comparison, i);

      g_assert_true ((condition != NULL) == (verdict == MIGDESC_QEMU_VERDICT_BREAKS_WHEN));
      worst = MAX (worst, verdict);
    }
  if (migdesc_qemu_comparison_get_n_omitted (comparison) == 0)
    g_assert_cmpint (worst, ==, migdesc_qemu_comparison_get_verdict (comparison));
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        size_t size)
{
  const char *text = (const char *) data;
  const char *split = size > 0 ? memchr (data, '\0', size) : NULL;
  gsize length = split != NULL ? (gsize) (split - text) : size;
  g_autoptr (MigdescQemuDump) source = read_dump (text, length);
  g_autoptr (MigdescQemuDump) destination = NULL;

  if (source == NULL)
    return 0;
  check_forms (source);
  check_itself (source);
  if (split != NULL)
    destination = read_dump (split + 1, size - length - 1);
  if (destination == NULL)
    return 0;
  check_pair (source, destination);
  check_pair (destination, source);
  return 0;
}
