/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <string.h>

#include <migdesc/migdesc-error.h>
#include <migdesc/migdesc-expand.h>
#include <migdesc/migdesc-writer.h>

#include "base/quote.h"
#include "host/backend-private.h"
#include "host/backend-state.h"
#include "host/mistakes.h"
#include "host/model-rows.h"
#include "model/param-list-private.h"
#include "model/report-private.h"
#include "ops/expand.h"

/* From what the options said to a configuration. */

void
migdesc_backend_forget_config (MigdescBackend *backend)
{
  backend->is_refused = FALSE;
  g_clear_pointer (&backend->start, g_free);
  g_clear_pointer (&backend->config, migdesc_config_unref);
  g_clear_pointer (&backend->params, migdesc_param_list_unref);
}

static gboolean
check_pair (GPtrArray *mistakes,
            const MigdescOptionValue *value,
            GHashTable *seen)
{
  const MigdescOptionValue *before = g_hash_table_lookup (seen, value->name);
  g_autofree char *prefix = g_strconcat (value->option, ": ", NULL);
  g_autofree char *shown = migdesc_quote (value->name, -1);
  GError *error = NULL;

  if (!migdesc_list_check_name (value->name, strlen (value->name), &error)
      || !migdesc_list_check_value (value->value, strlen (value->value), &error))
    {
      /* an option that has the name in it may be anything too */
      migdesc_mistakes_take (mistakes, g_str_has_prefix (prefix, "--m-") ? "--m-NAME: " : prefix,
                             error);
      return FALSE;
    }
  if (before == NULL)
    {
      g_hash_table_insert (seen, value->name, (gpointer) value);
      return TRUE;
    }
  if (strcmp (before->option, value->option) == 0)
    migdesc_mistakes_add (mistakes, "%s%s is given twice", prefix, shown);
  else
    migdesc_mistakes_add (mistakes, "%s%s is given by %s already", prefix, shown, before->option);
  return FALSE;
}

/* A text that cannot be a name at all is a mistake by itself; NULL then. */
static const char *
check_text (GPtrArray *mistakes,
            const char *option,
            const char *text,
            gboolean (*check) (const char *text, gsize length, GError **error))
{
  g_autofree char *prefix = g_strconcat (option, ": ", NULL);
  GError *error = NULL;

  if (text == NULL || check (text, strlen (text), &error))
    return text;
  migdesc_mistakes_take (mistakes, prefix, error);
  return NULL;
}

/* What can be asked about: the rest is reported. */
static MigdescParamList *
make_list (const MigdescOptionStore *store,
           const char *model,
           const char *version)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GArray) pairs = g_array_new (FALSE, FALSE, sizeof (MigdescPair));

  for (guint i = 0; i < store->values->len; i++)
    {
      const MigdescOptionValue *value = g_ptr_array_index (store->values, i);
      const MigdescPair pair = { value->name, value->value, (guint32) strlen (value->name),
                                 (guint32) strlen (value->value) };

      if (check_pair (store->mistakes, value, seen))
        g_array_append_val (pairs, pair);
    }
  return migdesc_param_list_new_from_pairs (model, model == NULL ? 0 : strlen (model), version,
                                            version == NULL ? 0 : strlen (version),
                                            (const MigdescPair *) (gpointer) pairs->data,
                                            pairs->len);
}

/* The option that a finding is about. */
static const char *
find_option (const MigdescOptionStore *store,
             MigdescFinding *finding)
{
  const char *param = migdesc_finding_get_param (finding);
  const char *code = migdesc_finding_get_code (finding);

  for (guint i = 0; param != NULL && i < store->values->len; i++)
    {
      const MigdescOptionValue *value = g_ptr_array_index (store->values, i);

      if (strcmp (value->name, param) == 0)
        return value->option;
    }
  if (g_str_has_prefix (code, "version-"))
    return store->version == NULL ? NULL : "--migration-version";
  return g_str_has_prefix (code, "model-") ? "--migration-model" : NULL;
}

