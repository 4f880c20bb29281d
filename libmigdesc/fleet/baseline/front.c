/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Param by param, keeping which candidates still take what has been chosen. A branch is left as
 * soon as even all that remains of it, hosts and params, would be no better than a point of the
 * front. */

#include "fleet/baseline/front.h"

#include <migdesc/migdesc-error.h>
#include <string.h>

#include "fleet/baseline/front-choices.h"
#include "ops/check.h"

typedef struct
{
  MigdescFront *front;
  MigdescFrontChoices *choices;
  const MigdescFrontChoice **chosen; /* of each variable */
  guint64 steps;                     /* left */
  GCancellable *cancellable;
} Search;

static guint32
count_hosts (const MigdescFront *front, const guint8 *alive)
{
  guint32 n = 0;

  for (guint32 i = 0; i < front->n_candidates; i++)
    n += alive[i] ? front->candidates[i].n_hosts : 0;
  return n;
}

static gboolean
is_dominated (const MigdescFront *front, guint32 n_hosts, guint32 n_features)
{
  for (guint i = 0; i < front->points->len; i++)
    {
      const MigdescFrontPoint *point = &g_array_index (front->points, MigdescFrontPoint, i);

      if (point->n_hosts >= n_hosts && point->n_features >= n_features)
        return TRUE;
    }
  return n_hosts == 0;
}

/* --- A whole configuration -------------------------------------------- */

static MigdescParamList *
make_list (const Search *search)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  g_autoptr (GPtrArray) values = g_ptr_array_new_with_free_func (g_free);
  MigdescParamList *list;

  for (guint32 i = 0; i < search->choices->n_variables; i++)
    {
      const MigdescFrontChoice *choice = search->chosen[i];
      GString *text;

      if (choice->is_off)
        continue;
      text = g_string_new (NULL);
      migdesc_value_append_text (text, (MigdescValueType) choice->type, choice->value);
      g_ptr_array_add (names, (gpointer) search->choices->variables[i].name);
      g_ptr_array_add (values, g_string_free (text, FALSE));
    }
  g_ptr_array_add (names, NULL);
  g_ptr_array_add (values, NULL);
  list = migdesc_param_list_new (search->front->model, NULL, (const char *const *) names->pdata,
                                 (const char *const *) values->pdata, NULL);
  return list;
}

static gboolean
can_create (const MigdescCandidate *candidate, const MigdescParamList *list)
{
  g_auto (MigdescTrial) trial;

  migdesc_trial_init (&trial, candidate->store, candidate->model, list, &migdesc_voice_check, NULL);
  if (!candidate->model->any_uncreatable)
    return TRUE;
  migdesc_trial_bind (&trial);
  migdesc_trial_fill_complete (&trial);
  return !migdesc_model_core_is_uncreatable (candidate->model, trial.values,
                                             migdesc_trial_hash (&trial));
}

static gboolean
is_taken (const MigdescCandidate *candidate, const MigdescParamList *list)
{
  return migdesc_check_verdict (candidate->store, list, NULL, NULL) == MIGDESC_VERDICT_COMPATIBLE
         && can_create (candidate, list);
}

static void
clear_worse (MigdescFront *front, const MigdescFrontPoint *better)
{
  for (guint i = front->points->len; i > 0; i--)
    {
      const MigdescFrontPoint *point = &g_array_index (front->points, MigdescFrontPoint, i - 1);

      if (point->n_hosts <= better->n_hosts && point->n_features <= better->n_features)
        g_array_remove_index (front->points, i - 1);
    }
}

static void
finish (Search *search, const guint8 *alive, guint32 n_features)
{
  MigdescFront *front = search->front;
  g_autoptr (MigdescParamList) list = make_list (search);
  MigdescFrontPoint point = { 0, n_features, NULL, NULL };

  point.covered = g_malloc0 ((gsize) front->n_candidates + 1);
  for (guint32 i = 0; i < front->n_candidates && search->steps > 0; i++)
    {
      search->steps -= alive[i];
      point.covered[i] = alive[i] && is_taken (&front->candidates[i], list);
    }
  point.n_hosts = count_hosts (front, point.covered);
  if (search->steps == 0 || is_dominated (front, point.n_hosts, n_features))
    {
      g_free (point.covered);
      return;
    }
  clear_worse (front, &point);
  point.list = migdesc_param_list_to_string (list);
  g_array_append_val (front->points, point);
}

/* --- The search ------------------------------------------------------- */

static void
descend (Search *search, guint32 variable, const guint8 *alive, guint32 n_features)
{
  const MigdescFrontChoices *choices = search->choices;
  const MigdescFront *front = search->front;
  g_autofree guint8 *left = NULL;

  if (variable == choices->n_variables)
    {
      finish (search, alive, n_features);
      return;
    }
  left = g_malloc ((gsize) front->n_candidates + 1);
  for (guint i = 0; i < choices->variables[variable].n_choices; i++)
    {
      const MigdescFrontChoice *choice = &choices->variables[variable].choices[i];
      guint32 features = n_features + !choice->is_off;
      guint32 most = features + choices->n_variables - variable - 1;

      if (search->steps == 0 || g_cancellable_is_cancelled (search->cancellable))
        return;
      search->steps--;
      for (guint32 k = 0; k < front->n_candidates; k++)
        left[k] = alive[k] && choice->taken[k];
      if (is_dominated (front, count_hosts (front, left), most))
        continue;
      search->chosen[variable] = choice;
      descend (search, variable + 1, left, features);
    }
}

static int
compare_points (gconstpointer point, gconstpointer other)
{
  guint32 n = ((const MigdescFrontPoint *) point)->n_hosts;
  guint32 other_n = ((const MigdescFrontPoint *) other)->n_hosts;

  return n == other_n ? 0 : n > other_n ? -1 : 1;
}

gboolean
migdesc_front_find (MigdescFront *front, GCancellable *cancellable, GError **error)
{
  g_auto (MigdescFrontChoices) choices = { NULL };
  g_autofree const MigdescFrontChoice **chosen = NULL;
  g_autofree guint8 *alive = g_malloc ((gsize) front->n_candidates + 1);
  Search search = { front, &choices, NULL, front->max_steps, cancellable };

  for (guint32 i = 0; i < front->n_candidates; i++)
    alive[i] = !front->candidates[i].model->version_only;
  front->too_long = !migdesc_front_choices_make (&choices, front->candidates,
                                                 front->n_candidates);
  if (front->too_long)
    return TRUE;
  search.chosen = chosen = g_new0 (const MigdescFrontChoice *, (gsize) choices.n_variables + 1);
  descend (&search, 0, alive, 0);
  front->too_long = search.steps == 0;
  g_array_sort (front->points, compare_points);
  if (!g_cancellable_is_cancelled (cancellable))
    return TRUE;
  g_set_error_literal (error, MIGDESC_ERROR, MIGDESC_ERROR_CANCELLED,
                       "the search for a baseline was cancelled");
  return FALSE;
}
