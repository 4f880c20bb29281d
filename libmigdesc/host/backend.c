/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "host/backend-private.h"

#include <migdesc/migdesc-error.h>

#include "base/quote.h"
#include "host/backend-state.h"
#include "host/model-rows.h"
#include "host/model-table.h"
#include "state/transform/bind.h"

/**
 * MigdescBackend:
 *
 * The migration interface of a device's program.
 *
 * Since: 1.0
 */

G_DEFINE_FINAL_TYPE (MigdescBackend, migdesc_backend, G_TYPE_OBJECT)

static void
migdesc_backend_init (MigdescBackend *backend)
{
  backend->limit = MIGDESC_NO_VERSION_LIMIT;
  migdesc_option_store_init (&backend->options);
}

static void
migdesc_backend_finalize (GObject *object)
{
  MigdescBackend *backend = MIGDESC_BACKEND (object);

  migdesc_backend_forget_config (backend);
  migdesc_option_store_clear (&backend->options);
  g_clear_object (&backend->whole);
  g_clear_object (&backend->whole_type);
  g_clear_object (&backend->descriptor);
  g_clear_object (&backend->model);
  g_clear_object (&backend->type);
  g_free (backend->model_name);
  g_free (backend->backend_type);
  g_strfreev (backend->features);
  G_OBJECT_CLASS (migdesc_backend_parent_class)->finalize (object);
}

static void
migdesc_backend_class_init (MigdescBackendClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = migdesc_backend_finalize;
}

/* Takes the descriptor and the type, nullable. */
static void
take_descriptor (MigdescBackend *backend,
                 MigdescDescriptor *descriptor,
                 MigdescStateType *type)
{
  migdesc_backend_forget_config (backend);
  g_clear_object (&backend->descriptor);
  g_clear_object (&backend->model);
  g_clear_object (&backend->type);
  backend->descriptor = descriptor;
  backend->model = migdesc_descriptor_lookup_model (descriptor, backend->model_name);
  backend->type = type;
}

/**
 * migdesc_backend_new: (skip)
 * @table: what the program declares, made by %MIGDESC_MODEL_TABLE; it has to outlive the backend
 * @type: (nullable): the type of the state, if it is more than the table that @table names: with
 *   transforms, say
 * @error: return location for a #GError
 *
 * Makes a backend of a declaration.
 *
 * Fails with the code of the first mistake in the declaration, or %MIGDESC_ERROR_INVALID_ARGUMENT
 * for what only a table can have wrong; the message has all of them. Such a failure is a mistake of
 * the program, which a test finds that makes the backend once.
 *
 * Returns: (transfer full): a new backend, or %NULL on error
 *
 * Since: 1.0
 */
MigdescBackend *
migdesc_backend_new (const MigdescModelTable *table,
                     MigdescStateType *type,
                     GError **error)
{
  g_autoptr (MigdescBackend) backend = NULL;
  g_autoptr (MigdescStateType) state = NULL;
  MigdescDescriptor *descriptor;

  g_return_val_if_fail (table != NULL, NULL);
  g_return_val_if_fail (type == NULL || MIGDESC_IS_STATE_TYPE (type), NULL);

  if (!migdesc_model_table_check_size (table, error))
    return NULL;
  if (type != NULL)
    state = g_object_ref (type);
  else if (table->state != NULL)
    state = migdesc_state_type_new (table->state, error);
  if (state == NULL && table->state != NULL)
    return NULL;
  descriptor = migdesc_model_table_build (table, MIGDESC_NO_VERSION_LIMIT, state, error);
  if (descriptor == NULL)
    return NULL;
  backend = g_object_new (MIGDESC_TYPE_BACKEND, NULL);
  backend->table = table;
  backend->model_name = g_strdup (table->name);
  backend->whole_type = state == NULL ? NULL : g_object_ref (state);
  migdesc_backend_set_capabilities (backend, table->backend_type, table->features);
  take_descriptor (backend, descriptor, g_steal_pointer (&state));
  return g_steal_pointer (&backend);
}

/* The model that is meant, or NULL and an error. */
static MigdescModel *
find_model (MigdescDescriptor *descriptor,
            const char *model,
            GError **error)
{
  MigdescModel *found;
  g_autofree char *shown = NULL;

  if (model == NULL && migdesc_descriptor_get_n_models (descriptor) == 1)
    return migdesc_descriptor_get_model (descriptor, 0);
  if (model == NULL)
    {
      g_set_error_literal (error, MIGDESC_ERROR, MIGDESC_ERROR_NOT_UNIQUE,
                           "the descriptor has several models: one has to be named");
      return NULL;
    }
  found = migdesc_descriptor_lookup_model (descriptor, model);
  if (found != NULL)
    return found;
  shown = migdesc_quote (model, -1);
  g_set_error (error, MIGDESC_ERROR, MIGDESC_ERROR_MODEL_NOT_FOUND,
               "the descriptor has no model \"%s\"", shown);
  return NULL;
}

