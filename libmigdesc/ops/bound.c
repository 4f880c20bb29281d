/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <migdesc/migdesc-check.h>

#include <string.h>

#include "model/handles.h"
#include "ops/check.h"
#include "ops/messages.h"

/**
 * MigdescBoundList:
 *
 * A migration parameter list bound to the model of a destination: its names are looked up and its
 * values typed, once, for lists that are asked about again and again.
 *
 * A bound list is immutable, may be used from any thread, and is shared by reference count.
 *
 * Since: 1.0
 */
struct _MigdescBoundList
{
  gatomicrefcount ref_count;
  MigdescStore *store;
  const MigdescModelCore *model;
  MigdescParamList *list;
  gboolean other_model;
  MigdescBoundPair pairs[];
};

G_DEFINE_BOXED_TYPE (MigdescBoundList,
                     migdesc_bound_list,
                     migdesc_bound_list_ref,
                     migdesc_bound_list_unref)

static gboolean
is_for_other_model (const MigdescModelCore *model,
                    const MigdescParamList *list)
{
  return list->model != NULL
         && (list->model_length != model->key.length
             || memcmp (list->model, model->key.text, model->key.length) != 0);
}

/**
 * migdesc_model_bind:
 * @destination: a model
 * @list: a migration parameter list
 *
 * Binds a list to a model. That always succeeds; what does not fit is a matter for the check.
 *
 * Returns: (transfer full): the bound list
 *
 * Since: 1.0
 */
MigdescBoundList *
migdesc_model_bind (MigdescModel *destination,
                    const MigdescParamList *list)
{
  MigdescBoundList *bound;

  g_return_val_if_fail (MIGDESC_IS_MODEL (destination), NULL);
  g_return_val_if_fail (list != NULL, NULL);

  bound = g_malloc (sizeof *bound + list->n_pairs * sizeof (MigdescBoundPair));
  g_atomic_ref_count_init (&bound->ref_count);
  bound->store = migdesc_store_ref (migdesc_model_get_store (destination));
  bound->model = migdesc_model_get_core (destination);
  bound->list = migdesc_param_list_ref ((MigdescParamList *) list);
  bound->other_model = is_for_other_model (bound->model, list);
  migdesc_bind_pairs (bound->model, list, bound->pairs);
  return bound;
}

/**
 * migdesc_bound_list_ref:
 * @list: a bound list
 *
 * Takes a reference.
 *
 * Returns: (transfer full): @list
 *
 * Since: 1.0
 */
MigdescBoundList *
migdesc_bound_list_ref (MigdescBoundList *list)
{
  g_return_val_if_fail (list != NULL, NULL);

  g_atomic_ref_count_inc (&list->ref_count);
  return list;
}

/**
 * migdesc_bound_list_unref:
 * @list: (transfer full): a bound list
 *
 * Gives back a reference; the last one frees the list.
 *
 * Since: 1.0
 */
void
migdesc_bound_list_unref (MigdescBoundList *list)
{
  g_return_if_fail (list != NULL);

  if (!g_atomic_ref_count_dec (&list->ref_count))
    return;
  migdesc_param_list_unref (list->list);
  migdesc_store_unref (list->store);
  g_free (list);
}

static MigdescVerdict
check_bound (const MigdescBoundList *bound,
             MigdescReport *report)
{
  g_auto (MigdescTrial) trial;

  migdesc_trial_init (&trial, bound->store, bound->model, bound->list, &migdesc_voice_check,
                      report);
  if (bound->other_model)
    {
      trial.answer.model_name = bound->list->model;
      migdesc_say_model_not_supported (&trial.answer);
      return trial.answer.verdict;
    }
  migdesc_trial_take_pairs (&trial, bound->pairs, bound->list->n_pairs);
  migdesc_check_destination (&trial);
  return trial.answer.verdict;
}

/**
 * migdesc_bound_list_get_verdict:
 * @list: a bound list
 *
 * Checks whether a device that runs with this list can be migrated to the destination, and answers
 * yes, no or perhaps without saying why. This is the fastest check there is.
 *
 * Returns: the verdict, that of the report of migdesc_bound_list_check()
 *
 * Since: 1.0
 */
MigdescVerdict
migdesc_bound_list_get_verdict (const MigdescBoundList *list)
{
  g_return_val_if_fail (list != NULL, MIGDESC_VERDICT_INCOMPATIBLE);

  return check_bound (list, NULL);
}

/**
 * migdesc_bound_list_is_compatible:
 * @list: a bound list
 *
 * Checks as migdesc_bound_list_get_verdict() does, and tells whether the answer is a plain yes.
 * Where an enumeration costs something, as it does in Python, this is the cheaper question.
 *
 * Returns: %TRUE if the verdict is %MIGDESC_VERDICT_COMPATIBLE; %FALSE also where it is undecided
 *
 * Since: 1.0
 */
gboolean
migdesc_bound_list_is_compatible (const MigdescBoundList *list)
{
  g_return_val_if_fail (list != NULL, FALSE);

  return check_bound (list, NULL) == MIGDESC_VERDICT_COMPATIBLE;
}

