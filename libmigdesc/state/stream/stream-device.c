/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "state/stream/stream-device.h"

#include <migdesc/migdesc-error.h>

#include "base/quote.h"
#include "model/param-list-private.h"
#include "state/stream/manifest-private.h"

/* What writers and readers know of a device. */

void
migdesc_stream_device_forget_version (MigdescStreamDevice *device)
{
  device->version = 0;
  g_clear_pointer (&device->plan, migdesc_state_plan_unref);
  g_clear_pointer (&device->digest, g_free);
  g_clear_object (&device->effective);
  g_clear_pointer (&device->old, migdesc_state_unref);
}

static void
free_device (gpointer data)
{
  MigdescStreamDevice *device = data;

  migdesc_stream_device_forget_version (device);
  if (device->destroy != NULL)
    device->destroy (device->user_data);
  g_clear_object (&device->type);
  g_clear_pointer (&device->state, migdesc_state_unref);
  migdesc_param_list_unref (device->params);
  g_free (device->id);
  g_free (device);
}

GPtrArray *
migdesc_stream_devices_new (void)
{
  return g_ptr_array_new_with_free_func (free_device);
}

MigdescStreamDevice *
migdesc_stream_devices_find (GPtrArray *devices,
                             const char *id)
{
  for (guint i = 0; i < devices->len; i++)
    {
      MigdescStreamDevice *device = g_ptr_array_index (devices, i);

      if (strcmp (device->id, id) == 0)
        return device;
    }
  return NULL;
}

MigdescStreamDevice *
migdesc_stream_device_append (GPtrArray *devices,
                              const char *id,
                              MigdescParamList *params)
{
  MigdescStreamDevice *device = g_new0 (MigdescStreamDevice, 1);

  device->id = g_strdup (id);
  device->params = params == NULL ? migdesc_param_list_new_from_pairs (NULL, 0, NULL, 0, NULL, 0)
                                  : migdesc_param_list_ref (params);
  g_ptr_array_add (devices, device);
  return device;
}

MigdescStreamDevice *
migdesc_stream_device_add (GPtrArray *devices,
                           const char *id,
                           MigdescParamList *params,
                           GError **error)
{
  const char *problem = migdesc_manifest_id_problem (id, strlen (id));

  if (problem == NULL && migdesc_stream_devices_find (devices, id) != NULL)
    problem = "another device has it";
  if (problem == NULL && devices->len == MIGDESC_MANIFEST_MAX_DEVICES)
    problem = "there are as many devices as a stream can have";
  if (problem != NULL)
    {
      g_autofree char *quoted = migdesc_quote (id, -1);

      g_set_error (error, MIGDESC_ERROR, MIGDESC_ERROR_STATE_CONFIG,
                   "\"%s\" cannot be the id of a device: %s", quoted, problem);
      return NULL;
    }
  return migdesc_stream_device_append (devices, id, params);
}

gboolean
migdesc_stream_device_prefix (const char *id,
                              GError **error)
{
  g_autofree char *quoted = migdesc_quote (id, -1);

  g_prefix_error (error, "%s: ", quoted);
  return FALSE;
}

static gboolean
check_range (const MigdescStreamDevice *device,
             guint version,
             GError **error)
{
  if (version > device->newest)
    g_set_error (error, MIGDESC_ERROR, MIGDESC_ERROR_STATE_TOO_NEW,
                 "state version %u, the newest known is %u", version, device->newest);
  else if (version < device->minimum)
    g_set_error (error, MIGDESC_ERROR, MIGDESC_ERROR_STATE_TOO_OLD,
                 "state version %u, the oldest known is %u", version, device->minimum);
  return version >= device->minimum && version <= device->newest;
}

gboolean
migdesc_stream_device_set_version (MigdescStreamDevice *device,
                                   guint version,
                                   GError **error)
{
  if (device->version == version && device->old == NULL)
    return TRUE;
  migdesc_stream_device_forget_version (device);
  if (device->type == NULL && !check_range (device, version, error))
    return FALSE;
  if (device->type != NULL)
    {
      device->plan = migdesc_state_type_get_plan (device->type, version, device->params, error);
      if (device->plan == NULL)
        return FALSE;
      device->effective
          = migdesc_state_type_new_effective (device->type, version, device->params, error);
      if (device->effective == NULL)
        return FALSE;
      device->digest = g_strdup (migdesc_state_type_get_digest (device->effective));
    }
  device->version = version;
  return TRUE;
}

gboolean
migdesc_stream_device_visit (const MigdescStreamDevice *device,
                             MigdescVisitor *visitor,
                             GError **error)
{
  GError *taken = NULL;

  if (device->visit (visitor, device->data, device->user_data, &taken))
    {
      /* An error that the function did not look at is one all the same. */
      g_clear_error (&taken);
      if (visitor->priv->error != NULL)
        return migdesc_visitor_fail_again (visitor, error);
      if (visitor->priv->depth == 0)
        return TRUE;
      return migdesc_visitor_fail (visitor, error, MIGDESC_ERROR_STATE_FORMAT, "",
                                   "the visit function began this, and did not end it");
    }
  if (taken == NULL)
    taken = visitor->priv->error != NULL
                ? g_error_copy (visitor->priv->error)
                : g_error_new_literal (MIGDESC_ERROR, MIGDESC_ERROR_STATE_CHECK,
                                       "the visit function failed and did not say why");
  g_propagate_error (error, taken);
  return FALSE;
}

/* Nullable texts, quoted for a message. */
static gboolean
fail_mismatch (const char *what,
               const char *name,
               const char *theirs,
               const char *ours,
               GError **error)
{
  g_autofree char *quoted_name = migdesc_quote (name, -1);
  g_autofree char *stream = theirs == NULL ? NULL : migdesc_quote (theirs, -1);
  g_autofree char *here = ours == NULL ? NULL : migdesc_quote (ours, -1);

  g_set_error (error, MIGDESC_ERROR, MIGDESC_ERROR_STATE_CONFIG_MISMATCH,
               "%s%s%s is %s in the stream, and %s here", what, name[0] == '\0' ? "" : " ",
               quoted_name, stream == NULL ? "missing" : stream, here == NULL ? "missing" : here);
  return FALSE;
}

gboolean
migdesc_stream_device_check_params (const MigdescStreamDevice *device,
                                    const MigdescParamList *params,
                                    GError **error)
{
  const MigdescParamList *ours = device->params;

  if (g_strcmp0 (params->model, ours->model) != 0)
    return fail_mismatch ("the model", "", params->model, ours->model, error);
  if (g_strcmp0 (params->version, ours->version) != 0)
    return fail_mismatch ("the version of the model", "", params->version, ours->version, error);
  for (guint i = 0; i < params->n_pairs; i++)
    {
      const MigdescPair *pair = &params->pairs[i];
      const char *value = migdesc_param_list_lookup (ours, pair->name);

      if (g_strcmp0 (value, pair->value) != 0)
        return fail_mismatch ("the parameter", pair->name, pair->value, value, error);
    }
  for (guint i = 0; i < ours->n_pairs; i++)
    if (migdesc_param_list_lookup (params, ours->pairs[i].name) == NULL)
      return fail_mismatch ("the parameter", ours->pairs[i].name, NULL, ours->pairs[i].value,
                            error);
  return TRUE;
}
