/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "tool-read.h"

#include "tool-output.h"

static void
document_free (gpointer data)
{
  ToolDocument *document = data;

  g_free (document->name);
  g_free (document->title);
  g_clear_object (&document->source);
  g_clear_object (&document->descriptor);
  g_clear_pointer (&document->report, migdesc_report_unref);
  g_clear_error (&document->error);
  g_free (document);
}

/* --- Reading ---------------------------------------------------------- */

static MigdescReader *
new_reader (Tool *tool)
{
  MigdescReader *reader = migdesc_reader_new ();
  MigdescReadFlags flags = MIGDESC_READ_DEFAULT;

  if (tool->lenient)
    flags |= MIGDESC_READ_LENIENT;
  if (tool->strict)
    flags |= MIGDESC_READ_STRICT;
  if (tool->keep_text)
    flags |= MIGDESC_READ_KEEP_TEXT;
  migdesc_reader_set_dialect (reader, tool->dialect);
  migdesc_reader_set_flags (reader, flags);
  return reader;
}

static ToolDocument *
add_document (GPtrArray *documents, const char *name)
{
  ToolDocument *document = g_new0 (ToolDocument, 1);

  document->name = g_strdup (name);
  document->title = migdesc_escape_text (name);
  g_ptr_array_add (documents, document);
  return document;
}

static void
read_place (Tool *tool, MigdescReader *reader, const char *place, GPtrArray *documents)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GListModel) sources = migdesc_source_list (place, tool->dialect, NULL, &error);

  /* A wrong directory must not look like a fleet without objections. */
  if (sources != NULL && g_list_model_get_n_items (sources) == 0)
    g_set_error (&error, MIGDESC_ERROR, MIGDESC_ERROR_CANNOT_READ, "%s: holds no descriptor",
                 place);
  if (error != NULL)
    {
      add_document (documents, place)->error = g_steal_pointer (&error);
      return;
    }
  for (guint i = 0; i < g_list_model_get_n_items (sources); i++)
    {
      g_autoptr (MigdescSource) source = g_list_model_get_item (sources, i);
      ToolDocument *document = add_document (documents, migdesc_source_get_name (source));

      document->source = g_object_ref (source);
      document->descriptor
          = migdesc_source_read (source, reader, NULL, &document->report, &document->error);
    }
}

GPtrArray *
tool_read_all (Tool *tool, char **places)
{
  g_autoptr (MigdescReader) reader = new_reader (tool);
  GPtrArray *documents = g_ptr_array_new_with_free_func (document_free);

  for (guint i = 0; places[i] != NULL; i++)
    read_place (tool, reader, places[i], documents);
  return documents;
}

MigdescDescriptor *
tool_read_one (Tool *tool, const char *place)
{
  char *places[] = { (char *) place, NULL };
  g_autoptr (GPtrArray) documents = tool_read_all (tool, places);
  ToolDocument *document = documents->pdata[0];

  if (documents->len > 1)
    {
      tool_usage_error (tool, "%s: holds %u descriptors, not one", place, documents->len);
      return NULL;
    }
  if (document->error != NULL)
    {
      tool_fail_document (tool, document);
      return NULL;
    }
  tool_tell_document (tool, document);
  return g_steal_pointer (&document->descriptor);
}

/* --- Telling ---------------------------------------------------------- */

/* The first error that reading found. */
static MigdescFinding *
find_culprit (const ToolDocument *document)
{
  for (guint i = 0;
       document->report != NULL && i < migdesc_report_get_n_findings (document->report); i++)
    {
      g_autoptr (MigdescFinding) finding = migdesc_report_get_finding (document->report, i);

      if (migdesc_finding_get_severity (finding) == MIGDESC_SEVERITY_BLOCKER)
        return g_steal_pointer (&finding);
    }
  return NULL;
}

/* @culprit may be NULL, and has to live as long as the place. */
static ToolPlace
place_of (const ToolDocument *document, MigdescFinding *culprit)
{
  ToolPlace place = { .file = document->name };

  if (culprit == NULL)
    return place;
  place.file = migdesc_finding_get_origin (culprit);
  place.line = migdesc_finding_get_line (culprit);
  place.column = migdesc_finding_get_column (culprit);
  place.pointer = migdesc_finding_get_pointer (culprit);
  return place;
}

void
tool_tell_document (Tool *tool, const ToolDocument *document)
{
  if (document->error != NULL)
    {
      tool_print_talk ("%s", document->error->message);
      tool_add_status (tool, tool_status_of_error (document->error));
    }
  else if (document->report != NULL)
    tool_talk_report (document->report);
}

void
tool_json_add_document_error (ToolJson *json, const ToolDocument *document)
{
  g_autoptr (MigdescFinding) culprit = find_culprit (document);
  const ToolPlace place = place_of (document, culprit);

  tool_json_add_error (json, document->error, &place);
}

static gboolean
check_documents (Tool *tool, GPtrArray *documents, gboolean with_warnings)
{
  const ToolDocument *first = NULL;

  for (guint i = 0; i < documents->len; i++)
    {
      const ToolDocument *document = documents->pdata[i];

      if (with_warnings || document->error != NULL)
        tool_tell_document (tool, document);
      if (first == NULL && document->error != NULL)
        first = document;
    }
  if (first != NULL && tool->json)
    {
      ToolJson json;

      tool_json_init (&json);
      tool_json_add_document_error (&json, first);
      tool_json_print (&json);
    }
  return first == NULL;
}

gboolean
tool_check_documents (Tool *tool, GPtrArray *documents)
{
  return check_documents (tool, documents, TRUE);
}

gboolean
tool_check_readable (Tool *tool, GPtrArray *documents)
{
  return check_documents (tool, documents, FALSE);
}

ToolStatus
tool_fail_document (Tool *tool, const ToolDocument *document)
{
  g_autoptr (MigdescFinding) culprit = find_culprit (document);
  const ToolPlace place = place_of (document, culprit);

  return tool_fail (tool, document->error, &place);
}

/* --- Models ----------------------------------------------------------- */

static void
refuse_model (Tool *tool, MigdescDescriptor *descriptor, const char *name)
{
  g_auto (GStrv) names = migdesc_descriptor_dup_model_names (descriptor);
  g_autofree char *known = g_strjoinv (", ", names);
  const char *origin = migdesc_descriptor_get_origin (descriptor);
  const ToolPlace place = { .file = origin };
  g_autoptr (GError) error = NULL;

  if (name == NULL)
    tool_usage_error (tool, "--model is needed: %s has the models %s", origin, known);
  else
    {
      error = g_error_new (MIGDESC_ERROR, MIGDESC_ERROR_MODEL_NOT_FOUND,
                           "%s has no model %s, only %s", origin, name, known);
      tool_fail (tool, error, &place);
    }
}

MigdescModel *
tool_choose_model (Tool *tool, MigdescDescriptor *descriptor, const char *name)
{
  MigdescModel *model = NULL;

  if (name != NULL)
    model = migdesc_descriptor_lookup_model (descriptor, name);
  else if (migdesc_descriptor_get_n_models (descriptor) == 1)
    model = migdesc_descriptor_get_model (descriptor, 0);
  if (model == NULL)
    refuse_model (tool, descriptor, name);
  return model;
}
