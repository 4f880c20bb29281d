/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "ops/matrix/matrix-private.h"

#include <string.h>

#include <migdesc/migdesc-error.h>

#include "base/limits-private.h"

const MigdescModelCore *
migdesc_matrix_get_core (const MigdescMatrix *matrix,
                         guint32 position)
{
  return migdesc_store_find_model (matrix->stores[position], matrix->model,
                                   strlen (matrix->model));
}

static gboolean
check_limit (const MigdescMatrix *matrix,
             guint64 n,
             guint64 most,
             GError **error)
{
  g_autofree char *limit = NULL;

  if (n * n <= most / matrix->n_stores)
    return TRUE;
  limit = migdesc_limit_to_message (MIGDESC_LIMIT_STEPS, most);
  g_set_error (error, MIGDESC_ERROR, MIGDESC_ERROR_LIMIT_EXCEEDED,
               "a matrix of %" G_GUINT64_FORMAT " versions has %s", n, limit);
  return FALSE;
}

static void
add_version (GPtrArray *versions,
             const char *name)
{
  for (guint i = 0; i < versions->len; i++)
    if (strcmp (g_ptr_array_index (versions, i), name) == 0)
      return;
  g_ptr_array_add (versions, (gpointer) name);
}

/* All versions, each once. */
static gboolean
collect (const MigdescMatrix *matrix,
         GPtrArray *versions,
         guint64 max_steps,
         GError **error)
{
  for (guint32 i = 0; i < matrix->n_stores; i++)
    {
      const MigdescModelCore *model = migdesc_matrix_get_core (matrix, i);

      if (model == NULL)
        continue;
      if (!check_limit (matrix, model->n_versions, max_steps, error))
        return FALSE;
      for (guint32 v = 0; v < model->n_versions; v++)
        add_version (versions, model->versions[v].name);
      if (!check_limit (matrix, versions->len, max_steps, error))
        return FALSE;
    }
  return TRUE;
}

/* How far each descriptor's versions have been put in order. */
typedef struct
{
  const MigdescModelCore *model; /* NULL: it has no such model */
  guint32 next;
} Cursor;

/* Whether all that any descriptor has before it is in order. */
static gboolean
is_due (const Cursor *cursors,
        guint32 n_cursors,
        const char *name)
{
  for (guint32 i = 0; i < n_cursors; i++)
    {
      const MigdescModelCore *model = cursors[i].model;
      guint32 position = model == NULL
                             ? MIGDESC_NOT_FOUND
                             : migdesc_model_core_find_version (model, name, strlen (name));

      if (position != MIGDESC_NOT_FOUND && position > cursors[i].next)
        return FALSE;
    }
  return TRUE;
}

/* The one that comes next. Where descriptors contradict each other, the one that was seen first. */
static guint
choose_next (const GPtrArray *versions,
             const Cursor *cursors,
             guint32 n_cursors)
{
  for (guint i = 0; i < versions->len; i++)
    if (is_due (cursors, n_cursors, g_ptr_array_index (versions, i)))
      return i;
  return 0;
}

static void
move_on (Cursor *cursor,
         const MigdescMatrix *matrix)
{
  const MigdescModelCore *model = cursor->model;

  while (model != NULL && cursor->next < model->n_versions
         && g_ptr_array_find_with_equal_func (matrix->versions,
                                              model->versions[cursor->next].name, g_str_equal,
                                              NULL))
    cursor->next++;
}

gboolean
migdesc_matrix_find_versions (MigdescMatrix *matrix,
                              guint64 max_steps,
                              GError **error)
{
  g_autoptr (GPtrArray) left = g_ptr_array_new ();
  g_autofree Cursor *cursors = g_new0 (Cursor, matrix->n_stores);

  if (!collect (matrix, left, max_steps, error))
    return FALSE;
  for (guint32 i = 0; i < matrix->n_stores; i++)
    cursors[i].model = migdesc_matrix_get_core (matrix, i);
  while (left->len > 0)
    {
      guint next = choose_next (left, cursors, matrix->n_stores);

      g_ptr_array_add (matrix->versions, g_ptr_array_remove_index (left, next));
      for (guint32 i = 0; i < matrix->n_stores; i++)
        move_on (&cursors[i], matrix);
    }
  return TRUE;
}
