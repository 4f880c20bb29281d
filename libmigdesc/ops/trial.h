/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "model/param-list-private.h"
#include "ops/answer.h"

G_BEGIN_DECLS

/* A list tried on a model: what expand and check have in common. First the names are resolved and
 * the values typed (bind), then the values are laid over a start (fill), then the rules look at the
 * result. A rule that returns FALSE has settled the answer. */

typedef enum
{
  MIGDESC_PAIR_OK,
  MIGDESC_PAIR_UNKNOWN,     /* the model has no such param */
  MIGDESC_PAIR_WRONG_TYPE,  /* the text is no value of the param's type */
  MIGDESC_PAIR_NOT_ALLOWED, /* neither allowed nor off; found by migdesc_rules_check_pairs */
  MIGDESC_PAIR_LEFT_OUT     /* unknown here, off at the source */
} MigdescPairState;

typedef struct
{
  MigdescValue value; /* strings stay in the list */
  guint32 param;      /* MIGDESC_NOT_FOUND if unknown */
  guint8 state;
} MigdescBoundPair;

/* How many params and pairs are handled without the heap */
#define MIGDESC_TRIAL_INLINE 64

typedef struct
{
  MigdescAnswer answer;
  const MigdescModelCore *model;
  const MigdescModelCore *source; /* nullable: the model as the other side knows it */
  const MigdescParamList *list;   /* nullable: nothing is listed */
  const char *const *only;        /* nullable: the params whose findings are wanted */

  MigdescBoundPair *pairs;
  guint n_pairs;

  MigdescValue *values;
  guint64 *bad;      /* a bit a param: it has no usable value; NULL as long as all have */
  guint64 *missing;  /* likewise: it is not listed and has no off value */
  guint64 *only_set; /* likewise: it is one of @only */
  guint64 hash;      /* of values, once somebody has asked */
  guint32 version;   /* what the values started from; MIGDESC_NOT_FOUND: no version */
  guint8 has_values;
  guint8 has_hash;
  guint8 any_open;   /* some value is one of a param that does not say which it allows */

  gpointer heap[5];
  guint n_heap;
  MigdescBoundPair inline_pairs[MIGDESC_TRIAL_INLINE];
  MigdescValue inline_values[MIGDESC_TRIAL_INLINE];
  guint64 inline_bits[3];
} MigdescTrial;

/* Not cleared as a whole: the inline arrays are large, and filled before they are read. */
static inline void
migdesc_trial_init (MigdescTrial *trial,
                    MigdescStore *store,
                    const MigdescModelCore *model,
                    const MigdescParamList *list,
                    const MigdescVoice *voice,
                    MigdescReport *report)
{
  migdesc_answer_init (&trial->answer, store, model, model->name, voice, report);
  trial->model = model;
  trial->source = NULL;
  trial->list = list;
  trial->only = NULL;
  trial->pairs = NULL;
  trial->n_pairs = 0;
  trial->values = NULL;
  trial->bad = trial->missing = trial->only_set = NULL;
  trial->version = MIGDESC_NOT_FOUND;
  trial->has_values = trial->has_hash = trial->any_open = FALSE;
  trial->n_heap = 0;
}

void migdesc_trial_free_heap (MigdescTrial *trial);

static inline void
migdesc_trial_clear (MigdescTrial *trial)
{
  if (G_UNLIKELY (trial->n_heap > 0))
    migdesc_trial_free_heap (trial);
}

/* Findings on params that @only does not have are dropped, constraints that name others are
 * skipped. */
void migdesc_trial_set_only (MigdescTrial *trial, const char *const *only);
gboolean migdesc_trial_wants_param (const MigdescTrial *trial, guint32 param);
gboolean migdesc_trial_wants_name (const MigdescTrial *trial, const char *name);

void migdesc_bind_pairs (const MigdescModelCore *model,
                         const MigdescParamList *list,
                         MigdescBoundPair *pairs);
void migdesc_trial_bind (MigdescTrial *trial);
/* Takes pairs that were bound before; they are copied, since the rules mark them. */
void migdesc_trial_take_pairs (MigdescTrial *trial, const MigdescBoundPair *pairs, guint n_pairs);

/* The values that the list's values are laid over. A hash that is wanted costs least here. */
void migdesc_trial_fill_from_init (MigdescTrial *trial);
void migdesc_trial_fill_from_version (MigdescTrial *trial, guint32 version, gboolean want_hash);
/* A complete list: what it does not name is off. Params without an off value are missing. */
void migdesc_trial_fill_complete (MigdescTrial *trial);

/* Of the values: their hash, and whether they are those of a version. */
guint64 migdesc_trial_hash (MigdescTrial *trial);
gboolean migdesc_trial_is_version (MigdescTrial *trial, guint32 version);

/* The latest version that the values are of which the flag does not allow, unless they are also
 * one of which it does, or MIGDESC_NOT_FOUND. */
static inline guint32
migdesc_trial_find_refusing (MigdescTrial *trial,
                             gboolean (*allows) (const MigdescVersionCore *version))
{
  const MigdescVersionCore *versions = trial->model->versions;
  guint32 n = trial->model->n_versions;
  guint32 found = MIGDESC_NOT_FOUND;

  for (guint32 i = n; i > 0 && found == MIGDESC_NOT_FOUND; i--)
    if (!allows (&versions[i - 1]) && migdesc_trial_is_version (trial, i - 1))
      found = i - 1;
  for (guint32 i = 0; i < n && found != MIGDESC_NOT_FOUND; i++)
    if (allows (&versions[i]) && migdesc_trial_is_version (trial, i))
      found = MIGDESC_NOT_FOUND;
  return found;
}

/* The param has no usable value. */
void migdesc_trial_mark_bad (MigdescTrial *trial, guint32 param);

/* Whether all params have a value that this model takes. */
static inline gboolean
migdesc_trial_has_config (const MigdescTrial *trial)
{
  return trial->has_values && trial->bad == NULL;
}

/* The text of the pair by which the list names a version, or NULL. */
static inline const char *
migdesc_trial_version_name (const MigdescTrial *trial)
{
  return trial->list != NULL ? trial->list->version : NULL;
}

static inline gboolean
migdesc_bits_get (const guint64 *bits,
                  guint32 position)
{
  return (bits[position / 64] >> (position % 64) & 1) != 0;
}

static inline void
migdesc_bits_set (guint64 *bits,
                  guint32 position)
{
  bits[position / 64] |= G_GUINT64_CONSTANT (1) << (position % 64);
}

static inline gboolean
migdesc_trial_is_bad (const MigdescTrial *trial,
                      guint32 param)
{
  return trial->bad != NULL && migdesc_bits_get (trial->bad, param);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MigdescTrial, migdesc_trial_clear)

G_END_DECLS
