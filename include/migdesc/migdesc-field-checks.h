/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* What the macros of field tables are made of, for C11 and C++17: nothing here is for use. */

#pragma once

#if !defined(MIGDESC_INSIDE) && !defined(MIGDESC_COMPILATION)
#error "Only <migdesc/migdesc.h> can be included directly."
#endif

#include <migdesc/migdesc-field.h>

#if !defined(__cplusplus) || __cplusplus >= 201703L

/* MIGDESC_CHECK_: 0, or an error of the compiler that shows the text. */
#ifdef __cplusplus
#include <type_traits>
extern "C++"
{
  template <bool valid> struct migdesc_check_
  {
    static_assert (valid, "libmigdesc: this field does not fit its member");
    enum { value = 0 };
  };
  template <typename member, typename... wanted> struct migdesc_is_one_of_
  {
    static constexpr bool value
        = (std::is_same<typename std::remove_cv<member>::type, wanted>::value || ...);
  };
  template <typename member> struct migdesc_is_word_
  {
    static constexpr bool value
        = (std::is_unsigned<member>::value || std::is_enum<member>::value
           || std::is_same<member, int>::value)
          && !std::is_same<member, bool>::value;
  };
}
#define MIGDESC_CHECK_(condition, text) (migdesc_check_<(condition)>::value)
#define MIGDESC_TYPE_OF_(type_, member) decltype (type_::member)
#define MIGDESC_ELEMENT_OF_(type_, member) \
  typename std::remove_extent<decltype (type_::member)>::type
#define MIGDESC_TARGET_OF_(type_, member) \
  typename std::remove_pointer<decltype (type_::member)>::type
#define MIGDESC_SAME_(one, other) (std::is_same<one, other>::value)
#define MIGDESC_IS_ARRAY_(type_, member) (std::is_array<decltype (type_::member)>::value)
#define MIGDESC_IS_BOOL_(one) (migdesc_is_one_of_<one, bool, int>::value)
#define MIGDESC_IS_BYTE_(one) (migdesc_is_one_of_<one, guint8, char, signed char>::value)
#define MIGDESC_IS_COUNT_(one) (migdesc_is_one_of_<one, guint8, guint16, guint32>::value)
#define MIGDESC_IS_WORD_(one) (migdesc_is_word_<one>::value)
#define MIGDESC_IS_UINT_(one, width)                                                     \
  (sizeof (one) == (width)                                                               \
   && migdesc_is_one_of_<one, unsigned char, unsigned short, unsigned int, unsigned long, \
                         unsigned long long>::value)
#define MIGDESC_IS_INT_(one, width)                                              \
  (sizeof (one) == (width)                                                       \
   && migdesc_is_one_of_<one, signed char, short, int, long, long long>::value)
#else
#define MIGDESC_CHECK_(condition, text)               \
  (0 * sizeof (struct {                               \
     _Static_assert (condition, "libmigdesc: " text); \
     int one;                                         \
   }))
#define MIGDESC_TYPE_OF_(type, member) __typeof__ (((type *) 0)->member)
#define MIGDESC_ELEMENT_OF_(type, member) __typeof__ (((type *) 0)->member[0])
#define MIGDESC_TARGET_OF_(type, member) __typeof__ (*((type *) 0)->member)
#define MIGDESC_SAME_(one, other) (__builtin_types_compatible_p (one, other))
#define MIGDESC_IS_ARRAY_(type, member)                       \
  (!__builtin_types_compatible_p (__typeof__ (((type *) 0)->member), \
                                  __typeof__ (&((type *) 0)->member[0])))
#define MIGDESC_IS_BOOL_(one) (MIGDESC_SAME_ (one, _Bool) || MIGDESC_SAME_ (one, gboolean))
#define MIGDESC_IS_BYTE_(one)                                   \
  (MIGDESC_SAME_ (one, guint8) || MIGDESC_SAME_ (one, char)     \
   || MIGDESC_SAME_ (one, signed char))
#define MIGDESC_IS_COUNT_(one)                                   \
  (MIGDESC_SAME_ (one, guint8) || MIGDESC_SAME_ (one, guint16)   \
   || MIGDESC_SAME_ (one, guint32))
/* An unsigned integer, or what gcc and clang take for an enum: unsigned int, or int. */
#define MIGDESC_IS_WORD_(one)                                  \
  (MIGDESC_IS_COUNT_ (one) || MIGDESC_SAME_ (one, guint64)     \
   || MIGDESC_SAME_ (one, unsigned long)                       \
   || MIGDESC_SAME_ (one, int))
#define MIGDESC_IS_UINT_(one, width)                                              \
  (sizeof (one) == (width)                                                        \
   && (MIGDESC_SAME_ (one, unsigned char) || MIGDESC_SAME_ (one, unsigned short)  \
       || MIGDESC_SAME_ (one, unsigned int) || MIGDESC_SAME_ (one, unsigned long) \
       || MIGDESC_SAME_ (one, unsigned long long)))
