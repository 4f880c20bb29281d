/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "state/format.h"
#include "state/formats/binary.h"

G_BEGIN_DECLS

/* The chunk at hand is at the end of the output: its head is filled in, and its hash added, when it
 * is closed. Between cursor and limit is its room. */

typedef struct
{
  MigdescStreamVisitor parent_instance;

  guint64 hash; /* of the header or the last record */
  guint32 n_records;
  guint device;
  gboolean may_block; /* the state comes from a plan */
  gboolean is_large;  /* the buffer at hand: its bytes stay where they are */
  gboolean is_open;   /* there is a chunk at hand */
  gboolean in_body;
  gboolean is_first;
  gsize start; /* of the chunk at hand, in the output */
  struct XXH64_state_s *state; /* for chunks that are in two places */
} MigdescBinaryWriter;

#define MIGDESC_BINARY_WRITER(object) ((MigdescBinaryWriter *) (object))

/* The stream's part of the class: records and sections. */
void migdesc_binary_writer_class_set_records (MigdescStreamVisitorClass *klass);

/* The slow half of the function below. */
gboolean migdesc_binary_writer_next_chunk (MigdescBinaryWriter *writer, gsize n, GError **error);

/* Room for n bytes, at most BODY_MAX, in one chunk. */
static inline gboolean
migdesc_binary_writer_make_room (MigdescBinaryWriter *writer,
                                 gsize n,
                                 GError **error)
{
  const MigdescVisitor *visitor = &writer->parent_instance.parent_instance;

  return G_LIKELY ((gsize) (visitor->limit - visitor->cursor) >= n)
         || migdesc_binary_writer_next_chunk (writer, n, error);
}

G_END_DECLS
