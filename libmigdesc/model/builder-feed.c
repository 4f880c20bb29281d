/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <string.h>

#include "base/json-reader.h"
#include "base/limits-private.h"
#include "base/quote.h"
#include "model/builder-parts.h"
#include "model/draft-private.h"

static MigdescSlice
slice (const char *text)
{
  return (MigdescSlice){ text, strlen (text) };
}

/* `WHAT "NAME" PROBLEM` */
static void
report (MigdescDraft *draft,
        MigdescError code,
        const char *const *path,
        const char *what,
        const char *name,
        const char *problem)
{
  g_autofree char *quoted = migdesc_quote (name, -1);

  migdesc_draft_report (draft, code, MIGDESC_NO_PLACE, path, "%s \"%s\" %s", what, quoted,
                        problem);
}

/* A description, unit or blocker, which may be anything that a document can hold. */
static const char *
feed_text (MigdescDraft *draft,
           const char *text,
           const char *const *path,
           const char *what,
           const char *owner)
{
  g_autofree char *problem = NULL;
  gsize length = text != NULL ? strlen (text) : 0;
  guint64 most = migdesc_limits_get (NULL, MIGDESC_LIMIT_STRING_LENGTH);

  if (text == NULL)
    return NULL;
  if (length > most)
    {
      g_autofree char *limit = migdesc_limit_to_message (MIGDESC_LIMIT_STRING_LENGTH, most);

      problem = g_strdup_printf ("has %s", limit);
      report (draft, MIGDESC_ERROR_LIMIT_EXCEEDED, path, what, owner, problem);
    }
  else if (!g_utf8_validate_len (text, length, NULL))
    report (draft, MIGDESC_ERROR_INVALID_ARGUMENT, path, what, owner, "is not UTF-8");
  return migdesc_draft_string (draft, slice (text));
}

/* FALSE: reported. what is "init value of" or such; a string still belongs to the variant. */
static gboolean
read_value (MigdescDraft *draft,
            GVariant *variant,
            MigdescValueType type,
            MigdescError type_error,
            const char *const *path,
            const char *what,
            const char *owner,
            MigdescValue *value)
{
  g_autofree char *problem = NULL;

  if (migdesc_value_from_variant (type, variant, value))
    return TRUE;

  if (g_variant_is_of_type (variant, migdesc_value_variant_type (type)))
    report (draft, MIGDESC_ERROR_VALUE_TEXT, path, what, owner,
            "is not a str: UTF-8 without control characters, at most "
            G_STRINGIFY (MIGDESC_VALUE_MAX_LENGTH) " bytes");
  else
    {
      problem = g_strdup_printf ("is a GVariant of type %s, not %s for type %s",
                                 g_variant_get_type_string (variant),
                                 (const char *) migdesc_value_variant_type (type),
                                 migdesc_value_type_to_string (type));
      report (draft, type_error, path, what, owner, problem);
    }
  return FALSE;
}

static gboolean
feed_param_value (MigdescDraft *draft,
                  const MigdescParamPart *part,
                  GVariant *variant,
                  MigdescError type_error,
                  const char *member,
                  const char *what,
                  MigdescValue *value)
{
  const char *const path[] = { "params", part->name, member, NULL };

  if (!read_value (draft, variant, part->type, type_error, path, what, part->name, value))
    return FALSE;
  if (part->type == MIGDESC_VALUE_TYPE_STRING)
    value->string = migdesc_draft_string (draft, slice (value->string));
  return TRUE;
}

static void
feed_allowed (MigdescDraft *draft,
              const MigdescParamPart *part,
              MigdescParamCore *param)
{
  g_autofree char *problem = NULL;
  MigdescValueType type;

  if (part->allowed == NULL)
    return;

  type = migdesc_value_set_get_value_type (part->allowed);
  if (type == part->type)
    {
      migdesc_set_copy (&part->allowed->set, migdesc_draft_get_arena (draft), &param->allowed);
      return;
    }
  problem = g_strdup_printf ("are of type %s, not %s", migdesc_value_type_to_string (type),
                             migdesc_value_type_to_string (part->type));
  report (draft, MIGDESC_ERROR_VALUE_TYPE,
          (const char *[]){ "params", part->name, "allowed_values", NULL }, "allowed values of",
          part->name, problem);
  migdesc_draft_break_param (draft, MIGDESC_BROKEN_VALUES);
}

