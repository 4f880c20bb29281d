/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "model/core.h"
#include "model/report-private.h"

G_BEGIN_DECLS

/* Reports every member of @original that is not the same in @copy, as conversion-loss of this
 * severity. That `inferred` is new in the copy is no loss, nor a version that a model without
 * versions has got. */
void migdesc_report_losses (const MigdescStore *original,
                            const MigdescStore *copy,
                            MigdescSeverity severity,
                            MigdescReport *report);

G_END_DECLS
