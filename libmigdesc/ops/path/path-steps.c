/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* From the nodes of a path to what has to be done. A search tries changes as they come; what turns
 * out not to be needed is taken back. */

#include "ops/path/path-search.h"

#include "model/report-private.h"
#include "ops/list.h"

/* How many attempts to take back a change may cost, in migrations tried */
#define MAX_TRIES 10000

typedef struct
{
  guint32 param;
  MigdescValue value;
} Change;

typedef struct
{
  guint32 from; /* classes */
  guint32 to;
  guint32 version;
  MigdescValue *values; /* as it arrives */
  MigdescValue *sent;
  GArray *changes; /* Change */
} Hop;

static void
hop_clear (gpointer data)
{
  g_clear_pointer (&((Hop *) data)->changes, g_array_unref);
}

static void
find_changes (const MigdescPathSearch *search,
              Hop *hop)
{
  const MigdescModelCore *model = migdesc_path_class (search, hop->from)->model;

  hop->changes = g_array_new (FALSE, FALSE, sizeof (Change));
  for (guint32 i = 0; i < model->n_params; i++)
    {
      Change change = { i, hop->sent[i] };

      if (!migdesc_value_equal ((MigdescValueType) model->params[i].type, hop->values[i],
                                hop->sent[i]))
        g_array_append_val (hop->changes, change);
    }
}

/* From the source to the node */
static GArray *
make_hops (const MigdescPathSearch *search,
           guint32 node)
{
  GArray *hops = g_array_new (FALSE, TRUE, sizeof (Hop));

  g_array_set_clear_func (hops, hop_clear);
  for (guint32 i = node; migdesc_path_node (search, i)->parent != MIGDESC_NOT_FOUND;
       i = migdesc_path_node (search, i)->parent)
    {
      const MigdescPathNode *there = migdesc_path_node (search, i);
      const MigdescPathNode *here = migdesc_path_node (search, there->parent);
      Hop hop = { .from = here->class, .to = there->class, .version = here->version,
                  .values = here->values, .sent = there->sent };

      find_changes (search, &hop);
      g_array_prepend_val (hops, hop);
    }
  return hops;
}

static void
apply (const MigdescPathSearch *search,
       Hop *hop)
{
  const MigdescModelCore *model = migdesc_path_class (search, hop->from)->model;

  hop->sent = migdesc_arena_alloc0 (search->arena, (model->n_params + 1) * sizeof *hop->sent);
  if (model->n_params > 0)
    memcpy (hop->sent, hop->values, model->n_params * sizeof *hop->sent);
  for (guint i = 0; i < hop->changes->len; i++)
    {
      const Change *change = &g_array_index (hop->changes, Change, i);

      hop->sent[change->param] = change->value;
    }
}

static gboolean
keeps_constraints (const MigdescModelCore *model,
                   const MigdescValue *values)
{
  for (guint32 i = 0; i < model->n_constraints; i++)
    if (!migdesc_constraint_core_holds (&model->constraints[i], values))
      return FALSE;
  return TRUE;
}

static MigdescPathDevice
device_of (const MigdescPathSearch *search,
           const Hop *hop,
           gboolean is_first)
{
  MigdescPathDevice device = { hop->from, hop->version, hop->sent, NULL };

  if (is_first && hop->changes->len == 0)
    device.given = search->list;
  return device;
}

/* Makes one step of a hop, and tells the next what arrives there. */
static gboolean
go (MigdescPathSearch *search,
    GArray *hops,
    guint position,
    MigdescPathMove *move)
{
  Hop *hop = &g_array_index (hops, Hop, position);
  MigdescPathDevice device;
  Hop *next;

  apply (search, hop);
  device = device_of (search, hop, position == 0);
  migdesc_path_try (search, &device, hop->to, move);
  if (!migdesc_path_passes (search, move->verdict)
      || !keeps_constraints (migdesc_path_class (search, hop->from)->model, hop->sent))
    return FALSE;
  if (position + 1 < hops->len)
    {
      next = &g_array_index (hops, Hop, position + 1);
      next->values = move->values;
      next->version = move->version;
    }
  return TRUE;
}

static gboolean
go_on_from (MigdescPathSearch *search,
            GArray *hops,
            guint position)
{
  gboolean passes = TRUE;

  for (guint i = position; passes && i < hops->len; i++)
    {
      MigdescPathMove move;

      passes = go (search, hops, i, &move);
      migdesc_path_move_clear (&move);
    }
  return passes;
}

/* Takes back each change that the rest of the path can do without. */
static void
take_back (MigdescPathSearch *search,
           GArray *hops)
{
  guint tries = 0;

  for (guint i = 0; i < hops->len; i++)
    {
      GArray *changes = g_array_index (hops, Hop, i).changes;

      for (guint c = changes->len; c > 0 && tries < MAX_TRIES; c--)
        {
          Change change = g_array_index (changes, Change, c - 1);

          g_array_remove_index (changes, c - 1);
          tries += hops->len - i;
          if (!go_on_from (search, hops, i))
            g_array_insert_val (changes, c - 1, change);
        }
      /* with what remains */
      go_on_from (search, hops, i);
    }
}

static MigdescParamList *
list_changes (const MigdescModelCore *model,
              const Hop *hop,
              gboolean before)
{
  guint n = hop->changes->len;
  g_autofree MigdescPair *pairs = g_new0 (MigdescPair, n + 1);
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);

  if (n == 0)
    return NULL;
  for (guint i = 0; i < n; i++)
    {
      const Change *change = &g_array_index (hop->changes, Change, i);
      const MigdescParamCore *param = &model->params[change->param];
      GString *text = g_string_new (NULL);

      migdesc_value_append_text (text, (MigdescValueType) param->type,
                                 before ? hop->values[change->param] : change->value);
      pairs[i].name = param->key.text;
      pairs[i].name_length = (guint32) param->key.length;
      pairs[i].value_length = (guint32) text->len;
      pairs[i].value = text->str;
      g_ptr_array_add (texts, g_string_free (text, FALSE));
    }
  return migdesc_param_list_new_from_pairs (model->key.text, model->key.length, NULL, 0, pairs, n);
}

static void
make_step (MigdescPathSearch *search,
           GArray *hops,
           guint position,
           GArray *steps)
{
  Hop *hop = &g_array_index (hops, Hop, position);
  const MigdescModelCore *model = migdesc_path_class (search, hop->from)->model;
  MigdescPathStep step = { .source = migdesc_path_class (search, hop->from)->host,
                           .destination = migdesc_path_class (search, hop->to)->host };
  MigdescPathDevice device;
  MigdescPathMove move;

  go (search, hops, position, &move);
  device = device_of (search, hop, position == 0);
  step.before = list_changes (model, hop, TRUE);
  step.changes = list_changes (model, hop, FALSE);
  step.list = g_steal_pointer (&move.list);
  step.report = migdesc_report_new ();
  migdesc_path_look (search, &device, hop->to, step.list, TRUE, step.report);
  g_array_append_val (steps, step);
}

void
migdesc_path_make_steps (MigdescPathSearch *search,
                         guint32 node,
                         GArray *steps)
{
  g_autoptr (GArray) hops = make_hops (search, node);

  /* The search is over, and this as long as the path. */
  search->steps = G_MAXUINT64;
  search->too_long = FALSE;
  take_back (search, hops);
  for (guint i = 0; i < hops->len; i++)
    make_step (search, hops, i, steps);
}
