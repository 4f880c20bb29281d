/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <migdesc/migdesc-device-set.h>

G_BEGIN_DECLS

/* A device is saved and loaded by a struct, or by functions that take trees. */
typedef struct
{
  char *id;
  MigdescParamList *params; /* nullable */
  MigdescStateType *type;
  guint version; /* to save */

  const MigdescDeviceFuncs *funcs;
  gpointer device;

  MigdescCaptureFunc capture;
  gpointer capture_data;
  GDestroyNotify capture_destroy;
  MigdescLoadFunc load;
  gpointer load_data;
  GDestroyNotify load_destroy;

  /* while a save or load is under way */
  gpointer state;
  MigdescState *tree;
} MigdescSetDevice;

struct _MigdescDeviceSet
{
  GObject parent_instance;
  GPtrArray *devices; /* MigdescSetDevice */
  gboolean prepared;  /* all devices have agreed to what was read, and wait */
  MigdescStreamReader *reader; /* weak; of the load under way: it fills what is in the devices */
  MigdescStreamWriter *writer; /* weak; of the save under way, the same */
  gboolean is_in_transfer;
  gboolean is_asking; /* a function of a device is running: what it is given must stay */
};

static inline MigdescSetDevice *
migdesc_device_set_get (MigdescDeviceSet *set,
                        guint position)
{
  return g_ptr_array_index (set->devices, position);
}

MigdescSetDevice *migdesc_device_set_find (MigdescDeviceSet *set, const char *id);

/* Nothing can be saved or loaded while devices wait, or by the functions of one. */
gboolean migdesc_device_set_check_idle (MigdescDeviceSet *set, GError **error);

/* What was captured or read. */
void migdesc_set_device_forget (MigdescSetDevice *device);
/* Of all devices; a reader or writer that uses it can do so no more. */
void migdesc_device_set_forget (MigdescDeviceSet *set);
/* stream, a new reader or writer, uses what is in the devices: the set lives as long as it. */
void migdesc_device_set_lend (MigdescDeviceSet *set, gpointer stream, gpointer *place);
/* It does not any more. */
void migdesc_device_set_take_back (gpointer stream, gpointer *place);

G_END_DECLS
