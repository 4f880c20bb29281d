/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "fleet/select/candidate.h"

G_BEGIN_DECLS

/* What each param may be set to, values that nobody tells apart once: by name, since descriptors
 * have the same params at different places. */

typedef struct
{
  MigdescValue value; /* unless off */
  guint8 type;
  guint8 is_off;
  const guint8 *taken; /* of each candidate: whether it takes this */
} MigdescFrontChoice;

typedef struct
{
  const char *name;
  MigdescFrontChoice *choices; /* the best first */
  guint n_choices;
} MigdescFrontVariable;

typedef struct
{
  MigdescArena *arena;
  MigdescFrontVariable *variables; /* in the order of documents, the first candidate's first */
  guint32 n_variables;
} MigdescFrontChoices;

/* FALSE: they are too many. */
gboolean migdesc_front_choices_make (MigdescFrontChoices *choices,
                                     const MigdescCandidate *candidates, guint32 n_candidates);
void migdesc_front_choices_clear (MigdescFrontChoices *choices);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MigdescFrontChoices, migdesc_front_choices_clear)

G_END_DECLS
