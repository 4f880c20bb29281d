/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* From one class of hosts to another, by whatever changes that can be made before */

#include "ops/path/path-search.h"

#include <string.h>

#include "model/codes.h"
#include "model/report-private.h"
#include "ops/list.h"

/* A param that may be changed, and to what that the other side takes */
typedef struct
{
  guint32 param;
  GArray *options; /* MigdescValue */
  guint at;
  gboolean sticks; /* it can't be changed back there, so that each value is another device */
} Choice;

typedef struct
{
  MigdescPathSearch *search;
  guint32 node;
  guint32 class;
  const MigdescModelCore *from;
  const MigdescModelCore *to;
  MigdescValue *values; /* to be sent */
  Choice *choices;
  guint32 n_choices;
  gboolean any;
  gboolean found; /* the device was sent as it is */
  MigdescPathArrive arrive;
} Edge;

MigdescPathDevice
migdesc_path_device (const MigdescPathSearch *search,
                     guint32 node,
                     const MigdescValue *values)
{
  const MigdescPathNode *at = migdesc_path_node (search, node);
  MigdescPathDevice device = { at->class, at->version, values != NULL ? values : at->values, NULL };
  const MigdescModelCore *model = migdesc_path_class (search, at->class)->model;

  if (at->parent == MIGDESC_NOT_FOUND
      && migdesc_model_core_values_equal (model, device.values, at->values))
    device.given = search->list;
  return device;
}

static gboolean
send (Edge *edge)
{
  MigdescPathSearch *search = edge->search;
  MigdescPathDevice device = migdesc_path_device (search, edge->node, edge->values);
  MigdescPathMove move;
  gboolean passes;

  migdesc_path_try (search, &device, edge->class, &move);
  passes = migdesc_path_passes (search, move.verdict);
  if (passes)
    edge->arrive (search, edge->node, edge->class, edge->values, &move);
  migdesc_path_move_clear (&move);
  return passes;
}

/* --- What may be changed to what -------------------------------------- */

/* That it may be refused is as good as a refusal, the first time round. */
static gboolean
refuses_param (MigdescPathSearch *search,
               const MigdescFindingCore *finding)
{
  if (finding->severity == MIGDESC_SEVERITY_BLOCKER)
    return TRUE;
  if (search->lenient || strcmp (finding->code, MIGDESC_CODE_VALUE_UNDECIDED) != 0)
    return FALSE;
  search->met_unsure = TRUE;
  return TRUE;
}

/* Whether the value by itself gets there: taken, and off there if and only if it is off here. This
 * is what a check says of the param, for all values of it at the price of one check. */
static gboolean
is_taken (Edge *edge,
          guint32 param,
          guint32 there,
          MigdescValue value)
{
  const MigdescParamCore *here = &edge->from->params[param];
  gboolean off = migdesc_param_is_off (here, value);
  const MigdescParamCore *other;

  if (there == MIGDESC_NOT_FOUND)
    return off;
  other = &edge->to->params[there];
  if (other->type != here->type || !migdesc_param_core_accepts (other, value)
      || migdesc_param_is_off (other, value) != off)
    return FALSE;
  if (edge->search->lenient || migdesc_path_is_known (edge->to, there, value))
    return TRUE;
  edge->search->met_unsure = TRUE;
  return FALSE;
}

/* The options that remain, of all that the source allows, the nearest first */
static void
choose_options (Edge *edge,
                Choice *choice,
                guint32 there)
{
  const MigdescPathClass *class
      = migdesc_path_class (edge->search, migdesc_path_node (edge->search, edge->node)->class);
  g_autoptr (GArray) all = g_array_new (FALSE, FALSE, sizeof (MigdescValue));

  g_array_append_val (all, edge->values[choice->param]);
  migdesc_path_append_options (edge->search, class, choice->param, edge->values[choice->param],
                               all);
  choice->options = g_array_new (FALSE, FALSE, sizeof (MigdescValue));
  migdesc_path_spend (edge->search, 1 + all->len / 16);
  for (guint i = 0; i < all->len; i++)
    {
      MigdescValue value = g_array_index (all, MigdescValue, i);

      if (is_taken (edge, choice->param, there, value))
        g_array_append_val (choice->options, value);
    }
}

