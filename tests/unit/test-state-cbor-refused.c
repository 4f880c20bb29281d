/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "state-tiny.h"

#include "state/formats/cbor-scan.h"

/* The exact bytes of a state in CBOR, and what is refused. */

#define UP "627570 f5 "
#define MTU "636d7475 1905dc "
#define LINK "646c696e6b 627570 "
#define LEVEL "656c6576656c 20 "
#define ITEMS "656974656d73 82 07 1903e8 "
#define MAC "636d6163 42cafe "
#define TIMER_NULL "6574696d6572 f6 "
#define MORE "646d6f7265 a3 684076657273696f6e 01 6a4064726f707061626c65 f5 656578747261 03 "
#define BEFORE_MORE "a8 " UP MTU LINK LEVEL ITEMS MAC TIMER_NULL

static const char tiny_hex[] = BEFORE_MORE MORE;

static const TinyCase cases[] = {
  /* members */
  { "a7 " MTU LINK LEVEL ITEMS MAC TIMER_NULL MORE, MIGDESC_ERROR_STATE_MISSING,
    "up: the member \"up\" is missing (byte +1)" },
  { "a7 " UP MTU LINK LEVEL ITEMS MAC MORE, MIGDESC_ERROR_STATE_MISSING,
    "timer: the member \"timer\" is missing (byte +45)" },
  { "a9 " UP "6178 00 " MTU LINK LEVEL ITEMS MAC TIMER_NULL MORE, MIGDESC_ERROR_STATE_UNKNOWN,
    "mtu: the member \"x\" is not known here (byte +5)" },
  { "a9 " UP UP MTU LINK LEVEL ITEMS MAC TIMER_NULL MORE, MIGDESC_ERROR_STATE_UNKNOWN,
    "mtu: the member \"up\" is not known here (byte +5)" },
  { "a8 " MTU UP LINK LEVEL ITEMS MAC TIMER_NULL MORE, MIGDESC_ERROR_STATE_UNKNOWN,
    "up: the member \"mtu\" is not known here (byte +1)" },
  { "a9 " UP MTU LINK LEVEL ITEMS MAC TIMER_NULL MORE "6178 00 ", MIGDESC_ERROR_STATE_UNKNOWN,
    "the member \"x\" is not known here (byte +87)" },
  { "a1 01 00", MIGDESC_ERROR_STATE_FORMAT, "the name of a member is not a text (byte +1)" },
  /* kinds */
  { "80", MIGDESC_ERROR_STATE_FORMAT, "found an array, not a map (byte +0)" },
  { "a1 627570 01", MIGDESC_ERROR_STATE_FORMAT,
    "up: found an unsigned integer, not a truth value (byte +4)" },
  { "a2 " UP "636d7475 20", MIGDESC_ERROR_STATE_FORMAT,
    "mtu: found a negative integer, not an unsigned integer (byte +9)" },
  { "a2 " UP "636d7475 f93c00", MIGDESC_ERROR_STATE_FORMAT,
    "mtu: found a float, not an unsigned integer (byte +9)" },
  { "a3 " UP MTU "646c696e6b 01", MIGDESC_ERROR_STATE_FORMAT,
    "link: found an unsigned integer, not a text (byte +17)" },
  { "a4 " UP MTU LINK "656c6576656c 6131", MIGDESC_ERROR_STATE_FORMAT,
    "level: found a text, not an integer (byte +26)" },
  { "a6 " UP MTU LINK LEVEL ITEMS "636d6163 62cafe", MIGDESC_ERROR_STATE_STRING,
    "a text that is not UTF-8, or has a NUL (byte +43)" },
  { "a7 " UP MTU LINK LEVEL ITEMS MAC "6574696d6572 80", MIGDESC_ERROR_STATE_FORMAT,
    "timer: found an array, not a map or null (byte +51)" },
  /* values */
  { "a2 " UP "636d7475 192401", MIGDESC_ERROR_STATE_RANGE,
    "mtu: 9217 is not in 68 to 9216 (byte +9)" },
  { "a3 " UP MTU "646c696e6b 6131", MIGDESC_ERROR_STATE_RANGE,
    "link: \"1\" is not one of the 3 words that can be here (byte +17)" },
  { "a4 " UP MTU LINK "656c6576656c 1b8000000000000000", MIGDESC_ERROR_STATE_RANGE,
    "level: an integer that 64 bits with a sign cannot hold (byte +26)" },
  { "a4 " UP MTU LINK "656c6576656c 3864", MIGDESC_ERROR_STATE_RANGE,
    "level: -101 is not in -100 to 100 (byte +26)" },
  { "a5 " UP MTU LINK LEVEL "656974656d73 8500000000 00", MIGDESC_ERROR_STATE_COUNT,
    "items: 5 elements, at most 4 are allowed (byte +33)" },
  { "a6 " UP MTU LINK LEVEL ITEMS "636d6163 41ca", MIGDESC_ERROR_STATE_COUNT,
    "mac: 1 bytes, not the 2 that have to be there (byte +42)" },
  /* forms */
  { "a1 627570 f6 00", MIGDESC_ERROR_STATE_FORMAT,
    "something follows the end of the stream (byte +5)" },
  { "bf 627570 f5 ff", MIGDESC_ERROR_STATE_FORMAT,
    "an item of indefinite length, which streams do not have (byte +0)" },
  { "a1 627570 9fff", MIGDESC_ERROR_STATE_FORMAT,
    "an item of indefinite length, which streams do not have (byte +4)" },
  { "a1 627570 c000", MIGDESC_ERROR_STATE_FORMAT,
    "a tag, which streams do not have (byte +4)" },
  { "a1 627570 1817", MIGDESC_ERROR_STATE_FORMAT, "23 takes more bytes than it needs (byte +4)" },
  { "a1 627570 1900ff", MIGDESC_ERROR_STATE_FORMAT,
    "255 takes more bytes than it needs (byte +4)" },
  { "a1 627570 1b00000000ffffffff", MIGDESC_ERROR_STATE_FORMAT,
    "4294967295 takes more bytes than it needs (byte +4)" },
  { "a1 627570 7801 61", MIGDESC_ERROR_STATE_FORMAT, "1 takes more bytes than it needs (byte +4)" },
  { "a1 627570 fa3f800000", MIGDESC_ERROR_STATE_FORMAT,
    "a float that takes more bytes than it needs (byte +4)" },
  { "a1 627570 f97e01", MIGDESC_ERROR_STATE_FORMAT,
    "not-a-number in another form than 0x7e00 (byte +4)" },
  { "a1 627570 f7", MIGDESC_ERROR_STATE_FORMAT,
    "a simple value other than false, true and null (byte +4)" },
  { "a1 627570 1c", MIGDESC_ERROR_STATE_FORMAT, "0x1c begins no item (byte +4)" },
  { "a1 627570 ff", MIGDESC_ERROR_STATE_FORMAT, "0xff begins no item (byte +4)" },
  /* counts that there are no data for */
  { "bbffffffffffffffff", MIGDESC_ERROR_STATE_TRUNCATED,
    "the data end inside of the stream (byte +9)" },
  { "a1 627570 9bffffffffffffffff", MIGDESC_ERROR_LIMIT_EXCEEDED,
    "more than 16777216 elements in the stream (limit state-elements) (byte +4)" },
  { "a1 627570 9a00ffffff", MIGDESC_ERROR_STATE_TRUNCATED,
    "the data end inside of the stream (byte +9)" },
  { "a1 627570 5bffffffffffffffff", MIGDESC_ERROR_STATE_TRUNCATED,
    "the data end inside of the stream (byte +13)" },
  /* sections */
  { BEFORE_MORE "646d6f7265 a2 684076657273696f6e 02 656578747261 03", MIGDESC_ERROR_STATE_TOO_NEW,
    "more: section version 2, the newest known is 1 (byte +67)" },
  { BEFORE_MORE "646d6f7265 a1 656578747261 03", MIGDESC_ERROR_STATE_MISSING,
    "more: the member \"@version\" is missing (byte +58)" },
  { BEFORE_MORE "646d6f7265 a3 684076657273696f6e 01 6a4064726f707061626c65 f4 656578747261 03",
    MIGDESC_ERROR_STATE_FORMAT, "more: found false, which is left out (byte +79)" },
  { "a9 " UP MTU LINK LEVEL ITEMS MAC TIMER_NULL "6178 a1 684076657273696f6e 01 " MORE,
    MIGDESC_ERROR_STATE_MISSING, "more: the section is missing (byte +52)" },
  { "a9 " UP MTU LINK LEVEL ITEMS MAC TIMER_NULL
    "6178 a2 684076657273696f6e 01 6a4064726f707061626c65 f4 " MORE,
    MIGDESC_ERROR_STATE_MISSING, "more: the section is missing (byte +52)" },
};

