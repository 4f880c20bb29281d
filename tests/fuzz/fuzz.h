/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* What the fuzz targets share. A target is fuzz-NAME.c with LLVMFuzzerTestOneInput, a folder
 * corpus-NAME and, where it helps, a dictionary NAME.dict. */

#include <glib.h>
#include <stddef.h>

int LLVMFuzzerTestOneInput (const guint8 *data, size_t size);

/* Every message that comes of foreign input is one line of UTF-8 without anything that could move a
 * cursor or turn the direction of the text. */
static inline void
fuzz_check_message (const char *message)
{
  g_assert_nonnull (message);
  g_assert_true (*message != '\0');
  g_assert_true (g_utf8_validate (message, -1, NULL));
  for (const char *at = message; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar character = g_utf8_get_char (at);

      g_assert_false (g_unichar_iscntrl (character));
      g_assert_false (character >= 0x2028 && character <= 0x202e);
      g_assert_false (character >= 0x2066 && character <= 0x2069);
    }
}
