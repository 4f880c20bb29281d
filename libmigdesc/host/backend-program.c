/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <migdesc/migdesc-discovery.h>

#include <string.h>

#include <migdesc/migdesc-error.h>
#include <migdesc/migdesc-reader.h>
#include <migdesc/migdesc-writer.h>

#include "base/quote.h"
#include "host/answer-cache.h"
#include "host/backend-program-private.h"
#include "host/drop-in.h"
#include "host/program.h"
#include "host/safe-file.h"

#define QUESTION "--print-migration-info-json"

struct _MigdescBackendProgram
{
  GObject parent_instance;
  char *name;
  char *path;
  char *cache; /* a folder, or NULL */
  MigdescDropIn *drop_in;
  GError *unusable; /* NULL: drop_in is there */
  char **argv;
};

/**
 * MigdescBackendProgram:
 *
 * A backend program that a drop-in points at.
 *
 * Since: 1.0
 */

G_DEFINE_FINAL_TYPE (MigdescBackendProgram, migdesc_backend_program, G_TYPE_OBJECT)

static void
migdesc_backend_program_finalize (GObject *object)
{
  MigdescBackendProgram *self = MIGDESC_BACKEND_PROGRAM (object);

  g_free (self->name);
  g_free (self->path);
  g_free (self->cache);
  g_clear_pointer (&self->drop_in, migdesc_drop_in_free);
  g_clear_error (&self->unusable);
  g_strfreev (self->argv);
  G_OBJECT_CLASS (migdesc_backend_program_parent_class)->finalize (object);
}

static void
migdesc_backend_program_class_init (MigdescBackendProgramClass *class)
{
  G_OBJECT_CLASS (class)->finalize = migdesc_backend_program_finalize;
}

static void
migdesc_backend_program_init (MigdescBackendProgram *self)
{
  /* One that was made by g_object_new points at nothing. */
  self->name = g_strdup ("");
  self->path = g_strdup ("");
  self->argv = g_new0 (char *, 1);
  self->unusable = g_error_new_literal (MIGDESC_ERROR, MIGDESC_ERROR_CANNOT_READ,
                                        "no drop-in has been read");
}

static void
set_argv (MigdescBackendProgram *self)
{
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();

  g_strv_builder_add (words, self->drop_in->binary);
  g_strv_builder_addv (words, (const char **) self->drop_in->arguments);
  g_strfreev (self->argv);
  self->argv = g_strv_builder_end (words);
}

MigdescBackendProgram *
migdesc_backend_program_new (const char *name,
                             const char *path,
                             const char *cache,
                             GCancellable *cancellable)
{
  MigdescBackendProgram *self = g_object_new (MIGDESC_TYPE_BACKEND_PROGRAM, NULL);

  g_free (self->name);
  g_free (self->path);
  g_clear_error (&self->unusable);
  self->name = g_strdup (name);
  self->path = g_strdup (path);
  self->cache = g_strdup (cache);
  self->drop_in = migdesc_drop_in_read (path, cancellable, &self->unusable);
  if (self->drop_in != NULL)
    set_argv (self);
  return self;
}

/**
 * migdesc_backend_program_get_name:
 * @program: a #MigdescBackendProgram
 *
 * Gets the name of the drop-in, such as `50-nic.json`.
 *
 * Returns: the name; valid as long as @program
 *
 * Since: 1.0
 */
const char *
migdesc_backend_program_get_name (MigdescBackendProgram *program)
{
  g_return_val_if_fail (MIGDESC_IS_BACKEND_PROGRAM (program), NULL);

  return program->name;
}

/**
 * migdesc_backend_program_get_path:
 * @program: a #MigdescBackendProgram
 *
 * Gets the path of the drop-in.
 *
 * Returns: (type filename): the path; valid as long as @program
 *
 * Since: 1.0
 */
const char *
migdesc_backend_program_get_path (MigdescBackendProgram *program)
{
  g_return_val_if_fail (MIGDESC_IS_BACKEND_PROGRAM (program), NULL);

  return program->path;
}

