/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Paths, maps and test matrices of the hosts of a fleet */

#include <string.h>

#include <migdesc/migdesc-error.h>
#include <migdesc/migdesc-fleet-ways.h>

#include "fleet/fleet-private.h"
#include "model/handles.h"
#include "ops/map/map-record.h"
#include "ops/path/path-record.h"
#include "ops/stores.h"

/* --- Paths ------------------------------------------------------------ */

static MigdescStore *
store_of_slot (MigdescFleet *fleet, const MigdescSlot *slot)
{
  return fleet->shapes->stores[slot->descriptor];
}

static gboolean
has_model (MigdescFleet *fleet, const MigdescSlot *slot, const MigdescParamList *list)
{
  const char *model = migdesc_param_list_get_model (list);

  return model == NULL
         || migdesc_store_find_model (store_of_slot (fleet, slot), model, strlen (model)) != NULL;
}

static void
add_host (GArray *hosts, MigdescFleet *fleet, guint position, const MigdescSlot *slot)
{
  const MigdescShape *shape = migdesc_fleet_peek_shape (fleet, position);
  const MigdescPathHost host
      = { store_of_slot (fleet, slot), migdesc_roster_name (fleet->roster, position), position,
          shape->n_slots > 1 ? slot->name : NULL };

  g_array_append_val (hosts, host);
}

/* Of the slots of a host the first that may have such a device; else the first of all. NULL: it has
 * no slots. */
static const MigdescSlot *
choose_slot (MigdescFleet *fleet, guint position, const MigdescParamList *list)
{
  const MigdescShape *shape = migdesc_fleet_peek_shape (fleet, position);

  for (guint32 i = 0; i < shape->n_slots; i++)
    if (has_model (fleet, &shape->slots[i], list))
      return &shape->slots[i];
  return shape->n_slots > 0 ? &shape->slots[0] : NULL;
}

/* One host for each different descriptor that has room for a device, in the order of the fleet,
 * and the two that were asked about. */
static GArray *
collect_hosts (MigdescFleet *fleet, const MigdescParamList *list, guint source,
               const MigdescSlot *source_slot, guint destination,
               const MigdescSlot *destination_slot, guint32 ends[2])
{
  GArray *hosts = g_array_new (FALSE, FALSE, sizeof (MigdescPathHost));
  g_autofree guint8 *shapes = g_malloc0 ((gsize) fleet->shapes->n_shapes + 1);
  g_autofree guint8 *stores = g_malloc0 ((gsize) fleet->shapes->n_stores + 1);

  for (guint32 i = 0; i < fleet->roster->n; i++)
    {
      const MigdescShape *shape = migdesc_fleet_peek_shape (fleet, i);

      if (i == source)
        ends[0] = hosts->len;
      if (i == source)
        add_host (hosts, fleet, i, source_slot);
      if (i == destination)
        ends[1] = hosts->len;
      if (i == destination)
        add_host (hosts, fleet, i, destination_slot);
      if (shapes[fleet->roster->shapes[i]])
        continue;
      shapes[fleet->roster->shapes[i]] = TRUE;
      for (guint32 s = 0; s < shape->n_slots; s++)
        {
          const MigdescSlot *slot = &shape->slots[s];

          if (slot->count == 0 || stores[slot->descriptor] || !has_model (fleet, slot, list))
            continue;
          stores[slot->descriptor] = TRUE;
          add_host (hosts, fleet, i, slot);
        }
    }
  if (source == destination)
    ends[1] = ends[0];
  return hosts;
}

static gboolean
is_better (MigdescPath *path, MigdescPath *best)
{
  static const guint8 order[] = { [MIGDESC_VERDICT_COMPATIBLE] = 0,
                                  [MIGDESC_VERDICT_UNDECIDED] = 1,
                                  [MIGDESC_VERDICT_INCOMPATIBLE] = 2 };
  guint8 rank = order[migdesc_path_get_verdict (path)];
  guint8 best_rank = order[migdesc_path_get_verdict (best)];

  if (rank != best_rank)
    return rank < best_rank;
  return rank < 2 && migdesc_path_get_n_steps (path) < migdesc_path_get_n_steps (best);
}

/* The first slot with room for a device that has the model, from @start on; at @start = 0, if there
 * is none, the first with any room. NULL: there is none either. */
static const MigdescSlot *
next_slot (MigdescFleet *fleet, const MigdescShape *shape, const MigdescParamList *list,
           guint32 start)
{
  const MigdescSlot *roomy = NULL;

  for (guint32 i = start; i < shape->n_slots; i++)
    {
      const MigdescSlot *slot = &shape->slots[i];

      if (slot->count > 0 && has_model (fleet, slot, list))
        return slot;
      if (slot->count > 0 && roomy == NULL)
        roomy = slot;
    }
  return start == 0 ? roomy : NULL;
}

