/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "qemu/opaque/opaque.h"

#include <migdesc/migdesc-error.h>
#include <migdesc/migdesc-qemu-opaque.h>

#include "base/bytes.h"
#include "base/quote.h"
#include "state/schema/type-private.h"
#include "state/table/storage.h"

static const MigdescQemuOpaque *const opaques[] = {
  &migdesc_qemu_opaque_pci_config,
  &migdesc_qemu_opaque_pci_irq,
  &migdesc_qemu_opaque_msix,
  &migdesc_qemu_opaque_virtio,
};

const MigdescQemuOpaque *
migdesc_qemu_opaque_find (const char *word)
{
  for (guint i = 0; i < G_N_ELEMENTS (opaques); i++)
    if (strcmp (opaques[i]->word, word) == 0)
      return opaques[i];
  return NULL;
}

static gboolean
read_whole (const MigdescQemuOpaque *opaque,
            const char *section,
            MigdescQemuCursor *cursor,
            gpointer made,
            GError **error)
{
  gboolean is_good = opaque->read (cursor, section, made);

  if (cursor->is_short)
    g_set_error (error, MIGDESC_ERROR, MIGDESC_ERROR_STATE_TRUNCATED,
                 "its %" G_GSIZE_FORMAT " bytes end within what is a %s", cursor->size,
                 opaque->word);
  else if (!is_good)
    g_set_error (error, MIGDESC_ERROR, MIGDESC_ERROR_STATE_DAMAGED,
                 "its %" G_GSIZE_FORMAT " bytes are no %s", cursor->size, opaque->word);
  else if (migdesc_qemu_cursor_get_left (cursor) > 0)
    g_set_error (error, MIGDESC_ERROR, MIGDESC_ERROR_STATE_DAMAGED,
                 "of its %" G_GSIZE_FORMAT " bytes a %s has %" G_GSIZE_FORMAT, cursor->size,
                 opaque->word, cursor->at);
  else
    return TRUE;
  return FALSE;
}

gpointer
migdesc_qemu_opaque_read_struct (const MigdescQemuOpaque *opaque,
                                 const char *section,
                                 gconstpointer data,
                                 gsize size,
                                 GError **error)
{
  MigdescQemuCursor cursor = { .data = data, .size = size };
  gpointer made = g_malloc0 (opaque->table->size);

  if (read_whole (opaque, section, &cursor, made, error))
    return made;
  migdesc_table_clear (opaque->table, made);
  g_free (made);
  return NULL;
}

typedef MigdescStateType *(*MakeType) (const MigdescQemuOpaque *opaque, GError **error);

static MigdescStateType *
make_type (const MigdescQemuOpaque *opaque,
           GError **error)
{
  return migdesc_state_type_new (opaque->table, error);
}

static MigdescStateType *
make_schema (const MigdescQemuOpaque *opaque,
             GError **error)
{
  return migdesc_state_type_new_effective (migdesc_qemu_opaque_get_type (opaque), 1, NULL, error);
}

/* Our own tables have no faults. */
static MigdescStateType *
make_once (gsize *places,
           const MigdescQemuOpaque *opaque,
           MakeType make)
{
  guint i = 0;

  while (opaques[i] != opaque)
    i++;
  if (g_once_init_enter (&places[i]))
    {
      g_autoptr (GError) error = NULL;
      MigdescStateType *type = make (opaque, &error);

      g_assert_no_error (error);
      g_once_init_leave (&places[i], (gsize) type);
    }
  return (MigdescStateType *) places[i];
}

MigdescStateType *
migdesc_qemu_opaque_get_type (const MigdescQemuOpaque *opaque)
{
  static gsize types[G_N_ELEMENTS (opaques)];

  return make_once (types, opaque, make_type);
}

const MigdescStruct *
migdesc_qemu_opaque_get_schema_table (const MigdescQemuOpaque *opaque)
{
  static gsize schemas[G_N_ELEMENTS (opaques)];

  return migdesc_state_type_get_table (make_once (schemas, opaque, make_schema));
}

/**
 * migdesc_qemu_opaque_is_known:
 * @type: what QEMU's description says that a value is: `virtio`
 *
 * Tells whether values of that type can be read by migdesc_qemu_opaque_read(). Of all others that
 * only QEMU's code understands there are the bytes.
 *
 * Returns: whether there is a table for it
 *
 * Since: 1.0
 */
gboolean
migdesc_qemu_opaque_is_known (const char *type)
{
  g_return_val_if_fail (type != NULL, FALSE);

  return migdesc_qemu_opaque_find (type) != NULL;
}

static const MigdescQemuOpaque *
find (const char *type,
      GError **error)
{
  const MigdescQemuOpaque *opaque = migdesc_qemu_opaque_find (type);
  g_autofree char *quoted = NULL;

  if (opaque != NULL)
    return opaque;
  quoted = migdesc_quote (type, -1);
  g_set_error (error, MIGDESC_ERROR, MIGDESC_ERROR_INVALID_ARGUMENT, "there is no table for %s",
               quoted);
  return NULL;
}

/**
 * migdesc_qemu_opaque_read:
 * @type: what QEMU's description says that the value is: `virtio`
 * @section: (nullable): the name of the section that it is in: `0000:00:03.0/virtio-net`
 * @bytes: the value, as it is in the stream
 * @error: return location for a #GError
 *
 * Reads a value that QEMU's description names but does not describe. What of it no table knows is
 * in the state's field `undecoded`, or `others`.
 *
 * Fails with %MIGDESC_ERROR_STATE_TRUNCATED when there are fewer bytes than the value has, with
 * %MIGDESC_ERROR_STATE_DAMAGED when they are no such value, and with
 * %MIGDESC_ERROR_INVALID_ARGUMENT when there is no table for @type.
 *
 * Returns: (transfer full): the value as a state, or %NULL on error
 *
 * Since: 1.0
 */
MigdescState *
migdesc_qemu_opaque_read (const char *type,
                          const char *section,
                          GBytes *bytes,
                          GError **error)
{
  const MigdescQemuOpaque *opaque;
  MigdescState *state;
  gconstpointer data;
  gpointer made;
  gsize size;

  g_return_val_if_fail (type != NULL, NULL);
  g_return_val_if_fail (bytes != NULL, NULL);

  opaque = find (type, error);
  if (opaque == NULL)
    return NULL;
  data = migdesc_bytes_peek (bytes, &size);
  made = migdesc_qemu_opaque_read_struct (opaque, section == NULL ? "" : section, data,
                                          size, error);
  if (made == NULL)
    return NULL;
  state = migdesc_state_new_from_struct (migdesc_qemu_opaque_get_type (opaque), 1, NULL, made,
                                         error);
  migdesc_table_clear (opaque->table, made);
  g_free (made);
  return state;
}
