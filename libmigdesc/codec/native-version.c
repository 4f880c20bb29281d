/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "codec/decoder.h"
#include "codec/encoder.h"
#include "codec/missing-init.h"

/* A version as an object. What few versions have lies in a second record. */

static void
read_setting (MigdescDecoder *decoder,
              const MigdescJsonString *name,
              guint32 position)
{
  MigdescPlace place = migdesc_decoder_place (decoder);
  const MigdescParamCore *param = migdesc_draft_param (decoder->draft, position);
  MigdescJsonString text;
  MigdescValue value;
  gboolean is_new;
  gboolean good;

  if (param->type == MIGDESC_VALUE_TYPE_STRING)
    {
      good = migdesc_decoder_read_text (decoder, MIGDESC_ERROR_VALUE_TYPE, &text);
      if (good)
        value.string = migdesc_draft_value_string (decoder->draft, position, migdesc_slice (&text));
    }
  else
    good = migdesc_decoder_read_value (decoder, (MigdescValueType) param->type,
                                       MIGDESC_ERROR_VALUE_TYPE, &value);

  if (G_LIKELY (good))
    is_new = migdesc_draft_add_setting (decoder->draft, position, value, place);
  else
    is_new = migdesc_draft_break_setting (decoder->draft, position);
  if (G_UNLIKELY (!is_new))
    migdesc_json_reader_fail_duplicate (&decoder->json, name);
  else if (G_UNLIKELY (good && decoder->missing_inits != NULL))
    migdesc_missing_init_note (decoder, position, value);
}

static void
read_settings (MigdescDecoder *decoder,
               const MigdescMember *member,
               gpointer record)
{
  g_auto (MigdescKeySet) unknown;
  MigdescJsonString name;
  guint32 hint = 0;

  migdesc_key_set_init (&unknown);
  if (!migdesc_json_reader_begin_object (&decoder->json))
    return;
  while (migdesc_json_reader_next_member (&decoder->json, &name))
    {
      guint32 position = migdesc_draft_find_setting (decoder->draft, migdesc_slice (&name), hint,
                                                     name.offset);

      if (G_UNLIKELY (position == MIGDESC_NOT_FOUND))
        {
          if (!migdesc_key_set_add (&unknown, name.text, name.length))
            migdesc_json_reader_fail_duplicate (&decoder->json, &name);
          migdesc_json_reader_skip_value (&decoder->json);
          continue;
        }
      hint = position + 1;
      if (G_LIKELY (!migdesc_draft_param_is_broken (decoder->draft, position)))
        read_setting (decoder, &name, position);
      else if (migdesc_json_reader_skip_value (&decoder->json)
               && !migdesc_draft_break_setting (decoder->draft, position))
        migdesc_json_reader_fail_duplicate (&decoder->json, &name);
    }
}

static gboolean
has_settings (const MigdescEncoder *encoder,
              const MigdescMember *member,
              gconstpointer record)
{
  return ((const MigdescVersionCore *) record)->n_settings > 0;
}

static void
write_settings (MigdescEncoder *encoder,
                const MigdescMember *member,
                gconstpointer record)
{
  const MigdescVersionCore *version = (const MigdescVersionCore *) record;

  migdesc_json_writer_begin_object (&encoder->json);
  for (guint i = 0; i < version->n_settings; i++)
    {
      const MigdescSetting *setting = &version->settings[i];
      const MigdescParamCore *param = &encoder->model->params[setting->param];

      migdesc_json_writer_key_length (&encoder->json, param->name, param->key.length);
      migdesc_encoder_write_value (encoder, (MigdescValueType) param->type, setting->value);
    }
  migdesc_json_writer_end_object (&encoder->json);
}

/* The name is read before the members, for the record begins with it. */
static void
skip_name (MigdescDecoder *decoder,
           const MigdescMember *member,
           gpointer record)
{
  migdesc_json_reader_skip_value (&decoder->json);
}

static void
write_name (MigdescEncoder *encoder,
            const MigdescMember *member,
            gconstpointer record)
{
  const MigdescVersionCore *version = (const MigdescVersionCore *) record;

  migdesc_json_writer_string_length (&encoder->json, version->name, version->key.length);
}

static gboolean
is_cleared (const MigdescEncoder *encoder,
            const MigdescMember *member,
            gconstpointer record)
{
  return !G_STRUCT_MEMBER (guint8, record, member->offset);
}

static void
write_false (MigdescEncoder *encoder,
             const MigdescMember *member,
             gconstpointer record)
{
  migdesc_json_writer_bool (&encoder->json, FALSE);
}

static gpointer
get_more (MigdescDecoder *decoder)
{
  return migdesc_draft_version_more (decoder->draft);
}

static void
read_text (MigdescDecoder *decoder,
           const MigdescMember *member,
           gpointer record)
{
  migdesc_decoder_read_text_member (decoder, member, migdesc_draft_version_more (decoder->draft));
}

