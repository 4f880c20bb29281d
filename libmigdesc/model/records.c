/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "model/records.h"

#include <string.h>

#define FIRST_ALLOCATED 32

/* From this many bytes on, copying costs more than the slack of a block. */
#define LONG_ARRAY 16384

struct _MigdescBlock
{
  MigdescBlock *next;
  gsize size;     /* of data */
  guint64 data[]; /* aligned to 8 */
};

void
migdesc_records_init (MigdescRecords *records,
                      gsize record_size)
{
  memset (records, 0, sizeof *records);
  records->record_size = (guint32) record_size;
}

void
migdesc_records_clear (MigdescRecords *records)
{
  g_free (records->block);
  memset (records, 0, sizeof *records);
}

/* By half while short; then by less, as the memory counts that is held at one time. */
void
migdesc_records_grow (MigdescRecords *records)
{
  guint32 n = records->n_allocated;
  gsize size = (gsize) n * records->record_size;
  guint32 more = size < LONG_ARRAY * 4 ? MAX (n / 2, FIRST_ALLOCATED) : n / 4;

  g_assert (n <= G_MAXUINT32 - more);
  records->n_allocated = n + more;
  records->block = g_realloc (
      records->block, sizeof (MigdescBlock) + (gsize) records->n_allocated * records->record_size);
  records->data = (char *) records->block->data;
}

static gpointer
hand_over (MigdescRecords *records,
           gsize size,
           MigdescBlock **blocks)
{
  MigdescBlock *block = g_realloc (records->block, sizeof (MigdescBlock) + size);

  block->size = size;
  block->next = *blocks;
  *blocks = block;
  migdesc_records_init (records, records->record_size);
  return block->data;
}

gpointer
migdesc_records_finish (MigdescRecords *records,
                        MigdescArena *arena,
                        MigdescBlock **blocks)
{
  gsize size = (gsize) records->n * records->record_size;
  gpointer copy;

  if (size == 0)
    return NULL;
  if (size >= LONG_ARRAY)
    return hand_over (records, size, blocks);

  copy = migdesc_arena_alloc (arena, size);
  memcpy (copy, records->data, size);
  records->n = 0;
  return copy;
}

void
migdesc_blocks_free (MigdescBlock *blocks)
{
  while (blocks != NULL)
    {
      MigdescBlock *next = blocks->next;

      g_free (blocks);
      blocks = next;
    }
}

gsize
migdesc_blocks_size (const MigdescBlock *blocks)
{
  gsize size = 0;

  for (; blocks != NULL; blocks = blocks->next)
    size += sizeof (MigdescBlock) + blocks->size;
  return size;
}
