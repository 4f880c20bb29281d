/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Parameter lists made of their parts, and what the parts may be. */

#include <string.h>

#include <migdesc/migdesc-error.h>
#include "base/key-set.h"
#include "base/quote.h"
#include "model/core.h"
#include "model/param-list-private.h"
#include "value/value.h"

static gboolean
fail_part (GError **error,
           const char *text,
           gsize length,
           const char *why)
{
  g_autofree char *quoted = migdesc_quote (text, (gssize) length);

  g_set_error (error, MIGDESC_ERROR, MIGDESC_ERROR_LIST_SYNTAX, "\"%s\" %s", quoted, why);
  return FALSE;
}

static gboolean
fail_name (GError **error,
           const char *text,
           gsize length,
           const char *what,
           const char *problem)
{
  g_autofree char *why = g_strdup_printf ("is not a %s name: %s", what, problem);

  return fail_part (error, text, length, why);
}

gboolean
migdesc_list_check_model (const char *text,
                          gsize length,
                          GError **error)
{
  const char *problem = migdesc_model_name_problem (text, length);

  return problem == NULL || fail_name (error, text, length, "model", problem);
}

gboolean
migdesc_list_check_version (const char *text,
                            gsize length,
                            GError **error)
{
  const char *problem = migdesc_version_name_problem (text, length);

  if (length > MIGDESC_LIST_MAX_VERSION)
    {
      g_set_error (error, MIGDESC_ERROR, MIGDESC_ERROR_LIMIT_EXCEEDED,
                   "a version name of %" G_GSIZE_FORMAT " bytes; the limit is %d", length,
                   MIGDESC_LIST_MAX_VERSION);
      return FALSE;
    }
  return problem == NULL || fail_name (error, text, length, "version", problem);
}

static gboolean
is_word (const char *text,
         gsize length,
         const char *word)
{
  return length == strlen (word) && memcmp (text, word, length) == 0;
}

gboolean
migdesc_list_check_name (const char *text,
                         gsize length,
                         GError **error)
{
  const char *problem = migdesc_param_name_problem (text, length);

  if (problem == NULL)
    return TRUE;
  if (is_word (text, length, "model"))
    return fail_part (error, text, length,
                      "is reserved: the model stands in front, as in MODEL?NAME=VALUE");
  if (is_word (text, length, "version"))
    return fail_part (error, text, length, "is reserved: a version is not a param");
  return fail_name (error, text, length, "param", problem);
}

gboolean
migdesc_list_check_value (const char *text,
                          gsize length,
                          GError **error)
{
  g_autofree char *quoted = NULL;

  if (length > MIGDESC_VALUE_MAX_LENGTH)
    {
      g_set_error (error, MIGDESC_ERROR, MIGDESC_ERROR_VALUE_TEXT,
                   "a value of %" G_GSIZE_FORMAT " bytes; the limit is %d", length,
                   MIGDESC_VALUE_MAX_LENGTH);
      return FALSE;
    }
  if (migdesc_value_text_is_valid (text, length))
    return TRUE;

  quoted = migdesc_quote (text, (gssize) length);
  g_set_error (error, MIGDESC_ERROR, MIGDESC_ERROR_VALUE_TEXT,
               "the value \"%s\" is not UTF-8 without control characters", quoted);
  return FALSE;
}

static const char *
append_text (char **cursor,
             const char *text,
             gsize length)
{
  char *start = *cursor;

  if (length > 0)
    memcpy (start, text, length);
  start[length] = '\0';
  *cursor = start + length + 1;
  return start;
}

MigdescParamList *
migdesc_param_list_new_from_pairs (const char *model,
                                   gsize model_length,
                                   const char *version,
                                   gsize version_length,
                                   const MigdescPair *pairs,
                                   guint n_pairs)
{
  MigdescParamList *list;
  gsize size = model_length + version_length + 2;
  char *cursor;

  for (guint i = 0; i < n_pairs; i++)
    size += (gsize) pairs[i].name_length + pairs[i].value_length + 2;

  list = g_malloc (sizeof *list + n_pairs * sizeof (MigdescPair) + size);
  cursor = (char *) (list->pairs + n_pairs);
  g_atomic_ref_count_init (&list->ref_count);
  list->n_pairs = n_pairs;
  list->model = model != NULL ? append_text (&cursor, model, model_length) : NULL;
  list->model_length = (guint32) model_length;
  list->version = version != NULL ? append_text (&cursor, version, version_length) : NULL;
  list->version_length = (guint32) version_length;
  for (guint i = 0; i < n_pairs; i++)
    {
      list->pairs[i] = pairs[i];
      list->pairs[i].name = append_text (&cursor, pairs[i].name, pairs[i].name_length);
      list->pairs[i].value = append_text (&cursor, pairs[i].value, pairs[i].value_length);
    }
  return list;
}

/* Pairs as they are given one by one; the texts are the caller's. */
typedef struct
{
  GArray *pairs; /* MigdescPair */
  MigdescKeySet names;
  const char *version;
} Parts;

static void
parts_init (Parts *parts)
{
  parts->pairs = g_array_new (FALSE, FALSE, sizeof (MigdescPair));
  parts->version = NULL;
  migdesc_key_set_init (&parts->names);
}

static void
parts_clear (Parts *parts)
{
  g_clear_pointer (&parts->pairs, g_array_unref);
  migdesc_key_set_clear (&parts->names);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Parts, parts_clear)

static gboolean
fail_duplicate (GError **error,
                const char *name,
                gsize length)
{
  g_autofree char *quoted = migdesc_quote (name, (gssize) length);

  g_set_error (error, MIGDESC_ERROR, MIGDESC_ERROR_LIST_DUPLICATE, "\"%s\" is listed twice",
               quoted);
  return FALSE;
}

