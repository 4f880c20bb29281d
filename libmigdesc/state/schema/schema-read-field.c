/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "base/quote.h"
#include "state/schema/schema-read.h"
#include "state/table/table-fault.h"

/* The object of a field: its members in any order, none twice, none unknown. */

typedef enum
{
  READ_TEXT,
  READ_NUMBER, /* or a string of digits */
  READ_TRUE,
  READ_WORDS,
  READ_FIELDS
} HowToRead;

static const guint8 how_to_read[MIGDESC_SCHEMA_N_MEMBERS] = {
  [MIGDESC_SCHEMA_NAME] = READ_TEXT,
  [MIGDESC_SCHEMA_TYPE] = READ_TEXT,
  [MIGDESC_SCHEMA_MIN] = READ_NUMBER,
  [MIGDESC_SCHEMA_MAX] = READ_NUMBER,
  [MIGDESC_SCHEMA_NON_FINITE] = READ_TRUE,
  [MIGDESC_SCHEMA_WORDS] = READ_WORDS,
  [MIGDESC_SCHEMA_ARRAY] = READ_TEXT,
  [MIGDESC_SCHEMA_NONE] = READ_NUMBER,
  [MIGDESC_SCHEMA_VALUE] = READ_NUMBER,
  [MIGDESC_SCHEMA_STRUCT] = READ_TEXT,
  [MIGDESC_SCHEMA_NULLABLE] = READ_TRUE,
  [MIGDESC_SCHEMA_COUNT] = READ_NUMBER,
  [MIGDESC_SCHEMA_MAXIMUM] = READ_NUMBER,
  [MIGDESC_SCHEMA_COUNT_FIELD] = READ_TEXT,
  [MIGDESC_SCHEMA_COUNT_PARAM] = READ_TEXT,
  [MIGDESC_SCHEMA_LEFT] = READ_TEXT,
  [MIGDESC_SCHEMA_RELATION] = READ_TEXT,
  [MIGDESC_SCHEMA_RIGHT] = READ_TEXT,
  [MIGDESC_SCHEMA_RIGHT_PARAM] = READ_TEXT,
  [MIGDESC_SCHEMA_RIGHT_VALUE] = READ_NUMBER,
  [MIGDESC_SCHEMA_VERSION] = READ_NUMBER,
  [MIGDESC_SCHEMA_MINIMUM] = READ_NUMBER,
  [MIGDESC_SCHEMA_FIELDS] = READ_FIELDS,
  [MIGDESC_SCHEMA_SINCE] = READ_NUMBER,
  [MIGDESC_SCHEMA_UNTIL] = READ_NUMBER,
  [MIGDESC_SCHEMA_IF_PARAM] = READ_TEXT,
  [MIGDESC_SCHEMA_IF_VALUE] = READ_TEXT,
  [MIGDESC_SCHEMA_NEEDED] = READ_TEXT,
  [MIGDESC_SCHEMA_DEFAULT] = READ_NUMBER,
  [MIGDESC_SCHEMA_REQUIRED] = READ_TRUE,
  [MIGDESC_SCHEMA_DROPPABLE] = READ_TRUE,
  [MIGDESC_SCHEMA_GONE] = READ_TRUE,
};

static gboolean
read_number (MigdescJsonReader *reader,
             MigdescJsonString *text)
{
  if (migdesc_json_reader_peek (reader) == MIGDESC_JSON_STRING)
    return migdesc_json_reader_read_string (reader, text);
  return migdesc_json_reader_read_number (reader, text);
}

/* A switch that is off is left out, so that there is one way to say it. */
static gboolean
read_true (MigdescJsonReader *reader,
           MigdescJsonString *text)
{
  gsize offset = migdesc_json_reader_offset (reader);
  gboolean value;

  text->offset = (guint32) offset;
  if (!migdesc_json_reader_read_bool (reader, &value))
    return FALSE;
  return value
         || migdesc_json_reader_fail (reader, MIGDESC_ERROR_DOCUMENT_VALUE, offset,
                                      "the only value is true; false is said by leaving it out");
}

