/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "state/schema/schema-read.h"
#include "state/table/scalar.h"
#include "state/table/storage.h"

/* Where the members of a struct made of a schema are: one behind the other, without padding, so
 * that a state in memory is hardly larger than in a stream, and neighbours are copied together.
 * Nothing here is ever read but by memcpy(). */

typedef struct
{
  guint64 size;
  MigdescField *body; /* of the struct */
  guint n_body;
} Layout;

static guint32
take (Layout *layout,
      guint64 size)
{
  guint64 offset = layout->size;

  /* saturates far above what is allowed, and far below an overflow */
  layout->size = MIN (offset + MIN (size, G_MAXUINT32), G_MAXUINT32 + G_GUINT64_CONSTANT (1));
  return (guint32) offset;
}

static guint64
get_inline_size (const MigdescField *field)
{
  if (field->kind == MIGDESC_FIELD_BITMAP)
    return ((guint64) field->capacity + 7) / 8;
  return (guint64) field->capacity * field->width;
}

/* Larger ones get memory only when there is data. */
#define INLINE_MAX 4096

static void
place_member (Layout *layout,
              MigdescField *field)
{
  guint64 size = get_inline_size (field);

  if (field->counting == MIGDESC_COUNT_FIXED && field->kind != MIGDESC_FIELD_BITMAP
      && size > INLINE_MAX)
    field->storage = MIGDESC_STORAGE_ALLOCATED;
  if (field->storage != MIGDESC_STORAGE_INLINE)
    size = sizeof (gpointer);
  field->size = (guint32) MIN (size, G_MAXUINT32);
  field->offset = take (layout, size);
}

static void
place_count (Layout *layout,
             MigdescField *field)
{
  if (field->storage != MIGDESC_STORAGE_ALLOCATED || field->kind == MIGDESC_FIELD_STRING)
    return;
  if (field->counting != MIGDESC_COUNT_OWNED)
    {
      field->hidden = take (layout, sizeof (guint32));
      return;
    }
  field->count_width = sizeof (guint32);
  field->count_offset = take (layout, sizeof (guint32));
}

/* The count that an earlier field is. What is wrong with it the check of the table says. */
static void
find_count (MigdescField *fields,
            guint n_fields,
            MigdescField *field)
{
  for (guint i = 0; i < n_fields; i++)
    if (fields[i].kind == MIGDESC_FIELD_UINT && (fields[i].flags & MIGDESC_FIELD_GONE) == 0
        && strcmp (fields[i].name, field->other) == 0)
      {
        field->count_offset = fields[i].offset;
        field->count_width = fields[i].width;
        fields[i].flags |= MIGDESC_FIELD_COUNTS;
      }
}

static void
place_fields (Layout *layout,
              MigdescField *fields,
              guint n_fields)
{
  for (guint i = 0; i < n_fields; i++)
    {
      MigdescField *field = &fields[i];

      if (field->kind == MIGDESC_FIELD_SECTION)
        {
          field->hidden = take (layout, sizeof (guint16));
          continue;
        }
      if (field->kind >= MIGDESC_FIELD_CONSTANT || (field->flags & MIGDESC_FIELD_GONE) != 0)
        continue;
      place_member (layout, field);
      place_count (layout, field);
      if (field->counting != MIGDESC_COUNT_FIELD)
        continue;
      find_count (layout->body, layout->n_body, field);
      find_count (fields, i, field);
    }
}

gboolean
migdesc_schema_lay_out (MigdescStruct *table)
{
  Layout layout = { 0, (MigdescField *) table->fields, table->n_fields };

  place_fields (&layout, (MigdescField *) table->fields, table->n_fields);
  /* The body first: the sections may ask it for counts. */
  for (guint i = 0; i < table->n_fields; i++)
    if (table->fields[i].kind == MIGDESC_FIELD_SECTION)
      place_fields (&layout, (MigdescField *) table->fields[i].fields, table->fields[i].n_fields);
  table->size = (guint32) MIN (MAX (layout.size, 1), G_MAXUINT32);
  table->alignment = 1;
  return layout.size <= G_MAXUINT32;
}
