/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "qemu/findings.h"

#include "model/report-private.h"

G_DEFINE_BOXED_TYPE (MigdescQemuComparison,
                     migdesc_qemu_comparison,
                     migdesc_qemu_comparison_ref,
                     migdesc_qemu_comparison_unref)

MigdescQemuFinding *
migdesc_qemu_finding_new (const char *section,
                          const char *path,
                          const char *code,
                          MigdescQemuVerdict verdict,
                          char *message)
{
  MigdescQemuFinding *finding = g_new0 (MigdescQemuFinding, 1);

  finding->section = g_strdup (section);
  finding->path = g_strdup (path);
  finding->code = code;
  finding->verdict = verdict;
  finding->message = message;
  return finding;
}

void
migdesc_qemu_finding_free (MigdescQemuFinding *finding)
{
  g_free (finding->section);
  g_free (finding->path);
  g_free (finding->message);
  g_free (finding->condition);
  g_free (finding->reason);
  g_free (finding);
}

static void
free_finding (gpointer data)
{
  migdesc_qemu_finding_free (data);
}

MigdescQemuComparison *
migdesc_qemu_comparison_new (guint64 max_findings)
{
  MigdescQemuComparison *comparison = g_new0 (MigdescQemuComparison, 1);

  g_atomic_ref_count_init (&comparison->ref_count);
  comparison->max_findings = (guint) MIN (max_findings, G_MAXUINT);
  comparison->findings = g_ptr_array_new_with_free_func (free_finding);
  comparison->sections = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return comparison;
}

static gboolean
matches (const char *pattern,
         const char *text)
{
  return pattern == NULL || g_strcmp0 (pattern, text) == 0;
}

static const char *
find_reason (const MigdescQemuKnownCore *known,
             const char *description,
             const MigdescQemuFinding *finding)
{
  for (guint i = 0; known != NULL && i < known->n_differences; i++)
    {
      const MigdescQemuKnownDifference *difference = &known->differences[i];

      if (strcmp (difference->code, finding->code) == 0
          && matches (difference->section, finding->section)
          && matches (difference->description, description)
          && matches (difference->path, finding->path))
        return difference->reason;
    }
  return NULL;
}

static void
note_section (MigdescQemuComparison *comparison,
              const MigdescQemuFinding *finding)
{
  gpointer before = g_hash_table_lookup (comparison->sections, finding->section);

  if (finding->verdict > GPOINTER_TO_UINT (before))
    g_hash_table_insert (comparison->sections, g_strdup (finding->section),
                         GUINT_TO_POINTER (finding->verdict));
  comparison->verdict = MAX (comparison->verdict, finding->verdict);
}

void
migdesc_qemu_comparison_take (MigdescQemuComparison *comparison,
                              const MigdescQemuKnownCore *known,
                              const char *description,
                              MigdescQemuFinding *finding)
{
  g_autoptr (MigdescQemuFinding) owned = finding;
  const char *reason = find_reason (known, description, finding);

  if (reason != NULL)
    {
      finding->verdict = MIGDESC_QEMU_VERDICT_OK;
      g_clear_pointer (&finding->condition, g_free);
      g_free (finding->reason);
      finding->reason = g_strdup (reason);
    }
  note_section (comparison, finding);
  if (comparison->findings->len < comparison->max_findings)
    g_ptr_array_add (comparison->findings, g_steal_pointer (&owned));
  else
    comparison->n_omitted++;
}

/**
 * migdesc_qemu_comparison_ref:
 * @comparison: a comparison
 *
 * Takes a reference.
 *
 * Returns: (transfer full): @comparison
 *
 * Since: 1.0
 */
MigdescQemuComparison *
migdesc_qemu_comparison_ref (MigdescQemuComparison *comparison)
{
  g_return_val_if_fail (comparison != NULL, NULL);

  g_atomic_ref_count_inc (&comparison->ref_count);
  return comparison;
}

/**
 * migdesc_qemu_comparison_unref:
 * @comparison: (transfer full): a comparison
 *
 * Gives back a reference; the last one frees the comparison.
 *
 * Since: 1.0
 */
void
migdesc_qemu_comparison_unref (MigdescQemuComparison *comparison)
{
  g_return_if_fail (comparison != NULL);

  if (!g_atomic_ref_count_dec (&comparison->ref_count))
    return;
  g_ptr_array_unref (comparison->findings);
  g_hash_table_unref (comparison->sections);
  g_free (comparison);
}

/**
 * migdesc_qemu_comparison_get_verdict:
 * @comparison: a comparison
 *
 * Asks for the worst of all verdicts.
 *
 * Returns: the verdict
 *
 * Since: 1.0
 */
MigdescQemuVerdict
migdesc_qemu_comparison_get_verdict (MigdescQemuComparison *comparison)
{
  g_return_val_if_fail (comparison != NULL, MIGDESC_QEMU_VERDICT_UNKNOWN);

  return comparison->verdict;
}

/**
 * migdesc_qemu_comparison_get_section_verdict:
 * @comparison: a comparison
 * @section: the name of a section: of dumps, a device type of the source
 *
 * Asks for the worst of a section's verdicts.
 *
 * Returns: the verdict; %MIGDESC_QEMU_VERDICT_OK too if nothing is said of such a section
 *
 * Since: 1.0
 */