static gboolean
read_words (MigdescSchemaRead *read,
            MigdescSchemaItem *item)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new ();
  MigdescJsonString word;

  if (!migdesc_json_reader_begin_array (read->reader))
    return FALSE;
  while (migdesc_json_reader_next_element (read->reader))
    {
      if (!migdesc_json_reader_read_string (read->reader, &word))
        return FALSE;
      g_ptr_array_add (words, migdesc_arena_dup (read->arena, word.text, word.length));
    }
  if (read->reader->error != 0)
    return FALSE;
  item->n_words = words->len;
  g_ptr_array_add (words, NULL);
  item->words = memcpy (migdesc_arena_alloc (read->arena, words->len * sizeof (gpointer)),
                        words->pdata, words->len * sizeof (gpointer));
  return TRUE;
}

static gboolean
read_section_fields (MigdescSchemaRead *read,
                     MigdescSchemaItem *item)
{
  MigdescSchemaRead inner = *read;

  if (read->in_section)
    return migdesc_json_reader_fail (read->reader, MIGDESC_ERROR_STATE_TYPE,
                                     migdesc_json_reader_offset (read->reader),
                                     "a section is in a section, and may be in a device only");
  inner.in_section = TRUE;
  return migdesc_schema_read_fields (&inner, &item->fields, &item->n_fields);
}

static gboolean
read_member (MigdescSchemaRead *read,
             guint member,
             MigdescSchemaItem *item)
{
  switch ((HowToRead) how_to_read[member])
    {
    case READ_NUMBER:
      return read_number (read->reader, &item->texts[member]);
    case READ_TRUE:
      return read_true (read->reader, &item->texts[member]);
    case READ_WORDS:
      return read_words (read, item);
    case READ_FIELDS:
      return read_section_fields (read, item);
    default:
      return migdesc_json_reader_read_string (read->reader, &item->texts[member]);
    }
}

static guint
find_member (const MigdescJsonString *key)
{
  guint i = 0;

  while (i < MIGDESC_SCHEMA_N_MEMBERS
         && !migdesc_json_string_equal (key, migdesc_schema_members[i],
                                        strlen (migdesc_schema_members[i])))
    i++;
  return i;
}

gboolean
migdesc_schema_read_field (MigdescSchemaRead *read,
                           MigdescField *field)
{
  MigdescJsonReader *reader = read->reader;
  MigdescSchemaItem item = { .offset = migdesc_json_reader_offset (reader) };
  MigdescJsonString key;

  if (!migdesc_json_reader_begin_object (reader))
    return FALSE;
  while (migdesc_json_reader_next_member (reader, &key))
    {
      guint member = find_member (&key);
      guint64 bit = G_GUINT64_CONSTANT (1) << member;

      if (member == MIGDESC_SCHEMA_N_MEMBERS)
        return migdesc_schema_fail_unknown (reader, &key, "a field");
      if ((item.seen & bit) != 0)
        return migdesc_json_reader_fail_duplicate (reader, &key);
      item.seen |= bit;
      item.texts[member].offset = key.offset;
      if (!read_member (read, member, &item))
        return FALSE;
    }
  return reader->error == 0 && migdesc_schema_make_field (read, &item, field);
}

gboolean
migdesc_schema_fail_unknown (MigdescJsonReader *reader,
                             const MigdescJsonString *key,
                             const char *what)
{
  g_autofree char *shown = migdesc_quote (key->text, key->length);

  return migdesc_json_reader_fail (reader, MIGDESC_ERROR_DOCUMENT_UNKNOWN_MEMBER, key->offset,
                                   "%s has no member \"%s\"", what, shown);
}

gboolean
migdesc_schema_read_fields (MigdescSchemaRead *read,
                            const MigdescField **fields,
                            guint *n_fields)
{
  g_autoptr (GArray) all = g_array_new (FALSE, FALSE, sizeof (MigdescField));
  gsize size;

  if (!migdesc_json_reader_begin_array (read->reader))
    return FALSE;
  while (migdesc_json_reader_next_element (read->reader))
    {
      MigdescField field = { 0 };

      if (all->len == MIGDESC_STRUCT_FIELDS_MAX)
        return migdesc_json_reader_fail (read->reader, MIGDESC_ERROR_STATE_TYPE,
                                         migdesc_json_reader_offset (read->reader),
                                         "there are more than %u fields",
                                         MIGDESC_STRUCT_FIELDS_MAX);
      if (!migdesc_schema_read_field (read, &field))
        return FALSE;
      g_array_append_val (all, field);
    }
  size = all->len * sizeof (MigdescField);
  *n_fields = all->len;
  *fields = migdesc_arena_alloc0 (read->arena, size);
  if (size > 0)
    memcpy ((gpointer) *fields, all->data, size);
  return read->reader->error == 0;
}
