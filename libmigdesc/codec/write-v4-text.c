/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "codec/read-v4-text.h"
#include "codec/write.h"

#include "base/quote.h"

static gboolean
check_version (const MigdescVersionCore *version,
               GError **error)
{
  g_autofree char *quoted = NULL;

  if (version->key.length == 0)
    {
      g_set_error_literal (error, MIGDESC_ERROR, MIGDESC_ERROR_CONVERSION_REFUSED,
                           "a version with an empty name would be a blank line");
      return FALSE;
    }
  if (!migdesc_v4_text_is_model_line (version->name, version->key.length))
    return TRUE;

  quoted = migdesc_quote (version->name, version->key.length);
  g_set_error (error, MIGDESC_ERROR, MIGDESC_ERROR_CONVERSION_REFUSED,
               "version \"%s\" would read as a model", quoted);
  return FALSE;
}

GString *
migdesc_write_v4_text (const MigdescStore *store,
                       GError **error)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < store->n_models; i++)
    {
      const MigdescModelCore *model = &store->models[i];

      g_string_append_printf (text, "%s:\n", model->name);
      for (guint j = 0; j < model->n_versions; j++)
        {
          if (!check_version (&model->versions[j], error))
            return NULL;
          g_string_append_printf (text, "%s\n", model->versions[j].name);
        }
    }
  return g_steal_pointer (&text);
}
