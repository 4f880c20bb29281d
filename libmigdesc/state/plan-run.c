/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "state/plan-build.h"
#include "state/scalar.h"

/* Runs: the same fields as named steps, as a column a field, and as columns where neighbours of a
 * kind are one. */

static gsize
get_step_size (const MigdescField *field)
{
  if (field->kind == MIGDESC_FIELD_UNUSED)
    return field->capacity;
  return (gsize) field->capacity * migdesc_field_wire_width (field);
}

void
migdesc_plan_build_add_step (MigdescPlanBuild *build,
                             MigdescStepKind kind,
                             const MigdescField *field,
                             guint32 offset)
{
  MigdescStep step = { kind, field, offset, build->run_size };

  g_array_append_val (build->steps, step);
  if (kind == MIGDESC_STEP_FIELD)
    build->run_size += (guint32) get_step_size (field);
  else if (kind == MIGDESC_STEP_BEGIN)
    build->nested++;
  else
    build->nested--;
}

static void
init_cell (MigdescColumn *cell,
           const MigdescStep *step)
{
  const MigdescField *field = step->field;

  if (field->kind == MIGDESC_FIELD_UNUSED)
    *cell = (MigdescColumn) { .kind = MIGDESC_COLUMN_ZERO, .width = 1, .n = field->capacity };
  else if (field->kind == MIGDESC_FIELD_BYTES)
    *cell = (MigdescColumn) { .kind = MIGDESC_COLUMN_COPY, .width = 1, .n = field->capacity };
  else
    {
      migdesc_column_init (cell, field);
      cell->n = field->capacity;
      if (field->kind == MIGDESC_FIELD_CONSTANT || (field->flags & MIGDESC_FIELD_GONE) != 0)
        {
          guint64 max;

          /* also where any value would do: there is no memory to copy to */
          migdesc_field_get_bounds (field, &cell->bounds.min, &max);
          cell->bounds.span = max - cell->bounds.min;
          cell->kind = MIGDESC_COLUMN_VALUE;
          cell->value = field->kind == MIGDESC_FIELD_CONSTANT ? field->min : field->default_value;
        }
    }
  cell->field = field;
  cell->offset = cell->kind >= MIGDESC_COLUMN_VALUE ? 0 : step->offset;
  cell->wire = step->wire;
}

static gsize
get_memory_size (const MigdescColumn *column)
{
  return (gsize) column->n * column->width;
}

static gboolean
can_join (const MigdescColumn *column,
          const MigdescColumn *next)
{
  gboolean bounded = column->kind == MIGDESC_COLUMN_BOUNDS || column->kind == MIGDESC_COLUMN_EACH;

  if (column->offset + get_memory_size (column) != next->offset
      || column->wire + get_memory_size (column) != next->wire)
    return FALSE;
  if (column->kind == MIGDESC_COLUMN_COPY)
    return next->kind == MIGDESC_COLUMN_COPY;
  return bounded && next->kind == MIGDESC_COLUMN_BOUNDS && next->width == column->width;
}

static void
append_bounds (GArray *each,
               const MigdescColumn *cell)
{
  for (guint32 i = 0; i < cell->n; i++)
    g_array_append_val (each, cell->bounds);
}

/* Joins cells from first on; each collects the bounds of a column that has several. */
static guint
join (const MigdescColumn *cells,
      guint n_cells,
      MigdescColumn *column,
      GArray *each)
{
  gboolean differ = FALSE;
  guint i;

  *column = cells[0];
  g_array_set_size (each, 0);
  if (column->kind == MIGDESC_COLUMN_BOUNDS)
    append_bounds (each, column);
  for (i = 1; i < n_cells && can_join (column, &cells[i]); i++)
    {
      if (column->kind == MIGDESC_COLUMN_COPY)
        {
          column->n = (guint32) (get_memory_size (column) + get_memory_size (&cells[i]));
          column->width = 1;
          continue;
        }
      differ |= memcmp (&column->bounds, &cells[i].bounds, sizeof column->bounds) != 0;
      append_bounds (each, &cells[i]);
      column->n += cells[i].n;
    }
  if (differ)
    column->kind = MIGDESC_COLUMN_EACH;
  return i;
}

static void
build_columns (MigdescArena *arena,
               MigdescRun *run)
{
  g_autoptr (GArray) columns = g_array_new (FALSE, FALSE, sizeof (MigdescColumn));
  g_autoptr (GArray) each = g_array_new (FALSE, FALSE, sizeof (MigdescBounds));

  for (guint i = 0; i < run->n_cells;)
    {
      MigdescColumn column;

      i += join (&run->cells[i], run->n_cells - i, &column, each);
      if (column.kind == MIGDESC_COLUMN_EACH)
        {
          gsize size = each->len * sizeof (MigdescBounds);

          column.each = memcpy (migdesc_arena_alloc (arena, size), each->data, size);
        }
      g_array_append_val (columns, column);
    }
  run->n_columns = columns->len;
  run->columns = memcpy (migdesc_arena_alloc (arena, columns->len * sizeof (MigdescColumn)),
                         columns->data, columns->len * sizeof (MigdescColumn));
}

const MigdescRun *
migdesc_plan_build_run (MigdescPlanBuild *build)
{
  MigdescArena *arena = build->plan->arena;
  MigdescRun *run = migdesc_arena_alloc0 (arena, sizeof *run);
  gsize size = build->steps->len * sizeof (MigdescStep);
  MigdescColumn *cells
      = migdesc_arena_alloc0 (arena, build->steps->len * sizeof (MigdescColumn));

  run->wire_size = build->run_size;
  run->n_steps = build->steps->len;
  run->steps = memcpy (migdesc_arena_alloc (arena, size), build->steps->data, size);
  run->cells = cells;
  for (guint i = 0; i < run->n_steps; i++)
    if (run->steps[i].kind == MIGDESC_STEP_FIELD)
      init_cell (&cells[run->n_cells++], &run->steps[i]);
  build_columns (arena, run);

  g_array_set_size (build->steps, 0);
  build->run_size = 0;
  return run;
}
