/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "state/schema/schema-write-field.h"

#include "state/schema/schema-words.h"
#include "state/table/scalar.h"

/* A field as an object. What is known by the version and configuration at hand is written as what
 * it comes down to: no gates, counts instead of parameters. */

static const char *
word (MigdescSchemaMember member)
{
  return migdesc_schema_members[member];
}

static void
write_text (MigdescJsonWriter *writer,
            MigdescSchemaMember member,
            const char *text)
{
  migdesc_json_writer_member_string (writer, word (member), text);
}

static void
write_number (MigdescJsonWriter *writer,
              MigdescSchemaMember member,
              guint64 value)
{
  migdesc_json_writer_key (writer, word (member));
  migdesc_json_writer_uint_safe (writer, value);
}

static void
write_true (MigdescJsonWriter *writer,
            MigdescSchemaMember member)
{
  migdesc_json_writer_member_bool (writer, word (member), TRUE);
}

/* As the field's values are: signed ones from two's complement. */
static void
write_integer (MigdescJsonWriter *writer,
               MigdescSchemaMember member,
               const MigdescField *field,
               guint64 value)
{
  gboolean is_signed = migdesc_field_is_signed (field)
                       || field->kind == MIGDESC_FIELD_DOUBLE;
  const char *quote;
  g_autofree char *text = NULL;

  if (!is_signed || (gint64) value >= 0)
    {
      write_number (writer, member, value);
      return;
    }
  quote = 0 - value > MIGDESC_JSON_SAFE_INTEGER ? "\"" : "";
  text = g_strdup_printf ("%s%" G_GINT64_FORMAT "%s", quote, (gint64) value, quote);
  migdesc_json_writer_key (writer, word (member));
  migdesc_json_writer_raw (writer, text, strlen (text));
}

static void
write_real (MigdescJsonWriter *writer,
            MigdescSchemaMember member,
            double value)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  g_ascii_dtostr (text, sizeof text, value);
  migdesc_json_writer_key (writer, word (member));
  migdesc_json_writer_raw (writer, text, strlen (text));
}

static gboolean
is_effective (const MigdescSchemaScope *scope)
{
  return scope->filter->version != 0;
}

static gboolean
is_limited (const MigdescSchemaScope *scope)
{
  return scope->filter->limit != 0;
}

gboolean
migdesc_schema_is_written (const MigdescSchemaScope *scope,
                           const MigdescField *field)
{
  if (!is_effective (scope))
    return !is_limited (scope) || scope->in_section || field->since <= scope->filter->limit;
  return migdesc_field_is_present (field, scope->version, scope->filter->lookup,
                                   scope->filter->lookup_data);
}

MigdescSchemaScope
migdesc_schema_enter_section (const MigdescSchemaScope *scope,
                              const MigdescField *section)
{
  MigdescSchemaScope inner = *scope;

  inner.fields = section->fields;
  inner.n_fields = section->n_fields;
  inner.version = is_effective (scope) ? section->version : 0;
  inner.in_section = TRUE;
  return inner;
}

/* Whether there is a field of that name for a rule to be about, as the plan looks for it. */
static gboolean
is_known (const MigdescSchemaScope *scope,
          const char *name)
{
  MigdescSchemaScope body = *scope;

  if (!is_effective (scope) && !is_limited (scope))
    return TRUE;
  for (guint i = 0; i < scope->n_fields; i++)
    if (scope->fields[i].kind < MIGDESC_FIELD_CONSTANT && strcmp (scope->fields[i].name, name) == 0
        && migdesc_schema_is_written (scope, &scope->fields[i]))
      return TRUE;
  if (!scope->in_section)
    return FALSE;
  body.fields = scope->table->fields;
  body.n_fields = scope->table->n_fields;
  body.version = scope->filter->version;
  body.in_section = FALSE;
  return is_known (&body, name);
}

static gboolean
get_param (const MigdescSchemaScope *scope,
           const char *name,
           guint64 *value)
{
  const char *text = scope->filter->lookup == NULL
                         ? NULL
                         : scope->filter->lookup (scope->filter->lookup_data, name);

  return text != NULL && g_ascii_string_to_unsigned (text, 10, 0, G_MAXUINT64, value, NULL);
}

static void
write_words (const MigdescField *field,
             MigdescJsonWriter *writer)
{
  migdesc_json_writer_key (writer, word (MIGDESC_SCHEMA_WORDS));
  migdesc_json_writer_begin_array (writer);
  for (guint i = 0; i < field->n_words; i++)
    migdesc_json_writer_string (writer, field->words[i]);
  migdesc_json_writer_end_array (writer);
}

