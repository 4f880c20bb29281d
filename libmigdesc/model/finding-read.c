/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Reading findings back from their JSON. Members that this version does not know are passed over: a
 * newer library may have written them. */

#include <string.h>

#include <migdesc/migdesc-text.h>
#include "base/json-reader.h"
#include "base/json-writer.h"
#include "base/key-set.h"
#include "base/quote.h"
#include "model/report-private.h"
#include "value/value.h"
#include "value/value-set-private.h"

/* What the members of an accepted set tell about its type; of different ones, the first */
typedef enum
{
  MEMBERS_BOOLS,
  MEMBERS_INTS,
  MEMBERS_STRINGS,
  MEMBERS_QUOTED, /* each a string that an int or a range would be written as too, or none at all */
} MembersKind;

/* A finding on its way in. The text of the accepted set's members waits until all else is known. */
typedef struct
{
  MigdescFindingCore *core;
  GArray *accepted; /* MigdescJsonString; NULL: no such member */
  MembersKind kind;
} FindingReader;

static char *
dup_text (const MigdescJsonString *string)
{
  return g_strndup (string->text, string->length);
}

static gboolean
fail_value (MigdescJsonReader *json,
            const MigdescJsonString *string,
            const char *what)
{
  g_autofree char *quoted = migdesc_quote (string->text, string->length);

  return migdesc_json_reader_fail (json, MIGDESC_ERROR_DOCUMENT_VALUE, string->offset,
                                   "\"%s\" is not %s", quoted, what);
}

static gboolean
read_text (MigdescJsonReader *json,
           char **text)
{
  MigdescJsonString string;

  if (!migdesc_json_reader_read_string (json, &string))
    return FALSE;
  g_free (*text);
  *text = dup_text (&string);
  return TRUE;
}

/* Messages and remedies are printed as they are, so that nothing in them may move a cursor. */
static gboolean
read_line (MigdescJsonReader *json,
           char **line)
{
  g_autofree char *text = NULL;

  if (!read_text (json, &text))
    return FALSE;
  g_free (*line);
  *line = migdesc_escape_text (text);
  return TRUE;
}

static gboolean
read_count (MigdescJsonReader *json,
            guint *count)
{
  guint64 number;

  if (!migdesc_json_reader_read_uint64 (json, &number))
    return FALSE;
  *count = (guint) MIN (number, G_MAXUINT);
  return TRUE;
}

static gboolean
is_code (const char *text,
         gsize length)
{
  if (length == 0 || length > 64)
    return FALSE;
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_islower (text[i]) && !g_ascii_isdigit (text[i]) && text[i] != '-')
      return FALSE;
  return TRUE;
}

static gboolean
read_code (MigdescJsonReader *json,
           FindingReader *reader)
{
  MigdescFindingCore *core = reader->core;
  MigdescJsonString string;

  if (!migdesc_json_reader_read_string (json, &string))
    return FALSE;
  if (!is_code (string.text, string.length))
    return fail_value (json, &string, "a code");
  g_free (core->foreign_code);
  core->foreign_code = dup_text (&string);
  core->code = core->foreign_code;
  return TRUE;
}

static gboolean
read_severity (MigdescJsonReader *json,
               FindingReader *reader)
{
  MigdescFindingCore *core = reader->core;
  MigdescJsonString string;

  if (!migdesc_json_reader_read_string (json, &string))
    return FALSE;
  for (guint8 i = MIGDESC_SEVERITY_BLOCKER; i <= MIGDESC_SEVERITY_INFO; i++)
    {
      const char *word = migdesc_severity_to_string ((MigdescSeverity) i);

      core->severity = i;
      if (migdesc_json_string_equal (&string, word, strlen (word)))
        return TRUE;
    }
  return fail_value (json, &string, "a severity");
}

static gboolean
read_category (MigdescJsonReader *json,
               FindingReader *reader)
{
  MigdescJsonString string;
  MigdescCategory category;
  g_autofree char *word = NULL;

  if (!migdesc_json_reader_read_string (json, &string))
    return FALSE;
  word = dup_text (&string);
  if (!migdesc_category_from_string (word, &category))
    return fail_value (json, &string, "a category");
  reader->core->category = (guint8) category;
  return TRUE;
}

