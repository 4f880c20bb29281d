/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* The rules of diff that are about what is promised and tested. */

#include <string.h>

#include "ops/diff/diff-private.h"
#include "ops/list.h"
#include "ops/versions.h"

/* The migrations that a lower promise no longer covers */
static MigdescCategory
get_loss (MigdescSupport old,
          MigdescSupport now)
{
  MigdescCategory category = MIGDESC_CATEGORY_NONE;

  if (old == MIGDESC_SUPPORT_BIDIRECTIONAL && now != MIGDESC_SUPPORT_BIDIRECTIONAL)
    category |= MIGDESC_CATEGORY_BACKWARD;
  if ((old == MIGDESC_SUPPORT_BIDIRECTIONAL || old == MIGDESC_SUPPORT_FORWARD)
      && now == MIGDESC_SUPPORT_BEST_EFFORT)
    category |= MIGDESC_CATEGORY_FORWARD;
  return category;
}

/* The blocker's text is the reason, where there is one. */
static void
append_blocker (GString *message,
                const char *blocker)
{
  if (blocker == NULL)
    return;
  g_string_append (message, ": ");
  migdesc_words_append_quoted (message, blocker);
}

static void
append_lowered (GString *message,
                MigdescSupport old,
                MigdescSupport now)
{
  g_string_append_printf (message, " was promised %s and is promised %s",
                          migdesc_support_to_string (old), migdesc_support_to_string (now));
}

/* --- The model's ------------------------------------------------------ */

/* What the model's own promise takes away: from versions whose own is what it was, or from a model
 * without any */
static MigdescCategory
get_loss_of_model (const MigdescDiffing *diffing)
{
  const MigdescModelCore *old = diffing->old;
  const MigdescModelCore *model = diffing->model;
  MigdescCategory loss = MIGDESC_CATEGORY_NONE;

  if (old->n_versions == 0)
    return get_loss (old->support, model->support);
  for (guint32 i = 0; i < old->n_versions; i++)
    {
      guint32 position = migdesc_find_version_of (model, &old->versions[i]);

      if (position != MIGDESC_NOT_FOUND
          && model->versions[position].support == old->versions[i].support)
        loss |= get_loss (migdesc_promise_of (old, &old->versions[i]),
                          migdesc_promise_of (model, &model->versions[position]));
    }
  return loss;
}

static void
say_model_blocked (MigdescDiffing *diffing)
{
  MigdescFindingCore *finding = migdesc_diffing_begin (diffing, MIGDESC_CODE_BLOCKER_ADDED,
                                                       MIGDESC_CATEGORY_FULL);
  GString *message;

  if (finding == NULL)
    return;
  migdesc_diffing_place_in_model (diffing, finding, "support");
  migdesc_diffing_try_witness (diffing, finding, migdesc_diffing_usual_list (diffing));
  message = g_string_new ("the model could be migrated, and no longer can");
  append_blocker (message, diffing->model->blocker);
  migdesc_diffing_take (diffing, finding, message, NULL);
}

static void
say_model_lowered (MigdescDiffing *diffing,
                   MigdescCategory loss)
{
  MigdescFindingCore *finding
      = migdesc_diffing_begin (diffing, MIGDESC_CODE_SUPPORT_LOWERED, loss);
  GString *message;

  if (finding == NULL)
    return;
  migdesc_diffing_place_in_model (diffing, finding, "support");
  message = g_string_new ("the model");
  append_lowered (message, diffing->old->support, diffing->model->support);
  migdesc_diffing_take (diffing, finding, message,
                        g_strdup ("keep the promise for what is published; a new version may "
                                  "promise less"));
}

static void
diff_model (MigdescDiffing *diffing)
{
  MigdescCategory loss;

  if (diffing->old->support == MIGDESC_SUPPORT_NONE)
    return;
  if (diffing->model->support == MIGDESC_SUPPORT_NONE)
    {
      say_model_blocked (diffing);
      return;
    }
  loss = get_loss_of_model (diffing);
  if (loss != MIGDESC_CATEGORY_NONE)
    say_model_lowered (diffing, loss);
}

/* --- A version's ------------------------------------------------------ */

static MigdescFindingCore *
begin_version (MigdescDiffing *diffing,
               const char *code,
               MigdescCategory category,
               guint32 old,
               guint32 position)
{
  MigdescFindingCore *finding = migdesc_diffing_begin (diffing, code, category);

  if (finding != NULL)
    migdesc_diffing_place (
        finding, migdesc_pointer_to_position (diffing->model_name, "versions", position),
        migdesc_pointer_to_position (diffing->model_name, "versions", old));
  return finding;
}

static GString *
name_of (const MigdescVersionCore *version)
{
  GString *message = g_string_new ("version ");

  migdesc_words_append_quoted (message, version->name);
  return message;
}

