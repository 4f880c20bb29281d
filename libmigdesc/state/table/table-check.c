/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "state/table/table-check.h"

#include <migdesc/migdesc-error.h>

#include "base/quote.h"
#include "state/table/storage.h"
#include "state/table/table-scope.h"

/* What a compiler cannot see of a field table: a struct, with all that it nests. */

/* A struct that has been checked. */
typedef struct
{
  gboolean open;    /* under way */
  guint nesting;    /* structs, arrays and sections inside each other */
  guint64 n_fields; /* with those of nested structs, for each time that they are nested */
} Seen;

typedef struct
{
  MigdescTableFault *fault;
  GHashTable *seen;  /* MigdescStruct: Seen */
  GHashTable *names; /* of structs: MigdescStruct */
} Check;

static gboolean check_struct (Check *check,
                              const MigdescStruct *table,
                              gboolean nested,
                              guint depth,
                              Seen *result);

static MigdescTableScope
open_scope (const Check *check,
            const MigdescStruct *table,
            gboolean nested)
{
  return (MigdescTableScope) {
    .fault = check->fault,
    .table = table,
    .fields = table->fields,
    .n_fields = table->n_fields,
    .nested = nested,
    .version = table->version,
    .minimum = table->minimum,
  };
}

/* Nothing of a table that was compiled with other headers can be looked at. */
static gboolean
check_header (const MigdescTableScope *scope)
{
  const MigdescStruct *table = scope->table;

  if (table->struct_size != sizeof (MigdescStruct))
    return migdesc_table_fail (scope, NULL,
                               "compiled with other headers: a MigdescStruct of %u bytes, this "
                               "library's has %u",
                               table->struct_size, (guint) sizeof (MigdescStruct));
  if (table->field_size != sizeof (MigdescField))
    return migdesc_table_fail (scope, NULL,
                               "compiled with other headers: a MigdescField of %u bytes, this "
                               "library's has %u",
                               table->field_size, (guint) sizeof (MigdescField));
  return TRUE;
}

static gboolean
check_versions (const MigdescTableScope *scope)
{
  const MigdescStruct *table = scope->table;

  if (scope->nested)
    return TRUE;
  if (table->version == 0 || table->minimum == 0)
    return migdesc_table_fail (scope, NULL, "version %u and minimum %u, both begin with 1",
                               table->version, table->minimum);
  if (table->minimum > table->version)
    return migdesc_table_fail (scope, NULL, "the minimum %u is above the version %u",
                               table->minimum, table->version);
  return TRUE;
}

/* An element of an array that takes no bytes could be there four billion times. */
static gboolean
has_solid_field (const MigdescStruct *table)
{
  for (guint i = 0; i < table->n_fields; i++)
    {
      const MigdescField *field = &table->fields[i];

      if (field->kind < MIGDESC_FIELD_RELATION && !migdesc_field_is_gated (field)
          && field->counting != MIGDESC_COUNT_PARAM && field->capacity > 0)
        return TRUE;
    }
  return FALSE;
}

static guint
get_nesting (const MigdescField *field,
             const Seen *inner)
{
  gboolean array = field->counting != MIGDESC_COUNT_ONE && field->kind != MIGDESC_FIELD_STRING;

  if (field->kind == MIGDESC_FIELD_STRUCT)
    return inner->nesting + 1 + (guint) array;
  return (guint) array;
}

static gboolean
check_nested (Check *check,
              const MigdescTableScope *scope,
              const MigdescField *field,
              guint depth,
              Seen *inner)
{
  if (field->kind != MIGDESC_FIELD_STRUCT)
    return TRUE;
  if (field->type == NULL)
    return migdesc_table_fail (scope, field, "the table of its struct is missing");
  if (depth >= MIGDESC_NESTING_MAX)
    return migdesc_table_fail (scope, field,
                               "structs, arrays and sections are inside each other more than %u "
                               "levels deep",
                               MIGDESC_NESTING_MAX);
  return check_struct (check, field->type, TRUE, depth + 1, inner);
}

static gboolean
add_up (const MigdescTableScope *scope,
        const MigdescField *field,
        const Seen *inner,
        guint64 times,
        Seen *sum)
{
  guint outer = scope->section != NULL ? 1 : 0;

  sum->nesting = MAX (sum->nesting, outer + get_nesting (field, inner));
  sum->n_fields += (1 + inner->n_fields) * times;
  if (sum->nesting > MIGDESC_NESTING_MAX)
    return migdesc_table_fail (scope, field,
                               "structs, arrays and sections are inside each other more than %u "
                               "levels deep",
                               MIGDESC_NESTING_MAX);
  if (sum->n_fields > MIGDESC_FIELDS_MAX)
    return migdesc_table_fail (scope, field,
                               "with this field there are more than %u, those of nested structs "
                               "and of each version of a section counted",
                               MIGDESC_FIELDS_MAX);
  return TRUE;
}

