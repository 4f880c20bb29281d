/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "tool.h"

G_BEGIN_DECLS

/* The hosts at all places, or NULL after telling which cannot be read. Progress is told on a
 * terminal. */
MigdescFleet *tool_read_fleet (Tool *tool, char **places);
/* Says how many hosts cannot be used, and why the first of them, if there are any. */
void tool_tell_unusable (MigdescFleet *fleet);

G_END_DECLS
