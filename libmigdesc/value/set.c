/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Questions to a compact set. Nothing here takes longer for a wider range. */

#include "value/value-set-private.h"

#include <string.h>

#include "base/hash.h"

gboolean
migdesc_set_contains_int (const MigdescSet *set,
                          guint64 number)
{
  const MigdescInterval *intervals = set->members.intervals;
  guint32 low = 0;
  guint32 high = set->n;

  while (low < high)
    {
      guint32 middle = low + (high - low) / 2;

      if (number > intervals[middle].max)
        low = middle + 1;
      else
        high = middle;
    }
  return low < set->n && number >= intervals[low].min;
}

/* Most differ in the first byte, which needs no call. */
static inline int
compare_strings (const char *string,
                 const char *other)
{
  int order = (guchar) *string - (guchar) *other;

  return order != 0 ? order : strcmp (string, other);
}

gboolean
migdesc_set_contains_string (const MigdescSet *set,
                             const char *string)
{
  guint32 low = 0;
  guint32 high = set->n;

  while (low < high)
    {
      guint32 middle = low + (high - low) / 2;
      int order = compare_strings (string, set->members.strings[middle]);

      if (order == 0)
        return TRUE;
      if (order > 0)
        low = middle + 1;
      else
        high = middle;
    }
  return FALSE;
}

gboolean
migdesc_set_is_empty (const MigdescSet *set)
{
  return !set->any && set->n == 0 && set->bools == 0;
}

guint64
migdesc_set_count (const MigdescSet *set)
{
  guint64 count = 0;

  if (set->type == MIGDESC_VALUE_TYPE_BOOL)
    return (guint64) __builtin_popcount (set->any ? MIGDESC_SET_BOTH : set->bools);
  if (set->any)
    return G_MAXUINT64;
  if (set->type == MIGDESC_VALUE_TYPE_STRING)
    return set->n;

  for (guint32 i = 0; i < set->n; i++)
    {
      const MigdescInterval *interval = &set->members.intervals[i];

      /* All ints are one more than fit; any other set has fewer. */
      if (interval->max - interval->min == G_MAXUINT64)
        return G_MAXUINT64;
      count += interval->max - interval->min + 1;
    }
  return count;
}

gboolean
migdesc_set_equal (const MigdescSet *set,
                   const MigdescSet *other)
{
  if (set->type != other->type || set->any != other->any)
    return FALSE;
  if (set->any)
    return TRUE;
  if (set->bools != other->bools || set->n != other->n)
    return FALSE;

  if (set->type == MIGDESC_VALUE_TYPE_INT)
    return set->n == 0
           || memcmp (set->members.intervals, other->members.intervals,
                      set->n * sizeof (MigdescInterval))
                  == 0;
  for (guint32 i = 0; i < set->n; i++)
    if (strcmp (set->members.strings[i], other->members.strings[i]) != 0)
      return FALSE;
  return TRUE;
}

/* Each interval has to lie within one of the other set's: two of those have a gap between them. */
static gboolean
intervals_are_subset (const MigdescSet *set,
                      const MigdescSet *other)
{
  guint32 j = 0;

  for (guint32 i = 0; i < set->n; i++)
    {
      const MigdescInterval *inner = &set->members.intervals[i];

      while (j < other->n && other->members.intervals[j].max < inner->min)
        j++;
      if (j == other->n || other->members.intervals[j].min > inner->min
          || other->members.intervals[j].max < inner->max)
        return FALSE;
    }
  return TRUE;
}

static gboolean
strings_are_subset (const MigdescSet *set,
                    const MigdescSet *other)
{
  guint32 j = 0;

  for (guint32 i = 0; i < set->n; i++)
    {
      while (j < other->n && strcmp (other->members.strings[j], set->members.strings[i]) < 0)
        j++;
      if (j == other->n || strcmp (other->members.strings[j], set->members.strings[i]) != 0)
        return FALSE;
    }
  return TRUE;
}

static gboolean
any_is_subset (const MigdescSet *other)
{
  static const MigdescInterval all = { 0, G_MAXUINT64 };

  if (other->type == MIGDESC_VALUE_TYPE_BOOL)
    return other->bools == MIGDESC_SET_BOTH;
  return other->type == MIGDESC_VALUE_TYPE_INT && other->n == 1
         && memcmp (other->members.intervals, &all, sizeof all) == 0;
}

gboolean
migdesc_set_is_subset (const MigdescSet *set,
                       const MigdescSet *other)
{
  if (migdesc_set_is_empty (set))
    return TRUE;
  if (set->type != other->type)
    return FALSE;
  if (other->any)
    return TRUE;
  if (set->any)
    return any_is_subset (other);
  if (set->type == MIGDESC_VALUE_TYPE_BOOL)
    return (set->bools & ~other->bools) == 0;
  if (set->type == MIGDESC_VALUE_TYPE_INT)
    return intervals_are_subset (set, other);
  return strings_are_subset (set, other);
}

guint64
migdesc_set_hash (const MigdescSet *set)
{
  guint64 hash = (guint64) set->type << 32 | (guint64) set->any << 16 | set->bools;

  for (guint32 i = 0; i < set->n; i++)
    {
      if (set->type == MIGDESC_VALUE_TYPE_STRING)
        hash = hash * 31 + migdesc_hash (set->members.strings[i], strlen (set->members.strings[i]));
      else
        hash = (hash * 31 + set->members.intervals[i].min) * 31 + set->members.intervals[i].max;
    }
  return hash;
}
