/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <migdesc/migdesc-error.h>
#include <migdesc/migdesc-qemu-dump.h>

/* Dumps as QEMU writes them: read, asked, written again. */

#define NIC                                                                                       \
  "{\"vmschkmachine\":{\"Name\":\"pc-1\"},"                                                        \
  "\"nic\":{\"Name\":\"nic\",\"version_id\":3,\"minimum_version_id\":2,"                           \
  "\"Description\":{\"name\":\"nic-state\",\"version_id\":3,\"minimum_version_id\":2,"             \
  "\"Fields\":[{\"field\":\"mtu\",\"version_id\":0,\"field_exists\":false,\"size\":2},"            \
  "{\"field\":\"ring\",\"version_id\":3,\"field_exists\":true,\"size\":16,\"num\":4,"              \
  "\"Description\":{\"name\":\"ring\",\"version_id\":1,\"minimum_version_id\":-1}}],"              \
  "\"Subsections\":[{\"name\":\"nic-state/rss\",\"version_id\":1,\"minimum_version_id\":1,"        \
  "\"Fields\":[]}]}},"                                                                             \
  "\"odd\":{\"Name\":\"odd\",\"version_id\":0,\"minimum_version_id\":0}}"

static MigdescQemuDump *
read_dump (const char *text)
{
  g_autoptr (GError) error = NULL;
  MigdescQemuDump *dump = migdesc_qemu_dump_new_from_json (text, -1, NULL, &error);

  g_assert_no_error (error);
  return dump;
}

static void
test_written_as_read (void)
{
  g_autoptr (MigdescQemuDump) dump = read_dump (NIC);
  g_autofree char *text = migdesc_qemu_dump_to_json (dump, FALSE);
  g_autofree char *pretty = migdesc_qemu_dump_to_json (dump, TRUE);
  g_autoptr (MigdescQemuDump) again = read_dump (pretty);

  g_assert_cmpstr (text, ==, NIC);
  g_assert_true (migdesc_qemu_dump_equal (dump, again));
  g_assert_cmpuint (migdesc_qemu_dump_hash (dump), ==, migdesc_qemu_dump_hash (again));
}

static void
test_sections (void)
{
  g_autoptr (MigdescQemuDump) dump = read_dump (NIC);
  guint section = 9;

  g_assert_cmpstr (migdesc_qemu_dump_get_machine (dump), ==, "pc-1");
  g_assert_cmpuint (migdesc_qemu_dump_get_n_sections (dump), ==, 2);
  g_assert_true (migdesc_qemu_dump_find (dump, "odd", &section));
  g_assert_cmpuint (section, ==, 1);
  g_assert_null (migdesc_qemu_dump_get_section_layout (dump, 1));
  g_assert_false (migdesc_qemu_dump_find (dump, "nic-state", NULL));
  g_assert_cmpstr (migdesc_qemu_dump_get_section_type (dump, 0), ==, "nic");
  g_assert_cmpint (migdesc_qemu_dump_get_section_version (dump, 0), ==, 3);
  g_assert_cmpint (migdesc_qemu_dump_get_section_minimum (dump, 0), ==, 2);
}

static void
test_layout (void)
{
  g_autoptr (MigdescQemuDump) dump = read_dump (NIC);
  g_autoptr (MigdescQemuLayout) nic = migdesc_qemu_dump_get_section_layout (dump, 0);
  g_autoptr (MigdescQemuLayout) ring = migdesc_qemu_layout_get_field_layout (nic, 1);
  g_autoptr (MigdescQemuLayout) rss = migdesc_qemu_layout_get_subsection (nic, 0);

  g_clear_object (&dump); /* the layouts keep it */
  g_assert_cmpstr (migdesc_qemu_layout_get_name (nic), ==, "nic-state");
  g_assert_cmpint (migdesc_qemu_layout_get_version (nic), ==, 3);
  g_assert_cmpuint (migdesc_qemu_layout_get_n_fields (nic), ==, 2);
  g_assert_cmpstr (migdesc_qemu_layout_get_field_name (nic, 0), ==, "mtu");
  g_assert_null (migdesc_qemu_layout_get_field_layout (nic, 0));
  g_assert_cmpint (migdesc_qemu_layout_get_field_version (nic, 1), ==, 3);
  g_assert_true (migdesc_qemu_layout_has_field_test (nic, 1));
  g_assert_cmpuint (migdesc_qemu_layout_get_field_size (nic, 1), ==, 16);
  g_assert_cmpint (migdesc_qemu_layout_get_field_count (nic, 0), ==, -1);
  g_assert_cmpint (migdesc_qemu_layout_get_field_count (nic, 1), ==, 4);
  g_assert_cmpint (migdesc_qemu_layout_get_minimum (ring), ==, -1);
  g_assert_cmpuint (migdesc_qemu_layout_get_n_subsections (nic), ==, 1);
  g_assert_cmpstr (migdesc_qemu_layout_get_name (rss), ==, "nic-state/rss");
}

