/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#if !defined(MIGDESC_INSIDE) && !defined(MIGDESC_COMPILATION)
#error "Only <migdesc/migdesc.h> can be included directly."
#endif

#include <gio/gio.h>

#include <migdesc/migdesc-types.h>
#include <migdesc/migdesc-manifest.h>
#include <migdesc/migdesc-param-list.h>
#include <migdesc/migdesc-state-type.h>
#include <migdesc/migdesc-state.h>
#include <migdesc/migdesc-stream.h>

G_BEGIN_DECLS

/**
 * SECTION:migdesc-device-set
 * @title: Device sets
 * @short_description: All devices, or none: saving and loading as a whole
 *
 * A device set saves the states of several devices into one stream, and loads one so that either
 * all devices take their new state or none does. Loading never touches a device before everything
 * has been read and checked:
 *
 * 1. each state is read into a fresh struct, and checked against its bounds, relations and check
 *    function;
 * 2. each device prepares: it gets what it needs to take the state, and may refuse;
 * 3. when all have prepared, each commits, which cannot fail; when one has refused, those that had
 *    prepared abort, and every device is as it was.
 */

typedef struct _MigdescDeviceFuncs MigdescDeviceFuncs;

/**
 * MigdescDeviceFuncs: (skip)
 * @capture: (nullable): copies what is state from the device into a fresh struct, before it is
 *     saved. What the struct owns is freed by the set. %NULL: the device is a struct of its state
 *     type itself, and stands still until the save is over; nothing is copied
 * @prepare: (nullable): gets all that the device needs to take the state, or refuses; the device
 *     goes on as it is until @commit
 * @commit: takes the state. It may take over what the struct owns by setting the member to %NULL,
 *     or the count to 0
 * @abort: (nullable): gives back what @prepare got
 *
 * What a device does when it is saved and loaded. @prepare returns %FALSE, and an error, when it
 * refuses; @abort is called only after a @prepare that did not.
 *
 * Since: 1.0
 */
struct _MigdescDeviceFuncs
{
  void (*capture) (gpointer device, gpointer state);
  gboolean (*prepare) (gpointer device, gpointer state, GError **error);
  void (*commit) (gpointer device, gpointer state);
  void (*abort) (gpointer device, gpointer state);

  /*< private >*/
  gpointer reserved[4];
};

/**
 * MigdescCaptureFunc:
 * @id: the device's id
 * @user_data: what was given with the function
 * @error: return location for a #GError
 *
 * Captures the state of a device as a tree, of the newest version of its type: where an older one
 * is to be saved, the set makes that of it.
 *
 * Returns: (transfer full) (nullable): the state, or %NULL and an error
 *
 * Since: 1.0
 */
typedef MigdescState *(*MigdescCaptureFunc) (const char *id, gpointer user_data, GError **error);

/**
 * MigdescLoadStep:
 * @MIGDESC_LOAD_PREPARE: get what is needed to take the state, or refuse
 * @MIGDESC_LOAD_COMMIT: take the state; cannot fail
 * @MIGDESC_LOAD_ABORT: give back what was got
 *
 * A step of a load.
 *
 * Since: 1.0
 */
typedef enum
{
  MIGDESC_LOAD_PREPARE,
  MIGDESC_LOAD_COMMIT,
  MIGDESC_LOAD_ABORT
} MigdescLoadStep;

#define MIGDESC_TYPE_LOAD_STEP (migdesc_load_step_get_type ())
MIGDESC_AVAILABLE_IN_1_0
GType migdesc_load_step_get_type (void) G_GNUC_CONST;

/**
 * MigdescLoadFunc:
 * @id: the device's id
 * @step: what to do
 * @state: the state read
 * @user_data: what was given with the function
 * @error: return location for a #GError
 *
 * Does a step of a load, with the state in the newest version of the device's type. Only
 * %MIGDESC_LOAD_PREPARE may fail; what the others return is ignored.
 *
 * Returns: %FALSE, and an error, when the device refuses
 *
 * Since: 1.0
 */
typedef gboolean (*MigdescLoadFunc) (const char *id,
                                     MigdescLoadStep step,
                                     MigdescState *state,
                                     gpointer user_data,
                                     GError **error);

