/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <string.h>

#include "model/core.h"
#include "model/records.h"

MigdescStore *
migdesc_store_ref (MigdescStore *store)
{
  g_atomic_ref_count_inc (&store->ref_count);
  return store;
}

void
migdesc_store_unref (MigdescStore *store)
{
  if (!g_atomic_ref_count_dec (&store->ref_count))
    return;
  for (guint32 i = 0; i < store->n_models; i++)
    if (store->models[i].state_type != NULL)
      g_object_unref (store->models[i].state_type);
  migdesc_arena_free (store->arena);
  migdesc_blocks_free (store->blocks);
  g_clear_pointer (&store->base, migdesc_store_unref);
  g_clear_pointer (&store->text, g_bytes_unref);
  g_free (store);
}

void
migdesc_store_release (gpointer store)
{
  migdesc_store_unref (store);
}

gsize
migdesc_store_size (const MigdescStore *store)
{
  return sizeof *store + migdesc_arena_size (store->arena) + migdesc_blocks_size (store->blocks)
         + (store->base != NULL ? migdesc_store_size (store->base) : 0)
         + (store->text != NULL ? g_bytes_get_size (store->text) : 0);
}

static guint32
find (const MigdescIndex *index,
      const char *name,
      gsize length)
{
  guint position;

  return migdesc_index_lookup (index, name, length, &position) ? position : MIGDESC_NOT_FOUND;
}

const MigdescModelCore *
migdesc_store_find_model (const MigdescStore *store,
                          const char *name,
                          gsize length)
{
  guint32 position = find (&store->model_index, name, length);

  return position == MIGDESC_NOT_FOUND ? NULL : &store->models[position];
}

guint32
migdesc_model_core_find_param (const MigdescModelCore *model,
                               const char *name,
                               gsize length)
{
  return find (&model->param_index, name, length);
}

guint32
migdesc_model_core_find_version (const MigdescModelCore *model,
                                 const char *name,
                                 gsize length)
{
  return find (&model->version_index, name, length);
}

void
migdesc_param_core_accepted (const MigdescParamCore *param,
                             MigdescArena *arena,
                             MigdescSet *result)
{
  if (param->has_off)
    migdesc_set_add_value (&param->allowed, param->off, arena, result);
  else
    migdesc_set_copy (&param->allowed, arena, result);
}
