/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "host/test-content.h"

#include <migdesc/migdesc-manifest.h>
#include <migdesc/migdesc-state.h>
#include <migdesc/migdesc-stream.h>

#include "host/test-values.h"
#include "state/schema/type-private.h"
#include "state/transform/example.h"

/* How often a state is loaded to find out what the device takes; fewer where states are large. */
#define TRIALS_MAX 4000
#define BYTES_MAX (64 * 1024 * 1024)

typedef struct
{
  MigdescDeviceSet *set;
  MigdescManifest *manifest; /* the reader's */
  MigdescState **states;     /* of each device, what it has accepted */
  guint n_trials;            /* that are left */
} Content;

/* One device while its values are chosen. */
typedef struct
{
  Content *content;
  guint device;
  GVariant *base;
  MigdescTestValues values;
} Device;

/* Loads all states into the devices. What can be loaded has to be fit to be saved as well: a
 * device that is of an older version may have values then that only a newer one can have. */
static gboolean
load (Content *content,
      GError **error)
{
  g_autoptr (MigdescStreamWriter) writer = migdesc_stream_writer_new (NULL, error);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GBytes) saved = NULL;

  if (writer == NULL)
    return FALSE;
  migdesc_stream_writer_set_embed_schemas (writer, TRUE);
  for (guint i = 0; i < migdesc_manifest_get_n_devices (content->manifest); i++)
    if (!migdesc_stream_writer_add_state (writer, migdesc_manifest_get_id (content->manifest, i),
                                          migdesc_manifest_get_params (content->manifest, i),
                                          content->states[i], error))
      return FALSE;
  bytes = migdesc_stream_writer_to_bytes (writer, error);
  if (bytes == NULL || !migdesc_device_set_load (content->set, bytes, error))
    return FALSE;
  saved = migdesc_device_set_save (content->set, NULL, error);
  return saved != NULL;
}

/* Whether the device takes the variant; then that is its state. */
static gboolean
try_variant (Device *device,
             GVariant *variant)
{
  Content *content = device->content;
  MigdescState *before = content->states[device->device];
  MigdescState *state;

  if (content->n_trials == 0)
    return FALSE;
  content->n_trials--;
  state = migdesc_state_new_from_variant (migdesc_state_get_schema (before), variant, NULL);
  if (state == NULL)
    return FALSE;
  content->states[device->device] = state;
  if (load (content, NULL))
    {
      migdesc_state_unref (before);
      return TRUE;
    }
  content->states[device->device] = before;
  migdesc_state_unref (state);
  return FALSE;
}

/* --- Values ----------------------------------------------------------- */

/* Gives as many of these values as possible what they have at a level; all at once, if that can
 * be, else by halves. */
static void
settle (Device *device,
        const guint *values,
        guint n,
        guint level)
{
  g_autoptr (GVariant) variant = NULL;

  for (guint i = 0; i < n; i++)
    device->values.levels[values[i]] = (guint8) level;
  variant = g_variant_take_ref (migdesc_test_values_apply (&device->values, device->base));
  if (n == 0 || try_variant (device, variant))
    return;
  for (guint i = 0; i < n; i++)
    device->values.levels[values[i]] = MIGDESC_TEST_VALUE_KEPT;
  if (n == 1)
    return;
  settle (device, values, n / 2, level);
  settle (device, values + n / 2, n - n / 2, level);
}

static void
vary_values (Device *device)
{
  MigdescTestValues *values = &device->values;
  g_autofree guint *open = NULL;

  migdesc_test_values_init (values, device->base);
  open = g_new (guint, values->n_values);
  for (guint level = 0; level < MIGDESC_TEST_LEVELS; level++)
    {
      guint n_open = 0;

      for (guint i = 0; i < values->n_values; i++)
        if (values->levels[i] == MIGDESC_TEST_VALUE_KEPT
            && migdesc_test_values_has_level (values, i, level))
          open[n_open++] = i;
      settle (device, open, n_open, level);
    }
  migdesc_test_values_clear (values);
}

