/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "ops/trial.h"

#include <string.h>

#include "ops/versions.h"

void
migdesc_trial_free_heap (MigdescTrial *trial)
{
  for (guint i = 0; i < trial->n_heap; i++)
    g_free (trial->heap[i]);
  trial->n_heap = 0;
}

static gpointer
keep_on_heap (MigdescTrial *trial,
              gpointer block)
{
  trial->heap[trial->n_heap++] = block;
  return block;
}

/* A cleared bit for each param; @word, of the trial's own three, serves small models. */
static guint64 *
new_bits (MigdescTrial *trial,
          guint word)
{
  guint n_words = (trial->model->n_params + 63) / 64;

  if (n_words > 1)
    return keep_on_heap (trial, g_new0 (guint64, n_words));
  trial->inline_bits[word] = 0;
  return &trial->inline_bits[word];
}

void
migdesc_trial_set_only (MigdescTrial *trial,
                        const char *const *only)
{
  trial->only = only;
  if (only == NULL)
    return;
  trial->only_set = new_bits (trial, 0);
  for (guint i = 0; only[i] != NULL; i++)
    {
      guint32 param = migdesc_model_core_find_param (trial->model, only[i], strlen (only[i]));

      if (param != MIGDESC_NOT_FOUND)
        migdesc_bits_set (trial->only_set, param);
    }
}

gboolean
migdesc_trial_wants_param (const MigdescTrial *trial,
                           guint32 param)
{
  return trial->only_set == NULL || migdesc_bits_get (trial->only_set, param);
}

gboolean
migdesc_trial_wants_name (const MigdescTrial *trial,
                          const char *name)
{
  return trial->only == NULL || g_strv_contains (trial->only, name);
}

void
migdesc_trial_mark_bad (MigdescTrial *trial,
                        guint32 param)
{
  if (trial->bad == NULL)
    trial->bad = new_bits (trial, 1);
  migdesc_bits_set (trial->bad, param);
}

/* Lists mostly have the document's order, less what is off: a look at the next params is cheaper
 * than a hash. */
#define LOOK_AHEAD 4

static guint32
find_param (const MigdescModelCore *model,
            const MigdescPair *pair,
            guint32 from)
{
  guint32 end = MIN (model->n_params, from + LOOK_AHEAD);

  for (guint32 i = from; i < end; i++)
    {
      const MigdescName *key = &model->params[i].key;

      if (key->length == pair->name_length
          && migdesc_bytes_equal (key->text, pair->name, key->length))
        return i;
    }
  return migdesc_model_core_find_param (model, pair->name, pair->name_length);
}

void
migdesc_bind_pairs (const MigdescModelCore *model,
                    const MigdescParamList *list,
                    MigdescBoundPair *pairs)
{
  guint32 next = 0;

  for (guint i = 0; i < list->n_pairs; i++)
    {
      const MigdescPair *pair = &list->pairs[i];
      MigdescBoundPair *bound = &pairs[i];

      bound->param = find_param (model, pair, next);
      next = bound->param != MIGDESC_NOT_FOUND ? bound->param + 1 : next;
      bound->state = MIGDESC_PAIR_OK;
      if (bound->param == MIGDESC_NOT_FOUND)
        bound->state = MIGDESC_PAIR_UNKNOWN;
      else if (migdesc_value_parse (model->params[bound->param].type, pair->value,
                                    pair->value_length, &bound->value)
               != MIGDESC_VALUE_OK)
        bound->state = MIGDESC_PAIR_WRONG_TYPE;
    }
}

static void
make_room_for_pairs (MigdescTrial *trial,
                     guint n)
{
  trial->n_pairs = n;
  trial->pairs = n <= MIGDESC_TRIAL_INLINE ? trial->inline_pairs
                                           : keep_on_heap (trial, g_new (MigdescBoundPair, n));
}

void
migdesc_trial_bind (MigdescTrial *trial)
{
  if (trial->list == NULL)
    return;
  make_room_for_pairs (trial, trial->list->n_pairs);
  migdesc_bind_pairs (trial->model, trial->list, trial->pairs);
}

void
migdesc_trial_take_pairs (MigdescTrial *trial,
                          const MigdescBoundPair *pairs,
                          guint n_pairs)
{
  make_room_for_pairs (trial, n_pairs);
  if (n_pairs > 0)
    memcpy (trial->pairs, pairs, n_pairs * sizeof *pairs);
}

