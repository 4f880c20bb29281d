/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "state/table/table-fault.h"

G_BEGIN_DECLS

/* What is checked at a time: the fields of a struct, or those of a section. */
typedef struct
{
  MigdescTableFault *fault;
  const MigdescStruct *table;
  const MigdescField *section; /* nullable */
  const MigdescField *fields;
  guint n_fields;
  gboolean nested; /* gates mean the versions of whoever nests the struct */
  guint version;
  guint minimum;
} MigdescTableScope;

#define MIGDESC_NAME_MAX 64
#define MIGDESC_SECTION_NAME_MAX 255
#define MIGDESC_TEXT_MAX 65536
#define MIGDESC_BITMAP_MAX 262144
#define MIGDESC_UNUSED_MAX 4096
#define MIGDESC_SECTION_VERSION_MAX 65535
#define MIGDESC_NESTING_MAX 32
#define MIGDESC_FIELDS_MAX 65536
#define MIGDESC_NAMESAKES_MAX 64
#define MIGDESC_TABLE_MEMORY_MAX (G_GUINT64_CONSTANT (1) << 32)

/* Fills the fault. field: NULL for the table or section itself. Always FALSE. */
gboolean migdesc_table_fail (const MigdescTableScope *scope,
                             const MigdescField *field,
                             const char *format,
                             ...) G_GNUC_PRINTF (3, 4);

/* In the struct's memory and with a value of its own. */
gboolean migdesc_field_has_memory (const MigdescField *field);
/* Not there in each version and configuration. */
gboolean migdesc_field_is_gated (const MigdescField *field);
/* Whether no version and configuration has both, as far as can be told. */
gboolean migdesc_field_excludes (const MigdescField *field, const MigdescField *other);
/* Whether the other field is there wherever this one is. */
gboolean migdesc_field_implies (const MigdescField *field, const MigdescField *other);

/* A field by itself: table-check-field.c */
gboolean migdesc_table_check_name (const MigdescTableScope *scope,
                                   const MigdescField *field,
                                   const char *name);
gboolean migdesc_table_check_text (const MigdescTableScope *scope,
                                   const MigdescField *field,
                                   const char *what,
                                   const char *text);
gboolean migdesc_table_check_field (const MigdescTableScope *scope, const MigdescField *field);
/* Its values and words: table-check-values.c */
gboolean migdesc_table_check_values (const MigdescTableScope *scope, const MigdescField *field);
/* When it is there, and what it is else: table-check-gates.c */
gboolean migdesc_table_check_gates (const MigdescTableScope *scope, const MigdescField *field);
/* What it says of others: table-check-others.c */
gboolean migdesc_table_check_others (const MigdescTableScope *scope, const MigdescField *field);
/* Names that are there twice: table-check-names.c */
gboolean migdesc_table_check_names (const MigdescTableScope *scope);
/* Memory that two fields share, sections included: table-check-overlap.c */
gboolean migdesc_table_check_overlap (const MigdescTableScope *scope);

G_END_DECLS
