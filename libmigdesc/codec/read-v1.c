/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "codec/decoder.h"
#include "codec/v1-model.h"

#include "base/quote.h"

/* The document of the first revision: an array of models whose params are names, whose versions are
 * lists of `NAME=VALUE`. */

static void
read_model_name (MigdescDecoder *decoder,
                 const MigdescMember *member,
                 gpointer record)
{
  MigdescV1Model *model = (MigdescV1Model *) record;
  MigdescJsonString name;

  if (!migdesc_json_reader_read_string (&decoder->json, &name))
    return;
  model->name = migdesc_slice (&name);
  model->place = name.offset;
}

static void
read_param_name (MigdescDecoder *decoder,
                 MigdescV1Model *model,
                 MigdescKeySet *names)
{
  MigdescV1Param param = { 0 };
  MigdescJsonString name;

  if (!migdesc_json_reader_read_string (&decoder->json, &name))
    return;
  if (!migdesc_key_set_add (names, name.text, name.length))
    {
      g_autofree char *quoted = migdesc_quote (name.text, name.length);

      migdesc_decoder_error (decoder, MIGDESC_ERROR_PARAM_DUPLICATE, name.offset,
                             "the model has a param \"%s\" already", quoted);
      return;
    }
  param.name = (MigdescName) { .text = name.text, .length = name.length };
  param.place = name.offset;
  g_array_append_val (model->params, param);
}

static void
read_params (MigdescDecoder *decoder,
             const MigdescMember *member,
             gpointer record)
{
  MigdescV1Model *model = (MigdescV1Model *) record;
  g_auto (MigdescKeySet) names;
  guint duplicate;

  migdesc_key_set_init (&names);
  if (!migdesc_json_reader_begin_array (&decoder->json))
    return;
  while (migdesc_json_reader_next_element (&decoder->json))
    if (migdesc_decoder_expect (decoder, MIGDESC_WANT_STRING))
      read_param_name (decoder, model, &names);
  if (model->params->len > 0)
    migdesc_index_build (&model->index, decoder->arena,
                         &g_array_index (model->params, MigdescV1Param, 0).name,
                         sizeof (MigdescV1Param), model->params->len, &duplicate);
}

static void
read_setting (MigdescDecoder *decoder,
              MigdescV1Model *model,
              MigdescV1Version *version)
{
  g_autofree char *quoted = NULL;
  MigdescV1Setting setting;
  MigdescJsonString text;
  const char *equals;

  if (!migdesc_json_reader_read_string (&decoder->json, &text))
    return;
  setting.place = text.offset;
  equals = memchr (text.text, '=', text.length);
  if (equals != NULL
      && migdesc_index_lookup (&model->index, text.text, (gsize) (equals - text.text),
                               &setting.param))
    {
      setting.value.text = equals + 1;
      setting.value.length = (gsize) (text.text + text.length - setting.value.text);
      g_array_append_val (model->settings, setting);
      version->n_settings++;
      return;
    }

  version->is_broken = TRUE;
  if (equals == NULL)
    {
      quoted = migdesc_quote (text.text, text.length);
      migdesc_decoder_error (decoder, MIGDESC_ERROR_LIST_SYNTAX, text.offset,
                             "expected NAME=VALUE, found \"%s\"", quoted);
    }
  else
    {
      quoted = migdesc_quote (text.text, equals - text.text);
      migdesc_decoder_error (decoder, MIGDESC_ERROR_VERSION_PARAM_UNKNOWN, text.offset,
                             "the model has no param \"%s\"", quoted);
    }
}

typedef struct
{
  MigdescV1Version version; /* has to be first: its extra is where the shape says */
  MigdescV1Model *model;
} VersionRecord;

static void
read_version_name (MigdescDecoder *decoder,
                   const MigdescMember *member,
                   gpointer record)
{
  MigdescV1Version *version = &((VersionRecord *) record)->version;
  MigdescJsonString name;

  if (!migdesc_json_reader_read_string (&decoder->json, &name))
    return;
  version->name = migdesc_slice (&name);
  version->place = name.offset;
}

static void
read_settings (MigdescDecoder *decoder,
               const MigdescMember *member,
               gpointer record)
{
  VersionRecord *reading = (VersionRecord *) record;

  if (!migdesc_json_reader_begin_array (&decoder->json))
    return;
  while (migdesc_json_reader_next_element (&decoder->json))
    if (migdesc_decoder_expect (decoder, MIGDESC_WANT_STRING))
      read_setting (decoder, reading->model, &reading->version);
    else
      reading->version.is_broken = TRUE;
}

/* What other dialects have must not come in as an unknown member: it would be written as one that
 * is known. */
#define NOT_IN_V1(text) { MIGDESC_MEMBER_NAME (text), MIGDESC_WANT_ANY, MIGDESC_IN_NATIVE }

