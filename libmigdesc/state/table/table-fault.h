/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <migdesc/migdesc-field.h>

G_BEGIN_DECLS

/* Fields of one struct or section: each is looked for among all. */
#define MIGDESC_STRUCT_FIELDS_MAX 2048

/* The first thing that is wrong with a field table. */
typedef struct
{
  const MigdescStruct *table;
  const MigdescField *section; /* nullable: what the field is in */
  const MigdescField *field;   /* nullable: the struct itself */
  char *message;               /* "TABLE.FIELD: what, what is allowed" */
} MigdescTableFault;

static inline void
migdesc_table_fault_clear (MigdescTableFault *fault)
{
  g_clear_pointer (&fault->message, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MigdescTableFault, migdesc_table_fault_clear)

G_END_DECLS
