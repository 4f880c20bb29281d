/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "qemu/stream/wire.h"

G_BEGIN_DECLS

/* Where sender and receiver are. */
typedef struct
{
  guint i, j;       /* tokens */
  gboolean is_sent; /* the sender's token is there, though it need not be */
  gboolean is_read; /* and the receiver's */
  /* What one side decided and the other has not come to yet; 0: nothing, else the position plus 1,
   * below 0 if it is left out. Of one choice at a time. */
  gint64 source_due;
  gint64 destination_due;
  gint64 ahead;     /* bytes of the sender's token that are read; below 0, of the receiver's that
                      * are sent */
} MigdescQemuFitState;

guint migdesc_qemu_fit_state_hash (gconstpointer state);
gboolean migdesc_qemu_fit_state_equal (gconstpointer state, gconstpointer other);

/* At other tokens; what was decided of a token that is left behind is forgotten. */
MigdescQemuFitState migdesc_qemu_fit_state_moved (const MigdescQemuFitState *state,
                                                  guint i,
                                                  guint j);
/* With the token, or without */
MigdescQemuFitState migdesc_qemu_fit_state_decide_source (const MigdescQemuFitState *state,
                                                          const MigdescQemuToken *source,
                                                          gboolean is_there);
MigdescQemuFitState
migdesc_qemu_fit_state_decide_destination (const MigdescQemuFitState *state,
                                           const MigdescQemuToken *destination,
                                           gboolean is_there);
/* Whether one of them may have as many elements as what is left of the other, which is padding, has
 * room for. */
gboolean migdesc_qemu_fit_state_may_fill (const MigdescQemuFitState *state,
                                          const MigdescQemuToken *source,
                                          const MigdescQemuToken *destination);
/* For source_due and destination_due */
gint64 migdesc_qemu_fit_state_due (guint position, gboolean is_there);

G_END_DECLS
