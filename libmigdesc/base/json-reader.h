/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>
#include <migdesc/migdesc-error.h>
#include <migdesc/migdesc-limits.h>

#include "base/arena.h"
#include "base/json-scan.h"
#include "base/key-set.h"

G_BEGIN_DECLS

/* A strict cursor over a JSON text (RFC 8259) that need not end in NUL; no byte outside of it is
 * read.
 *
 * The caller asks for what it expects, or peeks first. Every function that can fail returns FALSE
 * then, or MIGDESC_JSON_ERROR; from then on all of them do, so checking at the end of a group of
 * calls is enough. The first failure is kept in the reader: code, byte offset, message. Line,
 * column and pointer come from migdesc_json_locate.
 *
 * The texts it gives are slices of the document, or decoded copies where there were escapes. Both
 * stay valid until migdesc_json_reader_clear, and neither ends in NUL.
 *
 * Duplicate members are the caller's to find in objects that it reads itself (by a bit for each
 * known member and a MigdescKeySet for the others); migdesc_json_reader_fail_duplicate says so.
 * What is skipped or copied is checked here.
 *
 *   migdesc_json_reader_init (&reader, text, length, limits);
 *   if (migdesc_json_reader_begin_object (&reader))
 *     while (migdesc_json_reader_next_member (&reader, &key))
 *       read_or_skip_value (&reader, key);
 *   if (!migdesc_json_reader_finish (&reader))
 *     report (reader.error, reader.error_offset, reader.message);
 *   migdesc_json_reader_clear (&reader); */

#define MIGDESC_JSON_DEPTH_MAX 256

/* What a number is that should be an integer from 0 to 2^64-1. */
typedef enum
{
  MIGDESC_JSON_INT_OK,
  MIGDESC_JSON_INT_NEGATIVE, /* -0 too */
  MIGDESC_JSON_INT_FRACTION,
  MIGDESC_JSON_INT_EXPONENT,
  MIGDESC_JSON_INT_TOO_LARGE,
  MIGDESC_JSON_INT_ERROR /* not a number at all: the reader has failed */
} MigdescJsonIntStatus;

typedef struct
{
  const char *text;
  guint32 length;
  guint32 offset; /* of the opening quotation mark, or of a number's first character */
} MigdescJsonString;

typedef struct
{
  const char *cursor; /* at a value, a key, a comma, a bracket or the end; never at white space */
  const char *end;
  const char *text;
  guint depth;
  guint values_left;
  gboolean first; /* just after an opening bracket: no comma is due */

  guint depth_limit;
  guint members_limit;
  guint string_limit;
  guint values_limit;
  guint members_left[MIGDESC_JSON_DEPTH_MAX + 1]; /* by depth */

  MigdescError error; /* 0 while all is well */
  gsize error_offset;
  char *message; /* one line of clean UTF-8, without the place */

  MigdescArena *decoded;   /* strings that had escapes */
  MigdescKeySet *key_sets; /* for skipping: one a level */
} MigdescJsonReader;

/* A place to come back to, with what belongs to it. */
typedef struct
{
  const char *cursor;
  guint depth;
  guint values_left;
  gboolean first;
} MigdescJsonMark;

/* limits: NULL for the defaults. A text over the document limit or with a byte order mark is a
 * failure already. The text has to outlive the reader. */
void migdesc_json_reader_init (MigdescJsonReader *reader,
                               const char *text,
                               gsize length,
                               const MigdescLimits *limits);
void migdesc_json_reader_clear (MigdescJsonReader *reader);

/* Only white space may follow the value read. FALSE also for any failure before. */
gboolean migdesc_json_reader_finish (MigdescJsonReader *reader);

/* Makes the reader fail here, with a message of the caller's; a failure before it wins. Always
 * FALSE. Text from the document has to go through migdesc_quote. */
gboolean migdesc_json_reader_fail (MigdescJsonReader *reader,
                                   MigdescError code,
                                   gsize offset,
                                   const char *format,
                                   ...) G_GNUC_PRINTF (4, 5);
gboolean migdesc_json_reader_fail_duplicate (MigdescJsonReader *reader,
                                             const MigdescJsonString *key);
/* "expected WANTED, found a string", as document-type, at the cursor; or the syntax error that
 * stands there. */
gboolean migdesc_json_reader_fail_kind (MigdescJsonReader *reader, const char *wanted);

/* Passes over one value of any kind; all below it is checked for syntax, limits and duplicate
 * members. */
gboolean migdesc_json_reader_skip_value (MigdescJsonReader *reader);
/* The same, and appends it to output in canonical form: no white space, strings with only `"`,
 * `\` and control characters escaped, numbers as written. */
