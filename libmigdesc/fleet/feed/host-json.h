/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "fleet/shapes.h"

G_BEGIN_DECLS

/* One host as JSON: {"host": NAME, "labels": {NAME: VALUE}, "slots": [{"name", "count",
 * "descriptor"}]}. A descriptor is a document as it stands, or a string that holds a text. */

typedef struct
{
  const char *origin; /* nullable: for messages */
  guint line;         /* of the text's beginning, from 1; 0: of no interest */
} MigdescHostPlace;

typedef struct
{
  char *name; /* nullable: there was none that can be used; also set if all else has failed */
  guint32 shape;
} MigdescHostRead;

/* FALSE: the host cannot be used, with its place in the message. */
gboolean migdesc_host_read_json (MigdescShapes *shapes, const char *text, gsize length,
                                 const MigdescHostPlace *place, MigdescHostRead *host,
                                 GError **error);

/* The rule of the names of hosts, slots and labels: 1 to 255 bytes of UTF-8 without control
 * characters. NULL for a good one, else a clause for a message. */
const char *migdesc_host_name_problem (const char *name, gsize length);

/* If the text begins as {"host": "NAME", with a name that has no escapes: where what follows the
 * name begins. By far most lines do, and those that are equal from there on are one shape. */
const char *migdesc_host_scan_name (const char *text, const char *end, const char **name,
                                    gsize *length);

G_END_DECLS
