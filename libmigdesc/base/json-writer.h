/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Writes canonical JSON into a GString: members in the order of the calls, only `"`, `\` and
 * control characters escaped, all else as UTF-8; compact, or with two spaces a level and a space
 * after each colon. The calls have to make a document; commas are the writer's. */

#define MIGDESC_JSON_WRITER_DEPTH 256
/* 2^53: up to here every reader of JSON gets integers right */
#define MIGDESC_JSON_SAFE_INTEGER (G_GUINT64_CONSTANT (1) << 53)

typedef struct
{
  GString *output; /* the caller's */
  gboolean pretty;
  guint depth;
  gboolean after_key; /* the next value belongs to a key just written */
  gboolean failed;    /* some text was not UTF-8; it was replaced by U+FFFD */
  guint8 filled[MIGDESC_JSON_WRITER_DEPTH + 1]; /* a level: whether it has a member or element */
} MigdescJsonWriter;

void migdesc_json_writer_init (MigdescJsonWriter *writer, GString *output, gboolean pretty);

void migdesc_json_writer_begin_object (MigdescJsonWriter *writer);
void migdesc_json_writer_end_object (MigdescJsonWriter *writer);
void migdesc_json_writer_begin_array (MigdescJsonWriter *writer);
void migdesc_json_writer_end_array (MigdescJsonWriter *writer);

/* The key of the value that is written next. */
void migdesc_json_writer_key (MigdescJsonWriter *writer, const char *name);
void migdesc_json_writer_key_length (MigdescJsonWriter *writer, const char *name, gsize length);

/* FALSE, and writer->failed from then on: not UTF-8. */
gboolean migdesc_json_writer_string (MigdescJsonWriter *writer, const char *text);
gboolean migdesc_json_writer_string_length (MigdescJsonWriter *writer,
                                            const char *text,
                                            gsize length);

/* A number, whatever its size. */
void migdesc_json_writer_uint (MigdescJsonWriter *writer, guint64 value);
/* A number up to 2^53; above, where other readers round, a string of decimal digits. */
void migdesc_json_writer_uint_safe (MigdescJsonWriter *writer, guint64 value);
void migdesc_json_writer_bool (MigdescJsonWriter *writer, gboolean value);
void migdesc_json_writer_null (MigdescJsonWriter *writer);

/* A value that is canonical compact JSON already, such as migdesc_json_reader_copy_value gives. */
void migdesc_json_writer_raw (MigdescJsonWriter *writer, const char *json, gsize length);

/* member = key + value */
gboolean migdesc_json_writer_member_string (MigdescJsonWriter *writer,
                                            const char *name,
                                            const char *text);
void migdesc_json_writer_member_uint (MigdescJsonWriter *writer, const char *name, guint64 value);
void migdesc_json_writer_member_bool (MigdescJsonWriter *writer, const char *name, gboolean value);

/* The text in quotation marks, escaped as above; bytes that are not UTF-8 become U+FFFD, and the
 * answer FALSE. */
gboolean migdesc_json_append_string (GString *output, const char *text, gsize length);

G_END_DECLS