static gboolean
is_in_constraint (const MigdescModelCore *model,
                  guint32 param)
{
  for (guint32 i = 0; i < model->n_constraints; i++)
    {
      const MigdescConstraintCore *constraint = &model->constraints[i];

      for (guint32 c = 0; c < constraint->n_when; c++)
        if (constraint->when[c].param == param)
          return TRUE;
      for (guint32 c = 0; c < constraint->n_then; c++)
        if (constraint->then[c].param == param)
          return TRUE;
    }
  return FALSE;
}

static gboolean
looks_at_versions (const MigdescModelCore *model)
{
  return model->any_unloadable || model->any_unmigratable;
}

/* Whether there are rules about the param together with others */
static gboolean
is_entangled (const Edge *edge,
              guint32 param,
              guint32 there)
{
  return looks_at_versions (edge->from) || looks_at_versions (edge->to)
         || is_in_constraint (edge->from, param)
         || (there != MIGDESC_NOT_FOUND && is_in_constraint (edge->to, there));
}

static void
init_choice (Edge *edge,
             Choice *choice,
             guint32 param)
{
  const MigdescName *name = &edge->from->params[param].key;
  guint32 there = migdesc_model_core_find_param (edge->to, name->text, name->length);

  choice->param = param;
  choice->sticks = !edge->any && there != MIGDESC_NOT_FOUND
                   && !edge->to->params[there].runtime;
  choose_options (edge, choice, there);
  /* Then the first that is taken will do. */
  if (choice->options->len > 1 && !choice->sticks && !is_entangled (edge, param, there))
    g_array_set_size (choice->options, 1);
}

static void
init_choices (Edge *edge)
{
  const MigdescPathClass *class
      = migdesc_path_class (edge->search, migdesc_path_node (edge->search, edge->node)->class);

  edge->choices = g_new0 (Choice, class->n_runtime + 1);
  for (guint32 i = 0; i < class->n_runtime; i++)
    init_choice (edge, &edge->choices[edge->n_choices++], class->runtime[i]);
}

/* Whether no change of params that can be changed makes the device one that is taken */
static gboolean
is_hopeless (Edge *edge)
{
  MigdescPathDevice device = migdesc_path_device (edge->search, edge->node, edge->values);
  g_autoptr (MigdescReport) report = migdesc_report_new ();

  if (edge->to == NULL || edge->from->support == MIGDESC_SUPPORT_NONE
      || edge->to->support == MIGDESC_SUPPORT_NONE
      || migdesc_path_schemas_refuse (edge->search, device.class, edge->class)
      || !migdesc_path_look (edge->search, &device, edge->class, NULL, FALSE, report))
    return TRUE;
  for (guint i = 0; i < migdesc_report_get_n_findings (report); i++)
    {
      const MigdescFindingCore *finding = migdesc_report_peek (report, i);
      guint32 param;

      if (finding->param == NULL || !refuses_param (edge->search, finding))
        continue;
      param = migdesc_model_core_find_param (edge->from, finding->param, strlen (finding->param));
      if (param == MIGDESC_NOT_FOUND || !edge->from->params[param].runtime)
        return TRUE;
    }
  return FALSE;
}

/* --- All combinations ------------------------------------------------- */

static void
put (Edge *edge,
     const Choice *choice)
{
  edge->values[choice->param] = g_array_index (choice->options, MigdescValue, choice->at);
}

