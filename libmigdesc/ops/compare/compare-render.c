/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Comparisons for people and as JSON */

#include <string.h>

#include "base/json-writer.h"
#include "base/quote.h"
#include "model/report-private.h"
#include "ops/answer.h"
#include "ops/compare/compare-private.h"

static const char *const relation_words[] = {
  [MIGDESC_RELATION_IDENTICAL] = "identical",
  [MIGDESC_RELATION_COMPATIBLE] = "compatible",
  [MIGDESC_RELATION_CONDITIONAL] = "conditional",
  [MIGDESC_RELATION_INCOMPATIBLE] = "incompatible",
  [MIGDESC_RELATION_UNDECIDED] = "undecided",
};

/**
 * migdesc_relation_to_string:
 * @relation: a relation
 *
 * Gets the word for a relation: `identical`, `compatible`, `conditional`, `incompatible` or
 * `undecided`.
 *
 * Returns: the word, or %NULL if there is no such relation
 *
 * Since: 1.0
 */
const char *
migdesc_relation_to_string (MigdescRelation relation)
{
  return (guint) relation < G_N_ELEMENTS (relation_words) ? relation_words[relation] : NULL;
}

/* The whole text, escaped: the quoting of messages would cut it. */
static void
append_escaped (GString *text,
                const char *start,
                const char *end)
{
  while (start < end)
    {
      const char *next = start;

      for (guint i = 0; i < MIGDESC_QUOTE_MAX && next < end; i++)
        next = g_utf8_next_char (next);
      next = MIN (next, end);
      migdesc_quote_append (text, start, (gsize) (next - start));
      start = next;
    }
}

static void
append_set (GString *text,
            const MigdescSet *set)
{
  g_autoptr (GString) members = g_string_new (NULL);

  if (set->any)
    g_string_append (members, "any value");
  else
    migdesc_set_append_text (members, set);
  append_escaped (text, members->str, members->str + members->len);
}

static void
append_item (GString *text,
             guint *n_items)
{
  g_string_append (text, (*n_items)++ == 0 ? ": yes while " : " and ");
}

/* Whether the models agree on less of a param than the source accepts */
static gboolean
is_narrower (const MigdescComparison *comparison,
             guint32 param)
{
  const MigdescSet *agreed = &comparison->agreement->params[param].allowed;
  MigdescArena *arena;
  MigdescSet accepted;
  gboolean equal;

  if (comparison->source->version_only)
    return agreed->n < comparison->source->n_versions;
  arena = migdesc_arena_new (256);
  migdesc_param_core_accepted (&comparison->source->params[param], arena, &accepted);
  equal = migdesc_set_is_subset (&accepted, agreed);
  migdesc_arena_free (arena);
  return !equal;
}

static void
append_agreement (GString *text,
                  const MigdescComparison *comparison)
{
  const MigdescModelCore *agreement = comparison->agreement;
  guint n_items = 0;

  for (guint32 i = 0; i < agreement->n_params; i++)
    {
      if (!is_narrower (comparison, i))
        continue;
      append_item (text, &n_items);
      append_escaped (text, agreement->params[i].name,
                      agreement->params[i].name + agreement->params[i].key.length);
      g_string_append (text, " is ");
      append_set (text, &agreement->params[i].allowed);
    }
  for (guint32 i = 0; i < agreement->n_constraints; i++)
    {
      g_autoptr (GString) rule = g_string_new (NULL);

      migdesc_constraint_core_append_text (rule, agreement, &agreement->constraints[i]);
      append_item (text, &n_items);
      g_string_append_c (text, '(');
      append_escaped (text, rule->str, rule->str + rule->len);
      g_string_append_c (text, ')');
    }
}

/**
 * migdesc_comparison_to_string:
 * @comparison: a comparison
 *
 * Writes a comparison for people: the relation, where it is conditional with the agreeing set as in
 * `conditional: yes while num-queues is 1-4`, and then the findings, one after the other.
 *
 * Returns: (transfer full): the lines, without the last line end
 *
 * Since: 1.0
 */
