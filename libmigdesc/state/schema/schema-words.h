/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <migdesc/migdesc-field.h>

G_BEGIN_DECLS

/* The words of schemas. */

#define MIGDESC_SCHEMA_FORMAT 1

typedef enum
{
  MIGDESC_SCHEMA_NAME,
  MIGDESC_SCHEMA_TYPE,
  MIGDESC_SCHEMA_MIN,
  MIGDESC_SCHEMA_MAX,
  MIGDESC_SCHEMA_NON_FINITE,
  MIGDESC_SCHEMA_WORDS,
  MIGDESC_SCHEMA_ARRAY,
  MIGDESC_SCHEMA_NONE,
  MIGDESC_SCHEMA_VALUE,
  MIGDESC_SCHEMA_STRUCT,
  MIGDESC_SCHEMA_NULLABLE,
  MIGDESC_SCHEMA_COUNT,
  MIGDESC_SCHEMA_MAXIMUM,
  MIGDESC_SCHEMA_COUNT_FIELD,
  MIGDESC_SCHEMA_COUNT_PARAM,
  MIGDESC_SCHEMA_LEFT,
  MIGDESC_SCHEMA_RELATION,
  MIGDESC_SCHEMA_RIGHT,
  MIGDESC_SCHEMA_RIGHT_PARAM,
  MIGDESC_SCHEMA_RIGHT_VALUE,
  MIGDESC_SCHEMA_VERSION,
  MIGDESC_SCHEMA_MINIMUM,
  MIGDESC_SCHEMA_FIELDS,
  MIGDESC_SCHEMA_SINCE,
  MIGDESC_SCHEMA_UNTIL,
  MIGDESC_SCHEMA_IF_PARAM,
  MIGDESC_SCHEMA_IF_VALUE,
  MIGDESC_SCHEMA_NEEDED,
  MIGDESC_SCHEMA_DEFAULT,
  MIGDESC_SCHEMA_REQUIRED,
  MIGDESC_SCHEMA_DROPPABLE,
  MIGDESC_SCHEMA_GONE,
  MIGDESC_SCHEMA_N_MEMBERS
} MigdescSchemaMember;

/* The members of a field, in the order in which they are written. */
extern const char *const migdesc_schema_members[MIGDESC_SCHEMA_N_MEMBERS];

/* "u16", "enum8": the kind, and the width where there is more than one. NULL for a field that no
 * schema can have. */
const char *migdesc_schema_type_to_word (MigdescFieldKind kind, guint width);
/* FALSE: there is no such type. A width of 0: the word says none. */
gboolean migdesc_schema_type_from_word (const char *word,
                                        gsize length,
                                        MigdescFieldKind *kind,
                                        guint *width);

/* "lt", "le", "eq" or "ne" */
const char *migdesc_schema_relation_to_word (MigdescFieldRelation relation);
/* 0: there is none. */
MigdescFieldRelation migdesc_schema_relation_from_word (const char *word, gsize length);

/* Truth values and timers: those that need not be said. */
gboolean migdesc_schema_has_usual_bounds (const MigdescField *field);
void migdesc_schema_set_usual_bounds (MigdescField *field);

/* The name of a table's check; NULL where there is none. */
const char *migdesc_schema_get_check_name (const MigdescStruct *table);

G_END_DECLS