/**
 * migdesc_backend_program_is_usable:
 * @program: a #MigdescBackendProgram
 * @error: return location for an error
 *
 * Whether the drop-in could be read, and names a program that may be run: one that cannot does not
 * hide the others, so it is in the list too.
 *
 * Fails with %MIGDESC_ERROR_CANNOT_READ; with %MIGDESC_ERROR_UNSAFE_FILE if the drop-in belongs to
 * somebody else than root or the user who asks, may be written by others, is reached through a
 * directory or link of which this is so, or does not name an absolute path; and, with line and
 * column, if it is not the document that it should be. A directory that others may write is good
 * where it is sticky, as `/tmp` is.
 *
 * Returns: %FALSE on error
 *
 * Since: 1.0
 */
gboolean
migdesc_backend_program_is_usable (MigdescBackendProgram *program,
                                   GError **error)
{
  g_return_val_if_fail (MIGDESC_IS_BACKEND_PROGRAM (program), FALSE);

  if (program->unusable == NULL)
    return TRUE;
  if (error != NULL)
    *error = g_error_copy (program->unusable);
  return FALSE;
}

/**
 * migdesc_backend_program_get_description:
 * @program: a #MigdescBackendProgram
 *
 * Gets what the drop-in says of the program.
 *
 * Returns: (nullable): the text; valid as long as @program
 *
 * Since: 1.0
 */
const char *
migdesc_backend_program_get_description (MigdescBackendProgram *program)
{
  g_return_val_if_fail (MIGDESC_IS_BACKEND_PROGRAM (program), NULL);

  return program->drop_in != NULL ? program->drop_in->description : NULL;
}

/**
 * migdesc_backend_program_get_device_type:
 * @program: a #MigdescBackendProgram
 *
 * Gets the kind of device that the program implements, such as `net` or `block`.
 *
 * Returns: (nullable): the `type` of the drop-in; valid as long as @program
 *
 * Since: 1.0
 */
const char *
migdesc_backend_program_get_device_type (MigdescBackendProgram *program)
{
  g_return_val_if_fail (MIGDESC_IS_BACKEND_PROGRAM (program), NULL);

  return program->drop_in != NULL ? program->drop_in->type : NULL;
}

/**
 * migdesc_backend_program_get_tags:
 * @program: a #MigdescBackendProgram
 *
 * Gets the words that the drop-in describes the program with, for whoever has to choose.
 *
 * Returns: (array zero-terminated=1): the words; valid as long as @program
 *
 * Since: 1.0
 */
const char *const *
migdesc_backend_program_get_tags (MigdescBackendProgram *program)
{
  static const char *const none[] = { NULL };

  g_return_val_if_fail (MIGDESC_IS_BACKEND_PROGRAM (program), NULL);

  return program->drop_in != NULL ? (const char *const *) program->drop_in->tags : none;
}

/**
 * migdesc_backend_program_get_argv:
 * @program: a #MigdescBackendProgram
 *
 * Gets the path of the program and the arguments that the drop-in gives it. Whoever creates a
 * device adds those of the device's settings.
 *
 * Returns: (array zero-terminated=1): the words, none if @program is not usable; valid as long as
 *   @program
 *
 * Since: 1.0
 */
const char *const *
migdesc_backend_program_get_argv (MigdescBackendProgram *program)
{
  g_return_val_if_fail (MIGDESC_IS_BACKEND_PROGRAM (program), NULL);

  return (const char *const *) program->argv;
}

static char *
make_command (const MigdescBackendProgram *self)
{
  g_autoptr (GString) command = g_string_new (NULL);

  for (char **word = self->argv; *word != NULL; word++)
    {
      g_autofree char *quoted = g_shell_quote (*word);

      g_string_append (command, quoted);
      g_string_append_c (command, ' ');
    }
  g_string_append (command, QUESTION);
  return g_string_free (g_steal_pointer (&command), FALSE);
}

GBytes *
migdesc_backend_program_run (MigdescBackendProgram *self,
                             const MigdescLimits *limits,
                             GCancellable *cancellable,
                             GError **error)
{
  g_autofree char *command = NULL;

  if (!migdesc_backend_program_is_usable (self, error))
    return NULL;
  /* as it is now: the list may be old */
  if (!migdesc_safe_file_check (self->argv[0], error))
    return NULL;
  command = make_command (self);
  return migdesc_program_run (command, limits, cancellable, error);
}

