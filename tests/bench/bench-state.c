/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* What saving and loading a NIC costs in the binary format, next to code by hand for it, a walk
 * with pointers to functions, and other libraries; without hashes but where it says so, for nothing
 * by hand has them. Medians of seven rounds that take turns, all in one run, as ratios.
 * `bench-state` measures, and fails when something takes more than it may; `bench-state --only N
 * NAME` only does that N times, with hashes, for callgrind. */

#include <stdio.h>
#include <stdlib.h>

#include "hash-switch.h"
#include "measure.h"
#include "nic-peers-generated.h"
#include "nic-peers.h"
#include "nic-walk.h"
#include "nic.h"

#include "state/format.h"
#include "state/plan/plan-compile.h"
#include "state/walk/walk-go.h"

#define N_ROUNDS 7
#define N_TURNS 4000
#define N_BYTES 65536
/* In a stream that is loaded: so many that what is around them is little beside them, yet one if
 * it has the buffer, for a few of those do not stay in the nearest cache. */
#define N_DEVICES(which) ((which) == WITH_BUFFER ? 1 : 4)

typedef struct
{
  Nic from;
  Nic to;
  guint8 bytes[N_BYTES];
  guint8 swapped[N_BYTES];
  MigdescStreamVisitor *saver;
  MigdescStreamVisitor *loader;
  MigdescStatePlan *plans[2]; /* with the buffer, without */
  GByteArray *streams[2][3];  /* the same and of the visit functions; without hashes, with them */
  guint next_device;          /* in one of the streams of several */
  guint8 walked[N_BYTES];
  guint8 cbor[N_BYTES];
  gsize n_cbor;
  msgpack_sbuffer packed;
  GBytes *variant;
  FlatWriter *flat_writer;
  const guint8 *flat;
  gsize n_flat;
  guint8 proto[N_BYTES];
  gsize n_proto;
} Bench;

enum
{
  WITH_BUFFER,
  BARE,
  VISITED
};

static void
save_state (Bench *bench,
            guint which,
            MigdescVisitFunc visit)
{
  MigdescStreamVisitor *saver = bench->saver;
  MigdescStreamVisitorClass *klass = MIGDESC_STREAM_VISITOR_GET_CLASS (saver);
  const MigdescStatePlan *plan = visit == NULL ? bench->plans[which] : NULL;
  gboolean done;

  klass->reset (saver);
  klass->begin_device (saver, 0, "nic0", plan, NULL);
  done = visit == NULL ? migdesc_walk_all (plan, MIGDESC_VISITOR (saver), &bench->from, NULL)
                       : visit (MIGDESC_VISITOR (saver), &bench->from, NULL, NULL);
  if (!done)
    abort ();
  migdesc_stream_visitor_take_loan (saver);
}

static void
save_stream (Bench *bench,
             guint which,
             guint n_devices,
             MigdescVisitFunc visit)
{
  static const char manifest[] = "{\"devices\":[]}";
  MigdescStreamVisitor *saver = bench->saver;
  MigdescStreamVisitorClass *klass = MIGDESC_STREAM_VISITOR_GET_CLASS (saver);
  const MigdescStatePlan *plan = visit == NULL ? bench->plans[which] : NULL;

  klass->reset (saver);
  klass->begin_stream (saver, manifest, strlen (manifest), NULL);
  for (guint i = 0; i < n_devices; i++)
    {
      klass->begin_device (saver, i, "nic0", plan, NULL);
      if (visit == NULL)
        migdesc_walk_all (plan, MIGDESC_VISITOR (saver), &bench->from, NULL);
      else
        visit (MIGDESC_VISITOR (saver), &bench->from, NULL, NULL);
      klass->end_device (saver, NULL);
    }
  klass->end_stream (saver, NULL);
  migdesc_stream_visitor_take_loan (saver);
}

/* Behind the manifest of a stream: at its first device. */
static void
begin_loading (Bench *bench,
               const GByteArray *stream)
{
  MigdescStreamVisitor *loader = bench->loader;
  MigdescStreamVisitorClass *klass = MIGDESC_STREAM_VISITOR_GET_CLASS (loader);
  MigdescStreamEvent event = { 0 };

  klass->reset (loader);
  loader->input = stream->data;
  loader->input_length = stream->len;
  loader->input_ended = TRUE;
  klass->next_event (loader, &event, NULL);
  migdesc_stream_event_clear (&event);
}

