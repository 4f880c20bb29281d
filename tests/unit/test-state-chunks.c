/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "stream-tamper.h"

/* Chunks and values: what a device's data may look like, and what is said when they do not. */

/* The body in chunks, of which all but the last end at those offsets of its data. */
static void
append_body (Tamper *tamper,
             const guint8 *body,
             guint32 length,
             const guint32 *ends,
             guint n_ends)
{
  guint32 start = 0;

  for (guint i = 0; i <= n_ends; i++)
    {
      guint32 end = i == n_ends ? length : 4 + ends[i];
      guint8 flags = (guint8) ((i == 0 ? 2 : 0) | (i == n_ends ? 1 : 0));

      maker_append (&tamper->maker, 'S', flags, 0, body + start, end - start);
      start = end;
    }
}

static void
assert_chunks (const guint32 *ends,
               guint n_ends,
               int code,
               const char *message)
{
  Tamper tamper;

  tamper_begin (&tamper);
  tamper_copy (&tamper, MANIFEST);
  append_body (&tamper, tamper.records[BODY].body, tamper.records[BODY].length, ends, n_ends);
  tamper_copy (&tamper, KEY);
  tamper_copy (&tamper, LAST);
  maker_end (&tamper.maker);
  tamper_assert (&tamper, code, message);
}

/* Offsets of the tiny body where no number is: its 29 bytes are mode u8, ring u32, count u32, four
 * u16, two i16, length u32, 3 bytes, bool. */
static gboolean
is_boundary (guint32 offset)
{
  static const guint32 boundaries[]
      = { 0, 1, 5, 9, 11, 13, 15, 17, 19, 21, 25, 26, 27, 28, 29 };

  for (guint i = 0; i < G_N_ELEMENTS (boundaries); i++)
    if (boundaries[i] == offset)
      return TRUE;
  return FALSE;
}

static void
test_two_chunks (void)
{
  for (guint32 end = 0; end <= 29; end++)
    {
      g_autofree char *path = NULL;
      g_autofree char *message = NULL;

      if (is_boundary (end))
        {
          assert_chunks (&end, 1, 0, NULL);
          continue;
        }
      path = g_strdup (end < 5 ? "" : end < 9 ? "rows: " : end < 17 ? "rows[0]: " : "");
      if (end > 21)
        {
          g_free (path);
          path = g_strdup ("blob: ");
        }
      message = g_strdup_printf ("dev0: %sa chunk ends inside of a value (byte %u)", path,
                                 176 + 8 + 4 + end);
      assert_chunks (&end, 1, MIGDESC_ERROR_STATE_FORMAT, message);
    }
}

/* Values apart, and chunks with nothing in them. */
static void
test_many_chunks (void)
{
  static const guint32 each[] = { 0, 0, 1, 5, 9, 11, 13, 15, 17, 19, 21, 25, 26, 27, 28, 29, 29 };

  assert_chunks (each, G_N_ELEMENTS (each), 0, NULL);
}

static void
assert_body (const guint8 *body,
             guint32 length,
             int code,
             const char *message)
{
  for (guint i = 0; i < 2; i++)
    {
      static const guint32 ends[] = { 9 };
      Tamper tamper;
      g_autofree char *shifted = NULL;
      const char *place = strstr (message, "(byte ");

      /* in two chunks, what is behind the first is 16 bytes further */
      tamper_begin (&tamper);
      tamper_copy (&tamper, MANIFEST);
      if (i == 1 && length < 13)
        {
          tamper_copy (&tamper, MANIFEST);
          g_byte_array_unref (tamper.maker.bytes);
          g_bytes_unref (tamper.bytes);
          continue;
        }
      append_body (&tamper, body, length, ends, i);
      shifted = g_strdup (message);
      if (i == 1 && place != NULL && atoi (place + 6) >= 176 + 8 + 4 + 9)
        {
          g_free (shifted);
          shifted = g_strdup_printf ("%.*s(byte %d)", (int) (place - message), message,
                                     atoi (place + 6) + 16);
        }
      tamper_copy (&tamper, KEY);
      tamper_copy (&tamper, LAST);
      maker_end (&tamper.maker);
      tamper_assert (&tamper, code, shifted);
    }
}

/* The tiny body with bytes of it replaced, its length kept. */
static void
assert_value (guint offset,
              const char *bytes,
              gsize n,
              int code,
              const char *message)
{
  Tamper tamper;
  g_autofree guint8 *body = NULL;

  tamper_begin (&tamper);
  body = g_memdup2 (tamper.records[BODY].body, tamper.records[BODY].length);
  memcpy (body + 4 + offset, bytes, n);
  assert_body (body, tamper.records[BODY].length, code, message);
  g_byte_array_unref (tamper.maker.bytes);
  g_bytes_unref (tamper.bytes);
}

