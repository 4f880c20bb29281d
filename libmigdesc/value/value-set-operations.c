/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* What is asked of a value set beyond its members. */

#include "value/value-set-private.h"

#include <string.h>

#include "base/hash.h"

/**
 * migdesc_value_set_contains:
 * @set: a set
 * @value: a value: a #GVariant of type `b`, `t` or `s`
 *
 * Tells whether a value is in the set. One of another type is not.
 *
 * Returns: whether @value is in the set
 *
 * Since: 1.0
 */
gboolean
migdesc_value_set_contains (const MigdescValueSet *set,
                            GVariant *value)
{
  MigdescValue compact;

  g_return_val_if_fail (set != NULL, FALSE);
  g_return_val_if_fail (value != NULL, FALSE);

  return migdesc_value_from_variant ((MigdescValueType) set->set.type, value, &compact)
         && migdesc_set_contains (&set->set, compact);
}

/**
 * migdesc_value_set_contains_text:
 * @set: a set
 * @text: a value as text: `on`, `128`, or a string as it is; any text is safe
 *
 * Tells whether a value is in the set. A text that is not a value of the set's type is not.
 *
 * Returns: whether the value is in the set
 *
 * Since: 1.0
 */
gboolean
migdesc_value_set_contains_text (const MigdescValueSet *set,
                                 const char *text)
{
  MigdescValue value;

  g_return_val_if_fail (set != NULL, FALSE);
  g_return_val_if_fail (text != NULL, FALSE);

  return migdesc_value_parse ((MigdescValueType) set->set.type, text, strlen (text), &value)
             == MIGDESC_VALUE_OK
         && migdesc_set_contains (&set->set, value);
}

/**
 * migdesc_value_set_intersect:
 * @set: a set
 * @other: another set
 *
 * Makes the set of the values that are in both. If their types differ, it is empty and of the type
 * of @set.
 *
 * Returns: (transfer full): a new set
 *
 * Since: 1.0
 */
MigdescValueSet *
migdesc_value_set_intersect (const MigdescValueSet *set,
                             const MigdescValueSet *other)
{
  MigdescArena *arena;
  MigdescSet result;

  g_return_val_if_fail (set != NULL, NULL);
  g_return_val_if_fail (other != NULL, NULL);

  arena = migdesc_arena_new (0);
  migdesc_set_intersect (&set->set, &other->set, arena, &result);
  return migdesc_value_set_new_in_arena (&result, arena);
}

/**
 * migdesc_value_set_unite:
 * @set: a set
 * @other: another set of the same type
 *
 * Makes the set of the values that are in one of the two or in both.
 *
 * Returns: (transfer full): a new set
 *
 * Since: 1.0
 */
MigdescValueSet *
migdesc_value_set_unite (const MigdescValueSet *set,
                         const MigdescValueSet *other)
{
  MigdescArena *arena;
  MigdescSet result;

  g_return_val_if_fail (set != NULL, NULL);
  g_return_val_if_fail (other != NULL, NULL);
  g_return_val_if_fail (set->set.type == other->set.type, NULL);

  arena = migdesc_arena_new (0);
  migdesc_set_unite (&set->set, &other->set, arena, &result);
  return migdesc_value_set_new_in_arena (&result, arena);
}

/**
 * migdesc_value_set_is_subset:
 * @set: a set
 * @other: another set
 *
 * Tells whether every value of @set is in @other. It is so for an empty @set. "Any" is within a set
 * that names all bools or all ints.
 *
 * Returns: whether @set is a subset of @other
 *
 * Since: 1.0
 */
gboolean
migdesc_value_set_is_subset (const MigdescValueSet *set,
                             const MigdescValueSet *other)
{
  g_return_val_if_fail (set != NULL, FALSE);
  g_return_val_if_fail (other != NULL, FALSE);
  return migdesc_set_is_subset (&set->set, &other->set);
}

/**
 * migdesc_value_set_equal:
 * @set: a set
 * @other: another set
 *
 * Tells whether two sets say the same: type and values. "Any" equals only "any".
 *
 * Returns: whether they are equal
 *
 * Since: 1.0
 */
gboolean
migdesc_value_set_equal (const MigdescValueSet *set,
                         const MigdescValueSet *other)
{
  g_return_val_if_fail (set != NULL, FALSE);
  g_return_val_if_fail (other != NULL, FALSE);
  return migdesc_set_equal (&set->set, &other->set);
}

/**
 * migdesc_value_set_hash:
 * @set: a set
 *
 * Gives a number that is the same for equal sets, within one process.
 *
 * Returns: the hash
 *
 * Since: 1.0
 */
guint
migdesc_value_set_hash (const MigdescValueSet *set)
{
  g_return_val_if_fail (set != NULL, 0);
  return migdesc_hash_fold (migdesc_set_hash (&set->set));
}

/**
 * migdesc_value_set_to_string:
 * @set: a set
 *
 * Writes the set in its text form. `any value` stands for all values of the type, `no value` for
 * none. What migdesc_value_set_new_from_string() reads back from it is the same set, but for these
 * two and for strings of which one starts with a comma: it cannot be told from the end of the one
 * before.
 *
 * Returns: (transfer full): the text
 *
 * Since: 1.0
 */
char *
migdesc_value_set_to_string (const MigdescValueSet *set)
{
  GString *text;

  g_return_val_if_fail (set != NULL, NULL);

  text = g_string_new (NULL);
  migdesc_set_append_text (text, &set->set);
  return g_string_free (text, FALSE);
}
