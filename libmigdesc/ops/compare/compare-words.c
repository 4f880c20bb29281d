/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "ops/compare/compare-words.h"

#include "model/codes.h"
#include "ops/list.h"
#include "ops/messages.h"

typedef struct
{
  MigdescAnswer *answer;
  MigdescSeverity severity;
  const MigdescParamCore *source;      /* NULL: only the destination has the param */
  const MigdescParamCore *destination; /* NULL: only the source has it */
} Subject;

static void
say (const Subject *subject,
     const char *code,
     GString *message)
{
  MigdescAnswer *answer = subject->answer;
  const MigdescParamCore *param = subject->destination != NULL ? subject->destination
                                                               : subject->source;
  MigdescFindingCore *finding;

  if (!migdesc_answer_note (answer, subject->severity))
    {
      g_string_free (message, TRUE);
      return;
    }
  finding = migdesc_answer_start (answer, code, subject->severity);
  finding->param = g_strdup (param->name);
  if (subject->destination == NULL)
    finding->pointer = migdesc_pointer_to_member (answer->model_name, "params");
  else
    {
      finding->pointer = migdesc_pointer_to_param (answer->model_name, param->name);
      finding->accepted = migdesc_accepted_values (answer->store, param);
    }
  finding->message = g_string_free (message, FALSE);
  migdesc_report_take (answer->report, finding);
}

static GString *
begin (const Subject *subject)
{
  GString *message = g_string_new (NULL);

  migdesc_words_append_name (message, subject->destination != NULL ? subject->destination->name
                                                                   : subject->source->name);
  return message;
}

static void
say_unknown (const Subject *subject)
{
  GString *message = g_string_new ("the destination has no param ");

  migdesc_words_append_quoted (message, subject->source->name);
  g_string_append (message, ", which the source can have as ");
  migdesc_words_append_set (message, &subject->source->allowed);
  say (subject, MIGDESC_CODE_PARAM_UNKNOWN, message);
}

static void
say_types_differ (const Subject *subject)
{
  GString *message = begin (subject);

  g_string_append_printf (
      message, " is of type %s at the source and of type %s at the destination",
      migdesc_value_type_to_string ((MigdescValueType) subject->source->type),
      migdesc_value_type_to_string ((MigdescValueType) subject->destination->type));
  say (subject, MIGDESC_CODE_VERSION_DIFFERS, message);
}

static void
say_required (const Subject *subject)
{
  GString *message = begin (subject);

  if (subject->source == NULL)
    g_string_append (message,
                     " is not there at the source and has no off value at the destination");
  else
    g_string_append (message, " can be off at the source, but has no off value at the destination");
  say (subject, MIGDESC_CODE_PARAM_REQUIRED, message);
}

/* Off is not listed, so each side takes its own. */
static void
say_off_is_another (const Subject *subject)
{
  MigdescValueType type = (MigdescValueType) subject->source->type;
  GString *message = begin (subject);

  g_string_append (message, ", when off, is ");
  migdesc_words_append_value (message, type, subject->source->off);
  g_string_append (message, " at the source and ");
  migdesc_words_append_value (message, type, subject->destination->off);
  g_string_append (message, " at the destination");
  say (subject, MIGDESC_CODE_VERSION_DIFFERS, message);
}

static void
say_not_accepted (const Subject *subject)
{
  GString *message = g_string_new ("of ");

  migdesc_words_append_name (message, subject->source->name);
  g_string_append_c (message, '=');
  migdesc_words_append_set (message, &subject->source->allowed);
  g_string_append (message, " the destination accepts ");
  migdesc_words_append_accepted (message, subject->destination);
  say (subject, MIGDESC_CODE_PARAM_VALUE_NOT_ALLOWED, message);
}

static void
say_off_differs (const Subject *subject)
{
  GString *message = g_string_new (NULL);

  migdesc_words_append_setting (message, subject->destination, subject->destination->off);
  g_string_append (message, " is in effect at the source and off at the destination");
  say (subject, MIGDESC_CODE_OFF_VALUE_DIFFERS, message);
}

