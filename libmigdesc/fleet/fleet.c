/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "fleet/fleet-private.h"

#include <migdesc/migdesc-error.h>
#include <string.h>

/**
 * MigdescFleet:
 *
 * Many hosts, and what their devices can be.
 *
 * Since: 1.0
 */

G_DEFINE_FINAL_TYPE (MigdescFleet, migdesc_fleet, G_TYPE_OBJECT)

static void
migdesc_fleet_finalize (GObject *object)
{
  MigdescFleet *self = MIGDESC_FLEET (object);

  migdesc_roster_unref (self->roster);
  migdesc_shapes_unref (self->shapes);
  migdesc_texts_clear (&self->lines);
  G_OBJECT_CLASS (migdesc_fleet_parent_class)->finalize (object);
}

static void
migdesc_fleet_class_init (MigdescFleetClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = migdesc_fleet_finalize;
}

static void
migdesc_fleet_init (MigdescFleet *self)
{
  self->roster = migdesc_roster_new ();
  self->shapes = migdesc_shapes_new (NULL);
  migdesc_texts_init (&self->lines, FALSE);
}

/**
 * migdesc_fleet_new:
 * @reader: (nullable): how to read descriptors: dialect, flags, and limits, of which
 * %MIGDESC_LIMIT_FLEET_SIZE bounds the fleet; %NULL for the defaults. What is set on it later does
 * not matter.
 *
 * Makes a fleet without hosts.
 *
 * Returns: (transfer full): a new fleet
 *
 * Since: 1.0
 */
MigdescFleet *
migdesc_fleet_new (MigdescReader *reader)
{
  MigdescFleet *fleet;

  g_return_val_if_fail (reader == NULL || MIGDESC_IS_READER (reader), NULL);

  fleet = g_object_new (MIGDESC_TYPE_FLEET, NULL);
  if (reader != NULL)
    {
      migdesc_shapes_unref (fleet->shapes);
      fleet->shapes = migdesc_shapes_new (reader);
    }
  return fleet;
}

/**
 * migdesc_fleet_remove:
 * @fleet: a fleet
 * @name: a host's name
 *
 * Takes a host out of the fleet. The last one takes its position.
 *
 * Returns: whether there was one of that name
 *
 * Since: 1.0
 */
gboolean
migdesc_fleet_remove (MigdescFleet *fleet, const char *name)
{
  guint32 position;

  g_return_val_if_fail (MIGDESC_IS_FLEET (fleet), FALSE);
  g_return_val_if_fail (name != NULL, FALSE);

  position = migdesc_roster_find (fleet->roster, name, strlen (name));
  if (position == MIGDESC_ROSTER_NONE)
    return FALSE;
  migdesc_roster_remove (migdesc_roster_own (&fleet->roster), position);
  return TRUE;
}

/**
 * migdesc_fleet_trim:
 * @fleet: a fleet
 *
 * Gives back what memory the fleet holds only in order to grow, and the index of its names, which
 * is made anew by the next that asks for a host by its name. After it a host takes 8 bytes beside
 * its name.
 *
 * Since: 1.0
 */
void
migdesc_fleet_trim (MigdescFleet *fleet)
{
  g_return_if_fail (MIGDESC_IS_FLEET (fleet));

  migdesc_roster_trim (migdesc_roster_own (&fleet->roster));
  migdesc_texts_clear (&fleet->lines);
  migdesc_texts_init (&fleet->lines, FALSE);
}

/* --- Questions -------------------------------------------------------- */

/**
 * migdesc_fleet_get_n_hosts:
 * @fleet: a fleet
 *
 * Counts the hosts, with those that cannot be used.
 *
 * Returns: their number
 *
 * Since: 1.0
 */
guint
migdesc_fleet_get_n_hosts (MigdescFleet *fleet)
{
  g_return_val_if_fail (MIGDESC_IS_FLEET (fleet), 0);

  return fleet->roster->n;
}

/**
 * migdesc_fleet_get_n_errors:
 * @fleet: a fleet
 *
 * Counts the hosts that cannot be used, see migdesc_fleet_get_error().
 *
 * Returns: their number
 *
 * Since: 1.0
 */
guint
migdesc_fleet_get_n_errors (MigdescFleet *fleet)
{
  guint n = 0;

  g_return_val_if_fail (MIGDESC_IS_FLEET (fleet), 0);

  for (guint32 i = 0; i < fleet->roster->n; i++)
    n += migdesc_fleet_peek_shape (fleet, i)->error != NULL;
  return n;
}

/**
 * migdesc_fleet_get_n_shapes:
 * @fleet: a fleet
 *
 * Counts the shapes that hosts of this fleet have or had. They are numbered from 0.
 *
 * Returns: their number
 *
 * Since: 1.0
 */
