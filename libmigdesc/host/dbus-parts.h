/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A state in parts, since QEMU takes no more than 1 MiB of an Id. All numbers are big endian:
 *
 *    0  "MIGDPART"
 *    8  u32  version of this header, 1
 *   12  u32  which part, from 1
 *   16  u32  of how many
 *   20  u32  bytes of the state in this part
 *   24  u64  bytes of the whole state
 *   32  SHA-256 of the whole state
 *   64  the bytes
 *
 * All parts but those at the end are full, so that where a part belongs follows from its number. */

#define MIGDESC_PART_LIMIT (1024 * 1024)
#define MIGDESC_PART_HEADER 64
#define MIGDESC_PART_ROOM (MIGDESC_PART_LIMIT - MIGDESC_PART_HEADER)
#define MIGDESC_PARTS_MAX 128
#define MIGDESC_PART_DIGEST 32

/* How many parts a state of so many bytes needs; at least 1. */
guint64 migdesc_vmparts_needed (guint64 size);
void migdesc_vmparts_digest (GBytes *state, guint8 digest[MIGDESC_PART_DIGEST]);

/* A part, counted from 0, of a state that the parts have room for. */
GBytes *migdesc_vmparts_cut (GBytes *state, const guint8 digest[MIGDESC_PART_DIGEST], guint part,
                           guint n_parts);

/* What has arrived. */
typedef struct
{
  guint n_parts; /* 0 before the first */
  guint n_arrived;
  guint64 size;
  guint8 digest[MIGDESC_PART_DIGEST];
  GBytes *parts[MIGDESC_PARTS_MAX]; /* with their headers */
} MigdescVMParts;

void migdesc_vmparts_clear (MigdescVMParts *parts);

/* Takes a chunk that came as part, counted from 0, where n_ids parts can come. A part that is there
 * already begins a new state; otherwise a part of another state is refused. After an error none
 * has arrived. */
gboolean migdesc_vmparts_add (MigdescVMParts *parts, guint part, guint n_ids, GBytes *chunk,
                            GError **error);

gboolean migdesc_vmparts_are_complete (const MigdescVMParts *parts);

/* "2, 3 of 3", or NULL where no part has arrived. */
char *migdesc_vmparts_describe_missing (const MigdescVMParts *parts);

/* The state of parts that are complete, which are cleared; NULL when its digest is another. */
GBytes *migdesc_vmparts_join (MigdescVMParts *parts, GError **error);

G_END_DECLS
