/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "visit.h"

#include <stdio.h>
#include <stdlib.h>

#include "report.h"
#include "stream.h"

/* A state that only a visit function knows: without a schema nothing is made at random but by
 * fill, and nothing is compared but bytes. */

#define MAX_CHANGED 4096

static void
free_state (const KitCase *subject, gpointer state)
{
  if (state == NULL)
    return;
  if (subject->testkit->clear != NULL)
    subject->testkit->clear (state);
  g_free (state);
}

static gpointer
make_state (const KitCase *subject, guint32 seed)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);
  gpointer state = g_malloc0 (subject->size);

  subject->testkit->fill (NULL, state, random);
  return state;
}

static GBytes *
save (const KitCase *subject, gpointer state, const char *format, GError **error)
{
  g_autoptr (MigdescStreamWriter) writer = migdesc_stream_writer_new (format, error);

  if (writer == NULL
      || !migdesc_stream_writer_add_visit (writer, KIT_DEVICE_ID, subject->params,
                                           subject->version, subject->testkit->visit, state, NULL,
                                           NULL, error))
    return NULL;
  return migdesc_stream_writer_to_bytes (writer, error);
}

/* Into a fresh state; NULL, and an error. */
static gpointer
load (const KitCase *subject, GBytes *stream, GError **error)
{
  g_autoptr (MigdescStreamReader) reader = migdesc_stream_reader_new (NULL, NULL, error);
  gpointer state = g_malloc0 (subject->size);

  if (reader != NULL
      && migdesc_stream_reader_expect_visit (reader, KIT_DEVICE_ID, subject->params,
                                             subject->version, subject->version,
                                             subject->testkit->visit, state, NULL, NULL, error)
      && migdesc_stream_reader_read_bytes (reader, stream, error))
    return state;
  free_state (subject, state);
  return NULL;
}

/* NULL: it comes back the same, or is refused as it should be; else what is wrong. */
static char *
find_fault (const KitCase *subject, GBytes *stream, gboolean *loaded)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) saved = NULL;
  g_autoptr (GBytes) again = NULL;
  gpointer state = load (subject, stream, &error);
  gpointer back = NULL;

  *loaded = state != NULL;
  if (state == NULL)
    return kit_find_fault (error) == NULL ? NULL
                                          : g_strdup_printf ("the message of an error: %s",
                                                             kit_find_fault (error));
  saved = save (subject, state, NULL, &error);
  back = saved == NULL ? NULL : load (subject, saved, &error);
  again = back == NULL ? NULL : save (subject, back, NULL, &error);
  free_state (subject, state);
  free_state (subject, back);
  if (again == NULL)
    return g_strdup_printf ("what was loaded is not saved and loaded again: %s", error->message);
  return g_bytes_equal (saved, again) ? NULL : g_strdup ("what was loaded is saved as another");
}

static void
fail_seed (const KitRun *run, const KitCase *subject, guint32 seed, const char *what)
{
  g_autofree char *advice = g_strdup_printf ("run it again with --first %u --rounds 1", seed);

  kit_fail (advice, "%s %s, seed %u: %s", run->testkit->name, subject->label, seed, what);
}

static gboolean
go_round (const KitRun *run, const KitCase *subject, guint32 seed, const char *format)
{
  g_autoptr (GError) error = NULL;
  gpointer state = make_state (subject, seed);
  g_autoptr (GBytes) before = save (subject, state, NULL, &error);
  g_autoptr (GBytes) stream = before == NULL ? NULL : save (subject, state, format, &error);
  gpointer back = stream == NULL ? NULL : load (subject, stream, &error);
  g_autoptr (GBytes) after = back == NULL ? NULL : save (subject, back, NULL, &error);

  free_state (subject, state);
  free_state (subject, back);
  if (after != NULL && g_bytes_equal (before, after))
    return TRUE;
  fail_seed (run, subject, seed,
             error != NULL ? error->message : "what was loaded is saved as another");
  return FALSE;
}

static void
test_round_trip (const KitRun *run, const KitCase *subject)
{
  for (guint i = 0; i < run->rounds; i++)
    if (!go_round (run, subject, run->first + i, "binary")
        || !go_round (run, subject, run->first + i, "json"))
      return;
}

static GBytes *
save_one (const KitRun *run, const KitCase *subject, const char *format)
{
  g_autoptr (GError) error = NULL;
  gpointer state = make_state (subject, run->first);
  GBytes *stream = save (subject, state, format, &error);

  if (stream == NULL)
    fail_seed (run, subject, run->first, error->message);
  free_state (subject, state);
  return stream;
}

static void
test_refused (const KitRun *run, const KitCase *subject)
{
  g_autoptr (GBytes) stream = save_one (run, subject, NULL);
  gsize size = stream == NULL ? 0 : g_bytes_get_size (stream);

  for (gsize length = 0; length < size; length += size / MAX_CHANGED + 1)
    {
      g_autoptr (GBytes) beginning = g_bytes_new_from_bytes (stream, 0, length);
      gboolean loaded;
      g_autofree char *fault = find_fault (subject, beginning, &loaded);

      if (!loaded && fault == NULL)
        continue;
      fail_seed (run, subject, run->first,
                 loaded ? "a stream that ends early is loaded" : fault);
      return;
    }
}

/* In JSON nothing but the function's own bounds stands between a changed value and the state. */
static void
test_changed (const KitRun *run, const KitCase *subject)
{
  g_autoptr (GBytes) stream = save_one (run, subject, "json");
  gsize size = stream == NULL ? 0 : g_bytes_get_size (stream);
  g_autofree char *text = size == 0 ? NULL : g_memdup2 (g_bytes_get_data (stream, NULL), size);

  for (gsize at = 0; at < size; at += size / MAX_CHANGED + 1)
    for (guint bit = 0; bit < 8; bit++)
      {
        g_autoptr (GBytes) changed = NULL;
        g_autofree char *fault = NULL;
        gboolean loaded;

        text[at] ^= (char) (1u << bit);
        changed = g_bytes_new (text, size);
        text[at] ^= (char) (1u << bit);
        fault = find_fault (subject, changed, &loaded);
        if (fault == NULL)
          continue;
        fail_seed (run, subject, run->first, fault);
        return;
      }
}

void
kit_add_visit_tests (const KitRun *run)
{
  kit_add_for_each (run, "round-trip", test_round_trip);
  kit_add_for_each (run, "refused", test_refused);
  kit_add_for_each (run, "changed", test_changed);
}

/* What is found is fatal: a fuzzer keeps the input of a program that ends so. */
void
kit_visit_any (const KitCase *subject, const guint8 *data, gsize size)
{
  g_autoptr (GBytes) input = g_bytes_new (data, size);
  gboolean loaded;
  g_autofree char *fault = find_fault (subject, input, &loaded);

  if (fault == NULL)
    return;
  fprintf (stderr, "%s %s: %s\n", subject->testkit->name, subject->label, fault);
  abort ();
}
