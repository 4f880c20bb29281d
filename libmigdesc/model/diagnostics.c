/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <string.h>

#include "base/json-locate.h"
#include "base/quote.h"
#include "model/diagnostics.h"
#include "model/report-private.h"

typedef struct
{
  MigdescError code;
  MigdescSeverity severity;
  guint line, column; /* 0: none, or not yet resolved */
  gsize offset;       /* G_MAXSIZE: none */
  char *pointer;      /* nullable */
  char *message;
} Entry;

struct _MigdescDiagnostics
{
  GArray *entries;
  guint max_findings;
  guint n_errors; /* those omitted too */
  guint n_omitted;
  char *origin; /* nullable */
};

static void
clear_entry (Entry *entry)
{
  g_free (entry->pointer);
  g_free (entry->message);
}

static Entry *
get_entry (const MigdescDiagnostics *diagnostics,
           guint position)
{
  return &g_array_index (diagnostics->entries, Entry, position);
}

MigdescDiagnostics *
migdesc_diagnostics_new (guint max_findings)
{
  MigdescDiagnostics *diagnostics = g_new0 (MigdescDiagnostics, 1);

  diagnostics->entries = g_array_new (FALSE, FALSE, sizeof (Entry));
  g_array_set_clear_func (diagnostics->entries, (GDestroyNotify) clear_entry);
  diagnostics->max_findings = MAX (max_findings, 1);
  return diagnostics;
}

void
migdesc_diagnostics_free (MigdescDiagnostics *diagnostics)
{
  g_array_unref (diagnostics->entries);
  g_free (diagnostics->origin);
  g_free (diagnostics);
}

/* The first error is kept however many warnings came before it, or there would be nothing to fail
 * with. */
gboolean
migdesc_diagnostics_is_full (const MigdescDiagnostics *diagnostics,
                             MigdescSeverity severity)
{
  return diagnostics->entries->len >= diagnostics->max_findings
         && (severity != MIGDESC_SEVERITY_BLOCKER || diagnostics->n_errors > 0);
}

static gboolean
make_room (MigdescDiagnostics *diagnostics,
           MigdescSeverity severity)
{
  if (diagnostics->entries->len < diagnostics->max_findings)
    return TRUE;
  diagnostics->n_omitted++;
  if (migdesc_diagnostics_is_full (diagnostics, severity))
    return FALSE;
  g_array_set_size (diagnostics->entries, diagnostics->entries->len - 1);
  return TRUE;
}

void
migdesc_diagnostics_add (MigdescDiagnostics *diagnostics,
                         MigdescError code,
                         MigdescSeverity severity,
                         gsize offset,
                         const char *pointer,
                         const char *format,
                         ...)
{
  gboolean room = make_room (diagnostics, severity);
  Entry entry = { .code = code, .severity = severity, .offset = offset };
  va_list args;

  if (severity == MIGDESC_SEVERITY_BLOCKER)
    diagnostics->n_errors++;
  if (!room)
    return;

  entry.pointer = g_strdup (pointer);
  va_start (args, format);
  entry.message = g_strdup_vprintf (format, args);
  va_end (args);
  g_array_append_val (diagnostics->entries, entry);
}

gboolean
migdesc_diagnostics_has_errors (const MigdescDiagnostics *diagnostics)
{
  return diagnostics->n_errors > 0;
}

guint
migdesc_diagnostics_get_n (const MigdescDiagnostics *diagnostics)
{
  return diagnostics->entries->len + diagnostics->n_omitted;
}

static int
compare_offsets (gconstpointer first,
                 gconstpointer second)
{
  const Entry *entry = first;
  const Entry *other = second;

  return (entry->offset > other->offset) - (entry->offset < other->offset);
}

/* In the order of the text, and in the order found where the place is the same or there is none.
 * Returns how many have a place. */
static guint
sort_entries (MigdescDiagnostics *diagnostics)
{
  guint n = diagnostics->entries->len;

  g_array_sort (diagnostics->entries, compare_offsets); /* stable, as GLib documents */
  while (n > 0 && get_entry (diagnostics, n - 1)->offset == G_MAXSIZE)
    n--;
  return n;
}

static void
set_origin (MigdescDiagnostics *diagnostics,
            const char *origin)
{
  g_free (diagnostics->origin);
  diagnostics->origin = g_strdup (origin);
}

