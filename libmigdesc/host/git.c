/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "host/git.h"

#include <string.h>

#include <migdesc/migdesc-error.h>

#include "base/bytes.h"
#include "base/quote.h"
#include "host/program.h"

#define MOST_COMMITS 4096

typedef struct
{
  char *revision;
  char *directory;
  char *base;
} Place;

static void
place_clear (Place *place)
{
  g_free (place->revision);
  g_free (place->directory);
  g_free (place->base);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Place, place_clear)

/* git takes what begins with a dash for an option. */
gboolean
migdesc_git_check_place (const char *place,
                         GError **error)
{
  const char *colon = strchr (place, ':');
  g_autofree char *quoted = NULL;

  if (colon != NULL && colon > place && place[0] != '-' && colon[1] != '\0')
    return TRUE;
  quoted = migdesc_quote (place, -1);
  g_set_error (error, MIGDESC_ERROR, MIGDESC_ERROR_INVALID_ARGUMENT,
               "git:%s: is not of the form git:REVISION:PATH", quoted);
  return FALSE;
}

static void
parse (const char *place,
       Place *parsed)
{
  const char *colon = strchr (place, ':');

  parsed->revision = g_strndup (place, (gsize) (colon - place));
  parsed->directory = g_path_get_dirname (colon + 1);
  parsed->base = g_path_get_basename (colon + 1);
}

static GBytes *
run (const Place *place,
     const char *arguments,
     const char *name,
     const MigdescLimits *limits,
     GCancellable *cancellable,
     GError **error)
{
  g_autofree char *directory = g_shell_quote (place->directory);
  /* a file may be called *.json, or :(top) */
  g_autofree char *command
      = g_strdup_printf ("git -C %s --literal-pathspecs %s", directory, arguments);

  return migdesc_program_run_with_input (command, name, -1, limits, cancellable, error);
}

GBytes *
migdesc_git_read (const char *place,
                  const char *name,
                  const MigdescLimits *limits,
                  GCancellable *cancellable,
                  GError **error)
{
  g_auto (Place) parsed = { NULL };
  g_autofree char *object = NULL;
  g_autofree char *quoted = NULL;
  g_autofree char *arguments = NULL;

  parse (place, &parsed);
  object = g_strdup_printf ("%s:./%s", parsed.revision, parsed.base);
  quoted = g_shell_quote (object);
  arguments = g_strdup_printf ("cat-file blob %s", quoted);
  return run (&parsed, arguments, name, limits, cancellable, error);
}

/* --- The log ---------------------------------------------------------- */

/* What is known of a commit: its hash, and whether it has parents here. */
static gboolean
parse_commit (const char *line,
              char **hash,
              gboolean *is_first)
{
  gsize length = strspn (line, "0123456789abcdef");

  if (length < 40 || line[length] != ' ')
    return FALSE;
  *hash = g_strndup (line, length);
  *is_first = line[length + 1] == '\0';
  return TRUE;
}

/* The first commit of a shallow clone has parents that are not there: what it says of them is in
 * the commit itself, while the log has none. */
static gboolean
check_first (const Place *place,
             const char *hash,
             const char *name,
             GCancellable *cancellable,
             GError **error)
{
  g_autofree char *arguments = g_strdup_printf ("cat-file commit %s", hash);
  g_autoptr (GBytes) commit = run (place, arguments, name, NULL, cancellable, error);
  gsize length;
  const char *bytes;
  const char *head_end;
  const char *parent;

  if (commit == NULL)
    return FALSE;
  bytes = migdesc_bytes_peek (commit, &length);
  head_end = g_strstr_len (bytes, (gssize) length, "\n\n");
  parent = g_strstr_len (bytes, (gssize) length, "\nparent ");
  if (parent == NULL || (head_end != NULL && parent > head_end))
    return TRUE;
  g_set_error (error, MIGDESC_ERROR, MIGDESC_ERROR_CANNOT_READ,
               "%s: the history is cut off at %s, as a shallow clone has it", name, hash);
  return FALSE;
}

static gboolean
add_commit (const Place *place,
            const char *path,
            const char *line,
            GStrvBuilder *places,
            const char *name,
            GCancellable *cancellable,
            GError **error)
{
  g_autofree char *hash = NULL;
  g_autofree char *whole = NULL;
  gboolean is_first;

  if (line == NULL || !parse_commit (line, &hash, &is_first))
    return TRUE;
  whole = g_strdup_printf ("%s:%s", hash, path);
  g_strv_builder_add (places, whole);
  return !is_first || check_first (place, hash, name, cancellable, error);
}

/* A line for a commit, and one that begins with a colon for the file, unless a merge took it from
 * one side as it was, or deleted it. */
static char **
make_places (const Place *place,
             GBytes *output,
             const char *path,
             const char *name,
             GCancellable *cancellable,
             GError **error)
{
  gsize length;
  const char *bytes = migdesc_bytes_peek (output, &length);
  g_autofree char *text = g_strndup (bytes, length);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_autoptr (GStrvBuilder) places = g_strv_builder_new ();
  const char *commit = NULL;
  guint n = 0;

  for (guint i = 0; lines[i] != NULL; i++)
    if (lines[i][0] == ':')
      {
        if (!add_commit (place, path, commit, places, name, cancellable, error))
          return NULL;
        commit = NULL;
      }
    else if (lines[i][0] != '\0')
      {
        commit = lines[i];
        n++;
      }
  if (n <= MOST_COMMITS)
    return g_strv_builder_end (places);
  g_set_error (error, MIGDESC_ERROR, MIGDESC_ERROR_LIMIT_EXCEEDED,
               "%s: more than %u commits changed it", name, MOST_COMMITS);
  return NULL;
}

/* Git leaves out what a merge has come to disagree with, and merges themselves; but what a merge
 * made of both sides was published as what the sides had. */
#define LOG "-c log.showSignature=false -c log.follow=false log --full-history -c --raw " \
            "--abbrev=40 --no-renames --format=%%H\\ %%P --diff-filter=ACMRT --max-count=%u " \
            "%s -- %s"

char **
migdesc_git_list_history (const char *place,
                          const char *name,
                          GCancellable *cancellable,
                          GError **error)
{
  g_auto (Place) parsed = { NULL };
  g_autofree char *revision = NULL;
  g_autofree char *base = NULL;
  g_autofree char *arguments = NULL;
  g_autoptr (GBytes) output = NULL;

  parse (place, &parsed);
  revision = g_shell_quote (parsed.revision);
  base = g_shell_quote (parsed.base);
  /* commits that deleted the file have nothing to read */
  arguments = g_strdup_printf (LOG, MOST_COMMITS + 1, revision, base);
  output = run (&parsed, arguments, name, NULL, cancellable, error);
  if (output == NULL)
    return NULL;
  return make_places (&parsed, output, strchr (place, ':') + 1, name, cancellable, error);
}
