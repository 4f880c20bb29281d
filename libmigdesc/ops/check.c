/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <migdesc/migdesc-check.h>

#include <string.h>

#include "model/handles.h"
#include "ops/check.h"
#include "ops/messages.h"
#include "ops/pair.h"
#include "ops/sides.h"
#include "ops/state-schemas.h"

static const char *
first_blocker (const MigdescReport *report)
{
  for (guint i = 0; i < migdesc_report_get_n_findings (report); i++)
    {
      const MigdescFindingCore *finding = migdesc_report_peek (report, i);

      if (finding->severity == MIGDESC_SEVERITY_BLOCKER)
        return finding->message;
    }
  return NULL;
}

/* What the source's descriptor has to say, once the destination has had its say; @destination is
 * NULL if it lacks the model. Only asked for with a report. */
static void
check_source (MigdescTrial *destination,
              MigdescAnswer *answer,
              const MigdescParamList *list,
              MigdescStore *store,
              const MigdescModelCore *model,
              const char *const *only)
{
  const MigdescVoice *voice = answer->voice == &migdesc_voice_check ? &migdesc_voice_return
                                                                    : &migdesc_voice_check;
  gboolean comparable = destination != NULL && destination->has_values;
  /* Of a version that the destination does not know, rule 8 has nothing to say; a version that is
   * missing is another matter. */
  gboolean speaks = comparable || (destination != NULL && list->version == NULL);
  g_autoptr (MigdescReport) report = NULL;
  g_auto (MigdescTrial) source;

  report = migdesc_report_new ();
  migdesc_trial_init (&source, store, model, list, voice, report);
  migdesc_trial_set_only (&source, only);
  migdesc_trial_bind (&source);
  migdesc_side_expand (&source);
  if (source.answer.verdict == MIGDESC_VERDICT_INCOMPATIBLE)
    {
      if (speaks)
        migdesc_pair_say_not_expandable (answer, first_blocker (report));
    }
  else if (comparable)
    migdesc_pair_check_values (destination, &source);
  migdesc_side_check_migratable (&source, answer, TRUE);
  if (destination != NULL)
    migdesc_pair_check_direction (answer, model);
}

/* Rules 2 to 7 without the source's descriptor */
void
migdesc_check_destination (MigdescTrial *trial)
{
  if (!migdesc_side_expand (trial))
    return;
  migdesc_side_check_loadable (trial);
  migdesc_side_check_migratable (trial, &trial->answer, FALSE);
}

void
migdesc_check_both (MigdescTrial *trial,
                    MigdescStore *source)
{
  migdesc_check_destination (trial);
  check_source (trial, &trial->answer, trial->list, source, trial->source, trial->only);
}

static void
say_without_model (MigdescAnswer *answer,
                   MigdescStore *destination,
                   const char *name,
                   const MigdescVoice *voice,
                   MigdescReport *report)
{
  migdesc_answer_init (answer, destination, NULL, name, voice, report);
  migdesc_say_model_not_supported (answer);
}

void
migdesc_check_without_model (MigdescStore *destination,
                             const char *name,
                             MigdescReport *report)
{
  MigdescAnswer answer;

  say_without_model (&answer, destination, name, &migdesc_voice_check, report);
}

static void
check_with_model (MigdescStore *destination,
                  const MigdescModelCore *model,
                  MigdescReport *report,
                  const MigdescVoice *voice,
                  const MigdescParamList *list,
                  MigdescStore *source,
                  const MigdescModelCore *source_model,
                  const char *const *only)
{
  g_auto (MigdescTrial) trial;

  migdesc_trial_init (&trial, destination, model, list, voice, report);
  trial.source = source_model;
  migdesc_trial_set_only (&trial, only);
  migdesc_trial_bind (&trial);
  if (source_model != NULL)
    migdesc_check_both (&trial, source);
  else
    migdesc_check_destination (&trial);
  if (source_model == NULL && source != NULL && (trial.has_values || list->version == NULL))
    migdesc_pair_say_not_expandable (&trial.answer, "it has no such model");
  if (source_model != NULL)
    migdesc_check_state_schemas (&trial.answer, source_model, list->version);
}

