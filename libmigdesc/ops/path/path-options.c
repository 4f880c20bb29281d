/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* What a param may be changed to while its device runs */

#include "ops/path/path-search.h"

#include "ops/versions.h"

static gboolean
is_set_by_version (const MigdescModelCore *model,
                   guint32 param,
                   MigdescValue value)
{
  for (guint32 i = 0; i < model->n_versions; i++)
    {
      const MigdescSetting *setting = migdesc_version_find_setting (&model->versions[i], param);

      if (setting != NULL
          && migdesc_value_equal ((MigdescValueType) model->params[param].type, setting->value,
                                  value))
        return TRUE;
    }
  return FALSE;
}

gboolean
migdesc_path_is_known (const MigdescModelCore *model,
                       guint32 position,
                       MigdescValue value)
{
  const MigdescParamCore *param = &model->params[position];
  MigdescValueType type = (MigdescValueType) param->type;

  return !param->allowed.any || type == MIGDESC_VALUE_TYPE_BOOL
         || migdesc_value_equal (type, param->init, value)
         || (param->has_off && migdesc_value_equal (type, param->off, value))
         || is_set_by_version (model, position, value);
}

void
migdesc_path_append_options (MigdescPathSearch *search,
                             const MigdescPathClass *class,
                             guint32 param,
                             MigdescValue current,
                             GArray *options)
{
  const MigdescPathVariable *variable
      = &g_array_index (search->variables, MigdescPathVariable, class->variables[param]);
  g_autoptr (GArray) others = g_array_new (FALSE, FALSE, sizeof (MigdescValue));

  migdesc_cells_append_others (&variable->cells, current, others);
  for (guint i = 0; i < others->len; i++)
    {
      MigdescValue value = g_array_index (others, MigdescValue, i);

      if (!migdesc_param_core_accepts (&class->model->params[param], value))
        continue;
      if (search->lenient || migdesc_path_is_known (class->model, param, value))
        g_array_append_val (options, value);
      else
        search->met_unsure = TRUE;
    }
}

MigdescValue
migdesc_path_canonical (const MigdescPathSearch *search,
                        const MigdescPathClass *class,
                        guint32 param,
                        MigdescValue value)
{
  const MigdescPathVariable *variable;
  guint32 cell;

  if (class->variables[param] == MIGDESC_NOT_FOUND)
    return value;
  variable = &g_array_index (search->variables, MigdescPathVariable, class->variables[param]);
  cell = migdesc_cells_find (&variable->cells, value);
  return cell == MIGDESC_NOT_FOUND
             ? value
             : g_array_index (variable->cells.choices, MigdescChoice, cell).value;
}
