/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "host/answer-cache.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/bytes.h"
#include "host/input.h"
#include "host/replace-file.h"
#include "host/safe-file.h"
#include "state/stream/stream-io.h"

/* Of an entry: the key and the answer by their digests, then the answer itself. */
#define MAGIC "migdesc answer 1\n"
#define DIGEST_LENGTH 64
#define HEAD_LENGTH (sizeof MAGIC - 1 + 2 * (DIGEST_LENGTH + 1))
#define BOOT_ID "/proc/sys/kernel/random/boot_id"

static char *
digest (gconstpointer data,
        gsize length)
{
  return g_compute_checksum_for_data (G_CHECKSUM_SHA256, data, length);
}

/* Each part with its length, so that no two lists of them read the same. */
static void
append_part (GString *key,
             const char *part)
{
  g_string_append_printf (key, "%" G_GSIZE_FORMAT ":%s\n", strlen (part), part);
}

/* Homes may be shared by hosts. */
static void
append_command (GString *key,
                const char *const *argv)
{
  append_part (key, g_get_host_name ());
  for (; *argv != NULL; argv++)
    append_part (key, *argv);
}

/* Of an entry: a newer answer of the same program replaces the older. */
static char *
get_path (const char *folder,
          const char *const *argv)
{
  g_autoptr (GString) command = g_string_new (NULL);
  g_autofree char *name = NULL;

  append_command (command, argv);
  name = digest (command->str, command->len);
  return g_build_filename (folder, name, NULL);
}

char *
migdesc_answer_cache_make_key (const char *const *argv)
{
  g_autoptr (GString) key = g_string_new (NULL);
  g_autofree char *boot = NULL;
  struct stat file;

  if (stat (argv[0], &file) != 0 || !g_file_get_contents (BOOT_ID, &boot, NULL, NULL))
    return NULL;
  append_part (key, g_strchomp (boot));
  g_string_append_printf (key, "%" G_GUINT64_FORMAT " %" G_GUINT64_FORMAT " %" G_GUINT64_FORMAT
                          ".%09ld %" G_GUINT64_FORMAT ".%09ld\n",
                          (guint64) file.st_ino, (guint64) file.st_size,
                          (guint64) file.st_mtim.tv_sec, file.st_mtim.tv_nsec,
                          (guint64) file.st_ctim.tv_sec, file.st_ctim.tv_nsec);
  append_command (key, argv);
  return digest (key->str, key->len);
}

/* The head that an answer of so many bytes has to have. */
static char *
make_head (const char *key,
           gconstpointer answer,
           gsize length)
{
  g_autofree char *sum = digest (answer, length);

  return g_strdup_printf (MAGIC "%s\n%s\n", key, sum);
}

GBytes *
migdesc_answer_cache_load (const char *folder,
                           const char *const *argv,
                           const char *key)
{
  g_autofree char *path = get_path (folder, argv);
  g_autoptr (GBytes) entry = NULL;
  g_autofree char *head = NULL;
  const char *data;
  gsize length;
  int fd;

  fd = migdesc_safe_file_open (path, NULL);
  if (fd < 0)
    return NULL;
  entry = migdesc_input_read_fd (fd, path, NULL, NULL, NULL);
  close (fd);
  if (entry == NULL)
    return NULL;
  data = migdesc_bytes_peek (entry, &length);
  if (length < HEAD_LENGTH)
    return NULL;
  head = make_head (key, data + HEAD_LENGTH, length - HEAD_LENGTH);
  if (memcmp (data, head, HEAD_LENGTH) != 0)
    return NULL;
  return g_bytes_new_from_bytes (entry, HEAD_LENGTH, length - HEAD_LENGTH);
}

static gboolean
fill (int fd,
      gpointer data,
      GCancellable *cancellable,
      GError **error)
{
  const GString *entry = data;
  GOutputVector vector = { entry->str, entry->len };

  return migdesc_fd_write_all (fd, &vector, 1, cancellable, error);
}

/* --- The bound -------------------------------------------------------- */

typedef struct
{
  char *path;
  struct timespec time;
} Entry;

static void
entry_clear (gpointer data)
{
  Entry *entry = data;

  g_free (entry->path);
}

/* An entry, or what is left of one that could not be written to its end: nothing else is ours to
 * remove. */
static gboolean
is_entry (const char *name)
{
  gsize length = strspn (name, "0123456789abcdef");

  return length == DIGEST_LENGTH && (name[length] == '\0' || name[length] == '.');
}

static int
compare_ages (gconstpointer data,
              gconstpointer other_data)
{
  const Entry *entry = data, *other = other_data;

  if (entry->time.tv_sec != other->time.tv_sec)
    return entry->time.tv_sec < other->time.tv_sec ? -1 : 1;
  return entry->time.tv_nsec < other->time.tv_nsec ? -1 : 1;
}

static GArray *
list_entries (const char *folder)
{
  GArray *entries = g_array_new (FALSE, FALSE, sizeof (Entry));
  GDir *directory = g_dir_open (folder, 0, NULL);
  const char *name;

  g_array_set_clear_func (entries, entry_clear);
  while (directory != NULL && (name = g_dir_read_name (directory)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      struct stat info;

      if (is_entry (name) && lstat (path, &info) == 0)
        {
          Entry entry = { g_steal_pointer (&path), info.st_mtim };

          g_array_append_val (entries, entry);
        }
    }
  g_clear_pointer (&directory, g_dir_close);
  return entries;
}

/* Of more than MIGDESC_ANSWERS_MAX entries the oldest go. */
static void
prune (const char *folder)
{
  g_autoptr (GArray) entries = list_entries (folder);

  g_array_sort (entries, compare_ages);
  for (guint i = 0; i + MIGDESC_ANSWERS_MAX < entries->len; i++)
    g_unlink (g_array_index (entries, Entry, i).path);
}

void
migdesc_answer_cache_store (const char *folder,
                            const char *const *argv,
                            const char *key,
                            GBytes *answer)
{
  gsize length;
  const char *data = migdesc_bytes_peek (answer, &length);
  g_autofree char *head = make_head (key, data, length);
  g_autofree char *path = get_path (folder, argv);
  g_autoptr (GString) entry = g_string_sized_new (HEAD_LENGTH + length);

  g_string_append (entry, head);
  g_string_append_len (entry, data, (gssize) length);
  if (g_mkdir_with_parents (folder, 0700) == 0
      && migdesc_replace_file (path, fill, entry, NULL, NULL))
    prune (folder);
}
