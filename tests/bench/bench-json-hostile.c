/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Documents at the limit of size that try to cost as much as they can: the time to skip, copy and
 * locate each, and the most memory held at once. */

#include <malloc.h>
#include <stdio.h>
#include <string.h>

#include "base/json-locate.h"
#include "base/json-reader.h"

#define SIZE (4 << 20)
#define N_FINDINGS 1000

typedef struct
{
  const char *name;
  const char *start;
  const char *piece; /* as often as fits; %u counts, if it is there */
  const char *end;
  gboolean raised; /* the other limits are out of the way */
} Attack;

static const Attack attacks[] = {
  { "brackets", "", "[", "", TRUE },
  { "empty objects", "[", "{},", "0]", TRUE },
  { "empty arrays", "[", "[],", "0]", TRUE },
  { "digits", "[", "0,", "0]", TRUE },
  { "one long number", "[", "1", "]", FALSE },
  { "white space", "[", "\n \t\r", "]", FALSE },
  { "objects of nine", "[",
    "{\"a\":0,\"b\":0,\"c\":0,\"d\":0,\"e\":0,\"f\":0,\"g\":0,\"h\":0,\"i\":0},", "0]", TRUE },
  { "members", "{", "\"%u\":0,", "\"\":0}", TRUE },
  { "long names", "{",
    "\"%u-xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\":0,",
    "\"\":0}", TRUE },
  { "escaped names", "{", "\"\\u0061%u\":0,", "\"\":0}", TRUE },
  { "escapes", "[\"", "\\n", "\"]", TRUE },
  { "surrogates", "[\"", "\\ud83d\\ude00", "\"]", TRUE },
  { "two-byte characters", "[\"", "\xc3\xa9", "\"]", TRUE },
  { "open string", "[\"", "x", "", FALSE },
};

static char *
build (const Attack *attack,
       gsize *length)
{
  GString *text = g_string_sized_new (SIZE + 100);
  const char *hole = strstr (attack->piece, "%u");

  g_string_append (text, attack->start);
  for (guint i = 0; text->len + strlen (attack->piece) + strlen (attack->end) + 10 < SIZE; i++)
    {
      if (hole == NULL)
        g_string_append (text, attack->piece);
      else
        {
          g_string_append_len (text, attack->piece, hole - attack->piece);
          g_string_append_printf (text, "%u%s", i, hole + 2);
        }
    }
  g_string_append (text, attack->end);
  *length = text->len;
  return g_string_free (text, FALSE);
}

static gsize
get_heap (void)
{
  struct mallinfo2 info = mallinfo2 ();

  return info.uordblks + info.hblkhd;
}

static gsize
locate_findings (const char *text,
                 gsize length)
{
  g_autofree gsize *offsets = g_new (gsize, N_FINDINGS);
  g_autofree MigdescLocation *locations = g_new (MigdescLocation, N_FINDINGS);
  gsize heap;

  for (gsize i = 0; i < N_FINDINGS; i++)
    offsets[i] = length * i / N_FINDINGS;
  migdesc_json_locate (text, length, offsets, N_FINDINGS, locations);
  heap = get_heap ();
  for (gsize i = 0; i < N_FINDINGS; i++)
    migdesc_location_clear (&locations[i]);
  return heap;
}

static void
measure (const Attack *attack,
         const MigdescLimits *limits)
{
  gsize length;
  g_autofree char *text = build (attack, &length);
  g_autoptr (GString) output = g_string_new (NULL);
  gsize before = get_heap ();
  MigdescJsonReader reader;
  gint64 start = g_get_monotonic_time ();
  gint64 skipped;
  gint64 copied;
  gsize skip_heap;
  gsize locate_heap;

  migdesc_json_reader_init (&reader, text, length, limits);
  migdesc_json_reader_skip_value (&reader);
  migdesc_json_reader_finish (&reader);
  skip_heap = get_heap () - before;
  skipped = g_get_monotonic_time ();
  printf ("%-20s %-10s %6.1f ms %6.1f MiB", attack->name,
          reader.error != 0 ? "refused" : "accepted", (double) (skipped - start) / 1e3,
          (double) skip_heap / (1 << 20));
  migdesc_json_reader_clear (&reader);

  start = g_get_monotonic_time ();
  migdesc_json_reader_init (&reader, text, length, limits);
  migdesc_json_reader_copy_value (&reader, output);
  migdesc_json_reader_clear (&reader);
  copied = g_get_monotonic_time ();
  printf ("   copy %6.1f ms", (double) (copied - start) / 1e3);

  before = get_heap ();
  locate_heap = locate_findings (text, length) - before;
  printf ("   locate %6.1f ms %6.1f MiB\n", (double) (g_get_monotonic_time () - copied) / 1e3,
          (double) locate_heap / (1 << 20));
}

int
main (void)
{
  g_autoptr (MigdescLimits) raised = migdesc_limits_new ();

  migdesc_limits_set (raised, MIGDESC_LIMIT_DEPTH, G_MAXUINT64);
  migdesc_limits_set (raised, MIGDESC_LIMIT_MEMBERS, G_MAXUINT64);
  migdesc_limits_set (raised, MIGDESC_LIMIT_VALUES, G_MAXUINT64);
  migdesc_limits_set (raised, MIGDESC_LIMIT_STRING_LENGTH, G_MAXUINT64);
  for (gsize i = 0; i < G_N_ELEMENTS (attacks); i++)
    {
      measure (&attacks[i], NULL);
      if (attacks[i].raised)
        measure (&attacks[i], raised);
    }
  return 0;
}
