/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Fields that are arrays of scalars, buffers, texts and bits. */

#pragma once

#if !defined(MIGDESC_INSIDE) && !defined(MIGDESC_COMPILATION)
#error "Only <migdesc/migdesc.h> can be included directly."
#endif

#include <migdesc/migdesc-field-gates.h>

#if !defined(__cplusplus) || __cplusplus >= 201703L

/**
 * MIGDESC_ARRAY:
 * @type: the C type of the struct
 * @member: the member
 * @token: the kind of the elements: `U8` to `U64`, `I8` to `I64`, `F64`, `BOOL` or `TIMER`
 * @min: the least value
 * @max: the greatest value
 * @...: gates
 *
 * An array of scalars, all of it.
 *
 * Since: 1.0
 */
#define MIGDESC_ARRAY(type_, member_, token, min_, ...) \
  MIGDESC_ARRAY_ (type_, member_, token, min_, __VA_ARGS__, .end_ = 0)
#define MIGDESC_ARRAY_(type_, member_, token, min_, max_, ...) \
  { \
    MIGDESC_SCALARS_ (type_, member_, MIGDESC_COUNT_FIXED, token), \
        MIGDESC_BOUNDS_##token##_ (min_, max_), __VA_ARGS__ \
  }

/**
 * MIGDESC_ARRAY_N:
 * @type: the C type of the struct
 * @member: the member
 * @count: the member that holds the count: a #guint8, #guint16 or #guint32
 * @token: the kind of the elements: `U8` to `U64`, `I8` to `I64`, `F64`, `BOOL` or `TIMER`
 * @min: the least value
 * @max: the greatest value
 * @...: gates
 *
 * The first @count elements of an array of scalars. The count goes with the array, and needs no
 * field of its own.
 *
 * Since: 1.0
 */
#define MIGDESC_ARRAY_N(type_, member_, count_, token, min_, ...) \
  MIGDESC_ARRAY_N_ (type_, member_, MIGDESC_COUNT_OWNED, count_, token, min_, __VA_ARGS__, \
                    .end_ = 0)

/**
 * MIGDESC_ARRAY_COUNTED:
 * @type: the C type of the struct
 * @member: the member
 * @count: a field declared earlier that holds the count
 * @token: the kind of the elements: `U8` to `U64`, `I8` to `I64`, `F64`, `BOOL` or `TIMER`
 * @min: the least value
 * @max: the greatest value
 * @...: gates
 *
 * The first @count elements of an array of scalars, where the count is a field declared before.
 *
 * Since: 1.0
 */
#define MIGDESC_ARRAY_COUNTED(type_, member_, count_, token, min_, ...) \
  MIGDESC_ARRAY_N_ (type_, member_, MIGDESC_COUNT_FIELD, count_, token, min_, __VA_ARGS__, \
                    .end_ = 0)
#define MIGDESC_ARRAY_N_(type_, member_, counting_, count_, token, min_, max_, ...) \
  { \
    MIGDESC_SCALARS_ (type_, member_, counting_, token), MIGDESC_COUNT_IN_ (type_, count_), \
        MIGDESC_BOUNDS_##token##_ (min_, max_), .other = #count_, __VA_ARGS__ \
  }

/**
 * MIGDESC_ARRAY_PARAM:
 * @type: the C type of the struct
 * @member: the member
 * @param: the name of a migration parameter, whose value is the count
 * @token: the kind of the elements: `U8` to `U64`, `I8` to `I64`, `F64`, `BOOL` or `TIMER`
 * @min: the least value
 * @max: the greatest value
 * @...: gates
 *
 * The first elements of an array of scalars, as many as a migration parameter says.
 *
 * Since: 1.0
 */
#define MIGDESC_ARRAY_PARAM(type_, member_, param_, token, min_, ...) \
  MIGDESC_ARRAY_PARAM_ (type_, member_, param_, token, min_, __VA_ARGS__, .end_ = 0)
#define MIGDESC_ARRAY_PARAM_(type_, member_, param_, token, min_, max_, ...) \
  { \
    MIGDESC_SCALARS_ (type_, member_, MIGDESC_COUNT_PARAM, token), \
        MIGDESC_BOUNDS_##token##_ (min_, max_), .other = (param_), __VA_ARGS__ \
  }

/**
 * MIGDESC_VARRAY:
 * @type: the C type of the struct
 * @member: the member, a pointer; g_free() frees what it points to
 * @count: the member that holds the count: a #guint8, #guint16 or #guint32
 * @maximum: the most elements or bytes
 * @token: the kind of the elements: `U8` to `U64`, `I8` to `I64`, `F64`, `BOOL` or `TIMER`
 * @min: the least value
 * @max: the greatest value
 * @...: gates
 *
 * An allocated array of scalars. The count goes with the array, and needs no field of its own.
 *
 * Since: 1.0
 */
