/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "state/format.h"
#include "state/formats/binary.h"
#include "state/plan/run.h"
#include "state/table/scalar.h"

/* How long the binary stream would be: its own walk over its own chunks, without a byte of them.
 * Bounds are not checked. What comes out is the number. */

typedef struct
{
  MigdescStreamVisitor parent_instance;
  guint64 total; /* of what is complete */
  gsize used;    /* of the chunk at hand */
  gsize room;    /* 0: none is open */
  gboolean in_body;
} MigdescSizeSaver;

typedef struct
{
  MigdescStreamVisitorClass parent_class;
} MigdescSizeSaverClass;

static GType migdesc_size_saver_get_type (void);
G_DEFINE_TYPE (MigdescSizeSaver, migdesc_size_saver, MIGDESC_TYPE_STREAM_VISITOR)

#define SAVER(visitor) ((MigdescSizeSaver *) (visitor))
#define RECORD_SIZE (MIGDESC_BINARY_HEAD_SIZE + MIGDESC_BINARY_HASH_SIZE)

static void
close_chunk (MigdescSizeSaver *saver)
{
  if (saver->room > 0)
    saver->total += RECORD_SIZE + saver->used;
  saver->used = saver->room = 0;
}

static void
make_room (MigdescSizeSaver *saver,
           gsize n)
{
  if (saver->room > 0 && saver->room - saver->used >= n)
    return;
  close_chunk (saver);
  saver->room = MAX (n, MIGDESC_BINARY_CHUNK_SIZE);
}

static gboolean
add (MigdescVisitor *visitor,
     gsize n)
{
  make_room (SAVER (visitor), n);
  SAVER (visitor)->used += n;
  return TRUE;
}

static gboolean
open_counted (MigdescVisitor *visitor,
              const char *name G_GNUC_UNUSED,
              MigdescContainerFlags flags,
              guint64 *count G_GNUC_UNUSED,
              GError **error G_GNUC_UNUSED)
{
  return (flags & MIGDESC_CONTAINER_COUNT_KNOWN) != 0 || add (visitor, 4);
}

static gboolean
open_pointer (MigdescVisitor *visitor,
              const char *name G_GNUC_UNUSED,
              gboolean *present G_GNUC_UNUSED,
              GError **error G_GNUC_UNUSED)
{
  return add (visitor, 1);
}

static gboolean
pass_uint (MigdescVisitor *visitor,
           const char *name G_GNUC_UNUSED,
           guint width,
           guint64 *value G_GNUC_UNUSED,
           GError **error G_GNUC_UNUSED)
{
  return add (visitor, width);
}

static gboolean
pass_int (MigdescVisitor *visitor,
          const char *name G_GNUC_UNUSED,
          guint width,
          gint64 *value G_GNUC_UNUSED,
          GError **error G_GNUC_UNUSED)
{
  return add (visitor, width);
}

static gboolean
pass_double (MigdescVisitor *visitor,
             const char *name G_GNUC_UNUSED,
             double *value G_GNUC_UNUSED,
             GError **error G_GNUC_UNUSED)
{
  return add (visitor, sizeof (double));
}

static gboolean
pass_buffer (MigdescVisitor *visitor,
             guint8 *data G_GNUC_UNUSED,
             gsize length,
             GError **error G_GNUC_UNUSED)
{
  for (; length > MIGDESC_BINARY_PIECE_MAX; length -= MIGDESC_BINARY_PIECE_MAX)
    add (visitor, MIGDESC_BINARY_PIECE_MAX);
  return length == 0 || add (visitor, length);
}

static gboolean
pass_string (MigdescVisitor *visitor,
             const char *name G_GNUC_UNUSED,
             char **value,
             GError **error)
{
  gsize length = strlen (*value);

  make_room (SAVER (visitor), 4 + MIN (length, MIGDESC_BINARY_PIECE_MAX));
  return add (visitor, 4) && pass_buffer (visitor, (guint8 *) *value, length, error);
}

static gboolean
pass_scalars (MigdescVisitor *visitor,
              const MigdescField *field,
              gpointer data G_GNUC_UNUSED,
              gsize n,
              GError **error G_GNUC_UNUSED)
{
  return add (visitor, n * migdesc_field_wire_width (field));
}

static gboolean
pass_run (MigdescVisitor *visitor,
          const MigdescRun *run,
          gpointer base G_GNUC_UNUSED,
          GError **error G_GNUC_UNUSED)
{
  return add (visitor, run->wire_size);
}

static gboolean
pass_rows (MigdescVisitor *visitor,
           const MigdescRun *run,
           gpointer base G_GNUC_UNUSED,
           gsize n,
           gsize stride G_GNUC_UNUSED,
           GError **error G_GNUC_UNUSED)
{
  return add (visitor, run->wire_size * n);
}

