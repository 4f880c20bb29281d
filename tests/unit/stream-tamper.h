/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <string.h>

#include <xxhash.h>

#include "stream-check.h"

/* A small device, and its stream with something done to it. */

typedef struct
{
  guint16 size;
  guint16 head;
} Small;

typedef struct
{
  guint8 mode;
  guint32 ring;
  guint8 n_rows;
  Small rows[3];
  gint16 deltas[2];
  guint8 n_blob;
  guint8 *blob;
  gboolean up;
  guint32 key;
  gboolean has_key;
  guint8 last;
} Tiny;

static gboolean
tiny_has_key (gconstpointer state)
{
  return ((const Tiny *) state)->has_key;
}

static const char *const modes[] = { "off", "on" };
static const MigdescField small_fields[] = {
  MIGDESC_U16 (Small, size, 1, 1000),
  MIGDESC_U16 (Small, head, 0, 999),
  MIGDESC_RELATION (Small, head, MIGDESC_LT, size),
};
MIGDESC_STRUCT (small, Small, 1, 1, small_fields, NULL);
static const MigdescField key_fields[] = { MIGDESC_U32 (Tiny, key, 0, 99) };
static const MigdescField last_fields[] = { MIGDESC_U8 (Tiny, last, 0, 9) };
static const MigdescField tiny_fields[] = {
  MIGDESC_ENUM (Tiny, mode, modes),
  MIGDESC_U32 (Tiny, ring, 16, 64),
  MIGDESC_STRUCTS_N (Tiny, rows, n_rows, small),
  MIGDESC_ARRAY (Tiny, deltas, I16, -5, 5),
  MIGDESC_VBYTES (Tiny, blob, n_blob, 40),
  MIGDESC_BOOL (Tiny, up),
  MIGDESC_SECTION ("key", key_fields, MIGDESC_NEEDED (tiny_has_key), MIGDESC_DROPPABLE),
  MIGDESC_SECTION ("last", last_fields),
};
MIGDESC_STRUCT (tiny, Tiny, 1, 1, tiny_fields, NULL);

static guint8 tiny_blob[] = { 9, 8, 7 };
static Tiny tiny_state = { .mode = 1, .ring = 16, .n_rows = 2, .rows = { { 1, 0 }, { 1000, 999 } },
                           .deltas = { -5, 5 }, .n_blob = 3, .blob = tiny_blob, .up = TRUE,
                           .key = 42, .has_key = TRUE, .last = 9 };
static const Device tiny_device = { &tiny, 1, NULL, &tiny_state };

/* A stream taken apart, to be put together again another way. */

typedef struct
{
  GByteArray *bytes;
  guint64 hash;
  guint32 n_records;
} Maker;

#define HEADER 28

static G_GNUC_UNUSED void
maker_begin (Maker *maker,
             const guint8 *header)
{
  maker->bytes = g_byte_array_new ();
  g_byte_array_append (maker->bytes, header, HEADER);
  maker->hash = XXH64 (header, HEADER - 8, 0);
  maker->n_records = 0;
}

static G_GNUC_UNUSED void
maker_append (Maker *maker,
              guint8 type,
              guint8 flags,
              guint16 device,
              const void *body,
              guint32 length)
{
  const guint32 n = GUINT32_TO_LE (length);
  const guint16 d = GUINT16_TO_LE (device);
  gsize start = maker->bytes->len;
  guint64 hash;

  g_byte_array_append (maker->bytes, (const guint8 *) &n, 4);
  g_byte_array_append (maker->bytes, &type, 1);
  g_byte_array_append (maker->bytes, &flags, 1);
  g_byte_array_append (maker->bytes, (const guint8 *) &d, 2);
  g_byte_array_append (maker->bytes, body, length);
  maker->hash = XXH64 (maker->bytes->data + start, maker->bytes->len - start, maker->hash);
  hash = GUINT64_TO_LE (maker->hash);
  g_byte_array_append (maker->bytes, (const guint8 *) &hash, 8);
  maker->n_records++;
}

static G_GNUC_UNUSED void
maker_end (Maker *maker)
{
  guint8 body[12];
  guint64 size = GUINT64_TO_LE ((guint64) maker->bytes->len);
  guint32 n = GUINT32_TO_LE (maker->n_records);

  memcpy (body, &size, 8);
  memcpy (body + 8, &n, 4);
  maker_append (maker, 'Z', 0, 0, body, sizeof body);
}

typedef struct
{
  guint8 type;
  guint8 flags;
  guint16 device;
  guint32 length;
  const guint8 *body;
} Record;

static G_GNUC_UNUSED guint
take_apart (GBytes *bytes,
            Record *records,
            guint most)
{
  gsize length, at = HEADER;
  const guint8 *data = g_bytes_get_data (bytes, &length);
  guint n = 0;

  for (; at < length; n++)
    {
      Record *record = &records[n];

      g_assert_cmpuint (n, <, most);
      memcpy (&record->length, data + at, 4);
      record->length = GUINT32_FROM_LE (record->length);
      record->type = data[at + 4];
      record->flags = data[at + 5];
      record->device = (guint16) (data[at + 6] | data[at + 7] << 8);
      record->body = data + at + 8;
      at += 16 + record->length;
    }
  return n;
}

/* The tiny stream with something done to it. */
enum
{
  MANIFEST,
  BODY,
  KEY,
  LAST,
  END,
  N_TINY
};

typedef struct
{
  GBytes *bytes;
  Record records[N_TINY];
  Maker maker;
} Tamper;

static G_GNUC_UNUSED void
tamper_begin (Tamper *tamper)
{
  tamper->bytes = stream_save (&tiny_device);
  g_assert_cmpuint (take_apart (tamper->bytes, tamper->records, N_TINY), ==, N_TINY);
  maker_begin (&tamper->maker, g_bytes_get_data (tamper->bytes, NULL));
}

static G_GNUC_UNUSED void
tamper_copy (Tamper *tamper,
             guint i)
{
  const Record *record = &tamper->records[i];

  maker_append (&tamper->maker, record->type, record->flags, record->device, record->body,
                record->length);
}

/* The stream made so far is what it is: refused, or right if there is no message. */
static G_GNUC_UNUSED void
tamper_assert (Tamper *tamper,
               int code,
               const char *message)
{
  const GByteArray *made = tamper->maker.bytes;
  g_autoptr (GError) error = NULL;

  if (message != NULL)
    stream_assert_error (&tiny_device, made->data, made->len, code, message);
  else
    error = stream_load (&tiny_device, made->data, made->len, 1);
  g_assert_no_error (error);
  g_byte_array_unref (tamper->maker.bytes);
  g_bytes_unref (tamper->bytes);
}
