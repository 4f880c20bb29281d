/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Fields that are structs, and the struct itself. */

#pragma once

#if !defined(MIGDESC_INSIDE) && !defined(MIGDESC_COMPILATION)
#error "Only <migdesc/migdesc.h> can be included directly."
#endif

#include <migdesc/migdesc-field-gates.h>

#if !defined(__cplusplus) || __cplusplus >= 201703L

/**
 * MIGDESC_NESTED:
 * @type: the C type of the struct
 * @member: the member
 * @struct_: a table made by %MIGDESC_STRUCT
 * @...: gates
 *
 * A struct inside of this one.
 *
 * Since: 1.0
 */
#define MIGDESC_NESTED(type_, member_, ...) \
  MIGDESC_NESTED_ (type_, member_, __VA_ARGS__, .end_ = 0)
#define MIGDESC_NESTED_(type_, member_, struct_, ...) \
  { \
    MIGDESC_MEMBER_ (type_, member_, MIGDESC_FIELD_STRUCT, MIGDESC_STORAGE_INLINE, \
                     MIGDESC_COUNT_ONE, 0), \
        .width = MIGDESC_NEST_ (MIGDESC_TYPE_OF_ (type_, member_), struct_), .capacity = 1, \
        .type = &(struct_), __VA_ARGS__ \
  }

/**
 * MIGDESC_STRUCTS:
 * @type: the C type of the struct
 * @member: the member
 * @struct_: a table made by %MIGDESC_STRUCT
 * @...: gates
 *
 * An array of structs, all of it.
 *
 * Since: 1.0
 */
#define MIGDESC_STRUCTS(type_, member_, ...) \
  MIGDESC_STRUCTS_ALL_ (type_, member_, __VA_ARGS__, .end_ = 0)
#define MIGDESC_STRUCTS_ALL_(type_, member_, struct_, ...) \
  { \
    MIGDESC_STRUCTS_ (type_, member_, MIGDESC_COUNT_FIXED, struct_), .type = &(struct_), \
        __VA_ARGS__ \
  }

/**
 * MIGDESC_STRUCTS_N:
 * @type: the C type of the struct
 * @member: the member
 * @count: the member that holds the count: a #guint8, #guint16 or #guint32
 * @struct_: a table made by %MIGDESC_STRUCT
 * @...: gates
 *
 * The first @count elements of an array of structs. The count goes with the array, and needs no
 * field of its own.
 *
 * Since: 1.0
 */
#define MIGDESC_STRUCTS_N(type_, member_, count_, ...) \
  MIGDESC_STRUCTS_N_ (type_, member_, MIGDESC_COUNT_OWNED, count_, __VA_ARGS__, .end_ = 0)

/**
 * MIGDESC_STRUCTS_COUNTED:
 * @type: the C type of the struct
 * @member: the member
 * @count: a field declared earlier that holds the count
 * @struct_: a table made by %MIGDESC_STRUCT
 * @...: gates
 *
 * The first @count elements of an array of structs, where the count is a field declared before.
 *
 * Since: 1.0
 */
#define MIGDESC_STRUCTS_COUNTED(type_, member_, count_, ...) \
  MIGDESC_STRUCTS_N_ (type_, member_, MIGDESC_COUNT_FIELD, count_, __VA_ARGS__, .end_ = 0)
#define MIGDESC_STRUCTS_N_(type_, member_, counting_, count_, struct_, ...) \
  { \
    MIGDESC_STRUCTS_ (type_, member_, counting_, struct_), MIGDESC_COUNT_IN_ (type_, count_), \
        .other = #count_, .type = &(struct_), __VA_ARGS__ \
  }

/**
 * MIGDESC_STRUCTS_PARAM:
 * @type: the C type of the struct
 * @member: the member
 * @param: the name of a migration parameter, whose value is the count
 * @struct_: a table made by %MIGDESC_STRUCT
 * @...: gates
 *
 * The first elements of an array of structs, as many as a migration parameter says.
 *
 * Since: 1.0
 */
#define MIGDESC_STRUCTS_PARAM(type_, member_, param_, ...) \
  MIGDESC_STRUCTS_PARAM_ (type_, member_, param_, __VA_ARGS__, .end_ = 0)
