/* SPDX-License-Identifier: LGPL-2.1-or-later */

/**
 * SECTION:migdesc-constraint
 * @Short_description: a rule about several params
 * @Title: MigdescConstraint
 *
 * A rule that every configuration of a model has to satisfy. A condition says that a param has one
 * of some values. A constraint is either an implication, where "then" conditions have to hold if
 * all "if" conditions do, or it forbids that all its conditions hold together.
 */

/**
 * MigdescConstraint:
 *
 * A constraint of a device model. Immutable, and safe to share between threads.
 *
 * One that was made by g_object_new() has no conditions.
 *
 * Since: 1.0
 */

#include "model/handles.h"

#include <string.h>

#include "base/hash.h"

struct _MigdescConstraint
{
  GObject parent_instance;
  MigdescStore *store;
  const MigdescModelCore *model;
  const MigdescConstraintCore *core;
};

G_DEFINE_FINAL_TYPE (MigdescConstraint, migdesc_constraint, G_TYPE_OBJECT)

static const MigdescConstraintCore empty;

static void
constraint_finalize (GObject *object)
{
  MigdescConstraint *self = MIGDESC_CONSTRAINT (object);

  migdesc_store_unref (self->store);
  G_OBJECT_CLASS (migdesc_constraint_parent_class)->finalize (object);
}

static void
migdesc_constraint_class_init (MigdescConstraintClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = constraint_finalize;
}

static void
migdesc_constraint_init (MigdescConstraint *self)
{
  self->store = migdesc_store_ref (migdesc_store_get_empty ());
  self->model = &migdesc_model_core_empty;
  self->core = &empty;
}

MigdescConstraint *
migdesc_constraint_new_for_core (MigdescStore *store,
                                 const MigdescModelCore *model,
                                 const MigdescConstraintCore *core)
{
  MigdescConstraint *self = g_object_new (MIGDESC_TYPE_CONSTRAINT, NULL);

  migdesc_store_unref (self->store);
  self->store = migdesc_store_ref (store);
  self->model = model;
  self->core = core;
  return self;
}

/**
 * migdesc_constraint_get_description:
 * @constraint: a constraint
 *
 * Gets what people should know about the constraint.
 *
 * Returns: (transfer none) (nullable): the description, or %NULL
 *
 * Since: 1.0
 */
const char *
migdesc_constraint_get_description (MigdescConstraint *constraint)
{
  g_return_val_if_fail (MIGDESC_IS_CONSTRAINT (constraint), NULL);
  return constraint->core->description;
}

/**
 * migdesc_constraint_is_forbid:
 * @constraint: a constraint
 *
 * Tells whether the constraint forbids that its "if" conditions hold together. There are no "then"
 * conditions in that case.
 *
 * Returns: whether it forbids
 *
 * Since: 1.0
 */
gboolean
migdesc_constraint_is_forbid (MigdescConstraint *constraint)
{
  g_return_val_if_fail (MIGDESC_IS_CONSTRAINT (constraint), FALSE);
  return constraint->core->forbid;
}

static char **
dup_params (MigdescConstraint *constraint,
            const MigdescCondition *conditions,
            guint32 n)
{
  char **names = g_new0 (char *, (gsize) n + 1);

  for (guint32 i = 0; i < n; i++)
    names[i] = g_strdup (constraint->model->params[conditions[i].param].name);
  return names;
}

static MigdescValueSet *
get_values (MigdescConstraint *constraint,
            const MigdescCondition *conditions,
            guint32 n,
            const char *param)
{
  guint32 position = migdesc_model_core_find_param (constraint->model, param, strlen (param));

  for (guint32 i = 0; i < n; i++)
    if (conditions[i].param == position)
      return migdesc_store_view_set (constraint->store, &conditions[i].set);
  return NULL;
}

/**
 * migdesc_constraint_dup_if_params:
 * @constraint: a constraint
 *
 * Copies the names of the params that have a condition under "if", or under "forbid" if it is such
 * a constraint.
 *
 * Returns: (transfer full) (array zero-terminated=1): the names, in the order of the document
 *
 * Since: 1.0
 */
char **
migdesc_constraint_dup_if_params (MigdescConstraint *constraint)
{
  g_return_val_if_fail (MIGDESC_IS_CONSTRAINT (constraint), NULL);
  return dup_params (constraint, constraint->core->when, constraint->core->n_when);
}

