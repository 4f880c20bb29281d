/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* expand and list: the same question, answered with every value or as a parameter list. */

#include "tool-json.h"
#include "tool-output.h"
#include "tool-read.h"
#include "verbs.h"

typedef struct
{
  char *model;
  char *version;
  char *instance;
  gboolean is_short;
} Request;

static void
request_clear (Request *request)
{
  g_free (request->model);
  g_free (request->version);
  g_free (request->instance);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Request, request_clear)

static ToolStatus
refuse (Tool *tool, MigdescReport *report)
{
  g_autofree char *text = migdesc_report_to_string (report);

  if (tool->json)
    {
      g_autofree char *json = migdesc_report_to_json (report);

      tool_print_json (tool_json_parse (json));
    }
  else
    tool_talk_lines (text);
  return TOOL_REFUSED;
}

/* The configuration that was asked for, or NULL after telling why not. */
static MigdescConfig *
expand_request (Tool *tool, const Request *request, char **operands)
{
  g_autoptr (MigdescDescriptor) descriptor = tool_read_one (tool, operands[0]);
  g_autoptr (MigdescModel) model = NULL;
  g_autoptr (MigdescParamList) overrides = NULL;
  g_autoptr (MigdescReport) report = NULL;
  g_autoptr (GError) error = NULL;
  MigdescConfig *config;

  if (descriptor == NULL || (model = tool_choose_model (tool, descriptor, request->model)) == NULL)
    return NULL;
  overrides = migdesc_param_list_new_from_args (NULL, (const char *const *) operands + 1, &error);
  if (overrides == NULL)
    {
      tool_fail (tool, error, NULL);
      return NULL;
    }
  if (request->version != NULL && migdesc_param_list_get_version (overrides) != NULL)
    {
      tool_usage_error (tool, "the version is given twice: --version and version=");
      return NULL;
    }
  config = migdesc_model_expand (model, request->version, overrides, &report);
  if (config == NULL)
    tool_add_status (tool, refuse (tool, report));
  return config;
}

/* {"model", "version"?, "params": {NAME: VALUE}} for the names given, typed as the model has them. */
static void
print_config_json (const MigdescConfig *config, const char *version, const char *const *names)
{
  g_autoptr (MigdescModel) model = migdesc_config_get_model (config);
  JsonBuilder *builder = json_builder_new_immutable ();

  json_builder_begin_object (builder);
  tool_json_add_string (builder, "model", migdesc_model_get_name (model));
  tool_json_add_string (builder, "version", version);
  json_builder_set_member_name (builder, "params");
  json_builder_begin_object (builder);
  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autoptr (GVariant) value = migdesc_config_get_value (config, names[i]);

      tool_json_add_value (builder, names[i], value);
    }
  json_builder_end_object (builder);
  json_builder_end_object (builder);
  tool_print_json (tool_json_end (builder));
}

static Request
parse_request (Tool *tool, const char *verb, int argc, char **argv, char ***operands)
{
  Request request = { NULL };
  gboolean is_list = g_str_equal (verb, "list");
  const GOptionEntry expand_entries[] = {
    { "model", 0, 0, G_OPTION_ARG_STRING, &request.model, "The model, if the descriptor has several", "M" },
    { "version", 0, 0, G_OPTION_ARG_STRING, &request.version, "Start from this version, or the latest", "V" },
    G_OPTION_ENTRY_NULL
  };
  const GOptionEntry list_entries[] = {
    expand_entries[0],
    expand_entries[1],
    { "short", 0, 0, G_OPTION_ARG_NONE, &request.is_short, "A version and the fewest overrides", NULL },
    { "instance", 0, 0, G_OPTION_ARG_STRING, &request.instance, "The list of this device of a device tree", "UUID" },
    G_OPTION_ENTRY_NULL
  };

  *operands = tool_parse (tool, tool_find_verb (verb), is_list ? list_entries : expand_entries, argc, argv, 1,
                          G_MAXUINT);
  return request;
}

ToolStatus
verb_expand (Tool *tool, int argc, char **argv)
{
  g_auto (GStrv) operands = NULL;
  g_auto (Request) request = parse_request (tool, "expand", argc, argv, &operands);
  g_autoptr (MigdescConfig) config = NULL;

  if (operands == NULL)
    return tool->status;
  config = expand_request (tool, &request, operands);
  if (config == NULL)
    return tool->status;
  if (tool->json)
    {
      g_auto (GStrv) names = migdesc_config_dup_names (config);

      print_config_json (config, migdesc_config_get_version (config), (const char *const *) names);
    }
  else
    {
      g_autofree char *text = migdesc_config_to_string (config);

      tool_print_indented (text, "");
    }
  return TOOL_YES;
}

static void
print_param_list (Tool *tool, const MigdescConfig *config, const MigdescParamList *list)
{
  g_autofree char *line = NULL;

  if (tool->json)
    {
      g_auto (GStrv) names = migdesc_param_list_dup_names (list);

      print_config_json (config, migdesc_param_list_get_version (list), (const char *const *) names);
      return;
    }
  line = migdesc_param_list_to_string (list);
  tool_print_line ("%s", line);
}

static ToolStatus
list_instance (Tool *tool, const char *place, const char *uuid)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MigdescParamList) list = migdesc_instance_load (place, uuid, tool->cancellable, &error);
  g_autofree char *text = NULL;

  if (list == NULL)
    return tool_fail (tool, error, NULL);
  if (tool->json)
    {
      text = migdesc_param_list_to_json (list);
      tool_print_json (tool_json_parse (text));
      return TOOL_YES;
    }
  text = migdesc_param_list_to_string (list);
  tool_print_line ("%s", text);
  return TOOL_YES;
}

ToolStatus
verb_list (Tool *tool, int argc, char **argv)
{
  g_auto (GStrv) operands = NULL;
  g_auto (Request) request = parse_request (tool, "list", argc, argv, &operands);
  g_autoptr (MigdescConfig) config = NULL;
  g_autoptr (MigdescParamList) list = NULL;

  if (operands == NULL)
    return tool->status;
  if (request.instance != NULL)
    return list_instance (tool, operands[0], request.instance);
  config = expand_request (tool, &request, operands);
  if (config == NULL)
    return tool->status;
  list = request.is_short ? migdesc_config_to_short_param_list (config) : migdesc_config_to_param_list (config);
  print_param_list (tool, config, list);
  return TOOL_YES;
}
