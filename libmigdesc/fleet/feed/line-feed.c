/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Pieces of the text are looked through by as many threads as there are processors; what they find
 * goes into the fleet in order, by the thread that called. */

#include "fleet/feed/line-feed.h"

#include <migdesc/migdesc-error.h>
#include <string.h>

#include "fleet/feed/line-batch.h"

#define BATCH_BYTES (1 << 20)
#define THREADS_MAX 8
/* Of rests that never come again no more than this is kept. */
#define REMEMBERED_BYTES ((guint64) 64 << 20)

typedef struct
{
  MigdescLineFeed *feed;
  const char *at;
  const char *end;
  gsize line_limit;
  GQueue waiting; /* MigdescLineBatch, in order */
  guint most_waiting;
  GThreadPool *pool; /* nullable: one thread does it all */
  GMutex lock;
  GCond done;
} Crew;

/* --- What threads do -------------------------------------------------- */

static void
finish_batch (Crew *crew, MigdescLineBatch *batch)
{
  migdesc_line_batch_scan (batch);
  g_mutex_lock (&crew->lock);
  batch->done = TRUE;
  g_cond_broadcast (&crew->done);
  g_mutex_unlock (&crew->lock);
}

static void
help (gpointer data, gpointer user_data)
{
  MigdescLineBatch *batch = data;

  if (migdesc_line_batch_claim (batch))
    finish_batch (user_data, batch);
  migdesc_line_batch_unref (batch);
}

/* Whoever waits does it himself, if nobody has begun. */
static void
await_batch (Crew *crew, MigdescLineBatch *batch)
{
  if (migdesc_line_batch_claim (batch))
    {
      finish_batch (crew, batch);
      return;
    }
  g_mutex_lock (&crew->lock);
  while (!batch->done)
    g_cond_wait (&crew->done, &crew->lock);
  g_mutex_unlock (&crew->lock);
}

static MigdescLineBatch *
next_batch (Crew *crew)
{
  const char *end = crew->end;
  MigdescLineBatch *batch;

  if (crew->end - crew->at > BATCH_BYTES)
    end = memchr (crew->at + BATCH_BYTES, '\n', (gsize) (crew->end - crew->at) - BATCH_BYTES);
  end = end == NULL || end == crew->end ? crew->end : end + 1;
  batch = migdesc_line_batch_new (crew->at, end, crew->line_limit);
  crew->at = end;
  return batch;
}

static void
keep_busy (Crew *crew)
{
  while (crew->at < crew->end && crew->waiting.length < crew->most_waiting)
    {
      MigdescLineBatch *batch = next_batch (crew);

      g_queue_push_tail (&crew->waiting, batch);
      if (crew->pool != NULL)
        g_thread_pool_push (crew->pool, migdesc_line_batch_ref (batch), NULL);
    }
}

static void
crew_init (Crew *crew, MigdescLineFeed *feed, const char *text, gsize length)
{
  guint n_threads = MIN (g_get_num_processors (), THREADS_MAX);

  memset (crew, 0, sizeof *crew);
  crew->feed = feed;
  crew->at = text;
  crew->end = text + length;
  crew->line_limit
      = (gsize) MIN (migdesc_limits_get (feed->fleet->shapes->limits, MIGDESC_LIMIT_DOCUMENT_SIZE),
                     G_MAXSIZE / 2);
  g_queue_init (&crew->waiting);
  g_mutex_init (&crew->lock);
  g_cond_init (&crew->done);
  crew->most_waiting = 1;
  if (n_threads > 1 && length > 2 * BATCH_BYTES)
    {
      crew->pool = g_thread_pool_new (help, crew, (gint) n_threads - 1, FALSE, NULL);
      crew->most_waiting = 2 * n_threads;
    }
}