static void
feed_param (MigdescDraft *draft,
            const MigdescParamPart *part)
{
  MigdescParamCore *param
      = migdesc_draft_begin_param (draft, slice (part->name), MIGDESC_NO_PLACE);

  param->type = (guint8) part->type;
  param->affects = (guint8) part->affects;
  param->runtime = part->runtime != FALSE;
  param->description
      = feed_text (draft, part->description,
                   (const char *[]){ "params", part->name, "description", NULL }, "description of",
                   part->name);
  param->unit = feed_text (draft, part->unit,
                           (const char *[]){ "params", part->name, "unit", NULL }, "unit of",
                           part->name);
  feed_allowed (draft, part, param);

  if (part->off != NULL
      && feed_param_value (draft, part, part->off, MIGDESC_ERROR_OFF_VALUE_TYPE, "off_value",
                           "off value of", &param->off))
    param->has_off = TRUE;
  else if (part->off != NULL)
    migdesc_draft_break_param (draft, MIGDESC_BROKEN_VALUES);
  if (!feed_param_value (draft, part, part->init, MIGDESC_ERROR_VALUE_TYPE, "init_value",
                         "init value of", &param->init))
    migdesc_draft_break_param (draft, MIGDESC_BROKEN_INIT);
  migdesc_draft_end_param (draft, MIGDESC_NO_PLACE, MIGDESC_NO_PLACE);
}

static void
feed_setting (MigdescDraft *draft,
              const MigdescVersionPart *version,
              const MigdescSettingPart *part,
              const char *digits,
              guint32 hint)
{
  const char *const path[] = { "versions", digits, "params", part->param, NULL };
  guint32 position
      = migdesc_draft_find_setting (draft, slice (part->param), hint, MIGDESC_NO_PLACE);
  g_autofree char *quoted = migdesc_quote (version->name, -1);
  g_autofree char *what = NULL;
  MigdescValueType type;
  MigdescValue value;
  gboolean is_new;

  if (position == MIGDESC_NOT_FOUND)
    return;
  what = g_strdup_printf ("in version \"%s\" the value of", quoted);
  type = (MigdescValueType) migdesc_draft_param (draft, position)->type;
  if (!migdesc_draft_param_is_broken (draft, position)
      && read_value (draft, part->value, type, MIGDESC_ERROR_VALUE_TYPE, path, what, part->param,
                     &value))
    {
      if (type == MIGDESC_VALUE_TYPE_STRING)
        value.string = migdesc_draft_value_string (draft, position, slice (value.string));
      is_new = migdesc_draft_add_setting (draft, position, value, MIGDESC_NO_PLACE);
    }
  else
    is_new = migdesc_draft_break_setting (draft, position);

  if (!is_new)
    report (draft, MIGDESC_ERROR_PARAM_DUPLICATE, path, what, part->param, "is set twice");
}

static const char *
dup_number (MigdescDraft *draft,
            guint number)
{
  char digits[12];

  g_snprintf (digits, sizeof digits, "%u", number);
  return migdesc_draft_string (draft, slice (digits));
}

static void
feed_version (MigdescDraft *draft,
              const MigdescVersionPart *part,
              guint position)
{
  MigdescVersionCore *version
      = migdesc_draft_begin_version (draft, slice (part->name), MIGDESC_NO_PLACE);
  char digits[12];

  g_snprintf (digits, sizeof digits, "%u", position);
  version->can_create = part->can_create != FALSE;
  version->can_load = part->can_load != FALSE;
  version->support = (guint8) part->support;
  if (part->state_version != 0)
    migdesc_draft_version_more (draft)->state_version = dup_number (draft, part->state_version);
  if (part->description != NULL)
    migdesc_draft_version_more (draft)->description
        = feed_text (draft, part->description,
                     (const char *[]){ "versions", digits, "description", NULL },
                     "description of version", part->name);
  if (part->blocker != NULL)
    migdesc_draft_version_more (draft)->blocker
        = feed_text (draft, part->blocker, (const char *[]){ "versions", digits, "blocker", NULL },
                     "blocker of version", part->name);

  for (guint i = 0; i < part->settings->len; i++)
    feed_setting (draft, part, g_ptr_array_index (part->settings, i), digits, i);
  for (guint i = 0; i < part->tested->len; i++)
    {
      const MigdescTestedPart *tested = g_ptr_array_index (part->tested, i);

      migdesc_draft_add_tested (draft, slice (tested->from), MIGDESC_NO_PLACE,
                                slice (tested->to), MIGDESC_NO_PLACE);
    }
  migdesc_draft_end_version (draft);
}

