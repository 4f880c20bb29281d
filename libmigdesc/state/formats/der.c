/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "state/formats/der-item.h"
#include "state/formats/der.h"

/* ASN.1 in DER (X.690): the row in the table of formats. */

/* A SEQUENCE that begins with INTEGER 1 and a UTF8String */
static gboolean
detect (const guint8 *data,
        gsize length)
{
  static const guint8 start[]
      = { MIGDESC_DER_INTEGER, 1, MIGDESC_DER_VERSION, MIGDESC_DER_TEXT };
  gsize head;

  if (length < 2 || data[0] != MIGDESC_DER_SEQUENCE)
    return FALSE;
  head = 2 + (gsize) ((data[1] & 0x80) != 0 ? data[1] & 0x7f : 0);
  return length >= head + sizeof start && memcmp (data + head, start, sizeof start) == 0;
}

const MigdescFormat migdesc_format_der = {
  .name = "der",
  .description = "ASN.1 in DER (X.690), for other programs",
  .suffix = ".der",
  .save_type = migdesc_der_saver_get_type,
  .load_type = migdesc_der_loader_get_type,
  .detect = detect,
};
