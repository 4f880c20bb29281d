/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* The words of the enumerations of the data model. They are their nicks too; a test compares the
 * two. */

#include <migdesc/migdesc-types.h>

static const char *const value_type_words[] = { "bool", "int", "str" };

static const char *const support_words[] = { "best-effort", "none", "forward", "bidirectional" };

static const char *const dialect_words[] = { "auto", "native",  "v1",    "v3",         "v3-minmax",
                                             "v4",   "v4-text", "sysfs", "sysfs-2019", "mdevctl" };

static const char *const verdict_words[] = { "compatible", "incompatible", "undecided" };

static const char *const severity_words[] = { "blocker", "warning", "info" };

static const char *const category_words[] = { "none", "forward", "backward", "full" };

/**
 * migdesc_value_type_to_string:
 * @type: a type of values
 *
 * The word of a type in documents and answers: `bool`, `int` or `str`.
 *
 * Returns: (transfer none): the word
 *
 * Since: 1.0
 */
const char *
migdesc_value_type_to_string (MigdescValueType type)
{
  g_return_val_if_fail ((guint) type < G_N_ELEMENTS (value_type_words), NULL);
  return value_type_words[type];
}

/**
 * migdesc_support_to_string:
 * @support: a support promise
 *
 * The word of a promise in documents and answers: `best-effort`, `none`, `forward` or
 * `bidirectional`.
 *
 * Returns: (transfer none): the word
 *
 * Since: 1.0
 */
const char *
migdesc_support_to_string (MigdescSupport support)
{
  g_return_val_if_fail ((guint) support < G_N_ELEMENTS (support_words), NULL);
  return support_words[support];
}

/**
 * migdesc_dialect_to_string:
 * @dialect: a dialect
 *
 * The name of a dialect on the command line and in answers, such as `native` or `v4-text`.
 *
 * Returns: (transfer none): the word
 *
 * Since: 1.0
 */
const char *
migdesc_dialect_to_string (MigdescDialect dialect)
{
  g_return_val_if_fail ((guint) dialect < G_N_ELEMENTS (dialect_words), NULL);
  return dialect_words[dialect];
}

/**
 * migdesc_dialect_from_string:
 * @text: the name of a dialect, such as `v3-minmax`; any text is safe
 * @dialect: (out): the dialect, if the name is known
 *
 * Finds a dialect by its name, letter by letter.
 *
 * Returns: whether there is a dialect of that name; if not, @dialect is not set
 *
 * Since: 1.0
 */
gboolean
migdesc_dialect_from_string (const char *text,
                             MigdescDialect *dialect)
{
  g_return_val_if_fail (text != NULL, FALSE);
  g_return_val_if_fail (dialect != NULL, FALSE);

  for (guint i = 0; i < G_N_ELEMENTS (dialect_words); i++)
    if (g_str_equal (text, dialect_words[i]))
      {
        *dialect = (MigdescDialect) i;
        return TRUE;
      }
  return FALSE;
}

/**
 * migdesc_verdict_to_string:
 * @verdict: a verdict
 *
 * The word of a verdict in answers: `compatible`, `incompatible` or `undecided`.
 *
 * Returns: (transfer none): the word
 *
 * Since: 1.0
 */
const char *
migdesc_verdict_to_string (MigdescVerdict verdict)
{
  g_return_val_if_fail ((guint) verdict < G_N_ELEMENTS (verdict_words), NULL);
  return verdict_words[verdict];
}

/**
 * migdesc_severity_to_string:
 * @severity: a severity
 *
 * The word of a severity in answers: `blocker`, `warning` or `info`.
 *
 * Returns: (transfer none): the word
 *
 * Since: 1.0
 */
const char *
migdesc_severity_to_string (MigdescSeverity severity)
{
  g_return_val_if_fail ((guint) severity < G_N_ELEMENTS (severity_words), NULL);
  return severity_words[severity];
}

/**
 * migdesc_category_to_string:
 * @category: a category
 *
 * The word of a category in answers and on the command line: `none`, `forward`, `backward` or
 * `full`.
 *
 * Returns: (transfer none): the word
 *
 * Since: 1.0
 */
const char *
migdesc_category_to_string (MigdescCategory category)
{
  g_return_val_if_fail ((guint) category < G_N_ELEMENTS (category_words), NULL);
  return category_words[category];
}

/**
 * migdesc_category_from_string:
 * @text: a text
 * @category: (out): return location for the category
 *
 * Finds the category of a word.
 *
 * Returns: %FALSE if there is none
 *
 * Since: 1.0
 */
gboolean
migdesc_category_from_string (const char *text,
                              MigdescCategory *category)
{
  g_return_val_if_fail (text != NULL, FALSE);
  g_return_val_if_fail (category != NULL, FALSE);

  for (guint i = 0; i < G_N_ELEMENTS (category_words); i++)
    if (g_str_equal (text, category_words[i]))
      {
        *category = (MigdescCategory) i;
        return TRUE;
      }
  return FALSE;
}