static void
test_equal (void)
{
  g_autoptr (MigdescQemuDump) dump = read_dump (NIC);
  const char *const changes[][2] = {
    { "\"pc-1\"", "\"pc-2\"" },          { "\"mtu\"", "\"mtv\"" },
    { "\"size\":2}", "\"size\":4}" },    { "\"num\":4", "\"num\":5" },
    { "true", "false" },                 { "nic-state/rss", "nic-state/rsss" },
    { "\"odd\":{", "\"even\":{" },       { "\"version_id\":0,\"mi", "\"version_id\":1,\"mi" },
    { "_id\":-1", "_id\":0" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      GString *text = g_string_new (NIC);
      g_autoptr (MigdescQemuDump) other = NULL;

      g_assert_cmpuint (g_string_replace (text, changes[i][0], changes[i][1], 1), ==, 1);
      other = read_dump (text->str);
      g_assert_false (migdesc_qemu_dump_equal (dump, other));
      g_string_free (text, TRUE);
    }
}

static void
test_unknown_members (void)
{
  g_autoptr (MigdescQemuDump) dump = read_dump (
      "{\"x\":{\"new\":[1],\"Name\":\"x\",\"version_id\":1,\"minimum_version_id\":1,\"b\":{}}}");
  g_autofree char *text = migdesc_qemu_dump_to_json (dump, FALSE);

  g_assert_cmpstr (text, ==,
                   "{\"x\":{\"Name\":\"x\",\"version_id\":1,\"minimum_version_id\":1}}");
  g_assert_null (migdesc_qemu_dump_get_machine (dump));
}

static const struct
{
  const char *text;
  MigdescError code;
  const char *message;
} refused[] = {
  { "", MIGDESC_ERROR_JSON_SYNTAX, "1:1: the text ends, expected an object" },
  { "[]", MIGDESC_ERROR_DOCUMENT_TYPE, "1:1: expected an object, found an array" },
  { "{\"x\":{\"Name\":\"x\",\"version_id\":1}}", MIGDESC_ERROR_DOCUMENT_MISSING_MEMBER,
    "1:6: a section has no \"minimum_version_id\" (at /x)" },
  { "{\"x\":{\"Name\":\"x\",\"version_id\":1.5}}", MIGDESC_ERROR_DOCUMENT_VALUE,
    "1:31: not an integer from -2147483648 to 2147483647 (at /x/version_id)" },
  { "{\"x\":{\"version_id\":2147483648}}", MIGDESC_ERROR_DOCUMENT_VALUE,
    "1:20: not an integer from -2147483648 to 2147483647 (at /x/version_id)" },
  { "{\"x\":{\"version_id\":\"1\"}}", MIGDESC_ERROR_DOCUMENT_TYPE,
    "1:20: expected a number, found a string (at /x/version_id)" },
  { "{\"x\":{\"a\":1,\"a\":2}}", MIGDESC_ERROR_JSON_DUPLICATE_MEMBER,
    "1:13: the object has a second member \"a\" (at /x/a)" },
  { "{\"x\":{\"Name\":\"x\",\"Name\":\"x\"}}", MIGDESC_ERROR_JSON_DUPLICATE_MEMBER,
    "1:18: the object has a second member \"Name\" (at /x/Name)" },
  { "{\"x\":{\"Description\":{\"Fields\":[{\"field\":\"a\",\"num\":-1}]}}}",
    MIGDESC_ERROR_DOCUMENT_VALUE,
    "1:51: not an integer from 0 to 2147483647 (at /x/Description/Fields/0/num)" },
  { "{\"x\":{\"Description\":{\"Fields\":[{\"size\":4294967296}]}}}",
    MIGDESC_ERROR_DOCUMENT_VALUE,
    "1:40: not a size from 0 to 4294967295 (at /x/Description/Fields/0/size)" },
  { "{\"x\":{\"Description\":{\"Fields\":[{\"field\":\"a\"}]}}}",
    MIGDESC_ERROR_DOCUMENT_MISSING_MEMBER,
    "1:32: a field has no \"version_id\" (at /x/Description/Fields/0)" },
  { "{\"x\":{\"Description\":{\"name\":\"a\"}}}", MIGDESC_ERROR_DOCUMENT_MISSING_MEMBER,
    "1:21: a description has no \"version_id\" (at /x/Description)" },
  { "{\"vmschkmachine\":{}}", MIGDESC_ERROR_DOCUMENT_MISSING_MEMBER,
    "1:18: the machine has no \"Name\" (at /vmschkmachine)" },
  { "{} {}", MIGDESC_ERROR_JSON_TRAILING_DATA, "1:4: a second document follows the first" },
};

static void
test_refused (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (migdesc_qemu_dump_new_from_json (refused[i].text, -1, NULL, &error));
      g_assert_nonnull (error);
      g_assert_cmpstr (error->message, ==, refused[i].message);
      g_assert_error (error, MIGDESC_ERROR, (int) refused[i].code);
    }
}

/* Cut anywhere, it is an error and not a dump. */
static void
test_truncated (void)
{
  for (gsize i = 0; i < strlen (NIC); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (migdesc_qemu_dump_new_from_json (NIC, (gssize) i, NULL, &error));
      g_assert_nonnull (error);
    }
}

static void
test_depth (void)
{
  g_autoptr (GString) text = g_string_new ("{\"x\":{\"Name\":\"x\",\"Description\":");
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 100; i++)
    g_string_append (text, "{\"Fields\":[{\"Description\":");
  g_assert_null (migdesc_qemu_dump_new_from_json (text->str, -1, NULL, &error));
  g_assert_error (error, MIGDESC_ERROR, MIGDESC_ERROR_LIMIT_EXCEEDED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/qemu-dump/written-as-read", test_written_as_read);
  g_test_add_func ("/qemu-dump/sections", test_sections);
  g_test_add_func ("/qemu-dump/layout", test_layout);
  g_test_add_func ("/qemu-dump/equal", test_equal);
  g_test_add_func ("/qemu-dump/unknown-members", test_unknown_members);
  g_test_add_func ("/qemu-dump/refused", test_refused);
  g_test_add_func ("/qemu-dump/truncated", test_truncated);
  g_test_add_func ("/qemu-dump/depth", test_depth);
  return g_test_run ();
}
