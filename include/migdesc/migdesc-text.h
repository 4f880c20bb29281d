/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#if !defined(MIGDESC_INSIDE) && !defined(MIGDESC_COMPILATION)
#error "Only <migdesc/migdesc.h> can be included directly."
#endif

#include <migdesc/migdesc-macros.h>

G_BEGIN_DECLS

MIGDESC_AVAILABLE_IN_1_0
char *migdesc_escape_text (const char *text);

G_END_DECLS
