/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "host/backend-state.h"

#include <string.h>

#include <migdesc/migdesc-error.h>
#include <migdesc/migdesc-reader.h>
#include <migdesc/migdesc-transforms.h>
#include <migdesc/migdesc-writer.h>

#include "base/quote.h"
#include "state/schema/type-private.h"

/* The descriptor of a program that knew less: the document without what came later. A document does
 * not say since when a param is there; the first version that turns it on does. */

char *
migdesc_backend_dup_schema (MigdescStateType *type)
{
  guint minimum = migdesc_state_type_get_table (type)->minimum;

  if (migdesc_state_type_get_version (type) < minimum
      || (migdesc_state_type_get_limit (type) != 0
          && migdesc_state_type_get_transforms (type) != NULL))
    return NULL;
  return migdesc_state_type_to_json (type, FALSE);
}

guint
migdesc_backend_get_version_state (MigdescModel *model,
                                   const char *version)
{
  g_autoptr (MigdescVersion) found = migdesc_model_lookup_version (model, version);
  const char *text = found == NULL ? NULL : migdesc_version_get_state_version (found);
  guint64 number = 0;

  if (text != NULL)
    g_ascii_string_to_unsigned (text, 10, 1, G_MAXUINT32, &number, NULL);
  return (guint) number;
}

guint
migdesc_backend_find_version (MigdescModel *model,
                              const char *name)
{
  for (guint i = 0; i < migdesc_model_get_n_versions (model); i++)
    {
      g_autoptr (MigdescVersion) version = migdesc_model_get_version (model, i);

      if (strcmp (migdesc_version_get_name (version), name) == 0)
        return i;
    }
  return G_MAXUINT;
}

/* Whether one of the versions from first to last has the param, which has an off value, and not
 * off. */
static gboolean
is_set (MigdescModel *model,
        MigdescParam *param,
        guint first,
        guint last)
{
  g_autoptr (GVariant) off = migdesc_param_get_off_value (param);

  for (guint i = first; i <= last; i++)
    {
      g_autoptr (MigdescVersion) version = migdesc_model_get_version (model, i);
      g_autoptr (GVariant) value
          = migdesc_version_get_value (version, migdesc_param_get_name (param));

      if (value != NULL && !g_variant_equal (value, off))
        return TRUE;
    }
  return FALSE;
}

gboolean
migdesc_backend_is_later (MigdescModel *model,
                          MigdescParam *param,
                          guint limit)
{
  return migdesc_param_has_off_value (param) && !is_set (model, param, 0, limit)
         && is_set (model, param, limit + 1, migdesc_model_get_n_versions (model) - 1);
}

static JsonObject *
get_object (JsonObject *object,
            const char *name)
{
  return json_object_has_member (object, name) ? json_object_get_object_member (object, name)
                                               : NULL;
}

/* What a fresh device of the limited program has. */
static void
set_init (JsonObject *params,
          MigdescParam *param,
          JsonObject *newest)
{
  const char *name = migdesc_param_get_name (param);
  JsonObject *object = json_object_get_object_member (params, name);
  JsonNode *value = newest == NULL ? NULL : json_object_get_member (newest, name);

  if (value == NULL)
    value = json_object_get_member (object, "off_value");
  if (value != NULL)
    json_object_set_member (object, "init_value", json_node_copy (value));
}

static gboolean
names_any (JsonObject *constraint,
           const char *const *parts,
           JsonObject *params)
{
  for (; *parts != NULL; parts++)
    {
      JsonObject *part = get_object (constraint, *parts);
      g_autoptr (GList) names = part == NULL ? NULL : json_object_get_members (part);

      for (GList *name = names; name != NULL; name = name->next)
        if (!json_object_has_member (params, name->data))
          return TRUE;
    }
  return FALSE;
}

static void
drop_constraints (JsonObject *model,
                  JsonObject *params)
{
  static const char *const parts[] = { "if", "then", "forbid", NULL };
  JsonArray *rows = json_object_has_member (model, "constraints")
                        ? json_object_get_array_member (model, "constraints")
                        : NULL;

  for (guint i = rows == NULL ? 0 : json_array_get_length (rows); i > 0; i--)
    if (names_any (json_array_get_object_element (rows, i - 1), parts, params))
      json_array_remove_element (rows, i - 1);
}

