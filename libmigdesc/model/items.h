/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A GListModel over n items that never change, each made when first asked for and then kept. Safe
 * from any thread: of two threads that make the same item, one throws its own away.
 *
 * make gives a new object for a position. The list takes over owner, which holds what make needs,
 * and gives it back with owner_free (nullable) at its end. */
GListModel *migdesc_items_new (GType item_type,
                               guint n,
                               GObject *(*make) (gpointer owner, guint position),
                               gpointer owner,
                               GDestroyNotify owner_free);

/* The list at *place, made by make (data) if there is none yet; the holder of place owns it. Safe
 * from any thread. */
GListModel *migdesc_items_get (GListModel **place,
                               GListModel *(*make) (gpointer data),
                               gpointer data);

G_END_DECLS
