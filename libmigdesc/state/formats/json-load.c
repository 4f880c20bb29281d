/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <migdesc/migdesc-error.h>

#include "base/json-locate.h"
#include "base/quote.h"
#include "state/formats/json-in.h"
#include "state/walk/walk-go.h"
#include "state/walk/walk-tree.h"

/* The visitor that reads JSON: containers, and the stream around them. */

typedef struct
{
  MigdescStreamVisitorClass parent_class;
} MigdescJsonLoaderClass;

G_DEFINE_TYPE (MigdescJsonLoader, migdesc_json_loader, MIGDESC_TYPE_STREAM_VISITOR)

#define LOADER(visitor) ((MigdescJsonLoader *) (visitor))

static gboolean
open_struct (MigdescVisitor *visitor,
             const char *name,
             GError **error)
{
  return migdesc_json_in_enter (LOADER (visitor), name, error)
         && migdesc_json_in_open_object (LOADER (visitor), error);
}

static gboolean
close_struct (MigdescVisitor *visitor,
              GError **error)
{
  return migdesc_json_in_close_object (LOADER (visitor), error);
}

static gboolean
open_array (MigdescVisitor *visitor,
            const char *name,
            MigdescContainerFlags flags,
            guint64 *count,
            GError **error)
{
  gboolean known = (flags & MIGDESC_CONTAINER_COUNT_KNOWN) != 0;

  return migdesc_json_in_enter (LOADER (visitor), name, error)
         && migdesc_json_in_open_array (LOADER (visitor), known, count, error);
}

static gboolean
close_array (MigdescVisitor *visitor,
             GError **error)
{
  return migdesc_json_in_close_array (LOADER (visitor), error);
}

static gboolean
open_pointer (MigdescVisitor *visitor,
              const char *name,
              gboolean *present,
              GError **error)
{
  MigdescJsonLoader *loader = LOADER (visitor);

  if (!migdesc_json_in_enter (loader, name, error))
    return FALSE;
  *present = migdesc_json_reader_peek (&loader->reader) != MIGDESC_JSON_NULL;
  loader->absent = !*present;
  if (*present)
    return migdesc_json_in_open_object (loader, error);
  return migdesc_json_reader_read_null (&loader->reader) || migdesc_json_in_fail (loader, error);
}

static gboolean
close_pointer (MigdescVisitor *visitor,
               GError **error)
{
  MigdescJsonLoader *loader = LOADER (visitor);
  gboolean absent = loader->absent;

  loader->absent = FALSE;
  return absent || migdesc_json_in_close_object (loader, error);
}

static gboolean
read_section_head (MigdescJsonLoader *loader,
                   guint *version,
                   GError **error)
{
  MigdescJsonReader *reader = &loader->reader;
  gboolean droppable;
  guint64 number;
  gsize place;

  if (!migdesc_json_in_open_object (loader, error)
      || !migdesc_json_in_enter (loader, "@version", error))
    return FALSE;
  place = loader->place;
  if (migdesc_json_reader_read_uint64 (reader, &number)
      && migdesc_json_in_enter_next (loader, "@droppable"))
    migdesc_json_reader_read_bool (reader, &droppable); /* as the reader's own table says */
  if (reader->error != 0)
    return migdesc_json_in_fail (loader, error);
  loader->place = place;
  *version = (guint) MIN (number, G_MAXUINT);
  return TRUE;
}

static gboolean
open_section (MigdescVisitor *visitor,
              const char *name,
              MigdescContainerFlags flags G_GNUC_UNUSED,
              guint *version,
              gboolean *present,
              GError **error)
{
  MigdescJsonLoader *loader = LOADER (visitor);

  *present = migdesc_json_in_enter_optional (loader, name, error);
  if (!*present)
    return loader->reader.error == 0;
  return read_section_head (loader, version, error);
}

static void
describe_place (MigdescVisitor *visitor,
                GString *text)
{
  MigdescJsonLoader *loader = LOADER (visitor);
  MigdescJsonReader *reader = &loader->reader;
  g_auto (MigdescLocation) location = { 0 };
  gsize offset = reader->error != 0 ? reader->error_offset : loader->place;

  if (!loader->reading)
    return;
  migdesc_json_locate (reader->text, (gsize) (reader->end - reader->text), &offset, 1, &location);
  g_string_append_printf (text, "line %u, column %u", location.line, location.column);
  if (location.pointer[0] == '\0')
    return;
  g_string_append (text, ", ");
  migdesc_quote_append (text, location.pointer, strlen (location.pointer));
}

