/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#if !defined(MIGDESC_INSIDE) && !defined(MIGDESC_COMPILATION)
#error "Only <migdesc/migdesc.h> can be included directly."
#endif

#include <migdesc/migdesc-types.h>

G_BEGIN_DECLS

/**
 * SECTION:migdesc-code
 * @title: Codes of findings
 * @short_description: the stable name of each kind of finding
 *
 * Each code has a summary, an explanation and an example, which `migdesc explain` shows.
 */

MIGDESC_AVAILABLE_IN_1_0
char **migdesc_code_list (void);
MIGDESC_AVAILABLE_IN_1_0
gboolean migdesc_code_is_known (const char *code);
MIGDESC_AVAILABLE_IN_1_0
const char *migdesc_code_get_summary (const char *code);
MIGDESC_AVAILABLE_IN_1_0
const char *migdesc_code_get_explanation (const char *code);
MIGDESC_AVAILABLE_IN_1_0
const char *migdesc_code_get_example (const char *code);

G_END_DECLS
