/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "base/bytes.h"
#include "qemu/stream/item.h"

#include "qemu/description/decode.h"
#include "qemu/description/expand.h"

/**
 * MigdescQemuSection:
 *
 * A part of a migration stream. Immutable.
 *
 * One that was made by g_object_new() is of no stream: of the kind
 * %MIGDESC_QEMU_SECTION_UNKNOWN and without bytes.
 *
 * Since: 1.0
 */

struct _MigdescQemuSection
{
  GObject parent_instance;
  MigdescQemuItem *item;
};

G_DEFINE_FINAL_TYPE (MigdescQemuSection, migdesc_qemu_section, G_TYPE_OBJECT)

static void
migdesc_qemu_section_init (MigdescQemuSection *section)
{
  section->item = migdesc_qemu_item_new (MIGDESC_QEMU_SECTION_UNKNOWN, 0);
}

static void
migdesc_qemu_section_finalize (GObject *object)
{
  migdesc_qemu_item_unref (MIGDESC_QEMU_SECTION (object)->item);
  G_OBJECT_CLASS (migdesc_qemu_section_parent_class)->finalize (object);
}

static void
migdesc_qemu_section_class_init (MigdescQemuSectionClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = migdesc_qemu_section_finalize;
}

MigdescQemuSection *
migdesc_qemu_section_new_for_item (MigdescQemuItem *item)
{
  MigdescQemuSection *section = g_object_new (MIGDESC_TYPE_QEMU_SECTION, NULL);

  migdesc_qemu_item_unref (section->item);
  section->item = migdesc_qemu_item_ref (item);
  return section;
}

const MigdescQemuItem *
migdesc_qemu_section_peek_item (MigdescQemuSection *section)
{
  return section->item;
}

/**
 * migdesc_qemu_section_get_kind:
 * @section: a section
 *
 * Asks what the section is.
 *
 * Returns: the kind
 *
 * Since: 1.0
 */
MigdescQemuSectionKind
migdesc_qemu_section_get_kind (MigdescQemuSection *section)
{
  g_return_val_if_fail (MIGDESC_IS_QEMU_SECTION (section), MIGDESC_QEMU_SECTION_UNKNOWN);

  return section->item->kind;
}

/**
 * migdesc_qemu_section_get_name:
 * @section: a section
 *
 * Asks for the name of what the section is of, such as `0000:00:03.0/e1000e`. Bytes
 * in it that are no text are written as `\xff`.
 *
 * Returns: (transfer none) (nullable): the name, %NULL where it has none
 *
 * Since: 1.0
 */
const char *
migdesc_qemu_section_get_name (MigdescQemuSection *section)
{
  g_return_val_if_fail (MIGDESC_IS_QEMU_SECTION (section), NULL);

  return section->item->name;
}

/**
 * migdesc_qemu_section_get_instance:
 * @section: a section
 *
 * Asks for the number that tells sections of one name apart.
 *
 * Returns: the number
 *
 * Since: 1.0
 */
guint
migdesc_qemu_section_get_instance (MigdescQemuSection *section)
{
  g_return_val_if_fail (MIGDESC_IS_QEMU_SECTION (section), 0);

  return section->item->instance;
}

/**
 * migdesc_qemu_section_get_version:
 * @section: a section
 *
 * Asks for the version in the header of the section.
 *
 * Returns: the version; 0 too where it has none
 *
 * Since: 1.0
 */
guint
migdesc_qemu_section_get_version (MigdescQemuSection *section)
{
  g_return_val_if_fail (MIGDESC_IS_QEMU_SECTION (section), 0);

  return section->item->version;
}

/**
 * migdesc_qemu_section_get_id:
 * @section: a section
 *
 * Asks for the number that the source gave to the section. It is the same for all parts of one.
 *
 * Returns: the number
 *
 * Since: 1.0
 */
guint
migdesc_qemu_section_get_id (MigdescQemuSection *section)
{
  g_return_val_if_fail (MIGDESC_IS_QEMU_SECTION (section), 0);

  return section->item->id;
}

/**
 * migdesc_qemu_section_get_offset:
 * @section: a section
 *
 * Asks where the section begins.
 *
 * Returns: the place of its first byte in the stream, from 0
 *
 * Since: 1.0
 */
guint64
migdesc_qemu_section_get_offset (MigdescQemuSection *section)
{
  g_return_val_if_fail (MIGDESC_IS_QEMU_SECTION (section), 0);

  return section->item->offset;
}

/**
 * migdesc_qemu_section_get_length:
 * @section: a section
 *
 * Asks how long the section is, with header and footer.
 *
 * Returns: the length in bytes
 *
 * Since: 1.0
 */
guint64
migdesc_qemu_section_get_length (MigdescQemuSection *section)
{
  g_return_val_if_fail (MIGDESC_IS_QEMU_SECTION (section), 0);

  return section->item->length;
}

/**
 * migdesc_qemu_section_get_data_offset:
 * @section: a section
 *
 * Asks where the section's data begin, behind the header.
 *
 * Returns: the place in the stream
 *
 * Since: 1.0
 */
guint64
migdesc_qemu_section_get_data_offset (MigdescQemuSection *section)
{
  g_return_val_if_fail (MIGDESC_IS_QEMU_SECTION (section), 0);

  return section->item->data_offset;
}

/**
 * migdesc_qemu_section_get_data_length:
 * @section: a section
 *
 * Asks how much data the section has, between header and footer.
 *
 * Returns: the length in bytes
 *
 * Since: 1.0
 */
