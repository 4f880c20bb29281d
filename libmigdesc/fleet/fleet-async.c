/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* The questions to fleets for those who have a main loop: each is asked in a thread. */

#include <migdesc/migdesc-fleet-baseline.h>
#include <migdesc/migdesc-fleet-check.h>
#include <migdesc/migdesc-selection.h>

typedef struct
{
  MigdescParamList *list;
  MigdescDescriptor *source; /* nullable */
  char **only;               /* nullable */
} CheckQuestion;

typedef struct
{
  char *model;           /* nullable */
  MigdescLimits *limits; /* nullable */
} BaselineQuestion;

static void
check_question_free (gpointer data)
{
  CheckQuestion *question = data;

  migdesc_param_list_unref (question->list);
  g_clear_object (&question->source);
  g_strfreev (question->only);
  g_free (question);
}

static void
baseline_question_free (gpointer data)
{
  BaselineQuestion *question = data;

  g_clear_pointer (&question->limits, migdesc_limits_free);
  g_free (question->model);
  g_free (question);
}

/* Takes over the question. The work itself ends with MIGDESC_ERROR_CANCELLED, as the other call
 * does. */
static void
run (MigdescFleet *fleet, gpointer tag, gpointer question, GDestroyNotify question_free,
     GTaskThreadFunc work, GCancellable *cancellable, GAsyncReadyCallback callback,
     gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (fleet, cancellable, callback, user_data);

  g_task_set_source_tag (task, tag);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, question, question_free);
  g_task_run_in_thread (task, work);
}

static void
answer (GTask *task, gpointer result, GDestroyNotify result_free, GError *error)
{
  if (result != NULL)
    g_task_return_pointer (task, result, result_free);
  else
    g_task_return_error (task, error);
}

/* --- Check ------------------------------------------------------------ */

static void
check_in_thread (GTask *task, gpointer object, gpointer data, GCancellable *cancellable)
{
  const CheckQuestion *question = data;
  GError *error = NULL;
  MigdescFleetCheck *check
      = migdesc_fleet_check (object, question->list, question->source,
                             (const char *const *) question->only, cancellable, &error);

  answer (task, check, (GDestroyNotify) migdesc_fleet_check_unref, error);
}

/**
 * migdesc_fleet_check_async:
 * @fleet: a fleet; not to be changed until the end
 * @list: the source's migration parameter list
 * @source: (nullable): what the source publishes, if known
 * @only: (nullable) (array zero-terminated=1): names of the params that matter, or %NULL for all
 * @cancellable: (nullable): a #GCancellable
 * @callback: (scope async): called when all hosts have been asked
 * @user_data: for @callback
 *
 * Asks every host in a thread; see migdesc_fleet_check().
 *
 * Since: 1.0
 */
void
migdesc_fleet_check_async (MigdescFleet *fleet, const MigdescParamList *list,
                           MigdescDescriptor *source, const char *const *only,
                           GCancellable *cancellable, GAsyncReadyCallback callback,
                           gpointer user_data)
{
  CheckQuestion *question;

  g_return_if_fail (MIGDESC_IS_FLEET (fleet));
  g_return_if_fail (list != NULL);
  g_return_if_fail (source == NULL || MIGDESC_IS_DESCRIPTOR (source));

  question = g_new0 (CheckQuestion, 1);
  question->list = migdesc_param_list_ref ((MigdescParamList *) list);
  question->source = source != NULL ? g_object_ref (source) : NULL;
  question->only = g_strdupv ((char **) only);
  run (fleet, migdesc_fleet_check_async, question, check_question_free, check_in_thread,
       cancellable, callback, user_data);
}

/**
 * migdesc_fleet_check_finish:
 * @fleet: a fleet
 * @result: what the callback was given
 * @error: return location for an error, as for migdesc_fleet_check()
 *
 * Ends a migdesc_fleet_check_async().
 *
 * Returns: (transfer full): the answers, or %NULL on error
 *
 * Since: 1.0
 */
