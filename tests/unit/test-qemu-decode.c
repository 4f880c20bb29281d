/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <migdesc/migdesc-qemu-stream.h>

#include <string.h>

/* What becomes of a section's bytes, by what its description says of them: each kind once. */

#define F(name, type, size) "{\"name\":\"" name "\",\"type\":\"" type "\",\"size\":" size "}"
#define ARRAY(name, n, type, size)                                                                \
  "{\"name\":\"" name "\",\"array_len\":" n ",\"type\":\"" type "\",\"size\":" size "}"
#define BODY(name, fields) "\"vmsd_name\":\"" name "\",\"version\":1,\"fields\":[" fields "]"
#define STRUCT(name, size, fields)                                                                \
  "{\"name\":\"" name "\",\"type\":\"struct\",\"struct\":{" BODY ("in", fields) "},\"size\":"      \
  size "}"
#define LIST(name, type, size, bodies)                                                            \
  "{\"name\":\"" name "\",\"type\":\"" type "\"," bodies ",\"size\":" size "}"
#define SUBSECTION(name, fields) "{" BODY (name, fields) "}"

typedef struct
{
  const char *name;
  const char *fields;
  const char *subsections;
  const char *data;
  gsize size;
  const char *json; /* of the state; NULL: the finding is */
  const char *finding;
} Case;

#define D(text) (text), sizeof (text) - 1

static const Case cases[] = {
  { "bool", F ("a", "bool", "1") "," F ("b", "bool", "1"), "", D ("\1\0"),
    "{\"a\":true,\"b\":false}", NULL },
  { "integers", F ("a", "int8", "1") "," F ("b", "int16", "2") "," F ("c", "int32", "4") ","
    F ("d", "int64", "8"), "", D ("\xff\x80\0\0\0\1\0\xff\xff\xff\xff\xff\xff\xff\xfe"),
    "{\"a\":-1,\"b\":-32768,\"c\":256,\"d\":-2}", NULL },
  { "naturals", F ("a", "uint8", "1") "," F ("b", "uint16", "2") "," F ("c", "uint32", "4") ","
    F ("d", "uint64", "8"), "", D ("\xff\x80\0\0\0\1\0\xff\xff\xff\xff\xff\xff\xff\xff"),
    "{\"a\":255,\"b\":32768,\"c\":256,\"d\":18446744073709551615}", NULL },
  { "equal", F ("a", "int64 equal", "8") "," F ("b", "int32 le", "4"), "",
    D ("\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff"),
    "{\"a\":18446744073709551615,\"b\":-1}", NULL },
  { "timer", F ("a", "timer", "8"), "", D ("\xff\xff\xff\xff\xff\xff\xff\xff"), "{\"a\":-1}",
    NULL },
  { "double", F ("a", "CPU_Double_U", "8"), "", D ("\x3f\xf8\0\0\0\0\0\0"), "{\"a\":1.5}", NULL },
  { "buffer", F ("a", "buffer", "3"), "", D ("\1\2\3"), "{\"a\":\"AQID\"}", NULL },
  { "buffer-of-nothing", F ("a", "buffer", "0") "," F ("b", "uint8", "1"), "", D ("\7"),
    "{\"a\":\"\",\"b\":7}", NULL },
  { "bitmap", F ("a", "bitmap", "16"), "", D ("\0\0\0\0\0\0\0\5\x80\0\0\0\0\0\0\0"),
    "{\"a\":[5,9223372036854775808]}", NULL },
  { "bitmap-of-half-a-word", F ("a", "bitmap", "4"), "", D ("\0\0\0\5"), "{\"a\":\"AAAABQ==\"}",
    NULL },
  { "word-of-another-size", F ("a", "uint32", "2"), "", D ("\1\2"), "{\"a\":\"AQI=\"}", NULL },
  { "array", ARRAY ("a", "3", "uint16", "2"), "", D ("\0\1\0\2\0\3"), "{\"a\":[1,2,3]}", NULL },
  { "struct", STRUCT ("s", "3", F ("a", "uint8", "1") "," F ("b", "uint16", "2")), "",
    D ("\1\0\2"), "{\"s\":{\"a\":1,\"b\":2}}", NULL },
  { "struct-of-nothing", STRUCT ("s", "0", "") "," F ("b", "uint8", "1"), "", D ("\7"),
    "{\"s\":{},\"b\":7}", NULL },
  { "struct-of-a-buffer-of-nothing",
    STRUCT ("s", "0", F ("a", "buffer", "0")) "," F ("b", "uint8", "1"), "", D ("\7"),
    "{\"s\":{},\"b\":7}", NULL },
  { "pointer-to-nothing", F ("p", "nullptr", "1") "," F ("b", "uint8", "1"), "", D ("0\7"),
    "{\"p\":null,\"b\":7}", NULL },
  { "pointer-to-something", F ("p", "nullptr", "1"), "", D ("1"), NULL,
    "qemu-content: section 1, dev/0: p: the byte 0x31 where the description has a pointer to "
    "nothing, 0x30 (byte 32)" },
  { "list", LIST ("l", "qtailq", "5", BODY ("e", F ("a", "uint8", "1")) ","
                  BODY ("e", F ("a", "uint8", "1"))), "", D ("\1\x0a\1\x0b\0"),
    "{\"l\":[{\"a\":10},{\"a\":11}]}", NULL },
  { "list-of-none", "{\"name\":\"l\",\"type\":\"qlist\",\"size\":1}", "", D ("\0"), "{\"l\":[]}",
    NULL },
  { "list-without-a-mark", LIST ("l", "qtailq", "5", BODY ("e", F ("a", "uint8", "1")) ","
                                 BODY ("e", F ("a", "uint8", "1"))), "", D ("\1\x0a\2\x0b\0"),
    NULL, "qemu-content: section 1, dev/0: l[1]: the byte 0x02 where the description has the mark "
    "of an element, 0x01 (byte 34)" },
  { "tree", LIST ("t", "gtree", "15", BODY ("v", F ("v", "uint8", "1"))), "",
    D ("\0\0\0\1\1\0\0\0\0\0\0\0\7\x0a\0"), "{\"t\":[{\"key\":7,\"value\":{\"v\":10}}]}", NULL },
  { "tree-of-another-count", LIST ("t", "gtree", "15", BODY ("v", F ("v", "uint8", "1"))), "",
    D ("\0\0\0\2\1\0\0\0\0\0\0\0\7\x0a\0"), NULL,
    "qemu-content: section 1, dev/0: t[0]: 2 nodes, the description has 1 (byte 32)" },
  { "subsection", F ("n", "uint8", "1"), SUBSECTION ("dev/s", F ("x", "uint8", "1")),
    D ("\1\5\5dev/s\0\0\0\1\2"), "{\"n\":1,\"dev/s\":{\"x\":2}}", NULL },
  { "subsection-of-another-version", F ("n", "uint8", "1"),
    SUBSECTION ("dev/s", F ("x", "uint8", "1")), D ("\1\5\5dev/s\0\0\0\2\2"), NULL,
    "qemu-content: section 1, dev/0: dev/s: version 2 of a subsection, the description has 1 (byte "
    "40)" },
};

