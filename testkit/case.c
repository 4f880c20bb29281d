/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "case.h"

#include <string.h>

#include <json-glib/json-glib.h>

void
kit_case_free (KitCase *self)
{
  g_clear_object (&self->type);
  g_clear_object (&self->backend);
  g_clear_pointer (&self->params, migdesc_param_list_unref);
  g_free (self->label);
  g_free (self);
}

/* A label is part of file names and of the names of tests. */
static char *
make_label (const char *name)
{
  char *label = g_strdup (name);

  for (char *at = label; *at != '\0'; at++)
    if (!g_ascii_isalnum (*at) && strchr ("._-", *at) == NULL)
      *at = '_';
  return label;
}

static KitCase *
case_new (const MigdescTestkit *testkit, MigdescStateType *type, const char *name, guint version)
{
  KitCase *self = g_new0 (KitCase, 1);

  self->testkit = testkit;
  self->type = type == NULL ? NULL : g_object_ref (type);
  self->label = make_label (name);
  self->version = version;
  self->size = testkit->state_size != 0 ? testkit->state_size : testkit->table->size;
  return self;
}

static gboolean
set_params (KitCase *self, GError **error)
{
  const char *text = self->testkit->params;

  if (text != NULL)
    self->params = migdesc_param_list_new_from_string (text, error);
  return text == NULL || self->params != NULL;
}

/* Of a visit function: the one version that it knows. */
static gboolean
add_visit_case (GPtrArray *cases, const MigdescTestkit *testkit, GError **error)
{
  guint version = MAX (testkit->visit_version, 1);
  g_autofree char *name = g_strdup_printf ("%u", version);
  KitCase *self = case_new (testkit, NULL, name, version);

  g_ptr_array_add (cases, self);
  return set_params (self, error);
}

/* Of a type alone: each state version that it has, by its table or by transforms. */

static gint
compare_versions (gconstpointer one, gconstpointer other)
{
  guint first = *(const guint *) one;
  guint second = *(const guint *) other;

  return first < second ? -1 : first > second ? 1 : 0;
}

static JsonArray *
get_kept_schemas (JsonNode *schema)
{
  JsonObject *object = json_node_get_object (schema);

  if (!json_object_has_member (object, "transforms"))
    return NULL;
  return json_object_get_array_member (json_object_get_object_member (object, "transforms"),
                                       "schemas");
}

static JsonNode *
read_whole_schema (MigdescStateType *type)
{
  g_autofree char *text = migdesc_state_type_to_json (type, FALSE);

  return json_from_string (text, NULL);
}

static GArray *
list_versions (MigdescStateType *type)
{
  g_autoptr (JsonNode) schema = read_whole_schema (type);
  JsonArray *kept = get_kept_schemas (schema);
  GArray *versions = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; kept != NULL && i < json_array_get_length (kept); i++)
    {
      guint version = (guint) json_object_get_int_member (
          json_array_get_object_element (kept, i), "version");

      g_array_append_val (versions, version);
    }
  for (guint version = migdesc_state_type_get_minimum_version (type);
       version <= migdesc_state_type_get_version (type); version++)
    g_array_append_val (versions, version);
  g_array_sort (versions, compare_versions);
  return versions;
}

static gboolean
add_type_cases (GPtrArray *cases, const MigdescTestkit *testkit, GError **error)
{
  g_autoptr (MigdescStateType) type = testkit->table != NULL
                                          ? migdesc_state_type_new (testkit->table, error)
                                          : testkit->new_type (error);
  g_autoptr (MigdescParamList) params = NULL;
  g_autoptr (GArray) versions = NULL;
  guint last = 0;

  if (type == NULL)
    return FALSE;
  if (testkit->params != NULL)
    {
      params = migdesc_param_list_new_from_string (testkit->params, error);
      if (params == NULL)
        return FALSE;
    }
  versions = list_versions (type);
  for (guint i = 0; i < versions->len; i++)
    {
      guint version = g_array_index (versions, guint, i);
      g_autofree char *name = g_strdup_printf ("%u", version);
      KitCase *self;

      if (version == last) /* another schema of it, of another configuration */
        continue;
      last = version;
      self = case_new (testkit, type, name, version);
      self->params = params == NULL ? NULL : migdesc_param_list_ref (params);
      g_ptr_array_add (cases, self);
    }
  return TRUE;
}

/* Of a backend: each version of its model that can be migrated. */

static gboolean
add_backend_case (GPtrArray *cases, const MigdescTestkit *testkit, const char *version,
                  GError **error)
{
  g_autoptr (MigdescBackend) backend = testkit->new_backend (error);
  g_autofree char *option = g_strdup_printf ("--migration-version=%s", version);
  const char *const args[] = { option, NULL };
  g_auto (GStrv) rest = backend == NULL ? NULL : migdesc_backend_parse_args (backend, args, error);
  MigdescStateType *type;
  KitCase *self;

  if (rest == NULL)
    return FALSE;
  type = migdesc_backend_get_state_type (backend);
  if (migdesc_backend_get_blocker (backend) != NULL || type == NULL)
    return TRUE;
  self = case_new (testkit, type, version, migdesc_backend_get_state_version (backend));
  self->params = migdesc_param_list_ref (migdesc_backend_get_params (backend));
  self->backend = g_steal_pointer (&backend);
  g_ptr_array_add (cases, self);
  return TRUE;
}

