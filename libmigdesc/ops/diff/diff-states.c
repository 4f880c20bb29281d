/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* The rules of diff that are about state schemas. What a stream of one state version holds, for one
 * configuration, is published with the first stream that was ever saved. */

#include <string.h>

#include "ops/diff/diff-private.h"
#include "ops/list.h"
#include "ops/state-schemas.h"
#include "ops/versions.h"
#include "state/schema/resolve.h"

/* Effective schemas that are made for one pair of models, and state versions that are resolved */
#define MOST_EFFECTIVE 1000
#define MOST_VERSIONS 64

typedef struct
{
  MigdescDiffing *diffing;
  MigdescStateType *old;
  MigdescStateType *type;
  GHashTable *told; /* what was said of the state, so that each state version does not repeat it */
  MigdescCategory category; /* of what is resolved */
  guint n_effective;
  gboolean too_many;
} States;

static MigdescFindingCore *
begin_state (MigdescDiffing *diffing,
             const char *code,
             MigdescCategory category)
{
  MigdescFindingCore *finding = migdesc_diffing_begin (diffing, code, category);

  if (finding != NULL)
    migdesc_diffing_place_in_model (diffing, finding, "state");
  return finding;
}

/* --- Each reads the other's ------------------------------------------- */

static void
take_found (gpointer data,
            const char *code,
            MigdescSeverity severity,
            gboolean undecided,
            const char *message)
{
  States *states = data;
  MigdescFindingCore *finding;

  if (!g_hash_table_add (states->told,
                         g_strdup_printf ("%u %s %s", states->category, code, message)))
    return;
  finding = begin_state (states->diffing, code, states->category);
  if (finding == NULL)
    return;
  if (finding->reason == NULL)
    finding->severity = (guint8) severity;
  if (undecided && finding->reason == NULL)
    migdesc_report_set_undecided (states->diffing->report);
  migdesc_diffing_take (states->diffing, finding, g_string_new (message), NULL);
}

static void
resolve (States *states,
         guint forward_version,
         guint backward_version)
{
  static const MigdescResolveVoice forward = { "the old host", "the new host" };
  static const MigdescResolveVoice backward = { "the new host", "the old host" };

  states->category = MIGDESC_CATEGORY_FORWARD;
  if ((states->diffing->category & MIGDESC_CATEGORY_FORWARD) != 0)
    migdesc_state_resolve (states->old, states->type, forward_version, &forward, take_found,
                           states);
  states->category = MIGDESC_CATEGORY_BACKWARD;
  if ((states->diffing->category & MIGDESC_CATEGORY_BACKWARD) != 0)
    migdesc_state_resolve (states->type, states->old, backward_version, &backward, take_found,
                           states);
}

static gboolean
is_new_pair (GHashTable *done,
             guint old,
             guint now)
{
  const guint64 pair = (guint64) old << 32 | now;

  return g_hash_table_add (done, g_memdup2 (&pair, sizeof pair));
}

/* By the state versions that published versions say; 0 stands for the newest that both have. */
static void
resolve_all (States *states)
{
  const MigdescDiffing *diffing = states->diffing;
  g_autoptr (GHashTable) done = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);

  resolve (states, 0, 0);
  for (guint32 i = 0; i < diffing->old->n_versions; i++)
    {
      guint32 position = migdesc_find_version_of (diffing->model, &diffing->old->versions[i]);
      guint old = migdesc_version_core_get_state_version (&diffing->old->versions[i]);
      guint now = old;

      if (position != MIGDESC_NOT_FOUND)
        now = migdesc_version_core_get_state_version (&diffing->model->versions[position]);

      if (old == 0 || g_hash_table_size (done) >= MOST_VERSIONS
          || !is_new_pair (done, old, now))
        continue;
      resolve (states, old, now);
    }
}

/* --- Gates ------------------------------------------------------------ */

/* NULL: a configuration or version that the type does not have is another finding's. */
static MigdescStateType *
make_effective (States *states,
                MigdescStateType *type,
                guint version,
                MigdescParamList *params)
{
  if (version < migdesc_state_type_get_minimum_version (type)
      || version > migdesc_state_type_get_version (type))
    return NULL;
  states->n_effective++;
  return migdesc_state_type_new_effective (type, version, params, NULL);
}

static void
say_changed (States *states,
             guint version,
             MigdescParamList *params)
{
  MigdescDiffing *diffing = states->diffing;
  MigdescFindingCore *finding = begin_state (diffing, MIGDESC_CODE_STATE_CHANGED_WITHOUT_GATE,
                                             MIGDESC_CATEGORY_FULL);
  g_autofree char *list = NULL;
  GString *message;

  if (finding == NULL)
    return;
  message = g_string_new (NULL);
  list = migdesc_param_list_to_string (params);
  /* no witness: check reads what it can of two schemas, but the streams are not the same */
  g_string_printf (message, "the state of version %u changed without a gate, as of ", version);
  migdesc_words_append_name (message, list);
  migdesc_diffing_take (diffing, finding, message,
                        g_strdup ("raise the state version and gate the change with \"since\" or "
                                  "\"until\", or by a param"));
}

/* FALSE: it changed, once is enough. */
static gboolean
compare_effective (States *states,
                   guint version,
                   MigdescParamList *params)
{
  g_autoptr (MigdescStateType) old = NULL;
  g_autoptr (MigdescStateType) now = NULL;

  if (states->n_effective >= MOST_EFFECTIVE)
    {
      states->too_many = TRUE;
      return FALSE;
    }
  old = make_effective (states, states->old, version, params);
  now = make_effective (states, states->type, version, params);
  if (old == NULL || now == NULL
      || strcmp (migdesc_state_type_get_digest (old), migdesc_state_type_get_digest (now)) == 0)
    return TRUE;
  say_changed (states, version, params);
  return FALSE;
}

