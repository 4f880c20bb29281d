/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <string.h>

#include <migdesc/migdesc-error.h>

#include "base/quote.h"
#include "model/codes.h"
#include "model/handles.h"
#include "model/param-list-private.h"
#include "ops/check.h"
#include "ops/list.h"
#include "ops/messages.h"
#include "ops/path/path-search.h"
#include "ops/sides.h"

/**
 * MigdescPath:
 *
 * How a device gets from one host to another: the shortest chain of migrations, and the changes
 * that have to be made to the running device in between.
 *
 * A path is immutable, may be used from any thread, and is shared by reference count.
 *
 * Since: 1.0
 */

G_DEFINE_BOXED_TYPE (MigdescPath,
                     migdesc_path,
                     migdesc_path_ref,
                     migdesc_path_unref)

static void
step_clear (gpointer data)
{
  MigdescPathStep *step = data;

  g_clear_pointer (&step->before, migdesc_param_list_unref);
  g_clear_pointer (&step->changes, migdesc_param_list_unref);
  g_clear_pointer (&step->list, migdesc_param_list_unref);
  g_clear_pointer (&step->report, migdesc_report_unref);
}

static MigdescPath *
path_new (const MigdescPathHost *hosts,
          guint32 n_hosts,
          const char *model,
          guint32 source,
          guint32 destination,
          guint64 max_steps)
{
  MigdescPath *path = g_new0 (MigdescPath, 1);

  g_atomic_ref_count_init (&path->ref_count);
  path->model = g_strdup (model);
  path->hosts = g_new (MigdescPathHost, n_hosts);
  path->n_hosts = n_hosts;
  for (guint32 i = 0; i < n_hosts; i++)
    {
      path->hosts[i] = hosts[i];
      migdesc_store_ref (hosts[i].store);
      path->hosts[i].name = g_strdup (hosts[i].name);
      path->hosts[i].slot = g_strdup (hosts[i].slot);
    }
  path->source = source;
  path->destination = destination;
  path->max_steps = max_steps;
  path->verdict = MIGDESC_VERDICT_INCOMPATIBLE;
  path->report = migdesc_report_new ();
  path->steps = g_array_new (FALSE, TRUE, sizeof (MigdescPathStep));
  g_array_set_clear_func (path->steps, step_clear);
  return path;
}

/* --- The search ------------------------------------------------------- */

/* What the device is at the source. FALSE: the source can't have such a device, and says why. */
static gboolean
expand_source (MigdescPathSearch *search,
               MigdescReport *report,
               MigdescValue **values,
               guint32 *version)
{
  const MigdescPathClass *class = migdesc_path_class (search, search->source);
  const MigdescModelCore *model = class->model;
  g_auto (MigdescTrial) trial;

  migdesc_trial_init (&trial, class->store, model, search->list, &migdesc_voice_return, report);
  migdesc_trial_bind (&trial);
  migdesc_side_expand (&trial);
  if (trial.answer.verdict == MIGDESC_VERDICT_INCOMPATIBLE)
    return FALSE;
  *version = trial.version;
  *values = migdesc_arena_alloc0 (search->arena, (model->n_params + 1) * sizeof **values);
  for (guint32 i = 0; i < model->n_params; i++)
    {
      (*values)[i] = trial.values[i];
      if (model->params[i].type == MIGDESC_VALUE_TYPE_STRING)
        (*values)[i].string = g_string_chunk_insert_const (search->strings,
                                                           trial.values[i].string);
    }
  return TRUE;
}

static MigdescParamList *
list_of_node (const MigdescPathSearch *search,
              guint32 node)
{
  const MigdescPathNode *at = migdesc_path_node (search, node);
  const MigdescModelCore *model = migdesc_path_class (search, at->class)->model;

  return model->version_only ? migdesc_list_of_version (model, at->version)
                             : migdesc_list_of_values (model, at->values);
}

static void
say_too_long (MigdescPath *path)
{
  MigdescFindingCore *finding = migdesc_finding_core_new (MIGDESC_CODE_SEARCH_TOO_LONG,
                                                          MIGDESC_SEVERITY_WARNING);

  finding->model = g_strdup (path->model);
  finding->message = g_strdup_printf (
      "the search was given up after %" G_GUINT64_FORMAT " attempts", path->max_steps);
  migdesc_report_take (path->report, finding);
  migdesc_report_set_undecided (path->report);
  path->verdict = MIGDESC_VERDICT_UNDECIDED;
}

static void
take_path (MigdescPath *path,
           MigdescPathSearch *search,
           guint32 node)
{
  migdesc_path_make_steps (search, node, path->steps);
  /* Classes have hosts to stand for them; the ends are who was asked about. */
  g_array_index (path->steps, MigdescPathStep, 0).source = path->source;
  g_array_index (path->steps, MigdescPathStep, path->steps->len - 1).destination
      = path->destination;
}

