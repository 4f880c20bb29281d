/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "state/table/table-fault.h"

G_BEGIN_DECLS

/* What a compiler cannot see of a field table. */

/* TRUE: the table can be used. FALSE: fault, all zero before, has the first thing wrong with it. */
gboolean migdesc_table_find_fault (const MigdescStruct *table, MigdescTableFault *fault);

/* The same: state-type. */
gboolean migdesc_table_check (const MigdescStruct *table, GError **error);

G_END_DECLS
