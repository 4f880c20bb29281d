/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Migration streams of QEMU: taking one apart and decoding all of its states, and the heap that
 * takes when the stream comes through a pipe. The streams are made here, of the size and make that
 * those of real machines have; with the name of a file, of that one. bench-qemu-stream [FILE] */

#include <stdio.h>
#include <string.h>

#include <migdesc/migdesc.h>

#include "heap.h"
#include "measure.h"

#define ROUNDS 9

static void
put32 (GByteArray *out, guint32 value)
{
  const guint32 big = GUINT32_TO_BE (value);

  g_byte_array_append (out, (const guint8 *) &big, sizeof big);
}

static void
put64 (GByteArray *out, guint64 value)
{
  const guint64 big = GUINT64_TO_BE (value);

  g_byte_array_append (out, (const guint8 *) &big, sizeof big);
}

static void
put_text (GByteArray *out, const char *text)
{
  const guint8 length = (guint8) strlen (text);

  g_byte_array_append (out, &length, 1);
  g_byte_array_append (out, (const guint8 *) text, length);
}

static void
put_byte (GByteArray *out, guint8 byte)
{
  g_byte_array_append (out, &byte, 1);
}

static void
put_footer (GByteArray *out, guint32 id)
{
  put_byte (out, 0x7e);
  put32 (out, id);
}

/* --- Memory ------------------------------------------------------------- */

static void
put_memory (GByteArray *out, guint pages)
{
  static const guint8 page[4096];

  put_byte (out, 1);
  put32 (out, 2);
  put_text (out, "ram");
  put32 (out, 0);
  put32 (out, 4);
  put64 (out, (guint64) pages * 4096 | 4);
  put_text (out, "pc.ram");
  put64 (out, (guint64) pages * 4096);
  for (guint i = 0; i < pages; i++)
    {
      put64 (out, (guint64) i * 4096 | 8 | (i > 0 ? 0x20 : 0));
      if (i == 0)
        put_text (out, "pc.ram");
      g_byte_array_append (out, page, sizeof page);
    }
  put64 (out, 0x10);
  put_footer (out, 2);
}

/* --- Devices: registers, an array of structs, a buffer ------------------ */

typedef struct
{
  guint devices;
  guint registers;
  guint structs; /* of 12 bytes */
  guint buffer;
} Make;

static void
describe (GString *text, const Make *make, guint i)
{
  g_string_append_printf (text,
                          "%s{\"name\": \"0000:00:%02x.0/device\", \"instance_id\": 0, "
                          "\"vmsd_name\": \"device\", \"version\": 2, \"fields\": [",
                          i > 0 ? ", " : "", i);
  for (guint j = 0; j < make->registers; j++)
    g_string_append_printf (text, "{\"name\": \"reg%u\", \"type\": \"uint32\", \"size\": 4}, ", j);
  if (make->structs > 0)
    g_string_append_printf (text,
                            "{\"name\": \"queues\", \"array_len\": %u, \"type\": \"struct\", "
                            "\"struct\": {\"vmsd_name\": \"queue\", \"version\": 1, \"fields\": ["
                            "{\"name\": \"addr\", \"type\": \"uint64\", \"size\": 8}, "
                            "{\"name\": \"head\", \"type\": \"uint16\", \"size\": 2}, "
                            "{\"name\": \"on\", \"type\": \"bool\", \"size\": 1}, "
                            "{\"name\": \"x\", \"type\": \"uint8\", \"size\": 1}]}, "
                            "\"size\": 12}, ",
                            make->structs);
  g_string_append_printf (text, "{\"name\": \"data\", \"type\": \"buffer\", \"size\": %u}]}",
                          make->buffer);
}

static void
put_devices (GByteArray *out, const Make *make)
{
  gsize size = make->registers * 4 + make->structs * 12 + make->buffer;
  g_autofree guint8 *data = g_malloc0 (size);

  for (guint i = 0; i < make->devices; i++)
    {
      g_autofree char *name = g_strdup_printf ("0000:00:%02x.0/device", i);

      put_byte (out, 4);
      put32 (out, 10 + i);
      put_text (out, name);
      put32 (out, 0);
      put32 (out, 2);
      g_byte_array_append (out, data, (guint) size);
      put_footer (out, 10 + i);
    }
}

static GBytes *
make_stream (const Make *make, guint pages)
{
  GByteArray *out = g_byte_array_new ();
  g_autoptr (GString) text = g_string_new ("{\"page_size\": 4096, \"devices\": [");

  g_byte_array_append (out, (const guint8 *) "QEVM\0\0\0\3\7\0\0\0\2pc", 15);
  put_memory (out, pages);
  put_devices (out, make);
  put_byte (out, 0);
  for (guint i = 0; i < make->devices; i++)
    describe (text, make, i);
  g_string_append (text, "]}");
  put_byte (out, 6);
  put32 (out, (guint32) text->len);
  g_byte_array_append (out, (const guint8 *) text->str, (guint) text->len);
  return g_byte_array_free_to_bytes (out);
}

