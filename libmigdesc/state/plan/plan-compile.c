/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "state/plan/plan-compile.h"

#include <migdesc/migdesc-error.h>

#include "base/quote.h"
#include "state/plan/plan-build.h"
#include "state/table/scalar.h"

/* From a table to steps. What can be a run is collected until something comes that cannot. */

static gboolean
is_present (const MigdescPlanBuild *build,
            const MigdescField *field)
{
  return migdesc_field_is_present (field, build->version, build->lookup, build->lookup_data);
}

/* Bytes of a field that can be part of a run; 0 for one that cannot. */
static gsize
get_run_size (const MigdescPlanBuild *build,
              const MigdescField *field)
{
  gsize size = 0;

  if (field->kind == MIGDESC_FIELD_STRUCT)
    {
      if (field->counting != MIGDESC_COUNT_ONE || field->storage != MIGDESC_STORAGE_INLINE)
        return 0;
      return migdesc_plan_build_get_flat_size (build, field->type);
    }
  if (field->kind == MIGDESC_FIELD_CONSTANT || (field->flags & MIGDESC_FIELD_GONE) != 0)
    size = migdesc_field_wire_width (field);
  else if (field->kind == MIGDESC_FIELD_UNUSED)
    size = field->capacity;
  else if (field->counting <= MIGDESC_COUNT_FIXED && field->storage == MIGDESC_STORAGE_INLINE
           && (field->kind <= MIGDESC_FIELD_BYTES))
    size = (gsize) field->capacity * migdesc_field_wire_width (field);
  return size <= MIGDESC_RUN_FIELD_MAX ? size : 0;
}

gsize
migdesc_plan_build_get_flat_size (const MigdescPlanBuild *build,
                                  const MigdescStruct *table)
{
  gsize total = 0;

  for (guint i = 0; i < table->n_fields; i++)
    {
      const MigdescField *field = &table->fields[i];
      gsize size;

      if (field->kind == MIGDESC_FIELD_RELATION || !is_present (build, field))
        continue;
      size = get_run_size (build, field);
      if (size == 0)
        return 0;
      total += size;
      if (total > MIGDESC_RUN_STRUCT_MAX)
        return 0;
    }
  return total;
}

static MigdescOp *
append_op (MigdescPlanBuild *build,
           MigdescOpCode code,
           const MigdescField *field,
           guint32 offset)
{
  MigdescOp op = { .code = (guint8) code, .field = field, .offset = offset };

  g_array_append_val (build->ops, op);
  return &g_array_index (build->ops, MigdescOp, build->ops->len - 1);
}

static void
flush_run (MigdescPlanBuild *build)
{
  MigdescOp *op;

  if (build->steps->len == 0)
    return;
  op = append_op (build, MIGDESC_OP_RUN, NULL, 0);
  op->run = migdesc_plan_build_run (build);
}

/* The rules of structs that have been written by now. */
static void
flush_checks (MigdescPlanBuild *build)
{
  MigdescOp *op;

  if (build->checks->len == 0)
    return;
  flush_run (build);
  op = append_op (build, MIGDESC_OP_CHECK, NULL, 0);
  op->n_checks = build->checks->len;
  op->checks = migdesc_plan_build_take_checks (build);
}

/* Nothing that waits may land behind an op with a base of its own. */
static void
flush_all (MigdescPlanBuild *build)
{
  flush_checks (build);
  flush_run (build);
}

static gboolean compile_fields (MigdescPlanBuild *build,
                                const MigdescField *fields,
                                guint n_fields,
                                guint32 offset,
                                GError **error);

static gboolean
compile_table (MigdescPlanBuild *build,
               const MigdescStruct *table,
               guint32 offset,
               GError **error)
{
  if (!compile_fields (build, table->fields, table->n_fields, offset, error))
    return FALSE;
  migdesc_plan_build_add_checks (build, table, table->fields, table->n_fields, table->check != NULL,
                                 offset);
  return TRUE;
}

/* A struct whose fields are all of a fixed size becomes part of the run at hand. */
static gboolean
compile_flat (MigdescPlanBuild *build,
              const MigdescField *field,
              guint32 offset,
              GError **error)
{
  gsize length = build->path->len;
  gboolean done;

  migdesc_plan_build_add_step (build, MIGDESC_STEP_BEGIN, field, offset);
  g_string_append_printf (build->path, "%s.", field->name);
  done = compile_table (build, field->type, offset, error);
  g_string_truncate (build->path, length);
  migdesc_plan_build_add_step (build, MIGDESC_STEP_END, field, offset);
  return done;
}

/* A struct, each element of an array, or what a pointer points to: the ops between have a base of
 * their own. */