static void
load_device (Bench *bench,
             guint device,
             guint which,
             MigdescVisitFunc visit)
{
  MigdescStreamVisitor *loader = bench->loader;
  MigdescStreamVisitorClass *klass = MIGDESC_STREAM_VISITOR_GET_CLASS (loader);
  const MigdescStatePlan *plan = visit == NULL ? bench->plans[which] : NULL;
  MigdescStreamEvent event = { 0 };
  gboolean done;

  klass->next_event (loader, &event, NULL);
  klass->begin_device (loader, device, "nic0", plan, NULL);
  done = visit == NULL ? migdesc_walk_all (plan, MIGDESC_VISITOR (loader), &bench->to, NULL)
                       : visit (MIGDESC_VISITOR (loader), &bench->to, NULL, NULL);
  if (!done || !klass->end_device (loader, NULL))
    abort ();
}

/* A state alone, as save_state() saves one. */
static void
load_state (Bench *bench,
            guint which,
            MigdescVisitFunc visit)
{
  if (bench->next_device == 0)
    begin_loading (bench, bench->streams[!hash_off][which]);
  load_device (bench, bench->next_device, which, visit);
  bench->next_device = (bench->next_device + 1) % N_DEVICES (which);
}

/* What hashing costs a reader or writer: the same bytes. */
static void
hash (Bench *bench)
{
  const GByteArray *stream = bench->streams[TRUE][WITH_BUFFER];
  volatile guint64 hash = XXH64 (stream->data, stream->len, 0);

  (void) hash;
}

static void
copy_out (Bench *bench)
{
  memcpy (bench->bytes, &bench->from, sizeof bench->from);
}

static void
copy_in (Bench *bench)
{
  memcpy (&bench->to, bench->bytes, sizeof bench->to);
}

static void
check_size (gsize size)
{
  if (size == 0)
    abort ();
}

static void put_swapped (Bench *b) { check_size (nic_put_swapped (&b->from, b->swapped, TRUE)); }
static void get_swapped (Bench *b) { check_size (nic_get_swapped (&b->to, b->swapped, TRUE)); }
static void put_checked (Bench *b) { check_size (nic_put_checked (&b->from, b->bytes, FALSE)); }
static void get_checked (Bench *b) { check_size (nic_get_checked (&b->to, b->bytes, FALSE)); }
static void save (Bench *b) { save_state (b, WITH_BUFFER, NULL); }
static void save_bare (Bench *b) { save_state (b, BARE, NULL); }
static void save_inline (Bench *b) { save_state (b, VISITED, nic_visit_inline); }
static void save_calls (Bench *b) { save_state (b, VISITED, nic_visit_calls); }
static void load (Bench *b) { load_state (b, WITH_BUFFER, NULL); }
static void load_bare (Bench *b) { load_state (b, BARE, NULL); }
static void load_inline (Bench *b) { load_state (b, VISITED, nic_visit_inline); }
static void load_calls (Bench *b) { load_state (b, VISITED, nic_visit_calls); }
static void save_all (Bench *b) { save_stream (b, WITH_BUFFER, 1, NULL); }

static void
walk_out (Bench *bench,
          const WalkField *fields)
{
  Wire wire = { bench->walked, 0, N_BYTES, 0 };

  if (walk_put (&wire, fields, (const guint8 *) &bench->from) != 0)
    abort ();
}

static void
walk_in (Bench *bench,
         const WalkField *fields)
{
  Wire wire = { bench->walked, 0, N_BYTES, 0 };

  if (walk_get (&wire, fields, (guint8 *) &bench->to) != 0)
    abort ();
}

static void put_walked (Bench *b) { walk_out (b, walk_nic); }
static void get_walked (Bench *b) { walk_in (b, walk_nic); }
static void put_walked_bare (Bench *b) { walk_out (b, walk_bare); }
static void get_walked_bare (Bench *b) { walk_in (b, walk_bare); }

static void
put_variant (Bench *bench)
{
  g_clear_pointer (&bench->variant, g_bytes_unref);
  bench->variant = variant_put (&bench->from);
}

