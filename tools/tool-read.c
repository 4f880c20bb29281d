/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "tool-read.h"

#include "tool-output.h"

#define LIST_FILE_MAX (4 * 1024 * 1024)

static void
document_free (ToolDocument *document)
{
  g_free (document->name);
  g_clear_object (&document->descriptor);
  g_clear_pointer (&document->report, migdesc_report_unref);
  g_clear_error (&document->error);
  g_free (document);
}

static MigdescReader *
new_reader (Tool *tool)
{
  MigdescReader *reader = migdesc_reader_new ();
  MigdescReadFlags flags = MIGDESC_READ_DEFAULT;

  if (tool->lenient)
    flags |= MIGDESC_READ_LENIENT;
  if (tool->strict)
    flags |= MIGDESC_READ_STRICT;
  migdesc_reader_set_dialect (reader, tool->dialect);
  migdesc_reader_set_flags (reader, flags);
  return reader;
}

static void
add_failure (GPtrArray *documents, const char *name, GError *error)
{
  ToolDocument *document = g_new0 (ToolDocument, 1);

  document->name = g_strdup (name);
  document->error = error;
  g_ptr_array_add (documents, document);
}

static void
read_place (Tool *tool, MigdescReader *reader, const char *place, GPtrArray *documents)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GListModel) sources = migdesc_source_list (place, tool->dialect, tool->cancellable, &error);

  if (sources == NULL)
    {
      add_failure (documents, place, g_steal_pointer (&error));
      return;
    }
  for (guint i = 0; i < g_list_model_get_n_items (sources); i++)
    {
      g_autoptr (MigdescSource) source = g_list_model_get_item (sources, i);
      ToolDocument *document = g_new0 (ToolDocument, 1);

      document->name = g_strdup (migdesc_source_get_name (source));
      document->descriptor
          = migdesc_source_read (source, reader, tool->cancellable, &document->report, &document->error);
      g_ptr_array_add (documents, document);
    }
}

GPtrArray *
tool_read_all (Tool *tool, char **places)
{
  g_autoptr (MigdescReader) reader = new_reader (tool);
  GPtrArray *documents = g_ptr_array_new_with_free_func ((GDestroyNotify) document_free);

  for (guint i = 0; places[i] != NULL; i++)
    read_place (tool, reader, places[i], documents);
  return documents;
}

MigdescDescriptor *
tool_read_one (Tool *tool, const char *place)
{
  char *places[] = { (char *) place, NULL };
  g_autoptr (GPtrArray) documents = tool_read_all (tool, places);
  ToolDocument *document;

  if (documents->len != 1)
    {
      tool_usage_error (tool, "%s holds %u descriptors, not one", place, documents->len);
      return NULL;
    }
  document = documents->pdata[0];
  if (document->descriptor == NULL)
    {
      tool_fail (tool, document->error, document->report);
      return NULL;
    }
  tool_tell_warnings (document);
  return g_steal_pointer (&document->descriptor);
}

static MigdescParamList *
read_list_file (const char *path, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (path);
  g_autoptr (GError) io_error = NULL;
  g_autoptr (GFileInputStream) stream = g_file_read (file, NULL, &io_error);
  g_autoptr (GBytes) bytes = NULL;
  MigdescParamList *list;

  /* One byte past the limit tells a longer file from one that just fits. */
  if (stream != NULL)
    bytes = g_input_stream_read_bytes (G_INPUT_STREAM (stream), LIST_FILE_MAX + 1, NULL, &io_error);
  if (bytes == NULL)
    {
      g_set_error (error, MIGDESC_ERROR, MIGDESC_ERROR_CANNOT_READ, "%s: %s", path, io_error->message);
      return NULL;
    }
  if (g_bytes_get_size (bytes) > LIST_FILE_MAX)
    {
      g_set_error (error, MIGDESC_ERROR, MIGDESC_ERROR_LIMIT_EXCEEDED, "%s: longer than %d bytes", path, LIST_FILE_MAX);
      return NULL;
    }
  list = migdesc_param_list_new_from_json (g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes), error);
  if (list == NULL)
    g_prefix_error (error, "%s:", path);
  return list;
}

MigdescParamList *
tool_read_list (Tool *tool, const char *operand)
{
  g_autoptr (GError) error = NULL;
  MigdescParamList *list;

  list = operand[0] == '@' ? read_list_file (operand + 1, &error) : migdesc_param_list_new_from_string (operand, &error);
  if (list == NULL)
    tool_fail (tool, error, NULL);
  return list;
}

static MigdescModel *
refuse_model (Tool *tool, MigdescDescriptor *descriptor, const char *name)
{
  g_auto (GStrv) names = migdesc_descriptor_dup_model_names (descriptor);
  g_autofree char *known = g_strjoinv (", ", names);
  g_autoptr (GError) error = NULL;

  if (name == NULL)
    tool_usage_error (tool, "--model is needed: %s has the models %s", migdesc_descriptor_get_origin (descriptor), known);
  else
    {
      error = g_error_new (MIGDESC_ERROR, MIGDESC_ERROR_MODEL_NOT_FOUND, "%s has no model %s, only %s",
                           migdesc_descriptor_get_origin (descriptor), name, known);
      tool_fail (tool, error, NULL);
    }
  return NULL;
}

MigdescModel *
tool_choose_model (Tool *tool, MigdescDescriptor *descriptor, const char *name)
{
  MigdescModel *model = NULL;

  if (name != NULL)
    model = migdesc_descriptor_lookup_model (descriptor, name);
  else if (migdesc_descriptor_get_n_models (descriptor) == 1)
    model = migdesc_descriptor_get_model (descriptor, 0);
  return model != NULL ? model : refuse_model (tool, descriptor, name);
}

void
tool_tell_warnings (ToolDocument *document)
{
  for (guint i = 0; document->report != NULL && i < migdesc_report_get_n_findings (document->report); i++)
    {
      g_autoptr (MigdescFinding) finding = migdesc_report_get_finding (document->report, i);
      g_autofree char *text = migdesc_finding_to_string (finding);

      tool_print_talk ("%s", text);
    }
}
