/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "base/quote.h"
#include "state/schema/schema-read.h"
#include "state/table/scalar.h"
#include "state/table/storage.h"

/* From what an object says to a field: which members a kind must and may have, and its numbers. */

#define BIT(member) (G_GUINT64_CONSTANT (1) << MIGDESC_SCHEMA_##member)
#define GATES (BIT (SINCE) | BIT (UNTIL) | BIT (IF_PARAM) | BIT (IF_VALUE))
#define ABSENCE (GATES | BIT (DEFAULT) | BIT (REQUIRED))
#define COUNTS (BIT (COUNT) | BIT (MAXIMUM) | BIT (COUNT_FIELD) | BIT (COUNT_PARAM))
#define NAMED (BIT (NAME) | BIT (TYPE))

typedef struct
{
  guint64 must;
  guint64 may;
} Members;

static const Members members_of_kind[] = {
  [MIGDESC_FIELD_BOOL] = { NAMED, BIT (MIN) | BIT (MAX) | COUNTS | ABSENCE | BIT (GONE) },
  [MIGDESC_FIELD_UINT] = { NAMED | BIT (MIN) | BIT (MAX), COUNTS | ABSENCE | BIT (GONE) },
  [MIGDESC_FIELD_INT] = { NAMED | BIT (MIN) | BIT (MAX), COUNTS | ABSENCE | BIT (GONE) },
  [MIGDESC_FIELD_DOUBLE]
  = { NAMED, BIT (MIN) | BIT (MAX) | BIT (NON_FINITE) | COUNTS | ABSENCE | BIT (GONE) },
  [MIGDESC_FIELD_ENUM] = { NAMED | BIT (WORDS), ABSENCE },
  [MIGDESC_FIELD_FLAGS] = { NAMED | BIT (WORDS), ABSENCE },
  [MIGDESC_FIELD_INDEX] = { NAMED | BIT (ARRAY), BIT (NONE) | ABSENCE },
  [MIGDESC_FIELD_TIMER] = { NAMED, BIT (MIN) | BIT (MAX) | COUNTS | ABSENCE | BIT (GONE) },
  [MIGDESC_FIELD_BYTES] = { NAMED, COUNTS | ABSENCE },
  [MIGDESC_FIELD_STRING] = { NAMED | BIT (MAXIMUM), ABSENCE },
  [MIGDESC_FIELD_BITMAP] = { NAMED, COUNTS | ABSENCE },
  [MIGDESC_FIELD_STRUCT] = { NAMED | BIT (STRUCT), BIT (NULLABLE) | COUNTS | ABSENCE },
  [MIGDESC_FIELD_CONSTANT] = { NAMED | BIT (VALUE), ABSENCE },
  [MIGDESC_FIELD_UNUSED] = { BIT (TYPE) | BIT (COUNT), ABSENCE },
  [MIGDESC_FIELD_RELATION] = { BIT (TYPE) | BIT (LEFT) | BIT (RELATION),
                               BIT (RIGHT) | BIT (RIGHT_PARAM) | BIT (RIGHT_VALUE) },
  [MIGDESC_FIELD_SECTION] = { NAMED | BIT (VERSION) | BIT (MINIMUM) | BIT (FIELDS),
                              ABSENCE | BIT (NEEDED) | BIT (DROPPABLE) },
};

static gboolean
has (const MigdescSchemaItem *item,
     MigdescSchemaMember member)
{
  return (item->seen >> member & 1) != 0;
}

static guint
count_members (const MigdescSchemaItem *item,
               guint64 of)
{
  return (guint) __builtin_popcountll (item->seen & of);
}

