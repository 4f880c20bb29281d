/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "state/tree/state-private.h"
#include "state/visitor/pipe.h"

/* States of what other formats were turned to. */

MigdescState *
migdesc_state_new_from_wire (MigdescStateType *schema,
                             GByteArray *bytes,
                             GError **error)
{
  g_autoptr (MigdescState) state = migdesc_state_new_fresh (schema, error);

  return state != NULL && migdesc_pipe_load_tree (migdesc_state_get_tree (state), bytes, error)
             ? g_steal_pointer (&state)
             : NULL;
}
