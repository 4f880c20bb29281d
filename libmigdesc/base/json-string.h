/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  MIGDESC_JSON_ESCAPE_UNKNOWN,
  MIGDESC_JSON_ESCAPE_HEX,
  MIGDESC_JSON_ESCAPE_SURROGATE,
  MIGDESC_JSON_ESCAPE_NUL
} MigdescJsonEscape;

/* The character that the escape at a backslash stands for, and its bytes in the text; or 0 and
 * what is wrong with it. A surrogate pair counts as one escape. */
guint migdesc_json_decode_escape (const char *escape,
                                  const char *end,
                                  gunichar *character,
                                  MigdescJsonEscape *problem);

G_END_DECLS
