/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "tool.h"

G_BEGIN_DECLS

/* An answer in JSON while it is made: one object, to which members are added in order. Where the
 * innermost open container is an array, names are NULL. JSON of the library goes in as it is, so
 * that nothing of it is rounded or lost. */
typedef struct
{
  GString *text; /* compact */
} ToolJson;

void tool_json_init (ToolJson *json);
/* Ends the object and prints it, indented. What a terminal might obey is escaped, as JSON can. */
void tool_json_print (ToolJson *json);

void tool_json_begin_object (ToolJson *json, const char *name);
void tool_json_end_object (ToolJson *json);
void tool_json_begin_array (ToolJson *json, const char *name);
void tool_json_end_array (ToolJson *json);

/* Nothing for NULL. Bytes that are not UTF-8, as a file's name may hold, become U+FFFD. */
void tool_json_add_string (ToolJson *json, const char *name, const char *value);
void tool_json_add_strv (ToolJson *json, const char *name, char **values);
void tool_json_add_bool (ToolJson *json, const char *name, gboolean value);
/* Ints above 2^53, where readers that hold numbers as doubles round, are strings. */
void tool_json_add_value (ToolJson *json, const char *name, GVariant *value);
void tool_json_add_uint (ToolJson *json, const char *name, guint64 value);
/* One value that is compact JSON already. */
void tool_json_add_raw (ToolJson *json, const char *name, const char *text);
/* All members of an object that is compact JSON already. */
void tool_json_add_members (ToolJson *json, const char *object);
/* "verdict", "findings", and "omitted" if there are more than a report keeps. */
void tool_json_add_report (ToolJson *json, const MigdescReport *report);
/* "findings" and "omitted" alone; none for NULL. */
void tool_json_add_findings (ToolJson *json, const MigdescReport *report);
/* "error": {"code", "message", "file", "line", "column", "pointer"}, as far as is known. */
void tool_json_add_error (ToolJson *json, const GError *error, const ToolPlace *place);

/* A document in JSON with all that a terminal might obey escaped. */
char *tool_json_escape_document (const char *text);

G_END_DECLS
