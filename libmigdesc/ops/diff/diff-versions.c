/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* The rules of diff that are about versions: a published one is for ever. */

#include <string.h>

#include "ops/diff/diff-private.h"
#include "ops/list.h"
#include "ops/versions.h"

typedef struct
{
  MigdescDiffing *diffing;
  GArray *unlike; /* guint32: params of old that differ where neither version sets them */
  GArray *fresh;  /* guint32: new params that are in effect where no version sets them */
  /* hashes of the new configurations that can be loaded, or created */
  GHashTable *loadable;
  GHashTable *creatable;
  guint n_tried; /* configurations that are a version only now */
} Versions;

/* Of those */
#define MOST_TRIED 1000

/* --- What a version is ------------------------------------------------ */

static MigdescValue
value_of (const MigdescModelCore *model,
          const MigdescVersionCore *version,
          guint32 param)
{
  const MigdescSetting *setting = migdesc_version_find_setting (version, param);

  return setting != NULL ? setting->value : model->off_values[param];
}

/* Off is off, whatever the value: that is another rule's. */
static gboolean
differs (const MigdescParamCore *old,
         MigdescValue old_value,
         const MigdescParamCore *param,
         MigdescValue value)
{
  gboolean was_in_effect = old != NULL && !migdesc_param_is_off (old, old_value);
  gboolean is_in_effect = param != NULL && !migdesc_param_is_off (param, value);

  if (!was_in_effect || !is_in_effect)
    return was_in_effect != is_in_effect;
  return old->type != param->type
         || !migdesc_value_equal ((MigdescValueType) old->type, old_value, value);
}

/* Whether a param of the old model is another in the new version */
static gboolean
old_param_differs (const MigdescDiffing *diffing,
                   const MigdescVersionCore *old,
                   const MigdescVersionCore *version,
                   guint32 position)
{
  guint32 match = diffing->old_matches[position];
  gboolean is_there = match != MIGDESC_NOT_FOUND;
  MigdescValue value = { 0 };

  if (is_there)
    value = value_of (diffing->model, version, match);
  return differs (&diffing->old->params[position], value_of (diffing->old, old, position),
                  is_there ? &diffing->model->params[match] : NULL, value);
}

static gboolean
new_param_differs (const MigdescDiffing *diffing,
                   const MigdescVersionCore *version,
                   guint32 position)
{
  return differs (NULL, (MigdescValue) { 0 }, &diffing->model->params[position],
                  value_of (diffing->model, version, position));
}

/* What differs wherever versions do not set it, found once */
static void
find_unlike (Versions *versions)
{
  static const MigdescVersionCore nothing = { .n_settings = 0 };
  const MigdescDiffing *diffing = versions->diffing;

  for (guint32 i = 0; i < diffing->old->n_params; i++)
    if (old_param_differs (diffing, &nothing, &nothing, i))
      g_array_append_val (versions->unlike, i);
  for (guint32 i = 0; i < diffing->model->n_params; i++)
    if (diffing->matches[i] == MIGDESC_NOT_FOUND && new_param_differs (diffing, &nothing, i))
      g_array_append_val (versions->fresh, i);
}

/* The name of a param that is not what it was, or NULL. What neither version sets is looked at up
 * to the first that differs, so that the work is that of the settings. */
static const char *
find_difference (const Versions *versions,
                 const MigdescVersionCore *old,
                 const MigdescVersionCore *version)
{
  const MigdescDiffing *diffing = versions->diffing;

  for (guint32 i = 0; i < old->n_settings; i++)
    if (old_param_differs (diffing, old, version, old->settings[i].param))
      return diffing->old->params[old->settings[i].param].name;
  for (guint32 i = 0; i < version->n_settings; i++)
    {
      guint32 param = version->settings[i].param;
      guint32 match = diffing->matches[param];

      if (match == MIGDESC_NOT_FOUND ? new_param_differs (diffing, version, param)
                                     : old_param_differs (diffing, old, version, match))
        return diffing->model->params[param].name;
    }
  for (guint i = 0; i < versions->unlike->len; i++)
    {
      guint32 param = g_array_index (versions->unlike, guint32, i);

      if (old_param_differs (diffing, old, version, param))
        return diffing->old->params[param].name;
    }
  for (guint i = 0; i < versions->fresh->len; i++)
    {
      guint32 param = g_array_index (versions->fresh, guint32, i);

      if (new_param_differs (diffing, version, param))
        return diffing->model->params[param].name;
    }
  return NULL;
}

/* --- Saying ----------------------------------------------------------- */

static MigdescFindingCore *
begin_version (MigdescDiffing *diffing,
               const char *code,
               MigdescCategory category,
               guint32 old,
               guint32 position)
{
  MigdescFindingCore *finding = migdesc_diffing_begin (diffing, code, category);
  const char *name = diffing->model_name;

  if (finding == NULL)
    return NULL;
  migdesc_diffing_place (finding,
                         position == MIGDESC_NOT_FOUND
                             ? migdesc_pointer_to_member (name, "versions")
                             : migdesc_pointer_to_position (name, "versions", position),
                         old == MIGDESC_NOT_FOUND
                             ? migdesc_pointer_to_member (name, "versions")
                             : migdesc_pointer_to_position (name, "versions", old));
  return finding;
}

