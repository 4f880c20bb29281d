/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <migdesc/migdesc-error.h>
#include <migdesc/migdesc-visit-inline.h>

#include "base/bytes.h"
#include "state/table/scalar.h"
#include "state/visitor/visitor-private.h"

/* The values that a visit function visits. */

static gboolean
is_call_good (MigdescVisitor *visitor,
              gconstpointer value,
              gboolean min_is_not_above_max)
{
  g_return_val_if_fail (MIGDESC_IS_VISITOR (visitor), FALSE);
  g_return_val_if_fail (value != NULL, FALSE);
  g_return_val_if_fail (min_is_not_above_max, FALSE);

  return TRUE;
}

/* A value that is neither out of bounds nor short of room goes by before anything is looked at that
 * costs time. */
#define DEFINE_VISIT(name_, short_, type, kind_, widen)                                         \
  static G_NO_INLINE gboolean visit_##name_ (MigdescVisitor *visitor, const char *name,         \
                                             type *value, type min, type max, GError **error)   \
  {                                                                                             \
    const MigdescField field = { .kind = (kind_), .width = sizeof (type),                       \
                                 .min = (guint64) (widen) min, .max = (guint64) (widen) max };  \
                                                                                                \
    if (!is_call_good (visitor, value, min <= max))                                             \
      return FALSE;                                                                             \
    migdesc_visitor_count_element (visitor, name);                                              \
    return migdesc_pass_##short_##_ (visitor, value, min, max)                                  \
           || migdesc_visit_scalar (visitor, &field, name, value, error);                       \
  }                                                                                             \
                                                                                                \
  gboolean migdesc_visitor_visit_##name_ (MigdescVisitor *visitor, const char *name,            \
                                          type *value, type min, type max, GError **error)      \
  {                                                                                             \
    if (G_LIKELY (visitor != NULL && value != NULL && name != NULL                              \
                  && migdesc_pass_##short_##_ (visitor, value, min, max)))                      \
      return TRUE;                                                                              \
    return visit_##name_ (visitor, name, value, min, max, error);                               \
  }

/**
 * migdesc_visitor_visit_uint8:
 * @visitor: a visitor
 * @name: (nullable): the field's name, %NULL for an element of an array
 * @value: (inout): the value: read on save, set on load
 * @min: the least value
 * @max: the greatest value
 * @error: return location for a #GError
 *
 * Visits an unsigned integer of 8 bits.
 *
 * Fails with %MIGDESC_ERROR_STATE_RANGE when the value is not from @min to @max, and with what
 * the format has to say. On failure @value is as it was.
 *
 * Returns: %FALSE, and an error, when the visit must not go on
 *
 * Since: 1.0
 */
DEFINE_VISIT (uint8, u8, guint8, MIGDESC_FIELD_UINT, guint64)

/**
 * migdesc_visitor_visit_uint16:
 * @visitor: a visitor
 * @name: (nullable): the field's name, %NULL for an element of an array
 * @value: (inout): the value: read on save, set on load
 * @min: the least value
 * @max: the greatest value
 * @error: return location for a #GError
 *
 * Visits an unsigned integer of 16 bits.
 *
 * Fails with %MIGDESC_ERROR_STATE_RANGE when the value is not from @min to @max, and with what
 * the format has to say. On failure @value is as it was.
 *
 * Returns: %FALSE, and an error, when the visit must not go on
 *
 * Since: 1.0
 */
DEFINE_VISIT (uint16, u16, guint16, MIGDESC_FIELD_UINT, guint64)

/**
 * migdesc_visitor_visit_uint32:
 * @visitor: a visitor
 * @name: (nullable): the field's name, %NULL for an element of an array
 * @value: (inout): the value: read on save, set on load
 * @min: the least value
 * @max: the greatest value
 * @error: return location for a #GError
 *
 * Visits an unsigned integer of 32 bits.
 *
 * Fails with %MIGDESC_ERROR_STATE_RANGE when the value is not from @min to @max, and with what
 * the format has to say. On failure @value is as it was.
 *
 * Returns: %FALSE, and an error, when the visit must not go on
 *
 * Since: 1.0
 */
DEFINE_VISIT (uint32, u32, guint32, MIGDESC_FIELD_UINT, guint64)

/**
 * migdesc_visitor_visit_uint64:
 * @visitor: a visitor
 * @name: (nullable): the field's name, %NULL for an element of an array
 * @value: (inout): the value: read on save, set on load
 * @min: the least value
 * @max: the greatest value
 * @error: return location for a #GError
 *
 * Visits an unsigned integer of 64 bits.
 *
 * Fails with %MIGDESC_ERROR_STATE_RANGE when the value is not from @min to @max, and with what
 * the format has to say. On failure @value is as it was.
 *
 * Returns: %FALSE, and an error, when the visit must not go on
 *
 * Since: 1.0
 */
DEFINE_VISIT (uint64, u64, guint64, MIGDESC_FIELD_UINT, guint64)

/**
 * migdesc_visitor_visit_int8:
 * @visitor: a visitor
 * @name: (nullable): the field's name, %NULL for an element of an array
 * @value: (inout): the value: read on save, set on load
 * @min: the least value
 * @max: the greatest value
 * @error: return location for a #GError
 *
 * Visits a signed integer of 8 bits.
 *
 * Fails with %MIGDESC_ERROR_STATE_RANGE when the value is not from @min to @max, and with what
 * the format has to say. On failure @value is as it was.
 *
 * Returns: %FALSE, and an error, when the visit must not go on
 *
 * Since: 1.0
 */
DEFINE_VISIT (int8, i8, gint8, MIGDESC_FIELD_INT, gint64)

/**
 * migdesc_visitor_visit_int16:
 * @visitor: a visitor
 * @name: (nullable): the field's name, %NULL for an element of an array
 * @value: (inout): the value: read on save, set on load
 * @min: the least value
 * @max: the greatest value
 * @error: return location for a #GError
 *
 * Visits a signed integer of 16 bits.
 *
 * Fails with %MIGDESC_ERROR_STATE_RANGE when the value is not from @min to @max, and with what
 * the format has to say. On failure @value is as it was.
 *
 * Returns: %FALSE, and an error, when the visit must not go on
 *
 * Since: 1.0
 */
DEFINE_VISIT (int16, i16, gint16, MIGDESC_FIELD_INT, gint64)

/**
 * migdesc_visitor_visit_int32:
 * @visitor: a visitor
 * @name: (nullable): the field's name, %NULL for an element of an array
 * @value: (inout): the value: read on save, set on load
 * @min: the least value
 * @max: the greatest value
 * @error: return location for a #GError
 *
 * Visits a signed integer of 32 bits.
 *
 * Fails with %MIGDESC_ERROR_STATE_RANGE when the value is not from @min to @max, and with what
 * the format has to say. On failure @value is as it was.
 *
 * Returns: %FALSE, and an error, when the visit must not go on
 *
 * Since: 1.0
 */
DEFINE_VISIT (int32, i32, gint32, MIGDESC_FIELD_INT, gint64)

/**
 * migdesc_visitor_visit_int64:
 * @visitor: a visitor
 * @name: (nullable): the field's name, %NULL for an element of an array
 * @value: (inout): the value: read on save, set on load
 * @min: the least value
 * @max: the greatest value
 * @error: return location for a #GError
 *
 * Visits a signed integer of 64 bits.
 *
 * Fails with %MIGDESC_ERROR_STATE_RANGE when the value is not from @min to @max, and with what
 * the format has to say. On failure @value is as it was.
 *
 * Returns: %FALSE, and an error, when the visit must not go on
 *
 * Since: 1.0
 */
DEFINE_VISIT (int64, i64, gint64, MIGDESC_FIELD_INT, gint64)

/**
 * migdesc_visitor_visit_bool:
 * @visitor: a visitor
 * @name: (nullable): the field's name, %NULL for an element of an array
 * @value: (inout): the value: read on save, set on load
 * @error: return location for a #GError
 *
 * Visits a truth value. On failure @value is as it was.
 *
 * Fails with %MIGDESC_ERROR_STATE_RANGE when it is neither 0 nor 1, and with what the format has to
 * say.
 *
 * Returns: %FALSE, and an error, when the visit must not go on
 *
 * Since: 1.0
 */
gboolean
migdesc_visitor_visit_bool (MigdescVisitor *visitor,
                            const char *name,
                            gboolean *value,
                            GError **error)
{
  static const MigdescField field
      = { .kind = MIGDESC_FIELD_BOOL, .width = sizeof (gboolean), .max = 1 };

  g_return_val_if_fail (MIGDESC_IS_VISITOR (visitor), FALSE);
  g_return_val_if_fail (value != NULL, FALSE);

  migdesc_visitor_count_element (visitor, name);
  return migdesc_visit_scalar (visitor, &field, name, value, error);
}

/**
 * migdesc_visitor_visit_double:
 * @visitor: a visitor
 * @name: (nullable): the field's name, %NULL for an element of an array
 * @value: (inout): the value: read on save, set on load
 * @min: the least value
 * @max: the greatest value
 * @error: return location for a #GError
 *
 * Visits a finite double.
 *
 * Fails with %MIGDESC_ERROR_STATE_RANGE when the value is not from @min to @max, or not finite, and
 * with what the format has to say. On failure @value is as it was.
 *
 * Returns: %FALSE, and an error, when the visit must not go on
 *
 * Since: 1.0
 */
gboolean
migdesc_visitor_visit_double (MigdescVisitor *visitor,
                              const char *name,
                              double *value,
                              double min,
                              double max,
                              GError **error)
{
  const MigdescField field
      = { .kind = MIGDESC_FIELD_DOUBLE, .width = 8, .real_min = min, .real_max = max };

  g_return_val_if_fail (MIGDESC_IS_VISITOR (visitor), FALSE);
  g_return_val_if_fail (value != NULL, FALSE);

  migdesc_visitor_count_element (visitor, name);
  return migdesc_visit_scalar (visitor, &field, name, value, error);
}

/**
 * migdesc_visitor_visit_enum:
 * @visitor: a visitor
 * @name: (nullable): the field's name, %NULL for an element of an array
 * @value: (inout): the value, from 0: read on save, set on load
 * @words: (array zero-terminated=1): a word for each value
 * @error: return location for a #GError
 *
 * Visits an integer of 32 bits whose values have words.
 *
 * Fails with %MIGDESC_ERROR_STATE_RANGE when the value has no word, and with what the format has to
 * say. On failure @value is as it was.
 *
 * Returns: %FALSE, and an error, when the visit must not go on
 *
 * Since: 1.0
 */
gboolean
migdesc_visitor_visit_enum (MigdescVisitor *visitor,
                            const char *name,
                            guint *value,
                            const char *const *words,
                            GError **error)
{
  MigdescField field = { .kind = MIGDESC_FIELD_ENUM, .width = sizeof (guint), .words = words };

  g_return_val_if_fail (MIGDESC_IS_VISITOR (visitor), FALSE);
  g_return_val_if_fail (value != NULL, FALSE);
  g_return_val_if_fail (words != NULL && words[0] != NULL, FALSE);

  field.n_words = g_strv_length ((char **) words);
  migdesc_visitor_count_element (visitor, name);
  return migdesc_visit_scalar (visitor, &field, name, value, error);
}

/**
 * migdesc_visitor_visit_string:
 * @visitor: a visitor
 * @name: (nullable): the field's name, %NULL for an element of an array
 * @value: (inout) (transfer full): the text: read on save, set on load, when what was there is
 *     freed
 * @maximum: the most bytes, without the NUL
 * @error: return location for a #GError
 *
 * Visits a text. On failure @value is as it was.
 *
 * Fails with %MIGDESC_ERROR_STATE_COUNT when it is longer than @maximum, with
 * %MIGDESC_ERROR_STATE_STRING when it is not UTF-8, and with what the format has to say.
 *
 * Returns: %FALSE, and an error, when the visit must not go on
 *
 * Since: 1.0
 */
gboolean
migdesc_visitor_visit_string (MigdescVisitor *visitor,
                              const char *name,
                              char **value,
                              guint64 maximum,
                              GError **error)
{
  char *text;

  g_return_val_if_fail (MIGDESC_IS_VISITOR (visitor), FALSE);
  g_return_val_if_fail (value != NULL, FALSE);
  g_return_val_if_fail (*value != NULL || visitor->mode == MIGDESC_VISITOR_LOAD, FALSE);

  migdesc_visitor_count_element (visitor, name);
  text = *value;
  if (!migdesc_visit_text (visitor, name, &text, maximum, error))
    return FALSE;
  if (visitor->mode == MIGDESC_VISITOR_LOAD)
    {
      g_free (*value);
      *value = text;
    }
  return TRUE;
}

#define PIECE 32768

/* A buffer whose memory is got as its data come. */
static gboolean
load_bytes (MigdescVisitor *visitor,
            GBytes **value,
            guint64 length,
            GError **error)
{
  g_autoptr (GByteArray) array = g_byte_array_new ();

  while (array->len < length)
    {
      guint n = (guint) MIN (PIECE, length - array->len);

      g_byte_array_set_size (array, array->len + n);
      if (!migdesc_visit_buffer (visitor, array->data + array->len - n, n, error))
        return FALSE;
    }
  if (!migdesc_visit_end_buffer (visitor, error))
    return FALSE;
  g_clear_pointer (value, g_bytes_unref);
  *value = g_byte_array_free_to_bytes (g_steal_pointer (&array));
  return TRUE;
}

/**
 * migdesc_visitor_visit_bytes:
 * @visitor: a visitor
 * @name: (nullable): the field's name, %NULL for an element of an array
 * @value: (inout) (transfer full): the buffer: read on save, set on load, when what was there is
 *     freed
 * @maximum: the most bytes; at most 2^31
 * @error: return location for a #GError
 *
 * Visits a buffer of a length that goes with it. On failure @value is as it was.
 *
 * Fails with %MIGDESC_ERROR_STATE_COUNT when it is longer than @maximum, with
 * %MIGDESC_ERROR_LIMIT_EXCEEDED when it is longer than any buffer may be, and with what the format
 * has to say.
 *
 * Returns: %FALSE, and an error, when the visit must not go on
 *
 * Since: 1.0
 */
gboolean
migdesc_visitor_visit_bytes (MigdescVisitor *visitor,
                             const char *name,
                             GBytes **value,
                             guint64 maximum,
                             GError **error)
{
  gboolean saving;
  gsize size = 0;
  guint64 length;
  gpointer data = NULL;

  g_return_val_if_fail (MIGDESC_IS_VISITOR (visitor), FALSE);
  g_return_val_if_fail (value != NULL, FALSE);
  saving = visitor->mode == MIGDESC_VISITOR_SAVE;
  g_return_val_if_fail (*value != NULL || !saving, FALSE);

  migdesc_visitor_count_element (visitor, name);
  if (saving)
    data = (gpointer) migdesc_bytes_peek (*value, &size);
  length = size;
  if (!migdesc_visit_begin_buffer (visitor, name, MIGDESC_CONTAINER_NONE, &length,
                                   MIN (maximum, G_MAXINT32), error))
    return FALSE;
  if (!saving)
    return load_bytes (visitor, value, length, error);
  return migdesc_visit_buffer (visitor, data, size, error)
         && migdesc_visit_end_buffer (visitor, error);
}

/**
 * migdesc_visitor_visit_buffer: (skip)
 * @visitor: a visitor
 * @name: (nullable): the field's name, %NULL for an element of an array
 * @data: the bytes: read on save, set on load
 * @length: how many
 * @error: return location for a #GError
 *
 * Visits a buffer of a length that both sides know. On failure its content is undefined.
 *
 * Fails with %MIGDESC_ERROR_STATE_COUNT when the format knows a length and it is another, with
 * %MIGDESC_ERROR_LIMIT_EXCEEDED when it is longer than any buffer may be, and with what the format
 * has to say.
 *
 * Returns: %FALSE, and an error, when the visit must not go on
 *
 * Since: 1.0
 */
gboolean
migdesc_visitor_visit_buffer (MigdescVisitor *visitor,
                              const char *name,
                              guint8 *data,
                              gsize length,
                              GError **error)
{
  guint64 passed = length;

  g_return_val_if_fail (MIGDESC_IS_VISITOR (visitor), FALSE);
  g_return_val_if_fail (data != NULL || length == 0, FALSE);

  migdesc_visitor_count_element (visitor, name);
  return migdesc_visit_begin_buffer (visitor, name, MIGDESC_CONTAINER_COUNT_KNOWN, &passed, length,
                                     error)
         && migdesc_visit_buffer (visitor, data, length, error)
         && migdesc_visit_end_buffer (visitor, error);
}
