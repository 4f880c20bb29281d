/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "state/formats/json-out.h"

#include "base/json-writer.h"
#include "state/formats/json.h"
#include "state/table/scalar.h"

/* Text is put together at a cursor: a call of GByteArray for each piece would cost more than the
 * piece. */

#define STEP 16384

void
migdesc_json_out_grow (MigdescJsonOut *out,
                       gsize n)
{
  GByteArray *output = out->output;
  gsize used = out->cursor == NULL ? output->len : (gsize) (out->cursor - (char *) output->data);

  /* What is written from now on is of no use, but there has to be room for it. */
  if (G_UNLIKELY (used + n > MIGDESC_JSON_OUT_MAX))
    {
      out->full = TRUE;
      used = 0;
    }
  g_byte_array_set_size (output, (guint) (used + n + MAX (STEP, used / 2)));
  out->cursor = (char *) output->data + used;
  out->limit = (char *) output->data + output->len;
}

void
migdesc_json_out_sync (MigdescJsonOut *out)
{
  if (out->cursor != NULL)
    g_byte_array_set_size (out->output, (guint) (out->cursor - (char *) out->output->data));
  out->cursor = out->limit = NULL;
}

void
migdesc_json_out_raw (MigdescJsonOut *out,
                      const char *text,
                      gsize length)
{
  migdesc_json_out_reserve (out, length);
  memcpy (out->cursor, text, length);
  out->cursor += length;
}

void
migdesc_json_out_string (MigdescJsonOut *out,
                         const char *text,
                         gsize length)
{
  g_autoptr (GString) escaped = NULL;

  if (G_LIKELY (migdesc_json_plain_end (text, text + length) == text + length))
    {
      migdesc_json_out_reserve (out, length + 2);
      *out->cursor++ = '"';
      memcpy (out->cursor, text, length);
      out->cursor += length;
      *out->cursor++ = '"';
      return;
    }
  escaped = g_string_sized_new (length + 8);
  migdesc_json_append_string (escaped, text, length);
  migdesc_json_out_raw (out, escaped->str, escaped->len);
}

static guint
count_digits (guint64 value)
{
  guint n = 1;

  for (; value >= 10000; value /= 10000)
    n += 4;
  return value < 10 ? n : value < 100 ? n + 1 : value < 1000 ? n + 2 : n + 3;
}

/* Two digits at a time, for a division takes longer than all else. */
static char *
put_uint (char *cursor,
          guint64 value)
{
  static const char pairs[] = "00010203040506070809101112131415161718192021222324252627282930313233"
                              "34353637383940414243444546474849505152535455565758596061626364656667"
                              "68697071727374757677787980818283848586878889909192939495969798"
                              "99";
  char *end = cursor + count_digits (value);
  char *at = end;

  for (; value >= 100; value /= 100)
    memcpy (at -= 2, &pairs[value % 100 * 2], 2);
  if (value >= 10)
    memcpy (cursor, &pairs[value * 2], 2);
  else
    *cursor = (char) ('0' + value);
  return end;
}

void
migdesc_json_out_uint (MigdescJsonOut *out,
                       guint64 value)
{
  migdesc_json_out_reserve (out, 20);
  out->cursor = put_uint (out->cursor, value);
}

void
migdesc_json_out_int (MigdescJsonOut *out,
                      gint64 value)
{
  migdesc_json_out_reserve (out, 21);
  if (value < 0)
    *out->cursor++ = '-';
  out->cursor = put_uint (out->cursor, value < 0 ? -(guint64) value : (guint64) value);
}

char *
migdesc_json_format_double (char digits[G_ASCII_DTOSTR_BUF_SIZE],
                            double value)
{
  char format[] = { '%', '.', '1', '5', 'g', '\0' };
  double again;

  for (; format[3] < '7'; format[3]++)
    {
      again = g_ascii_strtod (g_ascii_formatd (digits, G_ASCII_DTOSTR_BUF_SIZE, format, value),
                              NULL);
      if (memcmp (&again, &value, sizeof value) == 0)
        return digits;
    }
  return g_ascii_dtostr (digits, G_ASCII_DTOSTR_BUF_SIZE, value);
}

void
migdesc_json_out_double (MigdescJsonOut *out,
                         double value)
{
  char digits[G_ASCII_DTOSTR_BUF_SIZE];
  const char *text = digits;

  if (migdesc_double_is_finite (value))
    migdesc_json_format_double (digits, value);
  else
    text = value > 0 ? "\"Infinity\"" : value < 0 ? "\"-Infinity\"" : "\"NaN\"";
  migdesc_json_out_raw (out, text, strlen (text));
}

static void
start_line (MigdescJsonOut *out)
{
  migdesc_json_out_reserve (out, 1 + 2 * (gsize) out->depth);
  *out->cursor++ = '\n';
  memset (out->cursor, ' ', 2 * (gsize) out->depth);
  out->cursor += 2 * (gsize) out->depth;
}

/* For people: members and containers have a line each, other elements share one. */
static void
separate (MigdescJsonOut *out,
          gboolean own_line)
{
  guint8 *filled = &out->filled[out->depth];

  migdesc_json_out_reserve (out, 2);
  if (*filled != 0)
    *out->cursor++ = ',';
  if (out->pretty && own_line)
    start_line (out);
  else if (out->pretty && *filled != 0)
    *out->cursor++ = ' ';
  *filled |= own_line ? 3 : 1;
}

void
migdesc_json_out_begin (MigdescJsonOut *out,
                        const char *name,
                        gboolean container)
{
  gsize length;

  if (out->depth > 0)
    separate (out, name != NULL || container);
  if (name == NULL)
    return;
  length = strlen (name);
  migdesc_json_out_reserve (out, length + 4);
  migdesc_json_out_string (out, name, length);
  migdesc_json_out_reserve (out, 2);
  *out->cursor++ = ':';
  if (out->pretty)
    *out->cursor++ = ' ';
}

void
migdesc_json_out_open (MigdescJsonOut *out,
                       const char *name,
                       char bracket)
{
  migdesc_json_out_begin (out, name, TRUE);
  migdesc_json_out_reserve (out, 1);
  *out->cursor++ = bracket;
  out->filled[++out->depth] = 0;
}

void
migdesc_json_out_close (MigdescJsonOut *out,
                        char bracket)
{
  gboolean own_line = out->filled[out->depth] > 1;

  out->depth--;
  if (out->pretty && own_line)
    start_line (out);
  migdesc_json_out_reserve (out, 1);
  *out->cursor++ = bracket;
}
