/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#if !defined(MIGDESC_INSIDE) && !defined(MIGDESC_COMPILATION)
#error "Only <migdesc/migdesc.h> can be included directly."
#endif

#include <stddef.h>

#include <glib-object.h>
#include <migdesc/migdesc-macros.h>
#include <migdesc/migdesc-types.h>

G_BEGIN_DECLS

/**
 * SECTION:migdesc-field
 * @title: Field tables
 * @short_description: A device's state, declared once over a C struct
 *
 * A device's state is a C struct; a table says what in it is state, and between which bounds. From
 * the table come saving, loading, dumping, the schema and the comparison of two versions:
 *
 * |[<!-- language="C" -->
 * typedef struct
 * {
 *   guint16 mtu;
 *   guint8 link;
 *   guint8 eeprom[64];
 * } NicState;
 *
 * static const char *const link_words[] = { "down", "up", "negotiating" };
 *
 * static const MigdescField nic_fields[] = {
 *   MIGDESC_U16 (NicState, mtu, 68, 9216, MIGDESC_SINCE (2), MIGDESC_DEFAULT (1500)),
 *   MIGDESC_ENUM (NicState, link, link_words),
 *   MIGDESC_BYTES (NicState, eeprom),
 * };
 * MIGDESC_STRUCT (nic_state, NicState, 2, 1, nic_fields, NULL);
 * ]|
 *
 * A field has bounds, or cannot be declared. A wrong width, an element of another type, a bound
 * outside of the type are errors of the compiler; what the compiler cannot see is an error of
 * migdesc_state_type_new(): two fields over the same bytes, two of one name, a count behind its
 * array, a missing maximum.
 *
 * Gates come last in a field, in this order: %MIGDESC_SINCE, %MIGDESC_UNTIL, %MIGDESC_IF,
 * %MIGDESC_NEEDED, then %MIGDESC_DEFAULT or %MIGDESC_REQUIRED, then %MIGDESC_DROPPABLE.
 */

/**
 * MigdescFieldKind:
 * @MIGDESC_FIELD_BOOL: a truth value, `bool` or #gboolean; one byte in a stream
 * @MIGDESC_FIELD_UINT: an unsigned integer of 1, 2, 4 or 8 bytes
 * @MIGDESC_FIELD_INT: a signed integer of 1, 2, 4 or 8 bytes
 * @MIGDESC_FIELD_DOUBLE: a #gdouble; finite
 * @MIGDESC_FIELD_ENUM: an integer from 0, each value with its word
 * @MIGDESC_FIELD_FLAGS: an integer of bits from the lowest, each bit with its word
 * @MIGDESC_FIELD_INDEX: a position in an array of the same struct
 * @MIGDESC_FIELD_TIMER: nanoseconds at which a timer fires, -1 when it is not armed
 * @MIGDESC_FIELD_BYTES: a buffer
 * @MIGDESC_FIELD_STRING: UTF-8 text that ends in NUL
 * @MIGDESC_FIELD_BITMAP: bits, the lowest of the first byte first
 * @MIGDESC_FIELD_STRUCT: a struct with a table of its own
 * @MIGDESC_FIELD_CONSTANT: a number that both sides must agree on; not in memory
 * @MIGDESC_FIELD_UNUSED: bytes of zero; not in memory
 * @MIGDESC_FIELD_RELATION: what must hold between two fields, or a field and a parameter
 * @MIGDESC_FIELD_SECTION: fields of the same struct that may be absent, with a version of their own
 *
 * What a field is.
 *
 * Since: 1.0
 */
typedef enum
{
  MIGDESC_FIELD_BOOL = 1,
  MIGDESC_FIELD_UINT,
  MIGDESC_FIELD_INT,
  MIGDESC_FIELD_DOUBLE,
  MIGDESC_FIELD_ENUM,
  MIGDESC_FIELD_FLAGS,
  MIGDESC_FIELD_INDEX,
  MIGDESC_FIELD_TIMER,
  MIGDESC_FIELD_BYTES,
  MIGDESC_FIELD_STRING,
  MIGDESC_FIELD_BITMAP,
  MIGDESC_FIELD_STRUCT,
  MIGDESC_FIELD_CONSTANT,
  MIGDESC_FIELD_UNUSED,
  MIGDESC_FIELD_RELATION,
  MIGDESC_FIELD_SECTION
} MigdescFieldKind;

#define MIGDESC_TYPE_FIELD_KIND (migdesc_field_kind_get_type ())
MIGDESC_AVAILABLE_IN_1_0
GType migdesc_field_kind_get_type (void) G_GNUC_CONST;

