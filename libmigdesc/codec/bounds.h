/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "codec/decoder.h"
#include "codec/encoder.h"

G_BEGIN_DECLS

/* What is different in the v3-minmax dialect: ints have `allowed_min` and `allowed_max` (the
 * member's offset is the index of the bound), a bool allows what its off value says, and nothing
 * has `allowed_values`. */
void migdesc_bounds_read (MigdescDecoder *decoder, const MigdescMember *member, gpointer record);
/* At the end of a param: makes its allowed values. */
void migdesc_bounds_apply (MigdescDecoder *decoder, MigdescParamCore *param);

gboolean migdesc_bounds_are_set (const MigdescEncoder *encoder,
                                 const MigdescMember *member,
                                 gconstpointer record);
void migdesc_bounds_write (MigdescEncoder *encoder,
                           const MigdescMember *member,
                           gconstpointer record);

G_END_DECLS
