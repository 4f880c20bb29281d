/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "ops/compare-versions.h"

#include "model/codes.h"
#include "ops/agreement.h"
#include "ops/compare-words.h"
#include "ops/list.h"
#include "ops/versions.h"

/* A destination with params expands a version to values; the source, which has none, needs all of them off. */
typedef struct
{
  const MigdescModelCore *model;
  gboolean can_be_off;  /* there is a configuration in which all params are off */
  gboolean can_load;    /* and it can be loaded */
  gboolean can_migrate; /* and is no version that cannot be migrated */
} AllOff;

static void
find_all_off (AllOff *all_off,
              const MigdescModelCore *model)
{
  g_autofree MigdescValue *values = g_new (MigdescValue, model->n_params + 1);

  all_off->model = model;
  all_off->can_be_off = all_off->can_load = all_off->can_migrate = TRUE;
  for (guint32 i = 0; i < model->n_params; i++)
    all_off->can_be_off &= model->params[i].has_off;
  if (model->version_only || !all_off->can_be_off)
    return;
  migdesc_model_core_fill_off (model, values);
  all_off->can_load = !migdesc_model_core_is_unloadable (model, values, model->off_hash);
  all_off->can_migrate = migdesc_find_unmigratable (model, values, model->off_hash, 0) == MIGDESC_NOT_FOUND;
}

static gboolean
is_all_off (const AllOff *all_off,
            const MigdescVersionCore *version)
{
  for (guint32 i = 0; i < version->n_settings; i++)
    if (!migdesc_param_is_off (&all_off->model->params[version->settings[i].param], version->settings[i].value))
      return FALSE;
  return all_off->can_be_off;
}

/* Why the destination refuses a version of the source: a code and words, or NULL if it does not. */
static const char *
find_refusal (const AllOff *all_off,
              const MigdescVersionCore *source,
              const char **words)
{
  const MigdescModelCore *model = all_off->model;
  guint32 position = migdesc_model_core_find_version (model, source->key.text, source->key.length);
  const MigdescVersionCore *version;

  *words = " is not known to the destination";
  if (position == MIGDESC_NOT_FOUND)
    return MIGDESC_CODE_VERSION_UNKNOWN;
  version = &model->versions[position];
  *words = " sets params at the destination that the source does not have";
  if (!model->version_only && !is_all_off (all_off, version))
    return MIGDESC_CODE_VERSION_DIFFERS;
  *words = " cannot be loaded by the destination";
  if (model->version_only ? !version->can_load : !all_off->can_load)
    return MIGDESC_CODE_VERSION_NOT_LOADABLE;
  *words = " cannot be migrated";
  if (source->support == MIGDESC_SUPPORT_NONE || version->support == MIGDESC_SUPPORT_NONE
      || !all_off->can_migrate)
    return MIGDESC_CODE_UNMIGRATABLE;
  return NULL;
}

static MigdescStore *
make_agreement (const MigdescModelCore *source,
                const GArray *passing)
{
  g_auto (MigdescAgreement) agreement = { NULL };
  g_auto (MigdescSetBuilder) builder;
  MigdescSet names;

  migdesc_agreement_init_version (&agreement, source);
  migdesc_set_builder_init (&builder);
  migdesc_set_builder_reset (&builder, MIGDESC_VALUE_TYPE_STRING);
  for (guint i = 0; i < passing->len; i++)
    {
      const MigdescName *name = &source->versions[g_array_index (passing, guint32, i)].key;

      migdesc_set_builder_add_string (&builder, name->text, name->length);
    }
  migdesc_set_builder_build (&builder, agreement.store->arena, &names);
  agreement.params[0].allowed = names;
  return migdesc_agreement_finish (&agreement);
}

MigdescRelation
migdesc_compare_versions (MigdescAnswer *answer,
                          const MigdescModelCore *source,
                          MigdescStore **agreement)
{
  g_autoptr (GArray) passing = g_array_new (FALSE, FALSE, sizeof (guint32));
  AllOff all_off;

  find_all_off (&all_off, answer->model);
  for (guint32 v = 0; v < source->n_versions; v++)
    {
      const char *words;
      const char *code = find_refusal (&all_off, &source->versions[v], &words);

      if (code == NULL)
        g_array_append_val (passing, v);
      else
        migdesc_compare_say_version (answer, code, MIGDESC_SEVERITY_BLOCKER, source, v, words);
    }
  if (passing->len == 0)
    return MIGDESC_RELATION_INCOMPATIBLE;
  *agreement = make_agreement (source, passing);
  return passing->len < source->n_versions ? MIGDESC_RELATION_CONDITIONAL : MIGDESC_RELATION_COMPATIBLE;
}
