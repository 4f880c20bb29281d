/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <migdesc/migdesc-qemu-stream.h>

#include "qemu/stream/item-index.h"
#include "qemu/stream/libvirt.h"
#include "qemu/stream/scan.h"

G_BEGIN_DECLS

/* What a stream was taken apart to. */
typedef struct
{
  char *machine;
  guint32 page_size;
  guint64 size;
  GPtrArray *items;  /* MigdescQemuItem */
  GHashTable *index; /* of the items */
  GPtrArray *blocks; /* MigdescQemuBlock */
  MigdescQemuDescription *own; /* nullable: its own description */
  MigdescReport *report;
  MigdescQemuWrapper wrapper;
} MigdescQemuParts;

/* What the caller knows beforehand. */
typedef struct
{
  MigdescQemuDescription *description; /* nullable */
  guint32 page_size;                   /* 0: not given */
  const MigdescLimits *limits;         /* nullable */
} MigdescQemuHints;

/* FALSE: it is no stream, or cannot be read. */
gboolean migdesc_qemu_parts_read (MigdescQemuParts *parts,
                                  MigdescQemuInput *input,
                                  const MigdescQemuHints *hints,
                                  GError **error);
void migdesc_qemu_parts_clear (MigdescQemuParts *parts);

MigdescQemuStream *migdesc_qemu_stream_new_for_input (MigdescQemuInput *input,
                                                      const MigdescQemuHints *hints,
                                                      GError **error);
const MigdescQemuParts *migdesc_qemu_stream_peek_parts (MigdescQemuStream *stream);

G_END_DECLS