static void
test_values (void)
{
  assert_value (0, "\2", 1, MIGDESC_ERROR_STATE_RANGE,
                "dev0: mode: 2 is not in 0 to 1 (byte 188)");
  assert_value (1, "\17", 1, MIGDESC_ERROR_STATE_RANGE,
                "dev0: ring: 15 is not in 16 to 64 (byte 189)");
  assert_value (1, "\101", 1, MIGDESC_ERROR_STATE_RANGE,
                "dev0: ring: 65 is not in 16 to 64 (byte 189)");
  assert_value (1, "\20\0\0\200", 4, MIGDESC_ERROR_STATE_RANGE,
                "dev0: ring: 2147483664 is not in 16 to 64 (byte 189)");
  assert_value (5, "\4", 1, MIGDESC_ERROR_STATE_COUNT,
                "dev0: rows: 4 elements, at most 3 are allowed (byte 193)");
  assert_value (5, "\377\377\377\377", 4, MIGDESC_ERROR_STATE_COUNT,
                "dev0: rows: 4294967295 elements, at most 3 are allowed (byte 193)");
  assert_value (9, "\0\0", 2, MIGDESC_ERROR_STATE_RANGE,
                "dev0: rows[0].size: 0 is not in 1 to 1000 (byte 197)");
  assert_value (15, "\350\3", 2, MIGDESC_ERROR_STATE_RANGE,
                "dev0: rows[1].head: 1000 is not in 0 to 999 (byte 203)");
  assert_value (17, "\372\377", 2, MIGDESC_ERROR_STATE_RANGE,
                "dev0: deltas[0]: -6 is not in -5 to 5 (byte 205)");
  assert_value (19, "\6\0", 2, MIGDESC_ERROR_STATE_RANGE,
                "dev0: deltas[1]: 6 is not in -5 to 5 (byte 207)");
  assert_value (21, "\51\0\0\0", 4, MIGDESC_ERROR_STATE_COUNT,
                "dev0: blob: 41 bytes, at most 40 are allowed (byte 209)");
  assert_value (21, "\377\377\377\377", 4, MIGDESC_ERROR_STATE_COUNT,
                "dev0: blob: 4294967295 bytes, at most 40 are allowed (byte 209)");
  assert_value (28, "\2", 1, MIGDESC_ERROR_STATE_RANGE, "dev0: up: 2 is not in 0 to 1 (byte 216)");
}

static void
assert_record (guint replaced,
               guint8 type,
               guint8 flags,
               guint16 device,
               const char *body,
               guint32 length,
               int code,
               const char *message)
{
  Tamper tamper;

  tamper_begin (&tamper);
  for (guint i = 0; i <= LAST; i++)
    if (i == replaced)
      maker_append (&tamper.maker, type, flags, device, body, length);
    else
      tamper_copy (&tamper, i);
  maker_end (&tamper.maker);
  tamper_assert (&tamper, code, message);
}

