/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

#include "base/json-writer.h"

G_BEGIN_DECLS

/* Why hosts say no, counted: reasons of one code and one param are one, in the words of the one
 * that most hosts have. */

typedef struct
{
  const char *code;
  const char *param; /* nullable */
  const char *message;
  guint32 n_hosts;
  guint32 n_messages; /* different ones */
} MigdescReason;

typedef struct _MigdescReasons MigdescReasons;

MigdescReasons *migdesc_reasons_new (guint32 n_shapes);
void migdesc_reasons_free (MigdescReasons *reasons);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MigdescReasons, migdesc_reasons_free)

/* All of a shape's reasons follow each other; shapes come in order. */
void migdesc_reasons_add (MigdescReasons *reasons, guint32 shape, guint32 n_hosts,
                          const char *code, const char *param, const char *message);
/* After the last: most hosts first, then by code and param. */
void migdesc_reasons_sort (MigdescReasons *reasons);

guint migdesc_reasons_get_n (const MigdescReasons *reasons);
const MigdescReason *migdesc_reasons_get (const MigdescReasons *reasons, guint position);
/* An array of {"code", "param", "hosts", "message", "ways"} */
void migdesc_reasons_append_json (const MigdescReasons *reasons, MigdescJsonWriter *writer);
/* An array of {"code", "param", "hosts", "messages": {TEXT: HOSTS}}: what can be added up with the
 * reasons of other hosts. */
void migdesc_reasons_append_all_json (const MigdescReasons *reasons, MigdescJsonWriter *writer);
/* A line each, with a line end before it: "312 hosts: ..." */
void migdesc_reasons_append_text (const MigdescReasons *reasons, GString *text);
/* The reasons of a shape, by position */
const guint32 *migdesc_reasons_of_shape (const MigdescReasons *reasons, guint32 shape, guint *n);

G_END_DECLS
