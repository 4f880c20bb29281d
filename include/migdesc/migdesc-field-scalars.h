/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Fields of one value. */

#pragma once

#if !defined(MIGDESC_INSIDE) && !defined(MIGDESC_COMPILATION)
#error "Only <migdesc/migdesc.h> can be included directly."
#endif

#include <migdesc/migdesc-field-gates.h>

/**
 * SECTION:migdesc-field-scalars
 * @title: Fields of one value
 * @short_description: Integers, truth values, doubles, words, positions and timers
 *
 * Each macro is a row of a field table (see #MigdescField).
 */

#if !defined(__cplusplus) || __cplusplus >= 201703L

/**
 * MIGDESC_U8:
 * @type: the C type of the struct
 * @member: the member
 * @min: the least value
 * @...: the greatest value; then gates
 *
 * An unsigned integer of one byte, from @min to the greatest value given.
 *
 * Since: 1.0
 */
#define MIGDESC_U8(type, member, min, ...) \
  MIGDESC_BOUNDED_ (type, member, U8, min, __VA_ARGS__, .end_ = 0)

/**
 * MIGDESC_U16:
 * @type: the C type of the struct
 * @member: the member
 * @min: the least value
 * @...: the greatest value; then gates
 *
 * An unsigned integer of two bytes, from @min to the greatest value given.
 *
 * Since: 1.0
 */
#define MIGDESC_U16(type, member, min, ...) \
  MIGDESC_BOUNDED_ (type, member, U16, min, __VA_ARGS__, .end_ = 0)

/**
 * MIGDESC_U32:
 * @type: the C type of the struct
 * @member: the member
 * @min: the least value
 * @...: the greatest value; then gates
 *
 * An unsigned integer of four bytes, from @min to the greatest value given.
 *
 * Since: 1.0
 */
#define MIGDESC_U32(type, member, min, ...) \
  MIGDESC_BOUNDED_ (type, member, U32, min, __VA_ARGS__, .end_ = 0)

/**
 * MIGDESC_U64:
 * @type: the C type of the struct
 * @member: the member
 * @min: the least value
 * @...: the greatest value; then gates
 *
 * An unsigned integer of eight bytes, from @min to the greatest value given.
 *
 * Since: 1.0
 */
#define MIGDESC_U64(type, member, min, ...) \
  MIGDESC_BOUNDED_ (type, member, U64, min, __VA_ARGS__, .end_ = 0)

/**
 * MIGDESC_I8:
 * @type: the C type of the struct
 * @member: the member
 * @min: the least value
 * @...: the greatest value; then gates
 *
 * A signed integer of one byte, from @min to the greatest value given.
 *
 * Since: 1.0
 */
#define MIGDESC_I8(type, member, min, ...) \
  MIGDESC_BOUNDED_ (type, member, I8, min, __VA_ARGS__, .end_ = 0)

/**
 * MIGDESC_I16:
 * @type: the C type of the struct
 * @member: the member
 * @min: the least value
 * @...: the greatest value; then gates
 *
 * A signed integer of two bytes, from @min to the greatest value given.
 *
 * Since: 1.0
 */
#define MIGDESC_I16(type, member, min, ...) \
  MIGDESC_BOUNDED_ (type, member, I16, min, __VA_ARGS__, .end_ = 0)

/**
 * MIGDESC_I32:
 * @type: the C type of the struct
 * @member: the member
 * @min: the least value
 * @...: the greatest value; then gates
 *
 * A signed integer of four bytes, from @min to the greatest value given.
 *
 * Since: 1.0
 */
#define MIGDESC_I32(type, member, min, ...) \
  MIGDESC_BOUNDED_ (type, member, I32, min, __VA_ARGS__, .end_ = 0)

/**
 * MIGDESC_I64:
 * @type: the C type of the struct
 * @member: the member
 * @min: the least value
 * @...: the greatest value; then gates
 *
 * A signed integer of eight bytes, from @min to the greatest value given.
 *
 * Since: 1.0
 */
#define MIGDESC_I64(type, member, min, ...) \
  MIGDESC_BOUNDED_ (type, member, I64, min, __VA_ARGS__, .end_ = 0)

/**
 * MIGDESC_F64:
 * @type: the C type of the struct
 * @member: the member
 * @min: the least value
 * @...: the greatest value; then gates
 *
 * A finite #gdouble, from @min to the greatest value given.
 *
 * Since: 1.0
 */
#define MIGDESC_F64(type, member, min, ...) \
  MIGDESC_BOUNDED_ (type, member, F64, min, __VA_ARGS__, .end_ = 0)

/**
 * MIGDESC_BOOL:
 * @type: the C type of the struct
 * @...: the member; then gates
 *
 * A truth value, `bool` or #gboolean, whose only values are 0 and 1.
 *
 * Since: 1.0
 */
#define MIGDESC_BOOL(type, ...) \
  MIGDESC_TRUTH_ (type, __VA_ARGS__, .end_ = 0)

/**
 * MIGDESC_TIMER:
 * @type: the C type of the struct
 * @...: the member; then gates
 *
 * The time in nanoseconds at which a timer fires, a #gint64; -1 when it is not armed.
 *
 * Since: 1.0
 */
#define MIGDESC_TIMER(type, ...) \
  MIGDESC_TIME_ (type, __VA_ARGS__, .end_ = 0)

/**
 * MIGDESC_F64_ANY:
 * @type: the C type of the struct
 * @...: the member; then gates
 *
 * A #gdouble that may also be infinite or not a number.
 *
 * Since: 1.0
 */
#define MIGDESC_F64_ANY(type, ...) \
  MIGDESC_ANY_DOUBLE_ (type, __VA_ARGS__, .end_ = 0)

/**
 * MIGDESC_ENUM:
 * @type: the C type of the struct
 * @member: the member
 * @...: an array of strings; then gates
 *
 * An integer from 0, where each value has its word; the width is the member's.
 *
 * Since: 1.0
 */
#define MIGDESC_ENUM(type, member, ...) \
  MIGDESC_WORDS_ (type, member, MIGDESC_FIELD_ENUM, __VA_ARGS__, .end_ = 0)

/**
 * MIGDESC_FLAGS:
 * @type: the C type of the struct
 * @member: the member
 * @...: an array of strings; then gates
 *
 * An integer of bits, where each bit from the lowest has its word.
 *
 * Since: 1.0
 */
#define MIGDESC_FLAGS(type, member, ...) \
  MIGDESC_WORDS_ (type, member, MIGDESC_FIELD_FLAGS, __VA_ARGS__, .end_ = 0)

/**
 * MIGDESC_INDEX:
 * @type: the C type of the struct
 * @member: the member
 * @...: a member that is an array or a list, with a field of its own; then gates
 *
 * A position in an array: below its count, whatever that is then.
 *
 * Since: 1.0
 */
#define MIGDESC_INDEX(type, member, ...) \
  MIGDESC_POSITION_ (type, member, __VA_ARGS__, .end_ = 0)

/**
 * MIGDESC_INDEX_OR_NONE:
 * @type: the C type of the struct
 * @member: the member
 * @array: a member that is an array or a list, with a field of its own
 * @...: the value that stands for none; then gates
 *
 * A position in @array, or the value that stands for none.
 *
 * Since: 1.0
 */
#define MIGDESC_INDEX_OR_NONE(type, member, array, ...) \
  MIGDESC_POSITION_OR_ (type, member, array, __VA_ARGS__, .end_ = 0)

#endif
