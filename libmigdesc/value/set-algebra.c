/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Sets made of sets. Every function merges two sorted arrays, so that it takes as long as they are
 * together, and copies what it keeps into the arena of the result. */

#include "value/value-set-private.h"

#include <string.h>

static const MigdescInterval all_ints = { 0, G_MAXUINT64 };

static void
make_empty (MigdescSet *result,
            guint8 type)
{
  *result = (MigdescSet) { .type = type };
}

/* Members are written to the end of the arena, where room for the most that can come was taken, and
 * for one more so that it is never none. */
static MigdescInterval *
reserve_intervals (MigdescArena *arena,
                   const MigdescSet *set,
                   const MigdescSet *other)
{
  return migdesc_arena_alloc (arena, ((gsize) set->n + other->n + 1) * sizeof (MigdescInterval));
}

static void
take_intervals (MigdescSet *result,
                MigdescArena *arena,
                MigdescInterval *intervals,
                guint32 n)
{
  result->n = n;
  result->members.intervals = intervals;
  arena->cursor = (char *) (intervals + n);
}

static const char **
reserve_strings (MigdescArena *arena,
                 const MigdescSet *set,
                 const MigdescSet *other)
{
  return migdesc_arena_alloc (arena, ((gsize) set->n + other->n + 1) * sizeof (char *));
}

static void
take_strings (MigdescSet *result,
              MigdescArena *arena,
              const char **strings,
              guint32 n)
{
  arena->cursor = (char *) (strings + n);
  for (guint32 i = 0; i < n; i++)
    strings[i] = migdesc_arena_dup (arena, strings[i], strlen (strings[i]));
  result->n = n;
  result->members.strings = strings;
}

/* What may be merged: a set of ints in which "any" is an interval like another. */
static const MigdescSet *
with_all_ints (const MigdescSet *set,
               MigdescSet *full)
{
  if (!set->any || set->type != MIGDESC_VALUE_TYPE_INT)
    return set;
  *full = (MigdescSet) { .type = MIGDESC_VALUE_TYPE_INT, .n = 1, .members.intervals = &all_ints };
  return full;
}

static guint8
bools_of (const MigdescSet *set)
{
  return set->any ? MIGDESC_SET_BOTH : set->bools;
}

void
migdesc_set_copy (const MigdescSet *set,
                  MigdescArena *arena,
                  MigdescSet *result)
{
  MigdescSet copy = *set;

  if (set->n > 0 && set->type == MIGDESC_VALUE_TYPE_INT)
    {
      MigdescInterval *intervals = migdesc_arena_alloc (arena, set->n * sizeof *intervals);

      memcpy (intervals, set->members.intervals, set->n * sizeof *intervals);
      copy.members.intervals = intervals;
    }
  else if (set->n > 0)
    {
      const char **strings = migdesc_arena_alloc (arena, set->n * sizeof *strings);

      memcpy (strings, set->members.strings, set->n * sizeof *strings);
      take_strings (&copy, arena, strings, set->n);
    }
  *result = copy;
}

static void
intersect_intervals (const MigdescSet *set,
                     const MigdescSet *other,
                     MigdescArena *arena,
                     MigdescSet *result)
{
  MigdescInterval *out = reserve_intervals (arena, set, other);
  guint32 n = 0;
  guint32 i = 0;
  guint32 j = 0;

  while (i < set->n && j < other->n)
    {
      MigdescInterval a = set->members.intervals[i];
      MigdescInterval b = other->members.intervals[j];
      MigdescInterval both = { MAX (a.min, b.min), MIN (a.max, b.max) };

      if (both.min <= both.max)
        out[n++] = both;
      if (a.max < b.max)
        i++;
      else
        j++;
    }
  take_intervals (result, arena, out, n);
}

/* Keeps the strings of set that other has (in_other) or has not. */
static void
filter_strings (const MigdescSet *set,
                const MigdescSet *other,
                gboolean in_other,
                MigdescArena *arena,
                MigdescSet *result)
{
  const char **out = reserve_strings (arena, set, other);
  guint32 n = 0;
  guint32 j = 0;

  for (guint32 i = 0; i < set->n; i++)
    {
      const char *string = set->members.strings[i];

      while (j < other->n && strcmp (other->members.strings[j], string) < 0)
        j++;
      if ((j < other->n && strcmp (other->members.strings[j], string) == 0) == in_other)
        out[n++] = string;
    }
  take_strings (result, arena, out, n);
}

void
migdesc_set_intersect (const MigdescSet *set,
                       const MigdescSet *other,
                       MigdescArena *arena,
                       MigdescSet *result)
{
  MigdescSet made;

  make_empty (&made, set->type);
  if (set->type == other->type && (set->any || other->any))
    migdesc_set_copy (set->any ? other : set, arena, &made);
  else if (set->type == other->type && set->type == MIGDESC_VALUE_TYPE_BOOL)
    made.bools = set->bools & other->bools;
  else if (set->type == other->type && set->type == MIGDESC_VALUE_TYPE_INT)
    intersect_intervals (set, other, arena, &made);
  else if (set->type == other->type)
    filter_strings (set, other, TRUE, arena, &made);
  *result = made;
}

