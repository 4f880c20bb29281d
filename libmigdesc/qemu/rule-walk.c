/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "qemu/rule.h"

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
  gsize length = walk->path->len;
  MigdescNode child;
  guint i = 0;

  while (migdesc_node_next_field (node, &i, &child))
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
walk_array (Walk *walk,
            const char *rest,
            const MigdescNode *node)
{
  guint64 n = migdesc_node_get_n_children (node);
  gsize length = walk->path->len;
  guint64 first = 0;
  MigdescNode child;

  if (g_str_has_prefix (rest, ANY_ELEMENT))
    rest += strlen (ANY_ELEMENT);
  else if (take_index (&rest, &first))
    n = MIN (n, first + 1);
  else
    return;
  for (guint64 i = first; i < n; i++)
    {
      migdesc_node_get_child (node, i, &child);
      g_string_append_printf (walk->path, "[%" G_GUINT64_FORMAT "]", i);
      walk_child (walk, rest, &child, length);
    }
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

/* rest begins with ANYWHERE: in this struct and in all below. */
static void
walk_anywhere (Walk *walk,
               const char *rest,
               const MigdescNode *node)
{
  gsize length = walk->path->len;
  guint64 n = has_structs (node) ? migdesc_node_get_n_children (node) : 0;
  MigdescNode child;

  if (node->kind == MIGDESC_STATE_STRUCT)
    walk_members (walk, rest + strlen (ANYWHERE), node);
  for (guint64 i = 0; i < n && !walk->is_over; i++)
    {
      const char *name;

      migdesc_node_get_child (node, i, &child);
      if (!has_structs (&child))
        continue;
      name = migdesc_node_get_name (&child);
      if (name == NULL)
        g_string_append_printf (walk->path, "[%" G_GUINT64_FORMAT "]", i);
      else
        g_string_append_printf (walk->path, "%s%s", length > 0 ? "." : "", name);
      walk_child (walk, rest, &child, length);
    }
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