MigdescFleetCheck *
migdesc_fleet_check_finish (MigdescFleet *fleet, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, fleet), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* --- Select ----------------------------------------------------------- */

static void
select_in_thread (GTask *task, gpointer object, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;
  MigdescSelection *selection = migdesc_fleet_select (object, data, cancellable, &error);

  answer (task, selection, (GDestroyNotify) migdesc_selection_unref, error);
}

/**
 * migdesc_fleet_select_async:
 * @fleet: a fleet; not to be changed until the end
 * @selector: which devices, and what is preferred; not to be changed either
 * @cancellable: (nullable): a #GCancellable
 * @callback: (scope async): called when all hosts are ranked
 * @user_data: for @callback
 *
 * Ranks the hosts in a thread, which also calls the function that scores them; see
 * migdesc_fleet_select().
 *
 * Since: 1.0
 */
void
migdesc_fleet_select_async (MigdescFleet *fleet, MigdescSelector *selector,
                            GCancellable *cancellable, GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_return_if_fail (MIGDESC_IS_FLEET (fleet));
  g_return_if_fail (MIGDESC_IS_SELECTOR (selector));

  run (fleet, migdesc_fleet_select_async, g_object_ref (selector), g_object_unref,
       select_in_thread, cancellable, callback, user_data);
}

/**
 * migdesc_fleet_select_finish:
 * @fleet: a fleet
 * @result: what the callback was given
 * @error: return location for an error, as for migdesc_fleet_select()
 *
 * Ends a migdesc_fleet_select_async().
 *
 * Returns: (transfer full): the hosts, ranked, or %NULL on error
 *
 * Since: 1.0
 */
MigdescSelection *
migdesc_fleet_select_finish (MigdescFleet *fleet, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, fleet), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* --- Baseline --------------------------------------------------------- */

static void
baseline_in_thread (GTask *task, gpointer object, gpointer data, GCancellable *cancellable)
{
  const BaselineQuestion *question = data;
  GError *error = NULL;
  MigdescFleetBaseline *baseline = migdesc_fleet_baseline (object, question->model,
                                                           question->limits, cancellable, &error);

  answer (task, baseline, (GDestroyNotify) migdesc_fleet_baseline_unref, error);
}

/**
 * migdesc_fleet_baseline_async:
 * @fleet: a fleet; not to be changed until the end
 * @model: (nullable): the name of a model, or %NULL for the only one of the first host's first slot
 * @limits: (nullable): how long to search, as for migdesc_fleet_baseline(), or %NULL
 * @cancellable: (nullable): a #GCancellable
 * @callback: (scope async): called when the search is at its end
 * @user_data: for @callback
 *
 * Finds the best configuration in a thread; see migdesc_fleet_baseline().
 *
 * Since: 1.0
 */
void
migdesc_fleet_baseline_async (MigdescFleet *fleet, const char *model, const MigdescLimits *limits,
                              GCancellable *cancellable, GAsyncReadyCallback callback,
                              gpointer user_data)
{
  BaselineQuestion *question;

  g_return_if_fail (MIGDESC_IS_FLEET (fleet));

  question = g_new0 (BaselineQuestion, 1);
  question->model = g_strdup (model);
  question->limits = limits != NULL ? migdesc_limits_copy (limits) : NULL;
  run (fleet, migdesc_fleet_baseline_async, question, baseline_question_free, baseline_in_thread,
       cancellable, callback, user_data);
}

/**
 * migdesc_fleet_baseline_finish:
 * @fleet: a fleet
 * @result: what the callback was given
 * @error: return location for an error, as for migdesc_fleet_baseline()
 *
 * Ends a migdesc_fleet_baseline_async().
 *
 * Returns: (transfer full): the baseline, or %NULL on error
 *
 * Since: 1.0
 */
MigdescFleetBaseline *
migdesc_fleet_baseline_finish (MigdescFleet *fleet, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, fleet), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
