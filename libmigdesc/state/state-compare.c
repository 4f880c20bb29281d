/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "state/scalar.h"
#include "state/state-private.h"
#include "state/tree-compare.h"

/* Two states are equal when they have the same parts, of the same names and kinds, in the same
 * order, with the same values; widths and bounds do not count. */

static gboolean
bytes_equal (const MigdescNode *node,
             const MigdescNode *other)
{
  g_autofree guint8 *copy = NULL, *other_copy = NULL;
  gsize length, other_length;
  const guint8 *data = migdesc_node_get_bytes (node, &length, &copy);
  const guint8 *other_data = migdesc_node_get_bytes (other, &other_length, &other_copy);

  return length == other_length && (length == 0 || memcmp (data, other_data, length) == 0);
}

static gboolean
arrays_equal (const MigdescNode *node,
              const MigdescNode *other)
{
  guint64 n = migdesc_node_get_n_children (node);
  gboolean scalars = migdesc_kind_is_scalar ((MigdescFieldKind) node->field->kind);

  if (n != migdesc_node_get_n_children (other))
    return FALSE;
  if (scalars && node->field->kind == other->field->kind
      && node->field->width == other->field->width)
    return n == 0 || memcmp (node->address, other->address, (gsize) n * node->field->width) == 0;
  for (guint64 i = 0; i < n; i++)
    {
      MigdescNode child, other_child;

      migdesc_node_get_child (node, i, &child);
      migdesc_node_get_child (other, i, &other_child);
      if (!migdesc_node_equal (&child, &other_child))
        return FALSE;
    }
  return TRUE;
}

static gboolean
structs_equal (const MigdescNode *node,
               const MigdescNode *other)
{
  MigdescNode child, other_child;
  guint i = 0, j = 0;

  while (migdesc_node_next_field (node, &i, &child))
    if (!migdesc_node_next_field (other, &j, &other_child)
        || strcmp (child.field->name, other_child.field->name) != 0
        || !migdesc_node_equal (&child, &other_child))
      return FALSE;
  return !migdesc_node_next_field (other, &j, &other_child);
}

gboolean
migdesc_node_equal (const MigdescNode *node,
                    const MigdescNode *other)
{
  if (node->kind != other->kind)
    return FALSE;
  switch (node->kind)
    {
    case MIGDESC_STATE_STRUCT:
      return structs_equal (node, other);
    case MIGDESC_STATE_ARRAY:
      return arrays_equal (node, other);
    case MIGDESC_STATE_NULL:
      return TRUE;
    case MIGDESC_STATE_BYTES:
      return bytes_equal (node, other);
    case MIGDESC_STATE_STRING:
      return strcmp (migdesc_node_get_text (node), migdesc_node_get_text (other)) == 0;
    default:
      return migdesc_node_get_value (node) == migdesc_node_get_value (other);
    }
}

static guint
mix (guint hash,
     guint64 value)
{
  guint64 mixed = (hash ^ value) * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);

  return (guint) (mixed ^ mixed >> 32);
}

static guint
hash_bytes (const MigdescNode *node)
{
  g_autofree guint8 *copy = NULL;
  gsize length;
  const guint8 *data = migdesc_node_get_bytes (node, &length, &copy);
  guint hash = (guint) length;

  for (gsize i = 0; i < length; i++)
    hash = hash * 31 + data[i];
  return hash;
}

static guint
hash_children (const MigdescNode *node)
{
  guint64 n = migdesc_node_get_n_children (node);
  guint hash = (guint) n;
  MigdescNode child;
  guint i = 0;

  if (node->kind == MIGDESC_STATE_STRUCT)
    {
      while (migdesc_node_next_field (node, &i, &child))
        hash = mix (mix (hash, g_str_hash (child.field->name)), migdesc_node_hash (&child));
      return hash;
    }
  for (guint64 j = 0; j < n; j++)
    {
      migdesc_node_get_child (node, j, &child);
      hash = mix (hash, migdesc_node_hash (&child));
    }
  return hash;
}

guint
migdesc_node_hash (const MigdescNode *node)
{
  switch (node->kind)
    {
    case MIGDESC_STATE_STRUCT:
    case MIGDESC_STATE_ARRAY:
      return hash_children (node);
    case MIGDESC_STATE_NULL:
      return 1;
    case MIGDESC_STATE_BYTES:
      return hash_bytes (node);
    case MIGDESC_STATE_STRING:
      return g_str_hash (migdesc_node_get_text (node));
    default:
      return mix ((guint) node->kind, migdesc_node_get_value (node));
    }
}

/**
 * migdesc_state_equal:
 * @state: a state, or a part of one
 * @other: another
 *
 * Compares two states: their parts, by name, kind, order and value. A double that is not a number
 * is equal to one of the same bits.
 *
 * Returns: whether they are the same
 *
 * Since: 1.0
 */
gboolean
migdesc_state_equal (MigdescState *state,
                     MigdescState *other)
{
  g_return_val_if_fail (state != NULL, FALSE);
  g_return_val_if_fail (other != NULL, FALSE);

  return migdesc_node_equal (migdesc_state_get_node (state), migdesc_state_get_node (other));
}

/**
 * migdesc_state_hash:
 * @state: a state, or a part of one
 *
 * Hashes a state, so that equal ones have equal hashes.
 *
 * Returns: the hash
 *
 * Since: 1.0
 */
guint
migdesc_state_hash (MigdescState *state)
{
  g_return_val_if_fail (state != NULL, 0);

  return migdesc_node_hash (migdesc_state_get_node (state));
}
