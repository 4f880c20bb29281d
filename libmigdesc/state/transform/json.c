/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "state/transform/json.h"

#include <string.h>

#include "state/schema/schema-read.h"
#include "state/schema/type-private.h"
#include "state/transform/chain.h"
#include "state/transform/change.h"
#include "state/transform/example.h"

/* What a document may hold: the search for chains and the choice of schemas are bounded by it. */
#define MAX_SCHEMAS 256
#define MAX_CHANGES 1024
#define MAX_FIELDS 65536 /* of all schemas, as those of one */

static const char *const words[] = {
  [MIGDESC_CHANGE_RENAME] = "rename",   [MIGDESC_CHANGE_DROP] = "drop",
  [MIGDESC_CHANGE_DEFAULT] = "default", [MIGDESC_CHANGE_RETYPE] = "retype",
  [MIGDESC_CHANGE_MOVE] = "move",       [MIGDESC_CHANGE_FUNCTION] = "call",
};

/* Of a change, in this order; the last ones by its kind. */
typedef enum
{
  MEMBER_FROM,
  MEMBER_TO,
  MEMBER_CHANGE,
  MEMBER_PATH,
  MEMBER_TARGET, /* of a rename, retype or move */
  MEMBER_VALUE,  /* of a default */
  N_MEMBERS
} Member;

static const char *const members[N_MEMBERS]
    = { "from", "to", "change", "path", "target", "value" };

#define BIT(member) (1u << MEMBER_##member)
#define ALWAYS (BIT (FROM) | BIT (TO) | BIT (CHANGE) | BIT (PATH))

static const guint needed[] = {
  [MIGDESC_CHANGE_RENAME] = ALWAYS | BIT (TARGET), [MIGDESC_CHANGE_DROP] = ALWAYS,
  [MIGDESC_CHANGE_DEFAULT] = ALWAYS | BIT (VALUE), [MIGDESC_CHANGE_RETYPE] = ALWAYS | BIT (TARGET),
  [MIGDESC_CHANGE_MOVE] = ALWAYS | BIT (TARGET),   [MIGDESC_CHANGE_FUNCTION] = ALWAYS,
};

static void
write_change (const MigdescChange *change,
              MigdescJsonWriter *writer)
{
  migdesc_json_writer_begin_object (writer);
  migdesc_json_writer_member_uint (writer, members[MEMBER_FROM], change->from);
  migdesc_json_writer_member_uint (writer, members[MEMBER_TO], change->to);
  migdesc_json_writer_member_string (writer, members[MEMBER_CHANGE], words[change->kind]);
  migdesc_json_writer_member_string (writer, members[MEMBER_PATH], change->text);
  if (change->target != NULL)
    migdesc_json_writer_member_string (writer, members[MEMBER_TARGET], change->target);
  if (change->value != NULL)
    {
      g_autofree char *value = g_variant_print (change->value, TRUE);

      migdesc_json_writer_member_string (writer, members[MEMBER_VALUE], value);
    }
  migdesc_json_writer_end_object (writer);
}

void
migdesc_transforms_write (MigdescTransforms *transforms,
                          MigdescJsonWriter *writer)
{
  const MigdescChange *change;
  MigdescStateType *schema;

  migdesc_json_writer_begin_object (writer);
  migdesc_json_writer_key (writer, "schemas");
  migdesc_json_writer_begin_array (writer);
  for (guint i = 0; (schema = migdesc_transforms_get_schema (transforms, i)) != NULL; i++)
    {
      g_autofree char *text = migdesc_state_type_to_json (schema, FALSE);

      migdesc_json_writer_raw (writer, text, strlen (text));
    }
  migdesc_json_writer_end_array (writer);
  migdesc_json_writer_key (writer, "changes");
  migdesc_json_writer_begin_array (writer);
  for (guint i = 0; (change = migdesc_transforms_get_change (transforms, i)) != NULL; i++)
    write_change (change, writer);
  migdesc_json_writer_end_array (writer);
  migdesc_json_writer_end_object (writer);
}

