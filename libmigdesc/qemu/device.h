/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "qemu/description/shape.h"

G_BEGIN_DECLS

/* A device as a description has it. */

typedef struct _MigdescQemuDevice MigdescQemuDevice;

struct _MigdescQemuDevice
{
  const char *name; /* as in the header of the section */
  guint32 instance;
  guint32 version; /* 0 where it is of the old style */
  const MigdescQemuShape *shape;
  guint next; /* position of the next of the same name and instance, plus 1; 0: none */
};

static inline gboolean
migdesc_qemu_is_page_size (guint32 size)
{
  return (size & (size - 1)) == 0 && size >= 1024 && size <= 65536;
}

G_END_DECLS
