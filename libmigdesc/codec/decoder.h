/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <migdesc/migdesc-reader.h>
#include "base/json-reader.h"
#include "codec/shape.h"
#include "model/diagnostics.h"
#include "model/draft.h"

G_BEGIN_DECLS

/* Translates a JSON text into the draft's calls. Breaches of the text's syntax end in @json, all
 * others in @diagnostics; reading goes on after the latter. */
struct _MigdescDecoder
{
  MigdescJsonReader json;
  MigdescDraft *draft;
  MigdescDiagnostics *diagnostics;
  MigdescArena *arena; /* the draft's */
  MigdescReadFlags flags;
  gboolean wants_warnings;
  MigdescDialect dialect; /* the one asked for, or AUTO */
  guint8 may_use;         /* MigdescDialects whose members are understood */
  guint8 fits;            /* MigdescDialects that have all members seen so far */
  gboolean has_bounds;    /* met by AUTO: to be read again as v3-minmax */
  gboolean dialect_by_bounds; /* that is what is done now */

  guint64 ranges_limit;
  MigdescSetBuilder set_builder;
  GString *extra;   /* unknown members of the objects being read, innermost last */
  GString *scratch;

  /* the param being read */
  MigdescPlace init_place;
  MigdescPlace off_place;
  guint8 broken; /* MigdescBroken */
  guint8 has_type;
  guint64 bounds[2]; /* allowed_min, allowed_max */
  guint8 has_bound[2];
  MigdescPlace bound_place; /* of the last */

  /* the model being read */
  guint32 n_versions;
  GArray *missing_inits; /* of missing-init.c; NULL while there are none */
};

void migdesc_decoder_init (MigdescDecoder *decoder,
                           const char *text,
                           gsize length,
                           MigdescDraft *draft,
                           MigdescDiagnostics *diagnostics,
                           const MigdescLimits *limits,
                           MigdescReadFlags flags);
void migdesc_decoder_clear (MigdescDecoder *decoder);

#define migdesc_decoder_error(decoder, code, place, ...)                                           \
  migdesc_diagnostics_add ((decoder)->diagnostics, code, MIGDESC_SEVERITY_BLOCKER, place, NULL,    \
                           __VA_ARGS__)

/* The value at the cursor is of a kind that does not belong here: says so and passes over it. */
void migdesc_decoder_reject_kind (MigdescDecoder *decoder, MigdescError code, const char *wanted);
/* Whether the value at the cursor is of one of the kinds that @want stands for; if not, rejects
 * it. */
gboolean migdesc_decoder_expect (MigdescDecoder *decoder, MigdescWant want);

/* Reads the object at the cursor by its table and returns the members that it has, a bit for each
 * position. Unknown members go to the record; required ones that are missing are reported at
 * @place. */
guint migdesc_decoder_read_object (MigdescDecoder *decoder,
                                   const MigdescShape *shape,
                                   gpointer record,
                                   MigdescPlace place);
/* For objects that keep nothing unknown: an error, and the value is passed over. */
void migdesc_decoder_reject_unknown (MigdescDecoder *decoder,
                                     const char *what,
                                     const MigdescJsonString *key);
void migdesc_decoder_report_missing (MigdescDecoder *decoder,
                                     const char *what,
                                     const char *name,
                                     MigdescPlace place);

static inline MigdescPlace
migdesc_decoder_place (const MigdescDecoder *decoder)
{
  return migdesc_json_reader_offset (&decoder->json);
}

static inline MigdescSlice
migdesc_slice (const MigdescJsonString *string)
{
  return (MigdescSlice) { string->text, string->length };
}

/* The value at the cursor as canonical JSON, in the arena; NULL if the reader failed. */
const char *migdesc_decoder_read_json (MigdescDecoder *decoder);
/* `true` or `false`, and "on" or "off" where reading is lenient; the kind is checked. */
gboolean migdesc_decoder_read_flag (MigdescDecoder *decoder,
                                    MigdescError wrong_type,
                                    gboolean *value);
/* One of the @n words, reported as document-value otherwise. The position, or n. */
guint migdesc_decoder_read_word (MigdescDecoder *decoder,
                                 const char *member,
                                 const char *const *words,
                                 guint n);

/* read functions that members share, at the member's offset: of a `const char *`, and of a bool or
 * a MigdescSupport kept in a guint8 */
void migdesc_decoder_read_text_member (MigdescDecoder *decoder,
                                       const MigdescMember *member,
                                       gpointer record);
void migdesc_decoder_read_json_member (MigdescDecoder *decoder,
                                       const MigdescMember *member,
                                       gpointer record);
void migdesc_decoder_read_flag_member (MigdescDecoder *decoder,
                                       const MigdescMember *member,
                                       gpointer record);
void migdesc_decoder_read_support_member (MigdescDecoder *decoder,
                                          const MigdescMember *member,
                                          gpointer record);

/* Values and sets (decode-value.c). Strings are copied into the arena. FALSE: reported, or the
 * reader failed; either way the value is behind the cursor. @wrong_type is the code for a value of
 * another type. */
gboolean migdesc_decoder_read_value (MigdescDecoder *decoder,
                                     MigdescValueType type,
                                     MigdescError wrong_type,
                                     MigdescValue *value);
gboolean migdesc_decoder_read_int (MigdescDecoder *decoder,
                                   MigdescError wrong_type,
                                   guint64 *value);
/* A str value that is not copied yet. */
gboolean migdesc_decoder_read_text (MigdescDecoder *decoder,
                                    MigdescError wrong_type,
                                    MigdescJsonString *text);
/* The array at the cursor; @empty is the code for one without elements. */
gboolean migdesc_decoder_read_set (MigdescDecoder *decoder,
                                   MigdescValueType type,
                                   MigdescError empty,
                                   MigdescSet *set);

/* The objects, from the outside in (native-*.c) */
void migdesc_decoder_read_document (MigdescDecoder *decoder);
void migdesc_decoder_read_model (MigdescDecoder *decoder, const MigdescJsonString *name);
void migdesc_decoder_read_param (MigdescDecoder *decoder, const MigdescJsonString *name);
void migdesc_decoder_read_version (MigdescDecoder *decoder);
void migdesc_decoder_read_constraint (MigdescDecoder *decoder);
/* `ignore`, which a document and a model have */
void migdesc_decoder_read_ignore (MigdescDecoder *decoder, gboolean on_model);

/* The other form of JSON document (read-v1.c) */
void migdesc_decoder_read_v1 (MigdescDecoder *decoder);

G_END_DECLS
