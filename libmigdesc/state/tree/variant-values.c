/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <migdesc/migdesc-error.h>

#include "state/tree/variant-loader.h"

/* Values out of GVariant. */

typedef struct
{
  guint64 bits;
  gboolean negative;
} Integer;

static gboolean
get_integer (GVariant *value,
             Integer *integer)
{
  gint64 number;

  integer->negative = FALSE;
  switch (value == NULL ? '\0' : g_variant_get_type_string (value)[0])
    {
    case 'y':
      integer->bits = g_variant_get_byte (value);
      return TRUE;
    case 'q':
      integer->bits = g_variant_get_uint16 (value);
      return TRUE;
    case 'u':
      integer->bits = g_variant_get_uint32 (value);
      return TRUE;
    case 't':
      integer->bits = g_variant_get_uint64 (value);
      return TRUE;
    case 'n':
      number = g_variant_get_int16 (value);
      break;
    case 'i':
      number = g_variant_get_int32 (value);
      break;
    case 'x':
      number = g_variant_get_int64 (value);
      break;
    default:
      return FALSE;
    }
  integer->bits = (guint64) number;
  integer->negative = number < 0;
  return TRUE;
}

static gboolean
read_integer (MigdescVariantLoader *loader,
              const char *name,
              Integer *integer,
              GError **error)
{
  g_autoptr (GVariant) value = NULL;

  if (!migdesc_variant_loader_enter (loader, name, &value, error))
    return FALSE;
  return get_integer (value, integer)
         || migdesc_variant_loader_fail_value (loader, value, "an integer", error);
}

static gboolean
pass_uint (MigdescVisitor *visitor,
           const char *name,
           guint width G_GNUC_UNUSED,
           guint64 *number,
           GError **error)
{
  Integer integer;

  if (!read_integer ((MigdescVariantLoader *) visitor, name, &integer, error))
    return FALSE;
  *number = integer.bits;
  return !integer.negative
         || migdesc_variant_loader_fail ((MigdescVariantLoader *) visitor, error,
                                         MIGDESC_ERROR_STATE_RANGE,
                                         "%" G_GINT64_FORMAT " is negative",
                                         (gint64) integer.bits);
}

static gboolean
pass_int (MigdescVisitor *visitor,
          const char *name,
          guint width G_GNUC_UNUSED,
          gint64 *number,
          GError **error)
{
  Integer integer;

  if (!read_integer ((MigdescVariantLoader *) visitor, name, &integer, error))
    return FALSE;
  *number = (gint64) integer.bits;
  return integer.negative || integer.bits <= G_MAXINT64
         || migdesc_variant_loader_fail ((MigdescVariantLoader *) visitor, error,
                                         MIGDESC_ERROR_STATE_RANGE,
                                         "%" G_GUINT64_FORMAT " is above 9223372036854775807",
                                         integer.bits);
}

static gboolean
pass_double (MigdescVisitor *visitor,
             const char *name,
             double *real,
             GError **error)
{
  MigdescVariantLoader *loader = (MigdescVariantLoader *) visitor;
  g_autoptr (GVariant) value = NULL;
  Integer integer;

  if (!migdesc_variant_loader_enter (loader, name, &value, error))
    return FALSE;
  if (get_integer (value, &integer))
    *real = integer.negative ? (double) (gint64) integer.bits : (double) integer.bits;
  else if (value != NULL && g_variant_is_of_type (value, G_VARIANT_TYPE_DOUBLE))
    *real = g_variant_get_double (value);
  else
    return migdesc_variant_loader_fail_value (loader, value, "a double", error);
  return TRUE;
}

static gboolean
pass_bool (MigdescVisitor *visitor,
           const char *name,
           gboolean *truth,
           GError **error)
{
  MigdescVariantLoader *loader = (MigdescVariantLoader *) visitor;
  g_autoptr (GVariant) value = NULL;

  if (!migdesc_variant_loader_enter (loader, name, &value, error))
    return FALSE;
  if (value == NULL || !g_variant_is_of_type (value, G_VARIANT_TYPE_BOOLEAN))
    return migdesc_variant_loader_fail_value (loader, value, "a truth value", error);
  *truth = g_variant_get_boolean (value);
  return TRUE;
}

static gboolean
pass_string (MigdescVisitor *visitor,
             const char *name,
             char **text,
             GError **error)
{
  MigdescVariantLoader *loader = (MigdescVariantLoader *) visitor;
  g_autoptr (GVariant) value = NULL;

  if (!migdesc_variant_loader_enter (loader, name, &value, error))
    return FALSE;
  if (value == NULL || !g_variant_is_of_type (value, G_VARIANT_TYPE_STRING))
    return migdesc_variant_loader_fail_value (loader, value, "a text", error);
  *text = g_variant_dup_string (value, NULL);
  return TRUE;
}

static gboolean
open_buffer (MigdescVisitor *visitor,
             const char *name,
             MigdescContainerFlags flags G_GNUC_UNUSED,
             guint64 *length,
             GError **error)
{
  MigdescVariantLoader *loader = (MigdescVariantLoader *) visitor;
  g_autoptr (GVariant) value = NULL;

  if (!migdesc_variant_loader_enter (loader, name, &value, error))
    return FALSE;
  if (value == NULL || !g_variant_is_of_type (value, G_VARIANT_TYPE_BYTESTRING))
    return migdesc_variant_loader_fail_value (loader, value, "bytes (ay)", error);
  *length = g_variant_n_children (value);
  g_clear_pointer (&loader->buffer, g_variant_unref);
  loader->buffer = g_steal_pointer (&value);
  loader->done = 0;
  return TRUE;
}

static gboolean
pass_buffer (MigdescVisitor *visitor,
             guint8 *data,
             gsize length,
             GError **error G_GNUC_UNUSED)
{
  MigdescVariantLoader *loader = (MigdescVariantLoader *) visitor;
  gsize n;
  const guint8 *bytes = g_variant_get_fixed_array (loader->buffer, &n, 1);

  if (length > 0)
    memcpy (data, bytes + loader->done, length);
  loader->done += length;
  return TRUE;
}

static gboolean
close_buffer (MigdescVisitor *visitor,
              GError **error G_GNUC_UNUSED)
{
  g_clear_pointer (&((MigdescVariantLoader *) visitor)->buffer, g_variant_unref);
  return TRUE;
}

void
migdesc_variant_loader_class_set_values (MigdescVisitorClass *klass)
{
  klass->pass_uint = pass_uint;
  klass->pass_int = pass_int;
  klass->pass_double = pass_double;
  klass->pass_bool = pass_bool;
  klass->pass_string = pass_string;
  klass->open_buffer = open_buffer;
  klass->pass_buffer = pass_buffer;
  klass->close_buffer = close_buffer;
}
