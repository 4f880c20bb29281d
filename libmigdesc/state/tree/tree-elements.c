/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "state/table/scalar.h"
#include "state/tree/tree.h"

/* The elements of arrays. */

static gboolean
has_structs (const MigdescNode *array)
{
  return array->field->kind == MIGDESC_FIELD_STRUCT;
}

void
migdesc_elements_init (MigdescElements *elements,
                       const MigdescNode *array)
{
  elements->array = array;
  elements->i = 0;
  elements->at = array->at;
  elements->child = NULL;
  if (array->at != NULL && !has_structs (array))
    migdesc_items_init (&elements->items, array->field, array->at, array->value);
}

gboolean
migdesc_elements_next (MigdescElements *elements,
                       MigdescNode *child)
{
  const MigdescNode *array = elements->array;

  if (elements->child != NULL && elements->at != NULL && has_structs (array))
    elements->at = migdesc_node_get_end (elements->child);
  elements->child = NULL;
  if (elements->i == array->value)
    return FALSE;
  migdesc_node_set_element (array, elements->i++, child);
  elements->child = child;
  if (array->at == NULL)
    return TRUE;
  child->at = elements->at;
  if (has_structs (array))
    return TRUE;
  child->value = migdesc_items_next (&elements->items);
  child->at = child->end = elements->at = elements->items.at;
  return TRUE;
}

void
migdesc_elements_read (MigdescElements *elements,
                       guint8 *data,
                       gsize n)
{
  const MigdescNode *array = elements->array;
  MigdescNode fresh;

  elements->i += n;
  if (array->at != NULL)
    {
      migdesc_items_read (&elements->items, data, n);
      elements->at = elements->items.at;
      return;
    }
  migdesc_node_set_element (array, 0, &fresh);
  for (gsize i = 0; i < n; i++)
    migdesc_scalar_store (data + i * array->field->width, array->field->width, fresh.value);
}

const guint8 *
migdesc_elements_get_end (const MigdescElements *elements)
{
  return elements->at;
}

/* The elements before one that is looked for, or all of them, are passed by way of marks. */
static const guint8 *
seek_struct (const MigdescNode *array,
             guint64 index)
{
  const MigdescPacked *packed = &array->tree->packed;
  const MigdescPackedArray *found
      = packed->arrays.n == 0
            ? NULL
            : migdesc_packed_find (packed, array->field, (gsize) (array->at - packed->data));
  const MigdescPackedMark *mark
      = found == NULL ? NULL : migdesc_packed_find_mark (packed, found, index);
  MigdescNode element;

  if (found != NULL && index == array->value)
    return packed->data + found->end;
  migdesc_node_set_element (array, mark == NULL ? 0 : mark->element, &element);
  element.at = mark == NULL ? array->at : packed->data + mark->at;
  for (; element.index < index; element.index++)
    element.at = migdesc_node_get_struct_end (&element);
  return element.at;
}

static void
get_element (const MigdescNode *array,
             guint64 index,
             MigdescNode *child)
{
  MigdescItems items;

  migdesc_node_set_element (array, index, child);
  if (array->at == NULL)
    return;
  if (has_structs (array))
    {
      child->at = seek_struct (array, index);
      return;
    }
  migdesc_items_init (&items, array->field, array->at, array->value);
  migdesc_items_seek (&items, &array->tree->packed, index);
  child->value = migdesc_items_next (&items);
  child->at = child->end = items.at;
}

static const guint8 *
get_array_end (const MigdescNode *array)
{
  MigdescItems items;

  if (has_structs (array))
    return seek_struct (array, array->value);
  migdesc_items_init (&items, array->field, array->at, array->value);
  migdesc_items_seek (&items, &array->tree->packed, array->value);
  return items.at;
}

const guint8 *
migdesc_node_get_end (const MigdescNode *node)
{
  if (node->end != NULL || node->at == NULL)
    return node->end;
  return node->kind == MIGDESC_STATE_ARRAY ? get_array_end (node)
                                           : migdesc_node_get_struct_end (node);
}

void
migdesc_node_get_child (const MigdescNode *node,
                        guint64 position,
                        MigdescNode *child)
{
  if (node->kind == MIGDESC_STATE_ARRAY)
    get_element (node, position, child);
  else
    migdesc_node_get_field (node, position, child);
}
