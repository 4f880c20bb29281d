/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <migdesc/migdesc.h>

G_BEGIN_DECLS

/* A descriptor for people. */
void tool_show_descriptor (const char *name, MigdescDescriptor *descriptor);

G_END_DECLS
