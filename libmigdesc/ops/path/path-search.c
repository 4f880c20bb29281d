/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Breadth first, so that the first path is a shortest one */

#include "ops/path/path-search.h"

#include <string.h>

/* What a node holds costs memory: of so many params each is a step. */
#define PARAMS_A_STEP 16

static void
clear_variable (gpointer variable)
{
  migdesc_cells_clear (&((MigdescPathVariable *) variable)->cells);
}

void
migdesc_path_search_init (MigdescPathSearch *search,
                          const MigdescPathHost *hosts,
                          guint32 n_hosts,
                          const char *model,
                          const MigdescParamList *list,
                          guint32 source,
                          guint32 destination,
                          guint64 max_steps)
{
  memset (search, 0, sizeof *search);
  search->hosts = hosts;
  search->arena = migdesc_arena_new (0);
  search->strings = g_string_chunk_new (1024);
  search->variables = g_array_new (FALSE, FALSE, sizeof (MigdescPathVariable));
  g_array_set_clear_func (search->variables, clear_variable);
  search->classes = g_array_new (FALSE, FALSE, sizeof (MigdescPathClass));
  search->nodes = g_array_new (FALSE, FALSE, sizeof (MigdescPathNode));
  search->seen = g_hash_table_new (g_int64_hash, g_int64_equal);
  search->schemas = migdesc_path_schemas_new ();
  search->list = list;
  search->source = source;
  search->destination = destination;
  search->steps = max_steps;
  search->nearest = MIGDESC_NOT_FOUND;
  migdesc_path_find_classes (search, n_hosts, model);
  migdesc_path_find_variables (search);
}

void
migdesc_path_search_clear (MigdescPathSearch *search)
{
  g_clear_pointer (&search->variables, g_array_unref);
  g_clear_pointer (&search->classes, g_array_unref);
  g_clear_pointer (&search->nodes, g_array_unref);
  g_clear_pointer (&search->seen, g_hash_table_unref);
  g_clear_pointer (&search->schemas, g_hash_table_unref);
  g_clear_pointer (&search->strings, g_string_chunk_free);
  g_clear_pointer (&search->arena, migdesc_arena_free);
}

/* --- Nodes ------------------------------------------------------------ */

/* What may change while the device runs tells no node from another. */
static gboolean
same_device (const MigdescPathSearch *search,
             const MigdescPathNode *node,
             const MigdescPathNode *other)
{
  const MigdescPathClass *class = migdesc_path_class (search, node->class);

  if (node->class != other->class
      || (class->model->version_only && node->version != other->version))
    return FALSE;
  for (guint32 i = 0; i < class->model->n_params; i++)
    if (!class->model->params[i].runtime
        && !migdesc_value_equal ((MigdescValueType) class->model->params[i].type,
                                 migdesc_path_canonical (search, class, i, node->values[i]),
                                 migdesc_path_canonical (search, class, i, other->values[i])))
      return FALSE;
  return TRUE;
}

static guint64
hash_device (const MigdescPathSearch *search,
             const MigdescPathNode *node)
{
  const MigdescPathClass *class = migdesc_path_class (search, node->class);
  guint64 hash = node->class * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);

  if (class->model->version_only)
    hash += node->version;
  for (guint32 i = 0; i < class->model->n_params; i++)
    if (!class->model->params[i].runtime)
      hash += migdesc_param_core_hash_term (
          &class->model->params[i], i,
          migdesc_path_canonical (search, class, i, node->values[i]));
  return hash;
}

static gboolean
is_seen (const MigdescPathSearch *search,
         const MigdescPathNode *node,
         guint32 first)
{
  for (guint32 i = first; i != MIGDESC_NOT_FOUND; i = migdesc_path_node (search, i)->next)
    if (same_device (search, node, migdesc_path_node (search, i)))
      return TRUE;
  return FALSE;
}

static void
add_node (MigdescPathSearch *search,
          MigdescPathNode *node)
{
  guint64 hash = hash_device (search, node);
  guint64 *key;
  gpointer first;

  node->next = MIGDESC_NOT_FOUND;
  if (g_hash_table_lookup_extended (search->seen, &hash, NULL, &first))
    {
      if (is_seen (search, node, GPOINTER_TO_UINT (first)))
        return;
      node->next = GPOINTER_TO_UINT (first);
    }
  if (!migdesc_path_spend (
          search, 1 + migdesc_path_class (search, node->class)->model->n_params / PARAMS_A_STEP))
    return;
  key = migdesc_arena_alloc (search->arena, sizeof *key);
  *key = hash;
  g_hash_table_insert (search->seen, key, GUINT_TO_POINTER (search->nodes->len));
  g_array_append_vals (search->nodes, node, 1);
}

void
migdesc_path_search_start (MigdescPathSearch *search,
                           MigdescValue *values,
                           guint32 version)
{
  MigdescPathNode node = { .class = search->source, .parent = MIGDESC_NOT_FOUND,
                           .version = version, .values = values };

  g_array_set_size (search->nodes, 0);
  g_hash_table_remove_all (search->seen);
  search->nearest = MIGDESC_NOT_FOUND;
  add_node (search, &node);
}

/* --- Level by level --------------------------------------------------- */

static MigdescPathNode
make_node (MigdescPathSearch *search,
           guint32 parent,
           guint32 class,
           const MigdescValue *sent,
           const MigdescPathMove *move)
{
  const MigdescPathClass *from
      = migdesc_path_class (search, migdesc_path_node (search, parent)->class);
  gsize size = from->model->n_params * sizeof *sent;
  MigdescPathNode node = { .class = class, .parent = parent, .version = move->version,
                           .values = move->values };

  node.sent = migdesc_arena_alloc (search->arena, size + sizeof *sent);
  if (size > 0)
    memcpy (node.sent, sent, size);
  return node;
}

static void
arrive_between (MigdescPathSearch *search,
                guint32 parent,
                guint32 class,
                const MigdescValue *sent,
                const MigdescPathMove *move)
{
  MigdescPathNode node = make_node (search, parent, class, sent, move);

  add_node (search, &node);
}

/* The destination is reached again where the device began at such a host. */
static void
arrive_at_last (MigdescPathSearch *search,
                guint32 parent,
                guint32 class,
                const MigdescValue *sent,
                const MigdescPathMove *move)
{
  MigdescPathNode node = make_node (search, parent, class, sent, move);

  node.next = MIGDESC_NOT_FOUND;
  g_array_append_val (search->nodes, node);
}

static void
expand (MigdescPathSearch *search,
        guint32 node)
{
  guint32 here = migdesc_path_node (search, node)->class;

  for (guint32 class = 0; class < search->classes->len && !search->too_long; class++)
    if (class != here && class != search->destination
        && migdesc_path_class (search, class)->model != NULL)
      migdesc_path_cross (search, node, class, FALSE, arrive_between);
}

guint32
migdesc_path_search_run (MigdescPathSearch *search)
{
  guint32 level = 0;
  guint32 end = search->nodes->len;

  while (level < end && !search->too_long)
    {
      for (guint32 node = level; node < end && !search->too_long; node++)
        {
          migdesc_path_cross (search, node, search->destination, TRUE, arrive_at_last);
          if (search->nodes->len > end)
            return end;
        }
      for (guint32 node = level; node < end; node++)
        expand (search, node);
      level = end;
      end = search->nodes->len;
    }
  return MIGDESC_NOT_FOUND;
}
