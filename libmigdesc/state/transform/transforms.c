/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <string.h>

#include <migdesc/migdesc-error.h>
#include <migdesc/migdesc-transforms.h>

#include "state/transform/change.h"
#include "state/transform/chain.h"

struct _MigdescTransforms
{
  GObject parent_instance;
  GArray *changes;    /* MigdescChange, in the order of the calls */
  GPtrArray *schemas; /* MigdescStateType */
};

/**
 * MigdescTransforms:
 *
 * Steps between state versions, and the schemas of old ones.
 *
 * Since: 1.0
 */

G_DEFINE_FINAL_TYPE (MigdescTransforms, migdesc_transforms, G_TYPE_OBJECT)

static void
change_clear (gpointer data)
{
  migdesc_change_clear (data);
}

static void
migdesc_transforms_init (MigdescTransforms *transforms)
{
  transforms->changes = g_array_new (FALSE, FALSE, sizeof (MigdescChange));
  g_array_set_clear_func (transforms->changes, change_clear);
  transforms->schemas = g_ptr_array_new_with_free_func (g_object_unref);
}

static void
migdesc_transforms_finalize (GObject *object)
{
  MigdescTransforms *transforms = MIGDESC_TRANSFORMS (object);

  g_array_unref (transforms->changes);
  g_ptr_array_unref (transforms->schemas);
  G_OBJECT_CLASS (migdesc_transforms_parent_class)->finalize (object);
}

static void
migdesc_transforms_class_init (MigdescTransformsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = migdesc_transforms_finalize;
}

/**
 * migdesc_transforms_new:
 *
 * Makes an empty set of transforms. All are added before it is used; from then on it does not
 * change, and may be used by any thread.
 *
 * Returns: (transfer full): new transforms
 *
 * Since: 1.0
 */
MigdescTransforms *
migdesc_transforms_new (void)
{
  return g_object_new (MIGDESC_TYPE_TRANSFORMS, NULL);
}

/**
 * migdesc_transforms_add_schema:
 * @transforms: transforms
 * @schema: the effective schema that a state version had
 *
 * Keeps the schema of an old state version: what its streams are read by. A version may have
 * several, one for each configuration with another schema.
 *
 * Since: 1.0
 */
void
migdesc_transforms_add_schema (MigdescTransforms *transforms,
                               MigdescStateType *schema)
{
  g_return_if_fail (MIGDESC_IS_TRANSFORMS (transforms));
  g_return_if_fail (MIGDESC_IS_STATE_TYPE (schema));

  g_ptr_array_add (transforms->schemas, g_object_ref (schema));
}

static gboolean
can_add (MigdescTransforms *transforms,
         guint from,
         guint to)
{
  return MIGDESC_IS_TRANSFORMS (transforms) && from > 0 && to > 0 && from != to;
}

static gboolean
is_fine (MigdescChangeKind kind,
         const char *path,
         const char *target)
{
  return migdesc_change_find_fault (kind, path, target) == NULL;
}

static MigdescChange *
add_change (MigdescTransforms *transforms,
            MigdescChangeKind kind,
            guint from,
            guint to,
            const char *path)
{
  MigdescChange change = { .kind = kind, .from = from, .to = to, .text = g_strdup (path) };

  if (kind != MIGDESC_CHANGE_FUNCTION)
    change.path = migdesc_loose_split_path (path);
  g_array_append_val (transforms->changes, change);
  return &g_array_index (transforms->changes, MigdescChange, transforms->changes->len - 1);
}

/**
 * migdesc_transforms_add_rename:
 * @transforms: transforms
 * @from: a state version
 * @to: the version after or before it
 * @path: a path to a field
 * @name: its name in version @to
 *
 * Adds to the step from @from to @to that a field is renamed.
 *
 * Since: 1.0
 */
void
migdesc_transforms_add_rename (MigdescTransforms *transforms,
                               guint from,
                               guint to,
                               const char *path,
                               const char *name)
{
  g_return_if_fail (can_add (transforms, from, to));
  g_return_if_fail (is_fine (MIGDESC_CHANGE_RENAME, path, name));

  add_change (transforms, MIGDESC_CHANGE_RENAME, from, to, path)->target = g_strdup (name);
}

