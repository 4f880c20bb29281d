/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "host/tree.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>

#include "host/tree-instance.h"
#include "host/tree-type.h"
#include "model/handles.h"
#include "value/value.h"

gboolean
migdesc_tree_is_tree (const char *root)
{
  g_auto (MigdescTreeDirectory) directory = MIGDESC_TREE_DIRECTORY_INIT;
  struct stat status;

  return migdesc_tree_directory_open_root (&directory, root, NULL)
         && fstatat (directory.fd, MIGDESC_TREE_TYPES, &status, AT_SYMLINK_NOFOLLOW) == 0
         && S_ISDIR (status.st_mode);
}

char **
migdesc_tree_list_types (const char *root, MigdescDialect dialect, GError **error)
{
  g_auto (MigdescTreeDirectory) directory = MIGDESC_TREE_DIRECTORY_INIT;

  if (!migdesc_tree_directory_open_root (&directory, root, error))
    return NULL;
  return migdesc_tree_types_list (&directory, dialect, error);
}

MigdescDescriptor *
migdesc_tree_read_type (const char *root, const char *type, MigdescReader *reader,
                        MigdescReport **report, GError **error)
{
  g_auto (MigdescTreeDirectory) directory = MIGDESC_TREE_DIRECTORY_INIT;

  if (!migdesc_tree_directory_open_root (&directory, root, error))
    return NULL;
  return migdesc_tree_type_read (&directory, type, reader, report, error);
}

char **
migdesc_tree_list_instances (const char *root, GError **error)
{
  g_auto (MigdescTreeDirectory) directory = MIGDESC_TREE_DIRECTORY_INIT;

  if (!migdesc_tree_directory_open_root (&directory, root, error))
    return NULL;
  return migdesc_tree_instances_list (&directory, error);
}

/* --- Instances -------------------------------------------------------- */

/* The param's value as text, or NULL if it is off. What has no attribute is as in a fresh device.
 */
static char *
effective_value (const MigdescParamCore *param, const char *setting)
{
  MigdescValue value = param->init;
  GString *text;

  if (setting != NULL
      && migdesc_value_parse ((MigdescValueType) param->type, setting, strlen (setting), &value)
             != MIGDESC_VALUE_OK)
    return g_strdup (setting);
  if (param->has_off && migdesc_value_equal ((MigdescValueType) param->type, value, param->off))
    return NULL;
  if (setting != NULL)
    return g_strdup (setting);
  text = g_string_new (NULL);
  migdesc_value_append_text (text, (MigdescValueType) param->type, value);
  return g_string_free (text, FALSE);
}

/* A list without a version names what is not off, and nothing else; that takes the model.
 * Attributes that the model does not know stay. */
static MigdescParamList *
complete_list (const MigdescModelCore *model, const MigdescParamList *settings, GError **error)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  g_autoptr (GPtrArray) values = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < model->n_params; i++)
    {
      const char *name = model->params[i].name;
      char *value = effective_value (&model->params[i], migdesc_param_list_lookup (settings, name));

      if (value == NULL)
        continue;
      g_ptr_array_add (names, (gpointer) name);
      g_ptr_array_add (values, value);
    }
  for (guint i = 0; i < migdesc_param_list_get_n_params (settings); i++)
    {
      const char *name = migdesc_param_list_get_name (settings, i);

      if (migdesc_model_core_find_param (model, name, strlen (name)) != MIGDESC_NOT_FOUND)
        continue;
      g_ptr_array_add (names, (gpointer) name);
      g_ptr_array_add (values, g_strdup (migdesc_param_list_get_value (settings, i)));
    }
  g_ptr_array_add (names, NULL);
  g_ptr_array_add (values, NULL);
  return migdesc_param_list_new (model->name, NULL, (const char *const *) names->pdata,
                                 (const char *const *) values->pdata, error);
}

MigdescParamList *
migdesc_tree_read_instance (const char *root, const char *uuid, GError **error)
{
  g_auto (MigdescTreeDirectory) directory = MIGDESC_TREE_DIRECTORY_INIT;
  g_autoptr (MigdescReader) reader = migdesc_reader_new ();
  g_autoptr (MigdescDescriptor) descriptor = NULL;
  g_autoptr (MigdescParamList) settings = NULL;
  g_autofree char *type = NULL;

  if (!migdesc_tree_directory_open_root (&directory, root, error)
      || (settings = migdesc_tree_instance_read (&directory, uuid, &type, error)) == NULL)
    return NULL;
  if (type == NULL || !migdesc_tree_type_is_published (&directory, type))
    return g_steal_pointer (&settings);
  if ((descriptor = migdesc_tree_type_read (&directory, type, reader, NULL, error)) == NULL)
    return NULL;
  if (migdesc_descriptor_get_n_models (descriptor) != 1)
    return g_steal_pointer (&settings);
  return complete_list (&migdesc_descriptor_get_store (descriptor)->models[0], settings, error);
}
