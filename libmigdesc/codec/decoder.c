/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "codec/decoder.h"

#include "base/quote.h"

void
migdesc_decoder_init (MigdescDecoder *decoder,
                      const char *text,
                      gsize length,
                      MigdescDraft *draft,
                      MigdescDiagnostics *diagnostics,
                      const MigdescLimits *limits,
                      MigdescReadFlags flags)
{
  memset (decoder, 0, sizeof *decoder);
  migdesc_json_reader_init (&decoder->json, text, length, limits);
  decoder->draft = draft;
  decoder->arena = migdesc_draft_get_arena (draft);
  decoder->diagnostics = diagnostics;
  decoder->ranges_limit = migdesc_limits_get (limits, MIGDESC_LIMIT_RANGES);
  decoder->flags = flags;
  decoder->may_use = MIGDESC_IN_OBJECTS;
  decoder->fits = MIGDESC_IN_OBJECTS;
  decoder->extra = g_string_new (NULL);
  decoder->scratch = g_string_new (NULL);
  migdesc_set_builder_init (&decoder->set_builder);
}

void
migdesc_decoder_clear (MigdescDecoder *decoder)
{
  migdesc_json_reader_clear (&decoder->json);
  migdesc_set_builder_clear (&decoder->set_builder);
  g_string_free (decoder->extra, TRUE);
  g_string_free (decoder->scratch, TRUE);
  g_clear_pointer (&decoder->missing_inits, g_array_unref);
}

typedef struct
{
  guint16 kinds;
  const char *text;
} MigdescWanted;

#define KIND(name) (1 << MIGDESC_JSON_##name)

static const MigdescWanted wanted[] = {
  [MIGDESC_WANT_ANY] = { KIND (STRING) | KIND (NUMBER) | KIND (TRUE) | KIND (FALSE) | KIND (NULL)
                         | KIND (ARRAY) | KIND (OBJECT), "a value" },
  [MIGDESC_WANT_STRING] = { KIND (STRING), "a string" },
  [MIGDESC_WANT_BOOL] = { KIND (TRUE) | KIND (FALSE), "true or false" },
  [MIGDESC_WANT_ARRAY] = { KIND (ARRAY), "an array" },
  [MIGDESC_WANT_OBJECT] = { KIND (OBJECT), "an object" },
  [MIGDESC_WANT_NUMBER_OR_STRING] = { KIND (NUMBER) | KIND (STRING), "a number or a string" },
};

void
migdesc_decoder_reject_kind (MigdescDecoder *decoder,
                             MigdescError code,
                             const char *wanted_text)
{
  MigdescPlace place = migdesc_decoder_place (decoder);
  MigdescJsonKind kind = migdesc_json_reader_peek (&decoder->json);

  if (migdesc_json_reader_skip_value (&decoder->json))
    migdesc_decoder_error (decoder, code, place, "expected %s, found %s", wanted_text,
                           migdesc_json_kind_name (kind));
}

static inline gboolean
kind_fits (const MigdescDecoder *decoder,
           MigdescWant want)
{
  MigdescJsonKind kind = migdesc_json_reader_peek (&decoder->json);

  return (wanted[want].kinds & (1 << kind)) != 0
         || (want == MIGDESC_WANT_BOOL && kind == MIGDESC_JSON_STRING
             && (decoder->flags & MIGDESC_READ_LENIENT) != 0);
}

gboolean
migdesc_decoder_expect (MigdescDecoder *decoder,
                        MigdescWant want)
{
  if (G_LIKELY (kind_fits (decoder, want)))
    return TRUE;

  migdesc_decoder_reject_kind (decoder, MIGDESC_ERROR_DOCUMENT_TYPE, wanted[want].text);
  return FALSE;
}

static const char *
dialect_word (MigdescDialect dialect)
{
  return migdesc_dialect_to_string (dialect == MIGDESC_DIALECT_AUTO ? MIGDESC_DIALECT_NATIVE
                                                                    : dialect);
}

