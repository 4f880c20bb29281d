/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "state/formats/json-base64.h"
#include "state/formats/json-out.h"
#include "state/formats/json.h"

/* The visitor that writes JSON. */

typedef struct
{
  MigdescStreamVisitor parent_instance;
  MigdescJsonOut out;
  gboolean absent;        /* the pointer at hand is null */
  gboolean in_devices;
  guint n_carried;
  guint8 carried[3];      /* bytes of a buffer that make no triple yet */
} MigdescJsonSaver;

typedef struct
{
  MigdescStreamVisitorClass parent_class;
} MigdescJsonSaverClass;

G_DEFINE_TYPE (MigdescJsonSaver, migdesc_json_saver, MIGDESC_TYPE_STREAM_VISITOR)

#define OUT(visitor) (&((MigdescJsonSaver *) (visitor))->out)

static gboolean
open_struct (MigdescVisitor *visitor,
             const char *name,
             GError **error G_GNUC_UNUSED)
{
  migdesc_json_out_open (OUT (visitor), name, '{');
  return TRUE;
}

static gboolean
close_object (MigdescVisitor *visitor,
              GError **error)
{
  migdesc_json_out_close (OUT (visitor), '}');
  if (G_LIKELY (!OUT (visitor)->full))
    return TRUE;
  return migdesc_visitor_fail_place (visitor, error, MIGDESC_ERROR_LIMIT_EXCEEDED,
                                     "more than 2 GiB of JSON");
}

static gboolean
open_array (MigdescVisitor *visitor,
            const char *name,
            MigdescContainerFlags flags G_GNUC_UNUSED,
            guint64 *count G_GNUC_UNUSED,
            GError **error G_GNUC_UNUSED)
{
  migdesc_json_out_open (OUT (visitor), name, '[');
  return TRUE;
}

static gboolean
close_array (MigdescVisitor *visitor,
             GError **error G_GNUC_UNUSED)
{
  migdesc_json_out_close (OUT (visitor), ']');
  return TRUE;
}

static gboolean
open_pointer (MigdescVisitor *visitor,
              const char *name,
              gboolean *present,
              GError **error G_GNUC_UNUSED)
{
  MigdescJsonOut *out = OUT (visitor);

  ((MigdescJsonSaver *) visitor)->absent = !*present;
  if (*present)
    {
      migdesc_json_out_open (out, name, '{');
      return TRUE;
    }
  migdesc_json_out_begin (out, name, FALSE);
  migdesc_json_out_raw (out, "null", 4);
  return TRUE;
}

/* An absent one is closed at once, so that one flag serves pointers inside of each other. */
static gboolean
close_pointer (MigdescVisitor *visitor,
               GError **error)
{
  MigdescJsonSaver *saver = (MigdescJsonSaver *) visitor;
  gboolean absent = saver->absent;

  saver->absent = FALSE;
  return absent || close_object (visitor, error);
}

static gboolean
open_section (MigdescVisitor *visitor,
              const char *name,
              MigdescContainerFlags flags,
              guint *version,
              gboolean *present,
              GError **error G_GNUC_UNUSED)
{
  MigdescJsonOut *out = OUT (visitor);

  if (!*present)
    return TRUE;
  migdesc_json_out_open (out, name, '{');
  migdesc_json_out_begin (out, "@version", FALSE);
  migdesc_json_out_uint (out, *version);
  if ((flags & MIGDESC_CONTAINER_DROPPABLE) == 0)
    return TRUE;
  migdesc_json_out_begin (out, "@droppable", FALSE);
  migdesc_json_out_raw (out, "true", 4);
  return TRUE;
}

static gboolean
pass_uint (MigdescVisitor *visitor,
           const char *name,
           guint width G_GNUC_UNUSED,
           guint64 *value,
           GError **error G_GNUC_UNUSED)
{
  migdesc_json_out_begin (OUT (visitor), name, FALSE);
  migdesc_json_out_uint (OUT (visitor), *value);
  return TRUE;
}

static gboolean
pass_int (MigdescVisitor *visitor,
          const char *name,
          guint width G_GNUC_UNUSED,
          gint64 *value,
          GError **error G_GNUC_UNUSED)
{
  migdesc_json_out_begin (OUT (visitor), name, FALSE);
  migdesc_json_out_int (OUT (visitor), *value);
  return TRUE;
}

static gboolean
pass_double (MigdescVisitor *visitor,
             const char *name,
             double *value,
             GError **error G_GNUC_UNUSED)
{
  migdesc_json_out_begin (OUT (visitor), name, FALSE);
  migdesc_json_out_double (OUT (visitor), *value);
  return TRUE;
}

