/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "base/quote.h"
#include "state/tree/state-private.h"
#include "state/tree/tree-compare.h"

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

static void compare (Diff *diff, MigdescNode *source, MigdescNode *destination);

/* A part of both, or of one alone. */
static void
compare_part (Diff *diff,
              const char *name,
              guint64 index,
              MigdescNode *source,
              MigdescNode *destination)
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
add_others (Diff *diff,
            const MigdescNode *source,
            const MigdescNode *destination)
{
  g_auto (MigdescFields) fields;
  MigdescNode other;

  migdesc_fields_init (&fields, destination);
  while (migdesc_fields_next (&fields, &other))
    if (!migdesc_node_has (source, other.field->name))
      compare_part (diff, other.field->name, 0, NULL, &other);
}

/* Side by side as long as the names are the same. */
static void
compare_structs (Diff *diff,
                 MigdescNode *source,
                 MigdescNode *destination)
{
  g_auto (MigdescFields) fields;
  g_auto (MigdescFields) others;
  MigdescNode child, other, found;
  gboolean alike = TRUE;

  migdesc_fields_init (&fields, source);
  migdesc_fields_init (&others, destination);
  while (migdesc_fields_next (&fields, &child))
    {
      const char *name = child.field->name;

      alike = alike && migdesc_fields_next (&others, &other)
              && strcmp (other.field->name, name) == 0;
      if (alike)
        compare_part (diff, name, 0, &child, &other);
      else
        compare_part (diff, name, 0, &child,
                      migdesc_node_find (destination, name, strlen (name), &found) ? &found : NULL);
    }
  alike = alike && !migdesc_fields_next (&others, &other);
  if (!alike)
    add_others (diff, source, destination);
  source->end = migdesc_fields_get_end (&fields);
  destination->end = alike ? migdesc_fields_get_end (&others) : NULL;
}

static void
compare_arrays (Diff *diff,
                MigdescNode *source,
                MigdescNode *destination)
{
  MigdescElements elements, others;
  MigdescNode child, other;

  migdesc_elements_init (&elements, source);
  migdesc_elements_init (&others, destination);
  for (guint64 i = 0; i < MAX (source->value, destination->value); i++)
    {
      gboolean here = migdesc_elements_next (&elements, &child);
      gboolean there = migdesc_elements_next (&others, &other);

      compare_part (diff, NULL, i, here ? &child : NULL, there ? &other : NULL);
    }
}

static void
compare (Diff *diff,
         MigdescNode *source,
         MigdescNode *destination)
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
  MigdescNode source_node, destination_node;
  MigdescStateDiff *diff;

  g_return_val_if_fail (source != NULL, NULL);
  g_return_val_if_fail (destination != NULL, NULL);

  diff = g_new (MigdescStateDiff, 1);
  g_atomic_ref_count_init (&diff->ref_count);
  diff->source = migdesc_state_ref (source);
  diff->destination = migdesc_state_ref (destination);
  diff->paths = g_ptr_array_new_with_free_func (g_free);
  source_node = *migdesc_state_get_node (source);
  destination_node = *migdesc_state_get_node (destination);
  compare (&(Diff) { diff->paths, path }, &source_node, &destination_node);
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
