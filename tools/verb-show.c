/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "tool-json.h"
#include "tool-output.h"
#include "tool-read.h"
#include "verbs.h"

static char *
value_text (GVariant *value)
{
  if (value == NULL)
    return g_strdup ("");
  if (g_variant_is_of_type (value, G_VARIANT_TYPE_BOOLEAN))
    return g_strdup (g_variant_get_boolean (value) ? "on" : "off");
  if (g_variant_is_of_type (value, G_VARIANT_TYPE_UINT64))
    return g_strdup_printf ("%" G_GUINT64_FORMAT, g_variant_get_uint64 (value));
  return g_strdup (g_variant_get_string (value, NULL));
}

static void
add_param_row (ToolTable *table, MigdescParam *param)
{
  g_autoptr (MigdescValueSet) allowed = migdesc_param_get_allowed_values (param);
  g_autoptr (GVariant) init = migdesc_param_get_init_value (param);
  g_autoptr (GVariant) off = migdesc_param_get_off_value (param);
  g_autofree char *allowed_text = migdesc_value_set_to_string (allowed);
  g_autofree char *init_text = value_text (init);
  g_autofree char *off_text = value_text (off);
  const char *cells[] = { migdesc_param_get_name (param),
                          migdesc_value_type_to_string (migdesc_param_get_value_type (param)),
                          init_text,
                          off_text,
                          allowed_text,
                          NULL };

  tool_table_add_row (table, cells, TOOL_TONE_PLAIN, 0);
}

static void
print_params (MigdescModel *model)
{
  static const char *const headings[] = { "PARAM", "TYPE", "INIT", "OFF", "ALLOWED", NULL };
  ToolTable *table;

  if (migdesc_model_get_n_params (model) == 0)
    return;
  table = tool_table_new (headings);
  for (guint i = 0; i < migdesc_model_get_n_params (model); i++)
    {
      g_autoptr (MigdescParam) param = migdesc_model_get_param (model, i);

      add_param_row (table, param);
    }
  tool_print_line ("%s", "");
  tool_table_print (table);
}

static char *
settings_text (const MigdescParamList *params)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < migdesc_param_list_get_n_params (params); i++)
    g_string_append_printf (text, "%s%s=%s", i > 0 ? ", " : "", migdesc_param_list_get_name (params, i),
                            migdesc_param_list_get_value (params, i));
  return g_string_free (text, FALSE);
}

static char *
version_uses (MigdescVersion *version)
{
  if (migdesc_version_can_create (version))
    return g_strdup (migdesc_version_can_load (version) ? "create, load" : "create");
  return g_strdup (migdesc_version_can_load (version) ? "load" : "neither");
}

static void
print_versions (MigdescModel *model)
{
  static const char *const headings[] = { "VERSION", "FOR", "SETTINGS", NULL };
  ToolTable *table;

  if (migdesc_model_get_n_versions (model) == 0)
    return;
  table = tool_table_new (headings);
  for (guint i = 0; i < migdesc_model_get_n_versions (model); i++)
    {
      g_autoptr (MigdescVersion) version = migdesc_model_get_version (model, i);
      g_autoptr (MigdescParamList) params = migdesc_version_get_params (version);
      g_autofree char *settings = settings_text (params);
      g_autofree char *uses = version_uses (version);
      const char *cells[] = { migdesc_version_get_name (version), uses, settings, NULL };

      tool_table_add_row (table, cells, TOOL_TONE_PLAIN, 0);
    }
  tool_print_line ("%s", "");
  tool_table_print (table);
}

static void
print_constraints (MigdescModel *model)
{
  GListModel *constraints = migdesc_model_get_constraints (model);

  for (guint i = 0; i < g_list_model_get_n_items (constraints); i++)
    {
      g_autoptr (MigdescConstraint) constraint = g_list_model_get_item (constraints, i);
      g_autofree char *text = migdesc_constraint_to_string (constraint);

      if (i == 0)
        tool_print_line ("%s", "");
      tool_print_line ("Constraint: %s", text);
    }
}

