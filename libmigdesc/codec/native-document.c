/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "codec/decoder.h"
#include "codec/encoder.h"

#include "base/quote.h"

/* The document itself: the format's version, the models, what lint and diff are told to ignore. */

/* Digits without a leading zero, up to @stop; NULL if there are none. */
static const char *
skip_digits (const char *cursor,
             const char *end)
{
  const char *start = cursor;

  while (cursor != end && g_ascii_isdigit (*cursor))
    cursor++;
  if (cursor == start || (*start == '0' && cursor - start > 1))
    return NULL;
  return cursor;
}

static gboolean
is_format_version (const MigdescJsonString *text)
{
  const char *end = text->text + text->length;
  const char *dot = skip_digits (text->text, end);

  return dot != NULL && dot != end && *dot == '.' && *text->text != '0'
         && skip_digits (dot + 1, end) == end;
}

static void
read_format_version (MigdescDecoder *decoder,
                     const MigdescMember *member,
                     gpointer record)
{
  MigdescStore *store = (MigdescStore *) record;
  g_autofree char *quoted = NULL;
  MigdescJsonString text;

  if (!migdesc_json_reader_read_string (&decoder->json, &text)
      || migdesc_json_string_equal (&text, "1.0", 3))
    return;

  quoted = migdesc_quote (text.text, text.length);
  if (!is_format_version (&text))
    migdesc_decoder_error (decoder, MIGDESC_ERROR_DOCUMENT_VERSION, text.offset,
                           "a format version is written MAJOR.MINOR, not \"%s\"", quoted);
  else if (text.text[0] != '1' || text.text[1] != '.')
    /* What a newer major version means by any of its members can't be known: nothing else is worth
     * saying. */
    migdesc_json_reader_fail (&decoder->json, MIGDESC_ERROR_DOCUMENT_VERSION, text.offset,
                              "format version %s is too new: this library reads 1.x", quoted);
  else
    {
      store->format_version = migdesc_arena_dup (decoder->arena, text.text, text.length);
      if (decoder->wants_warnings)
        migdesc_diagnostics_add (decoder->diagnostics, MIGDESC_ERROR_DOCUMENT_VERSION,
                                 MIGDESC_SEVERITY_WARNING, text.offset, NULL,
                                 "format version %s is newer than 1.0: members that it added are "
                                 "kept but not understood",
                                 quoted);
    }
}

static void
write_format_version (MigdescEncoder *encoder,
                      const MigdescMember *member,
                      gconstpointer record)
{
  const MigdescStore *store = (const MigdescStore *) record;

  migdesc_json_writer_string (&encoder->json,
                              store->format_version != NULL ? store->format_version : "1.0");
}

static void
read_models (MigdescDecoder *decoder,
             const MigdescMember *member,
             gpointer record)
{
  MigdescPlace place = migdesc_decoder_place (decoder);
  MigdescJsonString name;
  guint n = 0;

  if (!migdesc_json_reader_begin_object (&decoder->json))
    return;
  for (; migdesc_json_reader_next_member (&decoder->json, &name); n++)
    if (migdesc_decoder_expect (decoder, MIGDESC_WANT_OBJECT))
      migdesc_decoder_read_model (decoder, &name);

  if (n == 0 && decoder->json.error == 0)
    migdesc_decoder_error (decoder, MIGDESC_ERROR_DOCUMENT_EMPTY, place,
                           "the document has no model");
}

static void
write_models (MigdescEncoder *encoder,
              const MigdescMember *member,
              gconstpointer record)
{
  const MigdescStore *store = (const MigdescStore *) record;

  migdesc_json_writer_begin_object (&encoder->json);
  for (guint i = 0; i < store->n_models; i++)
    {
      encoder->model = &store->models[i];
      migdesc_json_writer_key_length (&encoder->json, encoder->model->name,
                                      encoder->model->key.length);
      migdesc_encoder_write_object (encoder, &migdesc_model_shape, encoder->model);
    }
  migdesc_json_writer_end_object (&encoder->json);
}

void
migdesc_decoder_read_ignore (MigdescDecoder *decoder,
                             gboolean on_model)
{
  g_auto (MigdescKeySet) codes;
  MigdescJsonString code;
  MigdescJsonString reason;

  migdesc_key_set_init (&codes);
  if (!migdesc_json_reader_begin_object (&decoder->json))
    return;
  while (migdesc_json_reader_next_member (&decoder->json, &code))
    {
      if (!migdesc_key_set_add (&codes, code.text, code.length))
        migdesc_json_reader_fail_duplicate (&decoder->json, &code);
      else if (migdesc_decoder_expect (decoder, MIGDESC_WANT_STRING)
               && migdesc_json_reader_read_string (&decoder->json, &reason))
        migdesc_draft_add_ignore (decoder->draft, migdesc_slice (&code), migdesc_slice (&reason),
                                  on_model);
    }
}

static void
read_ignore (MigdescDecoder *decoder,
             const MigdescMember *member,
             gpointer record)
{
  migdesc_decoder_read_ignore (decoder, FALSE);
}

static gboolean
has_ignore (const MigdescEncoder *encoder,
            const MigdescMember *member,
            gconstpointer record)
{
  return ((const MigdescStore *) record)->n_ignores > 0;
}

static void
write_ignore (MigdescEncoder *encoder,
              const MigdescMember *member,
              gconstpointer record)
{
  const MigdescStore *store = (const MigdescStore *) record;

  migdesc_encoder_write_ignores (encoder, store->ignores, store->n_ignores);
}

enum
{
  DOCUMENT_MIGDESC,
  DOCUMENT_MODELS,
  DOCUMENT_IGNORE
};

static const MigdescMember document_members[] = {
  [DOCUMENT_MIGDESC] = {
    MIGDESC_MEMBER_NAME ("migdesc"), MIGDESC_WANT_STRING, MIGDESC_IN_NATIVE,
    .read = read_format_version, .is_set = migdesc_encoder_always, .write = write_format_version },
  [DOCUMENT_MODELS] = {
    MIGDESC_MEMBER_NAME ("models"), MIGDESC_WANT_OBJECT, MIGDESC_IN_OBJECTS,
    .read = read_models, .is_set = migdesc_encoder_always, .write = write_models },
  [DOCUMENT_IGNORE] = {
    MIGDESC_MEMBER_NAME ("ignore"), MIGDESC_WANT_OBJECT, MIGDESC_IN_NATIVE,
    .read = read_ignore, .is_set = has_ignore, .write = write_ignore },
};

const MigdescShape migdesc_document_shape = {
  .what = "document",
  .members = document_members,
  .n_members = G_N_ELEMENTS (document_members),
  .required = 1 << DOCUMENT_MODELS,
  .extra_offset = G_STRUCT_OFFSET (MigdescStore, extra),
};

void
migdesc_decoder_read_document (MigdescDecoder *decoder)
{
  migdesc_draft_set_names_are_members (decoder->draft);
  migdesc_decoder_read_object (decoder, &migdesc_document_shape,
                               migdesc_draft_store (decoder->draft),
                               migdesc_decoder_place (decoder));
}
