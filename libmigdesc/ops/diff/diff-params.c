/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* The rules of diff that look at params alone. */

#include <string.h>

#include "ops/diff/diff-private.h"

static MigdescFindingCore *
begin_param (MigdescDiffing *diffing,
             const char *code,
             const MigdescParamCore *param)
{
  MigdescFindingCore *finding = migdesc_diffing_begin (diffing, code, MIGDESC_CATEGORY_FULL);

  if (finding == NULL)
    return NULL;
  finding->param = g_strdup (param->name);
  migdesc_diffing_place (finding, migdesc_pointer_to_param (diffing->model_name, param->name),
                         migdesc_pointer_to_param (diffing->model_name, param->name));
  return finding;
}

static GString *
name_of (const MigdescParamCore *param)
{
  GString *message = g_string_new (NULL);

  migdesc_words_append_name (message, param->name);
  return message;
}

static void
diff_init (MigdescDiffing *diffing,
           const MigdescParamCore *old,
           const MigdescParamCore *param)
{
  MigdescValueType type = (MigdescValueType) param->type;
  MigdescFindingCore *finding;
  GString *message;

  if (migdesc_value_equal (type, old->init, param->init))
    return;
  finding = begin_param (diffing, MIGDESC_CODE_INIT_VALUE_CHANGED, param);
  if (finding == NULL)
    return;
  message = name_of (param);
  g_string_append (message, ": the init value was ");
  migdesc_words_append_value (message, type, old->init);
  g_string_append (message, " and is ");
  migdesc_words_append_value (message, type, param->init);
  migdesc_diffing_take (diffing, finding, message,
                        g_strdup ("publish a version with the new value: a device that is created "
                                  "without one is no longer what it was"));
}

static void
diff_unit (MigdescDiffing *diffing,
           const MigdescParamCore *old,
           const MigdescParamCore *param)
{
  MigdescFindingCore *finding;
  GString *message;

  if (old->unit == NULL || g_strcmp0 (old->unit, param->unit) == 0)
    return;
  finding = begin_param (diffing, MIGDESC_CODE_UNIT_CHANGED, param);
  if (finding == NULL)
    return;
  message = name_of (param);
  g_string_append (message, " was in ");
  migdesc_words_append_quoted (message, old->unit);
  g_string_append (message, param->unit != NULL ? " and is in " : " and has no unit");
  if (param->unit != NULL)
    migdesc_words_append_quoted (message, param->unit);
  migdesc_diffing_take (diffing, finding, message,
                        g_strdup ("add a param of another name for the new unit"));
}

static void
diff_runtime (MigdescDiffing *diffing,
              const MigdescParamCore *old,
              const MigdescParamCore *param)
{
  MigdescFindingCore *finding;
  GString *message;

  if (!old->runtime || param->runtime)
    return;
  finding = begin_param (diffing, MIGDESC_CODE_RUNTIME_WITHDRAWN, param);
  if (finding == NULL)
    return;
  message = name_of (param);
  g_string_append (message, " could be changed while the device is open, and no longer can");
  migdesc_diffing_take (diffing, finding, message, NULL);
}

static void
diff_added (MigdescDiffing *diffing,
            const MigdescParamCore *param)
{
  const char *code
      = param->has_off ? MIGDESC_CODE_PARAM_ADDED : MIGDESC_CODE_PARAM_ADDED_WITHOUT_OFF;
  MigdescFindingCore *finding = migdesc_diffing_begin (diffing, code, MIGDESC_CATEGORY_FULL);
  GString *message;

  if (finding == NULL)
    return;
  finding->param = g_strdup (param->name);
  migdesc_diffing_place (finding, migdesc_pointer_to_param (diffing->model_name, param->name),
                         migdesc_pointer_to_member (diffing->model_name, "params"));
  message = name_of (param);
  if (param->has_off)
    {
      g_string_append (message, " was added; it is off as ");
      migdesc_words_append_value (message, (MigdescValueType) param->type, param->off);
      migdesc_diffing_take (diffing, finding, message, NULL);
      return;
    }
  g_string_append (message, " was added without an off value, so that no older device has it");
  migdesc_diffing_try_witness (diffing, finding, migdesc_diffing_usual_list (diffing));
  migdesc_diffing_take (diffing, finding, message,
                        g_strdup ("give it the off value that means what devices did before"));
}

void
migdesc_diff_params (MigdescDiffing *diffing)
{
  for (guint32 i = 0; i < diffing->old->n_params; i++)
    {
      const MigdescParamCore *old = &diffing->old->params[i];
      const MigdescParamCore *param = diffing->old_matches[i] == MIGDESC_NOT_FOUND
                                          ? NULL
                                          : &diffing->model->params[diffing->old_matches[i]];

      if (param == NULL)
        continue;
      if (param->type == old->type)
        diff_init (diffing, old, param);
      diff_unit (diffing, old, param);
      diff_runtime (diffing, old, param);
    }
  for (guint32 i = 0; i < diffing->model->n_params; i++)
    if (diffing->matches[i] == MIGDESC_NOT_FOUND)
      diff_added (diffing, &diffing->model->params[i]);
}
