/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "host/model-rows.h"

#include <string.h>

#include <migdesc/migdesc-error.h>

static gboolean
check_size (const char *what,
            gsize theirs,
            gsize ours,
            GError **error)
{
  if (theirs == ours)
    return TRUE;
  g_set_error (error, MIGDESC_ERROR, MIGDESC_ERROR_INVALID_ARGUMENT,
               "compiled with other headers: a %s of %" G_GSIZE_FORMAT
               " bytes, this library's has %" G_GSIZE_FORMAT,
               what, theirs, ours);
  return FALSE;
}

gboolean
migdesc_model_table_check_size (const MigdescModelTable *table,
                                GError **error)
{
  return check_size ("MigdescModelTable", table->table_size, sizeof *table, error)
         && check_size ("MigdescModelParam", table->param_size, sizeof *table->params, error)
         && check_size ("MigdescModelVersion", table->version_size, sizeof *table->versions, error)
         && check_size ("MigdescModelConstraint", table->constraint_size,
                        sizeof *table->constraints, error);
}

guint
migdesc_model_table_find_version (const MigdescModelTable *table,
                                  const char *name)
{
  for (guint i = 0; i < table->n_versions; i++)
    if (strcmp (table->versions[i].name, name) == 0)
      return i;
  return MIGDESC_NO_VERSION_LIMIT;
}

/* A since that names no version is a mistake that the rules report. */
static gboolean
is_there (const MigdescModelTable *table,
          const MigdescModelParam *row,
          guint limit)
{
  guint since = row->since == NULL ? 0 : migdesc_model_table_find_version (table, row->since);

  return since == MIGDESC_NO_VERSION_LIMIT || since <= limit;
}

const MigdescModelParam *
migdesc_model_table_find_param (const MigdescModelTable *table,
                                guint limit,
                                const char *name,
                                gsize length)
{
  const MigdescModelParam *found = NULL;

  for (guint i = 0; i < table->n_params; i++)
    {
      const MigdescModelParam *row = &table->params[i];

      if (strlen (row->name) == length && memcmp (row->name, name, length) == 0
          && is_there (table, row, limit))
        found = row;
    }
  return found;
}

MigdescValueType
migdesc_model_param_type (const MigdescModelParam *row)
{
  static const MigdescValueType types[] = {
    [MIGDESC_MODEL_PARAM_INT_] = MIGDESC_VALUE_TYPE_INT,
    [MIGDESC_MODEL_PARAM_BOOL_] = MIGDESC_VALUE_TYPE_BOOL,
    [MIGDESC_MODEL_PARAM_ENUM_] = MIGDESC_VALUE_TYPE_STRING,
    [MIGDESC_MODEL_PARAM_STR_] = MIGDESC_VALUE_TYPE_STRING,
  };

  return types[row->kind];
}
