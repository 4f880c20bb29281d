/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <migdesc/migdesc-diff.h>

#include <string.h>

#include <migdesc/migdesc-error.h>

#include "model/handles.h"
#include "ops/diff/diff-private.h"

/* --- Two models ------------------------------------------------------- */

static guint32 *
match_params (const MigdescModelCore *model,
              const MigdescModelCore *other)
{
  guint32 *matches = g_new (guint32, model->n_params + 1);

  for (guint32 i = 0; i < model->n_params; i++)
    matches[i] = migdesc_model_core_find_param (other, model->params[i].key.text,
                                                model->params[i].key.length);
  return matches;
}

static void
say_kind_changed (MigdescDiffing *diffing)
{
  MigdescFindingCore *finding = migdesc_diffing_begin (diffing, MIGDESC_CODE_MODEL_KIND_CHANGED,
                                                       MIGDESC_CATEGORY_FULL);
  const char *had = diffing->old->version_only ? "had versions alone, and has params"
                                               : "had params, and has versions alone";

  if (finding == NULL)
    return;
  migdesc_diffing_place_in_model (diffing, finding, NULL);
  migdesc_diffing_try_witness (diffing, finding, migdesc_diffing_usual_list (diffing));
  migdesc_diffing_take (diffing, finding, g_string_new (had),
                        g_strdup ("publish the other kind as a model of another name"));
}

static void
diff_models (MigdescDiffing *diffing)
{
  if (migdesc_model_core_equal (diffing->old, diffing->model))
    return;
  if (diffing->old->version_only != diffing->model->version_only)
    {
      say_kind_changed (diffing);
      return;
    }
  diffing->old_matches = match_params (diffing->old, diffing->model);
  diffing->matches = match_params (diffing->model, diffing->old);
  migdesc_diff_configs (diffing);
  migdesc_diff_params (diffing);
  migdesc_diff_versions (diffing);
  migdesc_diff_promises (diffing);
  migdesc_diff_states (diffing);
  g_clear_pointer (&diffing->old_matches, g_free);
  g_clear_pointer (&diffing->matches, g_free);
}

/* --- Two documents ---------------------------------------------------- */

static void
say_model (MigdescDiffing *diffing,
           gboolean added)
{
  MigdescFindingCore *finding = migdesc_diffing_begin (
      diffing, added ? MIGDESC_CODE_MODEL_ADDED : MIGDESC_CODE_MODEL_REMOVED,
      added ? MIGDESC_CATEGORY_FULL : MIGDESC_CATEGORY_FORWARD);
  char *place;
  GString *message;

  if (finding == NULL)
    return;
  place = migdesc_pointer_to_member (diffing->model_name, NULL);
  if (added)
    migdesc_diffing_place (finding, place, g_strdup ("/models"));
  else
    migdesc_diffing_place (finding, g_strdup ("/models"), place);
  message = g_string_new ("the model ");
  migdesc_words_append_quoted (message, diffing->model_name);
  g_string_append (message, added ? " was added" : " was removed");
  migdesc_diffing_take (diffing, finding, message,
                        added ? NULL
                              : g_strdup ("keep it, with \"create\": false in its versions if no "
                                          "new device may be one"));
}

static void
diff_documents (MigdescDiffing *diffing)
{
  for (guint32 i = 0; i < diffing->old_store->n_models; i++)
    {
      diffing->old = &diffing->old_store->models[i];
      diffing->model_name = diffing->old->name;
      diffing->model = migdesc_store_find_model (diffing->store, diffing->old->key.text,
                                                 diffing->old->key.length);
      if (diffing->model != NULL)
        diff_models (diffing);
      else
        say_model (diffing, FALSE);
    }
  for (guint32 i = 0; i < diffing->store->n_models; i++)
    {
      diffing->model = &diffing->store->models[i];
      diffing->model_name = diffing->model->name;
      diffing->old = NULL;
      if (migdesc_store_find_model (diffing->old_store, diffing->model->key.text,
                                    diffing->model->key.length)
          == NULL)
        say_model (diffing, TRUE);
    }
}

/* --- The questions ---------------------------------------------------- */