static gboolean
parts_set_version (Parts *parts,
                   const char *version,
                   GError **error)
{
  if (parts->version != NULL)
    return fail_duplicate (error, "version", strlen ("version"));
  parts->version = version;
  return migdesc_list_check_version (version, strlen (version), error);
}

static gboolean
parts_add (Parts *parts,
           const char *name,
           gsize name_length,
           const char *value,
           GError **error)
{
  MigdescPair pair = { .name = name, .value = value };
  gsize value_length = strlen (value);

  if (!migdesc_list_check_name (name, name_length, error)
      || !migdesc_list_check_value (value, value_length, error))
    return FALSE;
  if (parts->pairs->len == MIGDESC_LIST_MAX_PARAMS)
    {
      g_set_error (error, MIGDESC_ERROR, MIGDESC_ERROR_LIMIT_EXCEEDED,
                   "more than %d params in one list", MIGDESC_LIST_MAX_PARAMS);
      return FALSE;
    }
  if (!migdesc_key_set_add (&parts->names, name, (guint32) name_length))
    return fail_duplicate (error, name, name_length);

  pair.name_length = (guint32) name_length;
  pair.value_length = (guint32) value_length;
  g_array_append_val (parts->pairs, pair);
  return TRUE;
}

static MigdescParamList *
parts_to_list (const Parts *parts,
               const char *model)
{
  return migdesc_param_list_new_from_pairs (
      model, model != NULL ? strlen (model) : 0, parts->version,
      parts->version != NULL ? strlen (parts->version) : 0,
      (const MigdescPair *) (gconstpointer) parts->pairs->data, parts->pairs->len);
}

/**
 * migdesc_param_list_new:
 * @model: (nullable): the name of the device model, or %NULL to leave it out
 * @version: (nullable): the name of the version to start from, or %NULL for a complete list
 * @names: (array zero-terminated=1) (nullable): the names of the params, or %NULL for none
 * @values: (array zero-terminated=1) (nullable): their values as text, one for each name, no comma
 * doubled
 * @error: return location for a #GError
 *
 * Makes a list of its parts.
 *
 * Errors are %MIGDESC_ERROR_LIST_SYNTAX for a name that cannot be one,
 * %MIGDESC_ERROR_LIST_DUPLICATE, %MIGDESC_ERROR_VALUE_TEXT, %MIGDESC_ERROR_LIMIT_EXCEEDED, and
 * %MIGDESC_ERROR_INVALID_ARGUMENT where there are not as many values as names.
 *
 * Returns: (transfer full): the list, or %NULL on error
 *
 * Since: 1.0
 */
MigdescParamList *
migdesc_param_list_new (const char *model,
                        const char *version,
                        const char *const *names,
                        const char *const *values,
                        GError **error)
{
  g_auto (Parts) parts = { 0 };
  guint n_names = names != NULL ? g_strv_length ((char **) names) : 0;
  guint n_values = values != NULL ? g_strv_length ((char **) values) : 0;

  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  parts_init (&parts);
  if (n_names != n_values)
    {
      g_set_error (error, MIGDESC_ERROR, MIGDESC_ERROR_INVALID_ARGUMENT,
                   "names and values differ in number: %u and %u", n_names, n_values);
      return NULL;
    }
  if (model != NULL && !migdesc_list_check_model (model, strlen (model), error))
    return NULL;
  if (version != NULL && !parts_set_version (&parts, version, error))
    return NULL;
  for (guint i = 0; i < n_names; i++)
    if (!parts_add (&parts, names[i], strlen (names[i]), values[i], error))
      {
        g_prefix_error (error, "param %u: ", i + 1);
        return NULL;
      }
  return parts_to_list (&parts, model);
}

static gboolean
parts_add_arg (Parts *parts,
               const char *arg,
               GError **error)
{
  const char *equals = strchr (arg, '=');

  if (equals == NULL)
    return fail_part (error, arg, strlen (arg), "has no \"=\": expected NAME=VALUE");
  if (is_word (arg, (gsize) (equals - arg), "version"))
    return parts_set_version (parts, equals + 1, error);
  return parts_add (parts, arg, (gsize) (equals - arg), equals + 1, error);
}

/**
 * migdesc_param_list_new_from_args:
 * @model: (nullable): the name of the device model, or %NULL to leave it out
 * @args: (array zero-terminated=1): arguments of the form `NAME=VALUE`
 * @error: return location for a #GError
 *
 * Makes a list of arguments that each stand alone, as on a command line. Each is split at its first
 * `=`, and no comma is doubled. `version=V` gives the version.
 *
 * Errors are %MIGDESC_ERROR_LIST_SYNTAX, %MIGDESC_ERROR_LIST_DUPLICATE, %MIGDESC_ERROR_VALUE_TEXT
 * and %MIGDESC_ERROR_LIMIT_EXCEEDED; the message says which argument, from 1:
 * `argument 2: "x" is listed twice`.
 *
 * Returns: (transfer full): the list, or %NULL on error
 *
 * Since: 1.0
 */
MigdescParamList *
migdesc_param_list_new_from_args (const char *model,
                                  const char *const *args,
                                  GError **error)
{
  g_auto (Parts) parts = { 0 };

  g_return_val_if_fail (args != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  parts_init (&parts);
  if (model != NULL && !migdesc_list_check_model (model, strlen (model), error))
    return NULL;
  for (guint i = 0; args[i] != NULL; i++)
    if (!parts_add_arg (&parts, args[i], error))
      {
        g_prefix_error (error, "argument %u: ", i + 1);
        return NULL;
      }
  return parts_to_list (&parts, model);
}
