/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "state/tree/state-private.h"

#include "state/schema/type-private.h"
#include "state/table/storage.h"
#include "state/visitor/pipe.h"

/* The handle of a tree's part: where it is, and what keeps it there. */

struct _MigdescState
{
  gatomicrefcount ref_count;
  MigdescTree *tree;
  MigdescState *parent; /* NULL: the whole */
  MigdescNode node;
};

G_DEFINE_BOXED_TYPE (MigdescState, migdesc_state, migdesc_state_ref, migdesc_state_unref)

static MigdescState *
state_new (MigdescTree *tree,
           MigdescState *parent,
           const MigdescNode *node)
{
  MigdescState *state = g_new0 (MigdescState, 1);

  g_atomic_ref_count_init (&state->ref_count);
  state->tree = migdesc_tree_ref (tree);
  state->parent = parent == NULL ? NULL : migdesc_state_ref (parent);
  state->node = node == NULL ? (MigdescNode) { .tree = tree } : *node;
  return state;
}

MigdescState *
migdesc_state_new_fresh (MigdescStateType *schema,
                         GError **error)
{
  const MigdescStruct *table = migdesc_state_type_get_table (schema);
  MigdescStatePlan *plan = migdesc_state_type_get_plan (schema, table->version, NULL, error);
  g_autoptr (MigdescTree) tree = plan == NULL ? NULL : migdesc_tree_new (schema, plan);

  return tree == NULL ? NULL : state_new (tree, NULL, NULL);
}

/* By way of a struct of the table, in which the fields have their defaults that were not there. */
static GByteArray *
save_as (MigdescTree *tree,
         const MigdescStatePlan *plan,
         GError **error)
{
  g_autoptr (GByteArray) bytes = migdesc_pipe_save_tree (tree, error);
  g_autofree gpointer data = g_malloc (MAX (plan->table->size, 1));
  GByteArray *saved = NULL;

  migdesc_table_init (plan->table, data);
  if (bytes != NULL && migdesc_pipe_load (tree->plan, data, bytes, error))
    saved = migdesc_pipe_save (plan, data, error);
  migdesc_table_clear (plan->table, data);
  return saved;
}

MigdescState *
migdesc_state_of_plan (MigdescState *state,
                       MigdescStatePlan *plan,
                       GError **error)
{
  g_autoptr (GByteArray) bytes = NULL;
  g_autoptr (MigdescTree) tree = NULL;

  if (state->tree->plan == plan)
    return migdesc_state_ref (state);
  bytes = save_as (state->tree, plan, error);
  if (bytes == NULL)
    return NULL;
  tree = migdesc_tree_new (state->tree->schema, migdesc_state_plan_ref (plan));
  return migdesc_pipe_load_tree (tree, bytes, error) ? state_new (tree, NULL, NULL) : NULL;
}

MigdescTree *
migdesc_state_get_tree (MigdescState *state)
{
  return state->tree;
}

const MigdescNode *
migdesc_state_get_node (MigdescState *state)
{
  /* the whole one is there before its tree is loaded */
  return state->parent == NULL ? &state->tree->root : &state->node;
}

gboolean
migdesc_state_is_whole (MigdescState *state)
{
  return state->parent == NULL;
}

MigdescState *
migdesc_state_new_part (MigdescState *parent,
                        const MigdescNode *node)
{
  return state_new (parent->tree, parent, node);
}

/**
 * migdesc_state_ref:
 * @state: a state
 *
 * Takes a reference.
 *
 * Returns: (transfer full): @state
 *
 * Since: 1.0
 */
MigdescState *
migdesc_state_ref (MigdescState *state)
{
  g_return_val_if_fail (state != NULL, NULL);

  g_atomic_ref_count_inc (&state->ref_count);
  return state;
}

/**
 * migdesc_state_unref:
 * @state: (transfer full): a state
 *
 * Gives a reference back. The last one frees the part; the last of all parts frees the tree.
 *
 * Since: 1.0
 */
void
migdesc_state_unref (MigdescState *state)
{
  g_return_if_fail (state != NULL);

  if (!g_atomic_ref_count_dec (&state->ref_count))
    return;
  g_clear_pointer (&state->parent, migdesc_state_unref);
  migdesc_tree_unref (state->tree);
  g_free (state);
}

/**
 * migdesc_state_get_schema:
 * @state: a state, or a part of one
 *
 * Asks for the schema of the whole state.
 *
 * Returns: (transfer none): the effective schema
 *
 * Since: 1.0
 */
MigdescStateType *
migdesc_state_get_schema (MigdescState *state)
{
  g_return_val_if_fail (state != NULL, NULL);

  return state->tree->schema;
}

/**
 * migdesc_state_get_kind:
 * @state: a state, or a part of one
 *
 * Asks what it is.
 *
 * Returns: the kind
 *
 * Since: 1.0
 */
MigdescStateKind
migdesc_state_get_kind (MigdescState *state)
{
  g_return_val_if_fail (state != NULL, MIGDESC_STATE_NULL);

  return migdesc_state_get_node (state)->kind;
}

static void
append_path (const MigdescState *state,
             GString *path)
{
  if (state->parent == NULL)
    return;
  append_path (state->parent, path);
  if (state->node.index != MIGDESC_NO_ELEMENT)
    g_string_append_printf (path, "[%" G_GUINT64_FORMAT "]", state->node.index);
  else
    g_string_append_printf (path, "%s%s", path->len > 0 ? "." : "", state->node.field->name);
}

/**
 * migdesc_state_dup_path:
 * @state: a state, or a part of one
 *
 * Gets where a part is in its state, as migdesc_state_lookup() takes it, such as `queues[3].head`.
 *
 * Returns: (transfer full): the path; empty for a whole state
 *
 * Since: 1.0
 */