static GString *
name_of (const MigdescVersionCore *version)
{
  GString *message = g_string_new ("version ");

  migdesc_words_append_quoted (message, version->name);
  return message;
}

/* What never worked is no loss. */
static void
try_version (MigdescDiffing *diffing,
             MigdescFindingCore *finding,
             guint32 old)
{
  if (!migdesc_diffing_try_witness (diffing, finding, migdesc_list_of_version (diffing->old, old)))
    finding->severity = MIGDESC_SEVERITY_INFO;
}

static void
say_removed (MigdescDiffing *diffing,
             guint32 old)
{
  MigdescFindingCore *finding = begin_version (
      diffing, MIGDESC_CODE_VERSION_REMOVED, MIGDESC_CATEGORY_FULL, old, MIGDESC_NOT_FOUND);
  GString *message;

  if (finding == NULL)
    return;
  try_version (diffing, finding, old);
  message = name_of (&diffing->old->versions[old]);
  g_string_append (message, " was removed");
  migdesc_diffing_take (diffing, finding, message,
                        g_strdup ("keep it, with \"create\": false if no new device may be one"));
}

static void
say_changed (MigdescDiffing *diffing,
             guint32 old,
             guint32 position,
             const char *param)
{
  MigdescFindingCore *finding = begin_version (diffing, MIGDESC_CODE_VERSION_CHANGED,
                                               MIGDESC_CATEGORY_FULL, old, position);
  GString *message;

  if (finding == NULL)
    return;
  finding->param = g_strdup (param);
  try_version (diffing, finding, old);
  message = name_of (&diffing->old->versions[old]);
  g_string_append (message, " is published, and changed in ");
  migdesc_words_append_name (message, param);
  migdesc_diffing_take (diffing, finding, message,
                        g_strdup ("leave it as it was and publish another version"));
}

static void
say_withdrawn (MigdescDiffing *diffing,
               guint32 old,
               guint32 position,
               gboolean load)
{
  MigdescFindingCore *finding = begin_version (
      diffing,
      load ? MIGDESC_CODE_VERSION_LOAD_WITHDRAWN : MIGDESC_CODE_VERSION_CREATE_WITHDRAWN,
      load ? MIGDESC_CATEGORY_FORWARD : MIGDESC_CATEGORY_BACKWARD, old, position);
  GString *message;

  if (finding == NULL)
    return;
  if (load)
    try_version (diffing, finding, old);
  message = name_of (&diffing->old->versions[old]);
  g_string_append (message, load ? " could be loaded, and no longer can"
                                 : " could be created, and no longer can");
  migdesc_diffing_take (diffing, finding, message,
                        load ? g_strdup ("go on loading it; \"create\": false is enough to let it "
                                         "die out")
                             : NULL);
}

static void
say_added (MigdescDiffing *diffing,
           guint32 position)
{
  MigdescFindingCore *finding = begin_version (
      diffing, MIGDESC_CODE_VERSION_ADDED, MIGDESC_CATEGORY_FULL, MIGDESC_NOT_FOUND, position);
  GString *message;

  if (finding == NULL)
    return;
  message = name_of (&diffing->model->versions[position]);
  g_string_append (message, " was added");
  migdesc_diffing_take (diffing, finding, message, NULL);
}

/* @before: the version that used to be the older one */
static void
say_order (MigdescDiffing *diffing,
           guint32 old,
           guint32 position,
           guint32 before)
{
  MigdescFindingCore *finding = begin_version (diffing, MIGDESC_CODE_VERSION_ORDER_CHANGED,
                                               MIGDESC_CATEGORY_FULL, old, position);
  GString *message;

  if (finding == NULL)
    return;
  message = name_of (&diffing->old->versions[old]);
  g_string_append (message, " was newer than ");
  migdesc_words_append_quoted (message, diffing->model->versions[before].name);
  g_string_append (message, " and is older");
  migdesc_diffing_take (diffing, finding, message,
                        g_strdup ("keep the order and add new versions at the end"));
}

/* --- The rules -------------------------------------------------------- */

/* Of the new model's configurations that some version with the flag is. One that a version
 * without the flag is too is in it all the same. */
static GHashTable *
hash_allowed (const MigdescModelCore *model,
              gboolean (*allows) (const MigdescVersionCore *version))
{
  GHashTable *hashes = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);

  for (guint32 i = 0; i < model->n_versions; i++)
    if (allows (&model->versions[i]))
      g_hash_table_add (hashes, g_memdup2 (&model->versions[i].hash, sizeof (guint64)));
  return hashes;
}

static gboolean
can_load (const MigdescVersionCore *version)
{
  return version->can_load;
}

static gboolean
can_create (const MigdescVersionCore *version)
{
  return version->can_create;
}

