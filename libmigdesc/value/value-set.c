/* SPDX-License-Identifier: LGPL-2.1-or-later */

/**
 * SECTION:migdesc-value-set
 * @Short_description: a set of allowed values
 * @Title: MigdescValueSet
 *
 * The values that a migration parameter may have: every value of a type, or a sorted and merged set
 * of intervals of ints, or some strings, or some bools. A set is never expanded: all ints cost as
 * much as one.
 *
 * The text form is `1-64,128` for ints, `off,on` for bools, and strings with a comma between them,
 * where a comma inside a string is doubled. A member of a set of strings that begins with a comma
 * can be told from the comma before it only if it is the first.
 *
 * |[<!-- language="C" -->
 * g_autoptr (MigdescValueSet) queues = migdesc_value_set_new_interval (1, 64);
 * g_autoptr (MigdescValueSet) even
 *     = migdesc_value_set_new_from_string (MIGDESC_VALUE_TYPE_INT, "2,4,128", NULL);
 * g_autoptr (MigdescValueSet) both = migdesc_value_set_intersect (queues, even);
 *
 * g_assert_true (migdesc_value_set_contains_text (both, "4"));
 * ]|
 */

/**
 * MigdescValueSet:
 *
 * A set of values of one type. Immutable, counted by references, and safe to share between threads.
 *
 * Since: 1.0
 */

#include "value/value-set-private.h"

#include <string.h>

#include <migdesc/migdesc-error.h>

G_DEFINE_BOXED_TYPE (MigdescValueSet,
                     migdesc_value_set,
                     migdesc_value_set_ref,
                     migdesc_value_set_unref)

#define IS_VALUE_TYPE(type) ((guint) (type) <= MIGDESC_VALUE_TYPE_STRING)

static void
free_arena (gpointer arena)
{
  migdesc_arena_free (arena);
}

MigdescValueSet *
migdesc_value_set_new_view (const MigdescSet *set,
                            gpointer owner,
                            GDestroyNotify owner_free)
{
  MigdescValueSet *view = g_new (MigdescValueSet, 1);

  g_atomic_ref_count_init (&view->ref_count);
  view->set = *set;
  view->owner = owner;
  view->owner_free = owner_free;
  return view;
}

MigdescValueSet *
migdesc_value_set_new_in_arena (const MigdescSet *set,
                                MigdescArena *arena)
{
  return migdesc_value_set_new_view (set, arena, free_arena);
}

/**
 * migdesc_value_set_new_any:
 * @type: the type of the values
 *
 * Makes the set of all values of a type: what a param has that names no allowed values.
 *
 * Returns: (transfer full): the set
 *
 * Since: 1.0
 */
MigdescValueSet *
migdesc_value_set_new_any (MigdescValueType type)
{
  MigdescSet set = { .type = (guint8) type, .any = TRUE };

  g_return_val_if_fail (IS_VALUE_TYPE (type), NULL);
  return migdesc_value_set_new_view (&set, NULL, NULL);
}

/**
 * migdesc_value_set_new_interval:
 * @min: the lowest int of the set
 * @max: the highest int of the set; not below @min
 *
 * Makes the set of all ints from @min to @max, both included.
 *
 * Returns: (transfer full): the set
 *
 * Since: 1.0
 */
MigdescValueSet *
migdesc_value_set_new_interval (guint64 min,
                                guint64 max)
{
  MigdescSet set = { .type = MIGDESC_VALUE_TYPE_INT, .n = 1 };
  MigdescInterval *interval;
  MigdescArena *arena;

  g_return_val_if_fail (min <= max, NULL);

  arena = migdesc_arena_new (0);
  interval = migdesc_arena_alloc (arena, sizeof *interval);
  *interval = (MigdescInterval) { min, max };
  set.members.intervals = interval;
  return migdesc_value_set_new_in_arena (&set, arena);
}

/**
 * migdesc_value_set_new_bools:
 * @off: whether off is in the set
 * @on: whether on is in the set
 *
 * Makes a set of bools.
 *
 * Returns: (transfer full): the set
 *
 * Since: 1.0
 */
MigdescValueSet *
migdesc_value_set_new_bools (gboolean off,
                             gboolean on)
{
  MigdescSet set = { .type = MIGDESC_VALUE_TYPE_BOOL };

  set.bools = (guint8) ((off ? MIGDESC_SET_OFF : 0) | (on ? MIGDESC_SET_ON : 0));
  return migdesc_value_set_new_view (&set, NULL, NULL);
}

