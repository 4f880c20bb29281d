/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <migdesc/migdesc-discovery.h>
#include <migdesc/migdesc-limits.h>

G_BEGIN_DECLS

/* What is wrong with the drop-in is the program's to tell. */
MigdescBackendProgram *migdesc_backend_program_new (const char *name,
                                                    const char *path,
                                                    const char *cache,
                                                    GCancellable *cancellable);

/* What the program prints about itself. Errors: those of usability and of running programs. */
GBytes *migdesc_backend_program_run (MigdescBackendProgram *self,
                                     const MigdescLimits *limits,
                                     GCancellable *cancellable,
                                     GError **error);

G_END_DECLS