static void
take_report (MigdescOptionStore *store,
             MigdescReport *report)
{
  for (guint i = 0; i < migdesc_report_get_n_findings (report); i++)
    {
      g_autoptr (MigdescFinding) finding = migdesc_report_get_finding (report, i);
      const char *option = find_option (store, finding);
      const char *remedy = migdesc_finding_get_remedy (finding);

      if (migdesc_finding_get_severity (finding) == MIGDESC_SEVERITY_BLOCKER)
        migdesc_mistakes_add (store->mistakes, "%s%s%s%s%s", option != NULL ? option : "",
                              option != NULL ? ": " : "", migdesc_finding_get_message (finding),
                              remedy != NULL ? "; " : "", remedy != NULL ? remedy : "");
    }
}

/* Takes the configuration. */
static void
set_config (MigdescBackend *backend,
            const char *version,
            MigdescConfig *config)
{
  migdesc_backend_forget_config (backend);
  backend->start = g_strdup (version);
  backend->config = config;
  backend->params = migdesc_config_to_param_list (config);
}

/* A dialect that has no words for the model is no answer, and the program must not go on as if
 * nothing had been asked. */
static void
check_print (MigdescBackend *backend)
{
  MigdescOptionStore *store = &backend->options;
  gboolean is_v3 = store->print == MIGDESC_PRINT_V3;
  MigdescDialect dialect = is_v3 ? MIGDESC_DIALECT_V3 : MIGDESC_DIALECT_V4;
  g_autofree char *text = NULL;
  GError *error = NULL;

  if (!is_v3 && store->print != MIGDESC_PRINT_V4)
    return;
  text = migdesc_descriptor_convert (backend->descriptor, dialect, TRUE, NULL, &error);
  if (text != NULL)
    return;
  store->print = MIGDESC_PRINT_NOTHING;
  migdesc_mistakes_take (store->mistakes,
                         is_v3 ? "--print-migration-info-json=v3: "
                               : "--print-migration-info-json=v4: ",
                         error);
}

gboolean
migdesc_backend_apply_options (MigdescBackend *backend)
{
  MigdescOptionStore *store = &backend->options;
  const char *model = check_text (store->mistakes, "--migration-model", store->model,
                                  migdesc_list_check_model);
  const char *version = check_text (store->mistakes, "--migration-version", store->version,
                                    migdesc_list_check_version);
  g_autoptr (MigdescParamList) list = make_list (store, model, version);
  g_autoptr (MigdescReport) report = migdesc_report_new ();
  /* a test device is as one that was loaded: it need not be of a version that may be created */
  MigdescConfig *config
      = migdesc_expand (backend->model, version, list,
                        backend->incoming || store->test != MIGDESC_TEST_NOTHING, report);

  take_report (store, report);
  check_print (backend);
  migdesc_backend_forget_config (backend);
  if (config == NULL || store->mistakes->len > 0)
    {
      g_clear_pointer (&config, migdesc_config_unref);
      backend->is_refused = TRUE;
      return FALSE;
    }
  set_config (backend, version, config);
  return TRUE;
}

/**
 * migdesc_backend_configure:
 * @backend: a backend
 * @list: (nullable): the parameters, and maybe a version to start from; %NULL for a fresh device
 * @error: return location for a #GError
 *
 * Configures the device by a list instead of options: what it does not name is as the version that
 * it names has it, or, without one, at its init value.
 *
 * Fails with %MIGDESC_ERROR_REFUSED; the message has all that is wrong.
 *
 * Returns: %FALSE on error; the device is as it was then
 *
 * Since: 1.0
 */
gboolean
migdesc_backend_configure (MigdescBackend *backend,
                           const MigdescParamList *list,
                           GError **error)
{
  g_autoptr (MigdescReport) report = migdesc_report_new ();
  const char *version = list == NULL ? NULL : migdesc_param_list_get_version (list);
  MigdescOptionStore found = { 0 };
  MigdescConfig *config;
  gboolean done;

  g_return_val_if_fail (MIGDESC_IS_BACKEND (backend), FALSE);
  g_return_val_if_fail (backend->model != NULL, FALSE);

  config = migdesc_expand (backend->model, version, list, backend->incoming, report);
  if (config != NULL)
    {
      set_config (backend, version, config);
      return TRUE;
    }
  migdesc_option_store_init (&found);
  take_report (&found, report);
  done = migdesc_mistakes_check (found.mistakes, MIGDESC_ERROR_REFUSED, error);
  migdesc_option_store_clear (&found);
  return done;
}

