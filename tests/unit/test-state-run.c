/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "state-check.h"

#include "state/plan/run.h"

/* Runs as bytes: every value of every width at its bounds, alone and in rows. */

typedef struct
{
  guint8 a;
  guint16 b;
  gint32 c;
  guint64 d;
  gint8 e[3];
  gint16 f;
  guint32 g;
  gint64 h;
  gboolean i[2];
  double j;
  guint8 k[5];
  guint16 l;
  guint64 m;
  guint64 n;
  guint32 o[2];
} Mixed;

/* Bounds that are a mask, and others */
static const MigdescField mixed_fields[] = {
  MIGDESC_U8 (Mixed, a, 0, 15),
  MIGDESC_U16 (Mixed, b, 1, 4096),
  MIGDESC_I32 (Mixed, c, -7, 9),
  MIGDESC_U64 (Mixed, d, 0, G_GUINT64_CONSTANT (0xffffffffffff)),
  MIGDESC_ARRAY (Mixed, e, I8, -100, 3),
  MIGDESC_I16 (Mixed, f, 0, 255),
  MIGDESC_U32 (Mixed, g, 5, 5),
  MIGDESC_I64 (Mixed, h, G_MININT64 + 1, -1),
  MIGDESC_ARRAY (Mixed, i, BOOL, 0, 1),
  MIGDESC_F64 (Mixed, j, -0.5, 0.5),
  MIGDESC_BYTES (Mixed, k),
  MIGDESC_UNUSED (3),
  MIGDESC_CONSTANT ("magic", U16, 0xabcd),
  MIGDESC_U16 (Mixed, l, 0, G_MAXUINT16),
  /* without a gap: 16 bytes and 8 */
  MIGDESC_U64 (Mixed, m, 0, 1),
  MIGDESC_U64 (Mixed, n, 0, 0x7fffffff),
  MIGDESC_ARRAY (Mixed, o, U32, 0, 63),
};
MIGDESC_STRUCT (mixed, Mixed, 1, 1, mixed_fields, NULL);

#define MOST 9

static const Mixed good
    = { 15, 4096, -7, G_GUINT64_CONSTANT (0xffffffffffff), { -100, 3, 0 }, 255, 5, -1,
        { TRUE, FALSE }, 0.5, { 1, 2, 3, 4, 5 }, 0xffff, 1, 0x7fffffff, { 63, 0 } };

typedef struct
{
  const char *path;
  gsize offset; /* in memory */
  guint width;
  guint64 bad[2];
} Bad;

