/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "state/formats/cbor.h"

/* CBOR, RFC 8949: the row in the table of formats. */

static gboolean
detect (const guint8 *data,
        gsize length)
{
  static const char start[] = "\xa4\x6d" MIGDESC_CBOR_MAGIC;

  return length >= sizeof start - 1 && memcmp (data, start, sizeof start - 1) == 0;
}

const MigdescFormat migdesc_format_cbor = {
  .name = "cbor",
  .description = "CBOR (RFC 8949), deterministic, for other programs",
  .suffix = ".cbor",
  .save_type = migdesc_cbor_saver_get_type,
  .load_type = migdesc_cbor_loader_get_type,
  .detect = detect,
};
