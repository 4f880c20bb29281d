/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#if !defined(MIGDESC_INSIDE) && !defined(MIGDESC_COMPILATION)
#error "Only <migdesc/migdesc.h> can be included directly."
#endif

#include <migdesc/migdesc-types.h>
#include <migdesc/migdesc-descriptor.h>
#include <migdesc/migdesc-error.h>
#include <migdesc/migdesc-reader.h>
#include <migdesc/migdesc-stream.h>

G_BEGIN_DECLS

/**
 * SECTION:migdesc-fleet
 * @title: MigdescFleet
 * @short_description: many hosts, and what their devices can be
 *
 * A fleet holds hosts, each with a name, labels, and slots for devices: a slot has a name, says how
 * many devices it takes, and what they publish. Hosts that are equal but for their names are of one
 * *shape*; texts that are equal are read once, and whatever is asked is worked out once a shape. So
 * a host takes 8 bytes beside its name.
 *
 * Positions count from 0, in the order in which hosts came; migdesc_fleet_remove() moves the last
 * one. A fleet may be used by one thread at a time.
 */

#define MIGDESC_TYPE_FLEET (migdesc_fleet_get_type ())
MIGDESC_AVAILABLE_IN_1_0
G_DECLARE_FINAL_TYPE (MigdescFleet, migdesc_fleet, MIGDESC, FLEET, GObject)

MIGDESC_AVAILABLE_IN_1_0
MigdescFleet *migdesc_fleet_new (MigdescReader *reader);

/* Fill it: host by host */
MIGDESC_AVAILABLE_IN_1_0
guint migdesc_fleet_add_text (MigdescFleet *fleet, const char *name, const char *text,
                              gssize length, GError **error);
MIGDESC_AVAILABLE_IN_1_0
guint migdesc_fleet_put_text (MigdescFleet *fleet, const char *name, const char *text,
                              gssize length, GError **error);
MIGDESC_AVAILABLE_IN_1_0
guint migdesc_fleet_put_descriptor (MigdescFleet *fleet, const char *name,
                                    MigdescDescriptor *descriptor, GError **error);
MIGDESC_AVAILABLE_IN_1_0
guint migdesc_fleet_put_json (MigdescFleet *fleet, const char *json, gssize length,
                              GError **error);
MIGDESC_AVAILABLE_IN_1_0
gboolean migdesc_fleet_remove (MigdescFleet *fleet, const char *name);

/* ... or many at once */
MIGDESC_AVAILABLE_IN_1_0
gboolean migdesc_fleet_add_lines (MigdescFleet *fleet, GBytes *lines, const char *origin,
                                  MigdescProgressFunc progress, gpointer user_data,
                                  GCancellable *cancellable, GError **error);
MIGDESC_AVAILABLE_IN_1_0
gboolean migdesc_fleet_add_documents (MigdescFleet *fleet, GBytes *documents, const char *origin,
                                      GCancellable *cancellable, GError **error);
MIGDESC_AVAILABLE_IN_1_0
void migdesc_fleet_trim (MigdescFleet *fleet);

/* Ask it */
MIGDESC_AVAILABLE_IN_1_0
guint migdesc_fleet_get_n_hosts (MigdescFleet *fleet);
MIGDESC_AVAILABLE_IN_1_0
guint migdesc_fleet_get_n_errors (MigdescFleet *fleet);
MIGDESC_AVAILABLE_IN_1_0
guint migdesc_fleet_get_n_shapes (MigdescFleet *fleet);
MIGDESC_AVAILABLE_IN_1_0
guint migdesc_fleet_get_n_descriptors (MigdescFleet *fleet);
MIGDESC_AVAILABLE_IN_1_0
gboolean migdesc_fleet_lookup (MigdescFleet *fleet, const char *name, guint *position);
MIGDESC_AVAILABLE_IN_1_0
const char *migdesc_fleet_get_name (MigdescFleet *fleet, guint position);
MIGDESC_AVAILABLE_IN_1_0
guint migdesc_fleet_get_shape (MigdescFleet *fleet, guint position);
MIGDESC_AVAILABLE_IN_1_0
const char *migdesc_fleet_get_error (MigdescFleet *fleet, guint position, MigdescError *code);
MIGDESC_AVAILABLE_IN_1_0
char **migdesc_fleet_dup_label_names (MigdescFleet *fleet, guint position);
MIGDESC_AVAILABLE_IN_1_0
const char *migdesc_fleet_get_label (MigdescFleet *fleet, guint position, const char *name);
MIGDESC_AVAILABLE_IN_1_0
guint migdesc_fleet_get_n_slots (MigdescFleet *fleet, guint position);
MIGDESC_AVAILABLE_IN_1_0
const char *migdesc_fleet_get_slot_name (MigdescFleet *fleet, guint position, guint slot);
MIGDESC_AVAILABLE_IN_1_0
guint migdesc_fleet_get_slot_count (MigdescFleet *fleet, guint position, guint slot);
MIGDESC_AVAILABLE_IN_1_0
MigdescDescriptor *migdesc_fleet_get_slot_descriptor (MigdescFleet *fleet, guint position,
                                                      guint slot);
MIGDESC_AVAILABLE_IN_1_0
char *migdesc_fleet_host_to_json (MigdescFleet *fleet, guint position);

/* Columns of all hosts */
MIGDESC_AVAILABLE_IN_1_0
GBytes *migdesc_fleet_dup_names (MigdescFleet *fleet, GBytes **offsets);
MIGDESC_AVAILABLE_IN_1_0
GBytes *migdesc_fleet_dup_shapes (MigdescFleet *fleet);
MIGDESC_AVAILABLE_IN_1_0
void migdesc_fleet_get_memory (MigdescFleet *fleet, guint64 *columns, guint64 *names,
                               guint64 *shapes);

G_END_DECLS
