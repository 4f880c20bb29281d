/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* What a search is over: sides, their rules, and which variables those join */

#include "ops/search/search.h"

/* What a step may cost on the average, in looks at a value, and what the steps of any search may
 * cost together: a fraction of a second */
#define WORK_A_STEP 20
#define LEAST_WORK 20000000

void
migdesc_search_refill (MigdescSearch *search)
{
  search->steps = search->max_steps;
  search->starved = FALSE;
  search->work = MAX (LEAST_WORK, search->max_steps * WORK_A_STEP);
}

void
migdesc_search_init (MigdescSearch *search,
                     MigdescVariable *variables,
                     guint32 n_variables,
                     guint64 max_steps)
{
  memset (search, 0, sizeof *search);
  search->variables = variables;
  search->n_variables = n_variables;
  search->arena = migdesc_arena_new (4096);
  search->rules = g_array_new (FALSE, FALSE, sizeof (MigdescRule));
  search->max_steps = max_steps;
  migdesc_search_refill (search);
}

void
migdesc_search_clear (MigdescSearch *search)
{
  g_clear_pointer (&search->arena, migdesc_arena_free);
  g_clear_pointer (&search->rules, g_array_unref);
}

/* Looks at strings are as long as those are: so many bytes take as long as an int. */
#define BYTES_A_UNIT 128

static gsize
count_bytes (const MigdescSet *set)
{
  gsize n_bytes = 0;

  for (guint32 i = 0; set->type == MIGDESC_VALUE_TYPE_STRING && i < set->n; i++)
    n_bytes += strlen (set->members.strings[i]);
  return n_bytes;
}

guint32
migdesc_cost_of_set (const MigdescSet *set)
{
  guint32 n_looks = 1 + (guint32) g_bit_storage (set->n);

  if (set->type != MIGDESC_VALUE_TYPE_STRING || set->n == 0)
    return (n_looks + 1) / 2;
  return n_looks * (guint32) (2 + count_bytes (set) / set->n / BYTES_A_UNIT);
}

guint64
migdesc_cost_of_values (const MigdescModelCore *model)
{
  guint64 cost = 1 + model->n_params;

  for (guint32 i = 0; i < model->n_params; i++)
    {
      const MigdescParamCore *param = &model->params[i];

      if (param->type != MIGDESC_VALUE_TYPE_STRING)
        continue;
      cost += (strlen (param->init.string) + (param->has_off ? strlen (param->off.string) : 0))
              / BYTES_A_UNIT;
      cost += count_bytes (&param->allowed) / MAX (param->allowed.n, 1) / BYTES_A_UNIT;
    }
  return cost;
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
      terms[i].cost = migdesc_cost_of_set (&conditions[i].set);
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
      MigdescRule rule = {
        .n_when = constraint->n_when, .n_then = constraint->n_then, .constraint = i, .side = side
      };

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
  guint32 *starts = migdesc_arena_alloc0 (search->arena,
                                          (search->n_variables + 2) * sizeof *starts);
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

      for (guint32 i = 1; i < rule->n_when + rule->n_then && (rule->side & search->sides) != 0; i++)
        {
          guint32 other = find_root (parents, get_term (rule, i)->variable);

          /* the lower one leads: components are numbered by their first variable */
          parents[MAX (root, other)] = MIN (root, other);
          root = MIN (root, other);
        }
    }
}

/* Variables that rules of the sides at hand join are one component. */
void
migdesc_search_find_components (MigdescSearch *search)
{
  guint32 n = search->n_variables;
  guint32 *starts = search->component_starts;
  guint32 *parents = search->saved; /* free for use between runs */

  for (guint32 v = 0; v < n; v++)
    parents[v] = v;
  join_rules (search, parents);
  memset (starts, 0, (n + 2) * sizeof *starts);
  search->n_components = 0;
  for (guint32 v = 0; v < n; v++)
    {
      guint32 root = find_root (parents, v);

      search->variables[v].component = root == v ? search->n_components++
                                                 : search->variables[root].component;
      starts[search->variables[v].component + 2]++;
    }
  for (guint32 c = 0; c < search->n_components; c++)
    starts[c + 2] += starts[c + 1];
  for (guint32 v = 0; v < n; v++)
    search->order[starts[search->variables[v].component + 1]++] = v;
}

void
migdesc_search_prepare (MigdescSearch *search)
{
  gsize size = (search->n_variables + 2) * sizeof (guint32);

  search->assignment = migdesc_arena_alloc (search->arena, size);
  search->order = migdesc_arena_alloc (search->arena, size);
  search->document_order = migdesc_arena_alloc (search->arena, size);
  search->cursors = migdesc_arena_alloc (search->arena, size);
  search->saved = migdesc_arena_alloc (search->arena, size);
  search->component_starts = migdesc_arena_alloc (search->arena, size);
  search->touched = migdesc_arena_alloc (search->arena, size);
  search->marks = migdesc_arena_alloc0 (search->arena, 2 * size);
  search->run = 1;
  for (guint32 v = 0; v < search->n_variables; v++)
    {
      search->document_order[v] = v;
      search->assignment[v] = MIGDESC_SEARCH_UNSET;
    }
  file_watchers (search);
}