const MigdescName *
migdesc_check_find_name (MigdescStore *destination,
                         const MigdescParamList *list,
                         MigdescName *name,
                         GError **error)
{
  if (list->model != NULL)
    {
      name->text = list->model;
      name->length = list->model_length;
      return name;
    }
  if (destination->n_models == 1)
    return &destination->models[0].key;
  g_set_error (error, MIGDESC_ERROR, MIGDESC_ERROR_LIST_MODEL_NEEDED,
               "the list names no model, and the destination has %u", destination->n_models);
  return NULL;
}

MigdescReport *
migdesc_check_named (MigdescStore *destination,
                     const MigdescName *name,
                     const MigdescParamList *list,
                     MigdescStore *source,
                     const char *const *only,
                     const MigdescVoice *voice)
{
  const MigdescModelCore *model = migdesc_store_find_model (destination, name->text, name->length);
  const MigdescModelCore *source_model = NULL;
  MigdescReport *report = migdesc_report_new ();
  MigdescAnswer answer;

  if (source != NULL)
    source_model = migdesc_store_find_model (source, name->text, name->length);
  if (model == NULL)
    {
      say_without_model (&answer, destination, name->text, voice, report);
      if (source_model != NULL)
        check_source (NULL, &answer, list, source, source_model, only);
    }
  else
    check_with_model (destination, model, report, voice, list, source, source_model, only);
  return report;
}

MigdescReport *
migdesc_check_stores (MigdescStore *destination,
                      const MigdescParamList *list,
                      MigdescStore *source,
                      const char *const *only,
                      const MigdescVoice *voice,
                      GError **error)
{
  MigdescName from_list = { NULL };
  const MigdescName *name = migdesc_check_find_name (destination, list, &from_list, error);

  return name != NULL ? migdesc_check_named (destination, name, list, source, only, voice) : NULL;
}

MigdescVerdict
migdesc_check_verdict (MigdescStore *destination,
                       const MigdescParamList *list,
                       const char *const *only,
                       GError **error)
{
  MigdescName from_list = { NULL };
  const MigdescName *name = migdesc_check_find_name (destination, list, &from_list, error);
  const MigdescModelCore *model;
  g_auto (MigdescTrial) trial;

  trial.n_heap = 0;
  if (name == NULL)
    return MIGDESC_VERDICT_INCOMPATIBLE;
  model = migdesc_store_find_model (destination, name->text, name->length);
  if (model == NULL)
    return MIGDESC_VERDICT_INCOMPATIBLE;
  migdesc_trial_init (&trial, destination, model, list, &migdesc_voice_check, NULL);
  migdesc_trial_set_only (&trial, only);
  migdesc_trial_bind (&trial);
  migdesc_check_destination (&trial);
  return trial.answer.verdict;
}

/**
 * migdesc_descriptor_check:
 * @destination: what the destination publishes
 * @list: the source's migration parameter list
 * @source: (nullable): what the source publishes, if known
 * @only: (nullable) (array zero-terminated=1): names of the params that matter, or %NULL for all
 * @error: return location for a #GError
 *
 * Asks whether a device that runs with @list can be migrated to @destination, without creating
 * anything there.
 *
 * The report has a finding for all that speaks against it: `model-not-supported`, `param-unknown`,
 * `param-type`, `param-value-not-allowed`, `param-required`, `constraint-violated`,
 * `version-required`, `version-unknown`, `version-not-loadable` and `unmigratable`;
 * `value-undecided` makes it undecided. With @source also `version-differs` and
 * `off-value-differs`, and the warnings `direction-not-promised`, `direction-not-tested` and
 * `source-not-expandable`. With @only, findings on other params are dropped and constraints that
 * name others skipped, at the source as well: what else it would refuse does not keep it from being
 * compared.
 *
 * A list that names no model is for the destination's only one; %MIGDESC_ERROR_LIST_MODEL_NEEDED if
 * it has several.
 *
 * Returns: (transfer full): the report, or %NULL on error
 *
 * Since: 1.0
 */
