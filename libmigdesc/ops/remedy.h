/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ops/answer.h"

G_BEGIN_DECLS

/* What would help, in words; NULL where nothing is known to. */

/* `; the nearest that it has: 'a', 'b'`, or nothing */
void migdesc_remedy_append_nearest_models (GString *message,
                                           MigdescStore *store,
                                           const char *name,
                                           guint32 *budget);
char *migdesc_remedy_for_model (MigdescStore *store, const char *name, guint32 *budget);
/* @source: the param of that name at the other side, nullable */
char *migdesc_remedy_for_param (const MigdescVoice *voice,
                                const MigdescModelCore *model,
                                const char *name,
                                const MigdescParamCore *source,
                                guint32 *budget);
char *migdesc_remedy_for_version (const MigdescVoice *voice,
                                  const MigdescModelCore *model,
                                  const char *version,
                                  guint32 *budget);
char *migdesc_remedy_for_other_version (const MigdescVoice *voice,
                                        const MigdescModelCore *model,
                                        guint32 version);
/* Any member of the set */
char *migdesc_remedy_for_set (const MigdescVoice *voice,
                              const MigdescParamCore *param,
                              const MigdescSet *set);
char *migdesc_remedy_for_accepted (const MigdescVoice *voice,
                                   const MigdescParamCore *param,
                                   const MigdescValueSet *accepted);
/* The nearest to a value that is not accepted */
char *migdesc_remedy_for_value (const MigdescVoice *voice,
                                const MigdescParamCore *param,
                                const MigdescValueSet *accepted,
                                MigdescValue value,
                                guint32 *budget);
char *migdesc_remedy_for_constraint (const MigdescVoice *voice,
                                     const MigdescModelCore *model,
                                     const MigdescConstraintCore *constraint,
                                     const MigdescValue *values);

G_END_DECLS
