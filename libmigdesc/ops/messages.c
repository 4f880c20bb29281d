/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "ops/messages.h"

#include "ops/remedy.h"

static void
take (MigdescAnswer *answer,
      MigdescFindingCore *finding,
      GString *message,
      char *remedy)
{
  finding->message = g_string_free (message, FALSE);
  finding->remedy = remedy;
  migdesc_report_take (answer->report, finding);
}

static MigdescFindingCore *
start_about_param (MigdescAnswer *answer,
                   const char *code,
                   MigdescSeverity severity,
                   const MigdescParamCore *param)
{
  MigdescFindingCore *finding = migdesc_answer_start (answer, code, severity);

  finding->param = g_strdup (param->name);
  finding->pointer = migdesc_pointer_to_param (answer->model_name, param->name);
  finding->accepted = migdesc_accepted_values (answer->store, param);
  return finding;
}

void
migdesc_say_model_not_supported (MigdescAnswer *answer)
{
  MigdescFindingCore *finding;
  GString *message;

  if (!migdesc_answer_note (answer, MIGDESC_SEVERITY_BLOCKER))
    return;
  finding = migdesc_answer_start (answer, MIGDESC_CODE_MODEL_NOT_SUPPORTED,
                                  MIGDESC_SEVERITY_BLOCKER);
  finding->pointer = migdesc_pointer_to_member (NULL, NULL);
  message = g_string_new (answer->voice->here);
  g_string_append (message, " has no model ");
  migdesc_words_append_quoted (message, answer->model_name);
  migdesc_remedy_append_nearest_models (message, answer->store, answer->model_name,
                                        &answer->budget);
  take (answer, finding, message,
        migdesc_remedy_for_model (answer->store, answer->model_name, &answer->budget));
}

void
migdesc_say_other_model (MigdescAnswer *answer,
                         const char *name)
{
  MigdescFindingCore *finding;
  GString *message;

  if (!migdesc_answer_note (answer, MIGDESC_SEVERITY_BLOCKER))
    return;
  finding = migdesc_answer_start (answer, MIGDESC_CODE_MODEL_NOT_SUPPORTED,
                                  MIGDESC_SEVERITY_BLOCKER);
  finding->pointer = migdesc_pointer_to_member (answer->model_name, NULL);
  message = g_string_new ("the list is for model ");
  migdesc_words_append_quoted (message, name);
  g_string_append (message, ", not for ");
  migdesc_words_append_quoted (message, answer->model_name);
  take (answer, finding, message, NULL);
}

void
migdesc_say_param_unknown (MigdescAnswer *answer,
                           const MigdescPair *pair,
                           const MigdescParamCore *source)
{
  MigdescFindingCore *finding;
  GString *message;

  if (!migdesc_answer_note (answer, MIGDESC_SEVERITY_BLOCKER))
    return;
  finding = migdesc_answer_start (answer, MIGDESC_CODE_PARAM_UNKNOWN, MIGDESC_SEVERITY_BLOCKER);
  finding->param = g_strdup (pair->name);
  finding->pointer = migdesc_pointer_to_member (answer->model_name, "params");
  migdesc_finding_set_source (finding, source != NULL ? source->type : MIGDESC_VALUE_TYPE_STRING,
                              pair->value);
  message = g_string_new (answer->voice->here);
  g_string_append (message, " has no param ");
  migdesc_words_append_quoted (message, pair->name);
  take (
      answer, finding, message,
      migdesc_remedy_for_param (answer->voice, answer->model, pair->name, source, &answer->budget));
}

static const char *const type_words[] = {
  [MIGDESC_VALUE_TYPE_BOOL] = "a bool (on or off)",
  [MIGDESC_VALUE_TYPE_INT] = "an int (0 to 18446744073709551615)",
  [MIGDESC_VALUE_TYPE_STRING] = "a str",
};

void
migdesc_say_param_type (MigdescAnswer *answer,
                        const MigdescParamCore *param,
                        const MigdescPair *pair,
                        const MigdescParamCore *source)
{
  MigdescFindingCore *finding;
  GString *message;

  if (!migdesc_answer_note (answer, MIGDESC_SEVERITY_BLOCKER))
    return;
  finding = start_about_param (answer, MIGDESC_CODE_PARAM_TYPE, MIGDESC_SEVERITY_BLOCKER, param);
  migdesc_finding_set_source (finding, source != NULL ? source->type : MIGDESC_VALUE_TYPE_STRING,
                              pair->value);
  message = g_string_new (NULL);
  migdesc_words_append_name (message, param->name);
  g_string_append_printf (message, " is %s, and ", type_words[param->type]);
  migdesc_words_append_quoted (message, pair->value);
  g_string_append (message, " is not");
  take (answer, finding, message,
        migdesc_remedy_for_accepted (answer->voice, param, finding->accepted));
}