char *
migdesc_comparison_to_string (const MigdescComparison *comparison)
{
  g_autofree char *findings = NULL;
  GString *text;

  g_return_val_if_fail (comparison != NULL, NULL);

  text = g_string_new (relation_words[comparison->relation]);
  if (comparison->relation == MIGDESC_RELATION_CONDITIONAL)
    append_agreement (text, comparison);
  findings = migdesc_report_to_string (comparison->report);
  if (*findings != '\0')
    g_string_append_printf (text, "\n%s", findings);
  return g_string_free (text, FALSE);
}

static void
write_set (MigdescJsonWriter *writer,
           const MigdescSet *set)
{
  g_autoptr (GString) json = g_string_new (NULL);

  migdesc_set_append_json (json, set);
  migdesc_json_writer_raw (writer, json->str, json->len);
}

static void
write_conditions (MigdescJsonWriter *writer,
                  const MigdescModelCore *model,
                  const char *key,
                  const MigdescCondition *conditions,
                  guint32 n)
{
  if (n == 0)
    return;
  migdesc_json_writer_key (writer, key);
  migdesc_json_writer_begin_object (writer);
  for (guint32 i = 0; i < n; i++)
    {
      const MigdescName *name = &model->params[conditions[i].param].key;

      migdesc_json_writer_key_length (writer, name->text, name->length);
      write_set (writer, &conditions[i].set);
    }
  migdesc_json_writer_end_object (writer);
}

static void
write_agreement (MigdescJsonWriter *writer,
                 const MigdescModelCore *agreement)
{
  migdesc_json_writer_key (writer, "params");
  migdesc_json_writer_begin_object (writer);
  for (guint32 i = 0; i < agreement->n_params; i++)
    {
      migdesc_json_writer_key_length (writer, agreement->params[i].key.text,
                                      agreement->params[i].key.length);
      write_set (writer, &agreement->params[i].allowed);
    }
  migdesc_json_writer_end_object (writer);
  if (agreement->n_constraints == 0)
    return;
  migdesc_json_writer_key (writer, "constraints");
  migdesc_json_writer_begin_array (writer);
  for (guint32 i = 0; i < agreement->n_constraints; i++)
    {
      const MigdescConstraintCore *constraint = &agreement->constraints[i];

      migdesc_json_writer_begin_object (writer);
      write_conditions (writer, agreement, constraint->forbid ? "forbid" : "if", constraint->when,
                        constraint->n_when);
      write_conditions (writer, agreement, "then", constraint->then, constraint->n_then);
      migdesc_json_writer_end_object (writer);
    }
  migdesc_json_writer_end_array (writer);
}

/**
 * migdesc_comparison_to_json:
 * @comparison: a comparison
 *
 * Writes a comparison as one JSON object, compact: `{"relation", "model", "agreeing": {"params":
 * {NAME: VALUES}, "constraints"}, "findings"}`. `agreeing` is there unless the relation is
 * incompatible or undecided; its values are written as `allowed_values` are in a document, or null
 * for any value, its constraints as in a document. The param of a model that has versions and no
 * params is `version`.
 *
 * Returns: (transfer full): the JSON text, one line without line end
 *
 * Since: 1.0
 */
char *
migdesc_comparison_to_json (const MigdescComparison *comparison)
{
  MigdescJsonWriter writer;
  GString *json;

  g_return_val_if_fail (comparison != NULL, NULL);

  json = g_string_new (NULL);
  migdesc_json_writer_init (&writer, json, FALSE);
  migdesc_json_writer_begin_object (&writer);
  migdesc_json_writer_member_string (&writer, "relation", relation_words[comparison->relation]);
  migdesc_json_writer_member_string (&writer, "model", comparison->source->name);
  if (comparison->agreement != NULL)
    {
      migdesc_json_writer_key (&writer, "agreeing");
      migdesc_json_writer_begin_object (&writer);
      write_agreement (&writer, comparison->agreement);
      migdesc_json_writer_end_object (&writer);
    }
  migdesc_json_writer_key (&writer, "findings");
  migdesc_json_writer_begin_array (&writer);
  for (guint i = 0; i < migdesc_report_get_n_findings (comparison->report); i++)
    migdesc_finding_core_append_json (migdesc_report_peek (comparison->report, i), &writer);
  migdesc_json_writer_end_array (&writer);
  migdesc_json_writer_end_object (&writer);
  return g_string_free (json, FALSE);
}
