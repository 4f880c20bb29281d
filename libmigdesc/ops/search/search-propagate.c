/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "ops/search/search.h"

/* One for all components, in the search's arena */
struct _MigdescPropagation
{
  guint32 *first;    /* of each variable: where its choices begin */
  guint8 *gone;      /* of each choice: crossed out */
  guint32 *left;     /* of each variable: choices that are not */
  guint32 *trail;    /* choices crossed out, to be put back */
  guint32 *trail_of; /* their variables */
  guint32 n_trail;
  guint32 *marks;    /* of each level: where its part of the trail begins */
  guint32 *cursors;  /* and its next choice */
  guint32 *chosen;   /* and its variable */
};

void
migdesc_search_propagate_prepare (MigdescSearch *search)
{
  MigdescPropagation *p = migdesc_arena_alloc0 (search->arena, sizeof *p);
  gsize size = (search->n_variables + 1) * sizeof (guint32);
  guint32 n_choices = 0;

  p->first = migdesc_arena_alloc (search->arena, size);
  p->left = migdesc_arena_alloc (search->arena, size);
  p->marks = migdesc_arena_alloc (search->arena, size);
  p->cursors = migdesc_arena_alloc (search->arena, size);
  p->chosen = migdesc_arena_alloc (search->arena, size);
  for (guint32 v = 0; v < search->n_variables; v++)
    {
      p->first[v] = n_choices;
      n_choices += search->variables[v].n_choices;
    }
  p->gone = migdesc_arena_alloc (search->arena, n_choices + 1);
  p->trail = migdesc_arena_alloc (search->arena, (n_choices + 1) * sizeof (guint32));
  p->trail_of = migdesc_arena_alloc (search->arena, (n_choices + 1) * sizeof (guint32));
  search->propagation = p;
}

/* FALSE: some variable has no choice at all. */
static gboolean
start (MigdescSearch *search,
       const guint32 *order,
       guint32 n)
{
  MigdescPropagation *p = search->propagation;
  gboolean all = TRUE;

  p->n_trail = 0;
  for (guint32 i = 0; i < n; i++)
    {
      const MigdescVariable *variable = &search->variables[order[i]];
      guint32 left = 0;

      for (guint32 c = 0; c < variable->n_choices; c++)
        {
          p->gone[p->first[order[i]] + c] = !variable->choices[c].enabled;
          left += variable->choices[c].enabled != 0;
        }
      migdesc_search_spend (search, variable->n_choices);
      p->left[order[i]] = left;
      search->assignment[order[i]] = MIGDESC_SEARCH_UNSET;
      all &= left > 0;
    }
  return all;
}

/* --- What a choice rules out ------------------------------------------ */

/* Crosses out the choices of a variable for which the term holds, or does not. FALSE: none is
 * left. */
static gboolean
cross_out (MigdescSearch *search,
           const MigdescTerm *term,
           gboolean holds)
{
  MigdescPropagation *p = search->propagation;
  const MigdescVariable *variable = &search->variables[term->variable];
  guint32 first = p->first[term->variable];

  migdesc_search_spend (search, (guint64) variable->n_choices * term->cost);
  for (guint32 c = 0; c < variable->n_choices; c++)
    {
      if (p->gone[first + c] || migdesc_term_holds (term, &variable->choices[c]) != holds)
        continue;
      p->gone[first + c] = TRUE;
      p->left[term->variable]--;
      p->trail[p->n_trail] = first + c;
      p->trail_of[p->n_trail++] = term->variable;
    }
  return p->left[term->variable] > 0;
}

static void
put_back (MigdescSearch *search,
          guint32 mark)
{
  MigdescPropagation *p = search->propagation;

  migdesc_search_spend (search, p->n_trail - mark);
  while (p->n_trail > mark)
    {
      p->n_trail--;
      p->gone[p->trail[p->n_trail]] = FALSE;
      p->left[p->trail_of[p->n_trail]]++;
    }
}

static gboolean
is_open (const MigdescSearch *search,
         const MigdescTerm *term)
{
  return search->assignment[term->variable] == MIGDESC_SEARCH_UNSET;
}

static gboolean
holds_now (MigdescSearch *search,
           const MigdescTerm *term)
{
  migdesc_search_spend (search, term->cost);
  return migdesc_term_holds (term, migdesc_search_choice (search, term->variable));
}

