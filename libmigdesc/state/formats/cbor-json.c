/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "state/formats/cbor-json.h"

#include <math.h>
#include <string.h>

#include "base/json-reader.h"
#include "base/json-writer.h"
#include "state/formats/cbor-scan.h"

/* The manifest and the schemas, which are JSON. */

typedef struct
{
  gsize begin;
  guint64 count;
  gboolean is_map;
} Level;

/* Whether it is no integer, for those have a form of their own. */
static gboolean
is_float_text (const char *digits)
{
  return strpbrk (digits, ".e") != NULL || strcmp (digits, "-0") == 0;
}

/* -2^64, the least integer of CBOR */
#define LEAST_INTEGER "-18446744073709551616"

static gboolean
put_number (GByteArray *output,
            const MigdescJsonString *number)
{
  g_autofree char *text = g_strndup (number->text, number->length);
  char digits[G_ASCII_DTOSTR_BUF_SIZE];
  gboolean negative = text[0] == '-';
  guint64 value;
  double real;

  if (g_ascii_string_to_unsigned (text + negative, 10, 0, G_MAXUINT64, &value, NULL)
      && (!negative || value > 0))
    {
      if (negative)
        migdesc_cbor_put_negative (output, value - 1);
      else
        migdesc_cbor_put_uint (output, value);
      return TRUE;
    }
  if (strcmp (text, LEAST_INTEGER) == 0)
    {
      migdesc_cbor_put_negative (output, G_MAXUINT64);
      return TRUE;
    }
  real = g_ascii_strtod (text, NULL);
  if (!isfinite (real) || strcmp (g_ascii_dtostr (digits, sizeof digits, real), text) != 0
      || !is_float_text (digits))
    return FALSE;
  migdesc_cbor_put_double (output, real);
  return TRUE;
}

static gboolean
put_scalar (GByteArray *output,
            MigdescJsonReader *reader)
{
  MigdescJsonString string;
  gboolean truth;

  switch (migdesc_json_reader_peek (reader))
    {
    case MIGDESC_JSON_STRING:
      if (!migdesc_json_reader_read_string (reader, &string))
        return FALSE;
      migdesc_cbor_put_text (output, string.text, string.length);
      return TRUE;
    case MIGDESC_JSON_NUMBER:
      return migdesc_json_reader_read_number (reader, &string) && put_number (output, &string);
    case MIGDESC_JSON_NULL:
      migdesc_cbor_put_null (output);
      return migdesc_json_reader_read_null (reader);
    default:
      if (!migdesc_json_reader_read_bool (reader, &truth))
        return FALSE;
      migdesc_cbor_put_bool (output, truth);
      return TRUE;
    }
}

/* The next element, or member with its name, of the container at hand. FALSE: it has ended. */
static gboolean
next (GByteArray *output,
      MigdescJsonReader *reader,
      Level *level)
{
  MigdescJsonString name;

  if (!level->is_map)
    return migdesc_json_reader_next_element (reader);
  if (!migdesc_json_reader_next_member (reader, &name))
    return FALSE;
  migdesc_cbor_put_text (output, name.text, name.length);
  return TRUE;
}

/* FALSE: it was a scalar. */
static gboolean
open_level (GByteArray *output,
            MigdescJsonReader *reader,
            Level *level)
{
  MigdescJsonKind kind = migdesc_json_reader_peek (reader);

  if (kind != MIGDESC_JSON_OBJECT && kind != MIGDESC_JSON_ARRAY)
    return FALSE;
  level->is_map = kind == MIGDESC_JSON_OBJECT;
  level->count = 0;
  level->begin = migdesc_cbor_begin_container (output);
  return level->is_map ? migdesc_json_reader_begin_object (reader)
                       : migdesc_json_reader_begin_array (reader);
}

static gboolean
put_value (GByteArray *output,
           MigdescJsonReader *reader)
{
  Level levels[MIGDESC_JSON_DEPTH_MAX + 1];
  guint depth = 0;

  if (!open_level (output, reader, &levels[0]))
    return FALSE;
  while (reader->error == 0)
    {
      Level *level = &levels[depth];

      if (!next (output, reader, level))
        {
          migdesc_cbor_end_container (output, level->begin,
                                      level->is_map ? MIGDESC_CBOR_MAP : MIGDESC_CBOR_ARRAY,
                                      (gsize) level->count);
          if (depth-- == 0)
            break;
          continue;
        }
      level->count++;
      if (open_level (output, reader, level + 1))
        depth++;
      else if (!put_scalar (output, reader))
        return FALSE;
    }
  return migdesc_json_reader_finish (reader);
}

void
migdesc_cbor_put_json (GByteArray *output,
                       const char *json,
                       gsize length)
{
  g_auto (MigdescJsonReader) reader;
  guint before = output->len;

  migdesc_json_reader_init (&reader, json, length, NULL);
  if (put_value (output, &reader))
    return;
  g_byte_array_set_size (output, before);
  migdesc_cbor_put_text (output, json, length);
}