/**
 * MigdescFieldStorage:
 * @MIGDESC_STORAGE_INLINE: in the struct itself
 * @MIGDESC_STORAGE_ALLOCATED: behind a pointer, with room for the elements there are
 * @MIGDESC_STORAGE_NULLABLE: behind a pointer to one struct, which may be %NULL
 * @MIGDESC_STORAGE_PTR_ARRAY: a #GPtrArray of pointers to structs; %NULL is an empty one
 * @MIGDESC_STORAGE_LIST: a #GList of pointers to structs
 * @MIGDESC_STORAGE_QUEUE: a #GQueue, in the struct itself, of pointers to structs
 *
 * Where a field's elements are.
 *
 * Since: 1.0
 */
typedef enum
{
  MIGDESC_STORAGE_INLINE,
  MIGDESC_STORAGE_ALLOCATED,
  MIGDESC_STORAGE_NULLABLE,
  MIGDESC_STORAGE_PTR_ARRAY,
  MIGDESC_STORAGE_LIST,
  MIGDESC_STORAGE_QUEUE
} MigdescFieldStorage;

#define MIGDESC_TYPE_FIELD_STORAGE (migdesc_field_storage_get_type ())
MIGDESC_AVAILABLE_IN_1_0
GType migdesc_field_storage_get_type (void) G_GNUC_CONST;

/**
 * MigdescFieldCount:
 * @MIGDESC_COUNT_ONE: one element
 * @MIGDESC_COUNT_FIXED: as many as there is room for
 * @MIGDESC_COUNT_OWNED: the count goes with the field, and is kept in another member or the list
 * @MIGDESC_COUNT_FIELD: an earlier field of the table is the count
 * @MIGDESC_COUNT_PARAM: a migration parameter is the count
 *
 * How many elements a field has.
 *
 * Since: 1.0
 */
typedef enum
{
  MIGDESC_COUNT_ONE,
  MIGDESC_COUNT_FIXED,
  MIGDESC_COUNT_OWNED,
  MIGDESC_COUNT_FIELD,
  MIGDESC_COUNT_PARAM
} MigdescFieldCount;

#define MIGDESC_TYPE_FIELD_COUNT (migdesc_field_count_get_type ())
MIGDESC_AVAILABLE_IN_1_0
GType migdesc_field_count_get_type (void) G_GNUC_CONST;

/**
 * MigdescFieldRelation:
 * @MIGDESC_LT: less than
 * @MIGDESC_LE: less than or equal to
 * @MIGDESC_EQ: equal to
 * @MIGDESC_NE: not equal to
 *
 * What must hold between two numbers of a state.
 *
 * Since: 1.0
 */
typedef enum
{
  MIGDESC_LT = 1,
  MIGDESC_LE,
  MIGDESC_EQ,
  MIGDESC_NE
} MigdescFieldRelation;

#define MIGDESC_TYPE_FIELD_RELATION (migdesc_field_relation_get_type ())
MIGDESC_AVAILABLE_IN_1_0
GType migdesc_field_relation_get_type (void) G_GNUC_CONST;

/**
 * MigdescFieldFlags:
 * @MIGDESC_FIELD_REQUIRED: where a version or configuration lacks this field, the state cannot be
 *     loaded
 * @MIGDESC_FIELD_HAS_DEFAULT: where it is lacking, the field has its default value
 * @MIGDESC_FIELD_DROPPABLE: a reader that does not know this section may skip it
 * @MIGDESC_FIELD_NON_FINITE: infinities and not-a-number are values too
 * @MIGDESC_FIELD_GONE: the member does not exist any more; its default value is written
 * @MIGDESC_FIELD_SIGNED: a constant of a kind with a sign
 * @MIGDESC_FIELD_NONE_ALLOWED: an index may also have the value max, which means none
 *
 * More about a field.
 *
 * Since: 1.0
 */
typedef enum /*< flags >*/
{
  MIGDESC_FIELD_REQUIRED = 1 << 0,
  MIGDESC_FIELD_HAS_DEFAULT = 1 << 1,
  MIGDESC_FIELD_DROPPABLE = 1 << 2,
  MIGDESC_FIELD_NON_FINITE = 1 << 3,
  MIGDESC_FIELD_GONE = 1 << 4,
  MIGDESC_FIELD_NONE_ALLOWED = 1 << 5,
  MIGDESC_FIELD_SIGNED = 1 << 6
} MigdescFieldFlags;

#define MIGDESC_TYPE_FIELD_FLAGS (migdesc_field_flags_get_type ())
MIGDESC_AVAILABLE_IN_1_0
GType migdesc_field_flags_get_type (void) G_GNUC_CONST;

/* g++ warns of members without initialisers unless they have one of their own. */
#ifdef __cplusplus
#define _MIGDESC_ZERO = {}
#else
#define _MIGDESC_ZERO
#endif

typedef struct _MigdescField MigdescField;
typedef struct _MigdescStruct MigdescStruct;

