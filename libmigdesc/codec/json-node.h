/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Between the nodes of json-glib and canonical text. */

/* FALSE: it is too deep, or holds what JSON has no text for: a number that is not finite, a string
 * that is not UTF-8. */
gboolean migdesc_json_node_append (JsonNode *node, GString *text, GError **error);
/* The text has to be JSON. Of an integer above 2^63-1 a node can keep an approximation only. */
JsonNode *migdesc_json_node_new_from_text (const char *text, gsize length);

G_END_DECLS
