/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Whether nobody but root and us has a say in what a path leads to. The file has to belong to root
 * or to us, and only its owner may write it; the same holds for each directory on the way, from the
 * root on, those that symbolic links lead through included, and for the links themselves. A
 * directory that others may write is good if it is sticky, as /tmp is: there only its owner can
 * take an entry away or put another in its place.
 *
 * Once that is so nobody else can change it, so that the path stays good to be used. A program is
 * therefore started by its path: started by a descriptor, a script would see /dev/fd/N for its own
 * name and keep the descriptor open. What is left: root and we ourselves may put another file there
 * meanwhile, and what reads a script, and the libraries a program loads, are not looked at. */

/* A regular file open for reading, close-on-exec; or -1. Errors: cannot-read; unsafe-file, with the
 * path and what is wrong with which part of it. */
int migdesc_safe_file_open (const char *path, GError **error);
/* The same for a file that need not be readable, as of a program. */
gboolean migdesc_safe_file_check (const char *path, GError **error);

G_END_DECLS