static gboolean
check_fields (Check *check,
              const MigdescTableScope *scope,
              guint depth,
              guint64 times,
              Seen *sum)
{
  if (scope->n_fields > MIGDESC_STRUCT_FIELDS_MAX)
    return migdesc_table_fail (scope, NULL, "%u fields, at most %u are allowed", scope->n_fields,
                               MIGDESC_STRUCT_FIELDS_MAX);
  for (guint i = 0; i < scope->n_fields; i++)
    {
      const MigdescField *field = &scope->fields[i];
      Seen inner = { 0 };

      if (!migdesc_table_check_field (scope, field)
          || !check_nested (check, scope, field, depth, &inner)
          || !migdesc_table_check_values (scope, field)
          || !add_up (scope, field, &inner, times, sum))
        return FALSE;
    }
  /* These look at several fields, each of which is known to be sound. */
  for (guint i = 0; i < scope->n_fields; i++)
    if (!migdesc_table_check_gates (scope, &scope->fields[i]))
      return FALSE;
  return migdesc_table_check_names (scope);
}

static MigdescTableScope
open_section (const MigdescTableScope *scope,
              const MigdescField *section)
{
  MigdescTableScope inner = *scope;

  inner.section = section;
  inner.fields = section->fields;
  inner.n_fields = section->n_fields;
  inner.version = section->version;
  inner.minimum = section->minimum;
  return inner;
}

static gboolean
check_sections (Check *check,
                const MigdescTableScope *scope,
                guint depth,
                Seen *sum)
{
  for (guint i = 0; i < scope->n_fields; i++)
    {
      const MigdescField *field = &scope->fields[i];
      MigdescTableScope inner;

      if (field->kind != MIGDESC_FIELD_SECTION)
        continue;
      inner = open_section (scope, field);
      if (!check_fields (check, &inner, depth + 1,
                         (guint64) field->version - field->minimum + 1, sum))
        return FALSE;
    }
  return TRUE;
}

static gboolean
check_others (const MigdescTableScope *scope)
{
  for (guint i = 0; i < scope->n_fields; i++)
    {
      const MigdescField *field = &scope->fields[i];
      MigdescTableScope inner;

      if (!migdesc_table_check_others (scope, field))
        return FALSE;
      if (field->kind != MIGDESC_FIELD_SECTION)
        continue;
      inner = open_section (scope, field);
      if (!check_others (&inner))
        return FALSE;
    }
  return TRUE;
}

static gboolean
check_whole (Check *check,
             const MigdescTableScope *scope,
             guint depth,
             Seen *sum)
{
  const MigdescStruct *table = scope->table;

  if (!migdesc_table_check_name (scope, NULL, table->name) || !check_versions (scope))
    return FALSE;
  if (table->check_name != NULL
      && !migdesc_table_check_text (scope, NULL, "the name of the check", table->check_name))
    return FALSE;
  if (!check_fields (check, scope, depth, 1, sum) || !check_sections (check, scope, depth, sum)
      || !check_others (scope) || !migdesc_table_check_overlap (scope))
    return FALSE;
  if (scope->nested && !has_solid_field (table))
    return migdesc_table_fail (scope, NULL,
                               "a nested struct has at least one field without gates whose count "
                               "is not a parameter, or its elements would take no bytes");
  return TRUE;
}

/* Two structs of one name would be one in a schema. */
static gboolean
add_name (Check *check,
          const MigdescTableScope *scope)
{
  const MigdescStruct *other = g_hash_table_lookup (check->names, scope->table->name);

  if (other != NULL)
    return migdesc_table_fail (scope, NULL, "two structs have this name");
  g_hash_table_insert (check->names, (gpointer) scope->table->name, (gpointer) scope->table);
  return TRUE;
}

static gboolean
check_struct (Check *check,
              const MigdescStruct *table,
              gboolean nested,
              guint depth,
              Seen *result)
{
  const MigdescTableScope scope = open_scope (check, table, nested);
  Seen *seen;

  if (!check_header (&scope))
    return FALSE;
  seen = g_hash_table_lookup (check->seen, table);
  if (seen != NULL && seen->open)
    return migdesc_table_fail (&scope, NULL, "the struct contains itself");
  if (seen == NULL)
    {
      seen = g_new0 (Seen, 1);
      seen->open = TRUE;
      g_hash_table_insert (check->seen, (gpointer) table, seen);
      if (!check_whole (check, &scope, depth, seen) || !add_name (check, &scope))
        return FALSE;
      seen->open = FALSE;
    }
  *result = *seen;
  return TRUE;
}

static gboolean
check_memory (const MigdescTableScope *scope)
{
  guint64 memory = migdesc_table_max_memory (scope->table);

  if (memory <= MIGDESC_TABLE_MEMORY_MAX)
    return TRUE;
  return migdesc_table_fail (scope, NULL,
                             "a state may need %" G_GUINT64_FORMAT " bytes of memory, at most %"
                             G_GUINT64_FORMAT " are allowed",
                             memory, MIGDESC_TABLE_MEMORY_MAX);
}

gboolean
migdesc_table_find_fault (const MigdescStruct *table,
                          MigdescTableFault *fault)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);
  Check check = { fault, seen, names };
  const MigdescTableScope scope = open_scope (&check, table, FALSE);
  Seen sum;

  return check_struct (&check, table, FALSE, 0, &sum) && check_memory (&scope);
}

gboolean
migdesc_table_check (const MigdescStruct *table,
                     GError **error)
{
  g_auto (MigdescTableFault) fault = { 0 };

  if (migdesc_table_find_fault (table, &fault))
    return TRUE;
  g_set_error_literal (error, MIGDESC_ERROR, MIGDESC_ERROR_STATE_TYPE, fault.message);
  return FALSE;
}
