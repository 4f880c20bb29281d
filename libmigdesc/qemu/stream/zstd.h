/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What GZlibDecompressor is for gzip: one frame of zstd after the other. */

#define MIGDESC_TYPE_ZSTD_DECOMPRESSOR (migdesc_zstd_decompressor_get_type ())
G_DECLARE_FINAL_TYPE (MigdescZstdDecompressor,
                      migdesc_zstd_decompressor,
                      MIGDESC,
                      ZSTD_DECOMPRESSOR,
                      GObject)

GConverter *migdesc_zstd_decompressor_new (void);

G_END_DECLS
