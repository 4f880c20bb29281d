/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* The slots of a host, and a host as JSON */

#include <string.h>

#include <migdesc/migdesc-writer.h>

#include "base/json-writer.h"
#include "fleet/fleet-private.h"
#include "model/handles.h"

static const MigdescShape *
shape_at (MigdescFleet *fleet, guint position)
{
  if (!MIGDESC_IS_FLEET (fleet) || position >= fleet->roster->n)
    return NULL;
  return migdesc_fleet_peek_shape (fleet, position);
}

/**
 * migdesc_fleet_get_n_slots:
 * @fleet: a fleet
 * @position: a host's position
 *
 * Counts the slots of a host; one that cannot be used has none.
 *
 * Returns: their number
 *
 * Since: 1.0
 */
guint
migdesc_fleet_get_n_slots (MigdescFleet *fleet, guint position)
{
  const MigdescShape *shape = shape_at (fleet, position);

  g_return_val_if_fail (shape != NULL, 0);

  return shape->n_slots;
}

/**
 * migdesc_fleet_get_slot_name:
 * @fleet: a fleet
 * @position: a host's position
 * @slot: a slot's position
 *
 * Gets the name of a slot.
 *
 * Returns: the name; valid as long as the fleet
 *
 * Since: 1.0
 */
const char *
migdesc_fleet_get_slot_name (MigdescFleet *fleet, guint position, guint slot)
{
  const MigdescShape *shape = shape_at (fleet, position);

  g_return_val_if_fail (shape != NULL && slot < shape->n_slots, NULL);

  return shape->slots[slot].name;
}

/**
 * migdesc_fleet_get_slot_count:
 * @fleet: a fleet
 * @position: a host's position
 * @slot: a slot's position
 *
 * Gets how many devices a slot takes.
 *
 * Returns: the number, which may be 0
 *
 * Since: 1.0
 */
guint
migdesc_fleet_get_slot_count (MigdescFleet *fleet, guint position, guint slot)
{
  const MigdescShape *shape = shape_at (fleet, position);

  g_return_val_if_fail (shape != NULL && slot < shape->n_slots, 0);

  return shape->slots[slot].count;
}

/**
 * migdesc_fleet_get_slot_descriptor:
 * @fleet: a fleet
 * @position: a host's position
 * @slot: a slot's position
 *
 * Gets what devices in a slot publish.
 *
 * Returns: (transfer full): the descriptor, without an origin
 *
 * Since: 1.0
 */
MigdescDescriptor *
migdesc_fleet_get_slot_descriptor (MigdescFleet *fleet, guint position, guint slot)
{
  const MigdescShape *shape = shape_at (fleet, position);
  MigdescStore *store;

  g_return_val_if_fail (shape != NULL && slot < shape->n_slots, NULL);

  store = fleet->shapes->stores[shape->slots[slot].descriptor];
  return migdesc_descriptor_new_for_store (migdesc_store_ref (store));
}

static void
write_slots (MigdescJsonWriter *writer, MigdescFleet *fleet, guint position)
{
  const MigdescShape *shape = shape_at (fleet, position);

  migdesc_json_writer_key (writer, "slots");
  migdesc_json_writer_begin_array (writer);
  for (guint32 i = 0; i < shape->n_slots; i++)
    {
      g_autoptr (MigdescDescriptor) descriptor
          = migdesc_fleet_get_slot_descriptor (fleet, position, i);
      g_autofree char *text = migdesc_descriptor_to_string (descriptor);

      migdesc_json_writer_begin_object (writer);
      migdesc_json_writer_member_string (writer, "name", shape->slots[i].name);
      migdesc_json_writer_member_uint (writer, "count", shape->slots[i].count);
      migdesc_json_writer_key (writer, "descriptor");
      migdesc_json_writer_raw (writer, text, strlen (text));
      migdesc_json_writer_end_object (writer);
    }
  migdesc_json_writer_end_array (writer);
}

/**
 * migdesc_fleet_host_to_json:
 * @fleet: a fleet
 * @position: a host's position
 *
 * Writes a host as one line of JSON that migdesc_fleet_put_json() and migdesc_fleet_add_lines()
 * read. One that cannot be used has a member `error` and no slots.
 *
 * Returns: (transfer full): the JSON text, without line end
 *
 * Since: 1.0
 */
