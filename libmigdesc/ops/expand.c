/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "ops/expand.h"

#include <string.h>

#include "model/config-private.h"
#include "model/handles.h"
#include "ops/messages.h"
#include "ops/rules.h"
#include "ops/trial.h"

/* The word that asks for the newest version that can be created */
#define LATEST "latest"

/* A list that a configuration gave names a version, and that may be called like the word. */
static gboolean
asks_for_latest (const MigdescTrial *trial,
                 const char *version)
{
  const MigdescParamList *list = trial->list;

  if (version == NULL || strcmp (version, LATEST) != 0)
    return FALSE;
  return list == NULL || version != list->version
         || migdesc_model_core_find_version (trial->model, version, list->version_length)
                == MIGDESC_NOT_FOUND;
}

/* Fills the values with what the overrides are laid over. FALSE: there is no such version. */
static gboolean
fill (MigdescTrial *trial,
      const char *version)
{
  const MigdescModelCore *model = trial->model;
  gboolean latest = asks_for_latest (trial, version);
  guint32 position = MIGDESC_NOT_FOUND;

  if (version == NULL && model->version_only)
    migdesc_say_version_required (&trial->answer);
  else if (version == NULL)
    migdesc_trial_fill_from_init (trial);
  else if (latest)
    position = migdesc_model_core_latest_creatable (model);
  else
    position = migdesc_model_core_find_version (model, version, strlen (version));

  if (position != MIGDESC_NOT_FOUND)
    migdesc_trial_fill_from_version (trial, position, TRUE);
  else if (latest)
    migdesc_say_version_not_creatable (&trial->answer, MIGDESC_NOT_FOUND);
  else if (version != NULL)
    migdesc_say_version_unknown (&trial->answer, version);
  return trial->has_values;
}

static gboolean
can_create (const MigdescVersionCore *version)
{
  return version->can_create;
}

static gboolean
can_load (const MigdescVersionCore *version)
{
  return version->can_load;
}

/* Whether the device may be made: to be new, or to be loaded. */
static void
check_flags (MigdescTrial *trial,
             gboolean to_load)
{
  const MigdescModelCore *model = trial->model;
  gboolean (*allows) (const MigdescVersionCore *) = to_load ? can_load : can_create;
  guint32 version = trial->version;

  if (!(to_load ? model->any_unloadable : model->any_uncreatable)
      || !migdesc_trial_has_config (trial))
    return;
  if (!model->version_only)
    version = migdesc_trial_find_refusing (trial, allows);
  else if (allows (&model->versions[version]))
    return;
  if (version != MIGDESC_NOT_FOUND && to_load)
    migdesc_say_version_not_loadable (&trial->answer, version);
  else if (version != MIGDESC_NOT_FOUND)
    migdesc_say_version_not_creatable (&trial->answer, version);
}

/* Strings of overrides live in the list: the configuration has to copy them. */
static MigdescConfig *
make_config (MigdescTrial *trial,
             MigdescStore *store)
{
  g_autofree guint32 *heap = NULL;
  guint32 inline_foreign[MIGDESC_TRIAL_INLINE];
  guint32 *foreign = inline_foreign;
  guint n_foreign = 0;

  if (trial->model->version_only)
    return migdesc_config_new_version_only (store, trial->model, trial->version);
  if (trial->n_pairs > MIGDESC_TRIAL_INLINE)
    foreign = heap = g_new (guint32, trial->n_pairs);
  for (guint i = 0; i < trial->n_pairs; i++)
    if (trial->model->params[trial->pairs[i].param].type == MIGDESC_VALUE_TYPE_STRING)
      foreign[n_foreign++] = trial->pairs[i].param;
  return migdesc_config_new (store, trial->model, trial->values, migdesc_trial_hash (trial),
                             foreign, n_foreign);
}

static void
try_list (MigdescTrial *trial,
          const char *version,
          gboolean to_load)
{
  const MigdescParamList *list = trial->list;

  if (list != NULL && list->model != NULL && strcmp (list->model, trial->model->name) != 0)
    migdesc_say_other_model (&trial->answer, list->model);
  migdesc_trial_bind (trial);
  if (!migdesc_rules_check_pairs (trial) || !fill (trial, version))
    return;
  if (migdesc_rules_check_constraints (trial))
    check_flags (trial, to_load);
}

MigdescConfig *
migdesc_expand (MigdescModel *model,
                const char *version,
                const MigdescParamList *overrides,
                gboolean to_load,
                MigdescReport *report)
{
  MigdescStore *store = migdesc_model_get_store (model);
  g_auto (MigdescTrial) trial;

  migdesc_trial_init (&trial, store, migdesc_model_get_core (model), overrides,
                      &migdesc_voice_expand, report);
  try_list (&trial, version, to_load);
  return trial.answer.verdict == MIGDESC_VERDICT_COMPATIBLE ? make_config (&trial, store) : NULL;
}

/**
 * migdesc_model_expand:
 * @model: a model
 * @version: (nullable): the name of a version to start from, `latest` for the newest that can be
 * created, or %NULL for
 *   the version that @overrides name, or for the init values where they name none; a `latest` that
 * they name is a
 *   version of that name, if there is one
 * @overrides: (nullable): values that differ from the start
 * @report: (out) (optional) (transfer full): return location for the report, which has a finding
 * for all that is wrong
 *
 * Makes the configuration that a device has which is created as @version with @overrides.
 *
 * With a version, every param starts at its off value, or at its init value where it has none, and
 * gets what the version sets; without one, every param starts at its init value. The overrides come
 * last.
 *
 * There is no configuration if the version is not known (`version-unknown`) or missing in a model
 * of versions without params (`version-required`), a param is not known (`param-unknown`), a value
 * is of another type (`param-type`) or not allowed (`param-value-not-allowed`), a constraint is
 * violated (`constraint-violated`), the result is a version that cannot be created
 * (`version-not-creatable`), or the overrides are for another model (`model-not-supported`).
 *
 * Returns: (transfer full) (nullable): the configuration, or %NULL if there is none, for which see
 * @report
 *
 * Since: 1.0
 */
MigdescConfig *
migdesc_model_expand (MigdescModel *model,
                      const char *version,
                      const MigdescParamList *overrides,
                      MigdescReport **report)
{
  g_return_val_if_fail (MIGDESC_IS_MODEL (model), NULL);

  if (version == NULL && overrides != NULL)
    version = overrides->version;
  if (report != NULL)
    *report = migdesc_report_new ();
  return migdesc_expand (model, version, overrides, FALSE, report != NULL ? *report : NULL);
}