static guint64
get_offset (MigdescVisitor *visitor)
{
  MigdescJsonLoader *loader = LOADER (visitor);

  return loader->reading ? migdesc_json_reader_offset (&loader->reader) : 0;
}

static void
start_reading (MigdescJsonLoader *loader)
{
  MigdescStreamVisitor *stream = &loader->parent_instance;

  migdesc_json_reader_init (&loader->reader, (const char *) stream->input, stream->input_length,
                            loader->limits);
  loader->reading = TRUE;
}

static gboolean
read_head (MigdescJsonLoader *loader,
           GError **error)
{
  MigdescJsonString version;

  if (!migdesc_json_in_open_object (loader, error)
      || !migdesc_json_in_enter (loader, "migdesc_state", error))
    return FALSE;
  if (!migdesc_json_reader_read_string (&loader->reader, &version))
    return migdesc_json_in_fail (loader, error);
  if (version.length > 2 && strncmp (version.text, "1.", 2) == 0)
    return TRUE;
  migdesc_json_reader_fail (&loader->reader, MIGDESC_ERROR_STATE_VERSION, version.offset,
                            "only versions 1.x of the format are known");
  return migdesc_json_in_fail (loader, error);
}

/* How many devices the manifest at hand lists; what is wrong with it, its own reader says. */
static guint
count_devices (MigdescJsonReader *reader)
{
  MigdescJsonMark mark = migdesc_json_reader_tell (reader);
  MigdescJsonString key;
  guint n = 0;

  if (migdesc_json_reader_peek (reader) == MIGDESC_JSON_OBJECT
      && migdesc_json_reader_begin_object (reader))
    while (migdesc_json_reader_next_member (reader, &key))
      {
        if (!migdesc_json_string_equal (&key, "devices", strlen ("devices"))
            || migdesc_json_reader_peek (reader) != MIGDESC_JSON_ARRAY)
          {
            migdesc_json_reader_skip_value (reader);
            continue;
          }
        migdesc_json_reader_begin_array (reader);
        for (n = 0; migdesc_json_reader_next_element (reader); n++)
          migdesc_json_reader_skip_value (reader);
      }
  migdesc_json_reader_seek (reader, &mark);
  return n;
}

static gboolean
copy_value (MigdescJsonLoader *loader,
            MigdescStreamEvent *event,
            GError **error)
{
  g_autoptr (GString) text = g_string_new (NULL);
  gsize length;

  if (!migdesc_json_reader_copy_value (&loader->reader, text))
    return migdesc_json_in_fail (loader, error);
  length = text->len;
  migdesc_stream_event_take_text (event, g_string_free (g_steal_pointer (&text), FALSE), length);
  return TRUE;
}

static gboolean
read_manifest (MigdescJsonLoader *loader,
               MigdescStreamEvent *event,
               GError **error)
{
  if (!read_head (loader, error) || !migdesc_json_in_enter (loader, "manifest", error))
    return FALSE;
  loader->n_devices = count_devices (&loader->reader);
  loader->stage = MIGDESC_JSON_STAGE_SCHEMAS;
  event->kind = MIGDESC_STREAM_MANIFEST;
  return copy_value (loader, event, error);
}

/* Once over the schemas, for duplicates. */
static gboolean
open_schemas (MigdescJsonLoader *loader,
              GError **error)
{
  MigdescJsonReader *reader = &loader->reader;
  MigdescJsonMark mark;

  if (!migdesc_json_in_enter_optional (loader, "schemas", error))
    {
      loader->stage = MIGDESC_JSON_STAGE_DEVICES;
      return reader->error == 0;
    }
  mark = migdesc_json_reader_tell (reader);
  if (!migdesc_json_reader_skip_value (reader))
    return migdesc_json_in_fail (loader, error);
  migdesc_json_reader_seek (reader, &mark);
  loader->stage = MIGDESC_JSON_STAGE_SCHEMA;
  return migdesc_json_in_open_object (loader, error);
}