void
migdesc_say_value_not_allowed (MigdescAnswer *answer,
                               const MigdescParamCore *param,
                               MigdescValue value,
                               const char *text)
{
  MigdescFindingCore *finding;
  GString *message;

  if (!migdesc_answer_note (answer, MIGDESC_SEVERITY_BLOCKER))
    return;
  finding = start_about_param (answer, MIGDESC_CODE_PARAM_VALUE_NOT_ALLOWED,
                               MIGDESC_SEVERITY_BLOCKER, param);
  migdesc_finding_set_source (finding, param->type, text);
  message = g_string_new (NULL);
  migdesc_words_append_setting (message, param, value);
  g_string_append_printf (message, " is not allowed; %s accepts ", answer->voice->here);
  migdesc_words_append_accepted (message, param);
  take (answer, finding, message,
        migdesc_remedy_for_value (answer->voice, param, finding->accepted, value, &answer->budget));
}

void
migdesc_say_value_undecided (MigdescAnswer *answer,
                             const MigdescParamCore *param,
                             MigdescValue value,
                             const char *text)
{
  MigdescFindingCore *finding;
  GString *message;
  GString *remedy;

  migdesc_answer_note_undecided (answer);
  if (!migdesc_answer_note (answer, MIGDESC_SEVERITY_WARNING))
    return;
  finding = start_about_param (answer, MIGDESC_CODE_VALUE_UNDECIDED, MIGDESC_SEVERITY_WARNING,
                               param);
  migdesc_finding_set_source (finding, param->type, text);
  message = g_string_new (NULL);
  migdesc_words_append_setting (message, param, value);
  g_string_append_printf (message,
                          " may be refused: %s does not say which values of it are allowed",
                          answer->voice->here);
  remedy = g_string_new (answer->voice->change);
  g_string_append_c (remedy, ' ');
  migdesc_words_append_setting (remedy, param, param->init);
  take (answer, finding, message, g_string_free (remedy, FALSE));
}

void
migdesc_say_param_required (MigdescAnswer *answer,
                            const MigdescParamCore *param)
{
  MigdescFindingCore *finding;
  GString *message;

  if (!migdesc_answer_note (answer, MIGDESC_SEVERITY_BLOCKER))
    return;
  finding = start_about_param (answer, MIGDESC_CODE_PARAM_REQUIRED, MIGDESC_SEVERITY_BLOCKER,
                               param);
  message = g_string_new ("the list leaves out ");
  migdesc_words_append_name (message, param->name);
  g_string_append_printf (message, ", which has no off value; %s accepts ", answer->voice->here);
  migdesc_words_append_accepted (message, param);
  take (answer, finding, message,
        migdesc_remedy_for_accepted (answer->voice, param, finding->accepted));
}

static void
append_values_of (GString *message,
                  const MigdescModelCore *model,
                  const MigdescCondition *conditions,
                  guint32 n,
                  const MigdescValue *values)
{
  for (guint32 i = 0; i < n; i++)
    {
      guint32 position = conditions[i].param;

      g_string_append (message, message->str[message->len - 1] == '(' ? "" : ", ");
      migdesc_words_append_setting (message, &model->params[position], values[position]);
    }
}

void
migdesc_say_constraint_violated (MigdescAnswer *answer,
                                 guint32 constraint,
                                 const MigdescValue *values)
{
  const MigdescConstraintCore *rule = &answer->model->constraints[constraint];
  g_autoptr (GString) text = NULL;
  MigdescFindingCore *finding;
  GString *message;

  if (!migdesc_answer_note (answer, MIGDESC_SEVERITY_BLOCKER))
    return;
  finding = migdesc_answer_start (answer, MIGDESC_CODE_CONSTRAINT_VIOLATED,
                                  MIGDESC_SEVERITY_BLOCKER);
  finding->pointer = migdesc_pointer_to_position (answer->model_name, "constraints", constraint);
  text = g_string_new (NULL);
  migdesc_constraint_core_append_text (text, answer->model, rule);
  message = g_string_new (NULL);
  migdesc_words_append_name (message, text->str);
  g_string_append (message, " is violated (");
  append_values_of (message, answer->model, rule->when, MIN (rule->n_when, 8), values);
  append_values_of (message, answer->model, rule->then, MIN (rule->n_then, 8), values);
  g_string_append_c (message, ')');
  if (rule->description != NULL)
    {
      g_string_append (message, ": ");
      migdesc_words_append_name (message, rule->description);
    }
  take (answer, finding, message,
        migdesc_remedy_for_constraint (answer->voice, answer->model, rule, values));
}

static MigdescFindingCore *
start_about_versions (MigdescAnswer *answer,
                      const char *code)
{
  MigdescFindingCore *finding = migdesc_answer_start (answer, code, MIGDESC_SEVERITY_BLOCKER);

  finding->pointer = migdesc_pointer_to_member (answer->model_name, "versions");
  if (answer->model->version_only)
    finding->accepted = migdesc_version_names (answer->store, answer->model);
  return finding;
}

void
migdesc_say_version_required (MigdescAnswer *answer)
{
  const MigdescModelCore *model = answer->model;
  GString *remedy;

  if (!migdesc_answer_note (answer, MIGDESC_SEVERITY_BLOCKER))
    return;
  remedy = g_string_new ("name a version, such as version=");
  migdesc_words_append_name (remedy, model->versions[model->n_versions - 1].name);
  take (answer, start_about_versions (answer, MIGDESC_CODE_VERSION_REQUIRED),
        g_string_new ("the model has versions and no params, and the list names no version"),
        g_string_free (remedy, FALSE));
}

