/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "codec/write.h"

#include "base/quote.h"
#include "codec/encoder.h"

/* Which dialect is written how, and which store no dialect can help. */

static GString *
write_document (const MigdescStore *store,
                MigdescDialects dialect)
{
  GString *text = g_string_sized_new (4096);
  MigdescEncoder encoder;

  migdesc_encoder_init (&encoder, store, dialect, text);
  migdesc_encoder_write_object (&encoder, &migdesc_document_shape, store);
  migdesc_encoder_clear (&encoder);
  return text;
}

GString *
migdesc_write_canonical (const MigdescStore *store)
{
  return write_document (store, MIGDESC_IN_NATIVE);
}

static void
refuse (GError **error,
        const MigdescModelCore *model,
        const char *why)
{
  g_autofree char *name = migdesc_quote (model->name, model->key.length);

  g_set_error (error, MIGDESC_ERROR, MIGDESC_ERROR_CONVERSION_REFUSED, "model \"%s\" %s", name,
               why);
}

static gboolean
check_params (const MigdescStore *store,
              GError **error)
{
  for (guint i = 0; i < store->n_models; i++)
    if (store->models[i].version_only)
      {
        refuse (error, &store->models[i],
                "has versions and no params, which this dialect cannot express");
        return FALSE;
      }
  return TRUE;
}

/* A document of this dialect is known by its bounds. */
static gboolean
check_bounds (const MigdescStore *store,
              GError **error)
{
  for (guint i = 0; i < store->n_models; i++)
    for (guint j = 0; j < store->models[i].n_params; j++)
      {
        const MigdescParamCore *param = &store->models[i].params[j];

        if (param->type == MIGDESC_VALUE_TYPE_INT && !param->allowed.any)
          return TRUE;
      }
  g_set_error_literal (
      error, MIGDESC_ERROR, MIGDESC_ERROR_CONVERSION_REFUSED,
      "no int param has allowed values, so that the document would have no bounds");
  return FALSE;
}

GString *
migdesc_write_dialect (const MigdescStore *store,
                       MigdescDialect dialect,
                       GError **error)
{
  switch (dialect)
    {
    case MIGDESC_DIALECT_NATIVE:
      return migdesc_write_canonical (store);
    case MIGDESC_DIALECT_V1:
      return migdesc_write_v1 (store);
    case MIGDESC_DIALECT_V3:
      return check_params (store, error) ? write_document (store, MIGDESC_IN_V3) : NULL;
    case MIGDESC_DIALECT_V3_MINMAX:
      return check_params (store, error) && check_bounds (store, error)
                 ? write_document (store, MIGDESC_IN_MINMAX)
                 : NULL;
    case MIGDESC_DIALECT_V4:
      return write_document (store, MIGDESC_IN_V4);
    case MIGDESC_DIALECT_V4_TEXT:
      return migdesc_write_v4_text (store, error);
    case MIGDESC_DIALECT_AUTO:
    case MIGDESC_DIALECT_SYSFS:
    case MIGDESC_DIALECT_SYSFS_2019:
    case MIGDESC_DIALECT_MDEVCTL:
    default:
      g_set_error (error, MIGDESC_ERROR, MIGDESC_ERROR_CONVERSION_REFUSED,
                   "the %s dialect is only read", migdesc_dialect_to_string (dialect));
      return NULL;
    }
}
