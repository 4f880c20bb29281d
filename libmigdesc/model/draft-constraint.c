/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <string.h>

#include "base/quote.h"
#include "model/draft-private.h"

static const char *const part_names[] = { "if", "then", "forbid" };

/* The steps to the current constraint, a part of it, and a param there; the last two may be
 * NULL. */
static const char *const *
make_path (MigdescDraftPath *path,
           const MigdescDraft *draft,
           const char *part,
           const char *param)
{
  return migdesc_draft_path (path, "constraints", draft->constraints.n - 1, part, param);
}

MigdescConstraintCore *
migdesc_draft_begin_constraint (MigdescDraft *draft,
                                MigdescPlace place)
{
  MigdescConstraintCore *constraint = migdesc_records_add (&draft->constraints);

  migdesc_draft_seal_params (draft);

  memset (constraint, 0, sizeof *constraint);
  migdesc_draft_add_place (&draft->constraint_places, place);
  draft->when.n = 0;
  draft->then.n = 0;
  draft->parts_begun = 0;
  draft->parts_filled = 0;
  draft->is_broken = FALSE;
  draft->stamp++;
  return constraint;
}

static guint8
part_bit (MigdescConstraintPart part)
{
  return (guint8) (1u << part);
}

void
migdesc_draft_begin_part (MigdescDraft *draft,
                          MigdescConstraintPart part,
                          MigdescPlace place)
{
  draft->part = part;
  draft->parts_begun |= part_bit (part);
  draft->part_places[part] = migdesc_place_pack (place);
}

static void
report_unknown (MigdescDraft *draft,
                MigdescSlice name,
                MigdescPlace place)
{
  g_autofree char *step = NULL;
  MigdescDraftPath path;

  if (migdesc_draft_omits (draft, MIGDESC_ERROR_CONSTRAINT_PARAM_UNKNOWN))
    return;
  step = g_strndup (name.text, name.length);
  migdesc_draft_report_name (draft, MIGDESC_ERROR_CONSTRAINT_PARAM_UNKNOWN, place,
                             make_path (&path, draft, part_names[draft->part], step), name,
                             "in a constraint is not a param of the model");
}

guint32
migdesc_draft_find_condition (MigdescDraft *draft,
                              MigdescSlice name,
                              guint32 hint,
                              MigdescPlace place)
{
  guint32 param = migdesc_draft_find_param (draft, name, hint);

  if (G_UNLIKELY (param == MIGDESC_NOT_FOUND))
    {
      migdesc_draft_break_constraint (draft);
      report_unknown (draft, name, place);
    }
  return param;
}

/* Why the set cannot be tested against the param's values; or too much of it. */
static void
report_condition (MigdescDraft *draft,
                  const MigdescParamCore *param,
                  const MigdescSet *set,
                  MigdescPlace place)
{
  MigdescSlice name = { param->key.text, param->key.length };
  g_autofree char *what = NULL;
  MigdescDraftPath path;

  make_path (&path, draft, part_names[draft->part], param->name);
  if (set->type != param->type)
    {
      what = g_strdup_printf ("in a constraint has values of type %s, not %s",
                              migdesc_value_type_to_string ((MigdescValueType) set->type),
                              migdesc_value_type_to_string ((MigdescValueType) param->type));
      migdesc_draft_report_name (draft, MIGDESC_ERROR_VALUE_TYPE, place, path.steps, name, what);
    }
  else if (migdesc_set_is_empty (set))
    migdesc_draft_report_name (draft, MIGDESC_ERROR_CONSTRAINT_EMPTY, place, path.steps, name,
                               "in a constraint has no value");
  else
    migdesc_draft_report_limit (draft, MIGDESC_LIMIT_RANGES, draft->ranges_limit, place,
                                path.steps);
}

gboolean
migdesc_draft_add_condition (MigdescDraft *draft,
                             MigdescConstraintPart part,
                             guint32 param,
                             const MigdescSet *set,
                             MigdescPlace place)
{
  guint32 *stamp = &migdesc_draft_side (draft, param)->part_stamps[part];
  const MigdescParamCore *core;
  MigdescCondition *condition;

  draft->parts_filled |= part_bit (part);
  if (*stamp == draft->stamp)
    return FALSE;
  *stamp = draft->stamp;

  if (G_UNLIKELY (migdesc_draft_param_is_broken (draft, param)))
    {
      migdesc_draft_break_constraint (draft);
      return TRUE;
    }
  core = migdesc_draft_param (draft, param);
  if (G_UNLIKELY (set->type != core->type || migdesc_set_is_empty (set)
                  || set->n > draft->ranges_limit))
    {
      migdesc_draft_break_constraint (draft);
      report_condition (draft, core, set, place);
      return TRUE;
    }
  condition = migdesc_records_add (part == MIGDESC_PART_THEN ? &draft->then : &draft->when);
  condition->param = param;
  condition->set = *set;
  return TRUE;
}

void
migdesc_draft_break_constraint (MigdescDraft *draft)
{
  draft->parts_filled |= part_bit (draft->part);
  draft->is_broken = TRUE;
}

static void
report_empty_parts (MigdescDraft *draft,
                    guint8 empty)
{
  MigdescDraftPath path;

  for (guint part = 0; part < G_N_ELEMENTS (part_names); part++)
    if ((empty & part_bit (part)) != 0)
      migdesc_draft_report (draft, MIGDESC_ERROR_CONSTRAINT_EMPTY,
                            migdesc_place_unpack (draft->part_places[part]),
                            make_path (&path, draft, part_names[part], NULL),
                            "\"%s\" of a constraint names no param", part_names[part]);
}

static void
report_form (MigdescDraft *draft)
{
  MigdescDraftPath path;

  migdesc_draft_report (
      draft, MIGDESC_ERROR_CONSTRAINT_FORM,
      migdesc_draft_get_place (&draft->constraint_places, draft->constraints.n - 1),
      make_path (&path, draft, NULL, NULL),
      "a constraint has \"if\" and \"then\", or else \"forbid\"");
}

static void
check_parts (MigdescDraft *draft)
{
  static const guint8 implication = 1u << MIGDESC_PART_IF | 1u << MIGDESC_PART_THEN;
  static const guint8 prohibition = 1u << MIGDESC_PART_FORBID;
  guint8 empty = draft->parts_begun & (guint8) ~draft->parts_filled;

  if (G_UNLIKELY (empty != 0))
    {
      draft->is_broken = TRUE;
      report_empty_parts (draft, empty);
    }
  if (G_UNLIKELY (draft->parts_begun != implication && draft->parts_begun != prohibition))
    {
      draft->is_broken = TRUE;
      report_form (draft);
    }
}

void
migdesc_draft_end_constraint (MigdescDraft *draft)
{
  MigdescConstraintCore *constraint = migdesc_records_last (&draft->constraints);

  check_parts (draft);
  if (draft->is_broken)
    *(guint32 *) migdesc_records_add (&draft->broken_constraints) = draft->constraints.n - 1;

  constraint->forbid = (draft->parts_begun & part_bit (MIGDESC_PART_FORBID)) != 0;
  constraint->n_when = draft->when.n;
  constraint->n_then = draft->then.n;
  constraint->when = migdesc_records_finish (&draft->when, draft->arena, &draft->store->blocks);
  constraint->then = migdesc_records_finish (&draft->then, draft->arena, &draft->store->blocks);
}