gboolean migdesc_json_reader_copy_value (MigdescJsonReader *reader, GString *output);

/* A number of any kind, as written. */
gboolean migdesc_json_reader_read_number (MigdescJsonReader *reader, MigdescJsonString *lexeme);
/* Any JSON number: the status says whether it is an integer from 0 to 2^64-1; if not, the reader
 * goes on behind it all the same. */
MigdescJsonIntStatus migdesc_json_reader_read_integer (MigdescJsonReader *reader, guint64 *value);
/* An integer from 0 to 2^64-1; all else makes the reader fail. */
gboolean migdesc_json_reader_read_uint64 (MigdescJsonReader *reader, guint64 *value);
/* "is negative", "has a fraction", ... for messages */
const char *migdesc_json_int_status_text (MigdescJsonIntStatus status);

gboolean migdesc_json_reader_read_bool (MigdescJsonReader *reader, gboolean *value);
gboolean migdesc_json_reader_read_null (MigdescJsonReader *reader);

/* The slow halves of the inline functions below. */
gboolean migdesc_json_reader_fail_limit (MigdescJsonReader *reader,
                                         MigdescLimit limit,
                                         gsize offset);
gboolean migdesc_json_reader_fail_unexpected (MigdescJsonReader *reader, const char *wanted);
gboolean migdesc_json_reader_pass_string (MigdescJsonReader *reader,
                                            const char *special,
                                            gboolean wanted,
                                            MigdescJsonString *string);

static inline gsize
migdesc_json_reader_offset (const MigdescJsonReader *reader)
{
  return (gsize) (reader->cursor - reader->text);
}

static inline MigdescJsonMark
migdesc_json_reader_tell (const MigdescJsonReader *reader)
{
  return (MigdescJsonMark) { reader->cursor, reader->depth, reader->values_left, reader->first };
}

/* Goes on at a mark of this reader, unless it has failed. Values read twice count once if the
 * caller comes back to a mark taken before the detour. The containers around the mark have to be
 * those that are open, or outer ones. */
static inline void
migdesc_json_reader_seek (MigdescJsonReader *reader,
                          const MigdescJsonMark *mark)
{
  if (G_UNLIKELY (reader->error != 0))
    return;
  reader->cursor = mark->cursor;
  reader->depth = mark->depth;
  reader->values_left = mark->values_left;
  reader->first = mark->first;
}

/* The kind of the value that comes next, by its first character. */
static inline MigdescJsonKind
migdesc_json_reader_peek (const MigdescJsonReader *reader)
{
  if (G_UNLIKELY (reader->cursor == reader->end))
    return reader->error != 0 ? MIGDESC_JSON_ERROR : MIGDESC_JSON_END;
  return (MigdescJsonKind) migdesc_json_kinds[(guchar) *reader->cursor];
}

/* Every value passes here once. */
static inline gboolean
migdesc_json_reader_count_value (MigdescJsonReader *reader)
{
  if (G_UNLIKELY (reader->values_left == 0))
    return migdesc_json_reader_fail_limit (reader, MIGDESC_LIMIT_VALUES,
                                           migdesc_json_reader_offset (reader));
  reader->values_left--;
  return TRUE;
}

static inline gboolean
migdesc_json_reader_begin (MigdescJsonReader *reader,
                           char bracket,
                           const char *wanted)
{
  if (G_UNLIKELY (reader->cursor == reader->end || *reader->cursor != bracket))
    return migdesc_json_reader_fail_kind (reader, wanted);
  if (G_UNLIKELY (!migdesc_json_reader_count_value (reader)))
    return FALSE;
  if (G_UNLIKELY (reader->depth == reader->depth_limit))
    return migdesc_json_reader_fail_limit (reader, MIGDESC_LIMIT_DEPTH,
                                           migdesc_json_reader_offset (reader));
  reader->depth++;
  reader->members_left[reader->depth] = reader->members_limit;
  reader->first = TRUE;
  reader->cursor = migdesc_json_skip_space (reader->cursor + 1, reader->end);
  return TRUE;
}

static inline gboolean
migdesc_json_reader_begin_object (MigdescJsonReader *reader)
{
  return migdesc_json_reader_begin (reader, '{', "an object");
}

static inline gboolean
migdesc_json_reader_begin_array (MigdescJsonReader *reader)
{
  return migdesc_json_reader_begin (reader, '[', "an array");
}

/* The cursor is at the quotation mark; leaves it behind the string and white space. Where the text
 * is not wanted, escapes are only checked. */