void
migdesc_diagnostics_resolve_json (MigdescDiagnostics *diagnostics,
                                  const char *text,
                                  gsize length,
                                  const char *origin)
{
  guint n = sort_entries (diagnostics);
  g_autofree gsize *offsets = g_new (gsize, n);
  g_autofree MigdescLocation *locations = g_new0 (MigdescLocation, n);

  set_origin (diagnostics, origin);
  for (guint i = 0; i < n; i++)
    offsets[i] = get_entry (diagnostics, i)->offset;
  migdesc_json_locate (text, length, offsets, n, locations);
  for (guint i = 0; i < n; i++)
    {
      Entry *entry = get_entry (diagnostics, i);

      entry->line = locations[i].line;
      entry->column = locations[i].column;
      if (entry->pointer == NULL)
        entry->pointer = g_steal_pointer (&locations[i].pointer);
      migdesc_location_clear (&locations[i]);
    }
}

void
migdesc_diagnostics_resolve_lines (MigdescDiagnostics *diagnostics,
                                   const char *text,
                                   gsize length,
                                   const char *origin)
{
  guint n = sort_entries (diagnostics);
  guint line = 1;
  guint column = 1;
  gsize at = 0;

  set_origin (diagnostics, origin);
  for (guint i = 0; i < n; i++)
    {
      Entry *entry = get_entry (diagnostics, i);

      for (; at < MIN (entry->offset, length); at++)
        if (text[at] == '\n')
          {
            line++;
            column = 1;
          }
        else
          column += ((guchar) text[at] & 0xc0) != 0x80;
      entry->line = line;
      entry->column = column;
    }
}

MigdescReport *
migdesc_diagnostics_to_report (MigdescDiagnostics *diagnostics)
{
  MigdescReport *report = migdesc_report_new_limited (diagnostics->max_findings);

  for (guint i = 0; i < diagnostics->entries->len; i++)
    {
      const Entry *entry = get_entry (diagnostics, i);
      MigdescFindingCore *core =
          migdesc_finding_core_new (migdesc_error_get_nick (entry->code), entry->severity);

      core->offset = entry->offset == G_MAXSIZE ? -1 : (gint64) entry->offset;
      core->line = entry->line;
      core->column = entry->column;
      core->origin = g_strdup (diagnostics->origin);
      core->pointer = g_strdup (entry->pointer);
      core->message = g_strdup (entry->message);
      migdesc_report_take (report, core);
    }
  /* the first error is always kept, so that those omitted cannot change the verdict */
  migdesc_report_omit_many (report, diagnostics->n_omitted);
  return report;
}

static const Entry *
find_first_error (const MigdescDiagnostics *diagnostics)
{
  for (guint i = 0; i < diagnostics->entries->len; i++)
    if (get_entry (diagnostics, i)->severity == MIGDESC_SEVERITY_BLOCKER)
      return get_entry (diagnostics, i);
  return NULL;
}

void
migdesc_diagnostics_to_error (MigdescDiagnostics *diagnostics,
                              GError **error)
{
  const Entry *entry = find_first_error (diagnostics);
  g_autoptr (GString) message = NULL;

  g_return_if_fail (entry != NULL);

  message = g_string_new (NULL);
  migdesc_append_place (message, diagnostics->origin, entry->line, entry->column);
  g_string_append (message, entry->message);
  if (entry->pointer != NULL && *entry->pointer != '\0')
    {
      g_string_append (message, " (at ");
      migdesc_quote_append (message, entry->pointer, strlen (entry->pointer));
      g_string_append_c (message, ')');
    }
  if (diagnostics->n_errors > 1)
    g_string_append_printf (message, ", and %u more error%s", diagnostics->n_errors - 1,
                            diagnostics->n_errors > 2 ? "s" : "");
  g_set_error_literal (error, MIGDESC_ERROR, (int) entry->code, message->str);
}

void
migdesc_diagnostics_set_json_error (const MigdescJsonReader *json,
                                    GError **error)
{
  g_autoptr (MigdescDiagnostics) diagnostics = migdesc_diagnostics_new (1);

  migdesc_diagnostics_add (diagnostics, json->error, MIGDESC_SEVERITY_BLOCKER, json->error_offset,
                           NULL, "%s", json->message);
  migdesc_diagnostics_resolve_json (diagnostics, json->text, (gsize) (json->end - json->text),
                                    NULL);
  migdesc_diagnostics_to_error (diagnostics, error);
}
