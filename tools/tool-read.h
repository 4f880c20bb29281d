/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "tool-json.h"

G_BEGIN_DECLS

/* A descriptor that was asked for, or why there is none. */
typedef struct
{
  char *name;
  char *title;                   /* the name, escaped */
  MigdescSource *source;         /* NULL: the place itself could not be read */
  MigdescDescriptor *descriptor; /* NULL: see error */
  MigdescReport *report;         /* what reading found, warnings too; NULL if there was no text */
  GError *error;
} ToolDocument;

/* One document or more a place, in order; a place without any is an error. Errors are in the
 * documents; nothing is told yet. */
GPtrArray *tool_read_all (Tool *tool, char **places);
/* The one descriptor at a place, or NULL after telling why; tells its warnings. */
MigdescDescriptor *tool_read_one (Tool *tool, const char *place);
/* Tells the error on stderr, without JSON, and adds its status; or tells the warnings. */
void tool_tell_document (Tool *tool, const ToolDocument *document);
/* The error as a member "error". */
void tool_json_add_document_error (ToolJson *json, const ToolDocument *document);
/* For a question that needs all of them. FALSE, after telling of each why it could not be read; in
 * JSON the first. */
gboolean tool_check_documents (Tool *tool, GPtrArray *documents);
/* The same, but warnings about what was read are not told. */
gboolean tool_check_readable (Tool *tool, GPtrArray *documents);
/* Fails with the document's error. */
ToolStatus tool_fail_document (Tool *tool, const ToolDocument *document);

/* A small file, or "-". The data is never NULL. */
GBytes *tool_read_file (const char *path, GError **error);
/* Fails with an error about the file of that name, with LINE:COLUMN where its message has them. */
void tool_fail_text (Tool *tool, const GError *error, const char *path);

/* LIST: the text form, or @FILE with its JSON. NULL after telling why. */
MigdescParamList *tool_read_list (Tool *tool, const char *operand);

/* The model of that name, or the only one. NULL after telling why: no such model is a refusal,
 * several a usage error. */
MigdescModel *tool_choose_model (Tool *tool, MigdescDescriptor *descriptor, const char *name);

G_END_DECLS