static void
say_open (const Subject *subject)
{
  GString *message = g_string_new ("the destination does not say which values of ");

  migdesc_words_append_name (message, subject->destination->name);
  g_string_append (message, " are allowed");
  say (subject, MIGDESC_CODE_VALUE_UNDECIDED, message);
}

static Subject
make_subject (MigdescAnswer *answer,
              const MigdescSpace *space,
              guint32 variable,
              MigdescSeverity severity)
{
  Subject subject = { .answer = answer, .severity = severity };

  if (variable < space->source->n_params)
    {
      subject.source = &space->source->params[variable];
      if (space->matches[variable] != MIGDESC_NOT_FOUND)
        subject.destination = &space->destination->params[space->matches[variable]];
      return subject;
    }
  for (guint32 i = 0; i < space->destination->n_params; i++)
    if (space->destination_variables[i] == variable)
      subject.destination = &space->destination->params[i];
  return subject;
}

/* Each reason for which values of a param are refused, once */
static void
say_refused (const Subject *subject,
             const MigdescVariable *variable)
{
  gboolean off_refused = FALSE;
  gboolean off_differs = FALSE;
  gboolean not_accepted = FALSE;

  if (subject->destination == NULL)
    {
      say_unknown (subject);
      return;
    }
  if (subject->source != NULL && subject->source->type != subject->destination->type)
    {
      say_types_differ (subject);
      return;
    }
  for (guint32 c = 0; c < variable->n_choices; c++)
    {
      const MigdescChoice *choice = &variable->choices[c];

      if ((choice->classes & MIGDESC_CELL_REFUSED) == 0)
        continue;
      if (choice->off)
        off_refused = TRUE;
      else if (migdesc_param_is_off (subject->destination, choice->value))
        off_differs = TRUE;
      else
        not_accepted = TRUE;
    }
  if (not_accepted)
    say_not_accepted (subject);
  if (off_refused && subject->source != NULL && subject->destination->has_off)
    say_off_is_another (subject);
  else if (off_refused)
    say_required (subject);
  if (off_differs)
    say_off_differs (subject);
}

static void
say_rule (MigdescAnswer *answer,
          MigdescSeverity severity,
          guint32 constraint)
{
  g_autoptr (GString) text = NULL;
  MigdescFindingCore *finding;
  GString *message;

  if (!migdesc_answer_note (answer, severity))
    return;
  finding = migdesc_answer_start (answer, MIGDESC_CODE_CONSTRAINT_VIOLATED, severity);
  finding->pointer = migdesc_pointer_to_position (answer->model_name, "constraints", constraint);
  text = g_string_new (NULL);
  migdesc_constraint_core_append_text (text, answer->model,
                                       &answer->model->constraints[constraint]);
  message = g_string_new (NULL);
  migdesc_words_append_name (message, text->str);
  g_string_append (message, " is a constraint of the destination that the source does not keep");
  finding->message = g_string_free (message, FALSE);
  migdesc_report_take (answer->report, finding);
}

void
migdesc_compare_say_version (MigdescAnswer *answer,
                             const char *code,
                             MigdescSeverity severity,
                             const MigdescModelCore *source,
                             guint32 version,
                             const char *words)
{
  const char *name = source->versions[version].name;
  guint32 position;
  MigdescFindingCore *finding;
  GString *message;

  if (!migdesc_answer_note (answer, severity))
    return;
  finding = migdesc_answer_start (answer, code, severity);
  position = migdesc_model_core_find_version (answer->model, name,
                                              source->versions[version].key.length);
  finding->pointer = position != MIGDESC_NOT_FOUND
                       ? migdesc_pointer_to_position (answer->model_name, "versions", position)
                       : migdesc_pointer_to_member (answer->model_name, "versions");
  migdesc_finding_set_source (finding, MIGDESC_VALUE_TYPE_STRING, name);
  message = g_string_new ("version ");
  migdesc_words_append_quoted (message, name);
  g_string_append (message, words);
  finding->message = g_string_free (message, FALSE);
  migdesc_report_take (answer->report, finding);
}

