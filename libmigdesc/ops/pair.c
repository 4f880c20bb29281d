/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "ops/pair.h"

#include <string.h>

#include "model/codes.h"
#include "ops/list.h"
#include "ops/versions.h"

/* What a param is at one side: nothing there, off, or a value in effect */
typedef struct
{
  const MigdescParamCore *param; /* NULL: the side has no such param */
  MigdescValue value;
} Effect;

static gboolean
is_in_effect (const Effect *effect)
{
  return effect->param != NULL && !migdesc_param_is_off (effect->param, effect->value);
}

static void
append_effect (GString *message,
               const Effect *effect,
               const char *side)
{
  if (effect->param == NULL)
    g_string_append_printf (message, "not there at %s", side);
  else
    {
      migdesc_words_append_value (message, (MigdescValueType) effect->param->type, effect->value);
      g_string_append_printf (message, "%s at %s", is_in_effect (effect) ? "" : ", which is off,",
                              side);
    }
}

static void
set_place (MigdescFindingCore *finding,
           const MigdescAnswer *answer,
           const Effect *source,
           const Effect *destination)
{
  finding->param = g_strdup (source->param != NULL ? source->param->name
                                                   : destination->param->name);
  if (destination->param == NULL)
    {
      finding->pointer = migdesc_pointer_to_member (answer->model_name, "params");
      return;
    }
  finding->pointer = migdesc_pointer_to_param (answer->model_name, finding->param);
  finding->accepted = migdesc_accepted_values (answer->store, destination->param);
}

static void
set_source (MigdescFindingCore *finding,
            const Effect *source,
            const Effect *destination)
{
  MigdescValueType type;
  MigdescValue parsed;
  g_autoptr (GString) text = NULL;

  if (source->param == NULL)
    return;
  type = (MigdescValueType) source->param->type;
  text = g_string_new (NULL);
  migdesc_value_append_text (text, type, source->value);
  /* of the destination's type, if it can be */
  if (destination->param != NULL
      && migdesc_value_parse (destination->param->type, text->str, text->len, &parsed)
             == MIGDESC_VALUE_OK)
    type = (MigdescValueType) destination->param->type;
  migdesc_finding_set_source (finding, type, text->str);
}

/* Over a version, what the source says of a param can be listed, if the destination takes it. */
static char *
remedy_by_listing (const MigdescTrial *destination_side,
                   const Effect *source,
                   const Effect *destination)
{
  GString *text;

  if (destination_side->version == MIGDESC_NOT_FOUND || !is_in_effect (source)
      || destination->param == NULL || source->param->type != destination->param->type
      || !migdesc_param_core_accepts (destination->param, source->value)
      || migdesc_param_is_off (destination->param, source->value))
    return NULL;
  text = g_string_new ("list ");
  migdesc_words_append_setting (text, source->param, source->value);
  g_string_append (text, " beside the version");
  return g_string_free (text, FALSE);
}

static void
say_differs (MigdescTrial *side,
             const char *code,
             const Effect *source,
             const Effect *destination)
{
  MigdescAnswer *answer = &side->answer;
  MigdescFindingCore *finding;
  GString *message;

  if (!migdesc_answer_note (answer, MIGDESC_SEVERITY_BLOCKER))
    return;
  finding = migdesc_answer_start (answer, code, MIGDESC_SEVERITY_BLOCKER);
  set_place (finding, answer, source, destination);
  set_source (finding, source, destination);
  message = g_string_new (NULL);
  migdesc_words_append_name (message, finding->param);
  g_string_append (message, " is ");
  append_effect (message, source, answer->voice->there);
  g_string_append (message, " and ");
  append_effect (message, destination, answer->voice->here);
  finding->message = g_string_free (message, FALSE);
  finding->remedy = remedy_by_listing (side, source, destination);
  migdesc_report_take (answer->report, finding);
}

static void
say_types_differ (MigdescTrial *side,
                  const Effect *source,
                  const Effect *destination)
{
  MigdescAnswer *answer = &side->answer;
  MigdescFindingCore *finding;
  GString *message;

  if (!migdesc_answer_note (answer, MIGDESC_SEVERITY_BLOCKER))
    return;
  finding = migdesc_answer_start (answer, MIGDESC_CODE_VERSION_DIFFERS, MIGDESC_SEVERITY_BLOCKER);
  set_place (finding, answer, source, destination);
  set_source (finding, source, destination);
  message = g_string_new (NULL);
  migdesc_words_append_name (message, finding->param);
  g_string_append_printf (
      message, " is of type %s at %s and of type %s at %s",
      migdesc_value_type_to_string ((MigdescValueType) source->param->type), answer->voice->there,
      migdesc_value_type_to_string ((MigdescValueType) destination->param->type),
      answer->voice->here);
  finding->message = g_string_free (message, FALSE);
  migdesc_report_take (answer->report, finding);
}

