/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "tool.h"

G_BEGIN_DECLS

ToolStatus verb_show (Tool *tool, int argc, char **argv);
ToolStatus verb_validate (Tool *tool, int argc, char **argv);
ToolStatus verb_convert (Tool *tool, int argc, char **argv);
ToolStatus verb_expand (Tool *tool, int argc, char **argv);
ToolStatus verb_list (Tool *tool, int argc, char **argv);
ToolStatus verb_check (Tool *tool, int argc, char **argv);
ToolStatus verb_compare (Tool *tool, int argc, char **argv);
ToolStatus verb_plan (Tool *tool, int argc, char **argv);
ToolStatus verb_baseline (Tool *tool, int argc, char **argv);
ToolStatus verb_path (Tool *tool, int argc, char **argv);
ToolStatus verb_map (Tool *tool, int argc, char **argv);
ToolStatus verb_select (Tool *tool, int argc, char **argv);
ToolStatus verb_diff (Tool *tool, int argc, char **argv);
ToolStatus verb_lint (Tool *tool, int argc, char **argv);
ToolStatus verb_matrix (Tool *tool, int argc, char **argv);
ToolStatus verb_state (Tool *tool, int argc, char **argv);
ToolStatus verb_qemu (Tool *tool, int argc, char **argv);
ToolStatus verb_explain (Tool *tool, int argc, char **argv);

G_END_DECLS
