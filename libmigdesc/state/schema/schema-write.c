/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "state/schema/schema-write.h"

#include "state/schema/schema-words.h"
#include "state/schema/schema-write-field.h"

/* A table as a schema: its structs, each before whoever nests it, then itself. */

typedef struct
{
  const MigdescSchemaFilter *filter;
  MigdescJsonWriter *writer;
  GHashTable *written; /* names of structs */
} Write;

static gboolean
is_versioned (const MigdescField *fields,
              guint n_fields)
{
  for (guint i = 0; i < n_fields; i++)
    {
      const MigdescField *field = &fields[i];

      if (field->since != 0 || field->until != 0)
        return TRUE;
      if (field->kind == MIGDESC_FIELD_STRUCT
          && is_versioned (field->type->fields, field->type->n_fields))
        return TRUE;
    }
  return FALSE;
}

/* A struct in a section has the section's versions: in an effective schema it is another one than
 * in the body. */
char *
migdesc_schema_dup_struct_name (const MigdescSchemaScope *scope,
                                const MigdescStruct *table)
{
  if (scope->filter->version == 0 || !scope->in_section
      || !is_versioned (table->fields, table->n_fields))
    return g_strdup (table->name);
  return g_strdup_printf ("%s-v%u", table->name, scope->version);
}

static void write_structs (Write *write, const MigdescSchemaScope *scope);

static void
write_fields (Write *write,
              const MigdescSchemaScope *scope)
{
  migdesc_json_writer_key (write->writer, "fields");
  migdesc_schema_write_fields (scope, write->writer);
}

static void
write_check (Write *write,
             const MigdescStruct *table)
{
  const char *check = migdesc_schema_get_check_name (table);

  if (check != NULL)
    migdesc_json_writer_member_string (write->writer, "check", check);
}

static void
write_struct (Write *write,
              const MigdescSchemaScope *outer,
              const MigdescStruct *table)
{
  MigdescSchemaScope scope = *outer;
  g_autofree char *name = migdesc_schema_dup_struct_name (outer, table);

  if (g_hash_table_contains (write->written, name))
    return;
  scope.table = table;
  scope.fields = table->fields;
  scope.n_fields = table->n_fields;
  write_structs (write, &scope);
  migdesc_json_writer_begin_object (write->writer);
  migdesc_json_writer_member_string (write->writer, "name", name);
  write_fields (write, &scope);
  write_check (write, table);
  migdesc_json_writer_end_object (write->writer);
  g_hash_table_add (write->written, g_steal_pointer (&name));
}

/* The structs that the fields of a scope nest. */
static void
write_structs (Write *write,
               const MigdescSchemaScope *scope)
{
  for (guint i = 0; i < scope->n_fields; i++)
    {
      const MigdescField *field = &scope->fields[i];
      MigdescSchemaScope section;

      if (!migdesc_schema_is_written (scope, field))
        continue;
      if (field->kind == MIGDESC_FIELD_STRUCT)
        write_struct (write, scope, field->type);
      if (field->kind != MIGDESC_FIELD_SECTION)
        continue;
      section = migdesc_schema_enter_section (scope, field);
      write_structs (write, &section);
    }
}

static gboolean
has_structs (const MigdescSchemaScope *scope)
{
  for (guint i = 0; i < scope->n_fields; i++)
    {
      const MigdescField *field = &scope->fields[i];
      MigdescSchemaScope section;

      if (!migdesc_schema_is_written (scope, field))
        continue;
      if (field->kind == MIGDESC_FIELD_STRUCT)
        return TRUE;
      if (field->kind != MIGDESC_FIELD_SECTION)
        continue;
      section = migdesc_schema_enter_section (scope, field);
      if (has_structs (&section))
        return TRUE;
    }
  return FALSE;
}

void
migdesc_schema_write (const MigdescStruct *table,
                      const MigdescSchemaFilter *filter,
                      MigdescJsonWriter *writer)
{
  const MigdescSchemaScope scope = { .filter = filter,
                                     .table = table,
                                     .fields = table->fields,
                                     .n_fields = table->n_fields,
                                     .version = filter->version };
  g_autoptr (GHashTable) written = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Write write = { filter, writer, written };
  gboolean all = filter->version == 0;
  guint newest = filter->limit == 0 ? table->version : filter->limit;

  migdesc_json_writer_begin_object (writer);
  migdesc_json_writer_member_uint (writer, "state-schema", MIGDESC_SCHEMA_FORMAT);
  migdesc_json_writer_member_string (writer, "name", table->name);
  migdesc_json_writer_member_uint (writer, "version", all ? newest : filter->version);
  migdesc_json_writer_member_uint (writer, "minimum",
                                   all ? MIN (table->minimum, newest) : filter->version);
  if (has_structs (&scope))
    {
      migdesc_json_writer_key (writer, "structs");
      migdesc_json_writer_begin_array (writer);
      write_structs (&write, &scope);
      migdesc_json_writer_end_array (writer);
    }
  write_fields (&write, &scope);
  write_check (&write, table);
}