/* FALSE: all have had their turn, and it begins anew. */
static gboolean
turn (Edge *edge,
      gboolean sticky)
{
  for (guint32 i = edge->n_choices; i > 0; i--)
    {
      Choice *choice = &edge->choices[i - 1];

      if (choice->sticks != sticky)
        continue;
      choice->at = choice->at + 1 < choice->options->len ? choice->at + 1 : 0;
      put (edge, choice);
      if (choice->at > 0)
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_changed (const Edge *edge,
            gboolean sticky)
{
  const MigdescValue *values = migdesc_path_node (edge->search, edge->node)->values;

  for (guint32 i = 0; i < edge->n_choices; i++)
    {
      guint32 param = edge->choices[i].param;

      if (edge->choices[i].sticks == sticky
          && !migdesc_value_equal ((MigdescValueType) edge->from->params[param].type,
                                   values[param], edge->values[param]))
        return TRUE;
    }
  return FALSE;
}

static gboolean
constraints_hold (const Edge *edge)
{
  for (guint32 i = 0; i < edge->from->n_constraints; i++)
    if (!migdesc_constraint_core_holds (&edge->from->constraints[i], edge->values))
      return FALSE;
  return TRUE;
}

/* One of the ways to choose what can be changed again over there will do. */
static gboolean
send_any (Edge *edge)
{
  gboolean sent = FALSE;
  gboolean more = TRUE;

  for (; more && !sent && migdesc_path_spend (edge->search, 1);
       more = turn (edge, FALSE))
    sent = constraints_hold (edge) && send (edge);
  /* from the beginning with the next */
  for (guint32 i = 0; i < edge->n_choices; i++)
    if (!edge->choices[i].sticks)
      {
        edge->choices[i].at = 0;
        put (edge, &edge->choices[i]);
      }
  return sent;
}

static gboolean
send_all (Edge *edge)
{
  gboolean found = FALSE;
  gboolean more = TRUE;

  for (guint32 i = 0; i < edge->n_choices; i++)
    if (edge->choices[i].options->len == 0)
      return FALSE;
  for (guint32 i = 0; i < edge->n_choices; i++)
    put (edge, &edge->choices[i]);
  for (; more && !edge->search->too_long && !(edge->any && found); more = turn (edge, TRUE))
    {
      /* that it can be sent as it is was found before */
      if (edge->found && !is_changed (edge, TRUE))
        continue;
      found |= send_any (edge);
    }
  return found;
}

/* --- The edge --------------------------------------------------------- */

static guint
count_blockers (const MigdescReport *report)
{
  guint n = 0;

  for (guint i = 0; i < migdesc_report_get_n_findings (report); i++)
    n += migdesc_report_peek (report, i)->severity == MIGDESC_SEVERITY_BLOCKER;
  return n;
}

/* How near this came to the destination, with all changes that help */
static void
note_attempt (Edge *edge)
{
  MigdescPathSearch *search = edge->search;
  const MigdescPathNode *node = migdesc_path_node (search, edge->node);
  g_autoptr (MigdescReport) report = migdesc_report_new ();
  MigdescPathDevice device;
  guint n_blockers;

  memcpy (edge->values, node->values, edge->from->n_params * sizeof *edge->values);
  for (guint32 i = 0; i < edge->n_choices; i++)
    if (edge->choices[i].options->len > 0)
      {
        edge->choices[i].at = 0;
        put (edge, &edge->choices[i]);
      }
  if (!constraints_hold (edge))
    memcpy (edge->values, node->values, edge->from->n_params * sizeof *edge->values);
  device = migdesc_path_device (search, edge->node, edge->values);
  migdesc_path_look (search, &device, edge->class, NULL, TRUE, report);
  n_blockers = count_blockers (report);
  if (search->nearest != MIGDESC_NOT_FOUND && n_blockers >= search->nearest_blockers)
    return;
  search->nearest = edge->node;
  search->nearest_blockers = n_blockers;
  search->nearest_sent = edge->values;
}

void
migdesc_path_cross (MigdescPathSearch *search,
                    guint32 node,
                    guint32 class,
                    gboolean any,
                    MigdescPathArrive arrive)
{
  const MigdescPathNode *at = migdesc_path_node (search, node);
  const MigdescPathClass *here = migdesc_path_class (search, at->class);
  gsize size = (here->model->n_params + 1) * sizeof (MigdescValue);
  Edge edge = { .search = search, .node = node, .class = class, .from = here->model,
                .to = migdesc_path_class (search, class)->model, .any = any, .arrive = arrive };
  gboolean found;

  edge.values = migdesc_arena_alloc0 (search->arena, size);
  memcpy (edge.values, at->values, here->model->n_params * sizeof *edge.values);
  found = edge.found = send (&edge);
  if (!(found && any) && here->n_runtime > 0 && edge.to != NULL && !search->too_long)
    {
      gboolean hopeless = is_hopeless (&edge);

      if (!hopeless || class == search->destination)
        init_choices (&edge);
      if (!hopeless)
        found |= send_all (&edge);
    }
  if (!found && class == search->destination && !search->too_long)
    note_attempt (&edge);
  for (guint32 i = 0; i < edge.n_choices; i++)
    g_array_unref (edge.choices[i].options);
  g_free (edge.choices);
}
