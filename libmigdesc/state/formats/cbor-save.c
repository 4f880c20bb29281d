/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <migdesc/migdesc-manifest.h>

#include "base/limits-private.h"
#include "state/formats/cbor-item.h"
#include "state/formats/cbor-json.h"
#include "state/formats/cbor.h"

/* What a GByteArray can hold, with room to spare for heads. */
#define OUTPUT_MAX ((gsize) G_MAXINT32)

typedef struct
{
  gsize begin;
  gsize count; /* of members */
  MigdescCborKind kind;
} Frame;

typedef struct
{
  MigdescStreamVisitor parent_instance;
  guint depth; /* frames in use */
  Frame frames[MIGDESC_CBOR_FRAMES];
  gsize schemas; /* where their map begins */
  guint n_schemas;
  guint n_devices;
} MigdescCborSaver;

typedef struct
{
  MigdescStreamVisitorClass parent_class;
} MigdescCborSaverClass;

G_DEFINE_FINAL_TYPE (MigdescCborSaver, migdesc_cbor_saver, MIGDESC_TYPE_STREAM_VISITOR)

static GByteArray *
get_output (MigdescVisitor *visitor)
{
  return MIGDESC_STREAM_VISITOR (visitor)->output;
}

static gboolean
check_room (MigdescVisitor *visitor,
            gsize length,
            GError **error)
{
  MigdescStreamVisitor *stream = MIGDESC_STREAM_VISITOR (visitor);
  guint64 most = MIN (stream->size_limit, OUTPUT_MAX);
  g_autofree char *limit = NULL;

  if (length <= most && stream->output->len <= most - length)
    return TRUE;
  limit = migdesc_limit_to_message (MIGDESC_LIMIT_STATE_SIZE, most);
  g_set_error_literal (error, MIGDESC_ERROR, MIGDESC_ERROR_LIMIT_EXCEEDED, limit);
  return FALSE;
}

static void
put_name (GByteArray *output,
          const char *name)
{
  migdesc_cbor_put_text (output, name, strlen (name));
}

static gboolean
fail_unnamed (GError **error)
{
  g_set_error_literal (error, MIGDESC_ERROR, MIGDESC_ERROR_STATE_FORMAT,
                       "a member without a name cannot be written");
  return FALSE;
}

/* What comes before every value; length: of a text to come. */
static gboolean
put_key (MigdescVisitor *visitor,
         const char *name,
         gsize length,
         GError **error)
{
  MigdescCborSaver *saver = (MigdescCborSaver *) visitor;
  Frame *frame = &saver->frames[saver->depth - 1];

  if (!check_room (visitor, length, error))
    return FALSE;
  if (frame->kind != MIGDESC_CBOR_MAP)
    return TRUE;
  if (name == NULL)
    return fail_unnamed (error);
  put_name (get_output (visitor), name);
  frame->count++;
  return TRUE;
}

static void
push (MigdescVisitor *visitor,
      MigdescCborKind kind)
{
  MigdescCborSaver *saver = (MigdescCborSaver *) visitor;
  Frame *frame = &saver->frames[saver->depth++];

  frame->kind = kind;
  frame->count = 0;
  if (kind == MIGDESC_CBOR_MAP)
    frame->begin = migdesc_cbor_begin_container (get_output (visitor));
}

static gboolean
pop (MigdescVisitor *visitor,
     GError **error G_GNUC_UNUSED)
{
  MigdescCborSaver *saver = (MigdescCborSaver *) visitor;
  Frame *frame = &saver->frames[--saver->depth];

  if (frame->kind == MIGDESC_CBOR_MAP)
    migdesc_cbor_end_container (get_output (visitor), frame->begin, frame->kind, frame->count);
  return TRUE;
}

static gboolean
open_struct (MigdescVisitor *visitor,
             const char *name,
             GError **error)
{
  if (!put_key (visitor, name, 0, error))
    return FALSE;
  push (visitor, MIGDESC_CBOR_MAP);
  return TRUE;
}

static gboolean
open_array (MigdescVisitor *visitor,
            const char *name,
            MigdescContainerFlags flags G_GNUC_UNUSED,
            guint64 *count,
            GError **error)
{
  if (!put_key (visitor, name, 0, error))
    return FALSE;
  migdesc_cbor_put_array_head (get_output (visitor), (gsize) *count);
  push (visitor, MIGDESC_CBOR_ARRAY);
  return TRUE;
}

static gboolean
open_pointer (MigdescVisitor *visitor,
              const char *name,
              gboolean *present,
              GError **error)
{
  if (!put_key (visitor, name, 0, error))
    return FALSE;
  if (!*present)
    migdesc_cbor_put_null (get_output (visitor));
  push (visitor, *present ? MIGDESC_CBOR_MAP : MIGDESC_CBOR_NULL);
  return TRUE;
}