static gboolean
read_schema (MigdescJsonLoader *loader,
             MigdescStreamEvent *event,
             gboolean *more,
             GError **error)
{
  MigdescJsonReader *reader = &loader->reader;
  MigdescJsonString key;

  *more = migdesc_json_reader_next_member (reader, &key);
  if (*more)
    {
      event->kind = MIGDESC_STREAM_SCHEMA;
      event->digest = g_strndup (key.text, key.length);
      return copy_value (loader, event, error);
    }
  if (reader->error != 0)
    return migdesc_json_in_fail (loader, error);
  loader->depth--;
  loader->stage = MIGDESC_JSON_STAGE_DEVICES;
  return TRUE;
}

static gboolean
finish_stream (MigdescJsonLoader *loader,
               MigdescStreamEvent *event,
               GError **error)
{
  MigdescStreamVisitor *stream = &loader->parent_instance;

  if (!migdesc_json_in_close_object (loader, error)
      || !migdesc_json_in_close_object (loader, error))
    return FALSE;
  if (!migdesc_json_reader_finish (&loader->reader))
    return migdesc_json_in_fail (loader, error);
  loader->reading = FALSE;
  migdesc_json_reader_clear (&loader->reader);
  migdesc_stream_visitor_use_input (stream, stream->input_length);
  event->kind = MIGDESC_STREAM_END;
  return TRUE;
}

static gboolean
next_device (MigdescJsonLoader *loader,
             MigdescStreamEvent *event,
             GError **error)
{
  if (loader->stage == MIGDESC_JSON_STAGE_DEVICES)
    {
      if (!migdesc_json_in_enter (loader, "devices", error)
          || !migdesc_json_in_open_object (loader, error))
        return FALSE;
      loader->stage = MIGDESC_JSON_STAGE_DEVICE;
    }
  if (loader->next_device == loader->n_devices)
    return finish_stream (loader, event, error);
  event->kind = MIGDESC_STREAM_DEVICE;
  event->device = loader->next_device++;
  return TRUE;
}

static gboolean
read_event (MigdescJsonLoader *loader,
            MigdescStreamEvent *event,
            GError **error)
{
  gboolean more = FALSE;

  if (!loader->reading)
    {
      start_reading (loader);
      return read_manifest (loader, event, error);
    }
  if (loader->stage == MIGDESC_JSON_STAGE_SCHEMAS && !open_schemas (loader, error))
    return FALSE;
  if (loader->stage == MIGDESC_JSON_STAGE_SCHEMA
      && (!read_schema (loader, event, &more, error) || more))
    return more && event->text != NULL;
  return next_device (loader, event, error);
}

/* All calls of the stream report errors without a path, and keep them. */
static gboolean
keep (MigdescStreamVisitor *visitor,
      GError **error,
      GError *taken)
{
  return migdesc_visitor_fail_from (MIGDESC_VISITOR (visitor), error, NULL, taken);
}

/* All of the text has to be there, but a text that is too long need not be waited for. */
static guint64
get_size_limit (MigdescStreamVisitor *visitor)
{
  return migdesc_limits_get (LOADER (visitor)->limits, MIGDESC_LIMIT_DOCUMENT_SIZE);
}

static gboolean
next_event (MigdescStreamVisitor *visitor,
            MigdescStreamEvent *event,
            GError **error)
{
  GError *taken = NULL;

  if (migdesc_stream_visitor_is_failed (visitor, error))
    return FALSE;
  if (!visitor->input_ended && visitor->input_length <= get_size_limit (visitor))
    return migdesc_stream_visitor_block (visitor, 0);
  return read_event (LOADER (visitor), event, &taken) || keep (visitor, error, taken);
}

static gboolean
begin_device (MigdescStreamVisitor *visitor,
              guint device G_GNUC_UNUSED,
              const char *id,
              const MigdescStatePlan *plan G_GNUC_UNUSED,
              GError **error)
{
  GError *taken = NULL;

  if (migdesc_stream_visitor_is_failed (visitor, error))
    return FALSE;
  return open_struct (MIGDESC_VISITOR (visitor), id, &taken) || keep (visitor, error, taken);
}