MigdescQemuVerdict
migdesc_qemu_comparison_get_section_verdict (MigdescQemuComparison *comparison,
                                             const char *section)
{
  g_return_val_if_fail (comparison != NULL, MIGDESC_QEMU_VERDICT_UNKNOWN);
  g_return_val_if_fail (section != NULL, MIGDESC_QEMU_VERDICT_UNKNOWN);

  return GPOINTER_TO_UINT (g_hash_table_lookup (comparison->sections, section));
}

/**
 * migdesc_qemu_comparison_get_n_omitted:
 * @comparison: a comparison
 *
 * Asks how many findings were not kept, since there were more than %MIGDESC_LIMIT_FINDINGS. They
 * count for the verdicts.
 *
 * Returns: their number
 *
 * Since: 1.0
 */
guint64
migdesc_qemu_comparison_get_n_omitted (MigdescQemuComparison *comparison)
{
  g_return_val_if_fail (comparison != NULL, 0);

  return comparison->n_omitted;
}

/**
 * migdesc_qemu_comparison_get_n_findings:
 * @comparison: a comparison
 *
 * Asks how many findings there are.
 *
 * Returns: their number
 *
 * Since: 1.0
 */
guint
migdesc_qemu_comparison_get_n_findings (MigdescQemuComparison *comparison)
{
  g_return_val_if_fail (comparison != NULL, 0);

  return comparison->findings->len;
}

static const MigdescQemuFinding *
get_finding (MigdescQemuComparison *comparison,
             guint finding)
{
  g_return_val_if_fail (comparison != NULL, NULL);
  g_return_val_if_fail (finding < comparison->findings->len, NULL);

  return comparison->findings->pdata[finding];
}

/**
 * migdesc_qemu_comparison_get_section:
 * @comparison: a comparison
 * @finding: a position below migdesc_qemu_comparison_get_n_findings()
 *
 * Asks which section a finding is about.
 *
 * Returns: its name: of dumps, the device type
 *
 * Since: 1.0
 */
const char *
migdesc_qemu_comparison_get_section (MigdescQemuComparison *comparison,
                                     guint finding)
{
  const MigdescQemuFinding *found = get_finding (comparison, finding);

  return found != NULL ? found->section : NULL;
}

/**
 * migdesc_qemu_comparison_get_path:
 * @comparison: a comparison
 * @finding: a position below migdesc_qemu_comparison_get_n_findings()
 *
 * Asks where in the section a finding is.
 *
 * Returns: names of structs, subsections and a field with dots between; empty for the whole section
 *
 * Since: 1.0
 */
const char *
migdesc_qemu_comparison_get_path (MigdescQemuComparison *comparison,
                                  guint finding)
{
  const MigdescQemuFinding *found = get_finding (comparison, finding);

  return found != NULL ? found->path : NULL;
}

/**
 * migdesc_qemu_comparison_get_code:
 * @comparison: a comparison
 * @finding: a position below migdesc_qemu_comparison_get_n_findings()
 *
 * Asks for the stable code of a finding, which migdesc_code_list() explains.
 *
 * Returns: the code
 *
 * Since: 1.0
 */
const char *
migdesc_qemu_comparison_get_code (MigdescQemuComparison *comparison,
                                  guint finding)
{
  const MigdescQemuFinding *found = get_finding (comparison, finding);

  return found != NULL ? found->code : NULL;
}

/**
 * migdesc_qemu_comparison_get_finding_verdict:
 * @comparison: a comparison
 * @finding: a position below migdesc_qemu_comparison_get_n_findings()
 *
 * Asks for the verdict of a finding.
 *
 * Returns: the verdict
 *
 * Since: 1.0
 */
MigdescQemuVerdict
migdesc_qemu_comparison_get_finding_verdict (MigdescQemuComparison *comparison,
                                             guint finding)
{
  const MigdescQemuFinding *found = get_finding (comparison, finding);

  return found != NULL ? found->verdict : MIGDESC_QEMU_VERDICT_UNKNOWN;
}

/**
 * migdesc_qemu_comparison_get_message:
 * @comparison: a comparison
 * @finding: a position below migdesc_qemu_comparison_get_n_findings()
 *
 * Asks what differs, in words.
 *
 * Returns: one line of clean UTF-8
 *
 * Since: 1.0
 */
const char *
migdesc_qemu_comparison_get_message (MigdescQemuComparison *comparison,
                                     guint finding)
{
  const MigdescQemuFinding *found = get_finding (comparison, finding);

  return found != NULL ? found->message : NULL;
}

/**
 * migdesc_qemu_comparison_get_condition:
 * @comparison: a comparison
 * @finding: a position below migdesc_qemu_comparison_get_n_findings()
 *
 * Asks when it breaks.
 *
 * Returns: (nullable): the condition, in words that follow "breaks when"; %NULL for other verdicts
 *
 * Since: 1.0
 */
const char *
migdesc_qemu_comparison_get_condition (MigdescQemuComparison *comparison,
                                       guint finding)
{
  const MigdescQemuFinding *found = get_finding (comparison, finding);

  return found != NULL ? found->condition : NULL;
}

/**
 * migdesc_qemu_comparison_get_reason:
 * @comparison: a comparison
 * @finding: a position below migdesc_qemu_comparison_get_n_findings()
 *
 * Asks why a finding is no news.
 *
 * Returns: (nullable): the reason that the known differences give, or %NULL
 *
 * Since: 1.0
 */
const char *
migdesc_qemu_comparison_get_reason (MigdescQemuComparison *comparison,
                                    guint finding)
{
  const MigdescQemuFinding *found = get_finding (comparison, finding);

  return found != NULL ? found->reason : NULL;
}