static void
read_json (MigdescDecoder *decoder,
           const MigdescMember *member,
           gpointer record)
{
  migdesc_decoder_read_json_member (decoder, member, migdesc_draft_version_more (decoder->draft));
}

static gboolean
has_text (const MigdescEncoder *encoder,
          const MigdescMember *member,
          gconstpointer record)
{
  return migdesc_encoder_has_text (encoder, member, ((const MigdescVersionCore *) record)->more);
}

static void
write_text (MigdescEncoder *encoder,
            const MigdescMember *member,
            gconstpointer record)
{
  migdesc_encoder_write_text (encoder, member, ((const MigdescVersionCore *) record)->more);
}

static void
write_json (MigdescEncoder *encoder,
            const MigdescMember *member,
            gconstpointer record)
{
  migdesc_encoder_write_json (encoder, member, ((const MigdescVersionCore *) record)->more);
}

static void
read_tested_pair (MigdescDecoder *decoder)
{
  static const char *const names[] = { "from", "to" };
  MigdescJsonString texts[2] = { { 0 } };
  MigdescPlace place = migdesc_decoder_place (decoder);
  MigdescJsonString key;
  gboolean good = TRUE;
  guint seen = 0;

  if (!migdesc_json_reader_begin_object (&decoder->json))
    return;
  while (migdesc_json_reader_next_member (&decoder->json, &key))
    {
      guint i = migdesc_json_string_equal (&key, "from", 4) ? 0
                : migdesc_json_string_equal (&key, "to", 2) ? 1
                                                            : 2;

      if (i == 2)
        migdesc_decoder_reject_unknown (decoder, "tested pair", &key);
      else if ((seen & (1u << i)) != 0)
        migdesc_json_reader_fail_duplicate (&decoder->json, &key);
      else if (!migdesc_decoder_expect (decoder, MIGDESC_WANT_STRING)
               || !migdesc_json_reader_read_string (&decoder->json, &texts[i]))
        good = FALSE;
      seen |= 1u << i;
    }

  if (decoder->json.error != 0)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if ((seen & (1u << i)) == 0)
      migdesc_decoder_report_missing (decoder, "tested pair", names[i], place);
  if (good && (seen & 3) == 3)
    migdesc_draft_add_tested (decoder->draft, migdesc_slice (&texts[0]), texts[0].offset,
                              migdesc_slice (&texts[1]), texts[1].offset);
}

static void
read_tested (MigdescDecoder *decoder,
             const MigdescMember *member,
             gpointer record)
{
  if (!migdesc_json_reader_begin_array (&decoder->json))
    return;
  while (migdesc_json_reader_next_element (&decoder->json))
    if (migdesc_decoder_expect (decoder, MIGDESC_WANT_OBJECT))
      read_tested_pair (decoder);
}

static gboolean
has_tested (const MigdescEncoder *encoder,
            const MigdescMember *member,
            gconstpointer record)
{
  return ((const MigdescVersionCore *) record)->more->n_tested > 0;
}

static void
write_tested (MigdescEncoder *encoder,
              const MigdescMember *member,
              gconstpointer record)
{
  const MigdescVersionMore *more = ((const MigdescVersionCore *) record)->more;

  migdesc_json_writer_begin_array (&encoder->json);
  for (guint i = 0; i < more->n_tested; i++)
    {
      migdesc_json_writer_begin_object (&encoder->json);
      migdesc_json_writer_member_string (&encoder->json, "from",
                                         encoder->model->versions[more->tested[i].from].name);
      migdesc_json_writer_member_string (&encoder->json, "to",
                                         encoder->model->versions[more->tested[i].to].name);
      migdesc_json_writer_end_object (&encoder->json);
    }
  migdesc_json_writer_end_array (&encoder->json);
}

enum
{
  VERSION_NAME,
  VERSION_PARAMS,
  VERSION_DESCRIPTION,
  VERSION_CREATE,
  VERSION_LOAD,
  VERSION_SUPPORT,
  VERSION_BLOCKER,
  VERSION_TESTED,
  VERSION_STATE_VERSION
};

