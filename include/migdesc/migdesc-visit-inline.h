/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*< private_header >*/

#if !defined(MIGDESC_INSIDE) && !defined(MIGDESC_COMPILATION)
#error "Only <migdesc/migdesc.h> can be included directly."
#endif

#include <migdesc/migdesc-visitor.h>

G_BEGIN_DECLS

/* For visit functions in C with many scalars:
 *
 * migdesc_visit_u8() to migdesc_visit_u64() and migdesc_visit_i8() to migdesc_visit_i64() are
 * migdesc_visitor_visit_uint8() and so on, without a call as long as the format stores scalars as
 * they are and has room or data at hand. Values out of bounds, an element without a name and
 * everything else is a call.
 */

#ifndef __GI_SCANNER__

#define _MIGDESC_LITTLE_8(value) (value)
#define _MIGDESC_LITTLE_16(value) GUINT16_TO_LE (value)
#define _MIGDESC_LITTLE_32(value) GUINT32_TO_LE (value)
#define _MIGDESC_LITTLE_64(value) GUINT64_TO_LE (value)

#define _MIGDESC_DEFINE_VISIT(name_, type_, bits_, visit_)                                         \
  /* FALSE: nothing was done. So it is with a minimum above the maximum. */                        \
  static inline gboolean migdesc_pass_##name_##_ (MigdescVisitor *visitor, type_ *value,           \
                                                  type_ min, type_ max)                            \
  {                                                                                                \
    guint8 *cursor = visitor->cursor;                                                              \
    guint##bits_ little;                                                                           \
    type_ passed;                                                                                  \
                                                                                                   \
    if (G_UNLIKELY ((gsize) (visitor->limit - cursor) < sizeof passed))                            \
      return FALSE;                                                                                \
    if (visitor->mode == MIGDESC_VISITOR_LOAD)                                                     \
      {                                                                                            \
        memcpy (&little, cursor, sizeof little);                                                   \
        passed = (type_) _MIGDESC_LITTLE_##bits_ (little);                                         \
        if (G_UNLIKELY (passed < min || passed > max))                                             \
          return FALSE;                                                                            \
        *value = passed;                                                                           \
      }                                                                                            \
    else                                                                                           \
      {                                                                                            \
        passed = *value;                                                                           \
        if (G_UNLIKELY (passed < min || passed > max))                                             \
          return FALSE;                                                                            \
        little = _MIGDESC_LITTLE_##bits_ ((guint##bits_) passed);                                  \
        memcpy (cursor, &little, sizeof little);                                                   \
      }                                                                                            \
    visitor->cursor = cursor + sizeof passed;                                                      \
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

_MIGDESC_DEFINE_VISIT (u8, guint8, 8, migdesc_visitor_visit_uint8)
_MIGDESC_DEFINE_VISIT (u16, guint16, 16, migdesc_visitor_visit_uint16)
_MIGDESC_DEFINE_VISIT (u32, guint32, 32, migdesc_visitor_visit_uint32)
_MIGDESC_DEFINE_VISIT (u64, guint64, 64, migdesc_visitor_visit_uint64)
_MIGDESC_DEFINE_VISIT (i8, gint8, 8, migdesc_visitor_visit_int8)
_MIGDESC_DEFINE_VISIT (i16, gint16, 16, migdesc_visitor_visit_int16)
_MIGDESC_DEFINE_VISIT (i32, gint32, 32, migdesc_visitor_visit_int32)
_MIGDESC_DEFINE_VISIT (i64, gint64, 64, migdesc_visitor_visit_int64)

#undef _MIGDESC_DEFINE_VISIT
#undef _MIGDESC_LITTLE_8
#undef _MIGDESC_LITTLE_16
#undef _MIGDESC_LITTLE_32
#undef _MIGDESC_LITTLE_64

#endif

G_END_DECLS
