/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "state-tiny.h"

#include "state/formats/der-scan.h"

/* The exact bytes of a state in DER, and what is refused. */

#define UP "0101ff "
#define MTU "020205dc "
#define LINK "0a0101 "
#define LEVEL "0201ff "
#define ITEMS "3007 020107 020203e8 "
#define MAC "0402cafe "
#define TIMER_NULL "0500 "
#define MORE "a10c 0c046d6f7265 020101 020103"
#define TINY UP MTU LINK LEVEL ITEMS MAC TIMER_NULL MORE

static const char tiny_hex[] = TINY;

static const struct
{
  const char *hex;
  MigdescError code;
  const char *message;
} cases[] = {
  { "", MIGDESC_ERROR_STATE_MISSING,
    "up: the SEQUENCE ends before a BOOLEAN that is due (byte 70)" },
  { UP MTU LINK LEVEL ITEMS MAC, MIGDESC_ERROR_STATE_MISSING,
    "timer: the SEQUENCE ends before a SEQUENCE or a NULL that is due (byte 96)" },
  { UP MTU LINK LEVEL ITEMS MAC TIMER_NULL, MIGDESC_ERROR_STATE_MISSING,
    "more: the section is missing (byte 98)" },
  { TINY " 020100", MIGDESC_ERROR_STATE_UNKNOWN, "an INTEGER that is not known here (byte 112)" },
  { TINY " " MORE, MIGDESC_ERROR_STATE_UNKNOWN, "a section that is not known here (byte 112)" },
  { MTU, MIGDESC_ERROR_STATE_FORMAT, "up: found an INTEGER, not a BOOLEAN (byte 70)" },
  { UP "0101ff", MIGDESC_ERROR_STATE_FORMAT, "mtu: found a BOOLEAN, not an INTEGER (byte 73)" },
  { UP MTU "020101", MIGDESC_ERROR_STATE_FORMAT,
    "link: found an INTEGER, not an ENUMERATED (byte 77)" },
  { UP MTU LINK LEVEL "0500", MIGDESC_ERROR_STATE_FORMAT,
    "items: found a NULL, not a SEQUENCE (byte 83)" },
  { UP MTU LINK LEVEL ITEMS "0c0161", MIGDESC_ERROR_STATE_FORMAT,
    "mac: found a UTF8String, not an OCTET STRING (byte 92)" },
  { UP MTU LINK LEVEL ITEMS MAC "0900", MIGDESC_ERROR_STATE_FORMAT,
    "timer: found a REAL, not a SEQUENCE or a NULL (byte 96)" },
  { UP "02022401", MIGDESC_ERROR_STATE_RANGE, "mtu: 9217 is not in 68 to 9216 (byte 73)" },
  { UP "0201ff", MIGDESC_ERROR_STATE_RANGE,
    "mtu: an integer that 64 bits without a sign cannot hold (byte 73)" },
  { UP "0209 010000000000000000", MIGDESC_ERROR_STATE_RANGE,
    "mtu: an integer that 64 bits without a sign cannot hold (byte 73)" },
  { UP MTU "0a0103", MIGDESC_ERROR_STATE_RANGE, "link: 3 is not in 0 to 2 (byte 77)" },
  { UP MTU LINK "0209 008000000000000000", MIGDESC_ERROR_STATE_RANGE,
    "level: an integer that 64 bits with a sign cannot hold (byte 80)" },
  { UP MTU LINK "02019b", MIGDESC_ERROR_STATE_RANGE,
    "level: -101 is not in -100 to 100 (byte 80)" },
  { UP MTU LINK LEVEL "300f 020100 020100 020100 020100 020100", MIGDESC_ERROR_STATE_COUNT,
    "items: 5 elements, at most 4 are allowed (byte 83)" },
  { UP MTU LINK LEVEL ITEMS "0401ca", MIGDESC_ERROR_STATE_COUNT,
    "mac: 1 bytes, not the 2 that have to be there (byte 92)" },
  { UP MTU LINK LEVEL ITEMS MAC TIMER_NULL "a10c 0c046d6f7265 020102 020103",
    MIGDESC_ERROR_STATE_TOO_NEW, "more: section version 2, the newest known is 1 (byte 106)" },
  /* forms */
  { "010101", MIGDESC_ERROR_STATE_FORMAT, "a BOOLEAN that is neither 00 nor ff (byte 70)" },
  { "0102ffff", MIGDESC_ERROR_STATE_FORMAT, "a BOOLEAN that is neither 00 nor ff (byte 70)" },
  { "0200", MIGDESC_ERROR_STATE_FORMAT, "an integer without a byte (byte 70)" },
  { "0202007f", MIGDESC_ERROR_STATE_FORMAT,
    "an integer that takes more bytes than it needs (byte 70)" },
  { "0a02ff80", MIGDESC_ERROR_STATE_FORMAT,
    "an integer that takes more bytes than it needs (byte 70)" },
  { "050100", MIGDESC_ERROR_STATE_FORMAT, "a NULL that is not empty (byte 70)" },
  { "0903800002", MIGDESC_ERROR_STATE_FORMAT,
    "a REAL that is no double, or is written in another way than DER's (byte 70)" },
  { "0c03 61ff61", MIGDESC_ERROR_STATE_STRING, "a text that is not UTF-8, or has a NUL (byte 73)" },
  { "0c02 6100", MIGDESC_ERROR_STATE_STRING, "a text that is not UTF-8, or has a NUL (byte 73)" },
  { "2403 040161", MIGDESC_ERROR_STATE_FORMAT,
    "the tag 0x24, which streams do not have (byte 70)" },
  { "1f00", MIGDESC_ERROR_STATE_FORMAT, "the tag 0x1f, which streams do not have (byte 70)" },
  { "3080 0000", MIGDESC_ERROR_STATE_FORMAT,
    "an item of indefinite length, which DER does not have (byte 70)" },
  { "028101 05", MIGDESC_ERROR_STATE_FORMAT,
    "a length that takes more bytes than it needs (byte 70)" },
  { "02820001 05", MIGDESC_ERROR_STATE_FORMAT,
    "a length that takes more bytes than it needs (byte 70)" },
  { "04820080", MIGDESC_ERROR_STATE_FORMAT,
    "a length that takes more bytes than it needs (byte 70)" },
  /* a section that is not known, and may not be passed over */
  { TINY " a006 0c0178 020101", MIGDESC_ERROR_STATE_UNKNOWN,
    "a section that is not known here (byte 112)" },
  { UP MTU LINK LEVEL ITEMS MAC TIMER_NULL "a006 0c0178 020101" MORE, MIGDESC_ERROR_STATE_MISSING,
    "more: the section is missing (byte 98)" },
  /* lengths that there are no data for */
  { "0203 05", MIGDESC_ERROR_STATE_FORMAT,
    "an item that is longer than the one it is in (byte 70)" },
  { "30", MIGDESC_ERROR_STATE_FORMAT, "an item that is longer than the one it is in (byte 70)" },
  { "0482ff", MIGDESC_ERROR_STATE_FORMAT,
    "an item that is longer than the one it is in (byte 70)" },
  { "0484ffffffff", MIGDESC_ERROR_STATE_FORMAT,
    "an item that is longer than the one it is in (byte 70)" },
  { "3088ffffffffffffffff", MIGDESC_ERROR_STATE_FORMAT,
    "an item that is longer than the one it is in (byte 70)" },
  { "0489ffffffffffffffffff", MIGDESC_ERROR_STATE_FORMAT,
    "an item that is longer than the one it is in (byte 70)" },
  { "04ff", MIGDESC_ERROR_STATE_FORMAT, "an item that is longer than the one it is in (byte 70)" },
};

