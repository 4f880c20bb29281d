/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "ops/near.h"

#include <string.h>

/* Longer names are not compared: nobody mistypes a name into them. */
#define MAX_LENGTH 255

typedef struct
{
  MigdescNear *near;
  guint distances[MIGDESC_MAX_NEAR];
  const char *name;
  guint length;
  guint limit; /* the greatest distance that counts */
  guint32 *budget;
} Search;

static guint
smallest (guint first,
          guint second,
          guint third)
{
  guint least = MIN (first, second);

  return MIN (least, third);
}

/* Insertions, deletions and replacements of bytes that make one of the other; both at most
 * MAX_LENGTH long. */
static guint
edit_distance (const char *first,
               guint first_length,
               const char *second,
               guint second_length)
{
  guint row[MAX_LENGTH + 1];

  for (guint i = 0; i <= second_length; i++)
    row[i] = i;
  for (guint i = 1; i <= first_length; i++)
    {
      guint diagonal = row[0];

      row[0] = i;
      for (guint k = 1; k <= second_length; k++)
        {
          guint replaced = diagonal + (first[i - 1] != second[k - 1]);

          diagonal = row[k];
          row[k] = smallest (replaced, row[k] + 1, row[k - 1] + 1);
        }
    }
  return row[second_length];
}

static void
keep (Search *search,
      const char *name,
      guint distance)
{
  MigdescNear *near = search->near;
  guint at = near->n;

  while (at > 0 && search->distances[at - 1] > distance)
    at--;
  if (at == MIGDESC_MAX_NEAR)
    return;
  if (near->n < MIGDESC_MAX_NEAR)
    near->n++;
  for (guint i = near->n - 1; i > at; i--)
    {
      near->names[i] = near->names[i - 1];
      search->distances[i] = search->distances[i - 1];
    }
  near->names[at] = name;
  search->distances[at] = distance;
}

static void
consider (Search *search,
          const char *name,
          gsize length)
{
  gsize difference = length > search->length ? length - search->length : search->length - length;
  gsize cost = (gsize) search->length * length + 1;
  guint distance;

  if (length > MAX_LENGTH || difference > search->limit || cost > *search->budget)
    return;
  *search->budget -= (guint32) cost;
  distance = edit_distance (search->name, search->length, name, (guint) length);
  if (distance <= search->limit)
    keep (search, name, distance);
}

static gboolean
begin (Search *search,
       MigdescNear *near,
       const char *name,
       gboolean however_far,
       guint32 *budget)
{
  gsize length = strlen (name);

  near->n = 0;
  if (length > MAX_LENGTH)
    return FALSE;
  search->near = near;
  search->name = name;
  search->length = (guint) length;
  search->limit = however_far ? MAX_LENGTH : MIN (((guint) length + 1) / 3, 4);
  search->budget = budget;
  return TRUE;
}

void
migdesc_near_names (MigdescNear *near,
                    const MigdescName *first,
                    gsize stride,
                    guint n,
                    const char *name,
                    gboolean however_far,
                    guint32 *budget)
{
  const char *at = (const char *) first;
  Search search;

  if (!begin (&search, near, name, however_far, budget))
    return;
  for (guint i = 0; i < n && *budget > 0; i++, at += stride)
    {
      const MigdescName *candidate = (const MigdescName *) (gconstpointer) at;

      consider (&search, candidate->text, candidate->length);
    }
}

void
migdesc_near_strings (MigdescNear *near,
                      const MigdescSet *set,
                      const char *string,
                      guint32 *budget)
{
  Search search;

  if (!begin (&search, near, string, FALSE, budget))
    return;
  for (guint32 i = 0; i < set->n && *budget > 0; i++)
    consider (&search, set->members.strings[i], strlen (set->members.strings[i]));
}

/* The first interval that ends at @value or above it */
static guint32
find_interval (const MigdescSet *set,
               guint64 value)
{
  guint32 low = 0;
  guint32 high = set->n;

  while (low < high)
    {
      guint32 middle = low + (high - low) / 2;

      if (set->members.intervals[middle].max < value)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

gboolean
migdesc_near_below (const MigdescSet *set,
                    guint64 value,
                    guint64 *below)
{
  guint32 at = find_interval (set, value);

  if (at < set->n && set->members.intervals[at].min < value)
    *below = value - 1;
  else if (at > 0)
    *below = set->members.intervals[at - 1].max;
  else
    return FALSE;
  return TRUE;
}

gboolean
migdesc_near_above (const MigdescSet *set,
                    guint64 value,
                    guint64 *above)
{
  guint32 at = find_interval (set, value);

  if (at < set->n && set->members.intervals[at].min > value)
    *above = set->members.intervals[at].min;
  else if (at < set->n && set->members.intervals[at].max > value)
    *above = value + 1;
  else if (at + 1 < set->n)
    *above = set->members.intervals[at + 1].min;
  else
    return FALSE;
  return TRUE;
}
