/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A file that points at a backend program. */
typedef struct
{
  char *binary; /* an absolute path */
  char *description;
  char *type;
  char **arguments;
  char **tags;
} MigdescDropIn;

/* Errors: cannot-read, unsafe-file, and those of the document with line and column. */
MigdescDropIn *migdesc_drop_in_read (const char *path, GCancellable *cancellable, GError **error);
void migdesc_drop_in_free (MigdescDropIn *drop_in);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MigdescDropIn, migdesc_drop_in_free)

G_END_DECLS
