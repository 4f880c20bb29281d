/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "ops/search/search.h"

static const MigdescRule *
get_rule (const MigdescSearch *search,
          guint32 position)
{
  return &g_array_index (search->rules, MigdescRule, position);
}

static void
enable (MigdescSearch *search,
        guint32 variable,
        guint8 mask)
{
  MigdescVariable *record = &search->variables[variable];

  for (guint32 c = 0; c < record->n_choices; c++)
    record->choices[c].enabled = (record->choices[c].classes & mask) != 0;
  migdesc_search_spend (search, record->n_choices);
}

/* Whether this is met for the first time in this run. */
static gboolean
mark (MigdescSearch *search,
      guint32 position)
{
  gboolean is_new = search->marks[position] != search->run;

  search->marks[position] = search->run;
  return is_new;
}

static void
touch (MigdescSearch *search,
       guint32 variable)
{
  if (mark (search, variable))
    search->touched[search->n_touched++] = variable;
}

void
migdesc_search_restrict_to_classes (MigdescSearch *search,
                                    guint32 variable,
                                    guint8 mask)
{
  MigdescVariable *record = &search->variables[variable];

  touch (search, variable);
  migdesc_search_spend (search, record->n_choices);
  for (guint32 c = 0; c < record->n_choices; c++)
    record->choices[c].enabled &= (record->choices[c].classes & mask) != 0;
}

void
migdesc_search_restrict_to_choice (MigdescSearch *search,
                                   guint32 variable,
                                   guint32 choice)
{
  MigdescVariable *record = &search->variables[variable];

  touch (search, variable);
  migdesc_search_spend (search, record->n_choices);
  for (guint32 c = 0; c < record->n_choices; c++)
    record->choices[c].enabled &= c == choice;
}

void
migdesc_search_restrict_by_term (MigdescSearch *search,
                                 const MigdescTerm *term,
                                 gboolean holds)
{
  MigdescVariable *record = &search->variables[term->variable];

  touch (search, term->variable);
  migdesc_search_spend (search, (guint64) record->n_choices * term->cost);
  for (guint32 c = 0; c < record->n_choices; c++)
    record->choices[c].enabled &= migdesc_term_holds (term, &record->choices[c]) == holds;
}

gboolean
migdesc_term_holds (const MigdescTerm *term,
                    const MigdescChoice *choice)
{
  if (choice->off)
    return term->off_holds;
  return migdesc_set_contains (term->set, choice->value);
}

gboolean
migdesc_search_spend (MigdescSearch *search,
                      guint64 work)
{
  search->work = search->work > work ? search->work - work : 0;
  return search->work > 0;
}

/* Terms whose variable has no choice yet are not known to hold, nor to fail. */
static gboolean
all_hold (MigdescSearch *search,
          const MigdescTerm *terms,
          guint32 n)
{
  for (guint32 i = 0; i < n; i++)
    {
      migdesc_search_spend (search, terms[i].cost);
      if (search->assignment[terms[i].variable] == MIGDESC_SEARCH_UNSET
          || !migdesc_term_holds (&terms[i], migdesc_search_choice (search, terms[i].variable)))
        return FALSE;
    }
  return TRUE;
}

static gboolean
any_fails (MigdescSearch *search,
           const MigdescTerm *terms,
           guint32 n)
{
  for (guint32 i = 0; i < n; i++)
    {
      migdesc_search_spend (search, terms[i].cost);
      if (search->assignment[terms[i].variable] != MIGDESC_SEARCH_UNSET
          && !migdesc_term_holds (&terms[i], migdesc_search_choice (search, terms[i].variable)))
        return TRUE;
    }
  return FALSE;
}

gboolean
migdesc_search_breaks (MigdescSearch *search,
                       const MigdescRule *rule)
{
  return all_hold (search, rule->when, rule->n_when)
         && (rule->n_then == 0 || any_fails (search, rule->then, rule->n_then));
}

