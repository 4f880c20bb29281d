/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "state-check.h"

/* The device of every kind, array, storage and gate, with something in it: as lines to load. */

static const char *const gates_params[]
    = { "mode", "fast", "new-feature", "on", "most", "99", "vectors", "3", "queues", "2", NULL };

static const char sample_scalars[]
    = "u8 up=1\nu8 truth=0\nu8 byte=200\nu16 word=68\nu32 dword=100000\n"
      "u64 qword=18446744073709551615\ni8 i8=-100\ni16 i16=-1\ni32 i32=-2147483648\n"
      "i64 i64=-9223372036854775808\nf64 real=-1.5\nf64 any=0.10000000000000001\nu8 link=2\n"
      "u32 caps=5\ni64 fires=-1\nu32 magic=4276993775\ni16 minus=-2\nu16 old=7\n"
      "i64 expires=9223372036854775807\nu8 mode=3\n";

static const char sample_arrays[]
    = "u16 -=0\nu16 -=1000\nu16 -=3\nu8 -=1\nu8 -=0\nf64 -=0.25\nf64 -=1\n"
      "u32 some=2\nu32 -=99\nu32 -=1\nu16 n_told=5\n"
      "i16 -=-5\ni16 -=5\ni16 -=0\ni16 -=1\ni16 -=2\nu8 -=9\nu8 -=8\nu8 -=7\n"
      "u32 far=2\nu64 -=18446744073709551614\nu64 -=4\n"
      "LONG"
      "bytes eeprom=deadbeef\nbytes part=aa\nu8 n_known=2\nbytes known=0102\n"
      "bytes heap=010203\ntext label=h\303\266ch\ntext name=seven77\n"
      "bytes bits=ff0f\nbytes wide=01000000000000003f\n"
      "u32 n_counted=33\nbytes counted=0100008001\n";

#define QUEUE(ring, size, head) "u64 ring=" ring "\nu16 size=" size "\nu16 head=" head "\n"
#define FILTER(id, rule) "u32 id=" id "\nbytes rule=" rule "\n"
#define TIMER(expires) "i64 expires=" expires "\nu8 mode=0\n"

static const char sample_structs[]
    = QUEUE ("1", "2", "1") QUEUE ("3", "4", "2")
      "u32 queues=2\n" QUEUE ("5", "6", "3") QUEUE ("7", "8", "4")
      "u8 active=1\nu8 standby=255\nu16 n_told=1\n" QUEUE ("9", "10", "5")
      QUEUE ("11", "12", "6") QUEUE ("13", "14", "7")
      "u32 far=1\n" QUEUE ("15", "16", "8")
      FILTER ("1", "61") FILTER ("2", "6263") FILTER ("3", "")
      "u32 filters=2\n" FILTER ("4", "64") FILTER ("5", "65")
      "u8 timer=1\n" TIMER ("17")
      "u8 extra=0\n"
      "u32 listed=2\n" FILTER ("6", "66") FILTER ("7", "67")
      "u32 chain=2\n" TIMER ("18") TIMER ("19")
      "u32 line=2\n" TIMER ("20") TIMER ("21");

static const char sample_gates[]
    = "u16 mtu=1500\nu8 added=1\nu8 feature=3\nu8 turbo=4\nu8 limit=50\n"
      "u8 rss=1\nu16 rss=2\nbytes rss_key=01020304\nu8 rss_extra=9\nu16 debug=1\nu8 debug=8\n";

typedef struct
{
  const char *name;
  const MigdescStruct *table;
  guint version;
  const char *lines;
} Sample;

static const Sample samples[] = {
  { "scalars", &scalars_state, 1, sample_scalars },
  { "arrays", &arrays_state, 1, sample_arrays },
  { "structs", &structs_state, 1, sample_structs },
  { "gates", &gates_state, 3, sample_gates },
};

static G_GNUC_UNUSED char *
sample_lines (const Sample *sample)
{
  const char *place = strstr (sample->lines, "LONG");
  GString *text = g_string_new (sample->lines);

  if (place == NULL)
    return g_string_free (text, FALSE);
  g_string_truncate (text, (gsize) (place - sample->lines));
  for (guint i = 0; i < 3000; i++)
    g_string_append (text, "u16 -=0\n");
  g_string_append (text, place + strlen ("LONG"));
  return g_string_free (text, FALSE);
}

static G_GNUC_UNUSED MigdescStatePlan *
sample_plan (const Sample *sample)
{
  return compile (sample->table, sample->version, gates_params);
}

/* Whether a section is needed is no part of the state. */
static G_GNUC_UNUSED void
sample_settle (const MigdescStatePlan *plan,
               gpointer state)
{
  Gates *gates = state;

  if (plan->table == &gates_state)
    gates->has_rss = memcmp (gates->rss_key, "\0\0\0", sizeof gates->rss_key) != 0;
}

/* To be cleared with migdesc_table_clear, and freed. */
static G_GNUC_UNUSED gpointer
sample_fill (const Sample *sample,
             const MigdescStatePlan *plan)
{
  g_autofree char *lines = sample_lines (sample);
  gpointer state = g_malloc (sample->table->size);

  migdesc_table_init (sample->table, state);
  load_lines (plan, lines, state);
  sample_settle (plan, state);
  return state;
}

static G_GNUC_UNUSED void
sample_free (const MigdescStatePlan *plan,
             gpointer state)
{
  migdesc_table_clear (plan->table, state);
  g_free (state);
}
