/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "host/tree-type.h"

#include <migdesc/migdesc-error.h>
#include <migdesc/migdesc-text.h>
#include <sys/stat.h>

#include "host/tree-document.h"
#include "model/report-private.h"

static void
set_error (GError **error, MigdescError code, const char *path, const char *what)
{
  g_autofree char *escaped = migdesc_escape_text (path);

  g_set_error (error, MIGDESC_ERROR, code, "%s: %s", escaped, what);
}

static gboolean
open_types (const MigdescTreeDirectory *root, MigdescTreeDirectory *types, GError **error)
{
  g_autoptr (GError) local = NULL;

  if (migdesc_tree_directory_open (types, root, MIGDESC_TREE_TYPES, &local))
    return TRUE;
  if (local == NULL)
    set_error (&local, MIGDESC_ERROR_TREE_INVALID, root->place,
               "has no directory " MIGDESC_TREE_TYPES);
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* --- Which there are -------------------------------------------------- */

/* One that cannot be looked through may publish something; reading it tells what is wrong. */
static gboolean
publishes (const MigdescTreeDirectory *types, const char *name)
{
  g_auto (MigdescTreeDirectory) type = MIGDESC_TREE_DIRECTORY_INIT;
  g_autoptr (GError) local = NULL;
  MigdescTreeLayout layout = MIGDESC_TREE_LAYOUT_NONE;

  if (migdesc_tree_directory_open (&type, types, name, &local))
    migdesc_tree_find_layout (&type, &layout, &local);
  return local != NULL || layout != MIGDESC_TREE_LAYOUT_NONE;
}

gboolean
migdesc_tree_type_is_published (const MigdescTreeDirectory *root, const char *name)
{
  g_auto (MigdescTreeDirectory) types = MIGDESC_TREE_DIRECTORY_INIT;
  g_autoptr (GError) local = NULL;

  if (!migdesc_tree_directory_open (&types, root, MIGDESC_TREE_TYPES, &local))
    return local != NULL;
  return publishes (&types, name);
}

char **
migdesc_tree_types_list (const MigdescTreeDirectory *root, MigdescDialect dialect, GError **error)
{
  g_auto (MigdescTreeDirectory) types = MIGDESC_TREE_DIRECTORY_INIT;
  g_auto (GStrv) names = NULL;
  g_autoptr (GPtrArray) wanted = g_ptr_array_new ();

  if (!open_types (root, &types, error)
      || (names = migdesc_tree_list (&types, S_IFDIR, NULL, error)) == NULL)
    return NULL;
  for (guint i = 0; names[i] != NULL; i++)
    if (dialect == MIGDESC_DIALECT_SYSFS_2019 || publishes (&types, names[i]))
      g_ptr_array_add (wanted, g_strdup (names[i]));
  g_ptr_array_add (wanted, NULL);
  return (char **) g_ptr_array_steal (wanted, NULL);
}

/* --- Places ----------------------------------------------------------- */

/* The attribute that the text has at @offset, or NULL for none of them. */
static const char *
find_file (const MigdescTreeDocument *document, gint64 offset)
{
  const char *file = NULL;

  for (guint i = 0; i < document->parts->len; i++)
    {
      const MigdescTreePart *part = &g_array_index (document->parts, MigdescTreePart, i);

      if ((gint64) part->offset > offset)
        break;
      file = part->file;
    }
  return file;
}

/* Lines and columns of a text that nobody sees help nobody. */
static MigdescFindingCore *
place_finding (const MigdescTreeDocument *document, const MigdescFindingCore *finding)
{
  MigdescFindingCore *placed = migdesc_finding_core_new (NULL, (MigdescSeverity) finding->severity);
  const char *file = find_file (document, finding->offset);

  placed->code = finding->code;
  placed->message = g_strdup (finding->message);
  placed->remedy = g_strdup (finding->remedy);
  if (file != NULL)
    placed->origin = g_strdup_printf ("%s/%s", document->origin, file);
  else
    {
      placed->origin = g_strdup (document->origin);
      placed->pointer = g_strdup (finding->pointer);
    }
  return placed;
}

static MigdescReport *
place_findings (const MigdescTreeDocument *document, const MigdescReport *report)
{
  MigdescReport *placed
      = migdesc_report_new_limited (MAX (1, migdesc_report_get_n_findings (report)));

  for (guint i = 0; i < migdesc_report_get_n_findings (report); i++)
    migdesc_report_take (placed, place_finding (document, migdesc_report_peek (report, i)));
  migdesc_report_omit_many (placed, migdesc_report_get_n_omitted (report));
  return placed;
}

/* The same error with the first blocker's place. */
static GError *
place_error (const GError *error, const MigdescReport *report)
{
  guint n_blockers = 0;
  const MigdescFindingCore *first = NULL;
  g_autoptr (GString) message = g_string_new (NULL);

  for (guint i = 0; i < migdesc_report_get_n_findings (report); i++)
    {
      const MigdescFindingCore *finding = migdesc_report_peek (report, i);

      if (finding->severity != MIGDESC_SEVERITY_BLOCKER)
        continue;
      first = first != NULL ? first : finding;
      n_blockers++;
    }
  if (first == NULL)
    return g_error_copy (error);
  migdesc_append_place (message, first->origin, 0, 0);
  g_string_append (message, first->message);
  if (first->pointer != NULL && first->pointer[0] != '\0')
    {
      g_autofree char *pointer = migdesc_escape_text (first->pointer);

      g_string_append_printf (message, " (at %s)", pointer);
    }
  if (n_blockers > 1)
    g_string_append_printf (message, ", and %u more error%s", n_blockers - 1,
                            n_blockers > 2 ? "s" : "");
  return g_error_new_literal (error->domain, error->code, message->str);
}

/* --- Reading one ------------------------------------------------------ */

/* The reader's own dialect was about the tree. */
static MigdescReader *
reader_for_text (MigdescReader *reader, MigdescDialect dialect)
{
  g_autoptr (MigdescLimits) limits = migdesc_reader_get_limits (reader);
  MigdescReader *inner = migdesc_reader_new ();

  migdesc_reader_set_flags (inner, migdesc_reader_get_flags (reader));
  migdesc_reader_set_limits (inner, limits);
  migdesc_reader_set_dialect (inner, dialect);
  return inner;
}

static MigdescDescriptor *
read_document (const MigdescTreeDocument *document, MigdescReader *reader, MigdescReport **report,
               GError **error)
{
  g_autoptr (MigdescReader) inner = reader_for_text (reader, document->dialect);
  g_autoptr (MigdescReport) found = NULL;
  g_autoptr (MigdescReport) placed = NULL;
  g_autoptr (GError) local = NULL;
  MigdescDescriptor *descriptor
      = migdesc_reader_read_bytes (inner, document->text, document->origin, &found, &local);

  if (found != NULL && document->parts != NULL)
    placed = place_findings (document, found);
  if (local != NULL)
    g_propagate_error (error,
                       placed != NULL ? place_error (local, placed) : g_steal_pointer (&local));
  if (report != NULL)
    *report = placed != NULL ? g_steal_pointer (&placed) : g_steal_pointer (&found);
  return descriptor;
}

/* The third revision has exactly one model a type. */
static gboolean
check_one_model (const MigdescTreeDocument *document, MigdescTreeLayout layout,
                 MigdescDescriptor *descriptor, GError **error)
{
  guint n = migdesc_descriptor_get_n_models (descriptor);
  g_autofree char *what = NULL;

  if (layout != MIGDESC_TREE_LAYOUT_INFO || n == 1)
    return TRUE;
  what = g_strdup_printf ("a type has exactly one model, not %u", n);
  set_error (error, MIGDESC_ERROR_TREE_INVALID, document->origin, what);
  return FALSE;
}

static gboolean
find_layout (const MigdescTreeDirectory *type, MigdescDialect dialect, MigdescTreeLayout *layout,
             GError **error)
{
  *layout = MIGDESC_TREE_LAYOUT_2019;
  if (dialect == MIGDESC_DIALECT_SYSFS_2019)
    return TRUE;
  if (!migdesc_tree_find_layout (type, layout, error))
    return FALSE;
  if (*layout != MIGDESC_TREE_LAYOUT_NONE)
    return TRUE;
  set_error (error, MIGDESC_ERROR_TREE_INVALID, type->place, "publishes nothing about migration");
  return FALSE;
}

static gboolean
open_type (const MigdescTreeDirectory *root, const char *name, MigdescTreeDirectory *type,
           GError **error)
{
  g_auto (MigdescTreeDirectory) types = MIGDESC_TREE_DIRECTORY_INIT;
  g_autoptr (GError) local = NULL;

  if (!open_types (root, &types, error))
    return FALSE;
  if (migdesc_tree_directory_open (type, &types, name, &local))
    return TRUE;
  if (local == NULL)
    {
      g_autofree char *path = g_strdup_printf ("%s/%s", types.place, name);

      set_error (&local, MIGDESC_ERROR_CANNOT_READ, path, "there is no such type");
    }
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

MigdescDescriptor *
migdesc_tree_type_read (const MigdescTreeDirectory *root, const char *name, MigdescReader *reader,
                        MigdescReport **report, GError **error)
{
  g_auto (MigdescTreeDirectory) type = MIGDESC_TREE_DIRECTORY_INIT;
  g_autoptr (MigdescLimits) limits = migdesc_reader_get_limits (reader);
  g_autoptr (MigdescTreeDocument) document = NULL;
  g_autoptr (MigdescDescriptor) descriptor = NULL;
  MigdescTreeLayout layout;

  if (!open_type (root, name, &type, error)
      || !find_layout (&type, migdesc_reader_get_dialect (reader), &layout, error))
    return NULL;
  document = migdesc_tree_document_new (
      root, &type, name, layout, migdesc_limits_get (limits, MIGDESC_LIMIT_DOCUMENT_SIZE), error);
  if (document == NULL)
    return NULL;
  descriptor = read_document (document, reader, report, error);
  if (descriptor == NULL || !check_one_model (document, layout, descriptor, error))
    return NULL;
  return g_steal_pointer (&descriptor);
}
