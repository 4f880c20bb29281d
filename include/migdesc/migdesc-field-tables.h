/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* What else a table has, and the table itself. */

#pragma once

#if !defined(MIGDESC_INSIDE) && !defined(MIGDESC_COMPILATION)
#error "Only <migdesc/migdesc.h> can be included directly."
#endif

#include <migdesc/migdesc-field-gates.h>

#if !defined(__cplusplus) || __cplusplus >= 201703L

/**
 * MIGDESC_CONSTANT:
 * @name: the name, a string
 * @token: `U8`, `U16`, `U32` or `U64`
 * @value: the value
 * @...: gates
 *
 * A number that is written, and must be the same when read. It is not in the struct.
 *
 * Since: 1.0
 */
#define MIGDESC_CONSTANT(name_, token, ...) \
  MIGDESC_CONSTANT_ (name_, token, __VA_ARGS__, .end_ = 0)
#define MIGDESC_CONSTANT_(name_, token, value_, ...) \
  { \
    .name = (name_), .kind = MIGDESC_FIELD_CONSTANT, .width = MIGDESC_WIDTH_##token##_, \
    .capacity = 1, MIGDESC_BOUNDS_##token##_ (value_, value_), __VA_ARGS__ \
  }

/**
 * MIGDESC_UNUSED:
 * @bytes: how many
 * @...: gates
 *
 * Bytes of zero, for what older versions had here. They must be zero when read too.
 *
 * Since: 1.0
 */
#define MIGDESC_UNUSED(...) \
  MIGDESC_UNUSED_ (__VA_ARGS__, .end_ = 0)
#define MIGDESC_UNUSED_(bytes_, ...) \
  { \
    .name = "", .kind = MIGDESC_FIELD_UNUSED, .width = 1, .capacity = (bytes_), __VA_ARGS__ \
  }

/**
 * MIGDESC_GONE:
 * @name: the name that the field had, a string
 * @token: the kind of the elements: `U8` to `U64`, `I8` to `I64`, `F64`, `BOOL` or `TIMER`
 * @min: the least value
 * @max: the greatest value
 * @...: gates
 *
 * A field that newer versions do not have: %MIGDESC_UNTIL says which had it,
 * %MIGDESC_DEFAULT what is written for them. When read it is checked and passed over.
 *
 * Since: 1.0
 */
#define MIGDESC_GONE(name_, token, min_, ...) \
  MIGDESC_GONE_ (name_, token, min_, __VA_ARGS__, .end_ = 0)
#define MIGDESC_GONE_(name_, token, min_, max_, ...) \
  { \
    .name = (name_), .kind = MIGDESC_KIND_##token##_, .flags = MIGDESC_FIELD_GONE, \
    .width = MIGDESC_WIDTH_##token##_, .capacity = 1, MIGDESC_BOUNDS_##token##_ (min_, max_), \
    __VA_ARGS__ \
  }

/**
 * MIGDESC_RELATION:
 * @type: the C type of the struct
 * @left: a member with a field of an integer, declared before
 * @relation: a #MigdescFieldRelation
 * @right: another such member
 *
 * What must hold between two fields, in every version that has both.
 *
 * Since: 1.0
 */
#define MIGDESC_RELATION(type_, left_, relation_, right_) \
  { \
    .name = #left_, .owner = #type_, .kind = MIGDESC_FIELD_RELATION, .relation = (relation_), \
    .offset = (guint32) offsetof (type_, left_), \
    .count_offset = (guint32) offsetof (type_, right_), .other = #right_ \
  }

/**
 * MIGDESC_RELATION_PARAM:
 * @type: the C type of the struct
 * @left: a member with a field of an integer, declared before
 * @relation: a #MigdescFieldRelation
 * @param: the name of a migration parameter
 *
 * What must hold between a field and a migration parameter.
 *
 * Since: 1.0
 */
#define MIGDESC_RELATION_PARAM(type_, left_, relation_, param_) \
  { \
    .name = #left_, .owner = #type_, .kind = MIGDESC_FIELD_RELATION, \
    .counting = MIGDESC_COUNT_PARAM, .relation = (relation_), \
    .offset = (guint32) offsetof (type_, left_), .other = (param_) \
  }

/**
 * MIGDESC_SECTION:
 * @name: the name, a string; at most 255 bytes
 * @fields: an array of #MigdescField, over the same struct
 * @...: gates
 *
 * Fields that are absent together, by a gate; version 1. A reader that does not know the section
 * refuses the stream, unless it has %MIGDESC_DROPPABLE.
 *
 * Since: 1.0
 */
#define MIGDESC_SECTION(name_, ...) \
  MIGDESC_SECTION_ (name_, __VA_ARGS__, .end_ = 0)
#define MIGDESC_SECTION_(name_, fields_, ...) \
  { \
    .name = (name_), .kind = MIGDESC_FIELD_SECTION, .n_fields = G_N_ELEMENTS (fields_), \
    .fields = (fields_), .version = 1, .minimum = 1, __VA_ARGS__ \
  }

/**
 * MIGDESC_SECTION_VERSION:
 * @name: the name, a string; at most 255 bytes
 * @fields: an array of #MigdescField, over the same struct
 * @version: the section's newest version, from 1
 * @minimum: the oldest version that can be read
 * @...: gates
 *
 * A section with versions of its own: the gates of its fields mean these.
 *
 * Since: 1.0
 */
#define MIGDESC_SECTION_VERSION(name_, fields_, version_, ...) \
  MIGDESC_SECTION_VERSION_ (name_, fields_, version_, __VA_ARGS__, .end_ = 0)
#define MIGDESC_SECTION_VERSION_(name_, fields_, version_, minimum_, ...) \
  { \
    .name = (name_), .kind = MIGDESC_FIELD_SECTION, .n_fields = G_N_ELEMENTS (fields_), \
    .fields = (fields_), .version = (version_), .minimum = (minimum_), __VA_ARGS__ \
  }

/**
 * MIGDESC_STRUCT:
 * @name: what the table is called
 * @type: the C type of the struct
 * @version: the newest state version, from 1
 * @minimum: the oldest state version that can be read, from 1
 * @fields: an array of #MigdescField
 * @check: a #MigdescCheckFunc, or %NULL
 *
 * Makes a static #MigdescStruct of a field table. A struct that is only nested in others has their
 * state versions, and @version and @minimum are of no meaning for it.
 *
 * Since: 1.0
 */
#define MIGDESC_STRUCT(name_, type_, version_, minimum_, fields_, check_) \
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
