/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* The documents of tests/data: what is found in each that is malformed, and what each that is valid
 * becomes.
 *
 * invalid/documents.tsv has one line a finding: file, how it is read, line:column, severity, code,
 * JSON pointer, message. valid/documents.tsv has one line a document: file, how, dialect, number of
 * warnings; its canonical text is canonical/FILE. How: `-`, `strict`, `lenient`, or a dialect to
 * force.
 *
 * With --update as its only argument the program writes the tables and canonical texts anew: read
 * the difference. */

#include <glib/gstdio.h>
#include <migdesc/migdesc.h>
#include <string.h>

#include "base/quote.h"

static char *
data_path (const char *kind,
           const char *name)
{
  return g_build_filename (g_getenv ("MIGDESC_DATADIR"), kind, name, NULL);
}

static char *
read_file (const char *kind,
           const char *name,
           gsize *length)
{
  g_autofree char *path = data_path (kind, name);
  g_autoptr (GError) error = NULL;
  char *text = NULL;

  g_file_get_contents (path, &text, length, &error);
  g_assert_no_error (error);
  return text;
}

static MigdescReader *
reader_for (const char *how)
{
  MigdescReader *reader = migdesc_reader_new ();
  MigdescDialect dialect;

  if (g_str_equal (how, "strict"))
    migdesc_reader_set_flags (reader, MIGDESC_READ_STRICT);
  else if (g_str_equal (how, "lenient"))
    migdesc_reader_set_flags (reader, MIGDESC_READ_LENIENT);
  else if (!g_str_equal (how, "-"))
    {
      g_assert_true (migdesc_dialect_from_string (how, &dialect));
      migdesc_reader_set_dialect (reader, dialect);
    }
  return reader;
}

/* In a block of just that size, so that a checker sees each byte read outside of it. */
static MigdescDescriptor *
read_exact (const char *how,
            const char *name,
            const char *text,
            gsize length,
            MigdescReport **report,
            GError **error)
{
  g_autoptr (MigdescReader) reader = reader_for (how);
  g_autofree char *exact = g_memdup2 (text, length);

  return migdesc_reader_read_string (reader, exact, (gssize) length, name, report, error);
}

static MigdescDescriptor *
read_document (const char *kind,
               const char *name,
               const char *how,
               MigdescReport **report,
               GError **error)
{
  gsize length;
  g_autofree char *text = read_file (kind, name, &length);

  return read_exact (how, name, text, length, report, error);
}

static void
append_findings (GString *table,
                 const char *name,
                 const char *how,
                 const MigdescReport *report)
{
  for (guint i = 0; i < migdesc_report_get_n_findings (report); i++)
    {
      g_autoptr (MigdescFinding) finding = migdesc_report_get_finding (report, i);
      const char *pointer = migdesc_finding_get_pointer (finding);

      g_string_append_printf (table, "%s\t%s\t%u:%u\t%s\t%s\t", name, how,
                              migdesc_finding_get_line (finding),
                              migdesc_finding_get_column (finding),
                              migdesc_severity_to_string (migdesc_finding_get_severity (finding)),
                              migdesc_finding_get_code (finding));
      if (pointer != NULL)
        migdesc_quote_append (table, pointer, strlen (pointer));
      g_string_append_printf (table, "\t%s\n", migdesc_finding_get_message (finding));
    }
}

/* Calls @visit once for every file that a table names. */
static void
for_each_document (const char *kind,
                   void (*visit) (const char *name, const char *how, gpointer data),
                   gpointer data)
{
  gsize length;
  g_autofree char *table = read_file (kind, "documents.tsv", &length);
  g_auto (GStrv) lines = g_strsplit (table, "\n", -1);
  g_autofree char *last = NULL;

  for (guint i = 0; lines[i] != NULL && *lines[i] != '\0'; i++)
    {
      g_auto (GStrv) fields = g_strsplit (lines[i], "\t", 3);

      if (g_strcmp0 (last, fields[0]) == 0)
        continue;
      g_free (last);
      last = g_strdup (fields[0]);
      visit (fields[0], fields[1], data);
    }
}

static void
visit_invalid (const char *name,
               const char *how,
               gpointer data)
{
  g_autoptr (MigdescReport) report = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (MigdescDescriptor) descriptor = read_document ("invalid", name, how, &report, &error);
  g_autofree char *prefix = g_strconcat (name, ":", NULL);

  append_findings (data, name, how, report);
  g_assert_null (descriptor);
  g_assert_nonnull (error);
  g_assert_true (error->domain == MIGDESC_ERROR);
  g_assert_true (g_str_has_prefix (error->message, prefix));
  g_assert_cmpint (migdesc_report_get_verdict (report), ==, MIGDESC_VERDICT_INCOMPATIBLE);
}

/* All at once: a difference shows every line that changed. */
static void
assert_same_lines (const char *actual,
                   const char *expected)
{
  g_auto (GStrv) actual_lines = g_strsplit (actual, "\n", -1);
  g_auto (GStrv) expected_lines = g_strsplit (expected, "\n", -1);

  for (guint i = 0; actual_lines[i] != NULL && expected_lines[i] != NULL; i++)
    g_assert_cmpstr (actual_lines[i], ==, expected_lines[i]);
  g_assert_cmpuint (g_strv_length (actual_lines), ==, g_strv_length (expected_lines));
}

/* Of what @visit appends for each document. */
static void
assert_table (const char *kind,
              void (*visit) (const char *name, const char *how, gpointer data))
{
  gsize length;
  g_autofree char *expected = read_file (kind, "documents.tsv", &length);
  g_autoptr (GString) actual = g_string_new (NULL);

  for_each_document (kind, visit, actual);
  assert_same_lines (actual->str, expected);
}