/**
 * MigdescNeededFunc: (skip)
 * @state: the struct about to be saved
 *
 * Whether an optional section is needed: asked on save only.
 *
 * Returns: whether to write the section
 *
 * Since: 1.0
 */
typedef gboolean (*MigdescNeededFunc) (gconstpointer state);

/**
 * MigdescCheckFunc: (skip)
 * @state: a struct, just read or about to be written
 * @error: return location for a #GError
 *
 * Checks what no bound and no relation can say. It must not change @state, and comes after all
 * bounds and relations hold.
 *
 * Returns: %FALSE, and an error, when the state is not valid
 *
 * Since: 1.0
 */
typedef gboolean (*MigdescCheckFunc) (gconstpointer state, GError **error);

/**
 * MigdescField:
 *
 * One row of a field table. Made by the macros alone: its members are not for use.
 *
 * Since: 1.0
 */
#ifndef __GI_SCANNER__
struct _MigdescField
{
  /*< private >*/
  const char *name _MIGDESC_ZERO;
  const char *owner _MIGDESC_ZERO; /* the C name of the struct */
  guint8 kind _MIGDESC_ZERO;       /* MigdescFieldKind */
  guint8 storage _MIGDESC_ZERO;    /* MigdescFieldStorage */
  guint8 counting _MIGDESC_ZERO;   /* MigdescFieldCount */
  guint8 relation _MIGDESC_ZERO;   /* MigdescFieldRelation */
  guint32 flags _MIGDESC_ZERO;     /* MigdescFieldFlags that the kind implies */
  guint32 offset _MIGDESC_ZERO;    /* of the member */
  guint32 size _MIGDESC_ZERO;      /* of the member */
  guint32 width _MIGDESC_ZERO;     /* bytes of one scalar; of one element for structs */
  guint32 capacity _MIGDESC_ZERO;  /* the most elements, bytes or bits; 0 with neither */
  guint32 count_offset _MIGDESC_ZERO;
  guint32 count_width _MIGDESC_ZERO;
  guint64 min _MIGDESC_ZERO; /* two's complement for signed ones */
  guint64 max _MIGDESC_ZERO;
  double real_min _MIGDESC_ZERO;
  double real_max _MIGDESC_ZERO;
  const char *const *words _MIGDESC_ZERO;
  guint32 n_words _MIGDESC_ZERO;
  guint32 n_fields _MIGDESC_ZERO;           /* of a section */
  /* the field or param of a count, the array of an index, the right side of a relation */
  const char *other _MIGDESC_ZERO;
  const MigdescStruct *type _MIGDESC_ZERO;  /* of the elements */
  const MigdescField *fields _MIGDESC_ZERO; /* of a section */
  guint32 version _MIGDESC_ZERO;            /* of a section */
  guint32 minimum _MIGDESC_ZERO;            /* of a section */
  /* the gates */
  guint32 since _MIGDESC_ZERO;
  guint32 until _MIGDESC_ZERO;
  const char *param _MIGDESC_ZERO;
  const char *param_value _MIGDESC_ZERO;
  MigdescNeededFunc needed _MIGDESC_ZERO;
  const char *needed_name _MIGDESC_ZERO;
  guint32 more_flags _MIGDESC_ZERO; /* MigdescFieldFlags given with the field */
  guint32 hidden _MIGDESC_ZERO;     /* offset of what a type made of a schema keeps with a field */
  guint64 default_value _MIGDESC_ZERO;
  guint32 section_flags _MIGDESC_ZERO; /* MIGDESC_FIELD_DROPPABLE or 0 */
  gpointer reserved_[4] _MIGDESC_ZERO;
  int end_ _MIGDESC_ZERO;
};
#endif

/**
 * MigdescStruct:
 *
 * A struct with its field table: what %MIGDESC_STRUCT makes. Its members are not for use.
 *
 * Since: 1.0
 */
#ifndef __GI_SCANNER__
struct _MigdescStruct
{
  /*< private >*/
  /* of MigdescStruct and of MigdescField, as the table was compiled */
  guint32 struct_size _MIGDESC_ZERO;
  guint32 field_size _MIGDESC_ZERO;
  const char *name _MIGDESC_ZERO;
  const char *owner _MIGDESC_ZERO;
  guint32 size _MIGDESC_ZERO; /* of the state */
  guint32 alignment _MIGDESC_ZERO;
  guint32 version _MIGDESC_ZERO;
  guint32 minimum _MIGDESC_ZERO;
  const MigdescField *fields _MIGDESC_ZERO;
  guint32 n_fields _MIGDESC_ZERO;
  guint32 synthetic _MIGDESC_ZERO; /* made of a schema: check is a name only */
  MigdescCheckFunc check _MIGDESC_ZERO;
  const char *check_name _MIGDESC_ZERO;
  gpointer reserved_[4] _MIGDESC_ZERO;
};
#endif

G_END_DECLS