guint64
migdesc_qemu_section_get_data_length (MigdescQemuSection *section)
{
  g_return_val_if_fail (MIGDESC_IS_QEMU_SECTION (section), 0);

  return section->item->data_length;
}

/**
 * migdesc_qemu_section_get_footer:
 * @section: a section
 *
 * Asks how the section ends.
 *
 * Returns: whether there is a footer, and of this section
 *
 * Since: 1.0
 */
MigdescQemuFooter
migdesc_qemu_section_get_footer (MigdescQemuSection *section)
{
  g_return_val_if_fail (MIGDESC_IS_QEMU_SECTION (section), MIGDESC_QEMU_FOOTER_NONE);

  return section->item->footer;
}

/**
 * migdesc_qemu_section_get_command:
 * @section: a section
 *
 * Asks for the number of a command.
 *
 * Returns: the number; 0 for what is no command
 *
 * Since: 1.0
 */
guint
migdesc_qemu_section_get_command (MigdescQemuSection *section)
{
  g_return_val_if_fail (MIGDESC_IS_QEMU_SECTION (section), 0);

  return section->item->command;
}

/**
 * migdesc_qemu_section_dup_label:
 * @section: a section
 *
 * Makes what people call the section: its name, a slash and the instance.
 *
 * Returns: (transfer full) (nullable): the label, %NULL for a section without a name
 *
 * Since: 1.0
 */
char *
migdesc_qemu_section_dup_label (MigdescQemuSection *section)
{
  g_return_val_if_fail (MIGDESC_IS_QEMU_SECTION (section), NULL);

  if (section->item->name == NULL)
    return NULL;
  return g_strdup_printf ("%s/%u", section->item->name, section->item->instance);
}

/**
 * migdesc_qemu_section_get_data:
 * @section: a section
 *
 * Gets the bytes between header and footer. Those of the memory and of other sections that are sent
 * in known parts are not kept.
 *
 * Returns: (transfer full) (nullable): the bytes, %NULL where they are not kept
 *
 * Since: 1.0
 */
GBytes *
migdesc_qemu_section_get_data (MigdescQemuSection *section)
{
  g_return_val_if_fail (MIGDESC_IS_QEMU_SECTION (section), NULL);

  return section->item->data == NULL ? NULL : g_bytes_ref (section->item->data);
}

/**
 * migdesc_qemu_section_has_state:
 * @section: a section
 *
 * Asks whether the bytes are described, and as the description says.
 *
 * Returns: whether migdesc_qemu_section_get_state() gives a state
 *
 * Since: 1.0
 */
gboolean
migdesc_qemu_section_has_state (MigdescQemuSection *section)
{
  g_return_val_if_fail (MIGDESC_IS_QEMU_SECTION (section), FALSE);

  return section->item->shape != NULL && section->item->reason == NULL;
}

static gboolean
check_described (MigdescQemuSection *section,
                 GError **error)
{
  const MigdescQemuItem *item = section->item;
  g_autofree char *what = NULL;

  if (item->shape != NULL && item->reason == NULL)
    return TRUE;
  what = migdesc_qemu_item_describe (item);
  g_set_error (error, MIGDESC_ERROR, MIGDESC_ERROR_STATE_UNKNOWN, "%s: %s (byte %" G_GUINT64_FORMAT
               ")", what, item->reason != NULL ? item->reason : "it has no state", item->offset);
  return FALSE;
}

/**
 * migdesc_qemu_section_get_state:
 * @section: a section
 * @error: return location for a #GError
 *
 * Decodes the bytes. Each call makes a new state. Values that QEMU's description only names are in
 * it as migdesc_qemu_opaque_read() reads them; where one of them cannot be read, all of them are
 * bytes.
 *
 * Fails with %MIGDESC_ERROR_STATE_UNKNOWN where nothing describes the bytes, or they are not as the
 * description says; the report of the stream then has a finding for it.
 *
 * Returns: (transfer full): the state, or %NULL on error
 *
 * Since: 1.0
 */
MigdescState *
migdesc_qemu_section_get_state (MigdescQemuSection *section,
                                GError **error)
{
  g_return_val_if_fail (MIGDESC_IS_QEMU_SECTION (section), NULL);

  if (!check_described (section, error))
    return NULL;
  return migdesc_qemu_decode (section->item->shape, section->item->raw_name,
                              migdesc_bytes_peek (section->item->data, NULL), error);
}

/**
 * migdesc_qemu_section_get_schema:
 * @section: a section
 * @error: return location for a #GError
 *
 * Gets the schema of the section's state.
 *
 * Fails as migdesc_qemu_section_get_state() does.
 *
 * Returns: (transfer full): the schema, or %NULL on error
 *
 * Since: 1.0
 */
MigdescStateType *
migdesc_qemu_section_get_schema (MigdescQemuSection *section,
                                 GError **error)
{
  g_autoptr (MigdescState) state = NULL;

  g_return_val_if_fail (MIGDESC_IS_QEMU_SECTION (section), NULL);

  if (!check_described (section, error))
    return NULL;
  if (!section->item->shape->has_opaque)
    return migdesc_qemu_shape_get_type (section->item->shape, FALSE, error);
  /* of which two it is shows the state */
  state = migdesc_qemu_section_get_state (section, error);
  return state == NULL ? NULL : g_object_ref (migdesc_state_get_schema (state));
}
