/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <math.h>
#include <string.h>

#include <xxhash.h>

#include "../unit/stream-check.h"

#include "fuzz.h"

/* Streams of any bytes, for readers of the tables of every kind of field and for readers of trees.
 * A binary stream that is changed anywhere has a wrong hash, behind which nothing is tried: so the
 * hashes can be put right first. */

#define FUZZ_HEADER 28
#define FUZZ_PARAMS "mode=fast,new-feature=on,most=99,vectors=3,queues=2"

static inline void
fuzz_put_hash (guint8 *place,
               guint64 hash)
{
  hash = GUINT64_TO_LE (hash);
  memcpy (place, &hash, sizeof hash);
}

/* Of whatever looks like records; the length of one that goes too far is what there is. */
static inline void
fuzz_mend (guint8 *data,
           gsize size)
{
  gsize at = FUZZ_HEADER;
  guint64 hash;

  if (size < FUZZ_HEADER)
    return;
  hash = XXH64 (data, FUZZ_HEADER - 8, 0);
  fuzz_put_hash (data + FUZZ_HEADER - 8, hash);
  for (guint32 n_records = 0; size - at >= 16; n_records++)
    {
      const gsize start = at;
      guint32 length;

      memcpy (&length, data + at, sizeof length);
      length = (guint32) MIN (GUINT32_FROM_LE (length), size - at - 16);
      memcpy (data + at, &(guint32) { GUINT32_TO_LE (length) }, sizeof length);
      if (data[at + 4] == 'Z' && length == 12)
        {
          fuzz_put_hash (data + at + 8, start);
          memcpy (data + at + 16, &(guint32) { GUINT32_TO_LE (n_records) }, 4);
        }
      hash = XXH64 (data + at, length + 8, hash);
      fuzz_put_hash (data + at + 8 + length, hash);
      at += 16 + length;
    }
}

static inline void
fuzz_check_error (const GError *error)
{
  g_assert_nonnull (error);
  g_assert_true (error->domain == MIGDESC_ERROR);
  fuzz_check_message (error->message);
}

static inline Device
fuzz_device (guint choice)
{
  const Device devices[] = {
    { &scalars_state, 1, NULL, NULL },
    { stream_arrays (), 1, "vectors=3", NULL },
    { &structs_state, 1, "queues=2", NULL },
    { &gates_state, 3, FUZZ_PARAMS, NULL },
  };

  return devices[choice % G_N_ELEMENTS (devices)];
}

/* Which not-a-number it was, some formats do not keep; whether a section is needed, none. */
static inline void
fuzz_settle (const Device *device,
             gpointer fresh)
{
  Scalars *scalars = fresh;
  Gates *gates = fresh;

  if (device->table == &scalars_state && isnan (scalars->any))
    scalars->any = NAN;
  if (device->table == &gates_state)
    gates->has_rss = memcmp (gates->rss_key, "\0\0\0", sizeof gates->rss_key) != 0;
}

static inline GBytes *
fuzz_save (const Device *device,
           gpointer state,
           const char *format)
{
  g_autoptr (MigdescStateType) type = stream_type (device->table);
  g_autoptr (GError) error = NULL;
  g_autoptr (MigdescStreamWriter) writer = migdesc_stream_writer_new (format, &error);
  MigdescParamList *params = stream_params (device->params);
  GBytes *bytes;

  g_assert_no_error (error);
  migdesc_stream_writer_add_struct (writer, "dev0", params, type, device->version, state, &error);
  g_assert_no_error (error);
  bytes = migdesc_stream_writer_to_bytes (writer, &error);
  g_assert_no_error (error);
  stream_unref_params (params);
  return bytes;
}

/* What the state is in that format, once it has been read; or NULL. */
static inline GBytes *
fuzz_again (const Device *device,
            const guint8 *data,
            gsize size,
            gsize piece,
            const char *format)
{
  g_autoptr (MigdescStateType) type = stream_type (device->table);
  gpointer fresh = g_malloc (device->table->size);
  g_autoptr (MigdescStreamReader) reader = stream_reader (device, fresh);
  g_autoptr (GError) error = NULL;
  GBytes *bytes = NULL;

  if (stream_feed (reader, data, size, piece, &error))
    {
      fuzz_settle (device, fresh);
      bytes = fuzz_save (device, fresh, format);
    }
  else
    fuzz_check_error (error);
  migdesc_state_type_clear_struct (type, fresh);
  g_free (fresh);
  return bytes;
}

/* What could be read comes through each format as it is. */
static inline void
fuzz_through_formats (const Device *device,
                      GBytes *binary)
{
  g_auto (GStrv) formats = migdesc_stream_dup_formats (FALSE);

  for (guint i = 0; formats[i] != NULL; i++)
    {
      g_autoptr (GBytes) other
          = fuzz_again (device, g_bytes_get_data (binary, NULL), g_bytes_get_size (binary),
                        G_MAXSSIZE, formats[i]);
      g_autoptr (GBytes) back = NULL;

      g_assert_nonnull (other);
      back = fuzz_again (device, g_bytes_get_data (other, NULL), g_bytes_get_size (other),
                         G_MAXSSIZE, "binary");
      g_assert_nonnull (back);
      g_assert_true (g_bytes_equal (back, binary));
    }
}