static gboolean
pass_bool (MigdescVisitor *visitor,
           const char *name,
           gboolean *value,
           GError **error G_GNUC_UNUSED)
{
  migdesc_json_out_begin (OUT (visitor), name, FALSE);
  if (*value)
    migdesc_json_out_raw (OUT (visitor), "true", 4);
  else
    migdesc_json_out_raw (OUT (visitor), "false", 5);
  return TRUE;
}

static gboolean
pass_enum (MigdescVisitor *visitor,
           const char *name,
           guint width G_GNUC_UNUSED,
           const char *const *words,
           guint n_words G_GNUC_UNUSED,
           guint64 *value,
           GError **error G_GNUC_UNUSED)
{
  const char *word = words[*value];

  migdesc_json_out_begin (OUT (visitor), name, FALSE);
  migdesc_json_out_string (OUT (visitor), word, strlen (word));
  return TRUE;
}

static gboolean
pass_flags (MigdescVisitor *visitor,
            const char *name,
            guint width G_GNUC_UNUSED,
            const char *const *words,
            guint n_words,
            guint64 *value,
            GError **error G_GNUC_UNUSED)
{
  MigdescJsonOut *out = OUT (visitor);

  migdesc_json_out_open (out, name, '[');
  for (guint i = 0; i < n_words; i++)
    if ((*value >> i & 1) != 0)
      {
        migdesc_json_out_begin (out, NULL, FALSE);
        migdesc_json_out_string (out, words[i], strlen (words[i]));
      }
  migdesc_json_out_close (out, ']');
  return TRUE;
}

static gboolean
pass_string (MigdescVisitor *visitor,
             const char *name,
             char **value,
             GError **error G_GNUC_UNUSED)
{
  migdesc_json_out_begin (OUT (visitor), name, FALSE);
  migdesc_json_out_string (OUT (visitor), *value, strlen (*value));
  return TRUE;
}

static gboolean
open_buffer (MigdescVisitor *visitor,
             const char *name,
             MigdescContainerFlags flags G_GNUC_UNUSED,
             guint64 *length G_GNUC_UNUSED,
             GError **error G_GNUC_UNUSED)
{
  ((MigdescJsonSaver *) visitor)->n_carried = 0;
  migdesc_json_out_begin (OUT (visitor), name, FALSE);
  migdesc_json_out_raw (OUT (visitor), "\"", 1);
  return TRUE;
}

static gboolean
pass_buffer (MigdescVisitor *visitor,
             guint8 *data,
             gsize length,
             GError **error G_GNUC_UNUSED)
{
  MigdescJsonSaver *saver = (MigdescJsonSaver *) visitor;
  MigdescJsonOut *out = &saver->out;
  gsize whole;

  migdesc_json_out_reserve (out, length / 3 * 4 + 8);
  while (saver->n_carried > 0 && length > 0)
    {
      saver->carried[saver->n_carried++] = *data++;
      length--;
      if (saver->n_carried < 3)
        continue;
      out->cursor = migdesc_base64_encode (out->cursor, saver->carried, 3);
      saver->n_carried = 0;
    }
  whole = length / 3 * 3;
  out->cursor = migdesc_base64_encode (out->cursor, data, whole);
  for (gsize i = whole; i < length; i++)
    saver->carried[saver->n_carried++] = data[i];
  return TRUE;
}

static gboolean
close_buffer (MigdescVisitor *visitor,
              GError **error G_GNUC_UNUSED)
{
  MigdescJsonSaver *saver = (MigdescJsonSaver *) visitor;
  MigdescJsonOut *out = &saver->out;

  migdesc_json_out_reserve (out, 5);
  if (saver->n_carried > 0)
    out->cursor
        = migdesc_base64_encode_rest (out->cursor, saver->carried, saver->n_carried);
  *out->cursor++ = '"';
  return TRUE;
}

static gboolean
begin_stream (MigdescStreamVisitor *visitor,
              const char *manifest,
              gsize length,
              GError **error G_GNUC_UNUSED)
{
  MigdescJsonOut *out = OUT (visitor);

  migdesc_json_out_open (out, NULL, '{');
  migdesc_json_out_begin (out, "migdesc_state", FALSE);
  migdesc_json_out_raw (out, "\"1.0\"", 5);
  migdesc_json_out_begin (out, "manifest", FALSE);
  migdesc_json_out_raw (out, manifest, length);
  migdesc_json_out_open (out, "schemas", '{');
  migdesc_json_out_sync (out);
  return TRUE;
}