/* The given type, or one of the schema that the descriptor has: nullable, for a descriptor may have
 * one that is of no use here. */
static MigdescStateType *
find_type (MigdescModel *model,
           MigdescStateType *type)
{
  g_autofree char *schema = NULL;

  if (type != NULL)
    return g_object_ref (type);
  schema = migdesc_model_dup_state_schema (model);
  return schema == NULL ? NULL : migdesc_state_type_new_from_json (schema, -1, NULL, NULL);
}

/**
 * migdesc_backend_new_from_descriptor:
 * @descriptor: a descriptor
 * @model: (nullable): the name of the model that the program is, %NULL if there is one only
 * @type: (nullable): the type of the state; its schema becomes part of the descriptor. Without one
 *   the schema that the descriptor has is used, if any
 * @error: return location for a #GError
 *
 * Makes a backend of a descriptor, which a #MigdescDescriptorBuilder has made, or a #MigdescReader.
 *
 * Fails with %MIGDESC_ERROR_NOT_UNIQUE or %MIGDESC_ERROR_MODEL_NOT_FOUND.
 *
 * Returns: (transfer full): a new backend, or %NULL on error
 *
 * Since: 1.0
 */
MigdescBackend *
migdesc_backend_new_from_descriptor (MigdescDescriptor *descriptor,
                                     const char *model,
                                     MigdescStateType *type,
                                     GError **error)
{
  g_autoptr (MigdescBackend) backend = NULL;
  g_autoptr (MigdescModel) found = NULL;
  MigdescDescriptor *own;

  g_return_val_if_fail (MIGDESC_IS_DESCRIPTOR (descriptor), NULL);
  g_return_val_if_fail (type == NULL || MIGDESC_IS_STATE_TYPE (type), NULL);

  found = find_model (descriptor, model, error);
  if (found == NULL)
    return NULL;
  own = migdesc_backend_limit_descriptor (descriptor, migdesc_model_get_name (found), NULL, type,
                                          error);
  if (own == NULL)
    return NULL;
  backend = g_object_new (MIGDESC_TYPE_BACKEND, NULL);
  backend->whole = g_object_ref (own);
  backend->model_name = g_strdup (migdesc_model_get_name (found));
  backend->whole_type = find_type (found, type);
  take_descriptor (backend, own,
                   backend->whole_type == NULL ? NULL : g_object_ref (backend->whole_type));
  return g_steal_pointer (&backend);
}

/* The state type as the limited program had it. FALSE: an error. */
static gboolean
limit_type (MigdescBackend *backend,
            guint state_version,
            MigdescStateType **type,
            GError **error)
{
  *type = NULL;
  if (backend->whole_type == NULL)
    return TRUE;
  if (state_version == 0)
    *type = g_object_ref (backend->whole_type);
  else
    *type = migdesc_state_type_new_limited (backend->whole_type, state_version, error);
  return *type != NULL;
}

static gboolean
limit_table (MigdescBackend *backend,
             const char *version,
             GError **error)
{
  const MigdescModelTable *table = backend->table;
  guint limit = version == NULL ? MIGDESC_NO_VERSION_LIMIT
                                : migdesc_model_table_find_version (table, version);
  g_autoptr (MigdescStateType) type = NULL;
  MigdescDescriptor *descriptor;

  if (version != NULL && limit == MIGDESC_NO_VERSION_LIMIT)
    {
      g_autofree char *shown = migdesc_quote (version, -1);

      g_set_error (error, MIGDESC_ERROR, MIGDESC_ERROR_INVALID_ARGUMENT,
                   "\"%s\" is no version of %s", shown, table->name);
      return FALSE;
    }
  if (!limit_type (backend, version == NULL ? 0 : table->versions[limit].state_version, &type,
                   error))
    return FALSE;
  descriptor = migdesc_model_table_build (table, limit, type, error);
  if (descriptor == NULL)
    return FALSE;
  backend->limit = limit;
  take_descriptor (backend, descriptor, g_steal_pointer (&type));
  return TRUE;
}