static gboolean
is_consistent (MigdescSearch *search,
               guint32 variable)
{
  for (guint32 i = search->watcher_starts[variable]; i < search->watcher_starts[variable + 1]; i++)
    {
      const MigdescRule *rule = get_rule (search, search->watchers[i]);

      if ((rule->side & search->sides) != 0 && migdesc_search_breaks (search, rule))
        return FALSE;
    }
  return TRUE;
}

/* Gives @variable its next choice from *@cursor on. FALSE: there is none, or no step left to try
 * it. */
static gboolean
advance (MigdescSearch *search,
         guint32 variable,
         guint32 *cursor)
{
  const MigdescVariable *record = &search->variables[variable];
  guint32 c = *cursor;

  while (c < record->n_choices && !record->choices[c].enabled)
    c++;
  migdesc_search_spend (search, c - *cursor + 1);
  *cursor = c + 1;
  search->assignment[variable] = c < record->n_choices ? c : MIGDESC_SEARCH_UNSET;
  if (c == record->n_choices)
    return FALSE;
  search->starved |= search->steps == 0;
  if (search->starved)
    return FALSE;
  search->steps--;
  return TRUE;
}

/* Depth first over @n variables; those of other components keep what they have. */
static MigdescSearchOutcome
descend (MigdescSearch *search,
         const guint32 *order,
         guint32 n,
         MigdescSearchAccept accept,
         gpointer data)
{
  guint32 depth = 0;

  for (guint32 i = 0; i < n; i++)
    search->assignment[order[i]] = MIGDESC_SEARCH_UNSET;
  search->cursors[0] = 0;
  for (;;)
    {
      if (search->work == 0)
        return MIGDESC_SEARCH_TOO_LONG;
      if (depth == n)
        {
          if (accept == NULL || accept (search, data))
            return MIGDESC_SEARCH_FOUND;
        }
      else if (advance (search, order[depth], &search->cursors[depth]))
        {
          if (is_consistent (search, order[depth]))
            search->cursors[++depth] = 0;
          continue;
        }
      if (search->starved)
        return MIGDESC_SEARCH_TOO_LONG;
      if (depth == 0)
        return MIGDESC_SEARCH_NONE;
      search->assignment[order[--depth]] = MIGDESC_SEARCH_UNSET;
    }
}

static void
save (MigdescSearch *search,
      const guint32 *order,
      guint32 n)
{
  for (guint32 i = 0; i < n; i++)
    search->saved[order[i]] = search->assignment[order[i]];
}

static void
restore (MigdescSearch *search,
         const guint32 *order,
         guint32 n)
{
  for (guint32 i = 0; i < n; i++)
    search->assignment[order[i]] = search->saved[order[i]];
}

static MigdescSearchOutcome
solve_component (MigdescSearch *search,
                 guint32 component)
{
  const guint32 *order = search->order + search->component_starts[component];
  guint32 n = search->component_starts[component + 1] - search->component_starts[component];
  MigdescSearchOutcome outcome;

  save (search, order, n);
  outcome = search->propagation != NULL ? migdesc_search_propagate (search, order, n)
                                        : descend (search, order, n, NULL, NULL);
  if (outcome != MIGDESC_SEARCH_FOUND)
    restore (search, order, n);
  return outcome;
}

static MigdescSearchOutcome
solve_all (MigdescSearch *search)
{
  for (guint32 c = 0; c < search->n_components; c++)
    {
      MigdescSearchOutcome outcome = solve_component (search, c);

      if (outcome != MIGDESC_SEARCH_FOUND)
        return outcome;
    }
  return MIGDESC_SEARCH_FOUND;
}

static void
begin (MigdescSearch *search,
       guint8 mask,
       guint8 sides)
{
  for (guint32 v = 0; v < search->n_variables; v++)
    enable (search, v, mask);
  search->mask = mask;
  search->sides = sides;
  migdesc_search_find_components (search);
}

MigdescSearchOutcome
migdesc_search_begin (MigdescSearch *search,
                      guint8 mask,
                      guint8 sides)
{
  begin (search, mask, sides);
  search->base = solve_all (search);
  return search->base;
}

