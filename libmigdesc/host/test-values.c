/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "host/test-values.h"

/* The last levels are small numbers; those before are a pattern of fewer and fewer bits. */
#define SMALL_LEVELS 4
#define BITS_A_LEVEL 4
#define GOLDEN G_GUINT64_CONSTANT (0x9e3779b97f4a7c15)

typedef struct
{
  const MigdescTestValues *values; /* NULL: only look */
  GString *types;                  /* of what was looked at */
  GArray *numbers;
  guint next;
} Walk;

static guint64
make_number (guint value,
             guint level)
{
  static const guint64 small[SMALL_LEVELS] = { 100, 3, 1, 0 };
  guint first_small = MIGDESC_TEST_LEVELS - SMALL_LEVELS;

  if (level >= first_small)
    return small[level - first_small];
  return (GOLDEN * (value + 1) | G_GUINT64_CONSTANT (1) << 63) >> level * BITS_A_LEVEL;
}

static guint64
highest_of (char type)
{
  switch (type)
    {
    case 'y':
      return G_MAXUINT8;
    case 'n':
      return G_MAXINT16;
    case 'q':
      return G_MAXUINT16;
    case 'i':
      return G_MAXINT32;
    case 'u':
      return G_MAXUINT32;
    case 'x':
      return G_MAXINT64;
    case 't':
      return G_MAXUINT64;
    default:
      return 0;
    }
}

gboolean
migdesc_test_values_has_level (const MigdescTestValues *values,
                               guint value,
                               guint level)
{
  guint64 highest = highest_of (values->types[value]);
  guint64 number = make_number (value, level);

  if (highest == 0)
    return level == 0;
  return number <= highest && number != g_array_index (values->numbers, guint64, value);
}

static guint64
get_number (GVariant *base)
{
  switch (g_variant_get_type_string (base)[0])
    {
    case 'y':
      return g_variant_get_byte (base);
    case 'n':
      return (guint64) g_variant_get_int16 (base);
    case 'q':
      return g_variant_get_uint16 (base);
    case 'i':
      return (guint64) g_variant_get_int32 (base);
    case 'u':
      return g_variant_get_uint32 (base);
    case 'x':
      return (guint64) g_variant_get_int64 (base);
    case 't':
      return g_variant_get_uint64 (base);
    default:
      return 0;
    }
}

static GVariant *
make_buffer (GVariant *base,
             guint value)
{
  gsize length = g_variant_n_children (base);
  g_autofree guint8 *bytes = g_malloc (MAX (length, 1));

  for (gsize i = 0; i < length; i++)
    bytes[i] = (guint8) (GOLDEN * (value + i + 1) >> 56);
  return g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, bytes, length, 1);
}

static GVariant *
make_value (GVariant *base,
            guint value,
            guint level)
{
  guint64 number = make_number (value, level);

  switch (g_variant_get_type_string (base)[0])
    {
    case 'a':
      return make_buffer (base, value);
    case 'b':
      return g_variant_new_boolean (!g_variant_get_boolean (base));
    case 'y':
      return g_variant_new_byte ((guint8) number);
    case 'n':
      return g_variant_new_int16 ((gint16) number);
    case 'q':
      return g_variant_new_uint16 ((guint16) number);
    case 'i':
      return g_variant_new_int32 ((gint32) number);
    case 'u':
      return g_variant_new_uint32 ((guint32) number);
    case 'x':
      return g_variant_new_int64 ((gint64) number);
    case 't':
      return g_variant_new_uint64 (number);
    case 'd':
      return g_variant_new_double (value + 0.25);
    case 's':
      return g_variant_new_take_string (g_strdup_printf ("test %u", value));
    default:
      return g_variant_ref (base);
    }
}

/* A value by itself. */
static GVariant *
walk_value (Walk *walk,
            GVariant *base)
{
  guint value = walk->next++;

  if (walk->values == NULL)
    {
      guint64 number = get_number (base);

      g_array_append_val (walk->numbers, number);
      g_string_append_c (walk->types, g_variant_get_type_string (base)[0]);
      return g_variant_ref (base);
    }
  if (walk->values->levels[value] == MIGDESC_TEST_VALUE_KEPT)
    return g_variant_ref (base);
  return make_value (base, value, walk->values->levels[value]);
}

static GVariant *walk_variant (Walk *walk, GVariant *base);

static GVariant *
walk_container (Walk *walk,
                GVariant *base)
{
  gsize n = g_variant_n_children (base);
  GVariantBuilder builder;

  g_variant_builder_init (&builder, g_variant_get_type (base));
  for (gsize i = 0; i < n; i++)
    {
      g_autoptr (GVariant) child = g_variant_get_child_value (base, i);
      gboolean is_key = i == 0 && g_variant_is_of_type (base, G_VARIANT_TYPE_DICT_ENTRY);
      g_autoptr (GVariant) other
          = is_key ? g_variant_ref (child) : g_variant_take_ref (walk_variant (walk, child));

      g_variant_builder_add_value (&builder, other);
    }
  return g_variant_builder_end (&builder);
}

static GVariant *
walk_variant (Walk *walk,
              GVariant *base)
{
  if (g_variant_is_of_type (base, G_VARIANT_TYPE_BYTESTRING) || !g_variant_is_container (base))
    return walk_value (walk, base);
  return walk_container (walk, base);
}

void
migdesc_test_values_init (MigdescTestValues *values,
                          GVariant *base)
{
  Walk walk = { .types = g_string_new (NULL),
                .numbers = g_array_new (FALSE, FALSE, sizeof (guint64)) };

  g_variant_unref (g_variant_take_ref (walk_variant (&walk, base)));
  values->n_values = walk.next;
  values->types = g_string_free (walk.types, FALSE);
  values->numbers = walk.numbers;
  values->levels = g_malloc (MAX (values->n_values, 1));
  for (guint i = 0; i < values->n_values; i++)
    values->levels[i] = MIGDESC_TEST_VALUE_KEPT;
}

void
migdesc_test_values_clear (MigdescTestValues *values)
{
  g_clear_pointer (&values->types, g_free);
  g_clear_pointer (&values->numbers, g_array_unref);
  g_clear_pointer (&values->levels, g_free);
}

GVariant *
migdesc_test_values_apply (const MigdescTestValues *values,
                           GVariant *base)
{
  Walk walk = { .values = values };

  return walk_variant (&walk, base);
}
