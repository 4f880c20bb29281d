/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "state/plan/plan-build.h"
#include "state/table/scalar.h"

/* What must hold between the fields of a struct, for the version and configuration at hand. */

void
migdesc_plan_build_init (MigdescPlanBuild *build,
                         MigdescStatePlan *plan,
                         guint version,
                         MigdescParamLookup lookup,
                         gpointer lookup_data)
{
  *build = (MigdescPlanBuild) {
    .plan = plan,
    .version = version,
    .lookup = lookup,
    .lookup_data = lookup_data,
    .ops = g_array_new (FALSE, FALSE, sizeof (MigdescOp)),
    .steps = g_array_new (FALSE, FALSE, sizeof (MigdescStep)),
    .path = g_string_new (NULL),
    .checks = g_array_new (FALSE, FALSE, sizeof (MigdescChecks)),
    .section_names = g_ptr_array_new (),
  };
}

static gpointer
copy_into (MigdescArena *arena,
           gconstpointer data,
           gsize size)
{
  gpointer copy = migdesc_arena_alloc (arena, size);

  return size == 0 ? copy : memcpy (copy, data, size);
}

void
migdesc_plan_build_finish (MigdescPlanBuild *build)
{
  MigdescStatePlan *plan = build->plan;

  plan->n_ops = build->ops->len;
  plan->ops = copy_into (plan->arena, build->ops->data, build->ops->len * sizeof (MigdescOp));
  g_ptr_array_add (build->section_names, NULL);
  plan->section_names = copy_into (plan->arena, build->section_names->pdata,
                                   build->section_names->len * sizeof (gpointer));
}

void
migdesc_plan_build_clear (MigdescPlanBuild *build)
{
  g_array_unref (build->ops);
  g_array_unref (build->steps);
  g_array_unref (build->checks);
  g_ptr_array_unref (build->section_names);
  g_string_free (build->path, TRUE);
}

/* A field by name among those of the struct, then of the section at hand. */
static const MigdescField *
find_field (const MigdescPlanBuild *build,
            const MigdescField *fields,
            guint n_fields,
            guint version,
            const char *name)
{
  for (guint i = 0; i < n_fields; i++)
    if (fields[i].kind < MIGDESC_FIELD_CONSTANT && (fields[i].flags & MIGDESC_FIELD_GONE) == 0
        && strcmp (fields[i].name, name) == 0
        && migdesc_field_is_present (&fields[i], version, build->lookup, build->lookup_data))
      return &fields[i];
  return NULL;
}

typedef struct
{
  const MigdescPlanBuild *build;
  const MigdescStruct *table;
  const MigdescField *fields;
  guint n_fields;
  guint32 offset;
} Scope;

static const MigdescField *
find (const Scope *scope,
      const char *name)
{
  const MigdescPlanBuild *build = scope->build;
  const MigdescField *field
      = find_field (build, scope->fields, scope->n_fields, build->version, name);

  /* A section's rules may be about the body, which has the device's version. */
  if (field == NULL && scope->fields != scope->table->fields)
    field = find_field (build, scope->table->fields, scope->table->n_fields, build->plan->version,
                        name);
  return field;
}

static gboolean
get_param (const MigdescPlanBuild *build,
           const char *name,
           guint64 *value)
{
  const char *text = build->lookup == NULL ? NULL : build->lookup (build->lookup_data, name);

  return text != NULL && g_ascii_string_to_unsigned (text, 10, 0, G_MAXUINT64, value, NULL);
}

static gboolean
make_index_rule (const Scope *scope,
                 const MigdescField *field,
                 MigdescRule *rule)
{
  *rule = (MigdescRule) { .field = field, .left = field,
                          .left_offset = scope->offset + field->offset };
  rule->right = find (scope, field->other);
  rule->right_offset = scope->offset;
  if (rule->right == NULL)
    return FALSE;
  /* What is no number has failed when the array was compiled. */
  if (rule->right->counting == MIGDESC_COUNT_PARAM)
    get_param (scope->build, rule->right->other, &rule->value);
  return TRUE;
}

static gboolean
make_relation_rule (const Scope *scope,
                    const MigdescField *field,
                    MigdescRule *rule)
{
  *rule = (MigdescRule) { .field = field, .relation = field->relation };
  rule->left = find (scope, field->name);
  if (rule->left == NULL)
    return FALSE;
  rule->left_offset = scope->offset + rule->left->offset; /* a schema's relation has no offset */
  if (field->counting == MIGDESC_COUNT_FIXED) /* of an effective schema: the parameter's value */
    {
      rule->value = field->max;
      return TRUE;
    }
  if (field->counting != MIGDESC_COUNT_PARAM)
    {
      rule->right = find (scope, field->other);
      if (rule->right != NULL)
        rule->right_offset = scope->offset + rule->right->offset;
      return rule->right != NULL;
    }

  /* Without the parameter, or where it is no number, there is nothing to compare with. */
  return get_param (scope->build, field->other, &rule->value);
}

static gboolean
make_rule (const Scope *scope,
           const MigdescField *field,
           MigdescRule *rule)
{
  const MigdescPlanBuild *build = scope->build;

  if (field->kind != MIGDESC_FIELD_INDEX && field->kind != MIGDESC_FIELD_RELATION)
    return FALSE;
  if (!migdesc_field_is_present (field, build->version, build->lookup, build->lookup_data))
    return FALSE;
  return field->kind == MIGDESC_FIELD_INDEX ? make_index_rule (scope, field, rule)
                                            : make_relation_rule (scope, field, rule);
}

void
migdesc_plan_build_add_checks (MigdescPlanBuild *build,
                               const MigdescStruct *table,
                               const MigdescField *fields,
                               guint n_fields,
                               gboolean call,
                               guint32 offset)
{
  g_autoptr (GArray) rules = g_array_new (FALSE, FALSE, sizeof (MigdescRule));
  const Scope scope = { build, table, fields, n_fields, offset };
  MigdescArena *arena = build->plan->arena;
  MigdescChecks checks = { .offset = offset, .table = call ? table : NULL };

  for (guint i = 0; i < n_fields; i++)
    {
      MigdescRule rule;

      if (make_rule (&scope, &fields[i], &rule))
        g_array_append_val (rules, rule);
    }
  if (rules->len == 0 && !call)
    return;
  checks.n_rules = rules->len;
  checks.rules = copy_into (arena, rules->data, rules->len * sizeof (MigdescRule));
  checks.path = migdesc_arena_dup (arena, build->path->str, build->path->len);
  g_array_append_val (build->checks, checks);
}

const MigdescChecks *
migdesc_plan_build_take_checks (MigdescPlanBuild *build)
{
  const MigdescChecks *checks = copy_into (build->plan->arena, build->checks->data,
                                           build->checks->len * sizeof (MigdescChecks));

  g_array_set_size (build->checks, 0);
  return checks;
}
