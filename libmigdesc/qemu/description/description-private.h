/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <migdesc/migdesc-qemu-description.h>

#include "qemu/device.h"

G_BEGIN_DECLS

const MigdescQemuDevice *
migdesc_qemu_description_peek_device (MigdescQemuDescription *description, guint position);
/* The first device of that name and instance; NULL: there is none. */
const MigdescQemuDevice *migdesc_qemu_description_find (MigdescQemuDescription *description,
                                                        const char *name,
                                                        guint32 instance);
/* Nullable: older ones do not describe it. */
const MigdescQemuShape *
migdesc_qemu_description_get_configuration (MigdescQemuDescription *description);

G_END_DECLS
