/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Fields that are arrays of scalars, buffers, texts and bits. */

#pragma once

#if !defined(MIGDESC_INSIDE) && !defined(MIGDESC_COMPILATION)
#error "Only <migdesc/migdesc.h> can be included directly."
#endif

#include <migdesc/migdesc-field-gates.h>

/**
 * SECTION:migdesc-field-arrays
 * @title: Arrays, buffers and texts
 * @short_description: Many values in one field
 *
 * An array is in the struct itself or behind a pointer. Its count goes with it, or is an earlier
 * field, or a migration parameter. Each macro is a row of a field table (see #MigdescField).
 */

#if !defined(__cplusplus) || __cplusplus >= 201703L

/**
 * MIGDESC_ARRAY:
 * @type: the C type of the struct
 * @member: the member
 * @token: the kind of the elements: `U8` to `U64`, `I8` to `I64`, `F64`, `BOOL` or `TIMER`
 * @min: the least value
 * @...: the greatest value; then gates
 *
 * An array of scalars, all of it.
 *
 * Since: 1.0
 */
#define MIGDESC_ARRAY(type, member, token, min, ...) \
  MIGDESC_ARRAY_ (type, member, token, min, __VA_ARGS__, .end_ = 0)

/**
 * MIGDESC_ARRAY_N:
 * @type: the C type of the struct
 * @member: the member
 * @count: the member that holds the count: a #guint8, #guint16 or #guint32
 * @token: the kind of the elements: `U8` to `U64`, `I8` to `I64`, `F64`, `BOOL` or `TIMER`
 * @min: the least value
 * @...: the greatest value; then gates
 *
 * The first @count elements of an array of scalars. The count goes with the array, and needs no
 * field of its own.
 *
 * Since: 1.0
 */
#define MIGDESC_ARRAY_N(type, member, count, token, min, ...) \
  MIGDESC_ARRAY_N_ (type, member, MIGDESC_COUNT_OWNED, count, token, min, __VA_ARGS__, \
                    .end_ = 0)

/**
 * MIGDESC_ARRAY_COUNTED:
 * @type: the C type of the struct
 * @member: the member
 * @count: a field declared earlier that holds the count
 * @token: the kind of the elements: `U8` to `U64`, `I8` to `I64`, `F64`, `BOOL` or `TIMER`
 * @min: the least value
 * @...: the greatest value; then gates
 *
 * The first @count elements of an array of scalars, where the count is a field declared before.
 *
 * Since: 1.0
 */
#define MIGDESC_ARRAY_COUNTED(type, member, count, token, min, ...) \
  MIGDESC_ARRAY_N_ (type, member, MIGDESC_COUNT_FIELD, count, token, min, __VA_ARGS__, \
                    .end_ = 0)

/**
 * MIGDESC_ARRAY_PARAM:
 * @type: the C type of the struct
 * @member: the member
 * @param: the name of a migration parameter, whose value is the count
 * @token: the kind of the elements: `U8` to `U64`, `I8` to `I64`, `F64`, `BOOL` or `TIMER`
 * @min: the least value
 * @...: the greatest value; then gates
 *
 * The first elements of an array of scalars, as many as a migration parameter says.
 *
 * Since: 1.0
 */
#define MIGDESC_ARRAY_PARAM(type, member, param, token, min, ...) \
  MIGDESC_ARRAY_PARAM_ (type, member, param, token, min, __VA_ARGS__, .end_ = 0)

/**
 * MIGDESC_VARRAY:
 * @type: the C type of the struct
 * @member: the member, a pointer; g_free() frees what it points to
 * @count: the member that holds the count: a #guint8, #guint16 or #guint32
 * @maximum: the most elements or bytes
 * @token: the kind of the elements: `U8` to `U64`, `I8` to `I64`, `F64`, `BOOL` or `TIMER`
 * @min: the least value
 * @...: the greatest value; then gates
 *
 * An allocated array of scalars. The count goes with the array, and needs no field of its own.
 *
 * Since: 1.0
 */