static void
test_records (void)
{
  assert_record (KEY, 'S', 7, 0, "\1\3key\1\0\52\0\0\0", 11, MIGDESC_ERROR_STATE_FORMAT,
                 "dev0: key: the flags 0x07 of a record 'S', 0x03 are defined (byte 230)");
  assert_record (KEY, 'C', 1, 0, "", 0, MIGDESC_ERROR_STATE_FORMAT,
                 "dev0: key: the flags 0x01 of a record 'C', 0x00 are defined (byte 230)");
  assert_record (KEY, 'C', 0, 3, "", 0, MIGDESC_ERROR_STATE_FORMAT,
                 "dev0: key: a record 'C' of device 3, not 0 (byte 231)");
  assert_record (KEY, 'S', 3, 0, "\3\3key\1\0\52\0\0\0", 11, MIGDESC_ERROR_STATE_FORMAT,
                 "dev0: key: the flags 0x03 of a section, 0x01 are defined (byte 233)");
  assert_record (KEY, 'S', 3, 0, "\1\3key\1", 6, MIGDESC_ERROR_STATE_FORMAT,
                 "dev0: key: a first chunk of 6 bytes: a section's name is longer (byte 225)");
  assert_record (KEY, 'S', 3, 0, "", 0, MIGDESC_ERROR_STATE_FORMAT,
                 "dev0: key: a first chunk of 0 bytes: a section's name is longer (byte 225)");
  assert_record (KEY, 'S', 1, 0, "\1\3key\1\0\52\0\0\0", 11, MIGDESC_ERROR_STATE_FORMAT,
                 "dev0: key: a chunk of no section: no first chunk came (byte 230)");
  assert_record (KEY, 'S', 2, 0, "\1\3key\1\0\52\0\0\0", 11, MIGDESC_ERROR_STATE_FORMAT,
                 "dev0: key: another record before the last chunk of a section (byte 252)");
  assert_record (KEY, 'S', 3, 1, "\1\3key\1\0\52\0\0\0", 11, MIGDESC_ERROR_STATE_MISSING,
                 "dev0: last: the section is missing (byte 225)");
  assert_record (KEY, 'S', 3, 0, "\1\3key\2\0\52\0\0\0", 11, MIGDESC_ERROR_STATE_TOO_NEW,
                 "dev0: key: section version 2, the newest known is 1 (byte 238)");
  assert_record (KEY, 'S', 3, 0, "\1\3key\0\0\52\0\0\0", 11, MIGDESC_ERROR_STATE_TOO_OLD,
                 "dev0: key: section version 0, the oldest known is 1 (byte 238)");
  assert_record (KEY, 'S', 3, 0, "\1\3key\1\0\52\0\0", 10, MIGDESC_ERROR_STATE_TRUNCATED,
                 "dev0: key: 1 more bytes are needed, the section ends (byte 243)");
  assert_record (KEY, 'S', 3, 0, "\1\3key\1\0\52\0\0\0x", 12, MIGDESC_ERROR_STATE_FORMAT,
                 "dev0: key: the section goes on behind its last field (byte 244)");
  assert_record (KEY, 'S', 3, 0, "\1\3key\1\0\144\0\0\0", 11, MIGDESC_ERROR_STATE_RANGE,
                 "dev0: key.key: 100 is not in 0 to 99 (byte 240)");
  assert_record (BODY, 'S', 3, 0, "\1\0\0\0", 4, MIGDESC_ERROR_STATE_FORMAT,
                 "dev0: the section \"\" comes before the device's body (byte 176)");
  assert_record (BODY, 'S', 3, 1, "\0\0\0\0", 4, MIGDESC_ERROR_STATE_FORMAT,
                 "a chunk of device 1, the next is device 0 (byte 182)");
  assert_record (LAST, 'Z', 0, 0, "short", 5, MIGDESC_ERROR_STATE_MISSING,
                 "dev0: last: the section is missing (byte 252)");
}

/* Nothing but the length is looked at before the record is whole. */
static void
test_long_record (void)
{
  g_autoptr (GBytes) bytes = stream_save (&tiny_device);
  g_autofree guint8 *data = g_memdup2 (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));

  memcpy (data + HEADER, "\1\0\20\0", 4);
  stream_assert_error (&tiny_device, data, HEADER + 8, MIGDESC_ERROR_STATE_FORMAT,
                       "a record of 1048577 bytes, at most 1048576 are allowed (byte 28)");
  memcpy (data + HEADER, "\0\0\20\0", 4);
  stream_assert_error (&tiny_device, data, HEADER + 8, MIGDESC_ERROR_STATE_TRUNCATED,
                       "the stream ends within a record (byte 36)");
}

static void
test_end (void)
{
  for (guint i = 0; i < 3; i++)
    {
      Tamper tamper;
      guint8 body[12] = { 21, 1, 0, 0, 0, 0, 0, 0, 4, 0, 0, 0 };

      tamper_begin (&tamper);
      for (guint j = 0; j <= LAST; j++)
        tamper_copy (&tamper, j);
      if (i == 2)
        {
          maker_append (&tamper.maker, 'Z', 0, 0, body, sizeof body);
          tamper_assert (&tamper, 0, NULL);
          continue;
        }
      body[i * 8]++;
      maker_append (&tamper.maker, 'Z', 0, 0, body, sizeof body);
      tamper_assert (&tamper, MIGDESC_ERROR_STATE_DAMAGED,
                     i == 0 ? "the end record is for 278 bytes and 4 records, there were 277 and 4 "
                              "(byte 277)"
                            : "the end record is for 277 bytes and 5 records, there were 277 and 4 "
                              "(byte 277)");
    }
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/state-chunks/two-chunks", test_two_chunks);
  g_test_add_func ("/state-chunks/many-chunks", test_many_chunks);
  g_test_add_func ("/state-chunks/values", test_values);
  g_test_add_func ("/state-chunks/records", test_records);
  g_test_add_func ("/state-chunks/long-record", test_long_record);
  g_test_add_func ("/state-chunks/end", test_end);
  return g_test_run ();
}