void
migdesc_say_version_unknown (MigdescAnswer *answer,
                             const char *version)
{
  const MigdescModelCore *model = answer->model;
  MigdescFindingCore *finding;
  GString *message;

  if (!migdesc_answer_note (answer, MIGDESC_SEVERITY_BLOCKER))
    return;
  finding = start_about_versions (answer, MIGDESC_CODE_VERSION_UNKNOWN);
  migdesc_finding_set_source (finding, MIGDESC_VALUE_TYPE_STRING, version);
  message = g_string_new (answer->voice->here);
  g_string_append (message, " has no version ");
  migdesc_words_append_quoted (message, version);
  if (model->n_versions == 0)
    g_string_append (message, ", for it has no versions");
  else
    {
      g_string_append (message, "; its newest is ");
      migdesc_words_append_quoted (message, model->versions[model->n_versions - 1].name);
    }
  take (answer, finding, message,
        migdesc_remedy_for_version (answer->voice, model, version, &answer->budget));
}

static GString *
start_on_equal_version (MigdescAnswer *answer,
                        MigdescFindingCore *finding,
                        guint32 version)
{
  const char *name = answer->model->versions[version].name;
  GString *message = g_string_new ("the configuration is that of version ");

  finding->pointer = migdesc_pointer_to_position (answer->model_name, "versions", version);
  migdesc_words_append_quoted (message, name);
  return message;
}

void
migdesc_say_version_not_creatable (MigdescAnswer *answer,
                                   guint32 version)
{
  MigdescFindingCore *finding;
  GString *message;
  guint32 latest;

  if (!migdesc_answer_note (answer, MIGDESC_SEVERITY_BLOCKER))
    return;
  finding = migdesc_answer_start (answer, MIGDESC_CODE_VERSION_NOT_CREATABLE,
                                  MIGDESC_SEVERITY_BLOCKER);
  latest = migdesc_model_core_latest_creatable (answer->model);
  if (version == MIGDESC_NOT_FOUND)
    {
      finding->pointer = migdesc_pointer_to_member (answer->model_name, "versions");
      message = g_string_new (answer->voice->here);
      g_string_append (message, answer->model->n_versions == 0
                                    ? " has no versions"
                                    : " has no version that can be created");
    }
  else
    {
      message = start_on_equal_version (answer, finding, version);
      g_string_append (message, ", which cannot be created");
    }
  take (answer, finding, message,
        migdesc_remedy_for_other_version (answer->voice, answer->model, latest));
}

static guint32
latest_loadable (const MigdescModelCore *model)
{
  for (guint32 i = model->n_versions; i > 0; i--)
    if (model->versions[i - 1].can_load)
      return i - 1;
  return MIGDESC_NOT_FOUND;
}

void
migdesc_say_version_not_loadable (MigdescAnswer *answer,
                                  guint32 version)
{
  MigdescFindingCore *finding;
  GString *message;

  if (!migdesc_answer_note (answer, MIGDESC_SEVERITY_BLOCKER))
    return;
  finding = migdesc_answer_start (answer, MIGDESC_CODE_VERSION_NOT_LOADABLE,
                                  MIGDESC_SEVERITY_BLOCKER);
  message = start_on_equal_version (answer, finding, version);
  g_string_append_printf (message, ", which %s cannot load", answer->voice->here);
  take (answer, finding, message,
        migdesc_remedy_for_other_version (answer->voice, answer->model,
                                          latest_loadable (answer->model)));
}

void
migdesc_say_unmigratable (MigdescAnswer *answer,
                          const MigdescModelCore *model,
                          guint32 version,
                          gboolean at_other)
{
  const MigdescVersionCore *record = version != MIGDESC_NOT_FOUND ? &model->versions[version]
                                                                  : NULL;
  const char *blocker = record != NULL ? record->more->blocker : model->blocker;
  MigdescFindingCore *finding;
  GString *message;

  if (!migdesc_answer_note (answer, MIGDESC_SEVERITY_BLOCKER))
    return;
  finding = migdesc_answer_start (answer, MIGDESC_CODE_UNMIGRATABLE, MIGDESC_SEVERITY_BLOCKER);
  message = g_string_new (record != NULL ? "version " : "model ");
  migdesc_words_append_quoted (message, record != NULL ? record->name : model->name);
  g_string_append_printf (message, " cannot be migrated, by what %s says",
                          at_other ? answer->voice->there : answer->voice->here);
  if (blocker != NULL)
    {
      g_string_append (message, ": ");
      migdesc_words_append_name (message, blocker);
    }
  /* Pointers are into the document of the side that the answer is about. */
  if (!at_other && record != NULL)
    finding->pointer = migdesc_pointer_to_position (answer->model_name, "versions", version);
  else if (!at_other)
    finding->pointer = migdesc_pointer_to_member (answer->model_name, NULL);
  take (answer, finding, message, NULL);
}
