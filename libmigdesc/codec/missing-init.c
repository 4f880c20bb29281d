/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "codec/missing-init.h"

typedef struct
{
  guint32 param;
  guint32 version; /* ordinal + 1 of the last version that set it; 0: none has */
  MigdescValue value;
  MigdescPlace place; /* of its name */
} MigdescMissingInit;

void
migdesc_missing_init_add (MigdescDecoder *decoder,
                          guint32 param,
                          MigdescPlace place)
{
  MigdescMissingInit missing = { .param = param, .place = place };

  if (decoder->missing_inits == NULL)
    decoder->missing_inits = g_array_new (FALSE, FALSE, sizeof (MigdescMissingInit));
  g_array_append_val (decoder->missing_inits, missing);
}

/* They are in the order of params. */
static MigdescMissingInit *
find (MigdescDecoder *decoder,
      guint32 param)
{
  guint low = 0;
  guint high = decoder->missing_inits->len;

  while (low < high)
    {
      guint middle = (low + high) / 2;
      MigdescMissingInit *missing = &g_array_index (decoder->missing_inits, MigdescMissingInit,
                                                    middle);

      if (missing->param == param)
        return missing;
      if (missing->param < param)
        low = middle + 1;
      else
        high = middle;
    }
  return NULL;
}

void
migdesc_missing_init_note (MigdescDecoder *decoder,
                           guint32 param,
                           MigdescValue value)
{
  MigdescMissingInit *missing = find (decoder, param);

  if (missing == NULL)
    return;
  missing->value = value;
  missing->version = decoder->n_versions + 1;
}

void
migdesc_missing_init_fill (MigdescDecoder *decoder)
{
  for (guint i = 0; i < decoder->missing_inits->len; i++)
    {
      const MigdescMissingInit *missing = &g_array_index (decoder->missing_inits,
                                                          MigdescMissingInit, i);
      const MigdescParamCore *param = migdesc_draft_param (decoder->draft, missing->param);

      if (missing->version > 0 && missing->version == decoder->n_versions)
        migdesc_draft_set_init (decoder->draft, missing->param, missing->value);
      else if (param->has_off)
        migdesc_draft_set_init (decoder->draft, missing->param, param->off);
      else if (!migdesc_draft_param_is_broken (decoder->draft, missing->param))
        migdesc_decoder_error (
            decoder, MIGDESC_ERROR_INIT_MISSING, missing->place,
            "a param needs an \"init_value\": the last version does not set it, and it has no"
            " \"off_value\"");
    }
  g_clear_pointer (&decoder->missing_inits, g_array_unref);
}
