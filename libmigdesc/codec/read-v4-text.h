/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "model/diagnostics.h"
#include "model/draft.h"

G_BEGIN_DECLS

/* The text of the fourth revision's sysfs attribute: a line `MODEL:`, then one version a line. */
void migdesc_read_v4_text (MigdescDraft *draft,
                           MigdescDiagnostics *diagnostics,
                           const char *text,
                           gsize length,
                           const MigdescLimits *limits);

/* Whether a line with this text, without its end, names a model. */
gboolean migdesc_v4_text_is_model_line (const char *line, gsize length);

G_END_DECLS
