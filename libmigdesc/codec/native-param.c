/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "codec/decoder.h"
#include "codec/encoder.h"
#include "codec/bounds.h"
#include "codec/missing-init.h"

/* A param: its type, values and what is said about it. */

static const char *const type_words[] = {
  [MIGDESC_VALUE_TYPE_BOOL] = "bool",
  [MIGDESC_VALUE_TYPE_INT] = "int",
  [MIGDESC_VALUE_TYPE_STRING] = "str",
};

static void
read_type (MigdescDecoder *decoder,
           const MigdescMember *member,
           gpointer record)
{
  MigdescParamCore *param = (MigdescParamCore *) record;
  guint word = migdesc_decoder_read_word (decoder, "type", type_words, G_N_ELEMENTS (type_words));

  if (word == G_N_ELEMENTS (type_words))
    return;
  param->type = (guint8) word;
  param->allowed.type = (guint8) word;
  decoder->has_type = TRUE;
}

static void
write_type (MigdescEncoder *encoder,
            const MigdescMember *member,
            gconstpointer record)
{
  migdesc_json_writer_string (&encoder->json,
                              type_words[((const MigdescParamCore *) record)->type]);
}

static void
read_allowed (MigdescDecoder *decoder,
              const MigdescMember *member,
              gpointer record)
{
  MigdescParamCore *param = (MigdescParamCore *) record;

  if (!decoder->has_type)
    migdesc_json_reader_skip_value (&decoder->json);
  else if (!migdesc_decoder_read_set (decoder, (MigdescValueType) param->type,
                                      MIGDESC_ERROR_VALUE_SET_EMPTY, &param->allowed))
    decoder->broken |= MIGDESC_BROKEN_VALUES;
}

static gboolean
has_allowed (const MigdescEncoder *encoder,
             const MigdescMember *member,
             gconstpointer record)
{
  return !((const MigdescParamCore *) record)->allowed.any;
}

static void
write_allowed (MigdescEncoder *encoder,
               const MigdescMember *member,
               gconstpointer record)
{
  migdesc_encoder_write_set (encoder, &((const MigdescParamCore *) record)->allowed);
}

static void
read_init (MigdescDecoder *decoder,
           const MigdescMember *member,
           gpointer record)
{
  MigdescParamCore *param = (MigdescParamCore *) record;

  decoder->init_place = migdesc_decoder_place (decoder);
  if (!decoder->has_type)
    migdesc_json_reader_skip_value (&decoder->json);
  else if (!migdesc_decoder_read_value (decoder, (MigdescValueType) param->type,
                                        MIGDESC_ERROR_VALUE_TYPE, &param->init))
    decoder->broken |= MIGDESC_BROKEN_INIT;
}

static void
write_init (MigdescEncoder *encoder,
            const MigdescMember *member,
            gconstpointer record)
{
  const MigdescParamCore *param = (const MigdescParamCore *) record;

  migdesc_encoder_write_value (encoder, (MigdescValueType) param->type, param->init);
}

static void
read_off (MigdescDecoder *decoder,
          const MigdescMember *member,
          gpointer record)
{
  MigdescParamCore *param = (MigdescParamCore *) record;

  decoder->off_place = migdesc_decoder_place (decoder);
  if (!decoder->has_type)
    migdesc_json_reader_skip_value (&decoder->json);
  else if (migdesc_decoder_read_value (decoder, (MigdescValueType) param->type,
                                       MIGDESC_ERROR_OFF_VALUE_TYPE, &param->off))
    param->has_off = TRUE;
  else
    /* with an unknown off value, no value of it can be said to be refused */
    decoder->broken |= MIGDESC_BROKEN_VALUES;
}

static gboolean
has_off (const MigdescEncoder *encoder,
         const MigdescMember *member,
         gconstpointer record)
{
  return ((const MigdescParamCore *) record)->has_off;
}

static void
write_off (MigdescEncoder *encoder,
           const MigdescMember *member,
           gconstpointer record)
{
  const MigdescParamCore *param = (const MigdescParamCore *) record;

  migdesc_encoder_write_value (encoder, (MigdescValueType) param->type, param->off);
}

static const char *const affects_words[] = { "hardware", "state" };

/* Adds a bit of MigdescAffects. */
static void
read_affected (MigdescDecoder *decoder,
               guint8 *affects)
{
  MigdescPlace place = migdesc_decoder_place (decoder);
  guint word;

  if (!migdesc_decoder_expect (decoder, MIGDESC_WANT_STRING))
    return;
  word = migdesc_decoder_read_word (decoder, "affects", affects_words,
                                    G_N_ELEMENTS (affects_words));
  if (word == G_N_ELEMENTS (affects_words))
    return;
  if ((*affects & (1 << word)) != 0)
    migdesc_decoder_error (decoder, MIGDESC_ERROR_DOCUMENT_VALUE, place,
                           "\"affects\" says \"%s\" twice", affects_words[word]);
  *affects = (guint8) (*affects | 1 << word);
}

