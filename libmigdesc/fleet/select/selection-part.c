/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* What has to be known of a part of a fleet for an answer about the whole of it */

#include "fleet/reasons.h"
#include "fleet/select/selection-private.h"

/**
 * migdesc_selection_reasons_to_json:
 * @selection: a selection
 *
 * Writes why hosts are not of the best rank in all its wordings, as one JSON array: `[{"code",
 * "param", "hosts", "messages": {MESSAGE: HOSTS}}]`. Where a fleet is in several parts, as on
 * several machines, the numbers of the parts add up to those of the whole; the message in
 * migdesc_selection_summary_to_json() is that of the most hosts, or of those the first in the order
 * of bytes.
 *
 * Returns: (transfer full): the JSON text, one line without line end
 *
 * Since: 1.0
 */
char *
migdesc_selection_reasons_to_json (const MigdescSelection *selection)
{
  MigdescJsonWriter writer;
  GString *json;

  g_return_val_if_fail (selection != NULL, NULL);

  json = g_string_new (NULL);
  migdesc_json_writer_init (&writer, json, FALSE);
  migdesc_reasons_append_all_json (selection->reasons, &writer);
  return g_string_free (json, FALSE);
}
