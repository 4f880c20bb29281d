/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <string.h>

#include <migdesc/migdesc-error.h>
#include <migdesc/migdesc-tested.h>

#include "base/quote.h"
#include "model/handles.h"
#include "model/tested.h"

typedef MigdescStore *(*ChangeFunc) (MigdescStore *store,
                                     const MigdescModelCore *model,
                                     const MigdescTested *pairs,
                                     guint32 n_pairs);

static const MigdescModelCore *
find_model (const MigdescStore *store,
            const char *name,
            GError **error)
{
  const MigdescModelCore *model = migdesc_store_find_model (store, name, strlen (name));
  g_autofree char *shown = NULL;

  if (model != NULL)
    return model;
  shown = migdesc_quote (name, -1);
  g_set_error (error, MIGDESC_ERROR, MIGDESC_ERROR_MODEL_NOT_FOUND,
               "the descriptor has no model \"%s\"", shown);
  return NULL;
}

static gboolean
find_version (const MigdescModelCore *model,
              const char *name,
              guint32 *position,
              GError **error)
{
  g_autofree char *shown = NULL;

  *position = migdesc_model_core_find_version (model, name, strlen (name));
  if (*position != MIGDESC_NOT_FOUND)
    return TRUE;
  shown = migdesc_quote (name, -1);
  g_set_error (error, MIGDESC_ERROR, MIGDESC_ERROR_TESTED_VERSION_UNKNOWN,
               "%s has no version \"%s\"", model->name, shown);
  return FALSE;
}

/* The positions of the pairs' versions; NULL on error. */
static MigdescTested *
find_pairs (const MigdescModelCore *model,
            const char *const *from,
            const char *const *to,
            guint *n_pairs,
            GError **error)
{
  guint n = g_strv_length ((char **) from);
  g_autofree MigdescTested *pairs = g_new0 (MigdescTested, n + 1);

  if (n != g_strv_length ((char **) to))
    {
      g_set_error_literal (error, MIGDESC_ERROR, MIGDESC_ERROR_INVALID_ARGUMENT,
                           "tested pairs need as many versions that saved as loaded");
      return NULL;
    }
  for (guint i = 0; i < n; i++)
    if (!find_version (model, from[i], &pairs[i].from, error)
        || !find_version (model, to[i], &pairs[i].to, error))
      return NULL;
  *n_pairs = n;
  return g_steal_pointer (&pairs);
}

/* change: makes a store with other pairs. */
static MigdescDescriptor *
change_pairs (MigdescDescriptor *descriptor,
              const char *model,
              const char *const *from,
              const char *const *to,
              ChangeFunc change,
              GError **error)
{
  MigdescStore *store = migdesc_descriptor_get_store (descriptor);
  const MigdescModelCore *core = find_model (store, model, error);
  g_autofree MigdescTested *pairs = NULL;
  guint n;

  if (core == NULL)
    return NULL;
  pairs = find_pairs (core, from, to, &n, error);
  if (pairs == NULL)
    return NULL;
  return migdesc_descriptor_new_for_store (change (store, core, pairs, n));
}

/**
 * migdesc_descriptor_new_with_tested:
 * @descriptor: a descriptor
 * @model: the name of one of its models
 * @from: (array zero-terminated=1): the newest versions of the programs that saved
 * @to: (array zero-terminated=1): the newest versions of those that loaded, one for each of @from
 * @error: return location for a #GError
 *
 * Makes a descriptor that lists more pairs of versions as tested, and is the same otherwise. A pair
 * is listed by the newer of its versions; pairs that any version lists already are left as they
 * are.
 *
 * Fails with %MIGDESC_ERROR_MODEL_NOT_FOUND; with %MIGDESC_ERROR_TESTED_VERSION_UNKNOWN if the
 * model has no such version; and with %MIGDESC_ERROR_INVALID_ARGUMENT if @from and @to are not of
 * the same length.
 *
 * Returns: (transfer full): the descriptor
 *
 * Since: 1.0
 */
MigdescDescriptor *
migdesc_descriptor_new_with_tested (MigdescDescriptor *descriptor,
                                    const char *model,
                                    const char *const *from,
                                    const char *const *to,
                                    GError **error)
{
  g_return_val_if_fail (MIGDESC_IS_DESCRIPTOR (descriptor), NULL);
  g_return_val_if_fail (model != NULL && from != NULL && to != NULL, NULL);

  return change_pairs (descriptor, model, from, to, migdesc_store_add_tested, error);
}

/**
 * migdesc_descriptor_new_without_tested:
 * @descriptor: a descriptor
 * @model: the name of one of its models
 * @from: (array zero-terminated=1): the newest versions of the programs that saved
 * @to: (array zero-terminated=1): the newest versions of those that loaded, one for each of @from
 * @error: return location for a #GError
 *
 * Makes a descriptor that no longer lists pairs of versions as tested, since they fail now, and is
 * the same otherwise. Pairs that it does not list are no error.
 *
 * Fails as migdesc_descriptor_new_with_tested() does.
 *
 * Returns: (transfer full): the descriptor
 *
 * Since: 1.0
 */
MigdescDescriptor *
migdesc_descriptor_new_without_tested (MigdescDescriptor *descriptor,
                                       const char *model,
                                       const char *const *from,
                                       const char *const *to,
                                       GError **error)
{
  g_return_val_if_fail (MIGDESC_IS_DESCRIPTOR (descriptor), NULL);
  g_return_val_if_fail (model != NULL && from != NULL && to != NULL, NULL);

  return change_pairs (descriptor, model, from, to, migdesc_store_remove_tested, error);
}