/* --- Members without anything ----------------------------------------- */

static gboolean
is_empty (GVariant *value)
{
  return g_variant_is_container (value) && !g_variant_is_of_type (value, G_VARIANT_TYPE_VARIANT)
         && g_variant_n_children (value) == 0;
}

/* The base, with the example's value for a member. */
static GVariant *
with_member (GVariant *base,
             const char *name,
             GVariant *value)
{
  g_auto (GVariantDict) members = G_VARIANT_DICT_INIT (base);

  g_variant_dict_insert_value (&members, name, value);
  return g_variant_dict_end (&members);
}

/* A list that is empty, or a struct that is absent, says little of what is lost. */
static void
fill_members (Device *device)
{
  MigdescStateType *schema
      = migdesc_state_get_schema (device->content->states[device->device]);
  g_autoptr (GVariant) example = g_variant_ref_sink (migdesc_table_make_example (
      migdesc_state_type_get_table (schema), migdesc_state_type_get_version (schema), FALSE,
      FALSE));
  GVariantIter iter;
  const char *name;
  GVariant *value;

  g_variant_iter_init (&iter, example);
  while (g_variant_iter_loop (&iter, "{&sv}", &name, &value))
    {
      g_autoptr (GVariant) now = g_variant_lookup_value (device->base, name, NULL);
      g_autoptr (GVariant) next = NULL;

      if (now == NULL || !is_empty (now) || is_empty (value))
        continue;
      next = g_variant_ref_sink (with_member (device->base, name, value));
      if (!try_variant (device, next))
        continue;
      g_variant_unref (device->base);
      device->base = g_steal_pointer (&next);
    }
}

/* --- All devices ------------------------------------------------------ */

static void
fill_device (Content *content,
             guint position)
{
  Device device = { .content = content, .device = position };

  device.base = g_variant_take_ref (migdesc_state_to_variant (content->states[position]));
  if (g_variant_is_of_type (device.base, G_VARIANT_TYPE_VARDICT))
    fill_members (&device);
  vary_values (&device);
  g_variant_unref (device.base);
}

static MigdescStreamReader *
read_states (MigdescDeviceSet *set,
             Content *content,
             GError **error)
{
  g_autoptr (MigdescStreamReader) reader = migdesc_stream_reader_new (NULL, NULL, error);
  g_autoptr (MigdescStreamWriter) writer = migdesc_device_set_begin_save (set, NULL, TRUE, error);
  g_autoptr (GBytes) bytes = NULL;
  guint n;

  bytes = writer == NULL ? NULL : migdesc_stream_writer_to_bytes (writer, error);
  if (bytes == NULL || !migdesc_stream_reader_read_bytes (reader, bytes, error))
    return NULL;
  content->n_trials
      = (guint) MIN (TRIALS_MAX, BYTES_MAX / MAX (g_bytes_get_size (bytes), 1));
  content->manifest = migdesc_stream_reader_get_manifest (reader);
  n = migdesc_manifest_get_n_devices (content->manifest);
  content->states = g_new0 (MigdescState *, n);
  for (guint i = 0; i < n; i++)
    content->states[i] = migdesc_stream_reader_get_state (
        reader, migdesc_manifest_get_id (content->manifest, i));
  return g_steal_pointer (&reader);
}

gboolean
migdesc_test_content_fill (MigdescDeviceSet *set,
                           GError **error)
{
  Content content = { .set = set };
  g_autoptr (MigdescStreamReader) reader = read_states (set, &content, error);
  gboolean done;
  guint n;

  if (reader == NULL)
    return FALSE;
  n = migdesc_manifest_get_n_devices (content.manifest);
  done = load (&content, error);
  for (guint i = 0; done && i < n; i++)
    fill_device (&content, i);
  /* The last trial may have been one that the device took and could not save. */
  done = done && load (&content, error);
  for (guint i = 0; i < n; i++)
    migdesc_state_unref (content.states[i]);
  g_free (content.states);
  return done;
}
