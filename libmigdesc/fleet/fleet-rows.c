/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* How rows come into a fleet: what cannot be used becomes a row with its error. */

#include <migdesc/migdesc-error.h>
#include <migdesc/migdesc-text.h>
#include <string.h>

#include "base/quote.h"
#include "fleet/fleet-private.h"
#include "model/handles.h"

/* What hosts of one device call their slot */
#define ONLY_SLOT "device"

static guint32
shape_of_repeated (MigdescFleet *fleet)
{
  g_autoptr (GError) error
      = g_error_new_literal (MIGDESC_ERROR, MIGDESC_ERROR_NOT_UNIQUE,
                             "another host has had this name before");

  return migdesc_shapes_intern_error (fleet->shapes, error);
}

guint32
migdesc_fleet_add_row (MigdescFleet *fleet, const char *name, gsize length, guint32 shape,
                       GError **error)
{
  MigdescRoster *roster = migdesc_roster_own (&fleet->roster);
  gboolean repeated;
  guint32 position;

  if (!migdesc_roster_has_room (roster, length))
    {
      g_set_error_literal (error, MIGDESC_ERROR, MIGDESC_ERROR_LIMIT_EXCEEDED,
                           "a fleet has at most 2147483647 hosts and 4 GiB of names");
      return MIGDESC_ROSTER_NONE;
    }
  position = migdesc_roster_add (roster, name, length, shape, &repeated);
  if (repeated)
    roster->shapes[position] = shape_of_repeated (fleet);
  return position;
}

static guint32
shape_of_descriptor (MigdescFleet *fleet, guint32 descriptor, GError **error)
{
  const MigdescSlot slot = { ONLY_SLOT, 1, descriptor };
  guint32 *known = &fleet->shapes->bare_shapes[descriptor];
  guint32 shape = MIGDESC_ROSTER_NONE;

  if (*known != 0)
    return *known - 1;
  if (migdesc_shapes_intern (fleet->shapes, &slot, 1, NULL, 0, &shape, error))
    *known = shape + 1;
  return shape;
}

/* Texts that are equal were read once, without a place: so it begins with line and column, or with
 * neither. */
static void
add_origin (GError *error, const char *origin)
{
  g_autofree char *message = g_steal_pointer (&error->message);
  g_autofree char *escaped = migdesc_escape_text (origin);
  const char *space = g_ascii_isdigit (message[0]) ? "" : " ";

  error->message = g_strdup_printf ("%s:%s%s", escaped, space, message);
}

guint32
migdesc_fleet_shape_of_text (MigdescFleet *fleet, const char *origin, const char *text,
                             gsize length)
{
  g_autoptr (GError) error = NULL;
  guint32 shape = MIGDESC_ROSTER_NONE;
  guint32 descriptor;

  if (migdesc_shapes_read (fleet->shapes, text, length, &descriptor, &error))
    shape = shape_of_descriptor (fleet, descriptor, &error);
  if (error != NULL && origin != NULL)
    add_origin (error, origin);
  return error == NULL ? shape : migdesc_shapes_intern_error (fleet->shapes, error);
}

/* A name that a row cannot have is written so that it can. */
static char *
mend_name (const char *name)
{
  return name[0] == '\0' ? g_strdup ("?") : migdesc_quote (name, -1);
}

char *
migdesc_fleet_name_place (const MigdescHostPlace *place)
{
  g_autofree char *origin = mend_name (place->origin != NULL ? place->origin : "");

  return g_strdup_printf ("%s:%u", origin, place->line);
}

guint32
migdesc_fleet_add_host_json (MigdescFleet *fleet, const char *text, gsize length,
                             const MigdescHostPlace *place, GError **error)
{
  g_autoptr (GError) problem = NULL;
  g_autofree char *name = NULL;
  MigdescHostRead host;

  if (!migdesc_host_read_json (fleet->shapes, text, length, place, &host, &problem))
    host.shape = migdesc_shapes_intern_error (fleet->shapes, problem);
  name = host.name != NULL ? host.name : migdesc_fleet_name_place (place);
  return migdesc_fleet_add_row (fleet, name, strlen (name), host.shape, error);
}

/* --- One by one ------------------------------------------------------- */

guint32
migdesc_fleet_add_named (MigdescFleet *fleet, const char *name, guint32 shape, GError **error)
{
  const char *problem = migdesc_host_name_problem (name, strlen (name));
  g_autofree char *mended = NULL;
  g_autoptr (GError) reason = NULL;

  if (problem == NULL)
    return migdesc_fleet_add_row (fleet, name, strlen (name), shape, error);
  mended = mend_name (name);
  g_set_error (&reason, MIGDESC_ERROR, MIGDESC_ERROR_DOCUMENT_VALUE, "the host name \"%s\": %s",
               mended, problem);
  shape = migdesc_shapes_intern_error (fleet->shapes, reason);
  return migdesc_fleet_add_row (fleet, mended, strlen (mended), shape, error);
}

static guint
put_named (MigdescFleet *fleet, const char *name, guint32 shape, GError **error)
{
  guint32 position = migdesc_roster_find (fleet->roster, name, strlen (name));

  if (position == MIGDESC_ROSTER_NONE)
    return migdesc_fleet_add_named (fleet, name, shape, error);
  migdesc_roster_own (&fleet->roster)->shapes[position] = shape;
  return position;
}

