/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "ops/compare/compare-identical.h"

#include "base/hash.h"
#include "ops/versions.h"

static gboolean
names_equal (const MigdescName *source,
             const MigdescName *destination)
{
  return source->length == destination->length
         && memcmp (source->text, destination->text, source->length) == 0;
}

static gboolean
params_equal (const MigdescParamCore *source,
              const MigdescParamCore *destination)
{
  MigdescValueType type = (MigdescValueType) source->type;

  return source->type == destination->type && source->has_off == destination->has_off
         && migdesc_set_equal (&source->allowed, &destination->allowed)
         && migdesc_value_equal (type, source->init, destination->init)
         && (!source->has_off || migdesc_value_equal (type, source->off, destination->off));
}

/* The destination's position of each of the source's params, or NULL if they are not the same
 * params */
static guint32 *
match_params (const MigdescModelCore *source,
              const MigdescModelCore *destination)
{
  g_autofree guint32 *matches = g_new (guint32, source->n_params + 1);

  for (guint32 i = 0; i < source->n_params; i++)
    {
      const MigdescName *name = &source->params[i].key;

      matches[i] = migdesc_model_core_find_param (destination, name->text, name->length);
      if (matches[i] == MIGDESC_NOT_FOUND
          || !params_equal (&source->params[i], &destination->params[matches[i]]))
        return NULL;
    }
  return g_steal_pointer (&matches);
}

static gboolean
versions_equal (const MigdescModelCore *model,
                const MigdescVersionCore *source,
                const MigdescVersionCore *destination,
                const guint32 *matches)
{
  if (!names_equal (&source->key, &destination->key)
      || source->n_settings != destination->n_settings
      || source->can_create != destination->can_create || source->can_load != destination->can_load
      || source->support != destination->support)
    return FALSE;
  for (guint32 i = 0; i < source->n_settings; i++)
    {
      const MigdescSetting *setting = &source->settings[i];
      const MigdescSetting *other = migdesc_version_find_setting (destination,
                                                                  matches[setting->param]);

      if (other == NULL
          || !migdesc_value_equal ((MigdescValueType) model->params[setting->param].type,
                                   setting->value, other->value))
        return FALSE;
    }
  return TRUE;
}

/* Constraints are the same whatever the order, theirs and that of their conditions: by hashes that
 * are sums. */

static guint64
hash_conditions (const MigdescModelCore *model,
                 const MigdescCondition *conditions,
                 guint32 n)
{
  guint64 hash = n;

  for (guint32 i = 0; i < n; i++)
    {
      const MigdescName *name = &model->params[conditions[i].param].key;

      hash += (migdesc_hash (name->text, name->length) ^ migdesc_set_hash (&conditions[i].set))
              * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);
    }
  return hash;
}

typedef struct
{
  guint64 hash;
  const MigdescConstraintCore *constraint;
} Hashed;

static int
compare_hashed (gconstpointer first,
                gconstpointer second)
{
  guint64 a = ((const Hashed *) first)->hash;
  guint64 b = ((const Hashed *) second)->hash;

  return (a > b) - (a < b);
}

/* Sorted by hash, without those that come again */
static GArray *
hash_constraints (const MigdescModelCore *model)
{
  GArray *hashed = g_array_sized_new (FALSE, FALSE, sizeof (Hashed), model->n_constraints);
  guint n = 0;

  for (guint32 i = 0; i < model->n_constraints; i++)
    {
      const MigdescConstraintCore *constraint = &model->constraints[i];
      guint64 when = hash_conditions (model, constraint->when, constraint->n_when);
      guint64 then = hash_conditions (model, constraint->then, constraint->n_then);
      Hashed entry = { when * 3 + then * 5 + constraint->forbid, constraint };

      g_array_append_val (hashed, entry);
    }
  g_array_sort (hashed, compare_hashed);
  for (guint i = 0; i < hashed->len; i++)
    if (n == 0
        || g_array_index (hashed, Hashed, i).hash != g_array_index (hashed, Hashed, n - 1).hash)
      g_array_index (hashed, Hashed, n++) = g_array_index (hashed, Hashed, i);
  g_array_set_size (hashed, n);
  return hashed;
}

/* What equality of constraints needs of the params */
typedef struct
{
  const guint32 *matches; /* the destination's position of each of the source's */
  /* of each of the destination's, where it stands in the conditions at hand, plus 1 */
  guint32 *places;
} Matching;

static gboolean
conditions_equal (const Matching *matching,
                  const MigdescCondition *source,
                  guint32 n_source,
                  const MigdescCondition *destination,
                  guint32 n_destination)
{
  gboolean equal = n_source == n_destination;

  for (guint32 i = 0; i < n_destination; i++)
    matching->places[destination[i].param] = i + 1;
  for (guint32 i = 0; i < n_source && equal; i++)
    {
      guint32 place = matching->places[matching->matches[source[i].param]];

      equal = place != 0 && migdesc_set_equal (&source[i].set, &destination[place - 1].set);
    }
  for (guint32 i = 0; i < n_destination; i++)
    matching->places[destination[i].param] = 0;
  return equal;
}

static gboolean
constraints_equal (const MigdescModelCore *source,
                   const MigdescModelCore *destination,
                   const guint32 *matches)
{
  g_autofree guint32 *places = g_new0 (guint32, destination->n_params + 1);
  g_autoptr (GArray) sources = hash_constraints (source);
  g_autoptr (GArray) destinations = hash_constraints (destination);
  Matching matching = { matches, places };

  if (sources->len != destinations->len)
    return FALSE;
  for (guint i = 0; i < sources->len; i++)
    {
      const MigdescConstraintCore *here = g_array_index (sources, Hashed, i).constraint;
      const MigdescConstraintCore *there = g_array_index (destinations, Hashed, i).constraint;

      if (here->forbid != there->forbid
          || !conditions_equal (&matching, here->when, here->n_when, there->when, there->n_when)
          || !conditions_equal (&matching, here->then, here->n_then, there->then, there->n_then))
        return FALSE;
    }
  return TRUE;
}

gboolean
migdesc_models_are_identical (const MigdescModelCore *source,
                              const MigdescModelCore *destination)
{
  g_autofree guint32 *matches = NULL;

  if (source == destination)
    return TRUE;
  if (!names_equal (&source->key, &destination->key) || source->n_params != destination->n_params
      || source->n_versions != destination->n_versions || source->support != destination->support)
    return FALSE;
  matches = match_params (source, destination);
  if (matches == NULL)
    return FALSE;
  for (guint32 i = 0; i < source->n_versions; i++)
    if (!versions_equal (source, &source->versions[i], &destination->versions[i], matches))
      return FALSE;
  return constraints_equal (source, destination, matches);
}
