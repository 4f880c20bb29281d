/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Documents that differ in one thing have different hashes, so that a table of a million that are
 * alike but for a bound stays a table and no list. */

#include <migdesc/migdesc.h>

#define PARAM                                                                                   \
  "\"type\": \"int\", \"allowed_values\": [\"1-4\"], \"init_value\": 1, \"off_value\": 1"
#define WITH_PARAM(members)                                                                     \
  "{\"models\": {\"a.b/c\": {\"params\": {\"q\": {" members "}}}}}"
#define WITH_MODEL(members)                                                                     \
  "{\"models\": {\"a.b/c\": {\"params\": {\"q\": {" PARAM "}}, " members "}}}"
#define WITH_DOCUMENT(members) "{" members ", \"models\": {\"a.b/c\": {\"params\": {}}}}"
#define WITH_VERSION(members)                                                                   \
  WITH_MODEL ("\"versions\": [{\"name\": \"1\"}, {\"name\": \"2\"" members "}]")

static const char *const documents[] = {
  WITH_PARAM (PARAM),
  WITH_PARAM ("\"type\": \"int\", \"allowed_values\": [\"1-5\"], \"init_value\": 1, "
              "\"off_value\": 1"),
  WITH_PARAM ("\"type\": \"int\", \"allowed_values\": [\"1-4\", 6], \"init_value\": 1, "
              "\"off_value\": 1"),
  WITH_PARAM ("\"type\": \"int\", \"init_value\": 1, \"off_value\": 1"),
  WITH_PARAM ("\"type\": \"int\", \"allowed_values\": [\"1-4\"], \"init_value\": 2, "
              "\"off_value\": 1"),
  WITH_PARAM ("\"type\": \"int\", \"allowed_values\": [\"1-4\"], \"init_value\": 1, "
              "\"off_value\": 2"),
  WITH_PARAM ("\"type\": \"int\", \"allowed_values\": [\"1-4\"], \"init_value\": 1"),
  WITH_PARAM ("\"type\": \"str\", \"allowed_values\": [\"1\"], \"init_value\": \"1\""),
  WITH_PARAM ("\"type\": \"str\", \"allowed_values\": [\"1\", \"2\"], \"init_value\": \"1\""),
  WITH_PARAM ("\"type\": \"bool\", \"init_value\": true, \"off_value\": false"),
  WITH_PARAM (PARAM ", \"description\": \"a\""),
  WITH_PARAM (PARAM ", \"description\": \"b\""),
  WITH_PARAM (PARAM ", \"unit\": \"a\""),
  WITH_PARAM (PARAM ", \"affects\": [\"state\"]"),
  WITH_PARAM (PARAM ", \"runtime\": true"),
  WITH_PARAM (PARAM ", \"inferred\": true"),
  WITH_PARAM (PARAM ", \"unknown\": 1"),
  WITH_MODEL ("\"description\": \"a\""),
  WITH_MODEL ("\"support\": \"forward\""),
  WITH_MODEL ("\"support\": \"none\""),
  WITH_MODEL ("\"support\": \"none\", \"blocker\": \"a\""),
  WITH_MODEL ("\"unknown\": 1"),
  WITH_MODEL ("\"ignore\": {\"value-no-longer-allowed\": \"a\"}"),
  WITH_MODEL ("\"ignore\": {\"value-no-longer-allowed\": \"b\"}"),
  WITH_MODEL ("\"constraints\": [{\"forbid\": {\"q\": [2]}}]"),
  WITH_MODEL ("\"constraints\": [{\"forbid\": {\"q\": [3]}}]"),
  WITH_MODEL ("\"constraints\": [{\"forbid\": {\"q\": [3]}, \"description\": \"a\"}]"),
  WITH_MODEL ("\"constraints\": [{\"if\": {\"q\": [3]}, \"then\": {\"q\": [\"1-3\"]}}]"),
  WITH_VERSION (""),
  WITH_VERSION (", \"params\": {\"q\": 2}"),
  WITH_VERSION (", \"params\": {\"q\": 1}"),
  WITH_VERSION (", \"create\": false"),
  WITH_VERSION (", \"load\": false"),
  WITH_VERSION (", \"support\": \"bidirectional\""),
  WITH_VERSION (", \"description\": \"a\""),
  WITH_VERSION (", \"tested\": [{\"from\": \"1\", \"to\": \"2\"}]"),
  WITH_VERSION (", \"tested\": [{\"from\": \"2\", \"to\": \"1\"}]"),
  WITH_DOCUMENT ("\"migdesc\": \"1.0\""),
  WITH_DOCUMENT ("\"migdesc\": \"1.1\""),
  WITH_DOCUMENT ("\"unknown\": 1"),
  WITH_DOCUMENT ("\"ignore\": {\"value-no-longer-allowed\": \"a\"}"),
};

static MigdescDescriptor *
read_document (guint i)
{
  g_autoptr (MigdescReader) reader = migdesc_reader_new ();
  g_autoptr (GError) error = NULL;
  MigdescDescriptor *descriptor
      = migdesc_reader_read_string (reader, documents[i], -1, NULL, NULL, &error);

  g_assert_no_error (error);
  return descriptor;
}

static void
test_hashes_differ (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (documents); i++)
    for (guint j = 0; j < i; j++)
      {
        g_autoptr (MigdescDescriptor) descriptor = read_document (i);
        g_autoptr (MigdescDescriptor) other = read_document (j);

        g_assert_false (migdesc_descriptor_equal (descriptor, other));
        if (migdesc_descriptor_hash (descriptor) == migdesc_descriptor_hash (other))
          g_error ("%s and %s have the same hash", documents[i], documents[j]);
      }
}

static void
test_equal_documents_have_equal_hashes (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (documents); i++)
    {
      g_autoptr (MigdescDescriptor) descriptor = read_document (i);
      g_autofree char *text = migdesc_descriptor_to_string (descriptor);
      g_autoptr (MigdescReader) reader = migdesc_reader_new ();
      g_autoptr (MigdescDescriptor) again
          = migdesc_reader_read_string (reader, text, -1, NULL, NULL, NULL);

      g_assert_cmpuint (migdesc_descriptor_hash (descriptor), ==, migdesc_descriptor_hash (again));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core-hash/different", test_hashes_differ);
  g_test_add_func ("/core-hash/equal", test_equal_documents_have_equal_hashes);
  return g_test_run ();
}
