/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "nic-model.h"
#include "nic.h"

/* The schemas of older versions are those that their programs printed, and never change. */
static gboolean
add_schema (MigdescTransforms *changes, guint version, GError **error)
{
  g_autofree char *path = g_strdup_printf ("/org/example/nic/state-%u.json", version);
  g_autoptr (GBytes) text = g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, error);
  g_autoptr (MigdescStateType) schema = NULL;

  if (text == NULL)
    return FALSE;
  schema = migdesc_state_type_new_from_json (g_bytes_get_data (text, NULL),
                                             (gssize) g_bytes_get_size (text), NULL, error);
  if (schema == NULL)
    return FALSE;
  migdesc_transforms_add_schema (changes, schema);
  return TRUE;
}

static MigdescStateType *
new_type (GError **error)
{
  g_autoptr (MigdescStateType) newest = migdesc_state_type_new (&nic, error);
  g_autoptr (MigdescTransforms) changes = migdesc_transforms_new ();

  if (newest == NULL)
    return NULL;
  for (guint version = 1; version < NIC_VERSION; version++)
    if (!add_schema (changes, version, error))
      return NULL;
  nic_add_changes (changes);
  return migdesc_state_type_new_with_transforms (newest, changes);
}

/* What newer programs keep of this version. */
char *
nic_model_dup_schema (GError **error)
{
  g_autoptr (MigdescStateType) newest = migdesc_state_type_new (&nic, error);

  return newest == NULL ? NULL : migdesc_state_type_to_json (newest, FALSE);
}

/* With all that is known of older versions, so that who compares descriptors knows beforehand which
 * states can go from one program to another. */
MigdescBackend *
nic_model_new_backend (GError **error)
{
  g_autoptr (MigdescStateType) type = new_type (error);

  return type == NULL ? NULL : migdesc_backend_new (&nic_model, type, error);
}
