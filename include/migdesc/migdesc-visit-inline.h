/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#if !defined(MIGDESC_INSIDE) && !defined(MIGDESC_COMPILATION)
#error "Only <migdesc/migdesc.h> can be included directly."
#endif

#include <migdesc/migdesc-visitor.h>

G_BEGIN_DECLS

/* For visit functions in C with many scalars: migdesc_visit_u8() to migdesc_visit_u64() and
 * migdesc_visit_i8() to migdesc_visit_i64() are migdesc_visitor_visit_uint8() and so on, without a
 * call as long as the format stores scalars as they are and has room or data at hand. Values out of
 * bounds, an element without a name and everything else is a call. */

#ifndef __GI_SCANNER__

#define MIGDESC_LITTLE_8_(value) (value)
#define MIGDESC_LITTLE_16_(value) GUINT16_TO_LE (value)
#define MIGDESC_LITTLE_32_(value) GUINT32_TO_LE (value)
#define MIGDESC_LITTLE_64_(value) GUINT64_TO_LE (value)

#define MIGDESC_DEFINE_VISIT_(name_, type_, bits_, visit_)                                         \
  /* FALSE: nothing was done */                                                                    \
  static inline gboolean migdesc_pass_##name_##_ (MigdescVisitor *visitor, type_ *value,           \
                                                  type_ min, type_ max)                            \
  {                                                                                                \
    guint##bits_ passed, little;                                                                   \
    guint##bits_ span = (guint##bits_) ((guint##bits_) max - (guint##bits_) min);                  \
                                                                                                   \
    if (G_UNLIKELY ((gsize) (visitor->limit - visitor->cursor) < sizeof passed))                   \
      return FALSE;                                                                                \
    if (visitor->mode == MIGDESC_VISITOR_LOAD)                                                     \
      {                                                                                            \
        memcpy (&little, visitor->cursor, sizeof little);                                          \
        passed = MIGDESC_LITTLE_##bits_##_ (little);                                               \
        if (G_UNLIKELY ((guint##bits_) (passed - (guint##bits_) min) > span))                      \
          return FALSE;                                                                            \
        *value = (type_) passed;                                                                   \
      }                                                                                            \
    else                                                                                           \
      {                                                                                            \
        passed = (guint##bits_) *value;                                                            \
        if (G_UNLIKELY ((guint##bits_) (passed - (guint##bits_) min) > span))                      \
          return FALSE;                                                                            \
        little = MIGDESC_LITTLE_##bits_##_ (passed);                                               \
        memcpy (visitor->cursor, &little, sizeof little);                                          \
      }                                                                                            \
    visitor->cursor += sizeof passed;                                                              \
    return TRUE;                                                                                   \
  }                                                                                                \
                                                                                                   \
  static inline gboolean migdesc_visit_##name_ (MigdescVisitor *visitor, const char *name,         \
                                                type_ *value, type_ min, type_ max,                \
                                                GError **error)                                    \
  {                                                                                                \
    if (G_LIKELY (name != NULL && min <= max                                                       \
                  && migdesc_pass_##name_##_ (visitor, value, min, max)))                          \
      return TRUE;                                                                                 \
    return visit_ (visitor, name, value, min, max, error);                                         \
  }

MIGDESC_DEFINE_VISIT_ (u8, guint8, 8, migdesc_visitor_visit_uint8)
MIGDESC_DEFINE_VISIT_ (u16, guint16, 16, migdesc_visitor_visit_uint16)
MIGDESC_DEFINE_VISIT_ (u32, guint32, 32, migdesc_visitor_visit_uint32)
MIGDESC_DEFINE_VISIT_ (u64, guint64, 64, migdesc_visitor_visit_uint64)
MIGDESC_DEFINE_VISIT_ (i8, gint8, 8, migdesc_visitor_visit_int8)
MIGDESC_DEFINE_VISIT_ (i16, gint16, 16, migdesc_visitor_visit_int16)
MIGDESC_DEFINE_VISIT_ (i32, gint32, 32, migdesc_visitor_visit_int32)
MIGDESC_DEFINE_VISIT_ (i64, gint64, 64, migdesc_visitor_visit_int64)

#undef MIGDESC_DEFINE_VISIT_
#undef MIGDESC_LITTLE_8_
#undef MIGDESC_LITTLE_16_
#undef MIGDESC_LITTLE_32_
#undef MIGDESC_LITTLE_64_

#endif

G_END_DECLS