static gboolean
check_rules (guint rules,
             GError **error)
{
  if (rules <= MIGDESC_RULES_NEWEST)
    return TRUE;
  g_set_error (error, MIGDESC_ERROR, MIGDESC_ERROR_INVALID_ARGUMENT,
               "there is no rule set %u; the newest is %u", rules, MIGDESC_RULES_NEWEST);
  return FALSE;
}

static void
diffing_init (MigdescDiffing *diffing,
              MigdescRuleKind kind,
              MigdescDiffFlags flags,
              guint rules,
              const MigdescLimits *limits)
{
  memset (diffing, 0, sizeof *diffing);
  diffing->kind = kind;
  diffing->flags = flags;
  diffing->rules = rules > 0 ? rules : MIGDESC_RULES_NEWEST;
  diffing->max_steps = migdesc_limits_get (limits, MIGDESC_LIMIT_STEPS);
  diffing->report = migdesc_report_new ();
  diffing->fresh = g_ptr_array_new_with_free_func ((GDestroyNotify) migdesc_finding_core_unref);
}

static MigdescReport *
diffing_end (MigdescDiffing *diffing)
{
  g_ptr_array_unref (diffing->fresh);
  g_clear_pointer (&diffing->seen, g_hash_table_unref);
  return diffing->report;
}

/**
 * migdesc_diff:
 * @old_descriptor: what is published
 * @new_descriptor: what is to take its place
 * @category: which migrations are of interest; %MIGDESC_CATEGORY_FULL for both
 * @flags: what to answer
 * @rules: a rule set from 1 to %MIGDESC_RULES_NEWEST, or 0 for the newest
 * @limits: (nullable): %MIGDESC_LIMIT_STEPS bounds the search in each model, or %NULL for the
 *   default
 * @error: return location for a #GError
 *
 * Tells what changed between two descriptors, and whether it breaks migrations: from a host that
 * has the old descriptor to one that has the new (%MIGDESC_CATEGORY_FORWARD), or from one that has
 * the new, of which the device was set to an old version, to one that has the old
 * (%MIGDESC_CATEGORY_BACKWARD).
 *
 * Each finding has a code (see migdesc_diff_list_codes()), its category, and its places in both
 * documents; lines and columns if the descriptors were read with %MIGDESC_READ_KEEP_TEXT. What
 * breaks a migration is a %MIGDESC_SEVERITY_BLOCKER. Findings about configurations have a witness:
 * one that migdesc_descriptor_check() accepts between two hosts with the old descriptor, and
 * refuses from the old to the new one. Whether there is one is found by search; where that is given
 * up the verdict is %MIGDESC_VERDICT_UNDECIDED, unless something else breaks.
 *
 * Codes that the new document lists under `ignore`, in the model or on top, are left out or shown
 * with its reason, as @flags say; they do not count for the verdict.
 *
 * Fails with %MIGDESC_ERROR_INVALID_ARGUMENT if there is no such rule set.
 *
 * Returns: (transfer full): a report, of which the verdict is %MIGDESC_VERDICT_COMPATIBLE if
 *   nothing breaks; or %NULL on error
 *
 * Since: 1.0
 */
MigdescReport *
migdesc_diff (MigdescDescriptor *old_descriptor,
              MigdescDescriptor *new_descriptor,
              MigdescCategory category,
              MigdescDiffFlags flags,
              guint rules,
              const MigdescLimits *limits,
              GError **error)
{
  return migdesc_diff_history (&old_descriptor, 1, new_descriptor, category, flags, rules, limits,
                               error);
}

/**
 * migdesc_diff_history:
 * @old_descriptors: (array length=n_old_descriptors): all that was ever published
 * @n_old_descriptors: their number
 * @new_descriptor: what is to be published
 * @category: which migrations are of interest
 * @flags: what to answer
 * @rules: a rule set from 1 to %MIGDESC_RULES_NEWEST, or 0 for the newest
 * @limits: (nullable): %MIGDESC_LIMIT_STEPS bounds the search in each model, or %NULL for the
 *   default
 * @error: return location for a #GError
 *
 * Does what migdesc_diff() does with each of several old descriptors in turn, the transitive
 * question. What is found again with another of them is told once.
 *
 * Fails with %MIGDESC_ERROR_INVALID_ARGUMENT if there is no such rule set.
 *
 * Returns: (transfer full): the report, or %NULL on error
 *
 * Since: 1.0
 */