/**
 * migdesc_constraint_get_if_values:
 * @constraint: a constraint
 * @param: the name of a param; any text is safe
 *
 * Gets the values of the condition that a param has under "if", or under "forbid" if it is such a
 * constraint.
 *
 * Returns: (transfer full) (nullable): the values, or %NULL if the param has no such condition
 *
 * Since: 1.0
 */
MigdescValueSet *
migdesc_constraint_get_if_values (MigdescConstraint *constraint,
                                  const char *param)
{
  g_return_val_if_fail (MIGDESC_IS_CONSTRAINT (constraint), NULL);
  g_return_val_if_fail (param != NULL, NULL);
  return get_values (constraint, constraint->core->when, constraint->core->n_when, param);
}

/**
 * migdesc_constraint_dup_then_params:
 * @constraint: a constraint
 *
 * Copies the names of the params that have a condition under "then".
 *
 * Returns: (transfer full) (array zero-terminated=1): the names, in the order of the document; none
 * if the constraint forbids
 *
 * Since: 1.0
 */
char **
migdesc_constraint_dup_then_params (MigdescConstraint *constraint)
{
  g_return_val_if_fail (MIGDESC_IS_CONSTRAINT (constraint), NULL);
  return dup_params (constraint, constraint->core->then, constraint->core->n_then);
}

/**
 * migdesc_constraint_get_then_values:
 * @constraint: a constraint
 * @param: the name of a param; any text is safe
 *
 * Gets the values of the condition that a param has under "then".
 *
 * Returns: (transfer full) (nullable): the values, or %NULL if the param has no such condition
 *
 * Since: 1.0
 */
MigdescValueSet *
migdesc_constraint_get_then_values (MigdescConstraint *constraint,
                                    const char *param)
{
  g_return_val_if_fail (MIGDESC_IS_CONSTRAINT (constraint), NULL);
  g_return_val_if_fail (param != NULL, NULL);
  return get_values (constraint, constraint->core->then, constraint->core->n_then, param);
}

/**
 * migdesc_constraint_to_string:
 * @constraint: a constraint
 *
 * Writes the rule as people read it: `if new-feature=on then num-queues=3-64`, or `never a=on and
 * b=1-3`.
 *
 * Returns: (transfer full): the text
 *
 * Since: 1.0
 */
char *
migdesc_constraint_to_string (MigdescConstraint *constraint)
{
  GString *text;

  g_return_val_if_fail (MIGDESC_IS_CONSTRAINT (constraint), NULL);

  text = g_string_new (NULL);
  migdesc_constraint_core_append_text (text, constraint->model, constraint->core);
  return g_string_free (text, FALSE);
}

/**
 * migdesc_constraint_equal:
 * @constraint: a constraint
 * @other: another constraint
 *
 * Tells whether two constraints say the same in every field: description, conditions, and their
 * order.
 *
 * Returns: whether they are equal
 *
 * Since: 1.0
 */
gboolean
migdesc_constraint_equal (MigdescConstraint *constraint,
                          MigdescConstraint *other)
{
  g_return_val_if_fail (MIGDESC_IS_CONSTRAINT (constraint), FALSE);
  g_return_val_if_fail (MIGDESC_IS_CONSTRAINT (other), FALSE);
  return migdesc_constraint_core_equal (constraint->model, constraint->core, other->model,
                                        other->core);
}

static guint64
hash_conditions (const MigdescModelCore *model,
                 const MigdescCondition *conditions,
                 guint32 n,
                 guint64 hash)
{
  for (guint32 i = 0; i < n; i++)
    hash = (hash * 31 + model->params[conditions[i].param].key.hash) * 31
           + migdesc_set_hash (&conditions[i].set);
  return hash;
}

/**
 * migdesc_constraint_hash:
 * @constraint: a constraint
 *
 * Gives a number that is the same for equal constraints, within one process.
 *
 * Returns: the hash
 *
 * Since: 1.0
 */
guint
migdesc_constraint_hash (MigdescConstraint *constraint)
{
  const MigdescConstraintCore *core;
  guint64 hash;

  g_return_val_if_fail (MIGDESC_IS_CONSTRAINT (constraint), 0);

  core = constraint->core;
  hash = hash_conditions (constraint->model, core->when, core->n_when, core->forbid);
  hash = hash_conditions (constraint->model, core->then, core->n_then, hash);
  return migdesc_hash_fold (hash);
}
