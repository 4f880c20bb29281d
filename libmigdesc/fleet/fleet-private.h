/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <migdesc/migdesc-fleet.h>

#include "fleet/feed/host-json.h"
#include "fleet/roster.h"
#include "fleet/shapes.h"

G_BEGIN_DECLS

struct _MigdescFleet
{
  GObject parent_instance;
  MigdescRoster *roster;
  MigdescShapes *shapes;
  MigdescTexts lines; /* what follows the name in lines that have been read: its value is a shape */
};

static inline const MigdescShape *
migdesc_fleet_peek_shape (MigdescFleet *fleet, guint position)
{
  return fleet->shapes->shapes[fleet->roster->shapes[position]];
}

/* A row of that shape; a repeated name makes it one with an error. The position, or
 * MIGDESC_ROSTER_NONE: there is no room for more hosts. */
guint32 migdesc_fleet_add_row (MigdescFleet *fleet, const char *name, gsize length,
                               guint32 shape, GError **error);
/* The same of a name from outside: one that no host can have makes it a row with an error. */
guint32 migdesc_fleet_add_named (MigdescFleet *fleet, const char *name, guint32 shape,
                                 GError **error);
/* The shape of a host of one device; a text that is no descriptor has one with an error, which
 * begins with @origin if there is any. */
guint32 migdesc_fleet_shape_of_text (MigdescFleet *fleet, const char *origin, const char *text,
                                     gsize length);
/* One host's JSON; the name is used if the text has none that can be. */
guint32 migdesc_fleet_add_host_json (MigdescFleet *fleet, const char *text, gsize length,
                                     const MigdescHostPlace *place, GError **error);
/* What a host is called that does not say: ORIGIN:LINE */
char *migdesc_fleet_name_place (const MigdescHostPlace *place);

G_END_DECLS
