/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Fields that are structs, and the struct itself. */

#pragma once

#if !defined(MIGDESC_INSIDE) && !defined(MIGDESC_COMPILATION)
#error "Only <migdesc/migdesc.h> can be included directly."
#endif

#include <migdesc/migdesc-field-gates.h>

/**
 * SECTION:migdesc-field-structs
 * @title: Structs in structs
 * @short_description: Nested structs, arrays and lists of them
 *
 * Each macro is a row of a field table (see #MigdescField). The nested struct has a table of its
 * own, made by %MIGDESC_STRUCT before.
 */

#if !defined(__cplusplus) || __cplusplus >= 201703L

/**
 * MIGDESC_NESTED:
 * @type: the C type of the struct
 * @member: the member
 * @...: a table made by %MIGDESC_STRUCT; then gates
 *
 * A struct inside of this one.
 *
 * Since: 1.0
 */
#define MIGDESC_NESTED(type, member, ...) \
  MIGDESC_NESTED_ (type, member, __VA_ARGS__, .end_ = 0)

/**
 * MIGDESC_STRUCTS:
 * @type: the C type of the struct
 * @member: the member
 * @...: a table made by %MIGDESC_STRUCT; then gates
 *
 * An array of structs, all of it.
 *
 * Since: 1.0
 */
#define MIGDESC_STRUCTS(type, member, ...) \
  MIGDESC_STRUCTS_ALL_ (type, member, __VA_ARGS__, .end_ = 0)

/**
 * MIGDESC_STRUCTS_N:
 * @type: the C type of the struct
 * @member: the member
 * @count: the member that holds the count: a #guint8, #guint16 or #guint32
 * @...: a table made by %MIGDESC_STRUCT; then gates
 *
 * The first @count elements of an array of structs. The count goes with the array, and needs no
 * field of its own.
 *
 * Since: 1.0
 */
#define MIGDESC_STRUCTS_N(type, member, count, ...) \
  MIGDESC_STRUCTS_N_ (type, member, MIGDESC_COUNT_OWNED, count, __VA_ARGS__, .end_ = 0)

/**
 * MIGDESC_STRUCTS_COUNTED:
 * @type: the C type of the struct
 * @member: the member
 * @count: a field declared earlier that holds the count
 * @...: a table made by %MIGDESC_STRUCT; then gates
 *
 * The first @count elements of an array of structs, where the count is a field declared before.
 *
 * Since: 1.0
 */
#define MIGDESC_STRUCTS_COUNTED(type, member, count, ...) \
  MIGDESC_STRUCTS_N_ (type, member, MIGDESC_COUNT_FIELD, count, __VA_ARGS__, .end_ = 0)

/**
 * MIGDESC_STRUCTS_PARAM:
 * @type: the C type of the struct
 * @member: the member
 * @param: the name of a migration parameter, whose value is the count
 * @...: a table made by %MIGDESC_STRUCT; then gates
 *
 * The first elements of an array of structs, as many as a migration parameter says.
 *
 * Since: 1.0
 */
#define MIGDESC_STRUCTS_PARAM(type, member, param, ...) \
  MIGDESC_STRUCTS_PARAM_ (type, member, param, __VA_ARGS__, .end_ = 0)

/**
 * MIGDESC_VSTRUCTS:
 * @type: the C type of the struct
 * @member: the member, a pointer; g_free() frees what it points to
 * @count: the member that holds the count: a #guint8, #guint16 or #guint32
 * @maximum: the most elements or bytes
 * @...: a table made by %MIGDESC_STRUCT; then gates
 *
 * An allocated array of structs. The count goes with the array, and needs no field of its own.
 *
 * Since: 1.0
 */
#define MIGDESC_VSTRUCTS(type, member, count, maximum, ...) \
  MIGDESC_VSTRUCTS_ (type, member, count, maximum, __VA_ARGS__, .end_ = 0)

/**
 * MIGDESC_POINTER:
 * @type: the C type of the struct
 * @member: the member, a pointer; g_free() frees what it points to
 * @...: a table made by %MIGDESC_STRUCT; then gates
 *
 * A pointer to a struct, or %NULL.
 *
 * Since: 1.0
 */
#define MIGDESC_POINTER(type, member, ...) \
  MIGDESC_POINTER_ (type, member, __VA_ARGS__, .end_ = 0)

/**
 * MIGDESC_LIST:
 * @type: the C type of the struct
 * @member: the member, a `GPtrArray *` without a function that frees elements; %NULL is empty
 * @table: a table made by %MIGDESC_STRUCT
 * @...: the most elements or bytes; then gates
 *
 * A list of structs, none of them %NULL. The state owns them, each a block of its own from
 * g_malloc(): what clears it frees what the elements own, the elements with g_free(), and then the
 * array with g_ptr_array_unref(). So the array must come from g_ptr_array_new(), not from
 * g_ptr_array_new_with_free_func() or the like, whose function would free the elements again.
 *
 * Since: 1.0
 */
#define MIGDESC_LIST(type, member, table, ...) \
  MIGDESC_LISTED_ (type, member, MIGDESC_STORAGE_PTR_ARRAY, GPtrArray *, table, \
                   __VA_ARGS__, .end_ = 0)

/**
 * MIGDESC_GLIST:
 * @type: the C type of the struct
 * @member: the member, a `GList *`; g_free() frees its elements
 * @table: a table made by %MIGDESC_STRUCT
 * @...: the most elements or bytes; then gates
 *
 * A list of structs, none of them %NULL.
 *
 * Since: 1.0
 */
#define MIGDESC_GLIST(type, member, table, ...) \
  MIGDESC_LISTED_ (type, member, MIGDESC_STORAGE_LIST, GList *, table, __VA_ARGS__, .end_ = 0)

/**
 * MIGDESC_GQUEUE:
 * @type: the C type of the struct
 * @member: the member, a `GQueue`; g_free() frees its elements
 * @table: a table made by %MIGDESC_STRUCT
 * @...: the most elements or bytes; then gates
 *
 * A list of structs, none of them %NULL.
 *
 * Since: 1.0
 */
#define MIGDESC_GQUEUE(type, member, table, ...) \
  MIGDESC_LISTED_ (type, member, MIGDESC_STORAGE_QUEUE, GQueue, table, __VA_ARGS__, .end_ = 0)

#endif
