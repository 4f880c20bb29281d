/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Reading the JSON form of a parameter list: {"model": M, "version": V, "params": {NAME: VALUE,
 * ...}}. */

#include <string.h>

#include <migdesc/migdesc-error.h>
#include "base/key-set.h"
#include "base/json-reader.h"
#include "base/quote.h"
#include "model/diagnostics.h"
#include "model/param-list-private.h"

typedef struct
{
  MigdescJsonReader json;
  MigdescJsonString model;   /* text is NULL while not seen */
  MigdescJsonString version; /* likewise */
  gboolean has_params;
  GArray *pairs;       /* MigdescPair; the texts belong to json or to numbers */
  MigdescArena *texts; /* numbers as texts */
  MigdescKeySet names;
} Reading;

static void
reading_init (Reading *reading,
              const char *text,
              gsize length)
{
  memset (reading, 0, sizeof *reading);
  migdesc_json_reader_init (&reading->json, text, length, NULL);
  migdesc_key_set_init (&reading->names);
  reading->pairs = g_array_new (FALSE, FALSE, sizeof (MigdescPair));
  reading->texts = migdesc_arena_new (256);
}

static void
reading_clear (Reading *reading)
{
  migdesc_json_reader_clear (&reading->json);
  migdesc_key_set_clear (&reading->names);
  g_array_unref (reading->pairs);
  migdesc_arena_free (reading->texts);
}

typedef gboolean (*CheckFunc) (const char *text, gsize length, GError **error);

static gboolean
check (Reading *reading,
       CheckFunc is_right,
       const MigdescJsonString *string)
{
  g_autoptr (GError) error = NULL;

  if (is_right (string->text, string->length, &error))
    return TRUE;
  return migdesc_json_reader_fail (&reading->json, (MigdescError) error->code, string->offset, "%s",
                                   error->message);
}

/* A model or version, once. */
static gboolean
read_name (Reading *reading,
           const MigdescJsonString *key,
           CheckFunc is_right,
           MigdescJsonString *name)
{
  if (name->text != NULL)
    return migdesc_json_reader_fail_duplicate (&reading->json, key);
  return migdesc_json_reader_read_string (&reading->json, name) && check (reading, is_right, name);
}

static void
set_text (MigdescJsonString *value,
          const char *text)
{
  value->text = text;
  value->length = (guint32) strlen (text);
}

static gboolean
read_int (Reading *reading,
          MigdescJsonString *value)
{
  char digits[21];
  guint64 number;
  MigdescJsonIntStatus status = migdesc_json_reader_read_integer (&reading->json, &number);

  if (status == MIGDESC_JSON_INT_ERROR)
    return FALSE;
  if (status != MIGDESC_JSON_INT_OK)
    return migdesc_json_reader_fail (&reading->json, MIGDESC_ERROR_VALUE_NOT_INT, value->offset,
                                     "the number %s; an int is from 0 to 18446744073709551615",
                                     migdesc_json_int_status_text (status));

  g_snprintf (digits, sizeof digits, "%" G_GUINT64_FORMAT, number);
  set_text (value, migdesc_arena_dup (reading->texts, digits, strlen (digits)));
  return TRUE;
}

static gboolean
read_bool (Reading *reading,
           MigdescJsonString *value)
{
  gboolean on;

  if (!migdesc_json_reader_read_bool (&reading->json, &on))
    return FALSE;
  set_text (value, on ? "on" : "off");
  return TRUE;
}

/* Values become the texts that the text form has for them. */
static gboolean
read_value (Reading *reading,
            MigdescJsonString *value)
{
  value->offset = (guint32) migdesc_json_reader_offset (&reading->json);
  switch (migdesc_json_reader_peek (&reading->json))
    {
    case MIGDESC_JSON_STRING:
      return migdesc_json_reader_read_string (&reading->json, value)
             && check (reading, migdesc_list_check_value, value);
    case MIGDESC_JSON_NUMBER:
      return read_int (reading, value);
    case MIGDESC_JSON_TRUE:
    case MIGDESC_JSON_FALSE:
      return read_bool (reading, value);
    default:
      return migdesc_json_reader_fail_kind (&reading->json, "a boolean, an integer or a string");
    }
}

static gboolean
read_pair (Reading *reading,
           const MigdescJsonString *name)
{
  MigdescJsonString value;
  MigdescPair pair;

  if (!check (reading, migdesc_list_check_name, name))
    return FALSE;
  if (!migdesc_key_set_add (&reading->names, name->text, name->length))
    return migdesc_json_reader_fail_duplicate (&reading->json, name);
  if (reading->pairs->len == MIGDESC_LIST_MAX_PARAMS)
    return migdesc_json_reader_fail (&reading->json, MIGDESC_ERROR_LIMIT_EXCEEDED, name->offset,
                                     "more than %d params in one list", MIGDESC_LIST_MAX_PARAMS);
  if (!read_value (reading, &value))
    return FALSE;

  pair = (MigdescPair) { name->text, value.text, name->length, value.length };
  g_array_append_val (reading->pairs, pair);
  return TRUE;
}