static inline gboolean
migdesc_json_reader_take_string (MigdescJsonReader *reader,
                                 gboolean wanted,
                                 MigdescJsonString *string)
{
  const char *start = reader->cursor + 1;
  const char *stop = migdesc_json_plain_end (start, reader->end);

  if (G_UNLIKELY (stop == reader->end || *stop != '"'
                  || (gsize) (stop - start) > reader->string_limit))
    return migdesc_json_reader_pass_string (reader, stop, wanted, string);

  string->text = start;
  string->length = (guint32) (stop - start);
  string->offset = (guint32) (start - 1 - reader->text);
  reader->cursor = migdesc_json_skip_space (stop + 1, reader->end);
  return TRUE;
}

/* A string of any content, decoded. */
static inline gboolean
migdesc_json_reader_read_string (MigdescJsonReader *reader,
                                 MigdescJsonString *string)
{
  if (G_UNLIKELY (reader->cursor == reader->end || *reader->cursor != '"'))
    return migdesc_json_reader_fail_kind (reader, "a string");
  if (G_UNLIKELY (!migdesc_json_reader_count_value (reader)))
    return FALSE;
  return migdesc_json_reader_take_string (reader, TRUE, string);
}

/* TRUE: at a member's value, and key is its name. FALSE: the object has ended, or the reader has
 * failed. */
static inline gboolean
migdesc_json_reader_next_member (MigdescJsonReader *reader,
                                 MigdescJsonString *key)
{
  gboolean first = reader->first;

  if (G_UNLIKELY (reader->cursor == reader->end))
    return migdesc_json_reader_fail_unexpected (
        reader, first ? "a member's name or \"}\"" : "\",\" or \"}\"");
  if (*reader->cursor == '}')
    {
      reader->first = FALSE;
      reader->depth--;
      reader->cursor = migdesc_json_skip_space (reader->cursor + 1, reader->end);
      return FALSE;
    }
  if (!first)
    {
      if (G_UNLIKELY (*reader->cursor != ','))
        return migdesc_json_reader_fail_unexpected (reader, "\",\" or \"}\"");
      reader->cursor = migdesc_json_skip_space (reader->cursor + 1, reader->end);
    }
  reader->first = FALSE;

  if (G_UNLIKELY (reader->cursor == reader->end || *reader->cursor != '"'))
    return migdesc_json_reader_fail_unexpected (
        reader, first ? "a member's name or \"}\"" : "a member's name");
  if (G_UNLIKELY (reader->members_left[reader->depth]-- == 0))
    return migdesc_json_reader_fail_limit (reader, MIGDESC_LIMIT_MEMBERS,
                                           migdesc_json_reader_offset (reader));
  if (G_UNLIKELY (!migdesc_json_reader_take_string (reader, TRUE, key)))
    return FALSE;
  if (G_UNLIKELY (reader->cursor == reader->end || *reader->cursor != ':'))
    return migdesc_json_reader_fail_unexpected (reader, "\":\"");
  reader->cursor = migdesc_json_skip_space (reader->cursor + 1, reader->end);
  return TRUE;
}

/* TRUE: at an element. FALSE: the array has ended, or the reader has failed. */
static inline gboolean
migdesc_json_reader_next_element (MigdescJsonReader *reader)
{
  if (G_UNLIKELY (reader->cursor == reader->end))
    return migdesc_json_reader_fail_unexpected (
        reader, reader->first ? "a value or \"]\"" : "\",\" or \"]\"");
  if (*reader->cursor == ']')
    {
      reader->first = FALSE;
      reader->depth--;
      reader->cursor = migdesc_json_skip_space (reader->cursor + 1, reader->end);
      return FALSE;
    }
  if (!reader->first)
    {
      if (G_UNLIKELY (*reader->cursor != ','))
        return migdesc_json_reader_fail_unexpected (reader, "\",\" or \"]\"");
      reader->cursor = migdesc_json_skip_space (reader->cursor + 1, reader->end);
      /* [1,] must not look like an end */
      if (G_UNLIKELY (migdesc_json_reader_peek (reader) <= MIGDESC_JSON_END))
        return migdesc_json_reader_fail_unexpected (reader, "a value");
    }
  reader->first = FALSE;
  return TRUE;
}

static inline gboolean
migdesc_json_string_equal (const MigdescJsonString *string,
                           const char *text,
                           gsize length)
{
  return string->length == length && migdesc_bytes_equal (string->text, text, length);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MigdescJsonReader, migdesc_json_reader_clear)

G_END_DECLS
