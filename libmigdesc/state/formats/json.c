/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "state/formats/json.h"

/* JSON as a format of streams. */

/* An object whose first member is ours, or any object at all: no other format begins so. */
static gboolean
detect (const guint8 *data,
        gsize length)
{
  gsize i = 0;

  while (i < length && (data[i] == ' ' || data[i] == '\n' || data[i] == '\r' || data[i] == '\t'))
    i++;
  return i < length && data[i] == '{';
}

const MigdescFormat migdesc_format_json = {
  .name = "json",
  .description = "JSON, for people and other programs",
  .suffix = ".json",
  .save_type = migdesc_json_saver_get_type,
  .load_type = migdesc_json_loader_get_type,
  .detect = detect,
};