static void
print_model (MigdescModel *model)
{
  const char *description = migdesc_model_get_description (model);
  const char *blocker = migdesc_model_get_blocker (model);

  tool_print_line ("%s", "");
  tool_print_line ("Model:   %s%s%s", migdesc_model_get_name (model), description != NULL ? ", " : "",
                   description != NULL ? description : "");
  tool_print_line ("Support: %s%s%s", migdesc_support_to_string (migdesc_model_get_support (model)),
                   blocker != NULL ? ": " : "", blocker != NULL ? blocker : "");
  print_params (model);
  print_versions (model);
  print_constraints (model);
}

static void
print_document (ToolDocument *document)
{
  MigdescDescriptor *descriptor = document->descriptor;

  tool_print_line ("File:    %s", document->name);
  tool_print_line ("Dialect: %s", migdesc_dialect_to_string (migdesc_descriptor_get_dialect (descriptor)));
  tool_print_line ("Digest:  %s", migdesc_descriptor_get_digest (descriptor));
  for (guint i = 0; i < migdesc_descriptor_get_n_models (descriptor); i++)
    {
      g_autoptr (MigdescModel) model = migdesc_descriptor_get_model (descriptor, i);

      print_model (model);
    }
}

static void
add_document (JsonBuilder *builder, ToolDocument *document)
{
  json_builder_begin_object (builder);
  tool_json_add_string (builder, "descriptor", document->name);
  if (document->descriptor != NULL)
    {
      g_autofree char *text = migdesc_descriptor_to_string (document->descriptor);

      tool_json_add_string (builder, "dialect",
                            migdesc_dialect_to_string (migdesc_descriptor_get_dialect (document->descriptor)));
      tool_json_add_string (builder, "digest", migdesc_descriptor_get_digest (document->descriptor));
      json_builder_set_member_name (builder, "document");
      json_builder_add_value (builder, tool_json_parse (text));
    }
  else
    {
      g_autoptr (JsonNode) node = tool_json_error_object (document->error, document->report);

      json_builder_set_member_name (builder, "error");
      json_builder_add_value (builder, json_node_copy (json_object_get_member (json_node_get_object (node), "error")));
    }
  json_builder_end_object (builder);
}

static void
print_documents_json (GPtrArray *documents)
{
  JsonBuilder *builder = json_builder_new_immutable ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "descriptors");
  json_builder_begin_array (builder);
  for (guint i = 0; i < documents->len; i++)
    add_document (builder, documents->pdata[i]);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  tool_print_json (tool_json_end (builder));
}

static void
print_documents (GPtrArray *documents)
{
  gboolean first = TRUE;

  for (guint i = 0; i < documents->len; i++)
    {
      ToolDocument *document = documents->pdata[i];

      if (document->descriptor == NULL)
        continue;
      tool_tell_warnings (document);
      if (!first)
        tool_print_line ("%s", "");
      first = FALSE;
      print_document (document);
    }
}

ToolStatus
verb_show (Tool *tool, int argc, char **argv)
{
  const GOptionEntry entries[] = { G_OPTION_ENTRY_NULL };
  g_auto (GStrv) places = tool_parse (tool, tool_find_verb ("show"), entries, argc, argv, 1, G_MAXUINT);
  g_autoptr (GPtrArray) documents = NULL;

  if (places == NULL)
    return tool->status;
  documents = tool_read_all (tool, places);
  for (guint i = 0; i < documents->len; i++)
    {
      ToolDocument *document = documents->pdata[i];

      if (document->error == NULL)
        continue;
      tool_print_talk ("%s", document->error->message);
      tool_add_status (tool, tool_status_of_error (document->error));
    }
  if (tool->json)
    print_documents_json (documents);
  else
    print_documents (documents);
  return tool->status;
}
