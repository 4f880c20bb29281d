/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "fleet/feed/line-batch.h"

#include <string.h>

#include "fleet/feed/host-json.h"

MigdescLineBatch *
migdesc_line_batch_new (const char *start, const char *end, gsize line_limit)
{
  MigdescLineBatch *batch = g_new0 (MigdescLineBatch, 1);

  batch->ref_count = 1;
  batch->start = start;
  batch->end = end;
  batch->line_limit = line_limit;
  batch->rows = g_array_new (FALSE, FALSE, sizeof (MigdescLineRow));
  migdesc_texts_init (&batch->rests, TRUE);
  return batch;
}

MigdescLineBatch *
migdesc_line_batch_ref (MigdescLineBatch *batch)
{
  g_atomic_int_inc (&batch->ref_count);
  return batch;
}

void
migdesc_line_batch_unref (MigdescLineBatch *batch)
{
  if (!g_atomic_int_dec_and_test (&batch->ref_count))
    return;
  g_array_unref (batch->rows);
  migdesc_texts_clear (&batch->rests);
  g_free (batch);
}

gboolean
migdesc_line_batch_claim (MigdescLineBatch *batch)
{
  return g_atomic_int_compare_and_exchange (&batch->claimed, 0, 1);
}

static gboolean
is_blank (const char *line, const char *end)
{
  while (line < end && (*line == ' ' || *line == '\t' || *line == '\r'))
    line++;
  return line == end;
}

static guint32
number_of_rest (MigdescTexts *rests, const char *rest, const char *end)
{
  gsize length = (gsize) (end - rest);
  guint64 hash = migdesc_texts_hash (rest, length);
  const MigdescText *known = migdesc_texts_find (rests, rest, length, hash);

  return known != NULL ? known->value : migdesc_texts_add (rests, rest, length, hash, rests->n);
}

static void
add_row (MigdescLineBatch *batch, const char *line, const char *end)
{
  MigdescLineRow row = { .line = line,
                         .line_length = (guint32) MIN ((gsize) (end - line), G_MAXUINT32),
                         .number = batch->n_lines,
                         .rest = MIGDESC_LINE_ODD };
  const char *rest = NULL;
  gsize length = 0;

  if ((gsize) (end - line) <= batch->line_limit)
    rest = migdesc_host_scan_name (line, end, &row.name, &length);
  if (rest != NULL)
    {
      row.name_length = (guint32) length;
      row.rest = number_of_rest (&batch->rests, rest, end);
    }
  g_array_append_val (batch->rows, row);
}

void
migdesc_line_batch_scan (MigdescLineBatch *batch)
{
  const char *next;

  for (const char *line = batch->start; line < batch->end; line = next)
    {
      const char *end = memchr (line, '\n', (gsize) (batch->end - line));

      next = end != NULL ? end + 1 : batch->end;
      end = end != NULL ? end : batch->end;
      if (!is_blank (line, end))
        add_row (batch, line, end);
      batch->n_lines++;
    }
}