static gboolean
read_source (MigdescJsonReader *json,
             FindingReader *reader)
{
  MigdescFindingCore *core = reader->core;
  gboolean on;
  guint64 number;

  core->has_source = TRUE;
  g_clear_pointer (&core->source, g_free);
  switch (migdesc_json_reader_peek (json))
    {
    case MIGDESC_JSON_TRUE:
    case MIGDESC_JSON_FALSE:
      core->source_type = MIGDESC_VALUE_TYPE_BOOL;
      if (!migdesc_json_reader_read_bool (json, &on))
        return FALSE;
      core->source = g_strdup (on ? "on" : "off");
      return TRUE;
    case MIGDESC_JSON_NUMBER:
      core->source_type = MIGDESC_VALUE_TYPE_INT;
      if (!migdesc_json_reader_read_uint64 (json, &number))
        return FALSE;
      core->source = g_strdup_printf ("%" G_GUINT64_FORMAT, number);
      return TRUE;
    default:
      core->source_type = MIGDESC_VALUE_TYPE_STRING;
      return read_text (json, &core->source);
    }
}

/* Whether ints are written so: quoted only if they are a range or above 2^53 */
static gboolean
may_be_quoted_int (const MigdescJsonString *string)
{
  guint64 min, max;

  return migdesc_range_parse (string->text, string->length, &min, &max, NULL)
         && (min != max || min > MIGDESC_JSON_SAFE_INTEGER);
}

/* One value or range of an accepted set, as text. */
static gboolean
read_accepted_member (MigdescJsonReader *json,
                      MembersKind *kind,
                      MigdescJsonString *text)
{
  gboolean on;

  switch (migdesc_json_reader_peek (json))
    {
    case MIGDESC_JSON_TRUE:
    case MIGDESC_JSON_FALSE:
      *kind = MEMBERS_BOOLS;
      text->offset = (guint32) migdesc_json_reader_offset (json);
      if (!migdesc_json_reader_read_bool (json, &on))
        return FALSE;
      text->text = on ? "on" : "off";
      text->length = (guint32) strlen (text->text);
      return TRUE;
    case MIGDESC_JSON_NUMBER:
      *kind = MEMBERS_INTS;
      return migdesc_json_reader_read_number (json, text);
    default:
      if (!migdesc_json_reader_read_string (json, text))
        return FALSE;
      *kind = may_be_quoted_int (text) ? MEMBERS_QUOTED : MEMBERS_STRINGS;
      return TRUE;
    }
}

static gboolean
read_accepted (MigdescJsonReader *json,
               FindingReader *reader)
{
  reader->accepted = g_array_new (FALSE, FALSE, sizeof (MigdescJsonString));
  if (!migdesc_json_reader_begin_array (json))
    return FALSE;
  while (migdesc_json_reader_next_element (json))
    {
      MigdescJsonString member;
      MembersKind kind;

      if (!read_accepted_member (json, &kind, &member))
        return FALSE;
      reader->kind = MIN (reader->kind, kind);
      g_array_append_val (reader->accepted, member);
    }
  return json->error == 0;
}

/* What only reads as ints is a set of ints, unless the finding is on no param: then it is one of
 * names. */
static MigdescValueType
get_accepted_type (const FindingReader *reader)
{
  if (reader->kind == MEMBERS_BOOLS)
    return MIGDESC_VALUE_TYPE_BOOL;
  if (reader->kind == MEMBERS_STRINGS
      || (reader->kind == MEMBERS_QUOTED && reader->core->param == NULL
          && reader->accepted->len > 0))
    return MIGDESC_VALUE_TYPE_STRING;
  return MIGDESC_VALUE_TYPE_INT;
}

/* Names, of which some may have characters that no value has, are taken as they are. */
static gboolean
add_accepted_member (MigdescSetBuilder *builder,
                     const MigdescJsonString *member)
{
  if (builder->type != MIGDESC_VALUE_TYPE_STRING)
    return migdesc_set_builder_add_text (builder, member->text, member->length, NULL);
  migdesc_set_builder_add_string (builder, member->text, member->length);
  return TRUE;
}

static gboolean
build_accepted (MigdescJsonReader *json,
                FindingReader *reader)
{
  g_auto (MigdescSetBuilder) builder = { 0 };
  MigdescArena *arena;
  MigdescSet set;

  migdesc_set_builder_init (&builder);
  migdesc_set_builder_reset (&builder, get_accepted_type (reader));
  for (guint i = 0; i < reader->accepted->len; i++)
    {
      const MigdescJsonString *member = &g_array_index (reader->accepted, MigdescJsonString, i);

      if (!add_accepted_member (&builder, member))
        return fail_value (json, member, "a value of the others' type");
    }

  arena = migdesc_arena_new (256);
  migdesc_set_builder_build (&builder, arena, &set);
  reader->core->accepted = migdesc_value_set_new_view (&set, arena,
                                                       (GDestroyNotify) migdesc_arena_free);
  return TRUE;
}

