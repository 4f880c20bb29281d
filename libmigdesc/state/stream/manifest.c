/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "state/stream/manifest-private.h"

#include <string.h>

#include "base/json-writer.h"
#include "model/param-list-private.h"

struct _MigdescManifest
{
  gatomicrefcount ref_count;
  GArray *devices;      /* MigdescManifestDevice */
  GHashTable *by_id;    /* to the position plus 1 */
  char *text;           /* canonical */
  gsize length;
};

G_DEFINE_BOXED_TYPE (MigdescManifest, migdesc_manifest, migdesc_manifest_ref,
                     migdesc_manifest_unref)

static void
clear_device (gpointer data)
{
  MigdescManifestDevice *device = data;

  g_free (device->id);
  g_free (device->digest);
  migdesc_param_list_unref (device->params);
}

GArray *
migdesc_manifest_devices_new (void)
{
  GArray *devices = g_array_new (FALSE, FALSE, sizeof (MigdescManifestDevice));

  g_array_set_clear_func (devices, clear_device);
  return devices;
}

const char *
migdesc_manifest_id_problem (const char *id,
                             gsize length)
{
  const char *end = id + length;

  if (length == 0)
    return "it is empty";
  if (length > MIGDESC_MANIFEST_MAX_ID)
    return "it has more than 255 bytes";
  if (!g_utf8_validate_len (id, length, NULL))
    return "it is not UTF-8";
  for (const char *c = id; c < end; c = g_utf8_next_char (c))
    if (g_unichar_iscntrl (g_utf8_get_char (c)))
      return "control characters are not allowed";
  return NULL;
}

static void
write_params (MigdescJsonWriter *writer,
              const MigdescParamList *params)
{
  migdesc_json_writer_key (writer, "params");
  migdesc_json_writer_begin_object (writer);
  for (guint i = 0; i < params->n_pairs; i++)
    {
      const MigdescPair *pair = &params->pairs[i];

      migdesc_json_writer_key_length (writer, pair->name, pair->name_length);
      migdesc_json_writer_string_length (writer, pair->value, pair->value_length);
    }
  migdesc_json_writer_end_object (writer);
}

static void
write_device (MigdescJsonWriter *writer,
              const MigdescManifestDevice *device)
{
  migdesc_json_writer_begin_object (writer);
  migdesc_json_writer_member_string (writer, "id", device->id);
  if (device->params->model != NULL)
    migdesc_json_writer_member_string (writer, "model", device->params->model);
  if (device->params->version != NULL)
    migdesc_json_writer_member_string (writer, "version", device->params->version);
  migdesc_json_writer_member_uint (writer, "state", device->state);
  write_params (writer, device->params);
  if (device->digest != NULL)
    migdesc_json_writer_member_string (writer, "schema", device->digest);
  migdesc_json_writer_end_object (writer);
}

static char *
write_text (MigdescManifest *manifest,
            gboolean pretty,
            gsize *length)
{
  GString *text = g_string_new (NULL);
  MigdescJsonWriter writer;

  migdesc_json_writer_init (&writer, text, pretty);
  migdesc_json_writer_begin_object (&writer);
  migdesc_json_writer_key (&writer, "devices");
  migdesc_json_writer_begin_array (&writer);
  for (guint i = 0; i < manifest->devices->len; i++)
    write_device (&writer, &g_array_index (manifest->devices, MigdescManifestDevice, i));
  migdesc_json_writer_end_array (&writer);
  migdesc_json_writer_end_object (&writer);
  *length = text->len;
  return g_string_free (text, FALSE);
}

MigdescManifest *
migdesc_manifest_new_for_devices (GArray *devices)
{
  MigdescManifest *manifest = g_new0 (MigdescManifest, 1);

  g_atomic_ref_count_init (&manifest->ref_count);
  manifest->devices = devices;
  manifest->by_id = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < devices->len; i++)
    g_hash_table_insert (manifest->by_id, g_array_index (devices, MigdescManifestDevice, i).id,
                         GUINT_TO_POINTER (i + 1));
  manifest->text = write_text (manifest, FALSE, &manifest->length);
  return manifest;
}