static void
read_affects (MigdescDecoder *decoder,
              const MigdescMember *member,
              gpointer record)
{
  MigdescPlace place = migdesc_decoder_place (decoder);
  guint8 affects = 0;
  guint n = 0;

  if (!migdesc_json_reader_begin_array (&decoder->json))
    return;
  for (; migdesc_json_reader_next_element (&decoder->json); n++)
    read_affected (decoder, &affects);

  if (affects != 0)
    ((MigdescParamCore *) record)->affects = affects;
  else if (n == 0 && decoder->json.error == 0)
    migdesc_decoder_error (decoder, MIGDESC_ERROR_DOCUMENT_VALUE, place,
                           "\"affects\" has to name hardware, state or both");
}

static gboolean
has_affects (const MigdescEncoder *encoder,
             const MigdescMember *member,
             gconstpointer record)
{
  return ((const MigdescParamCore *) record)->affects
         != (MIGDESC_AFFECTS_HARDWARE | MIGDESC_AFFECTS_STATE);
}

static void
write_affects (MigdescEncoder *encoder,
               const MigdescMember *member,
               gconstpointer record)
{
  const MigdescParamCore *param = (const MigdescParamCore *) record;

  migdesc_json_writer_begin_array (&encoder->json);
  for (guint i = 0; i < G_N_ELEMENTS (affects_words); i++)
    if ((param->affects & (1 << i)) != 0)
      migdesc_json_writer_string (&encoder->json, affects_words[i]);
  migdesc_json_writer_end_array (&encoder->json);
}

static void
read_runtime (MigdescDecoder *decoder,
              const MigdescMember *member,
              gpointer record)
{
  gboolean value;

  if (migdesc_decoder_read_flag (decoder, MIGDESC_ERROR_DOCUMENT_TYPE, &value))
    ((MigdescParamCore *) record)->runtime = value ? 1 : 0;
}

static gboolean
is_runtime (const MigdescEncoder *encoder,
            const MigdescMember *member,
            gconstpointer record)
{
  return ((const MigdescParamCore *) record)->runtime;
}

static void
read_inferred (MigdescDecoder *decoder,
               const MigdescMember *member,
               gpointer record)
{
  gboolean value;

  if (migdesc_decoder_read_flag (decoder, MIGDESC_ERROR_DOCUMENT_TYPE, &value))
    ((MigdescParamCore *) record)->inferred = value ? 1 : 0;
}

static gboolean
is_inferred (const MigdescEncoder *encoder,
             const MigdescMember *member,
             gconstpointer record)
{
  return ((const MigdescParamCore *) record)->inferred;
}

static void
write_true (MigdescEncoder *encoder,
            const MigdescMember *member,
            gconstpointer record)
{
  migdesc_json_writer_bool (&encoder->json, TRUE);
}

enum
{
  PARAM_TYPE,
  PARAM_ALLOWED_VALUES,
  PARAM_ALLOWED_MIN,
  PARAM_ALLOWED_MAX,
  PARAM_INIT_VALUE,
  PARAM_OFF_VALUE,
  PARAM_DESCRIPTION,
  PARAM_UNIT,
  PARAM_AFFECTS,
  PARAM_RUNTIME,
  PARAM_INFERRED
};

