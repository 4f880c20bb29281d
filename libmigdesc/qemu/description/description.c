/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "qemu/description/description-private.h"

#include "base/hash.h"
#include "base/limits-private.h"
#include "model/json-error.h"
#include "qemu/description/description-read.h"

/**
 * MigdescQemuDescription:
 *
 * What the sections of a migration stream consist of. Immutable.
 *
 * One that was made by g_object_new() has no devices.
 *
 * Since: 1.0
 */

struct _MigdescQemuDescription
{
  GObject parent_instance;

  MigdescArena *arena; /* nullable: what the rest is in */
  guint32 page_size;
  GArray *devices; /* MigdescQemuDevice */
  GHashTable *first; /* of a MigdescQemuDevice, itself: the first of its name and instance */
  const MigdescQemuShape *configuration;
};

G_DEFINE_FINAL_TYPE (MigdescQemuDescription, migdesc_qemu_description, G_TYPE_OBJECT)

static guint
hash_device (gconstpointer data)
{
  const MigdescQemuDevice *device = data;

  return migdesc_hash_fold (migdesc_hash (device->name, strlen (device->name))
                            + device->instance);
}

static gboolean
equal_devices (gconstpointer data,
               gconstpointer other_data)
{
  const MigdescQemuDevice *device = data;
  const MigdescQemuDevice *other = other_data;

  return device->instance == other->instance && strcmp (device->name, other->name) == 0;
}

static void
migdesc_qemu_description_init (MigdescQemuDescription *description)
{
  description->devices = g_array_new (FALSE, FALSE, sizeof (MigdescQemuDevice));
  description->first = g_hash_table_new (hash_device, equal_devices);
}

static void
migdesc_qemu_description_finalize (GObject *object)
{
  MigdescQemuDescription *description = MIGDESC_QEMU_DESCRIPTION (object);

  for (guint i = 0; i < description->devices->len; i++)
    {
      const MigdescQemuDevice *device
          = migdesc_qemu_description_peek_device (description, i);

      g_clear_object (&((MigdescQemuShape *) device->shape)->type);
      g_clear_object (&((MigdescQemuShape *) device->shape)->expanded);
    }
  g_hash_table_unref (description->first);
  g_array_unref (description->devices);
  g_clear_pointer (&description->arena, migdesc_arena_free);
  G_OBJECT_CLASS (migdesc_qemu_description_parent_class)->finalize (object);
}

static void
migdesc_qemu_description_class_init (MigdescQemuDescriptionClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = migdesc_qemu_description_finalize;
}

/* QEMU's descriptions are deeper and longer than the documents that the limits are made for: where
 * the caller has not chosen, they are wider. */
static MigdescLimits *
widen_limits (const MigdescLimits *limits)
{
  static const struct
  {
    MigdescLimit limit;
    guint64 value;
  } wide[] = {
    { MIGDESC_LIMIT_DOCUMENT_SIZE, 64 << 20 },
    { MIGDESC_LIMIT_DEPTH, 128 },
    { MIGDESC_LIMIT_MEMBERS, 1 << 18 },
    { MIGDESC_LIMIT_VALUES, 1 << 23 },
  };
  MigdescLimits *chosen = limits == NULL ? migdesc_limits_new () : migdesc_limits_copy (limits);

  for (gsize i = 0; i < G_N_ELEMENTS (wide); i++)
    if (!migdesc_limits_is_set (limits, wide[i].limit))
      migdesc_limits_set (chosen, wide[i].limit, wide[i].value);
  return chosen;
}

static void
index_devices (MigdescQemuDescription *description)
{
  for (guint i = description->devices->len; i-- > 0;)
    {
      MigdescQemuDevice *device = &g_array_index (description->devices, MigdescQemuDevice, i);

      device->next = GPOINTER_TO_UINT (g_hash_table_lookup (description->first, device));
      g_hash_table_replace (description->first, device, GUINT_TO_POINTER (i + 1));
    }
}

static gboolean
read_text (MigdescQemuDescription *description,
           MigdescJsonReader *reader)
{
  g_autoptr (MigdescQemuShapes) shapes = NULL;
  MigdescQemuRead read = { .reader = reader, .devices = description->devices };

  description->arena = migdesc_arena_new (4096);
  read.shapes = shapes = migdesc_qemu_shapes_new (description->arena);
  if (!migdesc_qemu_description_read (&read))
    return FALSE;
  description->page_size = read.page_size;
  description->configuration = read.configuration;
  index_devices (description);
  return TRUE;
}

/**
 * migdesc_qemu_description_new_from_json:
 * @text: a description, as it stands at the end of a migration stream
 * @length: bytes of @text, -1 if it ends in NUL
 * @limits: (nullable): %NULL for defaults that fit QEMU's descriptions
 * @error: return location for a #GError
 *
 * Reads a description. Members that are not known are passed over; members that QEMU repeats, once
 * for each element of a list, are elements.
 *
 * Fails with one of the JSON codes where the text is no JSON, with
 * %MIGDESC_ERROR_LIMIT_EXCEEDED, and with %MIGDESC_ERROR_DOCUMENT_TYPE,
 * %MIGDESC_ERROR_DOCUMENT_MISSING_MEMBER or %MIGDESC_ERROR_DOCUMENT_VALUE where it is no
 * description.
 *
 * Returns: (transfer full): the description, or %NULL on error
 *
 * Since: 1.0
 */