static void
test_refused (void)
{
  assert_tiny_cases ("cbor", tiny_hex, cases, G_N_ELEMENTS (cases));
}

static void
test_bytes (void)
{
  g_autoptr (MigdescStatePlan) plan = compile (&tiny_state, 1, NULL);
  g_autoptr (GByteArray) prefix = tiny_prefix ("cbor", plan, tiny_hex);
  g_autoptr (GBytes) bytes = g_bytes_new (prefix->data, prefix->len);
  g_autofree char *found = format_to_hex (bytes);

  g_assert_cmpstr (found, ==,
                   "a4" /* a map of 4 */
                   "6d6d6967646573635f7374617465" "63312e30" /* migdesc_state: 1.0 */
                   "686d616e6966657374" "a1" "6764657669636573" "81" "a3" /* manifest */
                   "626964" "646e696330" "657374617465" "01" "66706172616d73" "a0"
                   "67736368656d6173" "a0" /* schemas */
                   "6764657669636573" "a1" "646e696330" /* devices: nic0 */);
}

/* Sections that may be dropped are, wherever among the sections they stand; others are not. */
static void
test_sections (void)
{
  static const char *const good[] = {
    "a9 " UP MTU LINK LEVEL ITEMS MAC TIMER_NULL
    "6178 a2 684076657273696f6e 05 6a4064726f707061626c65 f5 " MORE,
    "a9 " UP MTU LINK LEVEL ITEMS MAC TIMER_NULL MORE
    "6178 a3 684076657273696f6e 05 6a4064726f707061626c65 f5 6179 83 01 a1 617a f6 40",
    BEFORE_MORE "646d6f7265 a2 684076657273696f6e 01 656578747261 03 ",
  };
  g_autoptr (MigdescStatePlan) plan = compile (&tiny_state, 1, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autoptr (GByteArray) stream = tiny_prefix ("cbor", plan, tiny_hex);
      g_autoptr (GError) error = NULL;

      tiny_append (stream, good[i]);
      error = tiny_load ("cbor", NULL, stream->data, stream->len);
      g_assert_no_error (error);
    }
}

