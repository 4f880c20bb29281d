/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <migdesc/migdesc-state-type.h>

#include "ops/answer.h"

G_BEGIN_DECLS

/* Rule 10: the state schemas of both sides, where both publish one. version: that of the source's
 * device, by name, which says the state version; NULL, or one that does not, stands for the newest
 * that both have. FALSE: a state could not be read. */
gboolean migdesc_check_state_schemas (MigdescAnswer *answer,
                                      const MigdescModelCore *source,
                                      const char *version);

/* A finding about the `state` member of the model. */
void migdesc_state_schemas_take (MigdescAnswer *answer,
                                 const char *code,
                                 MigdescSeverity severity,
                                 const char *message);
/* The type of a model that has a state; it lives as long as the model. A schema that is none leaves
 * the question open: documents may have kept anything there. Then NULL, and a finding. */
MigdescStateType *migdesc_state_schemas_read (MigdescAnswer *answer,
                                              const MigdescModelCore *model,
                                              const char *side);
/* The same without an answer. NULL, and an error: the schema is none. */
MigdescStateType *migdesc_model_get_state_type (const MigdescModelCore *model, GError **error);
/* The state version that a version says; 0: none, or none that a schema could have */
guint migdesc_version_core_get_state_version (const MigdescVersionCore *version);
/* FALSE: a state could not be read. */
gboolean migdesc_state_schemas_resolve (MigdescAnswer *answer,
                                        MigdescStateType *writer,
                                        MigdescStateType *reader,
                                        guint version);

G_END_DECLS