static void
crew_clear (Crew *crew)
{
  MigdescLineBatch *batch;

  while ((batch = g_queue_pop_head (&crew->waiting)) != NULL)
    {
      migdesc_line_batch_claim (batch); /* nobody needs to begin with it */
      migdesc_line_batch_unref (batch);
    }
  if (crew->pool != NULL)
    g_thread_pool_free (crew->pool, FALSE, TRUE);
  g_mutex_clear (&crew->lock);
  g_cond_clear (&crew->done);
}

/* --- What goes into the fleet ----------------------------------------- */

/* FALSE: the host cannot be used, for a reason whose place is its own. */
static gboolean
read_shape (MigdescFleet *fleet, const MigdescLineRow *row, const MigdescText *rest,
            guint32 *shape)
{
  static const MigdescHostPlace nowhere = { NULL, 0 };
  const MigdescText *known
      = migdesc_texts_find (&fleet->lines, rest->text, rest->length, rest->hash);
  MigdescHostRead host;

  if (known != NULL)
    {
      *shape = known->value;
      return TRUE;
    }
  if (!migdesc_host_read_json (fleet->shapes, row->line, row->line_length, &nowhere, &host, NULL))
    {
      g_free (host.name);
      return FALSE;
    }
  g_free (host.name);
  *shape = host.shape;
  if (fleet->lines.size < REMEMBERED_BYTES)
    migdesc_texts_add (&fleet->lines, rest->text, rest->length, rest->hash, host.shape);
  return TRUE;
}

static gboolean
add_odd_row (MigdescLineFeed *feed, const MigdescLineRow *row, GError **error)
{
  const MigdescHostPlace place = { feed->origin, feed->lines + row->number + 1 };

  return migdesc_fleet_add_host_json (feed->fleet, row->line, row->line_length, &place, error)
         != MIGDESC_ROSTER_NONE;
}

static gboolean
add_rows (MigdescLineFeed *feed, const MigdescLineBatch *batch, GError **error)
{
  MigdescFleet *fleet = feed->fleet;
  g_autofree guint32 *shapes = g_new (guint32, batch->rests.n + 1);
  gboolean done = TRUE;

  memset (shapes, 0xff, (batch->rests.n + 1) * sizeof *shapes);
  for (guint i = 0; i < batch->rows->len && done; i++)
    {
      const MigdescLineRow *row = &g_array_index (batch->rows, MigdescLineRow, i);
      guint32 *shape = row->rest != MIGDESC_LINE_ODD ? &shapes[row->rest] : NULL;

      if (shape == NULL
          || (*shape == MIGDESC_ROSTER_NONE
              && !read_shape (fleet, row, &batch->rests.entries[row->rest], shape)))
        done = add_odd_row (feed, row, error);
      else
        done = migdesc_fleet_add_row (fleet, row->name, row->name_length, *shape, error)
               != MIGDESC_ROSTER_NONE;
    }
  feed->lines += batch->n_lines;
  feed->bytes += (guint64) (batch->end - batch->start);
  return done;
}

static gboolean
check_cancelled (const MigdescLineFeed *feed, GError **error)
{
  if (!g_cancellable_is_cancelled (feed->cancellable))
    return TRUE;
  g_set_error (error, MIGDESC_ERROR, MIGDESC_ERROR_CANCELLED,
               "reading hosts was cancelled after %u lines", feed->lines);
  return FALSE;
}

gboolean
migdesc_line_feed_push (MigdescLineFeed *feed, const char *text, gsize length, GError **error)
{
  gboolean done = TRUE;
  Crew crew;

  crew_init (&crew, feed, text, length);
  for (keep_busy (&crew); done && crew.waiting.length > 0; keep_busy (&crew))
    {
      MigdescLineBatch *batch = g_queue_pop_head (&crew.waiting);

      await_batch (&crew, batch);
      done = check_cancelled (feed, error) && add_rows (feed, batch, error);
      migdesc_line_batch_unref (batch);
      if (done && feed->progress != NULL)
        feed->progress (feed->bytes, feed->user_data);
    }
  crew_clear (&crew);
  return done;
}
