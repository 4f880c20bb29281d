/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <string.h>

#include <glib-object.h>

G_BEGIN_DECLS

/* What both directions of the binary format share; docs/state-format.md has it in full. */

#define MIGDESC_BINARY_MAGIC "\x89MDS\r\n\x1a\n"
#define MIGDESC_BINARY_MAGIC_SIZE 8
#define MIGDESC_BINARY_HEADER_SIZE 28
#define MIGDESC_BINARY_MAJOR 1
#define MIGDESC_BINARY_MINOR 0
/* Feature bits that a reader has to know to read the stream. */
#define MIGDESC_BINARY_REQUIRED 0

/* A record: u32 length of the body, u8 type, u8 flags, u16 device; body; u64 hash. */
#define MIGDESC_BINARY_HEAD_SIZE 8
#define MIGDESC_BINARY_HASH_SIZE 8
#define MIGDESC_BINARY_BODY_MAX (1u << 20)
#define MIGDESC_BINARY_SKIPPABLE 0x80

#define MIGDESC_BINARY_CHUNK_LAST (1u << 0)
#define MIGDESC_BINARY_CHUNK_FIRST (1u << 1)
/* The first chunk of a section begins: u8 flags, u8 n, n bytes of name, u16 version. */
#define MIGDESC_BINARY_SECTION_DROPPABLE (1u << 0)
#define MIGDESC_BINARY_SECTION_SIZE 4
#define MIGDESC_BINARY_NAME_MAX 255

#define MIGDESC_BINARY_END_SIZE 12

/* Bytes of a chunk's body as we write it, unless one piece has more. */
#define MIGDESC_BINARY_CHUNK_SIZE (128u << 10)

/* More than any piece that a walk passes at once. */
#define MIGDESC_BINARY_PIECE_MAX (64u << 10)

static inline void
migdesc_binary_put16 (guint8 *bytes,
                      guint value)
{
  guint16 little = GUINT16_TO_LE ((guint16) value);

  memcpy (bytes, &little, sizeof little);
}

static inline void
migdesc_binary_put32 (guint8 *bytes,
                      guint32 value)
{
  guint32 little = GUINT32_TO_LE (value);

  memcpy (bytes, &little, sizeof little);
}

static inline void
migdesc_binary_put64 (guint8 *bytes,
                      guint64 value)
{
  guint64 little = GUINT64_TO_LE (value);

  memcpy (bytes, &little, sizeof little);
}

static inline guint16
migdesc_binary_get16 (const guint8 *bytes)
{
  guint16 little;

  memcpy (&little, bytes, sizeof little);
  return GUINT16_FROM_LE (little);
}

static inline guint32
migdesc_binary_get32 (const guint8 *bytes)
{
  guint32 little;

  memcpy (&little, bytes, sizeof little);
  return GUINT32_FROM_LE (little);
}

static inline guint64
migdesc_binary_get64 (const guint8 *bytes)
{
  guint64 little;

  memcpy (&little, bytes, sizeof little);
  return GUINT64_FROM_LE (little);
}

/* An unsigned integer of 1, 2, 4 or 8 bytes; the high bytes of value are left out. */
static inline void
migdesc_binary_put (guint8 *bytes,
                    guint width,
                    guint64 value)
{
  guint8 all[8];

  migdesc_binary_put64 (all, value);
  memcpy (bytes, all, width);
}

static inline guint64
migdesc_binary_get (const guint8 *bytes,
                    guint width)
{
  guint8 all[8] = { 0 };

  memcpy (all, bytes, width);
  return migdesc_binary_get64 (all);
}

GType migdesc_binary_writer_get_type (void);
GType migdesc_binary_reader_get_type (void);

G_END_DECLS
