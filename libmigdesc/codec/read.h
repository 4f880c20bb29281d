/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <migdesc/migdesc-reader.h>
#include "model/core.h"
#include "model/diagnostics.h"

G_BEGIN_DECLS

typedef struct
{
  MigdescDialect dialect; /* AUTO: detect it */
  MigdescReadFlags flags;
  const MigdescLimits *limits; /* nullable */
} MigdescReadOptions;

/* Reads a text of any dialect that is a text. NULL, and *@error says the first thing that was
 * wrong. *@report gets all findings either way, if it is wanted. */
MigdescStore *migdesc_read_text (const MigdescReadOptions *options,
                                 const char *text,
                                 gsize length,
                                 const char *origin,
                                 MigdescReport **report,
                                 GError **error);

G_END_DECLS
