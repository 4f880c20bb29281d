/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "state-device.h"

/* The device with something in every field. */

static G_GNUC_UNUSED void
fill_scalars (Scalars *state)
{
  *state = (Scalars) {
    .up = true,
    .byte = 200,
    .word = 68,
    .dword = 100000,
    .qword = G_MAXUINT64,
    .i8 = -100,
    .i16 = -1,
    .i32 = G_MININT32,
    .i64 = G_MININT64,
    .real = -1.5,
    .any = G_MAXDOUBLE * 2,
    .link = 2,
    .caps = 5,
    .fires = -1,
    .timer = { G_MAXINT64, 3 },
  };
}

static G_GNUC_UNUSED void
fill_arrays (Arrays *state)
{
  *state = (Arrays) {
    .fixed = { 0, 1000, 3 },
    .truths = { TRUE, FALSE },
    .reals = { 0.25, 1 },
    .n_some = 2,
    .some = { 99, 1, 77, 77 },
    .n_told = 5,
    .told = { -5, 5, 0, 1, 2 },
    .by_param = { 9, 8, 7, 6 },
    .n_far = 2,
    .far = g_new (guint64, 2),
    .eeprom = { 0xde, 0xad, 0xbe, 0xef },
    .n_part = 1,
    .part = { 0xaa, 0xbb },
    .n_known = 2,
    .known = { 1, 2, 3 },
    .n_heap = 3,
    .heap = g_memdup2 ("\1\2\3", 3),
    .label = g_strdup ("h\303\266ch"),
    .name = "seven77",
    .bits = { 0xff, 0x0f },
    .wide = { 1, 0x3f },
    .n_counted = 33,
    .counted = { 0x80000001, 1 },
  };
  state->far[0] = G_MAXUINT64 - 1;
  state->far[1] = 4;
}

static G_GNUC_UNUSED Filter *
new_filter (guint32 id,
            const char *rule)
{
  Filter *filter = g_new0 (Filter, 1);

  filter->id = id;
  filter->n_rule = (guint8) strlen (rule);
  filter->rule = g_memdup2 (rule, filter->n_rule);
  return filter;
}

static G_GNUC_UNUSED void
move_filter (Filter *filter,
             Filter *source)
{
  *filter = *source;
  g_free (source);
}

static G_GNUC_UNUSED Timer *
new_timer (gint64 expires)
{
  Timer *timer = g_new0 (Timer, 1);

  timer->expires = expires;
  return timer;
}

static G_GNUC_UNUSED void
fill_structs (Structs *state)
{
  *state = (Structs) {
    .pair = { { 1, 2, 1 }, { 3, 4, 2 } },
    .n_queues = 2,
    .queues = { { 5, 6, 3 }, { 7, 8, 4 } },
    .active = 1,
    .standby = 255,
    .n_told = 1,
    .told = { { 9, 10, 5 } },
    .by_param = { { 11, 12, 6 }, { 13, 14, 7 } },
    .n_far = 1,
    .far = g_memdup2 (&(Queue) { 15, 16, 8 }, sizeof (Queue)),
    .n_filters = 2,
    .filters = g_new0 (Filter, 2),
    .timer = new_timer (17),
    .listed = g_ptr_array_new (),
  };
  move_filter (&state->one, new_filter (1, "a"));
  move_filter (&state->both[0], new_filter (2, "bc"));
  move_filter (&state->both[1], new_filter (3, ""));
  move_filter (&state->filters[0], new_filter (4, "d"));
  move_filter (&state->filters[1], new_filter (5, "e"));
  g_ptr_array_add (state->listed, new_filter (6, "f"));
  g_ptr_array_add (state->listed, new_filter (7, "g"));
  state->chain = g_list_append (NULL, new_timer (18));
  state->chain = g_list_append (state->chain, new_timer (19));
  g_queue_push_tail (&state->line, new_timer (20));
  g_queue_push_tail (&state->line, new_timer (21));
}
