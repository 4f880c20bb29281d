/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <migdesc/migdesc-device-set.h>

G_BEGIN_DECLS

/* Loads states into the devices of a set that differ from what they are in as many values as their
 * types and the devices themselves accept, so that a value that is lost on the way does not come
 * back by chance. The same devices get the same states each time. Errors: those of saving and
 * loading the devices as they are. */
gboolean migdesc_test_content_fill (MigdescDeviceSet *set, GError **error);

G_END_DECLS
