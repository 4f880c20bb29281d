/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "qemu/stream/input.h"

G_BEGIN_DECLS

/* What libvirt puts before a stream that it saves to a file. */

typedef struct
{
  gboolean there;
  gboolean is_partial; /* it was never finished */
  gboolean was_running;
  const char *compression; /* NULL: none */
  char *xml;               /* of the domain */
  char *cookie;            /* nullable: XML, too */
  guint64 length;          /* of all of it */
} MigdescQemuWrapper;

void migdesc_qemu_wrapper_clear (MigdescQemuWrapper *wrapper);

/* Takes the wrapper off, if there is one. *inner is then what the stream comes from, unless it is
 * not compressed: then it is left alone. FALSE: it cannot be taken off. */
gboolean migdesc_qemu_wrapper_read (MigdescQemuWrapper *wrapper,
                                    MigdescQemuInput *input,
                                    MigdescQemuInput *inner,
                                    GError **error);

G_END_DECLS
