/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* expand and list: the same question, answered with every value or as a parameter list. */

#include <string.h>

#include "tool-options.h"
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

/* --- The configuration ------------------------------------------------ */

static ToolStatus
refuse (Tool *tool, const MigdescReport *report)
{
  ToolJson json;

  tool_talk_report (report);
  if (tool->json)
    {
      tool_json_init (&json);
      tool_json_add_report (&json, report);
      tool_json_print (&json);
    }
  tool_add_status (tool, TOOL_REFUSED);
  return TOOL_REFUSED;
}

static MigdescParamList *
read_overrides (Tool *tool, const Request *request, char **arguments)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MigdescParamList) overrides
      = migdesc_param_list_new_from_args (NULL, (const char *const *) arguments, &error);

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
  return g_steal_pointer (&overrides);
}

/* The configuration that was asked for, or NULL after telling why not. */
static MigdescConfig *
expand_request (Tool *tool, const Request *request, char **operands)
{
  g_autoptr (MigdescDescriptor) descriptor = tool_read_one (tool, operands[0]);
  g_autoptr (MigdescModel) model = NULL;
  g_autoptr (MigdescParamList) overrides = NULL;
  g_autoptr (MigdescReport) report = NULL;
  MigdescConfig *config;

  /* An argument that is wrong is worse than a model that is not there. */
  if (descriptor == NULL || (overrides = read_overrides (tool, request, operands + 1)) == NULL
      || (model = tool_choose_model (tool, descriptor, request->model)) == NULL)
    return NULL;
  config = migdesc_model_expand (model, request->version, overrides, &report);
  if (config == NULL)
    refuse (tool, report);
  return config;
}

/* {"model", "version"?, "params": {NAME: VALUE}} for the names given, typed as the model has
 * them. */
static void
print_config_json (const MigdescConfig *config, const char *version, char **names)
{
  g_autoptr (MigdescModel) model = migdesc_config_get_model (config);
  ToolJson json;

  tool_json_init (&json);
  tool_json_add_string (&json, "model", migdesc_model_get_name (model));
  tool_json_add_string (&json, "version", version);
  tool_json_begin_object (&json, "params");
  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autoptr (GVariant) value = migdesc_config_get_value (config, names[i]);

      tool_json_add_value (&json, names[i], value);
    }
  tool_json_end_object (&json);
  tool_json_print (&json);
}

/* --- expand ----------------------------------------------------------- */

static void
print_config (Tool *tool, const MigdescConfig *config)
{
  if (tool->json)
    {
      g_auto (GStrv) names = migdesc_config_dup_names (config);

      print_config_json (config, migdesc_config_get_version (config), names);
    }
  else
    {
      g_autofree char *text = migdesc_config_to_string (config);

      tool_print_lines (text, "");
    }
}

#define MODEL_OPTION(request)                             \
  {                                                       \
    "model", 0, 0, G_OPTION_ARG_STRING, &(request).model, \
        "The model, if the descriptor has several", "M"   \
  }
#define VERSION_OPTION(request)                               \
  {                                                           \
    "version", 0, 0, G_OPTION_ARG_STRING, &(request).version, \
        "Start from this version, or the latest", "V"         \
  }

ToolStatus
verb_expand (Tool *tool, int argc, char **argv)
{
  g_auto (Request) request = { NULL };
  const GOptionEntry entries[]
      = { MODEL_OPTION (request), VERSION_OPTION (request), G_OPTION_ENTRY_NULL };
  g_auto (GStrv) operands = tool_parse (tool, entries, argc, argv, 1, G_MAXUINT);
  g_autoptr (MigdescConfig) config = NULL;

  if (operands == NULL || (config = expand_request (tool, &request, operands)) == NULL)
    return tool->status;
  print_config (tool, config);
  return TOOL_YES;
}

/* --- list ------------------------------------------------------------- */

static void
print_list (Tool *tool, const MigdescConfig *config, const MigdescParamList *list)
{
  if (tool->json)
    {
      g_auto (GStrv) names = migdesc_param_list_dup_names (list);

      print_config_json (config, migdesc_param_list_get_version (list), names);
    }
  else
    {
      g_autofree char *line = migdesc_param_list_to_string (list);

      tool_print_line ("%s", line);
    }
}

static ToolStatus
list_instance (Tool *tool, const Request *request, char **operands)
{
  const ToolPlace place = { .file = operands[0] };
  g_autoptr (GError) error = NULL;
  g_autoptr (MigdescParamList) list = NULL;
  g_autofree char *text = NULL;
  ToolJson json;

  if (operands[1] != NULL || request->model != NULL || request->version != NULL
      || request->is_short)
    return tool_usage_error (tool, "with --instance there is one operand and no other option: "
                                   "migdesc list --instance UUID TREE");
  list = migdesc_instance_load (operands[0], request->instance, NULL, &error);
  if (list == NULL)
    return tool_fail (tool, error, &place);
  if (tool->json)
    {
      text = migdesc_param_list_to_json (list);
      tool_json_init (&json);
      tool_json_add_members (&json, text);
      tool_json_print (&json);
      return TOOL_YES;
    }
  text = migdesc_param_list_to_string (list);
  tool_print_line ("%s", text);
  return TOOL_YES;
}

ToolStatus
verb_list (Tool *tool, int argc, char **argv)
{
  g_auto (Request) request = { NULL };
  const GOptionEntry entries[]
      = { MODEL_OPTION (request),
          VERSION_OPTION (request),
          { "short", 0, 0, G_OPTION_ARG_NONE, &request.is_short,
            "A version and the fewest overrides", NULL },
          { "instance", 0, 0, G_OPTION_ARG_STRING, &request.instance,
            "The list of this device of a device tree, or of a dump of mdevctl", "UUID" },
          G_OPTION_ENTRY_NULL };
  g_auto (GStrv) operands = tool_parse (tool, entries, argc, argv, 1, G_MAXUINT);
  g_autoptr (MigdescConfig) config = NULL;
  g_autoptr (MigdescParamList) list = NULL;

  if (operands == NULL)
    return tool->status;
  if (request.instance != NULL)
    return list_instance (tool, &request, operands);
  if ((config = expand_request (tool, &request, operands)) == NULL)
    return tool->status;
  list = request.is_short ? migdesc_config_to_short_param_list (config)
                          : migdesc_config_to_param_list (config);
  print_list (tool, config, list);
  return TOOL_YES;
}
