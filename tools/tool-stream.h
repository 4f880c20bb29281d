/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "tool-json.h"

G_BEGIN_DECLS

/* A stream of states that was read. */
typedef struct
{
  char *name;
  MigdescStreamReader *reader;
  MigdescManifest *manifest; /* the reader's */
  guint64 size;              /* bytes */
  GError *error;             /* why there are no states, though there is a manifest; else NULL */
} ToolStream;

/* A file or "-". @schemas: files with schemas for streams that embed none, or NULL. NULL after
 * telling why there is not even a manifest, or, with @needs_states, not all states. */
ToolStream *tool_stream_read (Tool *tool, const char *place, char **schemas,
                              gboolean needs_states);
void tool_stream_free (ToolStream *stream);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ToolStream, tool_stream_free)

MigdescState *tool_stream_get_state (const ToolStream *stream, guint device);
/* The device of that id, or the only one. FALSE after telling why there is none. */
gboolean tool_stream_choose (Tool *tool, const ToolStream *stream, const char *id, guint *device);
/* NAME=VALUE, with commas between. */
char *tool_stream_describe_params (const ToolStream *stream, guint device);
/* "sha256:" and a few digits; NULL if there is none. */
char *tool_stream_shorten_digest (const ToolStream *stream, guint device);

/* A writer for the stream's states; @edited, if it is not NULL, has a state for each device, or
 * NULL where it is as it was. NULL after telling why. */
MigdescStreamWriter *tool_stream_new_writer (Tool *tool, const ToolStream *stream,
                                             const char *format, MigdescState *const *edited);
/* Into @path; or, if that is NULL, to the standard output. */
gboolean tool_stream_write (Tool *tool, MigdescStreamWriter *writer, const char *path);
/* Whether a format is one for people's eyes. */
gboolean tool_stream_is_text (const char *format);

G_END_DECLS
