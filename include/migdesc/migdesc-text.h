/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#if !defined(MIGDESC_INSIDE) && !defined(MIGDESC_COMPILATION)
#error "Only <migdesc/migdesc.h> can be included directly."
#endif

#include <migdesc/migdesc-macros.h>

G_BEGIN_DECLS

/**
 * SECTION:migdesc-text
 * @title: Text
 * @short_description: show what came from input
 *
 * Text from a descriptor or a list is untrusted; a terminal would obey what is in it.
 */

MIGDESC_AVAILABLE_IN_1_0
char *migdesc_escape_text (const char *text);

G_END_DECLS
