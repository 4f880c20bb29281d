/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "state/table/scalar.h"
#include "state/tree/state-private.h"
#include "state/tree/tree-compare.h"

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

#define PIECE 1024 /* bytes */

/* Of one kind and width: what is in a struct. */
static gboolean
scalars_equal (MigdescNode *node,
               MigdescNode *other)
{
  guint width = node->field->width;
  MigdescElements elements, other_elements;
  guint8 data[PIECE], other_data[PIECE];
  guint64 left = node->value;

  migdesc_elements_init (&elements, node);
  migdesc_elements_init (&other_elements, other);
  while (left > 0)
    {
      gsize n = (gsize) MIN (left, PIECE / width);

      migdesc_elements_read (&elements, data, n);
      migdesc_elements_read (&other_elements, other_data, n);
      if (memcmp (data, other_data, n * width) != 0)
        return FALSE;
      left -= n;
    }
  node->end = migdesc_elements_get_end (&elements);
  other->end = migdesc_elements_get_end (&other_elements);
  return TRUE;
}

static gboolean
arrays_equal (MigdescNode *node,
              MigdescNode *other)
{
  MigdescElements elements, other_elements;
  MigdescNode child, other_child;

  if (node->value != other->value)
    return FALSE;
  if (migdesc_kind_is_scalar ((MigdescFieldKind) node->field->kind)
      && node->field->kind == other->field->kind && node->field->width == other->field->width)
    return scalars_equal (node, other);
  migdesc_elements_init (&elements, node);
  migdesc_elements_init (&other_elements, other);
  while (migdesc_elements_next (&elements, &child))
    if (!migdesc_elements_next (&other_elements, &other_child)
        || !migdesc_node_equal (&child, &other_child))
      return FALSE;
  migdesc_elements_next (&other_elements, &other_child);
  node->end = migdesc_elements_get_end (&elements);
  other->end = migdesc_elements_get_end (&other_elements);
  return TRUE;
}

static gboolean
structs_equal (MigdescNode *node,
               MigdescNode *other)
{
  g_auto (MigdescFields) fields;
  g_auto (MigdescFields) other_fields;
  MigdescNode child, other_child;

  migdesc_fields_init (&fields, node);
  migdesc_fields_init (&other_fields, other);
  while (migdesc_fields_next (&fields, &child))
    if (!migdesc_fields_next (&other_fields, &other_child)
        || strcmp (child.field->name, other_child.field->name) != 0
        || !migdesc_node_equal (&child, &other_child))
      return FALSE;
  if (migdesc_fields_next (&other_fields, &other_child))
    return FALSE;
  node->end = migdesc_fields_get_end (&fields);
  other->end = migdesc_fields_get_end (&other_fields);
  return TRUE;
}

/* A digest is made once for a schema, but then takes longer than to look at a small tree. */
#define LARGE 16384

static gboolean
has_equal_schema (const MigdescTree *tree,
                  const MigdescTree *other)
{
  return tree->packed.length >= LARGE && tree->packed.length == other->packed.length
         && migdesc_state_type_equal (tree->schema, other->schema);
}

/* What is equal and packed by one plan has equal bytes, and nothing else has. */
static gboolean
is_packed_alike (const MigdescNode *node,
                 const MigdescNode *other)
{
  return node->field == other->field && node->version == other->version && node->at != NULL
         && other->at != NULL
         && (node->tree->plan == other->tree->plan
             || (node->field == NULL && has_equal_schema (node->tree, other->tree)));
}

static gboolean
bytes_are_equal (MigdescNode *node,
                 MigdescNode *other)
{
  gsize length;

  node->end = migdesc_node_get_end (node);
  other->end = migdesc_node_get_end (other);
  length = (gsize) (node->end - node->at);
  return length == (gsize) (other->end - other->at) && memcmp (node->at, other->at, length) == 0;
}

/* Sections are behind the body, of which only the versions are not among the bytes. */
static gboolean
sections_equal (const MigdescTree *tree,
                const MigdescTree *other)
{
  for (guint i = 0; i < tree->n_sections; i++)
    if (tree->sections[i].version != other->sections[i].version)
      return FALSE;
  return TRUE;
}

gboolean
migdesc_node_equal (MigdescNode *node,
                    MigdescNode *other)
{
  if (node->kind != other->kind)
    return FALSE;
  switch (node->kind)
    {
    case MIGDESC_STATE_STRUCT:
      if (is_packed_alike (node, other))
        return (node->field != NULL || sections_equal (node->tree, other->tree))
               && bytes_are_equal (node, other);
      return structs_equal (node, other);
    case MIGDESC_STATE_ARRAY:
      if (is_packed_alike (node, other))
        return node->value == other->value && bytes_are_equal (node, other);
      return arrays_equal (node, other);
    case MIGDESC_STATE_NULL:
      return TRUE;
    case MIGDESC_STATE_BYTES:
      return bytes_equal (node, other);
    case MIGDESC_STATE_STRING:
      return strcmp (migdesc_node_get_text (node), migdesc_node_get_text (other)) == 0;
    default:
      return node->value == other->value;
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
hash_fields (MigdescNode *node)
{
  g_auto (MigdescFields) fields;
  guint hash = (guint) migdesc_node_get_n_children (node);
  MigdescNode child;

  migdesc_fields_init (&fields, node);
  while (migdesc_fields_next (&fields, &child))
    hash = mix (mix (hash, g_str_hash (child.field->name)), migdesc_node_hash (&child));
  node->end = migdesc_fields_get_end (&fields);
  return hash;
}

static guint
hash_elements (MigdescNode *node)
{
  guint hash = (guint) node->value;
  MigdescElements elements;
  MigdescNode child;

  migdesc_elements_init (&elements, node);
  while (migdesc_elements_next (&elements, &child))
    hash = mix (hash, migdesc_node_hash (&child));
  node->end = migdesc_elements_get_end (&elements);
  return hash;
}

guint
migdesc_node_hash (MigdescNode *node)
{
  switch (node->kind)
    {
    case MIGDESC_STATE_STRUCT:
      return hash_fields (node);
    case MIGDESC_STATE_ARRAY:
      return hash_elements (node);
    case MIGDESC_STATE_NULL:
      return 1;
    case MIGDESC_STATE_BYTES:
      return hash_bytes (node);
    case MIGDESC_STATE_STRING:
      return g_str_hash (migdesc_node_get_text (node));
    default:
      return mix ((guint) node->kind, node->value);
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
  MigdescNode node, other_node;

  g_return_val_if_fail (state != NULL, FALSE);
  g_return_val_if_fail (other != NULL, FALSE);

  node = *migdesc_state_get_node (state);
  other_node = *migdesc_state_get_node (other);
  return migdesc_node_equal (&node, &other_node);
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
  MigdescNode node;

  g_return_val_if_fail (state != NULL, 0);

  node = *migdesc_state_get_node (state);
  return migdesc_node_hash (&node);
}
