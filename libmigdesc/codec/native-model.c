/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "codec/decoder.h"
#include "codec/encoder.h"
#include "codec/missing-init.h"

/* A model: its params, versions, constraints, promise and state schema. */

/* v4 documents that have one are read, but the fourth revision has no place for it. */
static gboolean
has_description (const MigdescEncoder *encoder,
                 const MigdescMember *member,
                 gconstpointer record)
{
  return encoder->dialect != MIGDESC_IN_V4 && migdesc_encoder_has_text (encoder, member, record);
}

static void
read_params (MigdescDecoder *decoder,
             const MigdescMember *member,
             gpointer record)
{
  MigdescJsonString name;

  if (!migdesc_json_reader_begin_object (&decoder->json))
    return;
  while (migdesc_json_reader_next_member (&decoder->json, &name))
    migdesc_decoder_read_param (decoder, &name);
}

/* A model without params and versions has an empty object, so that it is not taken for an error. */
static gboolean
has_params (const MigdescEncoder *encoder,
            const MigdescMember *member,
            gconstpointer record)
{
  return !((const MigdescModelCore *) record)->version_only;
}

static void
write_params (MigdescEncoder *encoder,
              const MigdescMember *member,
              gconstpointer record)
{
  const MigdescModelCore *model = (const MigdescModelCore *) record;

  migdesc_json_writer_begin_object (&encoder->json);
  for (guint i = 0; i < model->n_params; i++)
    {
      migdesc_json_writer_key_length (&encoder->json, model->params[i].name,
                                      model->params[i].key.length);
      migdesc_encoder_write_object (encoder, &migdesc_param_shape, &model->params[i]);
    }
  migdesc_json_writer_end_object (&encoder->json);
}

static void
read_plain_version (MigdescDecoder *decoder)
{
  MigdescJsonString name;

  if (!migdesc_json_reader_read_string (&decoder->json, &name))
    return;
  migdesc_draft_begin_version (decoder->draft, migdesc_slice (&name), name.offset);
  if (migdesc_draft_n_params (decoder->draft) > 0)
    {
      migdesc_decoder_error (decoder, MIGDESC_ERROR_VERSION_WITHOUT_PARAMS, name.offset,
                             "a version of a model with params is an object, not a string");
      migdesc_draft_break_version (decoder->draft);
    }
  migdesc_draft_end_version (decoder->draft);
}

static void
read_versions (MigdescDecoder *decoder,
               const MigdescMember *member,
               gpointer record)
{
  MigdescJsonKind kind;

  if (!migdesc_json_reader_begin_array (&decoder->json))
    return;
  for (; migdesc_json_reader_next_element (&decoder->json); decoder->n_versions++)
    {
      kind = migdesc_json_reader_peek (&decoder->json);
      if (G_LIKELY (kind == MIGDESC_JSON_OBJECT))
        migdesc_decoder_read_version (decoder);
      else if (kind == MIGDESC_JSON_STRING)
        read_plain_version (decoder);
      else
        migdesc_decoder_reject_kind (decoder, MIGDESC_ERROR_DOCUMENT_TYPE, "an object or a string");
    }
}

/* In v4 a model has nothing else. */
static gboolean
has_versions (const MigdescEncoder *encoder,
              const MigdescMember *member,
              gconstpointer record)
{
  return encoder->dialect == MIGDESC_IN_V4 || ((const MigdescModelCore *) record)->n_versions > 0;
}

/* Whether it says no more than its name */
static gboolean
is_plain_version (const MigdescEncoder *encoder,
                  const MigdescVersionCore *version)
{
  const MigdescShape *shape = &migdesc_version_shape;

  if (version->more->extra != NULL)
    return FALSE;
  for (guint i = 1; i < shape->n_members; i++)
    if (shape->members[i].is_set (encoder, &shape->members[i], version))
      return FALSE;
  return TRUE;
}

static void
write_versions (MigdescEncoder *encoder,
                const MigdescMember *member,
                gconstpointer record)
{
  const MigdescModelCore *model = (const MigdescModelCore *) record;

  migdesc_json_writer_begin_array (&encoder->json);
  for (guint i = 0; i < model->n_versions; i++)
    {
      const MigdescVersionCore *version = &model->versions[i];

      if (encoder->dialect == MIGDESC_IN_V4
          || (model->version_only && is_plain_version (encoder, version)))
        migdesc_json_writer_string_length (&encoder->json, version->name, version->key.length);
      else
        migdesc_encoder_write_object (encoder, &migdesc_version_shape, version);
    }
  migdesc_json_writer_end_array (&encoder->json);
}

static void
read_constraints (MigdescDecoder *decoder,
                  const MigdescMember *member,
                  gpointer record)
{
  if (!migdesc_json_reader_begin_array (&decoder->json))
    return;
  while (migdesc_json_reader_next_element (&decoder->json))
    if (migdesc_decoder_expect (decoder, MIGDESC_WANT_OBJECT))
      migdesc_decoder_read_constraint (decoder);
}

static gboolean
has_constraints (const MigdescEncoder *encoder,
                 const MigdescMember *member,
                 gconstpointer record)
{
  return ((const MigdescModelCore *) record)->n_constraints > 0;
}

