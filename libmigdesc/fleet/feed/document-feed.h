/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "fleet/fleet-private.h"

G_BEGIN_DECLS

/* Documents that follow each other, on their way into a fleet. */

gboolean migdesc_fleet_feed_documents (MigdescFleet *fleet, const char *text, gsize length,
                                       const char *origin, GCancellable *cancellable,
                                       GError **error);

/* Whether a text holds hosts rather than a descriptor: lines, or documents with a member that only
 * a host has. */
gboolean migdesc_text_is_host (const char *text, gsize length);
/* Whether the text's first line is a host by itself. */
gboolean migdesc_text_is_lines (const char *text, gsize length);
/* Whether anything but white space follows the text's first document. */
gboolean migdesc_text_has_several (const char *text, gsize length);

G_END_DECLS
