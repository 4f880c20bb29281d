/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "codec/read-v4-text.h"

#include "base/limits-private.h"
#include "base/quote.h"

typedef struct
{
  MigdescDraft *draft;
  MigdescDiagnostics *diagnostics;
  const MigdescLimits *limits;
  const char *text;
  gsize length;
  guint64 n_lines;
  guint64 n_models;
  guint64 n_versions; /* of the current model */
} TextReading;

gboolean
migdesc_v4_text_is_model_line (const char *line,
                               gsize length)
{
  return length > 0 && line[length - 1] == ':' && migdesc_is_model_name (line, length - 1);
}

static void
report (TextReading *reading,
        MigdescError code,
        MigdescPlace place,
        const char *message)
{
  migdesc_diagnostics_add (reading->diagnostics, code, MIGDESC_SEVERITY_BLOCKER, place, NULL, "%s",
                           message);
}

/* FALSE, and reported: there are more of them than may be. */
static gboolean
check_limit (TextReading *reading,
             MigdescLimit limit,
             guint64 n,
             MigdescPlace place)
{
  guint64 most = migdesc_limits_get (reading->limits, limit);
  g_autofree char *message = NULL;

  if (n <= most)
    return TRUE;
  message = migdesc_limit_to_message (limit, most);
  report (reading, MIGDESC_ERROR_LIMIT_EXCEEDED, place, message);
  return FALSE;
}

static gboolean
check_text (TextReading *reading)
{
  const char *bad;

  if (!check_limit (reading, MIGDESC_LIMIT_DOCUMENT_SIZE, reading->length,
                    (gsize) migdesc_limits_get (reading->limits,
                                                MIGDESC_LIMIT_DOCUMENT_SIZE)))
    return FALSE;
  if (reading->length >= 3 && memcmp (reading->text, "\xef\xbb\xbf", 3) == 0)
    {
      report (reading, MIGDESC_ERROR_JSON_ENCODING, 0,
              "a text must not start with a byte order mark");
      return FALSE;
    }
  if (!g_utf8_validate_len (reading->text, reading->length, &bad))
    {
      report (reading, MIGDESC_ERROR_JSON_ENCODING, (MigdescPlace) (bad - reading->text),
              *bad == '\0' ? "a NUL byte" : "a byte that is not UTF-8");
      return FALSE;
    }
  return TRUE;
}

static void
end_model (TextReading *reading)
{
  if (reading->n_models == 0)
    return;
  migdesc_draft_end_model (reading->draft);
}

static void
read_version (TextReading *reading,
              MigdescSlice line,
              MigdescPlace place)
{
  g_autofree char *quoted = NULL;

  reading->n_versions++;
  if (reading->n_models > 0)
    {
      migdesc_draft_begin_version (reading->draft, line, place);
      migdesc_draft_end_version (reading->draft);
    }
  else if (reading->n_versions == 1)
    {
      quoted = migdesc_quote (line.text, (gssize) line.length);
      migdesc_diagnostics_add (
          reading->diagnostics, MIGDESC_ERROR_TEXT_SYNTAX, MIGDESC_SEVERITY_BLOCKER, place, NULL,
          "expected a model, as in \"vendor.com/model:\", found \"%s\"", quoted);
    }
}

static gboolean
read_line (TextReading *reading,
           MigdescSlice line,
           MigdescPlace place)
{
  if (!check_limit (reading, MIGDESC_LIMIT_VALUES, ++reading->n_lines, place)
      || !check_limit (reading, MIGDESC_LIMIT_STRING_LENGTH, line.length, place))
    return FALSE;

  if (!migdesc_v4_text_is_model_line (line.text, line.length))
    {
      read_version (reading, line, place);
      return TRUE;
    }
  end_model (reading);
  if (!check_limit (reading, MIGDESC_LIMIT_MEMBERS, ++reading->n_models, place))
    return FALSE;
  reading->n_versions = 0;
  line.length--;
  migdesc_draft_begin_model (reading->draft, line, place);
  return TRUE;
}

void
migdesc_read_v4_text (MigdescDraft *draft,
                      MigdescDiagnostics *diagnostics,
                      const char *text,
                      gsize length,
                      const MigdescLimits *limits)
{
  TextReading reading = {
    .draft = draft, .diagnostics = diagnostics, .limits = limits, .text = text, .length = length
  };
  const char *end = text + length;
  const char *line = text;

  if (!check_text (&reading))
    return;
  while (line < end)
    {
      const char *newline = memchr (line, '\n', (gsize) (end - line));
      const char *stop = newline != NULL ? newline : end;

      /* a blank line separates nothing */
      if (stop > line
          && !read_line (&reading, (MigdescSlice){ line, (gsize) (stop - line) },
                         (MigdescPlace) (line - text)))
        return;
      line = stop + 1;
    }

  end_model (&reading);
  if (reading.n_lines == 0)
    report (&reading, MIGDESC_ERROR_DOCUMENT_EMPTY, 0, "the document has no model");
}
