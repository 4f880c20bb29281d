/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "nic-model.h"
#include "nic-error.h"
#include "nic.h"

/* Cards of version 1 have no MTU but the standard one. Another would be lost, and the guest find
 * its frames dropped, so that such a card cannot become one of version 1. */
static GVariant *
drop_mtu (GVariant *state, gpointer user_data, GError **error)
{
  g_auto (GVariantDict) members = G_VARIANT_DICT_INIT (state);
  guint16 mtu = 0;

  g_variant_dict_lookup (&members, "mtu", "q", &mtu);
  if (mtu != 1500)
    {
      g_set_error (error, NIC_ERROR, NIC_ERROR_REFUSED,
                   "mtu is %u, and cards of version 1 have 1500 only", mtu);
      return NULL;
    }
  g_variant_dict_remove (&members, "mtu");
  return g_variant_dict_end (&members);
}

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

MigdescStateType *
nic_model_new_type (GError **error)
{
  g_autoptr (MigdescStateType) newest = migdesc_state_type_new (&nic, error);
  g_autoptr (MigdescTransforms) changes = migdesc_transforms_new ();

  if (newest == NULL)
    return NULL;
  for (guint version = 1; version < NIC_VERSION; version++)
    if (!add_schema (changes, version, error))
      return NULL;
  nic_add_changes (changes, drop_mtu);
  return migdesc_state_type_new_with_transforms (newest, changes);
}

/* What newer programs keep of this version. */
char *
nic_model_dup_schema (GError **error)
{
  g_autoptr (MigdescStateType) newest = migdesc_state_type_new (&nic, error);

  return newest == NULL ? NULL : migdesc_state_type_to_json (newest, FALSE);
}

/* Its schema is not published with the descriptor: whether drop_mtu() takes a state cannot be known
 * beforehand, so that who compares schemas could say no more of version 1 than perhaps. */
MigdescBackend *
nic_model_new_backend (GError **error)
{
  return migdesc_backend_new (&nic_model, NULL, error);
}
