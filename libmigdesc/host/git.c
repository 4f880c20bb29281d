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
  g_autofree char *command = g_strdup_printf ("git -C %s %s", directory, arguments);

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

static gboolean
is_commit (const char *line)
{
  gsize length = strspn (line, "0123456789abcdef");

  return line[length] == '\0' && length >= 40;
}

static char **
make_places (GBytes *output,
             const char *path,
             const char *name,
             GError **error)
{
  gsize length;
  const char *bytes = migdesc_bytes_peek (output, &length);
  g_autofree char *text = g_strndup (bytes, length);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_autoptr (GStrvBuilder) places = g_strv_builder_new ();
  guint n = 0;

  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_autofree char *place = NULL;

      if (!is_commit (lines[i]))
        continue;
      if (n++ == MOST_COMMITS)
        {
          g_set_error (error, MIGDESC_ERROR, MIGDESC_ERROR_LIMIT_EXCEEDED,
                       "%s: more than %u commits changed it", name, MOST_COMMITS);
          return NULL;
        }
      place = g_strdup_printf ("%s:%s", lines[i], path);
      g_strv_builder_add (places, place);
    }
  return g_strv_builder_end (places);
}

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
  arguments = g_strdup_printf ("-c log.showSignature=false log --format=%%H --diff-filter=ACMRT "
                               "--max-count=%u %s -- %s",
                               MOST_COMMITS + 1, revision, base);
  output = run (&parsed, arguments, name, NULL, cancellable, error);
  if (output == NULL)
    return NULL;
  return make_places (output, strchr (place, ':') + 1, name, error);
}
