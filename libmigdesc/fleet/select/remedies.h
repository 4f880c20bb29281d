/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <migdesc/migdesc-param-list.h>
#include <migdesc/migdesc-report.h>

#include "model/core.h"

G_BEGIN_DECLS

#define MIGDESC_NO_REMEDY ((guint32) G_MAXINT32)

/* The fewest changes to a device after which a descriptor that refuses it would take it: a param
 * that is set otherwise, left out or added is one, another version is one, and so is what else a
 * finding has a remedy for. Broken constraints are mended by as few more params as do it; that is
 * searched for, and past the budget each of them counts. MIGDESC_NO_REMEDY: nothing helps. @report
 * is what the descriptor says. */
guint32 migdesc_remedies_count (MigdescStore *store, const MigdescParamList *list,
                                const MigdescReport *report);

G_END_DECLS
