/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "host/tree-instance.h"

#include <migdesc/migdesc-error.h>
#include <migdesc/migdesc-text.h>
#include <string.h>
#include <sys/stat.h>

static gboolean
is_uuid (const char *name)
{
  return g_uuid_string_is_valid (name);
}

char **
migdesc_tree_instances_list (const MigdescTreeDirectory *root, GError **error)
{
  g_auto (GStrv) names = migdesc_tree_list (root, S_IFDIR, is_uuid, error);
  g_autoptr (GPtrArray) found = g_ptr_array_new ();

  if (names == NULL)
    return NULL;
  for (guint i = 0; names[i] != NULL; i++)
    {
      g_auto (MigdescTreeDirectory) instance = MIGDESC_TREE_DIRECTORY_INIT;

      if (migdesc_tree_directory_open (&instance, root, names[i], NULL)
          && migdesc_tree_has (&instance, "migration"))
        g_ptr_array_add (found, g_strdup (names[i]));
    }
  g_ptr_array_add (found, NULL);
  return (char **) g_ptr_array_steal (found, NULL);
}

/* --- One instance ----------------------------------------------------- */

static MigdescParamList *
new_list (const MigdescTreeDirectory *migration, const char *model, const char *version,
          char **names, char **values, GError **error)
{
  MigdescParamList *list = migdesc_param_list_new (model, version, (const char *const *) names,
                                                   (const char *const *) values, error);

  if (list == NULL)
    {
      g_autofree char *place = migdesc_escape_text (migration->place);

      g_prefix_error (error, "%s: ", place);
    }
  return list;
}

static MigdescParamList *
read_version (const MigdescTreeDirectory *migration, const char *model, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autofree char *version = migdesc_tree_read_text (migration, "version", &local);
  char *none[] = { NULL };

  if (local == NULL)
    return new_list (migration, model, version, none, none, error);
  g_propagate_error (error, g_steal_pointer (&local));
  return NULL;
}

/* A name from the listing that is gone by now has no value any more. */
static MigdescParamList *
read_params (const MigdescTreeDirectory *directory, gboolean skip_empty, GError **error)
{
  g_auto (GStrv) files = migdesc_tree_list (directory, S_IFREG, NULL, error);
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  g_autoptr (GPtrArray) values = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; files != NULL && files[i] != NULL; i++)
    {
      g_autoptr (GError) local = NULL;
      g_autofree char *value = migdesc_tree_read_text (directory, files[i], &local);

      if (local != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return NULL;
        }
      if (value == NULL || (skip_empty && value[0] == '\0'))
        continue;
      g_ptr_array_add (names, files[i]);
      g_ptr_array_add (values, g_steal_pointer (&value));
    }
  g_ptr_array_add (names, NULL);
  g_ptr_array_add (values, NULL);
  return files == NULL ? NULL
                       : new_list (directory, NULL, NULL, (char **) names->pdata,
                                   (char **) values->pdata, error);
}

/* In the second revision a param that is at its default reads as nothing. */
static MigdescParamList *
read_attributes (const MigdescTreeDirectory *migration, GError **error)
{
  g_auto (MigdescTreeDirectory) params = MIGDESC_TREE_DIRECTORY_INIT;
  g_autoptr (GError) local = NULL;

  if (migdesc_tree_directory_open (&params, migration, "params", &local))
    return read_params (&params, TRUE, error);
  if (local == NULL)
    return read_params (migration, FALSE, error);
  g_propagate_error (error, g_steal_pointer (&local));
  return NULL;
}

static gboolean
open_instance (const MigdescTreeDirectory *root, const char *uuid, MigdescTreeDirectory *instance,
               MigdescTreeDirectory *migration, GError **error)
{
  g_autoptr (GError) local = NULL;

  if (migdesc_tree_directory_open (instance, root, uuid, &local)
      && migdesc_tree_directory_open (migration, instance, "migration", &local))
    return TRUE;
  if (local == NULL)
    {
      g_autofree char *place = migdesc_escape_text (root->place);

      g_set_error (&local, MIGDESC_ERROR, MIGDESC_ERROR_CANNOT_READ,
                   "%s/%s/migration: there is no such directory", place, uuid);
    }
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

MigdescParamList *
migdesc_tree_instance_read (const MigdescTreeDirectory *root, const char *uuid, char **type,
                            GError **error)
{
  g_auto (MigdescTreeDirectory) instance = MIGDESC_TREE_DIRECTORY_INIT;
  g_auto (MigdescTreeDirectory) migration = MIGDESC_TREE_DIRECTORY_INIT;
  g_autoptr (GError) local = NULL;
  g_autofree char *model = NULL;

  if (!open_instance (root, uuid, &instance, &migration, error))
    return NULL;
  model = migdesc_tree_read_text (&migration, "device_model", &local);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  if (model != NULL)
    return read_version (&migration, model, error);
  *type = migdesc_tree_read_link_name (&instance, "mdev_type");
  return read_attributes (&migration, error);
}

/* --- The params of a type --------------------------------------------- */

static gboolean
add_param_names (const MigdescTreeDirectory *root, const char *uuid, const char *type,
                 GHashTable *names, GError **error)
{
  g_auto (MigdescTreeDirectory) instance = MIGDESC_TREE_DIRECTORY_INIT;
  g_auto (MigdescTreeDirectory) migration = MIGDESC_TREE_DIRECTORY_INIT;
  g_auto (MigdescTreeDirectory) params = MIGDESC_TREE_DIRECTORY_INIT;
  g_autoptr (GError) local = NULL;
  g_autofree char *its_type = NULL;
  g_auto (GStrv) files = NULL;

  if (migdesc_tree_directory_open (&instance, root, uuid, &local))
    its_type = migdesc_tree_read_link_name (&instance, "mdev_type");
  if (g_strcmp0 (its_type, type) == 0
      && migdesc_tree_directory_open (&migration, &instance, "migration", &local)
      && migdesc_tree_directory_open (&params, &migration, "params", &local))
    files = migdesc_tree_list (&params, S_IFREG, NULL, &local);
  for (guint i = 0; files != NULL && files[i] != NULL; i++)
    g_hash_table_add (names, g_strdup (files[i]));
  if (g_hash_table_size (names) > MIGDESC_TREE_ENTRIES_MAX && local == NULL)
    {
      g_autofree char *place = migdesc_escape_text (root->place);

      g_set_error (&local, MIGDESC_ERROR, MIGDESC_ERROR_LIMIT_EXCEEDED,
                   "%s: more than 4096 params of the type %s", place, type);
    }
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static int
compare_names (gconstpointer name, gconstpointer other)
{
  return strcmp (*(const char *const *) name, *(const char *const *) other);
}

char **
migdesc_tree_instances_list_params (const MigdescTreeDirectory *root, const char *type,
                                    GError **error)
{
  g_auto (GStrv) uuids = migdesc_tree_list (root, S_IFDIR, is_uuid, error);
  g_autoptr (GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree gpointer *sorted = NULL;
  guint n;

  if (uuids == NULL)
    return NULL;
  for (guint i = 0; uuids[i] != NULL; i++)
    if (!add_param_names (root, uuids[i], type, names, error))
      return NULL;
  sorted = g_hash_table_get_keys_as_array (names, &n);
  qsort (sorted, n, sizeof *sorted, compare_names);
  return g_strdupv ((char **) sorted);
}