static gboolean
limit_descriptor (MigdescBackend *backend,
                  const char *version,
                  GError **error)
{
  g_autoptr (MigdescModel) model
      = migdesc_descriptor_lookup_model (backend->whole, backend->model_name);
  g_autoptr (MigdescStateType) type = NULL;
  MigdescDescriptor *descriptor;

  if (!limit_type (backend,
                   version == NULL ? 0 : migdesc_backend_get_version_state (model, version), &type,
                   error))
    return FALSE;
  descriptor = migdesc_backend_limit_descriptor (backend->whole, backend->model_name, version, type,
                                                 error);
  if (descriptor == NULL)
    return FALSE;
  take_descriptor (backend, descriptor, g_steal_pointer (&type));
  return TRUE;
}

/**
 * migdesc_backend_set_version_limit:
 * @backend: a backend
 * @version: (nullable): the name of a version, or %NULL for no limit
 * @error: return location for a #GError
 *
 * Makes the backend one of an older program, which knew no version after @version: it publishes the
 * parameters and the state of that time, takes no others, and refuses newer states. So one source
 * makes several programs with which to test that old and new exchange their state. A fresh device
 * is one of @version.
 *
 * What was configured before is forgotten.
 *
 * Fails with %MIGDESC_ERROR_INVALID_ARGUMENT when there is no such version, and as
 * migdesc_backend_new() when what is left is not right by itself.
 *
 * Returns: %FALSE on error; the backend is as it was then
 *
 * Since: 1.0
 */
gboolean
migdesc_backend_set_version_limit (MigdescBackend *backend,
                                   const char *version,
                                   GError **error)
{
  g_return_val_if_fail (MIGDESC_IS_BACKEND (backend), FALSE);
  g_return_val_if_fail (backend->descriptor != NULL, FALSE);

  return backend->table != NULL ? limit_table (backend, version, error)
                                : limit_descriptor (backend, version, error);
}

/**
 * migdesc_backend_set_incoming:
 * @backend: a backend
 * @incoming: whether the device is to be loaded
 *
 * Says that the device is set up to load a state. It then need not be of a version that may be
 * created, but of one that may be loaded. To be called before the options are looked at.
 *
 * Since: 1.0
 */
void
migdesc_backend_set_incoming (MigdescBackend *backend,
                              gboolean incoming)
{
  g_return_if_fail (MIGDESC_IS_BACKEND (backend));

  backend->incoming = incoming != FALSE;
}

/**
 * migdesc_backend_set_capabilities:
 * @backend: a backend
 * @type: (nullable): the kind of device, such as `net`; %NULL: there is no `--print-capabilities`
 * @features: (nullable) (array zero-terminated=1): the features that the kind of device can have
 *
 * Sets what `--print-capabilities` prints: a JSON object with `type` and `features`, as QEMU's
 * convention for vhost-user backends wants it.
 *
 * Since: 1.0
 */
void
migdesc_backend_set_capabilities (MigdescBackend *backend,
                                  const char *type,
                                  const char *const *features)
{
  char **copy = g_strdupv ((char **) features);

  g_return_if_fail (MIGDESC_IS_BACKEND (backend));

  g_free (backend->backend_type);
  backend->backend_type = g_strdup (type);
  g_strfreev (backend->features);
  backend->features = copy;
}

/**
 * migdesc_backend_get_descriptor:
 * @backend: a backend
 *
 * Gets what the program publishes, the schema of its state included.
 *
 * Returns: (transfer none): the descriptor
 *
 * Since: 1.0
 */
MigdescDescriptor *
migdesc_backend_get_descriptor (MigdescBackend *backend)
{
  g_return_val_if_fail (MIGDESC_IS_BACKEND (backend), NULL);

  return backend->descriptor;
}

/**
 * migdesc_backend_get_model:
 * @backend: a backend
 *
 * Gets the model that the program is.
 *
 * Returns: (transfer none): the model
 *
 * Since: 1.0
 */
MigdescModel *
migdesc_backend_get_model (MigdescBackend *backend)
{
  g_return_val_if_fail (MIGDESC_IS_BACKEND (backend), NULL);

  return backend->model;
}

/**
 * migdesc_backend_get_state_type:
 * @backend: a backend
 *
 * Gets the type of the device's state, which ends with the version that the backend is limited to.
 *
 * Returns: (transfer none) (nullable): the type, or %NULL if none was declared
 *
 * Since: 1.0
 */
MigdescStateType *
migdesc_backend_get_state_type (MigdescBackend *backend)
{
  g_return_val_if_fail (MIGDESC_IS_BACKEND (backend), NULL);

  return backend->type;
}
