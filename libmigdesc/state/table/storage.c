/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "state/table/storage.h"

#include "state/table/scalar.h"

static gboolean
has_memory (const MigdescField *field)
{
  return field->kind < MIGDESC_FIELD_CONSTANT && (field->flags & MIGDESC_FIELD_GONE) == 0;
}

static gboolean
is_scalar (const MigdescField *field)
{
  return migdesc_kind_is_scalar ((MigdescFieldKind) field->kind);
}

static void
init_scalars (const MigdescField *field,
              guint8 *member)
{
  guint64 value = field->default_value;
  double real = (double) (gint64) value;

  if (field->kind == MIGDESC_FIELD_DOUBLE)
    memcpy (&value, &real, sizeof value);
  for (guint32 i = 0; i < field->capacity; i++)
    migdesc_scalar_store (member + (gsize) i * field->width, field->width, value);
}

/* The bytes are zero already. */
static void
set_defaults (const MigdescField *fields,
              guint n_fields,
              guint8 *state)
{
  for (guint i = 0; i < n_fields; i++)
    {
      const MigdescField *field = &fields[i];

      if (field->kind == MIGDESC_FIELD_SECTION)
        set_defaults (field->fields, field->n_fields, state);
      if (!has_memory (field) || field->storage != MIGDESC_STORAGE_INLINE)
        continue;
      if (field->kind == MIGDESC_FIELD_STRUCT)
        for (guint32 j = 0; j < field->capacity; j++)
          set_defaults (field->type->fields, field->type->n_fields,
                        state + field->offset + (gsize) j * field->width);
      else if (is_scalar (field) && field->default_value != 0)
        init_scalars (field, state + field->offset);
    }
}

void
migdesc_table_init (const MigdescStruct *table,
                    gpointer state)
{
  memset (state, 0, table->size);
  set_defaults (table->fields, table->n_fields, state);
}

guint64
migdesc_field_get_count (const MigdescField *field,
                         gconstpointer base,
                         guint32 shift)
{
  const guint8 *start = (const guint8 *) base + shift;
  const guint8 *member = start + field->offset;
  GPtrArray *array;
  GList *list;

  switch ((MigdescFieldStorage) field->storage)
    {
    case MIGDESC_STORAGE_PTR_ARRAY:
      memcpy (&array, member, sizeof array);
      return array == NULL ? 0 : array->len;
    case MIGDESC_STORAGE_LIST:
      memcpy (&list, member, sizeof list);
      return g_list_length (list);
    case MIGDESC_STORAGE_QUEUE:
      return ((const GQueue *) (gconstpointer) member)->length;
    default:
      if (field->count_width == 0)
        return field->capacity;
      return migdesc_scalar_load (start + field->count_offset, field->count_width);
    }
}

static void
free_element (const MigdescField *field,
              gpointer element)
{
  if (element == NULL)
    return;
  migdesc_table_clear (field->type, element);
  g_free (element);
}

static void
clear_ptr_array (const MigdescField *field,
                 gpointer member)
{
  GPtrArray *array;

  memcpy (&array, member, sizeof array);
  if (array == NULL)
    return;
  for (guint i = 0; i < array->len; i++)
    free_element (field, g_ptr_array_index (array, i));
  g_ptr_array_unref (array);
}

static void
clear_links (const MigdescField *field,
             GList *list)
{
  for (GList *link = list; link != NULL; link = link->next)
    free_element (field, link->data);
  g_list_free (list);
}

static gboolean
has_hidden_room (const MigdescField *field)
{
  return migdesc_field_is_synthetic (field) && field->counting != MIGDESC_COUNT_OWNED;
}

static guint64
get_room (const MigdescField *field,
          const guint8 *base)
{
  if (field->kind != MIGDESC_FIELD_STRUCT)
    return 0;
  return has_hidden_room (field) ? migdesc_scalar_load (base + field->hidden, sizeof (guint32))
                                 : migdesc_field_get_count (field, base, 0);
}

void
migdesc_field_set_room (const MigdescField *field,
                        gpointer base,
                        guint64 n)
{
  guint8 *start = base;

  if (has_hidden_room (field))
    migdesc_scalar_store (start + field->hidden, sizeof (guint32), n);
  else if (field->counting == MIGDESC_COUNT_OWNED && field->count_width != 0)
    migdesc_scalar_store (start + field->count_offset, field->count_width, n);
}

/* Of the elements behind a pointer, as many as there is memory for own something. */
static void
clear_allocated (const MigdescField *field,
                 guint8 *base)
{
  gpointer data;
  guint64 count;

  memcpy (&data, base + field->offset, sizeof data);
  if (data == NULL)
    return;
  count = get_room (field, base);
  for (guint64 i = 0; i < count; i++)
    migdesc_table_clear (field->type, (guint8 *) data + i * field->width);
  g_free (data);
}

static void
clear_list_member (const MigdescField *field,
                   guint8 *member)
{
  GQueue *queue = (GQueue *) (gpointer) member;
  gpointer data;

  switch ((MigdescFieldStorage) field->storage)
    {
    case MIGDESC_STORAGE_PTR_ARRAY:
      clear_ptr_array (field, member);
      break;
    case MIGDESC_STORAGE_QUEUE:
      clear_links (field, queue->head);
      break;
    default:
      memcpy (&data, member, sizeof data);
      if (field->storage == MIGDESC_STORAGE_LIST)
        clear_links (field, data);
      else
        free_element (field, data);
      break;
    }
}