static const MigdescMember version_members[] = {
  [VERSION_NAME] = {
    MIGDESC_MEMBER_NAME ("name"), MIGDESC_WANT_ANY, MIGDESC_IN_NATIVE,
    .read = skip_name, .is_set = migdesc_encoder_always, .write = write_name },
  [VERSION_PARAMS] = {
    MIGDESC_MEMBER_NAME ("params"), MIGDESC_WANT_OBJECT, MIGDESC_IN_NATIVE,
    .read = read_settings, .is_set = has_settings, .write = write_settings },
  [VERSION_DESCRIPTION] = {
    MIGDESC_MEMBER_NAME ("description"), MIGDESC_WANT_STRING, MIGDESC_IN_NATIVE,
    .offset = G_STRUCT_OFFSET (MigdescVersionMore, description),
    .read = read_text, .is_set = has_text, .write = write_text },
  [VERSION_CREATE] = {
    MIGDESC_MEMBER_NAME ("create"), MIGDESC_WANT_BOOL, MIGDESC_IN_NATIVE,
    .offset = G_STRUCT_OFFSET (MigdescVersionCore, can_create),
    .read = migdesc_decoder_read_flag_member, .is_set = is_cleared, .write = write_false },
  [VERSION_LOAD] = {
    MIGDESC_MEMBER_NAME ("load"), MIGDESC_WANT_BOOL, MIGDESC_IN_NATIVE,
    .offset = G_STRUCT_OFFSET (MigdescVersionCore, can_load),
    .read = migdesc_decoder_read_flag_member, .is_set = is_cleared, .write = write_false },
  [VERSION_SUPPORT] = {
    MIGDESC_MEMBER_NAME ("support"), MIGDESC_WANT_STRING, MIGDESC_IN_NATIVE,
    .offset = G_STRUCT_OFFSET (MigdescVersionCore, support),
    .read = migdesc_decoder_read_support_member, .is_set = migdesc_encoder_has_support,
    .write = migdesc_encoder_write_support },
  [VERSION_BLOCKER] = {
    MIGDESC_MEMBER_NAME ("blocker"), MIGDESC_WANT_STRING, MIGDESC_IN_NATIVE,
    .offset = G_STRUCT_OFFSET (MigdescVersionMore, blocker),
    .read = read_text, .is_set = has_text, .write = write_text },
  [VERSION_TESTED] = {
    MIGDESC_MEMBER_NAME ("tested"), MIGDESC_WANT_ARRAY, MIGDESC_IN_NATIVE,
    .read = read_tested, .is_set = has_tested, .write = write_tested },
  [VERSION_STATE_VERSION] = {
    MIGDESC_MEMBER_NAME ("state_version"), MIGDESC_WANT_NUMBER_OR_STRING, MIGDESC_IN_NATIVE,
    .offset = G_STRUCT_OFFSET (MigdescVersionMore, state_version),
    .read = read_json, .is_set = has_text, .write = write_json },
};

const MigdescShape migdesc_version_shape = {
  .what = "version",
  .members = version_members,
  .n_members = G_N_ELEMENTS (version_members),
  .required = 1 << VERSION_NAME,
  .extra_offset = G_STRUCT_OFFSET (MigdescVersionMore, extra),
  .more_offset = G_STRUCT_OFFSET (MigdescVersionCore, more),
  .get_more = get_more,
};

/* Looks ahead for the member "name" of the object at the cursor and comes back. */
static gboolean
find_name (MigdescDecoder *decoder,
           MigdescJsonString *name)
{
  MigdescJsonMark start = migdesc_json_reader_tell (&decoder->json);
  MigdescJsonString key;
  gboolean found = FALSE;

  if (!migdesc_json_reader_begin_object (&decoder->json))
    return FALSE;
  while (!found && migdesc_json_reader_next_member (&decoder->json, &key))
    {
      if (!migdesc_json_string_equal (&key, "name", 4))
        migdesc_json_reader_skip_value (&decoder->json);
      else if (!migdesc_decoder_expect (decoder, MIGDESC_WANT_STRING))
        break;
      else
        found = migdesc_json_reader_read_string (&decoder->json, name);
    }
  migdesc_json_reader_seek (&decoder->json, &start);
  return found;
}

void
migdesc_decoder_read_version (MigdescDecoder *decoder)
{
  MigdescPlace place = migdesc_decoder_place (decoder);
  MigdescVersionCore *version;
  MigdescJsonString name;
  char stand_in[16];

  if ((decoder->may_use & MIGDESC_IN_NATIVE) == 0)
    {
      migdesc_decoder_reject_kind (decoder, MIGDESC_ERROR_DOCUMENT_DIALECT,
                                   "the v4 dialect's plain string");
      return;
    }
  decoder->fits &= MIGDESC_IN_NATIVE;

  if (!find_name (decoder, &name))
    {
      /* Reported now or below: the rest is still looked at, under a name that no other version
       * has. */
      name.text = stand_in;
      name.length = (guint32) g_snprintf (stand_in, sizeof stand_in, "#%u",
                                          decoder->n_versions + 1);
      name.offset = (guint32) place;
    }
  if (decoder->json.error != 0)
    return;

  version = migdesc_draft_begin_version (decoder->draft, migdesc_slice (&name), name.offset);
  migdesc_decoder_read_object (decoder, &migdesc_version_shape, version, place);
  if (decoder->json.error == 0)
    migdesc_draft_end_version (decoder->draft);
}
