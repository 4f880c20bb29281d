/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* A NIC of 833 scalars and a 32 KiB buffer as JSON: next to a writer by hand, and to json-glib.
 * Medians of seven rounds of processor time, all in one run. `bench-state-json out|in` does
 * nothing but ours, for instruction counts. */

#include <stdio.h>
#include <time.h>

#include <json-glib/json-glib.h>
#include <migdesc/migdesc.h>

#include "state/formats/json-base64.h"
#include "state/formats/json.h"
#include "state/plan/plan-compile.h"
#include "state/table/storage.h"
#include "state/walk/walk-go.h"

#define N_ROUNDS 7
#define N_TIMES 100
#define N_QUEUES 128
#define N_TABLE 64

typedef struct
{
  guint64 ring;
  guint32 base;
  guint32 flags;
  guint16 size;
  guint16 head;
  guint8 mode;
} Queue;

typedef struct
{
  guint16 mtu;
  guint32 table[N_TABLE];
  Queue queues[N_QUEUES];
  guint8 buffer[32768];
} Nic;

static const MigdescField queue_fields[] = {
  MIGDESC_U64 (Queue, ring, 0, G_MAXUINT64),
  MIGDESC_U32 (Queue, base, 0, G_MAXUINT32),
  MIGDESC_U32 (Queue, flags, 0, G_MAXUINT32),
  MIGDESC_U16 (Queue, size, 1, 32768),
  MIGDESC_U16 (Queue, head, 0, 32767),
  MIGDESC_U8 (Queue, mode, 0, 3),
};
MIGDESC_STRUCT (queue_state, Queue, 1, 1, queue_fields, NULL);

static const MigdescField nic_fields[] = {
  MIGDESC_U16 (Nic, mtu, 68, 9216),
  MIGDESC_ARRAY (Nic, table, U32, 0, 1000000),
  MIGDESC_STRUCTS (Nic, queues, queue_state),
  MIGDESC_BYTES (Nic, buffer),
};
MIGDESC_STRUCT (nic_state, Nic, 1, 1, nic_fields, NULL);

static void
fill (Nic *nic)
{
  nic->mtu = 1500;
  for (guint i = 0; i < N_TABLE; i++)
    nic->table[i] = i * 12345 % 1000000;
  for (guint i = 0; i < N_QUEUES; i++)
    nic->queues[i] = (Queue) { G_GUINT64_CONSTANT (0x12345678) * (i + 1), i << 16, i, 256,
                               (guint16) i, (guint8) (i % 4) };
  for (gsize i = 0; i < sizeof nic->buffer; i++)
    nic->buffer[i] = (guint8) (i * 31 >> 2);
}

/* By hand: no checks, no names that need escapes, a buffer that is large enough. */
static char *
put_text (char *at,
          const char *text)
{
  gsize length = strlen (text);

  memcpy (at, text, length);
  return at + length;
}

static char *
put_number (char *at,
            guint64 value)
{
  char digits[20];
  guint n = 0;

  do
    digits[n++] = (char) ('0' + value % 10);
  while ((value /= 10) != 0);
  while (n > 0)
    *at++ = digits[--n];
  return at;
}

static char *
put_queue (char *at,
           const Queue *queue)
{
  at = put_number (put_text (at, "{\"ring\":"), queue->ring);
  at = put_number (put_text (at, ",\"base\":"), queue->base);
  at = put_number (put_text (at, ",\"flags\":"), queue->flags);
  at = put_number (put_text (at, ",\"size\":"), queue->size);
  at = put_number (put_text (at, ",\"head\":"), queue->head);
  at = put_number (put_text (at, ",\"mode\":"), queue->mode);
  return put_text (at, "}");
}

static gsize
write_by_hand (const Nic *nic,
               char *text)
{
  char *at = put_number (put_text (text, "{\"mtu\":"), nic->mtu);

  at = put_text (at, ",\"table\":[");
  for (guint i = 0; i < N_TABLE; i++)
    at = put_number (i > 0 ? put_text (at, ",") : at, nic->table[i]);
  at = put_text (at, "],\"queues\":[");
  for (guint i = 0; i < N_QUEUES; i++)
    at = put_queue (i > 0 ? put_text (at, ",") : at, &nic->queues[i]);
  at = put_text (at, "],\"buffer\":\"");
  at = migdesc_base64_encode (at, nic->buffer, sizeof nic->buffer / 3 * 3);
  at = migdesc_base64_encode_rest (at, nic->buffer + sizeof nic->buffer / 3 * 3,
                                   sizeof nic->buffer % 3);
  at = put_text (at, "\"}");
  return (gsize) (at - text);
}

typedef struct
{
  MigdescStatePlan *plan;
  Nic nic;
  Nic loaded;
  MigdescVisitor *saver;
  char *by_hand; /* with room */
  char *text;
  gsize length;
} Bench;

static void
run_by_hand (Bench *bench)
{
  bench->length = write_by_hand (&bench->nic, bench->by_hand);
}

