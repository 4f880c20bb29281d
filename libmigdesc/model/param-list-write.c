/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Writing parameter lists: the text form and the JSON form. */

#include <string.h>

#include "base/json-writer.h"
#include "model/param-list-private.h"

static void
append_doubled (GString *text,
                const char *value,
                gsize length)
{
  const char *end = value + length;
  const char *comma;

  while ((comma = memchr (value, ',', (gsize) (end - value))) != NULL)
    {
      g_string_append_len (text, value, comma + 1 - value);
      g_string_append_c (text, ',');
      value = comma + 1;
    }
  g_string_append_len (text, value, end - value);
}

static void
append_argument (GString *text,
                 gboolean first,
                 const char *name,
                 gsize name_length,
                 const char *value,
                 gsize value_length)
{
  if (!first)
    g_string_append_c (text, ',');
  g_string_append_len (text, name, (gssize) name_length);
  g_string_append_c (text, '=');
  append_doubled (text, value, value_length);
}

/**
 * migdesc_param_list_to_string:
 * @list: a list
 *
 * Writes the text form of a list: the model if there is one, the version first, then the pairs in
 * their order. It is what migdesc_param_list_new_from_string() reads, and the same list comes back.
 *
 * Returns: (transfer full): the text, one line without line end
 *
 * Since: 1.0
 */
char *
migdesc_param_list_to_string (const MigdescParamList *list)
{
  GString *text;

  g_return_val_if_fail (list != NULL, NULL);

  text = g_string_new (NULL);
  if (list->model != NULL)
    {
      g_string_append_len (text, list->model, list->model_length);
      g_string_append_c (text, '?');
    }
  if (list->version != NULL)
    append_argument (text, TRUE, "version", strlen ("version"), list->version,
                     list->version_length);
  for (guint i = 0; i < list->n_pairs; i++)
    {
      const MigdescPair *pair = &list->pairs[i];

      append_argument (text, i == 0 && list->version == NULL,
                       pair->name, pair->name_length, pair->value, pair->value_length);
    }
  return g_string_free (text, FALSE);
}

/**
 * migdesc_param_list_to_json:
 * @list: a list
 *
 * Writes the JSON form of a list: compact, members in the order `model`, `version`, `params`, the
 * first two left out where they are missing. Every value is a string, since a list knows no types;
 * migdesc_param_list_new_from_json() gives the same list back.
 *
 * Returns: (transfer full): the JSON text, one line without line end
 *
 * Since: 1.0
 */
char *
migdesc_param_list_to_json (const MigdescParamList *list)
{
  MigdescJsonWriter writer;
  GString *text;

  g_return_val_if_fail (list != NULL, NULL);

  text = g_string_new (NULL);
  migdesc_json_writer_init (&writer, text, FALSE);
  migdesc_json_writer_begin_object (&writer);
  if (list->model != NULL)
    migdesc_json_writer_member_string (&writer, "model", list->model);
  if (list->version != NULL)
    migdesc_json_writer_member_string (&writer, "version", list->version);

  migdesc_json_writer_key (&writer, "params");
  migdesc_json_writer_begin_object (&writer);
  for (guint i = 0; i < list->n_pairs; i++)
    {
      const MigdescPair *pair = &list->pairs[i];

      migdesc_json_writer_key_length (&writer, pair->name, pair->name_length);
      migdesc_json_writer_string_length (&writer, pair->value, pair->value_length);
    }
  migdesc_json_writer_end_object (&writer);
  migdesc_json_writer_end_object (&writer);
  return g_string_free (text, FALSE);
}
