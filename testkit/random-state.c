/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "random-state.h"

#include <string.h>

#include "random-number.h"

/* How often relations are looked at again, where one is in the way of another. */
#define MAX_ROUNDS 16

gboolean
kit_has_count (JsonObject *field)
{
  return json_object_has_member (field, "count") || json_object_has_member (field, "maximum");
}

static gboolean
is_type (JsonObject *field, const char *name)
{
  return strcmp (kit_get_string (field, "type"), name) == 0;
}

/* A single number, but for positions: they come last. */
gboolean
kit_is_number (JsonObject *field)
{
  static const char *const others[]
      = { "bytes", "string", "bitmap", "struct", "section", "relation", "unused", NULL };
  const char *type = kit_get_string (field, "type");

  return !kit_has_count (field) && !g_strv_contains (others, type)
         && !g_str_has_prefix (type, "index");
}

static gboolean
is_signed (JsonObject *field)
{
  return is_type (field, "timer")
         || (kit_get_string (field, "type")[0] == 'i' && !g_str_has_prefix (
                kit_get_string (field, "type"), "index"));
}

static guint64
get_least (JsonObject *field)
{
  return is_signed (field) ? (guint64) kit_get_int (field, "min", -1)
                           : kit_get_uint (field, "min", 0);
}

static guint64
get_greatest (JsonObject *field)
{
  const char *type = kit_get_string (field, "type");
  guint n_words = json_object_has_member (field, "words")
                      ? json_array_get_length (json_object_get_array_member (field, "words"))
                      : 0;

  if (g_str_has_prefix (type, "enum"))
    return n_words - 1;
  if (g_str_has_prefix (type, "flags"))
    return n_words == 64 ? G_MAXUINT64 : (G_GUINT64_CONSTANT (1) << n_words) - 1;
  if (is_signed (field))
    return (guint64) kit_get_int (field, "max", G_MAXINT64);
  return kit_get_uint (field, "max", is_type (field, "bool") ? 1 : 0);
}

static GVariant *
make_number (const KitRandom *self, JsonObject *field, guint64 min, guint64 max)
{
  if (is_type (field, "bool"))
    return g_variant_new_boolean (kit_random_uint (self->random, min, max) != 0);
  if (is_signed (field))
    return g_variant_new_int64 (kit_random_int (self->random, (gint64) min, (gint64) max));
  return g_variant_new_uint64 (kit_random_uint (self->random, min, max));
}

/* One of 64 bits does not say whether it is below 0: it is tried both ways. */
static GVariant *
make_constant (const KitRandom *self, JsonObject *field)
{
  guint64 value = kit_get_uint (field, "value", 0);
  gboolean negative = value > G_MAXINT64
                      && (!is_type (field, "constant64") || g_rand_boolean (self->random));

  return negative ? g_variant_new_int64 ((gint64) value) : g_variant_new_uint64 (value);
}

GVariant *
kit_random_scalar (const KitRandom *self, JsonObject *field)
{
  if (g_str_has_prefix (kit_get_string (field, "type"), "constant"))
    return make_constant (self, field);
  if (is_type (field, "f64"))
    {
      double min = json_object_has_member (field, "min")
                       ? json_object_get_double_member (field, "min") : -1e300;
      double max = json_object_has_member (field, "max")
                       ? json_object_get_double_member (field, "max") : 1e300;

      return g_variant_new_double (kit_random_double (self->random, min, max));
    }
  return make_number (self, field, get_least (field), get_greatest (field));
}

/* Relations. Numbers of either sign are compared in an order of their own, from 0 for the least:
 * what is above 2^63 is all the same there, which the library refuses if it matters. */

#define ZERO (G_GUINT64_CONSTANT (1) << 63)

static guint64
to_order (guint64 value, gboolean with_sign)
{
  if (with_sign)
    return value + ZERO;
  return value >= ZERO ? G_MAXUINT64 : value + ZERO;
}

