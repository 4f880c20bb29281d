/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* What concerns all versions of a model together. */

#include "base/hash.h"
#include "base/quote.h"
#include "model/draft-private.h"

/* Looks names of versions up. Where two have one name there is no index, but then positions don't
 * matter either. */
typedef struct
{
  const MigdescModelCore *model;
  gboolean indexed;
  MigdescKeySet names;
} Lookup;

static void
report_duplicate (MigdescDraft *draft,
                  const MigdescModelCore *model,
                  guint32 position)
{
  const MigdescName *key = &model->versions[position].key;
  MigdescSlice name = { key->text, key->length };
  char digits[12];

  g_snprintf (digits, sizeof digits, "%" G_GUINT32_FORMAT, position);
  migdesc_draft_report_duplicate (draft, MIGDESC_ERROR_VERSION_DUPLICATE,
                                  migdesc_draft_get_place (&draft->version_places, position),
                                  (const char *[]){ "versions", digits, NULL }, name, "version");
}

static void
lookup_init (Lookup *lookup,
             MigdescDraft *draft,
             MigdescVersionCore *versions)
{
  MigdescModelCore *model = draft->model;
  guint duplicate;

  lookup->model = model;
  migdesc_key_set_init (&lookup->names);
  lookup->indexed = model->n_versions == 0
                    || migdesc_index_build (&model->version_index, draft->arena, &versions->key,
                                            sizeof *versions, model->n_versions, &duplicate);
  for (guint32 i = 0; !lookup->indexed && i < model->n_versions; i++)
    if (!migdesc_key_set_add (&lookup->names, versions[i].key.text, versions[i].key.length))
      report_duplicate (draft, model, i);
}

static gboolean
lookup_find (Lookup *lookup,
             const char *name,
             guint32 length,
             guint32 *position)
{
  *position = 0;
  if (!lookup->indexed)
    return !migdesc_key_set_add (&lookup->names, name, length);
  *position = migdesc_model_core_find_version (lookup->model, name, length);
  return *position != MIGDESC_NOT_FOUND;
}

static void
report_tested (MigdescDraft *draft,
               const MigdescDraftTested *tested,
               const char *name,
               guint32 length,
               guint32 place)
{
  const MigdescVersionCore *version = &draft->model->versions[tested->version];
  g_autofree char *quoted = NULL;
  g_autofree char *quoted_version = NULL;
  char digits[12];

  if (migdesc_draft_omits (draft, MIGDESC_ERROR_TESTED_VERSION_UNKNOWN))
    return;
  quoted = migdesc_quote (name, length);
  quoted_version = migdesc_quote (version->name, version->key.length);
  g_snprintf (digits, sizeof digits, "%" G_GUINT32_FORMAT, tested->version);
  migdesc_draft_report (
      draft, MIGDESC_ERROR_TESTED_VERSION_UNKNOWN, migdesc_place_unpack (place),
      (const char *[]){ "versions", digits, "tested", NULL },
      "version \"%s\" lists a test with \"%s\", which is not a version of the model",
      quoted_version, quoted);
}

static void
resolve_tested (MigdescDraft *draft,
                Lookup *lookup,
                const MigdescDraftTested *tested,
                MigdescTested *resolved)
{
  if (!lookup_find (lookup, tested->from, tested->from_length, &resolved->from))
    report_tested (draft, tested, tested->from, tested->from_length, tested->from_place);
  if (!lookup_find (lookup, tested->to, tested->to_length, &resolved->to))
    report_tested (draft, tested, tested->to, tested->to_length, tested->to_place);
}

/* The pairs stand in the order of their versions; each version gets its part of one array. */
static void
resolve_all_tested (MigdescDraft *draft,
                    Lookup *lookup)
{
  guint32 n = draft->tested.n;
  MigdescTested *resolved;

  if (n == 0)
    return;
  resolved = migdesc_arena_alloc (draft->arena, n * sizeof *resolved);
  for (guint32 i = 0; i < n; i++)
    {
      const MigdescDraftTested *tested = migdesc_records_get (&draft->tested, i);
      const MigdescVersionCore *version = &lookup->model->versions[tested->version];
      MigdescVersionMore *more = (MigdescVersionMore *) version->more;

      resolve_tested (draft, lookup, tested, &resolved[i]);
      if (more->n_tested++ == 0)
        more->tested = &resolved[i];
    }
}

/* Only after an init value came late. */
static void
hash_version (MigdescDraft *draft,
              const MigdescModelCore *model,
              MigdescVersionCore *version)
{
  version->hash = model->off_hash;
  for (guint32 i = 0; i < version->n_settings; i++)
    {
      const MigdescSetting *setting = &version->settings[i];

      version->hash += migdesc_param_core_hash_term (&model->params[setting->param], setting->param,
                                                     setting->value)
                       - migdesc_draft_side (draft, setting->param)->base_term;
    }
}

void
migdesc_draft_finish_versions (MigdescDraft *draft)
{
  MigdescModelCore *model = draft->model;
  MigdescVersionCore *versions;
  Lookup lookup;

  model->n_versions = draft->versions.n;
  model->version_only = model->n_versions > 0 && model->n_params == 0;
  versions = migdesc_records_finish (&draft->versions, draft->arena, &draft->store->blocks);
  model->versions = versions;

  for (guint32 i = 0; i < model->n_versions; i++)
    {
      model->any_uncreatable |= !versions[i].can_create;
      model->any_unloadable |= !versions[i].can_load;
      model->any_unmigratable |= versions[i].support == MIGDESC_SUPPORT_NONE;
      model->any_unmigratable |= versions[i].support == MIGDESC_SUPPORT_NONE;
      if (draft->rehash)
        hash_version (draft, model, &versions[i]);
    }

  lookup_init (&lookup, draft, versions);
  resolve_all_tested (draft, &lookup);
  migdesc_key_set_clear (&lookup.names);
}
