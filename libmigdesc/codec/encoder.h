/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "base/json-writer.h"
#include "codec/shape.h"

G_BEGIN_DECLS

/* Writes records as JSON by the tables that reading goes by. */
struct _MigdescEncoder
{
  MigdescJsonWriter json;
  MigdescDialects dialect; /* one of them */
  const MigdescStore *store;
  const MigdescModelCore *model; /* the one being written */
  GString *scratch;
};

void migdesc_encoder_init (MigdescEncoder *encoder,
                           const MigdescStore *store,
                           MigdescDialects dialect,
                           GString *output);
void migdesc_encoder_clear (MigdescEncoder *encoder);

/* An object with those members that are set and that the dialect has. Unknown members follow where
 * it carries them. */
void migdesc_encoder_write_object (MigdescEncoder *encoder,
                                   const MigdescShape *shape,
                                   gconstpointer record);

/* The unknown members of a record, nullable. */
const char *migdesc_shape_get_extra (const MigdescShape *shape, gconstpointer record);

/* Those members, but for the one named @except; both are nullable. */
void migdesc_encoder_write_extra (MigdescEncoder *encoder, const char *extra, const char *except);

void migdesc_encoder_write_value (MigdescEncoder *encoder,
                                  MigdescValueType type,
                                  MigdescValue value);
void migdesc_encoder_write_set (MigdescEncoder *encoder, const MigdescSet *set);
void migdesc_encoder_write_ignores (MigdescEncoder *encoder, const MigdescIgnore *ignores, guint n);

/* is_set and write functions that members share; those of a nullable text, and of a MigdescSupport
 * in a guint8, by the member's offset. The support that absence means is not set. */
gboolean migdesc_encoder_has_text (const MigdescEncoder *encoder,
                                   const MigdescMember *member,
                                   gconstpointer record);
void migdesc_encoder_write_text (MigdescEncoder *encoder,
                                 const MigdescMember *member,
                                 gconstpointer record);
void migdesc_encoder_write_json (MigdescEncoder *encoder,
                                 const MigdescMember *member,
                                 gconstpointer record);
gboolean migdesc_encoder_has_support (const MigdescEncoder *encoder,
                                      const MigdescMember *member,
                                      gconstpointer record);
void migdesc_encoder_write_support (MigdescEncoder *encoder,
                                    const MigdescMember *member,
                                    gconstpointer record);
gboolean migdesc_encoder_always (const MigdescEncoder *encoder,
                                 const MigdescMember *member,
                                 gconstpointer record);

G_END_DECLS