#define BAD(member, ...) \
  { #member, G_STRUCT_OFFSET (Mixed, member), sizeof ((Mixed *) NULL)->member, { __VA_ARGS__ } }

static const Bad bads[] = {
  BAD (a, 16, 255),
  BAD (b, 0, 4097),
  BAD (c, (guint64) -8, 10),
  BAD (d, G_GUINT64_CONSTANT (0x1000000000000), G_MAXUINT64),
  BAD (e[0], (guint64) -101, 4),
  BAD (e[2], 127, 128),
  BAD (f, 256, (guint64) -1),
  BAD (g, 4, 6),
  BAD (h, G_GUINT64_CONSTANT (0x8000000000000000), 0),
  BAD (i[0], 2, (guint64) -1),
  BAD (i[1], 256, 3),
  BAD (m, 2, G_GUINT64_CONSTANT (1) << 63),
  BAD (n, G_GUINT64_CONSTANT (0x80000000), G_MAXUINT64),
  BAD (o[0], 64, G_MAXUINT32),
  BAD (o[1], 64, G_GUINT64_CONSTANT (1) << 31),
  BAD (j, G_GUINT64_CONSTANT (0x7ff0000000000000), G_GUINT64_CONSTANT (0x3fe0000000000001)),
};

static const MigdescRun *
get_run (MigdescStatePlan *plan)
{
  g_assert_cmpint (plan->ops[0].code, ==, MIGDESC_OP_RUN);
  return plan->ops[0].run;
}

static void
test_round_trip (void)
{
  g_autoptr (MigdescStatePlan) plan = compile (&mixed, 1, NULL);
  const MigdescRun *run = get_run (plan);
  Mixed rows[MOST], back[MOST];
  guint8 bytes[MOST * 200], again[MOST * 200];

  g_assert_cmpuint (run->wire_size, ==, 1 + 2 + 4 + 8 + 3 + 2 + 4 + 8 + 2 + 8 + 5 + 3 + 2 + 2 + 24);
  for (guint n = 0; n <= MOST; n++)
    {
      for (guint i = 0; i < n; i++)
        {
          rows[i] = good;
          rows[i].l = (guint16) (i * 1000);
        }
      memset (back, 0, sizeof back);
      g_assert_true (migdesc_run_encode_rows (run, rows, n, sizeof (Mixed), bytes));
      g_assert_true (migdesc_run_decode_rows (run, back, n, sizeof (Mixed), bytes));
      for (guint i = 0; i < n; i++)
        {
          g_assert_true (migdesc_run_encode (run, &back[i], again + i * run->wire_size));
          g_assert_cmpuint (back[i].l, ==, i * 1000);
        }
      g_assert_cmpint (memcmp (bytes, again, n * run->wire_size), ==, 0);
    }
}

static void
assert_found (const MigdescRun *run,
              const Mixed *row,
              const guint8 *bytes,
              const char *expected)
{
  g_autoptr (GString) path = g_string_new (NULL);
  g_autoptr (GError) error = NULL;

  migdesc_run_find (run, row, bytes, path, &error);
  g_assert_error (error, MIGDESC_ERROR, MIGDESC_ERROR_STATE_RANGE);
  g_assert_cmpstr (path->str, ==, expected);
}

/* Bad in memory: at every place of every row count. */
static void
test_bad_memory (void)
{
  g_autoptr (MigdescStatePlan) plan = compile (&mixed, 1, NULL);
  const MigdescRun *run = get_run (plan);
  guint8 bytes[MOST * 200];

  for (guint which = 0; which < 2 * G_N_ELEMENTS (bads); which++)
    for (guint n = 1; n <= MOST; n++)
      for (guint at = 0; at < n; at++)
        {
          const Bad *bad = &bads[which / 2];
          guint64 value = GUINT64_TO_LE (bad->bad[which % 2]);
          Mixed rows[MOST];

          for (guint i = 0; i < n; i++)
            rows[i] = good;
          if (G_BYTE_ORDER == G_LITTLE_ENDIAN)
            memcpy ((guint8 *) &rows[at] + bad->offset, &value, bad->width);
          else
            memcpy ((guint8 *) &rows[at] + bad->offset,
                    (guint8 *) &bad->bad[which % 2] + 8 - bad->width, bad->width);
          g_assert_false (migdesc_run_encode_rows (run, rows, n, sizeof (Mixed), bytes));
          g_assert_false (migdesc_run_encode (run, &rows[at], bytes));
          assert_found (run, &rows[at], NULL, bad->path);
        }
}

/* Bad in the stream: each byte that has bounds, with its highest bit. */
static void
test_bad_bytes (void)
{
  g_autoptr (MigdescStatePlan) plan = compile (&mixed, 1, NULL);
  const MigdescRun *run = get_run (plan);
  guint8 bytes[200];
  Mixed back;
  guint n_bad = 0;

  for (guint i = 0; i < run->wire_size; i++)
    {
      g_autoptr (GString) path = g_string_new (NULL);
      g_autoptr (GError) error = NULL;
      gboolean fine;

      g_assert_true (migdesc_run_encode (run, &good, bytes));
      bytes[i] ^= 0x80;
      fine = migdesc_run_decode (run, &back, bytes);
      g_assert_cmpint (migdesc_run_decode_rows (run, &back, 1, sizeof back, bytes), ==, fine);
      if (fine)
        continue;
      n_bad++;
      g_assert_cmpuint (migdesc_run_find (run, NULL, bytes, path, &error), <=, i);
      g_assert_nonnull (error);
    }
  /* from a to j, unused bytes and the constant; the others stay within their bounds */
  g_assert_cmpuint (n_bad, ==, 1 + 2 + 4 + 2 + 3 + 1 + 4 + 1 + 2 + 6 + 3 + 2 + 8 + 5 + 8);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/state-run/round-trip", test_round_trip);
  g_test_add_func ("/state-run/bad-memory", test_bad_memory);
  g_test_add_func ("/state-run/bad-bytes", test_bad_bytes);
  return g_test_run ();
}
