/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "state/stream/stream-old.h"

#include "state/transform/bind.h"
#include "state/tree/state-private.h"

static gboolean
set_old (MigdescStreamDevice *device,
         MigdescStateType *schema,
         GError **error)
{
  const MigdescTree *tree;

  migdesc_stream_device_forget_version (device);
  device->old = migdesc_state_new_fresh (schema, error);
  if (device->old == NULL)
    return FALSE;
  tree = migdesc_state_get_tree (device->old);
  device->plan = migdesc_state_plan_ref (tree->plan);
  device->version = tree->plan->version;
  device->digest = g_strdup (migdesc_state_type_get_digest (schema));
  return TRUE;
}

/* A new one for each stream: somebody may have the last. That a field is lacking which is required
 * the plan of the type knows alone. */
static gboolean
set_tree (MigdescStreamDevice *device,
          GError **error)
{
  g_clear_pointer (&device->state, migdesc_state_unref);
  if (!device->prefers_tree || device->plan->lacking != NULL
      || device->version != migdesc_state_type_get_version (device->type))
    return TRUE;
  device->state = migdesc_state_new_fresh (device->effective, error);
  if (device->state == NULL)
    return FALSE;
  g_clear_pointer (&device->plan, migdesc_state_plan_unref);
  device->plan = migdesc_state_plan_ref (migdesc_state_get_tree (device->state)->plan);
  return TRUE;
}

gboolean
migdesc_stream_device_take_version (MigdescStreamDevice *device,
                                    const MigdescManifestDevice *entry,
                                    GError **error)
{
  MigdescStateType *schema = NULL;

  if (device->type != NULL
      && !migdesc_state_type_find_old (device->type, entry->state, entry->digest, &schema, error))
    return FALSE;
  if (schema != NULL)
    return set_old (device, schema, error);
  return migdesc_stream_device_set_version (device, entry->state, error)
         && (device->type == NULL || set_tree (device, error));
}

void
migdesc_stream_device_begin_walk (const MigdescStreamDevice *device,
                                  MigdescWalk *walk,
                                  MigdescVisitor *visitor)
{
  MigdescState *state = device->old != NULL ? device->old : device->state;

  migdesc_walk_clear (walk);
  if (state != NULL)
    migdesc_walk_init_tree (walk, visitor, migdesc_state_get_tree (state));
  else
    migdesc_walk_init (walk, device->plan, visitor, device->data);
}

gboolean
migdesc_stream_device_finish (MigdescStreamDevice *device,
                              GError **error)
{
  return device->old == NULL
         || migdesc_state_type_load_old (device->type, device->params, device->old, device->data,
                                         error);
}

gboolean
migdesc_state_type_is_old (MigdescStateType *type,
                           guint version)
{
  return (version < migdesc_state_type_get_minimum_version (type)
          || version > migdesc_state_type_get_version (type))
         && migdesc_state_type_can_save (type, version, NULL);
}
