/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "stream-tamper.h"

/* The binary format: its bytes, and what of them is refused. */

static void
test_bytes (void)
{
  static const guint8 body[]
      = { 0,    0,    0,    0,    1, 16, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 0xe8, 3, 0xe7, 3,
          0xfb, 0xff, 5,    0,    3, 0,  0, 0, 9, 8, 7, 1 };
  static const guint8 key[] = { 1, 3, 'k', 'e', 'y', 1, 0, 42, 0, 0, 0 };
  static const guint8 last[] = { 0, 4, 'l', 'a', 's', 't', 1, 0, 9 };
  Tamper tamper;
  const Record *records = tamper.records;

  tamper_begin (&tamper);
  g_assert_cmpmem (records[BODY].body, records[BODY].length, body, sizeof body);
  g_assert_cmpmem (records[KEY].body, records[KEY].length, key, sizeof key);
  g_assert_cmpmem (records[LAST].body, records[LAST].length, last, sizeof last);
  for (guint i = BODY; i <= LAST; i++)
    {
      g_assert_cmpuint (records[i].type, ==, 'S');
      g_assert_cmpuint (records[i].flags, ==, 3);
    }
  for (guint i = 0; i <= LAST; i++)
    tamper_copy (&tamper, i);
  maker_end (&tamper.maker);
  g_assert_cmpuint (tamper.maker.bytes->len, ==, g_bytes_get_size (tamper.bytes));
  g_assert_cmpint (memcmp (tamper.maker.bytes->data, g_bytes_get_data (tamper.bytes, NULL),
                           tamper.maker.bytes->len), ==, 0);
  tamper_assert (&tamper, 0, NULL);
}

static void
test_prefixes (void)
{
  g_autoptr (GBytes) bytes = stream_save (&tiny_device);
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);

  for (gsize n = 0; n < length; n++)
    {
      g_autofree guint8 *exact = g_memdup2 (data, n);
      g_autoptr (GError) error = stream_load (&tiny_device, exact, n, 1 + n / 3);

      if (n < 8)
        g_assert_error (error, MIGDESC_ERROR, MIGDESC_ERROR_STATE_FORMAT);
      else
        g_assert_error (error, MIGDESC_ERROR, MIGDESC_ERROR_STATE_TRUNCATED);
    }
}

static void
test_bit_flips (void)
{
  g_autoptr (GBytes) bytes = stream_save (&tiny_device);
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);
  g_autofree guint8 *flipped = g_memdup2 (data, length);

  for (gsize bit = 0; bit < 8 * length; bit++)
    {
      g_autoptr (GError) error = NULL;

      flipped[bit / 8] ^= (guint8) (1u << bit % 8);
      error = stream_load (&tiny_device, flipped, length, length);
      g_assert_nonnull (error);
      g_assert_true (error->domain == MIGDESC_ERROR);
      flipped[bit / 8] ^= (guint8) (1u << bit % 8);
    }
}

static void
test_trailing (void)
{
  g_autoptr (GBytes) bytes = stream_save (&tiny_device);
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);
  g_autofree guint8 *more = g_malloc0 (length + 1);
  g_autofree char *message = NULL;

  memcpy (more, data, length);
  message = g_strdup_printf ("something follows the end of the stream (byte %" G_GSIZE_FORMAT ")",
                             length);
  stream_assert_error (&tiny_device, more, length + 1, MIGDESC_ERROR_STATE_FORMAT, message);
}

static void
assert_header_error (gsize offset,
                     guint8 value,
                     gboolean rehash,
                     int code,
                     const char *message)
{
  g_autoptr (GBytes) bytes = stream_save (&tiny_device);
  gsize length;
  g_autofree guint8 *data = g_memdup2 (g_bytes_get_data (bytes, &length),
                                       g_bytes_get_size (bytes));
  Record records[N_TINY];
  guint n = take_apart (bytes, records, N_TINY);
  Maker maker;
  guint64 hash;

  data[offset] = value;
  hash = GUINT64_TO_LE (XXH64 (data, HEADER - 8, 0));
  if (rehash)
    memcpy (data + HEADER - 8, &hash, 8);
  maker_begin (&maker, data);
  for (guint i = 0; i + 1 < n; i++)
    maker_append (&maker, records[i].type, records[i].flags, records[i].device, records[i].body,
                  records[i].length);
  maker_end (&maker);
  if (message != NULL)
    stream_assert_error (&tiny_device, maker.bytes->data, maker.bytes->len, code, message);
  else
    g_assert_null (stream_load (&tiny_device, maker.bytes->data, maker.bytes->len, 5));
  g_byte_array_unref (maker.bytes);
}

static void
test_header (void)
{
  assert_header_error (0, 0x88, TRUE, MIGDESC_ERROR_STATE_FORMAT,
                       "not a stream of states in any known format (byte 0)");
  assert_header_error (8, 2, TRUE, MIGDESC_ERROR_STATE_VERSION,
                       "version 2 of the binary format, only 1 is known (byte 8)");
  assert_header_error (10, 7, TRUE, 0, NULL);
  assert_header_error (10, 7, FALSE, MIGDESC_ERROR_STATE_DAMAGED,
                       "the header is damaged: its hash is another (byte 20)");
  assert_header_error (12, 4, TRUE, MIGDESC_ERROR_STATE_VERSION,
                       "the stream requires features that are not known: 0x00000004 (byte 12)");
  assert_header_error (19, 0x80, TRUE, 0, NULL);
}