static gboolean
check_members (MigdescJsonReader *reader,
               const MigdescSchemaItem *item,
               MigdescFieldKind kind)
{
  const Members *members = &members_of_kind[kind];
  guint64 lacking = members->must & ~item->seen;
  guint64 unknown = item->seen & ~(members->must | members->may);
  g_autofree char *type = NULL;
  guint member;

  if (lacking == 0 && unknown == 0)
    return TRUE;
  type = migdesc_quote (item->texts[MIGDESC_SCHEMA_TYPE].text,
                        item->texts[MIGDESC_SCHEMA_TYPE].length);
  if (lacking != 0)
    {
      member = (guint) __builtin_ctzll (lacking);
      return migdesc_json_reader_fail (reader, MIGDESC_ERROR_DOCUMENT_MISSING_MEMBER, item->offset,
                                       "a field of type %s has no \"%s\"", type,
                                       migdesc_schema_members[member]);
    }
  member = (guint) __builtin_ctzll (unknown);
  return migdesc_json_reader_fail (reader, MIGDESC_ERROR_DOCUMENT_UNKNOWN_MEMBER,
                                   item->texts[member].offset,
                                   "a field of type %s cannot have \"%s\"", type,
                                   migdesc_schema_members[member]);
}

static gboolean
fail_number (MigdescJsonReader *reader,
             const MigdescJsonString *text,
             const char *wanted)
{
  g_autofree char *shown = migdesc_quote (text->text, text->length);

  return migdesc_json_reader_fail (reader, MIGDESC_ERROR_VALUE_NOT_INT, text->offset,
                                   "%s is not %s", shown, wanted);
}

/* Decimal digits, without leading zeros, maybe with a sign. */
static gboolean
parse_integer (const MigdescJsonString *text,
               gboolean is_signed,
               guint64 *value)
{
  char digits[24];
  gint64 number;

  if (text->length >= sizeof digits)
    return FALSE;
  memcpy (digits, text->text, text->length);
  digits[text->length] = '\0';
  if (digits[0] == '\0' || (digits[digits[0] == '-'] == '0' && text->length > 1))
    return FALSE;
  if (!is_signed)
    return g_ascii_string_to_unsigned (digits, 10, 0, G_MAXUINT64, value, NULL);
  if (!g_ascii_string_to_signed (digits, 10, G_MININT64, G_MAXINT64, &number, NULL))
    return FALSE;
  *value = (guint64) number;
  return TRUE;
}

/* A member that is an integer as the field's values are; stays as it is where it is not given. */
static gboolean
read_integer (MigdescSchemaRead *read,
              const MigdescSchemaItem *item,
              MigdescSchemaMember member,
              gboolean is_signed,
              guint64 *value)
{
  if (!has (item, member) || parse_integer (&item->texts[member], is_signed, value))
    return TRUE;
  return fail_number (read->reader, &item->texts[member],
                      is_signed ? "an integer from -9223372036854775808 to 9223372036854775807"
                                : "an integer from 0 to 18446744073709551615");
}

static gboolean
read_uint32 (MigdescSchemaRead *read,
             const MigdescSchemaItem *item,
             MigdescSchemaMember member,
             guint32 *value)
{
  guint64 number = 0;

  if (!has (item, member))
    return TRUE;
  if (!parse_integer (&item->texts[member], FALSE, &number) || number > G_MAXUINT32)
    return fail_number (read->reader, &item->texts[member], "an integer from 0 to 4294967295");
  *value = (guint32) number;
  return TRUE;
}

static gboolean
read_real (MigdescSchemaRead *read,
           const MigdescSchemaItem *item,
           MigdescSchemaMember member,
           double *value)
{
  const MigdescJsonString *text = &item->texts[member];
  g_autofree char *copy = g_strndup (text->text, text->length);

  if (read->reader->text[text->offset] != '"')
    *value = g_ascii_strtod (copy, NULL);
  if (read->reader->text[text->offset] != '"' && migdesc_double_is_finite (*value))
    return TRUE;
  return fail_number (read->reader, text, "a finite number");
}