static void
write_double (const MigdescField *field,
              MigdescJsonWriter *writer)
{
  if ((field->flags & MIGDESC_FIELD_NON_FINITE) != 0)
    {
      write_true (writer, MIGDESC_SCHEMA_NON_FINITE);
      return;
    }
  write_real (writer, MIGDESC_SCHEMA_MIN, field->real_min);
  write_real (writer, MIGDESC_SCHEMA_MAX, field->real_max);
}

static void
write_index (const MigdescField *field,
             MigdescJsonWriter *writer)
{
  write_text (writer, MIGDESC_SCHEMA_ARRAY, field->other);
  if ((field->flags & MIGDESC_FIELD_NONE_ALLOWED) != 0)
    write_number (writer, MIGDESC_SCHEMA_NONE, field->max);
}

static void
write_bounds (const MigdescSchemaScope *scope,
              const MigdescField *field,
              MigdescJsonWriter *writer)
{
  guint64 min, max;

  switch ((MigdescFieldKind) field->kind)
    {
    case MIGDESC_FIELD_BOOL:
    case MIGDESC_FIELD_TIMER:
      if (migdesc_schema_has_usual_bounds (field))
        break;
      G_GNUC_FALLTHROUGH;
    case MIGDESC_FIELD_UINT:
    case MIGDESC_FIELD_INT:
      write_integer (writer, MIGDESC_SCHEMA_MIN, field, field->min);
      write_integer (writer, MIGDESC_SCHEMA_MAX, field, field->max);
      break;
    case MIGDESC_FIELD_DOUBLE:
      write_double (field, writer);
      break;
    case MIGDESC_FIELD_ENUM:
    case MIGDESC_FIELD_FLAGS:
      write_words (field, writer);
      break;
    case MIGDESC_FIELD_INDEX:
      if (is_known (scope, field->other))
        {
          write_index (field, writer);
          break;
        }
      migdesc_field_get_bounds (field, &min, &max);
      write_number (writer, MIGDESC_SCHEMA_MIN, min);
      write_number (writer, MIGDESC_SCHEMA_MAX, max);
      break;
    case MIGDESC_FIELD_CONSTANT:
      migdesc_field_get_bounds (field, &min, &max);
      write_integer (writer, MIGDESC_SCHEMA_VALUE, field, min);
      break;
    default:
      break;
    }
}

static void
write_count (const MigdescSchemaScope *scope,
             const MigdescField *field,
             MigdescJsonWriter *writer)
{
  guint64 count = field->capacity;
  gboolean known = field->counting == MIGDESC_COUNT_FIXED || field->kind == MIGDESC_FIELD_UNUSED;

  if (field->counting == MIGDESC_COUNT_ONE && !known)
    return;
  if (is_effective (scope) && field->counting == MIGDESC_COUNT_PARAM)
    known = get_param (scope, field->other, &count);
  write_number (writer, known ? MIGDESC_SCHEMA_COUNT : MIGDESC_SCHEMA_MAXIMUM, count);
  if (!known && field->counting == MIGDESC_COUNT_FIELD)
    write_text (writer, MIGDESC_SCHEMA_COUNT_FIELD, field->other);
  if (!known && field->counting == MIGDESC_COUNT_PARAM)
    write_text (writer, MIGDESC_SCHEMA_COUNT_PARAM, field->other);
}

static void
write_relation (const MigdescSchemaScope *scope,
                const MigdescField *field,
                MigdescJsonWriter *writer)
{
  guint64 value = field->max;
  gboolean known = field->counting == MIGDESC_COUNT_FIXED;

  write_text (writer, MIGDESC_SCHEMA_LEFT, field->name);
  write_text (writer, MIGDESC_SCHEMA_RELATION,
              migdesc_schema_relation_to_word ((MigdescFieldRelation) field->relation));
  if (is_effective (scope) && field->counting == MIGDESC_COUNT_PARAM)
    known = get_param (scope, field->other, &value);
  if (known)
    write_number (writer, MIGDESC_SCHEMA_RIGHT_VALUE, value);
  else
    write_text (writer,
                field->counting == MIGDESC_COUNT_PARAM ? MIGDESC_SCHEMA_RIGHT_PARAM
                                                       : MIGDESC_SCHEMA_RIGHT,
                field->other);
}

static void
write_section (const MigdescSchemaScope *scope,
               const MigdescField *field,
               MigdescJsonWriter *writer)
{
  const MigdescSchemaScope inner = migdesc_schema_enter_section (scope, field);

  write_number (writer, MIGDESC_SCHEMA_VERSION, field->version);
  write_number (writer, MIGDESC_SCHEMA_MINIMUM,
                is_effective (scope) ? field->version : field->minimum);
  migdesc_json_writer_key (writer, word (MIGDESC_SCHEMA_FIELDS));
  migdesc_schema_write_fields (&inner, writer);
}

