/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "base/quote.h"
#include "state/state-private.h"
#include "state/tree-compare.h"

/* How two states differ. Parts are matched by name and position, so that the schemas may differ
 * too. */

struct _MigdescStateDiff
{
  gatomicrefcount ref_count;
  MigdescState *source;
  MigdescState *destination;
  GPtrArray *paths; /* of char */
};

G_DEFINE_BOXED_TYPE (MigdescStateDiff, migdesc_state_diff, migdesc_state_diff_ref,
                     migdesc_state_diff_unref)

typedef struct
{
  GPtrArray *paths;
  GString *path;
} Diff;

static void
add_place (Diff *diff)
{
  g_ptr_array_add (diff->paths, g_strdup (diff->path->str));
}

static void compare (Diff *diff, const MigdescNode *source, const MigdescNode *destination);

/* A part of both, or of one alone. */
static void
compare_part (Diff *diff,
              const char *name,
              guint64 index,
              const MigdescNode *source,
              const MigdescNode *destination)
{
  gsize length = diff->path->len;

  if (name != NULL)
    g_string_append_printf (diff->path, "%s%s", length > 0 ? "." : "", name);
  else
    g_string_append_printf (diff->path, "[%" G_GUINT64_FORMAT "]", index);
  if (source == NULL || destination == NULL)
    add_place (diff);
  else
    compare (diff, source, destination);
  g_string_truncate (diff->path, length);
}

static void
compare_structs (Diff *diff,
                 const MigdescNode *source,
                 const MigdescNode *destination)
{
  MigdescNode child, other;
  guint i = 0;

  while (migdesc_node_next_field (source, &i, &child))
    {
      const char *name = child.field->name;
      gboolean found = migdesc_node_find (destination, name, strlen (name), &other);

      compare_part (diff, name, 0, &child, found ? &other : NULL);
    }
  i = 0;
  while (migdesc_node_next_field (destination, &i, &other))
    if (!migdesc_node_find (source, other.field->name, strlen (other.field->name), &child))
      compare_part (diff, other.field->name, 0, NULL, &other);
}

static void
compare_arrays (Diff *diff,
                const MigdescNode *source,
                const MigdescNode *destination)
{
  guint64 n = migdesc_node_get_n_children (source);
  guint64 m = migdesc_node_get_n_children (destination);

  for (guint64 i = 0; i < MAX (n, m); i++)
    {
      MigdescNode child, other;

      if (i < n)
        migdesc_node_get_child (source, i, &child);
      if (i < m)
        migdesc_node_get_child (destination, i, &other);
      compare_part (diff, NULL, i, i < n ? &child : NULL, i < m ? &other : NULL);
    }
}

static void
compare (Diff *diff,
         const MigdescNode *source,
         const MigdescNode *destination)
{
  if (source->kind != destination->kind)
    add_place (diff);
  else if (source->kind == MIGDESC_STATE_STRUCT)
    compare_structs (diff, source, destination);
  else if (source->kind == MIGDESC_STATE_ARRAY)
    {
      if (!migdesc_node_equal (source, destination))
        compare_arrays (diff, source, destination);
    }
  else if (!migdesc_node_equal (source, destination))
    add_place (diff);
}

/**
 * migdesc_state_diff_new:
 * @source: a state, or a part of one
 * @destination: another; of another schema maybe
 *
 * Finds where two states differ. Parts are matched by name, elements by position; the order of the
 * parts does not count.
 *
 * Returns: (transfer full): the differences
 *
 * Since: 1.0
 */
MigdescStateDiff *
migdesc_state_diff_new (MigdescState *source,
                        MigdescState *destination)
{
  g_autoptr (GString) path = g_string_new (NULL);
  MigdescStateDiff *diff;

  g_return_val_if_fail (source != NULL, NULL);
  g_return_val_if_fail (destination != NULL, NULL);

  diff = g_new (MigdescStateDiff, 1);
  g_atomic_ref_count_init (&diff->ref_count);
  diff->source = migdesc_state_ref (source);
  diff->destination = migdesc_state_ref (destination);
  diff->paths = g_ptr_array_new_with_free_func (g_free);
  compare (&(Diff) { diff->paths, path }, migdesc_state_get_node (source),
           migdesc_state_get_node (destination));
  return diff;
}

/**
 * migdesc_state_diff_ref:
 * @diff: differences
 *
 * Takes a reference.
 *
 * Returns: (transfer full): @diff
 *
 * Since: 1.0
 */
