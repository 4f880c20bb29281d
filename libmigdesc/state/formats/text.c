/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "state/formats/text.h"

#include "base/quote.h"
#include "state/formats/json.h"
#include "state/table/scalar.h"

#define BYTES_SHOWN 32

typedef struct
{
  MigdescStreamVisitor parent_instance;
  GString *line;       /* at hand */
  guint depth;
  guint64 in_line;     /* elements of an array of scalars that have been written to it */
  guint array_depth;   /* of that array; 0: the line is a member's */
  gboolean absent;     /* the pointer at hand */
  guint64 length;      /* of the buffer at hand */
  guint64 shown;
} MigdescTextSaver;

typedef struct
{
  MigdescStreamVisitorClass parent_class;
} MigdescTextSaverClass;

G_DEFINE_TYPE (MigdescTextSaver, migdesc_text_saver, MIGDESC_TYPE_STREAM_VISITOR)

#define SAVER(visitor) ((MigdescTextSaver *) (visitor))

static void
end_line (MigdescTextSaver *saver)
{
  if (saver->line->len > 0)
    {
      g_string_append_c (saver->line, '\n');
      g_byte_array_append (saver->parent_instance.output, (const guint8 *) saver->line->str,
                           (guint) saver->line->len);
    }
  g_string_truncate (saver->line, 0);
  saver->array_depth = 0;
}

static void
indent (MigdescTextSaver *saver)
{
  for (guint i = 0; i < saver->depth; i++)
    g_string_append (saver->line, "  ");
}

static const MigdescPathFrame *
get_path_frame (MigdescTextSaver *saver)
{
  const MigdescVisitorPrivate *priv = saver->parent_instance.parent_instance.priv;

  return &priv->path[priv->depth];
}

/* Begins a line for a member, or for a struct in an array. */
static void
begin_line (MigdescTextSaver *saver,
            const char *name)
{
  const MigdescPathFrame *frame = get_path_frame (saver);

  end_line (saver);
  indent (saver);
  if (name != NULL)
    {
      migdesc_quote_append (saver->line, name, strlen (name));
      g_string_append (saver->line, ":");
    }
  else if (frame->is_array)
    g_string_append_printf (saver->line, "[%" G_GUINT64_FORMAT "]:", frame->index);
}

/* Values of arrays share lines: 16 each. */
static void
begin_value (MigdescTextSaver *saver,
             const char *name)
{
  if (name == NULL && get_path_frame (saver)->is_array)
    {
      if (saver->array_depth == 0 || (saver->in_line > 0 && saver->in_line % 16 == 0))
        {
          end_line (saver);
          saver->array_depth = saver->depth;
          indent (saver);
          g_string_append_printf (saver->line, "[%" G_GUINT64_FORMAT "]:",
                                  get_path_frame (saver)->index);
        }
      saver->in_line++;
    }
  else
    begin_line (saver, name);
  if (saver->line->len > 0)
    g_string_append_c (saver->line, ' ');
}

static gboolean
open_struct (MigdescVisitor *visitor,
             const char *name,
             GError **error G_GNUC_UNUSED)
{
  MigdescTextSaver *saver = SAVER (visitor);
  gboolean top = name == NULL && !get_path_frame (saver)->is_array;

  if (!top)
    begin_line (saver, name);
  end_line (saver);
  saver->depth += top ? 0 : 1;
  return TRUE;
}

static gboolean
close_container (MigdescVisitor *visitor,
                 GError **error G_GNUC_UNUSED)
{
  MigdescTextSaver *saver = SAVER (visitor);

  end_line (saver);
  saver->depth -= saver->depth > 0 ? 1 : 0;
  return TRUE;
}

static gboolean
open_array (MigdescVisitor *visitor,
            const char *name,
            MigdescContainerFlags flags G_GNUC_UNUSED,
            guint64 *count,
            GError **error G_GNUC_UNUSED)
{
  MigdescTextSaver *saver = SAVER (visitor);

  begin_line (saver, name);
  g_string_append_printf (saver->line, "%s%" G_GUINT64_FORMAT " element%s",
                          saver->line->len > 0 ? " " : "", *count, *count == 1 ? "" : "s");
  end_line (saver);
  saver->depth++;
  saver->in_line = 0;
  return TRUE;
}