static gboolean
compile_block (MigdescPlanBuild *build,
               MigdescOpCode code,
               const MigdescField *field,
               guint32 offset,
               GError **error)
{
  guint begin;
  MigdescOp *op;

  flush_all (build);
  begin = build->ops->len;
  append_op (build, code, field, offset);
  if (!compile_table (build, field->type, 0, error))
    return FALSE;
  flush_all (build);
  op = append_op (build, MIGDESC_OP_END, field, offset);
  op->to = begin;
  g_array_index (build->ops, MigdescOp, begin).to = build->ops->len - 1;
  return TRUE;
}

/* A count that the configuration gives. */
static gboolean
get_param_count (const MigdescPlanBuild *build,
                 const MigdescField *field,
                 guint32 *count,
                 GError **error)
{
  const char *text
      = build->lookup == NULL ? NULL : build->lookup (build->lookup_data, field->other);
  g_autofree char *shown = NULL;
  guint64 value;

  if (text == NULL)
    {
      g_set_error (error, MIGDESC_ERROR, MIGDESC_ERROR_STATE_CONFIG,
                   "%s: its count is the parameter \"%s\", which the configuration does not have",
                   field->name, field->other);
      return FALSE;
    }
  if (g_ascii_string_to_unsigned (text, 10, 0, field->capacity, &value, NULL))
    {
      *count = (guint32) value;
      return TRUE;
    }
  shown = migdesc_quote (text, -1);
  g_set_error (error, MIGDESC_ERROR, MIGDESC_ERROR_STATE_CONFIG,
               "%s: its count is the parameter \"%s\", and %s is not a number from 0 to %u",
               field->name, field->other, shown, field->capacity);
  return FALSE;
}

static gboolean
set_count (MigdescPlanBuild *build,
           MigdescOp *op,
           GError **error)
{
  const MigdescField *field = op->field;

  if (field->counting != MIGDESC_COUNT_OWNED)
    op->flags |= MIGDESC_CONTAINER_COUNT_KNOWN;
  if (field->counting == MIGDESC_COUNT_FIXED)
    op->count = field->capacity;
  if (field->counting == MIGDESC_COUNT_PARAM)
    return get_param_count (build, field, &op->count, error);
  return TRUE;
}

static gboolean
compile_rows (MigdescPlanBuild *build,
              const MigdescField *field,
              guint32 offset,
              GError **error)
{
  /* The element's run is built apart from the one at hand, so that is closed first. */
  flush_all (build);
  if (!compile_table (build, field->type, 0, error))
    return FALSE;

  MigdescOp *op = append_op (build, MIGDESC_OP_ROWS, field, offset);
  op->run = migdesc_plan_build_run (build);
  op->n_checks = build->checks->len;
  op->checks = migdesc_plan_build_take_checks (build);
  return set_count (build, op, error);
}

static gboolean
compile_structs (MigdescPlanBuild *build,
                 const MigdescField *field,
                 guint32 offset,
                 GError **error)
{
  gboolean in_line = field->storage == MIGDESC_STORAGE_INLINE;
  gsize size = migdesc_plan_build_get_flat_size (build, field->type);
  guint begin;

  if (field->counting == MIGDESC_COUNT_ONE && in_line)
    return size > 0 ? compile_flat (build, field, offset, error)
                    : compile_block (build, MIGDESC_OP_STRUCT, field, offset, error);
  if (field->counting == MIGDESC_COUNT_ONE)
    return compile_block (build, MIGDESC_OP_POINTER, field, offset, error);
  if (size > 0 && (in_line || field->storage == MIGDESC_STORAGE_ALLOCATED))
    return compile_rows (build, field, offset, error);

  flush_all (build);
  begin = build->ops->len;
  if (!compile_block (build, MIGDESC_OP_LOOP, field, offset, error))
    return FALSE;
  return set_count (build, &g_array_index (build->ops, MigdescOp, begin), error);
}

/* What is no struct and no part of a run. */
static gboolean
compile_array (MigdescPlanBuild *build,
               const MigdescField *field,
               guint32 offset,
               GError **error)
{
  MigdescOpCode code = MIGDESC_OP_ITEMS;

  if (field->kind == MIGDESC_FIELD_BYTES)
    code = MIGDESC_OP_BYTES;
  else if (field->kind == MIGDESC_FIELD_BITMAP)
    code = MIGDESC_OP_BITMAP;
  else if (field->kind == MIGDESC_FIELD_STRING)
    code = MIGDESC_OP_STRING;
  flush_run (build);
  return set_count (build, append_op (build, code, field, offset), error);
}

static gboolean
compile_field (MigdescPlanBuild *build,
               const MigdescField *field,
               guint32 base,
               GError **error)
{
  guint32 offset = base + field->offset;
  gsize size = get_run_size (build, field);

  if (build->run_size + size > MIGDESC_RUN_MAX && build->nested == 0)
    flush_run (build);
  if (field->kind == MIGDESC_FIELD_STRUCT)
    return compile_structs (build, field, offset, error);
  if (size == 0)
    return compile_array (build, field, offset, error);
  migdesc_plan_build_add_step (build, MIGDESC_STEP_FIELD, field, offset);
  return TRUE;
}

