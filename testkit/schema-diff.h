/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <migdesc/migdesc.h>

G_BEGIN_DECLS

/* What has changed from a schema to another: a line for each field, or member of one. */
char *kit_diff_schemas (MigdescStateType *before, MigdescStateType *after);

G_END_DECLS
