/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "codec/decoder.h"

G_BEGIN_DECLS

/* Lenient reading takes a missing init value from the last version, or else from the off value,
 * both of which are known only when the model ends. */
void migdesc_missing_init_add (MigdescDecoder *decoder, guint32 param, MigdescPlace place);
/* The version being read sets this param. */
void migdesc_missing_init_note (MigdescDecoder *decoder, guint32 param, MigdescValue value);
/* At the end of the model; forgets all. */
void migdesc_missing_init_fill (MigdescDecoder *decoder);

G_END_DECLS
