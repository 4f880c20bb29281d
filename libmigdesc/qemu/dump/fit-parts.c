/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "qemu/dump/fit-parts.h"

typedef struct
{
  gconstpointer source;
  gconstpointer destination;
  MigdescQemuFits fits;
} Part;

static guint
hash_part (gconstpointer data)
{
  const Part *part = data;

  return g_direct_hash (part->source) * 31u + g_direct_hash (part->destination);
}

static gboolean
parts_equal (gconstpointer data,
             gconstpointer other_data)
{
  const Part *part = data;
  const Part *other = other_data;

  return part->source == other->source && part->destination == other->destination;
}

GHashTable *
migdesc_qemu_fit_parts_new (void)
{
  return g_hash_table_new_full (hash_part, parts_equal, g_free, NULL);
}

gboolean
migdesc_qemu_fit_parts_recall (GHashTable *parts,
                               gconstpointer source,
                               gconstpointer destination,
                               MigdescQemuFits *fits)
{
  const Part key = { source, destination, { 0 } };
  const Part *part = g_hash_table_lookup (parts, &key);

  if (part != NULL)
    *fits = part->fits;
  return part != NULL;
}

void
migdesc_qemu_fit_parts_add (GHashTable *parts,
                            gconstpointer source,
                            gconstpointer destination,
                            MigdescQemuFits fits)
{
  Part *part = g_new (Part, 1);

  *part = (Part) { source, destination, fits };
  g_hash_table_add (parts, part);
}
