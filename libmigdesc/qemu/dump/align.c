/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "qemu/dump/align.h"

#include "qemu/dump/fit-bytes.h"

/* Cells of the table; real lists differ in a few fields between a common head and tail. */
#define CELLS_MAX (G_GUINT64_CONSTANT (1) << 18)

typedef enum
{
  SKIP_SOURCE,
  SKIP_DESTINATION,
  PAIR
} Move;

typedef const MigdescQemuToken *Token;

static guint
rate_leaves (Token source,
             Token destination)
{
  gboolean same_bytes = source->is_open || source->bytes == destination->bytes
                        || migdesc_qemu_fit_has_open_count (source, destination);

  if (source->is_unused != destination->is_unused)
    return 0;
  if (source->is_unused)
    return same_bytes ? 3 : 2;
  if (strcmp (source->name, destination->name) == 0)
    return same_bytes ? 9 : 5;
  return same_bytes && !source->is_shared && !destination->is_shared ? 1 : 0;
}

static guint
rate_arrays (Token source,
             Token destination)
{
  gboolean same_count = source->count == destination->count;

  if (strcmp (source->name, destination->name) == 0)
    return same_count ? 9 : 5;
  return same_count
                 && migdesc_qemu_description_core_equal (source->element->description,
                                                         destination->element->description)
             ? 4
             : 0;
}

/* How well they match; 0: they are not of a pair. */
static guint
rate (Token source,
      Token destination)
{
  if (source->kind != destination->kind)
    return 0;
  switch (source->kind)
    {
    case MIGDESC_QEMU_TOKEN_LEAF:
      return rate_leaves (source, destination);
    case MIGDESC_QEMU_TOKEN_ARRAY:
      return rate_arrays (source, destination);
    default:
      return strcmp (source->name, destination->name) == 0 ? 8 : 6;
    }
}

static GPtrArray *
list_tokens (const MigdescQemuWire *wire)
{
  /* with room for one, so that there is somewhere to point to in an empty one */
  GPtrArray *list = g_ptr_array_sized_new (wire->n_tokens + 1);

  for (guint i = 0; i < wire->n_tokens; i++)
    if (wire->tokens[i].kind != MIGDESC_QEMU_TOKEN_GUARD)
      g_ptr_array_add (list, (gpointer) &wire->tokens[i]);
  return list;
}

static void
add_pair (GArray *pairs,
          Token source,
          Token destination)
{
  MigdescQemuPair pair = { source, destination };

  g_array_append_val (pairs, pair);
}

/* The best sum of ratings from each cell to the end, and how to get there. */
static guint8 *
fill_moves (const Token *source,
            guint n,
            const Token *destination,
            guint m)
{
  guint8 *moves = g_new (guint8, (gsize) n * m);
  g_autofree guint32 *below = g_new0 (guint32, m + 1);
  g_autofree guint32 *row = g_new0 (guint32, m + 1);

  for (guint i = n; i-- > 0;)
    {
      guint32 *swapped = below;

      for (guint j = m; j-- > 0;)
        {
          guint rating = rate (source[i], destination[j]);
          guint32 best = MAX (below[j], row[j + 1]);
          guint8 move = below[j] >= row[j + 1] ? SKIP_SOURCE : SKIP_DESTINATION;

          if (rating > 0 && below[j + 1] + rating >= best)
            {
              best = below[j + 1] + rating;
              move = PAIR;
            }
          row[j] = best;
          moves[(gsize) i * m + j] = move;
        }
      below = row;
      row = swapped;
    }
  return moves;
}

static void
follow_moves (GArray *pairs,
              const Token *source,
              guint n,
              const Token *destination,
              guint m)
{
  g_autofree guint8 *moves = fill_moves (source, n, destination, m);
  guint i = 0;
  guint j = 0;

  while (i < n || j < m)
    {
      Move move = i == n   ? SKIP_DESTINATION
                  : j == m ? SKIP_SOURCE
                           : (Move) moves[(gsize) i * m + j];

      add_pair (pairs, move == SKIP_DESTINATION ? NULL : source[i],
                move == SKIP_SOURCE ? NULL : destination[j]);
      i += move != SKIP_DESTINATION;
      j += move != SKIP_SOURCE;
    }
}

/* As good as it gets */
static gboolean
is_sure (Token source,
         Token destination)
{
  return rate (source, destination) >= 8;
}

GArray *
migdesc_qemu_align (const MigdescQemuWire *source,
                    const MigdescQemuWire *destination)
{
  g_autoptr (GPtrArray) source_list = list_tokens (source);
  g_autoptr (GPtrArray) destination_list = list_tokens (destination);
  const Token *sent = (const Token *) source_list->pdata;
  const Token *read = (const Token *) destination_list->pdata;
  guint n = source_list->len;
  guint m = destination_list->len;
  guint head = 0;
  guint tail = 0;
  GArray *pairs;

  while (head < n && head < m && is_sure (sent[head], read[head]))
    head++;
  while (tail < n - head && tail < m - head && is_sure (sent[n - 1 - tail], read[m - 1 - tail]))
    tail++;
  if ((guint64) (n - head - tail) * (m - head - tail) > CELLS_MAX)
    return NULL;
  pairs = g_array_new (FALSE, FALSE, sizeof (MigdescQemuPair));
  for (guint i = 0; i < head; i++)
    add_pair (pairs, sent[i], read[i]);
  follow_moves (pairs, sent + head, n - head - tail, read + head, m - head - tail);
  for (guint i = tail; i > 0; i--)
    add_pair (pairs, sent[n - i], read[m - i]);
  return pairs;
}