void
migdesc_compare_say_version_alone (MigdescAnswer *answer)
{
  MigdescFindingCore *finding;

  if (!migdesc_answer_note (answer, MIGDESC_SEVERITY_BLOCKER))
    return;
  finding = migdesc_answer_start (answer, MIGDESC_CODE_VERSION_DIFFERS, MIGDESC_SEVERITY_BLOCKER);
  finding->param = g_strdup ("version");
  finding->pointer = migdesc_pointer_to_member (answer->model_name, "params");
  finding->message = g_strdup (
      "the destination has params, and the source has versions and nothing else");
  migdesc_report_take (answer->report, finding);
}

static void
say_refused_version (MigdescAnswer *answer,
                     MigdescSeverity severity,
                     const MigdescSpace *space,
                     const MigdescRefusedVersion *refused)
{
  const MigdescModelCore *model = refused->of_destination ? space->destination : space->source;

  if (model->versions[refused->version].support == MIGDESC_SUPPORT_NONE)
    migdesc_compare_say_version (answer, MIGDESC_CODE_UNMIGRATABLE, severity, model,
                                 refused->version, " cannot be migrated");
  else
    migdesc_compare_say_version (answer, MIGDESC_CODE_VERSION_NOT_LOADABLE, severity, model,
                                 refused->version, " cannot be loaded by the destination");
}

static void
say_too_long (MigdescAnswer *answer,
              guint64 n_tried)
{
  MigdescFindingCore *finding;

  if (!migdesc_answer_note (answer, MIGDESC_SEVERITY_WARNING))
    return;
  finding = migdesc_answer_start (answer, MIGDESC_CODE_SEARCH_TOO_LONG, MIGDESC_SEVERITY_WARNING);
  finding->message = g_strdup_printf (
      "the search was given up after %" G_GUINT64_FORMAT " configurations", n_tried);
  migdesc_report_take (answer->report, finding);
}

gboolean
migdesc_compare_say_models (MigdescAnswer *answer,
                            const MigdescModelCore *source,
                            gboolean same_name)
{
  if (!same_name)
    migdesc_say_other_model (answer, source->name);
  if (answer->model->support == MIGDESC_SUPPORT_NONE)
    migdesc_say_unmigratable (answer, answer->model, MIGDESC_NOT_FOUND, FALSE);
  if (source->support == MIGDESC_SUPPORT_NONE)
    migdesc_say_unmigratable (answer, source, MIGDESC_NOT_FOUND, TRUE);
  return answer->verdict != MIGDESC_VERDICT_INCOMPATIBLE;
}

void
migdesc_compare_say_fate (MigdescAnswer *answer,
                          const MigdescFate *fate)
{
  const MigdescSpace *space = fate->space;
  gboolean undecided = fate->relation == MIGDESC_RELATION_UNDECIDED;
  MigdescSeverity severity = undecided ? MIGDESC_SEVERITY_WARNING : MIGDESC_SEVERITY_BLOCKER;

  if (undecided)
    migdesc_answer_note_undecided (answer);
  for (guint i = 0; i < fate->refused_params->len; i++)
    {
      guint32 variable = g_array_index (fate->refused_params, guint32, i);
      Subject subject = make_subject (answer, space, variable, severity);

      say_refused (&subject, &space->variables[variable]);
    }
  for (guint i = 0; i < fate->open_params->len; i++)
    {
      Subject subject = make_subject (answer, space, g_array_index (fate->open_params, guint32, i),
                                      MIGDESC_SEVERITY_WARNING);

      say_open (&subject);
    }
  for (guint i = 0; i < fate->biting_rules->len; i++)
    {
      guint32 position = g_array_index (fate->biting_rules, guint32, i);

      say_rule (answer, severity,
                g_array_index (space->search.rules, MigdescRule, position).constraint);
    }
  for (guint i = 0; i < fate->refused_versions->len; i++)
    say_refused_version (answer, severity, space,
                         &g_array_index (fate->refused_versions, MigdescRefusedVersion, i));
  if (fate->too_long)
    say_too_long (answer, space->search.max_steps - space->search.steps);
}