static void
write_gates (const MigdescSchemaScope *scope,
             const MigdescField *field,
             MigdescJsonWriter *writer)
{
  gboolean open = is_limited (scope) && !scope->in_section && field->until >= scope->filter->limit;

  if (field->since != 0)
    write_number (writer, MIGDESC_SCHEMA_SINCE, field->since);
  if (field->until != 0 && !open)
    write_number (writer, MIGDESC_SCHEMA_UNTIL, field->until);
  if (field->param != NULL)
    {
      write_text (writer, MIGDESC_SCHEMA_IF_PARAM, field->param);
      write_text (writer, MIGDESC_SCHEMA_IF_VALUE,
                  field->param_value == NULL ? "on" : field->param_value);
    }
}

static void
write_absence (const MigdescSchemaScope *scope,
               const MigdescField *field,
               MigdescJsonWriter *writer)
{
  gboolean all = !is_effective (scope);

  if (all)
    write_gates (scope, field, writer);
  if (field->needed_name != NULL)
    write_text (writer, MIGDESC_SCHEMA_NEEDED, field->needed_name);
  if (all && (field->more_flags & MIGDESC_FIELD_HAS_DEFAULT) != 0)
    write_integer (writer, MIGDESC_SCHEMA_DEFAULT, field, field->default_value);
  if (all && (field->more_flags & MIGDESC_FIELD_REQUIRED) != 0)
    write_true (writer, MIGDESC_SCHEMA_REQUIRED);
  if ((field->section_flags & MIGDESC_FIELD_DROPPABLE) != 0)
    write_true (writer, MIGDESC_SCHEMA_DROPPABLE);
  if (all && (field->flags & MIGDESC_FIELD_GONE) != 0)
    write_true (writer, MIGDESC_SCHEMA_GONE);
}

static const char *
get_type_word (const MigdescSchemaScope *scope,
               const MigdescField *field)
{
  MigdescFieldKind kind = (MigdescFieldKind) field->kind;

  /* a position in an array that this version lacks is any number */
  if (kind == MIGDESC_FIELD_INDEX && !is_known (scope, field->other))
    kind = MIGDESC_FIELD_UINT;
  return migdesc_schema_type_to_word (kind, field->width);
}

static void
write_nested (const MigdescSchemaScope *scope,
              const MigdescField *field,
              MigdescJsonWriter *writer)
{
  g_autofree char *name = migdesc_schema_dup_struct_name (scope, field->type);

  write_text (writer, MIGDESC_SCHEMA_STRUCT, name);
  if (field->storage == MIGDESC_STORAGE_NULLABLE)
    write_true (writer, MIGDESC_SCHEMA_NULLABLE);
}

static void
write_field (const MigdescSchemaScope *scope,
             const MigdescField *field,
             MigdescJsonWriter *writer)
{
  gboolean named = field->kind != MIGDESC_FIELD_UNUSED && field->kind != MIGDESC_FIELD_RELATION;

  migdesc_json_writer_begin_object (writer);
  if (named)
    write_text (writer, MIGDESC_SCHEMA_NAME, field->name);
  write_text (writer, MIGDESC_SCHEMA_TYPE, get_type_word (scope, field));
  write_bounds (scope, field, writer);
  if (field->kind == MIGDESC_FIELD_STRUCT)
    write_nested (scope, field, writer);
  if (field->kind == MIGDESC_FIELD_RELATION)
    write_relation (scope, field, writer);
  else if (field->kind == MIGDESC_FIELD_SECTION)
    write_section (scope, field, writer);
  else
    write_count (scope, field, writer);
  write_absence (scope, field, writer);
  migdesc_json_writer_end_object (writer);
}

/* A relation to what this version or configuration lacks says nothing. */
static gboolean
says_something (const MigdescSchemaScope *scope,
                const MigdescField *field)
{
  guint64 value;

  if (field->kind != MIGDESC_FIELD_RELATION || (!is_effective (scope) && !is_limited (scope)))
    return TRUE;
  if (!is_known (scope, field->name))
    return FALSE;
  if (field->counting == MIGDESC_COUNT_PARAM)
    return !is_effective (scope) || get_param (scope, field->other, &value);
  return field->counting == MIGDESC_COUNT_FIXED || is_known (scope, field->other);
}

void
migdesc_schema_write_fields (const MigdescSchemaScope *scope,
                             MigdescJsonWriter *writer)
{
  migdesc_json_writer_begin_array (writer);
  for (guint i = 0; i < scope->n_fields; i++)
    if (migdesc_schema_is_written (scope, &scope->fields[i])
        && says_something (scope, &scope->fields[i]))
      write_field (scope, &scope->fields[i], writer);
  migdesc_json_writer_end_array (writer);
}
