/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "qemu-verbs.h"
#include "tool-output.h"
#include "tool-qemu.h"
#include "tool-table.h"

/* --- All of a stream --------------------------------------------------- */

static char *
describe_pages (MigdescQemuStream *stream, guint block, MigdescQemuPage encoding)
{
  guint64 pages = migdesc_qemu_stream_get_block_pages (stream, block, encoding);

  return pages == 0 ? NULL : g_strdup_printf ("%" G_GUINT64_FORMAT, pages);
}

static guint64
sum_bytes (MigdescQemuStream *stream, guint block)
{
  guint64 sum = 0;

  for (guint i = MIGDESC_QEMU_PAGE_ZERO; i <= MIGDESC_QEMU_PAGE_COMPRESSED; i++)
    sum += migdesc_qemu_stream_get_block_bytes (stream, block, (MigdescQemuPage) i);
  return sum;
}

static void
print_memory (MigdescQemuStream *stream)
{
  static const char *const headings[]
      = { "MEMORY", "SIZE", "ZERO PAGES", "PLAIN", "XBZRLE", "COMPRESSED", "BYTES", NULL };
  ToolTable *table;

  if (migdesc_qemu_stream_get_n_blocks (stream) == 0)
    return;
  table = tool_table_new (headings);
  for (guint i = 0; i < migdesc_qemu_stream_get_n_blocks (stream); i++)
    {
      g_autofree char *size
          = g_strdup_printf ("%" G_GUINT64_FORMAT, migdesc_qemu_stream_get_block_size (stream, i));
      g_autofree char *zero = describe_pages (stream, i, MIGDESC_QEMU_PAGE_ZERO);
      g_autofree char *plain = describe_pages (stream, i, MIGDESC_QEMU_PAGE_PLAIN);
      g_autofree char *xbzrle = describe_pages (stream, i, MIGDESC_QEMU_PAGE_XBZRLE);
      g_autofree char *compressed = describe_pages (stream, i, MIGDESC_QEMU_PAGE_COMPRESSED);
      g_autofree char *bytes = g_strdup_printf ("%" G_GUINT64_FORMAT, sum_bytes (stream, i));
      const char *cells[] = { migdesc_qemu_stream_get_block_name (stream, i),
                              size, zero, plain, xbzrle, compressed, bytes, NULL };

      tool_table_add_row (table, cells, TOOL_TONE_PLAIN, 0);
    }
  tool_print_line ("%s", "");
  tool_table_print (table);
}

static void
add_device (ToolTable *table, MigdescQemuSection *section)
{
  g_autofree char *name = migdesc_qemu_section_dup_label (section);
  g_autofree char *version
      = g_strdup_printf ("%u", migdesc_qemu_section_get_version (section));
  g_autofree char *length
      = g_strdup_printf ("%" G_GUINT64_FORMAT, migdesc_qemu_section_get_data_length (section));
  gboolean good = migdesc_qemu_section_has_state (section);
  const char *cells[] = { name, version, length, tool_qemu_describe_state (section), NULL };

  tool_table_add_row (table, cells, good ? TOOL_TONE_PLAIN : TOOL_TONE_BAD, 3);
}

static void
print_devices (MigdescQemuStream *stream)
{
  static const char *const headings[] = { "SECTION", "VERSION", "BYTES", "STATE", NULL };
  ToolTable *table = tool_table_new (headings);

  for (guint i = 0; i < migdesc_qemu_stream_get_n_sections (stream); i++)
    {
      g_autoptr (MigdescQemuSection) section = migdesc_qemu_stream_get_section (stream, i);

      if (tool_qemu_is_device (section))
        add_device (table, section);
    }
  tool_print_line ("%s", "");
  tool_table_print (table);
}

static void
print_stream (MigdescQemuStream *stream, const char *place)
{
  g_autofree char *findings
      = migdesc_report_to_string (migdesc_qemu_stream_get_report (stream));
  const char *machine = migdesc_qemu_stream_get_machine (stream);
  const char *compression = migdesc_qemu_stream_get_libvirt_compression (stream);

  tool_print_line ("File:    %s", place);
  if (migdesc_qemu_stream_get_libvirt_xml (stream) != NULL)
    tool_print_line ("Image:   of libvirt, %s, the domain %s",
                     compression != NULL ? compression : "not compressed",
                     migdesc_qemu_stream_was_running (stream) ? "ran" : "was paused");
  tool_print_line ("Machine: %s", machine != NULL ? machine : "not said");
  tool_print_line ("Size:    %" G_GUINT64_FORMAT " bytes", migdesc_qemu_stream_get_size (stream));
  tool_print_line ("Page:    %u bytes", migdesc_qemu_stream_get_page_size (stream));
  print_memory (stream);
  print_devices (stream);
  if (findings[0] == '\0')
    return;
  tool_print_line ("%s", "");
  tool_print_lines (findings, "");
}

