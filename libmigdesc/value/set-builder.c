/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "value/value-set-private.h"

#include <stdlib.h>
#include <string.h>

#define FIRST_ALLOCATED 16

void
migdesc_set_builder_init (MigdescSetBuilder *builder)
{
  memset (builder, 0, sizeof *builder);
  migdesc_set_builder_reset (builder, MIGDESC_VALUE_TYPE_BOOL);
}

void
migdesc_set_builder_reset (MigdescSetBuilder *builder,
                           MigdescValueType type)
{
  builder->type = type;
  builder->bools = 0;
  builder->sorted = TRUE;
  builder->n = 0;
}

void
migdesc_set_builder_clear (MigdescSetBuilder *builder)
{
  g_free (builder->intervals);
  g_free (builder->strings);
  memset (builder, 0, sizeof *builder);
}

guint
migdesc_set_builder_get_n_added (const MigdescSetBuilder *builder)
{
  return builder->n;
}

/* A quarter more each time: a document at its limit must not cost twice its size. */
static guint
more_allocated (guint n)
{
  return n == 0 ? FIRST_ALLOCATED : n + MAX (n / 4, FIRST_ALLOCATED);
}

void
migdesc_set_builder_add_value (MigdescSetBuilder *builder,
                               MigdescValue value)
{
  if (builder->type == MIGDESC_VALUE_TYPE_STRING)
    migdesc_set_builder_add_string (builder, value.string, strlen (value.string));
  else if (builder->type == MIGDESC_VALUE_TYPE_INT)
    migdesc_set_builder_add_interval (builder, value.number, value.number);
  else
    {
      builder->bools |= value.number ? MIGDESC_SET_ON : MIGDESC_SET_OFF;
      builder->n++;
    }
}

void
migdesc_set_builder_add_interval (MigdescSetBuilder *builder,
                                  guint64 min,
                                  guint64 max)
{
  if (G_UNLIKELY (builder->n == builder->n_intervals_allocated))
    {
      builder->n_intervals_allocated = more_allocated (builder->n);
      builder->intervals
          = g_renew (MigdescInterval, builder->intervals, builder->n_intervals_allocated);
    }
  if (builder->n > 0 && min <= builder->intervals[builder->n - 1].max)
    builder->sorted = FALSE;
  builder->intervals[builder->n++] = (MigdescInterval) { min, max };
}

static int
compare_slices (gconstpointer a,
                gconstpointer b)
{
  const MigdescSlice *first = a;
  const MigdescSlice *second = b;
  int order = memcmp (first->text, second->text, MIN (first->length, second->length));

  if (order != 0)
    return order;
  return (first->length > second->length) - (first->length < second->length);
}

void
migdesc_set_builder_add_string (MigdescSetBuilder *builder,
                                const char *text,
                                gsize length)
{
  MigdescSlice slice = { text, length };

  if (G_UNLIKELY (builder->n == builder->n_strings_allocated))
    {
      builder->n_strings_allocated = more_allocated (builder->n);
      builder->strings = g_renew (MigdescSlice, builder->strings, builder->n_strings_allocated);
    }
  if (builder->n > 0 && compare_slices (&builder->strings[builder->n - 1], &slice) >= 0)
    builder->sorted = FALSE;
  builder->strings[builder->n++] = slice;
}

static int
compare_intervals (gconstpointer a,
                   gconstpointer b)
{
  const MigdescInterval *first = a;
  const MigdescInterval *second = b;

  return (first->min > second->min) - (first->min < second->min);
}

static void
build_intervals (MigdescSetBuilder *builder,
                 MigdescArena *arena,
                 MigdescSet *result)
{
  MigdescInterval *intervals = builder->intervals;
  MigdescInterval *members;
  guint32 n = 0;

  if (!builder->sorted)
    qsort (intervals, builder->n, sizeof *intervals, compare_intervals);

  for (guint i = 0; i < builder->n; i++)
    {
      if (n > 0
          && (intervals[i].min <= intervals[n - 1].max
              || intervals[i].min - intervals[n - 1].max == 1))
        intervals[n - 1].max = MAX (intervals[n - 1].max, intervals[i].max);
      else
        intervals[n++] = intervals[i];
    }

  members = migdesc_arena_alloc (arena, n * sizeof *members);
  memcpy (members, intervals, n * sizeof *members);
  result->n = n;
  result->members.intervals = members;
}

static void
build_strings (MigdescSetBuilder *builder,
               MigdescArena *arena,
               MigdescSet *result)
{
  MigdescSlice *strings = builder->strings;
  const char **members;
  guint32 n = 0;

  if (!builder->sorted)
    qsort (strings, builder->n, sizeof *strings, compare_slices);

  for (guint i = 0; i < builder->n; i++)
    if (n == 0 || compare_slices (&strings[n - 1], &strings[i]) != 0)
      strings[n++] = strings[i];

  members = migdesc_arena_alloc (arena, n * sizeof *members);
  for (guint32 i = 0; i < n; i++)
    members[i] = migdesc_arena_dup (arena, strings[i].text, strings[i].length);
  result->n = n;
  result->members.strings = members;
}

void
migdesc_set_builder_build (MigdescSetBuilder *builder,
                           MigdescArena *arena,
                           MigdescSet *result)
{
  MigdescSet set = { .type = (guint8) builder->type, .bools = builder->bools };

  if (builder->n > 0 && builder->type == MIGDESC_VALUE_TYPE_INT)
    build_intervals (builder, arena, &set);
  else if (builder->n > 0 && builder->type == MIGDESC_VALUE_TYPE_STRING)
    build_strings (builder, arena, &set);
  *result = set;
}
