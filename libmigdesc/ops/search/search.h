/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "model/core.h"

G_BEGIN_DECLS

/* A search for configurations that several sides take, each by its own constraints. The sides'
 * params of one name are one variable: either it is off at every side, or it has the same value at
 * all of them. Sets of values that no rule tells apart are one choice, so that nothing grows with
 * the width of a range.
 *
 * Variables that share no constraint are solved apart from each other (a component each). Choices
 * are tried in their order and variables in theirs, so that of a search that nothing narrows the
 * first solution is found, as in a dictionary. A search that is narrowed finds any. */

#define MIGDESC_SEARCH_UNSET G_MAXUINT32

typedef enum
{
  MIGDESC_SEARCH_FOUND,
  MIGDESC_SEARCH_NONE,
  MIGDESC_SEARCH_TOO_LONG
} MigdescSearchOutcome;

typedef struct
{
  MigdescValue value; /* one of the values, if not off */
  guint8 off;         /* every side's own off value */
  guint8 classes;     /* bits that the caller gives a meaning */
  guint8 enabled;
} MigdescChoice;

typedef struct
{
  MigdescChoice *choices; /* owned by the caller */
  guint32 n_choices;
  guint32 component;
} MigdescVariable;

typedef struct
{
  const MigdescSet *set;
  guint32 variable;
  guint32 cost;     /* of a look at the set */
  guint8 off_holds; /* whether the side's off value is in the set */
} MigdescTerm;

typedef struct
{
  const MigdescTerm *when;
  const MigdescTerm *then; /* none: the conditions must not hold together */
  guint32 n_when;
  guint32 n_then;
  guint32 constraint; /* its position in the side's model */
  guint8 side;        /* a bit */
} MigdescRule;

typedef struct _MigdescSearch MigdescSearch;
typedef struct _MigdescPropagation MigdescPropagation;
typedef gboolean (*MigdescSearchAccept) (MigdescSearch *search, gpointer data);

struct _MigdescSearch
{
  MigdescVariable *variables;
  guint32 n_variables;
  MigdescArena *arena;
  GArray *rules; /* MigdescRule */
  guint32 *assignment; /* a choice a variable */
  guint64 max_steps; /* configurations to be tried, in part or whole */
  guint64 steps;     /* left */
  guint64 work;      /* left, in looks at a value */
  gboolean starved;  /* there was a configuration to be tried, and no step left */

  /* private */
  guint32 *watcher_starts; /* the rules that name a variable */
  guint32 *watchers;
  guint32 *order; /* variables by component; each component's in document order */
  guint32 *document_order;
  guint32 *component_starts;
  guint32 n_components;
  guint32 *cursors;
  guint32 *saved;
  guint32 *touched; /* variables restricted just now */
  /* per variable, and per component after them: the run that it was last met in */
  guint32 *marks;
  guint32 n_touched;
  guint32 run;
  guint8 mask;
  guint8 sides;
  MigdescSearchOutcome base; /* what an unrestricted run finds */
  MigdescPropagation *propagation; /* NULL: solutions are wanted in order */
};

/* @variables are borrowed and have their choices. */
void migdesc_search_init (MigdescSearch *search,
                          MigdescVariable *variables,
                          guint32 n_variables,
                          guint64 max_steps);
/* Gives back all steps. */
void migdesc_search_refill (MigdescSearch *search);
void migdesc_search_clear (MigdescSearch *search);
/* @variable_of: the variable of each of the model's params */
void migdesc_search_add_side (MigdescSearch *search,
                              const MigdescModelCore *model,
                              const guint32 *variable_of,
                              guint8 side);
/* After the last side */
void migdesc_search_prepare (MigdescSearch *search);

/* Of the sides at hand; a search does that when it begins. */
void migdesc_search_find_components (MigdescSearch *search);

/* From now on choices with a class of @mask count, and the rules of @sides. Tells whether there is
 * any solution, which is the first of all in order. */
MigdescSearchOutcome migdesc_search_begin (MigdescSearch *search, guint8 mask, guint8 sides);

/* The same where a solution is known: it is in the assignment. What is sought next mostly is near
 * it, and where it is not, any will do: each choice rules out what it can at once. */
void migdesc_search_begin_at (MigdescSearch *search, guint8 mask, guint8 sides);

/* Narrow the next run. */
void migdesc_search_restrict_to_classes (MigdescSearch *search, guint32 variable, guint8 mask);
void migdesc_search_restrict_to_choice (MigdescSearch *search, guint32 variable, guint32 choice);
void migdesc_search_restrict_by_term (MigdescSearch *search,
                                      const MigdescTerm *term,
                                      gboolean holds);

/* Looks for a solution that @accept, if given, agrees to; then @assignment has it. Lifts what
 * narrowed the run. */
MigdescSearchOutcome migdesc_search_run (MigdescSearch *search,
                                         MigdescSearchAccept accept,
                                         gpointer data);

/* Looks for a solution that breaks a rule, which itself is of none of the sides at hand: all its
 * conditions hold, and a consequence does not. All its variables get choices of a class of
 * @mask. */
MigdescSearchOutcome migdesc_search_find_breaking (MigdescSearch *search,
                                                   const MigdescRule *rule,
                                                   guint8 mask,
                                                   MigdescSearchAccept accept,
                                                   gpointer data);

/* The descent of searches that take any solution: what a choice rules out elsewhere is crossed out
 * at once, and the variable with the fewest choices left comes next. Over the @n variables of a
 * component; those of others keep what they have. */
void migdesc_search_propagate_prepare (MigdescSearch *search);
MigdescSearchOutcome migdesc_search_propagate (MigdescSearch *search,
                                               const guint32 *order,
                                               guint32 n);

gboolean migdesc_term_holds (const MigdescTerm *term, const MigdescChoice *choice);
/* Whether the assignment breaks a rule */
gboolean migdesc_search_breaks (MigdescSearch *search, const MigdescRule *rule);
/* What a look at all values of a configuration costs, or at one of a set's */
guint64 migdesc_cost_of_values (const MigdescModelCore *model);
guint32 migdesc_cost_of_set (const MigdescSet *set);
/* FALSE: there is not so much left to spend. */
gboolean migdesc_search_spend (MigdescSearch *search, guint64 work);

static inline const MigdescChoice *
migdesc_search_choice (const MigdescSearch *search,
                       guint32 variable)
{
  return &search->variables[variable].choices[search->assignment[variable]];
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MigdescSearch, migdesc_search_clear)

G_END_DECLS
