/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "ops/compare/compare-search.h"

#define NOT_REFUSED (MIGDESC_CELL_PASSES | MIGDESC_CELL_OPEN)

static MigdescSearchOutcome
run_accepted (MigdescFate *fate)
{
  MigdescSpace *space = fate->space;

  return migdesc_search_run (&space->search, space->refuses_versions ? migdesc_space_accepts : NULL,
                             space);
}

static gboolean
has_class (const MigdescVariable *variable,
           guint8 mask)
{
  for (guint32 c = 0; c < variable->n_choices; c++)
    if ((variable->choices[c].classes & mask) != 0)
      return TRUE;
  return FALSE;
}

/* Adds to @found the variables that some configuration has a value of class @mask of. */
static void
find_variables (MigdescFate *fate,
                guint8 mask,
                gboolean accepted,
                GArray *found)
{
  MigdescSearch *search = &fate->space->search;

  for (guint32 v = 0; v < search->n_variables && !fate->too_long; v++)
    {
      MigdescSearchOutcome outcome;

      if (!has_class (&search->variables[v], mask))
        continue;
      migdesc_search_restrict_to_classes (search, v, mask);
      outcome = accepted ? run_accepted (fate) : migdesc_search_run (search, NULL, NULL);
      if (outcome == MIGDESC_SEARCH_FOUND)
        g_array_append_val (found, v);
      fate->too_long |= outcome == MIGDESC_SEARCH_TOO_LONG;
    }
}

static void
find_biting_rules (MigdescFate *fate)
{
  MigdescSearch *search = &fate->space->search;

  for (guint32 r = 0; r < search->rules->len && !fate->too_long; r++)
    {
      const MigdescRule *rule = &g_array_index (search->rules, MigdescRule, r);
      MigdescSearchOutcome outcome;

      if (rule->side != MIGDESC_SIDE_DESTINATION)
        continue;
      outcome = migdesc_search_find_breaking (search, rule, MIGDESC_CELL_ANY, NULL, NULL);
      if (outcome == MIGDESC_SEARCH_FOUND)
        g_array_append_val (fate->biting_rules, r);
      fate->too_long |= outcome == MIGDESC_SEARCH_TOO_LONG;
    }
}

static gboolean
is_refused (MigdescSpace *space,
            gboolean of_destination,
            guint32 version)
{
  const MigdescModelCore *model = of_destination ? space->destination : space->source;
  const MigdescVersionCore *record = &model->versions[version];

  if (record->support == MIGDESC_SUPPORT_NONE)
    return TRUE;
  if (!of_destination || record->can_load)
    return FALSE;
  migdesc_search_spend (&space->search, model->n_versions);
  return migdesc_model_core_is_unloadable (model, space->destination_values, record->hash);
}

static void
find_refused_versions_of (MigdescFate *fate,
                          gboolean of_destination,
                          guint8 mask)
{
  MigdescSpace *space = fate->space;
  const MigdescModelCore *model = of_destination ? space->destination : space->source;

  for (guint32 v = 0; v < model->n_versions; v++)
    {
      MigdescRefusedVersion refused = { v, of_destination };

      if (model->versions[v].support != MIGDESC_SUPPORT_NONE
          && (!of_destination || model->versions[v].can_load))
        continue;
      if (migdesc_space_assign_version (space, of_destination, v)
          && migdesc_space_is_in (space, mask) && is_refused (space, of_destination, v))
        g_array_append_val (fate->refused_versions, refused);
      if (!migdesc_search_spend (&space->search, 1))
        {
          fate->too_long = TRUE;
          return;
        }
    }
}

/* Uses the assignment for its own purposes: a search has to begin anew afterwards. */
static void
find_refused_versions (MigdescFate *fate,
                       guint8 mask)
{
  if (!fate->space->refuses_versions)
    return;
  g_array_set_size (fate->refused_versions, 0);
  find_refused_versions_of (fate, TRUE, mask);
  find_refused_versions_of (fate, FALSE, mask);
}

/* Whether anything passes, for sure or perhaps. */
static void
find_passing (MigdescFate *fate)
{
  MigdescSearch *search = &fate->space->search;
  MigdescSearchOutcome outcome = migdesc_search_begin (search, NOT_REFUSED, MIGDESC_SIDE_BOTH);

  if (outcome == MIGDESC_SEARCH_FOUND)
    outcome = run_accepted (fate);
  fate->too_long |= outcome == MIGDESC_SEARCH_TOO_LONG;
  if (outcome == MIGDESC_SEARCH_NONE)
    fate->relation = MIGDESC_RELATION_INCOMPATIBLE;
  else if (outcome == MIGDESC_SEARCH_FOUND)
    find_variables (fate, MIGDESC_CELL_OPEN, TRUE, fate->open_params);
  if (fate->open_params->len > 0)
    fate->relation = MIGDESC_RELATION_UNDECIDED;
}

static void
find_obstacles (MigdescFate *fate)
{
  MigdescSearch *search = &fate->space->search;
  MigdescSearchOutcome outcome;

  find_refused_versions (fate, NOT_REFUSED);
  if (migdesc_search_begin (search, MIGDESC_CELL_ANY, MIGDESC_SIDE_SOURCE) != MIGDESC_SEARCH_FOUND)
    fate->too_long = TRUE; /* at least the init configuration is there to be found */
  find_variables (fate, MIGDESC_CELL_REFUSED, FALSE, fate->refused_params);
  outcome = migdesc_search_begin (search, NOT_REFUSED, MIGDESC_SIDE_SOURCE);
  fate->too_long |= outcome == MIGDESC_SEARCH_TOO_LONG;
  if (outcome == MIGDESC_SEARCH_FOUND)
    find_biting_rules (fate);
}

