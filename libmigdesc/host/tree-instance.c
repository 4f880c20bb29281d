/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* The device instances of a device tree: <uuid>/migration/ holds the model and version (fourth revision), or an
 * attribute a param (third), or params/ with such attributes (second). */

#include <migdesc/migdesc-error.h>
#include <migdesc/migdesc-expand.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/quote.h"
#include "host/tree-files.h"
#include "host/tree.h"

static gboolean
is_instance (int root_fd, const char *name)
{
  int fd;
  gboolean found;

  if (!g_uuid_string_is_valid (name) || (fd = migdesc_tree_open_directory (root_fd, name)) < 0)
    return FALSE;
  found = migdesc_tree_has (fd, "migration");
  close (fd);
  return found;
}

char **
migdesc_tree_list_instances (const char *root, GError **error)
{
  int root_fd = migdesc_tree_open_root (root, error);
  g_auto (GStrv) names = NULL;
  GStrvBuilder *found;
  char **uuids;

  if (root_fd < 0)
    return NULL;
  names = migdesc_tree_list (root_fd, S_IFDIR, root, error);
  found = g_strv_builder_new ();
  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    if (is_instance (root_fd, names[i]))
      g_strv_builder_add (found, names[i]);
  close (root_fd);
  uuids = g_strv_builder_end (found);
  g_strv_builder_unref (found);
  if (names == NULL)
    g_clear_pointer (&uuids, g_strfreev);
  return uuids;
}

/* The attributes of a directory as parallel arrays of names and values; in the second revision a param that is at its
 * default reads as nothing. */
static gboolean
read_params (int fd, const char *place, gboolean skip_empty, GStrvBuilder *names, GStrvBuilder *values, GError **error)
{
  g_auto (GStrv) files = migdesc_tree_list (fd, S_IFREG, place, error);

  if (files == NULL)
    return FALSE;
  for (guint i = 0; files[i] != NULL; i++)
    {
      g_autofree char *value = NULL;

      if (g_str_equal (files[i], "applied"))
        continue;
      value = migdesc_tree_read_text (fd, files[i], place, error);
      if (value == NULL)
        return FALSE;
      if (skip_empty && value[0] == '\0')
        continue;
      g_strv_builder_add (names, files[i]);
      g_strv_builder_add (values, value);
    }
  return TRUE;
}

static MigdescParamList *
read_version (int fd, const char *place, const char *model, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autofree char *version = migdesc_tree_read_text (fd, "version", place, &local);
  const char *const none[] = { NULL };

  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  return migdesc_param_list_new (model, version, none, none, error);
}

static MigdescParamList *
read_attributes (int fd, const char *place, const char *model, GError **error)
{
  int params_fd = migdesc_tree_open_directory (fd, "params");
  GStrvBuilder *names = g_strv_builder_new ();
  GStrvBuilder *values = g_strv_builder_new ();
  gboolean done = read_params (params_fd >= 0 ? params_fd : fd, place, params_fd >= 0, names, values, error);
  g_auto (GStrv) name_list = g_strv_builder_end (names);
  g_auto (GStrv) value_list = g_strv_builder_end (values);

  g_strv_builder_unref (names);
  g_strv_builder_unref (values);
  if (params_fd >= 0)
    close (params_fd);
  return done ? migdesc_param_list_new (model, NULL, (const char *const *) name_list, (const char *const *) value_list,
                                        error)
              : NULL;
}

/* A list without a version is complete, and names nothing that is off. With the type's descriptor at hand, what an
 * attribute reads as can be told from that. */
static MigdescParamList *
leave_out_what_is_off (const char *root, const char *type, MigdescParamList *list)
{
  g_autoptr (MigdescReader) reader = migdesc_reader_new ();
  g_autoptr (MigdescDescriptor) descriptor = migdesc_tree_read_type (root, type, reader, NULL, NULL);
  g_autoptr (MigdescModel) model = NULL;
  g_autoptr (MigdescConfig) config = NULL;
  MigdescParamList *complete;

  if (descriptor == NULL || migdesc_descriptor_get_n_models (descriptor) != 1)
    return list;
  model = migdesc_descriptor_get_model (descriptor, 0);
  config = migdesc_model_expand (model, NULL, list, NULL);
  if (config == NULL)
    return list;
  complete = migdesc_config_to_param_list (config);
  migdesc_param_list_unref (list);
  return complete;
}

static MigdescParamList *
read_migration (const char *root, int instance_fd, int fd, const char *place, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autofree char *model = migdesc_tree_read_text (fd, "device_model", place, &local);
  g_autofree char *type = migdesc_tree_read_link_name (instance_fd, "mdev_type");
  MigdescParamList *list;

  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  if (model != NULL)
    return read_version (fd, place, model, error);
  list = read_attributes (fd, place, NULL, error);
  return list != NULL && type != NULL ? leave_out_what_is_off (root, type, list) : list;
}

MigdescParamList *
migdesc_tree_read_instance (const char *root, const char *uuid, GError **error)
{
  g_autofree char *quoted_root = migdesc_quote (root, -1);
  g_autofree char *quoted_uuid = migdesc_quote (uuid, -1);
  g_autofree char *place = g_strdup_printf ("%s/%s/migration", quoted_root, quoted_uuid);
  int root_fd;
  int instance_fd;
  int fd;
  MigdescParamList *list = NULL;

  if (!migdesc_tree_is_safe_name (uuid))
    {
      g_set_error (error, MIGDESC_ERROR, MIGDESC_ERROR_TREE_UNSAFE_NAME, "%s: %s is not a safe name", quoted_root,
                   quoted_uuid);
      return NULL;
    }
  if ((root_fd = migdesc_tree_open_root (root, error)) < 0)
    return NULL;
  instance_fd = migdesc_tree_open_directory (root_fd, uuid);
  fd = instance_fd >= 0 ? migdesc_tree_open_directory (instance_fd, "migration") : -1;
  if (fd >= 0)
    list = read_migration (root, instance_fd, fd, place, error);
  else
    g_set_error (error, MIGDESC_ERROR, MIGDESC_ERROR_CANNOT_READ, "%s: there is no such directory", place);
  if (fd >= 0)
    close (fd);
  if (instance_fd >= 0)
    close (instance_fd);
  close (root_fd);
  return list;
}