static gboolean
is_withdrawn (const Versions *versions,
              GHashTable *allowed,
              guint32 position)
{
  const MigdescModelCore *model = versions->diffing->model;

  return model->version_only
         || !g_hash_table_contains (allowed, &model->versions[position].hash);
}

/* --- Configurations that are a version now ---------------------------- */

/* A version that nobody can load, or migrate, takes its configuration away from those who had it
 * before it was one. */
static void
say_taken (MigdescDiffing *diffing,
           guint32 old,
           guint32 position,
           gboolean load,
           MigdescParamList *list)
{
  MigdescFindingCore *finding = begin_version (
      diffing, load ? MIGDESC_CODE_VERSION_LOAD_WITHDRAWN : MIGDESC_CODE_BLOCKER_ADDED,
      load ? MIGDESC_CATEGORY_FORWARD : MIGDESC_CATEGORY_FULL, old, position);
  GString *message;

  if (finding == NULL)
    return;
  finding->witness = migdesc_param_list_to_string (list);
  message = name_of (&diffing->model->versions[position]);
  g_string_append_printf (message, " is a configuration that could be %s, and no longer can",
                          load ? "loaded" : "migrated");
  migdesc_diffing_take (diffing, finding, message, NULL);
}

static void
diff_taken (Versions *versions,
            guint32 old,
            guint32 position)
{
  MigdescDiffing *diffing = versions->diffing;
  const MigdescModelCore *model = diffing->model;
  const MigdescVersionCore *version = &model->versions[position];
  gboolean unloadable = !version->can_load
                        && !g_hash_table_contains (versions->loadable, &version->hash);
  g_autoptr (MigdescParamList) list = NULL;
  g_autofree MigdescValue *values = NULL;

  if (model->version_only || (!unloadable && version->support != MIGDESC_SUPPORT_NONE)
      || versions->n_tried++ > MOST_TRIED)
    return;
  if (versions->n_tried > MOST_TRIED)
    {
      migdesc_diffing_give_up (
          diffing, migdesc_pointer_to_position (diffing->model_name, "versions", position),
          "whether devices had the configurations that are versions now");
      return;
    }
  values = g_new (MigdescValue, model->n_params + 1);
  migdesc_model_core_fill_off (model, values);
  migdesc_model_core_apply_version (model, position, values);
  list = migdesc_list_of_values (model, values);
  if (!migdesc_diffing_is_witness (diffing, list))
    return;
  if (unloadable)
    say_taken (diffing, old, position, TRUE, list);
  if (version->support == MIGDESC_SUPPORT_NONE)
    say_taken (diffing, old, position, FALSE, list);
}

static void
diff_version (Versions *versions,
              guint32 old_position,
              guint32 position)
{
  MigdescDiffing *diffing = versions->diffing;
  const MigdescVersionCore *old = &diffing->old->versions[old_position];
  const MigdescVersionCore *version = &diffing->model->versions[position];
  const char *param = find_difference (versions, old, version);

  if (param != NULL)
    {
      say_changed (diffing, old_position, position, param);
      diff_taken (versions, old_position, position);
    }
  if (old->can_load && !version->can_load && is_withdrawn (versions, versions->loadable, position))
    say_withdrawn (diffing, old_position, position, TRUE);
  if (old->can_create && !version->can_create
      && is_withdrawn (versions, versions->creatable, position))
    say_withdrawn (diffing, old_position, position, FALSE);
}

static void
diff_all (Versions *versions)
{
  MigdescDiffing *diffing = versions->diffing;
  guint32 latest = MIGDESC_NOT_FOUND;
  gboolean said = FALSE;

  for (guint32 i = 0; i < diffing->old->n_versions; i++)
    {
      guint32 position = migdesc_find_version_of (diffing->model, &diffing->old->versions[i]);

      if (position == MIGDESC_NOT_FOUND)
        {
          say_removed (diffing, i);
          continue;
        }
      diff_version (versions, i, position);
      if (latest != MIGDESC_NOT_FOUND && position < latest && !said)
        {
          say_order (diffing, i, position, latest);
          said = TRUE;
        }
      if (latest == MIGDESC_NOT_FOUND || position > latest)
        latest = position;
    }
  for (guint32 i = 0; i < diffing->model->n_versions; i++)
    if (migdesc_find_version_of (diffing->old, &diffing->model->versions[i])
        == MIGDESC_NOT_FOUND)
      {
        say_added (diffing, i);
        diff_taken (versions, MIGDESC_NOT_FOUND, i);
      }
}

void
migdesc_diff_versions (MigdescDiffing *diffing)
{
  Versions versions = { .diffing = diffing };

  versions.unlike = g_array_new (FALSE, FALSE, sizeof (guint32));
  versions.fresh = g_array_new (FALSE, FALSE, sizeof (guint32));
  find_unlike (&versions);
  versions.loadable = hash_allowed (diffing->model, can_load);
  versions.creatable = hash_allowed (diffing->model, can_create);
  diff_all (&versions);
  g_hash_table_unref (versions.loadable);
  g_hash_table_unref (versions.creatable);
  g_array_unref (versions.unlike);
  g_array_unref (versions.fresh);
}
