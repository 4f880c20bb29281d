/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "state/format.h"

/* The table of formats: to add one is to add its row. */
static const MigdescFormat *const formats[] = {
  &migdesc_format_binary,
  &migdesc_format_json,
#ifdef MIGDESC_HAVE_CBOR
  &migdesc_format_cbor,
#endif
#ifdef MIGDESC_HAVE_DER
  &migdesc_format_der,
#endif
  &migdesc_format_text,
  &migdesc_format_size,
};

const MigdescFormat *const *
migdesc_formats_list (guint *n)
{
  *n = G_N_ELEMENTS (formats);
  return formats;
}

const MigdescFormat *
migdesc_formats_find (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    if (strcmp (formats[i]->name, name) == 0)
      return formats[i];
  return NULL;
}

const MigdescFormat *
migdesc_formats_detect (const guint8 *data,
                        gsize length)
{
  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    if (formats[i]->detect != NULL && formats[i]->detect (data, length))
      return formats[i];
  return NULL;
}