static guint64
order_of (GVariant *value)
{
  if (g_variant_is_of_type (value, G_VARIANT_TYPE_INT64))
    return to_order ((guint64) g_variant_get_int64 (value), TRUE);
  if (g_variant_is_of_type (value, G_VARIANT_TYPE_BOOLEAN))
    return to_order (g_variant_get_boolean (value) ? 1 : 0, FALSE);
  return to_order (g_variant_get_uint64 (value), FALSE);
}

static void
put (GHashTable *values, JsonObject *field, GVariant *value)
{
  g_hash_table_insert (values, (gpointer) kit_get_string (field, "name"),
                       g_variant_ref_sink (value));
}

/* Another value of the field between two places of the order, if it may have one there. */
static gboolean
redraw (const KitRandom *self, JsonObject *field, GHashTable *values, guint64 low, guint64 high)
{
  gboolean with_sign = is_signed (field);
  guint64 least = to_order (get_least (field), with_sign);
  guint64 greatest = to_order (get_greatest (field), with_sign);
  guint64 place;

  low = MAX (low, least);
  high = MIN (high, greatest);
  if (low > high)
    return FALSE;
  place = kit_random_uint (self->random, low, high) - ZERO;
  put (values, field,
       is_type (field, "bool") ? g_variant_new_boolean (place != 0)
       : with_sign             ? g_variant_new_int64 ((gint64) place)
                               : g_variant_new_uint64 (place));
  return TRUE;
}

static JsonObject *
find_field (JsonArray *fields, const char *name)
{
  for (guint i = 0; name != NULL && i < json_array_get_length (fields); i++)
    {
      JsonObject *field = json_array_get_object_element (fields, i);

      if (g_strcmp0 (kit_get_string (field, "name"), name) == 0 && kit_is_number (field))
        return field;
    }
  return NULL;
}

static gboolean
holds (const char *relation, guint64 left, guint64 right)
{
  if (strcmp (relation, "lt") == 0)
    return left < right;
  if (strcmp (relation, "le") == 0)
    return left <= right;
  return strcmp (relation, "eq") == 0 ? left == right : left != right;
}

/* FALSE: it did not hold, and something has changed. */
static gboolean
repair (const KitRandom *self, JsonArray *fields, JsonObject *relation, GHashTable *values)
{
  const char *how = kit_get_string (relation, "relation");
  JsonObject *left = find_field (fields, kit_get_string (relation, "left"));
  JsonObject *right = find_field (fields, kit_get_string (relation, "right"));
  gboolean less = how[0] == 'l', equal = how[0] == 'e';
  guint64 step = strcmp (how, "lt") == 0 ? 1 : 0;
  guint64 here, there;

  if (left == NULL || (right == NULL && json_object_has_member (relation, "right")))
    return TRUE; /* a position: the library knows */
  here = order_of (g_hash_table_lookup (values, kit_get_string (left, "name")));
  there = right != NULL
              ? order_of (g_hash_table_lookup (values, kit_get_string (right, "name")))
              : to_order (kit_get_uint (relation, "right-value", 0), FALSE);
  if (holds (how, here, there))
    return TRUE;
  if (!redraw (self, left, values, equal ? there : 0, less ? there - step
                                                      : equal ? there : G_MAXUINT64)
      && right != NULL)
    redraw (self, right, values, here + step, equal ? here : G_MAXUINT64);
  return FALSE;
}

static void
repair_all (const KitRandom *self, JsonArray *fields, GHashTable *values)
{
  gboolean settled = FALSE;

  for (guint round = 0; round < MAX_ROUNDS && !settled; round++)
    {
      settled = TRUE;
      for (guint i = 0; i < json_array_get_length (fields); i++)
        {
          JsonObject *field = json_array_get_object_element (fields, i);

          if (is_type (field, "relation") && !repair (self, fields, field, values))
            settled = FALSE;
        }
    }
}

