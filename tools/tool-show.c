/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "tool-show.h"

#include "tool-output.h"
#include "tool-table.h"

/* --- Params ----------------------------------------------------------- */

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
show_params (MigdescModel *model)
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

/* --- Versions --------------------------------------------------------- */

/* What the version sets otherwise than the one before it, if there is one. */
static char *
describe_changes (const MigdescParamList *params, const MigdescParamList *before)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < migdesc_param_list_get_n_params (params); i++)
    {
      const char *name = migdesc_param_list_get_name (params, i);
      const char *value = migdesc_param_list_get_value (params, i);

      if (before != NULL && g_strcmp0 (migdesc_param_list_lookup (before, name), value) == 0)
        continue;
      g_string_append_printf (text, "%s%s=%s", text->len > 0 ? ", " : "", name, value);
    }
  for (guint i = 0; before != NULL && i < migdesc_param_list_get_n_params (before); i++)
    {
      const char *name = migdesc_param_list_get_name (before, i);

      if (migdesc_param_list_lookup (params, name) == NULL)
        g_string_append_printf (text, "%s%s not set", text->len > 0 ? ", " : "", name);
    }
  return g_string_free (text, FALSE);
}

/* Most versions can be used for both, which needs no column. */
static const char *
describe_use (MigdescVersion *version)
{
  if (migdesc_version_can_create (version))
    return migdesc_version_can_load (version) ? "" : "create only";
  return migdesc_version_can_load (version) ? "load only" : "none";
}

static void
show_versions (MigdescModel *model)
{
  static const char *const headings[] = { "VERSION", "USE", "SETTINGS, WHERE CHANGED", NULL };
  g_autoptr (MigdescParamList) before = NULL;
  ToolTable *table;

  if (migdesc_model_get_n_versions (model) == 0)
    return;
  table = tool_table_new (headings);
  for (guint i = 0; i < migdesc_model_get_n_versions (model); i++)
    {
      g_autoptr (MigdescVersion) version = migdesc_model_get_version (model, i);
      g_autoptr (MigdescParamList) params = migdesc_version_get_params (version);
      g_autofree char *changes = describe_changes (params, before);
      const char *cells[]
          = { migdesc_version_get_name (version), describe_use (version), changes, NULL };

      tool_table_add_row (table, cells, TOOL_TONE_PLAIN, 0);
      g_clear_pointer (&before, migdesc_param_list_unref);
      before = g_steal_pointer (&params);
    }
  tool_print_line ("%s", "");
  tool_table_print (table);
}

/* --- All of it -------------------------------------------------------- */

static void
show_constraints (MigdescModel *model)
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
show_model (MigdescModel *model)
{
  const char *description = migdesc_model_get_description (model);
  const char *blocker = migdesc_model_get_blocker (model);

  tool_print_line ("%s", "");
  tool_print_line ("Model:   %s%s%s", migdesc_model_get_name (model),
                   description != NULL ? ", " : "", description != NULL ? description : "");
  tool_print_line ("Support: %s%s%s", migdesc_support_to_string (migdesc_model_get_support (model)),
                   blocker != NULL ? ": " : "", blocker != NULL ? blocker : "");
  show_params (model);
  show_versions (model);
  show_constraints (model);
}

void
tool_show_descriptor (const char *name, MigdescDescriptor *descriptor)
{
  tool_print_line ("File:    %s", name);
  tool_print_line ("Dialect: %s",
                   migdesc_dialect_to_string (migdesc_descriptor_get_dialect (descriptor)));
  tool_print_line ("Digest:  %s", migdesc_descriptor_get_digest (descriptor));
  for (guint i = 0; i < migdesc_descriptor_get_n_models (descriptor); i++)
    {
      g_autoptr (MigdescModel) model = migdesc_descriptor_get_model (descriptor, i);

      show_model (model);
    }
}
