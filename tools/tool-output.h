/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <migdesc/migdesc.h>

G_BEGIN_DECLS

/* stdout is the answer, stderr the talk. Control characters that came from input are escaped on
 * both. */
void tool_print_line (const char *format, ...) G_GNUC_PRINTF (1, 2);
void tool_print_raw (const char *text, gsize length);
/* Each line of the text, indented. */
void tool_print_lines (const char *text, const char *indent);
/* Prose, broken at spaces to fit 80 columns. */
void tool_print_wrapped (const char *text);

void tool_print_talk (const char *format, ...) G_GNUC_PRINTF (1, 2);
/* All findings as talk. */
void tool_talk_report (const MigdescReport *report);

/* FALSE, after telling why, if the answer could not be written. */
gboolean tool_finish_output (void);

G_END_DECLS
