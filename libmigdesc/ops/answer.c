/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "ops/answer.h"

#include <string.h>

#include "base/quote.h"
#include "model/handles.h"

/* Comparisons of characters that one answer may spend on near names: about a millisecond. */
#define NEAR_NAMES_BUDGET 500000

const MigdescVoice migdesc_voice_expand = {
  .here = "the model",
  .there = "the model",
  .change = "use",
};

const MigdescVoice migdesc_voice_check = {
  .here = "the destination",
  .there = "the source",
  .change = "restart the source with",
};

const MigdescVoice migdesc_voice_return = {
  .here = "the source",
  .there = "the destination",
  .change = "restart the source with",
};

const MigdescVoice migdesc_voice_baseline = {
  .here = "the host",
  .there = "another host",
  .change = "use",
};

void
migdesc_answer_init (MigdescAnswer *answer,
                     MigdescStore *store,
                     const MigdescModelCore *model,
                     const char *model_name,
                     const MigdescVoice *voice,
                     MigdescReport *report)
{
  answer->voice = voice;
  answer->report = report;
  answer->verdict = MIGDESC_VERDICT_COMPATIBLE;
  answer->store = store;
  answer->model = model;
  answer->model_name = model_name;
  answer->budget = NEAR_NAMES_BUDGET;
}

gboolean
migdesc_answer_note (MigdescAnswer *answer,
                     MigdescSeverity severity)
{
  if (severity == MIGDESC_SEVERITY_BLOCKER)
    answer->verdict = MIGDESC_VERDICT_INCOMPATIBLE;
  if (answer->report == NULL)
    return FALSE;
  if (!migdesc_report_is_full (answer->report))
    return TRUE;
  migdesc_report_omit (answer->report, severity);
  return FALSE;
}

void
migdesc_answer_note_undecided (MigdescAnswer *answer)
{
  if (answer->verdict == MIGDESC_VERDICT_COMPATIBLE)
    answer->verdict = MIGDESC_VERDICT_UNDECIDED;
  if (answer->report != NULL)
    migdesc_report_set_undecided (answer->report);
}

MigdescFindingCore *
migdesc_answer_start (const MigdescAnswer *answer,
                      const char *code,
                      MigdescSeverity severity)
{
  MigdescFindingCore *finding = migdesc_finding_core_new (code, severity);

  finding->model = g_strdup (answer->model_name);
  return finding;
}

static void
append_token (GString *pointer,
              const char *name)
{
  g_string_append_c (pointer, '/');
  for (const char *c = name; *c != '\0'; c++)
    {
      if (*c == '~')
        g_string_append (pointer, "~0");
      else if (*c == '/')
        g_string_append (pointer, "~1");
      else
        g_string_append_c (pointer, *c);
    }
}

static GString *
pointer_to_model (const char *model)
{
  GString *pointer = g_string_sized_new (64);

  g_string_append (pointer, "/models");
  if (model != NULL)
    append_token (pointer, model);
  return pointer;
}

/* @model NULL: the models; @member NULL: the model */
char *
migdesc_pointer_to_member (const char *model,
                           const char *member)
{
  GString *pointer = pointer_to_model (model);

  if (member != NULL)
    append_token (pointer, member);
  return g_string_free (pointer, FALSE);
}

char *
migdesc_pointer_to_param (const char *model,
                          const char *param)
{
  GString *pointer = pointer_to_model (model);

  append_token (pointer, "params");
  append_token (pointer, param);
  return g_string_free (pointer, FALSE);
}

char *
migdesc_pointer_to_position (const char *model,
                             const char *member,
                             guint32 position)
{
  GString *pointer = pointer_to_model (model);

  append_token (pointer, member);
  g_string_append_printf (pointer, "/%u", position);
  return g_string_free (pointer, FALSE);
}

/* What an accepted set made for a finding lives on: its own memory, and strings of the store. */
typedef struct
{
  MigdescArena *arena;
  MigdescStore *store;
} Accepted;

static Accepted *
accepted_new (MigdescStore *store,
              gsize size)
{
  Accepted *accepted = g_new (Accepted, 1);

  accepted->arena = migdesc_arena_new (size);
  accepted->store = migdesc_store_ref (store);
  return accepted;
}

static void
accepted_free (gpointer data)
{
  Accepted *accepted = data;

  migdesc_arena_free (accepted->arena);
  migdesc_store_unref (accepted->store);
  g_free (accepted);
}

MigdescValueSet *
migdesc_accepted_values (MigdescStore *store,
                         const MigdescParamCore *param)
{
  Accepted *accepted;
  MigdescSet values;

  if (param->allowed.any)
    return param->type == MIGDESC_VALUE_TYPE_BOOL ? migdesc_value_set_new_bools (TRUE, TRUE) : NULL;
  if (!param->has_off || migdesc_set_contains (&param->allowed, param->off))
    return migdesc_store_view_set (store, &param->allowed);

  accepted = accepted_new (store, (param->allowed.n + 1) * sizeof (MigdescInterval) + 64);
  migdesc_param_core_accepted (param, accepted->arena, &values);
  return migdesc_value_set_new_view (&values, accepted, accepted_free);
}

MigdescValueSet *
migdesc_version_names (MigdescStore *store,
                       const MigdescModelCore *model)
{
  Accepted *accepted = accepted_new (store, 1024);
  MigdescSetBuilder builder;
  MigdescSet names;

  migdesc_set_builder_init (&builder);
  migdesc_set_builder_reset (&builder, MIGDESC_VALUE_TYPE_STRING);
  for (guint32 i = 0; i < model->n_versions; i++)
    migdesc_set_builder_add_value (&builder, (MigdescValue) { .string = model->versions[i].name });
  migdesc_set_builder_build (&builder, accepted->arena, &names);
  migdesc_set_builder_clear (&builder);
  return migdesc_value_set_new_view (&names, accepted, accepted_free);
}

void
migdesc_finding_set_source (MigdescFindingCore *finding,
                            MigdescValueType type,
                            const char *text)
{
  finding->has_source = TRUE;
  finding->source_type = (guint8) type;
  finding->source = g_strdup (text);
}

void
migdesc_words_append_name (GString *words,
                           const char *text)
{
  migdesc_quote_append (words, text, strlen (text));
}

void
migdesc_words_append_quoted (GString *words,
                             const char *text)
{
  g_string_append_c (words, '"');
  migdesc_words_append_name (words, text);
  g_string_append_c (words, '"');
}

void
migdesc_words_append_value (GString *words,
                            MigdescValueType type,
                            MigdescValue value)
{
  if (type == MIGDESC_VALUE_TYPE_STRING)
    migdesc_words_append_quoted (words, value.string);
  else
    migdesc_value_append_text (words, type, value);
}

void
migdesc_words_append_setting (GString *words,
                              const MigdescParamCore *param,
                              MigdescValue value)
{
  migdesc_words_append_name (words, param->name);
  g_string_append_c (words, '=');
  if (param->type == MIGDESC_VALUE_TYPE_STRING)
    migdesc_words_append_name (words, value.string);
  else
    migdesc_value_append_text (words, param->type, value);
}

void
migdesc_words_append_set (GString *words,
                          const MigdescSet *set)
{
  migdesc_set_quote (words, set);
}

/* The allowed values, and the off value where it is not one of them. */
void
migdesc_words_append_accepted (GString *words,
                               const MigdescParamCore *param)
{
  migdesc_words_append_set (words, &param->allowed);
  if (!param->has_off || migdesc_set_contains (&param->allowed, param->off))
    return;
  g_string_append (words, ", off as ");
  migdesc_words_append_value (words, param->type, param->off);
}
