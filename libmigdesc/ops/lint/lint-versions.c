/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* The rules of lint that are about versions and what is promised of them. */

#include <string.h>

#include <migdesc/migdesc-matrix.h>
#include <migdesc/migdesc-state-type.h>

#include "model/handles.h"
#include "ops/compare/compare-space.h"
#include "ops/diff/diff-private.h"
#include "ops/state-schemas.h"
#include "ops/versions.h"

#define PAIRS_NAMED 3

static MigdescFindingCore *
begin_version (MigdescDiffing *diffing,
               const char *code,
               guint32 position,
               GString **message)
{
  MigdescFindingCore *finding = migdesc_diffing_begin (diffing, code, MIGDESC_CATEGORY_NONE);

  if (finding == NULL)
    return NULL;
  migdesc_diffing_place (
      finding, migdesc_pointer_to_position (diffing->model_name, "versions", position), NULL);
  *message = g_string_new ("version ");
  migdesc_words_append_quoted (*message, diffing->model->versions[position].name);
  return finding;
}

/* --- Two versions of one configuration -------------------------------- */

static void
say_duplicate (MigdescDiffing *diffing,
               guint32 position,
               guint32 first)
{
  GString *message;
  MigdescFindingCore *finding
      = begin_version (diffing, MIGDESC_CODE_VERSION_REDUNDANT, position, &message);

  if (finding == NULL)
    return;
  g_string_append (message, " is the same configuration as ");
  migdesc_words_append_quoted (message, diffing->model->versions[first].name);
  migdesc_diffing_take (diffing, finding, message, NULL);
}

static void
lint_duplicates (MigdescDiffing *diffing)
{
  const MigdescModelCore *model = diffing->model;
  g_autoptr (GHashTable) first = g_hash_table_new (g_int64_hash, g_int64_equal);

  for (guint32 i = 0; i < model->n_versions; i++)
    {
      gpointer known;

      if (g_hash_table_lookup_extended (first, &model->versions[i].hash, NULL, &known))
        say_duplicate (diffing, i, GPOINTER_TO_UINT (known));
      else
        g_hash_table_insert (first, (gpointer) &model->versions[i].hash, GUINT_TO_POINTER (i));
    }
}

/* --- Versions that no device can be ----------------------------------- */

static gboolean
can_be_created (MigdescSearch *search,
                gpointer data)
{
  MigdescSpace *space = data;
  const MigdescModelCore *model = space->source;
  const MigdescValue *values = migdesc_space_get_source_values (space);

  migdesc_search_spend (search, space->cost + model->n_versions);
  return !migdesc_model_core_is_uncreatable (model, values,
                                             migdesc_model_core_hash_values (model, values));
}

/* Whether what can be created becomes the version when params change that may do so in an open
 * device. All others are as in the version, which itself satisfies the constraints. */
static MigdescSearchOutcome
find_start (MigdescSpace *space,
            guint32 version)
{
  MigdescSearch *search = &space->search;
  g_autofree guint32 *choices = NULL;

  migdesc_space_assign_version (space, FALSE, version);
  choices = g_memdup2 (search->assignment, (space->n_variables + 1) * sizeof *choices);
  migdesc_search_begin_at (search, MIGDESC_CELL_ANY, MIGDESC_SIDE_SOURCE);
  for (guint32 i = 0; i < space->source->n_params; i++)
    if (!space->source->params[i].runtime)
      migdesc_search_restrict_to_choice (search, i, choices[i]);
  return migdesc_search_run (search, can_be_created, space);
}

static void
say_unreachable (MigdescDiffing *diffing,
                 guint32 position)
{
  GString *message;
  MigdescFindingCore *finding
      = begin_version (diffing, MIGDESC_CODE_VERSION_UNREACHABLE, position, &message);

  if (finding == NULL)
    return;
  g_string_append (message, diffing->model->version_only
                                ? " can neither be created nor loaded"
                                : " can neither be created nor loaded, nor does a device become it "
                                  "by changes of its runtime params");
  migdesc_diffing_take (diffing, finding, message, NULL);
}

static gboolean
any_runtime (const MigdescModelCore *model)
{
  for (guint32 i = 0; i < model->n_params; i++)
    if (model->params[i].runtime)
      return TRUE;
  return FALSE;
}

static void
lint_stuck_version (MigdescDiffing *diffing,
                    MigdescSpace *space,
                    guint32 position)
{
  MigdescSearchOutcome outcome
      = space->source != NULL ? find_start (space, position) : MIGDESC_SEARCH_NONE;

  if (outcome == MIGDESC_SEARCH_NONE)
    say_unreachable (diffing, position);
  else if (outcome == MIGDESC_SEARCH_TOO_LONG)
    migdesc_diffing_give_up (
        diffing, migdesc_pointer_to_position (diffing->model_name, "versions", position),
        "whether a device becomes the version by changes of its runtime params");
}

/* What some version with a flag is, can be had. */
static void
lint_reachability (MigdescDiffing *diffing)
{
  const MigdescModelCore *model = diffing->model;
  g_autoptr (GHashTable) had = g_hash_table_new (g_int64_hash, g_int64_equal);
  MigdescSpace space = { NULL };

  if (!model->any_uncreatable || !model->any_unloadable)
    return;
  for (guint32 i = 0; i < model->n_versions; i++)
    if (model->versions[i].can_create || model->versions[i].can_load)
      g_hash_table_add (had, (gpointer) &model->versions[i].hash);
  if (any_runtime (model))
    migdesc_space_init (&space, model, model, diffing->max_steps);
  for (guint32 i = 0; i < model->n_versions; i++)
    if (!model->versions[i].can_create && !model->versions[i].can_load
        && (model->version_only || !g_hash_table_contains (had, &model->versions[i].hash)))
      lint_stuck_version (diffing, &space, i);
  if (space.source != NULL)
    migdesc_space_clear (&space);
}

