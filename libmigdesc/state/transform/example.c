/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "state/transform/example.h"

#include <math.h>
#include <string.h>

#include "state/table/scalar.h"

typedef struct
{
  guint version;
  gboolean highest;
  gboolean gated;
} Example;

void
migdesc_field_get_range (const MigdescField *field,
                         guint64 *min,
                         guint64 *max)
{
  *min = 0;
  *max = field->max;
  if (field->kind == MIGDESC_FIELD_ENUM)
    *max = field->n_words - 1;
  else if (field->kind == MIGDESC_FIELD_FLAGS)
    *max = G_MAXUINT64 >> (64 - field->n_words);
  else if (field->kind == MIGDESC_FIELD_INDEX)
    *max = 0; /* whatever it is in the array that it goes with */
  else
    *min = field->min;
  if (field->kind == MIGDESC_FIELD_CONSTANT)
    *max = field->min;
}

static guint
count_fields (const MigdescField *fields,
              guint n_fields,
              guint most)
{
  guint n = MIN (n_fields, most);

  for (guint i = 0; i < n_fields && n < most; i++)
    {
      const MigdescField *field = &fields[i];

      if (field->kind == MIGDESC_FIELD_SECTION)
        n += count_fields (field->fields, field->n_fields, most - n);
      else if (field->kind == MIGDESC_FIELD_STRUCT)
        n += count_fields (field->type->fields, field->type->n_fields, most - n);
    }
  return n;
}

guint
migdesc_table_count_fields (const MigdescStruct *table,
                            guint most)
{
  return count_fields (table->fields, table->n_fields, most);
}

static GVariant *
make_integer (const MigdescField *field,
              guint64 value)
{
  gboolean is_signed = migdesc_field_is_signed (field);

  switch (field->width)
    {
    case 1:
      return is_signed ? g_variant_new_int16 ((gint8) value) : g_variant_new_byte ((guchar) value);
    case 2:
      return is_signed ? g_variant_new_int16 ((gint16) value)
                       : g_variant_new_uint16 ((guint16) value);
    case 4:
      return is_signed ? g_variant_new_int32 ((gint32) value)
                       : g_variant_new_uint32 ((guint32) value);
    default:
      return is_signed ? g_variant_new_int64 ((gint64) value) : g_variant_new_uint64 (value);
    }
}

static GVariant *
make_double (const Example *example,
             const MigdescField *field)
{
  double value = example->highest ? field->real_max : field->real_min;

  if ((field->flags & MIGDESC_FIELD_NON_FINITE) != 0)
    value = example->highest ? (double) INFINITY : -(double) INFINITY;
  return g_variant_new_double (value);
}

static guint
get_count (const Example *example,
           const MigdescField *field,
           guint most)
{
  gboolean long_one = field->counting == MIGDESC_COUNT_FIXED || example->highest;

  return long_one ? MIN (field->capacity, most) : 0;
}

static GVariant *
make_bytes (const Example *example,
            const MigdescField *field)
{
  static const guint8 zeros[MIGDESC_EXAMPLE_BYTES];
  guint n = get_count (example, field, 8 * MIGDESC_EXAMPLE_BYTES);

  if (field->kind == MIGDESC_FIELD_BITMAP)
    n = (n + 7) / 8;
  n = MIN (n, MIGDESC_EXAMPLE_BYTES);

  return g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, zeros, n, 1);
}

static GVariant *make_struct (const Example *example,
                              const MigdescField *fields,
                              guint n_fields,
                              const guint16 *section_version);

static GVariant *
make_one (const Example *example,
          const MigdescField *field)
{
  guint64 min, max;

  migdesc_field_get_range (field, &min, &max);
  switch ((MigdescFieldKind) field->kind)
    {
    case MIGDESC_FIELD_BOOL:
      return g_variant_new_boolean ((example->highest ? field->max : field->min) != 0);
    case MIGDESC_FIELD_DOUBLE:
      return make_double (example, field);
    case MIGDESC_FIELD_STRUCT:
      return make_struct (example, field->type->fields, field->type->n_fields, NULL);
    default:
      return make_integer (field, example->highest ? max : min);
    }
}

static GVariant *
make_array (const Example *example,
            const MigdescField *field)
{
  guint most = field->kind == MIGDESC_FIELD_STRUCT ? 1 : MIGDESC_EXAMPLE_ELEMENTS;
  guint n = MAX (1, get_count (example, field, most));
  GVariant *elements[MIGDESC_EXAMPLE_ELEMENTS];

  for (guint i = 0; i < n; i++)
    elements[i] = make_one (example, field);
  return g_variant_new_array (NULL, elements, n);
}

static GVariant *
make_field (const Example *example,
            const MigdescField *field)
{
  Example inside = *example;
  guint16 version = (guint16) field->version;

  switch ((MigdescFieldKind) field->kind)
    {
    case MIGDESC_FIELD_SECTION:
      inside.version = field->version;
      return make_struct (&inside, field->fields, field->n_fields, &version);
    case MIGDESC_FIELD_STRING:
      return g_variant_new_string ("0");
    case MIGDESC_FIELD_BYTES:
    case MIGDESC_FIELD_BITMAP:
      return make_bytes (example, field);
    default:
      return field->counting == MIGDESC_COUNT_ONE ? make_one (example, field)
                                                  : make_array (example, field);
    }
}

static GVariant *
make_struct (const Example *example,
             const MigdescField *fields,
             guint n_fields,
             const guint16 *section_version)
{
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE_VARDICT);
  if (section_version != NULL)
    g_variant_builder_add (&builder, "{sv}", "@version", g_variant_new_uint16 (*section_version));
  for (guint i = 0; i < n_fields; i++)
    {
      const MigdescField *field = &fields[i];

      if (field->kind == MIGDESC_FIELD_UNUSED || field->kind == MIGDESC_FIELD_RELATION
          || !migdesc_field_is_there (field, example->version)
          || (field->param != NULL && !example->gated)
          || !g_hash_table_add (names, (gpointer) field->name))
        continue;
      g_variant_builder_add (&builder, "{sv}", field->name, make_field (example, field));
    }
  return g_variant_builder_end (&builder);
}

GVariant *
migdesc_table_make_example (const MigdescStruct *table,
                            guint version,
                            gboolean highest,
                            gboolean gated)
{
  const Example example = { version, highest, gated };

  return make_struct (&example, table->fields, table->n_fields, NULL);
}
