/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <stdbool.h>
#include <string.h>

#include <migdesc/migdesc.h>

/* A device with fields of every kind, array, storage and gate. */

typedef struct
{
  gint64 expires;
  guint8 mode;
} Timer;

typedef struct
{
  guint64 ring;
  guint16 size;
  guint16 head;
} Queue;

typedef struct
{
  guint32 id;
  guint8 n_rule;
  guint8 *rule;
} Filter;

typedef struct
{
  bool up;
  gboolean truth;
  guint8 byte;
  guint16 word;
  guint32 dword;
  guint64 qword;
  gint8 i8;
  gint16 i16;
  gint32 i32;
  gint64 i64;
  double real;
  double any;
  guint8 link;
  guint32 caps;
  gint64 fires;
  Timer timer;
} Scalars;

typedef struct
{
  guint16 fixed[3];
  gboolean truths[2];
  double reals[2];
  guint8 n_some;
  guint32 some[4];
  guint16 n_told;
  gint16 told[5];
  guint8 by_param[8];
  guint32 n_far;
  guint64 *far;
  guint16 long_one[3000];
  guint8 eeprom[4];
  guint8 n_part;
  guint8 part[6];
  guint8 n_known;
  guint8 known[6];
  guint32 n_heap;
  guint8 *heap;
  char *label;
  char name[8];
  guint8 bits[2];
  guint64 wide[2];
  guint32 n_counted;
  guint32 counted[2];
} Arrays;

typedef struct
{
  Queue pair[2];
  guint8 n_queues;
  Queue queues[4];
  guint8 active;
  guint8 standby;
  guint16 n_told;
  Queue told[3];
  Queue by_param[3];
  guint32 n_far;
  Queue *far;
  Filter one;
  Filter both[2];
  guint32 n_filters;
  Filter *filters;
  Timer *timer;
  Filter *extra;
  GPtrArray *listed;
  GList *chain;
  GQueue line;
} Structs;

typedef struct
{
  guint16 mtu;
  guint8 added;
  guint8 dropped;
  guint8 feature;
  guint8 turbo;
  guint8 limit;
  guint8 has_rss;
  guint8 rss_key[4];
  guint8 rss_extra;
  guint8 debug;
} Gates;

static const char *const device_links[] = { "down", "up", "negotiating" };
static const char *const device_caps[] = { "csum", "tso", "lro" };

static const MigdescField timer_fields[] = {
  MIGDESC_TIMER (Timer, expires),
  MIGDESC_U8 (Timer, mode, 0, 3),
};
MIGDESC_STRUCT (timer_state, Timer, 1, 1, timer_fields, NULL);

static const MigdescField queue_fields[] = {
  MIGDESC_U64 (Queue, ring, 0, G_MAXUINT64),
  MIGDESC_U16 (Queue, size, 1, 32768),
  MIGDESC_U16 (Queue, head, 0, 32767),
  MIGDESC_RELATION (Queue, head, MIGDESC_LT, size),
};

static gboolean
queue_check (gconstpointer state,
             GError **error)
{
  const Queue *queue = state;

  if (queue->ring != 666)
    return TRUE;
  g_set_error_literal (error, MIGDESC_ERROR, MIGDESC_ERROR_STATE_CHECK, "not that ring");
  return FALSE;
}
MIGDESC_STRUCT (queue_state, Queue, 1, 1, queue_fields, queue_check);

static const MigdescField filter_fields[] = {
  MIGDESC_U32 (Filter, id, 1, 1000),
  MIGDESC_VBYTES (Filter, rule, n_rule, 16),
};
MIGDESC_STRUCT (filter_state, Filter, 1, 1, filter_fields, NULL);

static const MigdescField scalar_fields[] = {
  MIGDESC_BOOL (Scalars, up),
  MIGDESC_BOOL (Scalars, truth),
  MIGDESC_U8 (Scalars, byte, 1, 200),
  MIGDESC_U16 (Scalars, word, 68, 9216),
  MIGDESC_U32 (Scalars, dword, 0, 100000),
  MIGDESC_U64 (Scalars, qword, 0, G_MAXUINT64),
  MIGDESC_I8 (Scalars, i8, -100, 100),
  MIGDESC_I16 (Scalars, i16, -1000, -1),
  MIGDESC_I32 (Scalars, i32, G_MININT32, G_MAXINT32),
  MIGDESC_I64 (Scalars, i64, G_MININT64, 0),
  MIGDESC_F64 (Scalars, real, -1.5, 2.5),
  MIGDESC_F64_ANY (Scalars, any),
  MIGDESC_ENUM (Scalars, link, device_links),
  MIGDESC_FLAGS (Scalars, caps, device_caps),
  MIGDESC_TIMER (Scalars, fires),
  MIGDESC_UNUSED (4),
  MIGDESC_CONSTANT ("magic", U32, 0xfeedbeef),
  MIGDESC_CONSTANT ("minus", I16, -2),
  MIGDESC_GONE ("old", U16, 5, 100, MIGDESC_UNTIL (1), MIGDESC_DEFAULT (7)),
  MIGDESC_NESTED (Scalars, timer, timer_state),
};
MIGDESC_STRUCT (scalars_state, Scalars, 1, 1, scalar_fields, NULL);

