/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "codec/json-node.h"

#include <math.h>

#include "base/json-reader.h"
#include "base/json-writer.h"
#include "base/limits-private.h"

/* The deepest node that is walked: more is of no use, for no reader takes it. */
#define DEPTH_MAX MIGDESC_JSON_DEPTH_MAX

static gboolean append_node (JsonNode *node, MigdescJsonWriter *writer, GError **error);

static gboolean
append_double (double number,
               MigdescJsonWriter *writer,
               GError **error)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE + 2];

  if (!isfinite (number))
    {
      g_set_error_literal (error, MIGDESC_ERROR, MIGDESC_ERROR_JSON_NUMBER,
                           "the node holds a number that is not finite");
      return FALSE;
    }
  g_ascii_dtostr (text, sizeof text - 2, number);
  if (strpbrk (text, ".e") == NULL)
    g_strlcat (text, ".0", sizeof text); /* an int it never was */
  migdesc_json_writer_raw (writer, text, strlen (text));
  return TRUE;
}

static gboolean
append_scalar (JsonNode *node,
               MigdescJsonWriter *writer,
               GError **error)
{
  GType type = json_node_get_value_type (node);
  g_autofree char *number = NULL;

  if (type == G_TYPE_BOOLEAN)
    migdesc_json_writer_bool (writer, json_node_get_boolean (node));
  else if (type == G_TYPE_DOUBLE)
    return append_double (json_node_get_double (node), writer, error);
  else if (type == G_TYPE_STRING)
    {
      if (!migdesc_json_writer_string (writer, json_node_get_string (node)))
        {
          g_set_error_literal (error, MIGDESC_ERROR, MIGDESC_ERROR_JSON_ENCODING,
                               "the node holds a string that is not UTF-8");
          return FALSE;
        }
    }
  else
    {
      number = g_strdup_printf ("%" G_GINT64_FORMAT, json_node_get_int (node));
      migdesc_json_writer_raw (writer, number, strlen (number));
    }
  return TRUE;
}

static gboolean
append_object (JsonObject *object,
               MigdescJsonWriter *writer,
               GError **error)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  migdesc_json_writer_begin_object (writer);
  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &name, &node))
    {
      migdesc_json_writer_key (writer, name);
      if (!append_node (node, writer, error))
        return FALSE;
    }
  migdesc_json_writer_end_object (writer);
  return TRUE;
}

static gboolean
append_array (JsonArray *array,
              MigdescJsonWriter *writer,
              GError **error)
{
  migdesc_json_writer_begin_array (writer);
  for (guint i = 0; i < json_array_get_length (array); i++)
    if (!append_node (json_array_get_element (array, i), writer, error))
      return FALSE;
  migdesc_json_writer_end_array (writer);
  return TRUE;
}

static gboolean
append_node (JsonNode *node,
             MigdescJsonWriter *writer,
             GError **error)
{
  if (writer->depth >= DEPTH_MAX)
    {
      g_autofree char *message = migdesc_limit_to_message (MIGDESC_LIMIT_DEPTH, DEPTH_MAX);

      g_set_error_literal (error, MIGDESC_ERROR, MIGDESC_ERROR_LIMIT_EXCEEDED, message);
      return FALSE;
    }
  switch (json_node_get_node_type (node))
    {
    case JSON_NODE_OBJECT:
      return append_object (json_node_get_object (node), writer, error);
    case JSON_NODE_ARRAY:
      return append_array (json_node_get_array (node), writer, error);
    case JSON_NODE_VALUE:
      return append_scalar (node, writer, error);
    case JSON_NODE_NULL:
    default:
      migdesc_json_writer_null (writer);
      return TRUE;
    }
}

gboolean
migdesc_json_node_append (JsonNode *node,
                          GString *text,
                          GError **error)
{
  MigdescJsonWriter writer;

  migdesc_json_writer_init (&writer, text, FALSE);
  return append_node (node, &writer, error);
}

static JsonNode *read_node (MigdescJsonReader *reader);

static JsonNode *
read_object (MigdescJsonReader *reader)
{
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();
  MigdescJsonString key;

  migdesc_json_reader_begin_object (reader);
  while (migdesc_json_reader_next_member (reader, &key))
    {
      g_autofree char *name = g_strndup (key.text, key.length);

      json_object_set_member (object, name, read_node (reader));
    }
  json_node_take_object (node, object);
  return node;
}

static JsonNode *
read_array (MigdescJsonReader *reader)
{
  JsonNode *node = json_node_new (JSON_NODE_ARRAY);
  JsonArray *array = json_array_new ();

  migdesc_json_reader_begin_array (reader);
  while (migdesc_json_reader_next_element (reader))
    json_array_add_element (array, read_node (reader));
  json_node_take_array (node, array);
  return node;
}

static JsonNode *
read_string (MigdescJsonReader *reader)
{
  JsonNode *node = json_node_alloc ();
  g_autofree char *text = NULL;
  MigdescJsonString string;

  if (migdesc_json_reader_read_string (reader, &string))
    text = g_strndup (string.text, string.length);
  return json_node_init_string (node, text);
}

static JsonNode *
read_number (MigdescJsonReader *reader)
{
  JsonNode *node = json_node_alloc ();
  g_autofree char *text = NULL;
  MigdescJsonString lexeme;
  gint64 integer;
  double number;

  if (!migdesc_json_reader_read_number (reader, &lexeme))
    return json_node_init_null (node);
  text = g_strndup (lexeme.text, lexeme.length);
  if (g_ascii_string_to_signed (text, 10, G_MININT64, G_MAXINT64, &integer, NULL))
    return json_node_init_int (node, integer);
  number = g_ascii_strtod (text, NULL);
  return json_node_init_double (node, CLAMP (number, -G_MAXDOUBLE, G_MAXDOUBLE));
}

static JsonNode *
read_node (MigdescJsonReader *reader)
{
  JsonNode *node;
  gboolean value;

  switch (migdesc_json_reader_peek (reader))
    {
    case MIGDESC_JSON_OBJECT:
      return read_object (reader);
    case MIGDESC_JSON_ARRAY:
      return read_array (reader);
    case MIGDESC_JSON_STRING:
      return read_string (reader);
    case MIGDESC_JSON_NUMBER:
      return read_number (reader);
    case MIGDESC_JSON_TRUE:
    case MIGDESC_JSON_FALSE:
      node = json_node_alloc ();
      migdesc_json_reader_read_bool (reader, &value);
      return json_node_init_boolean (node, value);
    case MIGDESC_JSON_NULL:
    case MIGDESC_JSON_ERROR:
    case MIGDESC_JSON_END:
    default:
      migdesc_json_reader_skip_value (reader);
      return json_node_init_null (json_node_alloc ());
    }
}

JsonNode *
migdesc_json_node_new_from_text (const char *text,
                                 gsize length)
{
  g_autoptr (MigdescLimits) limits = migdesc_limits_new ();
  g_auto (MigdescJsonReader) reader;

  for (guint i = MIGDESC_LIMIT_DOCUMENT_SIZE; i <= MIGDESC_LIMIT_STRING_LENGTH; i++)
    migdesc_limits_set (limits, (MigdescLimit) i, G_MAXUINT64);
  migdesc_json_reader_init (&reader, text, length, limits);
  return read_node (&reader);
}