static void put_cbor (Bench *b) { b->n_cbor = cbor_put (&b->from, b->cbor, N_BYTES); }
static void get_cbor (Bench *b) { check_size ((gsize) cbor_get (&b->to, b->cbor, b->n_cbor)); }
static void put_packed (Bench *b) { pack_put (&b->from, &b->packed); }
static void get_packed (Bench *b) { check_size ((gsize) pack_get (&b->to, &b->packed)); }
static void put_flat (Bench *b) { b->flat = flat_put (b->flat_writer, &b->from, &b->n_flat); }
static void get_flat (Bench *b) { check_size ((gsize) flat_get (&b->to, b->flat, b->n_flat)); }
static void put_proto (Bench *b) { b->n_proto = proto_put (&b->from, b->proto); }
static void get_proto (Bench *b) { check_size ((gsize) proto_get (&b->to, b->proto, b->n_proto)); }
static void get_variant (Bench *b) { variant_get (&b->to, b->variant); }

typedef struct
{
  const char *name;
  void (*run) (Bench *bench);
  gboolean is_hashed;
  const char *less; /* what is taken off */
  const char *base; /* what it is compared with; NULL: nothing */
  double most;      /* times the base, or nanoseconds a scalar; 0: any */
  guint n;          /* scalars, to show nanoseconds of one; 0: not shown */
  double least;     /* times the base; 0: any */
} Operation;

static const Operation operations[] = {
  { "copy-out", copy_out },
  { "copy-in", copy_in },
  { "hash", hash, TRUE },
  { "put-swapped", put_swapped, .n = NIC_SCALARS },
  { "get-swapped", get_swapped, .n = NIC_SCALARS },
  { "put-checked", put_checked, .n = NIC_SCALARS },
  { "get-checked", get_checked, .n = NIC_SCALARS },
  { "save", save, .base = "put-swapped", .most = 1.8, .n = NIC_SCALARS },
  { "load", load, .base = "get-swapped", .most = 2.2, .n = NIC_SCALARS },
  { "save-bare", save_bare, .base = "put-checked", .most = 2.5, .n = NIC_SCALARS },
  { "load-bare", load_bare, .base = "get-checked", .most = 2.5, .n = NIC_SCALARS },
  { "save-inline", save_inline, .most = 2.5, .n = NIC_VISITED },
  { "load-inline", load_inline, .most = 2.5, .n = NIC_VISITED },
  { "save-calls", save_calls, .most = 3.5, .n = NIC_VISITED },
  { "load-calls", load_calls, .most = 3.5, .n = NIC_VISITED },
  { "save-all", save_all, .n = NIC_SCALARS },
  { "save-hashing", save_all, TRUE, .less = "save-all", .base = "hash", .most = 1.1 },
  { "walk-put", put_walked, .base = "save", .n = NIC_SCALARS, .least = 7 },
  { "walk-get", get_walked, .base = "load", .n = NIC_SCALARS, .least = 7 },
  { "walk-put-bare", put_walked_bare, .base = "save-bare", .n = NIC_SCALARS, .least = 7 },
  { "walk-get-bare", get_walked_bare, .base = "load-bare", .n = NIC_SCALARS, .least = 7 },
  { "flat-put", put_flat, .base = "save", .n = NIC_SCALARS, .least = 1 / 1.3 },
  { "flat-get", get_flat, .base = "load", .n = NIC_SCALARS },
  { "cbor-put", put_cbor, .base = "save", .n = NIC_SCALARS },
  { "cbor-get", get_cbor, .base = "load", .n = NIC_SCALARS },
  { "msgpack-put", put_packed, .base = "save", .n = NIC_SCALARS },
  { "msgpack-get", get_packed, .base = "load", .n = NIC_SCALARS },
  { "protobuf-put", put_proto, .base = "save", .n = NIC_SCALARS },
  { "protobuf-get", get_proto, .base = "load", .n = NIC_SCALARS },
  { "gvariant-put", put_variant, .base = "save", .n = NIC_SCALARS },
  { "gvariant-get", get_variant, .base = "load", .n = NIC_SCALARS },
};
#define N_OPERATIONS G_N_ELEMENTS (operations)

static const Operation *
find_operation (const char *name)
{
  for (guint i = 0; i < N_OPERATIONS; i++)
    if (g_strcmp0 (operations[i].name, name) == 0)
      return &operations[i];
  return NULL;
}

static GByteArray *
make_stream (Bench *bench,
             guint which)
{
  GByteArray *stream = g_byte_array_new ();

  save_stream (bench, which, N_DEVICES (which), which == VISITED ? nic_visit_inline : NULL);
  g_byte_array_append (stream, bench->saver->output->data, bench->saver->output->len);
  return stream;
}

