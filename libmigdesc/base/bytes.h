/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* g_bytes_get_data() is NULL where there are no bytes, to which nothing may be added and which
 * memcpy() must not be given: here it is the end of an empty text. length may be NULL. */
static inline gconstpointer
migdesc_bytes_peek (GBytes *bytes,
                    gsize *length)
{
  gconstpointer data = g_bytes_get_data (bytes, length);

  return data != NULL ? data : "";
}

G_END_DECLS