static void
feed_condition (MigdescDraft *draft,
                const MigdescConditionPart *part,
                MigdescConstraintPart role,
                guint constraint)
{
  guint32 position
      = migdesc_draft_find_condition (draft, slice (part->param), 0, MIGDESC_NO_PLACE);
  char digits[12];
  const char *const path[] = { "constraints", digits, NULL };
  MigdescSet set;

  g_snprintf (digits, sizeof digits, "%u", constraint);
  if (position == MIGDESC_NOT_FOUND)
    return;
  if (migdesc_value_set_is_any (part->values))
    {
      report (draft, MIGDESC_ERROR_INVALID_ARGUMENT, path, "condition on", part->param,
              "holds for any value");
      migdesc_draft_break_constraint (draft);
      return;
    }
  migdesc_set_copy (&part->values->set, migdesc_draft_get_arena (draft), &set);
  if (!migdesc_draft_add_condition (draft, role, position, &set, MIGDESC_NO_PLACE))
    report (draft, MIGDESC_ERROR_PARAM_DUPLICATE, path, "condition on", part->param,
            "is given twice");
}

static void
feed_constraint (MigdescDraft *draft,
                 const MigdescConstraintParts *part,
                 guint position)
{
  static const MigdescConstraintPart draft_parts[]
      = { [MIGDESC_CONDITION_IF] = MIGDESC_PART_IF,
          [MIGDESC_CONDITION_THEN] = MIGDESC_PART_THEN,
          [MIGDESC_CONDITION_FORBID] = MIGDESC_PART_FORBID };
  MigdescConstraintCore *constraint
      = migdesc_draft_begin_constraint (draft, MIGDESC_NO_PLACE);
  char digits[12];

  g_snprintf (digits, sizeof digits, "%u", position);
  constraint->description
      = feed_text (draft, part->description,
                   (const char *[]){ "constraints", digits, "description", NULL },
                   "description of constraint", digits);
  for (guint role = 0; role < G_N_ELEMENTS (draft_parts); role++)
    {
      gboolean begun = FALSE;

      for (guint i = 0; i < part->conditions->len; i++)
        {
          const MigdescConditionPart *condition = g_ptr_array_index (part->conditions, i);

          if (condition->role != (MigdescConditionRole) role)
            continue;
          if (!begun)
            migdesc_draft_begin_part (draft, draft_parts[role], MIGDESC_NO_PLACE);
          begun = TRUE;
          feed_condition (draft, condition, draft_parts[role], position);
        }
    }
  migdesc_draft_end_constraint (draft);
}

/* The state schema in canonical form; what is in it is no business of a descriptor. */
static const char *
feed_state (MigdescDraft *draft,
            const MigdescModelPart *part)
{
  const char *const path[] = { "state", NULL };
  g_autoptr (GString) copy = NULL;
  g_auto (MigdescJsonReader) reader;
  gboolean done;

  copy = g_string_new (NULL);
  migdesc_json_reader_init (&reader, part->state, strlen (part->state), NULL);
  done = migdesc_json_reader_peek (&reader) == MIGDESC_JSON_OBJECT
         && migdesc_json_reader_copy_value (&reader, copy)
         && migdesc_json_reader_finish (&reader);
  if (done)
    return migdesc_draft_string (draft, (MigdescSlice){ copy->str, copy->len });
  report (draft, MIGDESC_ERROR_DOCUMENT_TYPE, path, "state schema of model", part->name,
          reader.message != NULL ? reader.message : "is no JSON object");
  return NULL;
}

static void
feed_model (MigdescDraft *draft,
            const MigdescModelPart *part)
{
  MigdescModelCore *model;

  migdesc_draft_begin_model (draft, slice (part->name), MIGDESC_NO_PLACE);
  model = migdesc_draft_model (draft);
  model->support = (guint8) part->support;
  model->description = feed_text (draft, part->description, (const char *[]){ "description", NULL },
                                  "description of model", part->name);
  model->blocker = feed_text (draft, part->blocker, (const char *[]){ "blocker", NULL },
                              "blocker of model", part->name);
  if (part->state != NULL)
    model->state = feed_state (draft, part);

  for (guint i = 0; i < part->params->len; i++)
    feed_param (draft, g_ptr_array_index (part->params, i));
  for (guint i = 0; i < part->versions->len; i++)
    feed_version (draft, g_ptr_array_index (part->versions, i), i);
  for (guint i = 0; i < part->constraints->len; i++)
    feed_constraint (draft, g_ptr_array_index (part->constraints, i), i);
  migdesc_draft_end_model (draft);
}

void
migdesc_parts_feed (const MigdescParts *parts,
                    MigdescDraft *draft)
{
  for (guint i = 0; i < parts->models->len; i++)
    feed_model (draft, g_ptr_array_index (parts->models, i));
}
