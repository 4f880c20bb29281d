/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "state/schema/schema-words.h"

#include <string.h>

const char *const migdesc_schema_members[MIGDESC_SCHEMA_N_MEMBERS] = {
  [MIGDESC_SCHEMA_NAME] = "name",
  [MIGDESC_SCHEMA_TYPE] = "type",
  [MIGDESC_SCHEMA_MIN] = "min",
  [MIGDESC_SCHEMA_MAX] = "max",
  [MIGDESC_SCHEMA_NON_FINITE] = "non-finite",
  [MIGDESC_SCHEMA_WORDS] = "words",
  [MIGDESC_SCHEMA_ARRAY] = "array",
  [MIGDESC_SCHEMA_NONE] = "none",
  [MIGDESC_SCHEMA_VALUE] = "value",
  [MIGDESC_SCHEMA_STRUCT] = "struct",
  [MIGDESC_SCHEMA_NULLABLE] = "nullable",
  [MIGDESC_SCHEMA_COUNT] = "count",
  [MIGDESC_SCHEMA_MAXIMUM] = "maximum",
  [MIGDESC_SCHEMA_COUNT_FIELD] = "count-field",
  [MIGDESC_SCHEMA_COUNT_PARAM] = "count-param",
  [MIGDESC_SCHEMA_LEFT] = "left",
  [MIGDESC_SCHEMA_RELATION] = "relation",
  [MIGDESC_SCHEMA_RIGHT] = "right",
  [MIGDESC_SCHEMA_RIGHT_PARAM] = "right-param",
  [MIGDESC_SCHEMA_RIGHT_VALUE] = "right-value",
  [MIGDESC_SCHEMA_VERSION] = "version",
  [MIGDESC_SCHEMA_MINIMUM] = "minimum",
  [MIGDESC_SCHEMA_FIELDS] = "fields",
  [MIGDESC_SCHEMA_SINCE] = "since",
  [MIGDESC_SCHEMA_UNTIL] = "until",
  [MIGDESC_SCHEMA_IF_PARAM] = "if-param",
  [MIGDESC_SCHEMA_IF_VALUE] = "if-value",
  [MIGDESC_SCHEMA_NEEDED] = "needed",
  [MIGDESC_SCHEMA_DEFAULT] = "default",
  [MIGDESC_SCHEMA_REQUIRED] = "required",
  [MIGDESC_SCHEMA_DROPPABLE] = "droppable",
  [MIGDESC_SCHEMA_GONE] = "gone",
};

typedef struct
{
  const char *word;
  MigdescFieldKind kind;
  guint width; /* 0: any, which does not show in a stream */
} TypeWord;

static const TypeWord type_words[] = {
  { "bool", MIGDESC_FIELD_BOOL, 0 },
  { "u8", MIGDESC_FIELD_UINT, 1 },
  { "u16", MIGDESC_FIELD_UINT, 2 },
  { "u32", MIGDESC_FIELD_UINT, 4 },
  { "u64", MIGDESC_FIELD_UINT, 8 },
  { "i8", MIGDESC_FIELD_INT, 1 },
  { "i16", MIGDESC_FIELD_INT, 2 },
  { "i32", MIGDESC_FIELD_INT, 4 },
  { "i64", MIGDESC_FIELD_INT, 8 },
  { "f64", MIGDESC_FIELD_DOUBLE, 8 },
  { "enum8", MIGDESC_FIELD_ENUM, 1 },
  { "enum16", MIGDESC_FIELD_ENUM, 2 },
  { "enum32", MIGDESC_FIELD_ENUM, 4 },
  { "enum64", MIGDESC_FIELD_ENUM, 8 },
  { "flags8", MIGDESC_FIELD_FLAGS, 1 },
  { "flags16", MIGDESC_FIELD_FLAGS, 2 },
  { "flags32", MIGDESC_FIELD_FLAGS, 4 },
  { "flags64", MIGDESC_FIELD_FLAGS, 8 },
  { "index8", MIGDESC_FIELD_INDEX, 1 },
  { "index16", MIGDESC_FIELD_INDEX, 2 },
  { "index32", MIGDESC_FIELD_INDEX, 4 },
  { "timer", MIGDESC_FIELD_TIMER, 8 },
  { "bytes", MIGDESC_FIELD_BYTES, 1 },
  { "string", MIGDESC_FIELD_STRING, 1 },
  { "bitmap", MIGDESC_FIELD_BITMAP, 0 },
  { "struct", MIGDESC_FIELD_STRUCT, 0 },
  { "constant8", MIGDESC_FIELD_CONSTANT, 1 },
  { "constant16", MIGDESC_FIELD_CONSTANT, 2 },
  { "constant32", MIGDESC_FIELD_CONSTANT, 4 },
  { "constant64", MIGDESC_FIELD_CONSTANT, 8 },
  { "unused", MIGDESC_FIELD_UNUSED, 1 },
  { "relation", MIGDESC_FIELD_RELATION, 0 },
  { "section", MIGDESC_FIELD_SECTION, 0 },
};

const char *
migdesc_schema_type_to_word (MigdescFieldKind kind,
                             guint width)
{
  for (gsize i = 0; i < G_N_ELEMENTS (type_words); i++)
    if (type_words[i].kind == kind && (type_words[i].width == 0 || type_words[i].width == width))
      return type_words[i].word;
  return NULL;
}

gboolean
migdesc_schema_type_from_word (const char *word,
                               gsize length,
                               MigdescFieldKind *kind,
                               guint *width)
{
  for (gsize i = 0; i < G_N_ELEMENTS (type_words); i++)
    if (strlen (type_words[i].word) == length && memcmp (type_words[i].word, word, length) == 0)
      {
        *kind = type_words[i].kind;
        *width = type_words[i].width;
        return TRUE;
      }
  return FALSE;
}

static const char *const relation_words[] = {
  [MIGDESC_LT] = "lt",
  [MIGDESC_LE] = "le",
  [MIGDESC_EQ] = "eq",
  [MIGDESC_NE] = "ne",
};

const char *
migdesc_schema_relation_to_word (MigdescFieldRelation relation)
{
  return relation_words[relation];
}

MigdescFieldRelation
migdesc_schema_relation_from_word (const char *word,
                                   gsize length)
{
  for (guint i = MIGDESC_LT; i <= MIGDESC_NE; i++)
    if (strlen (relation_words[i]) == length && memcmp (relation_words[i], word, length) == 0)
      return (MigdescFieldRelation) i;
  return (MigdescFieldRelation) 0;
}

void
migdesc_schema_set_usual_bounds (MigdescField *field)
{
  gboolean timer = field->kind == MIGDESC_FIELD_TIMER;

  field->min = timer ? G_MAXUINT64 : 0; /* -1: not armed */
  field->max = timer ? G_MAXINT64 : 1;
}

gboolean
migdesc_schema_has_usual_bounds (const MigdescField *field)
{
  MigdescField usual = *field;

  migdesc_schema_set_usual_bounds (&usual);
  return field->min == usual.min && field->max == usual.max;
}

/* The macro makes a word of whatever it is given; a schema has nothing but the word. */
const char *
migdesc_schema_get_check_name (const MigdescStruct *table)
{
  return table->check != NULL || table->synthetic ? table->check_name : NULL;
}
