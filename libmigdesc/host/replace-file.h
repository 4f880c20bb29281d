/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Writes what a file is to be into fd, which stays the caller's. */
typedef gboolean (*MigdescFillFunc) (int fd, gpointer data, GCancellable *cancellable,
                                     GError **error);

/* Replaces a file, mode 0600, when the new one is complete and on the disk; until then, and after a
 * failure, it is as it was. What is no regular file is not replaced; a link is, not what it points
 * to. Errors: cannot-write with the path; those of fill, prefixed with it. */
gboolean migdesc_replace_file (const char *path,
                               MigdescFillFunc fill,
                               gpointer data,
                               GCancellable *cancellable,
                               GError **error);

G_END_DECLS