static const char *
dup_text (MigdescSchemaRead *read,
          const MigdescSchemaItem *item,
          MigdescSchemaMember member)
{
  const MigdescJsonString *text = &item->texts[member];

  return has (item, member) ? migdesc_arena_dup (read->arena, text->text, text->length) : NULL;
}

static gboolean
make_reals (MigdescSchemaRead *read,
            const MigdescSchemaItem *item,
            MigdescField *field)
{
  gboolean bounded = has (item, MIGDESC_SCHEMA_MIN) && has (item, MIGDESC_SCHEMA_MAX);
  gboolean any = has (item, MIGDESC_SCHEMA_MIN) || has (item, MIGDESC_SCHEMA_MAX);

  if (has (item, MIGDESC_SCHEMA_NON_FINITE) ? any : !bounded)
    return migdesc_json_reader_fail (read->reader, MIGDESC_ERROR_DOCUMENT_MISSING_MEMBER,
                                     item->offset,
                                     "a field of type f64 has either \"min\" and \"max\", or "
                                     "\"non-finite\"");
  if (!bounded)
    {
      field->flags |= MIGDESC_FIELD_NON_FINITE;
      return TRUE;
    }
  return read_real (read, item, MIGDESC_SCHEMA_MIN, &field->real_min)
         && read_real (read, item, MIGDESC_SCHEMA_MAX, &field->real_max);
}

static gboolean
make_bounds (MigdescSchemaRead *read,
             const MigdescSchemaItem *item,
             MigdescField *field)
{
  gboolean is_signed = migdesc_kind_is_signed ((MigdescFieldKind) field->kind);

  if (field->kind == MIGDESC_FIELD_DOUBLE)
    return make_reals (read, item, field);
  if (field->kind == MIGDESC_FIELD_BOOL || field->kind == MIGDESC_FIELD_TIMER)
    migdesc_schema_set_usual_bounds (field);
  if (field->kind == MIGDESC_FIELD_CONSTANT)
    {
      gboolean negative = item->texts[MIGDESC_SCHEMA_VALUE].length > 0
                          && item->texts[MIGDESC_SCHEMA_VALUE].text[0] == '-';

      if (negative)
        field->flags |= MIGDESC_FIELD_SIGNED;
      if (!read_integer (read, item, MIGDESC_SCHEMA_VALUE, negative, &field->min))
        return FALSE;
      field->max = field->min;
    }
  if (has (item, MIGDESC_SCHEMA_NONE))
    field->flags |= MIGDESC_FIELD_NONE_ALLOWED;
  return read_integer (read, item, MIGDESC_SCHEMA_MIN, is_signed, &field->min)
         && read_integer (read, item, MIGDESC_SCHEMA_MAX, is_signed, &field->max)
         && read_integer (read, item, MIGDESC_SCHEMA_NONE, FALSE, &field->max);
}

/* Fixed numbers of small elements stay in the struct; all else gets memory when there is data. */
static void
choose_storage (const MigdescSchemaItem *item,
                MigdescField *field)
{
  if (field->kind == MIGDESC_FIELD_STRING)
    field->storage = MIGDESC_STORAGE_ALLOCATED;
  else if (has (item, MIGDESC_SCHEMA_NULLABLE))
    field->storage = MIGDESC_STORAGE_NULLABLE;
  else if (field->counting > MIGDESC_COUNT_FIXED)
    field->storage = MIGDESC_STORAGE_ALLOCATED;
}