/* How far the best attempt came, and what is in its way there */
static void
take_attempt (MigdescPath *path,
              MigdescPathSearch *search)
{
  MigdescPathDevice device;

  if (search->nearest == MIGDESC_NOT_FOUND)
    return;
  device = migdesc_path_device (search, search->nearest, search->nearest_sent);
  migdesc_path_look (search, &device, search->destination, NULL, TRUE, path->report);
  path->last = list_of_node (search, search->nearest);
  migdesc_path_make_steps (search, search->nearest, path->steps);
  if (path->steps->len > 0)
    g_array_index (path->steps, MigdescPathStep, 0).source = path->source;
}

/* What the device is at the end is not what the search has it as: changes may have been taken
 * back. */
static void
find_last (MigdescPath *path,
           MigdescPathSearch *search)
{
  const MigdescPathStep *step = migdesc_path_get_step (path, path->steps->len - 1);
  const MigdescPathClass *class = migdesc_path_class (search, search->destination);
  g_auto (MigdescTrial) trial;

  migdesc_trial_init (&trial, class->store, class->model, step->list, &migdesc_voice_check, NULL);
  migdesc_trial_bind (&trial);
  migdesc_side_expand (&trial);
  path->last = class->model->version_only ? migdesc_list_of_version (class->model, trial.version)
                                          : migdesc_list_of_values (class->model, trial.values);
}

static guint32
run (MigdescPathSearch *search,
     MigdescValue *values,
     guint32 version)
{
  guint32 found;

  migdesc_path_search_start (search, values, version);
  found = migdesc_path_search_run (search);
  if (found != MIGDESC_NOT_FOUND || search->too_long || !search->met_unsure)
    return found;
  /* No path is sure; there may be one that some host may refuse. */
  search->lenient = TRUE;
  migdesc_path_search_start (search, values, version);
  return migdesc_path_search_run (search);
}

/* The next host may have other models beside. */
static MigdescParamList *
name_model (const MigdescPath *path,
            const MigdescParamList *list)
{
  if (list->model != NULL)
    return migdesc_param_list_ref ((MigdescParamList *) list);
  return migdesc_param_list_new_from_pairs (path->model, strlen (path->model), list->version,
                                            list->version_length, list->pairs, list->n_pairs);
}

static void
search_path (MigdescPath *path,
             const MigdescParamList *list)
{
  g_autoptr (MigdescReport) refused = migdesc_report_new ();
  g_autoptr (MigdescParamList) named = name_model (path, list);
  g_auto (MigdescPathSearch) search;
  MigdescValue *values;
  guint32 version, found;

  migdesc_path_search_init (&search, path->hosts, path->n_hosts, path->model, named, path->source,
                            path->destination, path->max_steps);
  if (!expand_source (&search, refused, &values, &version))
    {
      g_clear_pointer (&path->report, migdesc_report_unref);
      path->report = g_steal_pointer (&refused);
      return;
    }
  if (path->source == path->destination)
    {
      migdesc_path_search_start (&search, values, version);
      path->last = list_of_node (&search, 0);
      path->verdict = MIGDESC_VERDICT_COMPATIBLE;
      return;
    }
  found = run (&search, values, version);
  if (found != MIGDESC_NOT_FOUND)
    {
      path->verdict = search.lenient ? MIGDESC_VERDICT_UNDECIDED : MIGDESC_VERDICT_COMPATIBLE;
      if (search.lenient)
        migdesc_report_set_undecided (path->report);
      take_path (path, &search, found);
      find_last (path, &search);
    }
  else if (search.too_long)
    say_too_long (path);
  else
    take_attempt (path, &search);
}

static void
say_source_lacks (MigdescPath *path)
{
  MigdescAnswer answer;

  migdesc_answer_init (&answer, path->hosts[path->source].store, NULL, path->model,
                       &migdesc_voice_return, path->report);
  migdesc_say_model_not_supported (&answer);
}

MigdescPath *
migdesc_path_find_among (const MigdescPathHost *hosts,
                         guint32 n_hosts,
                         const MigdescParamList *list,
                         guint32 source,
                         guint32 destination,
                         guint64 max_steps,
                         GError **error)
{
  const MigdescStore *store = hosts[source].store;
  MigdescName from_list = { NULL };
  const MigdescName *name = migdesc_check_find_name (hosts[source].store, list, &from_list, error);
  MigdescPath *path;

  if (name == NULL)
    return NULL;
  path = path_new (hosts, n_hosts, name->text, source, destination, max_steps);
  if (migdesc_store_find_model (store, name->text, name->length) == NULL)
    say_source_lacks (path);
  else
    search_path (path, list);
  return path;
}

/* --- The public side -------------------------------------------------- */

