/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "tree-fixture.h"

#include <migdesc/migdesc-discovery.h>
#include <sys/stat.h>

#define DOCUMENT                                                                               \
  "{\"models\": {\"a.b/nic\": {\"params\": {\"n\": {\"type\": \"int\", \"init_value\": 1}}}}}"

/* A host of our own: three directories of drop-ins, a program, a cache. */
typedef struct
{
  char *root;
  char *data;
  char *etc;
  char *own;
  char *cache;
  char *program;
  char *asked; /* gets a line each time the program runs */
  const char *directories[4];
} Fixture;

static inline char *
make_directory (const Fixture *fixture,
                const char *name)
{
  char *path = g_build_filename (fixture->root, name, NULL);

  g_assert_no_errno (g_mkdir (path, 0700));
  return path;
}

static inline void
write_file (const char *directory,
            const char *name,
            const char *text,
            int mode)
{
  g_autofree char *path = g_build_filename (directory, name, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (path, text, -1, &error));
  g_assert_no_errno (g_chmod (path, mode));
}

/* A program that prints a document, and keeps count. */
static inline void
write_program (const Fixture *fixture,
               const char *document)
{
  g_autofree char *text = g_strdup_printf ("#!/bin/sh\necho \"$*\" >>'%s'\necho '%s'\n",
                                           fixture->asked, document);

  write_file (fixture->root, "nic", text, 0700);
}

static inline void
write_drop_in (const Fixture *fixture,
               const char *directory,
               const char *name,
               const char *more)
{
  g_autofree char *text = g_strdup_printf ("{\"binary\": \"%s\"%s}", fixture->program, more);

  write_file (directory, name, text, 0600);
}

static inline void
set_up (Fixture *fixture,
        gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->root = g_dir_make_tmp ("migdesc-discovery-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->data = make_directory (fixture, "data");
  fixture->etc = make_directory (fixture, "etc");
  fixture->own = make_directory (fixture, "own");
  fixture->cache = g_build_filename (fixture->root, "cache", "migdesc", NULL);
  fixture->program = g_build_filename (fixture->root, "nic", NULL);
  fixture->asked = g_build_filename (fixture->root, "asked", NULL);
  fixture->directories[0] = fixture->data;
  fixture->directories[1] = fixture->etc;
  fixture->directories[2] = fixture->own;
  write_program (fixture, DOCUMENT);
}

static inline void
tear_down (Fixture *fixture,
           gconstpointer data)
{
  tree_remove (fixture->root);
  g_free (fixture->root);
  g_free (fixture->data);
  g_free (fixture->etc);
  g_free (fixture->own);
  g_free (fixture->cache);
  g_free (fixture->program);
  g_free (fixture->asked);
}

static inline GListModel *
list (const Fixture *fixture,
      gboolean cached)
{
  g_autoptr (GError) error = NULL;
  GListModel *programs = migdesc_backend_program_list (
      fixture->directories, cached ? fixture->cache : NULL, NULL, &error);

  g_assert_no_error (error);
  return programs;
}

static inline MigdescBackendProgram *
find_first (const Fixture *fixture,
            gboolean cached)
{
  g_autoptr (GListModel) programs = list (fixture, cached);

  g_assert_cmpuint (g_list_model_get_n_items (programs), ==, 1);
  return g_list_model_get_item (programs, 0);
}

/* The names and descriptions, in order. */
static inline char *
describe (const Fixture *fixture)
{
  g_autoptr (GListModel) programs = list (fixture, FALSE);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (programs); i++)
    {
      g_autoptr (MigdescBackendProgram) program = g_list_model_get_item (programs, i);
      const char *description = migdesc_backend_program_get_description (program);

      g_string_append_printf (text, "%s=%s ", migdesc_backend_program_get_name (program),
                              description != NULL ? description : "-");
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static inline guint
count_asked (const Fixture *fixture)
{
  g_autofree char *text = NULL;
  guint n = 0;

  if (!g_file_get_contents (fixture->asked, &text, NULL, NULL))
    return 0;
  for (const char *at = text; *at != '\0'; at++)
    n += *at == '\n';
  return n;
}

static inline void
ask_well (MigdescBackendProgram *program)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MigdescDescriptor) descriptor = migdesc_backend_program_ask (program, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (descriptor);
}

static inline void
add_test (const char *path,
          void (*test) (Fixture *fixture, gconstpointer data))
{
  g_test_add (path, Fixture, NULL, set_up, test, tear_down);
}