static void
append_be32 (GByteArray *bytes,
             gsize value)
{
  const guint32 wire = GUINT32_TO_BE ((guint32) value);

  g_byte_array_append (bytes, (const guint8 *) &wire, sizeof wire);
}

/* The configuration, the one device with its footer, the end, the description */
static GBytes *
make_stream (const Case *one)
{
  g_autofree char *text = g_strdup_printf (
      "{\"page_size\":4096,\"devices\":[{\"name\":\"dev\",\"instance_id\":0,\"vmsd_name\":\"dev\","
      "\"version\":1,\"fields\":[%s],\"subsections\":[%s]}]}",
      one->fields, one->subsections);
  static const char head[] = "QEVM\0\0\0\3\7\0\0\0\2pc\4\0\0\0\1\3dev\0\0\0\0\0\0\0\1";
  GByteArray *bytes = g_byte_array_new ();

  g_byte_array_append (bytes, (const guint8 *) head, sizeof head - 1);
  g_byte_array_append (bytes, (const guint8 *) one->data, (guint) one->size);
  g_byte_array_append (bytes, (const guint8 *) "\x7e\0\0\0\1\0\6", 7);
  append_be32 (bytes, strlen (text));
  g_byte_array_append (bytes, (const guint8 *) text, (guint) strlen (text));
  return g_byte_array_free_to_bytes (bytes);
}

static void
check_state (MigdescQemuStream *stream,
             const char *wanted)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MigdescQemuSection) section = migdesc_qemu_stream_find_section (stream, "dev", &error);
  g_autoptr (MigdescState) state = NULL;
  g_autofree char *json = NULL;

  g_assert_no_error (error);
  state = migdesc_qemu_section_get_state (section, &error);
  g_assert_no_error (error);
  json = migdesc_state_to_json (state, FALSE);
  g_assert_cmpstr (json, ==, wanted);
}

static void
test_case (gconstpointer data)
{
  const Case *one = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = make_stream (one);
  g_autoptr (MigdescQemuStream) stream
      = migdesc_qemu_stream_new_from_bytes (bytes, NULL, 0, NULL, &error);
  g_autofree char *findings = NULL;

  g_assert_no_error (error);
  findings = migdesc_report_to_string (migdesc_qemu_stream_get_report (stream));
  if (one->json != NULL)
    {
      g_assert_cmpstr (findings, ==, "");
      check_state (stream, one->json);
      return;
    }
  g_assert_true (g_str_has_prefix (findings, "blocker: "));
  g_assert_cmpstr (findings + strlen ("blocker: "), ==, one->finding);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/qemu-decode/%s", cases[i].name);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  return g_test_run ();
}
