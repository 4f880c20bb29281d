/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "model/json-error.h"

#include <string.h>

#include "base/json-locate.h"
#include "base/quote.h"
#include "model/report-private.h"

void
migdesc_json_set_error (const MigdescJsonReader *reader,
                        const char *text,
                        gsize length,
                        const char *origin,
                        GError **error)
{
  g_autoptr (GString) message = g_string_new (NULL);
  g_auto (MigdescLocation) location = { 0 };
  gsize offset = reader->error_offset;

  migdesc_json_locate (text, length, &offset, 1, &location);
  migdesc_append_place (message, origin, location.line, location.column);
  g_string_append (message, reader->message);
  if (location.pointer != NULL && location.pointer[0] != '\0')
    {
      g_string_append (message, " (at ");
      migdesc_quote_append (message, location.pointer, strlen (location.pointer));
      g_string_append_c (message, ')');
    }
  g_set_error_literal (error, MIGDESC_ERROR, (int) reader->error, message->str);
}
