/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "fuzz-stream.h"

/* A program of public calls, two bytes each, on a writer and a reader: in any order that is not a
 * mistake of the caller's by its documentation, with what is saved being read in pieces, spoiled,
 * cancelled, and begun anew. */

#define MOST 64

typedef struct
{
  MigdescStreamWriter *writer;
  gboolean written; /* something has been: no more may be added */
  MigdescStreamReader *reader;
  gboolean fed;
  GByteArray *stream;
  gsize at;
  GPtrArray *loaded; /* Fresh: what the reader has */
  GPtrArray *saved;  /* Fresh: what the writer has */
} World;

typedef struct
{
  MigdescStateType *type;
  gpointer state;
} Fresh;

static const char *const formats[] = { "binary", "json", "cbor", "der", NULL };
static const char *const ids[] = { "dev0", "dev1", "\303\266" };
static const char *const no_ids[] = { "", "\n", "dev0" };

#define PICK(list, byte) ((list)[(byte) % G_N_ELEMENTS (list)])

static void
fresh_free (gpointer data)
{
  Fresh *fresh = data;

  migdesc_state_type_clear_struct (fresh->type, fresh->state);
  g_object_unref (fresh->type);
  g_free (fresh->state);
  g_free (fresh);
}

static gpointer
make_fresh (GPtrArray *states,
            MigdescStateType *type,
            gsize size)
{
  Fresh *fresh = g_new (Fresh, 1);

  *fresh = (Fresh) { g_object_ref (type), g_malloc (size) };
  migdesc_state_type_init_struct (type, fresh->state);
  g_ptr_array_add (states, fresh);
  return fresh->state;
}

static void
check (gboolean done,
       GError **error)
{
  g_assert_true (done == (*error == NULL));
  if (*error == NULL)
    return;
  g_assert_true ((*error)->domain == MIGDESC_ERROR || (*error)->domain == G_IO_ERROR);
  fuzz_check_message ((*error)->message);
  g_clear_error (error);
}

static gboolean
visit (MigdescVisitor *visitor,
       gpointer state,
       gpointer user_data,
       GError **error)
{
  guint16 number = 5;
  guint8 byte = 1;

  return migdesc_visit_u16 (visitor, "number", &number, 0, 9, error)
         && (user_data == NULL || migdesc_visit_u8 (visitor, "byte", &byte, 0, 1, error));
}

static void
new_reader (World *world,
            guint8 argument)
{
  g_autoptr (GError) error = NULL;

  g_clear_object (&world->reader);
  g_ptr_array_set_size (world->loaded, 0);
  world->reader = migdesc_stream_reader_new (PICK (formats, argument), NULL, &error);
  if (world->reader == NULL)
    world->reader = migdesc_stream_reader_new (NULL, NULL, NULL);
  world->fed = FALSE;
}

static void
new_writer (World *world,
            guint8 argument)
{
  g_clear_object (&world->writer);
  g_ptr_array_set_size (world->saved, 0);
  world->writer = migdesc_stream_writer_new (PICK (formats, argument), NULL);
  if (world->writer == NULL)
    world->writer = migdesc_stream_writer_new (NULL, NULL);
  migdesc_stream_writer_set_embed_schemas (world->writer, (argument & 0x80) != 0);
  world->written = FALSE;
}

static void
expect (World *world,
        guint8 argument)
{
  const Device device = fuzz_device (argument >> 2 & 3);
  const char *id = (argument & 0x40) != 0 ? PICK (no_ids, argument) : PICK (ids, argument);
  MigdescStateType *type = fuzz_type (device.table);
  g_autoptr (MigdescParamList) params
      = stream_params ((argument & 0x20) != 0 ? "p=1" : device.params);
  g_autoptr (GError) error = NULL;
  gboolean done;

  if (world->fed || world->loaded->len >= MOST)
    return;
  if ((argument & 0x10) != 0)
    done = migdesc_stream_reader_expect_visit (world->reader, id, params, 1, 1 + (argument & 1),
                                               visit, NULL, (argument & 8) != 0 ? world : NULL,
                                               NULL, &error);
  else
    {
      gpointer fresh = make_fresh (world->loaded, type, device.table->size);

      done = migdesc_stream_reader_expect_struct (world->reader, id, params, type, fresh, &error);
    }
  check (done, &error);
}

static void
add (World *world,
     guint8 argument)
{
  const Device device = fuzz_device (argument >> 2 & 3);
  const char *id = (argument & 0x40) != 0 ? PICK (no_ids, argument) : PICK (ids, argument);
  MigdescStateType *type = fuzz_type (device.table);
  g_autoptr (MigdescParamList) params
      = stream_params ((argument & 0x20) != 0 ? "p=1" : device.params);
  g_autoptr (GError) error = NULL;
  gboolean done;

  if (world->written || world->saved->len >= MOST)
    return;
  if ((argument & 0x10) != 0)
    done = migdesc_stream_writer_add_visit (world->writer, id, params, 1, visit, NULL,
                                            (argument & 8) != 0 ? world : NULL, NULL, &error);
  else
    done = migdesc_stream_writer_add_struct (
        world->writer, id, params, type, argument & 1,
        make_fresh (world->saved, type, device.table->size), &error);
  check (done, &error);
}