static void
put_index (const KitRandom *self, JsonObject *field, GHashTable *values, GHashTable *outer)
{
  const char *name = kit_get_string (field, "array");
  GVariant *array = g_hash_table_lookup (values, name);
  gsize count;

  if (array == NULL && outer != NULL)
    array = g_hash_table_lookup (outer, name);
  count = array == NULL ? 0 : g_variant_n_children (array);
  if (count == 0 || (json_object_has_member (field, "none") && g_rand_boolean (self->random)))
    put (values, field, g_variant_new_uint64 (kit_get_uint (field, "none", 0)));
  else
    put (values, field, g_variant_new_uint64 (kit_random_uint (self->random, 0, count - 1)));
}

static void
put_section (const KitRandom *self, JsonObject *field, GHashTable *values)
{
  g_autoptr (GVariant) members = NULL;
  g_auto (GVariantDict) section = G_VARIANT_DICT_INIT (NULL);

  if (json_object_has_member (field, "needed") && g_rand_boolean (self->random))
    return;
  members = g_variant_ref_sink (
      kit_random_struct (self, json_object_get_array_member (field, "fields"), values));
  g_variant_dict_clear (&section);
  g_variant_dict_init (&section, members);
  g_variant_dict_insert (&section, "@version", "u", (guint) kit_get_uint (field, "version", 1));
  put (values, field, g_variant_dict_end (&section));
}

/* Numbers first, for counts and relations; then what they count; then positions in that. */
static void
put_all (const KitRandom *self, JsonArray *fields, GHashTable *values, GHashTable *outer)
{
  guint n = json_array_get_length (fields);

  for (guint pass = 0; pass < 4; pass++)
    {
      for (guint i = 0; i < n; i++)
        {
          JsonObject *field = json_array_get_object_element (fields, i);
          gboolean index = g_str_has_prefix (kit_get_string (field, "type"), "index");

          if (is_type (field, "relation") || is_type (field, "unused"))
            continue;
          if (kit_is_number (field) && pass == 0)
            put (values, field, kit_random_scalar (self, field));
          else if (is_type (field, "section") && pass == 3)
            put_section (self, field, values);
          else if (index && pass == 2)
            put_index (self, field, values, outer);
          else if (!kit_is_number (field) && !index && !is_type (field, "section") && pass == 1)
            put (values, field, kit_random_array (self, field, values));
        }
      if (pass == 0)
        repair_all (self, fields, values);
    }
}

GVariant *
kit_random_struct (const KitRandom *self, JsonArray *fields, GHashTable *outer)
{
  g_autoptr (GHashTable) values = g_hash_table_new_full (g_str_hash, g_str_equal, NULL,
                                                         (GDestroyNotify) g_variant_unref);
  GVariantDict members;
  GHashTableIter iter;
  gpointer name, value;

  put_all (self, fields, values, outer);
  g_variant_dict_init (&members, NULL);
  g_hash_table_iter_init (&iter, values);
  while (g_hash_table_iter_next (&iter, &name, &value))
    g_variant_dict_insert_value (&members, name, value);
  return g_variant_dict_end (&members);
}

GVariant *
kit_random_state (JsonObject *schema, GRand *random)
{
  g_autoptr (GHashTable) structs = g_hash_table_new (g_str_hash, g_str_equal);
  const KitRandom self = { random, structs };
  JsonArray *rows = json_object_has_member (schema, "structs")
                        ? json_object_get_array_member (schema, "structs")
                        : NULL;

  for (guint i = 0; rows != NULL && i < json_array_get_length (rows); i++)
    {
      JsonObject *row = json_array_get_object_element (rows, i);

      g_hash_table_insert (structs, (gpointer) kit_get_string (row, "name"),
                           json_object_get_array_member (row, "fields"));
    }
  return kit_random_struct (&self, json_object_get_array_member (schema, "fields"), NULL);
}
