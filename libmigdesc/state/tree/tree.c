/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "state/tree/tree.h"

#include "state/schema/type-private.h"

static void
add_sections (MigdescTree *tree,
              const MigdescStruct *table)
{
  tree->sections = g_new0 (MigdescTreeSection, table->n_fields + 1);
  for (guint i = 0; i < table->n_fields; i++)
    if (table->fields[i].kind == MIGDESC_FIELD_SECTION)
      tree->sections[tree->n_sections++].field = &table->fields[i];
}

MigdescTree *
migdesc_tree_new (MigdescStateType *schema,
                  MigdescStatePlan *plan)
{
  const MigdescStruct *table = migdesc_state_type_get_table (schema);
  MigdescTree *tree = g_new0 (MigdescTree, 1);

  g_atomic_ref_count_init (&tree->ref_count);
  tree->schema = g_object_ref (schema);
  tree->plan = plan;
  add_sections (tree, table);
  tree->root = (MigdescNode) { .kind = MIGDESC_STATE_STRUCT, .version = plan->version,
                               .tree = tree, .fields = table->fields,
                               .n_fields = table->n_fields, .index = MIGDESC_NO_ELEMENT };
  return tree;
}

MigdescTree *
migdesc_tree_ref (MigdescTree *tree)
{
  g_atomic_ref_count_inc (&tree->ref_count);
  return tree;
}

void
migdesc_tree_reset (MigdescTree *tree)
{
  migdesc_packed_clear (&tree->packed);
  g_clear_pointer (&tree->counts, g_free);
  tree->n_counts = 0;
  for (guint i = 0; i < tree->n_sections; i++)
    tree->sections[i].version = 0;
  tree->root.at = tree->root.end = NULL;
}

void
migdesc_tree_unref (MigdescTree *tree)
{
  if (!g_atomic_ref_count_dec (&tree->ref_count))
    return;
  migdesc_tree_reset (tree);
  migdesc_state_plan_unref (tree->plan);
  g_object_unref (tree->schema);
  g_free (tree->sections);
  g_free (tree);
}

MigdescTreeSection *
migdesc_tree_find_section (const MigdescTree *tree,
                           const MigdescField *field)
{
  guint i = 0;

  while (i + 1 < tree->n_sections && tree->sections[i].field != field)
    i++;
  return &tree->sections[i];
}

/* What sections may ask the body for. */
static void
keep_counts (MigdescTree *tree)
{
  g_auto (MigdescFields) fields;
  MigdescNode child;
  guint n_more;

  migdesc_fields_init (&fields, &tree->root);
  while (migdesc_fields_next (&fields, &child))
    ;
  n_more = fields.more_counts == NULL ? 0 : fields.more_counts->len;
  tree->counts = g_new (MigdescTreeCount, fields.n_counts + n_more + 1);
  memcpy (tree->counts, fields.counts, fields.n_counts * sizeof (MigdescTreeCount));
  if (n_more > 0)
    memcpy (tree->counts + fields.n_counts, fields.more_counts->data,
            n_more * sizeof (MigdescTreeCount));
  tree->n_counts = fields.n_counts + n_more;
}

void
migdesc_tree_finish (MigdescTree *tree)
{
  migdesc_packed_finish (&tree->packed);
  tree->root.at = tree->packed.data;
  tree->root.end = tree->packed.data + tree->packed.length;
  if (tree->n_sections > 0)
    keep_counts (tree);
}

const char *
migdesc_node_get_name (const MigdescNode *node)
{
  return node->field == NULL || node->index != MIGDESC_NO_ELEMENT ? NULL : node->field->name;
}

const guint8 *
migdesc_node_get_bytes (const MigdescNode *node,
                        gsize *length,
                        guint8 **copy)
{
  *length = (gsize) (node->field->kind == MIGDESC_FIELD_BITMAP ? (node->value + 7) / 8
                                                               : node->value);
  *copy = NULL;
  if (node->at != NULL)
    return node->at;
  *copy = g_malloc0 (*length + 1);
  return *copy;
}

const char *
migdesc_node_get_text (const MigdescNode *node)
{
  return node->at == NULL ? "" : (const char *) node->at;
}
