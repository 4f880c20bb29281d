/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "state/plan/plan-build.h"
#include "state/plan/rows.h"
#include "state/table/scalar.h"

/* Runs: the same fields as named steps, as bytes to copy, and as bounds to check. */

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

/* What is made of the columns of a run. */
typedef struct
{
  GArray *copies;
  GArray *checks; /* arrays come last */
  GArray *arrays;
  GArray *moves;
  GArray *singles[MIGDESC_N_WIDTHS];
} Parts;

static void
add_copy (GArray *copies,
          const MigdescColumn *cell)
{
  guint32 length = cell->n * cell->width;
  MigdescCopy *last
      = copies->len == 0 ? NULL : &g_array_index (copies, MigdescCopy, copies->len - 1);

  if (last != NULL && last->offset + last->length == cell->offset
      && last->wire + last->length == cell->wire)
    last->length += length;
  else
    {
      MigdescCopy copy = { cell->offset, cell->wire, length, NULL };

      g_array_append_val (copies, copy);
    }
}

static guint
get_width_index (guint width)
{
  return width == 1 ? 0 : width == 2 ? 1 : width == 4 ? 2 : 3;
}

static void
add_cell (Parts *parts,
          const MigdescColumn *cell)
{
  if (!migdesc_column_is_plain (cell))
    {
      g_array_append_vals (parts->moves, cell, 1);
      return;
    }
  add_copy (parts->copies, cell);
  if (cell->kind == MIGDESC_COLUMN_COPY)
    return;
  if (cell->kind == MIGDESC_COLUMN_BOUNDS && cell->n == 1)
    g_array_append_vals (parts->checks, cell, 1);
  else
    g_array_append_vals (parts->arrays, cell, 1);
}

/* Adds the bits that the elements of a column may not have to those of the row they are in. */
static void
forbid (guint8 *row,
        const MigdescColumn *cell)
{
  guint64 bits = GUINT64_TO_LE (~cell->bounds.span);

  for (guint32 i = 0; i < cell->n; i++)
    memcpy (row + i * cell->width, &bits, cell->width);
}

static const guint8 *
make_forbidden (MigdescArena *arena,
                const MigdescCopy *copy,
                GArray *checks)
{
  guint8 *forbidden = NULL;

  if (copy->length > MIGDESC_SHORT_ROW)
    return NULL;
  for (guint i = 0; i < checks->len; i++)
    {
      MigdescColumn *cell = &g_array_index (checks, MigdescColumn, i);

      if (cell->kind != MIGDESC_COLUMN_BOUNDS || !migdesc_bounds_are_mask (&cell->bounds)
          || cell->wire < copy->wire || cell->wire - copy->wire >= copy->length)
        continue;
      if (forbidden == NULL)
        forbidden = migdesc_arena_alloc0 (arena, copy->length);
      forbid (forbidden + (cell->wire - copy->wire), cell);
      cell->is_masked = TRUE;
    }
  return forbidden;
}

static void
add_forbidden (MigdescArena *arena,
               Parts *parts)
{
  for (guint i = 0; i < parts->copies->len; i++)
    {
      MigdescCopy *copy = &g_array_index (parts->copies, MigdescCopy, i);

      copy->forbidden = make_forbidden (arena, copy, parts->checks);
    }
}

/* What is left to look at in one struct, without arrays. */
static void
add_singles (Parts *parts,
             guint n)
{
  for (guint i = 0; i < n; i++)
    {
      const MigdescColumn *cell = &g_array_index (parts->checks, MigdescColumn, i);
      MigdescSingle single = { cell->offset, cell->wire, cell->bounds };

      if (!cell->is_masked)
        g_array_append_val (parts->singles[get_width_index (cell->width)], single);
    }
}

/* Into the arena; the array is freed. */
static gconstpointer
take (MigdescArena *arena,
      GArray *array,
      guint32 *n)
{
  gsize size = (gsize) array->len * g_array_get_element_size (array);
  gpointer taken = migdesc_arena_alloc (arena, size);

  if (size > 0)
    memcpy (taken, array->data, size);
  *n = array->len;
  g_array_unref (array);
  return taken;
}

static void
build_parts (MigdescArena *arena,
             MigdescRun *run)
{
  Parts parts = { g_array_new (FALSE, FALSE, sizeof (MigdescCopy)),
                  g_array_new (FALSE, FALSE, sizeof (MigdescColumn)),
                  g_array_new (FALSE, FALSE, sizeof (MigdescColumn)),
                  g_array_new (FALSE, FALSE, sizeof (MigdescColumn)),
                  { NULL } };

  for (guint i = 0; i < MIGDESC_N_WIDTHS; i++)
    parts.singles[i] = g_array_new (FALSE, FALSE, sizeof (MigdescSingle));
  for (guint i = 0; i < run->n_steps; i++)
    if (run->steps[i].kind == MIGDESC_STEP_FIELD)
      {
        MigdescColumn cell = { 0 };

        init_cell (&cell, &run->steps[i]);
        add_cell (&parts, &cell);
      }
  g_array_append_vals (parts.checks, parts.arrays->data, parts.arrays->len);
  run->n_arrays = parts.arrays->len;
  g_array_unref (parts.arrays);
  add_forbidden (arena, &parts);
  add_singles (&parts, parts.checks->len - run->n_arrays);
  run->copies = take (arena, parts.copies, &run->n_copies);
  run->checks = take (arena, parts.checks, &run->n_checks);
  run->moves = take (arena, parts.moves, &run->n_moves);
  for (guint i = 0; i < MIGDESC_N_WIDTHS; i++)
    run->singles[i] = take (arena, parts.singles[i], &run->n_singles[i]);
}

const MigdescRun *
migdesc_plan_build_run (MigdescPlanBuild *build)
{
  MigdescArena *arena = build->plan->arena;
  MigdescRun *run = migdesc_arena_alloc0 (arena, sizeof *run);
  gsize size = build->steps->len * sizeof (MigdescStep);

  run->wire_size = build->run_size;
  run->n_steps = build->steps->len;
  run->steps = memcpy (migdesc_arena_alloc (arena, size), build->steps->data, size);
  build_parts (arena, run);

  g_array_set_size (build->steps, 0);
  build->run_size = 0;
  return run;
}