static gboolean
compile_fields (MigdescPlanBuild *build,
                const MigdescField *fields,
                guint n_fields,
                guint32 offset,
                GError **error)
{
  for (guint i = 0; i < n_fields; i++)
    {
      const MigdescField *field = &fields[i];

      if (field->kind == MIGDESC_FIELD_RELATION || field->kind == MIGDESC_FIELD_SECTION)
        continue;
      if (is_present (build, field))
        {
          if (!compile_field (build, field, offset, error))
            return FALSE;
        }
      else if ((field->more_flags & MIGDESC_FIELD_REQUIRED) != 0 && build->plan->lacking == NULL)
        build->plan->lacking = field->name;
    }
  return TRUE;
}

/* The fields of a section for one of its versions. */
static gboolean
compile_section_version (MigdescPlanBuild *build,
                         const MigdescField *section,
                         guint version,
                         guint begin,
                         GError **error)
{
  guint outer = build->version;
  gboolean done;

  build->version = version;
  done = compile_fields (build, section->fields, section->n_fields, 0, error);
  migdesc_plan_build_add_checks (build, build->plan->table, section->fields, section->n_fields,
                                 FALSE, 0);
  build->version = outer;
  if (!done)
    return FALSE;
  flush_all (build);
  append_op (build, MIGDESC_OP_END, section, 0)->to = begin;
  return TRUE;
}

static gboolean
compile_section (MigdescPlanBuild *build,
                 const MigdescField *section,
                 GError **error)
{
  guint n_versions = section->version - section->minimum + 1;
  guint32 *starts = migdesc_arena_alloc (build->plan->arena, n_versions * sizeof *starts);
  guint begin = build->ops->len;
  MigdescOp *op = append_op (build, MIGDESC_OP_SECTION, section, 0);

  op->versions = starts;
  if ((section->section_flags & MIGDESC_FIELD_DROPPABLE) != 0)
    op->flags |= MIGDESC_CONTAINER_DROPPABLE;
  if (section->needed_name != NULL)
    op->flags |= MIGDESC_CONTAINER_OPTIONAL;
  for (guint i = 0; i < n_versions; i++)
    {
      starts[i] = build->ops->len;
      if (!compile_section_version (build, section, section->minimum + i, begin, error))
        return FALSE;
    }
  g_array_index (build->ops, MigdescOp, begin).to = build->ops->len - 1;
  g_ptr_array_add (build->section_names, (gpointer) section->name);
  return TRUE;
}

/* Sections come behind the body, in the order of the table. */
static gboolean
compile_sections (MigdescPlanBuild *build,
                  const MigdescStruct *table,
                  GError **error)
{
  for (guint i = 0; i < table->n_fields; i++)
    {
      const MigdescField *field = &table->fields[i];

      if (field->kind != MIGDESC_FIELD_SECTION)
        continue;
      if (is_present (build, field))
        {
          if (!compile_section (build, field, error))
            return FALSE;
        }
      else if ((field->more_flags & MIGDESC_FIELD_REQUIRED) != 0 && build->plan->lacking == NULL)
        build->plan->lacking = field->name;
    }
  return TRUE;
}

static gboolean
compile (MigdescPlanBuild *build,
         const MigdescStruct *table,
         GError **error)
{
  if (!compile_fields (build, table->fields, table->n_fields, 0, error))
    return FALSE;
  migdesc_plan_build_add_checks (build, table, table->fields, table->n_fields, FALSE, 0);
  flush_all (build);
  if (!compile_sections (build, table, error))
    return FALSE;

  /* The device's own check sees its sections too. */
  migdesc_plan_build_add_checks (build, table, NULL, 0, table->check != NULL, 0);
  flush_checks (build);
  append_op (build, MIGDESC_OP_DONE, NULL, 0);
  return TRUE;
}

MigdescStatePlan *
migdesc_state_plan_new (const MigdescStruct *table,
                  guint version,
                  MigdescParamLookup lookup,
                  gpointer lookup_data,
                  GError **error)
{
  g_autoptr (MigdescStatePlan) plan = g_new0 (MigdescStatePlan, 1);
  MigdescPlanBuild build;
  gboolean done;

  plan->references = 1;
  plan->arena = migdesc_arena_new (4096);
  plan->table = table;
  plan->version = version;
  migdesc_plan_build_init (&build, plan, version, lookup, lookup_data);
  done = compile (&build, table, error);
  if (done)
    migdesc_plan_build_finish (&build);
  migdesc_plan_build_clear (&build);
  return done ? g_steal_pointer (&plan) : NULL;
}
