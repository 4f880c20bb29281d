/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "state/table/scalar.h"
#include "state/table/storage.h"
#include "state/table/table-scope.h"

/* What a field says of others: a count, an array, the sides of a relation. */

typedef gboolean (*Accept) (const MigdescField *field);

typedef struct
{
  const MigdescField *found; /* declared early enough, and of the right kind */
  gboolean in_body;          /* of the device, while the field is in a section */
  gboolean later;
  gboolean of_other_kind;
} Search;

static void
search_fields (const MigdescField *fields,
               guint n_fields,
               const MigdescField *before,
               const char *name,
               Accept accept,
               Search *search)
{
  gboolean passed = FALSE;

  for (guint i = 0; i < n_fields && search->found == NULL; i++)
    {
      const MigdescField *field = &fields[i];

      passed |= field == before;
      if (!migdesc_field_has_memory (field) || strcmp (field->name, name) != 0)
        continue;
      if (!accept (field))
        search->of_other_kind = TRUE;
      else if (passed)
        search->later = TRUE;
      else
        search->found = field;
    }
}

/* before: NULL where any place will do. */
static Search
search (const MigdescTableScope *scope,
        const MigdescField *before,
        const char *name,
        Accept accept)
{
  Search search = { 0 };

  if (name == NULL)
    return search;
  search_fields (scope->fields, scope->n_fields, before, name, accept, &search);
  if (search.found != NULL || scope->section == NULL)
    return search;
  search_fields (scope->table->fields, scope->table->n_fields, NULL, name, accept, &search);
  search.in_body = search.found != NULL;
  return search;
}

static gboolean
fail_search (const MigdescTableScope *scope,
             const MigdescField *field,
             const Search *search,
             const char *name,
             const char *wanted)
{
  if (search->later)
    return migdesc_table_fail (scope, field, "%s is declared behind it, and has to be before it",
                               name);
  if (search->of_other_kind)
    return migdesc_table_fail (scope, field, "%s is not %s", name, wanted);
  return migdesc_table_fail (scope, field, "there is no field %s", name == NULL ? "" : name);
}

static gboolean
is_count (const MigdescField *field)
{
  return field->kind == MIGDESC_FIELD_UINT && field->counting == MIGDESC_COUNT_ONE
         && field->width <= 4;
}

static gboolean
is_array (const MigdescField *field)
{
  return field->counting != MIGDESC_COUNT_ONE && field->kind != MIGDESC_FIELD_STRING;
}

static gboolean
is_number (const MigdescField *field)
{
  return field->kind <= MIGDESC_FIELD_TIMER && field->kind != MIGDESC_FIELD_DOUBLE
         && field->counting == MIGDESC_COUNT_ONE;
}

static gboolean
check_count (const MigdescTableScope *scope,
             const MigdescField *field)
{
  const Search found = search (scope, field, field->other, is_count);
  const MigdescField *count = found.found;

  if (count == NULL)
    return fail_search (scope, field, &found, field->other,
                        "an unsigned integer of 1, 2 or 4 bytes");
  if (count->offset != field->count_offset || count->width != field->count_width)
    return migdesc_table_fail (scope, field, "the count is not the member of the field %s",
                               count->name);
  if (count->max > field->capacity)
    return migdesc_table_fail (scope, field,
                               "its count %s may be %" G_GUINT64_FORMAT ", there is room for %u",
                               count->name, count->max, field->capacity);
  if (!migdesc_field_implies (found.in_body ? scope->section : field, count))
    return migdesc_table_fail (scope, field, "its count %s may be absent where it is not",
                               count->name);
  return TRUE;
}

static gboolean
check_index (const MigdescTableScope *scope,
             const MigdescField *field)
{
  const Search found = search (scope, NULL, field->other, is_array);
  guint64 greatest = (G_GUINT64_CONSTANT (1) << (8 * field->width)) - 1;

  if (found.found == NULL)
    return fail_search (scope, field, &found, field->other, "an array or a list");
  if ((field->flags & MIGDESC_FIELD_NONE_ALLOWED) == 0)
    return TRUE;
  if (field->max > greatest || field->max < found.found->capacity)
    return migdesc_table_fail (scope, field,
                               "none is %" G_GUINT64_FORMAT ", it has to be from %u, where no "
                               "position is, to %" G_GUINT64_FORMAT,
                               field->max, found.found->capacity, greatest);
  return TRUE;
}

static gboolean
check_side (const MigdescTableScope *scope,
            const MigdescField *field,
            const char *name)
{
  const Search found = search (scope, field, name, is_number);

  return found.found != NULL
         || fail_search (scope, field, &found, name, "a single integer");
}

static gboolean
check_relation (const MigdescTableScope *scope,
                const MigdescField *field)
{
  if (field->relation < MIGDESC_LT || field->relation > MIGDESC_NE)
    return migdesc_table_fail (scope, field, "there is no relation %u", field->relation);
  if (field->counting == MIGDESC_COUNT_FIXED && !migdesc_field_is_synthetic (field))
    return migdesc_table_fail (scope, field, "a relation is to a field or a parameter");
  if (!check_side (scope, field, field->name))
    return FALSE;
  return field->counting != MIGDESC_COUNT_ONE || check_side (scope, field, field->other);
}

gboolean
migdesc_table_check_others (const MigdescTableScope *scope,
                            const MigdescField *field)
{
  if (field->kind == MIGDESC_FIELD_INDEX)
    return check_index (scope, field);
  if (field->kind == MIGDESC_FIELD_RELATION)
    return check_relation (scope, field);
  return field->counting != MIGDESC_COUNT_FIELD || check_count (scope, field);
}
