/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Any bytes as two value sets of one type, in their text form: what is read, asked of them and made
 * of them is what a slow, plain model of sets says. The model cuts the domain into cells that no
 * member of either set divides, and answers cell by cell. The first byte chooses the type and
 * whether a set is "any"; a newline divides the two texts. */

#include <migdesc/migdesc.h>
#include <string.h>

#include "fuzz.h"
#include "naive-set.h"
#include "value/value-set-private.h"

#define CHOICE_FIRST_ANY 4
#define CHOICE_SECOND_ANY 8

/* What an operation makes of being in the one and in the other set */
typedef gboolean (*Operation) (gboolean in_first, gboolean in_second);

static gboolean
intersect (gboolean in_first,
           gboolean in_second)
{
  return in_first && in_second;
}

static gboolean
unite (gboolean in_first,
       gboolean in_second)
{
  return in_first || in_second;
}

static gboolean
subtract (gboolean in_first,
          gboolean in_second)
{
  return in_first && !in_second;
}

static gboolean
only_first (gboolean in_first,
            gboolean in_second G_GNUC_UNUSED)
{
  return in_first;
}

/* Sorted, each member once, and no interval that touches the next */
static void
check_normal_form (const MigdescSet *set)
{
  g_assert_true (!set->any || (set->n == 0 && set->bools == 0));
  g_assert_true (set->type == MIGDESC_VALUE_TYPE_BOOL || set->bools == 0);
  for (guint32 i = 0; i < set->n; i++)
    if (set->type == MIGDESC_VALUE_TYPE_STRING)
      g_assert_true (i == 0 || strcmp (set->members.strings[i - 1], set->members.strings[i]) < 0);
    else
      {
        const MigdescInterval *interval = &set->members.intervals[i];

        g_assert_cmpuint (interval->min, <=, interval->max);
        g_assert_true (
            i == 0 || (interval->min > interval[-1].max && interval->min - interval[-1].max > 1));
      }
}

static gboolean
contains (const MigdescSet *set,
          const NaiveCell *cell,
          gboolean last)
{
  MigdescValue value = { .number = last ? cell->last : cell->first };

  if (set->type == MIGDESC_VALUE_TYPE_STRING)
    value.string = cell->string;
  return migdesc_set_contains (set, value);
}

static void
check_result (const MigdescSet *set,
              GArray *cells,
              const NaiveSet *first,
              const NaiveSet *second,
              Operation operation)
{
  guint64 count = 0;

  check_normal_form (set);
  for (guint i = 0; i < cells->len; i++)
    {
      const NaiveCell *cell = &g_array_index (cells, NaiveCell, i);
      gboolean expected = operation (naive_set_has (first, cell), naive_set_has (second, cell));

      g_assert_cmpint (contains (set, cell, FALSE), ==, expected);
      g_assert_cmpint (contains (set, cell, TRUE), ==, expected);
      if (expected && __builtin_add_overflow (count, cell->count, &count))
        count = G_MAXUINT64;
    }
  g_assert_cmpuint (migdesc_set_count (set), ==, count);
  g_assert_cmpint (migdesc_set_is_empty (set), ==, count == 0);
}

/* A member that starts with a comma can only be told from the end of the one before where there is
 * none. */
static gboolean
has_text (const MigdescSet *set)
{
  if (set->any || migdesc_set_is_empty (set))
    return FALSE;
  for (guint32 i = 1; set->type == MIGDESC_VALUE_TYPE_STRING && i < set->n; i++)
    if (*set->members.strings[i] == ',')
      return FALSE;
  return TRUE;
}

static void
check_text (const MigdescValueSet *set)
{
  g_autofree char *text = migdesc_value_set_to_string (set);
  g_autoptr (MigdescValueSet) again = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (g_utf8_validate (text, -1, NULL));
  if (!has_text (&set->set))
    return;
  again = migdesc_value_set_new_from_string (migdesc_value_set_get_value_type (set), text, &error);
  g_assert_no_error (error);
  g_assert_true (migdesc_value_set_equal (set, again));
  g_assert_cmpuint (migdesc_value_set_hash (set), ==, migdesc_value_set_hash (again));
}

static void
check_variants (const MigdescValueSet *set,
                const NaiveSet *naive,
                GArray *cells)
{
  for (guint i = 0; i < cells->len; i++)
    {
      const NaiveCell *cell = &g_array_index (cells, NaiveCell, i);
      MigdescValueType type = migdesc_value_set_get_value_type (set);
      MigdescValue value = { .number = cell->first };
      g_autoptr (GVariant) variant = NULL;
      g_autoptr (GString) text = g_string_new (NULL);

      if (type == MIGDESC_VALUE_TYPE_STRING)
        value.string = cell->string;
      variant = migdesc_value_to_variant (type, value);
      migdesc_value_append_text (text, type, value);
      g_assert_cmpint (migdesc_value_set_contains (set, variant), ==, naive_set_has (naive, cell));
      g_assert_cmpint (migdesc_value_set_contains_text (set, text->str), ==,
                       naive_set_has (naive, cell));
    }
}