static MigdescValueSet *
build (MigdescSetBuilder *builder)
{
  MigdescArena *arena = migdesc_arena_new (0);
  MigdescSet set;

  migdesc_set_builder_build (builder, arena, &set);
  return migdesc_value_set_new_in_arena (&set, arena);
}

/**
 * migdesc_value_set_new_strings:
 * @strings: (array zero-terminated=1): strings, in any order
 * @error: return location for a #GError, or %NULL
 *
 * Makes a set of strings. One that is there twice counts once.
 *
 * Errors: %MIGDESC_ERROR_VALUE_TEXT if a string is not UTF-8, holds a control character or has more
 * than 4,096 bytes; %MIGDESC_ERROR_LIMIT_EXCEEDED for more than 4,096 strings.
 *
 * Returns: (transfer full): the set, or %NULL with @error set
 *
 * Since: 1.0
 */
MigdescValueSet *
migdesc_value_set_new_strings (const char *const *strings,
                               GError **error)
{
  g_auto (MigdescSetBuilder) builder;

  migdesc_set_builder_init (&builder);
  g_return_val_if_fail (strings != NULL, NULL);

  migdesc_set_builder_reset (&builder, MIGDESC_VALUE_TYPE_STRING);
  for (gsize i = 0; strings[i] != NULL; i++)
    if (!migdesc_set_builder_add_text (&builder, strings[i], strlen (strings[i]), error))
      return NULL;
  return build (&builder);
}

/* Copies the member that starts at text to output, with each two commas made one. Gives the bytes
 * copied, and in used those read. */
static gsize
copy_member (const char *text,
             char *output,
             gsize *used)
{
  gsize in = 0;
  gsize out = 0;

  while (text[in] != '\0' && (text[in] != ',' || text[in + 1] == ','))
    {
      in += text[in] == ',';
      output[out++] = text[in++];
    }
  *used = in;
  return out;
}

static gboolean
add_members (MigdescSetBuilder *builder,
             const char *text,
             char *buffer,
             GError **error)
{
  gsize used;
  gsize length;

  for (;;)
    {
      length = builder->type == MIGDESC_VALUE_TYPE_STRING ? copy_member (text, buffer, &used)
                                                          : (used = strcspn (text, ","));
      if (!migdesc_set_builder_add_text (
              builder, builder->type == MIGDESC_VALUE_TYPE_STRING ? buffer : text, length, error))
        return FALSE;
      if (text[used] == '\0')
        return TRUE;
      buffer += length;
      text += used + 1;
    }
}

/**
 * migdesc_value_set_new_from_string:
 * @type: the type of the values
 * @text: the members, with a comma between them; any text is safe
 * @error: return location for a #GError, or %NULL
 *
 * Makes a set from its text form: `1-64,128` for ints, `on`, `off` or `off,on` for bools, strings
 * with the commas inside of them doubled. Order does not matter, and members may overlap. There is
 * no white space, and no text for all values of a type or for none.
 *
 * Errors: %MIGDESC_ERROR_RANGE_SYNTAX, %MIGDESC_ERROR_RANGE_ORDER or %MIGDESC_ERROR_VALUE_NOT_INT
 * for what is not an int from 0 to 2^64-1 or a range of them; %MIGDESC_ERROR_VALUE_TYPE for what is
 * not a bool; %MIGDESC_ERROR_VALUE_TEXT for what is not a string value;
 * %MIGDESC_ERROR_LIMIT_EXCEEDED for more than 4,096 members.
 *
 * Returns: (transfer full): the set, or %NULL with @error set
 *
 * Since: 1.0
 */
MigdescValueSet *
migdesc_value_set_new_from_string (MigdescValueType type,
                                   const char *text,
                                   GError **error)
{
  g_auto (MigdescSetBuilder) builder;
  g_autofree char *buffer = NULL;

  migdesc_set_builder_init (&builder);
  g_return_val_if_fail (IS_VALUE_TYPE (type), NULL);
  g_return_val_if_fail (text != NULL, NULL);

  migdesc_set_builder_reset (&builder, type);
  buffer = g_malloc (strlen (text) + 1);
  if (!add_members (&builder, text, buffer, error))
    return NULL;
  return build (&builder);
}

/**
 * migdesc_value_set_ref:
 * @set: a set
 *
 * Takes a reference.
 *
 * Returns: (transfer full): @set
 *
 * Since: 1.0
 */
MigdescValueSet *
migdesc_value_set_ref (MigdescValueSet *set)
{
  g_return_val_if_fail (set != NULL, NULL);
  g_atomic_ref_count_inc (&set->ref_count);
  return set;
}

