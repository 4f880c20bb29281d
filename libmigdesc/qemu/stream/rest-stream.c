/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "qemu/stream/rest-stream.h"

#include <string.h>

typedef struct
{
  GInputStream parent_instance;
  MigdescQemuInput *input;
} MigdescQemuRestStream;

typedef GInputStreamClass MigdescQemuRestStreamClass;

static GType migdesc_qemu_rest_stream_get_type (void);
G_DEFINE_TYPE (MigdescQemuRestStream, migdesc_qemu_rest_stream, G_TYPE_INPUT_STREAM)

static gssize
read_rest (GInputStream *stream,
           void *buffer,
           gsize count,
           GCancellable *cancellable G_GNUC_UNUSED, /* the input has its own */
           GError **error)
{
  MigdescQemuInput *input = ((MigdescQemuRestStream *) stream)->input;
  gsize n;

  if (!migdesc_qemu_input_need (input, 1))
    {
      if (input->error == NULL)
        return 0;
      g_propagate_error (error, g_error_copy (input->error));
      return -1;
    }
  n = MIN (count, input->length - input->at);
  memcpy (buffer, migdesc_qemu_input_peek (input), n);
  input->at += n;
  return (gssize) n;
}

static void
migdesc_qemu_rest_stream_class_init (MigdescQemuRestStreamClass *klass)
{
  klass->read_fn = read_rest;
}

static void
migdesc_qemu_rest_stream_init (MigdescQemuRestStream *stream G_GNUC_UNUSED)
{
}

GInputStream *
migdesc_qemu_rest_stream_new (MigdescQemuInput *input)
{
  MigdescQemuRestStream *stream = g_object_new (migdesc_qemu_rest_stream_get_type (), NULL);

  stream->input = input;
  return G_INPUT_STREAM (stream);
}
