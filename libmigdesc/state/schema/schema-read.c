/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "state/schema/schema-read.h"

#include "base/quote.h"

/* A schema as a table: the structs, each of those before it, then the device. */

typedef enum
{
  TOP_FORMAT,
  TOP_NAME,
  TOP_VERSION,
  TOP_MINIMUM,
  TOP_STRUCTS,
  TOP_FIELDS,
  TOP_CHECK,
  TOP_TRANSFORMS,
  N_TOP
} TopMember;

static const char *const top_members[N_TOP] = {
  [TOP_FORMAT] = "state-schema", [TOP_NAME] = "name",       [TOP_VERSION] = "version",
  [TOP_MINIMUM] = "minimum",     [TOP_STRUCTS] = "structs", [TOP_FIELDS] = "fields",
  [TOP_CHECK] = "check",         [TOP_TRANSFORMS] = "transforms",
};

#define TOP_BIT(member) (1u << TOP_##member)
#define OF_A_STRUCT (TOP_BIT (NAME) | TOP_BIT (FIELDS) | TOP_BIT (CHECK))
#define NEEDED_BY_A_STRUCT (TOP_BIT (NAME) | TOP_BIT (FIELDS))
#define NEEDED_BY_A_SCHEMA \
  (TOP_BIT (FORMAT) | TOP_BIT (NAME) | TOP_BIT (VERSION) | TOP_BIT (MINIMUM) | TOP_BIT (FIELDS))

typedef struct
{
  MigdescSchemaRead read;
  GPtrArray *structs; /* MigdescStruct */
  MigdescStruct *table;
  MigdescJsonMark transforms;
} Top;

gboolean
migdesc_schema_read_name (MigdescSchemaRead *read,
                          const char **name)
{
  MigdescJsonString text;

  if (!migdesc_json_reader_read_string (read->reader, &text))
    return FALSE;
  *name = migdesc_arena_dup (read->arena, text.text, text.length);
  return TRUE;
}

static gboolean
read_format (MigdescJsonReader *reader)
{
  gsize offset = migdesc_json_reader_offset (reader);
  guint64 format;

  if (!migdesc_json_reader_read_uint64 (reader, &format))
    return FALSE;
  return format == MIGDESC_SCHEMA_FORMAT
         || migdesc_json_reader_fail (reader, MIGDESC_ERROR_DOCUMENT_VERSION, offset,
                                      "a state schema of format %" G_GUINT64_FORMAT
                                      ", only %u is known",
                                      format, MIGDESC_SCHEMA_FORMAT);
}

static gboolean
read_version (MigdescJsonReader *reader,
              guint32 *version)
{
  gsize offset = migdesc_json_reader_offset (reader);
  guint64 number;

  if (!migdesc_json_reader_read_uint64 (reader, &number))
    return FALSE;
  *version = (guint32) number;
  return number <= G_MAXUINT32
         || migdesc_json_reader_fail (reader, MIGDESC_ERROR_DOCUMENT_VALUE, offset,
                                      "%" G_GUINT64_FORMAT " is not a version from 1 to 4294967295",
                                      number);
}

static gboolean read_object (Top *top, MigdescStruct *table, gboolean nested);

static gboolean
read_structs (Top *top)
{
  MigdescJsonReader *reader = top->read.reader;

  if (!migdesc_json_reader_begin_array (reader))
    return FALSE;
  while (migdesc_json_reader_next_element (reader))
    {
      MigdescStruct *table = migdesc_arena_alloc0 (top->read.arena, sizeof *table);

      if (!read_object (top, table, TRUE))
        return FALSE;
      g_ptr_array_add (top->structs, table);
    }
  return reader->error == 0;
}

static gboolean
read_top_member (Top *top,
                 TopMember member,
                 MigdescStruct *table)
{
  switch (member)
    {
    case TOP_FORMAT:
      return read_format (top->read.reader);
    case TOP_NAME:
      return migdesc_schema_read_name (&top->read, &table->name);
    case TOP_VERSION:
      return read_version (top->read.reader, &table->version);
    case TOP_MINIMUM:
      return read_version (top->read.reader, &table->minimum);
    case TOP_STRUCTS:
      return read_structs (top);
    case TOP_TRANSFORMS:
      top->transforms = migdesc_json_reader_tell (top->read.reader);
      return migdesc_json_reader_skip_value (top->read.reader);
    case TOP_CHECK:
      return migdesc_schema_read_name (&top->read, &table->check_name);
    default:
      return migdesc_schema_read_fields (&top->read, &table->fields, &table->n_fields);
    }
}

static guint
find_top_member (const MigdescJsonString *key,
                 guint allowed)
{
  for (guint i = 0; i < N_TOP; i++)
    if ((allowed >> i & 1) != 0
        && migdesc_json_string_equal (key, top_members[i], strlen (top_members[i])))
      return i;
  return N_TOP;
}

static gboolean
check_complete (MigdescJsonReader *reader,
                guint seen,
                gboolean nested,
                gsize offset)
{
  guint lacking = (nested ? NEEDED_BY_A_STRUCT : NEEDED_BY_A_SCHEMA) & ~seen;

  return lacking == 0
         || migdesc_json_reader_fail (reader, MIGDESC_ERROR_DOCUMENT_MISSING_MEMBER, offset,
                                      "%s has no \"%s\"", nested ? "a struct" : "the schema",
                                      top_members[__builtin_ctz (lacking)]);
}

