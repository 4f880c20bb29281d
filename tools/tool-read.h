/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "tool.h"

G_BEGIN_DECLS

/* A descriptor that was asked for, or why there is none. */
typedef struct
{
  char *name;
  MigdescDescriptor *descriptor; /* NULL: see error */
  MigdescReport *report;         /* what reading found, warnings too; NULL when nothing could be read */
  GError *error;
} ToolDocument;

/* One document or more a place, in order. Errors are in the documents; nothing is told yet. */
GPtrArray *tool_read_all (Tool *tool, char **places);
/* The one descriptor at a place, or NULL after telling why. */
MigdescDescriptor *tool_read_one (Tool *tool, const char *place);
/* LIST: the text form, or @FILE with its JSON. */
MigdescParamList *tool_read_list (Tool *tool, const char *operand);
/* The model of that name, or the only one. NULL after telling why: no such model is a refusal, several a usage error. */
MigdescModel *tool_choose_model (Tool *tool, MigdescDescriptor *descriptor, const char *name);
/* The warnings of reading, on stderr. */
void tool_tell_warnings (ToolDocument *document);

G_END_DECLS