/**
 * migdesc_transforms_add_drop:
 * @transforms: transforms
 * @from: a state version
 * @to: the version after or before it
 * @path: a path to a field
 *
 * Adds to the step from @from to @to that a field is dropped. What it said is lost.
 *
 * Since: 1.0
 */
void
migdesc_transforms_add_drop (MigdescTransforms *transforms,
                             guint from,
                             guint to,
                             const char *path)
{
  g_return_if_fail (can_add (transforms, from, to));
  g_return_if_fail (is_fine (MIGDESC_CHANGE_DROP, path, NULL));

  add_change (transforms, MIGDESC_CHANGE_DROP, from, to, path);
}

/**
 * migdesc_transforms_add_default:
 * @transforms: transforms
 * @from: a state version
 * @to: the version after or before it
 * @path: a path to a field
 * @value: its value, of a type as migdesc_state_to_variant() has it
 *
 * Adds to the step from @from to @to that a field is there, and has a value if it had none. A
 * floating @value is taken.
 *
 * Since: 1.0
 */
void
migdesc_transforms_add_default (MigdescTransforms *transforms,
                                guint from,
                                guint to,
                                const char *path,
                                GVariant *value)
{
  g_return_if_fail (can_add (transforms, from, to));
  g_return_if_fail (is_fine (MIGDESC_CHANGE_DEFAULT, path, NULL));
  g_return_if_fail (value != NULL);

  add_change (transforms, MIGDESC_CHANGE_DEFAULT, from, to, path)->value
      = g_variant_ref_sink (value);
}

/**
 * migdesc_transforms_add_retype:
 * @transforms: transforms
 * @from: a state version
 * @to: the version after or before it
 * @path: a path to a field with one value
 * @type: a #GVariant type: `b`, `y`, `n`, `q`, `i`, `u`, `x`, `t`, `d` or `s`
 *
 * Adds to the step from @from to @to that a field becomes a truth value, an integer, a double or a
 * text of digits. A value that cannot be had exactly as the new type makes the step fail.
 *
 * Since: 1.0
 */
void
migdesc_transforms_add_retype (MigdescTransforms *transforms,
                               guint from,
                               guint to,
                               const char *path,
                               const char *type)
{
  g_return_if_fail (can_add (transforms, from, to));
  g_return_if_fail (is_fine (MIGDESC_CHANGE_RETYPE, path, type));

  add_change (transforms, MIGDESC_CHANGE_RETYPE, from, to, path)->target = g_strdup (type);
}

/**
 * migdesc_transforms_add_move:
 * @transforms: transforms
 * @from: a state version
 * @to: the version after or before it
 * @path: a path to one field, without `[]`
 * @new_path: where it is in version @to
 *
 * Adds to the step from @from to @to that a field moves into another struct.
 *
 * Since: 1.0
 */
void
migdesc_transforms_add_move (MigdescTransforms *transforms,
                             guint from,
                             guint to,
                             const char *path,
                             const char *new_path)
{
  MigdescChange *change;

  g_return_if_fail (can_add (transforms, from, to));
  g_return_if_fail (is_fine (MIGDESC_CHANGE_MOVE, path, new_path));

  change = add_change (transforms, MIGDESC_CHANGE_MOVE, from, to, path);
  change->target = g_strdup (new_path);
  change->target_path = migdesc_loose_split_path (new_path);
}

/**
 * migdesc_transforms_add_function:
 * @transforms: transforms
 * @from: a state version
 * @to: the version after or before it
 * @name: what the function is called in errors
 * @function: (scope notified) (closure user_data) (destroy destroy): the function
 * @user_data: what it is given
 * @destroy: (nullable): frees @user_data
 *
 * Adds to the step from @from to @to that a function changes the state.
 *
 * Since: 1.0
 */