static gboolean
open_section (MigdescVisitor *visitor,
              const char *name,
              MigdescContainerFlags flags,
              guint *version,
              gboolean *present,
              GError **error)
{
  if (!*present)
    return TRUE;
  if (!open_struct (visitor, name, error)
      || !put_key (visitor, MIGDESC_CBOR_SECTION_VERSION, 0, error))
    return FALSE;
  migdesc_cbor_put_uint (get_output (visitor), *version);
  if ((flags & MIGDESC_CONTAINER_DROPPABLE) == 0)
    return TRUE;
  if (!put_key (visitor, MIGDESC_CBOR_SECTION_DROPPABLE, 0, error))
    return FALSE;
  migdesc_cbor_put_bool (get_output (visitor), TRUE);
  return TRUE;
}

static gboolean
pass_uint (MigdescVisitor *visitor,
           const char *name,
           guint width G_GNUC_UNUSED,
           guint64 *value,
           GError **error)
{
  if (!put_key (visitor, name, 0, error))
    return FALSE;
  migdesc_cbor_put_uint (get_output (visitor), *value);
  return TRUE;
}

static gboolean
pass_int (MigdescVisitor *visitor,
          const char *name,
          guint width G_GNUC_UNUSED,
          gint64 *value,
          GError **error)
{
  if (!put_key (visitor, name, 0, error))
    return FALSE;
  migdesc_cbor_put_int (get_output (visitor), *value);
  return TRUE;
}

static gboolean
pass_double (MigdescVisitor *visitor,
             const char *name,
             double *value,
             GError **error)
{
  if (!put_key (visitor, name, 0, error))
    return FALSE;
  migdesc_cbor_put_double (get_output (visitor), *value);
  return TRUE;
}

static gboolean
pass_bool (MigdescVisitor *visitor,
           const char *name,
           gboolean *value,
           GError **error)
{
  if (!put_key (visitor, name, 0, error))
    return FALSE;
  migdesc_cbor_put_bool (get_output (visitor), *value);
  return TRUE;
}

static gboolean
pass_enum (MigdescVisitor *visitor,
           const char *name,
           guint width G_GNUC_UNUSED,
           const char *const *words,
           guint n_words G_GNUC_UNUSED,
           guint64 *value,
           GError **error)
{
  if (!put_key (visitor, name, 0, error))
    return FALSE;
  put_name (get_output (visitor), words[*value]);
  return TRUE;
}

static gboolean
pass_flags (MigdescVisitor *visitor,
            const char *name,
            guint width G_GNUC_UNUSED,
            const char *const *words,
            guint n_words,
            guint64 *value,
            GError **error)
{
  guint n = 0;

  if (!put_key (visitor, name, 0, error))
    return FALSE;
  for (guint i = 0; i < n_words; i++)
    n += (guint) (*value >> i & 1);
  migdesc_cbor_put_array_head (get_output (visitor), n);
  for (guint i = 0; i < n_words; i++)
    if ((*value >> i & 1) != 0)
      put_name (get_output (visitor), words[i]);
  return TRUE;
}

static gboolean
pass_string (MigdescVisitor *visitor,
             const char *name,
             char **value,
             GError **error)
{
  if (!put_key (visitor, name, strlen (*value), error))
    return FALSE;
  put_name (get_output (visitor), *value);
  return TRUE;
}

static gboolean
open_buffer (MigdescVisitor *visitor,
             const char *name,
             MigdescContainerFlags flags G_GNUC_UNUSED,
             guint64 *length,
             GError **error)
{
  if (!put_key (visitor, name, (gsize) *length, error))
    return FALSE;
  migdesc_cbor_put_bytes_head (get_output (visitor), (gsize) *length);
  return TRUE;
}

static gboolean
pass_buffer (MigdescVisitor *visitor,
             guint8 *data,
             gsize length,
             GError **error G_GNUC_UNUSED)
{
  if (length > 0)
    g_byte_array_append (get_output (visitor), data, (guint) length);
  return TRUE;
}

