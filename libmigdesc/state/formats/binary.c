/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "state/formats/binary.h"

#include "state/format.h"

static gboolean
detect (const guint8 *data,
        gsize length)
{
  return length >= MIGDESC_BINARY_MAGIC_SIZE
         && memcmp (data, MIGDESC_BINARY_MAGIC, MIGDESC_BINARY_MAGIC_SIZE) == 0;
}

const MigdescFormat migdesc_format_binary = {
  .name = "binary",
  .description = "compact, checked, for live migration and files",
  .suffix = ".mds",
  .save_type = migdesc_binary_writer_get_type,
  .load_type = migdesc_binary_reader_get_type,
  .detect = detect,
};