#define MIGDESC_VARRAY(type_, member_, count_, maximum_, token, min_, ...) \
  MIGDESC_VARRAY_ (type_, member_, count_, maximum_, token, min_, __VA_ARGS__, .end_ = 0)
#define MIGDESC_VARRAY_(type_, member_, count_, maximum_, token, min_, max_, ...) \
  { \
    MIGDESC_MEMBER_ (type_, member_, MIGDESC_KIND_##token##_, MIGDESC_STORAGE_ALLOCATED, \
                     MIGDESC_COUNT_OWNED, 0), \
        .width = (guint32) (sizeof (*((type_ *) 0)->member_) \
                            + MIGDESC_FIT_ (token, MIGDESC_TARGET_OF_ (type_, member_))), \
        .capacity = (maximum_), MIGDESC_COUNT_IN_ (type_, count_), \
        MIGDESC_BOUNDS_##token##_ (min_, max_), .other = #count_, __VA_ARGS__ \
  }

/**
 * MIGDESC_BYTES:
 * @type: the C type of the struct
 * @member: the member, an array of bytes
 * @...: gates
 *
 * A buffer, all of it.
 *
 * Since: 1.0
 */
#define MIGDESC_BYTES(type_, ...) \
  MIGDESC_BYTES_ (type_, __VA_ARGS__, .end_ = 0)
#define MIGDESC_BYTES_(type_, member_, ...) \
  { \
    MIGDESC_BUFFER_ (type_, member_, MIGDESC_COUNT_FIXED), __VA_ARGS__ \
  }

/**
 * MIGDESC_BYTES_N:
 * @type: the C type of the struct
 * @member: the member, an array of bytes
 * @count: the member that holds the count: a #guint8, #guint16 or #guint32
 * @...: gates
 *
 * The first @count bytes of a buffer. The count goes with the buffer, and needs no
 * field of its own.
 *
 * Since: 1.0
 */
#define MIGDESC_BYTES_N(type_, member_, ...) \
  MIGDESC_BYTES_N_ (type_, member_, MIGDESC_COUNT_OWNED, __VA_ARGS__, .end_ = 0)

/**
 * MIGDESC_BYTES_COUNTED:
 * @type: the C type of the struct
 * @member: the member, an array of bytes
 * @count: a field declared earlier that holds the count
 * @...: gates
 *
 * The first @count bytes of a buffer, where the count is a field declared before.
 *
 * Since: 1.0
 */
#define MIGDESC_BYTES_COUNTED(type_, member_, ...) \
  MIGDESC_BYTES_N_ (type_, member_, MIGDESC_COUNT_FIELD, __VA_ARGS__, .end_ = 0)
#define MIGDESC_BYTES_N_(type_, member_, counting_, count_, ...) \
  { \
    MIGDESC_BUFFER_ (type_, member_, counting_), MIGDESC_COUNT_IN_ (type_, count_), \
        .other = #count_, __VA_ARGS__ \
  }

/**
 * MIGDESC_VBYTES:
 * @type: the C type of the struct
 * @member: the member, a pointer to bytes; g_free() frees what it points to
 * @length: the member that holds the length in bytes: a #guint8, #guint16 or #guint32
 * @maximum: the greatest length
 * @...: gates
 *
 * An allocated buffer. The length goes with the buffer, and needs no field of its own.
 *
 * Since: 1.0
 */
#define MIGDESC_VBYTES(type_, member_, length_, ...) \
  MIGDESC_VBYTES_ (type_, member_, length_, __VA_ARGS__, .end_ = 0)
#define MIGDESC_VBYTES_(type_, member_, length_, maximum_, ...) \
  { \
    MIGDESC_MEMBER_ (type_, member_, MIGDESC_FIELD_BYTES, MIGDESC_STORAGE_ALLOCATED, \
                     MIGDESC_COUNT_OWNED, 0), \
        .width = 1 + MIGDESC_CHECK_ (MIGDESC_IS_BYTE_ (MIGDESC_TARGET_OF_ (type_, member_)), \
                                     "the member is no pointer to bytes"), \
        .capacity = (maximum_), MIGDESC_COUNT_IN_ (type_, length_), .other = #length_, \
        __VA_ARGS__ \
  }

/**
 * MIGDESC_STRING:
 * @type: the C type of the struct
 * @member: the member, a `char *`; g_free() frees it
 * @maximum: the most bytes, without the NUL
 * @...: gates
 *
 * A text of UTF-8. %NULL is saved as the empty text.
 *
 * Since: 1.0
 */
