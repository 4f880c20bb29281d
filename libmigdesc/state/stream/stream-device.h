/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <migdesc/migdesc-state.h>
#include <migdesc/migdesc-stream.h>

#include "state/format.h"
#include "state/schema/type-private.h"

G_BEGIN_DECLS

/* A device of a stream, as the program has it: a struct with a type, or a visit function. */
typedef struct
{
  char *id;
  MigdescParamList *params; /* never NULL */
  MigdescStateType *type;   /* NULL: visit */
  gpointer data;
  MigdescState *state; /* NULL, or the tree that is its state instead of data */
  gboolean prefers_tree; /* on load: into a new tree, where data would have the newest version */
  guint minimum; /* state versions */
  guint newest;

  MigdescVisitFunc visit;
  gpointer user_data;
  GDestroyNotify destroy;

  /* of one state version, kept for when the same comes again */
  guint version; /* 0: none yet */
  MigdescStatePlan *plan;
  char *digest;
  MigdescStateType *effective;
  MigdescState *old; /* NULL, or what is loaded to be brought to the struct by transforms */
} MigdescStreamDevice;

/* NULL, and state-config: the id cannot be one, or another device has it. params is nullable. */
MigdescStreamDevice *migdesc_stream_device_add (GPtrArray *devices,
                                                const char *id,
                                                MigdescParamList *params,
                                                GError **error);
/* The same where it is known that no other device has the id. */
MigdescStreamDevice *migdesc_stream_device_append (GPtrArray *devices,
                                                   const char *id,
                                                   MigdescParamList *params);
/* A list for migdesc_stream_device_add, which owns the devices. */
GPtrArray *migdesc_stream_devices_new (void);
MigdescStreamDevice *migdesc_stream_devices_find (GPtrArray *devices, const char *id);

/* Version, plan and digest; only the version of one with a visit function. */
gboolean migdesc_stream_device_set_version (MigdescStreamDevice *device,
                                            guint version,
                                            GError **error);
void migdesc_stream_device_forget_version (MigdescStreamDevice *device);
gboolean migdesc_stream_device_visit (const MigdescStreamDevice *device,
                                      MigdescVisitor *visitor,
                                      GError **error);
/* Puts the id before a message. Always FALSE. */
gboolean migdesc_stream_device_prefix (const char *id, GError **error);

/* Whether a stream's configuration is the device's: state-config-mismatch names what is not. */
gboolean migdesc_stream_device_check_params (const MigdescStreamDevice *device,
                                             const MigdescParamList *params,
                                             GError **error);

G_END_DECLS