static gboolean
make_count (MigdescSchemaRead *read,
            const MigdescSchemaItem *item,
            MigdescField *field)
{
  guint ways = count_members (item, BIT (COUNT) | BIT (MAXIMUM));
  guint others = count_members (item, BIT (COUNT_FIELD) | BIT (COUNT_PARAM));
  gboolean single = field->kind != MIGDESC_FIELD_BYTES && field->kind != MIGDESC_FIELD_BITMAP;

  field->capacity = 1;
  if (ways > 1 || others > 1 || (others > 0 && !has (item, MIGDESC_SCHEMA_MAXIMUM))
      || (ways == 0 && !single))
    return migdesc_json_reader_fail (read->reader, MIGDESC_ERROR_DOCUMENT_VALUE, item->offset,
                                     "a number of elements is \"count\", or \"maximum\" and at "
                                     "most one of \"count-field\" and \"count-param\"");
  if (ways == 0)
    return TRUE;
  field->counting = MIGDESC_COUNT_OWNED;
  if (has (item, MIGDESC_SCHEMA_COUNT))
    field->counting = MIGDESC_COUNT_FIXED;
  if (has (item, MIGDESC_SCHEMA_COUNT_FIELD))
    field->counting = MIGDESC_COUNT_FIELD;
  if (has (item, MIGDESC_SCHEMA_COUNT_PARAM))
    field->counting = MIGDESC_COUNT_PARAM;
  if (field->kind == MIGDESC_FIELD_UNUSED)
    field->counting = MIGDESC_COUNT_ONE;
  return read_uint32 (read, item, MIGDESC_SCHEMA_COUNT, &field->capacity)
         && read_uint32 (read, item, MIGDESC_SCHEMA_MAXIMUM, &field->capacity);
}

static gboolean
make_relation (MigdescSchemaRead *read,
               const MigdescSchemaItem *item,
               MigdescField *field)
{
  const MigdescJsonString *relation = &item->texts[MIGDESC_SCHEMA_RELATION];
  guint rights = count_members (item, BIT (RIGHT) | BIT (RIGHT_PARAM) | BIT (RIGHT_VALUE));

  field->name = dup_text (read, item, MIGDESC_SCHEMA_LEFT);
  field->relation
      = (guint8) migdesc_schema_relation_from_word (relation->text, relation->length);
  if (field->relation == 0)
    return migdesc_json_reader_fail (read->reader, MIGDESC_ERROR_DOCUMENT_VALUE, relation->offset,
                                     "a relation is one of lt, le, eq and ne");
  if (rights != 1)
    return migdesc_json_reader_fail (read->reader, MIGDESC_ERROR_DOCUMENT_VALUE, item->offset,
                                     "a relation has one of \"right\", \"right-param\" and "
                                     "\"right-value\"");
  field->other = dup_text (read, item, MIGDESC_SCHEMA_RIGHT);
  if (has (item, MIGDESC_SCHEMA_RIGHT_PARAM))
    {
      field->counting = MIGDESC_COUNT_PARAM;
      field->other = dup_text (read, item, MIGDESC_SCHEMA_RIGHT_PARAM);
    }
  if (has (item, MIGDESC_SCHEMA_RIGHT_VALUE))
    {
      field->counting = MIGDESC_COUNT_FIXED;
      field->other = "value"; /* what a message calls it */
    }
  return read_integer (read, item, MIGDESC_SCHEMA_RIGHT_VALUE, FALSE, &field->max);
}

static gboolean
make_gates (MigdescSchemaRead *read,
            const MigdescSchemaItem *item,
            MigdescField *field)
{
  gboolean is_signed = migdesc_kind_is_signed ((MigdescFieldKind) field->kind)
                       || field->kind == MIGDESC_FIELD_DOUBLE;

  if (has (item, MIGDESC_SCHEMA_IF_VALUE) && !has (item, MIGDESC_SCHEMA_IF_PARAM))
    return migdesc_json_reader_fail (read->reader, MIGDESC_ERROR_DOCUMENT_MISSING_MEMBER,
                                     item->texts[MIGDESC_SCHEMA_IF_VALUE].offset,
                                     "\"if-value\" is without \"if-param\"");
  field->param = dup_text (read, item, MIGDESC_SCHEMA_IF_PARAM);
  field->param_value = dup_text (read, item, MIGDESC_SCHEMA_IF_VALUE);
  field->needed_name = dup_text (read, item, MIGDESC_SCHEMA_NEEDED);
  if (has (item, MIGDESC_SCHEMA_DEFAULT))
    field->more_flags |= MIGDESC_FIELD_HAS_DEFAULT;
  if (has (item, MIGDESC_SCHEMA_REQUIRED))
    field->more_flags |= MIGDESC_FIELD_REQUIRED;
  if (has (item, MIGDESC_SCHEMA_DROPPABLE))
    field->section_flags |= MIGDESC_FIELD_DROPPABLE;
  if (has (item, MIGDESC_SCHEMA_GONE))
    field->flags |= MIGDESC_FIELD_GONE;
  return read_uint32 (read, item, MIGDESC_SCHEMA_SINCE, &field->since)
         && read_uint32 (read, item, MIGDESC_SCHEMA_UNTIL, &field->until)
         && read_integer (read, item, MIGDESC_SCHEMA_DEFAULT, is_signed, &field->default_value);
}

