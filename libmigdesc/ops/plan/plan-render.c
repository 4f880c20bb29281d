/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Plans written out for those who set up devices */

#include <string.h>

#include <migdesc/migdesc-error.h>

#include "base/json-writer.h"
#include "base/quote.h"
#include "ops/list.h"
#include "ops/plan/plan-private.h"

static const char *const style_words[] = {
  [MIGDESC_PLAN_ARGV_M] = "argv-m",
  [MIGDESC_PLAN_ARGV_PARAM] = "argv-param",
  [MIGDESC_PLAN_ARGV_VERSION] = "argv-version",
  [MIGDESC_PLAN_SYSFS] = "sysfs",
  [MIGDESC_PLAN_MDEVCTL] = "mdevctl",
  [MIGDESC_PLAN_TEXT] = "text",
};

/**
 * migdesc_plan_style_from_string:
 * @text: a word
 * @style: (out): return location for the style
 *
 * Finds the style that a word stands for: `argv-m`, `argv-param`, `argv-version`, `sysfs`,
 * `mdevctl` or `text`.
 *
 * Returns: %FALSE if it is none of them
 *
 * Since: 1.0
 */
gboolean
migdesc_plan_style_from_string (const char *text,
                                MigdescPlanStyle *style)
{
  g_return_val_if_fail (text != NULL, FALSE);
  g_return_val_if_fail (style != NULL, FALSE);

  *style = MIGDESC_PLAN_ARGV_M;
  for (guint i = 0; i < G_N_ELEMENTS (style_words); i++)
    if (strcmp (text, style_words[i]) == 0)
      {
        *style = (MigdescPlanStyle) i;
        return TRUE;
      }
  return FALSE;
}

/**
 * migdesc_plan_style_to_string:
 * @style: a style
 *
 * Gets the word for a style.
 *
 * Returns: the word, or %NULL if there is no such style
 *
 * Since: 1.0
 */
const char *
migdesc_plan_style_to_string (MigdescPlanStyle style)
{
  return (guint) style < G_N_ELEMENTS (style_words) ? style_words[style] : NULL;
}

/* A setting: an option that takes the text as an argument of its own, or the text alone. */
typedef struct
{
  const char *option; /* nullable */
  char *text;
} Setting;

typedef struct
{
  const MigdescPlan *plan;
  MigdescPlanStyle style;
  GArray *settings;
  GError **error;
} Rendering;

static void
clear_setting (gpointer setting)
{
  g_free (((Setting *) setting)->text);
}

static void
rendering_init (Rendering *rendering,
                const MigdescPlan *plan,
                MigdescPlanStyle style,
                GError **error)
{
  rendering->plan = plan;
  rendering->style = style;
  rendering->settings = g_array_new (FALSE, FALSE, sizeof (Setting));
  rendering->error = error;
  g_array_set_clear_func (rendering->settings, clear_setting);
}