static void
end_body (MigdescSizeSaver *saver)
{
  if (saver->in_body)
    close_chunk (saver);
  saver->in_body = FALSE;
}

static void
begin_section (MigdescSizeSaver *saver,
               const char *name)
{
  saver->room = MIGDESC_BINARY_CHUNK_SIZE;
  saver->used = MIGDESC_BINARY_SECTION_SIZE + strlen (name);
}

static gboolean
open_section (MigdescVisitor *visitor,
              const char *name,
              MigdescContainerFlags flags G_GNUC_UNUSED,
              guint *version G_GNUC_UNUSED,
              gboolean *present,
              GError **error G_GNUC_UNUSED)
{
  if (!*present)
    return TRUE;
  end_body (SAVER (visitor));
  begin_section (SAVER (visitor), name);
  return TRUE;
}

static gboolean
close_section (MigdescVisitor *visitor,
               GError **error G_GNUC_UNUSED)
{
  close_chunk (SAVER (visitor));
  return TRUE;
}

static gboolean
begin_stream (MigdescStreamVisitor *visitor,
              const char *manifest G_GNUC_UNUSED,
              gsize length,
              GError **error G_GNUC_UNUSED)
{
  SAVER (visitor)->total = MIGDESC_BINARY_HEADER_SIZE + RECORD_SIZE + length;
  return TRUE;
}

static gboolean
write_schema (MigdescStreamVisitor *visitor,
              const char *digest G_GNUC_UNUSED,
              const char *text G_GNUC_UNUSED,
              gsize length,
              GError **error G_GNUC_UNUSED)
{
  SAVER (visitor)->total += RECORD_SIZE + length;
  return TRUE;
}

static gboolean
begin_device (MigdescStreamVisitor *visitor,
              guint device G_GNUC_UNUSED,
              const char *id G_GNUC_UNUSED,
              const MigdescStatePlan *plan G_GNUC_UNUSED,
              GError **error G_GNUC_UNUSED)
{
  SAVER (visitor)->in_body = TRUE;
  begin_section (SAVER (visitor), "");
  return TRUE;
}

static gboolean
end_device (MigdescStreamVisitor *visitor,
            GError **error G_GNUC_UNUSED)
{
  end_body (SAVER (visitor));
  return TRUE;
}

static gboolean
end_stream (MigdescStreamVisitor *visitor,
            GError **error G_GNUC_UNUSED)
{
  guint64 total = SAVER (visitor)->total + RECORD_SIZE + MIGDESC_BINARY_END_SIZE;
  g_autofree char *text = g_strdup_printf ("%" G_GUINT64_FORMAT "\n", total);

  g_byte_array_append (visitor->output, (const guint8 *) text, (guint) strlen (text));
  return TRUE;
}

static void
reset (MigdescStreamVisitor *visitor)
{
  SAVER (visitor)->total = SAVER (visitor)->used = SAVER (visitor)->room = 0;
  SAVER (visitor)->in_body = FALSE;
  MIGDESC_STREAM_VISITOR_CLASS (migdesc_size_saver_parent_class)->reset (visitor);
}

static void
migdesc_size_saver_init (MigdescSizeSaver *saver G_GNUC_UNUSED)
{
}

static void
migdesc_size_saver_class_init (MigdescSizeSaverClass *klass)
{
  MigdescVisitorClass *visitor_class = MIGDESC_VISITOR_CLASS (klass);
  MigdescStreamVisitorClass *stream_class = MIGDESC_STREAM_VISITOR_CLASS (klass);

  visitor_class->open_array = open_counted;
  visitor_class->open_pointer = open_pointer;
  visitor_class->open_section = open_section;
  visitor_class->close_section = close_section;
  visitor_class->pass_uint = pass_uint;
  visitor_class->pass_int = pass_int;
  visitor_class->pass_double = pass_double;
  visitor_class->pass_string = pass_string;
  visitor_class->open_buffer = open_counted;
  visitor_class->pass_buffer = pass_buffer;
  visitor_class->pass_scalars = pass_scalars;
  visitor_class->pass_run = pass_run;
  visitor_class->pass_rows = pass_rows;
  stream_class->begin_stream = begin_stream;
  stream_class->write_schema = write_schema;
  stream_class->begin_device = begin_device;
  stream_class->end_device = end_device;
  stream_class->end_stream = end_stream;
  stream_class->reset = reset;
}

const MigdescFormat migdesc_format_size = {
  .name = "size",
  .description = "the length of the binary stream, as a number",
  .suffix = ".txt",
  .save_type = migdesc_size_saver_get_type,
};