static const MigdescMember param_members[] = {
  [PARAM_TYPE] = {
    MIGDESC_MEMBER_NAME ("type"), MIGDESC_WANT_STRING, MIGDESC_IN_OBJECTS,
    .read = read_type, .is_set = migdesc_encoder_always, .write = write_type },
  [PARAM_ALLOWED_VALUES] = {
    MIGDESC_MEMBER_NAME ("allowed_values"), MIGDESC_WANT_ARRAY, MIGDESC_IN_NATIVE | MIGDESC_IN_V3,
    .needs = 1 << PARAM_TYPE,
    .read = read_allowed, .is_set = has_allowed, .write = write_allowed },
  [PARAM_ALLOWED_MIN] = {
    MIGDESC_MEMBER_NAME ("allowed_min"), MIGDESC_WANT_ANY, MIGDESC_IN_MINMAX,
    .needs = 1 << PARAM_TYPE, .offset = FALSE,
    .read = migdesc_bounds_read, .is_set = migdesc_bounds_are_set, .write = migdesc_bounds_write },
  [PARAM_ALLOWED_MAX] = {
    MIGDESC_MEMBER_NAME ("allowed_max"), MIGDESC_WANT_ANY, MIGDESC_IN_MINMAX,
    .needs = 1 << PARAM_TYPE, .offset = TRUE,
    .read = migdesc_bounds_read, .is_set = migdesc_bounds_are_set, .write = migdesc_bounds_write },
  [PARAM_INIT_VALUE] = {
    MIGDESC_MEMBER_NAME ("init_value"), MIGDESC_WANT_ANY, MIGDESC_IN_OBJECTS,
    .needs = 1 << PARAM_TYPE,
    .read = read_init, .is_set = migdesc_encoder_always, .write = write_init },
  [PARAM_OFF_VALUE] = {
    MIGDESC_MEMBER_NAME ("off_value"), MIGDESC_WANT_ANY, MIGDESC_IN_OBJECTS,
    .needs = 1 << PARAM_TYPE,
    .read = read_off, .is_set = has_off, .write = write_off },
  [PARAM_DESCRIPTION] = {
    MIGDESC_MEMBER_NAME ("description"), MIGDESC_WANT_STRING, MIGDESC_IN_OBJECTS,
    .offset = G_STRUCT_OFFSET (MigdescParamCore, description),
    .read = migdesc_decoder_read_text_member, .is_set = migdesc_encoder_has_text,
    .write = migdesc_encoder_write_text },
  [PARAM_UNIT] = {
    MIGDESC_MEMBER_NAME ("unit"), MIGDESC_WANT_STRING, MIGDESC_IN_NATIVE,
    .offset = G_STRUCT_OFFSET (MigdescParamCore, unit),
    .read = migdesc_decoder_read_text_member, .is_set = migdesc_encoder_has_text,
    .write = migdesc_encoder_write_text },
  [PARAM_AFFECTS] = {
    MIGDESC_MEMBER_NAME ("affects"), MIGDESC_WANT_ARRAY, MIGDESC_IN_NATIVE,
    .read = read_affects, .is_set = has_affects, .write = write_affects },
  [PARAM_RUNTIME] = {
    MIGDESC_MEMBER_NAME ("runtime"), MIGDESC_WANT_BOOL, MIGDESC_IN_NATIVE,
    .read = read_runtime, .is_set = is_runtime, .write = write_true },
  [PARAM_INFERRED] = {
    MIGDESC_MEMBER_NAME ("inferred"), MIGDESC_WANT_BOOL, MIGDESC_IN_NATIVE,
    .read = read_inferred, .is_set = is_inferred, .write = write_true },
};

const MigdescShape migdesc_param_shape = {
  .what = "param",
  .members = param_members,
  .n_members = G_N_ELEMENTS (param_members),
  .required = 1 << PARAM_TYPE,
  .extra_offset = G_STRUCT_OFFSET (MigdescParamCore, extra),
};

static void
check_init (MigdescDecoder *decoder,
            const MigdescJsonString *name,
            const MigdescParamCore *param)
{
  if (decoder->init_place != MIGDESC_NO_PLACE)
    return;

  decoder->broken |= MIGDESC_BROKEN_INIT;
  if ((decoder->flags & MIGDESC_READ_LENIENT) != 0)
    migdesc_missing_init_add (decoder, migdesc_draft_n_params (decoder->draft) - 1, name->offset);
  else
    migdesc_decoder_error (decoder, MIGDESC_ERROR_INIT_MISSING, name->offset,
                           "a param needs an \"init_value\"");
}

void
migdesc_decoder_read_param (MigdescDecoder *decoder,
                            const MigdescJsonString *name)
{
  MigdescParamCore *param = migdesc_draft_begin_param (decoder->draft, migdesc_slice (name),
                                                       name->offset);

  decoder->has_type = FALSE;
  decoder->broken = 0;
  decoder->init_place = MIGDESC_NO_PLACE;
  decoder->off_place = MIGDESC_NO_PLACE;
  decoder->has_bound[0] = FALSE;
  decoder->has_bound[1] = FALSE;

  if (G_LIKELY (migdesc_decoder_expect (decoder, MIGDESC_WANT_OBJECT)))
    {
      migdesc_decoder_read_object (decoder, &migdesc_param_shape, param, name->offset);
      if (decoder->json.error != 0)
        return;
      check_init (decoder, name, param);
      if (decoder->may_use == MIGDESC_IN_MINMAX)
        migdesc_bounds_apply (decoder, param);
    }
  if (!decoder->has_type)
    decoder->broken = MIGDESC_BROKEN_INIT | MIGDESC_BROKEN_VALUES;
  if (decoder->broken != 0)
    migdesc_draft_break_param (decoder->draft, (MigdescBroken) decoder->broken);
  migdesc_draft_end_param (decoder->draft, decoder->init_place, decoder->off_place);
}
