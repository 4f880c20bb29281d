/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Numbers at random, and often the least or the greatest one that there may be. */

guint64 kit_random_uint (GRand *random, guint64 min, guint64 max);
gint64 kit_random_int (GRand *random, gint64 min, gint64 max);
double kit_random_double (GRand *random, double min, double max);

/* Members of a schema, where large numbers are strings. */
guint64 kit_get_uint (JsonObject *field, const char *name, guint64 otherwise);
gint64 kit_get_int (JsonObject *field, const char *name, gint64 otherwise);
const char *kit_get_string (JsonObject *field, const char *name);

G_END_DECLS