#define MIGDESC_TYPE_DEVICE_SET (migdesc_device_set_get_type ())
MIGDESC_AVAILABLE_IN_1_0
G_DECLARE_FINAL_TYPE (MigdescDeviceSet, migdesc_device_set, MIGDESC, DEVICE_SET, GObject)

MIGDESC_AVAILABLE_IN_1_0
MigdescDeviceSet *migdesc_device_set_new (void);
MIGDESC_AVAILABLE_IN_1_0
gboolean migdesc_device_set_add (MigdescDeviceSet *set,
                                 const char *id,
                                 MigdescParamList *params,
                                 MigdescStateType *type,
                                 const MigdescDeviceFuncs *funcs,
                                 gpointer device,
                                 GError **error);
MIGDESC_AVAILABLE_IN_1_0
gboolean migdesc_device_set_add_functions (MigdescDeviceSet *set,
                                           const char *id,
                                           MigdescParamList *params,
                                           MigdescStateType *type,
                                           MigdescCaptureFunc capture,
                                           gpointer capture_data,
                                           GDestroyNotify capture_destroy,
                                           MigdescLoadFunc load,
                                           gpointer load_data,
                                           GDestroyNotify load_destroy,
                                           GError **error);
MIGDESC_AVAILABLE_IN_1_0
guint migdesc_device_set_get_n_devices (MigdescDeviceSet *set);
MIGDESC_AVAILABLE_IN_1_0
gboolean migdesc_device_set_set_state_version (MigdescDeviceSet *set,
                                               const char *id,
                                               guint version,
                                               GError **error);

MIGDESC_AVAILABLE_IN_1_0
MigdescStreamWriter *migdesc_device_set_begin_save (MigdescDeviceSet *set,
                                                    const char *format,
                                                    gboolean embed_schemas,
                                                    GError **error);
MIGDESC_AVAILABLE_IN_1_0
GBytes *migdesc_device_set_save (MigdescDeviceSet *set, const char *format, GError **error);
MIGDESC_AVAILABLE_IN_1_0
GBytes *migdesc_device_set_export (MigdescDeviceSet *set, const char *format, GError **error);

MIGDESC_AVAILABLE_IN_1_0
MigdescStreamReader *migdesc_device_set_begin_load (MigdescDeviceSet *set,
                                                    const MigdescLimits *limits,
                                                    GError **error);
MIGDESC_AVAILABLE_IN_1_0
gboolean migdesc_device_set_prepare_load (MigdescDeviceSet *set,
                                          MigdescStreamReader *reader,
                                          GError **error);
MIGDESC_AVAILABLE_IN_1_0
gboolean migdesc_device_set_is_prepared (MigdescDeviceSet *set);
MIGDESC_AVAILABLE_IN_1_0
void migdesc_device_set_commit_load (MigdescDeviceSet *set);
MIGDESC_AVAILABLE_IN_1_0
void migdesc_device_set_abort_load (MigdescDeviceSet *set);
MIGDESC_AVAILABLE_IN_1_0
gboolean migdesc_device_set_finish_load (MigdescDeviceSet *set,
                                         MigdescStreamReader *reader,
                                         GError **error);
MIGDESC_AVAILABLE_IN_1_0
gboolean migdesc_device_set_load (MigdescDeviceSet *set, GBytes *bytes, GError **error);

/**
 * MigdescCreateFunc:
 * @set: the set to add the device to
 * @id: the device's id
 * @params: the model, version and parameters that it had
 * @user_data: what was given with the function
 * @error: return location for a #GError
 *
 * Creates a device as a manifest says, and adds it to a set.
 *
 * Returns: %FALSE, and an error, when there is no such device
 *
 * Since: 1.0
 */
typedef gboolean (*MigdescCreateFunc) (MigdescDeviceSet *set,
                                       const char *id,
                                       MigdescParamList *params,
                                       gpointer user_data,
                                       GError **error);

MIGDESC_AVAILABLE_IN_1_0
gboolean migdesc_device_set_import (MigdescDeviceSet *set,
                                    GBytes *bytes,
                                    MigdescCreateFunc create_device,
                                    gpointer user_data,
                                    GError **error);

G_END_DECLS