static void
run_out (Bench *bench)
{
  MIGDESC_STREAM_VISITOR_GET_CLASS (bench->saver)->reset (MIGDESC_STREAM_VISITOR (bench->saver));
  g_assert_true (migdesc_visit_begin_struct (bench->saver, NULL, NULL));
  g_assert_true (migdesc_walk_all (bench->plan, bench->saver, &bench->nic, NULL));
  g_assert_true (migdesc_visit_end_struct (bench->saver, NULL));
}

static void
run_in (Bench *bench)
{
  g_assert_true (migdesc_json_load (bench->text, bench->length, NULL, bench->plan, &bench->loaded,
                                    NULL, NULL));
}

static void
load_queue (JsonObject *object,
            Queue *queue)
{
  queue->ring = (guint64) json_object_get_int_member (object, "ring");
  queue->base = (guint32) json_object_get_int_member (object, "base");
  queue->flags = (guint32) json_object_get_int_member (object, "flags");
  queue->size = (guint16) json_object_get_int_member (object, "size");
  queue->head = (guint16) json_object_get_int_member (object, "head");
  queue->mode = (guint8) json_object_get_int_member (object, "mode");
}

static void
run_json_glib (Bench *bench)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  JsonObject *object;
  JsonArray *array;
  g_autofree guint8 *buffer = NULL;
  gsize length;

  g_assert_true (json_parser_load_from_data (parser, bench->text, (gssize) bench->length, NULL));
  object = json_node_get_object (json_parser_get_root (parser));
  bench->loaded.mtu = (guint16) json_object_get_int_member (object, "mtu");
  array = json_object_get_array_member (object, "table");
  for (guint i = 0; i < N_TABLE; i++)
    bench->loaded.table[i] = (guint32) json_array_get_int_element (array, i);
  array = json_object_get_array_member (object, "queues");
  for (guint i = 0; i < N_QUEUES; i++)
    load_queue (json_array_get_object_element (array, i), &bench->loaded.queues[i]);
  buffer = g_base64_decode (json_object_get_string_member (object, "buffer"), &length);
  memcpy (bench->loaded.buffer, buffer, length);
}

typedef void (*Run) (Bench *bench);

static int
compare (gconstpointer left,
         gconstpointer right)
{
  const double *one = left, *other = right;

  return *one < *other ? -1 : *one > *other;
}

/* Nanoseconds, the median. */
static double
measure (Bench *bench,
         Run run)
{
  double rounds[N_ROUNDS];

  run (bench);
  for (guint i = 0; i < N_ROUNDS; i++)
    {
      clock_t start = clock ();

      for (guint j = 0; j < N_TIMES; j++)
        run (bench);
      rounds[i] = (double) (clock () - start) * (1e9 / CLOCKS_PER_SEC) / N_TIMES;
    }
  qsort (rounds, N_ROUNDS, sizeof rounds[0], compare);
  return rounds[N_ROUNDS / 2];
}

static void
report (Bench *bench)
{
  double by_hand = measure (bench, run_by_hand);
  double out = measure (bench, run_out);
  double in = measure (bench, run_in);
  double json_glib = measure (bench, run_json_glib);

  printf ("JSON out by hand   %8.0f ns\n", by_hand);
  printf ("JSON out           %8.0f ns, %.2f of by hand (at most 2)\n", out, out / by_hand);
  printf ("JSON in            %8.0f ns\n", in);
  printf ("JSON in, json-glib %8.0f ns, %.1f times ours (at least 3)\n", json_glib,
          json_glib / in);
}

int
main (int argc,
      char **argv)
{
  Bench *bench = g_new0 (Bench, 1);
  g_autoptr (GString) ours = NULL;

  bench->plan = migdesc_state_plan_new (&nic_state, 1, NULL, NULL, NULL);
  bench->saver = migdesc_json_saver_new (FALSE);
  bench->by_hand = g_malloc (1 << 20);
  fill (&bench->nic);
  migdesc_table_init (&nic_state, &bench->loaded);
  run_by_hand (bench);
  bench->text = g_strndup (bench->by_hand, bench->length);
  run_out (bench);
  ours = migdesc_json_saver_take (bench->saver);
  g_assert_cmpstr (ours->str, ==, bench->text);
  run_in (bench);
  g_assert_cmpmem (bench->loaded.buffer, 32768, bench->nic.buffer, 32768);
  g_assert_cmpuint (bench->loaded.queues[127].ring, ==, bench->nic.queues[127].ring);

  for (guint i = 0; argc > 1 && i < N_TIMES; i++)
    (strcmp (argv[1], "out") == 0 ? run_out : run_in) (bench);
  if (argc == 1)
    report (bench);
  migdesc_state_plan_unref (bench->plan);
  g_object_unref (bench->saver);
  g_free (bench->by_hand);
  g_free (bench->text);
  g_free (bench);
  return 0;
}