static gboolean
open_pointer (MigdescVisitor *visitor,
              const char *name,
              gboolean *present,
              GError **error)
{
  SAVER (visitor)->absent = !*present;
  if (*present)
    return open_struct (visitor, name, error);
  begin_value (SAVER (visitor), name);
  g_string_append (SAVER (visitor)->line, "absent");
  return TRUE;
}

static gboolean
close_pointer (MigdescVisitor *visitor,
               GError **error)
{
  gboolean absent = SAVER (visitor)->absent;

  SAVER (visitor)->absent = FALSE;
  return absent || close_container (visitor, error);
}

static gboolean
open_section (MigdescVisitor *visitor,
              const char *name,
              MigdescContainerFlags flags,
              guint *version,
              gboolean *present,
              GError **error G_GNUC_UNUSED)
{
  MigdescTextSaver *saver = SAVER (visitor);

  if (!*present)
    return TRUE;
  begin_line (saver, name);
  g_string_append_printf (saver->line, "%s%ssection, version %u", saver->line->len > 0 ? " " : "",
                          (flags & MIGDESC_CONTAINER_DROPPABLE) != 0 ? "droppable " : "",
                          *version);
  end_line (saver);
  saver->depth++;
  return TRUE;
}

static gboolean
pass_uint (MigdescVisitor *visitor,
           const char *name,
           guint width G_GNUC_UNUSED,
           guint64 *value,
           GError **error G_GNUC_UNUSED)
{
  begin_value (SAVER (visitor), name);
  g_string_append_printf (SAVER (visitor)->line, "%" G_GUINT64_FORMAT, *value);
  return TRUE;
}

static gboolean
pass_int (MigdescVisitor *visitor,
          const char *name,
          guint width G_GNUC_UNUSED,
          gint64 *value,
          GError **error G_GNUC_UNUSED)
{
  begin_value (SAVER (visitor), name);
  g_string_append_printf (SAVER (visitor)->line, "%" G_GINT64_FORMAT, *value);
  return TRUE;
}

static gboolean
pass_double (MigdescVisitor *visitor,
             const char *name,
             double *value,
             GError **error G_GNUC_UNUSED)
{
  char digits[G_ASCII_DTOSTR_BUF_SIZE];
  const char *text = *value > 0 ? "Infinity" : *value < 0 ? "-Infinity" : "NaN";

  if (migdesc_double_is_finite (*value))
    text = migdesc_json_format_double (digits, *value);
  begin_value (SAVER (visitor), name);
  g_string_append (SAVER (visitor)->line, text);
  return TRUE;
}

static gboolean
pass_bool (MigdescVisitor *visitor,
           const char *name,
           gboolean *value,
           GError **error G_GNUC_UNUSED)
{
  begin_value (SAVER (visitor), name);
  g_string_append (SAVER (visitor)->line, *value ? "yes" : "no");
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
  begin_value (SAVER (visitor), name);
  migdesc_quote_append (SAVER (visitor)->line, words[*value], strlen (words[*value]));
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
  GString *line = SAVER (visitor)->line;
  gboolean any = FALSE;

  begin_value (SAVER (visitor), name);
  for (guint i = 0; i < n_words; i++)
    if ((*value >> i & 1) != 0)
      {
        g_string_append (line, any ? " | " : "");
        migdesc_quote_append (line, words[i], strlen (words[i]));
        any = TRUE;
      }
  if (!any)
    g_string_append (line, "none");
  return TRUE;
}

static gboolean
pass_string (MigdescVisitor *visitor,
             const char *name,
             char **value,
             GError **error G_GNUC_UNUSED)
{
  GString *line = SAVER (visitor)->line;

  begin_value (SAVER (visitor), name);
  g_string_append_c (line, '"');
  migdesc_quote_append (line, *value, strlen (*value));
  g_string_append_c (line, '"');
  return TRUE;
}

static gboolean
open_buffer (MigdescVisitor *visitor,
             const char *name,
             MigdescContainerFlags flags G_GNUC_UNUSED,
             guint64 *length,
             GError **error G_GNUC_UNUSED)
{
  MigdescTextSaver *saver = SAVER (visitor);

  begin_value (saver, name);
  saver->length = *length;
  saver->shown = 0;
  g_string_append_printf (saver->line, "%" G_GUINT64_FORMAT " byte%s", *length,
                          *length == 1 ? "" : "s");
  return TRUE;
}

