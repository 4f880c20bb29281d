/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ops/answer.h"

G_BEGIN_DECLS

/* Rule 10: the state schemas of both sides, where both publish one. version: that of the source's
 * device, by name, which says the state version; NULL, or one that does not, stands for the newest
 * that both have. FALSE: a state could not be read. */
gboolean migdesc_check_state_schemas (MigdescAnswer *answer,
                                      const MigdescModelCore *source,
                                      const char *version);

G_END_DECLS
