/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "tool-json.h"
#include "tool-options.h"

G_BEGIN_DECLS

/* What the verbs that compare what QEMU writes have in common. */

#define TOOL_QEMU_KNOWN_OPTION(files) \
  { "known", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, files, \
    "Renames and known differences; may be given again", "FILE" }

/* What `qemu -dump-vmstate` wrote, in a file or "-". NULL after telling why. */
MigdescQemuDump *tool_qemu_read_dump (Tool *tool, const char *place);
/* What is installed, and the files; NULL is none. FALSE after telling why. */
gboolean tool_qemu_read_known (Tool *tool, char **files, MigdescQemuKnown **known);

ToolStatus tool_qemu_status_of (MigdescQemuVerdict verdict);
/* The findings about the sections, or all for NULL, grouped by section. */
void tool_qemu_print_comparison (MigdescQemuComparison *comparison, char **sections);
/* The worst verdict of the sections, or of all for NULL */
MigdescQemuVerdict tool_qemu_worst (MigdescQemuComparison *comparison, char **sections);
/* "findings" and "omitted" */
void tool_qemu_add_findings (ToolJson *json, MigdescQemuComparison *comparison, char **sections);

G_END_DECLS
