/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <migdesc/migdesc-visitor.h>

#include "state/plan/column.h"

G_BEGIN_DECLS

/* A run: fields of a struct, nested structs included, that have a fixed size together. It knows
 * them twice: as steps with names, for formats that write field by field, and as columns, for those
 * that move bytes. In the bytes of a run the fields follow each other, little-endian, without
 * padding. */

typedef enum
{
  MIGDESC_STEP_FIELD, /* a scalar, an array of scalars, a buffer, a constant, padding */
  MIGDESC_STEP_BEGIN, /* a nested struct */
  MIGDESC_STEP_END
} MigdescStepKind;

typedef struct
{
  MigdescStepKind kind;
  const MigdescField *field;
  guint32 offset; /* in memory, from the run's base */
  guint32 wire;   /* in the run's bytes */
} MigdescStep;

/* Bytes that are the same in memory and in the stream: neighbouring fields together. */
typedef struct
{
  guint32 offset;
  guint32 wire;
  guint32 length;
  /* The bits of these bytes that no value has, where bounds can be said so; NULL: none. */
  const guint8 *forbidden;
} MigdescCopy;

/* Widths of 1, 2, 4 and 8 bytes. */
#define MIGDESC_N_WIDTHS 4

struct _MigdescRun
{
  guint32 wire_size;
  guint32 n_steps;
  guint32 n_copies;
  guint32 n_checks;
  guint32 n_arrays;
  guint32 n_moves;
  guint32 n_singles[MIGDESC_N_WIDTHS];
  const MigdescStep *steps;
  const MigdescCopy *copies;
  /* What is copied and has bounds, those that are masked while it is copied included: a column a
   * field, for rows; and for one struct the singles, and the arrays at the end of the columns. */
  const MigdescColumn *checks;
  const MigdescSingle *singles[MIGDESC_N_WIDTHS];
  /* What cannot be copied. */
  const MigdescColumn *moves;
};

/* FALSE: a value was out of bounds; migdesc_run_find says which. What was written to bytes, or to
 * base, is then of no use. bytes has room for wire_size * n. */
gboolean migdesc_run_encode (const MigdescRun *run, gconstpointer base, guint8 *bytes);
gboolean migdesc_run_decode (const MigdescRun *run, gpointer base, const guint8 *bytes);
gboolean migdesc_run_encode_rows (const MigdescRun *run,
                                  gconstpointer base,
                                  gsize n,
                                  gsize stride,
                                  guint8 *bytes);
gboolean migdesc_run_decode_rows (const MigdescRun *run,
                                  gpointer base,
                                  gsize n,
                                  gsize stride,
                                  const guint8 *bytes);

/* Scalars of one field, as columns have them. */
gboolean migdesc_scalars_encode (const MigdescField *field,
                                 gconstpointer data,
                                 gsize n,
                                 guint8 *bytes);
gboolean migdesc_scalars_decode (const MigdescField *field,
                                 gpointer data,
                                 gsize n,
                                 const guint8 *bytes);

/* The first value of the bytes, or of the struct if they are NULL, that is out of bounds: appends
 * its path to path ("timer.expires", "rss[3]"), sets an error, and gives its offset in the
 * bytes. */
gsize migdesc_run_find (const MigdescRun *run,
                        gconstpointer base,
                        const guint8 *bytes,
                        GString *path,
                        GError **error);

/* Sets an error that says which values the field may have, and that this one is not among them:
 * state-range, or state-constant. The value is as migdesc_field_load gives it. */
void migdesc_field_set_range_error (const MigdescField *field, guint64 value, GError **error);

/* Field by field: what migdesc_visitor_class's visit_run is by default. */
gboolean migdesc_run_visit (const MigdescRun *run,
                            MigdescVisitor *visitor,
                            gpointer base,
                            GError **error);

G_END_DECLS