static gboolean
begin_stream (MigdescStreamVisitor *stream,
              const char *manifest,
              gsize length,
              GError **error)
{
  MigdescVisitor *visitor = MIGDESC_VISITOR (stream);
  MigdescCborSaver *saver = (MigdescCborSaver *) stream;
  g_autoptr (MigdescManifest) parsed = NULL;
  GError *taken = NULL;

  if (migdesc_stream_visitor_is_failed (stream, error))
    return FALSE;
  parsed = migdesc_manifest_new_from_json (manifest, (gssize) length, NULL, &taken);
  if (parsed == NULL || !check_room (visitor, length, &taken))
    return migdesc_visitor_fail_from (visitor, error, NULL, taken);
  saver->n_devices = migdesc_manifest_get_n_devices (parsed);
  migdesc_cbor_put_map_head (stream->output, 4);
  put_name (stream->output, MIGDESC_CBOR_MAGIC);
  put_name (stream->output, MIGDESC_CBOR_VERSION);
  put_name (stream->output, MIGDESC_CBOR_MANIFEST);
  migdesc_cbor_put_json (stream->output, manifest, length);
  put_name (stream->output, MIGDESC_CBOR_SCHEMAS);
  saver->schemas = migdesc_cbor_begin_container (stream->output);
  saver->n_schemas = 0;
  return TRUE;
}

static gboolean
write_schema (MigdescStreamVisitor *stream,
              const char *digest,
              const char *text,
              gsize length,
              GError **error)
{
  MigdescVisitor *visitor = MIGDESC_VISITOR (stream);
  MigdescCborSaver *saver = (MigdescCborSaver *) stream;
  GError *taken = NULL;

  if (migdesc_stream_visitor_is_failed (stream, error))
    return FALSE;
  if (!check_room (visitor, length, &taken))
    return migdesc_visitor_fail_from (visitor, error, NULL, taken);
  put_name (stream->output, digest);
  migdesc_cbor_put_json (stream->output, text, length);
  saver->n_schemas++;
  return TRUE;
}

/* From here on the output may be taken: all counts before are known. */
static void
begin_devices (MigdescCborSaver *saver)
{
  GByteArray *output = MIGDESC_STREAM_VISITOR (saver)->output;

  migdesc_cbor_end_container (output, saver->schemas, MIGDESC_CBOR_MAP, saver->n_schemas);
  put_name (output, MIGDESC_CBOR_DEVICES);
  migdesc_cbor_put_map_head (output, saver->n_devices);
}

static gboolean
begin_device (MigdescStreamVisitor *stream,
              guint device,
              const char *id,
              const MigdescStatePlan *plan G_GNUC_UNUSED,
              GError **error)
{
  MigdescCborSaver *saver = (MigdescCborSaver *) stream;

  if (migdesc_stream_visitor_is_failed (stream, error))
    return FALSE;
  if (device == 0)
    begin_devices (saver);
  put_name (stream->output, id);
  saver->depth = 1;
  push (MIGDESC_VISITOR (stream), MIGDESC_CBOR_MAP);
  return TRUE;
}

static gboolean
end_device (MigdescStreamVisitor *stream,
            GError **error)
{
  return !migdesc_stream_visitor_is_failed (stream, error)
         && pop (MIGDESC_VISITOR (stream), error);
}

static gboolean
end_stream (MigdescStreamVisitor *stream,
            GError **error)
{
  MigdescCborSaver *saver = (MigdescCborSaver *) stream;

  if (migdesc_stream_visitor_is_failed (stream, error))
    return FALSE;
  if (saver->n_devices == 0)
    begin_devices (saver);
  return TRUE;
}

static void
reset (MigdescStreamVisitor *stream)
{
  ((MigdescCborSaver *) stream)->depth = 1;
  MIGDESC_STREAM_VISITOR_CLASS (migdesc_cbor_saver_parent_class)->reset (stream);
}

static void
migdesc_cbor_saver_init (MigdescCborSaver *saver)
{
  saver->depth = 1; /* the first frame is outside of all devices */
}

static void
set_values (MigdescVisitorClass *klass)
{
  klass->open_struct = open_struct;
  klass->close_struct = pop;
  klass->open_array = open_array;
  klass->close_array = pop;
  klass->open_pointer = open_pointer;
  klass->close_pointer = pop;
  klass->open_section = open_section;
  klass->close_section = pop;
  klass->pass_uint = pass_uint;
  klass->pass_int = pass_int;
  klass->pass_double = pass_double;
  klass->pass_bool = pass_bool;
  klass->pass_enum = pass_enum;
  klass->pass_flags = pass_flags;
  klass->pass_string = pass_string;
  klass->open_buffer = open_buffer;
  klass->pass_buffer = pass_buffer;
}

static void
migdesc_cbor_saver_class_init (MigdescCborSaverClass *klass)
{
  MigdescStreamVisitorClass *stream_class = MIGDESC_STREAM_VISITOR_CLASS (klass);

  set_values (MIGDESC_VISITOR_CLASS (klass));
  stream_class->begin_stream = begin_stream;
  stream_class->write_schema = write_schema;
  stream_class->begin_device = begin_device;
  stream_class->end_device = end_device;
  stream_class->end_stream = end_stream;
  stream_class->reset = reset;
}
