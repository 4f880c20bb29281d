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

/* Made once: it takes longer than all that is done with it. */
static inline MigdescStateType *
fuzz_type (const MigdescStruct *table)
{
  static MigdescStateType *types[4];
  guint i = 0;

  while (fuzz_device (i).table != table)
    i++;
  if (types[i] == NULL)
    types[i] = stream_type (table);
  return types[i];
}

/* Which not-a-number it was, some formats do not keep; whether a section is needed, none. */
static inline void
fuzz_settle (const Device *device,
             gpointer fresh)
{
  Scalars *scalars = fresh;
  Gates *gates = fresh;

  if (device->table == &scalars_state && isnan (scalars->any))
    scalars->any = (double) NAN;
  if (device->table == &gates_state)
    gates->has_rss = memcmp (gates->rss_key, "\0\0\0", sizeof gates->rss_key) != 0;
}

static inline GBytes *
fuzz_save (const Device *device,
           MigdescStateType *type,
           gpointer state,
           const char *format)
{
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
  MigdescStateType *type = fuzz_type (device->table);
  MigdescParamList *params = stream_params (device->params);
  gpointer fresh = g_malloc (device->table->size);
  g_autoptr (GError) error = NULL;
  g_autoptr (MigdescStreamReader) reader = migdesc_stream_reader_new (NULL, NULL, &error);
  GBytes *bytes = NULL;

  migdesc_state_type_init_struct (type, fresh);
  migdesc_stream_reader_expect_struct (reader, "dev0", params, type, fresh, &error);
  g_assert_no_error (error);
  stream_unref_params (params);
  if (stream_feed (reader, data, size, piece, &error))
    {
      fuzz_settle (device, fresh);
      bytes = fuzz_save (device, type, fresh, format);
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

/* A state with something in every field, in the format. */
static inline GBytes *
fuzz_example (guint choice,
              const char *format)
{
  union
  {
    Scalars scalars;
    Arrays arrays;
    Structs structs;
    Gates gates;
  } state;
  const Device device = fuzz_device (choice);
  MigdescStateType *type = fuzz_type (device.table);
  GBytes *bytes;

  if (choice % 4 == 0)
    fill_scalars (&state.scalars);
  else if (choice % 4 == 1)
    fill_arrays (&state.arrays);
  else if (choice % 4 == 2)
    fill_structs (&state.structs);
  else
    state.gates = (Gates) { .mtu = 1500, .has_rss = TRUE, .rss_key = { 1, 2, 3, 4 } };
  bytes = fuzz_save (&device, type, &state, format);
  migdesc_state_type_clear_struct (type, &state);
  return bytes;
}

/* The example, with changes as they follow each other in data: where (two bytes), what (a byte: how
 * many of the following are put there, or put in there, or how many are taken away). */
static inline GByteArray *
fuzz_edit (GBytes *example,
           const guint8 *data,
           gsize size)
{
  GByteArray *made = g_byte_array_new ();

  g_byte_array_append (made, g_bytes_get_data (example, NULL), (guint) g_bytes_get_size (example));
  while (size > 3 && made->len > 0)
    {
      const guint at = (data[0] | (guint) data[1] << 8) % made->len;
      const guint n = (guint) MIN (data[2] & 15u, size - 3);
      const guint end = MIN (at + n, made->len);

      if ((data[2] & 0xc0) == 0xc0)
        g_byte_array_remove_range (made, at, end - at);
      else if ((data[2] & 0xc0) == 0x80)
        {
          g_byte_array_set_size (made, made->len + n);
          memmove (made->data + at + n, made->data + at, made->len - n - at);
          memcpy (made->data + at, data + 3, n);
        }
      else
        memcpy (made->data + at, data + 3, end - at);
      data += 3 + n;
      size -= 3 + n;
    }
  return made;
}

/* A stream of a table: of the first byte, bits 0 and 1 choose the table, bit 2 leaves the hashes of
 * a binary stream as they are, bits 3 and 4 choose the size of the pieces that are fed, bit 5 says
 * that the rest is changes to an example and no stream. */
static inline void
fuzz_table (const char *format,
            const guint8 *data,
            gsize size)
{
  static const gsize pieces[] = { G_MAXSSIZE, 1, 7, 100 };
  const guint choice = size == 0 ? 0 : data[0] & 3;
  const Device device = fuzz_device (choice);
  g_autoptr (GByteArray) made = NULL;
  g_autoptr (GBytes) bytes = NULL;

  if (size == 0)
    return;
  if ((data[0] & 0x20) != 0)
    {
      g_autoptr (GBytes) example = fuzz_example (choice, format);

      made = fuzz_edit (example, data + 1, size - 1);
    }
  else
    made = g_byte_array_new_take (g_memdup2 (data + 1, size - 1), size - 1);
  if ((data[0] & 4) == 0 && strcmp (format, "binary") == 0)
    fuzz_mend (made->data, made->len);
  bytes = fuzz_again (&device, made->data, made->len, pieces[data[0] >> 3 & 3], "binary");
  if (bytes != NULL)
    fuzz_through_formats (&device, bytes);
}