/* Each record once left out, doubled or swapped with the next, with the hashes that it had. */
static void
test_order_of_records (void)
{
  g_autoptr (GBytes) bytes = stream_save (&tiny_device);
  const guint8 *data = g_bytes_get_data (bytes, NULL);
  Record records[N_TINY];
  guint n = take_apart (bytes, records, N_TINY);

  for (guint i = 0; i < n; i++)
    for (guint how = 0; how < 3; how++)
      {
        g_autoptr (GByteArray) made = g_byte_array_new ();
        g_autoptr (GError) error = NULL;

        g_byte_array_append (made, data, HEADER);
        for (guint j = 0; j < n; j++)
          {
            guint source = how == 2 && j == i ? (i + 1) % n : how == 2 && j == (i + 1) % n ? i : j;
            guint times = j == i && how < 2 ? how * 2 : 1;

            for (guint k = 0; k < times; k++)
              g_byte_array_append (made, records[source].body - 8, 16 + records[source].length);
          }
        error = stream_load (&tiny_device, made->data, made->len, 100);
        g_assert_nonnull (error);
      }
}

/* The same with hashes made anew: what the rules of records and sections say. */

static void
assert_sequence (const char *sequence,
                 int code,
                 const char *message)
{
  Tamper tamper;

  tamper_begin (&tamper);
  for (const char *c = sequence; *c != '\0'; c++)
    if (*c == 'Z')
      maker_end (&tamper.maker);
    else if (*c == '?')
      maker_append (&tamper.maker, 0x81, 0xff, 0xffff, "anything", 8);
    else if (*c == '!')
      maker_append (&tamper.maker, 'T', 0, 0, "", 0);
    else if (*c == 'X')
      maker_append (&tamper.maker, 'X', 0, 0, "no \033 power", 10);
    else if (*c == 'C')
      maker_append (&tamper.maker, 'C', 0, 0, "{}", 2);
    else if (*c == 'd')
      maker_append (&tamper.maker, 'S', 3, 0, "\1\3new\1\0data", 11);
    else if (*c == 'm')
      maker_append (&tamper.maker, 'S', 3, 0, "\0\3new\1\0data", 11);
    else
      tamper_copy (&tamper, (guint) (*c - '0'));
  tamper_assert (&tamper, code, message);
}

static void
test_sequences (void)
{
  assert_sequence ("0123Z", 0, NULL);
  assert_sequence ("013Z", 0, NULL);
  assert_sequence ("0?1?2?3?Z", 0, NULL);
  assert_sequence ("01d2d", MIGDESC_ERROR_STATE_FORMAT,
                   "dev0: last: the section \"new\" comes a second time (byte 279)");
  assert_sequence ("01d23Z", 0, NULL);
  assert_sequence ("012d3Z", 0, NULL);
  assert_sequence ("0123dZ", 0, NULL);
  assert_sequence ("01m23Z", MIGDESC_ERROR_STATE_UNKNOWN,
                   "dev0: key: the section \"new\" is not known, and the state is not complete "
                   "without it (byte 225)");
  assert_sequence ("0123mZ", MIGDESC_ERROR_STATE_UNKNOWN,
                   "dev0: the section \"new\" is not known, and the state is not complete without "
                   "it (byte 277)");
  assert_sequence ("012Z", MIGDESC_ERROR_STATE_MISSING,
                   "dev0: last: the section is missing (byte 252)");
  assert_sequence ("0132Z", MIGDESC_ERROR_STATE_FORMAT,
                   "dev0: the section \"key\" comes a second time, or not in its place (byte 250)");
  assert_sequence ("01223Z", MIGDESC_ERROR_STATE_FORMAT,
                   "dev0: last: the section \"key\" comes a second time, or not in its place "
                   "(byte 252)");
  assert_sequence ("023Z", MIGDESC_ERROR_STATE_FORMAT,
                   "dev0: the section \"key\" comes before the device's body (byte 176)");
  assert_sequence ("0123!Z", MIGDESC_ERROR_STATE_VERSION,
                   "dev0: a record of the type 0x54, which is not known (byte 281)");
  assert_sequence ("00123Z", MIGDESC_ERROR_STATE_FORMAT, "a second manifest (byte 176)");
  assert_sequence ("123Z", MIGDESC_ERROR_STATE_FORMAT,
                   "the first record is not a manifest (byte 32)");
  assert_sequence ("?0123Z", MIGDESC_ERROR_STATE_FORMAT,
                   "the first record is not a manifest (byte 32)");
  assert_sequence ("0Z", MIGDESC_ERROR_STATE_MISSING,
                   "dev0: the stream ends before the state of this device");
  assert_sequence ("01X", MIGDESC_ERROR_STATE_ABORTED,
                   "dev0: key: the source gave up: no \\x1b power (byte 225)");
  assert_sequence ("0123CZ", MIGDESC_ERROR_STATE_FORMAT,
                   "a schema behind states: schemas come first (byte 277)");
  assert_sequence ("0C123Z", MIGDESC_ERROR_STATE_SCHEMA,
                   "the schema "
                   "sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"
                   " is of no device in the manifest");
  assert_sequence ("01231Z", MIGDESC_ERROR_STATE_FORMAT,
                   "dev0: the section \"\" comes a second time (byte 277)");
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/state-binary/bytes", test_bytes);
  g_test_add_func ("/state-binary/prefixes", test_prefixes);
  g_test_add_func ("/state-binary/bit-flips", test_bit_flips);
  g_test_add_func ("/state-binary/trailing", test_trailing);
  g_test_add_func ("/state-binary/header", test_header);
  g_test_add_func ("/state-binary/order-of-records", test_order_of_records);
  g_test_add_func ("/state-binary/sequences", test_sequences);
  return g_test_run ();
}
