/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "model/param-list-private.h"
#include "model/codes.h"
#include "ops/answer.h"

G_BEGIN_DECLS

/* The one place that words findings: each function notes one finding of an answer and, if somebody
 * listens, says it. */

void migdesc_say_model_not_supported (MigdescAnswer *answer);
void migdesc_say_other_model (MigdescAnswer *answer, const char *name);
/* @source: the param of that name at the other side, if known; else NULL */
void migdesc_say_param_unknown (MigdescAnswer *answer,
                                const MigdescPair *pair,
                                const MigdescParamCore *source);
void migdesc_say_param_type (MigdescAnswer *answer,
                             const MigdescParamCore *param,
                             const MigdescPair *pair,
                             const MigdescParamCore *source);
void migdesc_say_value_not_allowed (MigdescAnswer *answer,
                                    const MigdescParamCore *param,
                                    MigdescValue value,
                                    const char *text);
void migdesc_say_value_undecided (MigdescAnswer *answer,
                                  const MigdescParamCore *param,
                                  MigdescValue value,
                                  const char *text);
void migdesc_say_param_required (MigdescAnswer *answer, const MigdescParamCore *param);
void migdesc_say_constraint_violated (MigdescAnswer *answer,
                                      guint32 constraint,
                                      const MigdescValue *values);

void migdesc_say_version_required (MigdescAnswer *answer);
void migdesc_say_version_unknown (MigdescAnswer *answer, const char *version);
/* @version: MIGDESC_NOT_FOUND if the latest was asked for */
void migdesc_say_version_not_creatable (MigdescAnswer *answer, guint32 version);
void migdesc_say_version_not_loadable (MigdescAnswer *answer, guint32 version);
/* @model belongs to the other side if @at_other. @version: MIGDESC_NOT_FOUND if it is the model's
 * promise */
void migdesc_say_unmigratable (MigdescAnswer *answer,
                               const MigdescModelCore *model,
                               guint32 version,
                               gboolean at_other);

G_END_DECLS
