/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "tool-stream.h"

G_BEGIN_DECLS

/* The state with the value at a path replaced: by a word or number, or by JSON where it is more
 * than a value. NULL and an error: there is no such path, or the state may not be so. */
MigdescState *state_set (MigdescState *state, const char *path, const char *value, GError **error);

G_END_DECLS
