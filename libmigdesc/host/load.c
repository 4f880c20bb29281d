/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* One call for the usual case: the one descriptor at a place, the parameter list of one device. */

#include <migdesc/migdesc-source.h>

#include <migdesc/migdesc-error.h>
#include <migdesc/migdesc-text.h>

#include "host/input.h"
#include "host/mdevctl.h"
#include "host/tree.h"

/**
 * migdesc_descriptor_load:
 * @place: as for migdesc_source_list()
 * @reader: (nullable): how to read; %NULL for the defaults
 * @cancellable: (nullable): a #GCancellable
 * @error: return location for an error
 *
 * Reads the one descriptor at a place.
 *
 * Fails with %MIGDESC_ERROR_NOT_UNIQUE if the place holds none or several, and with the errors of
 * migdesc_source_list() and migdesc_source_read().
 *
 * Returns: (transfer full): the descriptor
 *
 * Since: 1.0
 */
MigdescDescriptor *
migdesc_descriptor_load (const char *place, MigdescReader *reader, GCancellable *cancellable,
                         GError **error)
{
  g_autoptr (GListModel) sources = NULL;
  g_autoptr (MigdescSource) source = NULL;
  MigdescDialect dialect;
  guint n;

  g_return_val_if_fail (place != NULL, NULL);
  g_return_val_if_fail (reader == NULL || MIGDESC_IS_READER (reader), NULL);

  dialect = reader != NULL ? migdesc_reader_get_dialect (reader) : MIGDESC_DIALECT_AUTO;
  sources = migdesc_source_list (place, dialect, cancellable, error);
  if (sources == NULL)
    return NULL;
  n = g_list_model_get_n_items (sources);
  if (n != 1)
    {
      g_autofree char *escaped = migdesc_escape_text (place);

      g_set_error (error, MIGDESC_ERROR, MIGDESC_ERROR_NOT_UNIQUE,
                   "%s: holds %u descriptors, not one", escaped, n);
      return NULL;
    }
  source = g_list_model_get_item (sources, 0);
  return migdesc_source_read (source, reader, cancellable, NULL, error);
}

static GBytes *
read_dump (const char *place, GCancellable *cancellable, GError **error)
{
  return g_str_equal (place, "-") ? migdesc_input_read_stdin (NULL, cancellable, error)
                                  : migdesc_input_read_file (place, NULL, cancellable, error);
}

/**
 * migdesc_instance_list:
 * @place: the root of a device tree, the path of a file with the output of `mdevctl list
 * --dumpjson`, or `-` for that output on standard input
 * @cancellable: (nullable): a #GCancellable
 * @error: return location for an error
 *
 * Finds the device instances at a place.
 *
 * Fails with %MIGDESC_ERROR_CANNOT_READ, %MIGDESC_ERROR_LIMIT_EXCEEDED, %MIGDESC_ERROR_CANCELLED,
 * and for a dump that is none with the errors of JSON or %MIGDESC_ERROR_DOCUMENT_TYPE; for a tree
 * with %MIGDESC_ERROR_TREE_INVALID too.
 *
 * Returns: (transfer full): their UUIDs, sorted
 *
 * Since: 1.0
 */
char **
migdesc_instance_list (const char *place, GCancellable *cancellable, GError **error)
{
  g_autoptr (GBytes) dump = NULL;

  g_return_val_if_fail (place != NULL, NULL);

  if (g_file_test (place, G_FILE_TEST_IS_DIR))
    return migdesc_tree_list_instances (place, error);
  dump = read_dump (place, cancellable, error);
  return dump != NULL ? migdesc_mdevctl_list_instances (dump, place, error) : NULL;
}

/**
 * migdesc_instance_load:
 * @place: as for migdesc_instance_list()
 * @uuid: the instance's UUID
 * @cancellable: (nullable): a #GCancellable
 * @error: return location for an error
 *
 * Reads the migration parameter list of a device instance.
 *
 * What `mdevctl list --uuid UUID --dumpjson` prints for one device does not say which that is: it
 * is taken for the one that is asked for, and migdesc_instance_list() fails on it with
 * %MIGDESC_ERROR_CANNOT_READ.
 *
 * Fails with the errors of migdesc_instance_list(), with %MIGDESC_ERROR_CANNOT_READ if there is no
 * such instance, with %MIGDESC_ERROR_TREE_UNSAFE_NAME if @uuid cannot be a name in a tree, and with
 * the errors of migdesc_param_list_new() for what it holds.
 *
 * Returns: (transfer full): the list
 *
 * Since: 1.0
 */
MigdescParamList *
migdesc_instance_load (const char *place, const char *uuid, GCancellable *cancellable,
                       GError **error)
{
  g_autoptr (GBytes) dump = NULL;

  g_return_val_if_fail (place != NULL, NULL);
  g_return_val_if_fail (uuid != NULL, NULL);

  if (g_file_test (place, G_FILE_TEST_IS_DIR))
    return migdesc_tree_read_instance (place, uuid, error);
  dump = read_dump (place, cancellable, error);
  return dump != NULL ? migdesc_mdevctl_read_instance (dump, place, uuid, error) : NULL;
}
