/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "qemu/stream/item.h"

#include "base/quote.h"

MigdescQemuItem *
migdesc_qemu_item_new (MigdescQemuSectionKind kind,
                       guint64 offset)
{
  MigdescQemuItem *item = g_new0 (MigdescQemuItem, 1);

  g_atomic_ref_count_init (&item->ref_count);
  item->kind = kind;
  item->offset = item->data_offset = offset;
  return item;
}

MigdescQemuItem *
migdesc_qemu_item_ref (MigdescQemuItem *item)
{
  g_atomic_ref_count_inc (&item->ref_count);
  return item;
}

void
migdesc_qemu_item_unref (MigdescQemuItem *item)
{
  if (!g_atomic_ref_count_dec (&item->ref_count))
    return;
  g_free (item->name);
  g_free (item->raw_name);
  g_free (item->reason);
  g_clear_pointer (&item->data, g_bytes_unref);
  g_clear_object (&item->description);
  g_free (item);
}

char *
migdesc_qemu_item_describe (const MigdescQemuItem *item)
{
  static const char *const words[] = {
    [MIGDESC_QEMU_SECTION_HEADER] = "the header",
    [MIGDESC_QEMU_SECTION_CONFIGURATION] = "the configuration",
    [MIGDESC_QEMU_SECTION_COMMAND] = "a command",
    [MIGDESC_QEMU_SECTION_EOF] = "the end",
    [MIGDESC_QEMU_SECTION_DESCRIPTION] = "the description",
    [MIGDESC_QEMU_SECTION_UNKNOWN] = "bytes of no section",
    [MIGDESC_QEMU_SECTION_WRAPPER] = "the header of libvirt",
  };
  g_autofree char *name = NULL;

  if (item->kind < G_N_ELEMENTS (words) && words[item->kind] != NULL)
    return g_strdup (words[item->kind]);
  if (item->name == NULL)
    return g_strdup_printf ("section %u", item->id);
  name = migdesc_quote (item->name, -1);
  return g_strdup_printf ("section %u, %s/%u", item->id, name, item->instance);
}

gboolean
migdesc_qemu_item_has_same_data (const MigdescQemuItem *item,
                                 const MigdescQemuItem *other)
{
  /* memory and the like: it has no state anyway */
  if (item->is_live && other->is_live)
    return TRUE;
  return item->data != NULL && other->data != NULL && g_bytes_equal (item->data, other->data);
}
