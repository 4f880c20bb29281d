/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* A table with every macro there is, in C11 and in C++17. */

#pragma once

#include <migdesc/migdesc.h>
#include <stdbool.h>

typedef struct
{
  gint64 expires;
  guint32 period;
} EveryTimer;

typedef struct
{
  guint64 ring;
  guint16 size;
  guint16 head;
} EveryQueue;

typedef enum
{
  EVERY_DOWN,
  EVERY_UP
} EveryLink;

typedef struct
{
  guint8 u8;
  guint16 u16;
  guint32 u32;
  guint64 u64;
  gint8 i8;
  gint16 i16;
  gint32 i32;
  gint64 i64;
  double f64;
  double any;
  bool truth;
  gboolean gtruth;
  gint64 timer;
  EveryLink link;
  guint8 mode;
  guint32 features;
  guint16 active;
  guint8 chosen;

  guint16 table[4];
  guint8 n_keys;
  guint32 keys[8];
  guint16 n_counted;
  gint16 counted[16];
  double rates[2];
  guint32 n_owned;
  guint64 *owned;
  guint8 eeprom[64];
  guint16 n_frame;
  guint8 frame[128];
  guint8 counted_bytes[16];
  guint32 rx_len;
  guint8 *rx;
  char *label;
  char serial[21];
  guint32 vlans[4];
  guint64 bits[4];

  EveryTimer nested;
  EveryQueue rows[2];
  guint8 n_queues;
  EveryQueue queues[8];
  EveryTimer counted_timers[16];
  EveryTimer more[4];
  guint16 n_allocated;
  EveryTimer *allocated;
  EveryTimer *maybe;
  GPtrArray *list;
  GList *glist;
  GQueue gqueue;

  guint32 hash;
  guint8 indirection[16];
} EveryState;

static const char *const every_link_words[] = { "down", "up" };
static const char *const every_mode_words[] = { "off", "slow", "fast" };
static const char *const every_feature_words[] = { "csum", "tso", "rss" };

static const MigdescField every_timer_fields[] = {
  MIGDESC_TIMER (EveryTimer, expires),
  MIGDESC_U32 (EveryTimer, period, 0, 1000000),
};
MIGDESC_STRUCT (every_timer, EveryTimer, 1, 1, every_timer_fields, NULL);

static const MigdescField every_queue_fields[] = {
  MIGDESC_U64 (EveryQueue, ring, 0, G_MAXUINT64),
  MIGDESC_U16 (EveryQueue, size, 1, 32768),
  MIGDESC_U16 (EveryQueue, head, 0, 32767),
  MIGDESC_RELATION (EveryQueue, head, MIGDESC_LT, size),
};
MIGDESC_STRUCT (every_queue, EveryQueue, 1, 1, every_queue_fields, NULL);

static inline gboolean
every_check (gconstpointer state,
             GError **error)
{
  const EveryState *every = (const EveryState *) state;

  if (every->u8 != 13)
    return TRUE;
  g_set_error_literal (error, MIGDESC_ERROR, MIGDESC_ERROR_STATE_CHECK, "13 brings bad luck");
  return FALSE;
}

static inline gboolean
every_rss_needed (gconstpointer state)
{
  return ((const EveryState *) state)->hash != 0;
}

static const MigdescField every_rss_fields[] = {
  MIGDESC_U32 (EveryState, hash, 0, G_MAXUINT32),
  MIGDESC_ARRAY (EveryState, indirection, U8, 0, 127, MIGDESC_SINCE (2), MIGDESC_DEFAULT (1)),
};

static const MigdescField every_more_fields[] = {
  MIGDESC_STRUCTS_PARAM (EveryState, more, "timers", every_timer),
};