/* The params of a stream are all in effect, so that a gate finds its param. */
static MigdescParamList *
list_version (const MigdescModelCore *model,
              guint32 version)
{
  g_autofree MigdescValue *values = g_new (MigdescValue, model->n_params + 1);

  migdesc_model_core_fill_off (model, values);
  migdesc_model_core_apply_version (model, version, values);
  return migdesc_list_of_values (model, values);
}

static gboolean
compare_versions (States *states)
{
  const MigdescModelCore *old = states->diffing->old;

  for (guint32 i = 0; i < old->n_versions; i++)
    {
      g_autoptr (MigdescParamList) params = NULL;
      guint version = migdesc_version_core_get_state_version (&old->versions[i]);

      params = list_version (old, i);
      if (!compare_effective (states, version > 0 ? version
                                                  : migdesc_state_type_get_version (states->old),
                              params))
        return FALSE;
    }
  return TRUE;
}

static void
compare_all (States *states)
{
  g_autoptr (MigdescParamList) usual = NULL;
  guint newest = migdesc_state_type_get_version (states->old);
  guint oldest = migdesc_state_type_get_minimum_version (states->old);

  if (!migdesc_diffing_wants (states->diffing, MIGDESC_CODE_STATE_CHANGED_WITHOUT_GATE,
                              MIGDESC_CATEGORY_FULL))
    return;
  usual = migdesc_diffing_usual_list (states->diffing);
  for (guint version = newest; version >= oldest && newest - version < MOST_VERSIONS; version--)
    if (!compare_effective (states, version, usual))
      return;
  if (!compare_versions (states) && states->too_many)
    migdesc_diffing_give_up (states->diffing,
                             migdesc_pointer_to_member (states->diffing->model_name, "state"),
                             "whether the state changed without a gate");
}

/* --- The rules -------------------------------------------------------- */

static void
diff_state_version (MigdescDiffing *diffing,
                    guint32 old,
                    guint32 position)
{
  const MigdescVersionCore *version = &diffing->old->versions[old];
  MigdescFindingCore *finding;
  guint before = migdesc_version_core_get_state_version (version);
  guint now = migdesc_version_core_get_state_version (&diffing->model->versions[position]);
  GString *message;

  if (before == 0 || before == now)
    return;
  finding = migdesc_diffing_begin (diffing, MIGDESC_CODE_STATE_VERSION_CHANGED,
                                   MIGDESC_CATEGORY_FULL);
  if (finding == NULL)
    return;
  migdesc_diffing_place (
      finding, migdesc_pointer_to_position (diffing->model_name, "versions", position),
      migdesc_pointer_to_position (diffing->model_name, "versions", old));
  message = g_string_new ("version ");
  migdesc_words_append_quoted (message, version->name);
  g_string_append_printf (message, " wrote state version %u and ", before);
  if (now > 0)
    g_string_append_printf (message, "writes %u", now);
  else
    g_string_append (message, "does not say what it writes");
  migdesc_diffing_take (diffing, finding, message,
                        g_strdup ("publish another version for the new state version"));
}

static void
say_removed (MigdescDiffing *diffing)
{
  MigdescFindingCore *finding
      = begin_state (diffing, MIGDESC_CODE_STATE_SCHEMA_REMOVED, MIGDESC_CATEGORY_FULL);

  if (finding != NULL)
    migdesc_diffing_take (diffing, finding,
                          g_string_new ("the state schema was removed: nobody can tell any more "
                                        "which states can be loaded"),
                          NULL);
}

static MigdescStateType *
get_type (MigdescDiffing *diffing,
          const MigdescModelCore *model,
          const char *side)
{
  g_autoptr (GError) error = NULL;
  MigdescStateType *type = migdesc_model_get_state_type (model, &error);
  MigdescFindingCore *finding;
  GString *message;

  if (type != NULL)
    return type;
  finding = begin_state (diffing, MIGDESC_CODE_STATE_SCHEMA_UNUSABLE, MIGDESC_CATEGORY_FULL);
  if (finding == NULL)
    return NULL;
  if (finding->reason == NULL)
    migdesc_report_set_undecided (diffing->report);
  message = g_string_new (NULL);
  g_string_printf (message, "the %s state schema cannot be used: %s", side, error->message);
  migdesc_diffing_take (diffing, finding, message, NULL);
  return NULL;
}

static void
diff_schemas (MigdescDiffing *diffing)
{
  States states = { .diffing = diffing };

  states.old = get_type (diffing, diffing->old, "old");
  states.type = get_type (diffing, diffing->model, "new");
  if (states.old == NULL || states.type == NULL)
    return;
  states.told = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  compare_all (&states);
  resolve_all (&states);
  g_hash_table_unref (states.told);
}

void
migdesc_diff_states (MigdescDiffing *diffing)
{
  for (guint32 i = 0; i < diffing->old->n_versions; i++)
    {
      guint32 position = migdesc_find_version_of (diffing->model, &diffing->old->versions[i]);

      if (position != MIGDESC_NOT_FOUND)
        diff_state_version (diffing, i, position);
    }
  if (diffing->old->state == NULL)
    return;
  if (diffing->model->state == NULL)
    say_removed (diffing);
  else if (strcmp (diffing->old->state, diffing->model->state) != 0)
    diff_schemas (diffing);
}