static gboolean
pass_buffer (MigdescVisitor *visitor,
             guint8 *data,
             gsize length,
             GError **error G_GNUC_UNUSED)
{
  MigdescTextSaver *saver = SAVER (visitor);

  for (gsize i = 0; i < length && saver->shown < BYTES_SHOWN; i++, saver->shown++)
    g_string_append_printf (saver->line, " %02x", data[i]);
  return TRUE;
}

static gboolean
close_buffer (MigdescVisitor *visitor,
              GError **error G_GNUC_UNUSED)
{
  if (SAVER (visitor)->shown < SAVER (visitor)->length)
    g_string_append (SAVER (visitor)->line, " ...");
  return TRUE;
}

static gboolean
begin_stream (MigdescStreamVisitor *visitor G_GNUC_UNUSED,
              const char *manifest G_GNUC_UNUSED,
              gsize length G_GNUC_UNUSED,
              GError **error G_GNUC_UNUSED)
{
  return TRUE;
}

static gboolean
write_schema (MigdescStreamVisitor *visitor G_GNUC_UNUSED,
              const char *digest G_GNUC_UNUSED,
              const char *text G_GNUC_UNUSED,
              gsize length G_GNUC_UNUSED,
              GError **error G_GNUC_UNUSED)
{
  return TRUE;
}

static gboolean
begin_device (MigdescStreamVisitor *visitor,
              guint device G_GNUC_UNUSED,
              const char *id,
              const MigdescStatePlan *plan G_GNUC_UNUSED,
              GError **error G_GNUC_UNUSED)
{
  begin_line (SAVER (visitor), id);
  end_line (SAVER (visitor));
  SAVER (visitor)->depth++;
  return TRUE;
}

static gboolean
end_device (MigdescStreamVisitor *visitor,
            GError **error)
{
  return close_container (MIGDESC_VISITOR (visitor), error);
}

static gboolean
end_stream (MigdescStreamVisitor *visitor,
            GError **error G_GNUC_UNUSED)
{
  end_line (SAVER (visitor));
  return TRUE;
}

static void
reset (MigdescStreamVisitor *visitor)
{
  SAVER (visitor)->depth = SAVER (visitor)->array_depth = 0;
  SAVER (visitor)->absent = FALSE;
  g_string_truncate (SAVER (visitor)->line, 0);
  MIGDESC_STREAM_VISITOR_CLASS (migdesc_text_saver_parent_class)->reset (visitor);
}

static void
describe_no_place (MigdescVisitor *visitor G_GNUC_UNUSED,
                   GString *text G_GNUC_UNUSED)
{
}

static void
migdesc_text_saver_finalize (GObject *object)
{
  g_string_free (SAVER (object)->line, TRUE);
  G_OBJECT_CLASS (migdesc_text_saver_parent_class)->finalize (object);
}

static void
migdesc_text_saver_init (MigdescTextSaver *saver)
{
  saver->line = g_string_new (NULL);
}

static void
migdesc_text_saver_class_init (MigdescTextSaverClass *klass)
{
  MigdescVisitorClass *visitor_class = MIGDESC_VISITOR_CLASS (klass);
  MigdescStreamVisitorClass *stream_class = MIGDESC_STREAM_VISITOR_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = migdesc_text_saver_finalize;
  visitor_class->open_struct = open_struct;
  visitor_class->close_struct = close_container;
  visitor_class->open_array = open_array;
  visitor_class->close_array = close_container;
  visitor_class->open_pointer = open_pointer;
  visitor_class->close_pointer = close_pointer;
  visitor_class->open_section = open_section;
  visitor_class->close_section = close_container;
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
  stream_class->begin_device = begin_device;
  stream_class->end_device = end_device;
  stream_class->end_stream = end_stream;
  stream_class->reset = reset;
}

MigdescVisitor *
migdesc_text_saver_new (void)
{
  return g_object_new (migdesc_text_saver_get_type (), "mode", MIGDESC_VISITOR_SAVE, NULL);
}

GString *
migdesc_text_saver_take (MigdescVisitor *visitor)
{
  MigdescStreamVisitor *stream = MIGDESC_STREAM_VISITOR (visitor);

  end_line (SAVER (visitor));
  return g_string_new_len ((const char *) stream->output->data, stream->output->len);
}

const MigdescFormat migdesc_format_text = {
  .name = "text",
  .description = "for people to read",
  .suffix = ".txt",
  .save_type = migdesc_text_saver_get_type,
};
