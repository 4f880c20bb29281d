/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "tool-qemu-dump.h"

#include <string.h>

#include "tool-output.h"
#include "tool-read.h"
#include "tool-table.h"

#define KNOWN_FILE "migdesc-1.0" G_DIR_SEPARATOR_S "qemu-known.json"

MigdescQemuDump *
tool_qemu_read_dump (Tool *tool, const char *place)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = tool_read_file (place, &error);
  MigdescQemuDump *dump = NULL;

  if (bytes != NULL)
    dump = migdesc_qemu_dump_new_from_json (g_bytes_get_data (bytes, NULL),
                                            (gssize) g_bytes_get_size (bytes), NULL, &error);
  if (dump == NULL)
    tool_fail_text (tool, error, place);
  return dump;
}

static gboolean
add_known (Tool *tool, const char *place, MigdescQemuKnown **known)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = tool_read_file (place, &error);
  MigdescQemuKnown *more = NULL;

  if (bytes != NULL)
    more = migdesc_qemu_known_new_from_json (g_bytes_get_data (bytes, NULL),
                                             (gssize) g_bytes_get_size (bytes), *known, NULL,
                                             &error);
  if (more == NULL)
    {
      tool_fail_text (tool, error, place);
      return FALSE;
    }
  g_clear_pointer (known, migdesc_qemu_known_unref);
  *known = more;
  return TRUE;
}

static char *
find_installed (void)
{
  const char *const *folders = g_get_system_data_dirs ();

  for (guint i = 0; folders[i] != NULL; i++)
    {
      g_autofree char *path = g_build_filename (folders[i], KNOWN_FILE, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_REGULAR))
        return g_steal_pointer (&path);
    }
  return NULL;
}

gboolean
tool_qemu_read_known (Tool *tool, char **files, MigdescQemuKnown **known)
{
  g_autofree char *installed = find_installed ();
  gboolean fine = installed == NULL || add_known (tool, installed, known);

  for (guint i = 0; fine && files != NULL && files[i] != NULL; i++)
    fine = add_known (tool, files[i], known);
  return fine;
}

/* --- Sections that are asked for -------------------------------------- */

static gboolean
is_asked_for (MigdescQemuComparison *comparison, guint finding, char **sections)
{
  const char *section = migdesc_qemu_comparison_get_section (comparison, finding);

  return sections == NULL || g_strv_contains ((const char *const *) sections, section);
}

MigdescQemuVerdict
tool_qemu_worst (MigdescQemuComparison *comparison, char **sections)
{
  MigdescQemuVerdict worst = MIGDESC_QEMU_VERDICT_OK;

  if (sections == NULL)
    return migdesc_qemu_comparison_get_verdict (comparison);
  for (guint i = 0; sections[i] != NULL; i++)
    {
      MigdescQemuVerdict verdict
          = migdesc_qemu_comparison_get_section_verdict (comparison, sections[i]);

      worst = MAX (worst, verdict);
    }
  return worst;
}

ToolStatus
tool_qemu_status_of (MigdescQemuVerdict verdict)
{
  if (verdict >= MIGDESC_QEMU_VERDICT_BREAKS_WHEN)
    return TOOL_REFUSED;
  return verdict == MIGDESC_QEMU_VERDICT_UNKNOWN ? TOOL_UNDECIDED : TOOL_YES;
}

/* --- For people ------------------------------------------------------- */

static char *
describe_verdict (MigdescQemuComparison *comparison, guint finding)
{
  const char *condition = migdesc_qemu_comparison_get_condition (comparison, finding);

  switch (migdesc_qemu_comparison_get_finding_verdict (comparison, finding))
    {
    case MIGDESC_QEMU_VERDICT_BREAKS_ALWAYS:
      return g_strdup ("breaks always");
    case MIGDESC_QEMU_VERDICT_BREAKS_WHEN:
      return g_strdup_printf ("breaks when %s", condition);
    case MIGDESC_QEMU_VERDICT_UNKNOWN:
      return g_strdup ("unknown");
    default:
      return g_strdup ("ok");
    }
}

