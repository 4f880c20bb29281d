/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <migdesc/migdesc.h>

G_BEGIN_DECLS

/* A part of a state as an answer: a value as it is, bytes as they are unless a terminal gets them,
 * all else in JSON. */
void tool_part_print (MigdescState *part);
/* {what: name, "path", "value"} */
void tool_part_print_answer (const char *what, const char *name, MigdescState *part);

G_END_DECLS
