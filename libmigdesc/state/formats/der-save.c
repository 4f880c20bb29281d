/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "base/limits-private.h"
#include "state/formats/der-item.h"
#include "state/formats/der.h"

/* What a GByteArray can hold, with room to spare for heads. */
#define OUTPUT_MAX ((gsize) G_MAXINT32 - 4096)

/* A stream begins with its length, so that nothing is output before its end. */
typedef struct
{
  MigdescStreamVisitor parent_instance;
  GByteArray *body;
  guint depth; /* frames in use */
  gsize frames[MIGDESC_DER_FRAMES]; /* where an item begins, or NO_ITEM */
  gboolean in_devices;
} MigdescDerSaver;

#define NO_ITEM G_MAXSIZE

typedef struct
{
  MigdescStreamVisitorClass parent_class;
} MigdescDerSaverClass;

G_DEFINE_FINAL_TYPE (MigdescDerSaver, migdesc_der_saver, MIGDESC_TYPE_STREAM_VISITOR)

/* The body, if there is room for so much and a scalar; else NULL. */
static GByteArray *
get_body (MigdescVisitor *visitor,
          gsize length,
          GError **error)
{
  GByteArray *body = ((MigdescDerSaver *) visitor)->body;
  guint64 most = MIN (MIGDESC_STREAM_VISITOR (visitor)->size_limit, OUTPUT_MAX);
  g_autofree char *limit = NULL;

  if (length <= most && body->len <= most - length)
    return body;
  limit = migdesc_limit_to_message (MIGDESC_LIMIT_STATE_SIZE, most);
  g_set_error_literal (error, MIGDESC_ERROR, MIGDESC_ERROR_LIMIT_EXCEEDED, limit);
  return NULL;
}

static void
push (MigdescDerSaver *saver,
      MigdescDerTag tag)
{
  saver->frames[saver->depth++] = migdesc_der_begin (saver->body, tag);
}

static gboolean
pop (MigdescVisitor *visitor,
     GError **error G_GNUC_UNUSED)
{
  MigdescDerSaver *saver = (MigdescDerSaver *) visitor;
  gsize begin = saver->frames[--saver->depth];

  if (begin != NO_ITEM)
    migdesc_der_end (saver->body, begin);
  return TRUE;
}

static gboolean
open_struct (MigdescVisitor *visitor,
             const char *name G_GNUC_UNUSED,
             GError **error)
{
  if (get_body (visitor, 0, error) == NULL)
    return FALSE;
  push ((MigdescDerSaver *) visitor, MIGDESC_DER_SEQUENCE);
  return TRUE;
}

static gboolean
open_array (MigdescVisitor *visitor,
            const char *name,
            MigdescContainerFlags flags G_GNUC_UNUSED,
            guint64 *count G_GNUC_UNUSED,
            GError **error)
{
  return open_struct (visitor, name, error);
}

static gboolean
open_pointer (MigdescVisitor *visitor,
              const char *name,
              gboolean *present,
              GError **error)
{
  MigdescDerSaver *saver = (MigdescDerSaver *) visitor;

  if (*present)
    return open_struct (visitor, name, error);
  if (get_body (visitor, 0, error) == NULL)
    return FALSE;
  migdesc_der_put_null (saver->body);
  saver->frames[saver->depth++] = NO_ITEM;
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
  MigdescDerSaver *saver = (MigdescDerSaver *) visitor;
  gboolean droppable = (flags & MIGDESC_CONTAINER_DROPPABLE) != 0;

  if (!*present)
    return TRUE;
  if (get_body (visitor, strlen (name), error) == NULL)
    return FALSE;
  push (saver, droppable ? MIGDESC_DER_DROPPABLE : MIGDESC_DER_SECTION);
  migdesc_der_put_text (saver->body, name, strlen (name));
  migdesc_der_put_uint (saver->body, MIGDESC_DER_INTEGER, *version);
  return TRUE;
}

