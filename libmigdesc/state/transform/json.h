/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <migdesc/migdesc-transforms.h>

#include "base/json-reader.h"
#include "base/json-writer.h"

G_BEGIN_DECLS

/* Transforms as a member of a schema: {"schemas": [..], "changes": [..]}. Functions are names. */

void migdesc_transforms_write (MigdescTransforms *transforms, MigdescJsonWriter *writer);

/* The reader has passed over them before, and found no member twice. NULL: it has failed. The
 * functions of what was read fail. */
MigdescTransforms *migdesc_transforms_read (MigdescJsonReader *reader);

G_END_DECLS
