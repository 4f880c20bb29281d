/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "codec/encoder.h"
#include "codec/write.h"

#include "value/value.h"

/* The first revision: names, and what each version sets. */

/* What a reader of this dialect takes for off where a version does not name a param */
static gboolean
is_usual_off (const MigdescParamCore *param)
{
  if (!param->has_off)
    return FALSE;
  return param->type == MIGDESC_VALUE_TYPE_STRING ? *param->off.string == '\0'
                                                  : param->off.number == 0;
}

/* A version lists what it has, but for what is off: it may be older than that param. */
static void
write_settings (MigdescEncoder *encoder,
                const MigdescValue *values)
{
  const MigdescModelCore *model = encoder->model;

  migdesc_json_writer_begin_array (&encoder->json);
  for (guint i = 0; i < model->n_params; i++)
    {
      const MigdescParamCore *param = &model->params[i];
      MigdescValueType type = (MigdescValueType) param->type;

      if (is_usual_off (param) && migdesc_value_equal (type, values[i], param->off))
        continue;
      g_string_truncate (encoder->scratch, 0);
      g_string_append_printf (encoder->scratch, "%s=", param->name);
      migdesc_value_append_text (encoder->scratch, type, values[i]);
      migdesc_json_writer_string_length (&encoder->json, encoder->scratch->str,
                                         encoder->scratch->len);
    }
  migdesc_json_writer_end_array (&encoder->json);
}

static void
write_version (MigdescEncoder *encoder,
               const char *name,
               const MigdescValue *values,
               const char *extra)
{
  migdesc_json_writer_begin_object (&encoder->json);
  migdesc_json_writer_member_string (&encoder->json, "name", name);
  migdesc_json_writer_key (&encoder->json, "params");
  write_settings (encoder, values);
  migdesc_encoder_write_extra (encoder, extra, NULL);
  migdesc_json_writer_end_object (&encoder->json);
}

static void
write_versions (MigdescEncoder *encoder)
{
  const MigdescModelCore *model = encoder->model;
  g_autofree MigdescValue *values = g_new (MigdescValue, model->n_params);

  migdesc_json_writer_begin_array (&encoder->json);
  for (guint i = 0; i < model->n_versions; i++)
    {
      migdesc_model_core_fill_off (model, values);
      migdesc_model_core_apply_version (model, i, values);
      write_version (encoder, model->versions[i].name, values, model->versions[i].more->extra);
    }
  if (model->n_versions == 0 && model->n_params > 0)
    {
      /* without versions, init values have no other place */
      migdesc_model_core_fill_init (model, values);
      write_version (encoder, "init", values, NULL);
    }
  migdesc_json_writer_end_array (&encoder->json);
}

static void
write_model (MigdescEncoder *encoder)
{
  const MigdescModelCore *model = encoder->model;

  migdesc_json_writer_begin_object (&encoder->json);
  migdesc_json_writer_member_string (&encoder->json, "model", model->name);
  migdesc_json_writer_key (&encoder->json, "params");
  migdesc_json_writer_begin_array (&encoder->json);
  for (guint i = 0; i < model->n_params; i++)
    migdesc_json_writer_string (&encoder->json, model->params[i].name);
  migdesc_json_writer_end_array (&encoder->json);
  migdesc_json_writer_key (&encoder->json, "versions");
  write_versions (encoder);
  migdesc_encoder_write_extra (encoder, model->extra, "model"); /* which is known here */
  migdesc_json_writer_end_object (&encoder->json);
}

GString *
migdesc_write_v1 (const MigdescStore *store)
{
  GString *text = g_string_new (NULL);
  MigdescEncoder encoder;

  migdesc_encoder_init (&encoder, store, MIGDESC_IN_V1, text);
  migdesc_json_writer_begin_array (&encoder.json);
  for (guint i = 0; i < store->n_models; i++)
    {
      encoder.model = &store->models[i];
      write_model (&encoder);
    }
  migdesc_json_writer_end_array (&encoder.json);
  migdesc_encoder_clear (&encoder);
  return text;
}
