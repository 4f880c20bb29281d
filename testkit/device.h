/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "case.h"

G_BEGIN_DECLS

/* The author's device, or a struct that stands for it, alone in a device set. */
typedef struct _KitDevice KitDevice;

#define KIT_DEVICE_ID "device"

KitDevice *kit_device_new (const KitCase *subject, GError **error);
void kit_device_free (KitDevice *self);

const KitCase *kit_device_get_case (KitDevice *self);
gpointer kit_device_get (KitDevice *self); /* the author's, or NULL */
gboolean kit_device_load (KitDevice *self, GBytes *stream, GError **error);
/* Up to where the device has agreed, and no further: it must not have changed. */
gboolean kit_device_load_half (KitDevice *self, GBytes *stream, GError **error);
GBytes *kit_device_save (KitDevice *self, guint version, const char *format, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KitDevice, kit_device_free)

G_END_DECLS
