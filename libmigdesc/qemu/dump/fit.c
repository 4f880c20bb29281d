/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "qemu/dump/fit.h"

#include "qemu/dump/fit-partners.h"
#include "qemu/dump/fit-parts.h"
#include "qemu/dump/fit-state.h"

/* Choices inside of choices: nothing real comes near. */
#define DEPTH_MAX 256
/* Places of one pair of lists: what it may take of memory */
#define PLACES_MAX 65536

typedef MigdescQemuFitState State;

typedef struct
{
  MigdescQemuFitter *fitter;
  const MigdescQemuWire *source;
  const MigdescQemuWire *destination;
  const guint *partners;         /* of the source's tokens */
  const guint *reverse_partners; /* of the destination's */
  GHashTable *seen; /* State: MigdescQemuFits */
  guint depth;
} Walk;

typedef struct
{
  State state;
  MigdescQemuFits fits;
} Seen;

static const MigdescQemuToken *
token_at (const MigdescQemuWire *wire,
          guint position)
{
  return position < wire->n_tokens ? &wire->tokens[position] : NULL;
}

static gboolean
is_of_kind (const MigdescQemuToken *token,
            MigdescQemuTokenKind kind)
{
  return token != NULL && token->kind == kind;
}

void
migdesc_qemu_fitter_init (MigdescQemuFitter *fitter,
                          const MigdescQemuWireSetup *setup,
                          guint64 max_steps)
{
  fitter->setup = setup;
  fitter->steps_left = max_steps;
  fitter->gave_up = FALSE;
  fitter->is_stream = FALSE;
  fitter->parts = migdesc_qemu_fit_parts_new ();
}

void
migdesc_qemu_fitter_clear (MigdescQemuFitter *fitter)
{
  g_hash_table_unref (fitter->parts);
}

/* --- Subsections ------------------------------------------------------ */

const MigdescQemuDescriptionCore *
migdesc_qemu_fit_find_subsection (const MigdescQemuDescriptionCore *destination,
                                  const char *name)
{
  if (!g_str_has_prefix (name, destination->name))
    return NULL;
  for (guint i = 0; i < destination->n_subsections; i++)
    if (strcmp (destination->subsections[i].name, name) == 0)
      return &destination->subsections[i];
  return NULL;
}

MigdescQemuFits
migdesc_qemu_fit_layouts (MigdescQemuFitter *fitter,
                          const MigdescQemuDescriptionCore *source,
                          const MigdescQemuDescriptionCore *destination)
{
  const MigdescQemuWire *sent
      = migdesc_qemu_wire_new (fitter->setup, MIGDESC_QEMU_SENT, source, source->version);
  const MigdescQemuWire *read
      = migdesc_qemu_wire_new (fitter->setup, MIGDESC_QEMU_READ, destination, source->version);

  migdesc_qemu_wire_relate (sent, read);
  return migdesc_qemu_fit (fitter, sent, read);
}

MigdescQemuFits
migdesc_qemu_fit_subsection (MigdescQemuFitter *fitter,
                             const MigdescQemuDescriptionCore *source,
                             const MigdescQemuDescriptionCore *destination)
{
  MigdescQemuFits fits;

  if (source->version > destination->version || source->version < destination->minimum)
    return migdesc_qemu_fits_of (MIGDESC_QEMU_FIT_NO);
  if (migdesc_qemu_description_core_equal (source, destination))
    return migdesc_qemu_fits_of (MIGDESC_QEMU_FIT_YES);
  if (migdesc_qemu_fit_parts_recall (fitter->parts, source, destination, &fits))
    return fits;
  fits = migdesc_qemu_fit_layouts (fitter, source, destination);
  migdesc_qemu_fit_parts_add (fitter->parts, source, destination, fits);
  return fits;
}

/* The receiver looks for subsections at each of its places in turn. */
static MigdescQemuFits
fit_one_of_subsections (Walk *walk,
                        const MigdescQemuDescriptionCore *subsection,
                        guint j)
{
  for (; j < walk->destination->n_tokens
         && walk->destination->tokens[j].kind == MIGDESC_QEMU_TOKEN_SUBSECTIONS;
       j++)
    {
      const MigdescQemuDescriptionCore *found = migdesc_qemu_fit_find_subsection (
          walk->destination->tokens[j].description, subsection->name);

      if (found != NULL)
        return migdesc_qemu_fit_subsection (walk->fitter, subsection, found);
    }
  return migdesc_qemu_fits_of (MIGDESC_QEMU_FIT_NO);
}

