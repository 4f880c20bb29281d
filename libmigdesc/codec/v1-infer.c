/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "codec/v1-model.h"

#include "base/quote.h"

/* The first revision says neither what type a param has nor what value stands for "off": both are
 * inferred from the values that its versions have. A version lists what was there when it was
 * published, so that a param that some version lacks can be off. */

static gboolean
slice_equal (MigdescSlice slice,
             const char *text)
{
  return slice.length == strlen (text) && memcmp (slice.text, text, slice.length) == 0;
}

static void
look_at_value (MigdescV1Param *param,
               MigdescSlice text,
               guint32 version)
{
  MigdescValue value;

  if (!slice_equal (text, "on") && !slice_equal (text, "off"))
    param->all_bool = FALSE;
  if (migdesc_value_parse (MIGDESC_VALUE_TYPE_INT, text.text, text.length, &value)
      != MIGDESC_VALUE_OK)
    param->all_int = FALSE;
  param->n_set++;
  param->last_version = version + 1;
  param->last_value = text;
}

static void
look_at_versions (MigdescV1Model *model)
{
  for (guint i = 0; i < model->params->len; i++)
    {
      MigdescV1Param *param = &g_array_index (model->params, MigdescV1Param, i);

      param->all_bool = TRUE;
      param->all_int = TRUE;
    }
  for (guint i = 0; i < model->versions->len; i++)
    {
      const MigdescV1Version *version = &g_array_index (model->versions, MigdescV1Version, i);

      for (guint j = 0; j < version->n_settings; j++)
        {
          const MigdescV1Setting *setting
              = &g_array_index (model->settings, MigdescV1Setting, version->first_setting + j);

          look_at_value (&g_array_index (model->params, MigdescV1Param, setting->param),
                         setting->value, i);
        }
    }
}

static MigdescValueType
infer_type (const MigdescV1Param *param)
{
  if (param->n_set == 0)
    return MIGDESC_VALUE_TYPE_STRING;
  if (param->all_bool)
    return MIGDESC_VALUE_TYPE_BOOL;
  return param->all_int ? MIGDESC_VALUE_TYPE_INT : MIGDESC_VALUE_TYPE_STRING;
}

/* FALSE: a text that no value can have */
static gboolean
make_value (MigdescDraft *draft,
            MigdescValueType type,
            MigdescSlice text,
            MigdescValue *value)
{
  if (migdesc_value_parse (type, text.text, text.length, value) != MIGDESC_VALUE_OK)
    return FALSE;
  if (type == MIGDESC_VALUE_TYPE_STRING)
    value->string = migdesc_draft_string (draft, text);
  return TRUE;
}

static void
feed_param (const MigdescV1Model *model,
            const MigdescV1Param *inferred,
            MigdescDraft *draft)
{
  MigdescSlice name = { inferred->name.text, inferred->name.length };
  MigdescParamCore *param = migdesc_draft_begin_param (draft, name, inferred->place);
  MigdescValueType type = infer_type (inferred);
  guint n_versions = model->versions->len;

  param->type = (guint8) type;
  param->allowed.type = (guint8) type;
  param->inferred = TRUE;
  param->has_off = type == MIGDESC_VALUE_TYPE_BOOL || inferred->n_set < n_versions
                   || inferred->n_set == 0;
  if (type == MIGDESC_VALUE_TYPE_STRING)
    param->off.string = "";
  else
    param->off.number = 0;

  if (n_versions == 0 || inferred->last_version != n_versions)
    param->init = param->off;
  else if (!make_value (draft, type, inferred->last_value, &param->init))
    migdesc_draft_break_param (draft, MIGDESC_BROKEN_INIT); /* reported where the version sets it */
  migdesc_draft_end_param (draft, inferred->place, inferred->place);
}

static void
feed_setting (const MigdescV1Setting *setting,
              MigdescDraft *draft,
              MigdescDiagnostics *diagnostics)
{
  MigdescValueType type = (MigdescValueType) migdesc_draft_param (draft, setting->param)->type;
  MigdescValue value;
  gboolean is_new;

  if (migdesc_value_parse (type, setting->value.text, setting->value.length, &value)
      != MIGDESC_VALUE_OK)
    {
      g_autofree char *quoted = migdesc_quote (setting->value.text, (gssize) setting->value.length);

      migdesc_diagnostics_add (diagnostics, MIGDESC_ERROR_VALUE_TEXT, MIGDESC_SEVERITY_BLOCKER,
                               setting->place, NULL,
                               "\"%s\" is not a value: control characters, or more than %d bytes",
                               quoted, MIGDESC_VALUE_MAX_LENGTH);
      is_new = migdesc_draft_break_setting (draft, setting->param);
    }
  else
    {
      if (type == MIGDESC_VALUE_TYPE_STRING)
        value.string = migdesc_draft_value_string (draft, setting->param, setting->value);
      is_new = migdesc_draft_add_setting (draft, setting->param, value, setting->place);
    }

  if (!is_new)
    migdesc_diagnostics_add (diagnostics, MIGDESC_ERROR_LIST_DUPLICATE, MIGDESC_SEVERITY_BLOCKER,
                             setting->place, NULL, "the version sets this param twice");
}

static void
feed_version (const MigdescV1Model *model,
              const MigdescV1Version *version,
              MigdescDraft *draft,
              MigdescDiagnostics *diagnostics)
{
  migdesc_draft_begin_version (draft, version->name, version->place);
  if (version->extra != NULL)
    migdesc_draft_version_more (draft)->extra = version->extra;
  if (version->is_broken)
    migdesc_draft_break_version (draft);
  for (guint i = 0; i < version->n_settings; i++)
    feed_setting (&g_array_index (model->settings, MigdescV1Setting, version->first_setting + i),
                  draft, diagnostics);
  migdesc_draft_end_version (draft);
}

void
migdesc_v1_model_feed (MigdescV1Model *model,
                       MigdescDraft *draft,
                       MigdescDiagnostics *diagnostics)
{
  look_at_versions (model);
  migdesc_draft_begin_model (draft, model->name, model->place);
  migdesc_draft_model (draft)->extra = model->extra;
  for (guint i = 0; i < model->params->len; i++)
    feed_param (model, &g_array_index (model->params, MigdescV1Param, i), draft);
  for (guint i = 0; i < model->versions->len; i++)
    feed_version (model, &g_array_index (model->versions, MigdescV1Version, i), draft, diagnostics);
  migdesc_draft_end_model (draft);
}