static guint
count_fields (MigdescTransforms *transforms)
{
  MigdescStateType *schema;
  guint n = 0;

  for (guint i = 0; (schema = migdesc_transforms_get_schema (transforms, i)) != NULL; i++)
    n += migdesc_table_count_fields (migdesc_state_type_get_table (schema), MAX_FIELDS);
  return n;
}

static gboolean
read_schema (MigdescJsonReader *reader,
             MigdescTransforms *transforms)
{
  gsize offset = migdesc_json_reader_offset (reader);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (MigdescStateType) schema = NULL;

  if (!migdesc_json_reader_copy_value (reader, text))
    return FALSE;
  schema = migdesc_state_type_new_from_json (text->str, (gssize) text->len, NULL, &error);
  if (schema == NULL)
    return migdesc_json_reader_fail (reader, (MigdescError) error->code, offset,
                                     "an old schema, by itself: %s", error->message);
  if (migdesc_state_type_get_transforms (schema) != NULL
      || migdesc_state_type_get_version (schema)
             != migdesc_state_type_get_minimum_version (schema))
    return migdesc_json_reader_fail (reader, MIGDESC_ERROR_STATE_TYPE, offset,
                                     "an old schema is not that of one version");
  migdesc_transforms_add_schema (transforms, schema);
  return count_fields (transforms) < MAX_FIELDS
         || migdesc_json_reader_fail (reader, MIGDESC_ERROR_LIMIT_EXCEEDED, offset,
                                      "the old schemas have %u fields and more", MAX_FIELDS);
}

/* What a change's object says. */
typedef struct
{
  guint seen;
  guint64 from;
  guint64 to;
  char *texts[N_MEMBERS];
} Item;

static void
item_clear (Item *item)
{
  for (guint i = 0; i < N_MEMBERS; i++)
    g_free (item->texts[i]);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Item, item_clear)

static gboolean
read_member (MigdescJsonReader *reader,
             Item *item,
             Member member)
{
  MigdescJsonString text;

  if (member == MEMBER_FROM)
    return migdesc_json_reader_read_uint64 (reader, &item->from);
  if (member == MEMBER_TO)
    return migdesc_json_reader_read_uint64 (reader, &item->to);
  if (!migdesc_json_reader_read_string (reader, &text))
    return FALSE;
  item->texts[member] = g_strndup (text.text, text.length); /* there is no NUL in it */
  return TRUE;
}

static gboolean
read_item (MigdescJsonReader *reader,
           Item *item)
{
  MigdescJsonString key;

  if (!migdesc_json_reader_begin_object (reader))
    return FALSE;
  while (migdesc_json_reader_next_member (reader, &key))
    {
      guint member = 0;

      while (member < N_MEMBERS
             && !migdesc_json_string_equal (&key, members[member], strlen (members[member])))
        member++;
      if (member == N_MEMBERS)
        return migdesc_schema_fail_unknown (reader, &key, "a change");
      item->seen |= 1u << member;
      if (!read_member (reader, item, (Member) member))
        return FALSE;
    }
  return reader->error == 0;
}

/* Stands for a function that is known by its name alone. */
static GVariant *
call_nothing (GVariant *state G_GNUC_UNUSED,
              gpointer user_data G_GNUC_UNUSED,
              GError **error)
{
  g_set_error_literal (error, MIGDESC_ERROR, MIGDESC_ERROR_STATE_TRANSFORM,
                       "only the program that declares it has this function");
  return NULL;
}

static const char *
find_fault (const Item *item,
            guint kind)
{
  if (item->from < 1 || item->from > G_MAXUINT32 || item->to < 1 || item->to > G_MAXUINT32
      || item->from == item->to)
    return "\"from\" and \"to\" are not two versions from 1 to 4294967295";
  if (kind == G_N_ELEMENTS (words))
    return "\"change\" is none of rename, drop, default, retype, move, call";
  if (item->seen != needed[kind])
    return "the members are not those of its kind";
  return migdesc_change_find_fault ((MigdescChangeKind) kind, item->texts[MEMBER_PATH],
                                    item->texts[MEMBER_TARGET]);
}