static gboolean
any_consequence_fails (MigdescSearch *search,
                       const MigdescRule *rule)
{
  for (guint32 i = 0; i < rule->n_then; i++)
    if (!is_open (search, &rule->then[i]) && !holds_now (search, &rule->then[i]))
      return TRUE;
  return FALSE;
}

/* FALSE: the rule is broken, or would be whatever comes. */
static gboolean
follow (MigdescSearch *search,
        const MigdescRule *rule)
{
  const MigdescTerm *open = NULL;
  gboolean fails;

  for (guint32 i = 0; i < rule->n_when; i++)
    {
      if (!is_open (search, &rule->when[i]))
        {
          if (!holds_now (search, &rule->when[i]))
            return TRUE;
          continue;
        }
      if (open != NULL)
        return TRUE; /* two are open: nothing follows yet */
      open = &rule->when[i];
    }
  fails = rule->n_then == 0 || any_consequence_fails (search, rule);
  if (open != NULL)
    return !fails || cross_out (search, open, TRUE);
  if (fails)
    return FALSE;
  for (guint32 i = 0; i < rule->n_then; i++)
    if (is_open (search, &rule->then[i]) && !cross_out (search, &rule->then[i], FALSE))
      return FALSE;
  return TRUE;
}

static gboolean
follow_all (MigdescSearch *search,
            guint32 variable)
{
  for (guint32 i = search->watcher_starts[variable]; i < search->watcher_starts[variable + 1]; i++)
    {
      const MigdescRule *rule = &g_array_index (search->rules, MigdescRule, search->watchers[i]);

      if ((rule->side & search->sides) != 0 && !follow (search, rule))
        return FALSE;
    }
  return TRUE;
}

/* --- Descending ------------------------------------------------------- */

static guint32
choose_variable (MigdescSearch *search,
                 const guint32 *order,
                 guint32 n)
{
  const MigdescPropagation *p = search->propagation;
  guint32 best = MIGDESC_SEARCH_UNSET;

  migdesc_search_spend (search, 1 + n);
  for (guint32 i = 0; i < n; i++)
    if (search->assignment[order[i]] == MIGDESC_SEARCH_UNSET
        && (best == MIGDESC_SEARCH_UNSET || p->left[order[i]] < p->left[best]))
      best = order[i];
  return best;
}

/* FALSE: the level's variable has no choice any more, or there is no step left to try one. */
static gboolean
advance (MigdescSearch *search,
         guint32 level)
{
  MigdescPropagation *p = search->propagation;
  guint32 variable = p->chosen[level];
  guint32 n = search->variables[variable].n_choices;
  guint32 c = p->cursors[level];

  put_back (search, p->marks[level]);
  while (c < n && p->gone[p->first[variable] + c])
    c++;
  migdesc_search_spend (search, c - p->cursors[level] + 1);
  p->cursors[level] = c + 1;
  search->assignment[variable] = c < n ? c : MIGDESC_SEARCH_UNSET;
  if (c == n)
    return FALSE;
  search->starved |= search->steps == 0;
  if (search->starved)
    return FALSE;
  search->steps--;
  return TRUE;
}

MigdescSearchOutcome
migdesc_search_propagate (MigdescSearch *search,
                          const guint32 *order,
                          guint32 n)
{
  MigdescPropagation *p = search->propagation;
  guint32 level = 0;
  gboolean deeper = TRUE;

  if (!start (search, order, n))
    return MIGDESC_SEARCH_NONE;
  for (;;)
    {
      if (search->work == 0 || search->starved)
        return MIGDESC_SEARCH_TOO_LONG;
      if (deeper && level == n)
        return MIGDESC_SEARCH_FOUND;
      if (deeper)
        {
          p->chosen[level] = choose_variable (search, order, n);
          p->cursors[level] = 0;
          p->marks[level] = p->n_trail;
        }
      deeper = FALSE;
      if (advance (search, level))
        {
          deeper = follow_all (search, p->chosen[level]);
          level += deeper;
        }
      else if (search->starved)
        return MIGDESC_SEARCH_TOO_LONG;
      else if (level == 0)
        return MIGDESC_SEARCH_NONE;
      else
        level--;
    }
}
