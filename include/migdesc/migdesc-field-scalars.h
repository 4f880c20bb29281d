/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Fields of one value. */

#pragma once

#if !defined(MIGDESC_INSIDE) && !defined(MIGDESC_COMPILATION)
#error "Only <migdesc/migdesc.h> can be included directly."
#endif

#include <migdesc/migdesc-field-gates.h>

#if !defined(__cplusplus) || __cplusplus >= 201703L

/* The last designator stands for the gates where there are none: a macro's "..." must not be
 * empty before C23 and C++20. */
#define MIGDESC_BOUNDED_(type_, member_, token, min_, max_, ...) \
  MIGDESC_SCALAR_ (type_, member_, token, MIGDESC_PAIR_ (MIGDESC_BOUNDS_##token##_ (min_, max_)), \
                   __VA_ARGS__)
#define MIGDESC_PAIR_(...) __VA_ARGS__

/**
 * MIGDESC_U8:
 * @type: the C type of the struct
 * @member: the member
 * @min: the least value
 * @max: the greatest value
 * @...: gates
 *
 * An unsigned integer of one byte, from @min to @max.
 *
 * Since: 1.0
 */
#define MIGDESC_U8(type_, member_, min_, ...) \
  MIGDESC_BOUNDED_ (type_, member_, U8, min_, __VA_ARGS__, .end_ = 0)

/**
 * MIGDESC_U16:
 * @type: the C type of the struct
 * @member: the member
 * @min: the least value
 * @max: the greatest value
 * @...: gates
 *
 * An unsigned integer of two bytes, from @min to @max.
 *
 * Since: 1.0
 */
#define MIGDESC_U16(type_, member_, min_, ...) \
  MIGDESC_BOUNDED_ (type_, member_, U16, min_, __VA_ARGS__, .end_ = 0)

/**
 * MIGDESC_U32:
 * @type: the C type of the struct
 * @member: the member
 * @min: the least value
 * @max: the greatest value
 * @...: gates
 *
 * An unsigned integer of four bytes, from @min to @max.
 *
 * Since: 1.0
 */
#define MIGDESC_U32(type_, member_, min_, ...) \
  MIGDESC_BOUNDED_ (type_, member_, U32, min_, __VA_ARGS__, .end_ = 0)

/**
 * MIGDESC_U64:
 * @type: the C type of the struct
 * @member: the member
 * @min: the least value
 * @max: the greatest value
 * @...: gates
 *
 * An unsigned integer of eight bytes, from @min to @max.
 *
 * Since: 1.0
 */
#define MIGDESC_U64(type_, member_, min_, ...) \
  MIGDESC_BOUNDED_ (type_, member_, U64, min_, __VA_ARGS__, .end_ = 0)

/**
 * MIGDESC_I8:
 * @type: the C type of the struct
 * @member: the member
 * @min: the least value
 * @max: the greatest value
 * @...: gates
 *
 * A signed integer of one byte, from @min to @max.
 *
 * Since: 1.0
 */
#define MIGDESC_I8(type_, member_, min_, ...) \
  MIGDESC_BOUNDED_ (type_, member_, I8, min_, __VA_ARGS__, .end_ = 0)

/**
 * MIGDESC_I16:
 * @type: the C type of the struct
 * @member: the member
 * @min: the least value
 * @max: the greatest value
 * @...: gates
 *
 * A signed integer of two bytes, from @min to @max.
 *
 * Since: 1.0
 */
#define MIGDESC_I16(type_, member_, min_, ...) \
  MIGDESC_BOUNDED_ (type_, member_, I16, min_, __VA_ARGS__, .end_ = 0)

/**
 * MIGDESC_I32:
 * @type: the C type of the struct
 * @member: the member
 * @min: the least value
 * @max: the greatest value
 * @...: gates
 *
 * A signed integer of four bytes, from @min to @max.
 *
 * Since: 1.0
 */
#define MIGDESC_I32(type_, member_, min_, ...) \
  MIGDESC_BOUNDED_ (type_, member_, I32, min_, __VA_ARGS__, .end_ = 0)

/**
 * MIGDESC_I64:
 * @type: the C type of the struct
 * @member: the member
 * @min: the least value
 * @max: the greatest value
 * @...: gates
 *
 * A signed integer of eight bytes, from @min to @max.
 *
 * Since: 1.0
 */
#define MIGDESC_I64(type_, member_, min_, ...) \
  MIGDESC_BOUNDED_ (type_, member_, I64, min_, __VA_ARGS__, .end_ = 0)

/**
 * MIGDESC_F64:
 * @type: the C type of the struct
 * @member: the member
 * @min: the least value
 * @max: the greatest value
 * @...: gates
 *
 * A finite #gdouble, from @min to @max.
 *
 * Since: 1.0
 */
#define MIGDESC_F64(type_, member_, min_, ...) \
  MIGDESC_BOUNDED_ (type_, member_, F64, min_, __VA_ARGS__, .end_ = 0)

/**
 * MIGDESC_BOOL:
 * @type: the C type of the struct
 * @member: the member
 * @...: gates
 *
 * A truth value, `bool` or #gboolean, whose only values are 0 and 1.
 *
 * Since: 1.0
 */
#define MIGDESC_BOOL(type_, ...) \
  MIGDESC_TRUTH_ (type_, __VA_ARGS__, .end_ = 0)
#define MIGDESC_TRUTH_(type_, member_, ...) \
  MIGDESC_BOUNDED_ (type_, member_, BOOL, 0, 1, __VA_ARGS__)

/**
 * MIGDESC_TIMER:
 * @type: the C type of the struct
 * @member: the member
 * @...: gates
 *
 * The time in nanoseconds at which a timer fires, a #gint64; -1 when it is not armed.
 *
 * Since: 1.0
 */
#define MIGDESC_TIMER(type_, ...) \
  MIGDESC_TIME_ (type_, __VA_ARGS__, .end_ = 0)
#define MIGDESC_TIME_(type_, member_, ...) \
  MIGDESC_BOUNDED_ (type_, member_, TIMER, -1, G_MAXINT64, __VA_ARGS__)

/**
 * MIGDESC_F64_ANY:
 * @type: the C type of the struct
 * @member: the member
 * @...: gates
 *
 * A #gdouble that may also be infinite or not a number.
 *
 * Since: 1.0
 */
#define MIGDESC_F64_ANY(type_, ...) \
  MIGDESC_ANY_DOUBLE_ (type_, __VA_ARGS__, .end_ = 0)
#define MIGDESC_ANY_DOUBLE_(type_, member_, ...) \
  { \
    MIGDESC_MEMBER_ (type_, member_, MIGDESC_FIELD_DOUBLE, MIGDESC_STORAGE_INLINE, \
                     MIGDESC_COUNT_ONE, MIGDESC_FIELD_NON_FINITE), \
        .width = 8 + MIGDESC_FIT_ (F64, MIGDESC_TYPE_OF_ (type_, member_)), \
        .capacity = 1, __VA_ARGS__ \
  }

/**
 * MIGDESC_ENUM:
 * @type: the C type of the struct
 * @member: the member
 * @words: an array of strings
 * @...: gates
 *
 * An integer from 0, where each value has its word; the width is the member's.
 *
 * Since: 1.0
 */
#define MIGDESC_ENUM(type_, member_, ...) \
  MIGDESC_WORDS_ (type_, member_, MIGDESC_FIELD_ENUM, __VA_ARGS__, .end_ = 0)

/**
 * MIGDESC_FLAGS:
 * @type: the C type of the struct
 * @member: the member
 * @words: an array of strings
 * @...: gates
 *
 * An integer of bits, where each bit from the lowest has its word.
 *
 * Since: 1.0
 */
#define MIGDESC_FLAGS(type_, member_, ...) \
  MIGDESC_WORDS_ (type_, member_, MIGDESC_FIELD_FLAGS, __VA_ARGS__, .end_ = 0)
#define MIGDESC_WORDS_(type_, member_, kind_, words_, ...) \
  { \
    MIGDESC_MEMBER_ (type_, member_, kind_, MIGDESC_STORAGE_INLINE, MIGDESC_COUNT_ONE, 0), \
        .width = (guint32) (sizeof (((type_ *) 0)->member_) \
                            + MIGDESC_CHECK_ ( \
                                MIGDESC_IS_WORD_ (MIGDESC_TYPE_OF_ (type_, member_)), \
                                              "the member is no unsigned integer or enum")), \
        .capacity = 1, .words = (words_), .n_words = G_N_ELEMENTS (words_), __VA_ARGS__ \
  }

/**
 * MIGDESC_INDEX:
 * @type: the C type of the struct
 * @member: the member
 * @array: a member that is an array or a list, with a field of its own
 * @...: gates
 *
 * A position in @array: below its count, whatever that is then.
 *
 * Since: 1.0
 */
#define MIGDESC_INDEX(type_, member_, ...) \
  MIGDESC_POSITION_ (type_, member_, __VA_ARGS__, .end_ = 0)
#define MIGDESC_POSITION_(type_, member_, array_, ...) \
  { \
    MIGDESC_MEMBER_ (type_, member_, MIGDESC_FIELD_INDEX, MIGDESC_STORAGE_INLINE, \
                     MIGDESC_COUNT_ONE, 0), \
        .width = (guint32) (sizeof (((type_ *) 0)->member_) \
                            + MIGDESC_CHECK_ ( \
                                MIGDESC_IS_COUNT_ (MIGDESC_TYPE_OF_ (type_, member_)), \
                                              "the member is not a guint8, guint16 or guint32") \
                            + 0 * sizeof (((type_ *) 0)->array_)), \
        .capacity = 1, .other = #array_, __VA_ARGS__ \
  }

/**
 * MIGDESC_INDEX_OR_NONE:
 * @type: the C type of the struct
 * @member: the member
 * @array: a member that is an array or a list, with a field of its own
 * @none: the value that stands for none
 * @...: gates
 *
 * A position in @array, or @none.
 *
 * Since: 1.0
 */
#define MIGDESC_INDEX_OR_NONE(type_, member_, array_, ...) \
  MIGDESC_POSITION_OR_ (type_, member_, array_, __VA_ARGS__, .end_ = 0)
#define MIGDESC_POSITION_OR_(type_, member_, array_, none_, ...) \
  { \
    MIGDESC_MEMBER_ (type_, member_, MIGDESC_FIELD_INDEX, MIGDESC_STORAGE_INLINE, \
                     MIGDESC_COUNT_ONE, MIGDESC_FIELD_NONE_ALLOWED), \
        .width = (guint32) (sizeof (((type_ *) 0)->member_) \
                            + MIGDESC_CHECK_ ( \
                                MIGDESC_IS_COUNT_ (MIGDESC_TYPE_OF_ (type_, member_)), \
                                              "the member is not a guint8, guint16 or guint32") \
                            + 0 * sizeof (((type_ *) 0)->array_)), \
        .capacity = 1, .max = (none_), .other = #array_, __VA_ARGS__ \
  }

#endif
