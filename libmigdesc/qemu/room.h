/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <migdesc/migdesc-report.h>
#include <migdesc/migdesc-state.h>

G_BEGIN_DECLS

/* What QEMU compares with what the destination is, when it loads values that no description tells
 * of: notes what it would refuse. The destination's state is of a machine that has just been made,
 * or of any moment of one like it. */
void migdesc_qemu_check_room (const char *section,
                              guint64 offset,
                              MigdescState *source,
                              MigdescState *destination,
                              MigdescReport *report);

G_END_DECLS
