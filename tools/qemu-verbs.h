/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "tool-options.h"

G_BEGIN_DECLS

ToolStatus qemu_show (Tool *tool, int argc, char **argv);
ToolStatus qemu_get (Tool *tool, int argc, char **argv);
ToolStatus qemu_check (Tool *tool, int argc, char **argv);
ToolStatus qemu_diff (Tool *tool, int argc, char **argv);
ToolStatus qemu_dump_diff (Tool *tool, int argc, char **argv);
ToolStatus qemu_sections (Tool *tool, int argc, char **argv);
ToolStatus qemu_values (Tool *tool, int argc, char **argv);
ToolStatus qemu_map (Tool *tool, int argc, char **argv);

G_END_DECLS
