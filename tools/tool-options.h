/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "tool.h"

G_BEGIN_DECLS

typedef struct
{
  const char *name;
  const char *usage;   /* what follows the verb */
  const char *summary; /* one line */
  ToolStatus (*run) (Tool *tool, int argc, char **argv);
} ToolVerb;

extern const ToolVerb tool_verbs[]; /* ends with a NULL name */

extern const ToolVerb tool_state_verbs[]; /* named "state VERB" */
extern const ToolVerb tool_qemu_verbs[];  /* named "qemu VERB" */

/* Of any table. */
const ToolVerb *tool_find_verb (const char *name);

/* For errors before, or in, the parsing of options: whether --json is anywhere. */
void tool_look_for_json (Tool *tool, char **argv);

/* Parses the verb's own options, which end with an empty entry, together with the common ones.
 * What is left are the operands, of which there must be between @min and @max. NULL after --help,
 * or after an error was told; then the tool's status is that of the verb. */
char **tool_parse (Tool *tool, const GOptionEntry *entries, int argc, char **argv, guint min,
                   guint max);

G_END_DECLS
