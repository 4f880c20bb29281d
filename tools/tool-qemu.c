/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "tool-qemu.h"

#include <string.h>
#include <unistd.h>

#include "tool-output.h"
#include "tool-read.h"

static gboolean
is_json (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileInputStream) stream = g_file_read (file, NULL, &error);
  char first = 0;

  return stream != NULL
         && g_input_stream_read (G_INPUT_STREAM (stream), &first, 1, NULL, NULL) == 1
         && first == '{';
}

static MigdescQemuDescription *
read_description (Tool *tool, const char *path)
{
  const ToolPlace place = { .file = path };
  g_autoptr (GError) error = NULL;
  g_autoptr (MigdescQemuStream) stream = NULL;
  MigdescQemuDescription *description = NULL;

  if (is_json (path))
    {
      g_autoptr (GBytes) bytes = tool_read_file (path, &error);

      if (bytes != NULL)
        description = migdesc_qemu_description_new_from_json (
            g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes), NULL, &error);
      if (description == NULL)
        tool_fail_text (tool, error, path);
      return description;
    }
  stream = migdesc_qemu_stream_new_from_file (path, NULL, 0, NULL, NULL, &error);
  if (stream != NULL)
    description = migdesc_qemu_stream_get_description (stream);
  if (stream != NULL && description == NULL)
    g_set_error (&error, MIGDESC_ERROR, MIGDESC_ERROR_STATE_MISSING,
                 "%s has no description that can be read", path);
  if (error != NULL)
    tool_fail (tool, error, &place);
  return description == NULL ? NULL : g_object_ref (description);
}

MigdescQemuStream *
tool_qemu_read (Tool *tool, const ToolQemuOptions *options, const char *place)
{
  const ToolPlace where = { .file = place };
  g_autoptr (MigdescQemuDescription) description = NULL;
  g_autoptr (GError) error = NULL;
  MigdescQemuStream *stream;
  guint page_size = (guint) MAX (options->page_size, 0);

  if (options->page_size < 0 || (page_size != 0 && (page_size & (page_size - 1)) != 0))
    {
      tool_usage_error (tool, "--page-size N is a power of two from 1024 to 65536");
      return NULL;
    }
  if (options->description != NULL)
    {
      description = read_description (tool, options->description);
      if (description == NULL)
        return NULL;
    }
  if (g_str_equal (place, "-"))
    {
      stream = migdesc_qemu_stream_new_from_fd (STDIN_FILENO, description, page_size, NULL, NULL,
                                                &error);
      if (stream == NULL)
        g_prefix_error (&error, "-: ");
    }
  else
    stream = migdesc_qemu_stream_new_from_file (place, description, page_size, NULL, NULL,
                                                &error);
  if (stream == NULL)
    tool_fail (tool, error, &where);
  return stream;
}

MigdescQemuSection *
tool_qemu_find (Tool *tool, MigdescQemuStream *stream, const char *place, const char *name)
{
  const ToolPlace where = { .file = place };
  g_autoptr (GError) error = NULL;
  MigdescQemuSection *section = migdesc_qemu_stream_find_section (stream, name, &error);

  if (section == NULL)
    tool_fail (tool, error, &where);
  return section;
}

ToolStatus
tool_qemu_status (MigdescQemuStream *stream)
{
  return tool_status_of_verdict (
      migdesc_report_get_verdict (migdesc_qemu_stream_get_report (stream)));
}

const char *
tool_qemu_kind_word (MigdescQemuSection *section)
{
  g_autoptr (GEnumClass) kinds = g_type_class_ref (MIGDESC_TYPE_QEMU_SECTION_KIND);
  const GEnumValue *value
      = g_enum_get_value (kinds, (int) migdesc_qemu_section_get_kind (section));

  return value == NULL ? "" : value->value_nick;
}

gboolean
tool_qemu_is_device (MigdescQemuSection *section)
{
  MigdescQemuSectionKind kind = migdesc_qemu_section_get_kind (section);

  return kind == MIGDESC_QEMU_SECTION_FULL || kind == MIGDESC_QEMU_SECTION_CONFIGURATION;
}

const char *
tool_qemu_describe_state (MigdescQemuSection *section)
{
  if (!tool_qemu_is_device (section))
    return "";
  return migdesc_qemu_section_has_state (section) ? "decoded" : "not decoded";
}
