/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "qemu/dump/rule.h"

#include <string.h>

/* A path's places in a tree. Names may have dots and brackets in them, so that the path is compared
 * with the names that are there rather than taken apart. */

#define ANYWHERE "**."

typedef struct
{
  MigdescQemuPlaceFunc func;
  gpointer data;
  GString *path; /* of the node at hand */
  guint64 n;
  gboolean is_over;
} Walk;

static void walk_node (Walk *walk, const char *rest, const MigdescNode *node);

static void
walk_child (Walk *walk,
            const char *rest,
            const MigdescNode *child,
            gsize length)
{
  if (!walk->is_over)
    walk_node (walk, rest, child);
  g_string_truncate (walk->path, length);
}

/* rest begins with the name of a member. */
static void
walk_members (Walk *walk,
              const char *rest,
              const MigdescNode *node)
{
  g_auto (MigdescFields) fields;
  gsize length = walk->path->len;
  MigdescNode child;

  migdesc_fields_init (&fields, node);
  while (migdesc_fields_next (&fields, &child))
    {
      const char *name = migdesc_node_get_name (&child);

      if (name == NULL || !g_str_has_prefix (rest, name))
        continue;
      if (length > 0)
        g_string_append_c (walk->path, '.');
      g_string_append (walk->path, name);
      walk_child (walk, rest + strlen (name), &child, length);
    }
}

static void
walk_struct (Walk *walk,
             const char *rest,
             const MigdescNode *node)
{
  if (walk->path->len == 0)
    walk_members (walk, rest, node);
  else if (*rest == '.')
    walk_members (walk, rest + 1, node);
}

/* The number in brackets that *rest begins with, which then begins behind them. */
static gboolean
take_index (const char **rest,
            guint64 *index)
{
  const char *at = *rest;

  *index = 0;
  if (*at++ != '[' || !g_ascii_isdigit (*at))
    return FALSE;
  /* more than an array can have, before it could wrap */
  for (; g_ascii_isdigit (*at) && *index <= G_MAXUINT32; at++)
    *index = *index * 10 + (guint64) g_ascii_digit_value (*at);
  if (*at != ']')
    return FALSE;
  *rest = at + 1;
  return TRUE;
}

#define ANY_ELEMENT "[*]"

static void
walk_element (Walk *walk,
              const char *rest,
              const MigdescNode *child)
{
  gsize length = walk->path->len;

  g_string_append_printf (walk->path, "[%" G_GUINT64_FORMAT "]", child->index);
  walk_child (walk, rest, child, length);
}

static void
walk_array (Walk *walk,
            const char *rest,
            const MigdescNode *node)
{
  MigdescElements elements;
  MigdescNode child;
  guint64 index;

  if (take_index (&rest, &index))
    {
      if (index >= migdesc_node_get_n_children (node))
        return;
      migdesc_node_get_child (node, index, &child);
      walk_element (walk, rest, &child);
      return;
    }
  if (!g_str_has_prefix (rest, ANY_ELEMENT))
    return;
  migdesc_elements_init (&elements, node);
  while (migdesc_elements_next (&elements, &child))
    walk_element (walk, rest + strlen (ANY_ELEMENT), &child);
}

static gboolean
has_structs (const MigdescNode *node)
{
  MigdescNode first;

  if (node->kind == MIGDESC_STATE_STRUCT)
    return TRUE;
  if (node->kind != MIGDESC_STATE_ARRAY || migdesc_node_get_n_children (node) == 0)
    return FALSE;
  migdesc_node_get_child (node, 0, &first);
  return has_structs (&first);
}

static void
walk_structs_inside (Walk *walk,
                     const char *rest,
                     const MigdescNode *node)
{
  g_auto (MigdescFields) fields;
  gsize length = walk->path->len;
  MigdescNode child;

  migdesc_fields_init (&fields, node);
  while (!walk->is_over && migdesc_fields_next (&fields, &child))
    {
      if (!has_structs (&child))
        continue;
      g_string_append_printf (walk->path, "%s%s", length > 0 ? "." : "",
                              migdesc_node_get_name (&child));
      walk_child (walk, rest, &child, length);
    }
}

/* rest begins with ANYWHERE: in this struct and in all below. */
static void
walk_anywhere (Walk *walk,
               const char *rest,
               const MigdescNode *node)
{
  MigdescElements elements;
  MigdescNode child;

  if (node->kind == MIGDESC_STATE_STRUCT)
    {
      walk_members (walk, rest + strlen (ANYWHERE), node);
      walk_structs_inside (walk, rest, node);
      return;
    }
  if (!has_structs (node))
    return;
  migdesc_elements_init (&elements, node);
  while (!walk->is_over && migdesc_elements_next (&elements, &child))
    walk_element (walk, rest, &child);
}

static void
walk_node (Walk *walk,
           const char *rest,
           const MigdescNode *node)
{
  if (g_str_has_prefix (rest, ANYWHERE))
    walk_anywhere (walk, rest, node);
  else if (*rest == '\0')
    {
      walk->n++;
      walk->is_over = !walk->func (walk->path->str, node, walk->data);
    }
  else if (node->kind == MIGDESC_STATE_STRUCT)
    walk_struct (walk, rest, node);
  else if (node->kind == MIGDESC_STATE_ARRAY)
    walk_array (walk, rest, node);
}

guint64
migdesc_qemu_rule_walk (const char *path,
                        const MigdescNode *root,
                        MigdescQemuPlaceFunc func,
                        gpointer data)
{
  g_autoptr (GString) at = g_string_new (NULL);
  Walk walk = { func, data, at, 0, FALSE };

  walk_node (&walk, path, root);
  return walk.n;
}
