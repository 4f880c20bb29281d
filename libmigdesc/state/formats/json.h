/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "base/json-reader.h"
#include "state/format.h"
#include "state/tree/tree.h"

G_BEGIN_DECLS

/* States as JSON, both ways.
 *
 * A struct is an object of its fields, in the order of the table; on load they may come in any.
 * Integers are numbers, exact; doubles numbers, or "NaN", "Infinity" and "-Infinity"; an enum is
 * its word, flags an array of words; buffers and bitmaps are base64; a struct that is absent is
 * null; a section an object that begins with "@version", and with "@droppable" where it is.
 *
 * A stream: {"migdesc_state": "1.0", "manifest": {...}, "schemas": {digest: {...}},
 * "devices": {id: {...}}} */

GType migdesc_json_saver_get_type (void);
GType migdesc_json_loader_get_type (void);

/* A visitor that writes one value, and what it has written; pretty: for people. */
MigdescVisitor *migdesc_json_saver_new (gboolean pretty);
GString *migdesc_json_saver_take (MigdescVisitor *visitor);

/* Reads a state that is all of text: into a tree, or where tree is NULL into a struct of the plan.
 * limits: NULL for the defaults. */
gboolean migdesc_json_load (const char *text,
                            gsize length,
                            const MigdescLimits *limits,
                            const MigdescStatePlan *plan,
                            gpointer state,
                            MigdescTree *tree,
                            GError **error);

/* Shortest text that reads back as the same finite double. */
char *migdesc_json_format_double (char digits[G_ASCII_DTOSTR_BUF_SIZE], double value);

G_END_DECLS