static void
write_constraints (MigdescEncoder *encoder,
                   const MigdescMember *member,
                   gconstpointer record)
{
  const MigdescModelCore *model = (const MigdescModelCore *) record;

  migdesc_json_writer_begin_array (&encoder->json);
  for (guint i = 0; i < model->n_constraints; i++)
    migdesc_encoder_write_object (encoder, &migdesc_constraint_shape, &model->constraints[i]);
  migdesc_json_writer_end_array (&encoder->json);
}

static void
read_ignore (MigdescDecoder *decoder,
             const MigdescMember *member,
             gpointer record)
{
  migdesc_decoder_read_ignore (decoder, TRUE);
}

static gboolean
has_ignore (const MigdescEncoder *encoder,
            const MigdescMember *member,
            gconstpointer record)
{
  return ((const MigdescModelCore *) record)->n_ignores > 0;
}

static void
write_ignore (MigdescEncoder *encoder,
              const MigdescMember *member,
              gconstpointer record)
{
  const MigdescModelCore *model = (const MigdescModelCore *) record;

  migdesc_encoder_write_ignores (encoder, model->ignores, model->n_ignores);
}

enum
{
  MODEL_DESCRIPTION,
  MODEL_PARAMS,
  MODEL_VERSIONS,
  MODEL_CONSTRAINTS,
  MODEL_SUPPORT,
  MODEL_BLOCKER,
  MODEL_STATE,
  MODEL_IGNORE
};

static const MigdescMember model_members[] = {
  [MODEL_DESCRIPTION] = {
    MIGDESC_MEMBER_NAME ("description"), MIGDESC_WANT_STRING, MIGDESC_IN_OBJECTS,
    .offset = G_STRUCT_OFFSET (MigdescModelCore, description),
    .read = migdesc_decoder_read_text_member, .is_set = has_description,
    .write = migdesc_encoder_write_text },
  [MODEL_PARAMS] = {
    MIGDESC_MEMBER_NAME ("params"), MIGDESC_WANT_OBJECT, MIGDESC_IN_V3_LIKE,
    .read = read_params, .is_set = has_params, .write = write_params },
  [MODEL_VERSIONS] = {
    MIGDESC_MEMBER_NAME ("versions"), MIGDESC_WANT_ARRAY, MIGDESC_IN_NATIVE | MIGDESC_IN_V4,
    .needs = 1 << MODEL_PARAMS,
    .read = read_versions, .is_set = has_versions, .write = write_versions },
  [MODEL_CONSTRAINTS] = {
    MIGDESC_MEMBER_NAME ("constraints"), MIGDESC_WANT_ARRAY, MIGDESC_IN_NATIVE,
    .needs = 1 << MODEL_PARAMS,
    .read = read_constraints, .is_set = has_constraints, .write = write_constraints },
  [MODEL_SUPPORT] = {
    MIGDESC_MEMBER_NAME ("support"), MIGDESC_WANT_STRING, MIGDESC_IN_NATIVE,
    .offset = G_STRUCT_OFFSET (MigdescModelCore, support),
    .read = migdesc_decoder_read_support_member, .is_set = migdesc_encoder_has_support,
    .write = migdesc_encoder_write_support },
  [MODEL_BLOCKER] = {
    MIGDESC_MEMBER_NAME ("blocker"), MIGDESC_WANT_STRING, MIGDESC_IN_NATIVE,
    .offset = G_STRUCT_OFFSET (MigdescModelCore, blocker),
    .read = migdesc_decoder_read_text_member, .is_set = migdesc_encoder_has_text,
    .write = migdesc_encoder_write_text },
  [MODEL_STATE] = {
    MIGDESC_MEMBER_NAME ("state"), MIGDESC_WANT_OBJECT, MIGDESC_IN_NATIVE,
    .offset = G_STRUCT_OFFSET (MigdescModelCore, state),
    .read = migdesc_decoder_read_json_member, .is_set = migdesc_encoder_has_text,
    .write = migdesc_encoder_write_json },
  [MODEL_IGNORE] = {
    MIGDESC_MEMBER_NAME ("ignore"), MIGDESC_WANT_OBJECT, MIGDESC_IN_NATIVE,
    .read = read_ignore, .is_set = has_ignore, .write = write_ignore },
};

const MigdescShape migdesc_model_shape = {
  .what = "model",
  .members = model_members,
  .n_members = G_N_ELEMENTS (model_members),
  .extra_offset = G_STRUCT_OFFSET (MigdescModelCore, extra),
};

void
migdesc_decoder_read_model (MigdescDecoder *decoder,
                            const MigdescJsonString *name)
{
  guint seen;

  migdesc_draft_begin_model (decoder->draft, migdesc_slice (name), name->offset);
  decoder->n_versions = 0;
  seen = migdesc_decoder_read_object (decoder, &migdesc_model_shape,
                                      migdesc_draft_model (decoder->draft), name->offset);
  if (decoder->json.error != 0)
    return;
  if ((seen & (1 << MODEL_PARAMS | 1 << MODEL_VERSIONS)) == 0)
    migdesc_decoder_error (decoder, MIGDESC_ERROR_DOCUMENT_MISSING_MEMBER, name->offset,
                           "a model needs a member \"params\" or \"versions\"");
  if (decoder->missing_inits != NULL)
    migdesc_missing_init_fill (decoder);
  migdesc_draft_end_model (decoder->draft);
}
