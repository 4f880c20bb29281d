/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "state/format.h"
#include "state/formats/binary.h"

G_BEGIN_DECLS

/* Three levels: records, which are whole and have their hash checked before anything in them is
 * used; the chunks of a section, one after the other; and the values in them.
 *
 * Between cursor and limit are bytes of the chunk at hand, in the input. The input is only there
 * during a call; so before the reader blocks it copies what is left of a chunk into `carry`, and
 * what it needs of the next chunk behind that. */

typedef enum
{
  MIGDESC_BINARY_AT_HEADER,
  MIGDESC_BINARY_AT_MANIFEST,
  MIGDESC_BINARY_AT_SCHEMAS,
  MIGDESC_BINARY_AT_DEVICES,
  MIGDESC_BINARY_AT_END
} MigdescBinaryStage;

/* Bytes of the carry, and where in the stream they are. */
typedef struct
{
  gsize start;
  guint64 offset;
} MigdescBinarySpan;

typedef struct
{
  guint8 type;
  guint8 flags;
  guint16 device;
  guint32 length;
  const guint8 *body;
  guint64 offset; /* of the record */
} MigdescBinaryRecord;

typedef struct
{
  MigdescStreamVisitor parent_instance;

  MigdescBinaryStage stage;
  guint64 hash; /* of the header or the last record */
  void *state;  /* of XXH64 */
  guint32 n_records;
  gboolean is_checked; /* the record at the input's begin is whole and good */

  guint device;
  guint n_devices; /* begun by now */
  const MigdescStatePlan *plan; /* nullable: a visit function */
  gsize scanned; /* bytes of the input known to be of this device */

  gboolean in_section; /* or in the body */
  gboolean in_body;
  gboolean is_last;    /* the chunk at hand */
  gboolean is_skipping;
  guint n_passed;      /* sections of the plan that cannot come any more */
  GPtrArray *seen;     /* names of other sections that came */

  gboolean in_carry;
  GByteArray *carry;
  GArray *spans;
  gsize passed;        /* of the buffer under way, when it was blocked */
  const guint8 *rest;  /* of a chunk, while its first bytes are in the carry */
  gsize rest_length;
  guint64 limit_offset; /* of the limit, or of the rest's end */
  const guint8 *mark;   /* where the value at hand begins */
  guint64 place;        /* of an error that is no value's; else G_MAXUINT64 */
} MigdescBinaryReader;

#define MIGDESC_BINARY_READER(object) ((MigdescBinaryReader *) (object))

/* Always FALSE. The place is a byte of the stream. */
gboolean migdesc_binary_reader_fail (MigdescBinaryReader *reader,
                                     GError **error,
                                     MigdescError code,
                                     guint64 offset,
                                     const char *format,
                                     ...) G_GNUC_PRINTF (5, 6);

/* The header, then whatever comes. */
gboolean migdesc_binary_reader_next_event (MigdescStreamVisitor *visitor,
                                           MigdescStreamEvent *event,
                                           GError **error);
/* The record that comes next; skips those that may be. It is there until it is taken, or until the
 * reader is blocked. */
gboolean migdesc_binary_reader_peek (MigdescBinaryReader *reader,
                                     MigdescBinaryRecord *record,
                                     GError **error);
void migdesc_binary_reader_take (MigdescBinaryReader *reader, const MigdescBinaryRecord *record);
/* While blocked: has the body of the record that comes next put into a buffer, if it is all of the
 * buffer, of which so many bytes are there. */
void migdesc_binary_reader_aim (MigdescBinaryReader *reader, guint8 *data, gsize room);
/* Blocks until all records of the device at hand, and one behind, are in the input. */
gboolean migdesc_binary_reader_wait (MigdescBinaryReader *reader, GError **error);

/* What the values of a piece are, where a chunk may not end within one. */
typedef struct
{
  const MigdescRun *run; /* rows of it, or NULL */
  gsize width;           /* of a scalar; 1 for bytes */
} MigdescBinaryPiece;

/* n bytes of the section at hand between cursor and limit: the slow half of the function below. */
gboolean migdesc_binary_reader_gather (MigdescBinaryReader *reader,
                                       gsize n,
                                       const MigdescBinaryPiece *piece,
                                       GError **error);
/* Any bytes, of n that are needed, where there are none between cursor and limit. */
gboolean migdesc_binary_reader_more (MigdescBinaryReader *reader, gsize n, GError **error);
guint64 migdesc_binary_reader_get_place (MigdescBinaryReader *reader, const guint8 *at);

/* head: bytes of the record before the section's data */
void migdesc_binary_reader_begin_section (MigdescBinaryReader *reader,
                                          const MigdescBinaryRecord *record,
                                          gsize head);
gboolean migdesc_binary_reader_finish_section (MigdescBinaryReader *reader, GError **error);

void migdesc_binary_reader_class_set_sections (MigdescStreamVisitorClass *klass);

static inline gboolean
migdesc_binary_reader_need (MigdescBinaryReader *reader,
                            gsize n,
                            const MigdescBinaryPiece *piece,
                            GError **error)
{
  const MigdescVisitor *visitor = &reader->parent_instance.parent_instance;

  if (G_UNLIKELY ((gsize) (visitor->limit - visitor->cursor) < n)
      && !migdesc_binary_reader_gather (reader, n, piece, error))
    return FALSE;
  reader->mark = visitor->cursor;
  return TRUE;
}

G_END_DECLS
