/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "ops/search.h"

void
migdesc_search_init (MigdescSearch *search,
                     MigdescVariable *variables,
                     guint32 n_variables)
{
  memset (search, 0, sizeof *search);
  search->variables = variables;
  search->n_variables = n_variables;
  search->arena = migdesc_arena_new (4096);
  search->rules = g_array_new (FALSE, FALSE, sizeof (MigdescRule));
  search->steps = MIGDESC_SEARCH_STEPS;
  search->work = MIGDESC_SEARCH_WORK;
}

void
migdesc_search_clear (MigdescSearch *search)
{
  g_clear_pointer (&search->arena, migdesc_arena_free);
  g_clear_pointer (&search->rules, g_array_unref);
}

static guint8
off_holds (const MigdescParamCore *param,
           const MigdescSet *set)
{
  return param->has_off && migdesc_set_contains (set, param->off);
}

static const MigdescTerm *
make_terms (MigdescSearch *search,
            const MigdescModelCore *model,
            const guint32 *variable_of,
            const MigdescCondition *conditions,
            guint32 n)
{
  MigdescTerm *terms = migdesc_arena_alloc (search->arena, n * sizeof *terms);

  for (guint32 i = 0; i < n; i++)
    {
      terms[i].set = &conditions[i].set;
      terms[i].variable = variable_of[conditions[i].param];
      terms[i].off_holds = off_holds (&model->params[conditions[i].param], &conditions[i].set);
    }
  return terms;
}

void
migdesc_search_add_side (MigdescSearch *search,
                         const MigdescModelCore *model,
                         const guint32 *variable_of,
                         guint8 side)
{
  for (guint32 i = 0; i < model->n_constraints; i++)
    {
      const MigdescConstraintCore *constraint = &model->constraints[i];
      MigdescRule rule = { .n_when = constraint->n_when, .n_then = constraint->n_then, .constraint = i, .side = side };

      rule.when = make_terms (search, model, variable_of, constraint->when, constraint->n_when);
      rule.then = make_terms (search, model, variable_of, constraint->then, constraint->n_then);
      g_array_append_val (search->rules, rule);
    }
}

static const MigdescRule *
get_rule (const MigdescSearch *search,
          guint32 position)
{
  return &g_array_index (search->rules, MigdescRule, position);
}

static const MigdescTerm *
get_term (const MigdescRule *rule,
          guint32 position)
{
  return position < rule->n_when ? &rule->when[position] : &rule->then[position - rule->n_when];
}

/* For each variable the rules that name it: first counted, then filed. */
static void
file_watchers (MigdescSearch *search)
{
  guint32 *starts = migdesc_arena_alloc0 (search->arena, (search->n_variables + 2) * sizeof *starts);
  guint32 n_terms = 0;

  for (guint32 r = 0; r < search->rules->len; r++)
    {
      const MigdescRule *rule = get_rule (search, r);

      for (guint32 i = 0; i < rule->n_when + rule->n_then; i++, n_terms++)
        starts[get_term (rule, i)->variable + 2]++;
    }
  for (guint32 v = 0; v < search->n_variables; v++)
    starts[v + 2] += starts[v + 1];

  search->watchers = migdesc_arena_alloc (search->arena, (n_terms + 1) * sizeof *search->watchers);
  for (guint32 r = 0; r < search->rules->len; r++)
    {
      const MigdescRule *rule = get_rule (search, r);

      for (guint32 i = 0; i < rule->n_when + rule->n_then; i++)
        search->watchers[starts[get_term (rule, i)->variable + 1]++] = r;
    }
  search->watcher_starts = starts;
}

static guint32
find_root (guint32 *parents,
           guint32 variable)
{
  while (parents[variable] != variable)
    {
      parents[variable] = parents[parents[variable]];
      variable = parents[variable];
    }
  return variable;
}

static void
join_rules (const MigdescSearch *search,
            guint32 *parents)
{
  for (guint32 r = 0; r < search->rules->len; r++)
    {
      const MigdescRule *rule = get_rule (search, r);
      guint32 root = find_root (parents, rule->when[0].variable);

      for (guint32 i = 1; i < rule->n_when + rule->n_then; i++)
        {
          guint32 other = find_root (parents, get_term (rule, i)->variable);

          /* the lower one leads: components are numbered by their first variable */
          parents[MAX (root, other)] = MIN (root, other);
          root = MIN (root, other);
        }
    }
}

static void
file_components (MigdescSearch *search,
                 guint32 *parents)
{
  guint32 n = search->n_variables;
  guint32 *starts = migdesc_arena_alloc0 (search->arena, (n + 2) * sizeof *starts);

  for (guint32 v = 0; v < n; v++)
    {
      guint32 root = find_root (parents, v);

      search->variables[v].component = root == v ? search->n_components++ : search->variables[root].component;
      starts[search->variables[v].component + 2]++;
    }
  for (guint32 c = 0; c < search->n_components; c++)
    starts[c + 2] += starts[c + 1];
  for (guint32 v = 0; v < n; v++)
    search->order[starts[search->variables[v].component + 1]++] = v;
  search->component_starts = starts;
}

void
migdesc_search_prepare (MigdescSearch *search)
{
  gsize size = (search->n_variables + 1) * sizeof (guint32);
  guint32 *parents = migdesc_arena_alloc (search->arena, size);

  search->assignment = migdesc_arena_alloc (search->arena, size);
  search->order = migdesc_arena_alloc (search->arena, size);
  search->document_order = migdesc_arena_alloc (search->arena, size);
  search->cursors = migdesc_arena_alloc (search->arena, size);
  search->saved = migdesc_arena_alloc (search->arena, size);
  search->touched = migdesc_arena_alloc (search->arena, size);
  search->marks = migdesc_arena_alloc0 (search->arena, 2 * size);
  search->run = 1;
  for (guint32 v = 0; v < search->n_variables; v++)
    {
      parents[v] = v;
      search->document_order[v] = v;
      search->assignment[v] = MIGDESC_SEARCH_UNSET;
    }
  file_watchers (search);
  join_rules (search, parents);
  file_components (search, parents);
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
  migdesc_search_spend (search, record->n_choices * 4);
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
      migdesc_search_spend (search, 1);
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
      migdesc_search_spend (search, 1);
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

/* Gives @variable its next choice from *@cursor on. */
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
  if (search->steps > 0)
    search->steps--;
  return c < record->n_choices;
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
      if (search->steps == 0 || search->work == 0)
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
  outcome = descend (search, order, n, NULL, NULL);
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

MigdescSearchOutcome
migdesc_search_begin (MigdescSearch *search,
                      guint8 mask,
                      guint8 sides)
{
  for (guint32 v = 0; v < search->n_variables; v++)
    enable (search, v, mask);
  search->mask = mask;
  search->sides = sides;
  search->base = solve_all (search);
  return search->base;
}

/* Components that the restrictions touch are solved anew, once each; the others have their solution. */
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

static MigdescSearchOutcome
solve (MigdescSearch *search,
       MigdescSearchAccept accept,
       gpointer data)
{
  MigdescSearchOutcome outcome;

  if (search->base != MIGDESC_SEARCH_FOUND)
    return search->base;
  outcome = solve_touched (search);
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
