/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "device.h"

G_BEGIN_DECLS

/* A stream of the case's version with a state made at random, as the device's program writes it. */
GBytes *kit_make_stream (const KitCase *subject, guint32 seed, GError **error);

/* What is in it, by its schema and without a device. */
MigdescState *kit_read_tree (GBytes *stream, MigdescStateType *schema, GError **error);

/* The manifest of a stream. */
MigdescManifest *kit_read_manifest (GBytes *stream, MigdescStateType *schema, GError **error);

/* How two streams of a case differ: a line for each field. */
char *kit_diff_streams (const KitCase *subject, GBytes *before, GBytes *after);

G_END_DECLS