static MigdescDescriptor *
parse (MigdescBackendProgram *self,
       GBytes *answer,
       GError **error)
{
  g_autoptr (MigdescReader) reader = migdesc_reader_new ();

  return migdesc_reader_read_bytes (reader, answer, self->argv[0], NULL, error);
}

static MigdescDescriptor *
recall (MigdescBackendProgram *self,
        const char *key)
{
  const char *const *argv = migdesc_backend_program_get_argv (self);
  g_autoptr (GBytes) kept = key == NULL ? NULL : migdesc_answer_cache_load (self->cache, argv, key);

  return kept == NULL ? NULL : parse (self, kept, NULL);
}

/**
 * migdesc_backend_program_ask:
 * @program: a #MigdescBackendProgram
 * @cancellable: (nullable): a #GCancellable
 * @error: return location for an error
 *
 * Gets what the program offers: from the cache, if it has been asked there already and nothing has
 * changed since; else by running it. What it answers is kept in the cache, where there is one.
 *
 * Fails with what migdesc_backend_program_is_usable() and migdesc_source_read() fail with.
 *
 * Returns: (transfer full): its descriptor
 *
 * Since: 1.0
 */
MigdescDescriptor *
migdesc_backend_program_ask (MigdescBackendProgram *program,
                             GCancellable *cancellable,
                             GError **error)
{
  g_autoptr (MigdescDescriptor) descriptor = NULL;
  g_autoptr (GBytes) answer = NULL;
  g_autofree char *key = NULL;
  const char *const *argv;

  g_return_val_if_fail (MIGDESC_IS_BACKEND_PROGRAM (program), NULL);

  argv = migdesc_backend_program_get_argv (program);
  /* Looked at before the program runs: what replaces it meanwhile has another key. */
  if (program->cache != NULL && argv[0] != NULL && migdesc_safe_file_check (argv[0], NULL))
    key = migdesc_answer_cache_make_key (argv);
  descriptor = recall (program, key);
  if (descriptor != NULL)
    return g_steal_pointer (&descriptor);
  answer = migdesc_backend_program_run (program, NULL, cancellable, error);
  if (answer == NULL)
    return NULL;
  descriptor = parse (program, answer, error);
  if (descriptor != NULL && key != NULL)
    migdesc_answer_cache_store (program->cache, argv, key, answer);
  return g_steal_pointer (&descriptor);
}

/**
 * migdesc_backend_program_verify:
 * @program: a #MigdescBackendProgram
 * @digest: what migdesc_descriptor_get_digest() said of the descriptor that a decision stands on
 * @cancellable: (nullable): a #GCancellable
 * @error: return location for an error
 *
 * Runs the program once more, whatever the cache has, to see that it still offers what it did. To
 * be called before a device is created on the strength of an older answer.
 *
 * Fails with %MIGDESC_ERROR_DESCRIPTOR_CHANGED if it does not, with both digests; and with what
 * migdesc_backend_program_ask() fails with.
 *
 * Returns: (transfer full): its descriptor, of the digest @digest
 *
 * Since: 1.0
 */
MigdescDescriptor *
migdesc_backend_program_verify (MigdescBackendProgram *program,
                                const char *digest,
                                GCancellable *cancellable,
                                GError **error)
{
  g_autoptr (MigdescDescriptor) descriptor = NULL;
  g_autoptr (GBytes) answer = NULL;
  g_autofree char *shown = NULL, *shown_digest = NULL;

  g_return_val_if_fail (MIGDESC_IS_BACKEND_PROGRAM (program), NULL);
  g_return_val_if_fail (digest != NULL, NULL);

  answer = migdesc_backend_program_run (program, NULL, cancellable, error);
  descriptor = answer == NULL ? NULL : parse (program, answer, error);
  if (descriptor == NULL
      || g_str_equal (migdesc_descriptor_get_digest (descriptor), digest))
    return g_steal_pointer (&descriptor);
  shown = migdesc_quote (program->argv[0], -1);
  shown_digest = migdesc_quote (digest, -1);
  g_set_error (error, MIGDESC_ERROR, MIGDESC_ERROR_DESCRIPTOR_CHANGED,
               "%s: what it offers has changed: the digest was %s, and is %s", shown, shown_digest,
               migdesc_descriptor_get_digest (descriptor));
  return NULL;
}
