/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <float.h>
#include <math.h>

#include "state-format-check.h"

#include "state/formats/cbor-item.h"
#include "state/formats/cbor-json.h"
#include "state/formats/cbor-load.h"
#include "state/formats/cbor-scan.h"

/* States as CBOR. */

static void
test_round_trip (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (samples); i++)
    assert_format_round_trip ("cbor", &samples[i]);
}

static void
test_prefixes (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (samples); i++)
    assert_prefixes_refused ("cbor", &samples[i]);
}

static void
test_changes (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (samples); i++)
    {
      gboolean is_large = samples[i].table == &arrays_state;

      assert_changes_refused_or_kept ("cbor", &samples[i], is_large ? 51 : 1);
    }
}

/* Every half there is, and what is next to one. */
static void
test_halves (void)
{
  for (guint bits = 0; bits < 0x10000; bits++)
    {
      guint8 bytes[] = { 0xf9, (guint8) (bits >> 8), (guint8) bits };
      gboolean is_nan = (bits & 0x7fff) > 0x7c00;
      g_autoptr (GByteArray) again = g_byte_array_new ();
      MigdescCborItem item;
      float next;

      migdesc_cbor_read (bytes, sizeof bytes, &item);
      g_assert_cmpint (item.kind, ==, MIGDESC_CBOR_DOUBLE);
      g_assert_cmpuint (migdesc_cbor_float_width (item.real), ==, 2);
      migdesc_cbor_put_double (again, item.real);
      if (is_nan)
        g_assert_cmpmem (again->data, again->len, "\xf9\x7e\x00", 3);
      else
        g_assert_cmpmem (again->data, again->len, bytes, sizeof bytes);
      g_assert_cmpint (migdesc_cbor_scan (bytes, sizeof bytes, 0, NULL), ==,
                       !is_nan || bits == 0x7e00);
      if (is_nan || isinf (item.real) || item.real == 0)
        continue;
      g_assert_cmpuint (migdesc_cbor_float_width (item.real * (1 + DBL_EPSILON)), ==, 8);
      next = (float) (item.real * (1 + (double) FLT_EPSILON));
      g_assert_cmpuint (migdesc_cbor_float_width ((double) next), ==, 4);
    }
}

/* JSON there and back, digit for digit. */
static void
test_json (void)
{
  static const struct
  {
    const char *json;
    const char *hex;
  } cases[] = {
    { "{}", "a0" },
    { "{\"a\":[0,-1,18446744073709551615,-18446744073709551616]}",
      "a1616184" "00" "20" "1bffffffffffffffff" "3bffffffffffffffff" },
    { "{\"a\":{\"b\":[],\"c\":[true,false,null]}}", "a16161a261628061" "6383f5f4f6" },
    { "{\"a\":-1.5,\"b\":1.0000000000000001e+300}",
      "a2" "6161" "f9be00" "6162" "fb7e37e43c8800759c" },
    { "{\"a\":\"\\n\\\"h\303\266\"}", "a1" "6161" "65" "0a2268c3b6" },
    { "{\"a\":-0}", "a1" "6161" "f98000" },
    /* as a text: these do not come back so */
    { "{\"a\":1.50}", "6a" "7b2261223a312e35307d" },
    { "{\"a\":1e400}", "6b" "7b2261223a31653430307d" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GByteArray) output = g_byte_array_new ();
      g_autoptr (GString) text = g_string_new (NULL);
      g_autoptr (GBytes) bytes = NULL;
      g_autofree char *hex = NULL;
      gsize size;

      migdesc_cbor_put_json (output, cases[i].json, strlen (cases[i].json));
      bytes = g_bytes_new (output->data, output->len);
      hex = format_to_hex (bytes);
      g_assert_cmpstr (hex, ==, cases[i].hex);
      g_assert_true (
          migdesc_cbor_get_json (output->data, output->len, 0, text, &size, NULL));
      g_assert_cmpstr (text->str, ==, cases[i].json);
      g_assert_cmpuint (size, ==, output->len);
    }
}

/* Words of flags are in the order of their bits, each once. */
static void
test_flags (void)
{
  static const char *const words[] = { "csum", "tso", "lro" };
  static const struct
  {
    const char *hex;
    gint64 value; /* or -1: refused */
  } cases[] = {
    { "80", 0 },
    { "82 64 6373756d 63 6c726f", 5 },
    { "81 63 74736f", 2 },
    { "82 63 6c726f 64 6373756d", -1 },
    { "82 63 74736f 63 74736f", -1 },
    { "81 63 787878", -1 },
    { "81 01", -1 },
    { "63 74736f", -1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GObject) object = G_OBJECT (format_visitor ("cbor", MIGDESC_VISITOR_LOAD));
      MigdescCborLoader *loader = (MigdescCborLoader *) object;
      g_autoptr (GBytes) bytes = format_hex (cases[i].hex);
      g_autoptr (GError) error = NULL;
      guint64 value = 77;
      gboolean done;

      loader->parent_instance.input
          = g_bytes_get_data (bytes, &loader->parent_instance.input_length);
      migdesc_cbor_loader_push (loader, FALSE, 1);
      done = MIGDESC_VISITOR_GET_CLASS (loader)->pass_flags (MIGDESC_VISITOR (object), NULL, 4,
                                                             words, 3, &value, &error);
      g_assert_cmpint (done, ==, cases[i].value >= 0);
      g_assert_true (done == (error == NULL));
      if (done)
        g_assert_cmpuint (value, ==, (guint64) cases[i].value);
    }
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/state-cbor/round-trip", test_round_trip);
  g_test_add_func ("/state-cbor/prefixes", test_prefixes);
  g_test_add_func ("/state-cbor/changes", test_changes);
  g_test_add_func ("/state-cbor/halves", test_halves);
  g_test_add_func ("/state-cbor/json", test_json);
  g_test_add_func ("/state-cbor/flags", test_flags);
  return g_test_run ();
}
