/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>
#include <migdesc/migdesc-param-list.h>
#include <migdesc/migdesc-report.h>

#include "fleet/shapes.h"

G_BEGIN_DECLS

/* What every descriptor of a fleet says to one device: each is asked once, and for its reasons only
 * when somebody wants them. */

#define MIGDESC_NOT_ANSWERED 3 /* a verdict beside those of MigdescVerdict */

typedef struct
{
  MigdescShapes *shapes;
  MigdescParamList *list;
  MigdescStore *source; /* nullable */
  char **only;          /* nullable */
  guint32 n;            /* descriptors that there were */
  guint8 *verdicts;
  MigdescReport **reports; /* NULL: not asked for yet */
  MigdescReport **returns; /* likewise, of the way back */
  guint32 *remedies; /* plus 1; 0: not asked for yet. By one thread */
} MigdescAnswers;

void migdesc_answers_init (MigdescAnswers *answers, MigdescShapes *shapes,
                           const MigdescParamList *list, MigdescStore *source,
                           const char *const *only);
void migdesc_answers_clear (MigdescAnswers *answers);
/* Asks all. FALSE: cancelled */
gboolean migdesc_answers_ask (MigdescAnswers *answers, GCancellable *cancellable, GError **error);

/* Borrowed. NULL: the descriptor gives no answer, with the reason in @error. Safe from any
 * thread. */
MigdescReport *migdesc_answers_report (const MigdescAnswers *answers, guint32 descriptor,
                                       GError **error);
/* Of the way back, if there is a source; else NULL. */
MigdescReport *migdesc_answers_return (const MigdescAnswers *answers, guint32 descriptor);

/* Of a descriptor that refuses; as migdesc_remedies_count() gives it. */
guint32 migdesc_answers_remedies (const MigdescAnswers *answers, guint32 descriptor);

/* Of a report: what stands in the way, warnings left out unless it is undecided. */
gboolean migdesc_finding_is_reason (const MigdescReport *report, guint position);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MigdescAnswers, migdesc_answers_clear)

G_END_DECLS
