/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "tool-read.h"

G_BEGIN_DECLS

/* What became of a pair of versions */
typedef struct
{
  gboolean was_run;
  GError *error; /* NULL: it passed, if it was run */
} MatrixResult;

/* Runs the pairs that are promised and not tested, or all that are promised, with the programs
 * that the documents come from. One result for each pair of the matrix. */
GArray *matrix_run (const MigdescMatrix *matrix, GPtrArray *documents, gboolean all,
                    const MigdescLimits *limits);

G_END_DECLS