#define MIGDESC_VARRAY(type, member, count, maximum, token, min, ...) \
  MIGDESC_VARRAY_ (type, member, count, maximum, token, min, __VA_ARGS__, .end_ = 0)

/**
 * MIGDESC_BYTES:
 * @type: the C type of the struct
 * @...: the member, an array of bytes; then gates
 *
 * A buffer, all of it.
 *
 * Since: 1.0
 */
#define MIGDESC_BYTES(type, ...) \
  MIGDESC_BYTES_ (type, __VA_ARGS__, .end_ = 0)

/**
 * MIGDESC_BYTES_N:
 * @type: the C type of the struct
 * @member: the member, an array of bytes
 * @...: the member that holds the count: a #guint8, #guint16 or #guint32; then gates
 *
 * The first bytes of a buffer. The count goes with the buffer, and needs no
 * field of its own.
 *
 * Since: 1.0
 */
#define MIGDESC_BYTES_N(type, member, ...) \
  MIGDESC_BYTES_N_ (type, member, MIGDESC_COUNT_OWNED, __VA_ARGS__, .end_ = 0)

/**
 * MIGDESC_BYTES_COUNTED:
 * @type: the C type of the struct
 * @member: the member, an array of bytes
 * @...: a field declared earlier that holds the count; then gates
 *
 * The first bytes of a buffer, where the count is a field declared before.
 *
 * Since: 1.0
 */
#define MIGDESC_BYTES_COUNTED(type, member, ...) \
  MIGDESC_BYTES_N_ (type, member, MIGDESC_COUNT_FIELD, __VA_ARGS__, .end_ = 0)

/**
 * MIGDESC_VBYTES:
 * @type: the C type of the struct
 * @member: the member, a pointer to bytes; g_free() frees what it points to
 * @length: the member that holds the length in bytes: a #guint8, #guint16 or #guint32
 * @...: the greatest length; then gates
 *
 * An allocated buffer. The length goes with the buffer, and needs no field of its own.
 *
 * Since: 1.0
 */
#define MIGDESC_VBYTES(type, member, length, ...) \
  MIGDESC_VBYTES_ (type, member, length, __VA_ARGS__, .end_ = 0)

/**
 * MIGDESC_STRING:
 * @type: the C type of the struct
 * @member: the member, a `char *`; g_free() frees it
 * @...: the most bytes, without the NUL; then gates
 *
 * A text of UTF-8. %NULL is saved as the empty text.
 *
 * Since: 1.0
 */
#define MIGDESC_STRING(type, member, ...) \
  MIGDESC_STRING_ (type, member, __VA_ARGS__, .end_ = 0)

/**
 * MIGDESC_STRING_N:
 * @type: the C type of the struct
 * @...: the member, an array of `char`; then gates
 *
 * A text of UTF-8 in an array, NUL included.
 *
 * Since: 1.0
 */
#define MIGDESC_STRING_N(type, ...) \
  MIGDESC_TEXT_ (type, __VA_ARGS__, .end_ = 0)

/**
 * MIGDESC_BITMAP:
 * @type: the C type of the struct
 * @member: the member, an array of #guint8, #guint32 or #guint64
 * @...: how many bits of it; then gates
 *
 * Bits, the lowest of the first element first.
 *
 * Since: 1.0
 */
#define MIGDESC_BITMAP(type, member, ...) \
  MIGDESC_BITS_ (type, member, __VA_ARGS__, .end_ = 0)

/**
 * MIGDESC_BITMAP_COUNTED:
 * @type: the C type of the struct
 * @member: the member, an array of #guint8, #guint32 or #guint64
 * @...: a field declared earlier that holds the number of bits; then gates
 *
 * Bits, the lowest of the first element first, as many as a field declared before says.
 *
 * Since: 1.0
 */
#define MIGDESC_BITMAP_COUNTED(type, member, ...) \
  MIGDESC_BITS_N_ (type, member, __VA_ARGS__, .end_ = 0)

#endif