static gboolean
write_schema (MigdescStreamVisitor *visitor,
              const char *digest,
              const char *text,
              gsize length,
              GError **error G_GNUC_UNUSED)
{
  migdesc_json_out_begin (OUT (visitor), digest, FALSE);
  migdesc_json_out_raw (OUT (visitor), text, length);
  migdesc_json_out_sync (OUT (visitor));
  return TRUE;
}

/* The schemas have ended when the first device comes, or none. */
static void
begin_devices (MigdescStreamVisitor *visitor)
{
  MigdescJsonSaver *saver = (MigdescJsonSaver *) visitor;

  if (saver->in_devices)
    return;
  saver->in_devices = TRUE;
  migdesc_json_out_close (&saver->out, '}');
  migdesc_json_out_open (&saver->out, "devices", '{');
}

static gboolean
begin_device (MigdescStreamVisitor *visitor,
              guint device G_GNUC_UNUSED,
              const char *id,
              const MigdescStatePlan *plan G_GNUC_UNUSED,
              GError **error G_GNUC_UNUSED)
{
  begin_devices (visitor);
  migdesc_json_out_open (OUT (visitor), id, '{');
  return TRUE;
}

static gboolean
end_device (MigdescStreamVisitor *visitor,
            GError **error)
{
  GError *taken = NULL;

  if (!close_object (MIGDESC_VISITOR (visitor), &taken))
    return migdesc_visitor_fail_from (MIGDESC_VISITOR (visitor), error, NULL, taken);
  migdesc_json_out_sync (OUT (visitor));
  return TRUE;
}

static gboolean
end_stream (MigdescStreamVisitor *visitor,
            GError **error G_GNUC_UNUSED)
{
  begin_devices (visitor);
  migdesc_json_out_close (OUT (visitor), '}');
  migdesc_json_out_close (OUT (visitor), '}');
  migdesc_json_out_raw (OUT (visitor), "\n", 1);
  migdesc_json_out_sync (OUT (visitor));
  return TRUE;
}

static void
reset (MigdescStreamVisitor *visitor)
{
  MigdescJsonSaver *saver = (MigdescJsonSaver *) visitor;

  saver->in_devices = saver->absent = FALSE;
  saver->out.full = FALSE;
  saver->out.depth = 0;
  saver->out.cursor = saver->out.limit = NULL;
  MIGDESC_STREAM_VISITOR_CLASS (migdesc_json_saver_parent_class)->reset (visitor);
}

/* Of a state there is nothing to say about a place in the text that is made of it. */
static void
describe_no_place (MigdescVisitor *visitor G_GNUC_UNUSED,
                   GString *text G_GNUC_UNUSED)
{
}

static void
migdesc_json_saver_init (MigdescJsonSaver *saver)
{
  saver->out.output = saver->parent_instance.output;
}

static void
migdesc_json_saver_class_init (MigdescJsonSaverClass *klass)
{
  MigdescVisitorClass *visitor_class = MIGDESC_VISITOR_CLASS (klass);
  MigdescStreamVisitorClass *stream_class = MIGDESC_STREAM_VISITOR_CLASS (klass);

  visitor_class->open_struct = open_struct;
  visitor_class->close_struct = close_object;
  visitor_class->open_array = open_array;
  visitor_class->close_array = close_array;
  visitor_class->open_pointer = open_pointer;
  visitor_class->close_pointer = close_pointer;
  visitor_class->open_section = open_section;
  visitor_class->close_section = close_object;
  visitor_class->pass_uint = pass_uint;
  visitor_class->pass_int = pass_int;
  visitor_class->pass_double = pass_double;
  visitor_class->pass_bool = pass_bool;
  visitor_class->pass_enum = pass_enum;
  visitor_class->pass_flags = pass_flags;
  visitor_class->pass_string = pass_string;
  visitor_class->open_buffer = open_buffer;
  visitor_class->pass_buffer = pass_buffer;
  visitor_class->close_buffer = close_buffer;
  visitor_class->describe_place = describe_no_place;
  stream_class->begin_stream = begin_stream;
  stream_class->write_schema = write_schema;
  stream_class->end_stream = end_stream;
  stream_class->begin_device = begin_device;
  stream_class->end_device = end_device;
  stream_class->reset = reset;
}

MigdescVisitor *
migdesc_json_saver_new (gboolean pretty)
{
  MigdescJsonSaver *saver
      = g_object_new (migdesc_json_saver_get_type (), "mode", MIGDESC_VISITOR_SAVE, NULL);

  saver->out.pretty = pretty;
  return MIGDESC_VISITOR (saver);
}

GString *
migdesc_json_saver_take (MigdescVisitor *visitor)
{
  MigdescJsonOut *out = OUT (visitor);

  migdesc_json_out_sync (out);
  return g_string_new_len ((const char *) out->output->data, out->output->len);
}