static void
check_relations (const MigdescValueSet *first,
                 const MigdescValueSet *second,
                 const NaiveSet *naive_first,
                 const NaiveSet *naive_second,
                 GArray *cells)
{
  gboolean subset = TRUE;
  gboolean same = naive_first->any == naive_second->any;

  for (guint i = 0; i < cells->len; i++)
    {
      const NaiveCell *cell = &g_array_index (cells, NaiveCell, i);
      gboolean in_first = naive_set_has (naive_first, cell);
      gboolean in_second = naive_set_has (naive_second, cell);

      subset = subset && (!in_first || in_second);
      same = same && in_first == in_second;
    }
  g_assert_cmpint (migdesc_value_set_is_subset (first, second), ==, subset);
  g_assert_cmpint (migdesc_value_set_equal (first, second), ==, same);
  if (same)
    g_assert_cmpuint (migdesc_value_set_hash (first), ==, migdesc_value_set_hash (second));
}

static void
check_algebra (const MigdescValueSet *first,
               const MigdescValueSet *second,
               const NaiveSet *naive_first,
               const NaiveSet *naive_second,
               GArray *cells)
{
  g_autoptr (MigdescValueSet) both = migdesc_value_set_intersect (first, second);
  g_autoptr (MigdescValueSet) either = migdesc_value_set_unite (first, second);
  MigdescArena *arena = migdesc_arena_new (0);
  MigdescSet rest;

  check_result (&both->set, cells, naive_first, naive_second, intersect);
  check_result (&either->set, cells, naive_first, naive_second, unite);
  check_text (both);
  check_text (either);
  migdesc_set_subtract (&first->set, &second->set, arena, &rest);
  /* all strings but some cannot be said */
  if (rest.type == MIGDESC_VALUE_TYPE_STRING && naive_first->any && !naive_second->any)
    g_assert_true (rest.any);
  else
    check_result (&rest, cells, naive_first, naive_second, subtract);
  migdesc_arena_free (arena);
}

static MigdescValueSet *
read_set (MigdescValueType type,
          const char *text,
          gboolean any,
          NaiveSet *naive)
{
  g_autoptr (GError) error = NULL;
  MigdescValueSet *set;

  naive_set_init (naive, type, any);
  if (any)
    return migdesc_value_set_new_any (type);
  set = migdesc_value_set_new_from_string (type, text, &error);
  g_assert_true ((set == NULL) == (error != NULL));
  g_assert_cmpint (naive_set_parse (naive, text), ==, set != NULL);
  if (set == NULL)
    {
      g_assert_true (error->domain == MIGDESC_ERROR);
      g_assert_nonnull (migdesc_error_get_nick ((MigdescError) error->code));
      fuzz_check_message (error->message);
    }
  return set;
}

static void
check_sets (MigdescValueType type,
            guint8 choice,
            const char *first_text,
            const char *second_text)
{
  g_auto (NaiveSet) naive_first;
  g_auto (NaiveSet) naive_second;
  g_autoptr (MigdescValueSet) first = NULL;
  g_autoptr (MigdescValueSet) second = NULL;
  g_autoptr (GArray) cells = NULL;

  first = read_set (type, first_text, (choice & CHOICE_FIRST_ANY) != 0, &naive_first);
  second = read_set (type, second_text, (choice & CHOICE_SECOND_ANY) != 0, &naive_second);
  if (first == NULL || second == NULL)
    return;
  cells = naive_set_cut (&naive_first, &naive_second);
  check_result (&first->set, cells, &naive_first, &naive_second, only_first);
  check_result (&second->set, cells, &naive_second, &naive_first, only_first);
  check_text (first);
  check_variants (first, &naive_first, cells);
  check_relations (first, second, &naive_first, &naive_second, cells);
  check_relations (second, first, &naive_second, &naive_first, cells);
  check_algebra (first, second, &naive_first, &naive_second, cells);
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize size)
{
  g_autofree char *text = NULL;
  char *second;

  if (size == 0 || size > NAIVE_MAX_TEXT)
    return 0;
  text = g_strndup ((const char *) data + 1, size - 1);
  second = strchr (text, '\n');
  if (second != NULL)
    *second++ = '\0';
  check_sets ((MigdescValueType) ((data[0] & 3) % 3), data[0], text,
              second != NULL ? second : text);
  return 0;
}
