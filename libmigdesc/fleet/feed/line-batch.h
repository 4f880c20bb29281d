/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "fleet/feed/texts.h"

G_BEGIN_DECLS

/* A piece of JSON lines in which equal hosts have been found: what can be done by any thread, since
 * it needs nothing of the fleet. It costs by far the most of reading lines that are much alike. */

#define MIGDESC_LINE_ODD G_MAXUINT32 /* it does not begin with a plain name: it has to be read */

typedef struct
{
  const char *line;
  const char *name; /* unless odd */
  guint32 line_length;
  guint32 name_length;
  guint32 number; /* of the line in the piece, from 0 */
  guint32 rest;   /* the number of what follows the name, in rests */
} MigdescLineRow;

typedef struct
{
  gint ref_count;
  gint claimed; /* somebody is at it, or has been */
  gboolean done; /* under the lock of whoever shares the batch */
  const char *start;
  const char *end;
  gsize line_limit;
  GArray *rows; /* MigdescLineRow */
  guint32 n_lines;
  MigdescTexts rests;
} MigdescLineBatch;

/* Whole lines; they have to outlive the batch. */
MigdescLineBatch *migdesc_line_batch_new (const char *start, const char *end, gsize line_limit);
MigdescLineBatch *migdesc_line_batch_ref (MigdescLineBatch *batch);
void migdesc_line_batch_unref (MigdescLineBatch *batch);

/* FALSE: somebody else has. */
gboolean migdesc_line_batch_claim (MigdescLineBatch *batch);
/* By who claimed it */
void migdesc_line_batch_scan (MigdescLineBatch *batch);

G_END_DECLS
