/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <string.h>

#include <migdesc/migdesc.h>

#include "state/visitor/visitor-private.h"

/* A format of lines, "name=value", that implements only the plain visits; and visitors of it that
 * misbehave. Lines can be edited between save and load. */

typedef enum
{
  RECORD_WELL,
  RECORD_SILENT, /* fails without an error at the line that is next_bad */
  RECORD_SCRIBBLE /* changes what it was given to save */
} RecordManner;

typedef struct
{
  MigdescVisitor parent_instance;
  GPtrArray *lines; /* of char */
  guint next;
  RecordManner manner;
  guint next_bad;
} RecordVisitor;

typedef struct
{
  MigdescVisitorClass parent_class;
} RecordVisitorClass;

static GType record_visitor_get_type (void);
G_DEFINE_TYPE (RecordVisitor, record_visitor, MIGDESC_TYPE_VISITOR)

static gboolean
record_save (RecordVisitor *record,
             char *line)
{
  g_ptr_array_add (record->lines, line);
  return record->manner != RECORD_SILENT || record->lines->len <= record->next_bad;
}

/* The value of the next line if it has that label. */
static const char *
record_load (RecordVisitor *record,
             const char *label,
             GError **error)
{
  const char *line = record->next < record->lines->len
                         ? g_ptr_array_index (record->lines, record->next++)
                         : "nothing";
  gsize length = strlen (label);

  if (record->manner == RECORD_SILENT && record->next > record->next_bad)
    return NULL;
  if (strncmp (line, label, length) == 0 && line[length] == '=')
    return line + length + 1;
  g_set_error (error, MIGDESC_ERROR, MIGDESC_ERROR_STATE_FORMAT, "found %s instead of %s", line,
               label);
  return NULL;
}

static gboolean
is_saving (RecordVisitor *record)
{
  return !migdesc_visitor_is_loading (MIGDESC_VISITOR (record));
}

static gboolean
record_uint (MigdescVisitor *visitor,
             const char *name,
             guint width,
             guint64 *value,
             GError **error)
{
  RecordVisitor *record = (RecordVisitor *) visitor;
  g_autofree char *label = g_strdup_printf ("u%u %s", 8 * width, name == NULL ? "-" : name);
  const char *text;

  if (is_saving (record))
    {
      char *line = g_strdup_printf ("%s=%" G_GUINT64_FORMAT, label, *value);

      if (record->manner == RECORD_SCRIBBLE)
        *value = 77;
      return record_save (record, line);
    }
  text = record_load (record, label, error);
  return text != NULL && g_ascii_string_to_unsigned (text, 10, 0, G_MAXUINT64, value, error);
}

static gboolean
record_int (MigdescVisitor *visitor,
            const char *name,
            guint width,
            gint64 *value,
            GError **error)
{
  RecordVisitor *record = (RecordVisitor *) visitor;
  g_autofree char *label = g_strdup_printf ("i%u %s", 8 * width, name == NULL ? "-" : name);
  const char *text;

  if (is_saving (record))
    return record_save (record, g_strdup_printf ("%s=%" G_GINT64_FORMAT, label, *value));
  text = record_load (record, label, error);
  return text != NULL
         && g_ascii_string_to_signed (text, 10, G_MININT64, G_MAXINT64, value, error);
}

static gboolean
record_double (MigdescVisitor *visitor,
               const char *name,
               double *value,
               GError **error)
{
  RecordVisitor *record = (RecordVisitor *) visitor;
  g_autofree char *label = g_strdup_printf ("f64 %s", name == NULL ? "-" : name);
  char digits[G_ASCII_DTOSTR_BUF_SIZE];
  const char *text;

  if (is_saving (record))
    return record_save (record, g_strdup_printf ("%s=%s", label,
                                                 g_ascii_dtostr (digits, sizeof digits, *value)));
  text = record_load (record, label, error);
  if (text == NULL)
    return FALSE;
  *value = g_ascii_strtod (text, NULL);
  return TRUE;
}

static gboolean
record_string (MigdescVisitor *visitor,
               const char *name,
               char **value,
               GError **error)
{
  RecordVisitor *record = (RecordVisitor *) visitor;
  g_autofree char *label = g_strdup_printf ("text %s", name == NULL ? "-" : name);
  const char *text;

  if (is_saving (record))
    return record_save (record, g_strdup_printf ("%s=%s", label, *value));
  text = record_load (record, label, error);
  if (text != NULL && strcmp (text, "NULL") != 0)
    *value = g_strdup (text);
  return text != NULL;
}

static gboolean
record_write_bytes (MigdescVisitor *visitor,
                    const char *name,
                    GBytes *bytes,
                    GError **error G_GNUC_UNUSED)
{
  GString *line = g_string_new (NULL);
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);

  g_string_printf (line, "bytes %s=", name == NULL ? "-" : name);
  for (gsize i = 0; i < size; i++)
    g_string_append_printf (line, "%02x", data[i]);
  return record_save ((RecordVisitor *) visitor, g_string_free (line, FALSE));
}

static GBytes *
record_read_bytes (MigdescVisitor *visitor,
                   const char *name,
                   GError **error)
{
  g_autofree char *label = g_strdup_printf ("bytes %s", name == NULL ? "-" : name);
  const char *text = record_load ((RecordVisitor *) visitor, label, error);
  g_autoptr (GByteArray) data = g_byte_array_new ();

  if (text == NULL)
    return NULL;
  for (; text[0] != '\0' && text[1] != '\0'; text += 2)
    {
      guint8 byte
          = (guint8) (g_ascii_xdigit_value (text[0]) << 4 | g_ascii_xdigit_value (text[1]));

      g_byte_array_append (data, &byte, 1);
    }
  return g_byte_array_free_to_bytes (g_steal_pointer (&data));
}

static void
record_visitor_finalize (GObject *object)
{
  g_ptr_array_unref (((RecordVisitor *) object)->lines);
  G_OBJECT_CLASS (record_visitor_parent_class)->finalize (object);
}

static void
record_visitor_init (RecordVisitor *record)
{
  record->lines = g_ptr_array_new_with_free_func (g_free);
}

static void
record_visitor_class_init (RecordVisitorClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = record_visitor_finalize;
  klass->parent_class.pass_uint = record_uint;
  klass->parent_class.pass_int = record_int;
  klass->parent_class.pass_double = record_double;
  klass->parent_class.pass_string = record_string;
  klass->parent_class.read_bytes = record_read_bytes;
  klass->parent_class.write_bytes = record_write_bytes;
}

static RecordVisitor *
record_saver (void)
{
  return g_object_new (record_visitor_get_type (), "mode", MIGDESC_VISITOR_SAVE, NULL);
}

/* A reader of lines that another one wrote, or of a text of lines. */
static RecordVisitor *
record_loader (const char *text)
{
  RecordVisitor *record
      = g_object_new (record_visitor_get_type (), "mode", MIGDESC_VISITOR_LOAD, NULL);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (char **line = lines; *line != NULL && **line != '\0'; line++)
    g_ptr_array_add (record->lines, g_strdup (*line));
  return record;
}

static char *
record_to_text (RecordVisitor *record)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < record->lines->len; i++)
    g_string_append_printf (text, "%s\n", (char *) g_ptr_array_index (record->lines, i));
  return g_string_free (text, FALSE);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RecordVisitor, g_object_unref)