/**
 * migdesc_fleet_add_text:
 * @fleet: a fleet
 * @name: the host's name, of 1 to 255 bytes without control characters
 * @text: what the host's one device publishes, in any dialect that is a text
 * @length: its length in bytes, or -1 if it ends in NUL
 * @error: return location for a #GError
 *
 * Adds a host with one slot, called `device`, for one device. A text that the fleet has met is
 * recognised and not read again.
 *
 * A text that is no descriptor, a name that the fleet has already and one that no host can have
 * make a row that has an error, see migdesc_fleet_get_error(): of many hosts, one that is broken
 * has to be no reason to learn nothing of the others.
 *
 * %MIGDESC_ERROR_LIMIT_EXCEEDED if the fleet can have no more hosts.
 *
 * Returns: the position of the row, or %G_MAXUINT on error
 *
 * Since: 1.0
 */
guint
migdesc_fleet_add_text (MigdescFleet *fleet, const char *name, const char *text, gssize length,
                        GError **error)
{
  gsize size;

  g_return_val_if_fail (MIGDESC_IS_FLEET (fleet), G_MAXUINT);
  g_return_val_if_fail (name != NULL && text != NULL, G_MAXUINT);
  g_return_val_if_fail (error == NULL || *error == NULL, G_MAXUINT);

  size = length < 0 ? strlen (text) : (gsize) length;
  return migdesc_fleet_add_named (
      fleet, name, migdesc_fleet_shape_of_text (fleet, NULL, text, size), error);
}

/**
 * migdesc_fleet_put_text:
 * @fleet: a fleet
 * @name: the host's name
 * @text: what the host's one device publishes
 * @length: its length in bytes, or -1 if it ends in NUL
 * @error: return location for a #GError
 *
 * Does what migdesc_fleet_add_text() does, but where the fleet has a host of that name, the new one
 * takes its place.
 *
 * %MIGDESC_ERROR_LIMIT_EXCEEDED if the fleet can have no more hosts.
 *
 * Returns: the position of the row, or %G_MAXUINT on error
 *
 * Since: 1.0
 */
guint
migdesc_fleet_put_text (MigdescFleet *fleet, const char *name, const char *text, gssize length,
                        GError **error)
{
  gsize size;

  g_return_val_if_fail (MIGDESC_IS_FLEET (fleet), G_MAXUINT);
  g_return_val_if_fail (name != NULL && text != NULL, G_MAXUINT);
  g_return_val_if_fail (error == NULL || *error == NULL, G_MAXUINT);

  size = length < 0 ? strlen (text) : (gsize) length;
  return put_named (fleet, name, migdesc_fleet_shape_of_text (fleet, NULL, text, size), error);
}

static guint32
shape_of_handle (MigdescFleet *fleet, MigdescDescriptor *descriptor)
{
  g_autoptr (GError) problem = NULL;
  guint32 shape = MIGDESC_ROSTER_NONE;
  guint32 number;

  if (migdesc_shapes_add_store (fleet->shapes, migdesc_descriptor_get_store (descriptor), &number,
                                &problem))
    shape = shape_of_descriptor (fleet, number, &problem);
  return problem == NULL ? shape : migdesc_shapes_intern_error (fleet->shapes, problem);
}

/**
 * migdesc_fleet_put_descriptor:
 * @fleet: a fleet
 * @name: the host's name
 * @descriptor: what the host's one device publishes
 * @error: return location for a #GError
 *
 * Does what migdesc_fleet_put_text() does, with a descriptor that was read already.
 *
 * %MIGDESC_ERROR_LIMIT_EXCEEDED if the fleet can have no more hosts.
 *
 * Returns: the position of the row, or %G_MAXUINT on error
 *
 * Since: 1.0
 */
guint
migdesc_fleet_put_descriptor (MigdescFleet *fleet, const char *name,
                              MigdescDescriptor *descriptor, GError **error)
{
  g_return_val_if_fail (MIGDESC_IS_FLEET (fleet), G_MAXUINT);
  g_return_val_if_fail (name != NULL, G_MAXUINT);
  g_return_val_if_fail (MIGDESC_IS_DESCRIPTOR (descriptor), G_MAXUINT);
  g_return_val_if_fail (error == NULL || *error == NULL, G_MAXUINT);

  return put_named (fleet, name, shape_of_handle (fleet, descriptor), error);
}

/**
 * migdesc_fleet_put_json:
 * @fleet: a fleet
 * @json: a host as JSON: `{"host": NAME, "labels": {NAME: VALUE}, "slots": [{"name", "count",
 * "descriptor"}]}`
 * @length: its length in bytes, or -1 if it ends in NUL
 * @error: return location for a #GError
 *
 * Puts a host of any number of slots into the fleet, in the place of one that has its name. The
 * form is that of a line for migdesc_fleet_add_lines(). One that cannot be used becomes a row with
 * an error, as with migdesc_fleet_add_text().
 *
 * %MIGDESC_ERROR_LIMIT_EXCEEDED if the fleet can have no more hosts.
 *
 * Returns: the position of the row, or %G_MAXUINT on error
 *
 * Since: 1.0
 */
guint
migdesc_fleet_put_json (MigdescFleet *fleet, const char *json, gssize length, GError **error)
{
  static const MigdescHostPlace place = { NULL, 0 };
  g_autoptr (GError) problem = NULL;
  g_autofree char *name = NULL;
  MigdescHostRead host;
  gsize size;

  g_return_val_if_fail (MIGDESC_IS_FLEET (fleet), G_MAXUINT);
  g_return_val_if_fail (json != NULL, G_MAXUINT);
  g_return_val_if_fail (error == NULL || *error == NULL, G_MAXUINT);

  size = length < 0 ? strlen (json) : (gsize) length;
  if (!migdesc_host_read_json (fleet->shapes, json, size, &place, &host, &problem))
    host.shape = migdesc_shapes_intern_error (fleet->shapes, problem);
  name = host.name != NULL ? host.name : g_strdup ("?");
  return put_named (fleet, name, host.shape, error);
}