static gboolean
pass_uint (MigdescVisitor *visitor,
           const char *name G_GNUC_UNUSED,
           guint width G_GNUC_UNUSED,
           guint64 *value,
           GError **error)
{
  GByteArray *body = get_body (visitor, 0, error);

  if (body == NULL)
    return FALSE;
  migdesc_der_put_uint (body, MIGDESC_DER_INTEGER, *value);
  return TRUE;
}

static gboolean
pass_int (MigdescVisitor *visitor,
          const char *name G_GNUC_UNUSED,
          guint width G_GNUC_UNUSED,
          gint64 *value,
          GError **error)
{
  GByteArray *body = get_body (visitor, 0, error);

  if (body == NULL)
    return FALSE;
  migdesc_der_put_int (body, *value);
  return TRUE;
}

static gboolean
pass_double (MigdescVisitor *visitor,
             const char *name G_GNUC_UNUSED,
             double *value,
             GError **error)
{
  GByteArray *body = get_body (visitor, 0, error);

  if (body == NULL)
    return FALSE;
  migdesc_der_put_real (body, *value);
  return TRUE;
}

static gboolean
pass_bool (MigdescVisitor *visitor,
           const char *name G_GNUC_UNUSED,
           gboolean *value,
           GError **error)
{
  GByteArray *body = get_body (visitor, 0, error);

  if (body == NULL)
    return FALSE;
  migdesc_der_put_bool (body, *value);
  return TRUE;
}

static gboolean
pass_enum (MigdescVisitor *visitor,
           const char *name G_GNUC_UNUSED,
           guint width G_GNUC_UNUSED,
           const char *const *words G_GNUC_UNUSED,
           guint n_words G_GNUC_UNUSED,
           guint64 *value,
           GError **error)
{
  GByteArray *body = get_body (visitor, 0, error);

  if (body == NULL)
    return FALSE;
  migdesc_der_put_uint (body, MIGDESC_DER_ENUMERATED, *value);
  return TRUE;
}

static gboolean
pass_string (MigdescVisitor *visitor,
             const char *name G_GNUC_UNUSED,
             char **value,
             GError **error)
{
  gsize length = strlen (*value);
  GByteArray *body = get_body (visitor, length, error);

  if (body == NULL)
    return FALSE;
  migdesc_der_put_text (body, *value, length);
  return TRUE;
}

static gboolean
open_buffer (MigdescVisitor *visitor,
             const char *name G_GNUC_UNUSED,
             MigdescContainerFlags flags G_GNUC_UNUSED,
             guint64 *length,
             GError **error)
{
  GByteArray *body = get_body (visitor, (gsize) *length, error);

  if (body == NULL)
    return FALSE;
  migdesc_der_put_octets_head (body, (gsize) *length);
  return TRUE;
}

static gboolean
pass_buffer (MigdescVisitor *visitor,
             guint8 *data,
             gsize length,
             GError **error G_GNUC_UNUSED)
{
  if (length > 0)
    g_byte_array_append (((MigdescDerSaver *) visitor)->body, data, (guint) length);
  return TRUE;
}

static gboolean
begin_stream (MigdescStreamVisitor *stream,
              const char *manifest,
              gsize length,
              GError **error)
{
  MigdescDerSaver *saver = (MigdescDerSaver *) stream;
  GError *taken = NULL;

  if (migdesc_stream_visitor_is_failed (stream, error))
    return FALSE;
  if (get_body (MIGDESC_VISITOR (stream), length, &taken) == NULL)
    return migdesc_visitor_fail_from (MIGDESC_VISITOR (stream), error, NULL, taken);
  push (saver, MIGDESC_DER_SEQUENCE);
  migdesc_der_put_uint (saver->body, MIGDESC_DER_INTEGER, MIGDESC_DER_VERSION);
  migdesc_der_put_text (saver->body, manifest, length);
  push (saver, MIGDESC_DER_SEQUENCE);
  return TRUE;
}