static void
compare_effects (MigdescTrial *side,
                 const Effect *source,
                 const Effect *destination)
{
  gboolean source_on = is_in_effect (source);
  gboolean destination_on = is_in_effect (destination);
  gboolean equal;

  if (source->param != NULL && destination->param != NULL
      && source->param->type != destination->param->type)
    {
      say_types_differ (side, source, destination);
      return;
    }
  /* A param that one side lacks is nothing to compare while the other has it off. */
  if (!source_on && !destination_on && (source->param == NULL || destination->param == NULL))
    return;
  equal = source->param != NULL && destination->param != NULL
          && migdesc_value_equal ((MigdescValueType) source->param->type, source->value,
                                  destination->value);
  if (!equal)
    say_differs (side, MIGDESC_CODE_VERSION_DIFFERS, source, destination);
  else if (source_on != destination_on)
    say_differs (side, MIGDESC_CODE_OFF_VALUE_DIFFERS, source, destination);
}

/* The other model's param of that name. Descriptors of one model mostly have their params in the
 * same places. */
static guint32
find_other (const MigdescModelCore *model,
            guint32 hint,
            const MigdescName *name)
{
  if (hint < model->n_params)
    {
      const MigdescName *here = &model->params[hint].key;

      if (here->length == name->length && memcmp (here->text, name->text, name->length) == 0)
        return hint;
    }
  return migdesc_model_core_find_param (model, name->text, name->length);
}

/* Params of the source that the list names and the destination does not know have their finding. */
static gboolean
is_reported_unknown (const MigdescTrial *destination,
                     const MigdescTrial *source,
                     guint32 param)
{
  for (guint i = 0; i < source->n_pairs; i++)
    if (source->pairs[i].param == param)
      return destination->pairs[i].state == MIGDESC_PAIR_UNKNOWN;
  return FALSE;
}

static void
check_source_param (MigdescTrial *destination,
                    const MigdescTrial *source,
                    guint32 position,
                    guint32 match)
{
  const MigdescParamCore *param = &source->model->params[position];
  Effect source_effect = { .param = param, .value = source->values[position] };
  Effect destination_effect = { .param = NULL };

  if (match == MIGDESC_NOT_FOUND)
    {
      if (!is_in_effect (&source_effect) || is_reported_unknown (destination, source, position)
          || !migdesc_trial_wants_name (destination, param->name))
        return;
    }
  else
    {
      if (migdesc_trial_is_bad (destination, match)
          || !migdesc_trial_wants_param (destination, match))
        return;
      destination_effect.param = &destination->model->params[match];
      destination_effect.value = destination->values[match];
    }
  compare_effects (destination, &source_effect, &destination_effect);
}

/* Params that the source lacks must be off. */
static void
check_destination_only (MigdescTrial *destination,
                        const MigdescTrial *source)
{
  const MigdescModelCore *model = destination->model;
  Effect none = { .param = NULL };

  for (guint32 i = 0; i < model->n_params; i++)
    {
      Effect effect = { .param = &model->params[i], .value = destination->values[i] };

      if (!migdesc_trial_is_bad (destination, i) && migdesc_trial_wants_param (destination, i)
          && find_other (source->model, i, &model->params[i].key) == MIGDESC_NOT_FOUND)
        compare_effects (destination, &none, &effect);
    }
}

/* A model of versions alone has its version as a param, always in effect, which a model with params
 * lacks. */
static void
say_version_alone (MigdescTrial *destination)
{
  MigdescAnswer *answer = &destination->answer;
  const char *version = migdesc_trial_version_name (destination);
  gboolean is_here = destination->model->version_only;
  MigdescFindingCore *finding;
  GString *message;

  if (!migdesc_trial_wants_name (destination, "version")
      || !migdesc_answer_note (answer, MIGDESC_SEVERITY_BLOCKER))
    return;
  finding = migdesc_answer_start (answer, MIGDESC_CODE_VERSION_DIFFERS, MIGDESC_SEVERITY_BLOCKER);
  finding->param = g_strdup ("version");
  finding->pointer = migdesc_pointer_to_member (answer->model_name,
                                                is_here ? "versions" : "params");
  message = g_string_new (answer->voice->here);
  g_string_append (message, is_here ? " is version " : " has params, and ");
  if (is_here)
    {
      finding->accepted = migdesc_version_names (answer->store, destination->model);
      migdesc_words_append_quoted (message, version);
      g_string_append_printf (message, " and nothing else, and %s has params",
                              answer->voice->there);
    }
  else
    {
      migdesc_finding_set_source (finding, MIGDESC_VALUE_TYPE_STRING, version);
      g_string_append_printf (message, "%s is version ", answer->voice->there);
      migdesc_words_append_quoted (message, version);
      g_string_append (message, " and nothing else");
    }
  finding->message = g_string_free (message, FALSE);
  migdesc_report_take (answer->report, finding);
}

