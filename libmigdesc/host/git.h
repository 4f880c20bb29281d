/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>
#include <migdesc/migdesc-limits.h>

G_BEGIN_DECLS

/* Files as a git repository has them: `REV:PATH`, where PATH is one in the file system, or would be
 * if the file were checked out. git runs as a program, and nothing else of it is needed. */

/* FALSE, and an error: the place has no revision or no path. */
gboolean migdesc_git_check_place (const char *place, GError **error);
/* The file as it was; errors are those of running programs. @name: for messages, fit to be shown */
GBytes *migdesc_git_read (const char *place,
                          const char *name,
                          const MigdescLimits *limits,
                          GCancellable *cancellable,
                          GError **error);
/* The places of the file in the commits that lead to the revision and have changed it, the newest
 * first. Errors: as above, and limit-exceeded. */
char **migdesc_git_list_history (const char *place,
                                 const char *name,
                                 GCancellable *cancellable,
                                 GError **error);

G_END_DECLS
