/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "ops/stores.h"

#include <string.h>

#include <migdesc/migdesc-error.h>

#include "base/quote.h"

char *
migdesc_stores_choose_model (MigdescStore *const *stores,
                             guint32 n_stores,
                             const char *model,
                             GError **error)
{
  g_autofree char *quoted = NULL;

  if (model == NULL && stores[0]->n_models == 1)
    return g_strdup (stores[0]->models[0].name);
  if (model == NULL)
    {
      g_set_error (error, MIGDESC_ERROR, MIGDESC_ERROR_NOT_UNIQUE,
                   "no model was named, and the first descriptor has %u", stores[0]->n_models);
      return NULL;
    }
  for (guint32 i = 0; i < n_stores; i++)
    if (migdesc_store_find_model (stores[i], model, strlen (model)) != NULL)
      return g_strdup (model);
  quoted = migdesc_quote (model, -1);
  g_set_error (error, MIGDESC_ERROR, MIGDESC_ERROR_MODEL_NOT_FOUND,
               "no descriptor has a model \"%s\"", quoted);
  return NULL;
}
