/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>
#include <migdesc/migdesc-limits.h>

G_BEGIN_DECLS

/* Runs a command line (words quoted as for a shell, but no shell runs) and returns what it printed
 * on stdout, read to its end. Its stdin is empty. Errors: cannot-run; program-failed with its
 * status and what it said on stderr; program-timeout and program-output with the limit; cancelled.
 * Whatever happens, the program and what it started are gone afterwards, as far as they stayed in
 * its process group; and the program itself goes with the thread that waits for it, however that
 * ends. */
GBytes *migdesc_program_run (const char *command, const MigdescLimits *limits,
                             GCancellable *cancellable, GError **error);
/* The same with an open file as its stdin, which stays the caller's, or -1; and with another name
 * in messages than the command line, which has to be fit to be shown. */
GBytes *migdesc_program_run_with_input (const char *command, const char *name, int input,
                                        const MigdescLimits *limits, GCancellable *cancellable,
                                        GError **error);

G_END_DECLS
