/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "codec/decoder.h"
#include "codec/encoder.h"

/* A constraint: `if` and `then`, or `forbid`. */

enum
{
  CONSTRAINT_IF,
  CONSTRAINT_THEN,
  CONSTRAINT_FORBID,
  CONSTRAINT_DESCRIPTION
};

static void
read_condition (MigdescDecoder *decoder,
                MigdescConstraintPart part,
                const MigdescJsonString *name,
                guint32 position)
{
  MigdescPlace place = migdesc_decoder_place (decoder);
  const MigdescParamCore *param = migdesc_draft_param (decoder->draft, position);
  MigdescSet set;

  if (!migdesc_decoder_expect (decoder, MIGDESC_WANT_ARRAY)
      || !migdesc_decoder_read_set (decoder, (MigdescValueType) param->type,
                                    MIGDESC_ERROR_CONSTRAINT_EMPTY, &set))
    migdesc_draft_break_constraint (decoder->draft);
  else if (!migdesc_draft_add_condition (decoder->draft, part, position, &set, place))
    migdesc_json_reader_fail_duplicate (&decoder->json, name);
}

static void
read_part (MigdescDecoder *decoder,
           const MigdescMember *member,
           gpointer record)
{
  MigdescConstraintPart part = (MigdescConstraintPart) member->offset;
  MigdescJsonString name;
  guint32 hint = 0;

  migdesc_draft_begin_part (decoder->draft, part, migdesc_decoder_place (decoder));
  if (!migdesc_decoder_expect (decoder, MIGDESC_WANT_OBJECT))
    {
      migdesc_draft_break_constraint (decoder->draft);
      return;
    }
  if (!migdesc_json_reader_begin_object (&decoder->json))
    return;
  while (migdesc_json_reader_next_member (&decoder->json, &name))
    {
      guint32 position = migdesc_draft_find_condition (decoder->draft, migdesc_slice (&name), hint,
                                                       name.offset);

      if (position == MIGDESC_NOT_FOUND || migdesc_draft_param_is_broken (decoder->draft, position))
        {
          migdesc_draft_break_constraint (decoder->draft);
          migdesc_json_reader_skip_value (&decoder->json);
          continue;
        }
      hint = position + 1;
      read_condition (decoder, part, &name, position);
    }
}

static gboolean
has_part (const MigdescEncoder *encoder,
          const MigdescMember *member,
          gconstpointer record)
{
  return (member->offset == MIGDESC_PART_FORBID)
         == ((const MigdescConstraintCore *) record)->forbid;
}

static void
write_part (MigdescEncoder *encoder,
            const MigdescMember *member,
            gconstpointer record)
{
  const MigdescConstraintCore *constraint = (const MigdescConstraintCore *) record;
  gboolean is_then = member->offset == MIGDESC_PART_THEN;
  const MigdescCondition *conditions = is_then ? constraint->then : constraint->when;
  guint n = is_then ? constraint->n_then : constraint->n_when;

  migdesc_json_writer_begin_object (&encoder->json);
  for (guint i = 0; i < n; i++)
    {
      const MigdescParamCore *param = &encoder->model->params[conditions[i].param];

      migdesc_json_writer_key_length (&encoder->json, param->name, param->key.length);
      migdesc_encoder_write_set (encoder, &conditions[i].set);
    }
  migdesc_json_writer_end_object (&encoder->json);
}

/* The offset says which part it is. A part of another type is a part all the same, so that
 * read_part has to tell. */
static const MigdescMember constraint_members[] = {
  [CONSTRAINT_IF] = {
    MIGDESC_MEMBER_NAME ("if"), MIGDESC_WANT_ANY, MIGDESC_IN_NATIVE, .offset = MIGDESC_PART_IF,
    .read = read_part, .is_set = has_part, .write = write_part },
  [CONSTRAINT_THEN] = {
    MIGDESC_MEMBER_NAME ("then"), MIGDESC_WANT_ANY, MIGDESC_IN_NATIVE, .offset = MIGDESC_PART_THEN,
    .read = read_part, .is_set = has_part, .write = write_part },
  [CONSTRAINT_FORBID] = {
    MIGDESC_MEMBER_NAME ("forbid"), MIGDESC_WANT_ANY, MIGDESC_IN_NATIVE,
    .offset = MIGDESC_PART_FORBID,
    .read = read_part, .is_set = has_part, .write = write_part },
  [CONSTRAINT_DESCRIPTION] = {
    MIGDESC_MEMBER_NAME ("description"), MIGDESC_WANT_STRING, MIGDESC_IN_NATIVE,
    .offset = G_STRUCT_OFFSET (MigdescConstraintCore, description),
    .read = migdesc_decoder_read_text_member, .is_set = migdesc_encoder_has_text,
    .write = migdesc_encoder_write_text },
};

const MigdescShape migdesc_constraint_shape = {
  .what = "constraint",
  .members = constraint_members,
  .n_members = G_N_ELEMENTS (constraint_members),
  .extra_offset = G_STRUCT_OFFSET (MigdescConstraintCore, extra),
};

void
migdesc_decoder_read_constraint (MigdescDecoder *decoder)
{
  MigdescPlace place = migdesc_decoder_place (decoder);
  MigdescConstraintCore *constraint = migdesc_draft_begin_constraint (decoder->draft, place);

  migdesc_decoder_read_object (decoder, &migdesc_constraint_shape, constraint, place);
  if (decoder->json.error == 0)
    migdesc_draft_end_constraint (decoder->draft);
}
