/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <migdesc/migdesc-matrix.h>

#include "model/core.h"

G_BEGIN_DECLS

/* A pair that is promised, or tested, or both */
typedef struct
{
  guint32 from; /* positions among the matrix's versions */
  guint32 to;
  guint32 older;     /* of the two, as who promises or tested them has it */
  guint8 promise;    /* MigdescSupport; below FORWARD: none */
  guint8 by_version; /* the promise is that of the newer version, not of the model */
  guint8 tested;
} MigdescMatrixPair;

struct _MigdescMatrix
{
  gatomicrefcount ref_count;
  char *model;
  MigdescStore **stores; /* of the programs, each that differs from those before */
  guint32 n_stores;
  guint32 *programs; /* of each descriptor, in the order given, the position of its store */
  guint32 n_programs;
  GPtrArray *versions; /* names of all versions, oldest first; the stores' */
  GArray *pairs;       /* MigdescMatrixPair */
  guint32 n_promised;
  guint32 n_missing;
};

/* Finds the versions, in an order that fits all descriptors if there is one. Errors:
 * limit-exceeded. */
gboolean migdesc_matrix_find_versions (MigdescMatrix *matrix, guint64 max_steps, GError **error);
/* Finds the versions and pairs. Errors: limit-exceeded. */
gboolean migdesc_matrix_find_pairs (MigdescMatrix *matrix, guint64 max_steps, GError **error);

/* The core of the model in the store at that position, or NULL */
const MigdescModelCore *migdesc_matrix_get_core (const MigdescMatrix *matrix, guint32 position);

static inline const MigdescMatrixPair *
migdesc_matrix_get_pair (const MigdescMatrix *matrix,
                         guint pair)
{
  return &g_array_index (matrix->pairs, MigdescMatrixPair, pair);
}

static inline const char *
migdesc_matrix_get_version_name (const MigdescMatrix *matrix,
                                 guint32 version)
{
  return g_ptr_array_index (matrix->versions, version);
}

static inline const char *
migdesc_matrix_get_newer_name (const MigdescMatrix *matrix,
                               const MigdescMatrixPair *pair)
{
  return migdesc_matrix_get_version_name (matrix, pair->older == pair->from ? pair->to
                                                                            : pair->from);
}

static inline gboolean
migdesc_matrix_pair_is_promised (const MigdescMatrixPair *pair)
{
  return pair->promise >= MIGDESC_SUPPORT_FORWARD;
}

G_END_DECLS
