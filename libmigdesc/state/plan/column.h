/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <migdesc/migdesc-field.h>

G_BEGIN_DECLS

typedef enum
{
  MIGDESC_COLUMN_COPY,   /* any bytes are fine */
  MIGDESC_COLUMN_BOUNDS, /* integers of one pair of bounds */
  MIGDESC_COLUMN_DOUBLE,
  MIGDESC_COLUMN_TRUTH,  /* a gboolean in memory, one byte in the stream */
  MIGDESC_COLUMN_VALUE,  /* not in memory: written as it is, checked when read */
  MIGDESC_COLUMN_ZERO    /* not in memory: n bytes of zero */
} MigdescColumnKind;

typedef struct
{
  guint64 min;
  guint64 span; /* max - min */
} MigdescBounds;

/* Of bounds from 0 to a power of two less one it is enough to know which bits there are. */
static inline gboolean
migdesc_bounds_are_mask (const MigdescBounds *bounds)
{
  return bounds->min == 0 && (bounds->span & (bounds->span + 1)) == 0;
}

/* The elements of one field. */
typedef struct
{
  guint8 kind;  /* MigdescColumnKind */
  guint8 width; /* of an element, in memory and in the stream but for TRUTH; 1 for COPY */
  guint8 is_masked; /* looked at while it is copied */
  guint32 n;
  guint32 offset;
  guint32 wire;
  MigdescBounds bounds;
  const MigdescField *field; /* of a DOUBLE */
  guint64 value;
} MigdescColumn;

/* One integer, to be checked with others of its width. */
typedef struct
{
  guint32 offset;
  guint32 wire;
  MigdescBounds bounds;
} MigdescSingle;

/* What such a column is: COPY, BOUNDS, TRUTH or DOUBLE. */
void migdesc_column_init (MigdescColumn *column, const MigdescField *field);
/* Whether its bytes are the same in memory and in the stream. */
gboolean migdesc_column_is_plain (const MigdescColumn *column);

/* The loops that runs consist of. Bounds are checked without a branch an element: what is found is
 * how far above its least value the worst one is; who that was is found by a second look. */

/* n elements of a BOUNDS or DOUBLE column whose bytes are the same in memory and in the stream. */
gboolean migdesc_check_column (const MigdescColumn *column,
                               const guint8 *at,
                               gsize n,
                               gsize stride);
/* Integers of a width, each with bounds of its own; of the struct, or of the run's bytes. */
gboolean migdesc_check_singles (guint width,
                                const MigdescSingle *singles,
                                guint32 n,
                                const guint8 *base,
                                gboolean is_wire);

/* A column that has to be changed on its way: of one struct. */
gboolean migdesc_move_column (const MigdescColumn *column,
                              const guint8 *from,
                              guint8 *to,
                              gboolean loading);

G_END_DECLS
