/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "state/tree.h"

#include "state/scalar.h"
#include "state/storage.h"

/* Where the parts of a state are in its struct. */

static const MigdescStateKind value_kinds[] = {
  [MIGDESC_FIELD_BOOL] = MIGDESC_STATE_BOOL,     [MIGDESC_FIELD_UINT] = MIGDESC_STATE_UINT,
  [MIGDESC_FIELD_INT] = MIGDESC_STATE_INT,       [MIGDESC_FIELD_DOUBLE] = MIGDESC_STATE_DOUBLE,
  [MIGDESC_FIELD_ENUM] = MIGDESC_STATE_UINT,     [MIGDESC_FIELD_FLAGS] = MIGDESC_STATE_UINT,
  [MIGDESC_FIELD_INDEX] = MIGDESC_STATE_UINT,    [MIGDESC_FIELD_TIMER] = MIGDESC_STATE_INT,
  [MIGDESC_FIELD_BYTES] = MIGDESC_STATE_BYTES,   [MIGDESC_FIELD_STRING] = MIGDESC_STATE_STRING,
  [MIGDESC_FIELD_BITMAP] = MIGDESC_STATE_BYTES,  [MIGDESC_FIELD_STRUCT] = MIGDESC_STATE_STRUCT,
  [MIGDESC_FIELD_CONSTANT] = MIGDESC_STATE_UINT,
};

static MigdescStateKind
get_value_kind (const MigdescField *field)
{
  return field->kind == MIGDESC_FIELD_CONSTANT && migdesc_field_is_signed (field)
             ? MIGDESC_STATE_INT
             : value_kinds[field->kind];
}

static gpointer
read_pointer (const guint8 *address)
{
  gpointer data;

  memcpy (&data, address, sizeof data);
  return data;
}

static gboolean
is_array (const MigdescField *field)
{
  return field->counting != MIGDESC_COUNT_ONE && field->kind != MIGDESC_FIELD_BYTES
         && field->kind != MIGDESC_FIELD_STRING && field->kind != MIGDESC_FIELD_BITMAP;
}

static void
set_struct (MigdescNode *node,
            const MigdescStruct *table,
            const guint8 *base)
{
  node->kind = MIGDESC_STATE_STRUCT;
  node->fields = table->fields;
  node->n_fields = table->n_fields;
  node->base = base;
}

static void
set_section (MigdescNode *node,
             const MigdescField *section,
             const guint8 *base)
{
  node->kind = MIGDESC_STATE_STRUCT;
  node->fields = section->fields;
  node->n_fields = section->n_fields;
  node->base = base;
}

static void
set_field (MigdescNode *node,
           const MigdescField *field,
           const guint8 *base)
{
  *node = (MigdescNode) { .field = field, .base = base, .index = MIGDESC_NO_ELEMENT };
  if (field->kind == MIGDESC_FIELD_SECTION)
    {
      set_section (node, field, base);
      return;
    }
  node->kind = is_array (field) ? MIGDESC_STATE_ARRAY : get_value_kind (field);
  if (field->kind == MIGDESC_FIELD_CONSTANT || (field->flags & MIGDESC_FIELD_GONE) != 0)
    return;
  node->address = base + field->offset;
  if (field->storage != MIGDESC_STORAGE_INLINE && field->storage != MIGDESC_STORAGE_QUEUE)
    node->address = read_pointer (node->address);
  if (node->kind != MIGDESC_STATE_STRUCT)
    return;
  if (node->address == NULL)
    node->kind = MIGDESC_STATE_NULL;
  else
    set_struct (node, field->type, node->address);
}

guint
migdesc_section_get_version (const MigdescField *section,
                             const guint8 *base)
{
  if (migdesc_field_is_synthetic (section))
    return (guint) migdesc_scalar_load (base + section->hidden, sizeof (guint16));
  return section->needed == NULL || section->needed (base) ? section->version : 0;
}