static void
say_version_blocked (MigdescDiffing *diffing,
                     guint32 old,
                     guint32 position)
{
  MigdescFindingCore *finding = begin_version (diffing, MIGDESC_CODE_BLOCKER_ADDED,
                                               MIGDESC_CATEGORY_FULL, old, position);
  GString *message;

  if (finding == NULL)
    return;
  /* what could not be loaded in the first place is no loss */
  if (!migdesc_diffing_try_witness (diffing, finding, migdesc_list_of_version (diffing->old, old)))
    finding->severity = MIGDESC_SEVERITY_INFO;
  message = name_of (&diffing->model->versions[position]);
  g_string_append (message, " could be migrated, and no longer can");
  append_blocker (message, diffing->model->versions[position].more->blocker);
  migdesc_diffing_take (diffing, finding, message, NULL);
}

static void
say_version_lowered (MigdescDiffing *diffing,
                     guint32 old,
                     guint32 position,
                     MigdescSupport before,
                     MigdescSupport now)
{
  MigdescFindingCore *finding = begin_version (diffing, MIGDESC_CODE_SUPPORT_LOWERED,
                                               get_loss (before, now), old, position);
  GString *message;

  if (finding == NULL)
    return;
  message = name_of (&diffing->model->versions[position]);
  append_lowered (message, before, now);
  migdesc_diffing_take (diffing, finding, message,
                        g_strdup ("keep the promise; a new version may promise less"));
}

/* What the model's promise does to all versions is said of the model. */
static void
diff_version (MigdescDiffing *diffing,
              guint32 i,
              guint32 position)
{
  const MigdescVersionCore *old = &diffing->old->versions[i];
  const MigdescVersionCore *version = &diffing->model->versions[position];
  MigdescSupport before = migdesc_promise_of (diffing->old, old);
  MigdescSupport now = migdesc_promise_of (diffing->model, version);

  if (old->support == version->support || before == MIGDESC_SUPPORT_NONE)
    return;
  if (version->support == MIGDESC_SUPPORT_NONE)
    say_version_blocked (diffing, i, position);
  else if (now != MIGDESC_SUPPORT_NONE && get_loss (before, now) != MIGDESC_CATEGORY_NONE)
    say_version_lowered (diffing, i, position, before, now);
}

/* --- Tests ------------------------------------------------------------ */

static guint64
make_pair (const MigdescModelCore *model,
           guint32 from,
           guint32 to)
{
  return (guint64) from * model->n_versions + to;
}

static GHashTable *
hash_tested (const MigdescModelCore *model)
{
  GHashTable *pairs = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);

  for (guint32 i = 0; i < model->n_versions; i++)
    for (guint32 k = 0; k < model->versions[i].more->n_tested; k++)
      {
        const MigdescTested *tested = &model->versions[i].more->tested[k];
        guint64 pair = make_pair (model, tested->from, tested->to);

        g_hash_table_add (pairs, g_memdup2 (&pair, sizeof pair));
      }
  return pairs;
}

static void
say_dropped (MigdescDiffing *diffing,
             guint32 old,
             guint32 position,
             const MigdescTested *tested)
{
  MigdescFindingCore *finding = begin_version (diffing, MIGDESC_CODE_TESTED_PAIR_DROPPED,
                                               MIGDESC_CATEGORY_FULL, old, position);
  GString *message;

  if (finding == NULL)
    return;
  message = g_string_new ("that a device of ");
  migdesc_words_append_quoted (message, diffing->old->versions[tested->from].name);
  g_string_append (message, " migrates to ");
  migdesc_words_append_quoted (message, diffing->old->versions[tested->to].name);
  g_string_append (message, " was tested, and no longer is");
  migdesc_diffing_take (diffing, finding, message,
                        g_strdup ("test it again: migdesc matrix --run"));
}

static void
diff_tested (MigdescDiffing *diffing,
             GHashTable *pairs,
             guint32 old,
             guint32 position)
{
  const MigdescVersionMore *more = diffing->old->versions[old].more;

  for (guint32 k = 0; k < more->n_tested; k++)
    {
      const MigdescTested *tested = &more->tested[k];
      guint32 from
          = migdesc_find_version_of (diffing->model, &diffing->old->versions[tested->from]);
      guint32 to = migdesc_find_version_of (diffing->model, &diffing->old->versions[tested->to]);
      guint64 pair;

      if (from == MIGDESC_NOT_FOUND || to == MIGDESC_NOT_FOUND)
        continue;
      pair = make_pair (diffing->model, from, to);
      if (!g_hash_table_contains (pairs, &pair))
        say_dropped (diffing, old, position, tested);
    }
}

void
migdesc_diff_promises (MigdescDiffing *diffing)
{
  g_autoptr (GHashTable) pairs = hash_tested (diffing->model);

  diff_model (diffing);
  for (guint32 i = 0; i < diffing->old->n_versions; i++)
    {
      guint32 position = migdesc_find_version_of (diffing->model, &diffing->old->versions[i]);

      if (position == MIGDESC_NOT_FOUND)
        continue;
      diff_version (diffing, i, position);
      diff_tested (diffing, pairs, i, position);
    }
}
