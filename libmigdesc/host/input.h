/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>
#include <migdesc/migdesc-limits.h>

G_BEGIN_DECLS

/* Reads a whole file, or stdin, of at most the document limit, without trusting the size that it
 * claims to have. Errors: cannot-read, limit-exceeded, cancelled. */
GBytes *migdesc_input_read_file (const char *path, const MigdescLimits *limits,
                                 GCancellable *cancellable, GError **error);
/* The same of what is open already, and stays so; messages call it path. */
GBytes *migdesc_input_read_fd (int fd, const char *path, const MigdescLimits *limits,
                               GCancellable *cancellable, GError **error);
GBytes *migdesc_input_read_stdin (const MigdescLimits *limits, GCancellable *cancellable,
                                  GError **error);
/* A file, opened as it is for reading whole; -1 on error. */
int migdesc_input_open (const char *path, GError **error);
/* Appends up to size bytes, all of them unless the end comes first: then there is no more. */
gboolean migdesc_input_read_some (int fd, const char *path, gsize size, GByteArray *data,
                                  gboolean *more, GCancellable *cancellable, GError **error);
/* The names of a directory's regular files that are not hidden, and of links that lead nowhere,
 * sorted by bytes. At most 65,536. */
char **migdesc_input_list_directory (const char *path, GError **error);
/* The same, with another limit. */
char **migdesc_input_list_many (const char *path, guint max, GError **error);
/* The same, of entries of any kind. */
char **migdesc_input_list_entries (const char *path, GError **error);

G_END_DECLS
