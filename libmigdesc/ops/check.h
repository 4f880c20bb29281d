/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ops/trial.h"

G_BEGIN_DECLS

/* A bound trial is checked as a list that comes to a destination of which nothing is known but its
 * descriptor. */
void migdesc_check_destination (MigdescTrial *trial);

/* The same with what @source says of the model, trial->source; all but the state schemas. */
void migdesc_check_both (MigdescTrial *trial, MigdescStore *source);

void migdesc_check_without_model (MigdescStore *destination,
                                  const char *name,
                                  MigdescReport *report);
/* The check of two descriptors' records, about the model of that name; @source is nullable. */
MigdescReport *migdesc_check_named (MigdescStore *destination,
                                    const MigdescName *name,
                                    const MigdescParamList *list,
                                    MigdescStore *source,
                                    const char *const *only,
                                    const MigdescVoice *voice);
/* The same: @source is nullable, the model is the destination's only
 * one where the list names none. NULL: it has not one. */
MigdescReport *migdesc_check_stores (MigdescStore *destination,
                                     const MigdescParamList *list,
                                     MigdescStore *source,
                                     const char *const *only,
                                     const MigdescVoice *voice,
                                     GError **error);
/* The verdict that the report would have, without the source's descriptor. */
MigdescVerdict migdesc_check_verdict (MigdescStore *destination,
                                      const MigdescParamList *list,
                                      const char *const *only,
                                      GError **error);
/* The name of the model that the list is about: @name filled in, or that of the destination's only
 * model where the list names none. */
const MigdescName *migdesc_check_find_name (MigdescStore *destination,
                                            const MigdescParamList *list,
                                            MigdescName *name,
                                            GError **error);

G_END_DECLS