/* A fresh device, where nobody has said anything. A model of versions alone has none. */
static MigdescConfig *
ensure_config (MigdescBackend *backend)
{
  if (backend->config == NULL && backend->model != NULL && !backend->is_refused)
    {
      const char *version = migdesc_model_is_version_only (backend->model) ? "latest" : NULL;
      MigdescConfig *config = migdesc_expand (backend->model, version, NULL, TRUE, NULL);

      if (config != NULL)
        set_config (backend, version, config);
    }
  return backend->config;
}

/**
 * migdesc_backend_get_config:
 * @backend: a backend
 *
 * Gets what the device is: what the options said, or a fresh device if none was looked at.
 *
 * Returns: (transfer none) (nullable): the configuration, which lives until the backend is
 *   configured again; %NULL if the options were refused
 *
 * Since: 1.0
 */
MigdescConfig *
migdesc_backend_get_config (MigdescBackend *backend)
{
  g_return_val_if_fail (MIGDESC_IS_BACKEND (backend), NULL);

  return ensure_config (backend);
}

/**
 * migdesc_backend_read_config: (skip)
 * @backend: a backend made of a table
 * @config: a struct of the type that the table names
 *
 * Puts the value of every parameter into the member that the table says. Others are left alone.
 * What the limit of the backend leaves out gets its off value. Texts belong to the backend, and
 * live until it is configured again.
 *
 * Since: 1.0
 */
void
migdesc_backend_read_config (MigdescBackend *backend,
                             gpointer config)
{
  g_return_if_fail (MIGDESC_IS_BACKEND (backend));
  g_return_if_fail (backend->table != NULL);
  g_return_if_fail (config != NULL);

  if (ensure_config (backend) != NULL)
    migdesc_model_table_read (backend->table, backend->limit, backend->config, config);
}

/**
 * migdesc_backend_get_value:
 * @backend: a backend
 * @param: the name of a parameter
 *
 * Asks for a value by name.
 *
 * Returns: (transfer full) (nullable): the value, or %NULL if there is no such parameter
 *
 * Since: 1.0
 */
GVariant *
migdesc_backend_get_value (MigdescBackend *backend,
                           const char *param)
{
  g_return_val_if_fail (MIGDESC_IS_BACKEND (backend), NULL);
  g_return_val_if_fail (param != NULL, NULL);

  return ensure_config (backend) == NULL ? NULL
                                         : migdesc_config_get_value (backend->config, param);
}

/**
 * migdesc_backend_get_params:
 * @backend: a backend
 *
 * Gets the migration parameter list of the device, the complete one: what goes into a stream, and
 * what a destination is asked about.
 *
 * Returns: (transfer none) (nullable): the list; see migdesc_backend_get_config()
 *
 * Since: 1.0
 */
MigdescParamList *
migdesc_backend_get_params (MigdescBackend *backend)
{
  g_return_val_if_fail (MIGDESC_IS_BACKEND (backend), NULL);

  return ensure_config (backend) == NULL ? NULL : backend->params;
}

/**
 * migdesc_backend_get_version:
 * @backend: a backend
 *
 * Asks which version the device is.
 *
 * Returns: (transfer none) (nullable): the name of the version that equals its configuration, or
 *   %NULL if none does
 *
 * Since: 1.0
 */
const char *
migdesc_backend_get_version (MigdescBackend *backend)
{
  g_return_val_if_fail (MIGDESC_IS_BACKEND (backend), NULL);

  return ensure_config (backend) == NULL ? NULL : migdesc_config_get_version (backend->config);
}