MigdescReport *
migdesc_diff_history (MigdescDescriptor **old_descriptors,
                      gsize n_old_descriptors,
                      MigdescDescriptor *new_descriptor,
                      MigdescCategory category,
                      MigdescDiffFlags flags,
                      guint rules,
                      const MigdescLimits *limits,
                      GError **error)
{
  MigdescDiffing diffing;

  g_return_val_if_fail (old_descriptors != NULL || n_old_descriptors == 0, NULL);
  g_return_val_if_fail (MIGDESC_IS_DESCRIPTOR (new_descriptor), NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  if (!check_rules (rules, error))
    return NULL;
  diffing_init (&diffing, MIGDESC_RULE_DIFF, flags, rules, limits);
  diffing.category = category & MIGDESC_CATEGORY_FULL;
  diffing.store = migdesc_descriptor_get_store (new_descriptor);
  if (n_old_descriptors > 1)
    diffing.seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (gsize i = 0; i < n_old_descriptors; i++)
    {
      diffing.old_store = migdesc_descriptor_get_store (old_descriptors[i]);
      diff_documents (&diffing);
      migdesc_diffing_locate (&diffing);
    }
  return diffing_end (&diffing);
}

/**
 * migdesc_lint:
 * @descriptor: a descriptor
 * @flags: what to answer
 * @rules: a rule set from 1 to %MIGDESC_RULES_NEWEST, or 0 for the newest
 * @limits: (nullable): %MIGDESC_LIMIT_STEPS bounds the search in each model, or %NULL for the
 *   default
 * @error: return location for a #GError
 *
 * Tells what is valid in a descriptor, but hardly meant: versions that no device can be,
 * constraints that never bite or never hold, values that no configuration can have, promises that
 * nobody tested. For the codes see migdesc_lint_list_codes(). What is odd is a
 * %MIGDESC_SEVERITY_WARNING.
 *
 * Whether there is a configuration is found by search; where that is given up, the verdict is
 * %MIGDESC_VERDICT_UNDECIDED.
 *
 * Codes that the document lists under `ignore` are left out, or shown with its reason.
 *
 * Fails with %MIGDESC_ERROR_INVALID_ARGUMENT if there is no such rule set.
 *
 * Returns: (transfer full): the report, or %NULL on error
 *
 * Since: 1.0
 */
MigdescReport *
migdesc_lint (MigdescDescriptor *descriptor,
              MigdescDiffFlags flags,
              guint rules,
              const MigdescLimits *limits,
              GError **error)
{
  MigdescDiffing diffing;

  g_return_val_if_fail (MIGDESC_IS_DESCRIPTOR (descriptor), NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  if (!check_rules (rules, error))
    return NULL;
  diffing_init (&diffing, MIGDESC_RULE_LINT, flags, rules, limits);
  diffing.store = migdesc_descriptor_get_store (descriptor);
  migdesc_lint_document (&diffing);
  for (guint32 i = 0; i < diffing.store->n_models; i++)
    {
      diffing.model = &diffing.store->models[i];
      diffing.model_name = diffing.model->name;
      migdesc_lint_members (&diffing);
      migdesc_lint_configs (&diffing);
      migdesc_lint_versions (&diffing);
    }
  migdesc_diffing_locate (&diffing);
  return diffing_end (&diffing);
}

/**
 * migdesc_diff_list_codes:
 * @rules: a rule set from 1, or 0 for the newest
 *
 * Lists the codes of the rules that migdesc_diff() has in a rule set.
 *
 * Returns: (transfer full) (array zero-terminated=1): the codes
 *
 * Since: 1.0
 */
char **
migdesc_diff_list_codes (guint rules)
{
  return migdesc_rule_list (MIGDESC_RULE_DIFF, rules > 0 ? rules : MIGDESC_RULES_NEWEST);
}

/**
 * migdesc_lint_list_codes:
 * @rules: a rule set from 1, or 0 for the newest
 *
 * Lists the codes of the rules that migdesc_lint() has in a rule set.
 *
 * Returns: (transfer full) (array zero-terminated=1): the codes
 *
 * Since: 1.0
 */
char **
migdesc_lint_list_codes (guint rules)
{
  return migdesc_rule_list (MIGDESC_RULE_LINT, rules > 0 ? rules : MIGDESC_RULES_NEWEST);
}
