/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "qemu/stream/libvirt.h"

#include <string.h>

#include <migdesc/migdesc-error.h>

#include "qemu/stream/rest-stream.h"
#ifdef MIGDESC_HAVE_ZSTD
#include "qemu/stream/zstd.h"
#endif

/* The image of a saved domain: a magic text, numbers in the order of bytes of the host that saved
 * it, the domain as XML, and the stream. */

#define MAGIC_LENGTH 16
#define HEADER_LENGTH 92
#define NEWEST_VERSION 2
#define TEXTS_MAX (64u << 20)

static const char *const magic = "LibvirtQemudSave";
static const char *const partial_magic = "LibvirtQemudPart";

static const char *const compressions[] = { NULL, "gzip", "bzip2", "xz", "lzop", "zstd", "sparse" };

typedef struct
{
  guint32 version;
  guint32 length; /* of the texts */
  guint32 was_running;
  guint32 compression;
  guint32 cookie; /* where it is in the texts; 0: none */
} Header;

void
migdesc_qemu_wrapper_clear (MigdescQemuWrapper *wrapper)
{
  g_clear_pointer (&wrapper->xml, g_free);
  g_clear_pointer (&wrapper->cookie, g_free);
}

static gboolean
fail (GError **error,
      MigdescError code,
      guint64 offset,
      const char *message)
{
  g_set_error (error, MIGDESC_ERROR, (int) code, "the image that libvirt saved: %s (byte %"
               G_GUINT64_FORMAT ")", message, offset);
  return FALSE;
}

static void
read_header (const guint8 *bytes,
             Header *header)
{
  guint32 *const numbers[] = { &header->version, &header->length, &header->was_running,
                               &header->compression, &header->cookie };
  gboolean little;

  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    *numbers[i] = migdesc_qemu_get32 (bytes + MAGIC_LENGTH + 4 * i);
  little = GUINT32_SWAP_LE_BE (header->version) < header->version;
  for (gsize i = 0; little && i < G_N_ELEMENTS (numbers); i++)
    *numbers[i] = GUINT32_SWAP_LE_BE (*numbers[i]);
}

static gboolean
check_header (const Header *header,
              GError **error)
{
  if (header->version == 0 || header->version > NEWEST_VERSION)
    return fail (error, MIGDESC_ERROR_STATE_VERSION, MAGIC_LENGTH,
                 "its version is not known, only 1 and 2 are");
  if (header->length > TEXTS_MAX || header->cookie > header->length)
    return fail (error, MIGDESC_ERROR_STATE_FORMAT, MAGIC_LENGTH + 4,
                 "its texts cannot be of that length");
  if (header->compression >= G_N_ELEMENTS (compressions))
    return fail (error, MIGDESC_ERROR_STATE_VERSION, MAGIC_LENGTH + 12,
                 "its compression is not known");
  return TRUE;
}

/* A text ends at its NUL, or where it has to. */
static char *
dup_text (const guint8 *bytes,
          gsize length)
{
  g_autofree char *text = g_strndup ((const char *) bytes, length);

  return g_utf8_make_valid (text, -1);
}

/* NULL: by other programs only */
static GConverter *
make_decompressor (const char *compression)
{
  if (strcmp (compression, "gzip") == 0)
    return G_CONVERTER (g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP));
#ifdef MIGDESC_HAVE_ZSTD
  if (strcmp (compression, "zstd") == 0)
    return migdesc_zstd_decompressor_new ();
#endif
  return NULL;
}

static gboolean
open_inner (MigdescQemuWrapper *wrapper,
            MigdescQemuInput *input,
            MigdescQemuInput *inner,
            GError **error)
{
  g_autoptr (GConverter) decompressor = NULL;
  g_autoptr (GInputStream) rest = NULL;
  g_autoptr (GInputStream) stream = NULL;
  g_autofree char *message = NULL;

  if (wrapper->compression == NULL)
    return TRUE;
  decompressor = make_decompressor (wrapper->compression);
  if (decompressor == NULL)
    {
      message = g_strdup_printf ("it is compressed by %s; decompress what follows its %"
                                 G_GUINT64_FORMAT " bytes first",
                                 wrapper->compression, wrapper->length);
      return fail (error, MIGDESC_ERROR_STATE_VERSION, MAGIC_LENGTH + 12, message);
    }
  rest = migdesc_qemu_rest_stream_new (input);
  stream = g_converter_input_stream_new (rest, decompressor);
  migdesc_qemu_input_init_stream (inner, stream, input->cancellable, wrapper->length);
  return TRUE;
}

static gboolean
read_texts (MigdescQemuWrapper *wrapper,
            MigdescQemuInput *input,
            const Header *header,
            GError **error)
{
  gsize xml_length = header->cookie != 0 ? header->cookie : header->length;
  const guint8 *texts;

  if (!migdesc_qemu_input_need (input, HEADER_LENGTH + (gsize) header->length))
    return input->error == NULL
           && fail (error, MIGDESC_ERROR_STATE_TRUNCATED, input->offset + input->length,
                    "it ends within its texts");
  texts = migdesc_qemu_input_peek (input) + HEADER_LENGTH;
  wrapper->xml = dup_text (texts, xml_length);
  if (header->cookie != 0)
    wrapper->cookie = dup_text (texts + xml_length, header->length - xml_length);
  wrapper->length = HEADER_LENGTH + (guint64) header->length;
  input->at += (gsize) wrapper->length;
  return TRUE;
}

gboolean
migdesc_qemu_wrapper_read (MigdescQemuWrapper *wrapper,
                           MigdescQemuInput *input,
                           MigdescQemuInput *inner,
                           GError **error)
{
  const guint8 *bytes;
  Header header;

  if (!migdesc_qemu_input_need (input, MAGIC_LENGTH))
    return TRUE;
  bytes = migdesc_qemu_input_peek (input);
  wrapper->is_partial = memcmp (bytes, partial_magic, MAGIC_LENGTH) == 0;
  wrapper->there = wrapper->is_partial || memcmp (bytes, magic, MAGIC_LENGTH) == 0;
  if (!wrapper->there)
    return TRUE;
  if (!migdesc_qemu_input_need (input, HEADER_LENGTH))
    return input->error == NULL
           && fail (error, MIGDESC_ERROR_STATE_TRUNCATED, input->offset + input->length,
                    "it ends within its header");
  read_header (migdesc_qemu_input_peek (input), &header);
  if (!check_header (&header, error))
    return FALSE;
  wrapper->was_running = header.was_running != 0;
  wrapper->compression = compressions[header.compression];
  return read_texts (wrapper, input, &header, error) && open_inner (wrapper, input, inner, error);
}
