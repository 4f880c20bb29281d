/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Lays compact JSON out for people: objects and arrays that fit into a line are on one, of others
 * every member and element has its own. Ends in a newline. */
char *migdesc_json_pretty (const char *text, gsize length);

G_END_DECLS
