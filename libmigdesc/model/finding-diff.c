/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* What only findings of diff and lint have */

#include "model/report-private.h"

/**
 * migdesc_finding_get_category:
 * @finding: a finding
 *
 * Gets which migrations the finding of a migdesc_diff() is about.
 *
 * Returns: the category; %MIGDESC_CATEGORY_NONE for findings of other questions
 *
 * Since: 1.0
 */
MigdescCategory
migdesc_finding_get_category (MigdescFinding *finding)
{
  g_return_val_if_fail (MIGDESC_IS_FINDING (finding), MIGDESC_CATEGORY_NONE);

  return (MigdescCategory) migdesc_finding_get_core (finding)->category;
}

/**
 * migdesc_finding_get_witness:
 * @finding: a finding
 *
 * Gets a configuration that the old implementation takes and the new one refuses, as the text of a
 * parameter list.
 *
 * Returns: (nullable): the list, or %NULL if there is none
 *
 * Since: 1.0
 */
const char *
migdesc_finding_get_witness (MigdescFinding *finding)
{
  g_return_val_if_fail (MIGDESC_IS_FINDING (finding), NULL);

  return migdesc_finding_get_core (finding)->witness;
}

/**
 * migdesc_finding_get_reason:
 * @finding: a finding
 *
 * Gets why the document ignores the finding, see migdesc_diff().
 *
 * Returns: (nullable): the reason, as the document has it; or %NULL if it does not ignore the
 *   finding
 *
 * Since: 1.0
 */
const char *
migdesc_finding_get_reason (MigdescFinding *finding)
{
  g_return_val_if_fail (MIGDESC_IS_FINDING (finding), NULL);

  return migdesc_finding_get_core (finding)->reason;
}

/**
 * migdesc_finding_get_old_origin:
 * @finding: a finding
 *
 * Gets where the old document is from, for a finding about two of them.
 *
 * Returns: (nullable): its name, or %NULL if it is not known or there is only one
 *
 * Since: 1.0
 */
const char *
migdesc_finding_get_old_origin (MigdescFinding *finding)
{
  g_return_val_if_fail (MIGDESC_IS_FINDING (finding), NULL);

  return migdesc_finding_get_core (finding)->old_origin;
}

/**
 * migdesc_finding_get_old_pointer:
 * @finding: a finding
 *
 * Gets what the finding is about in the old document; of what is new, what would hold it.
 *
 * Returns: (nullable): a JSON pointer, or %NULL if there is only one document
 *
 * Since: 1.0
 */
const char *
migdesc_finding_get_old_pointer (MigdescFinding *finding)
{
  g_return_val_if_fail (MIGDESC_IS_FINDING (finding), NULL);

  return migdesc_finding_get_core (finding)->old_pointer;
}

/**
 * migdesc_finding_get_old_line:
 * @finding: a finding
 *
 * Gets the line in the old document.
 *
 * Returns: the line from 1, or 0 if it is not known
 *
 * Since: 1.0
 */
guint
migdesc_finding_get_old_line (MigdescFinding *finding)
{
  g_return_val_if_fail (MIGDESC_IS_FINDING (finding), 0);

  return migdesc_finding_get_core (finding)->old_line;
}

/**
 * migdesc_finding_get_old_column:
 * @finding: a finding
 *
 * Gets the column in the old document, in characters.
 *
 * Returns: the column from 1, or 0 if it is not known
 *
 * Since: 1.0
 */
guint
migdesc_finding_get_old_column (MigdescFinding *finding)
{
  g_return_val_if_fail (MIGDESC_IS_FINDING (finding), 0);

  return migdesc_finding_get_core (finding)->old_column;
}