/* The stream with that state, short enough for lengths of one byte. */
static GByteArray *
make_stream (const char *hex)
{
  g_autoptr (GBytes) state = format_hex (hex);
  guint8 size = (guint8) g_bytes_get_size (state);
  GByteArray *stream = g_byte_array_new ();
  const guint8 end[]
      = { 0x30, size + 10, 0x30, size + 8, 0x0c, 4, 'n', 'i', 'c', '0', 0x30, size };
  guint8 whole = (guint8) (3 + 2 + strlen (FORMAT_MANIFEST) + 2 + sizeof end + size);
  const guint8 begin[] = { 0x30, whole, 2, 1, 1, 0x0c, (guint8) strlen (FORMAT_MANIFEST) };
  const guint8 schemas[] = { 0x30, 0 };

  g_assert_cmpuint (begin[1], <, 0x80);
  g_byte_array_append (stream, begin, sizeof begin);
  g_byte_array_append (stream, (const guint8 *) FORMAT_MANIFEST, strlen (FORMAT_MANIFEST));
  g_byte_array_append (stream, schemas, sizeof schemas);
  g_byte_array_append (stream, end, sizeof end);
  g_byte_array_append (stream, g_bytes_get_data (state, NULL), size);
  return stream;
}

static void
test_bytes (void)
{
  g_autoptr (MigdescStatePlan) plan = compile (&tiny_state, 1, NULL);
  g_autoptr (GByteArray) stream = make_stream (tiny_hex);
  g_autoptr (GBytes) expected = g_bytes_new (stream->data, stream->len);
  g_autoptr (GBytes) bytes = format_save ("der", &format_plain, plan, &tiny_value);
  g_autofree char *expected_hex = format_to_hex (expected);
  g_autofree char *hex = format_to_hex (bytes);

  g_assert_cmpstr (hex, ==, expected_hex);
}