static void
test_device (void)
{
  g_autoptr (MigdescStatePlan) plan = compile (&tiny_state, 1, NULL);
  g_autoptr (GByteArray) stream = tiny_prefix ("cbor", plan, tiny_hex);
  g_autoptr (GError) error = NULL;

  tiny_append (stream, tiny_hex);
  stream->data[84] = '1';
  error = tiny_load ("cbor", NULL, stream->data, stream->len);
  g_assert_error (error, MIGDESC_ERROR, MIGDESC_ERROR_STATE_UNKNOWN);
  g_assert_cmpstr (error->message, ==,
                   "the device \"nic1\", where \"nic0\" is next in the manifest (byte 80)");
}

static void
test_depth (void)
{
  for (guint depth = MIGDESC_CBOR_DEPTH_MAX; depth <= MIGDESC_CBOR_DEPTH_MAX + 1; depth++)
    {
      g_autofree guint8 *data = g_malloc (depth);
      g_autoptr (GError) error = NULL;

      memset (data, 0x81, depth - 1);
      data[depth - 1] = 0x80;
      g_assert_cmpint (migdesc_cbor_scan (data, depth, G_MAXUINT64, &error), ==,
                       depth == MIGDESC_CBOR_DEPTH_MAX);
      if (error != NULL)
        g_assert_cmpstr (error->message, ==,
                         "more than 256 maps and arrays inside each other (byte 256)");
    }
}

static void
test_elements (void)
{
  static const guint8 data[] = { 0x82, 0x81, 0x00, 0x81, 0x00 };
  g_autoptr (GError) error = NULL;

  g_assert_true (migdesc_cbor_scan (data, sizeof data, 4, NULL));
  g_assert_false (migdesc_cbor_scan (data, sizeof data, 3, &error));
  g_assert_error (error, MIGDESC_ERROR, MIGDESC_ERROR_LIMIT_EXCEEDED);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/state-cbor/bytes", test_bytes);
  g_test_add_func ("/state-cbor/refused", test_refused);
  g_test_add_func ("/state-cbor/sections", test_sections);
  g_test_add_func ("/state-cbor/device", test_device);
  g_test_add_func ("/state-cbor/depth", test_depth);
  g_test_add_func ("/state-cbor/elements", test_elements);
  return g_test_run ();
}
