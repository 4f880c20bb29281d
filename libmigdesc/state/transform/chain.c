/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "state/transform/chain.h"

/* The versions that steps lead to, the nearest first. */

typedef struct
{
  guint version;
  guint before; /* a position */
} Reached;

#define NOWHERE G_MAXUINT

static GArray *
reach (MigdescTransforms *transforms,
       guint from,
       gboolean back)
{
  GArray *reached = g_array_new (FALSE, FALSE, sizeof (Reached));
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);
  const Reached first = { from, NOWHERE };

  g_array_append_val (reached, first);
  g_hash_table_add (seen, GUINT_TO_POINTER (from));
  for (guint i = 0; i < reached->len; i++)
    {
      guint at = g_array_index (reached, Reached, i).version;
      const MigdescChange *change;

      for (guint j = 0; (change = migdesc_transforms_get_change (transforms, j)) != NULL; j++)
        {
          const Reached next = { back ? change->from : change->to, i };

          if ((back ? change->to : change->from) == at
              && g_hash_table_add (seen, GUINT_TO_POINTER (next.version)))
            g_array_append_val (reached, next);
        }
    }
  return reached;
}

GArray *
migdesc_transforms_find_chain (MigdescTransforms *transforms,
                               guint from,
                               guint to)
{
  g_autoptr (GArray) reached = reach (transforms, from, FALSE);
  GArray *chain;
  guint i = 0;

  while (i < reached->len && g_array_index (reached, Reached, i).version != to)
    i++;
  if (i == reached->len)
    return NULL;
  chain = g_array_new (FALSE, FALSE, sizeof (guint));
  for (; i != NOWHERE; i = g_array_index (reached, Reached, i).before)
    g_array_prepend_val (chain, g_array_index (reached, Reached, i).version);
  return chain;
}

guint
migdesc_transforms_find_end (MigdescTransforms *transforms,
                             guint version,
                             gboolean back,
                             guint minimum,
                             guint maximum)
{
  g_autoptr (GArray) reached = reach (transforms, version, back);
  guint best = 0;

  for (guint i = 0; i < reached->len; i++)
    {
      guint at = g_array_index (reached, Reached, i).version;

      if (at >= minimum && at <= maximum)
        best = MAX (best, at);
    }
  return best;
}

const char *
migdesc_transforms_find_function (MigdescTransforms *transforms,
                                  guint from,
                                  guint to)
{
  const MigdescChange *change;

  for (guint i = 0; (change = migdesc_transforms_get_change (transforms, i)) != NULL; i++)
    if (change->kind == MIGDESC_CHANGE_FUNCTION && change->from == from && change->to == to)
      return change->text;
  return NULL;
}
