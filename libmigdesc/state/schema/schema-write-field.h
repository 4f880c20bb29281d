/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "base/json-writer.h"
#include "state/plan/plan.h"

G_BEGIN_DECLS

/* Which part of a type is written. */
typedef struct
{
  guint version; /* 0: all of them, with their gates */
  guint limit;   /* with version 0: only those up to this one; 0: all */
  MigdescParamLookup lookup;
  gpointer lookup_data;
} MigdescSchemaFilter;

/* The fields at hand: of a table, or of one of its sections. */
typedef struct
{
  const MigdescSchemaFilter *filter;
  const MigdescStruct *table;
  const MigdescField *fields;
  guint n_fields;
  guint version; /* of the device or the section; 0: all */
  gboolean in_section;
} MigdescSchemaScope;

MigdescSchemaScope migdesc_schema_enter_section (const MigdescSchemaScope *scope,
                                                 const MigdescField *section);

/* Whether the field is there in the version and configuration at hand. */
gboolean migdesc_schema_is_written (const MigdescSchemaScope *scope, const MigdescField *field);

/* The name that a nested struct has in this scope. */
char *migdesc_schema_dup_struct_name (const MigdescSchemaScope *scope, const MigdescStruct *table);

/* As an array. */
void migdesc_schema_write_fields (const MigdescSchemaScope *scope, MigdescJsonWriter *writer);

G_END_DECLS
