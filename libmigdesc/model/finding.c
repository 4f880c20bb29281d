/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "model/report-private.h"

/**
 * MigdescFinding:
 *
 * One thing that a question turned up: what is in the way, or worth a look, or for the record. It
 * has a stable code (see migdesc_code_get_explanation()), a severity and a message for people; what
 * it is about as far as that is known: a model, a param, the source's value and the values that
 * would be accepted, a place in a document; and a remedy where there is one.
 *
 * A finding is immutable and belongs to a #MigdescReport.
 *
 * Since: 1.0
 */
struct _MigdescFinding
{
  GObject parent_instance;
  MigdescFindingCore *core; /* NULL if made by g_object_new() */
};

G_DEFINE_FINAL_TYPE (MigdescFinding, migdesc_finding, G_TYPE_OBJECT)

/* What a finding is that nobody filled in. */
static const MigdescFindingCore blank_core = {
  .code = "",
  .severity = MIGDESC_SEVERITY_INFO,
  .offset = -1,
  .message = (char *) "",
};

const MigdescFindingCore *
migdesc_finding_get_core (MigdescFinding *finding)
{
  return finding->core != NULL ? finding->core : &blank_core;
}

static void
migdesc_finding_finalize (GObject *object)
{
  MigdescFinding *finding = MIGDESC_FINDING (object);

  g_clear_pointer (&finding->core, migdesc_finding_core_unref);
  G_OBJECT_CLASS (migdesc_finding_parent_class)->finalize (object);
}

static void
migdesc_finding_class_init (MigdescFindingClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = migdesc_finding_finalize;
}

static void
migdesc_finding_init (MigdescFinding *finding)
{
}

MigdescFinding *
migdesc_finding_new_for_core (MigdescFindingCore *core)
{
  MigdescFinding *finding = g_object_new (MIGDESC_TYPE_FINDING, NULL);

  finding->core = migdesc_finding_core_ref (core);
  return finding;
}

/**
 * migdesc_finding_get_code:
 * @finding: a finding
 *
 * Gets the code, such as `param-required`. Codes are stable and never reworded.
 *
 * Returns: the code
 *
 * Since: 1.0
 */
const char *
migdesc_finding_get_code (MigdescFinding *finding)
{
  g_return_val_if_fail (MIGDESC_IS_FINDING (finding), NULL);

  return migdesc_finding_get_core (finding)->code;
}

/**
 * migdesc_finding_get_severity:
 * @finding: a finding
 *
 * Gets how much the finding weighs.
 *
 * Returns: the severity
 *
 * Since: 1.0
 */
MigdescSeverity
migdesc_finding_get_severity (MigdescFinding *finding)
{
  g_return_val_if_fail (MIGDESC_IS_FINDING (finding), MIGDESC_SEVERITY_INFO);

  return (MigdescSeverity) migdesc_finding_get_core (finding)->severity;
}

/**
 * migdesc_finding_get_message:
 * @finding: a finding
 *
 * Gets the message for people: one line, without the code and the place. Its words may change.
 *
 * Returns: the message
 *
 * Since: 1.0
 */
const char *
migdesc_finding_get_message (MigdescFinding *finding)
{
  const char *message;

  g_return_val_if_fail (MIGDESC_IS_FINDING (finding), NULL);

  message = migdesc_finding_get_core (finding)->message;
  return message != NULL ? message : "";
}

/**
 * migdesc_finding_get_remedy:
 * @finding: a finding
 *
 * Gets what would help, such as `restart with num-queues <= 4`.
 *
 * Returns: (nullable): the remedy, or %NULL if none is known
 *
 * Since: 1.0
 */
const char *
migdesc_finding_get_remedy (MigdescFinding *finding)
{
  g_return_val_if_fail (MIGDESC_IS_FINDING (finding), NULL);

  return migdesc_finding_get_core (finding)->remedy;
}

/**
 * migdesc_finding_get_model:
 * @finding: a finding
 *
 * Gets the name of the model that the finding is about.
 *
 * Returns: (nullable): the name, or %NULL if it is about no model
 *
 * Since: 1.0
 */
const char *
migdesc_finding_get_model (MigdescFinding *finding)
{
  g_return_val_if_fail (MIGDESC_IS_FINDING (finding), NULL);

  return migdesc_finding_get_core (finding)->model;
}

/**
 * migdesc_finding_get_param:
 * @finding: a finding
 *
 * Gets the name of the param that the finding is about.
 *
 * Returns: (nullable): the name, or %NULL if it is about no single param
 *
 * Since: 1.0
 */
const char *
migdesc_finding_get_param (MigdescFinding *finding)
{
  g_return_val_if_fail (MIGDESC_IS_FINDING (finding), NULL);

  return migdesc_finding_get_core (finding)->param;
}

/**
 * migdesc_finding_get_source_value:
 * @finding: a finding
 *
 * Gets the value that the param has at the source: a boolean (`b`), an int (`t`) or a string (`s`)
 * as the destination's param has it, and a string where it is of no type that the destination
 * knows.
 *
 * Returns: (transfer full) (nullable): the value, not floating, or %NULL if the finding is not
 * about a value
 *
 * Since: 1.0
 */
