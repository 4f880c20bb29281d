/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <migdesc/migdesc-error.h>

#include "base/quote.h"
#include "state/formats/json-base64.h"
#include "state/formats/json-in.h"

/* Values out of JSON. */

#define LOADER(visitor) ((MigdescJsonLoader *) (visitor))

/* A value that is not what the field needs: what was found, and what is allowed. */
static gboolean
fail_value (MigdescJsonLoader *loader,
            GError **error,
            const MigdescJsonString *found,
            const char *problem)
{
  g_autofree char *quoted = migdesc_quote (found->text, (gssize) found->length);

  migdesc_json_reader_fail (&loader->reader, MIGDESC_ERROR_STATE_RANGE, loader->place, "%s %s",
                            quoted, problem);
  return migdesc_json_in_fail (loader, error);
}

static gboolean
pass_uint (MigdescVisitor *visitor,
           const char *name,
           guint width G_GNUC_UNUSED,
           guint64 *value,
           GError **error)
{
  MigdescJsonLoader *loader = LOADER (visitor);

  if (!migdesc_json_in_enter (loader, name, error))
    return FALSE;
  return migdesc_json_reader_read_uint64 (&loader->reader, value)
         || migdesc_json_in_fail (loader, error);
}

static gboolean
parse_negative (const MigdescJsonString *lexeme,
                gint64 *value)
{
  guint64 number = 0;

  for (guint32 i = 1; i < lexeme->length; i++)
    {
      guint digit = (guint) (lexeme->text[i] - '0');

      if (digit > 9 || number > (G_GUINT64_CONSTANT (1) << 63) / 10)
        return FALSE;
      number = number * 10 + digit;
    }
  if (number > G_GUINT64_CONSTANT (1) << 63)
    return FALSE;
  *value = (gint64) -number;
  return TRUE;
}

static gboolean
pass_int (MigdescVisitor *visitor,
          const char *name,
          guint width G_GNUC_UNUSED,
          gint64 *value,
          GError **error)
{
  MigdescJsonLoader *loader = LOADER (visitor);
  MigdescJsonReader *reader = &loader->reader;
  MigdescJsonString lexeme;
  guint64 number;

  if (!migdesc_json_in_enter (loader, name, error))
    return FALSE;
  if (reader->cursor == reader->end || *reader->cursor != '-')
    {
      if (!migdesc_json_reader_read_uint64 (reader, &number))
        return migdesc_json_in_fail (loader, error);
      *value = (gint64) number;
      if (number <= G_MAXINT64)
        return TRUE;
      migdesc_json_reader_fail (reader, MIGDESC_ERROR_STATE_RANGE, loader->place,
                                "%" G_GUINT64_FORMAT " is above 9223372036854775807", number);
      return migdesc_json_in_fail (loader, error);
    }
  if (!migdesc_json_reader_read_number (reader, &lexeme))
    return migdesc_json_in_fail (loader, error);
  return parse_negative (&lexeme, value)
         || fail_value (loader, error, &lexeme,
                        "is not an integer from -9223372036854775808 to 9223372036854775807");
}

/* What JSON has no numbers for. */
static gboolean
read_special_double (MigdescJsonLoader *loader,
                     double *value,
                     GError **error)
{
  static const guint64 bits[] = { 0x7ff8000000000000, 0x7ff0000000000000, 0xfff0000000000000 };
  static const char *const words[] = { "NaN", "Infinity", "-Infinity" };
  MigdescJsonString text;

  if (!migdesc_json_reader_read_string (&loader->reader, &text))
    return migdesc_json_in_fail (loader, error);
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (migdesc_json_string_equal (&text, words[i], strlen (words[i])))
      {
        memcpy (value, &bits[i], sizeof *value);
        return TRUE;
      }
  return fail_value (loader, error, &text,
                     "is not a number, \"NaN\", \"Infinity\" or \"-Infinity\"");
}

static gboolean
pass_double (MigdescVisitor *visitor,
             const char *name,
             double *value,
             GError **error)
{
  MigdescJsonLoader *loader = LOADER (visitor);
  MigdescJsonString lexeme;
  g_autofree char *digits = NULL;
  guint64 bits;

  if (!migdesc_json_in_enter (loader, name, error))
    return FALSE;
  if (migdesc_json_reader_peek (&loader->reader) == MIGDESC_JSON_STRING)
    return read_special_double (loader, value, error);
  if (!migdesc_json_reader_read_number (&loader->reader, &lexeme))
    return migdesc_json_in_fail (loader, error);
  digits = g_strndup (lexeme.text, lexeme.length);
  *value = g_ascii_strtod (digits, NULL);
  memcpy (&bits, value, sizeof bits);
  return (bits >> 52 & 0x7ff) != 0x7ff
         || fail_value (loader, error, &lexeme, "is beyond what a double can be");
}

static gboolean
pass_bool (MigdescVisitor *visitor,
           const char *name,
           gboolean *value,
           GError **error)
{
  MigdescJsonLoader *loader = LOADER (visitor);

  if (!migdesc_json_in_enter (loader, name, error))
    return FALSE;
  return migdesc_json_reader_read_bool (&loader->reader, value)
         || migdesc_json_in_fail (loader, error);
}

static gboolean
find_word (const MigdescJsonString *text,
           const char *const *words,
           guint n_words,
           guint *position)
{
  for (guint i = 0; i < n_words; i++)
    if (migdesc_json_string_equal (text, words[i], strlen (words[i])))
      {
        *position = i;
        return TRUE;
      }
  return FALSE;
}