#define MIGDESC_STRING(type_, member_, ...) \
  MIGDESC_STRING_ (type_, member_, __VA_ARGS__, .end_ = 0)
#define MIGDESC_STRING_(type_, member_, maximum_, ...) \
  { \
    MIGDESC_MEMBER_ (type_, member_, MIGDESC_FIELD_STRING, MIGDESC_STORAGE_ALLOCATED, \
                     MIGDESC_COUNT_OWNED, 0), \
        .width = 1 + MIGDESC_CHECK_ (MIGDESC_SAME_ (MIGDESC_TYPE_OF_ (type_, member_), char *), \
                                     "the member is no char pointer"), \
        .capacity = (maximum_), __VA_ARGS__ \
  }

/**
 * MIGDESC_STRING_N:
 * @type: the C type of the struct
 * @member: the member, an array of `char`
 * @...: gates
 *
 * A text of UTF-8 in an array, NUL included.
 *
 * Since: 1.0
 */
#define MIGDESC_STRING_N(type_, ...) \
  MIGDESC_TEXT_ (type_, __VA_ARGS__, .end_ = 0)
#define MIGDESC_TEXT_(type_, member_, ...) \
  { \
    MIGDESC_MEMBER_ (type_, member_, MIGDESC_FIELD_STRING, MIGDESC_STORAGE_INLINE, \
                     MIGDESC_COUNT_OWNED, 0), \
        .width = 1 + MIGDESC_CHECK_ (MIGDESC_SAME_ (MIGDESC_ELEMENT_OF_ (type_, member_), char), \
                                     "the member is no array of char"), \
        .capacity = MIGDESC_CAPACITY_ (type_, member_) - 1, __VA_ARGS__ \
  }

/**
 * MIGDESC_BITMAP:
 * @type: the C type of the struct
 * @member: the member, an array of #guint8, #guint32 or #guint64
 * @bits: how many bits of it
 * @...: gates
 *
 * Bits, the lowest of the first element first.
 *
 * Since: 1.0
 */
#define MIGDESC_BITMAP(type_, member_, ...) \
  MIGDESC_BITS_ (type_, member_, __VA_ARGS__, .end_ = 0)
#define MIGDESC_BITS_(type_, member_, bits_, ...) \
  { \
    MIGDESC_MEMBER_ (type_, member_, MIGDESC_FIELD_BITMAP, MIGDESC_STORAGE_INLINE, \
                     MIGDESC_COUNT_FIXED, 0), \
        .width = MIGDESC_BIT_WORD_ (type_, member_), \
        .capacity = (guint32) ((bits_) \
                               + MIGDESC_CHECK_ ((bits_) <= 8 * sizeof (((type_ *) 0)->member_), \
                                                 "the member has fewer bits")), \
        __VA_ARGS__ \
  }
#define MIGDESC_IS_BITS_(one) \
  (MIGDESC_FITS_U8_ (one) || MIGDESC_FITS_U32_ (one) || MIGDESC_FITS_U64_ (one))
#define MIGDESC_BIT_WORD_(type_, member_) \
  (guint32) (sizeof (((type_ *) 0)->member_[0]) \
             + MIGDESC_CHECK_ (MIGDESC_IS_ARRAY_ (type_, member_) \
                                   && MIGDESC_IS_BITS_ (MIGDESC_ELEMENT_OF_ (type_, member_)), \
                               "the member is no array of guint8, guint32 or guint64"))

/**
 * MIGDESC_BITMAP_COUNTED:
 * @type: the C type of the struct
 * @member: the member, an array of #guint8, #guint32 or #guint64
 * @count: a field declared earlier that holds the number of bits
 * @...: gates
 *
 * Bits, the lowest of the first element first, as many as a field declared before says.
 *
 * Since: 1.0
 */
#define MIGDESC_BITMAP_COUNTED(type_, member_, ...) \
  MIGDESC_BITS_N_ (type_, member_, __VA_ARGS__, .end_ = 0)
#define MIGDESC_BITS_N_(type_, member_, count_, ...) \
  { \
    MIGDESC_MEMBER_ (type_, member_, MIGDESC_FIELD_BITMAP, MIGDESC_STORAGE_INLINE, \
                     MIGDESC_COUNT_FIELD, 0), \
        .width = MIGDESC_BIT_WORD_ (type_, member_), \
        .capacity = (guint32) (8 * sizeof (((type_ *) 0)->member_)), \
        MIGDESC_COUNT_IN_ (type_, count_), .other = #count_, __VA_ARGS__ \
  }

#endif