void
migdesc_pair_check_values (MigdescTrial *destination,
                           MigdescTrial *source)
{
  guint32 n_matches = 0;

  if (destination->model == source->model)
    return;
  if (destination->model->version_only != source->model->version_only)
    say_version_alone (destination);
  for (guint32 i = 0; i < source->model->n_params; i++)
    {
      guint32 match = find_other (destination->model, i, &source->model->params[i].key);

      n_matches += match != MIGDESC_NOT_FOUND;
      check_source_param (destination, source, i, match);
      if (migdesc_answer_is_settled (&destination->answer))
        return;
    }
  if (n_matches < destination->model->n_params)
    check_destination_only (destination, source);
}

void
migdesc_pair_say_not_expandable (MigdescAnswer *answer,
                                 const char *why)
{
  MigdescFindingCore *finding;
  GString *message;

  if (!migdesc_answer_note (answer, MIGDESC_SEVERITY_WARNING))
    return;
  finding = migdesc_answer_start (answer, MIGDESC_CODE_SOURCE_NOT_EXPANDABLE,
                                  MIGDESC_SEVERITY_WARNING);
  message = g_string_new (NULL);
  g_string_append_printf (message, "what %s says of the list cannot be compared",
                          answer->voice->there);
  if (why != NULL)
    g_string_append_printf (message, ": %s", why);
  finding->message = g_string_free (message, FALSE);
  migdesc_report_take (answer->report, finding);
}

static const MigdescVersionCore *
newest (const MigdescModelCore *model)
{
  return model->n_versions > 0 ? &model->versions[model->n_versions - 1] : NULL;
}

static gboolean
knows (const MigdescModelCore *model,
       const MigdescVersionCore *version)
{
  return migdesc_model_core_find_version (model, version->key.text, version->key.length)
         != MIGDESC_NOT_FOUND;
}

/* Where each side knows the newest version of both, either may be taken for the newer one, and a
 * promise of either holds. */
static gboolean
is_promised (const MigdescModelCore *source,
             const MigdescVersionCore *from,
             const MigdescModelCore *destination,
             const MigdescVersionCore *to)
{
  if (knows (destination, from) && migdesc_promise_of (destination, to) >= MIGDESC_SUPPORT_FORWARD)
    return TRUE;
  return knows (source, to)
         && migdesc_promise_of (source, from) == MIGDESC_SUPPORT_BIDIRECTIONAL;
}

static gboolean
lists_test (const MigdescModelCore *model,
            const MigdescVersionCore *from,
            const MigdescVersionCore *to)
{
  guint32 from_position = migdesc_model_core_find_version (model, from->key.text, from->key.length);
  guint32 to_position = migdesc_model_core_find_version (model, to->key.text, to->key.length);

  if (from_position == MIGDESC_NOT_FOUND || to_position == MIGDESC_NOT_FOUND)
    return FALSE;
  for (guint32 v = 0; v < model->n_versions; v++)
    {
      const MigdescVersionMore *more = model->versions[v].more;

      for (guint32 i = 0; i < more->n_tested; i++)
        if (more->tested[i].from == from_position && more->tested[i].to == to_position)
          return TRUE;
    }
  return FALSE;
}

static void
append_version (GString *message,
                const MigdescVersionCore *version)
{
  if (version == NULL)
    g_string_append (message, "a model without versions");
  else
    {
      g_string_append (message, "version ");
      migdesc_words_append_quoted (message, version->name);
    }
}

static void
say_direction (MigdescAnswer *answer,
               const char *code,
               const char *words,
               const MigdescVersionCore *from,
               const MigdescVersionCore *to)
{
  MigdescFindingCore *finding;
  GString *message;

  if (!migdesc_answer_note (answer, MIGDESC_SEVERITY_WARNING))
    return;
  finding = migdesc_answer_start (answer, code, MIGDESC_SEVERITY_WARNING);
  message = g_string_new ("migration from ");
  append_version (message, from);
  g_string_append (message, " to ");
  append_version (message, to);
  g_string_append (message, words);
  finding->message = g_string_free (message, FALSE);
  finding->pointer = migdesc_pointer_to_member (answer->model_name, "versions");
  migdesc_report_take (answer->report, finding);
}

void
migdesc_pair_check_direction (MigdescAnswer *answer,
                              const MigdescModelCore *source)
{
  const MigdescModelCore *destination = answer->model;
  const MigdescVersionCore *from = newest (source);
  const MigdescVersionCore *to = newest (destination);

  if (from == to || (from != NULL && to != NULL && strcmp (from->name, to->name) == 0))
    return;
  /* What has no version is known to nobody. */
  if (from == NULL || to == NULL || !is_promised (source, from, destination, to))
    say_direction (answer, MIGDESC_CODE_DIRECTION_NOT_PROMISED, " is not promised", from, to);
  else if (!lists_test (source, from, to) && !lists_test (destination, from, to))
    say_direction (answer, MIGDESC_CODE_DIRECTION_NOT_TESTED, " is promised but not tested", from,
                   to);
}
