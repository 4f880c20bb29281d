/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/quote.h"
#include "model/draft-private.h"

static const MigdescVersionMore no_more;

/* The steps to the current version and within it; the last may be NULL. */
static const char *const *
make_path (MigdescDraftPath *path,
           const MigdescDraft *draft,
           const char *member,
           const char *param)
{
  return migdesc_draft_path (path, "versions", draft->versions.n - 1, member, param);
}

static guint32
current_position (const MigdescDraft *draft)
{
  return draft->versions.n - 1;
}

static void
report_name (MigdescDraft *draft,
             MigdescSlice name,
             const char *problem,
             MigdescPlace place)
{
  g_autofree char *what = NULL;
  MigdescDraftPath path;

  if (migdesc_draft_omits (draft, MIGDESC_ERROR_VERSION_NAME))
    return;
  what = g_strdup_printf ("is not the name of a version: %s", problem);
  migdesc_draft_report_name (draft, MIGDESC_ERROR_VERSION_NAME, place,
                             make_path (&path, draft, "name", NULL), name, what);
}

MigdescVersionCore *
migdesc_draft_begin_version (MigdescDraft *draft,
                             MigdescSlice name,
                             MigdescPlace place)
{
  MigdescVersionCore *version = draft->version = migdesc_records_add (&draft->versions);
  const char *problem = migdesc_version_name_problem (name.text, name.length);

  migdesc_draft_seal_params (draft);

  memset (version, 0, sizeof *version);
  version->key.text = migdesc_draft_string (draft, name);
  version->key.length = (guint32) name.length;
  version->more = &no_more;
  version->can_create = TRUE;
  version->can_load = TRUE;
  version->hash = draft->model->off_hash;
  migdesc_draft_add_place (&draft->version_places, place);
  draft->settings.n = 0;
  draft->settings_sorted = TRUE;
  draft->last_setting = 0;
  draft->more = NULL;
  draft->stamp++;

  if (G_UNLIKELY (problem != NULL))
    report_name (draft, name, problem, place);
  return version;
}

MigdescVersionMore *
migdesc_draft_version_more (MigdescDraft *draft)
{
  if (draft->more == NULL)
    {
      draft->more = migdesc_arena_alloc0 (draft->arena, sizeof *draft->more);
      draft->version->more = draft->more;
    }
  return draft->more;
}

static void
report_unknown (MigdescDraft *draft,
                MigdescSlice name,
                MigdescPlace place)
{
  g_autofree char *quoted = NULL;
  g_autofree char *quoted_version = NULL;
  g_autofree char *step = NULL;
  MigdescDraftPath path;

  if (migdesc_draft_omits (draft, MIGDESC_ERROR_VERSION_PARAM_UNKNOWN))
    return;
  step = g_strndup (name.text, name.length);
  quoted = migdesc_quote (name.text, (gssize) name.length);
  quoted_version = migdesc_quote (draft->version->name, draft->version->key.length);
  migdesc_draft_report (draft, MIGDESC_ERROR_VERSION_PARAM_UNKNOWN, place,
                        make_path (&path, draft, "params", step),
                        "version \"%s\" sets \"%s\", which is not a param of the model",
                        quoted_version, quoted);
}

guint32
migdesc_draft_find_setting (MigdescDraft *draft,
                            MigdescSlice name,
                            guint32 hint,
                            MigdescPlace place)
{
  guint32 param = migdesc_draft_find_sealed (draft, name, hint);

  if (G_UNLIKELY (param == MIGDESC_NOT_FOUND))
    {
      migdesc_draft_break_version (draft);
      report_unknown (draft, name, place);
    }
  return param;
}

