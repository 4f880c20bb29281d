/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Hashes of what a document says. All that tells two documents apart goes in: hosts of a fleet may
 * differ in nothing but a bound or a description, and they may be many. */

#include <string.h>

#include "base/hash.h"
#include "model/core.h"

static void
add_word (GArray *words,
          guint64 word)
{
  g_array_append_val (words, word);
}

static void
add_text (GArray *words,
          const char *text)
{
  add_word (words, text != NULL);
  if (text != NULL)
    add_word (words, migdesc_hash (text, strlen (text)));
}

static void
add_set (GArray *words,
         const MigdescSet *set)
{
  add_word (words, (guint64) set->n << 32 | (guint64) set->any << 16 | set->bools);
  for (guint32 i = 0; i < set->n; i++)
    if (set->type == MIGDESC_VALUE_TYPE_STRING)
      add_text (words, set->members.strings[i]);
    else
      {
        add_word (words, set->members.intervals[i].min);
        add_word (words, set->members.intervals[i].max);
      }
}

static void
add_param (GArray *words,
           const MigdescParamCore *param)
{
  MigdescValueType type = (MigdescValueType) param->type;

  add_text (words, param->name);
  add_word (words, (guint64) param->type << 32 | (guint64) param->affects << 16
                     | (guint64) param->has_off << 2 | (guint64) param->runtime << 1
                     | param->inferred);
  add_word (words, migdesc_value_hash (type, param->init));
  add_word (words, param->has_off ? migdesc_value_hash (type, param->off) : 0);
  add_set (words, &param->allowed);
  add_text (words, param->description);
  add_text (words, param->unit);
  add_text (words, param->extra);
}

static void
add_version (GArray *words,
             const MigdescVersionCore *version)
{
  const MigdescVersionMore *more = version->more;

  add_text (words, version->name);
  add_word (words, version->hash);
  add_word (words, (guint64) version->n_settings << 32 | (guint64) version->support << 16
                     | (guint64) version->can_create << 8 | version->can_load);
  for (guint32 i = 0; i < more->n_tested; i++)
    add_word (words, (guint64) more->tested[i].from << 32 | more->tested[i].to);
  add_text (words, more->description);
  add_text (words, more->blocker);
  add_text (words, more->state_version);
  add_text (words, more->extra);
}

static void
add_constraint (GArray *words,
                const MigdescConstraintCore *constraint)
{
  add_word (words, (guint64) constraint->n_when << 32 | constraint->n_then);
  add_word (words, constraint->forbid);
  for (guint32 i = 0; i < constraint->n_when + constraint->n_then; i++)
    {
      const MigdescCondition *condition = i < constraint->n_when
                                            ? &constraint->when[i]
                                            : &constraint->then[i - constraint->n_when];

      add_word (words, condition->param);
      add_set (words, &condition->set);
    }
  add_text (words, constraint->description);
  add_text (words, constraint->extra);
}

static void
add_ignores (GArray *words,
             const MigdescIgnore *ignores,
             guint32 n)
{
  for (guint32 i = 0; i < n; i++)
    {
      add_text (words, ignores[i].code);
      add_text (words, ignores[i].reason);
    }
}

static void
add_model (GArray *words,
           const MigdescModelCore *model)
{
  add_text (words, model->name);
  add_word (words, (guint64) model->n_params << 32 | model->n_versions);
  add_word (words, (guint64) model->n_constraints << 32 | model->support);
  for (guint32 i = 0; i < model->n_params; i++)
    add_param (words, &model->params[i]);
  for (guint32 i = 0; i < model->n_versions; i++)
    add_version (words, &model->versions[i]);
  for (guint32 i = 0; i < model->n_constraints; i++)
    add_constraint (words, &model->constraints[i]);
  add_text (words, model->description);
  add_text (words, model->blocker);
  add_text (words, model->state);
  add_text (words, model->extra);
  add_ignores (words, model->ignores, model->n_ignores);
}

static guint64
hash_words (const GArray *words)
{
  return migdesc_hash_long (words->data, words->len * sizeof (guint64));
}

guint64
migdesc_model_core_hash (const MigdescModelCore *model)
{
  g_autoptr (GArray) words = g_array_sized_new (FALSE, FALSE, sizeof (guint64), 256);

  add_model (words, model);
  return hash_words (words);
}

guint64
migdesc_store_hash (const MigdescStore *store)
{
  g_autoptr (GArray) words = g_array_sized_new (FALSE, FALSE, sizeof (guint64), 256);

  for (guint32 i = 0; i < store->n_models; i++)
    add_model (words, &store->models[i]);
  add_text (words, store->format_version != NULL ? store->format_version : "1.0");
  add_text (words, store->extra);
  add_ignores (words, store->ignores, store->n_ignores);
  return hash_words (words);
}