char *
migdesc_state_dup_path (MigdescState *state)
{
  GString *path;

  g_return_val_if_fail (state != NULL, NULL);

  path = g_string_new (NULL);
  append_path (state, path);
  return g_string_free (path, FALSE);
}

/**
 * migdesc_state_get_n_children:
 * @state: a state, or a part of one
 *
 * Asks for the number of parts of a struct, or of elements of an array. Sections that are absent,
 * and padding, do not count.
 *
 * Returns: how many; 0 for what is neither
 *
 * Since: 1.0
 */
guint64
migdesc_state_get_n_children (MigdescState *state)
{
  g_return_val_if_fail (state != NULL, 0);

  return migdesc_node_get_n_children (migdesc_state_get_node (state));
}

/**
 * migdesc_state_get_child_name:
 * @state: a struct
 * @position: of the part, from 0
 *
 * Asks for the name of a part, in the order of the schema.
 *
 * Returns: (transfer none) (nullable): the name, or %NULL if @state is no struct or has no such
 *     part
 *
 * Since: 1.0
 */
const char *
migdesc_state_get_child_name (MigdescState *state,
                              guint64 position)
{
  const MigdescNode *node;
  MigdescNode child;

  g_return_val_if_fail (state != NULL, NULL);

  node = migdesc_state_get_node (state);
  if (node->kind != MIGDESC_STATE_STRUCT || position >= migdesc_node_get_n_children (node))
    return NULL;
  migdesc_node_get_child (node, position, &child);
  return child.field->name;
}

/**
 * migdesc_state_get_child:
 * @state: a struct or an array
 * @position: of the part, from 0
 *
 * Gets a part: of a struct in the order of the schema, of an array by its index.
 *
 * The parts of a struct before it are gone through, so that this takes as long as there are fields
 * before it; of an array it takes about the same time wherever the element is.
 *
 * Returns: (transfer full) (nullable): the part, or %NULL if there is none
 *
 * Since: 1.0
 */
MigdescState *
migdesc_state_get_child (MigdescState *state,
                         guint64 position)
{
  const MigdescNode *node;
  MigdescNode child;

  g_return_val_if_fail (state != NULL, NULL);

  node = migdesc_state_get_node (state);
  if (position >= migdesc_node_get_n_children (node))
    return NULL;
  migdesc_node_get_child (node, position, &child);
  return state_new (state->tree, state, &child);
}

static gboolean
is_of_kind (MigdescState *state,
            MigdescStateKind kind)
{
  return state != NULL && migdesc_state_get_node (state)->kind == kind;
}

/**
 * migdesc_state_get_bool:
 * @state: a truth value
 *
 * Gets the value.
 *
 * Returns: the value
 *
 * Since: 1.0
 */
gboolean
migdesc_state_get_bool (MigdescState *state)
{
  g_return_val_if_fail (is_of_kind (state, MIGDESC_STATE_BOOL), FALSE);

  return state->node.value != 0;
}

/**
 * migdesc_state_get_uint:
 * @state: an unsigned integer
 *
 * Gets the value; of an enum its number, of flags their bits.
 *
 * Returns: the value
 *
 * Since: 1.0
 */
guint64
migdesc_state_get_uint (MigdescState *state)
{
  g_return_val_if_fail (is_of_kind (state, MIGDESC_STATE_UINT), 0);

  return state->node.value;
}

/**
 * migdesc_state_get_int:
 * @state: a signed integer
 *
 * Gets the value.
 *
 * Returns: the value
 *
 * Since: 1.0
 */
gint64
migdesc_state_get_int (MigdescState *state)
{
  g_return_val_if_fail (is_of_kind (state, MIGDESC_STATE_INT), 0);

  return (gint64) state->node.value;
}

/**
 * migdesc_state_get_double:
 * @state: a double
 *
 * Gets the value.
 *
 * Returns: the value
 *
 * Since: 1.0
 */
double
migdesc_state_get_double (MigdescState *state)
{
  guint64 bits;
  double value;

  g_return_val_if_fail (is_of_kind (state, MIGDESC_STATE_DOUBLE), 0);

  bits = state->node.value;
  memcpy (&value, &bits, sizeof value);
  return value;
}

/**
 * migdesc_state_get_string:
 * @state: a text
 *
 * Gets the text.
 *
 * Returns: (transfer none): the text, which lives as long as @state
 *
 * Since: 1.0
 */
const char *
migdesc_state_get_string (MigdescState *state)
{
  g_return_val_if_fail (is_of_kind (state, MIGDESC_STATE_STRING), NULL);

  return migdesc_node_get_text (&state->node);
}

/**
 * migdesc_state_get_bytes:
 * @state: a buffer or bitmap
 *
 * Gets the bytes; of a bitmap the lowest bit of the first byte is the first.
 *
 * Returns: (transfer full): the bytes
 *
 * Since: 1.0
 */
GBytes *
migdesc_state_get_bytes (MigdescState *state)
{
  g_autofree guint8 *copy = NULL;
  const guint8 *data;
  gsize length;

  g_return_val_if_fail (is_of_kind (state, MIGDESC_STATE_BYTES), NULL);

  data = migdesc_node_get_bytes (&state->node, &length, &copy);
  if (copy != NULL)
    return g_bytes_new_take (g_steal_pointer (&copy), length);
  /* no copy of what may be large: the bytes hold the state */
  return g_bytes_new_with_free_func (data, length, (GDestroyNotify) migdesc_state_unref,
                                     migdesc_state_ref (state));
}