void
migdesc_search_begin_at (MigdescSearch *search,
                         guint8 mask,
                         guint8 sides)
{
  begin (search, mask, sides);
  search->base = MIGDESC_SEARCH_FOUND;
  if (search->propagation == NULL)
    migdesc_search_propagate_prepare (search);
}

/* Components that the restrictions touch are solved anew, once each; the others have their
 * solution. */
static MigdescSearchOutcome
solve_touched (MigdescSearch *search)
{
  for (guint32 i = 0; i < search->n_touched; i++)
    {
      guint32 component = search->variables[search->touched[i]].component;
      MigdescSearchOutcome outcome;

      if (!mark (search, search->n_variables + component))
        continue;
      outcome = solve_component (search, component);
      if (outcome != MIGDESC_SEARCH_FOUND)
        return outcome;
    }
  return MIGDESC_SEARCH_FOUND;
}

/* Mostly the last solution needs no more than other choices for what was narrowed. */
static gboolean
repair (MigdescSearch *search)
{
  gboolean good = TRUE;

  save (search, search->touched, search->n_touched);
  for (guint32 i = 0; i < search->n_touched; i++)
    {
      guint32 variable = search->touched[i];
      guint32 first = 0;

      if (!migdesc_search_choice (search, variable)->enabled && !advance (search, variable, &first))
        {
          restore (search, search->touched, search->n_touched);
          return FALSE;
        }
    }
  for (guint32 i = 0; i < search->n_touched && good; i++)
    good = is_consistent (search, search->touched[i]);
  if (!good)
    restore (search, search->touched, search->n_touched);
  return good;
}

static MigdescSearchOutcome
solve (MigdescSearch *search,
       MigdescSearchAccept accept,
       gpointer data)
{
  MigdescSearchOutcome outcome;

  if (search->base != MIGDESC_SEARCH_FOUND)
    return search->base;
  outcome = repair (search) ? MIGDESC_SEARCH_FOUND : solve_touched (search);
  if (outcome != MIGDESC_SEARCH_FOUND || accept == NULL || accept (search, data))
    return outcome;

  /* Each component has a solution, but together they are refused: now all combinations in order. */
  save (search, search->document_order, search->n_variables);
  outcome = descend (search, search->document_order, search->n_variables, accept, data);
  if (outcome != MIGDESC_SEARCH_FOUND)
    restore (search, search->document_order, search->n_variables);
  return outcome;
}

MigdescSearchOutcome
migdesc_search_run (MigdescSearch *search,
                    MigdescSearchAccept accept,
                    gpointer data)
{
  MigdescSearchOutcome outcome = solve (search, accept, data);

  for (guint32 i = 0; i < search->n_touched; i++)
    enable (search, search->touched[i], search->mask);
  search->n_touched = 0;
  search->run++;
  return outcome;
}

static void
restrict_rule (MigdescSearch *search,
               const MigdescRule *rule,
               guint8 mask)
{
  for (guint32 i = 0; i < rule->n_when; i++)
    migdesc_search_restrict_to_classes (search, rule->when[i].variable, mask);
  for (guint32 i = 0; i < rule->n_then; i++)
    migdesc_search_restrict_to_classes (search, rule->then[i].variable, mask);
}

MigdescSearchOutcome
migdesc_search_find_breaking (MigdescSearch *search,
                              const MigdescRule *rule,
                              guint8 mask,
                              MigdescSearchAccept accept,
                              gpointer data)
{
  for (guint32 i = 0; i < MAX (rule->n_then, 1); i++)
    {
      MigdescSearchOutcome outcome;

      restrict_rule (search, rule, mask);
      for (guint32 k = 0; k < rule->n_when; k++)
        migdesc_search_restrict_by_term (search, &rule->when[k], TRUE);
      if (rule->n_then > 0)
        migdesc_search_restrict_by_term (search, &rule->then[i], FALSE);
      outcome = migdesc_search_run (search, accept, data);
      if (outcome != MIGDESC_SEARCH_NONE)
        return outcome;
    }
  return MIGDESC_SEARCH_NONE;
}
