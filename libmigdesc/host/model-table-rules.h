/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <migdesc/migdesc-descriptor-builder.h>
#include <migdesc/migdesc-state-type.h>

#include "host/model-rows.h"

G_BEGIN_DECLS

/* The parts of a model table that are text of their own, and what only a table can have wrong. */

typedef struct
{
  const MigdescModelTable *table;
  guint limit;
  MigdescStateType *type; /* nullable */
  MigdescDescriptorBuilder *builder;
  GPtrArray *mistakes;
  MigdescParamList *newest; /* nullable: what the newest version up to the limit sets */
} MigdescTableWork;

/* Names, kinds and versions of the rows, which nothing can be built of if they are wrong. */
void migdesc_table_check_rows (const MigdescTableWork *work);
gboolean migdesc_table_is_first_row (const MigdescModelTable *table, const MigdescModelParam *row);

/* NULL: reported */
MigdescValueSet *migdesc_table_make_allowed (const MigdescTableWork *work,
                                             const MigdescModelParam *row);
/* What a version sets; NULL: nothing, or it cannot be read, which is reported if asked for. */
MigdescParamList *migdesc_table_read_values (const MigdescTableWork *work,
                                             guint version,
                                             gboolean report);
void migdesc_table_add_tested (const MigdescTableWork *work, const MigdescModelVersion *row);

/* Whether all params of conditions are there up to the limit; one that is never there is. */
gboolean migdesc_table_has_params (const MigdescTableWork *work, const char *conditions);
void migdesc_table_add_conditions (const MigdescTableWork *work,
                                   const char *conditions,
                                   MigdescConditionRole role);

/* The schema, and whether the type has the state versions that the rows name. */
void migdesc_table_add_state (const MigdescTableWork *work);

/* Why there is no descriptor. */
void migdesc_table_take_report (const MigdescTableWork *work, MigdescReport *report);

G_END_DECLS
