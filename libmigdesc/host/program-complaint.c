/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "host/program-complaint.h"

#include <string.h>

#include "base/quote.h"

#define ELLIPSIS "\xe2\x80\xa6"

void
migdesc_complaint_init (MigdescComplaint *complaint)
{
  complaint->text = g_string_new (NULL);
  complaint->cut = FALSE;
}

void
migdesc_complaint_clear (MigdescComplaint *complaint)
{
  g_string_free (complaint->text, TRUE);
  complaint->text = NULL;
}

void
migdesc_complaint_append (MigdescComplaint *complaint, const char *text, gsize length)
{
  gsize surplus;

  g_string_append_len (complaint->text, text, (gssize) length);
  if (complaint->text->len <= MIGDESC_COMPLAINT_KEPT)
    return;
  surplus = complaint->text->len - MIGDESC_COMPLAINT_KEPT;
  g_string_erase (complaint->text, 0, (gssize) surplus);
  complaint->cut = TRUE;
}

char *
migdesc_complaint_to_string (const MigdescComplaint *complaint)
{
  const char *start = complaint->text->str;
  const char *end = start + complaint->text->len;
  const char *first_end;
  const char *last;
  GString *line = g_string_new (NULL);

  while (start < end && g_ascii_isspace (*start))
    start++;
  while (start < end && g_ascii_isspace (end[-1]))
    end--;
  first_end = memchr (start, '\n', (gsize) (end - start));
  last = memrchr (start, '\n', (gsize) (end - start));
  if (first_end == NULL || (!complaint->cut && end - start <= MIGDESC_QUOTE_MAX))
    {
      migdesc_quote_append (line, start, (gsize) (end - start));
      return g_string_free (line, FALSE);
    }
  if (!complaint->cut)
    migdesc_quote_append (line, start, (gsize) (first_end - start));
  g_string_append (line, complaint->cut ? ELLIPSIS " " : " " ELLIPSIS " ");
  migdesc_quote_append (line, last + 1, (gsize) (end - last - 1));
  return g_string_free (line, FALSE);
}
