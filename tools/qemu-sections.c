/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "qemu-verbs.h"
#include "tool-output.h"
#include "tool-qemu.h"
#include "tool-table.h"

static const char *
describe_footer (MigdescQemuSection *section)
{
  switch (migdesc_qemu_section_get_footer (section))
    {
    case MIGDESC_QEMU_FOOTER_GOOD:
      return "good";
    case MIGDESC_QEMU_FOOTER_BAD:
      return "bad";
    default:
      return "";
    }
}

static gboolean
has_id (MigdescQemuSection *section)
{
  MigdescQemuSectionKind kind = migdesc_qemu_section_get_kind (section);

  return kind >= MIGDESC_QEMU_SECTION_START && kind <= MIGDESC_QEMU_SECTION_FULL;
}

/* A command has a name and no instance. */
static char *
dup_name (MigdescQemuSection *section)
{
  if (has_id (section))
    return migdesc_qemu_section_dup_label (section);
  return g_strdup (migdesc_qemu_section_get_name (section));
}

static void
add_row (ToolTable *table, MigdescQemuSection *section)
{
  gboolean numbered = has_id (section);
  g_autofree char *name = dup_name (section);
  g_autofree char *offset
      = g_strdup_printf ("%" G_GUINT64_FORMAT, migdesc_qemu_section_get_offset (section));
  g_autofree char *length
      = g_strdup_printf ("%" G_GUINT64_FORMAT, migdesc_qemu_section_get_length (section));
  g_autofree char *id
      = numbered ? g_strdup_printf ("%u", migdesc_qemu_section_get_id (section)) : NULL;
  const char *state = tool_qemu_describe_state (section);
  gboolean bad = g_str_equal (state, "not decoded");
  const char *cells[] = { offset, length, tool_qemu_kind_word (section), id, name,
                          describe_footer (section), state, NULL };

  tool_table_add_row (table, cells, bad ? TOOL_TONE_BAD : TOOL_TONE_PLAIN, 6);
}

static void
print_table (MigdescQemuStream *stream)
{
  static const char *const headings[]
      = { "OFFSET", "LENGTH", "KIND", "ID", "SECTION", "FOOTER", "STATE", NULL };
  ToolTable *table = tool_table_new (headings);

  for (guint i = 0; i < migdesc_qemu_stream_get_n_sections (stream); i++)
    {
      g_autoptr (MigdescQemuSection) section = migdesc_qemu_stream_get_section (stream, i);

      add_row (table, section);
    }
  tool_table_print (table);
}

static void
add_number (ToolJson *json, const char *name, guint64 number)
{
  g_autoptr (GVariant) value = g_variant_ref_sink (g_variant_new_uint64 (number));

  tool_json_add_value (json, name, value);
}

void
tool_qemu_add_section (ToolJson *json, MigdescQemuSection *section)
{
  const char *footer = describe_footer (section);

  tool_json_begin_object (json, NULL);
  add_number (json, "offset", migdesc_qemu_section_get_offset (section));
  add_number (json, "length", migdesc_qemu_section_get_length (section));
  tool_json_add_string (json, "kind", tool_qemu_kind_word (section));
  tool_json_add_string (json, "name", migdesc_qemu_section_get_name (section));
  if (has_id (section))
    {
      add_number (json, "id", migdesc_qemu_section_get_id (section));
      add_number (json, "instance", migdesc_qemu_section_get_instance (section));
      add_number (json, "version", migdesc_qemu_section_get_version (section));
    }
  if (migdesc_qemu_section_get_kind (section) == MIGDESC_QEMU_SECTION_COMMAND)
    add_number (json, "command", migdesc_qemu_section_get_command (section));
  add_number (json, "data_offset", migdesc_qemu_section_get_data_offset (section));
  add_number (json, "data_length", migdesc_qemu_section_get_data_length (section));
  if (footer[0] != '\0')
    tool_json_add_string (json, "footer", footer);
  if (tool_qemu_is_device (section))
    tool_json_add_bool (json, "decoded", migdesc_qemu_section_has_state (section));
  tool_json_end_object (json);
}

void
tool_qemu_add_sections (ToolJson *json, MigdescQemuStream *stream)
{
  tool_json_begin_array (json, "sections");
  for (guint i = 0; i < migdesc_qemu_stream_get_n_sections (stream); i++)
    {
      g_autoptr (MigdescQemuSection) section = migdesc_qemu_stream_get_section (stream, i);

      tool_qemu_add_section (json, section);
    }
  tool_json_end_array (json);
}

ToolStatus
qemu_sections (Tool *tool, int argc, char **argv)
{
  g_auto (ToolQemuOptions) options = { NULL, 0 };
  const GOptionEntry entries[] = { TOOL_QEMU_OPTIONS (&options), G_OPTION_ENTRY_NULL };
  g_auto (GStrv) operands = tool_parse (tool, entries, argc, argv, 1, 1);
  g_autoptr (MigdescQemuStream) stream = NULL;
  MigdescReport *report;

  if (operands == NULL || (stream = tool_qemu_read (tool, &options, operands[0])) == NULL)
    return tool->status;
  report = migdesc_qemu_stream_get_report (stream);
  if (tool->json)
    {
      ToolJson json;

      tool_json_init (&json);
      tool_json_add_string (&json, "file", operands[0]);
      add_number (&json, "size", migdesc_qemu_stream_get_size (stream));
      tool_qemu_add_sections (&json, stream);
      tool_json_add_report (&json, report);
      tool_json_print (&json);
    }
  else
    {
      print_table (stream);
      tool_talk_report (report);
    }
  return tool_qemu_status (stream);
}
