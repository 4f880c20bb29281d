/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "state-verbs.h"
#include "tool-output.h"
#include "tool-stream.h"
#include "tool-table.h"

/* The devices to show: all, or one. */
typedef struct
{
  const ToolStream *stream;
  guint first, end;
} Range;

static void
print_devices (const Range *range)
{
  static const char *const headings[]
      = { "DEVICE", "MODEL", "VERSION", "STATE", "PARAMS", "SCHEMA", NULL };
  MigdescManifest *manifest = range->stream->manifest;
  ToolTable *table = tool_table_new (headings);

  for (guint i = range->first; i < range->end; i++)
    {
      g_autofree char *state
          = g_strdup_printf ("%u", migdesc_manifest_get_state_version (manifest, i));
      g_autofree char *params = tool_stream_describe_params (range->stream, i);
      g_autofree char *digest = tool_stream_shorten_digest (range->stream, i);
      const char *cells[] = { migdesc_manifest_get_id (manifest, i),
                              migdesc_manifest_get_model (manifest, i),
                              migdesc_manifest_get_version (manifest, i),
                              state,
                              params,
                              digest,
                              NULL };

      tool_table_add_row (table, cells, TOOL_TONE_PLAIN, 0);
    }
  tool_table_print (table);
}

static void
print_stream (const Range *range)
{
  const ToolStream *stream = range->stream;

  tool_print_line ("File:   %s", stream->name);
  tool_print_line ("Format: %s", migdesc_stream_reader_get_format (stream->reader));
  tool_print_line ("Size:   %" G_GUINT64_FORMAT " bytes", stream->size);
  tool_print_line ("%s", "");
  print_devices (range);
  for (guint i = range->first; i < range->end; i++)
    {
      g_autoptr (MigdescState) state = tool_stream_get_state (stream, i);
      g_autofree char *text = state != NULL ? migdesc_state_to_string (state) : NULL;

      if (text == NULL)
        continue;
      tool_print_line ("%s", "");
      tool_print_line ("%s:", migdesc_manifest_get_id (stream->manifest, i));
      tool_print_lines (text, "  ");
    }
}

static void
print_stream_json (const Range *range)
{
  const ToolStream *stream = range->stream;
  const ToolPlace place = { .file = stream->name };
  g_autofree char *manifest = migdesc_manifest_to_json (stream->manifest, FALSE);
  g_autoptr (GVariant) size = g_variant_ref_sink (g_variant_new_uint64 (stream->size));
  ToolJson json;

  tool_json_init (&json);
  tool_json_add_string (&json, "file", stream->name);
  tool_json_add_string (&json, "format", migdesc_stream_reader_get_format (stream->reader));
  tool_json_add_value (&json, "size", size);
  tool_json_add_raw (&json, "manifest", manifest);
  tool_json_begin_object (&json, "states");
  for (guint i = range->first; i < range->end; i++)
    {
      g_autoptr (MigdescState) state = tool_stream_get_state (stream, i);
      g_autofree char *text = state != NULL ? migdesc_state_to_json (state, FALSE) : NULL;

      if (text != NULL)
        tool_json_add_raw (&json, migdesc_manifest_get_id (stream->manifest, i), text);
    }
  tool_json_end_object (&json);
  if (stream->error != NULL)
    tool_json_add_error (&json, stream->error, &place);
  tool_json_print (&json);
}

ToolStatus
state_show (Tool *tool, int argc, char **argv)
{
  g_auto (GStrv) schemas = NULL;
  const GOptionEntry entries[] = { STATE_SCHEMA_OPTION (&schemas), G_OPTION_ENTRY_NULL };
  g_auto (GStrv) operands = tool_parse (tool, entries, argc, argv, 1, 2);
  g_autoptr (ToolStream) stream = NULL;
  Range range;

  if (operands == NULL
      || (stream = tool_stream_read (tool, operands[0], schemas, FALSE)) == NULL)
    return tool->status;
  range = (Range){ stream, 0, migdesc_manifest_get_n_devices (stream->manifest) };
  if (operands[1] != NULL)
    {
      if (!tool_stream_choose (tool, stream, operands[1], &range.first))
        return tool->status;
      range.end = range.first + 1;
    }
  if (tool->json)
    print_stream_json (&range);
  else
    print_stream (&range);
  if (stream->error == NULL)
    return TOOL_YES;
  tool_print_talk ("%s", stream->error->message);
  return tool_status_of_error (stream->error);
}
