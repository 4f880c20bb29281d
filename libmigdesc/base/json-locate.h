/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Where a byte of a JSON text is, in the terms of a reader of the text. */
typedef struct
{
  gsize offset;  /* in bytes, from 0 */
  guint line;    /* from 1; lines end in \n */
  guint column;  /* in characters, from 1 */
  /* RFC 6901, of the innermost member or element that the byte lies in; "" is the whole document.
   * Made from the text as it is: to be quoted before it is shown. */
  char *pointer;
} MigdescLocation;

/* Fills locations[i] for offsets[i], which must not descend. One pass over the text up to the
 * last of them. An offset at a key is the member's. The text may be broken after the first of the
 * offsets: what follows is a best guess, but line and column stay right. A byte that is not UTF-8
 * counts as one character. An offset past the end is the end. */
void migdesc_json_locate (const char *text,
                          gsize length,
                          const gsize *offsets,
                          gsize n_offsets,
                          MigdescLocation *locations);

/* Frees the pointer, not the struct. */
void migdesc_location_clear (MigdescLocation *location);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MigdescLocation, migdesc_location_clear)

G_END_DECLS