static gboolean
end_device (MigdescStreamVisitor *visitor,
            GError **error)
{
  GError *taken = NULL;

  if (migdesc_stream_visitor_is_failed (visitor, error))
    return FALSE;
  return close_struct (MIGDESC_VISITOR (visitor), &taken) || keep (visitor, error, taken);
}

static void
stop_reading (MigdescJsonLoader *loader)
{
  if (loader->reading)
    migdesc_json_reader_clear (&loader->reader);
  loader->reading = FALSE;
  loader->depth = 0;
  loader->next_device = 0;
  loader->absent = FALSE;
  loader->stage = MIGDESC_JSON_STAGE_SCHEMAS;
  g_array_set_size (loader->passed, 0);
}

static void
reset (MigdescStreamVisitor *visitor)
{
  stop_reading (LOADER (visitor));
  MIGDESC_STREAM_VISITOR_CLASS (migdesc_json_loader_parent_class)->reset (visitor);
}

static void
migdesc_json_loader_finalize (GObject *object)
{
  MigdescJsonLoader *loader = LOADER (object);

  stop_reading (loader);
  g_array_unref (loader->passed);
  migdesc_limits_free (loader->limits);
  G_OBJECT_CLASS (migdesc_json_loader_parent_class)->finalize (object);
}

static void
set_limits (MigdescStreamVisitor *visitor,
            const MigdescLimits *limits)
{
  MigdescJsonLoader *loader = LOADER (visitor);

  migdesc_limits_free (loader->limits);
  loader->limits = migdesc_json_in_new_limits (limits);
  MIGDESC_STREAM_VISITOR_CLASS (migdesc_json_loader_parent_class)->set_limits (visitor, limits);
}

static void
migdesc_json_loader_init (MigdescJsonLoader *loader)
{
  loader->passed = g_array_new (FALSE, FALSE, sizeof (MigdescJsonPassed));
  loader->limits = migdesc_json_in_new_limits (NULL);
}

static void
migdesc_json_loader_class_init (MigdescJsonLoaderClass *klass)
{
  MigdescVisitorClass *visitor_class = MIGDESC_VISITOR_CLASS (klass);
  MigdescStreamVisitorClass *stream_class = MIGDESC_STREAM_VISITOR_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = migdesc_json_loader_finalize;
  visitor_class->open_struct = open_struct;
  visitor_class->close_struct = close_struct;
  visitor_class->open_array = open_array;
  visitor_class->close_array = close_array;
  visitor_class->open_pointer = open_pointer;
  visitor_class->close_pointer = close_pointer;
  visitor_class->open_section = open_section;
  visitor_class->close_section = close_struct;
  visitor_class->describe_place = describe_place;
  visitor_class->get_offset = get_offset;
  migdesc_json_loader_class_set_values (visitor_class);
  stream_class->next_event = next_event;
  stream_class->begin_device = begin_device;
  stream_class->end_device = end_device;
  stream_class->set_limits = set_limits;
  stream_class->reset = reset;
}

static gboolean
finish (MigdescStreamVisitor *visitor,
        GError **error)
{
  GError *taken = NULL;

  if (migdesc_json_reader_finish (&LOADER (visitor)->reader))
    return TRUE;
  migdesc_json_in_fail (LOADER (visitor), &taken);
  return keep (visitor, error, taken);
}

gboolean
migdesc_json_load (const char *text,
                   gsize length,
                   const MigdescLimits *limits,
                   const MigdescStatePlan *plan,
                   gpointer state,
                   MigdescTree *tree,
                   GError **error)
{
  g_autoptr (MigdescVisitor) visitor
      = g_object_new (migdesc_json_loader_get_type (), "mode", MIGDESC_VISITOR_LOAD, NULL);
  MigdescStreamVisitor *stream = MIGDESC_STREAM_VISITOR (visitor);

  migdesc_stream_visitor_set_limits (stream, limits);
  stream->input = (const guint8 *) text;
  stream->input_length = length;
  stream->input_ended = TRUE;
  start_reading (LOADER (visitor));
  return begin_device (stream, 0, NULL, plan, error)
         && (tree == NULL ? migdesc_walk_all (plan, visitor, state, error)
                          : migdesc_walk_all_tree (visitor, tree, error))
         && end_device (stream, error) && finish (stream, error);
}