static const MigdescField every_fields[] = {
  MIGDESC_CONSTANT ("magic", U32, 0x45564552),
  MIGDESC_U8 (EveryState, u8, 0, 255),
  MIGDESC_U16 (EveryState, u16, 68, 9216, MIGDESC_SINCE (2), MIGDESC_DEFAULT (1500)),
  MIGDESC_U32 (EveryState, u32, 1, G_MAXUINT32),
  MIGDESC_U64 (EveryState, u64, 0, G_MAXUINT64),
  MIGDESC_I8 (EveryState, i8, -128, 127),
  MIGDESC_I16 (EveryState, i16, -5, 5, MIGDESC_IF ("signed"), MIGDESC_DEFAULT (-1)),
  MIGDESC_I32 (EveryState, i32, G_MININT32, -1),
  MIGDESC_I64 (EveryState, i64, G_MININT64, G_MAXINT64),
  MIGDESC_F64 (EveryState, f64, -0.5, 1e300),
  MIGDESC_F64_ANY (EveryState, any),
  MIGDESC_BOOL (EveryState, truth),
  MIGDESC_BOOL (EveryState, gtruth),
  MIGDESC_TIMER (EveryState, timer),
  MIGDESC_ENUM (EveryState, link, every_link_words),
  MIGDESC_ENUM (EveryState, mode, every_mode_words, MIGDESC_SINCE (3), MIGDESC_REQUIRED),
  MIGDESC_FLAGS (EveryState, features, every_feature_words),
  MIGDESC_ARRAY (EveryState, table, U16, 0, 100),
  MIGDESC_ARRAY_N (EveryState, keys, n_keys, U32, 0, 7),
  MIGDESC_U16 (EveryState, n_counted, 0, 16),
  MIGDESC_ARRAY_COUNTED (EveryState, counted, n_counted, I16, -3, 3),
  MIGDESC_ARRAY_PARAM (EveryState, rates, "rates", F64, 0, 1),
  MIGDESC_VARRAY (EveryState, owned, n_owned, 1000, U64, 1, 2),
  MIGDESC_BYTES (EveryState, eeprom),
  MIGDESC_BYTES_N (EveryState, frame, n_frame),
  MIGDESC_BYTES_COUNTED (EveryState, counted_bytes, n_counted),
  MIGDESC_VBYTES (EveryState, rx, rx_len, 65536),
  MIGDESC_STRING (EveryState, label, 64),
  MIGDESC_STRING_N (EveryState, serial),
  MIGDESC_BITMAP (EveryState, vlans, 100),
  MIGDESC_BITMAP_COUNTED (EveryState, bits, n_counted),
  MIGDESC_NESTED (EveryState, nested, every_timer),
  MIGDESC_STRUCTS (EveryState, rows, every_queue),
  MIGDESC_STRUCTS_N (EveryState, queues, n_queues, every_queue),
  MIGDESC_INDEX (EveryState, active, queues),
  MIGDESC_INDEX_OR_NONE (EveryState, chosen, rows, 255),
  MIGDESC_STRUCTS_COUNTED (EveryState, counted_timers, n_counted, every_timer),
  MIGDESC_VSTRUCTS (EveryState, allocated, n_allocated, 100, every_timer),
  MIGDESC_POINTER (EveryState, maybe, every_timer),
  MIGDESC_LIST (EveryState, list, every_timer, 100),
  MIGDESC_GLIST (EveryState, glist, every_timer, 100),
  MIGDESC_GQUEUE (EveryState, gqueue, every_queue, 100),
  MIGDESC_UNUSED (4, MIGDESC_UNTIL (1), MIGDESC_DEFAULT (0)),
  MIGDESC_GONE ("old", U16, 0, 9, MIGDESC_UNTIL (2), MIGDESC_DEFAULT (7)),
  MIGDESC_GONE ("older", BOOL, 0, 1, MIGDESC_UNTIL (1), MIGDESC_DEFAULT (0)),
  MIGDESC_RELATION (EveryState, i8, MIGDESC_NE, i32),
  MIGDESC_RELATION_PARAM (EveryState, u8, MIGDESC_LE, "most"),
  MIGDESC_SECTION_VERSION ("rss", every_rss_fields, 2, 1, MIGDESC_NEEDED (every_rss_needed),
                           MIGDESC_DROPPABLE),
  MIGDESC_SECTION ("more", every_more_fields, MIGDESC_IF_VALUE ("more", "yes"),
                   MIGDESC_DEFAULT (0)),
};
MIGDESC_STRUCT (every_state, EveryState, 3, 1, every_fields, every_check);