/* How each member of a finding is read: by a function of its own, or into a field. */
typedef struct
{
  const char *name;
  gboolean (*read) (MigdescJsonReader *json, FindingReader *reader);
  gboolean (*read_string) (MigdescJsonReader *json, char **field);
  gboolean (*read_number) (MigdescJsonReader *json, guint *field);
  gsize field;
} FindingMember;

#define FIELD(name) G_STRUCT_OFFSET (MigdescFindingCore, name)

static const FindingMember finding_members[] = {
  { "code", .read = read_code },
  { "severity", .read = read_severity },
  { "model", .read_string = read_text, .field = FIELD (model) },
  { "param", .read_string = read_text, .field = FIELD (param) },
  { "source", .read = read_source },
  { "accepted", .read = read_accepted },
  { "file", .read_string = read_text, .field = FIELD (origin) },
  { "line", .read_number = read_count, .field = FIELD (line) },
  { "column", .read_number = read_count, .field = FIELD (column) },
  { "pointer", .read_string = read_text, .field = FIELD (pointer) },
  { "message", .read_string = read_line, .field = FIELD (message) },
  { "remedy", .read_string = read_line, .field = FIELD (remedy) },
  { "category", .read = read_category },
  { "old_file", .read_string = read_text, .field = FIELD (old_origin) },
  { "old_line", .read_number = read_count, .field = FIELD (old_line) },
  { "old_column", .read_number = read_count, .field = FIELD (old_column) },
  { "old_pointer", .read_string = read_text, .field = FIELD (old_pointer) },
  { "witness", .read_string = read_text, .field = FIELD (witness) },
  { "reason", .read_string = read_text, .field = FIELD (reason) },
};

static gboolean
read_finding_member (MigdescJsonReader *json,
                     const MigdescJsonString *key,
                     FindingReader *reader)
{
  for (gsize i = 0; i < G_N_ELEMENTS (finding_members); i++)
    {
      const FindingMember *member = &finding_members[i];
      gpointer field = G_STRUCT_MEMBER_P (reader->core, member->field);

      if (!migdesc_json_string_equal (key, member->name, strlen (member->name)))
        continue;
      if (member->read_string != NULL)
        return member->read_string (json, field);
      if (member->read_number != NULL)
        return member->read_number (json, field);
      return member->read (json, reader);
    }
  return migdesc_json_reader_skip_value (json);
}

/* An int above 2^53 is written as a string; the accepted set tells. */
static void
settle_source_type (MigdescFindingCore *core)
{
  MigdescValue value;

  if (core->has_source && core->source_type == MIGDESC_VALUE_TYPE_STRING && core->accepted != NULL
      && core->accepted->set.type == MIGDESC_VALUE_TYPE_INT
      && migdesc_value_parse (MIGDESC_VALUE_TYPE_INT, core->source, strlen (core->source), &value)
             == MIGDESC_VALUE_OK)
    core->source_type = MIGDESC_VALUE_TYPE_INT;
}

static gboolean
read_finding (MigdescJsonReader *json,
              FindingReader *reader)
{
  g_auto (MigdescKeySet) keys;
  gsize start = migdesc_json_reader_offset (json);
  MigdescJsonString key;

  migdesc_key_set_init (&keys);
  if (!migdesc_json_reader_begin_object (json))
    return FALSE;
  while (migdesc_json_reader_next_member (json, &key))
    {
      if (!migdesc_key_set_add (&keys, key.text, key.length))
        return migdesc_json_reader_fail_duplicate (json, &key);
      if (!read_finding_member (json, &key, reader))
        return FALSE;
    }
  if (reader->accepted != NULL && !build_accepted (json, reader))
    return FALSE;
  if (reader->core->code == NULL)
    return migdesc_json_reader_fail (json, MIGDESC_ERROR_DOCUMENT_MISSING_MEMBER, start,
                                     "the member \"code\" is missing");
  settle_source_type (reader->core);
  return json->error == 0;
}

gboolean
migdesc_finding_core_read (MigdescFindingCore *core,
                           MigdescJsonReader *json)
{
  FindingReader reader = { core, NULL, MEMBERS_QUOTED };
  gboolean success = read_finding (json, &reader);

  g_clear_pointer (&reader.accepted, g_array_unref);
  return success;
}