static gboolean
is_child (const MigdescNode *node,
          const MigdescField *field)
{
  if (field->kind == MIGDESC_FIELD_UNUSED || field->kind == MIGDESC_FIELD_RELATION)
    return FALSE;
  return field->kind != MIGDESC_FIELD_SECTION
         || migdesc_section_get_version (field, node->base) != 0;
}

gboolean
migdesc_node_next_field (const MigdescNode *node,
                         guint *i,
                         MigdescNode *child)
{
  while (*i < node->n_fields)
    {
      const MigdescField *field = &node->fields[(*i)++];

      if (!is_child (node, field))
        continue;
      set_field (child, field, node->base);
      return TRUE;
    }
  return FALSE;
}

guint64
migdesc_node_get_n_children (const MigdescNode *node)
{
  guint64 n = 0;

  if (node->kind == MIGDESC_STATE_ARRAY)
    return migdesc_field_get_count (node->field, node->base, 0);
  if (node->kind == MIGDESC_STATE_STRUCT)
    for (guint i = 0; i < node->n_fields; i++)
      n += is_child (node, &node->fields[i]);
  return n;
}

static const guint8 *
get_element (const MigdescNode *node,
             guint64 index)
{
  const MigdescField *field = node->field;

  switch ((MigdescFieldStorage) field->storage)
    {
    case MIGDESC_STORAGE_PTR_ARRAY:
      return g_ptr_array_index ((GPtrArray *) node->address, index);
    case MIGDESC_STORAGE_LIST:
      return g_list_nth_data ((GList *) node->address, (guint) index);
    case MIGDESC_STORAGE_QUEUE:
      return g_queue_peek_nth ((GQueue *) node->address, (guint) index);
    default:
      return node->address + index * field->width;
    }
}

void
migdesc_node_get_child (const MigdescNode *node,
                        guint64 position,
                        MigdescNode *child)
{
  guint i = 0;

  if (node->kind == MIGDESC_STATE_STRUCT)
    {
      while (migdesc_node_next_field (node, &i, child) && position > 0)
        position--;
      return;
    }
  *child = (MigdescNode) { .field = node->field, .base = node->base, .index = position,
                           .kind = get_value_kind (node->field) };
  child->address = get_element (node, position);
  if (child->kind == MIGDESC_STATE_STRUCT)
    set_struct (child, node->field->type, child->address);
}

gboolean
migdesc_node_find (const MigdescNode *node,
                   const char *name,
                   gsize length,
                   MigdescNode *child)
{
  for (guint i = 0; i < node->n_fields; i++)
    {
      const MigdescField *field = &node->fields[i];

      if (strncmp (field->name, name, length) != 0 || field->name[length] != '\0'
          || !is_child (node, field))
        continue;
      set_field (child, field, node->base);
      return TRUE;
    }
  return FALSE;
}

const char *
migdesc_node_get_name (const MigdescNode *node)
{
  return node->field == NULL || node->index != MIGDESC_NO_ELEMENT ? NULL : node->field->name;
}

guint64
migdesc_node_get_value (const MigdescNode *node)
{
  const MigdescField *field = node->field;
  guint64 min, max;

  if (node->address != NULL)
    return migdesc_field_load (field, node->address);
  if ((field->flags & MIGDESC_FIELD_GONE) != 0)
    return field->default_value;
  migdesc_field_get_bounds (field, &min, &max);
  return min;
}

const guint8 *
migdesc_node_get_bytes (const MigdescNode *node,
                        gsize *length,
                        guint8 **copy)
{
  gsize count = (gsize) migdesc_field_get_count (node->field, node->base, 0);

  *copy = NULL;
  if (node->field->kind == MIGDESC_FIELD_BYTES)
    {
      *length = count;
      return node->address;
    }
  *length = (count + 7) / 8;
  *copy = g_malloc (*length + 1);
  if (count > 0)
    migdesc_bitmap_get (node->field, node->address, *copy, count);
  return *copy;
}

const char *
migdesc_node_get_text (const MigdescNode *node)
{
  return node->address == NULL ? "" : (const char *) node->address;
}
