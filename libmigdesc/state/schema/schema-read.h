/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <migdesc/migdesc-field.h>

#include "base/arena.h"
#include "base/json-reader.h"
#include "state/schema/schema-words.h"

G_BEGIN_DECLS

/* A schema in the making: fields and structs as they are read, in the arena that the table will
 * live in. */
typedef struct
{
  MigdescJsonReader *reader;
  MigdescArena *arena;
  gboolean in_section;
} MigdescSchemaRead;

/* What a field's object says, before its kind is known. */
typedef struct
{
  guint64 seen; /* a bit for each member */
  gsize offset; /* of the object */
  MigdescJsonString texts[MIGDESC_SCHEMA_N_MEMBERS]; /* numbers, and strings */
  const char *const *words;
  guint n_words;
  const MigdescField *fields;
  guint n_fields;
} MigdescSchemaItem;

/* Where a field or struct came from, while it is made: reserved_ has the offset in the text and the
 * name of the nested struct. */
static inline void
migdesc_schema_mark (gpointer reserved[4],
                     gsize offset,
                     const char *name)
{
  reserved[0] = GSIZE_TO_POINTER (offset);
  reserved[1] = (gpointer) name;
}

/* One field. FALSE: the reader has failed. */
gboolean migdesc_schema_read_field (MigdescSchemaRead *read, MigdescField *field);
/* An array of them. */
gboolean migdesc_schema_read_fields (MigdescSchemaRead *read,
                                     const MigdescField **fields,
                                     guint *n_fields);

gboolean migdesc_schema_fail_unknown (MigdescJsonReader *reader,
                                      const MigdescJsonString *key,
                                      const char *what);

/* From what the object says to the field. FALSE: the reader has failed. */
gboolean migdesc_schema_make_field (MigdescSchemaRead *read,
                                    const MigdescSchemaItem *item,
                                    MigdescField *field);

/* A name of a struct or check. */
gboolean migdesc_schema_read_name (MigdescSchemaRead *read, const char **name);

/* Gives every member of a table its place. FALSE: it would be too large. */
gboolean migdesc_schema_lay_out (MigdescStruct *table);

/* All of a schema: the table, in the arena; NULL: the reader has failed. Not checked yet.
 * transforms: where those are, to be read afterwards; its cursor is NULL if there are none. */
const MigdescStruct *migdesc_schema_read (MigdescJsonReader *reader,
                                          MigdescArena *arena,
                                          MigdescJsonMark *transforms);

G_END_DECLS
