/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Any bytes as a document: there is a descriptor, or an error and a finding that says where. A
 * descriptor's canonical and pretty texts read back to an equal one, the dialect that was detected
 * can be forced, and a conversion that says that it loses nothing does not. */

#include <migdesc/migdesc.h>
#include <string.h>

#include "fuzz.h"

static void
check_finding (MigdescFinding *finding,
               gsize length)
{
  gint64 offset = migdesc_finding_get_offset (finding);
  const char *pointer = migdesc_finding_get_pointer (finding);

  fuzz_check_message (migdesc_finding_get_message (finding));
  g_assert_true (migdesc_code_is_known (migdesc_finding_get_code (finding)));
  g_assert_true (pointer == NULL || g_utf8_validate (pointer, -1, NULL));
  if (offset < 0)
    return;
  g_assert_cmpint (offset, <=, (gint64) length);
  g_assert_cmpuint (migdesc_finding_get_line (finding), >=, 1);
  g_assert_cmpuint (migdesc_finding_get_column (finding), >=, 1);
}

static void
check_report (const MigdescReport *report,
              gsize length)
{
  for (guint i = 0; i < migdesc_report_get_n_findings (report); i++)
    {
      g_autoptr (MigdescFinding) finding = migdesc_report_get_finding (report, i);

      check_finding (finding, length);
    }
}

static MigdescDescriptor *
read_as (MigdescDialect dialect,
         MigdescReadFlags flags,
         const char *text,
         gsize length)
{
  g_autoptr (MigdescReader) reader = migdesc_reader_new ();
  g_autoptr (MigdescReport) report = NULL;
  g_autoptr (GError) error = NULL;
  MigdescDescriptor *descriptor;

  migdesc_reader_set_dialect (reader, dialect);
  migdesc_reader_set_flags (reader, flags);
  descriptor = migdesc_reader_read_string (reader, text, (gssize) length, "fuzz", &report, &error);
  g_assert_true ((descriptor == NULL) == (error != NULL));
  g_assert_true ((descriptor == NULL)
                 == (migdesc_report_get_verdict (report) == MIGDESC_VERDICT_INCOMPATIBLE));
  if (error != NULL)
    fuzz_check_message (error->message);
  check_report (report, length);
  return descriptor;
}

static void
check_equal (MigdescDescriptor *descriptor,
             MigdescDescriptor *other)
{
  g_assert_nonnull (other);
  g_assert_true (migdesc_descriptor_equal (descriptor, other));
  g_assert_cmpuint (migdesc_descriptor_hash (descriptor), ==, migdesc_descriptor_hash (other));
  g_assert_cmpstr (migdesc_descriptor_get_digest (descriptor), ==,
                   migdesc_descriptor_get_digest (other));
}

static void
check_texts (MigdescDescriptor *descriptor)
{
  g_autofree char *canonical = migdesc_descriptor_to_string (descriptor);
  g_autofree char *pretty = migdesc_descriptor_to_pretty_string (descriptor);
  g_autoptr (MigdescDescriptor) from_canonical
      = read_as (MIGDESC_DIALECT_NATIVE, MIGDESC_READ_DEFAULT, canonical, strlen (canonical));
  g_autoptr (MigdescDescriptor) from_pretty
      = read_as (MIGDESC_DIALECT_AUTO, MIGDESC_READ_DEFAULT, pretty, strlen (pretty));
  g_autofree char *again = NULL;

  check_equal (descriptor, from_canonical);
  check_equal (descriptor, from_pretty);
  again = migdesc_descriptor_to_string (from_canonical);
  g_assert_cmpstr (again, ==, canonical);
}

static void
check_conversion (MigdescDescriptor *descriptor,
                  MigdescDialect dialect)
{
  g_autoptr (MigdescReport) losses = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = migdesc_descriptor_convert (descriptor, dialect, TRUE, &losses, &error);
  g_autofree char *exact = NULL;
  g_autoptr (MigdescDescriptor) copy = NULL;

  if (text == NULL)
    {
      g_assert_error (error, MIGDESC_ERROR, MIGDESC_ERROR_CONVERSION_REFUSED);
      fuzz_check_message (error->message);
      return;
    }
  check_report (losses, 0);
  copy = read_as (dialect, MIGDESC_READ_DEFAULT, text, strlen (text));
  g_assert_nonnull (copy);
  exact = migdesc_descriptor_convert (descriptor, dialect, FALSE, NULL, NULL);
  g_assert_true ((exact != NULL) == (migdesc_report_get_n_findings (losses) == 0));
  /* types are inferred in v1, and in v3-minmax a bool says less than it means */
  if (exact != NULL && dialect != MIGDESC_DIALECT_V1 && dialect != MIGDESC_DIALECT_V3_MINMAX)
    check_equal (descriptor, copy);
}

static void
check_node (MigdescDescriptor *descriptor)
{
  g_autoptr (JsonNode) node = migdesc_descriptor_to_json_node (descriptor);
  g_autoptr (GError) error = NULL;
  g_autoptr (MigdescDescriptor) copy = migdesc_descriptor_new_from_json_node (node, &error);

  /* unknown members may hold numbers that a node cannot */
  g_assert_no_error (error);
  g_assert_cmpuint (migdesc_descriptor_get_n_models (copy), ==,
                    migdesc_descriptor_get_n_models (descriptor));
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize size)
{
  const char *text = (const char *) data;
  g_autoptr (MigdescDescriptor) descriptor
      = read_as (MIGDESC_DIALECT_AUTO, MIGDESC_READ_DEFAULT, text, size);
  g_autoptr (MigdescDescriptor) strict = read_as (MIGDESC_DIALECT_AUTO, MIGDESC_READ_STRICT, text,
                                                  size);
  g_autoptr (MigdescDescriptor) lenient = read_as (MIGDESC_DIALECT_AUTO, MIGDESC_READ_LENIENT, text,
                                                   size);
  g_autoptr (MigdescDescriptor) forced = NULL;

  if (strict != NULL)
    check_equal (strict, descriptor);
  if (lenient != NULL)
    check_texts (lenient);
  if (descriptor == NULL)
    return 0;

  check_equal (descriptor, lenient);
  forced = read_as (migdesc_descriptor_get_dialect (descriptor), MIGDESC_READ_DEFAULT, text, size);
  check_equal (descriptor, forced);
  for (int dialect = MIGDESC_DIALECT_NATIVE; dialect <= MIGDESC_DIALECT_V4_TEXT; dialect++)
    check_conversion (descriptor, (MigdescDialect) dialect);
  check_node (descriptor);
  return 0;
}