static void
report_setting (MigdescDraft *draft,
                const MigdescParamCore *param,
                MigdescValue value,
                MigdescPlace place)
{
  const MigdescVersionCore *version = draft->version;
  g_autofree char *description = NULL;
  g_autofree char *quoted = NULL;
  g_autofree char *subject = NULL;
  MigdescDraftPath path;

  if (migdesc_draft_omits (draft, MIGDESC_ERROR_VERSION_VALUE_NOT_ALLOWED))
    return;
  description = migdesc_draft_describe_value ("value", param, value);
  quoted = migdesc_quote (version->name, version->key.length);
  subject = g_strdup_printf ("%s in version \"%s\"", description, quoted);
  migdesc_draft_report_not_allowed (draft, MIGDESC_ERROR_VERSION_VALUE_NOT_ALLOWED, place,
                                    make_path (&path, draft, "params", param->name), subject,
                                    param);
}

static void
add_broken_setting (MigdescDraft *draft,
                    guint32 param)
{
  MigdescBrokenSetting *broken = migdesc_records_add (&draft->broken_settings);

  broken->version = current_position (draft);
  broken->param = param;
}

/* FALSE: the version has it already. */
static inline gboolean
stamp_setting (const MigdescDraft *draft,
               MigdescDraftParam *side)
{
  if (G_UNLIKELY (side->setting_stamp == draft->stamp))
    return FALSE;
  side->setting_stamp = draft->stamp;
  return TRUE;
}

gboolean
migdesc_draft_add_setting (MigdescDraft *draft,
                           guint32 param,
                           MigdescValue value,
                           MigdescPlace place)
{
  const MigdescParamCore *core = migdesc_draft_param (draft, param);
  MigdescDraftParam *side = migdesc_draft_side (draft, param);
  MigdescSetting *setting;

  if (!stamp_setting (draft, side))
    return FALSE;
  if (G_UNLIKELY ((side->broken & MIGDESC_BROKEN_VALUES) != 0))
    return TRUE;
  if (G_UNLIKELY (!migdesc_param_core_accepts (core, value)))
    {
      report_setting (draft, core, value, place);
      add_broken_setting (draft, param);
      return TRUE;
    }

  if (G_UNLIKELY (param < draft->last_setting))
    draft->settings_sorted = FALSE;
  draft->last_setting = param;
  setting = migdesc_records_add (&draft->settings);
  setting->param = param;
  setting->value = value;
  if (core->type == MIGDESC_VALUE_TYPE_STRING || value.number != side->base.number
      || !side->has_base)
    draft->version->hash += migdesc_param_core_hash_term (core, param, value) - side->base_term;
  return TRUE;
}

gboolean
migdesc_draft_break_setting (MigdescDraft *draft,
                             guint32 param)
{
  if (!stamp_setting (draft, migdesc_draft_side (draft, param)))
    return FALSE;
  add_broken_setting (draft, param);
  return TRUE;
}

void
migdesc_draft_break_version (MigdescDraft *draft)
{
  add_broken_setting (draft, MIGDESC_NOT_FOUND);
}

void
migdesc_draft_add_tested (MigdescDraft *draft,
                          MigdescSlice from,
                          MigdescPlace from_place,
                          MigdescSlice to,
                          MigdescPlace to_place)
{
  MigdescDraftTested *tested = migdesc_records_add (&draft->tested);

  tested->from = from.text;
  tested->from_length = (guint32) from.length;
  tested->from_place = migdesc_place_pack (from_place);
  tested->to = to.text;
  tested->to_length = (guint32) to.length;
  tested->to_place = migdesc_place_pack (to_place);
  tested->version = current_position (draft);
  migdesc_draft_version_more (draft); /* where they will be kept */
}

static int
compare_settings (gconstpointer a,
                  gconstpointer b)
{
  const MigdescSetting *first = a;
  const MigdescSetting *second = b;

  return (first->param > second->param) - (first->param < second->param);
}

void
migdesc_draft_end_version (MigdescDraft *draft)
{
  MigdescVersionCore *version = draft->version;

  if (draft->settings.n == 0)
    return;
  if (!draft->settings_sorted)
    qsort (draft->settings.data, draft->settings.n, sizeof (MigdescSetting), compare_settings);
  version->n_settings = draft->settings.n;
  version->settings
      = migdesc_records_finish (&draft->settings, draft->arena, &draft->store->blocks);
}
