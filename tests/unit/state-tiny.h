/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "state-format-check.h"

/* A state so small that its bytes can be written out, and what they become. */

typedef struct
{
  gboolean up;
  guint16 mtu;
  guint8 link;
  gint8 level;
  guint8 n_items;
  guint16 items[4];
  guint8 mac[2];
  Timer *timer;
  guint8 extra;
} Tiny;

static const MigdescField tiny_section_fields[] = {
  MIGDESC_U8 (Tiny, extra, 0, 9),
};
static const MigdescField tiny_fields[] = {
  MIGDESC_BOOL (Tiny, up),
  MIGDESC_U16 (Tiny, mtu, 68, 9216),
  MIGDESC_ENUM (Tiny, link, device_links),
  MIGDESC_I8 (Tiny, level, -100, 100),
  MIGDESC_ARRAY_N (Tiny, items, n_items, U16, 0, 1000),
  MIGDESC_BYTES (Tiny, mac),
  MIGDESC_POINTER (Tiny, timer, timer_state),
  MIGDESC_SECTION ("more", tiny_section_fields, MIGDESC_DROPPABLE),
};
MIGDESC_STRUCT (tiny_state, Tiny, 1, 1, tiny_fields, NULL);

static const Tiny tiny_value
    = { TRUE, 1500, 1, -1, 2, { 7, 1000 }, { 0xca, 0xfe }, NULL, 3 };

typedef struct
{
  const char *hex; /* of the state, in the place of that of tiny_value */
  MigdescError code;
  const char *message; /* %S: the state's first byte, and what is added to it */
} TinyCase;

/* The stream of tiny_value up to its state, whose bytes are as told. */
static GByteArray *
tiny_prefix (const char *format,
             const MigdescStatePlan *plan,
             const char *hex)
{
  g_autoptr (GBytes) state = format_hex (hex);
  g_autoptr (GBytes) bytes = format_save (format, &format_plain, plan, &tiny_value);
  g_autofree char *found = format_to_hex (bytes);
  g_autofree char *wanted = format_to_hex (state);
  GByteArray *prefix = g_bytes_unref_to_array (g_steal_pointer (&bytes));

  g_assert_true (g_str_has_suffix (found, wanted));
  g_byte_array_set_size (prefix, prefix->len - (guint) g_bytes_get_size (state));
  return prefix;
}

/* Loads and gives the error: NULL if there was none. */
static G_GNUC_UNUSED GError *
tiny_load (const char *format,
           const MigdescLimits *limits,
           const guint8 *data,
           gsize length)
{
  g_autoptr (MigdescStatePlan) plan = compile (&tiny_state, 1, NULL);
  g_autofree guint8 *exact = g_memdup2 (data, length);
  FormatFound found = { NULL, NULL };
  Tiny fresh;
  GError *error = NULL;

  migdesc_table_init (&tiny_state, &fresh);
  format_load (format, limits, exact, length, plan, &fresh, &found, &error);
  format_found_clear (&found);
  migdesc_table_clear (&tiny_state, &fresh);
  return error;
}

/* "(byte +3)" in a message is the fourth byte of the state. */
static char *
tiny_message (const char *message,
              guint start)
{
  const char *plus = strstr (message, "(byte +");
  guint64 offset = 0;

  if (plus == NULL)
    return g_strdup (message);
  g_assert_true (g_str_has_suffix (message, ")"));
  for (const char *at = plus + strlen ("(byte +"); g_ascii_isdigit (*at); at++)
    offset = 10 * offset + (guint64) (*at - '0');
  return g_strdup_printf ("%.*s(byte %" G_GUINT64_FORMAT ")", (int) (plus - message), message,
                          start + offset);
}

static G_GNUC_UNUSED void
tiny_append (GByteArray *stream,
             const char *hex)
{
  g_autoptr (GBytes) bytes = format_hex (hex);

  g_byte_array_append (stream, g_bytes_get_data (bytes, NULL), (guint) g_bytes_get_size (bytes));
}

static G_GNUC_UNUSED void
assert_tiny_cases (const char *format,
                   const char *hex,
                   const TinyCase *cases,
                   guint n_cases)
{
  g_autoptr (MigdescStatePlan) plan = compile (&tiny_state, 1, NULL);

  for (guint i = 0; i < n_cases; i++)
    {
      g_autoptr (GByteArray) stream = tiny_prefix (format, plan, hex);
      g_autofree char *message = tiny_message (cases[i].message, stream->len);
      g_autoptr (GError) error = NULL;

      tiny_append (stream, cases[i].hex);
      error = tiny_load (format, NULL, stream->data, stream->len);
      g_test_message ("%s", cases[i].hex);
      g_assert_error (error, MIGDESC_ERROR, (int) cases[i].code);
      g_assert_cmpstr (error->message, ==, message);
    }
}