static const char *
add_item (MigdescTransforms *transforms,
          const Item *item,
          guint kind)
{
  guint from = (guint) item->from;
  guint to = (guint) item->to;
  const char *path = item->texts[MEMBER_PATH];
  const char *target = item->texts[MEMBER_TARGET];
  GVariant *value;

  switch (kind)
    {
    case MIGDESC_CHANGE_RENAME:
      migdesc_transforms_add_rename (transforms, from, to, path, target);
      return NULL;
    case MIGDESC_CHANGE_DROP:
      migdesc_transforms_add_drop (transforms, from, to, path);
      return NULL;
    case MIGDESC_CHANGE_DEFAULT:
      value = g_variant_parse (NULL, item->texts[MEMBER_VALUE], NULL, NULL, NULL);
      if (value == NULL)
        return "\"value\" is no GVariant as text";
      migdesc_transforms_add_default (transforms, from, to, path, value);
      g_variant_unref (value);
      return NULL;
    case MIGDESC_CHANGE_RETYPE:
      migdesc_transforms_add_retype (transforms, from, to, path, target);
      return NULL;
    case MIGDESC_CHANGE_MOVE:
      migdesc_transforms_add_move (transforms, from, to, path, target);
      return NULL;
    default:
      migdesc_transforms_add_function (transforms, from, to, path, call_nothing, NULL, NULL);
      return NULL;
    }
}

static gboolean
read_change (MigdescJsonReader *reader,
             MigdescTransforms *transforms)
{
  gsize offset = migdesc_json_reader_offset (reader);
  g_auto (Item) item = { 0 };
  const char *fault;
  guint kind = 0;

  if (!read_item (reader, &item))
    return FALSE;
  while (kind < G_N_ELEMENTS (words) && g_strcmp0 (item.texts[MEMBER_CHANGE], words[kind]) != 0)
    kind++;
  fault = find_fault (&item, kind);
  if (fault == NULL)
    fault = add_item (transforms, &item, kind);
  return fault == NULL
         || migdesc_json_reader_fail (reader, MIGDESC_ERROR_STATE_TYPE, offset, "a change: %s",
                                      fault);
}

static gboolean
read_list (MigdescJsonReader *reader,
           MigdescTransforms *transforms,
           gboolean (*read_one) (MigdescJsonReader *reader, MigdescTransforms *transforms),
           guint most)
{
  gsize offset = migdesc_json_reader_offset (reader);
  guint n = 0;

  if (!migdesc_json_reader_begin_array (reader))
    return FALSE;
  while (migdesc_json_reader_next_element (reader))
    {
      if (n++ == most)
        return migdesc_json_reader_fail (reader, MIGDESC_ERROR_LIMIT_EXCEEDED, offset,
                                         "more than %u schemas or changes", most);
      if (!read_one (reader, transforms))
        return FALSE;
    }
  return reader->error == 0;
}

MigdescTransforms *
migdesc_transforms_read (MigdescJsonReader *reader)
{
  gsize offset = migdesc_json_reader_offset (reader);
  g_autoptr (MigdescTransforms) transforms = migdesc_transforms_new ();
  MigdescJsonString key;
  guint seen = 0;

  if (!migdesc_json_reader_begin_object (reader))
    return NULL;
  while (migdesc_json_reader_next_member (reader, &key))
    {
      gboolean schemas = migdesc_json_string_equal (&key, "schemas", 7);
      guint bit = schemas ? 1 : migdesc_json_string_equal (&key, "changes", 7) ? 2 : 0;

      if (bit == 0)
        {
          migdesc_json_reader_fail (reader, MIGDESC_ERROR_STATE_TYPE, key.offset,
                                    "transforms have \"schemas\" and \"changes\", once each");
          return NULL;
        }
      seen |= bit;
      if (!read_list (reader, transforms, schemas ? read_schema : read_change,
                      schemas ? MAX_SCHEMAS : MAX_CHANGES))
        return NULL;
    }
  if (reader->error == 0 && seen == 3)
    return g_steal_pointer (&transforms);
  migdesc_json_reader_fail (reader, MIGDESC_ERROR_STATE_TYPE, offset,
                            "transforms have \"schemas\" and \"changes\", once each");
  return NULL;
}
