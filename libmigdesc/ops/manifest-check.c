/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <migdesc/migdesc-manifest-check.h>

#include <migdesc/migdesc-check.h>
#include <migdesc/migdesc-transforms.h>

#include "model/codes.h"
#include "model/handles.h"
#include "ops/check.h"
#include "ops/state-schemas.h"
#include "state/schema/resolve.h"
#include "state/stream/manifest-private.h"

/* A state on its way to a destination of which nothing is known but its descriptor. */

static void
say_versions_apart (MigdescAnswer *answer,
                    const MigdescManifestDevice *device,
                    MigdescStateType *type)
{
  g_autofree char *message = g_strdup_printf (
      "state version %u in the stream, %u to %u at %s", device->state,
      migdesc_state_type_get_minimum_version (type), migdesc_state_type_get_version (type),
      answer->voice->here);

  migdesc_state_schemas_take (answer, MIGDESC_CODE_STATE_VERSIONS_APART,
                              MIGDESC_SEVERITY_BLOCKER, message);
}

static void
say_undecided (MigdescAnswer *answer)
{
  migdesc_state_schemas_take (answer, MIGDESC_CODE_STATE_SCHEMA_UNUSABLE,
                              MIGDESC_SEVERITY_WARNING,
                              "the stream names no schema for this state, so that only the device "
                              "can tell whether it can be loaded");
  migdesc_answer_note_undecided (answer);
}

/* Digests are hexadecimal: nothing to escape. */
static void
say_other_schema (MigdescAnswer *answer,
                  const MigdescManifestDevice *device,
                  MigdescStateType *effective)
{
  g_autofree char *message = g_strdup_printf (
      "the state has schema %.15s.., that of state version %u at %s is %.15s..", device->digest,
      device->state, answer->voice->here, migdesc_state_type_get_digest (effective));

  migdesc_state_schemas_take (answer, migdesc_error_get_nick (MIGDESC_ERROR_STATE_SCHEMA),
                              MIGDESC_SEVERITY_BLOCKER, message);
}

static void
check_schema (MigdescAnswer *answer,
              const MigdescManifestDevice *device,
              MigdescStateType *type,
              MigdescStateType *schema)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MigdescStateType) effective
      = migdesc_state_type_new_effective (type, device->state, device->params, &error);

  if (effective == NULL)
    {
      migdesc_state_schemas_take (answer, migdesc_error_get_nick ((MigdescError) error->code),
                                  MIGDESC_SEVERITY_BLOCKER, error->message);
      return;
    }
  if (g_strcmp0 (migdesc_state_type_get_digest (effective), device->digest) == 0)
    return;
  say_other_schema (answer, device, effective);
  if (schema != NULL)
    migdesc_state_schemas_resolve (answer, schema, effective, device->state);
}

/* A version that the table does not have, and the type's transforms do. */
static void
check_old (MigdescAnswer *answer,
           const MigdescManifestDevice *device,
           MigdescStateType *type,
           MigdescStateType *schema)
{
  MigdescTransforms *transforms = migdesc_state_type_get_transforms (type);
  MigdescStateType *kept
      = migdesc_transforms_find_schema (transforms, device->state, device->digest);
  g_autofree char *message = NULL;

  if (kept == NULL)
    {
      message = g_strdup_printf ("the state has schema %.15s.., which is none of those that %s "
                                 "keeps of state version %u",
                                 device->digest, answer->voice->here, device->state);
      migdesc_state_schemas_take (answer, migdesc_error_get_nick (MIGDESC_ERROR_STATE_SCHEMA),
                                  MIGDESC_SEVERITY_BLOCKER, message);
    }
  if (kept != NULL || schema != NULL)
    migdesc_state_schemas_resolve (answer, kept != NULL ? kept : schema, type, device->state);
}

static gboolean
has_version (MigdescStateType *type,
             guint version)
{
  return version >= migdesc_state_type_get_minimum_version (type)
         && version <= migdesc_state_type_get_version (type);
}

static void
check_state (MigdescAnswer *answer,
             const MigdescManifestDevice *device,
             MigdescStateType *schema)
{
  MigdescStateType *type
      = migdesc_state_schemas_read (answer, answer->model, answer->voice->here);

  if (type == NULL)
    return;
  if (!migdesc_state_resolve_can_read (type, device->state))
    say_versions_apart (answer, device, type);
  else if (device->digest == NULL)
    say_undecided (answer);
  else if (!has_version (type, device->state))
    check_old (answer, device, type, schema);
  else
    check_schema (answer, device, type, schema);
}

/**
 * migdesc_manifest_check:
 * @manifest: a manifest
 * @device: the position of a device in it, below migdesc_manifest_get_n_devices()
 * @destination: the descriptor of a host
 * @schema: (nullable): the effective schema of the device's state, as a stream may embed it, or
 *     %NULL; with it, the findings name the fields that differ
 * @error: return location for a #GError
 *
 * Checks whether a host can load the state of a device, before anything is loaded: whether it can
 * take the device's configuration, as migdesc_descriptor_check() says, and, where the host's model
 * publishes its state schema, whether it has the state's version and the same schema for it, by its
 * table or by transforms.
 *
 * Fails with %MIGDESC_ERROR_LIST_MODEL_NEEDED when the manifest does not name the device's model,
 * and the host has several.
 *
 * Returns: (transfer full): the report, or %NULL on error
 *
 * Since: 1.0
 */
MigdescReport *
migdesc_manifest_check (MigdescManifest *manifest,
                        guint device,
                        MigdescDescriptor *destination,
                        MigdescStateType *schema,
                        GError **error)
{
  const MigdescManifestDevice *entry;
  const MigdescModelCore *model;
  const MigdescName *name;
  MigdescReport *report;
  MigdescStore *store;
  MigdescAnswer answer;
  MigdescName own;

  g_return_val_if_fail (manifest != NULL, NULL);
  g_return_val_if_fail (device < migdesc_manifest_get_n_devices (manifest), NULL);
  g_return_val_if_fail (MIGDESC_IS_DESCRIPTOR (destination), NULL);
  g_return_val_if_fail (schema == NULL || MIGDESC_IS_STATE_TYPE (schema), NULL);

  entry = migdesc_manifest_peek_device (manifest, device);
  report = migdesc_descriptor_check (destination, entry->params, NULL, NULL, error);
  if (report == NULL)
    return NULL;
  store = migdesc_descriptor_get_store (destination);
  name = migdesc_check_find_name (store, entry->params, &own, NULL);
  model = migdesc_store_find_model (store, name->text, name->length);
  if (model == NULL || model->state == NULL)
    return report;
  migdesc_answer_init (&answer, store, model, name->text, &migdesc_voice_check,
                       report);
  check_state (&answer, entry, schema);
  return report;
}
