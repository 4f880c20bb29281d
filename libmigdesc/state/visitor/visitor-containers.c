/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <migdesc/migdesc-error.h>

#include "state/visitor/visitor-private.h"

/* The containers that a visit function goes through. */

/**
 * migdesc_visitor_begin_struct:
 * @visitor: a visitor
 * @name: (nullable): the field's name, %NULL for an element of an array
 * @error: return location for a #GError
 *
 * Begins a struct inside of the one at hand. Its fields follow, then
 * migdesc_visitor_end_struct().
 *
 * Fails with %MIGDESC_ERROR_LIMIT_EXCEEDED when too many are inside each other, and with what the
 * format has to say: a struct that is not there, data that ends.
 *
 * Returns: %FALSE, and an error, when the visit must not go on
 *
 * Since: 1.0
 */
gboolean
migdesc_visitor_begin_struct (MigdescVisitor *visitor,
                              const char *name,
                              GError **error)
{
  g_return_val_if_fail (MIGDESC_IS_VISITOR (visitor), FALSE);

  migdesc_visitor_count_element (visitor, name);
  return migdesc_visit_begin_struct (visitor, name, error);
}

/* An end without a begin is the caller's mistake, not the data's. */
static gboolean
can_end (MigdescVisitor *visitor)
{
  return MIGDESC_IS_VISITOR (visitor) && visitor->priv->depth > 0;
}

/**
 * migdesc_visitor_end_struct:
 * @visitor: a visitor
 * @error: return location for a #GError
 *
 * Ends the struct that was begun last.
 *
 * Returns: %FALSE, and an error, when the visit must not go on
 *
 * Since: 1.0
 */
gboolean
migdesc_visitor_end_struct (MigdescVisitor *visitor,
                            GError **error)
{
  g_return_val_if_fail (can_end (visitor), FALSE);

  return migdesc_visit_end_struct (visitor, error);
}

/**
 * migdesc_visitor_begin_array:
 * @visitor: a visitor
 * @name: (nullable): the field's name, %NULL for an element of an array
 * @count: (inout): how many elements there are: read on save, set on load
 * @maximum: the most there may be
 * @error: return location for a #GError
 *
 * Begins an array. That many visits with the name %NULL follow, then migdesc_visitor_end_array().
 *
 * Fails with %MIGDESC_ERROR_STATE_COUNT when there are more than @maximum, with
 * %MIGDESC_ERROR_LIMIT_EXCEEDED when the state has too many in all, and with what the format has to
 * say.
 *
 * Returns: %FALSE, and an error, when the visit must not go on
 *
 * Since: 1.0
 */
gboolean
migdesc_visitor_begin_array (MigdescVisitor *visitor,
                             const char *name,
                             guint64 *count,
                             guint64 maximum,
                             GError **error)
{
  g_return_val_if_fail (MIGDESC_IS_VISITOR (visitor), FALSE);
  g_return_val_if_fail (count != NULL, FALSE);

  migdesc_visitor_count_element (visitor, name);
  return migdesc_visit_begin_array (visitor, name, MIGDESC_CONTAINER_NONE, count, maximum, error);
}

/**
 * migdesc_visitor_end_array:
 * @visitor: a visitor
 * @error: return location for a #GError
 *
 * Ends the array that was begun last.
 *
 * Returns: %FALSE, and an error, when the visit must not go on
 *
 * Since: 1.0
 */
gboolean
migdesc_visitor_end_array (MigdescVisitor *visitor,
                           GError **error)
{
  g_return_val_if_fail (can_end (visitor), FALSE);

  return migdesc_visit_end_array (visitor, error);
}

/**
 * migdesc_visitor_begin_pointer:
 * @visitor: a visitor
 * @name: (nullable): the field's name, %NULL for an element of an array
 * @present: (inout): whether the struct is there: read on save, set on load
 * @error: return location for a #GError
 *
 * Begins a struct that may be absent. If it is there its fields follow; in any case then
 * migdesc_visitor_end_pointer().
 *
 * Returns: %FALSE, and an error, when the visit must not go on
 *
 * Since: 1.0
 */
gboolean
migdesc_visitor_begin_pointer (MigdescVisitor *visitor,
                               const char *name,
                               gboolean *present,
                               GError **error)
{
  g_return_val_if_fail (MIGDESC_IS_VISITOR (visitor), FALSE);
  g_return_val_if_fail (present != NULL, FALSE);

  migdesc_visitor_count_element (visitor, name);
  return migdesc_visit_begin_pointer (visitor, name, present, error);
}

/**
 * migdesc_visitor_end_pointer:
 * @visitor: a visitor
 * @error: return location for a #GError
 *
 * Ends what migdesc_visitor_begin_pointer() began, whether it was there or not.
 *
 * Returns: %FALSE, and an error, when the visit must not go on
 *
 * Since: 1.0
 */
gboolean
migdesc_visitor_end_pointer (MigdescVisitor *visitor,
                             GError **error)
{
  g_return_val_if_fail (can_end (visitor), FALSE);

  return migdesc_visit_end_pointer (visitor, error);
}

/**
 * migdesc_visitor_begin_section:
 * @visitor: a visitor
 * @name: the section's name
 * @flags: %MIGDESC_CONTAINER_DROPPABLE, %MIGDESC_CONTAINER_OPTIONAL or both
 * @version: (inout): the section's version: on save what is written, on load the newest that is
 *     known, and then what was read
 * @minimum: the oldest version that is known
 * @present: (inout): whether the section is there: read on save, set on load
 * @error: return location for a #GError
 *
 * Begins a section. If it is there, its fields and migdesc_visitor_end_section() follow; else
 * neither. Sections come behind all other fields of the state.
 *
 * Fails with %MIGDESC_ERROR_STATE_TOO_NEW or %MIGDESC_ERROR_STATE_TOO_OLD when the version read is
 * not known, with %MIGDESC_ERROR_STATE_MISSING when a section that is not optional is not there,
 * and with what the format has to say.
 *
 * Returns: %FALSE, and an error, when the visit must not go on
 *
 * Since: 1.0
 */
gboolean
migdesc_visitor_begin_section (MigdescVisitor *visitor,
                               const char *name,
                               MigdescContainerFlags flags,
                               guint *version,
                               guint minimum,
                               gboolean *present,
                               GError **error)
{
  g_return_val_if_fail (MIGDESC_IS_VISITOR (visitor), FALSE);
  g_return_val_if_fail (name != NULL, FALSE);
  g_return_val_if_fail (version != NULL, FALSE);
  g_return_val_if_fail (present != NULL, FALSE);

  return migdesc_visit_begin_section (visitor, name, flags, version, minimum, present, error);
}

/**
 * migdesc_visitor_end_section:
 * @visitor: a visitor
 * @error: return location for a #GError
 *
 * Ends a section that was there.
 *
 * Returns: %FALSE, and an error, when the visit must not go on
 *
 * Since: 1.0
 */
gboolean
migdesc_visitor_end_section (MigdescVisitor *visitor,
                             GError **error)
{
  g_return_val_if_fail (can_end (visitor), FALSE);

  return migdesc_visit_end_section (visitor, error);
}
