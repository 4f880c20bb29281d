/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <migdesc/migdesc-discovery.h>

#include <string.h>
#include <sys/stat.h>

#include "host/backend-program-private.h"
#include "host/input.h"

#define SUFFIX ".json"
#define PLACE "migdesc", "backends"

static void
add_below (GStrvBuilder *builder,
           const char *directory)
{
  g_autofree char *place = g_build_filename (directory, PLACE, NULL);

  g_strv_builder_add (builder, place);
}

/* From the most general one to the user's own. Of several data directories the first has the last
 * word, as everywhere. */
static char **
get_usual_directories (void)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  const char *const *data = g_get_system_data_dirs ();

  for (guint i = g_strv_length ((char **) data); i > 0; i--)
    add_below (builder, data[i - 1]);
  add_below (builder, "/etc");
  add_below (builder, g_get_user_config_dir ());
  return g_strv_builder_end (builder);
}

/* Later directories replace what earlier ones have by the same name. */
static gboolean
collect (const char *directory,
         GHashTable *paths,
         GError **error)
{
  g_auto (GStrv) names = NULL;

  if (!g_file_test (directory, G_FILE_TEST_EXISTS))
    return TRUE;
  names = migdesc_input_list_entries (directory, error);
  if (names == NULL)
    return FALSE;
  for (guint i = 0; names[i] != NULL; i++)
    if (g_str_has_suffix (names[i], SUFFIX))
      g_hash_table_replace (paths, g_strdup (names[i]),
                            g_build_filename (directory, names[i], NULL));
  return TRUE;
}

/* An empty file, and /dev/null, which is how an administrator says: not this one. */
static gboolean
is_hidden (const char *path)
{
  struct stat info;

  return stat (path, &info) == 0 && info.st_size == 0
         && (S_ISREG (info.st_mode) || S_ISCHR (info.st_mode));
}

static int
compare_names (gconstpointer name,
               gconstpointer other)
{
  return strcmp (name, other);
}

static GListModel *
make_list (GHashTable *paths,
           const char *cache_directory,
           GCancellable *cancellable)
{
  g_autoptr (GListStore) programs = g_list_store_new (MIGDESC_TYPE_BACKEND_PROGRAM);
  g_autoptr (GList) names = g_list_sort (g_hash_table_get_keys (paths), compare_names);

  for (GList *item = names; item != NULL; item = item->next)
    {
      const char *path = g_hash_table_lookup (paths, item->data);
      g_autoptr (MigdescBackendProgram) program = NULL;

      if (is_hidden (path))
        continue;
      program = migdesc_backend_program_new (item->data, path, cache_directory, cancellable);
      g_list_store_append (programs, program);
    }
  return G_LIST_MODEL (g_steal_pointer (&programs));
}

/**
 * migdesc_backend_program_list:
 * @directories: (nullable) (array zero-terminated=1): where drop-ins are, from the one that counts
 *   least to the one that counts most; %NULL for `migdesc/backends` in the system's data
 *   directories, `/etc/migdesc/backends`, and `migdesc/backends` in the user's configuration
 *   directory
 * @cache_directory: (nullable) (type filename): a folder, made when needed, that only its user may
 *   write, to keep answers in, at most 1,024; %NULL to ask each time
 * @cancellable: (nullable): a #GCancellable
 * @error: return location for an error
 *
 * Finds the backend programs of this host, sorted by the names of their drop-ins. No program is
 * run. A directory that does not exist has none.
 *
 * Fails with %MIGDESC_ERROR_CANNOT_READ if a directory cannot be read, and with
 * %MIGDESC_ERROR_LIMIT_EXCEEDED if it holds more than 65,536 files.
 *
 * Returns: (transfer full): a #GListModel of #MigdescBackendProgram, those that are not usable
 *   included
 *
 * Since: 1.0
 */
GListModel *
migdesc_backend_program_list (const char *const *directories,
                              const char *cache_directory,
                              GCancellable *cancellable,
                              GError **error)
{
  g_autoptr (GHashTable) paths = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_auto (GStrv) usual = directories == NULL ? get_usual_directories () : NULL;

  if (directories == NULL)
    directories = (const char *const *) usual;
  for (; *directories != NULL; directories++)
    if (!collect (*directories, paths, error))
      return NULL;
  return make_list (paths, cache_directory, cancellable);
}