MigdescStateDiff *
migdesc_state_diff_ref (MigdescStateDiff *diff)
{
  g_return_val_if_fail (diff != NULL, NULL);

  g_atomic_ref_count_inc (&diff->ref_count);
  return diff;
}

/**
 * migdesc_state_diff_unref:
 * @diff: (transfer full): differences
 *
 * Gives a reference back.
 *
 * Since: 1.0
 */
void
migdesc_state_diff_unref (MigdescStateDiff *diff)
{
  g_return_if_fail (diff != NULL);

  if (!g_atomic_ref_count_dec (&diff->ref_count))
    return;
  migdesc_state_unref (diff->source);
  migdesc_state_unref (diff->destination);
  g_ptr_array_unref (diff->paths);
  g_free (diff);
}

/**
 * migdesc_state_diff_get_n_places:
 * @diff: differences
 *
 * Asks how many places differ.
 *
 * Returns: the number; 0 if there is no difference
 *
 * Since: 1.0
 */
guint
migdesc_state_diff_get_n_places (MigdescStateDiff *diff)
{
  g_return_val_if_fail (diff != NULL, 0);

  return diff->paths->len;
}

/**
 * migdesc_state_diff_get_path:
 * @diff: differences
 * @place: from 0, below migdesc_state_diff_get_n_places()
 *
 * Asks where a difference is.
 *
 * Returns: (transfer none) (nullable): the path, as migdesc_state_lookup() takes it; %NULL if there
 *     is no such place
 *
 * Since: 1.0
 */
const char *
migdesc_state_diff_get_path (MigdescStateDiff *diff,
                             guint place)
{
  g_return_val_if_fail (diff != NULL, NULL);

  return place < diff->paths->len ? g_ptr_array_index (diff->paths, place) : NULL;
}

static MigdescState *
get_side (MigdescStateDiff *diff,
          MigdescState *state,
          guint place)
{
  return place < diff->paths->len
             ? migdesc_state_lookup (state, g_ptr_array_index (diff->paths, place), NULL)
             : NULL;
}

/**
 * migdesc_state_diff_get_source:
 * @diff: differences
 * @place: from 0, below migdesc_state_diff_get_n_places()
 *
 * Gets what the source has at a place.
 *
 * Returns: (transfer full) (nullable): the part, or %NULL if the source has none there
 *
 * Since: 1.0
 */
MigdescState *
migdesc_state_diff_get_source (MigdescStateDiff *diff,
                               guint place)
{
  g_return_val_if_fail (diff != NULL, NULL);

  return get_side (diff, diff->source, place);
}

/**
 * migdesc_state_diff_get_destination:
 * @diff: differences
 * @place: from 0, below migdesc_state_diff_get_n_places()
 *
 * Gets what the destination has at a place.
 *
 * Returns: (transfer full) (nullable): the part, or %NULL if the destination has none there
 *
 * Since: 1.0
 */
MigdescState *
migdesc_state_diff_get_destination (MigdescStateDiff *diff,
                                    guint place)
{
  g_return_val_if_fail (diff != NULL, NULL);

  return get_side (diff, diff->destination, place);
}

static void
append_side (GString *text,
             MigdescState *side)
{
  g_autofree char *json = side == NULL ? NULL : migdesc_state_to_json (side, FALSE);

  if (json == NULL)
    g_string_append (text, "nothing");
  else
    migdesc_quote_append (text, json, strlen (json));
}

/**
 * migdesc_state_diff_to_string:
 * @diff: differences
 *
 * Writes differences for people to read, a line each: `queues[3].head: 5 -> 7`. Long values are
 * shortened.
 *
 * Returns: (transfer full): the text; empty if there is no difference
 *
 * Since: 1.0
 */
char *
migdesc_state_diff_to_string (MigdescStateDiff *diff)
{
  GString *text;

  g_return_val_if_fail (diff != NULL, NULL);

  text = g_string_new (NULL);
  for (guint i = 0; i < diff->paths->len; i++)
    {
      g_autoptr (MigdescState) source = get_side (diff, diff->source, i);
      g_autoptr (MigdescState) destination = get_side (diff, diff->destination, i);

      g_string_append_printf (text, "%s: ", (char *) g_ptr_array_index (diff->paths, i));
      append_side (text, source);
      g_string_append (text, " -> ");
      append_side (text, destination);
      g_string_append_c (text, '\n');
    }
  return g_string_free (text, FALSE);
}
