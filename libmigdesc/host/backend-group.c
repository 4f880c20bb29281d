/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <string.h>

#include <migdesc/migdesc-error.h>

#include "host/backend-private.h"
#include "host/mistakes.h"

/* The options as a GOptionGroup, for programs that parse theirs that way. */

typedef struct
{
  MigdescBackend *backend;
  GPtrArray *texts; /* which the entries point to */
} Group;

static void
group_free (gpointer data)
{
  Group *group = data;

  g_object_unref (group->backend);
  g_ptr_array_unref (group->texts);
  g_free (group);
}

static gboolean
take_value (const char *option,
            const char *value,
            gpointer data,
            GError **error G_GNUC_UNUSED)
{
  Group *group = data;
  const char *name = option + strlen ("--m-");

  migdesc_option_store_add_value (&group->backend->options, option, name, strlen (name), value);
  return TRUE;
}

static gboolean
take_pair (const char *option G_GNUC_UNUSED,
           const char *value,
           gpointer data,
           GError **error G_GNUC_UNUSED)
{
  migdesc_option_store_add_pair (&((Group *) data)->backend->options, value);
  return TRUE;
}

static gboolean
take_model (const char *option G_GNUC_UNUSED,
            const char *value,
            gpointer data,
            GError **error G_GNUC_UNUSED)
{
  migdesc_option_store_set_model (&((Group *) data)->backend->options, value);
  return TRUE;
}

static gboolean
take_version (const char *option G_GNUC_UNUSED,
              const char *value,
              gpointer data,
              GError **error G_GNUC_UNUSED)
{
  migdesc_option_store_set_version (&((Group *) data)->backend->options, value);
  return TRUE;
}

static gboolean
take_test (const char *option G_GNUC_UNUSED,
           const char *value,
           gpointer data,
           GError **error G_GNUC_UNUSED)
{
  migdesc_option_store_set_test (&((Group *) data)->backend->options, value);
  return TRUE;
}

static gboolean
take_print_info (const char *option G_GNUC_UNUSED,
                 const char *value,
                 gpointer data,
                 GError **error G_GNUC_UNUSED)
{
  migdesc_option_store_set_print_info (&((Group *) data)->backend->options, value);
  return TRUE;
}

static gboolean
take_print_capabilities (const char *option G_GNUC_UNUSED,
                         const char *value G_GNUC_UNUSED,
                         gpointer data,
                         GError **error G_GNUC_UNUSED)
{
  ((Group *) data)->backend->options.print = MIGDESC_PRINT_CAPABILITIES;
  return TRUE;
}

static gboolean
begin_parse (GOptionContext *context G_GNUC_UNUSED,
             GOptionGroup *option_group G_GNUC_UNUSED,
             gpointer data,
             GError **error G_GNUC_UNUSED)
{
  migdesc_option_store_reset (&((Group *) data)->backend->options);
  return TRUE;
}

static gboolean
end_parse (GOptionContext *context G_GNUC_UNUSED,
           GOptionGroup *option_group G_GNUC_UNUSED,
           gpointer data,
           GError **error)
{
  MigdescBackend *backend = ((Group *) data)->backend;

  if (migdesc_backend_apply_options (backend) || backend->options.print != MIGDESC_PRINT_NOTHING)
    return TRUE;
  return migdesc_mistakes_check (backend->options.mistakes, MIGDESC_ERROR_REFUSED, error);
}

#define ENTRY(name, flags, function, description, argument)                                       \
  {                                                                                               \
    name, 0, flags | G_OPTION_FLAG_FILENAME, G_OPTION_ARG_CALLBACK, (gpointer) function,          \
        description, argument                                                                     \
  }

static const GOptionEntry common[] = {
  ENTRY ("param", 0, take_pair, "A migration parameter", "NAME=VALUE"),
  ENTRY ("migration-model", 0, take_model, "The device model", "MODEL"),
  ENTRY ("migration-version", 0, take_version, "The version that the parameters start from",
         "VERSION"),
  ENTRY ("migration-test", 0, take_test, "Saves or loads a test device, and exits", "save|load"),
  ENTRY ("print-migration-info-json", G_OPTION_FLAG_OPTIONAL_ARG, take_print_info,
         "Prints what the device is, and exits", "native|v3|v4"),
  { NULL },
};

static const GOptionEntry capabilities[] = {
  { "print-capabilities", 0, G_OPTION_FLAG_NO_ARG, G_OPTION_ARG_CALLBACK,
    (gpointer) take_print_capabilities, "Prints what the program can do, and exits", NULL },
  { NULL },
};

static const char *
keep (Group *group,
      char *text)
{
  if (text != NULL)
    g_ptr_array_add (group->texts, text);
  return text;
}

static void
add_param (GOptionGroup *option_group,
           Group *group,
           MigdescParam *param)
{
  g_autoptr (MigdescValueSet) allowed = migdesc_param_get_allowed_values (param);
  GOptionEntry entries[] = { ENTRY (NULL, 0, take_value, NULL, "VALUE"), { NULL } };

  entries[0].long_name
      = keep (group, g_strconcat ("m-", migdesc_param_get_name (param), NULL));
  entries[0].description = keep (group, g_strdup (migdesc_param_get_description (param)));
  if (allowed != NULL && !migdesc_value_set_is_any (allowed))
    entries[0].arg_description = keep (group, migdesc_value_set_to_string (allowed));
  g_option_group_add_entries (option_group, entries);
}

/**
 * migdesc_backend_get_option_group:
 * @backend: a backend
 *
 * Makes a group with the options of the backend as it is: to be added to a #GOptionContext. After
 * it was parsed the configuration can be asked for, and migdesc_backend_dup_answer() says whether
 * something is to be printed instead.
 *
 * What is wrong with the options is one error that has all of it, a %MIGDESC_ERROR_REFUSED; only
 * options that are not known at all, or lack their value, are errors of the context.
 *
 * Returns: (transfer full): a new group
 *
 * Since: 1.0
 */
GOptionGroup *
migdesc_backend_get_option_group (MigdescBackend *backend)
{
  GOptionGroup *option_group;
  Group *group;

  g_return_val_if_fail (MIGDESC_IS_BACKEND (backend), NULL);
  g_return_val_if_fail (backend->model != NULL, NULL);

  group = g_new0 (Group, 1);
  group->backend = g_object_ref (backend);
  group->texts = g_ptr_array_new_with_free_func (g_free);
  option_group = g_option_group_new ("migration", "Migration options:", "Show migration options",
                                     group, group_free);
  g_option_group_add_entries (option_group, common);
  if (backend->backend_type != NULL)
    g_option_group_add_entries (option_group, capabilities);
  for (guint i = 0; i < migdesc_model_get_n_params (backend->model); i++)
    {
      g_autoptr (MigdescParam) param = migdesc_model_get_param (backend->model, i);

      add_param (option_group, group, param);
    }
  g_option_group_set_parse_hooks (option_group, begin_parse, end_parse);
  return option_group;
}