static const MigdescField array_fields[] = {
  MIGDESC_ARRAY (Arrays, fixed, U16, 0, 1000),
  MIGDESC_ARRAY (Arrays, truths, BOOL, 0, 1),
  MIGDESC_ARRAY (Arrays, reals, F64, 0, 1),
  MIGDESC_ARRAY_N (Arrays, some, n_some, U32, 0, 99),
  MIGDESC_U16 (Arrays, n_told, 0, 6), /* the array has room for 5 */
  MIGDESC_ARRAY_COUNTED (Arrays, told, n_told, I16, -5, 5),
  MIGDESC_ARRAY_PARAM (Arrays, by_param, "vectors", U8, 0, 9),
  MIGDESC_VARRAY (Arrays, far, n_far, 10000, U64, 0, G_MAXUINT64 - 1),
  MIGDESC_ARRAY (Arrays, long_one, U16, 0, 9),
  MIGDESC_BYTES (Arrays, eeprom),
  MIGDESC_BYTES_N (Arrays, part, n_part),
  MIGDESC_U8 (Arrays, n_known, 0, 6),
  MIGDESC_BYTES_COUNTED (Arrays, known, n_known),
  MIGDESC_VBYTES (Arrays, heap, n_heap, 100000),
  MIGDESC_STRING (Arrays, label, 10),
  MIGDESC_STRING_N (Arrays, name),
  MIGDESC_BITMAP (Arrays, bits, 12),
  MIGDESC_BITMAP (Arrays, wide, 70),
  MIGDESC_U32 (Arrays, n_counted, 0, 64),
  MIGDESC_BITMAP_COUNTED (Arrays, counted, n_counted),
};
MIGDESC_STRUCT (arrays_state, Arrays, 1, 1, array_fields, NULL);

static const MigdescField struct_fields[] = {
  MIGDESC_STRUCTS (Structs, pair, queue_state),
  MIGDESC_STRUCTS_N (Structs, queues, n_queues, queue_state),
  MIGDESC_INDEX (Structs, active, queues),
  MIGDESC_INDEX_OR_NONE (Structs, standby, queues, 255),
  MIGDESC_U16 (Structs, n_told, 0, 3),
  MIGDESC_STRUCTS_COUNTED (Structs, told, n_told, queue_state),
  MIGDESC_STRUCTS_PARAM (Structs, by_param, "queues", queue_state),
  MIGDESC_VSTRUCTS (Structs, far, n_far, 5000, queue_state),
  MIGDESC_NESTED (Structs, one, filter_state),
  MIGDESC_STRUCTS (Structs, both, filter_state),
  MIGDESC_VSTRUCTS (Structs, filters, n_filters, 100, filter_state),
  MIGDESC_POINTER (Structs, timer, timer_state),
  MIGDESC_POINTER (Structs, extra, filter_state),
  MIGDESC_LIST (Structs, listed, filter_state, 3),
  MIGDESC_GLIST (Structs, chain, timer_state, 3),
  MIGDESC_GQUEUE (Structs, line, timer_state, 3),
};
MIGDESC_STRUCT (structs_state, Structs, 1, 1, struct_fields, NULL);

static gboolean
gates_need_rss (gconstpointer state)
{
  return ((const Gates *) state)->has_rss;
}

static gboolean
gates_check (gconstpointer state,
             GError **error)
{
  const Gates *gates = state;

  if (gates->debug != 66)
    return TRUE;
  g_set_error_literal (error, MIGDESC_ERROR, MIGDESC_ERROR_STATE_CHECK, "66 is odd");
  return FALSE;
}

static const MigdescField rss_fields[] = {
  MIGDESC_BYTES (Gates, rss_key),
  MIGDESC_U8 (Gates, rss_extra, 0, 9, MIGDESC_SINCE (2), MIGDESC_DEFAULT (4)),
};
static const MigdescField debug_fields[] = {
  MIGDESC_U8 (Gates, debug, 0, 99),
};
static const MigdescField gate_fields[] = {
  MIGDESC_U16 (Gates, mtu, 68, 9216),
  MIGDESC_U8 (Gates, added, 0, 9, MIGDESC_SINCE (2), MIGDESC_DEFAULT (5)),
  MIGDESC_U8 (Gates, dropped, 0, 9, MIGDESC_UNTIL (2), MIGDESC_DEFAULT (0)),
  MIGDESC_U8 (Gates, feature, 0, 9, MIGDESC_IF ("new-feature"), MIGDESC_DEFAULT (1)),
  MIGDESC_U8 (Gates, turbo, 0, 9, MIGDESC_IF_VALUE ("mode", "fast"), MIGDESC_DEFAULT (0)),
  MIGDESC_U8 (Gates, limit, 0, 99),
  MIGDESC_RELATION_PARAM (Gates, limit, MIGDESC_LE, "most"),
  MIGDESC_SECTION_VERSION ("rss", rss_fields, 2, 1, MIGDESC_NEEDED (gates_need_rss),
                           MIGDESC_DROPPABLE),
  MIGDESC_SECTION ("debug", debug_fields, MIGDESC_SINCE (3), MIGDESC_DEFAULT (0)),
};
MIGDESC_STRUCT (gates_state, Gates, 3, 1, gate_fields, gates_check);

static G_GNUC_UNUSED const char *
device_param (gpointer data,
              const char *name)
{
  const char *const *pair = data;

  for (; pair != NULL && *pair != NULL; pair += 2)
    if (strcmp (pair[0], name) == 0)
      return pair[1];
  return NULL;
}

static G_GNUC_UNUSED const char *const device_params[] = { "vectors", "3", "queues", "2", NULL };
