/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <migdesc/migdesc-expand.h>

G_BEGIN_DECLS

/* As migdesc_model_expand. A device that is set up to load a state need not be one that may be
 * created, but one that may be loaded. @version does not default to what @overrides name; @report
 * is nullable, and the caller's. */
MigdescConfig *migdesc_expand (MigdescModel *model,
                               const char *version,
                               const MigdescParamList *overrides,
                               gboolean to_load,
                               MigdescReport *report);

G_END_DECLS
