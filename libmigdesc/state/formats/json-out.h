/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "state/format.h"

G_BEGIN_DECLS

/* JSON text in the making, in the memory of a stream visitor's output. */

#define MIGDESC_JSON_OUT_DEPTH (MIGDESC_STATE_DEPTH_MAX + 8)

#define MIGDESC_JSON_OUT_MAX (G_GUINT64_CONSTANT (1) << 31)

typedef struct
{
  GByteArray *output;
  gboolean full; /* it became too much: the text is of no use */
  char *cursor; /* NULL: output is as long as what has been written */
  char *limit;
  gboolean pretty;
  guint depth;
  guint8 filled[MIGDESC_JSON_OUT_DEPTH + 1]; /* 1: has a member or element; 2: one on a line */
} MigdescJsonOut;

/* Room for n more bytes at the cursor. */
void migdesc_json_out_grow (MigdescJsonOut *out, gsize n);
/* Gives the output its true length. */
void migdesc_json_out_sync (MigdescJsonOut *out);

static inline void
migdesc_json_out_reserve (MigdescJsonOut *out,
                          gsize n)
{
  if (G_UNLIKELY (out->cursor == NULL || (gsize) (out->limit - out->cursor) < n))
    migdesc_json_out_grow (out, n);
}

void migdesc_json_out_raw (MigdescJsonOut *out, const char *text, gsize length);
void migdesc_json_out_string (MigdescJsonOut *out, const char *text, gsize length);
void migdesc_json_out_uint (MigdescJsonOut *out, guint64 value);
void migdesc_json_out_int (MigdescJsonOut *out, gint64 value);
void migdesc_json_out_double (MigdescJsonOut *out, double value);

/* What is due before a value: a comma, its name (NULL: an element, or the whole). */
void migdesc_json_out_begin (MigdescJsonOut *out, const char *name, gboolean container);
/* A bracket of any kind, and its counterpart. */
void migdesc_json_out_open (MigdescJsonOut *out, const char *name, char bracket);
void migdesc_json_out_close (MigdescJsonOut *out, char bracket);

G_END_DECLS
