/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "state-every-field.h"

/* A state with something in each field of state-every-field.h, valid in all of its versions. */
static inline void
every_fill (MigdescStateType *type,
            EveryState *state)
{
  migdesc_state_type_init_struct (type, state);
  state->u32 = 7;
  state->i32 = -2;
  state->f64 = 0.25;
  state->link = EVERY_UP;
  state->mode = 2;
  state->features = 5;
  state->active = 1;
  state->chosen = 255;
  state->n_keys = 2;
  state->keys[1] = 6;
  state->n_counted = 3;
  state->counted[2] = -3;
  state->bits[0] = 5;
  state->n_owned = 2;
  state->owned = g_new (guint64, 2);
  state->owned[0] = 1;
  state->owned[1] = 2;
  state->n_frame = 3;
  state->frame[2] = 9;
  state->rx_len = 4;
  state->rx = g_memdup2 ("\1\2\3\4", 4);
  state->label = g_strdup ("label");
  strcpy (state->serial, "serial");
  state->vlans[3] = 8;
  for (guint i = 0; i < 2; i++)
    state->rows[i].size = 1;
  state->n_queues = 2;
  for (guint i = 0; i < 2; i++)
    state->queues[i] = (EveryQueue) { 1, 2, 1 };
  state->n_allocated = 2;
  state->allocated = g_new0 (EveryTimer, 2);
  state->maybe = g_new0 (EveryTimer, 1);
  state->maybe->period = 3;
  state->list = g_ptr_array_new ();
  g_ptr_array_add (state->list, g_new0 (EveryTimer, 1));
  state->glist = g_list_append (NULL, g_new0 (EveryTimer, 1));
  state->hash = 77;
  state->indirection[15] = 127;
}