/* A member of another dialect than the one being read */
static void
reject_member (MigdescDecoder *decoder,
               const MigdescMember *member,
               const MigdescJsonString *key)
{
  if (decoder->dialect == MIGDESC_DIALECT_AUTO)
    {
      decoder->has_bounds = TRUE;
      migdesc_json_reader_fail (&decoder->json, MIGDESC_ERROR_DOCUMENT_DIALECT, key->offset,
                                "a document with bounds is v3-minmax");
      return;
    }

  migdesc_decoder_error (decoder, MIGDESC_ERROR_DOCUMENT_DIALECT, key->offset,
                         "\"%s\" is not a member of the %s dialect%s", member->name,
                         dialect_word (decoder->dialect),
                         decoder->dialect_by_bounds ? ", which bounds make this document" : "");
  migdesc_json_reader_skip_value (&decoder->json);
}

static void
read_member (MigdescDecoder *decoder,
             const MigdescMember *member,
             gpointer record)
{
  if (migdesc_decoder_expect (decoder, (MigdescWant) member->want))
    member->read (decoder, member, record);
}

/* Appends it to decoder->extra, whose part from @start on is this object's. */
static void
read_unknown (MigdescDecoder *decoder,
              const MigdescShape *shape,
              const MigdescJsonString *key,
              gsize start)
{
  gboolean strict = (decoder->flags & MIGDESC_READ_STRICT) != 0;

  if (strict || decoder->wants_warnings)
    {
      g_autofree char *quoted = migdesc_quote (key->text, key->length);

      migdesc_diagnostics_add (decoder->diagnostics, MIGDESC_ERROR_DOCUMENT_UNKNOWN_MEMBER,
                               strict ? MIGDESC_SEVERITY_BLOCKER : MIGDESC_SEVERITY_WARNING,
                               key->offset, NULL, "unknown member \"%s\" of a %s", quoted,
                               shape->what);
    }

  if (decoder->extra->len > start)
    g_string_append_c (decoder->extra, ',');
  migdesc_json_append_string (decoder->extra, key->text, key->length);
  g_string_append_c (decoder->extra, ':');
  migdesc_json_reader_copy_value (&decoder->json, decoder->extra);
}

void
migdesc_decoder_reject_unknown (MigdescDecoder *decoder,
                                const char *what,
                                const MigdescJsonString *key)
{
  g_autofree char *quoted = migdesc_quote (key->text, key->length);

  migdesc_decoder_error (decoder, MIGDESC_ERROR_DOCUMENT_UNKNOWN_MEMBER, key->offset,
                         "unknown member \"%s\" of a %s", quoted, what);
  migdesc_json_reader_skip_value (&decoder->json);
}

void
migdesc_decoder_report_missing (MigdescDecoder *decoder,
                                const char *what,
                                const char *name,
                                MigdescPlace place)
{
  migdesc_decoder_error (decoder, MIGDESC_ERROR_DOCUMENT_MISSING_MEMBER, place,
                         "a %s needs a member \"%s\"", what, name);
}

/* An object on its way in */
typedef struct
{
  const MigdescShape *shape;
  gpointer record;
  guint seen;      /* bits by position */
  guint postponed; /* those whose needs were not there yet */
  MigdescJsonMark marks[MIGDESC_SHAPE_MEMBERS_MAX]; /* of the postponed */
} ObjectReading;