static void
make_room_for_values (MigdescTrial *trial)
{
  guint n = trial->model->n_params;

  trial->has_values = TRUE;
  trial->values = n <= MIGDESC_TRIAL_INLINE ? trial->inline_values
                                            : keep_on_heap (trial, g_new (MigdescValue, n));
}

static guint64
term_of (const MigdescTrial *trial,
         guint32 param,
         MigdescValue value)
{
  return migdesc_param_core_hash_term (&trial->model->params[param], param, value);
}

/* The start's hash is known, and hashes are sums: only what the list says has to be hashed. */
static void
lay_over_hashed (MigdescTrial *trial,
                 guint64 hash)
{
  for (guint i = 0; i < trial->n_pairs; i++)
    {
      const MigdescBoundPair *pair = &trial->pairs[i];

      if (pair->state != MIGDESC_PAIR_OK)
        continue;
      hash += term_of (trial, pair->param, pair->value)
              - term_of (trial, pair->param, trial->values[pair->param]);
      trial->values[pair->param] = pair->value;
    }
  trial->hash = hash;
  trial->has_hash = TRUE;
}

static void
lay_over (MigdescTrial *trial)
{
  const MigdescBoundPair *pairs = trial->pairs;
  MigdescValue *values = trial->values;

  for (guint i = 0; i < trial->n_pairs; i++)
    if (pairs[i].state == MIGDESC_PAIR_OK)
      values[pairs[i].param] = pairs[i].value;
}

void
migdesc_trial_fill_from_init (MigdescTrial *trial)
{
  make_room_for_values (trial);
  migdesc_model_core_fill_init (trial->model, trial->values);
  lay_over_hashed (trial, trial->model->init_hash);
}

void
migdesc_trial_fill_from_version (MigdescTrial *trial,
                                 guint32 version,
                                 gboolean want_hash)
{
  make_room_for_values (trial);
  trial->version = version;
  migdesc_model_core_fill_off (trial->model, trial->values);
  migdesc_model_core_apply_version (trial->model, version, trial->values);
  if (want_hash)
    lay_over_hashed (trial, trial->model->versions[version].hash);
  else
    lay_over (trial);
}

static void
find_missing_of_many (MigdescTrial *trial)
{
  const MigdescModelCore *model = trial->model;

  trial->missing = new_bits (trial, 2);
  memcpy (trial->missing, model->required, (model->n_params + 63) / 64 * sizeof *model->required);
  for (guint i = 0; i < trial->n_pairs; i++)
    {
      guint32 param = trial->pairs[i].param;

      if (param != MIGDESC_NOT_FOUND)
        trial->missing[param / 64] &= ~(G_GUINT64_CONSTANT (1) << (param % 64));
    }
}

/* What is required, less what is listed */
static void
find_missing (MigdescTrial *trial,
              guint64 listed)
{
  guint64 missing = *trial->model->required & ~listed;

  if (trial->model->n_params > 64)
    find_missing_of_many (trial);
  else if (missing != 0)
    {
      trial->missing = new_bits (trial, 2);
      *trial->missing = missing;
    }
}

void
migdesc_trial_fill_complete (MigdescTrial *trial)
{
  const MigdescBoundPair *pairs = trial->pairs;
  guint64 listed = 0; /* a bit a param, of small models */
  guint n = trial->n_pairs;

  make_room_for_values (trial);
  migdesc_model_core_fill_off (trial->model, trial->values);
  for (guint i = 0; i < n; i++)
    {
      if (pairs[i].state == MIGDESC_PAIR_OK)
        trial->values[pairs[i].param] = pairs[i].value;
      if (pairs[i].param != MIGDESC_NOT_FOUND)
        listed |= G_GUINT64_CONSTANT (1) << (pairs[i].param % 64);
    }
  if (trial->model->required != NULL)
    find_missing (trial, listed);
}

guint64
migdesc_trial_hash (MigdescTrial *trial)
{
  if (!trial->has_hash)
    trial->hash = migdesc_model_core_hash_values (trial->model, trial->values);
  trial->has_hash = TRUE;
  return trial->hash;
}

/* Of few versions most differ in their first values, which is seen sooner than a hash is made. */
#define FEW_VERSIONS 16

gboolean
migdesc_trial_is_version (MigdescTrial *trial,
                          guint32 version)
{
  const MigdescModelCore *model = trial->model;

  if (model->n_versions > FEW_VERSIONS
      && model->versions[version].hash != migdesc_trial_hash (trial))
    return FALSE;
  return migdesc_values_are_version (model, trial->values, version);
}