/**
 * migdesc_path_find:
 * @descriptors: (array length=n_descriptors): what the hosts publish
 * @n_descriptors: the number of hosts, at least 1
 * @list: the migration parameter list that the device runs with
 * @source: the position of the host that it runs on, from 0
 * @destination: the position of the host that it is to go to
 * @limits: (nullable): how long to search, %MIGDESC_LIMIT_STEPS, or %NULL for the default
 * @error: return location for a #GError
 *
 * Finds the shortest chain of migrations that takes a device from one host to another. Each step of
 * it passes migdesc_descriptor_check() with the descriptors and state schemas of both its hosts.
 * Before each step, params that the host marks as `runtime` may be changed to any value that it
 * allows or that is off, several of them together, as long as its constraints hold; a path has no
 * change that it can do without, and of the values that serve the nearest.
 *
 * Of several shortest paths this is the first in the order of the hosts, step by step. Hosts with
 * equal descriptors are one to the search, so that a path goes over the first of them.
 *
 * Where there is no path, the report says what keeps the device from going on to the destination
 * after the steps of the best attempt: the one which the fewest findings speak against. If the
 * source itself refuses @list the report says why, and there are no steps. A path with a step that
 * some host may still refuse, because it does not say which values it allows, is undecided; and so
 * is a search that takes more attempts to migrate than %MIGDESC_LIMIT_STEPS says, 1,000,000 by
 * default: `search-too-long`.
 *
 * A list that names no model is for the source's only one; %MIGDESC_ERROR_LIST_MODEL_NEEDED if it
 * has several. %MIGDESC_ERROR_INVALID_ARGUMENT if there are no such hosts.
 *
 * Returns: (transfer full): the path, or %NULL on error
 *
 * Since: 1.0
 */
MigdescPath *
migdesc_path_find (MigdescDescriptor **descriptors,
                   gsize n_descriptors,
                   const MigdescParamList *list,
                   gsize source,
                   gsize destination,
                   const MigdescLimits *limits,
                   GError **error)
{
  g_autofree MigdescPathHost *hosts = NULL;

  g_return_val_if_fail (descriptors != NULL || n_descriptors == 0, NULL);
  g_return_val_if_fail (list != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  if (source >= n_descriptors || destination >= n_descriptors || n_descriptors >= G_MAXUINT32)
    {
      g_set_error (error, MIGDESC_ERROR, MIGDESC_ERROR_INVALID_ARGUMENT,
                   "there are %" G_GSIZE_FORMAT " hosts, and host %" G_GSIZE_FORMAT
                   " was asked for",
                   n_descriptors, MAX (source, destination));
      return NULL;
    }
  hosts = g_new0 (MigdescPathHost, n_descriptors);
  for (gsize i = 0; i < n_descriptors; i++)
    {
      hosts[i].store = migdesc_descriptor_get_store (descriptors[i]);
      hosts[i].id = i;
    }
  return migdesc_path_find_among (hosts, (guint32) n_descriptors, list, (guint32) source,
                                  (guint32) destination,
                                  migdesc_limits_get (limits, MIGDESC_LIMIT_STEPS), error);
}

/**
 * migdesc_path_find_return:
 * @path: a path
 *
 * Finds the way back: the shortest path from the destination, with what the device is there, to the
 * source, over the same hosts and within the same limit. The device need not be what it was: what
 * was changed while it ran may stay changed.
 *
 * Returns: (transfer full) (nullable): the path back, or %NULL if @path does not arrive
 *
 * Since: 1.0
 */
MigdescPath *
migdesc_path_find_return (const MigdescPath *path)
{
  g_return_val_if_fail (path != NULL, NULL);

  if (path->verdict == MIGDESC_VERDICT_INCOMPATIBLE || path->last == NULL)
    return NULL;
  return migdesc_path_find_among (path->hosts, path->n_hosts, path->last, path->destination,
                                  path->source, path->max_steps, NULL);
}

/**
 * migdesc_path_ref:
 * @path: a path
 *
 * Takes a reference.
 *
 * Returns: (transfer full): @path
 *
 * Since: 1.0
 */
MigdescPath *
migdesc_path_ref (MigdescPath *path)
{
  g_return_val_if_fail (path != NULL, NULL);

  g_atomic_ref_count_inc (&path->ref_count);
  return path;
}

/**
 * migdesc_path_unref:
 * @path: (transfer full): a path
 *
 * Gives back a reference; the last one frees the path.
 *
 * Since: 1.0
 */
void
migdesc_path_unref (MigdescPath *path)
{
  g_return_if_fail (path != NULL);

  if (!g_atomic_ref_count_dec (&path->ref_count))
    return;
  for (guint32 i = 0; i < path->n_hosts; i++)
    {
      migdesc_store_unref (path->hosts[i].store);
      g_free ((char *) path->hosts[i].name);
      g_free ((char *) path->hosts[i].slot);
    }
  g_free (path->hosts);
  g_free (path->model);
  g_array_unref (path->steps);
  g_clear_pointer (&path->last, migdesc_param_list_unref);
  migdesc_report_unref (path->report);
  g_free (path);
}
