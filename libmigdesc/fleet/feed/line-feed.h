/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "fleet/fleet-private.h"

G_BEGIN_DECLS

/* JSON lines on their way into a fleet, in pieces of whole lines. */

typedef struct
{
  MigdescFleet *fleet;
  const char *origin; /* nullable */
  MigdescProgressFunc progress; /* nullable */
  gpointer user_data;
  GCancellable *cancellable;
  guint64 bytes; /* that have gone in */
  guint32 lines; /* likewise */
} MigdescLineFeed;

/* Hosts that went in before an error stay. Errors: limit-exceeded, cancelled. */
gboolean migdesc_line_feed_push (MigdescLineFeed *feed, const char *text, gsize length,
                                 GError **error);

G_END_DECLS
