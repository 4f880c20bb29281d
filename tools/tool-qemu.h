/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "tool-json.h"
#include "tool-options.h"

G_BEGIN_DECLS

/* What the verbs that read a migration stream have in common. */

typedef struct
{
  char *description; /* nullable: a stream that has one, or a description in JSON */
  int page_size;
} ToolQemuOptions;

#define TOOL_QEMU_OPTIONS(options) \
  { "description", 0, 0, G_OPTION_ARG_FILENAME, &(options)->description, \
    "Decode a stream without a description by that of FILE", "FILE" }, \
  { "page-size", 0, 0, G_OPTION_ARG_INT, &(options)->page_size, \
    "Bytes of a page of the guest's memory", "N" }

/* A stream in a file, or "-". NULL after telling why. */
MigdescQemuStream *tool_qemu_read (Tool *tool, const ToolQemuOptions *options, const char *place);
/* The section that is meant. NULL after telling why. */
MigdescQemuSection *tool_qemu_find (Tool *tool, MigdescQemuStream *stream, const char *place,
                                    const char *name);
/* For the findings of a stream. */
ToolStatus tool_qemu_status (MigdescQemuStream *stream);
/* "full", "start", "command" and so on */
const char *tool_qemu_kind_word (MigdescQemuSection *section);
/* "yes", "no", or "" for what has no state; what of a description */
const char *tool_qemu_describe_state (MigdescQemuSection *section);
/* Whether it is of a device, whose state can be shown. */
gboolean tool_qemu_is_device (MigdescQemuSection *section);

/* A section as an object; all of them as a member "sections". */
void tool_qemu_add_section (ToolJson *json, MigdescQemuSection *section);
void tool_qemu_add_sections (ToolJson *json, MigdescQemuStream *stream);

static inline void
tool_qemu_options_clear (ToolQemuOptions *options)
{
  g_clear_pointer (&options->description, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ToolQemuOptions, tool_qemu_options_clear)

G_END_DECLS