/**
 * migdesc_value_set_unref:
 * @set: (transfer full): a set
 *
 * Gives a reference back. The last one frees the set.
 *
 * Since: 1.0
 */
void
migdesc_value_set_unref (MigdescValueSet *set)
{
  g_return_if_fail (set != NULL);

  if (!g_atomic_ref_count_dec (&set->ref_count))
    return;
  if (set->owner_free != NULL)
    set->owner_free (set->owner);
  g_free (set);
}

/**
 * migdesc_value_set_get_value_type:
 * @set: a set
 *
 * Tells the type of the values.
 *
 * Returns: the type
 *
 * Since: 1.0
 */
MigdescValueType
migdesc_value_set_get_value_type (const MigdescValueSet *set)
{
  g_return_val_if_fail (set != NULL, MIGDESC_VALUE_TYPE_BOOL);
  return (MigdescValueType) set->set.type;
}

/**
 * migdesc_value_set_is_any:
 * @set: a set
 *
 * Tells whether this is every value of the type because nothing was said. A set that names all
 * values, such as `0-18446744073709551615`, is not "any".
 *
 * Returns: whether every value is allowed
 *
 * Since: 1.0
 */
gboolean
migdesc_value_set_is_any (const MigdescValueSet *set)
{
  g_return_val_if_fail (set != NULL, FALSE);
  return set->set.any;
}

/**
 * migdesc_value_set_is_empty:
 * @set: a set
 *
 * Tells whether no value is in the set, as may come from an intersection.
 *
 * Returns: whether the set is empty
 *
 * Since: 1.0
 */
gboolean
migdesc_value_set_is_empty (const MigdescValueSet *set)
{
  g_return_val_if_fail (set != NULL, TRUE);
  return migdesc_set_is_empty (&set->set);
}

/**
 * migdesc_value_set_get_count:
 * @set: a set
 *
 * Counts the values in the set.
 *
 * Returns: their number; 2^64-1 also stands for more, and for every string
 *
 * Since: 1.0
 */
guint64
migdesc_value_set_get_count (const MigdescValueSet *set)
{
  g_return_val_if_fail (set != NULL, 0);
  return migdesc_set_count (&set->set);
}

/**
 * migdesc_value_set_get_n_intervals:
 * @set: a set
 *
 * Counts the intervals of a set of ints. They are sorted, and between two of them is at least one
 * int.
 *
 * Returns: their number; 0 for bools, strings and "any"
 *
 * Since: 1.0
 */
guint
migdesc_value_set_get_n_intervals (const MigdescValueSet *set)
{
  g_return_val_if_fail (set != NULL, 0);
  return set->set.type == MIGDESC_VALUE_TYPE_INT ? set->set.n : 0;
}

/**
 * migdesc_value_set_get_interval:
 * @set: a set
 * @position: which interval, from 0
 * @min: (out) (optional): the lowest int of the interval
 * @max: (out) (optional): the highest int of the interval
 *
 * Gets an interval of a set of ints.
 *
 * Returns: %FALSE if there is no interval at @position; @min and @max are then 0
 *
 * Since: 1.0
 */
gboolean
migdesc_value_set_get_interval (const MigdescValueSet *set,
                                guint position,
                                guint64 *min,
                                guint64 *max)
{
  MigdescInterval interval = { 0, 0 };
  gboolean found;

  g_return_val_if_fail (set != NULL, FALSE);

  found = position < migdesc_value_set_get_n_intervals (set);
  if (found)
    interval = set->set.members.intervals[position];
  if (min != NULL)
    *min = interval.min;
  if (max != NULL)
    *max = interval.max;
  return found;
}

/**
 * migdesc_value_set_dup_strings:
 * @set: a set
 *
 * Copies the members of a set of strings, sorted byte by byte.
 *
 * Returns: (transfer full) (array zero-terminated=1): the strings; none for bools, ints and "any"
 *
 * Since: 1.0
 */
char **
migdesc_value_set_dup_strings (const MigdescValueSet *set)
{
  guint32 n;
  char **strings;

  g_return_val_if_fail (set != NULL, NULL);

  n = set->set.type == MIGDESC_VALUE_TYPE_STRING ? set->set.n : 0;
  strings = g_new0 (char *, (gsize) n + 1);
  for (guint32 i = 0; i < n; i++)
    strings[i] = g_strdup (set->set.members.strings[i]);
  return strings;
}