static gboolean
get_double (MigdescJsonWriter *writer,
            double value,
            guint64 offset,
            GError **error)
{
  char digits[G_ASCII_DTOSTR_BUF_SIZE];

  if (!isfinite (value) || !is_float_text (g_ascii_dtostr (digits, sizeof digits, value)))
    return migdesc_cbor_fail (error, MIGDESC_ERROR_STATE_FORMAT, offset,
                              "a float that is an integer, or no number");
  migdesc_json_writer_raw (writer, digits, strlen (digits));
  return TRUE;
}

static void
get_negative (MigdescJsonWriter *writer,
              guint64 number)
{
  char digits[24];

  /* -1 - number, down to -2^64 */
  if (number == G_MAXUINT64)
    g_strlcpy (digits, LEAST_INTEGER, sizeof digits);
  else
    g_snprintf (digits, sizeof digits, "-%" G_GUINT64_FORMAT, number + 1);
  migdesc_json_writer_raw (writer, digits, strlen (digits));
}

static gboolean
get_scalar (MigdescJsonWriter *writer,
            const MigdescCborItem *item,
            guint64 offset,
            GError **error)
{
  switch (item->kind)
    {
    case MIGDESC_CBOR_UINT:
      migdesc_json_writer_uint (writer, item->number);
      return TRUE;
    case MIGDESC_CBOR_NEGATIVE:
      get_negative (writer, item->number);
      return TRUE;
    case MIGDESC_CBOR_TEXT:
      return migdesc_json_writer_string_length (writer, (const char *) item->data,
                                                (gsize) item->number);
    case MIGDESC_CBOR_BOOL:
      migdesc_json_writer_bool (writer, item->number != 0);
      return TRUE;
    case MIGDESC_CBOR_NULL:
      migdesc_json_writer_null (writer);
      return TRUE;
    case MIGDESC_CBOR_DOUBLE:
      return get_double (writer, item->real, offset, error);
    default:
      return migdesc_cbor_fail (error, MIGDESC_ERROR_STATE_FORMAT, offset,
                                "found %s, which JSON does not have",
                                migdesc_cbor_kind_to_text (item->kind));
    }
}

static void
close_levels (MigdescJsonWriter *writer,
              Level *levels,
              guint *depth)
{
  for (; *depth > 0 && levels[*depth].count == 0; --*depth)
    if (levels[*depth].is_map)
      migdesc_json_writer_end_object (writer);
    else
      migdesc_json_writer_end_array (writer);
}

/* An element, a member with its name, or the value itself. */
static gboolean
get_next (MigdescJsonWriter *writer,
          const guint8 *data,
          gsize length,
          gsize *position,
          Level *levels,
          guint *depth,
          guint64 offset,
          GError **error)
{
  MigdescCborItem item;

  migdesc_cbor_read (data + *position, length - *position, &item);
  if (*depth > 0)
    levels[*depth].count--;
  if (*depth > 0 && levels[*depth].is_map)
    {
      migdesc_json_writer_key_length (writer, (const char *) item.data, (gsize) item.number);
      *position += item.length;
      migdesc_cbor_read (data + *position, length - *position, &item);
    }
  if (item.kind != MIGDESC_CBOR_ARRAY && item.kind != MIGDESC_CBOR_MAP)
    {
      if (!get_scalar (writer, &item, offset + *position, error))
        return FALSE;
    }
  else
    {
      levels[++*depth] = (Level) { 0, item.number, item.kind == MIGDESC_CBOR_MAP };
      if (item.kind == MIGDESC_CBOR_MAP)
        migdesc_json_writer_begin_object (writer);
      else
        migdesc_json_writer_begin_array (writer);
    }
  *position += item.length;
  return TRUE;
}

gboolean
migdesc_cbor_get_json (const guint8 *data,
                       gsize length,
                       guint64 offset,
                       GString *text,
                       gsize *size,
                       GError **error)
{
  Level levels[MIGDESC_CBOR_DEPTH_MAX + 1];
  MigdescJsonWriter writer;
  MigdescCborItem item;
  guint depth = 0;

  *size = 0;
  migdesc_cbor_read (data, length, &item);
  if (item.kind == MIGDESC_CBOR_TEXT)
    {
      g_string_append_len (text, (const char *) item.data, (gssize) item.number);
      *size = item.length;
      return TRUE;
    }
  if (item.kind != MIGDESC_CBOR_MAP)
    return migdesc_cbor_fail (error, MIGDESC_ERROR_STATE_FORMAT, offset, "found %s, not a map",
                              migdesc_cbor_kind_to_text (item.kind));
  migdesc_json_writer_init (&writer, text, FALSE);
  do
    {
      if (!get_next (&writer, data, length, size, levels, &depth, offset, error))
        return FALSE;
      close_levels (&writer, levels, &depth);
    }
  while (depth > 0);
  return TRUE;
}
