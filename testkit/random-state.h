/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* A state of an effective schema, as migdesc_state_new_from_variant() takes it: inside all bounds,
 * and as far as it can be told with all relations. The library has the last word. Floating. */
GVariant *kit_random_state (JsonObject *schema, GRand *random);

/* For random-array.c, which makes what is more than one number */

typedef struct
{
  GRand *random;
  GHashTable *structs; /* their fields by name */
} KitRandom;

GVariant *kit_random_struct (const KitRandom *self, JsonArray *fields, GHashTable *outer);
GVariant *kit_random_scalar (const KitRandom *self, JsonObject *field);
GVariant *kit_random_array (const KitRandom *self, JsonObject *field, GHashTable *values);

gboolean kit_is_number (JsonObject *field);
gboolean kit_has_count (JsonObject *field);

G_END_DECLS
