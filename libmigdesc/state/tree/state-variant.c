/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "state/table/scalar.h"
#include "state/tree/state-private.h"

/* States as GVariant: a{sv} for structs, typed arrays for scalars. */

static const char *
get_type_string (const MigdescField *field)
{
  static const char *const uints[] = { [1] = "y", [2] = "q", [4] = "u", [8] = "t" };
  static const char *const ints[] = { [1] = "n", [2] = "n", [4] = "i", [8] = "x" };

  switch ((MigdescFieldKind) field->kind)
    {
    case MIGDESC_FIELD_BOOL:
      return "b";
    case MIGDESC_FIELD_DOUBLE:
      return "d";
    case MIGDESC_FIELD_INT:
    case MIGDESC_FIELD_TIMER:
      return ints[field->width];
    case MIGDESC_FIELD_STRUCT:
      return "a{sv}";
    default:
      return migdesc_field_is_signed (field) ? ints[field->width] : uints[field->width];
    }
}

static GVariant *
value_to_variant (const MigdescNode *node)
{
  guint64 value = node->value;
  double real;

  switch (get_type_string (node->field)[0])
    {
    case 'b':
      return g_variant_new_boolean (value != 0);
    case 'd':
      memcpy (&real, &value, sizeof real);
      return g_variant_new_double (real);
    case 'n':
      return g_variant_new_int16 ((gint16) value);
    case 'i':
      return g_variant_new_int32 ((gint32) value);
    case 'x':
      return g_variant_new_int64 ((gint64) value);
    case 'y':
      return g_variant_new_byte ((guchar) value);
    case 'q':
      return g_variant_new_uint16 ((guint16) value);
    case 'u':
      return g_variant_new_uint32 ((guint32) value);
    default:
      return g_variant_new_uint64 (value);
    }
}

static GVariant *node_to_variant (MigdescNode *node);

/* Numbers as they are in a struct. */
static GVariant *
scalars_to_variant (MigdescNode *node,
                    const GVariantType *type)
{
  gsize n = (gsize) node->value;
  guint width = node->field->width;
  g_autofree guint8 *data = g_malloc (n * width + 1);
  g_autoptr (GBytes) bytes = NULL;
  MigdescElements elements;

  migdesc_elements_init (&elements, node);
  migdesc_elements_read (&elements, data, n);
  node->end = migdesc_elements_get_end (&elements);
  bytes = g_bytes_new_take (g_steal_pointer (&data), n * width);
  return g_variant_new_from_bytes (type, bytes, TRUE);
}

static GVariant *
array_to_variant (MigdescNode *node)
{
  const MigdescField *field = node->field;
  g_autoptr (GVariantType) type
      = g_variant_type_new_array (G_VARIANT_TYPE (get_type_string (field)));
  gboolean as_is = migdesc_kind_is_scalar ((MigdescFieldKind) field->kind)
                   && field->kind != MIGDESC_FIELD_BOOL
                   && !(migdesc_field_is_signed (field)
                        && field->width == 1);
  MigdescElements elements;
  MigdescNode child;
  GVariantBuilder builder;

  if (as_is)
    return scalars_to_variant (node, type);
  g_variant_builder_init (&builder, type);
  migdesc_elements_init (&elements, node);
  while (migdesc_elements_next (&elements, &child))
    g_variant_builder_add_value (&builder, node_to_variant (&child));
  node->end = migdesc_elements_get_end (&elements);
  return g_variant_builder_end (&builder);
}

static GVariant *
struct_to_variant (MigdescNode *node)
{
  g_auto (MigdescFields) fields;
  GVariantBuilder builder;
  MigdescNode child;

  g_variant_builder_init (&builder, G_VARIANT_TYPE_VARDICT);
  if (node->field != NULL && node->field->kind == MIGDESC_FIELD_SECTION)
    g_variant_builder_add (&builder, "{sv}", "@version",
                           g_variant_new_uint16 ((guint16) node->version));
  migdesc_fields_init (&fields, node);
  while (migdesc_fields_next (&fields, &child))
    g_variant_builder_add (&builder, "{sv}", child.field->name, node_to_variant (&child));
  node->end = migdesc_fields_get_end (&fields);
  return g_variant_builder_end (&builder);
}

static GVariant *
bytes_to_variant (const MigdescNode *node)
{
  g_autofree guint8 *copy = NULL;
  gsize length;
  const guint8 *data = migdesc_node_get_bytes (node, &length, &copy);

  return g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, data, length, 1);
}

static GVariant *
node_to_variant (MigdescNode *node)
{
  switch (node->kind)
    {
    case MIGDESC_STATE_STRUCT:
      return struct_to_variant (node);
    case MIGDESC_STATE_ARRAY:
      return array_to_variant (node);
    case MIGDESC_STATE_NULL:
      return g_variant_new_maybe (G_VARIANT_TYPE_VARDICT, NULL);
    case MIGDESC_STATE_BYTES:
      return bytes_to_variant (node);
    case MIGDESC_STATE_STRING:
      return g_variant_new_string (migdesc_node_get_text (node));
    default:
      return value_to_variant (node);
    }
}

/**
 * migdesc_state_to_variant:
 * @state: a state, or a part of one
 *
 * Turns a state into a #GVariant: a struct into `a{sv}`, a section too, with its `@version`; an
 * absent struct into nothing of type `ma{sv}`; an array of scalars into an array of their type,
 * one of structs into `aa{sv}`; buffers and bitmaps into `ay`. Enums and flags are numbers, and an
 * integer of 8 bits with a sign is an `n`.
 *
 * Returns: (transfer full): the variant
 *
 * Since: 1.0
 */
GVariant *
migdesc_state_to_variant (MigdescState *state)
{
  MigdescNode node;

  g_return_val_if_fail (state != NULL, NULL);

  node = *migdesc_state_get_node (state);
  return g_variant_ref_sink (node_to_variant (&node));
}
