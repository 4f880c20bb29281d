/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* What else a table has, and the table itself. */

#pragma once

#if !defined(MIGDESC_INSIDE) && !defined(MIGDESC_COMPILATION)
#error "Only <migdesc/migdesc.h> can be included directly."
#endif

#include <migdesc/migdesc-field-gates.h>

/**
 * SECTION:migdesc-field-tables
 * @title: Tables
 * @short_description: Constants, relations, sections, and the table itself
 *
 * What a field table has beside fields of the struct, and %MIGDESC_STRUCT, which makes it.
 */

#if !defined(__cplusplus) || __cplusplus >= 201703L

/**
 * MIGDESC_CONSTANT:
 * @name: the name, a string
 * @token: `U8` to `U64`, or `I8` to `I64`
 * @...: the value; then gates
 *
 * A number that is written, and must be the same when read. It is not in the struct.
 *
 * Since: 1.0
 */
#define MIGDESC_CONSTANT(name, token, ...) \
  MIGDESC_CONSTANT_ (name, token, __VA_ARGS__, .end_ = 0)

/**
 * MIGDESC_UNUSED:
 * @...: how many; then gates
 *
 * Bytes of zero, for what older versions had here. They must be zero when read too.
 *
 * Since: 1.0
 */
#define MIGDESC_UNUSED(...) \
  MIGDESC_UNUSED_ (__VA_ARGS__, .end_ = 0)

/**
 * MIGDESC_GONE:
 * @name: the name that the field had, a string
 * @token: the kind of the elements: `U8` to `U64`, `I8` to `I64`, `F64`, `BOOL` or `TIMER`
 * @min: the least value
 * @...: the greatest value; then gates
 *
 * A field that newer versions do not have: %MIGDESC_UNTIL says which had it,
 * %MIGDESC_DEFAULT what is written for them. When read it is checked and passed over.
 *
 * Since: 1.0
 */
#define MIGDESC_GONE(name, token, min, ...) \
  MIGDESC_GONE_ (name, token, min, __VA_ARGS__, .end_ = 0)

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
#define MIGDESC_RELATION(type, left, relation, right) \
  MIGDESC_RELATE_ (type, left, relation, right)

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
#define MIGDESC_RELATION_PARAM(type, left, relation, param) \
  MIGDESC_RELATE_PARAM_ (type, left, relation, param)

/**
 * MIGDESC_SECTION:
 * @name: the name, a string; at most 255 bytes
 * @...: an array of #MigdescField, over the same struct; then gates
 *
 * Fields that are absent together, by a gate; version 1. A reader that does not know the section
 * refuses the stream, unless it has %MIGDESC_DROPPABLE.
 *
 * Since: 1.0
 */
#define MIGDESC_SECTION(name, ...) \
  MIGDESC_SECTION_ (name, __VA_ARGS__, .end_ = 0)

/**
 * MIGDESC_SECTION_VERSION:
 * @name: the name, a string; at most 255 bytes
 * @fields: an array of #MigdescField, over the same struct
 * @version: the section's newest version, from 1
 * @...: the oldest version that can be read; then gates
 *
 * A section with versions of its own: the gates of its fields mean these.
 *
 * Since: 1.0
 */
#define MIGDESC_SECTION_VERSION(name, fields, version, ...) \
  MIGDESC_SECTION_VERSION_ (name, fields, version, __VA_ARGS__, .end_ = 0)

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
#define MIGDESC_STRUCT(name, type, version, minimum, fields, check) \
  MIGDESC_TABLE_ (name, type, version, minimum, fields, check)

#endif