static gboolean
fail_word (MigdescJsonLoader *loader,
           GError **error,
           const MigdescJsonString *found,
           const char *const *words,
           guint n_words)
{
  g_autoptr (GString) text = g_string_new ("is none of ");

  for (guint i = 0; i < n_words && i < 20; i++)
    g_string_append_printf (text, "%s%s", i == 0 ? "" : ", ", words[i]);
  if (n_words > 20)
    g_string_append (text, ", ...");
  return fail_value (loader, error, found, text->str);
}

static gboolean
pass_enum (MigdescVisitor *visitor,
           const char *name,
           guint width G_GNUC_UNUSED,
           const char *const *words,
           guint n_words,
           guint64 *value,
           GError **error)
{
  MigdescJsonLoader *loader = LOADER (visitor);
  MigdescJsonString text;
  guint position;

  if (!migdesc_json_in_enter (loader, name, error))
    return FALSE;
  if (!migdesc_json_reader_read_string (&loader->reader, &text))
    return migdesc_json_in_fail (loader, error);
  if (!find_word (&text, words, n_words, &position))
    return fail_word (loader, error, &text, words, n_words);
  *value = position;
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
  MigdescJsonLoader *loader = LOADER (visitor);
  MigdescJsonReader *reader = &loader->reader;
  MigdescJsonString text;
  guint position;

  *value = 0;
  if (!migdesc_json_in_enter (loader, name, error))
    return FALSE;
  if (!migdesc_json_reader_begin_array (reader))
    return migdesc_json_in_fail (loader, error);
  while (migdesc_json_reader_next_element (reader))
    {
      loader->place = migdesc_json_reader_offset (reader);
      if (!migdesc_json_reader_read_string (reader, &text))
        break;
      if (!find_word (&text, words, n_words, &position))
        return fail_word (loader, error, &text, words, n_words);
      if ((*value >> position & 1) != 0)
        return fail_value (loader, error, &text, "is there twice");
      *value |= G_GUINT64_CONSTANT (1) << position;
    }
  return reader->error == 0 || migdesc_json_in_fail (loader, error);
}

static gboolean
pass_string (MigdescVisitor *visitor,
             const char *name,
             char **value,
             GError **error)
{
  MigdescJsonLoader *loader = LOADER (visitor);
  MigdescJsonString text;

  if (!migdesc_json_in_enter (loader, name, error))
    return FALSE;
  if (!migdesc_json_reader_read_string (&loader->reader, &text))
    return migdesc_json_in_fail (loader, error);
  *value = g_strndup (text.text, text.length);
  return TRUE;
}

static gboolean
fail_base64 (MigdescJsonLoader *loader,
             GError **error)
{
  migdesc_json_reader_fail (&loader->reader, MIGDESC_ERROR_STATE_FORMAT, loader->place,
                            "the text is not base64");
  return migdesc_json_in_fail (loader, error);
}

static gboolean
open_buffer (MigdescVisitor *visitor,
             const char *name,
             MigdescContainerFlags flags G_GNUC_UNUSED,
             guint64 *length,
             GError **error)
{
  MigdescJsonLoader *loader = LOADER (visitor);

  if (!migdesc_json_in_enter (loader, name, error))
    return FALSE;
  if (!migdesc_json_reader_read_string (&loader->reader, &loader->text))
    return migdesc_json_in_fail (loader, error);
  if (!migdesc_base64_get_length (loader->text.text, loader->text.length, &loader->bytes_left))
    return fail_base64 (loader, error);
  loader->text_done = 0;
  loader->n_carried = 0;
  *length = loader->bytes_left;
  return TRUE;
}

/* The next one to three bytes, where the data asked for do not end with a triple. */
static gboolean
decode_carried (MigdescJsonLoader *loader)
{
  const char *text = loader->text.text + loader->text_done;

  loader->n_carried = (guint) MIN (3, loader->bytes_left);
  loader->text_done += 4;
  loader->bytes_left -= loader->n_carried;
  return migdesc_base64_decode_rest (loader->carried, text, loader->n_carried);
}

static gboolean
pass_buffer (MigdescVisitor *visitor,
             guint8 *data,
             gsize length,
             GError **error)
{
  MigdescJsonLoader *loader = LOADER (visitor);
  gsize taken = MIN (loader->n_carried, length);
  gsize triples;

  memcpy (data, loader->carried, taken);
  memmove (loader->carried, loader->carried + taken, sizeof loader->carried - taken);
  loader->n_carried -= (guint) taken;
  data += taken;
  length -= taken;
  triples = length / 3;
  if (migdesc_base64_decode (data, loader->text.text + loader->text_done, triples) != triples)
    return fail_base64 (loader, error);
  loader->text_done += triples * 4;
  loader->bytes_left -= triples * 3;
  data += triples * 3;
  length -= triples * 3;
  if (length == 0)
    return TRUE;
  if (!decode_carried (loader))
    return fail_base64 (loader, error);
  memcpy (data, loader->carried, length);
  memmove (loader->carried, loader->carried + length, sizeof loader->carried - length);
  loader->n_carried -= (guint) length;
  return TRUE;
}

void
migdesc_json_loader_class_set_values (MigdescVisitorClass *klass)
{
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
