/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "qemu/stream/zstd.h"

#include <zstd.h>

/* A frame says how much memory its reader needs; this many bits of it are the most that zstd
 * writes unless it is told to use more. */
#define WINDOW_BITS_MAX 27

struct _MigdescZstdDecompressor
{
  GObject parent_instance;
  ZSTD_DStream *stream;
  gboolean in_frame;
};

static void converter_init (GConverterIface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (MigdescZstdDecompressor,
                               migdesc_zstd_decompressor,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_CONVERTER, converter_init))

GConverter *
migdesc_zstd_decompressor_new (void)
{
  return g_object_new (MIGDESC_TYPE_ZSTD_DECOMPRESSOR, NULL);
}

static GConverterResult
fail (GError **error,
      int code,
      const char *message)
{
  g_set_error_literal (error, G_IO_ERROR, code, message);
  return G_CONVERTER_ERROR;
}

/* The end of the input is also that of the output, if it is the end of a frame. */
static GConverterResult
end_input (MigdescZstdDecompressor *self,
           GError **error)
{
  return self->in_frame ? fail (error, G_IO_ERROR_PARTIAL_INPUT, "the compressed data ends early")
                        : G_CONVERTER_FINISHED;
}

static GConverterResult
convert (GConverter *converter,
         const void *input,
         gsize input_size,
         void *output,
         gsize output_size,
         GConverterFlags flags,
         gsize *bytes_read,
         gsize *bytes_written,
         GError **error)
{
  MigdescZstdDecompressor *self = MIGDESC_ZSTD_DECOMPRESSOR (converter);
  ZSTD_inBuffer in = { input, input_size, 0 };
  ZSTD_outBuffer out = { output, output_size, 0 };
  gsize wanted;

  *bytes_read = *bytes_written = 0;
  if (self->stream == NULL)
    return fail (error, G_IO_ERROR_FAILED, "there is no memory to decompress with");
  wanted = ZSTD_decompressStream (self->stream, &out, &in);
  if (ZSTD_isError (wanted))
    return fail (error, G_IO_ERROR_INVALID_DATA, ZSTD_getErrorName (wanted));
  *bytes_read = in.pos;
  *bytes_written = out.pos;
  /* Where nothing comes of nothing, it was a frame's end, and no other frame has begun. */
  if (in.pos > 0 || out.pos > 0)
    {
      self->in_frame = wanted != 0;
      return G_CONVERTER_CONVERTED;
    }
  if ((flags & G_CONVERTER_INPUT_AT_END) != 0)
    return end_input (self, error);
  return fail (error, G_IO_ERROR_PARTIAL_INPUT, "more compressed data is needed");
}

static void
reset (GConverter *converter)
{
  MigdescZstdDecompressor *self = MIGDESC_ZSTD_DECOMPRESSOR (converter);

  self->in_frame = FALSE;
  if (self->stream != NULL)
    ZSTD_DCtx_reset (self->stream, ZSTD_reset_session_only);
}

static void
converter_init (GConverterIface *iface)
{
  iface->convert = convert;
  iface->reset = reset;
}

static void
migdesc_zstd_decompressor_init (MigdescZstdDecompressor *self)
{
  self->stream = ZSTD_createDStream ();
  if (self->stream != NULL)
    ZSTD_DCtx_setParameter (self->stream, ZSTD_d_windowLogMax, WINDOW_BITS_MAX);
}

static void
migdesc_zstd_decompressor_finalize (GObject *object)
{
  ZSTD_freeDStream (MIGDESC_ZSTD_DECOMPRESSOR (object)->stream);
  G_OBJECT_CLASS (migdesc_zstd_decompressor_parent_class)->finalize (object);
}

static void
migdesc_zstd_decompressor_class_init (MigdescZstdDecompressorClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = migdesc_zstd_decompressor_finalize;
}