#define MIGDESC_IS_INT_(one, width)                                     \
  (sizeof (one) == (width)                                              \
   && (MIGDESC_SAME_ (one, signed char) || MIGDESC_SAME_ (one, short)   \
       || MIGDESC_SAME_ (one, int) || MIGDESC_SAME_ (one, long)         \
       || MIGDESC_SAME_ (one, long long)))
#endif

/* What a scalar's token (U8 .. U64, I8 .. I64, F64, BOOL, TIMER) stands for. */
#define MIGDESC_KIND_U8_ MIGDESC_FIELD_UINT
#define MIGDESC_KIND_U16_ MIGDESC_FIELD_UINT
#define MIGDESC_KIND_U32_ MIGDESC_FIELD_UINT
#define MIGDESC_KIND_U64_ MIGDESC_FIELD_UINT
#define MIGDESC_KIND_I8_ MIGDESC_FIELD_INT
#define MIGDESC_KIND_I16_ MIGDESC_FIELD_INT
#define MIGDESC_KIND_I32_ MIGDESC_FIELD_INT
#define MIGDESC_KIND_I64_ MIGDESC_FIELD_INT
#define MIGDESC_KIND_F64_ MIGDESC_FIELD_DOUBLE
#define MIGDESC_KIND_BOOL_ MIGDESC_FIELD_BOOL
#define MIGDESC_KIND_TIMER_ MIGDESC_FIELD_TIMER

#define MIGDESC_WIDTH_U8_ 1
#define MIGDESC_WIDTH_U16_ 2
#define MIGDESC_WIDTH_U32_ 4
#define MIGDESC_WIDTH_U64_ 8
#define MIGDESC_WIDTH_I8_ 1
#define MIGDESC_WIDTH_I16_ 2
#define MIGDESC_WIDTH_I32_ 4
#define MIGDESC_WIDTH_I64_ 8

#define MIGDESC_FITS_U8_(one) MIGDESC_IS_UINT_ (one, 1)
#define MIGDESC_FITS_U16_(one) MIGDESC_IS_UINT_ (one, 2)
#define MIGDESC_FITS_U32_(one) MIGDESC_IS_UINT_ (one, 4)
#define MIGDESC_FITS_U64_(one) MIGDESC_IS_UINT_ (one, 8)
#define MIGDESC_FITS_I8_(one) MIGDESC_IS_INT_ (one, 1)
#define MIGDESC_FITS_I16_(one) MIGDESC_IS_INT_ (one, 2)
#define MIGDESC_FITS_I32_(one) MIGDESC_IS_INT_ (one, 4)
#define MIGDESC_FITS_I64_(one) MIGDESC_IS_INT_ (one, 8)
#define MIGDESC_FITS_F64_(one) MIGDESC_SAME_ (one, double)
#define MIGDESC_FITS_BOOL_(one) MIGDESC_IS_BOOL_ (one)
#define MIGDESC_FITS_TIMER_(one) MIGDESC_IS_INT_ (one, 8)

/* The bounds as members of a MigdescField, checked against the width. */
#define MIGDESC_UBOUNDS_(low, high, most)                                            \
  .min = (guint64) (low)                                                             \
      + MIGDESC_CHECK_ ((guint64) (high) - (guint64) (low) <= (guint64) (high),      \
                        "min is above max"),                                         \
  .max = (guint64) (high)                                                            \
      + MIGDESC_CHECK_ ((guint64) (high) <= (guint64) (most), "max does not fit the width")
#define MIGDESC_IBOUNDS_(low, high, least, most)                                     \
  .min = (guint64) (gint64) (low)                                                    \
      + MIGDESC_CHECK_ ((gint64) (low) <= (gint64) (high), "min is above max"),      \
  .max = (guint64) (gint64) (high)                                                   \
      + MIGDESC_CHECK_ ((gint64) (low) >= (gint64) (least)                           \
                            && (gint64) (high) <= (gint64) (most),                   \
                        "min or max does not fit the width")
#define MIGDESC_BOUNDS_U8_(low, high) MIGDESC_UBOUNDS_ (low, high, G_MAXUINT8)
#define MIGDESC_BOUNDS_U16_(low, high) MIGDESC_UBOUNDS_ (low, high, G_MAXUINT16)
#define MIGDESC_BOUNDS_U32_(low, high) MIGDESC_UBOUNDS_ (low, high, G_MAXUINT32)
#define MIGDESC_BOUNDS_U64_(low, high) MIGDESC_UBOUNDS_ (low, high, G_MAXUINT64)
#define MIGDESC_BOUNDS_I8_(low, high) MIGDESC_IBOUNDS_ (low, high, G_MININT8, G_MAXINT8)
#define MIGDESC_BOUNDS_I16_(low, high) MIGDESC_IBOUNDS_ (low, high, G_MININT16, G_MAXINT16)
#define MIGDESC_BOUNDS_I32_(low, high) MIGDESC_IBOUNDS_ (low, high, G_MININT32, G_MAXINT32)
#define MIGDESC_BOUNDS_I64_(low, high) MIGDESC_IBOUNDS_ (low, high, G_MININT64, G_MAXINT64)
#define MIGDESC_BOUNDS_F64_(low, high) .real_min = (low), .real_max = (high)
#define MIGDESC_BOUNDS_BOOL_(low, high) MIGDESC_UBOUNDS_ (low, high, 1)
#define MIGDESC_BOUNDS_TIMER_(low, high) MIGDESC_IBOUNDS_ (low, high, -1, G_MAXINT64)

