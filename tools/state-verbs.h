/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "tool-options.h"

G_BEGIN_DECLS

ToolStatus state_show (Tool *tool, int argc, char **argv);
ToolStatus state_get (Tool *tool, int argc, char **argv);
ToolStatus state_diff (Tool *tool, int argc, char **argv);
ToolStatus state_check (Tool *tool, int argc, char **argv);
ToolStatus state_convert (Tool *tool, int argc, char **argv);
ToolStatus state_schema (Tool *tool, int argc, char **argv);
ToolStatus state_edit (Tool *tool, int argc, char **argv);

#define STATE_SCHEMA_OPTION(places) \
  { "schema", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, places, \
    "A schema for a stream that embeds none", "FILE" }

G_END_DECLS