char *
migdesc_fleet_host_to_json (MigdescFleet *fleet, guint position)
{
  const MigdescShape *shape = shape_at (fleet, position);
  MigdescJsonWriter writer;
  GString *json;

  g_return_val_if_fail (shape != NULL, NULL);

  json = g_string_new (NULL);
  migdesc_json_writer_init (&writer, json, FALSE);
  migdesc_json_writer_begin_object (&writer);
  migdesc_json_writer_member_string (&writer, "host",
                                     migdesc_roster_name (fleet->roster, position));
  migdesc_json_writer_key (&writer, "labels");
  migdesc_json_writer_begin_object (&writer);
  for (guint32 i = 0; i < shape->n_labels; i++)
    migdesc_json_writer_member_string (&writer, shape->labels[i].name, shape->labels[i].value);
  migdesc_json_writer_end_object (&writer);
  if (shape->error == NULL)
    write_slots (&writer, fleet, position);
  else
    migdesc_json_writer_member_string (&writer, "error", shape->error);
  migdesc_json_writer_end_object (&writer);
  return g_string_free (json, FALSE);
}

/* --- Columns ---------------------------------------------------------- */

/**
 * migdesc_fleet_dup_names:
 * @fleet: a fleet
 * @offsets: (out) (transfer full): return location for where each name begins and, last, where the
 * last one ends: one more 64-bit integers of this machine than there are hosts
 *
 * Gets the names of all hosts in one block, one after the other, without anything between them:
 * what NumPy, Arrow and others call a column of strings.
 *
 * Returns: (transfer full): the names, UTF-8
 *
 * Since: 1.0
 */
GBytes *
migdesc_fleet_dup_names (MigdescFleet *fleet, GBytes **offsets)
{
  const MigdescRoster *roster;
  guint64 *places;
  guint64 size = 0;
  char *names;

  g_return_val_if_fail (MIGDESC_IS_FLEET (fleet), NULL);
  g_return_val_if_fail (offsets != NULL, NULL);

  roster = fleet->roster;
  places = g_new (guint64, (gsize) roster->n + 1);
  names = g_malloc ((gsize) roster->names_size + 1);
  for (guint32 i = 0; i < roster->n; i++)
    {
      const char *name = migdesc_roster_name (roster, i);
      gsize length = strlen (name);

      places[i] = size;
      memcpy (names + size, name, length);
      size += length;
    }
  places[roster->n] = size;
  *offsets = g_bytes_new_take (places, ((gsize) roster->n + 1) * sizeof *places);
  return g_bytes_new_take (names, (gsize) size);
}

/**
 * migdesc_fleet_dup_shapes:
 * @fleet: a fleet
 *
 * Gets the number of each host's shape, in the order of positions. The memory is the fleet's own:
 * a fleet that is changed while somebody holds it makes itself a copy.
 *
 * Returns: (transfer full): a 32-bit integer of this machine for each host
 *
 * Since: 1.0
 */
GBytes *
migdesc_fleet_dup_shapes (MigdescFleet *fleet)
{
  g_return_val_if_fail (MIGDESC_IS_FLEET (fleet), NULL);

  return g_bytes_new_with_free_func (fleet->roster->shapes,
                                     (gsize) fleet->roster->n * sizeof (guint32),
                                     (GDestroyNotify) migdesc_roster_unref,
                                     migdesc_roster_ref (fleet->roster));
}

/**
 * migdesc_fleet_get_memory:
 * @fleet: a fleet
 * @columns: (out) (optional): return location for the bytes of what there is for every host but its
 * name, with the index of names as long as there is one
 * @names: (out) (optional): return location for the bytes of the names
 * @shapes: (out) (optional): return location for the bytes of descriptors and shapes, which
 * %MIGDESC_LIMIT_FLEET_SIZE bounds
 *
 * Tells what memory the fleet takes.
 *
 * Since: 1.0
 */
void
migdesc_fleet_get_memory (MigdescFleet *fleet, guint64 *columns, guint64 *names, guint64 *shapes)
{
  g_return_if_fail (MIGDESC_IS_FLEET (fleet));

  if (columns != NULL)
    *columns = migdesc_roster_columns_size (fleet->roster);
  if (names != NULL)
    *names = migdesc_roster_names_size (fleet->roster);
  if (shapes != NULL)
    *shapes = migdesc_shapes_size (fleet->shapes) + fleet->lines.size;
}