MigdescQemuDescription *
migdesc_qemu_description_new_from_json (const char *text,
                                        gssize length,
                                        const MigdescLimits *limits,
                                        GError **error)
{
  g_autoptr (MigdescQemuDescription) description = NULL;
  g_autoptr (MigdescLimits) wide = NULL;
  g_auto (MigdescJsonReader) reader;
  gsize size;

  g_return_val_if_fail (text != NULL || length == 0, NULL);

  size = length < 0 ? strlen (text) : (gsize) length;
  wide = widen_limits (limits);
  migdesc_json_reader_init (&reader, text, size, wide);
  description = g_object_new (MIGDESC_TYPE_QEMU_DESCRIPTION, NULL);
  if (read_text (description, &reader))
    return g_steal_pointer (&description);
  migdesc_json_set_error (&reader, text, size, NULL, error);
  return NULL;
}

const MigdescQemuDevice *
migdesc_qemu_description_peek_device (MigdescQemuDescription *description,
                                      guint position)
{
  return &g_array_index (description->devices, MigdescQemuDevice, position);
}

const MigdescQemuDevice *
migdesc_qemu_description_find (MigdescQemuDescription *description,
                               const char *name,
                               guint32 instance)
{
  const MigdescQemuDevice wanted = { .name = name, .instance = instance };
  guint position = GPOINTER_TO_UINT (g_hash_table_lookup (description->first, &wanted));

  return position == 0 ? NULL : migdesc_qemu_description_peek_device (description, position - 1);
}

const MigdescQemuShape *
migdesc_qemu_description_get_configuration (MigdescQemuDescription *description)
{
  return description->configuration;
}

/**
 * migdesc_qemu_description_get_page_size:
 * @description: a description
 *
 * Asks for the size of the guest's pages.
 *
 * Returns: the size in bytes, 0 if the description does not say it
 *
 * Since: 1.0
 */
guint
migdesc_qemu_description_get_page_size (MigdescQemuDescription *description)
{
  g_return_val_if_fail (MIGDESC_IS_QEMU_DESCRIPTION (description), 0);

  return description->page_size;
}

/**
 * migdesc_qemu_description_get_n_devices:
 * @description: a description
 *
 * Asks for the number of devices described.
 *
 * Returns: how many
 *
 * Since: 1.0
 */
guint
migdesc_qemu_description_get_n_devices (MigdescQemuDescription *description)
{
  g_return_val_if_fail (MIGDESC_IS_QEMU_DESCRIPTION (description), 0);

  return description->devices->len;
}

/**
 * migdesc_qemu_description_get_device_name:
 * @description: a description
 * @position: of the device, from 0
 *
 * Asks for the name of a device's section.
 *
 * Returns: (transfer none) (nullable): the name, %NULL if there is no such device
 *
 * Since: 1.0
 */
const char *
migdesc_qemu_description_get_device_name (MigdescQemuDescription *description,
                                          guint position)
{
  g_return_val_if_fail (MIGDESC_IS_QEMU_DESCRIPTION (description), NULL);

  if (position >= description->devices->len)
    return NULL;
  return migdesc_qemu_description_peek_device (description, position)->name;
}

/**
 * migdesc_qemu_description_get_device_instance:
 * @description: a description
 * @position: of the device, from 0
 *
 * Asks for the number that tells devices of one name apart.
 *
 * Returns: the number; 0 too if there is no such device
 *
 * Since: 1.0
 */
guint
migdesc_qemu_description_get_device_instance (MigdescQemuDescription *description,
                                              guint position)
{
  g_return_val_if_fail (MIGDESC_IS_QEMU_DESCRIPTION (description), 0);

  if (position >= description->devices->len)
    return 0;
  return migdesc_qemu_description_peek_device (description, position)->instance;
}

/**
 * migdesc_qemu_description_get_device_version:
 * @description: a description
 * @position: of the device, from 0
 *
 * Asks for the version that a device was written in.
 *
 * Returns: the version; 0 too if it has none, or there is no such device
 *
 * Since: 1.0
 */
guint
migdesc_qemu_description_get_device_version (MigdescQemuDescription *description,
                                             guint position)
{
  g_return_val_if_fail (MIGDESC_IS_QEMU_DESCRIPTION (description), 0);

  if (position >= description->devices->len)
    return 0;
  return migdesc_qemu_description_peek_device (description, position)->version;
}

/**
 * migdesc_qemu_description_get_device_schema:
 * @description: a description
 * @position: of the device, from 0
 * @error: return location for a #GError
 *
 * Makes the schema of a device's state, as the states of sections have it. Fields have QEMU's
 * names, which may hold dots, brackets and spaces. What QEMU describes by a word for its own code
 * only is a buffer; so is a struct whose fields together are of another size than it says. Pointers
 * to nothing are absent structs, subsections are structs.
 *
 * Fails with %MIGDESC_ERROR_STATE_TYPE where the device is more than a schema can say, and with
 * %MIGDESC_ERROR_INVALID_ARGUMENT where there is no such device.
 *
 * Returns: (transfer full): the schema, or %NULL on error
 *
 * Since: 1.0
 */
MigdescStateType *
migdesc_qemu_description_get_device_schema (MigdescQemuDescription *description,
                                            guint position,
                                            GError **error)
{
  g_return_val_if_fail (MIGDESC_IS_QEMU_DESCRIPTION (description), NULL);

  if (position < description->devices->len)
    return migdesc_qemu_shape_get_type (
        migdesc_qemu_description_peek_device (description, position)->shape, FALSE, error);
  g_set_error (error, MIGDESC_ERROR, MIGDESC_ERROR_INVALID_ARGUMENT,
               "there is no device %u, the description has %u", position,
               description->devices->len);
  return NULL;
}