/* The first members of a field, in their order. */
#define MIGDESC_MEMBER_(type_, member_, kind_, storage_, counting_, flags_)              \
  .name = #member_, .owner = #type_, .kind = (kind_), .storage = (storage_),             \
  .counting = (counting_), .flags = (flags_),                                            \
  .offset = (guint32) offsetof (type_, member_),                                         \
  .size = (guint32) sizeof (((type_ *) 0)->member_)

#define MIGDESC_FIT_(token, one) \
  MIGDESC_CHECK_ (MIGDESC_FITS_##token##_ (one), "the member is not a " #token)

/* A scalar, and an array of them. */
#define MIGDESC_SCALAR_(type_, member_, token, bounds, ...)                                   \
  {                                                                                           \
    MIGDESC_MEMBER_ (type_, member_, MIGDESC_KIND_##token##_, MIGDESC_STORAGE_INLINE,         \
                     MIGDESC_COUNT_ONE, 0),                                                   \
        .width = (guint32) (sizeof (((type_ *) 0)->member_)                                   \
                            + MIGDESC_FIT_ (token, MIGDESC_TYPE_OF_ (type_, member_))),       \
        .capacity = 1, bounds, __VA_ARGS__                                                    \
  }
#define MIGDESC_CAPACITY_(type_, member_)                                                     \
  (guint32) (sizeof (((type_ *) 0)->member_) / sizeof (((type_ *) 0)->member_[0])             \
             + MIGDESC_CHECK_ (MIGDESC_IS_ARRAY_ (type_, member_), "the member is no array"))
#define MIGDESC_COUNT_IN_(type_, count_)                                                      \
  .count_offset = (guint32) offsetof (type_, count_),                                         \
  .count_width                                                                                \
      = (guint32) (sizeof (((type_ *) 0)->count_)                                             \
                   + MIGDESC_CHECK_ (MIGDESC_IS_COUNT_ (MIGDESC_TYPE_OF_ (type_, count_)),    \
                                     "the count is not a guint8, guint16 or guint32"))
#define MIGDESC_SCALARS_(type_, member_, counting_, token)                                    \
  MIGDESC_MEMBER_ (type_, member_, MIGDESC_KIND_##token##_, MIGDESC_STORAGE_INLINE,           \
                   counting_, 0),                                                             \
      .width = (guint32) (sizeof (((type_ *) 0)->member_[0])                                  \
                          + MIGDESC_FIT_ (token, MIGDESC_ELEMENT_OF_ (type_, member_))),      \
      .capacity = MIGDESC_CAPACITY_ (type_, member_)

/* A field that must be of a nested struct's type. */
#define MIGDESC_NEST_(one, struct_)                                              \
  (guint32) (sizeof (struct_##_migdesc_type_)                                    \
             + MIGDESC_CHECK_ (MIGDESC_SAME_ (one, struct_##_migdesc_type_),     \
                               "the member is not of the type of " #struct_))
#define MIGDESC_STRUCTS_(type_, member_, counting_, struct_)                                  \
  MIGDESC_MEMBER_ (type_, member_, MIGDESC_FIELD_STRUCT, MIGDESC_STORAGE_INLINE, counting_,   \
                   0),                                                                        \
      .width = MIGDESC_NEST_ (MIGDESC_ELEMENT_OF_ (type_, member_), struct_),                 \
      .capacity = MIGDESC_CAPACITY_ (type_, member_)
#define MIGDESC_LISTED_(type_, member_, storage_, list_, struct_, maximum, ...)               \
  {                                                                                           \
    MIGDESC_MEMBER_ (type_, member_, MIGDESC_FIELD_STRUCT, storage_, MIGDESC_COUNT_OWNED, 0), \
        .width = (guint32) (sizeof (struct_##_migdesc_type_)                                  \
                            + MIGDESC_CHECK_ (MIGDESC_SAME_ (MIGDESC_TYPE_OF_ (type_, member_), \
                                                             list_),                          \
                                              "the member is not a " #list_)),                \
        .capacity = (maximum), .type = &(struct_), __VA_ARGS__                                \
  }
#define MIGDESC_BUFFER_(type_, member_, counting_)                                            \
  MIGDESC_MEMBER_ (type_, member_, MIGDESC_FIELD_BYTES, MIGDESC_STORAGE_INLINE, counting_, 0), \
      .width = 1 + MIGDESC_CHECK_ (MIGDESC_IS_BYTE_ (MIGDESC_ELEMENT_OF_ (type_, member_)),   \
                                   "the member is no array of bytes"),                        \
      .capacity = MIGDESC_CAPACITY_ (type_, member_)

#endif
