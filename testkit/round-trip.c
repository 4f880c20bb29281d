/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "report.h"
#include "stream.h"
#include "tests.h"

/* Streams may be long: that many of their beginnings are tried, all of them if they are short. */
#define MAX_BEGINNINGS 4096

typedef struct
{
  const KitRun *run;
  const KitCase *subject;
  guint32 seed;
} Round;

static gboolean
fail_round (const Round *round, const char *details, const char *what, const GError *error)
{
  g_autofree char *all = g_strdup_printf ("%s\nrun it again with --first %u --rounds 1",
                                          details == NULL ? "" : details, round->seed);

  kit_fail (all, "%s %s, seed %u: %s%s%s", round->run->testkit->name, round->subject->label,
            round->seed, what, error == NULL ? "" : ": ", error == NULL ? "" : error->message);
  return FALSE;
}

static gboolean
check_same (const Round *round, GBytes *before, GBytes *after, const char *what)
{
  g_autofree char *diff = NULL;

  if (g_bytes_equal (before, after))
    return TRUE;
  diff = kit_diff_streams (round->subject, before, after);
  return fail_round (round, *diff == '\0' ? "the states are equal, the bytes are not" : diff, what,
                     NULL);
}

static GBytes *
load_and_save (const Round *round, KitDevice *device, GBytes *stream, guint version,
               const char *what)
{
  g_autoptr (GError) error = NULL;
  GBytes *saved = NULL;

  if (!kit_device_load (device, stream, &error)
      || (saved = kit_device_save (device, version, NULL, &error)) == NULL)
    fail_round (round, NULL, what, error);
  return saved;
}

static gboolean
go_by_json (const Round *round, KitDevice *device, GBytes *stream)
{
  static const char what[] = "by way of JSON it is another";
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) json = kit_device_save (device, round->subject->version, "json", &error);
  g_autoptr (GBytes) back = NULL;

  if (json == NULL)
    return fail_round (round, NULL, what, error);
  back = load_and_save (round, device, json, round->subject->version, what);
  return back != NULL && check_same (round, stream, back, what);
}

/* What an older version has may not be in the newest, so that it does not come back from there. */
static gboolean
go_by_newest (const Round *round, KitDevice *device)
{
  static const char what[] = "as the newest version it comes back as another";
  guint newest = migdesc_state_type_get_version (round->subject->type);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) stream = kit_device_save (device, newest, NULL, &error);
  g_autoptr (GBytes) back = NULL;

  if (stream == NULL)
    return fail_round (round, NULL, what, error);
  back = load_and_save (round, device, stream, newest, what);
  return back != NULL && check_same (round, stream, back, what);
}

static gboolean
go_round (const Round *round, KitDevice *device)
{
  const KitCase *subject = round->subject;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) stream = kit_make_stream (subject, round->seed, &error);
  g_autoptr (GBytes) back = NULL;

  if (stream == NULL)
    return fail_round (round, NULL, "there is no state to save", error);
  back = load_and_save (round, device, stream, subject->version,
                        "what was saved is not loaded again");
  return back != NULL && check_same (round, stream, back, "what was loaded is saved as another")
         && go_by_json (round, device, stream) && go_by_newest (round, device);
}

static void
test_round_trip (const KitRun *run, const KitCase *subject)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KitDevice) device = kit_device_new (subject, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < run->rounds; i++)
    {
      const Round round = { run, subject, run->first + i };

      if (!go_round (&round, device))
        return;
    }
}

static gboolean
check_unchanged (const Round *round, KitDevice *device, GBytes *before, const char *what)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) after = kit_device_save (device, round->subject->version, NULL, &error);

  if (after == NULL)
    return fail_round (round, NULL, what, error);
  return check_same (round, before, after, what);
}

/* A beginning of a stream is refused, and the device is as it was. */
static gboolean
check_beginning (const Round *round, KitDevice *device, GBytes *stream, gsize length,
                 GBytes *before)
{
  g_autoptr (GBytes) beginning = g_bytes_new_from_bytes (stream, 0, length);
  g_autoptr (GError) error = NULL;
  g_autofree char *details = g_strdup_printf ("%" G_GSIZE_FORMAT " bytes of %" G_GSIZE_FORMAT,
                                              length, g_bytes_get_size (stream));

  if (kit_device_load (device, beginning, &error))
    return fail_round (round, details, "a stream that ends early is loaded", NULL);
  if (kit_find_fault (error) != NULL)
    return fail_round (round, details, "the error of a stream that ends early is no good", error);
  return check_unchanged (round, device, before,
                          "a stream that ends early has changed the device");
}

/* So it is where the device agrees, and the load is given up all the same: another device may have
 * refused. */
static gboolean
check_given_up (const Round *round, KitDevice *device, GBytes *stream, GBytes *before)
{
  g_autoptr (GError) error = NULL;

  if (!kit_device_load_half (device, stream, &error))
    return fail_round (round, NULL, "what was saved is not loaded again", error);
  return check_unchanged (round, device, before, "a load that was given up has changed the device");
}

static void
test_refused (const KitRun *run, const KitCase *subject)
{
  const Round round = { run, subject, run->first };
  g_autoptr (GError) error = NULL;
  g_autoptr (KitDevice) device = kit_device_new (subject, &error);
  g_autoptr (GBytes) before = NULL;
  g_autoptr (GBytes) stream = NULL;
  gsize size, step;

  g_assert_no_error (error);
  before = kit_make_stream (subject, run->first, &error);
  stream = before == NULL ? NULL : kit_make_stream (subject, run->first + 1, &error);
  if (stream == NULL || !kit_device_load (device, before, &error))
    {
      fail_round (&round, NULL, "there is no state to load", error);
      return;
    }
  g_bytes_unref (before);
  before = kit_device_save (device, subject->version, NULL, &error);
  g_assert_no_error (error);
  if (!check_given_up (&round, device, stream, before))
    return;
  size = g_bytes_get_size (stream);
  step = size / MAX_BEGINNINGS + 1;
  for (gsize length = 0; length < size; length += step)
    if (!check_beginning (&round, device, stream, length, before))
      return;
}

void
kit_add_round_trip_tests (const KitRun *run)
{
  kit_add_for_each (run, "round-trip", test_round_trip);
  kit_add_for_each (run, "refused", test_refused);
}
