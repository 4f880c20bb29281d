/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "codec/bounds.h"

void
migdesc_bounds_read (MigdescDecoder *decoder,
                     const MigdescMember *member,
                     gpointer record)
{
  const MigdescParamCore *param = (const MigdescParamCore *) record;
  guint bound = member->offset;

  decoder->bound_place = migdesc_decoder_place (decoder);
  if (!decoder->has_type)
    migdesc_json_reader_skip_value (&decoder->json);
  else if (param->type != MIGDESC_VALUE_TYPE_INT)
    {
      migdesc_decoder_error (decoder, MIGDESC_ERROR_DOCUMENT_DIALECT, decoder->bound_place,
                             "only a param of type int has \"%s\"", member->name);
      migdesc_json_reader_skip_value (&decoder->json);
    }
  else if (migdesc_decoder_read_int (decoder, MIGDESC_ERROR_VALUE_TYPE, &decoder->bounds[bound]))
    decoder->has_bound[bound] = TRUE;
  else
    decoder->broken |= MIGDESC_BROKEN_VALUES;
}

static void
apply_to_int (MigdescDecoder *decoder,
              MigdescParamCore *param)
{
  guint64 min = decoder->has_bound[0] ? decoder->bounds[0] : 0;
  guint64 max = decoder->has_bound[1] ? decoder->bounds[1] : G_MAXUINT64;

  if (min > max)
    {
      migdesc_decoder_error (decoder, MIGDESC_ERROR_RANGE_ORDER, decoder->bound_place,
                             "\"allowed_min\" %" G_GUINT64_FORMAT
                             " is above \"allowed_max\" %" G_GUINT64_FORMAT,
                             min, max);
      decoder->broken |= MIGDESC_BROKEN_VALUES;
      return;
    }
  migdesc_set_builder_reset (&decoder->set_builder, MIGDESC_VALUE_TYPE_INT);
  migdesc_set_builder_add_interval (&decoder->set_builder, min, max);
  migdesc_set_builder_build (&decoder->set_builder, decoder->arena, &param->allowed);
}

void
migdesc_bounds_apply (MigdescDecoder *decoder,
                      MigdescParamCore *param)
{
  if (decoder->has_bound[0] || decoder->has_bound[1])
    apply_to_int (decoder, param);
  else if (decoder->has_type && param->type == MIGDESC_VALUE_TYPE_BOOL && !param->has_off
           && (decoder->broken & MIGDESC_BROKEN_INIT) == 0)
    {
      migdesc_set_builder_reset (&decoder->set_builder, MIGDESC_VALUE_TYPE_BOOL);
      migdesc_set_builder_add_value (&decoder->set_builder, param->init);
      migdesc_set_builder_build (&decoder->set_builder, decoder->arena, &param->allowed);
    }
}

gboolean
migdesc_bounds_are_set (const MigdescEncoder *encoder,
                        const MigdescMember *member,
                        gconstpointer record)
{
  const MigdescParamCore *param = (const MigdescParamCore *) record;

  return encoder->dialect == MIGDESC_IN_MINMAX && param->type == MIGDESC_VALUE_TYPE_INT
         && !param->allowed.any;
}

void
migdesc_bounds_write (MigdescEncoder *encoder,
                      const MigdescMember *member,
                      gconstpointer record)
{
  const MigdescSet *allowed = &((const MigdescParamCore *) record)->allowed;
  guint64 bound = member->offset ? allowed->members.intervals[allowed->n - 1].max
                                 : allowed->members.intervals[0].min;

  migdesc_json_writer_uint_safe (&encoder->json, bound);
}
