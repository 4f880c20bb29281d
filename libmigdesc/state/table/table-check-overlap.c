/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "state/table/table-scope.h"

/* Two fields that are there together may not be over the same bytes; others may, as long as nothing
 * is freed as what it is not. */

typedef struct
{
  guint64 offset;
  guint64 end;
  const MigdescField *field;
  const MigdescField *section; /* nullable */
  gboolean is_count;
  guint order; /* in the table */
} Extent;

static void
add_extents (GArray *extents,
             const MigdescField *fields,
             guint n_fields,
             const MigdescField *section)
{
  for (guint i = 0; i < n_fields; i++)
    {
      const MigdescField *field = &fields[i];
      Extent extent = { field->offset, (guint64) field->offset + field->size, field, section,
                        FALSE, 0 };

      if (field->kind == MIGDESC_FIELD_SECTION)
        add_extents (extents, field->fields, field->n_fields, field);
      if (!migdesc_field_has_memory (field))
        continue;
      extent.order = extents->len;
      g_array_append_val (extents, extent);
      if (field->counting != MIGDESC_COUNT_OWNED || field->count_width == 0)
        continue;
      extent.offset = field->count_offset;
      extent.end = extent.offset + field->count_width;
      extent.is_count = TRUE;
      extent.order = extents->len;
      g_array_append_val (extents, extent);
    }
}

static gint
compare_extents (gconstpointer a,
                 gconstpointer b)
{
  const Extent *left = a;
  const Extent *right = b;

  if (left->offset != right->offset)
    return left->offset < right->offset ? -1 : 1;
  return left->order < right->order ? -1 : 1;
}

static gboolean
owns_memory (const MigdescField *field)
{
  if (field->storage != MIGDESC_STORAGE_INLINE)
    return TRUE;
  if (field->kind != MIGDESC_FIELD_STRUCT)
    return FALSE;
  for (guint i = 0; i < field->type->n_fields; i++)
    if (migdesc_field_has_memory (&field->type->fields[i])
        && owns_memory (&field->type->fields[i]))
      return TRUE;
  return FALSE;
}

static gboolean
are_alike (const MigdescField *field,
           const MigdescField *other)
{
  return field->offset == other->offset && field->size == other->size
         && field->kind == other->kind && field->storage == other->storage
         && field->width == other->width && field->type == other->type
         && field->counting == other->counting && field->count_offset == other->count_offset;
}

/* Whether no state has both: within a section by its versions, else by the device's. */
static gboolean
are_apart (const Extent *left,
           const Extent *right)
{
  if (left->section == right->section)
    return left->field != right->field && migdesc_field_excludes (left->field, right->field);
  return migdesc_field_excludes (left->section != NULL ? left->section : left->field,
                                 right->section != NULL ? right->section : right->field);
}

static gboolean
check_pair (const MigdescTableScope *scope,
            const Extent *left,
            const Extent *right)
{
  MigdescTableScope inner = *scope;

  inner.section = right->section;
  if (!are_apart (left, right))
    return migdesc_table_fail (&inner, right->field, "its %s shares memory with %s%s",
                               right->is_count ? "count" : "member",
                               left->is_count ? "the count of " : "", left->field->name);
  if ((owns_memory (left->field) || owns_memory (right->field))
      && !are_alike (left->field, right->field))
    return migdesc_table_fail (&inner, right->field,
                               "it shares memory with %s, and one of them owns what it points to",
                               left->field->name);
  return TRUE;
}

gboolean
migdesc_table_check_overlap (const MigdescTableScope *scope)
{
  g_autoptr (GArray) extents = g_array_new (FALSE, FALSE, sizeof (Extent));

  add_extents (extents, scope->fields, scope->n_fields, NULL);
  g_array_sort (extents, compare_extents);
  for (guint i = 0; i < extents->len; i++)
    {
      const Extent *left = &g_array_index (extents, Extent, i);

      for (guint j = i + 1; j < extents->len; j++)
        {
          const Extent *right = &g_array_index (extents, Extent, j);

          if (right->offset >= left->end)
            break;
          if (!check_pair (scope, left, right))
            return FALSE;
        }
    }
  return TRUE;
}