static void
test_invalid (void)
{
  assert_table ("invalid", visit_invalid);
}

static void
count_invalid (const char *name,
               const char *how,
               gpointer data)
{
  ++*(guint *) data;
}

/* A file that the table does not name would never be read. */
static void
test_every_file_is_in_its_table (void)
{
  static const char *const kinds[] = { "invalid", "valid" };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autofree char *path = data_path (kinds[i], ".");
      g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
      const char *name;
      guint n_files = 0;
      guint n_named = 0;

      while ((name = g_dir_read_name (folder)) != NULL)
        n_files += g_str_has_suffix (name, ".json") || g_str_has_suffix (name, ".txt");
      for_each_document (kinds[i], count_invalid, &n_named);
      g_assert_cmpuint (n_named, ==, n_files);
    }
}

static void
append_valid (GString *table,
              const char *name,
              const char *how,
              MigdescDescriptor *descriptor,
              const MigdescReport *report)
{
  g_string_append_printf (table, "%s\t%s\t%s\t%u\n", name, how,
                          migdesc_dialect_to_string (migdesc_descriptor_get_dialect (descriptor)),
                          migdesc_report_get_n_findings (report));
}

static void
assert_reads_back (MigdescDescriptor *descriptor,
                   const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MigdescDescriptor) again = migdesc_descriptor_new_from_string (text, -1, &error);
  g_autofree char *written = NULL;

  g_assert_no_error (error);
  g_assert_true (migdesc_descriptor_equal (descriptor, again));
  g_assert_cmpuint (migdesc_descriptor_hash (descriptor), ==, migdesc_descriptor_hash (again));
  g_assert_cmpstr (migdesc_descriptor_get_digest (descriptor), ==,
                   migdesc_descriptor_get_digest (again));
  written = migdesc_descriptor_to_string (again);
  if (!g_str_has_suffix (text, "\n")) /* the canonical text, not the pretty one */
    g_assert_cmpstr (written, ==, text);
}

static void
visit_valid (const char *name,
             const char *how,
             gpointer data)
{
  g_autoptr (MigdescReport) report = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (MigdescDescriptor) descriptor = read_document ("valid", name, how, &report, &error);
  g_autofree char *canonical_name = g_build_filename ("canonical", name, NULL);
  g_autofree char *expected = NULL;
  g_autofree char *canonical = NULL;
  g_autofree char *pretty = NULL;
  gsize length;

  g_assert_no_error (error);
  append_valid (data, name, how, descriptor, report);
  canonical = migdesc_descriptor_to_string (descriptor);
  expected = read_file ("valid", canonical_name, &length);
  g_strchomp (expected);
  g_assert_cmpstr (canonical, ==, expected);
  assert_reads_back (descriptor, canonical);
  pretty = migdesc_descriptor_to_pretty_string (descriptor);
  assert_reads_back (descriptor, pretty);
}

static void
test_valid (void)
{
  assert_table ("valid", visit_valid);
}

/* Whatever is cut off: an answer, and a message of one line. */
static void
visit_prefixes (const char *name,
                const char *how,
                gpointer data)
{
  gsize length;
  g_autofree char *text = read_file (data, name, &length);

  if (length > 3000)
    return;
  for (gsize i = 0; i < length; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (MigdescDescriptor) descriptor = read_exact (how, name, text, i, NULL, &error);

      g_assert_true ((descriptor == NULL) == (error != NULL));
      if (error == NULL)
        continue;
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
      g_assert_null (strpbrk (error->message, "\n\r\033"));
    }
}

static void
test_prefixes (void)
{
  for_each_document ("invalid", visit_prefixes, (gpointer) "invalid");
  for_each_document ("valid", visit_prefixes, (gpointer) "valid");
}

static void
update_invalid (const char *name,
                const char *how,
                gpointer data)
{
  g_autoptr (MigdescReport) report = NULL;
  g_autoptr (MigdescDescriptor) descriptor = read_document ("invalid", name, how, &report, NULL);

  append_findings (data, name, how, report);
  if (descriptor != NULL)
    g_printerr ("%s is accepted\n", name);
}

static void
update_valid (const char *name,
              const char *how,
              gpointer data)
{
  g_autoptr (MigdescReport) report = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (MigdescDescriptor) descriptor = read_document ("valid", name, how, &report, &error);
  g_autofree char *canonical_name = g_build_filename ("canonical", name, NULL);
  g_autofree char *path = data_path ("valid", canonical_name);
  g_autofree char *canonical = NULL;
  g_autofree char *line = NULL;

  if (descriptor == NULL)
    {
      g_printerr ("%s\n", error->message);
      return;
    }
  append_valid (data, name, how, descriptor, report);
  canonical = migdesc_descriptor_to_string (descriptor);
  line = g_strconcat (canonical, "\n", NULL);
  g_assert_true (g_file_set_contents (path, line, -1, NULL));
}

static void
update (const char *kind,
        void (*visit) (const char *name, const char *how, gpointer data))
{
  g_autoptr (GString) table = g_string_new (NULL);
  g_autofree char *path = data_path (kind, "documents.tsv");

  for_each_document (kind, visit, table);
  g_assert_true (g_file_set_contents (path, table->str, -1, NULL));
}

int
main (int argc,
      char **argv)
{
  if (argc == 2 && g_str_equal (argv[1], "--update"))
    {
      update ("invalid", update_invalid);
      update ("valid", update_valid);
      return 0;
    }

  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/documents/invalid", test_invalid);
  g_test_add_func ("/documents/valid", test_valid);
  g_test_add_func ("/documents/every-file-is-in-its-table", test_every_file_is_in_its_table);
  g_test_add_func ("/documents/prefixes", test_prefixes);
  return g_test_run ();
}