static void
bench_init (Bench *bench)
{
  const MigdescFormat *binary = migdesc_formats_find ("binary");

  nic_fill (&bench->from);
  bench->plans[WITH_BUFFER] = migdesc_state_plan_new (&nic, 1, NULL, NULL, NULL);
  bench->plans[BARE] = migdesc_state_plan_new (&bare, 1, NULL, NULL, NULL);
  bench->saver = g_object_new (binary->save_type (), "mode", MIGDESC_VISITOR_SAVE, NULL);
  bench->loader = g_object_new (binary->load_type (), "mode", MIGDESC_VISITOR_LOAD, NULL);
  for (guint i = 0; i < 2 * (VISITED + 1); i++)
    {
      hash_off = i > VISITED;
      bench->streams[!hash_off][i % (VISITED + 1)] = make_stream (bench, i % (VISITED + 1));
    }
  hash_off = FALSE;
  nic_put_checked (&bench->from, bench->bytes, FALSE);
  nic_put_swapped (&bench->from, bench->swapped, TRUE);
  msgpack_sbuffer_init (&bench->packed);
  bench->flat_writer = flat_writer_new ();
}

/* What is compared does the same. */
static void
check_peers (Bench *bench)
{
  for (guint i = 0; i < N_OPERATIONS; i++)
    if (g_str_has_suffix (operations[i].name, "-get"))
      {
        memset (&bench->to, 0, sizeof bench->to);
        operations[i - 1].run (bench);
        operations[i].run (bench);
        if (memcmp (&bench->to, &bench->from, sizeof bench->to) != 0)
          g_error ("%s: another state than it was given", operations[i].name);
      }
}

static double
measure (const Operation *operation,
         Bench *bench)
{
  double start;

  hash_off = !operation->is_hashed;
  bench->next_device = 0;
  start = processor_seconds ();
  for (guint i = 0; i < N_TURNS; i++)
    operation->run (bench);
  return (processor_seconds () - start) * 1e9 / N_TURNS;
}

static double times[N_OPERATIONS][N_ROUNDS];

static double
get_time (const char *name)
{
  const Operation *operation = find_operation (name);

  if (operation == NULL)
    return 0;
  /* sorted by now */
  return times[operation - operations][N_ROUNDS / 2] - get_time (operation->less);
}

static gboolean
show (const Operation *operation)
{
  double taken = get_time (operation->name);
  double base = get_time (operation->base);
  double shown = operation->base != NULL ? taken / base
                                         : taken / MAX (1, operation->n);
  gboolean good = (operation->most == 0 || shown <= operation->most) && shown >= operation->least;

  printf ("%-13s %8.0f ns", operation->name, taken);
  if (operation->n != 0)
    printf (" %6.2f ns a scalar", taken / operation->n);
  if (operation->base != NULL)
    printf ("  %5.2f times %s", shown, operation->base);
  if (operation->least != 0)
    printf (", at least %.2f", operation->least);
  if (operation->most != 0)
    printf (", at most %.1f", operation->most);
  printf ("%s\n", good ? "" : "  TOO SLOW");
  return good;
}

/* The stream next to the bytes of its fields. */
static gboolean
show_size (Bench *bench)
{
  gsize raw = nic_put_checked (&bench->from, bench->swapped, TRUE);
  guint n = bench->streams[TRUE][WITH_BUFFER]->len;
  double more = ((double) n / (double) raw - 1) * 100;

  printf ("size: %u bytes of stream, %" G_GSIZE_FORMAT " of fields: %.2f %% more, at most 3%s\n", n,
          raw, more, more <= 3 ? "" : "  TOO LARGE");
  nic_put_swapped (&bench->from, bench->swapped, TRUE);
  return more <= 3;
}

int
main (int argc,
      char **argv)
{
  Bench *bench = g_new0 (Bench, 1);
  gboolean good = TRUE;

  bench_init (bench);
  check_peers (bench);
  if (argc == 4 && strcmp (argv[1], "--only") == 0)
    {
      for (int i = 0; i < atoi (argv[2]); i++)
        find_operation (argv[3])->run (bench);
      return 0;
    }
  for (guint round = 0; round < N_ROUNDS; round++)
    for (guint i = 0; i < N_OPERATIONS; i++)
      times[i][round] = measure (&operations[i], bench);
  for (guint i = 0; i < N_OPERATIONS; i++)
    median (times[i], N_ROUNDS);
  printf ("state: %u scalars and a buffer of %u bytes\n", NIC_SCALARS, NIC_BUFFER);
  good &= show_size (bench);
  for (guint i = 0; i < N_OPERATIONS; i++)
    good &= show (&operations[i]);
  return good ? 0 : 1;
}
