/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "random-number.h"

static guint64
draw (GRand *random)
{
  return (guint64) g_rand_int (random) << 32 | g_rand_int (random);
}

/* In a large range small numbers are as likely as large ones. */
guint64
kit_random_uint (GRand *random, guint64 min, guint64 max)
{
  guint64 room = max - min;
  guint64 offset;

  switch (g_rand_int_range (random, 0, 8))
    {
    case 0:
      return min;
    case 1:
      return max;
    default:
      offset = draw (random) >> g_rand_int_range (random, 0, 64);
      return min + (room == G_MAXUINT64 ? offset : offset % (room + 1));
    }
}

gint64
kit_random_int (GRand *random, gint64 min, gint64 max)
{
  return (gint64) ((guint64) min + kit_random_uint (random, 0, (guint64) max - (guint64) min));
}

double
kit_random_double (GRand *random, double min, double max)
{
  double part = g_rand_double (random);

  switch (g_rand_int_range (random, 0, 8))
    {
    case 0:
      return min;
    case 1:
      return max;
    default:
      return CLAMP (min * part + max * (1 - part), min, max);
    }
}

guint64
kit_get_uint (JsonObject *field, const char *name, guint64 otherwise)
{
  JsonNode *node = json_object_get_member (field, name);

  if (node == NULL)
    return otherwise;
  if (json_node_get_value_type (node) == G_TYPE_STRING)
    return g_ascii_strtoull (json_node_get_string (node), NULL, 10);
  return (guint64) json_node_get_int (node);
}

gint64
kit_get_int (JsonObject *field, const char *name, gint64 otherwise)
{
  JsonNode *node = json_object_get_member (field, name);

  if (node == NULL)
    return otherwise;
  if (json_node_get_value_type (node) == G_TYPE_STRING)
    return g_ascii_strtoll (json_node_get_string (node), NULL, 10);
  return json_node_get_int (node);
}

const char *
kit_get_string (JsonObject *field, const char *name)
{
  return json_object_has_member (field, name) ? json_object_get_string_member (field, name) : NULL;
}
