/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "ops/baseline/baseline-search.h"

#include "model/config-private.h"
#include "ops/baseline/baseline-choices.h"
#include "ops/list.h"
#include "ops/versions.h"

/* What comparing the versions of all hosts may cost, in looks at a value */
#define MAX_VERSION_WORK 20000000

#define ALL_HOSTS 1

/* --- Whether a host takes a configuration ---------------------------- */

static gboolean
host_accepts (const MigdescHost *host,
              guint64 hash)
{
  const MigdescModelCore *model = host->model;

  return !migdesc_model_core_is_uncreatable (model, host->values, hash)
         && !migdesc_model_core_is_unloadable (model, host->values, hash)
         && (!model->any_unmigratable
             || migdesc_find_unmigratable (model, host->values, hash, 0) == MIGDESC_NOT_FOUND);
}

static gboolean
has_flags (const MigdescModelCore *model)
{
  return model->any_uncreatable || model->any_unloadable || model->any_unmigratable;
}

static gboolean
accept_assignment (MigdescSearch *search,
                   gpointer data)
{
  MigdescHosts *hosts = data;

  for (guint32 h = 0; h < hosts->n_hosts; h++)
    {
      const MigdescHost *host = &hosts->hosts[h];

      if (!has_flags (host->model))
        continue;
      migdesc_search_spend (search, host->cost + host->model->n_versions);
      for (guint32 i = 0; i < host->model->n_params; i++)
        {
          const MigdescChoice *choice = migdesc_search_choice (search, host->variables[i]);

          host->values[i] = choice->off ? host->model->params[i].off : choice->value;
        }
      if (!host_accepts (host, migdesc_model_core_hash_values (host->model, host->values)))
        return FALSE;
    }
  return TRUE;
}

/* --- The newest version that all have -------------------------------- */

static gboolean
version_alone_is_accepted (const MigdescModelCore *model,
                           guint32 version)
{
  const MigdescVersionCore *record = &model->versions[version];

  return record->can_create && record->can_load && record->support != MIGDESC_SUPPORT_NONE;
}

static void
fill (const MigdescHost *host,
      guint32 version)
{
  migdesc_model_core_fill_off (host->model, host->values);
  migdesc_model_core_apply_version (host->model, version, host->values);
}

static guint32
count_in_effect (const MigdescHost *host)
{
  guint32 n = 0;

  for (guint32 i = 0; i < host->model->n_params; i++)
    n += !migdesc_param_is_off (&host->model->params[i], host->values[i]);
  return n;
}

/* The first host's params come first among the variables, in order. What one of the two lacks has
 * to be off. */
static gboolean
expands_equally (const MigdescHost *first,
                 const MigdescHost *host)
{
  guint32 n_matched = 0;

  for (guint32 i = 0; i < host->model->n_params; i++)
    {
      const MigdescParamCore *param = &host->model->params[i];
      gboolean is_off = migdesc_param_is_off (param, host->values[i]);
      guint32 match = host->variables[i];
      const MigdescParamCore *other;
      gboolean other_is_off;

      if (match >= first->model->n_params)
        {
          if (!is_off)
            return FALSE;
          continue;
        }
      other = &first->model->params[match];
      other_is_off = migdesc_param_is_off (other, first->values[match]);
      if (is_off != other_is_off
          || (!is_off && (param->type != other->type
                          || !migdesc_value_equal ((MigdescValueType) param->type, host->values[i],
                                                   first->values[match]))))
        return FALSE;
      n_matched += !is_off;
    }
  return n_matched == count_in_effect (first);
}

static gboolean
host_takes_version (const MigdescHosts *hosts,
                    guint32 position,
                    const MigdescName *name)
{
  const MigdescHost *first = &hosts->hosts[0];
  const MigdescHost *host = &hosts->hosts[position];
  guint32 version = migdesc_model_core_find_version (host->model, name->text, name->length);

  if (version == MIGDESC_NOT_FOUND || host->model->version_only != first->model->version_only)
    return FALSE;
  if (host->model->version_only)
    return version_alone_is_accepted (host->model, version);
  fill (host, version);
  return expands_equally (first, host) && host_accepts (host, host->model->versions[version].hash);
}

static gboolean
all_take_version (const MigdescHosts *hosts,
                  guint32 version,
                  guint64 *work)
{
  const MigdescHost *first = &hosts->hosts[0];

  if (!first->model->version_only)
    fill (first, version);
  for (guint32 h = 0; h < hosts->n_hosts; h++)
    {
      const MigdescHost *host = &hosts->hosts[h];
      guint64 cost = host->cost + (has_flags (host->model) ? host->model->n_versions : 0);

      if (cost >= *work)
        {
          *work = 0;
          return FALSE;
        }
      *work -= cost;
      if (!host_takes_version (hosts, h, &first->model->versions[version].key))
        return FALSE;
    }
  return TRUE;
}