#define MIGDESC_STRUCTS_PARAM_(type_, member_, param_, struct_, ...) \
  { \
    MIGDESC_STRUCTS_ (type_, member_, MIGDESC_COUNT_PARAM, struct_), .other = (param_), \
        .type = &(struct_), __VA_ARGS__ \
  }

/**
 * MIGDESC_VSTRUCTS:
 * @type: the C type of the struct
 * @member: the member, a pointer; g_free() frees what it points to
 * @count: the member that holds the count: a #guint8, #guint16 or #guint32
 * @maximum: the most elements or bytes
 * @struct_: a table made by %MIGDESC_STRUCT
 * @...: gates
 *
 * An allocated array of structs. The count goes with the array, and needs no field of its own.
 *
 * Since: 1.0
 */
#define MIGDESC_VSTRUCTS(type_, member_, count_, maximum_, ...) \
  MIGDESC_VSTRUCTS_ (type_, member_, count_, maximum_, __VA_ARGS__, .end_ = 0)
#define MIGDESC_VSTRUCTS_(type_, member_, count_, maximum_, struct_, ...) \
  { \
    MIGDESC_MEMBER_ (type_, member_, MIGDESC_FIELD_STRUCT, MIGDESC_STORAGE_ALLOCATED, \
                     MIGDESC_COUNT_OWNED, 0), \
        .width = MIGDESC_NEST_ (MIGDESC_TARGET_OF_ (type_, member_), struct_), \
        .capacity = (maximum_), MIGDESC_COUNT_IN_ (type_, count_), .other = #count_, \
        .type = &(struct_), __VA_ARGS__ \
  }

/**
 * MIGDESC_POINTER:
 * @type: the C type of the struct
 * @member: the member, a pointer; g_free() frees what it points to
 * @struct_: a table made by %MIGDESC_STRUCT
 * @...: gates
 *
 * A pointer to a struct, or %NULL.
 *
 * Since: 1.0
 */
#define MIGDESC_POINTER(type_, member_, ...) \
  MIGDESC_POINTER_ (type_, member_, __VA_ARGS__, .end_ = 0)
#define MIGDESC_POINTER_(type_, member_, struct_, ...) \
  { \
    MIGDESC_MEMBER_ (type_, member_, MIGDESC_FIELD_STRUCT, MIGDESC_STORAGE_NULLABLE, \
                     MIGDESC_COUNT_ONE, 0), \
        .width = MIGDESC_NEST_ (MIGDESC_TARGET_OF_ (type_, member_), struct_), .capacity = 1, \
        .type = &(struct_), __VA_ARGS__ \
  }

/**
 * MIGDESC_LIST:
 * @type: the C type of the struct
 * @member: the member, a `GPtrArray *`; g_free() frees its elements
 * @struct_: a table made by %MIGDESC_STRUCT
 * @maximum: the most elements or bytes
 * @...: gates
 *
 * A list of structs, none of them %NULL.
 *
 * Since: 1.0
 */
#define MIGDESC_LIST(type_, member_, struct_, ...) \
  MIGDESC_LISTED_ (type_, member_, MIGDESC_STORAGE_PTR_ARRAY, GPtrArray *, struct_, \
                   __VA_ARGS__, .end_ = 0)

/**
 * MIGDESC_GLIST:
 * @type: the C type of the struct
 * @member: the member, a `GList *`; g_free() frees its elements
 * @struct_: a table made by %MIGDESC_STRUCT
 * @maximum: the most elements or bytes
 * @...: gates
 *
 * A list of structs, none of them %NULL.
 *
 * Since: 1.0
 */
#define MIGDESC_GLIST(type_, member_, struct_, ...) \
  MIGDESC_LISTED_ (type_, member_, MIGDESC_STORAGE_LIST, GList *, struct_, __VA_ARGS__, .end_ = 0)

/**
 * MIGDESC_GQUEUE:
 * @type: the C type of the struct
 * @member: the member, a `GQueue`; g_free() frees its elements
 * @struct_: a table made by %MIGDESC_STRUCT
 * @maximum: the most elements or bytes
 * @...: gates
 *
 * A list of structs, none of them %NULL.
 *
 * Since: 1.0
 */
#define MIGDESC_GQUEUE(type_, member_, struct_, ...) \
  MIGDESC_LISTED_ (type_, member_, MIGDESC_STORAGE_QUEUE, GQueue, struct_, __VA_ARGS__, .end_ = 0)

#endif
