/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Reading a manifest: {"devices": [{"id", "model", "version", "state", "params", "schema"}]}. */

#include <string.h>

#include <migdesc/migdesc-error.h>

#include "base/json-reader.h"
#include "base/key-set.h"
#include "base/quote.h"
#include "model/diagnostics.h"
#include "model/param-list-private.h"
#include "state/stream/manifest-private.h"

typedef struct
{
  MigdescJsonReader json;
  MigdescKeySet ids;
  MigdescKeySet names; /* of the params of the device at hand */
  GArray *pairs;       /* MigdescPair: likewise */
  GArray *devices;
  guint members; /* seen in the device at hand: a bit each */
  MigdescJsonString id, model, version, digest;
  guint state;
} Reading;

static gboolean
fail_text (Reading *reading,
           const MigdescJsonString *string,
           const char *what,
           const char *problem)
{
  g_autofree char *quoted = migdesc_quote (string->text, string->length);

  return migdesc_json_reader_fail (&reading->json, MIGDESC_ERROR_STATE_FORMAT, string->offset,
                                   "\"%s\" is not %s: %s", quoted, what, problem);
}

static gboolean
read_id (Reading *reading)
{
  const char *problem;

  if (!migdesc_json_reader_read_string (&reading->json, &reading->id))
    return FALSE;
  problem = migdesc_manifest_id_problem (reading->id.text, reading->id.length);
  if (problem != NULL)
    return fail_text (reading, &reading->id, "an id", problem);
  if (!migdesc_key_set_add (&reading->ids, reading->id.text, reading->id.length))
    return fail_text (reading, &reading->id, "an id", "another device has it");
  return TRUE;
}

static gboolean
check (Reading *reading,
       gboolean (*is_right) (const char *text, gsize length, GError **error),
       const MigdescJsonString *string)
{
  g_autoptr (GError) error = NULL;

  if (is_right (string->text, string->length, &error))
    return TRUE;
  return migdesc_json_reader_fail (&reading->json, (MigdescError) error->code, string->offset, "%s",
                                   error->message);
}

static gboolean
read_model (Reading *reading)
{
  return migdesc_json_reader_read_string (&reading->json, &reading->model)
         && check (reading, migdesc_list_check_model, &reading->model);
}

static gboolean
read_version (Reading *reading)
{
  return migdesc_json_reader_read_string (&reading->json, &reading->version)
         && check (reading, migdesc_list_check_version, &reading->version);
}

static gboolean
read_state (Reading *reading)
{
  gsize offset = migdesc_json_reader_offset (&reading->json);
  guint64 state;

  if (!migdesc_json_reader_read_uint64 (&reading->json, &state))
    return FALSE;
  if (state < 1 || state > G_MAXUINT32)
    return migdesc_json_reader_fail (&reading->json, MIGDESC_ERROR_STATE_FORMAT, offset,
                                     "%" G_GUINT64_FORMAT
                                     " is not a state version: those are from 1 to 4294967295",
                                     state);
  reading->state = (guint) state;
  return TRUE;
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
  if (!migdesc_json_reader_read_string (&reading->json, &value)
      || !check (reading, migdesc_list_check_value, &value))
    return FALSE;
  pair = (MigdescPair) { name->text, value.text, name->length, value.length };
  g_array_append_val (reading->pairs, pair);
  return TRUE;
}

static gboolean
read_params (Reading *reading)
{
  MigdescJsonString name;

  if (!migdesc_json_reader_begin_object (&reading->json))
    return FALSE;
  while (migdesc_json_reader_next_member (&reading->json, &name))
    if (!read_pair (reading, &name))
      return FALSE;
  return reading->json.error == 0;
}

static gboolean
is_digest (const MigdescJsonString *string)
{
  const gsize prefix = strlen ("sha256:");

  if (string->length != prefix + 64 || memcmp (string->text, "sha256:", prefix) != 0)
    return FALSE;
  for (gsize i = prefix; i < string->length; i++)
    if (!g_ascii_isxdigit (string->text[i]) || g_ascii_isupper (string->text[i]))
      return FALSE;
  return TRUE;
}

static gboolean
read_digest (Reading *reading)
{
  if (!migdesc_json_reader_read_string (&reading->json, &reading->digest))
    return FALSE;
  return is_digest (&reading->digest)
         || fail_text (reading, &reading->digest, "a digest",
                       "those are \"sha256:\" and 64 hexadecimal digits, small");
}

typedef struct
{
  const char *name;
  gboolean required;
  gboolean (*read) (Reading *reading);
} Member;

static const Member members[] = {
  { "id", TRUE, read_id },
  { "model", FALSE, read_model },
  { "version", FALSE, read_version },
  { "state", TRUE, read_state },
  { "params", TRUE, read_params },
  { "schema", FALSE, read_digest },
};

static gboolean
fail_unknown (Reading *reading,
              const MigdescJsonString *key,
              const char *where)
{
  g_autofree char *quoted = migdesc_quote (key->text, key->length);

  return migdesc_json_reader_fail (&reading->json, MIGDESC_ERROR_DOCUMENT_UNKNOWN_MEMBER,
                                   key->offset, "%s has no member \"%s\"", where, quoted);
}

static gboolean
read_member (Reading *reading,
             const MigdescJsonString *key)
{
  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    if (migdesc_json_string_equal (key, members[i].name, strlen (members[i].name)))
      {
        if ((reading->members & 1u << i) != 0)
          return migdesc_json_reader_fail_duplicate (&reading->json, key);
        reading->members |= 1u << i;
        return members[i].read (reading);
      }
  return fail_unknown (reading, key, "a device");
}