/* Whether the program that ended with the version knew all that the device has in effect. */
static gboolean
knows_all (MigdescBackend *backend,
           const char *version)
{
  for (guint i = 0; i < migdesc_model_get_n_params (backend->model); i++)
    {
      g_autoptr (MigdescParam) param = migdesc_model_get_param (backend->model, i);
      const char *name = migdesc_param_get_name (param);
      gboolean later;

      if (migdesc_param_list_lookup (backend->params, name) == NULL)
        continue;
      if (backend->table != NULL)
        later = migdesc_model_table_find_param (
                    backend->table, migdesc_model_table_find_version (backend->table, version),
                    name, strlen (name))
                == NULL;
      else
        later = migdesc_backend_is_later (
            backend->model, param, migdesc_backend_find_version (backend->model, version));
      if (later)
        return FALSE;
    }
  return TRUE;
}

/**
 * migdesc_backend_get_state_version:
 * @backend: a backend
 *
 * Asks for the state version that the device saves: that of the version which it equals, or was
 * made from with overrides that the version knew; else the newest. So a device that an older
 * program can be given is saved as that program can load it.
 *
 * Returns: the state version, or 0 if nothing is known of the state
 *
 * Since: 1.0
 */
guint
migdesc_backend_get_state_version (MigdescBackend *backend)
{
  const char *version;
  guint number = 0;

  g_return_val_if_fail (MIGDESC_IS_BACKEND (backend), 0);

  if (ensure_config (backend) == NULL)
    return 0;
  version = migdesc_config_get_version (backend->config);
  if (version == NULL && backend->start != NULL && knows_all (backend, backend->start))
    version = backend->start;
  if (version != NULL)
    number = migdesc_backend_get_version_state (backend->model, version);
  if (number == 0 && backend->type != NULL)
    number = migdesc_state_type_get_version (backend->type);
  return number;
}

/**
 * migdesc_backend_get_blocker:
 * @backend: a backend
 *
 * Asks why the device cannot be migrated, as the model or the version that it is says.
 *
 * Returns: (transfer none) (nullable): the reason, or %NULL if it can be migrated
 *
 * Since: 1.0
 */
const char *
migdesc_backend_get_blocker (MigdescBackend *backend)
{
  const char *name, *reason = NULL;
  g_autoptr (MigdescVersion) version = NULL;

  g_return_val_if_fail (MIGDESC_IS_BACKEND (backend), NULL);

  if (backend->model == NULL)
    return NULL;
  if (migdesc_model_get_support (backend->model) == MIGDESC_SUPPORT_NONE)
    reason = migdesc_model_get_blocker (backend->model);
  else
    {
      name = migdesc_backend_get_version (backend);
      version = name == NULL ? NULL : migdesc_model_lookup_version (backend->model, name);
      if (version == NULL || migdesc_version_get_support (version) != MIGDESC_SUPPORT_NONE)
        return NULL;
      reason = migdesc_version_get_blocker (version);
    }
  return reason != NULL ? reason : "no reason given";
}

/**
 * migdesc_backend_add_device: (skip)
 * @backend: a backend with a state type
 * @set: a device set
 * @id: the device's id; at most 255 bytes
 * @funcs: what to do on save and load
 * @device: the device, for @funcs; it has to outlive the set
 * @error: return location for a #GError
 *
 * Adds the device to a set: with its parameter list, its state type, and the state version that it
 * saves.
 *
 * Fails with %MIGDESC_ERROR_REFUSED when the device cannot be migrated, and as
 * migdesc_device_set_add().
 *
 * Returns: %FALSE on error
 *
 * Since: 1.0
 */
gboolean
migdesc_backend_add_device (MigdescBackend *backend,
                            MigdescDeviceSet *set,
                            const char *id,
                            const MigdescDeviceFuncs *funcs,
                            gpointer device,
                            GError **error)
{
  const char *blocker;

  g_return_val_if_fail (MIGDESC_IS_BACKEND (backend), FALSE);
  g_return_val_if_fail (backend->type != NULL, FALSE);

  blocker = migdesc_backend_get_blocker (backend);
  if (blocker != NULL)
    {
      g_set_error (error, MIGDESC_ERROR, MIGDESC_ERROR_REFUSED, "%s cannot be migrated: %s", id,
                   blocker);
      return FALSE;
    }
  return migdesc_device_set_add (set, id, migdesc_backend_get_params (backend), backend->type,
                                 funcs, device, error)
         && migdesc_device_set_set_state_version (
             set, id, migdesc_backend_get_state_version (backend), error);
}
