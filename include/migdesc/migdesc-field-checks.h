/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* What the macros of field tables are made of, for C11 and C++17: nothing here is for use. */

#pragma once

/*< private_header >*/

#if !defined(MIGDESC_INSIDE) && !defined(MIGDESC_COMPILATION)
#error "Only <migdesc/migdesc.h> can be included directly."
#endif

#include <migdesc/migdesc-field.h>

#if !defined(__cplusplus) || __cplusplus >= 201703L

/* MIGDESC_CHECK_: 0, or an error of the compiler that shows the text. */
#ifdef __cplusplus
#if __cplusplus < 202002L
/* Tables are made of designated initialisers, which g++ and clang++ have in C++17 too: where
 * -Wpedantic warns of them, there is no other way to write a table. */
#if defined(__clang__)
#pragma clang diagnostic ignored "-Wc++20-designator"
#elif __GNUC__ >= 12
#pragma GCC diagnostic ignored "-Wc++20-extensions"
#endif
#endif
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
#define MIGDESC_WIDTH_F64_ 8
#define MIGDESC_WIDTH_BOOL_ 1
#define MIGDESC_WIDTH_TIMER_ 8

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

/* Whether low <= high: that subtracting them borrows nothing. As a comparison it would be warned
 * of (-Wtype-limits) where low is 0, or both are the same. */
#define MIGDESC_ORDERED_(low, high)                                                  \
  ((((~(guint64) (high) & (guint64) (low))                                           \
     | (~((guint64) (high) ^ (guint64) (low)) & ((guint64) (high) - (guint64) (low)))) \
    >> 63) == 0)

/* The bounds as members of a MigdescField, checked against the width. */
#define MIGDESC_UBOUNDS_(low, high, most)                                            \
  .min = (guint64) (low)                                                             \
      + MIGDESC_CHECK_ (MIGDESC_ORDERED_ (low, high), "min is above max"),           \
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

/* The last designator stands for the gates where there are none: a macro's "..." must not be
 * empty before C23 and C++20. */