static inline void
take_member (MigdescDecoder *decoder,
             ObjectReading *reading,
             guint position,
             const MigdescJsonString *key)
{
  const MigdescMember *member = &reading->shape->members[position];
  guint bit = 1u << position;

  if (G_UNLIKELY ((reading->seen & bit) != 0))
    migdesc_json_reader_fail_duplicate (&decoder->json, key);
  else if (G_UNLIKELY ((member->dialects & decoder->may_use) == 0))
    reject_member (decoder, member, key);
  else if (G_UNLIKELY ((member->needs & ~reading->seen) != 0))
    {
      reading->marks[position] = migdesc_json_reader_tell (&decoder->json);
      reading->postponed |= bit;
      migdesc_json_reader_skip_value (&decoder->json);
    }
  else
    read_member (decoder, member, reading->record);
  reading->seen |= bit;
  decoder->fits &= member->dialects;
}

/* What came before the members that it needs: by now they are there, or will never be. */
static void
take_postponed (MigdescDecoder *decoder,
                ObjectReading *reading)
{
  MigdescJsonMark end = migdesc_json_reader_tell (&decoder->json);

  for (guint i = 0; i < reading->shape->n_members; i++)
    {
      if ((reading->postponed & (1u << i)) == 0)
        continue;
      migdesc_json_reader_seek (&decoder->json, &reading->marks[i]);
      read_member (decoder, &reading->shape->members[i], reading->record);
    }
  migdesc_json_reader_seek (&decoder->json, &end);
}

/* Moves this object's part of decoder->extra to its record. */
static void
keep_extra (MigdescDecoder *decoder,
            const ObjectReading *reading,
            gsize start)
{
  const MigdescShape *shape = reading->shape;
  gpointer holder = shape->get_more != NULL ? shape->get_more (decoder) : reading->record;

  G_STRUCT_MEMBER (const char *, holder, shape->extra_offset) = migdesc_arena_dup (
      decoder->arena, decoder->extra->str + start, decoder->extra->len - start);
  g_string_truncate (decoder->extra, start);
}

static void
report_missing_members (MigdescDecoder *decoder,
                        const ObjectReading *reading,
                        MigdescPlace place)
{
  const MigdescShape *shape = reading->shape;
  guint missing = shape->required & ~reading->seen;

  for (guint i = 0; i < shape->n_members; i++)
    if ((missing & (1u << i)) != 0)
      migdesc_decoder_report_missing (decoder, shape->what, shape->members[i].name, place);
}

static inline void
take_unknown (MigdescDecoder *decoder,
              const MigdescShape *shape,
              const MigdescJsonString *key,
              MigdescKeySet *unknown,
              gsize extra_start)
{
  if (!migdesc_key_set_add (unknown, key->text, key->length))
    migdesc_json_reader_fail_duplicate (&decoder->json, key);
  else
    read_unknown (decoder, shape, key, extra_start);
}

guint
migdesc_decoder_read_object (MigdescDecoder *decoder,
                             const MigdescShape *shape,
                             gpointer record,
                             MigdescPlace place)
{
  ObjectReading reading;
  g_auto (MigdescKeySet) unknown;
  gsize extra_start = decoder->extra->len;
  MigdescJsonString key;
  guint expected = 0;

  reading.shape = shape;
  reading.record = record;
  reading.seen = 0;
  reading.postponed = 0;
  migdesc_key_set_init (&unknown);
  if (!migdesc_json_reader_begin_object (&decoder->json))
    return 0;

  while (migdesc_json_reader_next_member (&decoder->json, &key))
    {
      guint position = migdesc_shape_find (shape, &key, expected);

      if (G_LIKELY (position < shape->n_members))
        {
          take_member (decoder, &reading, position, &key);
          expected = position + 1;
        }
      else
        take_unknown (decoder, shape, &key, &unknown, extra_start);
    }

  if (G_UNLIKELY (reading.postponed != 0))
    take_postponed (decoder, &reading);
  if (G_UNLIKELY (decoder->extra->len > extra_start))
    keep_extra (decoder, &reading, extra_start);
  if (G_UNLIKELY ((shape->required & ~reading.seen) != 0 && decoder->json.error == 0))
    report_missing_members (decoder, &reading, place);
  return reading.seen;
}