MigdescReport *
migdesc_descriptor_check (MigdescDescriptor *destination,
                          const MigdescParamList *list,
                          MigdescDescriptor *source,
                          const char *const *only,
                          GError **error)
{
  g_return_val_if_fail (MIGDESC_IS_DESCRIPTOR (destination), NULL);
  g_return_val_if_fail (list != NULL, NULL);
  g_return_val_if_fail (source == NULL || MIGDESC_IS_DESCRIPTOR (source), NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  return migdesc_check_stores (migdesc_descriptor_get_store (destination), list,
                               source != NULL ? migdesc_descriptor_get_store (source) : NULL, only,
                               &migdesc_voice_check, error);
}

/**
 * migdesc_descriptor_check_text:
 * @destination: what the destination publishes
 * @list: the source's migration parameter list as text
 * @error: return location for a #GError
 *
 * Asks what migdesc_descriptor_check() asks without the source's descriptor, from the text of the
 * list to the report in one call; in a language binding calls are what costs.
 *
 * The errors are those of migdesc_param_list_new_from_string(), and
 * %MIGDESC_ERROR_LIST_MODEL_NEEDED.
 *
 * Returns: (transfer full): the report, or %NULL on error
 *
 * Since: 1.0
 */
MigdescReport *
migdesc_descriptor_check_text (MigdescDescriptor *destination,
                               const char *list,
                               GError **error)
{
  g_autoptr (MigdescParamList) parsed = NULL;

  g_return_val_if_fail (MIGDESC_IS_DESCRIPTOR (destination), NULL);
  g_return_val_if_fail (list != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  parsed = migdesc_param_list_new_from_string (list, error);
  if (parsed == NULL)
    return NULL;
  return migdesc_descriptor_check (destination, parsed, NULL, NULL, error);
}

/**
 * migdesc_descriptor_check_return_path:
 * @destination: what the destination publishes
 * @list: the source's migration parameter list
 * @source: what the source publishes
 * @only: (nullable) (array zero-terminated=1): names of the params that matter, or %NULL for all
 * @error: return location for a #GError
 *
 * Asks whether a device that was migrated from @source to @destination could come back: the same
 * list, checked against @source with @destination as the source's descriptor. The device keeps what
 * it was started with, as a domain does in libvirt, so that the list is the same on the way back.
 * Pointers of the findings are into @source.
 *
 * A list that names no model is for the destination's only one; %MIGDESC_ERROR_LIST_MODEL_NEEDED if
 * it has several.
 *
 * Returns: (transfer full): the report, or %NULL on error
 *
 * Since: 1.0
 */
MigdescReport *
migdesc_descriptor_check_return_path (MigdescDescriptor *destination,
                                      const MigdescParamList *list,
                                      MigdescDescriptor *source,
                                      const char *const *only,
                                      GError **error)
{
  MigdescName from_list = { NULL };
  const MigdescName *name;
  MigdescStore *store;

  g_return_val_if_fail (MIGDESC_IS_DESCRIPTOR (destination), NULL);
  g_return_val_if_fail (list != NULL, NULL);
  g_return_val_if_fail (MIGDESC_IS_DESCRIPTOR (source), NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  store = migdesc_descriptor_get_store (destination);
  name = migdesc_check_find_name (store, list, &from_list, error);
  if (name == NULL)
    return NULL;
  return migdesc_check_named (migdesc_descriptor_get_store (source), name, list, store, only,
                              &migdesc_voice_return);
}
