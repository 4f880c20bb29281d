/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <string.h>

#include "random-number.h"
#include "random-state.h"

/* What is more than one number: buffers, texts, structs, and arrays of anything. */

/* States are to be small, so that many can be tried. */
#define MANY_BYTES 80
#define MANY_ELEMENTS 6

static gsize
choose_count (const KitRandom *self, JsonObject *field, GHashTable *values, gsize many)
{
  const char *other = kit_get_string (field, "count-field");
  guint64 maximum = kit_get_uint (field, "maximum", 0);
  GVariant *count = other == NULL ? NULL : g_hash_table_lookup (values, other);

  if (json_object_has_member (field, "count"))
    return (gsize) kit_get_uint (field, "count", 0);
  if (count != NULL)
    return (gsize) g_variant_get_uint64 (count);
  return (gsize) kit_random_uint (self->random, 0, MIN (maximum, many));
}

static GVariant *
make_buffer (const KitRandom *self, gsize size, gsize n_bits)
{
  g_autofree guint8 *data = g_malloc (size + 1);

  for (gsize i = 0; i < size; i++)
    data[i] = (guint8) g_rand_int (self->random);
  if (n_bits % 8 != 0) /* spare bits are 0 */
    data[size - 1] &= (guint8) ((1 << n_bits % 8) - 1);
  return g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, data, size, 1);
}

static GVariant *
make_text (const KitRandom *self, gsize maximum)
{
  static const char *const letters[]
      = { "a", "b", " ", "\"", "\\", "\n", "\303\266", "\342\202\254" };
  g_autoptr (GString) text = g_string_new (NULL);
  gsize length = (gsize) kit_random_uint (self->random, 0, MIN (maximum, MANY_BYTES));

  for (;;)
    {
      const char *letter
          = letters[g_rand_int_range (self->random, 0, (gint32) G_N_ELEMENTS (letters))];

      if (text->len + strlen (letter) > length)
        return g_variant_new_string (text->str);
      g_string_append (text, letter);
    }
}

static GVariant *
make_structs (const KitRandom *self, JsonObject *field, GHashTable *values)
{
  JsonArray *fields = g_hash_table_lookup (self->structs, kit_get_string (field, "struct"));
  gsize count = choose_count (self, field, values, MANY_ELEMENTS);
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("aa{sv}"));
  for (gsize i = 0; i < count; i++)
    g_variant_builder_add_value (&builder, kit_random_struct (self, fields, NULL));
  return g_variant_builder_end (&builder);
}

static GVariant *
make_struct (const KitRandom *self, JsonObject *field)
{
  JsonArray *fields = g_hash_table_lookup (self->structs, kit_get_string (field, "struct"));

  if (!json_object_has_member (field, "nullable"))
    return kit_random_struct (self, fields, NULL);
  if (g_rand_boolean (self->random))
    return g_variant_new_maybe (G_VARIANT_TYPE_VARDICT, NULL);
  return g_variant_new_maybe (NULL, kit_random_struct (self, fields, NULL));
}

static GVariant *
make_scalars (const KitRandom *self, JsonObject *field, GHashTable *values)
{
  gsize count = choose_count (self, field, values, MANY_ELEMENTS);
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("av"));
  for (gsize i = 0; i < count; i++)
    g_variant_builder_add (&builder, "v", kit_random_scalar (self, field));
  return g_variant_builder_end (&builder);
}

GVariant *
kit_random_array (const KitRandom *self, JsonObject *field, GHashTable *values)
{
  const char *type = kit_get_string (field, "type");
  gsize count;

  if (strcmp (type, "bytes") == 0)
    return make_buffer (self, choose_count (self, field, values, MANY_BYTES), 0);
  if (strcmp (type, "bitmap") == 0)
    {
      count = choose_count (self, field, values, MANY_BYTES * 8);
      return make_buffer (self, (count + 7) / 8, count);
    }
  if (strcmp (type, "string") == 0)
    return make_text (self, (gsize) kit_get_uint (field, "maximum", 0));
  if (strcmp (type, "struct") != 0)
    return make_scalars (self, field, values);
  return kit_has_count (field) ? make_structs (self, field, values) : make_struct (self, field);
}