static gboolean
read_params (Reading *reading,
             const MigdescJsonString *key)
{
  MigdescJsonString name;

  if (reading->has_params)
    return migdesc_json_reader_fail_duplicate (&reading->json, key);
  reading->has_params = TRUE;
  if (!migdesc_json_reader_begin_object (&reading->json))
    return FALSE;
  while (migdesc_json_reader_next_member (&reading->json, &name))
    if (!read_pair (reading, &name))
      return FALSE;
  return reading->json.error == 0;
}

static gboolean
fail_unknown (Reading *reading,
              const MigdescJsonString *key)
{
  g_autofree char *quoted = migdesc_quote (key->text, key->length);

  return migdesc_json_reader_fail (&reading->json, MIGDESC_ERROR_DOCUMENT_UNKNOWN_MEMBER,
                                   key->offset, "a parameter list has no member \"%s\"", quoted);
}

static gboolean
read_member (Reading *reading,
             const MigdescJsonString *key)
{
  if (migdesc_json_string_equal (key, "model", strlen ("model")))
    return read_name (reading, key, migdesc_list_check_model, &reading->model);
  if (migdesc_json_string_equal (key, "version", strlen ("version")))
    return read_name (reading, key, migdesc_list_check_version, &reading->version);
  if (migdesc_json_string_equal (key, "params", strlen ("params")))
    return read_params (reading, key);
  return fail_unknown (reading, key);
}

static gboolean
read_list (Reading *reading)
{
  MigdescJsonString key;
  gsize start = migdesc_json_reader_offset (&reading->json);

  if (!migdesc_json_reader_begin_object (&reading->json))
    return FALSE;
  while (migdesc_json_reader_next_member (&reading->json, &key))
    if (!read_member (reading, &key))
      return FALSE;
  if (!migdesc_json_reader_finish (&reading->json))
    return FALSE;
  if (!reading->has_params)
    return migdesc_json_reader_fail (&reading->json, MIGDESC_ERROR_DOCUMENT_MISSING_MEMBER, start,
                                     "the member \"params\" is missing");
  return TRUE;
}

/**
 * migdesc_param_list_new_from_json:
 * @text: a list in its JSON form
 * @length: its length in bytes, or -1 if it ends in NUL
 * @error: return location for a #GError
 *
 * Reads the JSON form of a list: `{"model": "vendor-a.com/my-nic", "version": "2", "params":
 * {"num-queues": 8}}`. `model` and `version` may be missing. The text has to be strict JSON,
 * without any other member. A value is a boolean, an integer from 0 to 2^64-1 or a string, and
 * becomes `on` or `off`, its digits, or itself.
 *
 * Errors are those of JSON (%MIGDESC_ERROR_JSON_SYNTAX and its like), %MIGDESC_ERROR_DOCUMENT_TYPE,
 * %MIGDESC_ERROR_DOCUMENT_UNKNOWN_MEMBER, %MIGDESC_ERROR_DOCUMENT_MISSING_MEMBER,
 * %MIGDESC_ERROR_VALUE_NOT_INT, %MIGDESC_ERROR_VALUE_TEXT, %MIGDESC_ERROR_LIST_SYNTAX for a name
 * that cannot be one, and %MIGDESC_ERROR_LIMIT_EXCEEDED: the default limits hold. The message has
 * the place: `1:12: "x" is not a model name: it is not DOMAIN/PATH (at /model)`.
 *
 * Returns: (transfer full): the list, or %NULL on error
 *
 * Since: 1.0
 */
MigdescParamList *
migdesc_param_list_new_from_json (const char *text,
                                  gssize length,
                                  GError **error)
{
  MigdescParamList *list = NULL;
  Reading reading;

  g_return_val_if_fail (text != NULL, NULL);
  g_return_val_if_fail (length >= -1, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  reading_init (&reading, text, length < 0 ? strlen (text) : (gsize) length);
  if (read_list (&reading))
    list = migdesc_param_list_new_from_pairs (
        reading.model.text, reading.model.length, reading.version.text, reading.version.length,
        (const MigdescPair *) (gconstpointer) reading.pairs->data, reading.pairs->len);
  else
    migdesc_diagnostics_set_json_error (&reading.json, error);
  reading_clear (&reading);
  return list;
}