/* Values of later params are off in the versions that stay; a tested pair may name one that goes.
 */
static void
clean_version (JsonObject *version,
               JsonObject *params,
               MigdescModel *model,
               guint limit)
{
  JsonObject *values = get_object (version, "params");
  g_autoptr (GList) names = values == NULL ? NULL : json_object_get_members (values);
  JsonArray *tested = json_object_has_member (version, "tested")
                          ? json_object_get_array_member (version, "tested")
                          : NULL;

  for (GList *name = names; name != NULL; name = name->next)
    if (!json_object_has_member (params, name->data))
      json_object_remove_member (values, name->data);
  for (guint i = tested == NULL ? 0 : json_array_get_length (tested); i > 0; i--)
    {
      JsonObject *pair = json_array_get_object_element (tested, i - 1);
      const char *from = json_object_get_string_member (pair, "from");
      const char *to = json_object_get_string_member (pair, "to");

      if (migdesc_backend_find_version (model, from) > limit
          || migdesc_backend_find_version (model, to) > limit)
        json_array_remove_element (tested, i - 1);
    }
}

static void
limit_params (MigdescModel *model,
              JsonObject *params,
              JsonObject *newest,
              guint limit)
{
  for (guint i = 0; i < migdesc_model_get_n_params (model); i++)
    {
      g_autoptr (MigdescParam) param = migdesc_model_get_param (model, i);

      if (migdesc_backend_is_later (model, param, limit))
        json_object_remove_member (params, migdesc_param_get_name (param));
      else
        set_init (params, param, newest);
    }
}

static void
limit_model (MigdescModel *model,
             JsonObject *object,
             guint limit)
{
  JsonArray *versions = json_object_get_array_member (object, "versions");
  JsonObject *params = get_object (object, "params");
  JsonObject *newest;

  while (json_array_get_length (versions) > limit + 1)
    json_array_remove_element (versions, limit + 1);
  /* then they may be names alone */
  if (params == NULL)
    return;
  newest = json_array_get_object_element (versions, limit);
  limit_params (model, params, get_object (newest, "params"), limit);
  for (guint i = 0; i <= limit; i++)
    clean_version (json_array_get_object_element (versions, i), params, model, limit);
  drop_constraints (object, params);
}

static void
set_schema (JsonObject *model,
            MigdescStateType *type)
{
  g_autofree char *schema = migdesc_backend_dup_schema (type);

  if (json_object_has_member (model, "state"))
    json_object_remove_member (model, "state");
  if (schema != NULL)
    json_object_set_member (model, "state", json_from_string (schema, NULL));
}

MigdescDescriptor *
migdesc_backend_limit_descriptor (MigdescDescriptor *descriptor,
                                  const char *model,
                                  const char *limit,
                                  MigdescStateType *type,
                                  GError **error)
{
  g_autoptr (MigdescModel) found = migdesc_descriptor_lookup_model (descriptor, model);
  g_autoptr (JsonNode) document = NULL;
  JsonObject *object;
  guint position;

  if (limit == NULL && type == NULL)
    return g_object_ref (descriptor);
  position = limit == NULL ? G_MAXUINT : migdesc_backend_find_version (found, limit);
  if (limit != NULL && position == G_MAXUINT)
    {
      g_autofree char *shown = migdesc_quote (limit, -1);

      g_set_error (error, MIGDESC_ERROR, MIGDESC_ERROR_INVALID_ARGUMENT,
                   "\"%s\" is no version of %s", shown, model);
      return NULL;
    }
  document = migdesc_descriptor_to_json_node (descriptor);
  object = json_object_get_object_member (
      json_object_get_object_member (json_node_get_object (document), "models"), model);
  if (limit != NULL && position + 1 < migdesc_model_get_n_versions (found))
    limit_model (found, object, position);
  if (type != NULL)
    set_schema (object, type);
  return migdesc_descriptor_new_from_json_node (document, error);
}