/* --- Promises --------------------------------------------------------- */

static void
append_pairs (GString *message,
              const MigdescMatrix *matrix)
{
  guint n = 0;

  for (guint i = 0; i < migdesc_matrix_get_n_pairs (matrix); i++)
    {
      if (!migdesc_matrix_is_promised (matrix, i) || migdesc_matrix_is_tested (matrix, i))
        continue;
      if (n++ == PAIRS_NAMED)
        {
          g_string_append (message, ", ...");
          return;
        }
      g_string_append (message, n == 1 ? ": " : ", ");
      migdesc_words_append_quoted (message, migdesc_matrix_get_from (matrix, i));
      g_string_append (message, " to ");
      migdesc_words_append_quoted (message, migdesc_matrix_get_to (matrix, i));
    }
}

static void
lint_promises (MigdescDiffing *diffing)
{
  g_autoptr (MigdescDescriptor) descriptor
      = migdesc_descriptor_new_for_store (migdesc_store_ref (diffing->store));
  g_autoptr (MigdescMatrix) matrix = NULL;
  MigdescFindingCore *finding;
  GString *message;

  if (!migdesc_diffing_wants (diffing, MIGDESC_CODE_PROMISE_UNTESTED, MIGDESC_CATEGORY_NONE))
    return;
  matrix = migdesc_matrix_new (&descriptor, 1, diffing->model_name, NULL, NULL);
  if (matrix == NULL)
    {
      migdesc_diffing_give_up (diffing,
                               migdesc_pointer_to_member (diffing->model_name, "versions"),
                               "which promises are tested");
      return;
    }
  if (migdesc_matrix_get_n_missing (matrix) == 0)
    return;
  finding = migdesc_diffing_begin (diffing, MIGDESC_CODE_PROMISE_UNTESTED, MIGDESC_CATEGORY_NONE);
  if (finding == NULL)
    return;
  migdesc_diffing_place_in_model (diffing, finding, "versions");
  message = g_string_new (NULL);
  g_string_printf (message, "of %u promised pairs %u were never tested",
                   migdesc_matrix_get_n_promised (matrix), migdesc_matrix_get_n_missing (matrix));
  append_pairs (message, matrix);
  migdesc_diffing_take (diffing, finding, message,
                        g_strdup ("test them: migdesc matrix --run"));
}

static void
say_blocker (MigdescDiffing *diffing,
             char *pointer,
             const char *blocker)
{
  MigdescFindingCore *finding = migdesc_diffing_begin (
      diffing, MIGDESC_CODE_BLOCKER_WITHOUT_EFFECT, MIGDESC_CATEGORY_NONE);
  GString *message;

  if (finding == NULL)
    {
      g_free (pointer);
      return;
    }
  migdesc_diffing_place (finding, pointer, NULL);
  message = g_string_new ("the blocker ");
  migdesc_words_append_quoted (message, blocker);
  g_string_append (message, " blocks nothing, for \"support\" is not \"none\"");
  migdesc_diffing_take (diffing, finding, message, NULL);
}

static void
lint_blockers (MigdescDiffing *diffing)
{
  const MigdescModelCore *model = diffing->model;

  if (model->blocker != NULL && model->support != MIGDESC_SUPPORT_NONE)
    say_blocker (diffing, migdesc_pointer_to_member (diffing->model_name, "blocker"),
                 model->blocker);
  for (guint32 i = 0; i < model->n_versions; i++)
    if (model->versions[i].more->blocker != NULL
        && model->versions[i].support != MIGDESC_SUPPORT_NONE)
      say_blocker (diffing,
                   migdesc_pointer_to_position (diffing->model_name, "versions", i),
                   model->versions[i].more->blocker);
}

/* --- States ----------------------------------------------------------- */

static void
say_state_version (MigdescDiffing *diffing,
                   MigdescStateType *type,
                   guint32 position,
                   guint version)
{
  GString *message;
  MigdescFindingCore *finding
      = begin_version (diffing, MIGDESC_CODE_STATE_VERSION_UNKNOWN, position, &message);

  if (finding == NULL)
    return;
  g_string_append_printf (message, " is of state version %u, and the schema has %u to %u", version,
                          migdesc_state_type_get_minimum_version (type),
                          migdesc_state_type_get_version (type));
  migdesc_diffing_take (diffing, finding, message, NULL);
}

static void
lint_state (MigdescDiffing *diffing)
{
  const MigdescModelCore *model = diffing->model;
  g_autoptr (GError) error = NULL;
  MigdescStateType *type = migdesc_model_get_state_type (model, &error);
  MigdescFindingCore *finding;

  for (guint32 i = 0; type != NULL && i < model->n_versions; i++)
    {
      guint version = migdesc_version_core_get_state_version (&model->versions[i]);

      if (version > 0
          && (version > migdesc_state_type_get_version (type)
              || version < migdesc_state_type_get_minimum_version (type)))
        say_state_version (diffing, type, i, version);
    }
  if (type != NULL)
    return;
  finding = migdesc_diffing_begin (diffing, MIGDESC_CODE_STATE_SCHEMA_UNUSABLE,
                                   MIGDESC_CATEGORY_NONE);
  if (finding == NULL)
    return;
  migdesc_diffing_place_in_model (diffing, finding, "state");
  migdesc_diffing_take (diffing, finding, g_string_new (error->message), NULL);
}

void
migdesc_lint_versions (MigdescDiffing *diffing)
{
  if (!diffing->model->version_only)
    lint_duplicates (diffing);
  lint_reachability (diffing);
  lint_promises (diffing);
  lint_blockers (diffing);
  if (diffing->model->state != NULL)
    lint_state (diffing);
}