static void
unite_intervals (const MigdescSet *set,
                 const MigdescSet *other,
                 MigdescArena *arena,
                 MigdescSet *result)
{
  MigdescInterval *out = reserve_intervals (arena, set, other);
  guint32 n = 0;
  guint32 i = 0;
  guint32 j = 0;

  while (i < set->n || j < other->n)
    {
      gboolean from_set = j == other->n
                          || (i < set->n
                              && set->members.intervals[i].min <= other->members.intervals[j].min);
      MigdescInterval next = from_set ? set->members.intervals[i++] : other->members.intervals[j++];

      if (n > 0 && (next.min <= out[n - 1].max || next.min - out[n - 1].max == 1))
        out[n - 1].max = MAX (out[n - 1].max, next.max);
      else
        out[n++] = next;
    }
  take_intervals (result, arena, out, n);
}

static void
unite_strings (const MigdescSet *set,
               const MigdescSet *other,
               MigdescArena *arena,
               MigdescSet *result)
{
  const char **out = reserve_strings (arena, set, other);
  guint32 n = 0;
  guint32 i = 0;
  guint32 j = 0;

  while (i < set->n || j < other->n)
    {
      int order;

      if (i == set->n || j == other->n)
        order = i == set->n ? 1 : -1;
      else
        order = strcmp (set->members.strings[i], other->members.strings[j]);
      out[n++] = order <= 0 ? set->members.strings[i] : other->members.strings[j];
      i += order <= 0;
      j += order >= 0;
    }
  take_strings (result, arena, out, n);
}

void
migdesc_set_unite (const MigdescSet *set,
                   const MigdescSet *other,
                   MigdescArena *arena,
                   MigdescSet *result)
{
  MigdescSet made;

  make_empty (&made, set->type);
  if (set->type != other->type)
    migdesc_set_copy (set, arena, &made);
  else if (set->any || other->any)
    made.any = TRUE;
  else if (set->type == MIGDESC_VALUE_TYPE_BOOL)
    made.bools = set->bools | other->bools;
  else if (set->type == MIGDESC_VALUE_TYPE_INT)
    unite_intervals (set, other, arena, &made);
  else
    unite_strings (set, other, arena, &made);
  *result = made;
}

static void
subtract_intervals (const MigdescSet *set,
                    const MigdescSet *other,
                    MigdescArena *arena,
                    MigdescSet *result)
{
  MigdescInterval *out = reserve_intervals (arena, set, other);
  const MigdescInterval *cuts = other->members.intervals;
  guint32 first = 0;
  guint32 n = 0;

  for (guint32 i = 0; i < set->n; i++)
    {
      MigdescInterval rest = set->members.intervals[i];
      gboolean is_left = TRUE;

      while (first < other->n && cuts[first].max < rest.min)
        first++;
      for (guint32 j = first; j < other->n && cuts[j].min <= rest.max && is_left; j++)
        {
          if (cuts[j].min > rest.min)
            out[n++] = (MigdescInterval) { rest.min, cuts[j].min - 1 };
          is_left = cuts[j].max < rest.max;
          if (is_left)
            rest.min = cuts[j].max + 1;
        }
      if (is_left)
        out[n++] = rest;
    }
  take_intervals (result, arena, out, n);
}

void
migdesc_set_subtract (const MigdescSet *set,
                      const MigdescSet *other,
                      MigdescArena *arena,
                      MigdescSet *result)
{
  MigdescSet all_of_set;
  MigdescSet all_of_other;
  MigdescSet made;

  make_empty (&made, set->type);
  if (set->type != other->type)
    migdesc_set_copy (set, arena, &made);
  else if (set->type == MIGDESC_VALUE_TYPE_BOOL)
    made.bools = bools_of (set) & (guint8) ~bools_of (other);
  else if (set->type == MIGDESC_VALUE_TYPE_INT)
    subtract_intervals (with_all_ints (set, &all_of_set), with_all_ints (other, &all_of_other),
                        arena, &made);
  else if (set->any && !other->any)
    made.any = TRUE; /* all strings but some cannot be said */
  else if (!set->any && !other->any)
    filter_strings (set, other, FALSE, arena, &made);
  *result = made;
}

void
migdesc_set_add_value (const MigdescSet *set,
                       MigdescValue value,
                       MigdescArena *arena,
                       MigdescSet *result)
{
  MigdescInterval interval = { value.number, value.number };
  const char *string = value.string;
  MigdescSet single = { .type = set->type };

  if (set->type == MIGDESC_VALUE_TYPE_BOOL)
    single.bools = value.number ? MIGDESC_SET_ON : MIGDESC_SET_OFF;
  else
    single.n = 1;
  if (set->type == MIGDESC_VALUE_TYPE_INT)
    single.members.intervals = &interval;
  else
    single.members.strings = &string;
  migdesc_set_unite (set, &single, arena, result);
}
