/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Texts of many hosts: lines, and documents one after the other */

#include <migdesc/migdesc-error.h>
#include <string.h>

#include "base/bytes.h"
#include "base/json-reader.h"
#include "base/quote.h"
#include "fleet/feed/document-feed.h"
#include "fleet/feed/line-feed.h"

/**
 * migdesc_fleet_add_lines:
 * @fleet: a fleet
 * @lines: hosts, a line each
 * @origin: (nullable): where they are from, such as a file name, for messages
 * @progress: (nullable) (scope call): told from time to time how many bytes have been read
 * @user_data: for @progress
 * @cancellable: (nullable): a #GCancellable
 * @error: return location for a #GError
 *
 * Adds hosts from lines of JSON: `{"host": NAME, "labels": {NAME: VALUE}, "slots": [{"name",
 * "count", "descriptor"}]}`. A descriptor is a document as it stands, or a string that holds the
 * text of one; the count is 1 where there is none; labels may be left out, their values are
 * strings, numbers or booleans. Other members are passed over, blank lines as well. Lines that are
 * equal but for a name in front are read once.
 *
 * A line that is no host becomes a row with an error, as with migdesc_fleet_add_text(); one without
 * a name is called `ORIGIN:LINE`. Several threads may be used while this call lasts.
 *
 * %MIGDESC_ERROR_CANCELLED, and %MIGDESC_ERROR_LIMIT_EXCEEDED if the fleet can have no more hosts;
 * hosts that came before stay.
 *
 * Returns: whether all lines have been read
 *
 * Since: 1.0
 */
gboolean
migdesc_fleet_add_lines (MigdescFleet *fleet, GBytes *lines, const char *origin,
                         MigdescProgressFunc progress, gpointer user_data,
                         GCancellable *cancellable, GError **error)
{
  MigdescLineFeed feed = { fleet, origin, progress, user_data, cancellable, 0, 0 };
  const char *text;
  gsize length;

  g_return_val_if_fail (MIGDESC_IS_FLEET (fleet), FALSE);
  g_return_val_if_fail (lines != NULL, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  text = migdesc_bytes_peek (lines, &length);
  return length == 0 || migdesc_line_feed_push (&feed, text, length, error);
}

/**
 * migdesc_fleet_add_documents:
 * @fleet: a fleet
 * @documents: JSON documents, one after the other
 * @origin: (nullable): where they are from, such as a file name, for messages
 * @cancellable: (nullable): a #GCancellable
 * @error: return location for a #GError
 *
 * Adds hosts from JSON documents that follow each other, on as many lines as they like, with
 * nothing but white space between them or the record separators of RFC 7464. Each is a host as in
 * migdesc_fleet_add_lines(), or a descriptor; the host of a descriptor is called `ORIGIN#1`,
 * `ORIGIN#2` and so on, by the number of the document.
 *
 * What is neither becomes a row with an error. Past text that is no JSON, documents go on with the
 * next line that begins with `{` or `[`.
 *
 * %MIGDESC_ERROR_CANCELLED, and %MIGDESC_ERROR_LIMIT_EXCEEDED if the fleet can have no more hosts;
 * hosts that came before stay.
 *
 * Returns: whether all documents have been read
 *
 * Since: 1.0
 */
gboolean
migdesc_fleet_add_documents (MigdescFleet *fleet, GBytes *documents, const char *origin,
                             GCancellable *cancellable, GError **error)
{
  const char *text;
  gsize length;

  g_return_val_if_fail (MIGDESC_IS_FLEET (fleet), FALSE);
  g_return_val_if_fail (documents != NULL, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  text = migdesc_bytes_peek (documents, &length);
  return migdesc_fleet_feed_documents (fleet, text, length, origin, cancellable, error);
}