const char *
migdesc_decoder_read_json (MigdescDecoder *decoder)
{
  g_string_truncate (decoder->scratch, 0);
  if (!migdesc_json_reader_copy_value (&decoder->json, decoder->scratch))
    return NULL;
  return migdesc_arena_dup (decoder->arena, decoder->scratch->str, decoder->scratch->len);
}

gboolean
migdesc_decoder_read_flag (MigdescDecoder *decoder,
                           MigdescError wrong_type,
                           gboolean *value)
{
  MigdescPlace place = migdesc_decoder_place (decoder);
  MigdescJsonString string;

  if (G_LIKELY (migdesc_json_reader_peek (&decoder->json) != MIGDESC_JSON_STRING))
    return migdesc_json_reader_read_bool (&decoder->json, value);

  if (!migdesc_json_reader_read_string (&decoder->json, &string))
    return FALSE;
  *value = migdesc_json_string_equal (&string, "on", 2);
  if (*value || migdesc_json_string_equal (&string, "off", 3))
    return TRUE;
  migdesc_decoder_error (decoder, wrong_type, place, "expected true, false, \"on\" or \"off\"");
  return FALSE;
}

guint
migdesc_decoder_read_word (MigdescDecoder *decoder,
                           const char *member,
                           const char *const *words,
                           guint n)
{
  g_autofree char *quoted = NULL;
  g_autoptr (GString) list = NULL;
  MigdescJsonString string;

  if (!migdesc_json_reader_read_string (&decoder->json, &string))
    return n;
  for (guint i = 0; i < n; i++)
    if (migdesc_json_string_equal (&string, words[i], strlen (words[i])))
      return i;

  quoted = migdesc_quote (string.text, string.length);
  list = g_string_new (NULL);
  for (guint i = 0; i < n; i++)
    g_string_append_printf (list, "%s%s", i == 0 ? "" : i + 1 == n ? " or " : ", ", words[i]);
  migdesc_decoder_error (decoder, MIGDESC_ERROR_DOCUMENT_VALUE, string.offset,
                         "\"%s\" has to be %s, not \"%s\"", member, list->str, quoted);
  return n;
}

void
migdesc_decoder_read_text_member (MigdescDecoder *decoder,
                                  const MigdescMember *member,
                                  gpointer record)
{
  MigdescJsonString string;

  if (migdesc_json_reader_read_string (&decoder->json, &string))
    G_STRUCT_MEMBER (const char *, record, member->offset)
        = migdesc_arena_dup (decoder->arena, string.text, string.length);
}

void
migdesc_decoder_read_json_member (MigdescDecoder *decoder,
                                  const MigdescMember *member,
                                  gpointer record)
{
  G_STRUCT_MEMBER (const char *, record, member->offset) = migdesc_decoder_read_json (decoder);
}

void
migdesc_decoder_read_flag_member (MigdescDecoder *decoder,
                                  const MigdescMember *member,
                                  gpointer record)
{
  gboolean value;

  if (migdesc_decoder_read_flag (decoder, MIGDESC_ERROR_DOCUMENT_TYPE, &value))
    G_STRUCT_MEMBER (guint8, record, member->offset) = value ? 1 : 0;
}

void
migdesc_decoder_read_support_member (MigdescDecoder *decoder,
                                     const MigdescMember *member,
                                     gpointer record)
{
  static const char *const words[] = {
    [MIGDESC_SUPPORT_BEST_EFFORT] = "best-effort",
    [MIGDESC_SUPPORT_NONE] = "none",
    [MIGDESC_SUPPORT_FORWARD] = "forward",
    [MIGDESC_SUPPORT_BIDIRECTIONAL] = "bidirectional",
  };
  guint word = migdesc_decoder_read_word (decoder, member->name, words, G_N_ELEMENTS (words));

  if (word < G_N_ELEMENTS (words))
    G_STRUCT_MEMBER (guint8, record, member->offset) = (guint8) word;
}
