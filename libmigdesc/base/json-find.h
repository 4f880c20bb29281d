/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The way back from a JSON pointer to the text: offsets[i] is where pointers[i] stands, a member's
 * key or an element's first byte. Of what is not there, the innermost that is there and would hold
 * it; G_MAXSIZE if that is the whole text, or the text could not be read so far. One pass over the
 * text, for any number of pointers. */
void migdesc_json_find (const char *text,
                        gsize length,
                        const char *const *pointers,
                        gsize n_pointers,
                        gsize *offsets);

/* Appends a reference token, which is a key or a position: `/` and the text, escaped as RFC 6901
 * says. */
void migdesc_json_pointer_append (GString *pointer, const char *token, gsize length);

G_END_DECLS