static gboolean
write_schema (MigdescStreamVisitor *stream,
              const char *digest,
              const char *text,
              gsize length,
              GError **error)
{
  MigdescDerSaver *saver = (MigdescDerSaver *) stream;
  GError *taken = NULL;

  if (migdesc_stream_visitor_is_failed (stream, error))
    return FALSE;
  if (get_body (MIGDESC_VISITOR (stream), length, &taken) == NULL)
    return migdesc_visitor_fail_from (MIGDESC_VISITOR (stream), error, NULL, taken);
  push (saver, MIGDESC_DER_SEQUENCE);
  migdesc_der_put_text (saver->body, digest, strlen (digest));
  migdesc_der_put_text (saver->body, text, length);
  return pop (MIGDESC_VISITOR (stream), error);
}

/* Ends the schemas. */
static void
begin_devices (MigdescDerSaver *saver)
{
  if (saver->in_devices)
    return;
  pop (MIGDESC_VISITOR (saver), NULL);
  push (saver, MIGDESC_DER_SEQUENCE);
  saver->in_devices = TRUE;
}

static gboolean
begin_device (MigdescStreamVisitor *stream,
              guint device G_GNUC_UNUSED,
              const char *id,
              const MigdescStatePlan *plan G_GNUC_UNUSED,
              GError **error)
{
  MigdescDerSaver *saver = (MigdescDerSaver *) stream;

  if (migdesc_stream_visitor_is_failed (stream, error))
    return FALSE;
  begin_devices (saver);
  push (saver, MIGDESC_DER_SEQUENCE);
  migdesc_der_put_text (saver->body, id, strlen (id));
  push (saver, MIGDESC_DER_SEQUENCE);
  return TRUE;
}

static gboolean
end_device (MigdescStreamVisitor *stream,
            GError **error)
{
  return !migdesc_stream_visitor_is_failed (stream, error)
         && pop (MIGDESC_VISITOR (stream), error) && pop (MIGDESC_VISITOR (stream), error);
}

static gboolean
end_stream (MigdescStreamVisitor *stream,
            GError **error)
{
  MigdescDerSaver *saver = (MigdescDerSaver *) stream;
  GByteArray *empty = stream->output;

  if (migdesc_stream_visitor_is_failed (stream, error))
    return FALSE;
  begin_devices (saver);
  pop (MIGDESC_VISITOR (stream), NULL);
  pop (MIGDESC_VISITOR (stream), NULL);
  stream->output = saver->body;
  saver->body = empty;
  return TRUE;
}

static void
reset (MigdescStreamVisitor *stream)
{
  MigdescDerSaver *saver = (MigdescDerSaver *) stream;

  saver->depth = 0;
  saver->in_devices = FALSE;
  g_byte_array_set_size (saver->body, 0);
  MIGDESC_STREAM_VISITOR_CLASS (migdesc_der_saver_parent_class)->reset (stream);
}

static guint64
get_offset (MigdescVisitor *visitor)
{
  return ((MigdescDerSaver *) visitor)->body->len;
}

static void
finalize (GObject *object)
{
  g_byte_array_unref (((MigdescDerSaver *) object)->body);
  G_OBJECT_CLASS (migdesc_der_saver_parent_class)->finalize (object);
}

static void
migdesc_der_saver_init (MigdescDerSaver *saver)
{
  saver->body = g_byte_array_new ();
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
  klass->pass_string = pass_string;
  klass->open_buffer = open_buffer;
  klass->pass_buffer = pass_buffer;
  klass->get_offset = get_offset;
}

static void
migdesc_der_saver_class_init (MigdescDerSaverClass *klass)
{
  MigdescStreamVisitorClass *stream_class = MIGDESC_STREAM_VISITOR_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = finalize;
  set_values (MIGDESC_VISITOR_CLASS (klass));
  stream_class->begin_stream = begin_stream;
  stream_class->write_schema = write_schema;
  stream_class->begin_device = begin_device;
  stream_class->end_device = end_device;
  stream_class->end_stream = end_stream;
  stream_class->reset = reset;
}