static void
rendering_clear (Rendering *rendering)
{
  g_clear_pointer (&rendering->settings, g_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Rendering, rendering_clear)

static void
take_setting (Rendering *rendering,
              const char *option,
              char *text)
{
  Setting setting = { option, text };

  g_array_append_val (rendering->settings, setting);
}

static gboolean
refuse (const Rendering *rendering,
        const char *kind,
        const char *name,
        const char *why)
{
  g_autofree char *quoted = migdesc_quote (name, -1);

  g_set_error (rendering->error, MIGDESC_ERROR, MIGDESC_ERROR_PLAN_UNSAFE_NAME,
               "%s \"%s\" cannot be written safely in the style %s: %s", kind, quoted,
               style_words[rendering->style], why);
  return FALSE;
}

/* What stands as an argument of its own after its option must not look like another option. */
static gboolean
check_argument (const Rendering *rendering,
                const char *kind,
                const char *name)
{
  if (*name == '-')
    return refuse (rendering, kind, name, "it would read as an option");
  if (*name == '\0')
    return refuse (rendering, kind, name, "it is empty");
  return TRUE;
}

static gboolean
is_file_name (const char *name)
{
  if (*name == '-' || *name == '.')
    return FALSE;
  for (const char *c = name; *c != '\0'; c++)
    if (!g_ascii_isalnum (*c) && strchr ("._:-", *c) == NULL)
      return FALSE;
  return TRUE;
}

static gboolean
check_attribute (const Rendering *rendering,
                 const char *name)
{
  if (!is_file_name (name))
    return refuse (
        rendering, "param", name,
        "an attribute is named with letters, digits and ._:- and begins with none of . and -");
  if (strcmp (name, "device_model") == 0)
    return refuse (rendering, "param", name, "it is the attribute of the model");
  return TRUE;
}

static char *
format_value (const MigdescPlan *plan,
              guint32 param)
{
  GString *text = g_string_new (NULL);

  migdesc_value_append_text (text, (MigdescValueType) plan->model->params[param].type,
                             plan->values[param]);
  return g_string_free (text, FALSE);
}

static void
add_text (Rendering *rendering,
          const char *option,
          const char *prefix,
          const char *name,
          const char *value)
{
  take_setting (rendering, option, g_strconcat (prefix, name, "=", value, NULL));
}

/* --m-NAME=VALUE, or --param NAME=VALUE. A version is set like a param where there are no
 * params. */
static gboolean
render_params (Rendering *rendering,
               const char *option,
               const char *prefix)
{
  const MigdescPlan *plan = rendering->plan;
  const char *version = migdesc_plan_get_version (plan);

  if (plan->model->version_only)
    add_text (rendering, option, prefix, "version", version);
  for (guint32 i = 0; i < plan->model->n_params; i++)
    {
      const char *name = plan->model->params[i].name;
      g_autofree char *value = format_value (plan, i);

      if (option != NULL && !check_argument (rendering, "param", name))
        return FALSE;
      add_text (rendering, option, prefix, name, value);
    }
  return TRUE;
}

static void
render_overrides (Rendering *rendering)
{
  const MigdescPlan *plan = rendering->plan;
  g_autoptr (MigdescParamList) list = migdesc_list_over_version (plan->model, plan->version,
                                                                 plan->values);

  for (guint i = 0; i < migdesc_param_list_get_n_params (list); i++)
    add_text (rendering, NULL, "--m-", migdesc_param_list_get_name (list, i),
              migdesc_param_list_get_value (list, i));
}

static gboolean
render_argv_version (Rendering *rendering)
{
  const MigdescPlan *plan = rendering->plan;
  const char *version = migdesc_plan_get_version (plan);

  if (!check_argument (rendering, "model", plan->model->name)
      || (version != NULL && !check_argument (rendering, "version", version)))
    return FALSE;
  take_setting (rendering, "--migration-model", g_strdup (plan->model->name));
  if (version == NULL)
    return render_params (rendering, NULL, "--m-");
  take_setting (rendering, "--migration-version", g_strdup (version));
  if (!plan->model->version_only)
    render_overrides (rendering);
  return TRUE;
}

/* Of 2019: a type is created as a version by what is written to its create attribute. */
static gboolean
render_create (Rendering *rendering)
{
  const char *version = migdesc_plan_get_version (rendering->plan);

  if (strchr (version, ';') != NULL)
    return refuse (rendering, "version", version, "\";\" ends it");
  take_setting (rendering, NULL, g_strconcat ("create=UUID;version=", version, NULL));
  return TRUE;
}

static gboolean
render_sysfs (Rendering *rendering)
{
  const MigdescPlan *plan = rendering->plan;
  const char *version = migdesc_plan_get_version (plan);

  if (plan->store->dialect == MIGDESC_DIALECT_SYSFS_2019 && plan->model->version_only)
    return render_create (rendering);
  add_text (rendering, NULL, "migration/", "device_model", plan->model->name);
  if (version != NULL)
    add_text (rendering, NULL, "migration/", "version", version);
  for (guint32 i = 0; i < plan->model->n_params; i++)
    {
      g_autofree char *value = format_value (plan, i);

      if (!check_attribute (rendering, plan->model->params[i].name))
        return FALSE;
      add_text (rendering, NULL, "migration/", plan->model->params[i].name, value);
    }
  return TRUE;
}

static void
write_attribute (MigdescJsonWriter *writer,
                 const char *name,
                 const char *value)
{
  g_autofree char *path = g_strconcat ("migration/", name, NULL);

  migdesc_json_writer_begin_object (writer);
  migdesc_json_writer_member_string (writer, path, value);
  migdesc_json_writer_end_object (writer);
}

static gboolean
render_mdevctl (Rendering *rendering)
{
  const MigdescPlan *plan = rendering->plan;
  const char *version = migdesc_plan_get_version (plan);
  GString *json = g_string_new (NULL);
  MigdescJsonWriter writer;
  gboolean safe = TRUE;

  migdesc_json_writer_init (&writer, json, FALSE);
  migdesc_json_writer_begin_array (&writer);
  write_attribute (&writer, "device_model", plan->model->name);
  if (version != NULL)
    write_attribute (&writer, "version", version);
  for (guint32 i = 0; safe && i < plan->model->n_params; i++)
    {
      g_autofree char *value = format_value (plan, i);

      safe = check_attribute (rendering, plan->model->params[i].name);
      write_attribute (&writer, plan->model->params[i].name, value);
    }
  migdesc_json_writer_end_array (&writer);
  take_setting (rendering, NULL, g_string_free (json, FALSE));
  return safe;
}

static MigdescParamList *
list_of_version (const MigdescPlan *plan)
{
  const MigdescName *model = &plan->model->key;

  return migdesc_param_list_new_from_pairs (model->text, model->length, plan->version_name,
                                            strlen (plan->version_name), NULL, 0);
}

static gboolean
render_text (Rendering *rendering)
{
  const MigdescPlan *plan = rendering->plan;
  g_autoptr (MigdescParamList) list = plan->model->version_only
                                        ? list_of_version (plan)
                                        : migdesc_list_of_values (plan->model, plan->values);

  take_setting (rendering, NULL, migdesc_param_list_to_string (list));
  return TRUE;
}

static gboolean
render (Rendering *rendering)
{
  switch (rendering->style)
    {
    case MIGDESC_PLAN_ARGV_PARAM:
      return render_params (rendering, "--param", "");
    case MIGDESC_PLAN_ARGV_VERSION:
      return render_argv_version (rendering);
    case MIGDESC_PLAN_SYSFS:
      return render_sysfs (rendering);
    case MIGDESC_PLAN_MDEVCTL:
      return render_mdevctl (rendering);
    case MIGDESC_PLAN_TEXT:
      return render_text (rendering);
    case MIGDESC_PLAN_ARGV_M:
    default:
      return render_params (rendering, NULL, "--m-");
    }
}

/**
 * migdesc_plan_render:
 * @plan: a plan
 * @style: how to write it
 * @error: return location for a #GError
 *
 * Writes a plan, one setting a line, in the order in which they are to be made:
 *
 * - %MIGDESC_PLAN_ARGV_M: `--m-NAME=VALUE` for each param, or `--m-version=V` for a model of
 * versions alone;
 * - %MIGDESC_PLAN_ARGV_PARAM: `--param NAME=VALUE` likewise;
 * - %MIGDESC_PLAN_ARGV_VERSION: `--migration-model M`, `--migration-version V` if the model has
 * versions, then
 *   `--m-NAME=VALUE` for each param that differs from the version, or for each where there is no
 * version;
 * - %MIGDESC_PLAN_SYSFS: `migration/device_model=M`, `migration/version=V` if the model has
 * versions, then
 *   `migration/NAME=VALUE` for each param: what stands before the first `=` is the attribute, below
 * the device, and
 *   what follows is what has to be written to it. For a descriptor of the `sysfs-2019` dialect
 * there is one write, below
 *   the type, `create=UUID;version=V`, with the word UUID to be replaced;
 * - %MIGDESC_PLAN_MDEVCTL: these attributes as the JSON value of `attrs` in an mdevctl definition,
 * on one line;
 * - %MIGDESC_PLAN_TEXT: the list of the configuration, on one line.
 *
 * After an option that takes an argument of its own there is one space, the first in the line; see
 * migdesc_plan_to_argv() for the arguments. Values are never quoted.
 *
 * %MIGDESC_ERROR_PLAN_UNSAFE_NAME if a name cannot be carried safely: it would read as an option,
 * lead out of a directory, or end too early.
 *
 * Returns: (transfer full) (array zero-terminated=1): the lines, without line ends, or %NULL on
 * error
 *
 * Since: 1.0
 */
char **
migdesc_plan_render (const MigdescPlan *plan,
                     MigdescPlanStyle style,
                     GError **error)
{
  g_auto (Rendering) rendering = { NULL };
  char **lines;

  g_return_val_if_fail (plan != NULL, NULL);
  g_return_val_if_fail ((guint) style < G_N_ELEMENTS (style_words), NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  rendering_init (&rendering, plan, style, error);
  if (!render (&rendering))
    return NULL;
  lines = g_new0 (char *, rendering.settings->len + 1);
  for (guint i = 0; i < rendering.settings->len; i++)
    {
      Setting *setting = &g_array_index (rendering.settings, Setting, i);

      lines[i] = setting->option != NULL ? g_strconcat (setting->option, " ", setting->text, NULL)
                                         : g_steal_pointer (&setting->text);
    }
  return lines;
}

/**
 * migdesc_plan_to_argv:
 * @plan: a plan
 * @style: %MIGDESC_PLAN_ARGV_M, %MIGDESC_PLAN_ARGV_PARAM or %MIGDESC_PLAN_ARGV_VERSION
 * @error: return location for a #GError
 *
 * Makes the arguments of a backend program, to be appended to its own. They need no shell, and no
 * quoting.
 *
 * %MIGDESC_ERROR_PLAN_UNSAFE_NAME as in migdesc_plan_render(); %MIGDESC_ERROR_INVALID_ARGUMENT for
 * another style.
 *
 * Returns: (transfer full) (array zero-terminated=1): the arguments, or %NULL on error
 *
 * Since: 1.0
 */
char **
migdesc_plan_to_argv (const MigdescPlan *plan,
                      MigdescPlanStyle style,
                      GError **error)
{
  g_auto (Rendering) rendering = { NULL };
  g_autoptr (GPtrArray) argv = NULL;

  g_return_val_if_fail (plan != NULL, NULL);
  g_return_val_if_fail ((guint) style < G_N_ELEMENTS (style_words), NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  if (style > MIGDESC_PLAN_ARGV_VERSION)
    {
      g_set_error (error, MIGDESC_ERROR, MIGDESC_ERROR_INVALID_ARGUMENT,
                   "the style %s has no arguments", style_words[style]);
      return NULL;
    }
  rendering_init (&rendering, plan, style, error);
  if (!render (&rendering))
    return NULL;
  argv = g_ptr_array_new ();
  for (guint i = 0; i < rendering.settings->len; i++)
    {
      Setting *setting = &g_array_index (rendering.settings, Setting, i);

      if (setting->option != NULL)
        g_ptr_array_add (argv, g_strdup (setting->option));
      g_ptr_array_add (argv, g_steal_pointer (&setting->text));
    }
  g_ptr_array_add (argv, NULL);
  return (char **) g_ptr_array_free (g_steal_pointer (&argv), FALSE);
}