/* The best is that none is sent, unless it is known. */
static void
send_subsections (Walk *walk,
                  const State *state,
                  MigdescQemuFits *sum)
{
  const MigdescQemuDescriptionCore *description = walk->source->tokens[state->i].description;

  for (guint n = 0; n < description->n_subsections && sum->best != MIGDESC_QEMU_FIT_NO; n++)
    {
      MigdescQemuFits fits
          = state->ahead != 0
                ? migdesc_qemu_fits_of (MIGDESC_QEMU_FIT_NO)
                : fit_one_of_subsections (walk, &description->subsections[n], state->j);

      sum->worst = MAX (sum->worst, fits.worst);
      if (walk->fitter->is_stream)
        sum->best = MAX (sum->best, fits.best);
    }
}

/* --- Choices ---------------------------------------------------------- */

static MigdescQemuFits go (Walk *walk, State state);

static MigdescQemuFits
give_up (Walk *walk)
{
  walk->fitter->gave_up = TRUE;
  return (MigdescQemuFits) { MIGDESC_QEMU_FIT_YES, MIGDESC_QEMU_FIT_NO };
}

static MigdescQemuFits
go_either_way (Walk *walk,
               State first,
               State second)
{
  MigdescQemuFits fits;

  if (walk->depth == DEPTH_MAX)
    return give_up (walk);
  walk->depth++;
  fits = migdesc_qemu_fits_choose (go (walk, first), go (walk, second));
  walk->depth--;
  return fits;
}

static gboolean
share_choice (const MigdescQemuToken *source,
              const MigdescQemuToken *destination)
{
  return source != NULL && destination != NULL && source->kind == destination->kind
         && (strcmp (source->name, destination->name) == 0
             || (source->kind == MIGDESC_QEMU_TOKEN_GUARD
                 && migdesc_qemu_description_core_equal (source->description,
                                                         destination->description)));
}

/* A buffer whose size another field says may have no bytes at all. */
static gboolean
may_be_empty (const MigdescQemuToken *token)
{
  return token->bytes == MIGDESC_QEMU_ANY_BYTES && !token->is_never_empty;
}

/* Arrays of as many elements are as empty as each other. */
static gboolean
are_arrays (const MigdescQemuToken *source,
            const MigdescQemuToken *destination)
{
  return is_of_kind (source, MIGDESC_QEMU_TOKEN_ARRAY)
         && is_of_kind (destination, MIGDESC_QEMU_TOKEN_ARRAY)
         && source->count == destination->count;
}

static gboolean
is_choice_of_source (const State *state,
                     const MigdescQemuToken *source,
                     const MigdescQemuToken *destination)
{
  if (source == NULL || state->ahead > 0 || state->is_sent)
    return FALSE;
  return source->kind == MIGDESC_QEMU_TOKEN_GUARD || source->maybe
         || (may_be_empty (source) && !are_arrays (source, destination));
}

/* The sender's token is there, or half read; or there is none. */
static gboolean
is_choice_of_destination (const State *state,
                          const MigdescQemuToken *source,
                          const MigdescQemuToken *destination)
{
  if (destination == NULL || state->ahead < 0 || state->is_read)
    return FALSE;
  if (destination->kind == MIGDESC_QEMU_TOKEN_GUARD)
    return TRUE;
  if (destination->maybe)
    return state->ahead > 0 || source == NULL || !source->maybe
           || !share_choice (source, destination);
  return may_be_empty (destination)
         && (state->ahead > 0
             || (!migdesc_qemu_fit_is_pair (source, destination)
                 && !are_arrays (source, destination)));
}

/* FALSE: it was decided before, by the other side; then the state has moved on. */
static gboolean
choose_at_source (Walk *walk,
                  State *state,
                  const MigdescQemuToken *source,
                  MigdescQemuFits *fits)
{
  guint partner = walk->partners[state->i];
  State ways[2];

  if (ABS (state->source_due) == (gint64) state->i + 1)
    {
      gboolean is_there = state->source_due > 0;

      state->source_due = 0;
      *state = migdesc_qemu_fit_state_decide_source (state, source, is_there);
      return FALSE;
    }
  for (guint is_there = 0; is_there < 2; is_there++)
    {
      ways[is_there] = migdesc_qemu_fit_state_decide_source (state, source, is_there != 0);
      if (partner != MIGDESC_QEMU_NO_PARTNER && partner > state->j && state->destination_due == 0)
        ways[is_there].destination_due = migdesc_qemu_fit_state_due (partner, is_there != 0);
    }
  *fits = go_either_way (walk, ways[1], ways[0]);
  return TRUE;
}

