/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "host/answer-cache.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "host/input.h"
#include "host/replace-file.h"
#include "host/safe-file.h"

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

char *
migdesc_answer_cache_make_key (const char *const *argv)
{
  g_autoptr (GString) key = g_string_new (NULL);
  g_autofree char *boot = NULL;
  struct utsname host;
  struct stat file;

  if (stat (argv[0], &file) != 0 || uname (&host) != 0)
    return NULL;
  if (!g_file_get_contents (BOOT_ID, &boot, NULL, NULL))
    return NULL;
  append_part (key, host.nodename);
  append_part (key, g_strchomp (boot));
  g_string_append_printf (key, "%" G_GUINT64_FORMAT " %" G_GUINT64_FORMAT " %" G_GUINT64_FORMAT
                          ".%09ld %" G_GUINT64_FORMAT ".%09ld\n",
                          (guint64) file.st_ino, (guint64) file.st_size,
                          (guint64) file.st_mtim.tv_sec, file.st_mtim.tv_nsec,
                          (guint64) file.st_ctim.tv_sec, file.st_ctim.tv_nsec);
  for (; *argv != NULL; argv++)
    append_part (key, *argv);
  return digest (key->str, key->len);
}

static char *
get_path (const char *folder,
          const char *key)
{
  return g_build_filename (folder, key, NULL);
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
                           const char *key)
{
  g_autofree char *path = get_path (folder, key);
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
  data = g_bytes_get_data (entry, &length);
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
      GCancellable *cancellable G_GNUC_UNUSED,
      GError **error)
{
  GString *entry = data;
  gsize done = 0;

  while (done < entry->len)
    {
      gssize n = write (fd, entry->str + done, entry->len - done);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        {
          g_set_error_literal (error, G_FILE_ERROR, g_file_error_from_errno (errno),
                               g_strerror (errno));
          return FALSE;
        }
      done += (gsize) n;
    }
  return TRUE;
}

void
migdesc_answer_cache_store (const char *folder,
                            const char *key,
                            GBytes *answer)
{
  gsize length;
  const char *data = g_bytes_get_data (answer, &length);
  g_autofree char *head = make_head (key, data, length);
  g_autofree char *path = get_path (folder, key);
  g_autoptr (GString) entry = g_string_sized_new (HEAD_LENGTH + length);

  g_string_append (entry, head);
  g_string_append_len (entry, data, (gssize) length);
  if (g_mkdir_with_parents (folder, 0700) == 0)
    migdesc_replace_file (path, fill, entry, NULL, NULL);
}
