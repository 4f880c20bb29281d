/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <migdesc/migdesc-field.h>

G_BEGIN_DECLS

/* A state as a tree keeps it: the values of its fields one behind the other, in the order of a
 * plan, and nothing that the schema says already. No value takes more than a quarter more than in
 * any format, so that a tree is about as large as the least stream of it.
 *
 * integer, double     packed-number.h; a byte where the field has one
 * text                its length as a number, the bytes, NUL
 * buffer              its length as a number, unless it is known; the bytes
 * bitmap              its bytes
 * array of scalars    its count as a number, unless it is known; pieces, see below
 * array of structs    its count as a number, unless it is known; the structs
 * pointer             0, or 1 and the struct
 * constant, padding, what is gone, and a section's version: nothing
 *
 * Pieces have as many elements as MIGDESC_PIECE bytes of a binary stream. A piece begins with a
 * byte: how many bytes each element takes, signed ones as migdesc_sign_to_code makes them; or
 * PACKED_SHORT, then its length as a number, and the elements as single numbers are. The one that
 * is faster to read is taken unless it is half as long again. Elements of one byte have no such
 * byte, they are all there is.
 *
 * Where an array is long, and nothing says how long its elements are, it has marks: places of
 * elements to begin a search at. Nothing is ever looked for by going through more than a few
 * hundred bytes. */

#define MIGDESC_PIECE 32768
#define MIGDESC_PACKED_SHORT 0

typedef struct
{
  gsize at;        /* of the element; or of the piece that begins with it */
  guint32 element;
  guint32 is_inside; /* of a piece of single numbers */
} MigdescPackedMark;

typedef struct
{
  const MigdescField *field; /* with `start`, which array it is: one may begin where another does */
  gsize start;               /* of the elements */
  gsize end;
  gsize first_mark;
  gsize n_marks;
} MigdescPackedArray;

/* What grows by a quarter, and then has no more memory than it needs. */
typedef struct
{
  gpointer data;
  gsize n;
  gsize room;
} MigdescPackedList;

typedef struct
{
  guint8 *data;
  gsize length;
  gsize room;
  guint64 limit;  /* of all bytes; whoever packs looks at it */
  gsize covered;  /* bytes that nobody ever goes through, for they have a length or marks */
  MigdescPackedList arrays;  /* MigdescPackedArray; by start, once all is there */
  MigdescPackedList marks;   /* MigdescPackedMark */
  MigdescPackedList waiting; /* the same, of arrays that are not complete */
} MigdescPacked;

/* An array under way. */
typedef struct
{
  gsize start;
  gsize bare;      /* length less covered: at the start, */
  gsize marked;    /* and at the last mark */
  gsize first;     /* of its marks that wait */
} MigdescPacking;

void migdesc_packed_clear (MigdescPacked *packed);
/* Room for n more bytes behind the length; FALSE: there is no memory. */
gboolean migdesc_packed_reserve (MigdescPacked *packed, gsize n);
static inline guint8 *
migdesc_packed_get_tail (const MigdescPacked *packed)
{
  return packed->data + packed->length;
}

/* All is there: nothing takes more room than it needs from now on. */
void migdesc_packed_finish (MigdescPacked *packed);
/* What there is to a limit. */
guint64 migdesc_packed_get_size (const MigdescPacked *packed);

void migdesc_packing_begin (MigdescPacking *packing, MigdescPacked *packed);
/* Where an element begins, or a piece: a mark if it is time for one. */
gboolean migdesc_packing_mark (MigdescPacking *packing,
                               MigdescPacked *packed,
                               guint64 element,
                               gboolean is_inside);
void migdesc_packing_end (MigdescPacking *packing,
                          MigdescPacked *packed,
                          const MigdescField *field);

/* At most so many bytes does a piece of n elements take. */
gsize migdesc_packed_piece_size (const MigdescField *field, gsize n);
/* Appends a piece, for which there is room: n elements as they are in a struct. */
void migdesc_packing_add_piece (MigdescPacking *packing,
                                MigdescPacked *packed,
                                const MigdescField *field,
                                const guint8 *data,
                                guint64 first,
                                gsize n);

/* The array whose elements begin at start; NULL: it has no marks. */
const MigdescPackedArray *migdesc_packed_find (const MigdescPacked *packed,
                                               const MigdescField *field,
                                               gsize start);
/* The last mark at or before an element; NULL: there is none. */
const MigdescPackedMark *migdesc_packed_find_mark (const MigdescPacked *packed,
                                                   const MigdescPackedArray *array,
                                                   guint64 element);

/* Goes through an array of scalars. */
typedef struct
{
  const MigdescField *field;
  const guint8 *at;
  guint64 i;      /* the next element */
  guint64 n;      /* of the array */
  gsize left;     /* of the piece at hand */
  guint encoding; /* of the piece at hand: its byte */
} MigdescItems;

void migdesc_items_init (MigdescItems *items,
                         const MigdescField *field,
                         const guint8 *at,
                         guint64 n);
/* To an element, or the end; packed: NULL if that is not far. */
void migdesc_items_seek (MigdescItems *items, const MigdescPacked *packed, guint64 element);
/* The next, of which there has to be one, as migdesc_field_load has it. */
guint64 migdesc_items_next (MigdescItems *items);
/* The next n, as they are in a struct. */
void migdesc_items_read (MigdescItems *items, guint8 *data, gsize n);

G_END_DECLS