static gboolean
choose_at_destination (Walk *walk,
                       State *state,
                       const MigdescQemuToken *destination,
                       MigdescQemuFits *fits)
{
  guint partner = walk->reverse_partners[state->j];
  State ways[2];

  if (ABS (state->destination_due) == (gint64) state->j + 1)
    {
      gboolean is_there = state->destination_due > 0;

      state->destination_due = 0;
      *state = migdesc_qemu_fit_state_decide_destination (state, destination, is_there);
      return FALSE;
    }
  for (guint is_there = 0; is_there < 2; is_there++)
    {
      ways[is_there]
          = migdesc_qemu_fit_state_decide_destination (state, destination, is_there != 0);
      if (partner != MIGDESC_QEMU_NO_PARTNER && partner > state->i && state->source_due == 0)
        ways[is_there].source_due = migdesc_qemu_fit_state_due (partner, is_there != 0);
    }
  *fits = go_either_way (walk, ways[1], ways[0]);
  return TRUE;
}

/* --- The walk --------------------------------------------------------- */

static MigdescQemuFits
fit_arrays (Walk *walk,
            const MigdescQemuToken *source,
            const MigdescQemuToken *destination)
{
  MigdescQemuFits fits;

  if (source->count != destination->count)
    return migdesc_qemu_fits_of (MIGDESC_QEMU_FIT_NO);
  if (migdesc_qemu_fit_parts_recall (walk->fitter->parts, source->element,
                                     destination->element, &fits))
    return fits;
  migdesc_qemu_wire_relate (source->element, destination->element);
  fits = migdesc_qemu_fit (walk->fitter, source->element, destination->element);
  migdesc_qemu_fit_parts_add (walk->fitter->parts, source->element, destination->element, fits);
  return fits;
}

/* FALSE: they can't be what they are read as. */
static gboolean
read_token (Walk *walk,
            State *state,
            MigdescQemuFits *sum)
{
  const MigdescQemuToken *source = token_at (walk->source, state->i);
  const MigdescQemuToken *destination = token_at (walk->destination, state->j);
  MigdescQemuBytes bytes = { MIGDESC_QEMU_FIT_NO, TRUE, TRUE, 0 };

  if (source == NULL || destination == NULL)
    {
      migdesc_qemu_fits_add (sum, migdesc_qemu_fits_of (MIGDESC_QEMU_FIT_NO));
      return FALSE;
    }
  if (state->ahead == 0 && source->kind == MIGDESC_QEMU_TOKEN_ARRAY
      && destination->kind == source->kind)
    migdesc_qemu_fits_add (sum, fit_arrays (walk, source, destination));
  else
    {
      bytes = migdesc_qemu_fit_bytes (source, destination, state->ahead);
      migdesc_qemu_fits_add (sum, migdesc_qemu_fits_of (bytes.fit));
    }
  state->i += (guint) bytes.source_done;
  state->j += (guint) bytes.destination_done;
  state->is_sent = !bytes.source_done;
  state->is_read = !bytes.destination_done;
  state->ahead = bytes.ahead;
  return sum->best != MIGDESC_QEMU_FIT_NO;
}

/* The field's one element, or as many as fill the padding. */
static MigdescQemuFits
fill_padding (Walk *walk,
              const State *state)
{
  State one = *state;
  State all = migdesc_qemu_fit_state_moved (state, state->i + 1, state->j + 1);
  MigdescQemuFits first = migdesc_qemu_fits_of (MIGDESC_QEMU_FIT_YES);
  MigdescQemuFits second = migdesc_qemu_fits_of (MIGDESC_QEMU_FIT_UNSURE);

  if (walk->depth == DEPTH_MAX)
    return give_up (walk);
  walk->depth++;
  all.ahead = 0;
  if (read_token (walk, &one, &first))
    migdesc_qemu_fits_add (&first, go (walk, one));
  migdesc_qemu_fits_add (&second, go (walk, all));
  walk->depth--;
  return first.best <= second.best ? first : second;
}

