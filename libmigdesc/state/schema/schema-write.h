/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "state/schema/schema-write-field.h"

G_BEGIN_DECLS

/* A table as a schema. With a version, the effective schema; a plan for it has to exist, so that
 * the configuration is known to be good. The object is left open, for what the type has beside its
 * table. */
void migdesc_schema_write (const MigdescStruct *table,
                           const MigdescSchemaFilter *filter,
                           MigdescJsonWriter *writer);

G_END_DECLS