#define MIGDESC_BOUNDED_(type_, member_, token, min_, max_, ...) \
  MIGDESC_SCALAR_ (type_, member_, token, MIGDESC_PAIR_ (MIGDESC_BOUNDS_##token##_ (min_, max_)), \
                   __VA_ARGS__)
#define MIGDESC_PAIR_(...) __VA_ARGS__
#define MIGDESC_TRUTH_(type_, member_, ...) \
  MIGDESC_BOUNDED_ (type_, member_, BOOL, 0, 1, __VA_ARGS__)
#define MIGDESC_TIME_(type_, member_, ...) \
  MIGDESC_BOUNDED_ (type_, member_, TIMER, -1, G_MAXINT64, __VA_ARGS__)
#define MIGDESC_ANY_DOUBLE_(type_, member_, ...) \
  { \
    MIGDESC_MEMBER_ (type_, member_, MIGDESC_FIELD_DOUBLE, MIGDESC_STORAGE_INLINE, \
                     MIGDESC_COUNT_ONE, MIGDESC_FIELD_NON_FINITE), \
        .width = 8 + MIGDESC_FIT_ (F64, MIGDESC_TYPE_OF_ (type_, member_)), \
        .capacity = 1, __VA_ARGS__ \
  }
#define MIGDESC_WORDS_(type_, member_, kind_, words_, ...) \
  { \
    MIGDESC_MEMBER_ (type_, member_, kind_, MIGDESC_STORAGE_INLINE, MIGDESC_COUNT_ONE, 0), \
        .width = (guint32) (sizeof (((type_ *) 0)->member_) \
                            + MIGDESC_CHECK_ ( \
                                MIGDESC_IS_WORD_ (MIGDESC_TYPE_OF_ (type_, member_)), \
                                              "the member is no unsigned integer or enum")), \
        .capacity = 1, .words = (words_), .n_words = G_N_ELEMENTS (words_), __VA_ARGS__ \
  }
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
#define MIGDESC_ARRAY_(type_, member_, token, min_, max_, ...) \
  { \
    MIGDESC_SCALARS_ (type_, member_, MIGDESC_COUNT_FIXED, token), \
        MIGDESC_BOUNDS_##token##_ (min_, max_), __VA_ARGS__ \
  }
#define MIGDESC_ARRAY_N_(type_, member_, counting_, count_, token, min_, max_, ...) \
  { \
    MIGDESC_SCALARS_ (type_, member_, counting_, token), MIGDESC_COUNT_IN_ (type_, count_), \
        MIGDESC_BOUNDS_##token##_ (min_, max_), .other = #count_, __VA_ARGS__ \
  }
#define MIGDESC_ARRAY_PARAM_(type_, member_, param_, token, min_, max_, ...) \
  { \
    MIGDESC_SCALARS_ (type_, member_, MIGDESC_COUNT_PARAM, token), \
        MIGDESC_BOUNDS_##token##_ (min_, max_), .other = (param_), __VA_ARGS__ \
  }
#define MIGDESC_VARRAY_(type_, member_, count_, maximum_, token, min_, max_, ...) \
  { \
    MIGDESC_MEMBER_ (type_, member_, MIGDESC_KIND_##token##_, MIGDESC_STORAGE_ALLOCATED, \
                     MIGDESC_COUNT_OWNED, 0), \
        .width = (guint32) (sizeof (*((type_ *) 0)->member_) \
                            + MIGDESC_FIT_ (token, MIGDESC_TARGET_OF_ (type_, member_))), \
        .capacity = (maximum_), MIGDESC_COUNT_IN_ (type_, count_), \
        MIGDESC_BOUNDS_##token##_ (min_, max_), .other = #count_, __VA_ARGS__ \
  }
#define MIGDESC_BYTES_(type_, member_, ...) \
  { \
    MIGDESC_BUFFER_ (type_, member_, MIGDESC_COUNT_FIXED), __VA_ARGS__ \
  }
#define MIGDESC_BYTES_N_(type_, member_, counting_, count_, ...) \
  { \
    MIGDESC_BUFFER_ (type_, member_, counting_), MIGDESC_COUNT_IN_ (type_, count_), \
        .other = #count_, __VA_ARGS__ \
  }
#define MIGDESC_VBYTES_(type_, member_, length_, maximum_, ...) \
  { \
    MIGDESC_MEMBER_ (type_, member_, MIGDESC_FIELD_BYTES, MIGDESC_STORAGE_ALLOCATED, \
                     MIGDESC_COUNT_OWNED, 0), \
        .width = 1 + MIGDESC_CHECK_ (MIGDESC_IS_BYTE_ (MIGDESC_TARGET_OF_ (type_, member_)), \
                                     "the member is no pointer to bytes"), \
        .capacity = (maximum_), MIGDESC_COUNT_IN_ (type_, length_), .other = #length_, \
        __VA_ARGS__ \
  }
#define MIGDESC_STRING_(type_, member_, maximum_, ...) \
  { \
    MIGDESC_MEMBER_ (type_, member_, MIGDESC_FIELD_STRING, MIGDESC_STORAGE_ALLOCATED, \
                     MIGDESC_COUNT_OWNED, 0), \
        .width = 1 + MIGDESC_CHECK_ (MIGDESC_SAME_ (MIGDESC_TYPE_OF_ (type_, member_), char *), \
                                     "the member is no char pointer"), \
        .capacity = (maximum_), __VA_ARGS__ \
  }
#define MIGDESC_TEXT_(type_, member_, ...) \
  { \
    MIGDESC_MEMBER_ (type_, member_, MIGDESC_FIELD_STRING, MIGDESC_STORAGE_INLINE, \
                     MIGDESC_COUNT_OWNED, 0), \
        .width = 1 + MIGDESC_CHECK_ (MIGDESC_SAME_ (MIGDESC_ELEMENT_OF_ (type_, member_), char), \
                                     "the member is no array of char"), \
        .capacity = MIGDESC_CAPACITY_ (type_, member_) - 1, __VA_ARGS__ \
  }
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
#define MIGDESC_BITS_N_(type_, member_, count_, ...) \
  { \
    MIGDESC_MEMBER_ (type_, member_, MIGDESC_FIELD_BITMAP, MIGDESC_STORAGE_INLINE, \
                     MIGDESC_COUNT_FIELD, 0), \
        .width = MIGDESC_BIT_WORD_ (type_, member_), \
        .capacity = (guint32) (8 * sizeof (((type_ *) 0)->member_)), \
        MIGDESC_COUNT_IN_ (type_, count_), .other = #count_, __VA_ARGS__ \
  }
#define MIGDESC_NESTED_(type_, member_, struct_, ...) \
  { \
    MIGDESC_MEMBER_ (type_, member_, MIGDESC_FIELD_STRUCT, MIGDESC_STORAGE_INLINE, \
                     MIGDESC_COUNT_ONE, 0), \
        .width = MIGDESC_NEST_ (MIGDESC_TYPE_OF_ (type_, member_), struct_), .capacity = 1, \
        .type = &(struct_), __VA_ARGS__ \
  }
#define MIGDESC_STRUCTS_ALL_(type_, member_, struct_, ...) \
  { \
    MIGDESC_STRUCTS_ (type_, member_, MIGDESC_COUNT_FIXED, struct_), .type = &(struct_), \
        __VA_ARGS__ \
  }
#define MIGDESC_STRUCTS_N_(type_, member_, counting_, count_, struct_, ...) \
  { \
    MIGDESC_STRUCTS_ (type_, member_, counting_, struct_), MIGDESC_COUNT_IN_ (type_, count_), \
        .other = #count_, .type = &(struct_), __VA_ARGS__ \
  }
#define MIGDESC_STRUCTS_PARAM_(type_, member_, param_, struct_, ...) \
  { \
    MIGDESC_STRUCTS_ (type_, member_, MIGDESC_COUNT_PARAM, struct_), .other = (param_), \
        .type = &(struct_), __VA_ARGS__ \
  }
#define MIGDESC_VSTRUCTS_(type_, member_, count_, maximum_, struct_, ...) \
  { \
    MIGDESC_MEMBER_ (type_, member_, MIGDESC_FIELD_STRUCT, MIGDESC_STORAGE_ALLOCATED, \
                     MIGDESC_COUNT_OWNED, 0), \
        .width = MIGDESC_NEST_ (MIGDESC_TARGET_OF_ (type_, member_), struct_), \
        .capacity = (maximum_), MIGDESC_COUNT_IN_ (type_, count_), .other = #count_, \
        .type = &(struct_), __VA_ARGS__ \
  }
#define MIGDESC_POINTER_(type_, member_, struct_, ...) \
  { \
    MIGDESC_MEMBER_ (type_, member_, MIGDESC_FIELD_STRUCT, MIGDESC_STORAGE_NULLABLE, \
                     MIGDESC_COUNT_ONE, 0), \
        .width = MIGDESC_NEST_ (MIGDESC_TARGET_OF_ (type_, member_), struct_), .capacity = 1, \
        .type = &(struct_), __VA_ARGS__ \
  }
#define MIGDESC_CONSTANT_(name_, token, value_, ...) \
  { \
    .name = (name_), .kind = MIGDESC_FIELD_CONSTANT, \
    .flags = MIGDESC_KIND_##token##_ == MIGDESC_FIELD_INT ? 64u /* MIGDESC_FIELD_SIGNED */ : 0u, \
    .width = MIGDESC_WIDTH_##token##_, .capacity = 1, \
    MIGDESC_BOUNDS_##token##_ (value_, value_), __VA_ARGS__ \
  }
#define MIGDESC_UNUSED_(bytes_, ...) \
  { \
    .name = "", .kind = MIGDESC_FIELD_UNUSED, .width = 1, .capacity = (bytes_), __VA_ARGS__ \
  }
#define MIGDESC_GONE_(name_, token, min_, max_, ...) \
  { \
    .name = (name_), .kind = MIGDESC_KIND_##token##_, .flags = MIGDESC_FIELD_GONE, \
    .width = MIGDESC_WIDTH_##token##_, .capacity = 1, MIGDESC_BOUNDS_##token##_ (min_, max_), \
    __VA_ARGS__ \
  }
#define MIGDESC_SECTION_(name_, fields_, ...) \
  { \
    .name = (name_), .kind = MIGDESC_FIELD_SECTION, .n_fields = G_N_ELEMENTS (fields_), \
    .fields = (fields_), .version = 1, .minimum = 1, __VA_ARGS__ \
  }
#define MIGDESC_SECTION_VERSION_(name_, fields_, version_, minimum_, ...) \
  { \
    .name = (name_), .kind = MIGDESC_FIELD_SECTION, .n_fields = G_N_ELEMENTS (fields_), \
    .fields = (fields_), .version = (version_), .minimum = (minimum_), __VA_ARGS__ \
  }
#define MIGDESC_RELATE_(type_, left_, relation_, right_) \
  { \
    .name = #left_, .owner = #type_, .kind = MIGDESC_FIELD_RELATION, .relation = (relation_), \
    .offset = (guint32) offsetof (type_, left_), \
    .count_offset = (guint32) offsetof (type_, right_), .other = #right_ \
  }
#define MIGDESC_RELATE_PARAM_(type_, left_, relation_, param_) \
  { \
    .name = #left_, .owner = #type_, .kind = MIGDESC_FIELD_RELATION, \
    .counting = MIGDESC_COUNT_PARAM, .relation = (relation_), \
    .offset = (guint32) offsetof (type_, left_), .other = (param_) \
  }
#define MIGDESC_TABLE_(name_, type_, version_, minimum_, fields_, check_) \
  typedef type_ name_##_migdesc_type_; \
  static const MigdescStruct name_ = { \
    .struct_size = (guint32) sizeof (MigdescStruct), \
    .field_size = (guint32) sizeof (MigdescField), \
    .name = #name_, \
    .owner = #type_, \
    .size = (guint32) sizeof (type_), \
    .alignment = (guint32) MIGDESC_ALIGNOF_ (type_), \
    .version = (version_), \
    .minimum = (minimum_), \
    .fields = (fields_), \
    .n_fields = G_N_ELEMENTS (fields_), \
    .check = (check_), \
    .check_name = #check_, \
  }
#ifdef __cplusplus
#define MIGDESC_ALIGNOF_(type_) alignof (type_)
#else
#define MIGDESC_ALIGNOF_(type_) _Alignof (type_)
#endif

#endif