void
migdesc_field_clear (const MigdescField *field,
                     gpointer base)
{
  guint8 *member = (guint8 *) base + field->offset;

  if (field->storage == MIGDESC_STORAGE_ALLOCATED)
    {
      clear_allocated (field, base);
      migdesc_field_set_room (field, base, 0);
    }
  else
    clear_list_member (field, member);
  memset (member, 0, field->size);
}

static void
clear_fields (const MigdescField *fields,
              guint n_fields,
              guint8 *state)
{
  for (guint i = 0; i < n_fields; i++)
    {
      const MigdescField *field = &fields[i];

      if (field->kind == MIGDESC_FIELD_SECTION)
        clear_fields (field->fields, field->n_fields, state);
      if (!has_memory (field))
        continue;
      if (field->storage != MIGDESC_STORAGE_INLINE)
        migdesc_field_clear (field, state);
      else if (field->kind == MIGDESC_FIELD_STRUCT)
        for (guint32 j = 0; j < field->capacity; j++)
          clear_fields (field->type->fields, field->type->n_fields,
                        state + field->offset + (gsize) j * field->width);
    }
}

void
migdesc_table_clear (const MigdescStruct *table,
                     gpointer state)
{
  clear_fields (table->fields, table->n_fields, state);
  migdesc_table_init (table, state);
}

gpointer
migdesc_field_append (const MigdescField *field,
                      gpointer member)
{
  gpointer element = g_malloc (field->width);
  GPtrArray *array;
  GList *list;

  migdesc_table_init (field->type, element);
  switch ((MigdescFieldStorage) field->storage)
    {
    case MIGDESC_STORAGE_PTR_ARRAY:
      memcpy (&array, member, sizeof array);
      if (array == NULL)
        array = g_ptr_array_new ();
      g_ptr_array_add (array, element);
      memcpy (member, &array, sizeof array);
      break;
    case MIGDESC_STORAGE_QUEUE:
      g_queue_push_tail (member, element);
      break;
    default: /* backwards: the walk turns it round, for a list has no end to append to */
      memcpy (&list, member, sizeof list);
      list = g_list_prepend (list, element);
      memcpy (member, &list, sizeof list);
      break;
    }
  return element;
}

gboolean
migdesc_field_resize (const MigdescField *field,
                      gpointer member,
                      gsize used,
                      gsize n)
{
  guint8 *data;

  memcpy (&data, member, sizeof data);
  data = g_try_realloc_n (data, n, field->width);
  if (data == NULL && n > 0)
    return FALSE;
  memcpy (member, &data, sizeof data);
  if (field->kind == MIGDESC_FIELD_STRUCT)
    for (gsize i = used; i < n; i++)
      migdesc_table_init (field->type, data + i * field->width);
  return TRUE;
}

static guint64
saturating_add (guint64 left,
                guint64 right)
{
  guint64 sum;

  return g_uint64_checked_add (&sum, left, right) ? sum : G_MAXUINT64;
}

static guint64
get_element_memory (const MigdescField *field)
{
  switch ((MigdescFieldStorage) field->storage)
    {
    case MIGDESC_STORAGE_PTR_ARRAY:
      return 2 * sizeof (gpointer); /* it grows by doubling */
    case MIGDESC_STORAGE_LIST:
    case MIGDESC_STORAGE_QUEUE:
      return sizeof (GList);
    default:
      return 0;
    }
}

static guint64
fields_max_memory (const MigdescField *fields,
                   guint n_fields)
{
  guint64 total = 0;

  for (guint i = 0; i < n_fields; i++)
    {
      const MigdescField *field = &fields[i];
      guint64 element = get_element_memory (field);
      guint64 all;

      if (field->kind == MIGDESC_FIELD_SECTION)
        total = saturating_add (total, fields_max_memory (field->fields, field->n_fields));
      if (!has_memory (field))
        continue;
      if (field->kind == MIGDESC_FIELD_STRUCT)
        element = saturating_add (element, migdesc_table_max_memory (field->type)
                                               - (field->storage == MIGDESC_STORAGE_INLINE
                                                      ? field->width
                                                      : 0));
      else if (field->storage != MIGDESC_STORAGE_INLINE && field->kind != MIGDESC_FIELD_BITMAP)
        element = field->width;
      if (!g_uint64_checked_mul (&all, element, field->capacity))
        all = G_MAXUINT64;
      if (field->storage != MIGDESC_STORAGE_INLINE && field->kind == MIGDESC_FIELD_BITMAP)
        all = ((guint64) field->capacity + 7) / 8;
      total = saturating_add (total, all);
    }
  return total;
}

guint64
migdesc_table_max_memory (const MigdescStruct *table)
{
  return saturating_add (table->size, fields_max_memory (table->fields, table->n_fields));
}

/* Bits in memory and in a stream are the same bytes on a little-endian machine, and with elements
 * of one byte; else the bytes of each element are turned round. */
gsize
migdesc_bitmap_byte (const MigdescField *field,
                     gsize i)
{
  if (G_BYTE_ORDER == G_LITTLE_ENDIAN)
    return i;
  return i / field->width * field->width + (field->width - 1 - i % field->width);
}

void
migdesc_bitmap_get (const MigdescField *field,
                    const guint8 *member,
                    guint8 *bytes,
                    gsize n_bits)
{
  gsize n = (n_bits + 7) / 8;

  for (gsize i = 0; i < n; i++)
    bytes[i] = member[migdesc_bitmap_byte (field, i)];
  if (n_bits % 8 != 0)
    bytes[n - 1] &= (guint8) ((1u << n_bits % 8) - 1);
}
