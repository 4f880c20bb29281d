/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#if !defined(MIGDESC_INSIDE) && !defined(MIGDESC_COMPILATION)
#error "Only <migdesc/migdesc.h> can be included directly."
#endif

#include <migdesc/migdesc-descriptor.h>

G_BEGIN_DECLS

/**
 * SECTION:migdesc-tested
 * @title: Tested pairs
 * @short_description: keeping a descriptor's list of what was tested true
 *
 * A run of a test matrix adds pairs to a descriptor, and takes out those that fail by now.
 */

MIGDESC_AVAILABLE_IN_1_0
MigdescDescriptor *migdesc_descriptor_new_without_tested (MigdescDescriptor *descriptor,
                                                          const char *model,
                                                          const char *const *from,
                                                          const char *const *to,
                                                          GError **error);

G_END_DECLS
