/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <json-glib/json-glib.h>
#include <migdesc/migdesc.h>

G_BEGIN_DECLS

/* JSON that the library wrote, as a node to put into an answer. */
JsonNode *tool_json_parse (const char *text);
/* {"error": {...}}; the place is that of the report's first finding, if there is one. */
JsonNode *tool_json_error_object (const GError *error, MigdescReport *report);
/* Adds NAME: [findings] to the object that @builder has open. */
void tool_json_add_findings (JsonBuilder *builder, MigdescReport *report);
void tool_json_add_string (JsonBuilder *builder, const char *name, const char *value); /* nothing for NULL */
void tool_json_add_strv (JsonBuilder *builder, const char *name, const char *const *values);
void tool_json_add_value (JsonBuilder *builder, const char *name, GVariant *value); /* ints above 2^53 as strings */
JsonNode *tool_json_end (JsonBuilder *builder); /* the finished node; frees the builder */

G_END_DECLS
