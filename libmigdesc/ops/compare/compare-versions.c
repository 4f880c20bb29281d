/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "ops/compare/compare-versions.h"

#include "model/codes.h"
#include "ops/compare/agreement.h"
#include "ops/compare/compare-words.h"

/* Why the destination refuses a version of the source: a code and words, or NULL if it does not. */
static const char *
find_refusal (const MigdescModelCore *model,
              const MigdescVersionCore *source,
              const char **words)
{
  guint32 position = migdesc_model_core_find_version (model, source->key.text, source->key.length);
  const MigdescVersionCore *version;

  *words = " is not known to the destination";
  if (position == MIGDESC_NOT_FOUND)
    return MIGDESC_CODE_VERSION_UNKNOWN;
  version = &model->versions[position];
  *words = " cannot be loaded by the destination";
  if (!version->can_load)
    return MIGDESC_CODE_VERSION_NOT_LOADABLE;
  *words = " cannot be migrated";
  if (source->support == MIGDESC_SUPPORT_NONE || version->support == MIGDESC_SUPPORT_NONE)
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

  for (guint32 v = 0; v < source->n_versions; v++)
    {
      const char *words;
      const char *code = find_refusal (answer->model, &source->versions[v], &words);

      if (code == NULL)
        g_array_append_val (passing, v);
      else
        migdesc_compare_say_version (answer, code, MIGDESC_SEVERITY_BLOCKER, source, v, words);
    }
  if (passing->len == 0)
    return MIGDESC_RELATION_INCOMPATIBLE;
  *agreement = make_agreement (source, passing);
  return passing->len < source->n_versions ? MIGDESC_RELATION_CONDITIONAL
                                           : MIGDESC_RELATION_COMPATIBLE;
}
