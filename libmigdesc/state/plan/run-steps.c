/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "state/plan/run.h"

#include <migdesc/migdesc-error.h>

#include "state/table/scalar.h"
#include "state/visitor/visitor-private.h"

/* A run by its named steps: for formats that write field by field, and to find the value that a
 * look at the columns has refused. */

/* A field without memory: what is written, and what is done with what was read. */
static gboolean
visit_value (MigdescVisitor *visitor,
             const MigdescField *field,
             GError **error)
{
  guint64 wanted = field->kind == MIGDESC_FIELD_CONSTANT ? field->min : field->default_value;
  guint8 memory[8];

  migdesc_scalar_store (memory, field->width, wanted);
  return migdesc_visit_scalar (visitor, field, field->name, memory, error);
}

static gboolean
visit_bytes (MigdescVisitor *visitor,
             const MigdescField *field,
             guint8 *data,
             GError **error)
{
  guint64 length = field->capacity;

  return migdesc_visit_begin_buffer (visitor, field->name, MIGDESC_CONTAINER_COUNT_KNOWN, &length,
                                     length, error)
         && migdesc_visit_buffer (visitor, data, field->capacity, error)
         && migdesc_visit_end_buffer (visitor, error);
}

static gboolean
visit_array (MigdescVisitor *visitor,
             const MigdescField *field,
             gpointer data,
             GError **error)
{
  guint64 count = field->capacity;

  if (!migdesc_visit_begin_array (visitor, field->name, MIGDESC_CONTAINER_COUNT_KNOWN, &count,
                                  count, error))
    return FALSE;
  migdesc_visitor_set_index (visitor, 0);
  return migdesc_visit_scalars (visitor, field, data, field->capacity, error)
         && migdesc_visit_end_array (visitor, error);
}

static gboolean
visit_field (MigdescVisitor *visitor,
             const MigdescField *field,
             guint8 *data,
             GError **error)
{
  if (field->kind == MIGDESC_FIELD_UNUSED)
    return TRUE;
  if (field->kind == MIGDESC_FIELD_CONSTANT || (field->flags & MIGDESC_FIELD_GONE) != 0)
    return visit_value (visitor, field, error);
  if (field->kind == MIGDESC_FIELD_BYTES)
    return visit_bytes (visitor, field, data, error);
  if (field->counting == MIGDESC_COUNT_FIXED)
    return visit_array (visitor, field, data, error);
  return migdesc_visit_scalar (visitor, field, field->name, data, error);
}

gboolean
migdesc_run_visit (const MigdescRun *run,
                   MigdescVisitor *visitor,
                   gpointer base,
                   GError **error)
{
  for (guint i = 0; i < run->n_steps; i++)
    {
      const MigdescStep *step = &run->steps[i];
      gboolean done;

      if (step->kind == MIGDESC_STEP_BEGIN)
        done = migdesc_visit_begin_struct (visitor, step->field->name, error);
      else if (step->kind == MIGDESC_STEP_END)
        done = migdesc_visit_end_struct (visitor, error);
      else
        done = visit_field (visitor, step->field, (guint8 *) base + step->offset, error);
      if (!done)
        return FALSE;
    }
  return TRUE;
}

/* The value at hand of a step: from the struct, or from the run's bytes. */
typedef struct
{
  const MigdescField *field;
  const guint8 *memory; /* NULL: look at wire */
  const guint8 *wire;
} Look;

static guint64
look_at (const Look *look,
         guint32 i)
{
  guint width = migdesc_field_wire_width (look->field);
  guint64 value = 0;

  if (look->memory != NULL)
    return migdesc_field_load (look->field, look->memory + (gsize) i * look->field->width);
  memcpy (&value, look->wire + (gsize) i * width, width);
  value = GUINT64_FROM_LE (value);
  return migdesc_field_is_signed (look->field)
             ? migdesc_scalar_extend (value, width)
             : value;
}

static gboolean
is_allowed (const Look *look,
            guint32 i)
{
  guint64 value = look_at (look, i);
  double real;

  if (look->field->kind == MIGDESC_FIELD_UNUSED)
    return value == 0;
  if (look->field->kind != MIGDESC_FIELD_DOUBLE)
    return migdesc_field_allows (look->field, value);
  memcpy (&real, &value, sizeof real);
  return migdesc_field_allows_double (look->field, real);
}

/* The first element that is out of bounds, or the field's capacity. */
static guint32
find_element (const Look *look)
{
  guint32 i = 0;

  while (i < look->field->capacity && is_allowed (look, i))
    i++;
  return i;
}

static gboolean
has_bounds (const MigdescField *field,
            gboolean in_memory)
{
  if (field->kind == MIGDESC_FIELD_BYTES)
    return FALSE;
  return !in_memory
         || (field->kind < MIGDESC_FIELD_CONSTANT && (field->flags & MIGDESC_FIELD_GONE) == 0);
}

static void
append_name (GString *path,
             const MigdescField *field,
             guint32 element)
{
  g_string_append (path, field->kind == MIGDESC_FIELD_UNUSED ? "unused bytes" : field->name);
  if (field->counting == MIGDESC_COUNT_FIXED)
    g_string_append_printf (path, "[%u]", element);
}

gsize
migdesc_run_find (const MigdescRun *run,
                  gconstpointer base,
                  const guint8 *bytes,
                  GString *path,
                  GError **error)
{
  for (guint i = 0; i < run->n_steps; i++)
    {
      const MigdescStep *step = &run->steps[i];
      const MigdescField *field = step->field;
      Look look = { field, bytes == NULL ? (const guint8 *) base + step->offset : NULL,
                    bytes == NULL ? NULL : bytes + step->wire };
      guint32 element;

      if (step->kind == MIGDESC_STEP_BEGIN)
        g_string_append_printf (path, "%s.", field->name);
      else if (step->kind == MIGDESC_STEP_END)
        g_string_truncate (path, path->len - strlen (field->name) - 1);
      else if (has_bounds (field, bytes == NULL))
        {
          element = find_element (&look);
          if (element == field->capacity)
            continue;
          append_name (path, field, element);
          migdesc_field_set_range_error (field, look_at (&look, element), error);
          return step->wire + (gsize) element * migdesc_field_wire_width (field);
        }
    }
  g_return_val_if_reached (0);
}