/* Both face one choice. FALSE: it takes two ways from here, and *fits is what comes of them. */
static gboolean
pass_shared_choice (Walk *walk,
                    State *state,
                    MigdescQemuFits *sum,
                    MigdescQemuFits *fits)
{
  const MigdescQemuToken *source = token_at (walk->source, state->i);
  const MigdescQemuToken *destination = token_at (walk->destination, state->j);
  State present = *state;
  State absent = migdesc_qemu_fit_state_moved (state, state->i + 1, state->j + 1);

  if (source->kind == MIGDESC_QEMU_TOKEN_GUARD)
    {
      present = absent;
      absent = migdesc_qemu_fit_state_moved (state, source->end, destination->end);
      *state = absent;
      if (migdesc_qemu_description_core_equal (source->description, destination->description))
        return TRUE;
    }
  else if (migdesc_qemu_fit_is_pair (source, destination))
    {
      MigdescQemuFit fit = migdesc_qemu_fit_bytes (source, destination, 0).fit;

      sum->worst = MAX (sum->worst, fit);
      *state = absent;
      return TRUE;
    }
  else
    present.is_sent = TRUE;
  *fits = go_either_way (walk, present, absent);
  return FALSE;
}

static gboolean
is_shared_choice (const State *state,
                  const MigdescQemuToken *source,
                  const MigdescQemuToken *destination)
{
  if (state->ahead != 0 || !share_choice (source, destination))
    return FALSE;
  return source->kind == MIGDESC_QEMU_TOKEN_GUARD
         || (source->maybe == destination->maybe
             && (source->maybe || migdesc_qemu_fit_is_pair (source, destination)));
}

/* As far as there is but one way. FALSE: *fits is what comes of the rest. */
static gboolean
take_step (Walk *walk,
           State *state,
           MigdescQemuFits *sum,
           MigdescQemuFits *fits)
{
  const MigdescQemuToken *source = token_at (walk->source, state->i);
  const MigdescQemuToken *destination = token_at (walk->destination, state->j);

  if (source == NULL && destination == NULL)
    {
      *fits = migdesc_qemu_fits_of (state->ahead == 0 ? MIGDESC_QEMU_FIT_YES : MIGDESC_QEMU_FIT_NO);
      return FALSE;
    }
  if (is_of_kind (source, MIGDESC_QEMU_TOKEN_SUBSECTIONS)
      && is_choice_of_destination (state, source, destination))
    return !choose_at_destination (walk, state, destination, fits);
  if (is_of_kind (source, MIGDESC_QEMU_TOKEN_SUBSECTIONS))
    {
      send_subsections (walk, state, sum);
      state->i++;
      return TRUE;
    }
  if (is_of_kind (destination, MIGDESC_QEMU_TOKEN_SUBSECTIONS))
    {
      state->j++;
      return TRUE;
    }
  if (is_choice_of_source (state, source, destination))
    {
      if (is_shared_choice (state, source, destination))
        return pass_shared_choice (walk, state, sum, fits);
      return !choose_at_source (walk, state, source, fits);
    }
  if (is_choice_of_destination (state, source, destination))
    return !choose_at_destination (walk, state, destination, fits);
  if (migdesc_qemu_fit_state_may_fill (state, source, destination))
    {
      *fits = fill_padding (walk, state);
      return FALSE;
    }
  *fits = migdesc_qemu_fits_of (MIGDESC_QEMU_FIT_NO);
  return read_token (walk, state, sum);
}

static MigdescQemuFits
go (Walk *walk,
    State state)
{
  const Seen *known = g_hash_table_lookup (walk->seen, &state);
  MigdescQemuFits sum = migdesc_qemu_fits_of (MIGDESC_QEMU_FIT_YES);
  MigdescQemuFits rest;
  State start = state;
  Seen *seen;

  if (known != NULL)
    return known->fits;
  if (walk->fitter->steps_left == 0 || g_hash_table_size (walk->seen) == PLACES_MAX)
    return give_up (walk);
  walk->fitter->steps_left--;
  while (take_step (walk, &state, &sum, &rest))
    ;
  migdesc_qemu_fits_add (&sum, rest);
  seen = g_new (Seen, 1);
  *seen = (Seen) { start, sum };
  g_hash_table_insert (walk->seen, &seen->state, seen);
  return sum;
}

MigdescQemuFits
migdesc_qemu_fit (MigdescQemuFitter *fitter,
                  const MigdescQemuWire *source,
                  const MigdescQemuWire *destination)
{
  g_autoptr (GHashTable) seen
      = g_hash_table_new_full (migdesc_qemu_fit_state_hash, migdesc_qemu_fit_state_equal, g_free,
                               NULL);
  g_autofree guint *partners = migdesc_qemu_find_partners (source, destination);
  g_autofree guint *reverse_partners = migdesc_qemu_find_partners (destination, source);
  Walk walk = { fitter, source, destination, partners, reverse_partners, seen, 0 };

  return go (&walk, (State) { 0 });
}