static gboolean
has_obstacles (const MigdescFate *fate)
{
  return fate->refused_params->len + fate->biting_rules->len + fate->refused_versions->len > 0;
}

/* A param whose every value is refused leaves nothing to search. */
static void
find_hopeless (MigdescFate *fate)
{
  MigdescSearch *search = &fate->space->search;

  for (guint32 v = 0; v < search->n_variables; v++)
    if (has_class (&search->variables[v], MIGDESC_CELL_REFUSED))
      g_array_append_val (fate->refused_params, v);
}

void
migdesc_fate_find (MigdescFate *fate,
                   MigdescSpace *space)
{
  fate->space = space;
  fate->relation = MIGDESC_RELATION_COMPATIBLE;
  fate->too_long = FALSE;
  fate->refused_params = g_array_new (FALSE, FALSE, sizeof (guint32));
  fate->open_params = g_array_new (FALSE, FALSE, sizeof (guint32));
  fate->biting_rules = g_array_new (FALSE, FALSE, sizeof (guint32));
  fate->refused_versions = g_array_new (FALSE, FALSE, sizeof (MigdescRefusedVersion));
  if (space->refuses_all)
    {
      fate->relation = MIGDESC_RELATION_INCOMPATIBLE;
      find_hopeless (fate);
      return;
    }
  find_passing (fate);
  if (!fate->too_long)
    find_obstacles (fate);
  if (fate->relation == MIGDESC_RELATION_INCOMPATIBLE)
    fate->too_long = FALSE; /* the answer is known, if not every reason */
  else if (fate->too_long)
    fate->relation = MIGDESC_RELATION_UNDECIDED;
  else if (fate->relation == MIGDESC_RELATION_COMPATIBLE && has_obstacles (fate))
    fate->relation = MIGDESC_RELATION_CONDITIONAL;
}

void
migdesc_fate_clear (MigdescFate *fate)
{
  g_clear_pointer (&fate->refused_params, g_array_unref);
  g_clear_pointer (&fate->open_params, g_array_unref);
  g_clear_pointer (&fate->biting_rules, g_array_unref);
  g_clear_pointer (&fate->refused_versions, g_array_unref);
}

static void
agree_on_assignment (MigdescSearch *search)
{
  for (guint32 v = 0; v < search->n_variables; v++)
    search->variables[v].choices[search->assignment[v]].classes |= MIGDESC_CELL_AGREED;
  migdesc_search_spend (search, search->n_variables);
}

/* A choice for which the search is too long stays: the constraints that remain keep the answer
 * exact. */
static void
tighten_variable (MigdescFate *fate,
                  guint32 position)
{
  MigdescSearch *search = &fate->space->search;
  MigdescVariable *variable = &search->variables[position];
  gboolean is_free = !fate->space->refuses_versions
                     && search->watcher_starts[position] == search->watcher_starts[position + 1];

  for (guint32 c = 0; c < variable->n_choices; c++)
    {
      MigdescSearchOutcome outcome = MIGDESC_SEARCH_TOO_LONG;

      if (variable->choices[c].classes != MIGDESC_CELL_PASSES)
        continue;
      if (!is_free)
        {
          migdesc_search_restrict_to_choice (search, position, c);
          outcome = run_accepted (fate);
        }
      if (outcome == MIGDESC_SEARCH_FOUND)
        agree_on_assignment (search);
      else if (outcome == MIGDESC_SEARCH_TOO_LONG)
        variable->choices[c].classes |= MIGDESC_CELL_AGREED;
    }
}

static void
drop_rules_that_no_longer_bite (MigdescFate *fate)
{
  MigdescSearch *search = &fate->space->search;
  g_autoptr (GArray) rules = g_steal_pointer (&fate->biting_rules);

  fate->biting_rules = g_array_new (FALSE, FALSE, sizeof (guint32));
  for (guint i = 0; i < rules->len; i++)
    {
      guint32 position = g_array_index (rules, guint32, i);

      if (migdesc_search_find_breaking (
              search, &g_array_index (search->rules, MigdescRule, position), MIGDESC_CELL_ANY,
              NULL, NULL)
          != MIGDESC_SEARCH_NONE)
        g_array_append_val (fate->biting_rules, position);
    }
}

void
migdesc_fate_tighten (MigdescFate *fate)
{
  MigdescSearch *search = &fate->space->search;

  migdesc_search_refill (search);
  if (migdesc_search_begin (search, MIGDESC_CELL_PASSES, MIGDESC_SIDE_BOTH) == MIGDESC_SEARCH_FOUND
      && run_accepted (fate) == MIGDESC_SEARCH_FOUND)
    agree_on_assignment (search);
  for (guint32 v = 0; v < search->n_variables; v++)
    tighten_variable (fate, v);

  find_refused_versions (fate, MIGDESC_CELL_AGREED);
  migdesc_search_begin (search, MIGDESC_CELL_AGREED, MIGDESC_SIDE_SOURCE);
  drop_rules_that_no_longer_bite (fate);
}
