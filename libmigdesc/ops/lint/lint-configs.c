/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* The rules of lint that are about configurations, found by the search of compare: the model is
 * its own destination, and only one side's rules count. */

#include <string.h>

#include "ops/compare/compare-space.h"
#include "ops/diff/diff-private.h"

#define CELL_NEVER (1 << 4) /* no configuration has it */

typedef struct
{
  MigdescDiffing *diffing;
  MigdescSpace space;
  guint32 *usual; /* the init configuration, which satisfies all */
} Configs;

/* What a run leaves behind may break the rule that was off in it. */
static void
return_to_init (Configs *configs)
{
  memcpy (configs->space.search.assignment, configs->usual,
          configs->space.n_variables * sizeof *configs->usual);
  migdesc_search_spend (&configs->space.search, configs->space.n_variables);
}

/* --- Values ----------------------------------------------------------- */

static void
say_values (Configs *configs,
            guint32 position)
{
  MigdescDiffing *diffing = configs->diffing;
  const MigdescParamCore *param = &diffing->model->params[position];
  MigdescFindingCore *finding = migdesc_diffing_begin (
      diffing, MIGDESC_CODE_VALUE_NEVER_POSSIBLE, MIGDESC_CATEGORY_NONE);
  MigdescSet values;
  GString *message;

  if (finding == NULL)
    return;
  finding->param = g_strdup (param->name);
  migdesc_diffing_place (finding, migdesc_pointer_to_param (diffing->model_name, param->name),
                         NULL);
  migdesc_cells_unite (&configs->space.cells[position], CELL_NEVER, &values);
  message = g_string_new (NULL);
  migdesc_words_append_name (message, param->name);
  g_string_append (message, "=");
  migdesc_words_append_set (message, &values);
  g_string_append (message, " is allowed, but the constraints let no configuration have it");
  migdesc_diffing_take (diffing, finding, message, NULL);
}

static void
give_up_param (Configs *configs,
               guint32 position)
{
  MigdescDiffing *diffing = configs->diffing;
  const char *name = diffing->model->params[position].name;
  g_autoptr (GString) what = g_string_new ("whether all values of ");

  migdesc_words_append_name (what, name);
  g_string_append (what, " are possible");
  migdesc_diffing_give_up (diffing, migdesc_pointer_to_param (diffing->model_name, name),
                           what->str);
}

static gboolean
is_constrained (const MigdescSearch *search,
                guint32 variable)
{
  return search->watcher_starts[variable] < search->watcher_starts[variable + 1];
}

static void
lint_param (Configs *configs,
            guint32 position)
{
  MigdescSearch *search = &configs->space.search;
  const MigdescSet *allowed = &configs->diffing->model->params[position].allowed;
  MigdescVariable *variable = &search->variables[position];
  MigdescSearchOutcome outcome = MIGDESC_SEARCH_NONE;
  gboolean any = FALSE;

  for (guint32 c = 0; c < variable->n_choices && outcome != MIGDESC_SEARCH_TOO_LONG; c++)
    {
      /* off is possible without being allowed */
      if (!migdesc_set_contains (allowed, variable->choices[c].value))
        continue;
      migdesc_search_restrict_to_choice (search, position, c);
      outcome = migdesc_search_run (search, NULL, NULL);
      if (outcome != MIGDESC_SEARCH_NONE)
        continue;
      variable->choices[c].classes |= CELL_NEVER;
      any = TRUE;
    }
  if (outcome == MIGDESC_SEARCH_TOO_LONG)
    give_up_param (configs, position);
  else if (any)
    say_values (configs, position);
}

static void
lint_params (Configs *configs)
{
  const MigdescModelCore *model = configs->diffing->model;

  if (!migdesc_diffing_wants (configs->diffing, MIGDESC_CODE_VALUE_NEVER_POSSIBLE,
                              MIGDESC_CATEGORY_NONE))
    return;
  for (guint32 i = 0; i < model->n_params; i++)
    if (is_constrained (&configs->space.search, i))
      lint_param (configs, i);
}

/* --- Constraints ------------------------------------------------------ */