static gboolean
make_kind (MigdescSchemaRead *read,
           const MigdescSchemaItem *item,
           MigdescField *field)
{
  const MigdescJsonString *type = &item->texts[MIGDESC_SCHEMA_TYPE];
  MigdescFieldKind kind;
  guint width;

  if (!has (item, MIGDESC_SCHEMA_TYPE))
    return migdesc_json_reader_fail (read->reader, MIGDESC_ERROR_DOCUMENT_MISSING_MEMBER,
                                     item->offset, "a field has no \"type\"");
  if (!migdesc_schema_type_from_word (type->text, type->length, &kind, &width))
    {
      g_autofree char *shown = migdesc_quote (type->text, type->length);

      return migdesc_json_reader_fail (read->reader, MIGDESC_ERROR_DOCUMENT_VALUE, type->offset,
                                       "there is no type \"%s\"", shown);
    }
  field->kind = (guint8) kind;
  field->width = width;
  if (kind == MIGDESC_FIELD_BOOL || kind == MIGDESC_FIELD_BITMAP)
    field->width = 1;
  return check_members (read->reader, item, kind);
}

static gboolean
make_parts (MigdescSchemaRead *read,
            const MigdescSchemaItem *item,
            MigdescField *field)
{
  if (field->kind == MIGDESC_FIELD_RELATION)
    return make_relation (read, item, field);
  if (field->kind == MIGDESC_FIELD_SECTION)
    {
      field->fields = item->fields;
      field->n_fields = item->n_fields;
      return read_uint32 (read, item, MIGDESC_SCHEMA_VERSION, &field->version)
             && read_uint32 (read, item, MIGDESC_SCHEMA_MINIMUM, &field->minimum);
    }
  if (field->kind == MIGDESC_FIELD_INDEX)
    field->other = dup_text (read, item, MIGDESC_SCHEMA_ARRAY);
  field->words = item->words;
  field->n_words = item->n_words;
  if (!make_bounds (read, item, field) || !make_count (read, item, field))
    return FALSE;
  if (field->counting == MIGDESC_COUNT_FIELD)
    field->other = dup_text (read, item, MIGDESC_SCHEMA_COUNT_FIELD);
  if (field->counting == MIGDESC_COUNT_PARAM)
    field->other = dup_text (read, item, MIGDESC_SCHEMA_COUNT_PARAM);
  choose_storage (item, field);
  return TRUE;
}

gboolean
migdesc_schema_make_field (MigdescSchemaRead *read,
                           const MigdescSchemaItem *item,
                           MigdescField *field)
{
  field->flags = MIGDESC_FIELD_SYNTHETIC;
  migdesc_schema_mark (field->reserved_, item->offset,
                       dup_text (read, item, MIGDESC_SCHEMA_STRUCT));
  if (!make_kind (read, item, field))
    return FALSE;
  field->name = "";
  if (field->kind != MIGDESC_FIELD_UNUSED)
    field->name = dup_text (read, item, MIGDESC_SCHEMA_NAME);
  return make_parts (read, item, field) && make_gates (read, item, field);
}
