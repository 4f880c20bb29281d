/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ops/answer.h"
#include "ops/compare/compare-search.h"

G_BEGIN_DECLS

/* The findings of a comparison. They are blockers where the relation says no, else warnings. */

/* What concerns two models as wholes. FALSE: all is refused for that alone. */
gboolean migdesc_compare_say_models (MigdescAnswer *answer,
                                     const MigdescModelCore *source,
                                     gboolean same_name);
void migdesc_compare_say_fate (MigdescAnswer *answer, const MigdescFate *fate);
/* The source is a model of versions alone, and the destination has params. */
void migdesc_compare_say_version_alone (MigdescAnswer *answer);
/* A version of a model of versions alone that the destination refuses */
void migdesc_compare_say_version (MigdescAnswer *answer,
                                  const char *code,
                                  MigdescSeverity severity,
                                  const MigdescModelCore *source,
                                  guint32 version,
                                  const char *words);

G_END_DECLS
