/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <migdesc/migdesc-state.h>

#include "qemu/description/shape.h"

G_BEGIN_DECLS

/* The bytes of a section by its shape. */

typedef struct
{
  gsize offset;  /* in the bytes */
  char *message; /* "PATH: what is there, what the description says" */
} MigdescQemuFault;

static inline void
migdesc_qemu_fault_clear (MigdescQemuFault *fault)
{
  g_clear_pointer (&fault->message, g_free);
}

/* Whether bytes, shape->size of them at least, are as the description says. */
gboolean migdesc_qemu_decode_check (const MigdescQemuShape *shape,
                                    const guint8 *bytes,
                                    MigdescQemuFault *fault);

/* The state that they are. They have been checked. Opaque values that there are tables for are
 * structs; where section, the name, is NULL, and where one of them cannot be read, they are
 * bytes. */
MigdescState *migdesc_qemu_decode (const MigdescQemuShape *shape,
                                   const char *section,
                                   const guint8 *bytes,
                                   GError **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MigdescQemuFault, migdesc_qemu_fault_clear)

G_END_DECLS