static gboolean
read_object (Top *top,
             MigdescStruct *table,
             gboolean nested)
{
  MigdescJsonReader *reader = top->read.reader;
  gsize offset = migdesc_json_reader_offset (reader);
  guint allowed = nested ? OF_A_STRUCT : (1u << N_TOP) - 1;
  MigdescJsonString key;
  guint seen = 0;

  if (!migdesc_json_reader_begin_object (reader))
    return FALSE;
  while (migdesc_json_reader_next_member (reader, &key))
    {
      guint member = find_top_member (&key, allowed);

      if (member == N_TOP)
        return migdesc_schema_fail_unknown (reader, &key, nested ? "a struct" : "a state schema");
      if ((seen >> member & 1) != 0)
        return migdesc_json_reader_fail_duplicate (reader, &key);
      seen |= 1u << member;
      if (!read_top_member (top, (TopMember) member, table))
        return FALSE;
    }
  migdesc_schema_mark (table->reserved_, offset, NULL);
  return reader->error == 0 && check_complete (reader, seen, nested, offset);
}

static gboolean
fail_at (Top *top,
         const gpointer *reserved,
         const char *before,
         const char *name,
         const char *after)
{
  g_autofree char *shown = migdesc_quote (name, -1);

  return migdesc_json_reader_fail (top->read.reader, MIGDESC_ERROR_STATE_TYPE,
                                   GPOINTER_TO_SIZE (reserved[0]), "%s%s%s", before, shown,
                                   after);
}

/* The struct must come before who nests it, so that none can be inside of itself. */
static gboolean
resolve_fields (Top *top,
                GHashTable *known,
                const MigdescField *fields,
                guint n_fields)
{
  for (guint i = 0; i < n_fields; i++)
    {
      MigdescField *field = (MigdescField *) &fields[i];
      const char *name = field->reserved_[1];
      MigdescStruct *table;

      if (field->kind == MIGDESC_FIELD_SECTION
          && !resolve_fields (top, known, field->fields, field->n_fields))
        return FALSE;
      if (field->kind != MIGDESC_FIELD_STRUCT)
        continue;
      table = g_hash_table_lookup (known, name);
      if (table == NULL)
        return fail_at (top, (const gpointer *) field->reserved_,
                        "no struct \"", name, "\" is declared before this one");
      table->reserved_[1] = table; /* in use */
      field->type = table;
      field->width = table->size;
    }
  return TRUE;
}

static void
set_owner (const MigdescField *fields,
           guint n_fields,
           const char *owner)
{
  for (guint i = 0; i < n_fields; i++)
    {
      MigdescField *field = (MigdescField *) &fields[i];

      if (field->kind == MIGDESC_FIELD_SECTION)
        set_owner (field->fields, field->n_fields, owner);
      field->owner = owner;
    }
}

static gboolean
finish_table (Top *top,
              GHashTable *known,
              MigdescStruct *table)
{
  if (!resolve_fields (top, known, table->fields, table->n_fields))
    return FALSE;
  table->struct_size = sizeof (MigdescStruct);
  table->field_size = sizeof (MigdescField);
  table->synthetic = TRUE;
  table->owner = table->name;
  set_owner (table->fields, table->n_fields, table->owner);
  if (!migdesc_schema_lay_out (table))
    return fail_at (top, (const gpointer *) table->reserved_,
                    "", table->name, ": the struct is larger than 4294967295 bytes");
  return TRUE;
}

static gboolean
finish_structs (Top *top,
                GHashTable *known)
{
  for (guint i = 0; i < top->structs->len; i++)
    {
      MigdescStruct *table = g_ptr_array_index (top->structs, i);

      table->version = top->table->version;
      table->minimum = top->table->minimum;
      if (!finish_table (top, known, table))
        return FALSE;
      if (!g_hash_table_insert (known, (gpointer) table->name, table))
        return fail_at (top, (const gpointer *) table->reserved_,
                        "there are two structs of the name \"", table->name, "\"");
    }
  return TRUE;
}

static gboolean
check_used (Top *top)
{
  for (guint i = 0; i < top->structs->len; i++)
    {
      const MigdescStruct *table = g_ptr_array_index (top->structs, i);

      if (table->reserved_[1] == NULL)
        return fail_at (top, (const gpointer *) table->reserved_,
                        "the struct \"", table->name,
                        "\" is not used by any field behind it");
    }
  return TRUE;
}

const MigdescStruct *
migdesc_schema_read (MigdescJsonReader *reader,
                     MigdescArena *arena,
                     MigdescJsonMark *transforms)
{
  g_autoptr (GPtrArray) structs = g_ptr_array_new ();
  g_autoptr (GHashTable) known = g_hash_table_new (g_str_hash, g_str_equal);
  Top top = { { reader, arena, FALSE },
              structs,
              migdesc_arena_alloc0 (arena, sizeof *top.table),
              { .cursor = NULL } };

  if (!read_object (&top, top.table, FALSE) || !migdesc_json_reader_finish (reader))
    return NULL;
  if (!finish_structs (&top, known) || !finish_table (&top, known, top.table)
      || !check_used (&top))
    return NULL;
  *transforms = top.transforms;
  return top.table;
}