static void
add_device (Reading *reading)
{
  MigdescManifestDevice device = {
    .id = g_strndup (reading->id.text, reading->id.length),
    .digest = reading->digest.text == NULL
                  ? NULL
                  : g_strndup (reading->digest.text, reading->digest.length),
    .params = migdesc_param_list_new_from_pairs (
        reading->model.text, reading->model.length, reading->version.text,
        reading->version.length, (const MigdescPair *) (gconstpointer) reading->pairs->data,
        reading->pairs->len),
    .state = reading->state,
  };

  g_array_append_val (reading->devices, device);
}

static gboolean
read_device (Reading *reading)
{
  gsize start = migdesc_json_reader_offset (&reading->json);
  MigdescJsonString key;

  if (reading->devices->len == MIGDESC_MANIFEST_MAX_DEVICES)
    return migdesc_json_reader_fail (&reading->json, MIGDESC_ERROR_LIMIT_EXCEEDED, start,
                                     "more than %d devices in a stream",
                                     MIGDESC_MANIFEST_MAX_DEVICES);
  reading->members = 0;
  reading->model = reading->version = reading->digest = (MigdescJsonString) { 0 };
  g_array_set_size (reading->pairs, 0);
  migdesc_key_set_reset (&reading->names);
  if (!migdesc_json_reader_begin_object (&reading->json))
    return FALSE;
  while (migdesc_json_reader_next_member (&reading->json, &key))
    if (!read_member (reading, &key))
      return FALSE;
  if (reading->json.error != 0)
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    if (members[i].required && (reading->members & 1u << i) == 0)
      return migdesc_json_reader_fail (&reading->json, MIGDESC_ERROR_DOCUMENT_MISSING_MEMBER, start,
                                       "the member \"%s\" is missing", members[i].name);
  add_device (reading);
  return TRUE;
}

static gboolean
read_devices (Reading *reading)
{
  if (!migdesc_json_reader_begin_array (&reading->json))
    return FALSE;
  while (migdesc_json_reader_next_element (&reading->json))
    if (!read_device (reading))
      return FALSE;
  return reading->json.error == 0;
}

static gboolean
read_manifest (Reading *reading)
{
  gsize start = migdesc_json_reader_offset (&reading->json);
  gboolean seen = FALSE;
  MigdescJsonString key;

  if (!migdesc_json_reader_begin_object (&reading->json))
    return FALSE;
  while (migdesc_json_reader_next_member (&reading->json, &key))
    {
      if (!migdesc_json_string_equal (&key, "devices", strlen ("devices")))
        return fail_unknown (reading, &key, "a manifest");
      if (seen)
        return migdesc_json_reader_fail_duplicate (&reading->json, &key);
      seen = TRUE;
      if (!read_devices (reading))
        return FALSE;
    }
  if (!migdesc_json_reader_finish (&reading->json))
    return FALSE;
  return seen
         || migdesc_json_reader_fail (&reading->json, MIGDESC_ERROR_DOCUMENT_MISSING_MEMBER, start,
                                      "the member \"devices\" is missing");
}

/**
 * migdesc_manifest_new_from_json:
 * @text: a manifest in JSON
 * @length: its length in bytes, or -1 if it ends in NUL
 * @limits: (nullable): limits, or %NULL for the defaults
 * @error: return location for a #GError
 *
 * Reads a manifest: `{"devices": [{"id": "net0", "model": "vendor-a.com/my-nic", "version": "2",
 * "state": 3, "params": {"queues": "8"}, "schema": "sha256:..."}]}`. `model`, `version` and
 * `schema` may be missing. The text has to be strict JSON, without any other member.
 *
 * Errors are those of JSON (%MIGDESC_ERROR_JSON_SYNTAX and its like), %MIGDESC_ERROR_DOCUMENT_TYPE,
 * %MIGDESC_ERROR_DOCUMENT_UNKNOWN_MEMBER, %MIGDESC_ERROR_DOCUMENT_MISSING_MEMBER,
 * %MIGDESC_ERROR_LIST_SYNTAX and %MIGDESC_ERROR_VALUE_TEXT for what cannot be in a configuration,
 * %MIGDESC_ERROR_STATE_FORMAT for an id, a state version or a digest that cannot be one, and
 * %MIGDESC_ERROR_LIMIT_EXCEEDED. The message has the place.
 *
 * Returns: (transfer full): the manifest, or %NULL on error
 *
 * Since: 1.0
 */
MigdescManifest *
migdesc_manifest_new_from_json (const char *text,
                                gssize length,
                                const MigdescLimits *limits,
                                GError **error)
{
  MigdescManifest *manifest = NULL;
  Reading reading = { .members = 0 };

  g_return_val_if_fail (text != NULL, NULL);
  g_return_val_if_fail (length >= -1, NULL);

  reading.devices = migdesc_manifest_devices_new ();
  migdesc_json_reader_init (&reading.json, text, length < 0 ? strlen (text) : (gsize) length,
                            limits);
  migdesc_key_set_init (&reading.ids);
  migdesc_key_set_init (&reading.names);
  reading.pairs = g_array_new (FALSE, FALSE, sizeof (MigdescPair));
  if (read_manifest (&reading))
    manifest = migdesc_manifest_new_for_devices (g_steal_pointer (&reading.devices));
  else
    migdesc_diagnostics_set_json_error (&reading.json, error);
  g_clear_pointer (&reading.devices, g_array_unref);
  g_array_unref (reading.pairs);
  migdesc_key_set_clear (&reading.names);
  migdesc_key_set_clear (&reading.ids);
  migdesc_json_reader_clear (&reading.json);
  return manifest;
}