/* The first host's newest, or MIGDESC_NOT_FOUND; *@too_long: it was too much work to tell. */
static guint32
find_version (const MigdescHosts *hosts,
              gboolean *too_long)
{
  const MigdescModelCore *first = hosts->hosts[0].model;
  guint64 work = MAX_VERSION_WORK;

  for (guint32 v = first->n_versions; v > 0 && work > 0; v--)
    if (all_take_version (hosts, v - 1, &work))
      return v - 1;
  *too_long = work == 0;
  return MIGDESC_NOT_FOUND;
}

/* --- Param by param -------------------------------------------------- */

static MigdescConfig *
make_config (const MigdescHost *first)
{
  const MigdescModelCore *model = first->model;
  g_autofree guint32 *foreign = g_new (guint32, model->n_params + 1);
  guint n_foreign = 0;

  /* Strings may be another host's. */
  for (guint32 i = 0; i < model->n_params; i++)
    if (model->params[i].type == MIGDESC_VALUE_TYPE_STRING)
      foreign[n_foreign++] = i;
  return migdesc_config_new (first->store, model, first->values,
                             migdesc_model_core_hash_values (model, first->values), foreign,
                             n_foreign);
}

static MigdescConfig *
make_config_of_assignment (const MigdescHosts *hosts,
                           const MigdescSearch *search)
{
  const MigdescHost *first = &hosts->hosts[0];

  for (guint32 i = 0; i < first->model->n_params; i++)
    {
      const MigdescChoice *choice = migdesc_search_choice (search, i);

      first->values[i] = choice->off ? first->model->params[i].off : choice->value;
    }
  return make_config (first);
}

static MigdescSearchOutcome
search_with (MigdescSearch *search,
             MigdescHosts *hosts,
             guint8 mask)
{
  MigdescSearchOutcome outcome = migdesc_search_begin (search, mask, ALL_HOSTS);

  if (outcome == MIGDESC_SEARCH_FOUND)
    outcome = migdesc_search_run (search, accept_assignment, hosts);
  return outcome;
}

/* First of what every host takes for sure; only where there is nothing, of what some may still
 * refuse. */
static void
find_combination (MigdescHosts *hosts,
                  guint64 max_steps,
                  MigdescBest *best)
{
  g_auto (MigdescSearch) search = { NULL };
  MigdescSearchOutcome outcome;

  migdesc_hosts_make_choices (hosts);
  migdesc_search_init (&search, hosts->variables, hosts->n_variables, max_steps);
  for (guint32 h = 0; h < hosts->n_hosts; h++)
    migdesc_search_add_side (&search, hosts->hosts[h].model, hosts->hosts[h].variables, ALL_HOSTS);
  migdesc_search_prepare (&search);
  outcome = search_with (&search, hosts, MIGDESC_BASE_DECIDED);
  if (outcome == MIGDESC_SEARCH_FOUND)
    {
      best->verdict = MIGDESC_VERDICT_COMPATIBLE;
      best->config = make_config_of_assignment (hosts, &search);
    }
  else if (outcome == MIGDESC_SEARCH_NONE && hosts->any_open)
    {
      outcome = search_with (&search, hosts, MIGDESC_BASE_DECIDED | MIGDESC_BASE_OPEN);
      if (outcome == MIGDESC_SEARCH_FOUND)
        best->verdict = MIGDESC_VERDICT_UNDECIDED;
    }
  best->too_long = outcome == MIGDESC_SEARCH_TOO_LONG;
  best->n_tried = max_steps - search.steps;
}

static gboolean
all_have_params (const MigdescHosts *hosts)
{
  for (guint32 h = 0; h < hosts->n_hosts; h++)
    if (hosts->hosts[h].model->version_only)
      return FALSE;
  return TRUE;
}

static gboolean
all_can_migrate (const MigdescHosts *hosts)
{
  for (guint32 h = 0; h < hosts->n_hosts; h++)
    if (hosts->hosts[h].model->support == MIGDESC_SUPPORT_NONE)
      return FALSE;
  return TRUE;
}

void
migdesc_hosts_find_best (MigdescHosts *hosts,
                         guint64 max_steps,
                         MigdescBest *best)
{
  const MigdescHost *first = &hosts->hosts[0];
  guint32 version;

  memset (best, 0, sizeof *best);
  best->verdict = MIGDESC_VERDICT_INCOMPATIBLE;
  if (!all_can_migrate (hosts))
    return;
  version = find_version (hosts, &best->too_long);
  if (version != MIGDESC_NOT_FOUND)
    {
      best->verdict = MIGDESC_VERDICT_COMPATIBLE;
      if (!first->model->version_only)
        fill (first, version);
      best->config = first->model->version_only
                       ? migdesc_config_new_version_only (first->store, first->model, version)
                       : make_config (first);
    }
  else if (!best->too_long && all_have_params (hosts))
    find_combination (hosts, max_steps, best);
  if (best->too_long)
    best->verdict = MIGDESC_VERDICT_UNDECIDED;
}