/* Where a device may end at a host: slots of one descriptor are reached alike. */
static GPtrArray *
collect_ends (MigdescFleet *fleet, const MigdescShape *shape, const MigdescParamList *list)
{
  GPtrArray *ends = g_ptr_array_new ();
  g_autofree guint8 *stores = g_malloc0 ((gsize) fleet->shapes->n_stores + 1);

  for (const MigdescSlot *slot = next_slot (fleet, shape, list, 0); slot != NULL;
       slot = next_slot (fleet, shape, list, (guint32) (slot - shape->slots) + 1))
    if (!stores[slot->descriptor])
      {
        stores[slot->descriptor] = TRUE;
        g_ptr_array_add (ends, (gpointer) slot);
      }
  return ends;
}

static gboolean
check_host (MigdescFleet *fleet, guint position, gboolean need_room,
            const MigdescParamList *list, GError **error)
{
  const MigdescShape *shape;

  if (position >= fleet->roster->n)
    {
      g_set_error (error, MIGDESC_ERROR, MIGDESC_ERROR_INVALID_ARGUMENT,
                   "there are %u hosts, and host %u was asked for", fleet->roster->n, position);
      return FALSE;
    }
  shape = migdesc_fleet_peek_shape (fleet, position);
  if (shape->error != NULL)
    g_set_error_literal (error, MIGDESC_ERROR, shape->error_code, shape->error);
  else if (shape->n_slots == 0 || (need_room && next_slot (fleet, shape, list, 0) == NULL))
    g_set_error (error, MIGDESC_ERROR, MIGDESC_ERROR_INVALID_ARGUMENT,
                 "host %u has no %sslot for a device", position, need_room ? "free " : "");
  else
    return TRUE;
  return FALSE;
}

static MigdescPath *
find_to_slot (MigdescFleet *fleet, const MigdescParamList *list, guint source, guint destination,
              const MigdescSlot *slot, guint64 max_steps, GError **error)
{
  guint32 ends[2] = { 0, 0 };
  g_autoptr (GArray) hosts
      = collect_hosts (fleet, list, source, choose_slot (fleet, source, list), destination, slot,
                       ends);

  return migdesc_path_find_among ((const MigdescPathHost *) (gpointer) hosts->data, hosts->len,
                                  list, ends[0], ends[1], max_steps, error);
}

/**
 * migdesc_fleet_find_path:
 * @fleet: a fleet
 * @list: the migration parameter list that the device runs with
 * @source: the position of the host that it runs on
 * @destination: the position of the host that it is to go to
 * @limits: (nullable): how long to search, %MIGDESC_LIMIT_STEPS, or %NULL for the default
 * @error: return location for a #GError
 *
 * Finds the shortest chain of migrations that takes a device from one host of a fleet to another,
 * as migdesc_path_find() does; hosts of the path are positions in the fleet. Of a host with several
 * slots, any that has room (a count above 0) may be gone over, and the one that is best to reach is
 * the destination, with the steps shared by its different slots; at the source the device is in the
 * first slot whose descriptor has its model. Hosts that cannot be used are left out.
 *
 * The errors are those of migdesc_path_find(), and that of migdesc_fleet_get_error() if one of the
 * two hosts cannot be used.
 *
 * Returns: (transfer full): the path, or %NULL on error
 *
 * Since: 1.0
 */