static void
take (World *world,
      GBytes *bytes,
      GError **error)
{
  check (bytes != NULL || *error == NULL, error);
  if (bytes == NULL)
    return;
  g_byte_array_append (world->stream, g_bytes_get_data (bytes, NULL),
                       (guint) g_bytes_get_size (bytes));
  g_bytes_unref (bytes);
}

static void
feed (World *world,
      guint8 argument)
{
  g_autoptr (GError) error = NULL;
  gsize at = MIN (world->at, world->stream->len);
  gsize n = MIN (argument == 255 ? G_MAXSSIZE : argument, world->stream->len - at);
  g_autofree guint8 *exact = n == 0 ? NULL : g_memdup2 (world->stream->data + at, n);

  world->at = at + n;
  world->fed = TRUE;
  check (migdesc_stream_reader_feed (world->reader, exact, n, &error), &error);
}

static void
read_stream (World *world,
             guint8 argument)
{
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data (
      world->stream->data, world->stream->len, NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  if ((argument & 1) != 0)
    g_cancellable_cancel (cancellable);
  world->fed = TRUE;
  check (migdesc_stream_reader_read_stream (world->reader, stream, cancellable, &error), &error);
}

static void
write_stream (World *world,
              guint8 argument)
{
  g_autoptr (GOutputStream) stream = g_memory_output_stream_new_resizable ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  if ((argument & 1) != 0)
    g_cancellable_cancel (cancellable);
  world->written = TRUE;
  check (migdesc_stream_writer_write_stream (world->writer, stream, cancellable, &error), &error);
}

static void
look (World *world)
{
  MigdescManifest *manifest = migdesc_stream_reader_get_manifest (world->reader);

  migdesc_stream_reader_is_finished (world->reader);
  migdesc_stream_writer_is_finished (world->writer);
  migdesc_stream_reader_get_format (world->reader);
  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      g_autoptr (MigdescState) state = migdesc_stream_reader_get_state (world->reader, ids[i]);
      g_autofree char *text = state == NULL ? NULL : migdesc_state_to_json (state, TRUE);

      migdesc_stream_reader_get_state_version (world->reader, ids[i]);
      g_assert_true (state == NULL || manifest != NULL);
      g_assert_true ((state == NULL) == (text == NULL));
    }
}

static void
spoil (World *world,
       guint8 argument)
{
  if (world->stream->len == 0)
    return;
  if ((argument & 1) != 0)
    g_byte_array_set_size (world->stream, world->stream->len * argument / 256);
  else
    world->stream->data[world->stream->len * argument / 256] ^= argument;
  if ((argument & 2) != 0)
    fuzz_mend (world->stream->data, world->stream->len);
}

static void
write_something (World *world,
                 guint8 call,
                 guint8 argument)
{
  g_autoptr (GError) error = NULL;

  switch (call % 6)
    {
    case 0:
      new_writer (world, argument);
      return;
    case 1:
      add (world, argument);
      return;
    case 2:
      world->written = TRUE;
      take (world, migdesc_stream_writer_next_chunk (world->writer, &error), &error);
      return;
    case 3:
      world->written = TRUE;
      take (world, migdesc_stream_writer_to_bytes (world->writer, &error), &error);
      return;
    case 4:
      migdesc_stream_writer_restart (world->writer);
      world->written = FALSE;
      g_byte_array_set_size (world->stream, 0);
      world->at = 0;
      return;
    default:
      write_stream (world, argument);
    }
}

static void
read_something (World *world,
                guint8 call,
                guint8 argument)
{
  g_autoptr (GError) error = NULL;

  switch (call % 8)
    {
    case 0:
      new_reader (world, argument);
      return;
    case 1:
      expect (world, argument);
      return;
    case 2:
    case 3:
      feed (world, argument);
      return;
    case 4:
      check (migdesc_stream_reader_finish (world->reader, &error), &error);
      return;
    case 5:
      migdesc_stream_reader_restart (world->reader);
      world->fed = FALSE;
      world->at = 0;
      return;
    case 6:
      look (world);
      return;
    default:
      read_stream (world, argument);
    }
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        size_t size)
{
  World world = { .stream = g_byte_array_new (),
                  .loaded = g_ptr_array_new_with_free_func (fresh_free),
                  .saved = g_ptr_array_new_with_free_func (fresh_free) };

  new_writer (&world, 0);
  new_reader (&world, 0);
  for (size_t i = 0; i + 1 < size && i < 200; i += 2)
    {
      if (data[i] >= 0xf0)
        spoil (&world, data[i + 1]);
      else if ((data[i] & 0x80) != 0)
        write_something (&world, data[i] & 0x7f, data[i + 1]);
      else
        read_something (&world, data[i], data[i + 1]);
      g_byte_array_set_size (world.stream, MIN (world.stream->len, 1 << 20));
    }
  g_object_unref (world.writer);
  g_object_unref (world.reader);
  g_byte_array_unref (world.stream);
  g_ptr_array_unref (world.loaded);
  g_ptr_array_unref (world.saved);
  return 0;
}