static void
test_refused (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GByteArray) stream = make_stream (cases[i].hex);
      g_autoptr (GError) error = tiny_load ("der", NULL, stream->data, stream->len);

      g_test_message ("%s", cases[i].hex);
      g_assert_error (error, MIGDESC_ERROR, (int) cases[i].code);
      g_assert_cmpstr (error->message, ==, cases[i].message);
    }
}

/* Sections that may be dropped are, wherever among the sections they stand. */
static void
test_sections (void)
{
  static const char *const good[] = {
    UP MTU LINK LEVEL ITEMS MAC TIMER_NULL "a108 0c0178 020105 3000 " MORE,
    TINY " a10d 0c0178 020105 3003 040161 3000",
    UP MTU LINK LEVEL ITEMS MAC TIMER_NULL "a00c 0c046d6f7265 020101 020103",
  };

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autoptr (GByteArray) stream = make_stream (good[i]);
      g_autoptr (GError) error = tiny_load ("der", NULL, stream->data, stream->len);

      g_assert_no_error (error);
    }
}

static void
test_device (void)
{
  g_autoptr (GByteArray) stream = make_stream (tiny_hex);
  g_autoptr (GError) error = NULL;

  stream->data[67] = '1';
  error = tiny_load ("der", NULL, stream->data, stream->len);
  g_assert_error (error, MIGDESC_ERROR, MIGDESC_ERROR_STATE_UNKNOWN);
  g_assert_cmpstr (error->message, ==,
                   "the device \"nic1\", where \"nic0\" is next in the manifest (byte 62)");
}

static void
test_depth (void)
{
  for (guint depth = MIGDESC_DER_DEPTH_MAX; depth <= MIGDESC_DER_DEPTH_MAX + 1; depth++)
    {
      g_autoptr (GByteArray) data = g_byte_array_new ();
      g_autoptr (GError) error = NULL;

      for (guint i = 0; i < depth; i++)
        migdesc_der_begin (data, MIGDESC_DER_SEQUENCE);
      for (guint i = depth; i > 0; i--)
        migdesc_der_end (data, 2 * i - 1);
      g_assert_cmpint (migdesc_der_scan (data->data, data->len, &error), ==,
                       depth == MIGDESC_DER_DEPTH_MAX);
      if (error != NULL)
        g_assert_error (error, MIGDESC_ERROR, MIGDESC_ERROR_LIMIT_EXCEEDED);
    }
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/state-der/bytes", test_bytes);
  g_test_add_func ("/state-der/refused", test_refused);
  g_test_add_func ("/state-der/sections", test_sections);
  g_test_add_func ("/state-der/device", test_device);
  g_test_add_func ("/state-der/depth", test_depth);
  return g_test_run ();
}