const MigdescManifestDevice *
migdesc_manifest_peek_device (MigdescManifest *manifest,
                              guint position)
{
  return &g_array_index (manifest->devices, MigdescManifestDevice, position);
}

const char *
migdesc_manifest_get_text (MigdescManifest *manifest,
                           gsize *length)
{
  *length = manifest->length;
  return manifest->text;
}

/**
 * migdesc_manifest_ref:
 * @manifest: a manifest
 *
 * Takes another reference.
 *
 * Returns: (transfer full): @manifest
 *
 * Since: 1.0
 */
MigdescManifest *
migdesc_manifest_ref (MigdescManifest *manifest)
{
  g_return_val_if_fail (manifest != NULL, NULL);

  g_atomic_ref_count_inc (&manifest->ref_count);
  return manifest;
}

/**
 * migdesc_manifest_unref:
 * @manifest: (transfer full): a manifest
 *
 * Releases a reference; the last one frees the manifest.
 *
 * Since: 1.0
 */
void
migdesc_manifest_unref (MigdescManifest *manifest)
{
  g_return_if_fail (manifest != NULL);

  if (!g_atomic_ref_count_dec (&manifest->ref_count))
    return;
  g_hash_table_unref (manifest->by_id);
  g_array_unref (manifest->devices);
  g_free (manifest->text);
  g_free (manifest);
}

/**
 * migdesc_manifest_to_json:
 * @manifest: a manifest
 * @pretty: whether to indent
 *
 * Writes a manifest as JSON. Without @pretty it is the canonical form, which a stream begins with.
 *
 * Returns: (transfer full): the JSON text, without line end
 *
 * Since: 1.0
 */
char *
migdesc_manifest_to_json (MigdescManifest *manifest,
                          gboolean pretty)
{
  gsize length;

  g_return_val_if_fail (manifest != NULL, NULL);

  return pretty ? write_text (manifest, TRUE, &length) : g_strdup (manifest->text);
}

/**
 * migdesc_manifest_equal:
 * @manifest: a manifest
 * @other: another one
 *
 * Compares two manifests: the same devices in the same order, with the same parameters in the same
 * order.
 *
 * Returns: whether they are equal
 *
 * Since: 1.0
 */
gboolean
migdesc_manifest_equal (MigdescManifest *manifest,
                        MigdescManifest *other)
{
  g_return_val_if_fail (manifest != NULL, FALSE);
  g_return_val_if_fail (other != NULL, FALSE);

  return manifest->length == other->length
         && memcmp (manifest->text, other->text, manifest->length) == 0;
}

/**
 * migdesc_manifest_hash:
 * @manifest: a manifest
 *
 * Gives a number that equal manifests share.
 *
 * Returns: the hash
 *
 * Since: 1.0
 */
guint
migdesc_manifest_hash (MigdescManifest *manifest)
{
  g_return_val_if_fail (manifest != NULL, 0);

  return g_str_hash (manifest->text);
}

/**
 * migdesc_manifest_get_n_devices:
 * @manifest: a manifest
 *
 * Asks how many devices there are.
 *
 * Returns: the number
 *
 * Since: 1.0
 */
guint
migdesc_manifest_get_n_devices (MigdescManifest *manifest)
{
  g_return_val_if_fail (manifest != NULL, 0);

  return manifest->devices->len;
}

/**
 * migdesc_manifest_find:
 * @manifest: a manifest
 * @id: the id of a device
 * @device: (out) (optional): its position
 *
 * Looks for a device.
 *
 * Returns: whether it is there
 *
 * Since: 1.0
 */
gboolean
migdesc_manifest_find (MigdescManifest *manifest,
                       const char *id,
                       guint *device)
{
  guint found;

  g_return_val_if_fail (manifest != NULL, FALSE);
  g_return_val_if_fail (id != NULL, FALSE);

  found = GPOINTER_TO_UINT (g_hash_table_lookup (manifest->by_id, id));
  if (found != 0 && device != NULL)
    *device = found - 1;
  return found != 0;
}