static ToolTone
tone_of (MigdescQemuVerdict verdict)
{
  static const ToolTone tones[] = {
    [MIGDESC_QEMU_VERDICT_OK] = TOOL_TONE_GOOD,
    [MIGDESC_QEMU_VERDICT_UNKNOWN] = TOOL_TONE_UNSURE,
    [MIGDESC_QEMU_VERDICT_BREAKS_WHEN] = TOOL_TONE_BAD,
    [MIGDESC_QEMU_VERDICT_BREAKS_ALWAYS] = TOOL_TONE_BAD,
  };

  return tones[verdict];
}

static void
add_row (ToolTable *table, MigdescQemuComparison *comparison, guint finding, gboolean is_first)
{
  const char *message = migdesc_qemu_comparison_get_message (comparison, finding);
  const char *reason = migdesc_qemu_comparison_get_reason (comparison, finding);
  g_autofree char *verdict = describe_verdict (comparison, finding);
  g_autofree char *what
      = reason == NULL ? g_strdup (message) : g_strdup_printf ("%s\nknown: %s", message, reason);
  const char *cells[]
      = { is_first ? migdesc_qemu_comparison_get_section (comparison, finding) : NULL,
          migdesc_qemu_comparison_get_path (comparison, finding), what, verdict, NULL };

  tool_table_add_row (
      table, cells,
      tone_of (migdesc_qemu_comparison_get_finding_verdict (comparison, finding)), 3);
}

void
tool_qemu_print_comparison (MigdescQemuComparison *comparison, char **sections)
{
  static const char *const headings[] = { "SECTION", "FIELD", "DIFFERENCE", "VERDICT", NULL };
  ToolTable *table = NULL;
  const char *before = NULL;

  for (guint i = 0; i < migdesc_qemu_comparison_get_n_findings (comparison); i++)
    {
      const char *section = migdesc_qemu_comparison_get_section (comparison, i);

      if (!is_asked_for (comparison, i, sections))
        continue;
      if (table == NULL)
        table = tool_table_new (headings);
      add_row (table, comparison, i, g_strcmp0 (section, before) != 0);
      before = section;
    }
  if (table != NULL)
    tool_table_print (table);
  if (migdesc_qemu_comparison_get_n_omitted (comparison) > 0)
    tool_print_line ("and %" G_GUINT64_FORMAT " more",
                     migdesc_qemu_comparison_get_n_omitted (comparison));
}

/* --- JSON ------------------------------------------------------------- */

static void
add_finding (ToolJson *json, MigdescQemuComparison *comparison, guint finding)
{
  const char *path = migdesc_qemu_comparison_get_path (comparison, finding);

  tool_json_begin_object (json, NULL);
  tool_json_add_string (json, "section",
                        migdesc_qemu_comparison_get_section (comparison, finding));
  tool_json_add_string (json, "path", path[0] != '\0' ? path : NULL);
  tool_json_add_string (json, "code", migdesc_qemu_comparison_get_code (comparison, finding));
  tool_json_add_string (json, "verdict",
                        migdesc_qemu_verdict_to_string (
                            migdesc_qemu_comparison_get_finding_verdict (comparison, finding)));
  tool_json_add_string (json, "message",
                        migdesc_qemu_comparison_get_message (comparison, finding));
  tool_json_add_string (json, "condition",
                        migdesc_qemu_comparison_get_condition (comparison, finding));
  tool_json_add_string (json, "reason",
                        migdesc_qemu_comparison_get_reason (comparison, finding));
  tool_json_end_object (json);
}

void
tool_qemu_add_findings (ToolJson *json, MigdescQemuComparison *comparison, char **sections)
{
  guint64 n_omitted = migdesc_qemu_comparison_get_n_omitted (comparison);

  tool_json_begin_array (json, "findings");
  for (guint i = 0; i < migdesc_qemu_comparison_get_n_findings (comparison); i++)
    if (is_asked_for (comparison, i, sections))
      add_finding (json, comparison, i);
  tool_json_end_array (json);
  if (n_omitted > 0)
    {
      g_autoptr (GVariant) omitted = g_variant_ref_sink (g_variant_new_uint64 (n_omitted));

      tool_json_add_value (json, "omitted", omitted);
    }
}