static void
say_constraint (Configs *configs,
                const MigdescRule *rule,
                const char *code,
                const char *text)
{
  MigdescDiffing *diffing = configs->diffing;
  MigdescFindingCore *finding = migdesc_diffing_begin (diffing, code, MIGDESC_CATEGORY_NONE);
  GString *message;

  if (finding == NULL)
    return;
  migdesc_diffing_place (
      finding,
      migdesc_pointer_to_position (diffing->model_name, "constraints", rule->constraint), NULL);
  message = g_string_new (text);
  migdesc_constraint_core_quote (message, diffing->model,
                                 &diffing->model->constraints[rule->constraint]);
  migdesc_diffing_take (diffing, finding, message, NULL);
}

/* Besides the other constraints. One that does not bite is off from then on, so that of two equal
 * ones one is left. */
static MigdescSearchOutcome
find_bite (Configs *configs,
           MigdescRule *rule)
{
  MigdescSearchOutcome outcome;

  rule->side = 0;
  outcome = migdesc_search_find_breaking (&configs->space.search, rule, MIGDESC_CELL_ANY, NULL,
                                          NULL);
  return_to_init (configs);
  if (outcome != MIGDESC_SEARCH_NONE)
    rule->side = MIGDESC_SIDE_SOURCE;
  return outcome;
}

/* Whether a configuration meets the conditions, and so the consequences too */
static MigdescSearchOutcome
find_meeting (Configs *configs,
              const MigdescRule *rule)
{
  MigdescSearch *search = &configs->space.search;

  for (guint32 i = 0; i < rule->n_when; i++)
    migdesc_search_restrict_by_term (search, &rule->when[i], TRUE);
  return migdesc_search_run (search, NULL, NULL);
}

static MigdescSearchOutcome
lint_constraint (Configs *configs,
                 MigdescRule *rule)
{
  MigdescSearchOutcome outcome = find_bite (configs, rule);

  if (outcome == MIGDESC_SEARCH_NONE)
    say_constraint (configs, rule, MIGDESC_CODE_CONSTRAINT_NEVER_BITES, "never bites: ");
  if (outcome != MIGDESC_SEARCH_FOUND || rule->n_then == 0)
    return outcome;
  outcome = find_meeting (configs, rule);
  if (outcome == MIGDESC_SEARCH_NONE)
    say_constraint (configs, rule, MIGDESC_CODE_CONSTRAINT_NEVER_HOLDS,
                    "no configuration meets its conditions and what follows from them: ");
  return outcome;
}

static void
lint_constraints (Configs *configs)
{
  MigdescDiffing *diffing = configs->diffing;
  GArray *rules = configs->space.search.rules;

  for (guint i = 0; i < rules->len; i++)
    {
      MigdescRule *rule = &g_array_index (rules, MigdescRule, i);

      if (rule->side != MIGDESC_SIDE_SOURCE
          || lint_constraint (configs, rule) != MIGDESC_SEARCH_TOO_LONG)
        continue;
      /* there is nothing left to spend on those that follow */
      migdesc_diffing_give_up (
          diffing,
          migdesc_pointer_to_position (diffing->model_name, "constraints", rule->constraint),
          "whether the constraint, and those that follow, ever bite and hold");
      return;
    }
}

/* Values first: from then on constraints may be off. */
void
migdesc_lint_configs (MigdescDiffing *diffing)
{
  Configs configs = { .diffing = diffing };

  if (diffing->model->n_constraints == 0)
    return;
  migdesc_space_init (&configs.space, diffing->model, diffing->model, diffing->max_steps);
  migdesc_space_assign_init (&configs.space);
  configs.usual = g_memdup2 (configs.space.search.assignment,
                             (configs.space.n_variables + 1) * sizeof *configs.usual);
  migdesc_search_begin_at (&configs.space.search, MIGDESC_CELL_ANY, MIGDESC_SIDE_SOURCE);
  lint_params (&configs);
  lint_constraints (&configs);
  g_free (configs.usual);
  migdesc_space_clear (&configs.space);
}