static gboolean
add_backend_cases (GPtrArray *cases, const MigdescTestkit *testkit, GError **error)
{
  g_autoptr (MigdescBackend) backend = testkit->new_backend (error);
  MigdescModel *model;

  if (backend == NULL)
    return FALSE;
  model = migdesc_backend_get_model (backend);
  for (guint i = 0; i < migdesc_model_get_n_versions (model); i++)
    {
      g_autoptr (MigdescVersion) version = migdesc_model_get_version (model, i);

      if (!add_backend_case (cases, testkit, migdesc_version_get_name (version), error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
add_cases (GPtrArray *cases, const MigdescTestkit *testkit, GError **error)
{
  if (testkit->visit != NULL)
    return add_visit_case (cases, testkit, error);
  return testkit->new_backend != NULL ? add_backend_cases (cases, testkit, error)
                                      : add_type_cases (cases, testkit, error);
}

static gboolean
check_testkit (const MigdescTestkit *testkit, GError **error)
{
  guint n = (testkit->table != NULL) + (testkit->new_type != NULL)
            + (testkit->new_backend != NULL) + (testkit->visit != NULL);
  const char *fault = NULL;

  if (testkit->name == NULL || testkit->name[0] == '\0' || strchr (testkit->name, '/') != NULL)
    fault = "it has no name, or one with a slash";
  else if (n != 1)
    fault = "it needs one of table, new_type, visit and new_backend";
  else if (testkit->state_size == 0 && testkit->table == NULL)
    fault = "without a table it needs the state_size";
  else if (testkit->visit != NULL && (testkit->fill == NULL || testkit->funcs != NULL))
    fault = "a visit function goes with fill, and not with funcs";
  else if ((testkit->funcs == NULL) != (testkit->new_device == NULL))
    fault = "funcs and new_device go together";
  else
    return TRUE;
  g_set_error (error, MIGDESC_ERROR, MIGDESC_ERROR_INVALID_ARGUMENT, "the testkit: %s", fault);
  return FALSE;
}

GPtrArray *
kit_list_cases (const MigdescTestkit *testkit, GError **error)
{
  g_autoptr (GPtrArray) cases = g_ptr_array_new_with_free_func ((GDestroyNotify) kit_case_free);

  if (!check_testkit (testkit, error) || !add_cases (cases, testkit, error))
    return NULL;
  if (cases->len > 0)
    return g_steal_pointer (&cases);
  g_set_error (error, MIGDESC_ERROR, MIGDESC_ERROR_INVALID_ARGUMENT,
               "the testkit: no version of the model can be migrated and has a state");
  return NULL;
}

static gboolean
add_kept_schema (GPtrArray *schemas, JsonNode *node, GError **error)
{
  g_autofree char *text = json_to_string (node, FALSE);
  MigdescStateType *schema = migdesc_state_type_new_from_json (text, -1, NULL, error);

  if (schema == NULL)
    return FALSE;
  g_ptr_array_add (schemas, schema);
  return TRUE;
}

GPtrArray *
kit_case_list_schemas (const KitCase *self, GError **error)
{
  g_autoptr (GPtrArray) schemas = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (JsonNode) whole = NULL;
  JsonArray *kept;

  if (self->version >= migdesc_state_type_get_minimum_version (self->type))
    {
      MigdescStateType *schema
          = migdesc_state_type_new_effective (self->type, self->version, self->params, error);

      if (schema == NULL)
        return NULL;
      g_ptr_array_add (schemas, schema);
      return g_steal_pointer (&schemas);
    }
  whole = read_whole_schema (self->type);
  kept = get_kept_schemas (whole);
  for (guint i = 0; kept != NULL && i < json_array_get_length (kept); i++)
    {
      JsonObject *object = json_array_get_object_element (kept, i);

      if (json_object_get_int_member (object, "version") == self->version
          && !add_kept_schema (schemas, json_array_get_element (kept, i), error))
        return NULL;
    }
  return g_steal_pointer (&schemas);
}

MigdescStateType *
kit_case_dup_schema (const KitCase *self, const char *digest)
{
  g_autoptr (GPtrArray) schemas = kit_case_list_schemas (self, NULL);

  for (guint i = 0; schemas != NULL && i < schemas->len; i++)
    if (strcmp (migdesc_state_type_get_digest (g_ptr_array_index (schemas, i)), digest) == 0)
      return g_object_ref (g_ptr_array_index (schemas, i));
  return NULL;
}