GVariant *
migdesc_finding_get_source_value (MigdescFinding *finding)
{
  g_return_val_if_fail (MIGDESC_IS_FINDING (finding), NULL);

  return migdesc_finding_core_dup_source (migdesc_finding_get_core (finding));
}

/**
 * migdesc_finding_get_accepted:
 * @finding: a finding
 *
 * Gets the values that would have been accepted, the off value included.
 *
 * Returns: (transfer none) (nullable): the set, or %NULL if the finding is not about a value
 *
 * Since: 1.0
 */
MigdescValueSet *
migdesc_finding_get_accepted (MigdescFinding *finding)
{
  g_return_val_if_fail (MIGDESC_IS_FINDING (finding), NULL);

  return migdesc_finding_get_core (finding)->accepted;
}

/**
 * migdesc_finding_get_origin:
 * @finding: a finding
 *
 * Gets where the document came from that the finding is about: a file name, as it was given to the
 * reader.
 *
 * Returns: (nullable): the origin, or %NULL if it is not known
 *
 * Since: 1.0
 */
const char *
migdesc_finding_get_origin (MigdescFinding *finding)
{
  g_return_val_if_fail (MIGDESC_IS_FINDING (finding), NULL);

  return migdesc_finding_get_core (finding)->origin;
}

/**
 * migdesc_finding_get_pointer:
 * @finding: a finding
 *
 * Gets the JSON pointer (RFC 6901) of the member that the finding is about, such as
 * `/models/a.b~1c/params/x`.
 *
 * Returns: (nullable): the pointer, empty for the whole document, or %NULL if there is none
 *
 * Since: 1.0
 */
const char *
migdesc_finding_get_pointer (MigdescFinding *finding)
{
  g_return_val_if_fail (MIGDESC_IS_FINDING (finding), NULL);

  return migdesc_finding_get_core (finding)->pointer;
}

/**
 * migdesc_finding_get_line:
 * @finding: a finding
 *
 * Gets the line of the document that the finding is about.
 *
 * Returns: the line from 1, or 0 if there is none
 *
 * Since: 1.0
 */
guint
migdesc_finding_get_line (MigdescFinding *finding)
{
  g_return_val_if_fail (MIGDESC_IS_FINDING (finding), 0);

  return migdesc_finding_get_core (finding)->line;
}

/**
 * migdesc_finding_get_column:
 * @finding: a finding
 *
 * Gets the place in its line that the finding is about, counted in characters.
 *
 * Returns: the column from 1, or 0 if there is none
 *
 * Since: 1.0
 */
guint
migdesc_finding_get_column (MigdescFinding *finding)
{
  g_return_val_if_fail (MIGDESC_IS_FINDING (finding), 0);

  return migdesc_finding_get_core (finding)->column;
}

/**
 * migdesc_finding_get_offset:
 * @finding: a finding
 *
 * Gets the place in the document that the finding is about, counted in bytes.
 *
 * Returns: the offset from 0, or -1 if there is none
 *
 * Since: 1.0
 */
gint64
migdesc_finding_get_offset (MigdescFinding *finding)
{
  g_return_val_if_fail (MIGDESC_IS_FINDING (finding), -1);

  return migdesc_finding_get_core (finding)->offset;
}

/**
 * migdesc_finding_to_string:
 * @finding: a finding
 *
 * Writes the finding for people, as compilers do: `ORIGIN:LINE:COLUMN: SEVERITY: CODE: MESSAGE`,
 * without the parts of the place that are not known. A remedy follows on a line of its own,
 * after `  remedy: `.
 *
 * Returns: (transfer full): one line or two, without line end
 *
 * Since: 1.0
 */
char *
migdesc_finding_to_string (MigdescFinding *finding)
{
  GString *text;

  g_return_val_if_fail (MIGDESC_IS_FINDING (finding), NULL);

  text = g_string_new (NULL);
  migdesc_finding_core_append_text (migdesc_finding_get_core (finding), text);
  return g_string_free (text, FALSE);
}

/**
 * migdesc_finding_equal:
 * @finding: a finding
 * @other: another finding
 *
 * Tells whether two findings say the same about the same, place and message included. The place is
 * compared by line and column.
 *
 * Returns: %TRUE if they are equal
 *
 * Since: 1.0
 */
gboolean
migdesc_finding_equal (MigdescFinding *finding,
                       MigdescFinding *other)
{
  g_return_val_if_fail (MIGDESC_IS_FINDING (finding), FALSE);
  g_return_val_if_fail (MIGDESC_IS_FINDING (other), FALSE);

  return migdesc_finding_core_equal (migdesc_finding_get_core (finding),
                                     migdesc_finding_get_core (other));
}

/**
 * migdesc_finding_hash:
 * @finding: a finding
 *
 * Gives a hash of the finding's value: equal findings have equal hashes, in one process. It is
 * another number in the next.
 *
 * Returns: the hash
 *
 * Since: 1.0
 */
guint
migdesc_finding_hash (MigdescFinding *finding)
{
  g_return_val_if_fail (MIGDESC_IS_FINDING (finding), 0);
  return migdesc_hash_fold (migdesc_finding_core_hash (migdesc_finding_get_core (finding)));
}
