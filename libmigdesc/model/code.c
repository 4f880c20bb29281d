/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <string.h>

#include <migdesc/migdesc-code.h>
#include "model/code-table.h"

const MigdescCodeTopic *const migdesc_code_topics[] = {
  &migdesc_code_topic_check,
  &migdesc_code_topic_source,
  &migdesc_code_topic_search,
  &migdesc_code_topic_diff,
  &migdesc_code_topic_diff_versions,
  &migdesc_code_topic_lint,
  &migdesc_code_topic_json,
  &migdesc_code_topic_document,
  &migdesc_code_topic_value,
  &migdesc_code_topic_model,
  &migdesc_code_topic_text,
  &migdesc_code_topic_write,
  &migdesc_code_topic_ask,
  &migdesc_code_topic_state,
  &migdesc_code_topic_schema,
  &migdesc_code_topic_qemu_dump,
  &migdesc_code_topic_qemu,
  &migdesc_code_topic_qemu_values,
  &migdesc_code_topic_world,
  NULL,
};

static const MigdescCode *
find_code (const char *code)
{
  for (gsize i = 0; migdesc_code_topics[i] != NULL; i++)
    for (gsize j = 0; j < migdesc_code_topics[i]->n_codes; j++)
      if (strcmp (migdesc_code_topics[i]->codes[j].code, code) == 0)
        return &migdesc_code_topics[i]->codes[j];
  return NULL;
}

/**
 * migdesc_code_list:
 *
 * Lists the codes of all findings and errors, those of one topic together.
 *
 * Returns: (transfer full) (array zero-terminated=1): the codes
 *
 * Since: 1.0
 */
char **
migdesc_code_list (void)
{
  g_autoptr (GStrvBuilder) codes = g_strv_builder_new ();

  for (gsize i = 0; migdesc_code_topics[i] != NULL; i++)
    for (gsize j = 0; j < migdesc_code_topics[i]->n_codes; j++)
      g_strv_builder_add (codes, migdesc_code_topics[i]->codes[j].code);
  return g_strv_builder_end (codes);
}

/**
 * migdesc_code_is_known:
 * @code: a text, such as `param-required`
 *
 * Tells whether a text is the code of a finding or an error.
 *
 * Returns: %TRUE if it is
 *
 * Since: 1.0
 */
gboolean
migdesc_code_is_known (const char *code)
{
  g_return_val_if_fail (code != NULL, FALSE);

  return find_code (code) != NULL;
}

/**
 * migdesc_code_get_summary:
 * @code: a text, such as `param-required`
 *
 * Gets what a code means, in a few words.
 *
 * Returns: (nullable): a clause without capital letter and full stop, or %NULL if there is no such
 * code
 *
 * Since: 1.0
 */
const char *
migdesc_code_get_summary (const char *code)
{
  const MigdescCode *found;

  g_return_val_if_fail (code != NULL, NULL);

  found = find_code (code);
  return found != NULL ? found->summary : NULL;
}

/**
 * migdesc_code_get_explanation:
 * @code: a text, such as `param-required`
 *
 * Gets what a code means, why it matters and what can be done.
 *
 * Returns: (nullable): some sentences in one line, or %NULL if there is no such code
 *
 * Since: 1.0
 */
const char *
migdesc_code_get_explanation (const char *code)
{
  const MigdescCode *found;

  g_return_val_if_fail (code != NULL, NULL);

  found = find_code (code);
  return found != NULL ? found->explanation : NULL;
}

/**
 * migdesc_code_get_example:
 * @code: a text, such as `param-required`
 *
 * Gets an example of a code: what has to be typed into a shell to see it, and what is printed then.
 *
 * Returns: (nullable): some lines, the last without line end, or %NULL if there is no such code
 *
 * Since: 1.0
 */
const char *
migdesc_code_get_example (const char *code)
{
  const MigdescCode *found;

  g_return_val_if_fail (code != NULL, NULL);

  found = find_code (code);
  return found != NULL ? found->example : NULL;
}
