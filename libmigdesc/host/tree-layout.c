/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "host/tree-layout.h"

#include <sys/stat.h>

gboolean
migdesc_tree_is_flat_name (const char *name)
{
  return g_str_has_prefix (name, MIGDESC_TREE_FLAT_PREFIX);
}

static gboolean
find_flat (const MigdescTreeDirectory *type, MigdescTreeLayout *layout, GError **error)
{
  g_auto (GStrv) names = migdesc_tree_list (type, S_IFREG, migdesc_tree_is_flat_name, error);

  if (names == NULL)
    return FALSE;
  if (names[0] != NULL)
    *layout = MIGDESC_TREE_LAYOUT_FLAT;
  return TRUE;
}

static gboolean
find_model (const MigdescTreeDirectory *type, MigdescTreeLayout *layout, GError **error)
{
  g_auto (MigdescTreeDirectory) migration = MIGDESC_TREE_DIRECTORY_INIT;
  g_autoptr (GError) local = NULL;

  if (migdesc_tree_directory_open (&migration, type, "migration", &local)
      && migdesc_tree_has (&migration, "model"))
    *layout = MIGDESC_TREE_LAYOUT_MODEL;
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

gboolean
migdesc_tree_find_layout (const MigdescTreeDirectory *type, MigdescTreeLayout *layout,
                          GError **error)
{
  *layout = MIGDESC_TREE_LAYOUT_NONE;
  if (migdesc_tree_has (type, "migration_info.json"))
    *layout = MIGDESC_TREE_LAYOUT_INFO;
  else if (migdesc_tree_has (type, "migration_device_models"))
    *layout = MIGDESC_TREE_LAYOUT_MODELS;
  else if (!find_flat (type, layout, error))
    return FALSE;
  if (*layout == MIGDESC_TREE_LAYOUT_NONE && migdesc_tree_has (type, "model"))
    *layout = MIGDESC_TREE_LAYOUT_CURRENT;
  if (*layout == MIGDESC_TREE_LAYOUT_NONE && !find_model (type, layout, error))
    return FALSE;
  if (*layout == MIGDESC_TREE_LAYOUT_NONE && migdesc_tree_has (type, "version"))
    *layout = MIGDESC_TREE_LAYOUT_2019;
  return TRUE;
}