void
migdesc_transforms_add_function (MigdescTransforms *transforms,
                                 guint from,
                                 guint to,
                                 const char *name,
                                 MigdescTransformFunc function,
                                 gpointer user_data,
                                 GDestroyNotify destroy)
{
  MigdescChange *change;

  g_return_if_fail (can_add (transforms, from, to));
  g_return_if_fail (name != NULL);
  g_return_if_fail (function != NULL);

  change = add_change (transforms, MIGDESC_CHANGE_FUNCTION, from, to, name);
  change->function = function;
  change->user_data = user_data;
  change->destroy = destroy;
}

/**
 * migdesc_transforms_has_path:
 * @transforms: transforms
 * @from: a state version
 * @to: a state version
 *
 * Asks whether there is a chain of steps from one version to another.
 *
 * Returns: whether there is
 *
 * Since: 1.0
 */
gboolean
migdesc_transforms_has_path (MigdescTransforms *transforms,
                             guint from,
                             guint to)
{
  g_autoptr (GArray) chain = NULL;

  g_return_val_if_fail (MIGDESC_IS_TRANSFORMS (transforms), FALSE);

  chain = migdesc_transforms_find_chain (transforms, from, to);
  return chain != NULL;
}

MigdescStateType *
migdesc_transforms_get_schema (MigdescTransforms *transforms,
                               guint position)
{
  return position < transforms->schemas->len ? g_ptr_array_index (transforms->schemas, position)
                                             : NULL;
}

const MigdescChange *
migdesc_transforms_get_change (MigdescTransforms *transforms,
                               guint position)
{
  return position < transforms->changes->len
             ? &g_array_index (transforms->changes, MigdescChange, position)
             : NULL;
}

/**
 * migdesc_transforms_find_schema:
 * @transforms: transforms
 * @version: a state version
 * @digest: (nullable): a digest, %NULL for the first schema of that version
 *
 * Looks for the schema of an old state version.
 *
 * Returns: (transfer none) (nullable): the schema, or %NULL if none was added
 *
 * Since: 1.0
 */
MigdescStateType *
migdesc_transforms_find_schema (MigdescTransforms *transforms,
                                guint version,
                                const char *digest)
{
  g_return_val_if_fail (MIGDESC_IS_TRANSFORMS (transforms), NULL);

  for (guint i = 0; i < transforms->schemas->len; i++)
    {
      MigdescStateType *schema = g_ptr_array_index (transforms->schemas, i);

      if (migdesc_state_type_get_version (schema) == version
          && (digest == NULL || strcmp (migdesc_state_type_get_digest (schema), digest) == 0))
        return schema;
    }
  return NULL;
}

/**
 * migdesc_transforms_apply_step:
 * @transforms: transforms
 * @from: a state version
 * @to: another one, to which there is a step
 * @state: a state of version @from, of type `a{sv}`
 * @error: return location for a #GError
 *
 * Makes one step, to test it by itself.
 *
 * Fails with %MIGDESC_ERROR_STATE_TRANSFORM when there is no such step, or it cannot be made.
 *
 * Returns: (transfer full): the state as version @to has it, or %NULL on error
 *
 * Since: 1.0
 */
GVariant *
migdesc_transforms_apply_step (MigdescTransforms *transforms,
                               guint from,
                               guint to,
                               GVariant *state,
                               GError **error)
{
  g_autoptr (MigdescLoose) root = NULL;
  gboolean any = FALSE;

  g_return_val_if_fail (MIGDESC_IS_TRANSFORMS (transforms), NULL);
  g_return_val_if_fail (state != NULL, NULL);
  g_return_val_if_fail (g_variant_is_of_type (state, G_VARIANT_TYPE_VARDICT), NULL);

  root = migdesc_loose_new (state);
  for (guint i = 0; i < transforms->changes->len; i++)
    {
      MigdescChange *change = &g_array_index (transforms->changes, MigdescChange, i);

      if (change->from != from || change->to != to)
        continue;
      any = TRUE;
      if (!migdesc_change_apply (change, &root, error))
        return NULL;
    }
  if (any)
    return g_variant_ref_sink (migdesc_loose_to_variant (root));
  g_set_error (error, MIGDESC_ERROR, MIGDESC_ERROR_STATE_TRANSFORM,
               "there is no transform from state version %u to %u", from, to);
  return NULL;
}
