/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "nic-config.h"

#include <stdio.h>
#include <string.h>

static const char descriptor_text[]
    = "{\"migdesc\": \"1.0\", \"models\": {\"" NIC_MODEL "\": {\"params\": {"
      "\"num-queues\": {\"type\": \"int\", \"allowed_values\": [\"1-8\"],"
#if NIC_VERSION >= 3
      " \"init_value\": 4, \"off_value\": 1},"
#else
      " \"init_value\": 2, \"off_value\": 1},"
#endif
      "\"rx-filter-size\": {\"type\": \"int\", \"allowed_values\": [\"0-64\"],"
      " \"init_value\": 16, \"off_value\": 0},"
#if NIC_VERSION >= 2
      "\"jumbo\": {\"type\": \"bool\", \"init_value\": true, \"off_value\": false},"
#endif
#if NIC_VERSION >= 4
      "\"rss\": {\"type\": \"bool\", \"init_value\": true, \"off_value\": false},"
#endif
      "\"direct\": {\"type\": \"bool\", \"init_value\": false, \"off_value\": false}"
      "}, \"versions\": ["
      "{\"name\": \"direct\", \"params\": {\"direct\": true}, \"support\": \"none\","
      " \"blocker\": \"" NIC_DIRECT_BLOCKER "\"},"
      "{\"name\": \"1\", \"params\": {\"num-queues\": 2, \"rx-filter-size\": 16},"
      " \"state_version\": 1}"
#if NIC_VERSION >= 2
      ", {\"name\": \"2\", \"params\": {\"num-queues\": 2, \"rx-filter-size\": 16,"
      " \"jumbo\": true}, \"state_version\": 2}"
#endif
#if NIC_VERSION >= 3
      ", {\"name\": \"3\", \"params\": {\"num-queues\": 4, \"rx-filter-size\": 16,"
      " \"jumbo\": true}, \"state_version\": 3}"
#endif
#if NIC_VERSION >= 4
      ", {\"name\": \"4\", \"params\": {\"num-queues\": 4, \"rx-filter-size\": 16,"
      " \"jumbo\": true, \"rss\": true}, \"state_version\": 4}"
#endif
      "], \"constraints\": ["
#if NIC_VERSION >= 4
      "{\"if\": {\"rss\": [true]}, \"then\": {\"num-queues\": [\"2-8\"]},"
      " \"description\": \"receive side scaling needs two queues\"},"
      "{\"if\": {\"direct\": [true]}, \"then\": {\"num-queues\": [1], \"rx-filter-size\": [0],"
      " \"jumbo\": [false], \"rss\": [false]},"
#elif NIC_VERSION >= 2
      "{\"if\": {\"direct\": [true]}, \"then\": {\"num-queues\": [1], \"rx-filter-size\": [0],"
      " \"jumbo\": [false]},"
#else
      "{\"if\": {\"direct\": [true]}, \"then\": {\"num-queues\": [1], \"rx-filter-size\": [0]},"
#endif
      " \"description\": \"direct access has one queue and nothing else\"}"
      "], \"support\": \"bidirectional\"}}}";

static char *
take_arg (int argc, char **argv, int *i, GPtrArray *args, char **version)
{
  const char *arg = argv[*i];
  gboolean more = *i + 1 < argc;

  if (g_str_has_prefix (arg, "--m-") && strchr (arg, '=') != NULL)
    g_ptr_array_add (args, g_strdup (arg + 4));
  else if (g_str_has_prefix (arg, "--m-") && more)
    g_ptr_array_add (args, g_strdup_printf ("%s=%s", arg + 4, argv[++*i]));
  else if (strcmp (arg, "--param") == 0 && more)
    g_ptr_array_add (args, g_strdup (argv[++*i]));
  else if (g_str_has_prefix (arg, "--migration-version="))
    *version = strchr (argv[*i], '=') + 1;
  else if (strcmp (arg, "--migration-version") == 0 && more)
    *version = argv[++*i];
  else if (strcmp (arg, "--migration-model") == 0)
    ++*i;
  else
    return argv[*i];
  return NULL;
}

static MigdescConfig *
expand (MigdescDescriptor *descriptor, char *const *args, const char *version)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MigdescModel) model = migdesc_descriptor_lookup_model (descriptor, NIC_MODEL);
  g_autoptr (MigdescReport) report = NULL;
  g_autoptr (MigdescParamList) list
      = migdesc_param_list_new_from_args (NIC_MODEL, (const char *const *) args, &error);
  MigdescConfig *config
      = list == NULL ? NULL : migdesc_model_expand (model, version, list, &report);

  if (list == NULL)
    fprintf (stderr, "nic-backend: %s\n", error->message);
  for (guint i = 0; config == NULL && report && i < migdesc_report_get_n_findings (report); i++)
    {
      g_autoptr (MigdescFinding) finding = migdesc_report_get_finding (report, i);

      fprintf (stderr, "nic-backend: %s\n", migdesc_finding_get_message (finding));
    }
  return config;
}

MigdescConfig *
nic_config_parse (int *argc, char ***argv, int *status)
{
  g_autoptr (MigdescDescriptor) descriptor
      = migdesc_descriptor_new_from_string (descriptor_text, -1, NULL);
  g_autoptr (GPtrArray) args = g_ptr_array_new_with_free_func (g_free);
  char *version = NULL;
  int kept = 1;

  *status = 1;
  for (int i = 1; i < *argc; i++)
    {
      char *arg = take_arg (*argc, *argv, &i, args, &version);

      if (g_strcmp0 (arg, "--print-migration-info-json") == 0)
        {
          g_autofree char *text = migdesc_descriptor_to_pretty_string (descriptor);

          fputs (text, stdout);
          *status = 0;
          return NULL;
        }
      if (arg != NULL)
        (*argv)[kept++] = arg;
    }
  *argc = kept;
  (*argv)[kept] = NULL;
  g_ptr_array_add (args, NULL);
  return expand (descriptor, (char *const *) args->pdata, version);
}

static guint64
get (MigdescConfig *values, const char *name)
{
  g_autoptr (GVariant) value = migdesc_config_get_value (values, name);

  if (value == NULL)
    return 0;
  if (g_variant_is_of_type (value, G_VARIANT_TYPE_BOOLEAN))
    return g_variant_get_boolean (value) != FALSE;
  return g_variant_get_uint64 (value);
}

void
nic_config_read (MigdescConfig *values, NicConfig *config)
{
  config->num_queues = (guint) get (values, "num-queues");
  config->rx_filter_size = (guint) get (values, "rx-filter-size");
  config->direct = get (values, "direct") != 0;
  config->jumbo = get (values, "jumbo") != 0;
  config->rss = get (values, "rss") != 0;
}
