/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "qemu/dump/fit-state.h"

#include "qemu/dump/fit-bytes.h"

guint
migdesc_qemu_fit_state_hash (gconstpointer data)
{
  const MigdescQemuFitState *state = data;

  return (state->i * 31u + state->j) * 31u + (guint) state->ahead * 4u
         + (guint) state->is_sent * 2u + (guint) state->is_read
         + (guint) (state->source_due * 101 + state->destination_due * 10007);
}

gboolean
migdesc_qemu_fit_state_equal (gconstpointer data,
                              gconstpointer other_data)
{
  const MigdescQemuFitState *state = data;
  const MigdescQemuFitState *other = other_data;

  return state->i == other->i && state->j == other->j && state->ahead == other->ahead
         && state->is_sent == other->is_sent && state->is_read == other->is_read
         && state->source_due == other->source_due
         && state->destination_due == other->destination_due;
}

MigdescQemuFitState
migdesc_qemu_fit_state_moved (const MigdescQemuFitState *state,
                              guint i,
                              guint j)
{
  MigdescQemuFitState next = *state;

  next.i = i;
  next.j = j;
  next.is_sent = state->i == i && state->is_sent;
  next.is_read = FALSE;
  return next;
}

static guint
behind (const MigdescQemuToken *token,
        guint position)
{
  return token->kind == MIGDESC_QEMU_TOKEN_GUARD ? token->end : position + 1;
}

MigdescQemuFitState
migdesc_qemu_fit_state_decide_source (const MigdescQemuFitState *state,
                                      const MigdescQemuToken *source,
                                      gboolean is_there)
{
  MigdescQemuFitState next;

  if (!is_there)
    return migdesc_qemu_fit_state_moved (state, behind (source, state->i), state->j);
  if (source->kind == MIGDESC_QEMU_TOKEN_GUARD)
    return migdesc_qemu_fit_state_moved (state, state->i + 1, state->j);
  next = *state;
  next.is_sent = TRUE;
  return next;
}

MigdescQemuFitState
migdesc_qemu_fit_state_decide_destination (const MigdescQemuFitState *state,
                                           const MigdescQemuToken *destination,
                                           gboolean is_there)
{
  MigdescQemuFitState next;

  if (!is_there)
    return migdesc_qemu_fit_state_moved (state, state->i, behind (destination, state->j));
  if (destination->kind == MIGDESC_QEMU_TOKEN_GUARD)
    return migdesc_qemu_fit_state_moved (state, state->i, state->j + 1);
  next = *state;
  next.is_read = TRUE;
  return next;
}

gint64
migdesc_qemu_fit_state_due (guint position,
                            gboolean is_there)
{
  gint64 due = (gint64) position + 1;

  return is_there ? due : -due;
}

/* What is left of padding that a field of nobody knows how many elements may fill; else 0. */
static guint64
get_padding (const MigdescQemuFitState *state,
             const MigdescQemuToken *source,
             const MigdescQemuToken *destination)
{
  if (state->ahead <= 0 && migdesc_qemu_fit_may_fill (source, destination))
    return destination->bytes - (guint64) -state->ahead;
  if (state->ahead >= 0 && migdesc_qemu_fit_may_fill (destination, source))
    return source->bytes - (guint64) state->ahead;
  return 0;
}

gboolean
migdesc_qemu_fit_state_may_fill (const MigdescQemuFitState *state,
                                 const MigdescQemuToken *source,
                                 const MigdescQemuToken *destination)
{
  guint64 left = source == NULL || destination == NULL
                     ? 0
                     : get_padding (state, source, destination);
  guint64 size = left == 0 ? 1 : source->is_unused ? destination->size : source->size;

  return left > size && left % size == 0;
}
