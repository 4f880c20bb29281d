/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "state/tree/packed.h"

#include <stdlib.h>
#include <string.h>

/* The bytes of a tree in the making, and the marks of long arrays. */

/* A mark after so many bytes that a search has to go through, and none at all for an array that has
 * fewer than those. */
#define MARK_EVERY 64
#define MARK_FROM 256

void
migdesc_packed_clear (MigdescPacked *packed)
{
  g_free (packed->data);
  g_free (packed->arrays.data);
  g_free (packed->marks.data);
  g_free (packed->waiting.data);
  *packed = (MigdescPacked) { 0 };
}

guint64
migdesc_packed_get_size (const MigdescPacked *packed)
{
  return packed->length + packed->arrays.n * sizeof (MigdescPackedArray)
         + (packed->marks.n + packed->waiting.n) * sizeof (MigdescPackedMark);
}

/* Much of it is not copied when it grows, for memory can be mapped elsewhere. */
#define LEAST_ROOM 64
#define MUCH 4096

gboolean
migdesc_packed_reserve (MigdescPacked *packed,
                        gsize n)
{
  const gsize length = packed->length;
  gsize wanted;
  guint8 *data;

  if (n <= packed->room - length)
    return TRUE;
  if (n > G_MAXSIZE / 2 || length > G_MAXSIZE / 4)
    return FALSE;
  wanted = length + (length < MUCH ? length : length / 4);
  /* a tree that is almost at its limit will not grow so much */
  wanted = (gsize) MIN (wanted, packed->limit);
  wanted = MAX (MAX (wanted, LEAST_ROOM), length + n);
  data = g_try_realloc (packed->data, wanted);
  if (data == NULL)
    return FALSE;
  packed->data = data;
  packed->room = wanted;
  return TRUE;
}

static gint
compare_arrays (gconstpointer a,
                gconstpointer b)
{
  const MigdescPackedArray *left = a;
  const MigdescPackedArray *right = b;

  return left->start < right->start ? -1 : left->start > right->start;
}

static void
trim (MigdescPackedList *list,
      gsize size)
{
  list->data = g_realloc_n (list->data, list->n, size);
  list->room = list->n;
}

void
migdesc_packed_finish (MigdescPacked *packed)
{
  packed->data = g_realloc (packed->data, MAX (packed->length, 1));
  packed->room = packed->length;
  packed->waiting.n = 0;
  trim (&packed->waiting, sizeof (MigdescPackedMark));
  trim (&packed->marks, sizeof (MigdescPackedMark));
  trim (&packed->arrays, sizeof (MigdescPackedArray));
  if (packed->arrays.n > 1)
    qsort (packed->arrays.data, packed->arrays.n, sizeof (MigdescPackedArray), compare_arrays);
}

static gsize
get_bare (const MigdescPacked *packed)
{
  return packed->length - packed->covered;
}

static void
append (MigdescPackedList *list,
        gsize size,
        gconstpointer data,
        gsize n)
{
  if (list->n + n > list->room)
    {
      list->room = MAX (list->n + n, list->room + list->room / 4 + 4);
      list->data = g_realloc_n (list->data, list->room, size);
    }
  memcpy ((guint8 *) list->data + list->n * size, data, n * size);
  list->n += n;
}

void
migdesc_packing_begin (MigdescPacking *packing,
                       MigdescPacked *packed)
{
  packing->start = packed->length;
  packing->bare = packing->marked = get_bare (packed);
  packing->first = packed->waiting.n;
}

static void
add_mark (MigdescPacking *packing,
          MigdescPacked *packed,
          guint64 element,
          gboolean is_inside)
{
  const MigdescPackedMark mark = { packed->length, (guint32) element, is_inside };

  append (&packed->waiting, sizeof mark, &mark, 1);
  packing->marked = get_bare (packed);
}

gboolean
migdesc_packing_mark (MigdescPacking *packing,
                      MigdescPacked *packed,
                      guint64 element,
                      gboolean is_inside)
{
  if (get_bare (packed) - packing->marked < MARK_EVERY)
    return FALSE;
  add_mark (packing, packed, element, is_inside);
  return TRUE;
}

/* The marks of an array that is complete. */
static void
move_marks (MigdescPacked *packed,
            gsize first,
            gsize n)
{
  MigdescPackedList waiting = packed->waiting;

  if (packed->marks.n == 0 && first == 0)
    {
      packed->waiting = packed->marks;
      packed->marks = waiting;
    }
  else if (n > 0)
    append (&packed->marks, sizeof (MigdescPackedMark),
            (const MigdescPackedMark *) waiting.data + first, n);
}

void
migdesc_packing_end (MigdescPacking *packing,
                     MigdescPacked *packed,
                     const MigdescField *field)
{
  const gsize n = packed->waiting.n - packing->first;
  const MigdescPackedArray array = { field, packing->start, packed->length, packed->marks.n, n };

  if (get_bare (packed) - packing->bare >= MARK_FROM)
    {
      move_marks (packed, packing->first, n);
      append (&packed->arrays, sizeof array, &array, 1);
      packed->covered = packed->length - packing->bare - 1;
    }
  packed->waiting.n = packing->first;
}

const MigdescPackedArray *
migdesc_packed_find (const MigdescPacked *packed,
                     const MigdescField *field,
                     gsize start)
{
  const MigdescPackedArray *arrays = packed->arrays.data;
  gsize low = 0, high = packed->arrays.n;

  while (low < high)
    {
      gsize middle = low + (high - low) / 2;

      if (arrays[middle].start < start)
        low = middle + 1;
      else
        high = middle;
    }
  for (; low < packed->arrays.n && arrays[low].start == start; low++)
    if (arrays[low].field == field)
      return &arrays[low];
  return NULL;
}

const MigdescPackedMark *
migdesc_packed_find_mark (const MigdescPacked *packed,
                          const MigdescPackedArray *array,
                          guint64 element)
{
  const MigdescPackedMark *marks = packed->marks.data;
  gsize low = array->first_mark, high = low + array->n_marks;

  while (low < high)
    {
      gsize middle = low + (high - low) / 2;

      if (marks[middle].element <= element)
        low = middle + 1;
      else
        high = middle;
    }
  return low == array->first_mark ? NULL : &marks[low - 1];
}