MigdescPath *
migdesc_fleet_find_path (MigdescFleet *fleet, const MigdescParamList *list, guint source,
                         guint destination, const MigdescLimits *limits, GError **error)
{
  guint64 max_steps = migdesc_limits_get (limits, MIGDESC_LIMIT_STEPS);
  g_autoptr (MigdescPath) best = NULL;
  g_autoptr (GPtrArray) ends = NULL;
  const MigdescShape *shape;

  g_return_val_if_fail (MIGDESC_IS_FLEET (fleet), NULL);
  g_return_val_if_fail (list != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  if (!check_host (fleet, source, FALSE, list, error)
      || !check_host (fleet, destination, source != destination, list, error))
    return NULL;
  shape = migdesc_fleet_peek_shape (fleet, destination);
  if (source == destination)
    return find_to_slot (fleet, list, source, source, choose_slot (fleet, source, list), max_steps,
                         error);
  ends = collect_ends (fleet, shape, list);
  for (guint i = 0; i < ends->len; i++)
    {
      g_autoptr (MigdescPath) path
          = find_to_slot (fleet, list, source, destination, ends->pdata[i],
                          MAX (max_steps / ends->len, 1), error);

      if (path == NULL)
        return NULL;
      if (best != NULL && !is_better (path, best))
        continue;
      g_clear_pointer (&best, migdesc_path_unref);
      best = g_steal_pointer (&path);
    }
  return g_steal_pointer (&best);
}

/* --- Maps and matrices ------------------------------------------------ */

static char *
choose_model (MigdescFleet *fleet, const char *model, GError **error)
{
  if (fleet->shapes->n_stores > 0)
    return migdesc_stores_choose_model (fleet->shapes->stores, fleet->shapes->n_stores, model,
                                        error);
  g_set_error_literal (error, MIGDESC_ERROR, MIGDESC_ERROR_INVALID_ARGUMENT,
                       "no host of the fleet has a descriptor");
  return NULL;
}

/* How many hosts each shape has, and the first of them */
static guint32 *
count_shapes (MigdescFleet *fleet, guint32 **firsts)
{
  guint32 *counts = g_new0 (guint32, (gsize) fleet->shapes->n_shapes + 1);

  *firsts = g_new0 (guint32, (gsize) fleet->shapes->n_shapes + 1);
  for (guint32 i = 0; i < fleet->roster->n; i++)
    if (counts[fleet->roster->shapes[i]]++ == 0)
      (*firsts)[fleet->roster->shapes[i]] = i;
  return counts;
}

/* A host counts for each different descriptor of its slots that has the model, or else once. */
static void
add_shape (GArray *hosts, MigdescFleet *fleet, guint32 number, const char *name, guint32 n_hosts,
           const char *model)
{
  const MigdescShape *shape = fleet->shapes->shapes[number];
  MigdescMapHosts entry = { .name = name, .n_hosts = n_hosts };
  gboolean found = FALSE;

  for (guint32 i = 0; i < shape->n_slots; i++)
    {
      gboolean repeated = FALSE;

      entry.store = store_of_slot (fleet, &shape->slots[i]);
      for (guint32 j = 0; j < i; j++)
        repeated |= shape->slots[j].descriptor == shape->slots[i].descriptor;
      if (repeated || migdesc_store_find_model (entry.store, model, strlen (model)) == NULL)
        continue;
      found = TRUE;
      g_array_append_val (hosts, entry);
    }
  if (found || shape->n_slots == 0)
    return;
  entry.store = store_of_slot (fleet, &shape->slots[0]);
  g_array_append_val (hosts, entry);
}

/**
 * migdesc_fleet_make_map:
 * @fleet: a fleet
 * @model: (nullable): the name of a model, or %NULL for the only one of the first descriptor
 * @max_groups: how many groups of hosts with equal descriptors to show, at most 48; 0 for 24
 * @limits: (nullable): how long to compare, %MIGDESC_LIMIT_STEPS, or %NULL for the default
 * @error: return location for a #GError
 *
 * Makes a map of the hosts of a fleet, as migdesc_map_new() does. Hosts that cannot be used are
 * left out; one whose slots have different descriptors is in several groups.
 *
 * The errors are those of migdesc_map_new().
 *
 * Returns: (transfer full): the map, or %NULL on error
 *
 * Since: 1.0
 */
MigdescMap *
migdesc_fleet_make_map (MigdescFleet *fleet, const char *model, guint max_groups,
                        const MigdescLimits *limits, GError **error)
{
  g_autoptr (GArray) hosts = NULL;
  g_autofree guint32 *counts = NULL;
  g_autofree guint32 *firsts = NULL;
  g_autofree char *chosen = NULL;

  g_return_val_if_fail (MIGDESC_IS_FLEET (fleet), NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  chosen = choose_model (fleet, model, error);
  if (chosen == NULL)
    return NULL;
  hosts = g_array_new (FALSE, FALSE, sizeof (MigdescMapHosts));
  counts = count_shapes (fleet, &firsts);
  for (guint32 i = 0; i < fleet->roster->n; i++)
    {
      guint32 shape = fleet->roster->shapes[i];

      if (firsts[shape] == i)
        add_shape (hosts, fleet, shape, migdesc_roster_name (fleet->roster, i), counts[shape],
                   chosen);
    }
  return migdesc_map_new_for_hosts ((const MigdescMapHosts *) (gpointer) hosts->data, hosts->len,
                                    chosen, max_groups,
                                    migdesc_limits_get (limits, MIGDESC_LIMIT_STEPS));
}

/**
 * migdesc_fleet_make_matrix:
 * @fleet: a fleet
 * @model: (nullable): the name of a model, or %NULL for the only one of the first descriptor
 * @limits: (nullable): how many pairs to look at, %MIGDESC_LIMIT_STEPS, or %NULL for the default
 * @error: return location for a #GError
 *
 * Works out the test matrix of a model from what all hosts of a fleet publish, as
 * migdesc_matrix_new() does of descriptors: the strictest of their promises holds.
 *
 * The errors are those of migdesc_matrix_new().
 *
 * Returns: (transfer full): the matrix, or %NULL on error
 *
 * Since: 1.0
 */
MigdescMatrix *
migdesc_fleet_make_matrix (MigdescFleet *fleet, const char *model, const MigdescLimits *limits,
                           GError **error)
{
  g_autoptr (GPtrArray) descriptors = NULL;

  g_return_val_if_fail (MIGDESC_IS_FLEET (fleet), NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  descriptors = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint32 i = 0; i < fleet->shapes->n_stores; i++)
    g_ptr_array_add (descriptors, migdesc_descriptor_new_for_store (
                                      migdesc_store_ref (fleet->shapes->stores[i])));
  return migdesc_matrix_new ((MigdescDescriptor **) descriptors->pdata, descriptors->len, model,
                             limits, error);
}