enum
{
  VERSION_NAME,
  VERSION_PARAMS
};

static const MigdescMember version_members[] = {
  [VERSION_NAME] = {
    MIGDESC_MEMBER_NAME ("name"), MIGDESC_WANT_STRING, MIGDESC_IN_V1, .read = read_version_name },
  [VERSION_PARAMS] = {
    MIGDESC_MEMBER_NAME ("params"), MIGDESC_WANT_ARRAY, MIGDESC_IN_V1, .read = read_settings },
  NOT_IN_V1 ("description"),
  NOT_IN_V1 ("create"),
  NOT_IN_V1 ("load"),
  NOT_IN_V1 ("support"),
  NOT_IN_V1 ("blocker"),
  NOT_IN_V1 ("tested"),
  NOT_IN_V1 ("state_version"),
};

static const MigdescShape version_shape = {
  .what = "version",
  .members = version_members,
  .n_members = G_N_ELEMENTS (version_members),
  .required = 1 << VERSION_NAME | 1 << VERSION_PARAMS,
  .extra_offset = G_STRUCT_OFFSET (MigdescV1Version, extra),
};

static void
read_versions (MigdescDecoder *decoder,
               const MigdescMember *member,
               gpointer record)
{
  MigdescV1Model *model = (MigdescV1Model *) record;

  if (!migdesc_json_reader_begin_array (&decoder->json))
    return;
  while (migdesc_json_reader_next_element (&decoder->json))
    {
      VersionRecord reading = { .version.first_setting = model->settings->len, .model = model };
      guint seen;

      if (!migdesc_decoder_expect (decoder, MIGDESC_WANT_OBJECT))
        continue;
      reading.version.place = migdesc_decoder_place (decoder);
      seen = migdesc_decoder_read_object (decoder, &version_shape, &reading, reading.version.place);
      if ((seen & (1 << VERSION_NAME)) != 0 && reading.version.name.text != NULL)
        g_array_append_val (model->versions, reading.version);
    }
}

enum
{
  MODEL_MODEL,
  MODEL_PARAMS,
  MODEL_VERSIONS
};

static const MigdescMember model_members[] = {
  [MODEL_MODEL] = {
    MIGDESC_MEMBER_NAME ("model"), MIGDESC_WANT_STRING, MIGDESC_IN_V1, .read = read_model_name },
  [MODEL_PARAMS] = {
    MIGDESC_MEMBER_NAME ("params"), MIGDESC_WANT_ARRAY, MIGDESC_IN_V1, .read = read_params },
  [MODEL_VERSIONS] = {
    MIGDESC_MEMBER_NAME ("versions"), MIGDESC_WANT_ARRAY, MIGDESC_IN_V1, .needs = 1 << MODEL_PARAMS,
    .read = read_versions },
  NOT_IN_V1 ("description"),
  NOT_IN_V1 ("constraints"),
  NOT_IN_V1 ("support"),
  NOT_IN_V1 ("blocker"),
  NOT_IN_V1 ("state"),
  NOT_IN_V1 ("ignore"),
};

static const MigdescShape model_shape = {
  .what = "model",
  .members = model_members,
  .n_members = G_N_ELEMENTS (model_members),
  .required = 1 << MODEL_MODEL | 1 << MODEL_PARAMS | 1 << MODEL_VERSIONS,
  .extra_offset = G_STRUCT_OFFSET (MigdescV1Model, extra),
};

static void
read_model (MigdescDecoder *decoder)
{
  MigdescPlace place = migdesc_decoder_place (decoder);
  g_autoptr (GArray) params = g_array_new (FALSE, FALSE, sizeof (MigdescV1Param));
  g_autoptr (GArray) settings = g_array_new (FALSE, FALSE, sizeof (MigdescV1Setting));
  g_autoptr (GArray) versions = g_array_new (FALSE, FALSE, sizeof (MigdescV1Version));
  MigdescV1Model model = { .params = params, .settings = settings, .versions = versions };

  migdesc_decoder_read_object (decoder, &model_shape, &model, place);
  if (decoder->json.error == 0 && model.name.text != NULL)
    migdesc_v1_model_feed (&model, decoder->draft, decoder->diagnostics);
}

void
migdesc_decoder_read_v1 (MigdescDecoder *decoder)
{
  MigdescPlace place = migdesc_decoder_place (decoder);
  guint n = 0;

  decoder->may_use = MIGDESC_IN_V1;
  if (!migdesc_json_reader_begin_array (&decoder->json))
    return;
  for (; migdesc_json_reader_next_element (&decoder->json); n++)
    if (migdesc_decoder_expect (decoder, MIGDESC_WANT_OBJECT))
      read_model (decoder);
  if (n == 0 && decoder->json.error == 0)
    migdesc_decoder_error (decoder, MIGDESC_ERROR_DOCUMENT_EMPTY, place,
                           "the document has no model");
}
