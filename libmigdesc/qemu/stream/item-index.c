/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "qemu/stream/item-index.h"

#include <string.h>

#include "base/hash.h"

static gboolean
has_name (const MigdescQemuItem *item)
{
  return item->name != NULL
         && (item->kind == MIGDESC_QEMU_SECTION_FULL || item->kind == MIGDESC_QEMU_SECTION_START
             || item->kind == MIGDESC_QEMU_SECTION_CONFIGURATION);
}

static const char *
key_of (const MigdescQemuItem *item)
{
  return item->raw_name != NULL ? item->raw_name : item->name;
}

static guint
hash_label (gconstpointer data)
{
  const MigdescQemuItem *item = data;
  const char *key = key_of (item);

  return migdesc_hash_fold (migdesc_hash (key, strlen (key))) + item->instance;
}

static gboolean
equal_labels (gconstpointer data,
              gconstpointer other_data)
{
  const MigdescQemuItem *item = data;
  const MigdescQemuItem *other = other_data;

  return item->kind == other->kind && item->instance == other->instance
         && strcmp (key_of (item), key_of (other)) == 0;
}

static guint
hash_item (gconstpointer data)
{
  const MigdescQemuItem *item = data;

  return hash_label (data) + item->nth * 31;
}

static gboolean
equal_items (gconstpointer data,
             gconstpointer other_data)
{
  const MigdescQemuItem *item = data;
  const MigdescQemuItem *other = other_data;

  return item->nth == other->nth && equal_labels (data, other_data);
}

GHashTable *
migdesc_qemu_item_index_new (const GPtrArray *items)
{
  g_autoptr (GHashTable) last = g_hash_table_new (hash_label, equal_labels);
  GHashTable *index = g_hash_table_new (hash_item, equal_items);

  for (guint i = 0; i < items->len; i++)
    {
      MigdescQemuItem *item = items->pdata[i];
      const MigdescQemuItem *before;

      if (!has_name (item))
        continue;
      before = g_hash_table_lookup (last, item);
      item->nth = before == NULL ? 0 : before->nth + 1;
      g_hash_table_add (index, item);
      g_hash_table_replace (last, item, item);
    }
  return index;
}

const MigdescQemuItem *
migdesc_qemu_item_index_find (GHashTable *index,
                              const MigdescQemuItem *wanted)
{
  return has_name (wanted) ? g_hash_table_lookup (index, wanted) : NULL;
}

const MigdescQemuItem *
migdesc_qemu_item_index_find_first (GHashTable *index,
                                    const MigdescQemuItem *item)
{
  const MigdescQemuItem first = { .kind = item->kind, .instance = item->instance,
                                  .name = item->name, .raw_name = item->raw_name };

  return g_hash_table_lookup (index, &first);
}