static void
add_number (ToolJson *json, const char *name, guint64 number)
{
  g_autoptr (GVariant) value = g_variant_ref_sink (g_variant_new_uint64 (number));

  tool_json_add_value (json, name, value);
}

static void
add_memory (ToolJson *json, MigdescQemuStream *stream)
{
  static const char *const words[] = { "zero", "plain", "xbzrle", "compressed" };

  tool_json_begin_array (json, "memory");
  for (guint i = 0; i < migdesc_qemu_stream_get_n_blocks (stream); i++)
    {
      tool_json_begin_object (json, NULL);
      tool_json_add_string (json, "name", migdesc_qemu_stream_get_block_name (stream, i));
      add_number (json, "size", migdesc_qemu_stream_get_block_size (stream, i));
      for (guint j = 0; j < G_N_ELEMENTS (words); j++)
        {
          MigdescQemuPage encoding = (MigdescQemuPage) j;

          if (migdesc_qemu_stream_get_block_pages (stream, i, encoding) == 0)
            continue;
          tool_json_begin_object (json, words[j]);
          add_number (json, "pages", migdesc_qemu_stream_get_block_pages (stream, i, encoding));
          add_number (json, "bytes", migdesc_qemu_stream_get_block_bytes (stream, i, encoding));
          tool_json_end_object (json);
        }
      tool_json_end_object (json);
    }
  tool_json_end_array (json);
}

static void
print_stream_json (MigdescQemuStream *stream, const char *place)
{
  ToolJson json;

  tool_json_init (&json);
  tool_json_add_string (&json, "file", place);
  tool_json_add_string (&json, "machine", migdesc_qemu_stream_get_machine (stream));
  add_number (&json, "size", migdesc_qemu_stream_get_size (stream));
  add_number (&json, "page_size", migdesc_qemu_stream_get_page_size (stream));
  add_memory (&json, stream);
  tool_qemu_add_sections (&json, stream);
  tool_json_add_report (&json, migdesc_qemu_stream_get_report (stream));
  tool_json_print (&json);
}

/* --- One section ------------------------------------------------------- */

static ToolStatus
show_section (Tool *tool, MigdescQemuSection *section, const char *place)
{
  const ToolPlace where = { .file = place };
  g_autofree char *label = migdesc_qemu_section_dup_label (section);
  g_autoptr (GError) error = NULL;
  g_autoptr (MigdescState) state = migdesc_qemu_section_get_state (section, &error);
  g_autofree char *text = NULL;

  if (state == NULL)
    return tool_fail (tool, error, &where);
  text = tool->json ? migdesc_state_to_json (state, FALSE) : migdesc_state_to_string (state);
  if (tool->json)
    {
      ToolJson json;

      tool_json_init (&json);
      tool_json_add_string (&json, "section", label);
      add_number (&json, "version", migdesc_qemu_section_get_version (section));
      tool_json_add_raw (&json, "state", text);
      tool_json_print (&json);
      return TOOL_YES;
    }
  tool_print_line ("%s, version %u:", label, migdesc_qemu_section_get_version (section));
  tool_print_lines (text, "  ");
  return TOOL_YES;
}

ToolStatus
qemu_show (Tool *tool, int argc, char **argv)
{
  g_auto (ToolQemuOptions) options = { NULL, 0 };
  const GOptionEntry entries[] = { TOOL_QEMU_OPTIONS (&options), G_OPTION_ENTRY_NULL };
  g_auto (GStrv) operands = tool_parse (tool, entries, argc, argv, 1, 2);
  g_autoptr (MigdescQemuStream) stream = NULL;
  g_autoptr (MigdescQemuSection) section = NULL;

  if (operands == NULL || (stream = tool_qemu_read (tool, &options, operands[0])) == NULL)
    return tool->status;
  if (operands[1] != NULL)
    {
      section = tool_qemu_find (tool, stream, operands[0], operands[1]);
      return section == NULL ? tool->status : show_section (tool, section, operands[0]);
    }
  if (tool->json)
    print_stream_json (stream, operands[0]);
  else
    print_stream (stream, operands[0]);
  return tool_qemu_status (stream);
}
