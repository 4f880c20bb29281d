/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "tool-json.h"

/* Above this, readers that hold numbers as doubles round. */
#define EXACT_INT_MAX (G_GUINT64_CONSTANT (1) << 53)

JsonNode *
tool_json_parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  JsonNode *node = json_from_string (text, &error);

  if (node == NULL)
    g_error ("the library wrote JSON that cannot be read: %s", error != NULL ? error->message : "empty");
  return node;
}

void
tool_json_add_string (JsonBuilder *builder, const char *name, const char *value)
{
  if (value == NULL)
    return;
  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, value);
}

void
tool_json_add_strv (JsonBuilder *builder, const char *name, const char *const *values)
{
  json_builder_set_member_name (builder, name);
  json_builder_begin_array (builder);
  for (guint i = 0; values != NULL && values[i] != NULL; i++)
    json_builder_add_string_value (builder, values[i]);
  json_builder_end_array (builder);
}

void
tool_json_add_value (JsonBuilder *builder, const char *name, GVariant *value)
{
  json_builder_set_member_name (builder, name);
  if (g_variant_is_of_type (value, G_VARIANT_TYPE_BOOLEAN))
    json_builder_add_boolean_value (builder, g_variant_get_boolean (value));
  else if (g_variant_is_of_type (value, G_VARIANT_TYPE_STRING))
    json_builder_add_string_value (builder, g_variant_get_string (value, NULL));
  else if (g_variant_get_uint64 (value) <= EXACT_INT_MAX)
    json_builder_add_int_value (builder, (gint64) g_variant_get_uint64 (value));
  else
    {
      g_autofree char *text = g_strdup_printf ("%" G_GUINT64_FORMAT, g_variant_get_uint64 (value));

      json_builder_add_string_value (builder, text);
    }
}

void
tool_json_add_findings (JsonBuilder *builder, MigdescReport *report)
{
  g_autofree char *text = NULL;
  g_autoptr (JsonNode) node = NULL;
  JsonNode *findings;

  json_builder_set_member_name (builder, "findings");
  if (report == NULL)
    {
      json_builder_begin_array (builder);
      json_builder_end_array (builder);
      return;
    }
  text = migdesc_report_to_json (report);
  node = tool_json_parse (text);
  findings = json_object_get_member (json_node_get_object (node), "findings");
  json_builder_add_value (builder, json_node_copy (findings));
}

static void
add_place (JsonBuilder *builder, MigdescFinding *finding)
{
  tool_json_add_string (builder, "file", migdesc_finding_get_origin (finding));
  if (migdesc_finding_get_line (finding) > 0)
    {
      json_builder_set_member_name (builder, "line");
      json_builder_add_int_value (builder, migdesc_finding_get_line (finding));
      json_builder_set_member_name (builder, "column");
      json_builder_add_int_value (builder, migdesc_finding_get_column (finding));
    }
  tool_json_add_string (builder, "pointer", migdesc_finding_get_pointer (finding));
}

JsonNode *
tool_json_error_object (const GError *error, MigdescReport *report)
{
  JsonBuilder *builder = json_builder_new_immutable ();
  const char *nick = error->domain == MIGDESC_ERROR ? migdesc_error_get_nick ((MigdescError) error->code) : NULL;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "error");
  json_builder_begin_object (builder);
  tool_json_add_string (builder, "code", nick != NULL ? nick : "cannot-read");
  tool_json_add_string (builder, "message", error->message);
  if (report != NULL && migdesc_report_get_n_findings (report) > 0)
    {
      g_autoptr (MigdescFinding) finding = migdesc_report_get_finding (report, 0);

      add_place (builder, finding);
    }
  json_builder_end_object (builder);
  json_builder_end_object (builder);
  return tool_json_end (builder);
}

JsonNode *
tool_json_end (JsonBuilder *builder)
{
  JsonNode *node = json_builder_get_root (builder);

  g_object_unref (builder);
  return node;
}
