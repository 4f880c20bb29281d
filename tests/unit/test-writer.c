/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Digest and layout; the canonical text of each kind of document is in
 * tests/data/valid/canonical. */

#include <migdesc/migdesc.h>
#include <string.h>

static MigdescDescriptor *
read_text (const char *text)
{
  g_autoptr (GError) error = NULL;
  MigdescDescriptor *descriptor = migdesc_descriptor_new_from_string (text, -1, &error);

  g_assert_no_error (error);
  return descriptor;
}

static void
test_digest (void)
{
  g_autoptr (MigdescDescriptor) descriptor = read_text (
      "{\"models\": {\"a.b/c\": {\"params\": {}}}}");
  g_autoptr (MigdescDescriptor) v4 = read_text ("a.b/c:\n1\n");
  g_autoptr (MigdescDescriptor) same_as_v4 = read_text (
      "{\"models\": {\"a.b/c\": {\"versions\": [{\"name\": \"1\"}]}}}");

  /* printf '{"migdesc":"1.0","models":{"a.b/c":{"params":{}}}}' | sha256sum */
  g_assert_cmpstr (migdesc_descriptor_get_digest (descriptor), ==,
                   "62018b92fe529835556290cbabb1bb1b9ed207f04eddd52c7aa1dda2986e7e8e");
  g_assert_cmpstr (migdesc_descriptor_get_digest (v4), ==,
                   migdesc_descriptor_get_digest (same_as_v4));
  g_assert_cmpstr (migdesc_descriptor_get_digest (v4), !=,
                   migdesc_descriptor_get_digest (descriptor));
}

static gpointer
get_digest (gpointer descriptor)
{
  return (gpointer) migdesc_descriptor_get_digest (descriptor);
}

/* Made once, whoever asks first. */
static void
test_digest_from_many_threads (void)
{
  for (guint round = 0; round < 50; round++)
    {
      g_autoptr (MigdescDescriptor) descriptor = read_text ("a.b/c:\n1\n");
      GThread *threads[8];
      const char *first;

      for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
        threads[i] = g_thread_new ("digest", get_digest, descriptor);
      first = migdesc_descriptor_get_digest (descriptor);
      for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
        g_assert_true (g_thread_join (threads[i]) == first);
    }
}

static void
test_pretty (void)
{
  g_autoptr (MigdescDescriptor) descriptor = read_text (
      "{\"models\":{\"a.b/c\":{\"params\":{"
      "\"short\":{\"type\":\"bool\",\"init_value\":true},"
      "\"text\":{\"type\":\"str\",\"init_value\":\"\",\"description\":\"{[,:]} \\\" \\\\ as long "
      "as a line can be, or a"
      " little longer than that, to be sure\"},"
      "\"none\":{\"type\":\"int\",\"init_value\":1,\"x\":{\"y\":[],\"z\":{}}}}}}}");
  g_autofree char *pretty = migdesc_descriptor_to_pretty_string (descriptor);

  g_assert_cmpstr (
      pretty, ==,
      "{\n"
      "  \"migdesc\": \"1.0\",\n"
      "  \"models\": {\n"
      "    \"a.b/c\": {\n"
      "      \"params\": {\n"
      "        \"short\": {\"type\": \"bool\", \"init_value\": true},\n"
      "        \"text\": {\n"
      "          \"type\": \"str\",\n"
      "          \"init_value\": \"\",\n"
      "          \"description\": \"{[,:]} \\\" \\\\ as long as a line can be, or a little longer "
      "than that,"
      " to be sure\"\n"
      "        },\n"
      "        \"none\": {\"type\": \"int\", \"init_value\": 1, \"x\": {\"y\": [], \"z\": {}}}\n"
      "      }\n"
      "    }\n"
      "  }\n"
      "}\n");
}

/* The line that holds @item, with a description so long that the line has @width characters when it
 * is one. */
static char *
pretty_line (guint width)
{
  g_autofree char *description = g_strnfill (
      width
          - strlen ("        \"p\": {\"type\": \"bool\", \"init_value\": true,"
                    " \"description\": \"\"}"),
      'x');
  g_autofree char *text = g_strdup_printf (
      "{\"models\":{\"a.b/c\":{\"params\":{\"p\":{\"type\":\"bool\",\"init_value\":"
      "true,\"description\":\"%s\"}}}}}",
      description);
  g_autoptr (MigdescDescriptor) descriptor = read_text (text);
  g_autofree char *pretty = migdesc_descriptor_to_pretty_string (descriptor);
  g_auto (GStrv) lines = g_strsplit (pretty, "\n", -1);

  return g_strdup (lines[5]);
}

/* A comma may follow, so a line is full at 99. */
static void
test_pretty_at_the_edge_of_a_line (void)
{
  g_autofree char *fits = pretty_line (99);
  g_autofree char *broken = pretty_line (100);

  g_assert_cmpuint (strlen (fits), ==, 99);
  g_assert_cmpstr (broken, ==, "        \"p\": {");
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/writer/digest", test_digest);
  g_test_add_func ("/writer/digest-from-many-threads", test_digest_from_many_threads);
  g_test_add_func ("/writer/pretty", test_pretty);
  g_test_add_func ("/writer/pretty-at-the-edge-of-a-line", test_pretty_at_the_edge_of_a_line);
  return g_test_run ();
}