/* --- Measuring ---------------------------------------------------------- */

/* What is allowed; 0: anything. */
typedef struct
{
  double milliseconds;
  double heap;      /* bytes for each of the device part */
  double gigabytes; /* a second */
} Aims;

static guint64
decode (MigdescQemuStream *stream)
{
  guint64 bytes = 0;

  for (guint i = 0; i < migdesc_qemu_stream_get_n_sections (stream); i++)
    {
      g_autoptr (MigdescQemuSection) section = migdesc_qemu_stream_get_section (stream, i);
      g_autoptr (MigdescState) state = NULL;

      if (!migdesc_qemu_section_has_state (section))
        continue;
      state = migdesc_qemu_section_get_state (section, NULL);
      bytes += state == NULL ? 0 : migdesc_qemu_section_get_data_length (section);
    }
  return bytes;
}

static gboolean
keeps (double seen, double most)
{
  const gboolean good = most == 0 || seen <= most;

  if (most != 0)
    printf (" (at most %.4g)%s", most, good ? "" : " TOO MUCH");
  return good;
}

static gboolean
measure_time (const char *what, GBytes *bytes, const Aims *aims)
{
  const double size = (double) g_bytes_get_size (bytes);
  double rounds[ROUNDS], seconds;
  guint64 decoded = 0;
  gboolean good;

  for (guint i = 0; i < ROUNDS; i++)
    {
      double start = processor_seconds ();
      g_autoptr (GError) error = NULL;
      g_autoptr (MigdescQemuStream) stream
          = migdesc_qemu_stream_new_from_bytes (bytes, NULL, 0, NULL, &error);

      g_assert_no_error (error);
      decoded = decode (stream);
      rounds[i] = processor_seconds () - start;
    }
  seconds = median (rounds, ROUNDS);
  printf ("%-14s %10.0f bytes, %8" G_GUINT64_FORMAT " decoded: %.2f ms", what, size, decoded,
          seconds * 1000);
  good = keeps (seconds * 1000, aims->milliseconds);
  if (aims->gigabytes != 0)
    printf (", %.1f GB/s (at least %.1f)", size / seconds / 1e9, aims->gigabytes);
  printf ("\n");
  return good && size / seconds / 1e9 >= aims->gigabytes;
}

/* As from a pipe: what the reader wants to keep it has to. */
static gboolean
measure_heap (const char *what, GBytes *bytes, const Aims *aims)
{
  g_autoptr (GInputStream) source = g_memory_input_stream_new_from_bytes (bytes);
  g_autoptr (MigdescQemuStream) stream = NULL;
  const gsize before = heap_used;
  guint64 decoded;
  double times;
  gboolean good;

  heap_peak = heap_used;
  stream = migdesc_qemu_stream_new_from_stream (source, NULL, 0, NULL, NULL, NULL);
  g_assert_nonnull (stream);
  decoded = decode (stream);
  times = (double) (heap_peak - before) / (double) decoded;
  printf ("%-14s through a pipe: heap %.2f bytes for each of the device part", what, times);
  good = keeps (times, aims->heap);
  printf ("\n");
  return good;
}

static gboolean
measure (const char *what, GBytes *bytes, const Aims *aims)
{
  const gboolean good = measure_time (what, bytes, aims);

  return (aims->heap == 0 || measure_heap (what, bytes, aims)) && good;
}

static int
measure_file (const char *path)
{
  /* A fiftieth of what QEMU's own script takes for a stream of 1.1 MB. */
  const Aims aims = { .milliseconds = 6.7, .heap = 4 };
  g_autoptr (GError) error = NULL;
  g_autoptr (GMappedFile) file = g_mapped_file_new (path, FALSE, &error);
  g_autoptr (GBytes) bytes = file == NULL ? NULL : g_mapped_file_get_bytes (file);

  if (file == NULL)
    {
      fprintf (stderr, "%s\n", error->message);
      return 1;
    }
  return measure ("a real machine", bytes, &aims) ? 0 : 1;
}

int
main (int argc, char **argv)
{
  const Make pc = { 40, 24, 20, 5000 };
  const Make pseries = { 10, 50, 20000, 100000 };
  const Make nothing = { 1, 1, 0, 1 };
  g_autoptr (GBytes) small = NULL;
  g_autoptr (GBytes) large = NULL;
  g_autoptr (GBytes) memory = NULL;
  gboolean good;

  if (argc > 1)
    return measure_file (argv[1]);
  small = make_stream (&pc, 180);
  large = make_stream (&pseries, 360);
  memory = make_stream (&nothing, 65536);
  good = measure ("as of a PC", small, &(Aims){ .milliseconds = 6.7 });
  good &= measure ("as of pseries", large, &(Aims){ .milliseconds = 40, .heap = 4 });
  good &= measure ("memory", memory, &(Aims){ .gigabytes = 5 });
  return good ? 0 : 1;
}
