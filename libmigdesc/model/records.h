/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

#include "base/arena.h"

G_BEGIN_DECLS

/* A growing array of records whose number is not known before the last one. When they are all there
 * they move to an arena, without slack; a long array is not copied, but cut to its length and
 * handed over as a block of its own. */

typedef struct _MigdescBlock MigdescBlock;

typedef struct
{
  MigdescBlock *block;
  char *data; /* in the block */
  guint32 n;
  guint32 n_allocated;
  guint32 record_size;
} MigdescRecords;

void migdesc_records_init (MigdescRecords *records, gsize record_size);
void migdesc_records_clear (MigdescRecords *records);
void migdesc_records_grow (MigdescRecords *records);

/* Empties the array, and gives its records in their final place: in the arena, or in a block added
 * to blocks. */
gpointer migdesc_records_finish (MigdescRecords *records,
                                 MigdescArena *arena,
                                 MigdescBlock **blocks);

void migdesc_blocks_free (MigdescBlock *blocks);
gsize migdesc_blocks_size (const MigdescBlock *blocks);

/* Room for one more record, not cleared. It stays there until the next is added. */
static inline gpointer
migdesc_records_add (MigdescRecords *records)
{
  if (G_UNLIKELY (records->n == records->n_allocated))
    migdesc_records_grow (records);
  return records->data + (gsize) records->n++ * records->record_size;
}

static inline gpointer
migdesc_records_get (const MigdescRecords *records,
                     guint32 position)
{
  return records->data + (gsize) position * records->record_size;
}

static inline gpointer
migdesc_records_last (const MigdescRecords *records)
{
  return migdesc_records_get (records, records->n - 1);
}

G_END_DECLS