/**
 * migdesc_bound_list_check:
 * @list: a bound list
 *
 * Checks whether a device that runs with this list can be migrated to the destination, as
 * migdesc_descriptor_check() does without the source's descriptor. A list that is for another model
 * gets `model-not-supported`.
 *
 * Returns: (transfer full): the report
 *
 * Since: 1.0
 */
MigdescReport *
migdesc_bound_list_check (const MigdescBoundList *list)
{
  MigdescReport *report;

  g_return_val_if_fail (list != NULL, NULL);

  report = migdesc_report_new ();
  check_bound (list, report);
  return report;
}

static MigdescVerdict
check_list (MigdescStore *store,
            const MigdescModelCore *model,
            const MigdescParamList *list)
{
  g_auto (MigdescTrial) trial;

  migdesc_trial_init (&trial, store, model, list, &migdesc_voice_check, NULL);
  migdesc_trial_bind (&trial);
  migdesc_check_destination (&trial);
  return trial.answer.verdict;
}

/**
 * migdesc_model_check_string:
 * @destination: a model
 * @list: a migration parameter list as text
 * @error: return location for a #GError
 *
 * Checks whether a device that runs with a list can be migrated to the destination, from the text
 * of the list to the verdict in one call. A list that is for another model is incompatible.
 *
 * The errors are those of migdesc_param_list_new_from_string().
 *
 * Returns: the verdict; %MIGDESC_VERDICT_INCOMPATIBLE also on error, so that nobody takes an error
 * for a yes
 *
 * Since: 1.0
 */
MigdescVerdict
migdesc_model_check_string (MigdescModel *destination,
                            const char *list,
                            GError **error)
{
  g_autoptr (MigdescParamList) parsed = NULL;

  g_return_val_if_fail (MIGDESC_IS_MODEL (destination), MIGDESC_VERDICT_INCOMPATIBLE);
  g_return_val_if_fail (list != NULL, MIGDESC_VERDICT_INCOMPATIBLE);
  g_return_val_if_fail (error == NULL || *error == NULL, MIGDESC_VERDICT_INCOMPATIBLE);

  parsed = migdesc_param_list_new_from_string (list, error);
  if (parsed == NULL)
    return MIGDESC_VERDICT_INCOMPATIBLE;
  if (is_for_other_model (migdesc_model_get_core (destination), parsed))
    return MIGDESC_VERDICT_INCOMPATIBLE;
  return check_list (migdesc_model_get_store (destination), migdesc_model_get_core (destination),
                     parsed);
}

static gboolean
check_one (MigdescStore *store,
           const char *text,
           guint8 *verdict,
           GError **error)
{
  g_autoptr (MigdescParamList) list = migdesc_param_list_new_from_string (text, error);
  MigdescName from_list = { NULL };
  const MigdescModelCore *model;
  const MigdescName *name;

  if (list == NULL)
    return FALSE;
  name = migdesc_check_find_name (store, list, &from_list, error);
  if (name == NULL)
    return FALSE;
  model = migdesc_store_find_model (store, name->text, name->length);
  *verdict = (guint8) (model != NULL ? check_list (store, model, list)
                                     : MIGDESC_VERDICT_INCOMPATIBLE);
  return TRUE;
}

/**
 * migdesc_descriptor_check_strings:
 * @destination: what the destination publishes
 * @lists: (array zero-terminated=1): migration parameter lists as text
 * @n_verdicts: (out): return location for the number of verdicts, which is that of @lists
 * @error: return location for a #GError
 *
 * Checks many lists in one call, each as migdesc_model_check_string() does, on the model that it
 * names. From a language binding this costs a small part of as many single calls.
 *
 * The errors are those of migdesc_param_list_new_from_string() and
 * %MIGDESC_ERROR_LIST_MODEL_NEEDED; the message says which list, from 1: `list 2: ...`.
 *
 * Returns: (transfer full) (array length=n_verdicts): a #MigdescVerdict for each list in a byte, or
 * %NULL on error
 *
 * Since: 1.0
 */
guint8 *
migdesc_descriptor_check_strings (MigdescDescriptor *destination,
                                  const char *const *lists,
                                  gsize *n_verdicts,
                                  GError **error)
{
  g_autofree guint8 *verdicts = NULL;
  MigdescStore *store;
  gsize n = 0;

  g_return_val_if_fail (MIGDESC_IS_DESCRIPTOR (destination), NULL);
  g_return_val_if_fail (lists != NULL, NULL);
  g_return_val_if_fail (n_verdicts != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  *n_verdicts = 0;
  store = migdesc_descriptor_get_store (destination);
  while (lists[n] != NULL)
    n++;
  verdicts = g_malloc (n + 1);
  for (gsize i = 0; i < n; i++)
    if (!check_one (store, lists[i], &verdicts[i], error))
      {
        g_prefix_error (error, "list %" G_GSIZE_FORMAT ": ", i + 1);
        return NULL;
      }
  *n_verdicts = n;
  return g_steal_pointer (&verdicts);
}