guint
migdesc_fleet_get_n_shapes (MigdescFleet *fleet)
{
  g_return_val_if_fail (MIGDESC_IS_FLEET (fleet), 0);

  return fleet->shapes->n_shapes;
}

/**
 * migdesc_fleet_get_n_descriptors:
 * @fleet: a fleet
 *
 * Counts the different descriptors that hosts of this fleet have or had.
 *
 * Returns: their number
 *
 * Since: 1.0
 */
guint
migdesc_fleet_get_n_descriptors (MigdescFleet *fleet)
{
  g_return_val_if_fail (MIGDESC_IS_FLEET (fleet), 0);

  return fleet->shapes->n_stores;
}

/**
 * migdesc_fleet_lookup:
 * @fleet: a fleet
 * @name: a host's name
 * @position: (out) (optional): return location for its position
 *
 * Looks for a host by its name.
 *
 * Returns: whether there is one
 *
 * Since: 1.0
 */
gboolean
migdesc_fleet_lookup (MigdescFleet *fleet, const char *name, guint *position)
{
  guint32 found;

  g_return_val_if_fail (MIGDESC_IS_FLEET (fleet), FALSE);
  g_return_val_if_fail (name != NULL, FALSE);

  found = migdesc_roster_find (fleet->roster, name, strlen (name));
  if (position != NULL)
    *position = found;
  return found != MIGDESC_ROSTER_NONE;
}

static gboolean
has_position (MigdescFleet *fleet, guint position)
{
  return MIGDESC_IS_FLEET (fleet) && position < fleet->roster->n;
}

/**
 * migdesc_fleet_get_name:
 * @fleet: a fleet
 * @position: a host's position
 *
 * Gets the name of a host.
 *
 * Returns: the name; valid until the fleet is changed
 *
 * Since: 1.0
 */
const char *
migdesc_fleet_get_name (MigdescFleet *fleet, guint position)
{
  g_return_val_if_fail (has_position (fleet, position), NULL);

  return migdesc_roster_name (fleet->roster, position);
}

/**
 * migdesc_fleet_get_shape:
 * @fleet: a fleet
 * @position: a host's position
 *
 * Gets the number of a host's shape. Hosts of one shape have equal slots and labels.
 *
 * Returns: the number, below migdesc_fleet_get_n_shapes()
 *
 * Since: 1.0
 */
guint
migdesc_fleet_get_shape (MigdescFleet *fleet, guint position)
{
  g_return_val_if_fail (has_position (fleet, position), 0);

  return fleet->roster->shapes[position];
}

/**
 * migdesc_fleet_get_error:
 * @fleet: a fleet
 * @position: a host's position
 * @code: (out) (optional): return location for the code, if there is an error
 *
 * Tells why a host cannot be used: its descriptor is broken, its name is one that another host has,
 * or the fleet had no room for what it publishes. %MIGDESC_ERROR_NOT_UNIQUE is a repeated name.
 *
 * Returns: (nullable): the message, or %NULL if the host can be used
 *
 * Since: 1.0
 */
const char *
migdesc_fleet_get_error (MigdescFleet *fleet, guint position, MigdescError *code)
{
  const MigdescShape *shape;

  g_return_val_if_fail (has_position (fleet, position), NULL);

  shape = migdesc_fleet_peek_shape (fleet, position);
  if (shape->error != NULL && code != NULL)
    *code = (MigdescError) shape->error_code;
  return shape->error;
}

/**
 * migdesc_fleet_dup_label_names:
 * @fleet: a fleet
 * @position: a host's position
 *
 * Lists the labels of a host.
 *
 * Returns: (transfer full) (array zero-terminated=1): their names, sorted by bytes
 *
 * Since: 1.0
 */
char **
migdesc_fleet_dup_label_names (MigdescFleet *fleet, guint position)
{
  g_autoptr (GStrvBuilder) names = NULL;
  const MigdescShape *shape;

  g_return_val_if_fail (has_position (fleet, position), NULL);

  names = g_strv_builder_new ();
  shape = migdesc_fleet_peek_shape (fleet, position);
  for (guint32 i = 0; i < shape->n_labels; i++)
    g_strv_builder_add (names, shape->labels[i].name);
  return g_strv_builder_end (names);
}

/**
 * migdesc_fleet_get_label:
 * @fleet: a fleet
 * @position: a host's position
 * @name: a label's name
 *
 * Gets what a label of a host says.
 *
 * Returns: (nullable): the value, or %NULL if the host does not have the label; valid as long as
 * the fleet
 *
 * Since: 1.0
 */
const char *
migdesc_fleet_get_label (MigdescFleet *fleet, guint position, const char *name)
{
  g_return_val_if_fail (has_position (fleet, position), NULL);
  g_return_val_if_fail (name != NULL, NULL);

  return migdesc_shape_find_label (migdesc_fleet_peek_shape (fleet, position), name);
}
