/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "state/table/scalar.h"
#include "state/table/storage.h"
#include "state/tree/tree.h"

/* Any part of a tree through a visitor that saves: for formats, which know no trees. */

static gboolean
visit_value (const MigdescNode *node,
             MigdescVisitor *visitor,
             GError **error)
{
  guint8 memory[8];

  migdesc_scalar_store (memory, node->field->width, node->value);
  return migdesc_visit_scalar (visitor, node->field, migdesc_node_get_name (node), memory, error);
}

static gboolean
visit_bytes (const MigdescNode *node,
             MigdescVisitor *visitor,
             GError **error)
{
  g_autofree guint8 *copy = NULL;
  gsize size;
  const guint8 *data = migdesc_node_get_bytes (node, &size, &copy);
  guint64 length = size;
  MigdescContainerFlags flags = node->field->counting == MIGDESC_COUNT_OWNED
                                    ? MIGDESC_CONTAINER_NONE
                                    : MIGDESC_CONTAINER_COUNT_KNOWN;

  return migdesc_visit_begin_buffer (visitor, migdesc_node_get_name (node), flags, &length,
                                     length, error)
         && migdesc_visit_buffer (visitor, (guint8 *) data, size, error)
         && migdesc_visit_end_buffer (visitor, error);
}

static gboolean
visit_structs (MigdescNode *array,
               MigdescVisitor *visitor,
               GError **error)
{
  MigdescElements elements;
  MigdescNode child;

  migdesc_elements_init (&elements, array);
  while (migdesc_elements_next (&elements, &child))
    {
      migdesc_visitor_set_index (visitor, child.index);
      if (!migdesc_node_visit (&child, visitor, error))
        return FALSE;
    }
  array->end = migdesc_elements_get_end (&elements);
  return TRUE;
}

#define PIECE 4096 /* elements */

static gboolean
visit_scalars (MigdescNode *array,
               MigdescVisitor *visitor,
               GError **error)
{
  const MigdescField *field = array->field;
  gsize most = (gsize) MIN (array->value, PIECE);
  g_autofree guint8 *data = g_malloc (most * field->width + 1);
  MigdescElements elements;

  migdesc_elements_init (&elements, array);
  for (guint64 i = 0; i < array->value; i += most)
    {
      gsize n = (gsize) MIN (array->value - i, most);

      migdesc_elements_read (&elements, data, n);
      migdesc_visitor_set_index (visitor, i);
      if (!migdesc_visit_scalars (visitor, field, data, n, error))
        return FALSE;
    }
  array->end = migdesc_elements_get_end (&elements);
  return TRUE;
}

static gboolean
visit_array (MigdescNode *node,
             MigdescVisitor *visitor,
             GError **error)
{
  guint64 count = node->value;
  MigdescContainerFlags flags = node->field->counting == MIGDESC_COUNT_OWNED
                                    ? MIGDESC_CONTAINER_NONE
                                    : MIGDESC_CONTAINER_COUNT_KNOWN;
  gboolean structs = node->field->kind == MIGDESC_FIELD_STRUCT;

  return migdesc_visit_begin_array (visitor, migdesc_node_get_name (node), flags, &count, count,
                                    error)
         && (structs ? visit_structs (node, visitor, error) : visit_scalars (node, visitor, error))
         && migdesc_visit_end_array (visitor, error);
}

static gboolean
visit_fields (MigdescNode *node,
              MigdescVisitor *visitor,
              GError **error)
{
  g_auto (MigdescFields) fields;
  MigdescNode child;

  migdesc_fields_init (&fields, node);
  while (migdesc_fields_next (&fields, &child))
    if (!migdesc_node_visit (&child, visitor, error))
      return FALSE;
  node->end = migdesc_fields_get_end (&fields);
  return TRUE;
}

static gboolean
visit_section (MigdescNode *node,
               MigdescVisitor *visitor,
               GError **error)
{
  const MigdescField *field = node->field;
  MigdescContainerFlags flags = MIGDESC_CONTAINER_NONE;
  gboolean present = TRUE;
  guint version = node->version;

  if ((field->section_flags & MIGDESC_FIELD_DROPPABLE) != 0)
    flags |= MIGDESC_CONTAINER_DROPPABLE;
  return migdesc_visit_begin_section (visitor, migdesc_node_get_name (node), flags, &version,
                                      field->minimum, &present, error)
         && visit_fields (node, visitor, error)
         && migdesc_visit_end_section (visitor, error);
}

static gboolean
visit_pointer (MigdescNode *node,
               MigdescVisitor *visitor,
               GError **error)
{
  gboolean present = node->kind != MIGDESC_STATE_NULL;

  return migdesc_visit_begin_pointer (visitor, migdesc_node_get_name (node), &present, error)
         && (!present || visit_fields (node, visitor, error))
         && migdesc_visit_end_pointer (visitor, error);
}

static gboolean
visit_struct (MigdescNode *node,
              MigdescVisitor *visitor,
              GError **error)
{
  const MigdescField *field = node->field;

  if (field != NULL && field->kind == MIGDESC_FIELD_SECTION)
    return visit_section (node, visitor, error);
  if (field != NULL && field->storage == MIGDESC_STORAGE_NULLABLE)
    return visit_pointer (node, visitor, error);
  return migdesc_visit_begin_struct (visitor, migdesc_node_get_name (node), error)
         && visit_fields (node, visitor, error)
         && migdesc_visit_end_struct (visitor, error);
}

static gboolean
visit_text (const MigdescNode *node,
            MigdescVisitor *visitor,
            GError **error)
{
  char *text = (char *) migdesc_node_get_text (node);

  return migdesc_visit_text (visitor, migdesc_node_get_name (node), &text, node->field->capacity,
                             error);
}

gboolean
migdesc_node_visit (MigdescNode *node,
                    MigdescVisitor *visitor,
                    GError **error)
{
  switch (node->kind)
    {
    case MIGDESC_STATE_STRUCT:
      return visit_struct (node, visitor, error);
    case MIGDESC_STATE_NULL:
      return visit_pointer (node, visitor, error);
    case MIGDESC_STATE_ARRAY:
      return visit_array (node, visitor, error);
    case MIGDESC_STATE_BYTES:
      return visit_bytes (node, visitor, error);
    case MIGDESC_STATE_STRING:
      return visit_text (node, visitor, error);
    default:
      return visit_value (node, visitor, error);
    }
}

void
migdesc_visitor_lift_limits (MigdescVisitor *visitor)
{
  visitor->priv->depth_limit = MIGDESC_STATE_DEPTH_MAX;
  visitor->priv->elements_left = visitor->priv->elements_limit = G_MAXUINT64;
  visitor->priv->buffer_limit = G_MAXUINT64;
  visitor->priv->memory_left = visitor->priv->memory_limit = G_MAXUINT64;
}
