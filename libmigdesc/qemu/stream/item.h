/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <migdesc/migdesc-qemu-section.h>

#include "qemu/description/description-private.h"

G_BEGIN_DECLS

/* A part of a stream: what a MigdescQemuSection is the handle of. */

/* Pages by what is sent of them; N_ENCODINGS counters. */
#define MIGDESC_QEMU_N_ENCODINGS (MIGDESC_QEMU_PAGE_COMPRESSED + 1)

typedef struct
{
  guint64 pages;
  guint64 bytes; /* with their words and names */
} MigdescQemuPages;

typedef struct
{
  char *name;
  guint64 size;
  guint64 page_size; /* 0: that of the stream */
  MigdescQemuPages pages[MIGDESC_QEMU_N_ENCODINGS];
} MigdescQemuBlock;

typedef struct
{
  gatomicrefcount ref_count;
  MigdescQemuSectionKind kind;
  MigdescQemuFooter footer;
  guint32 id;
  guint32 instance;
  guint32 version;
  char *name;    /* UTF-8, escaped where it was not; nullable */
  char *raw_name; /* as it is in the stream; nullable */
  guint nth;     /* how many before it have the same kind, name and instance */
  guint64 offset; /* of the first byte, in the stream */
  guint64 length; /* of all of it, the footer too */
  guint64 data_offset;
  guint64 data_length;
  guint command;  /* of COMMAND */
  gboolean is_live; /* RAM, and others that come in parts */
  gboolean is_rest; /* it may end before its data do, and all else be behind it */
  GBytes *data;   /* nullable: not kept */
  const MigdescQemuShape *shape; /* nullable: what data is */
  MigdescQemuDescription *description; /* nullable: what the shape is of */
  char *reason;   /* nullable: why there is no state */
} MigdescQemuItem;

MigdescQemuItem *migdesc_qemu_item_new (MigdescQemuSectionKind kind, guint64 offset);
MigdescQemuItem *migdesc_qemu_item_ref (MigdescQemuItem *item);
void migdesc_qemu_item_unref (MigdescQemuItem *item);
/* Where there are no states, all that can be said. What is in parts, as memory, counts as such. */
gboolean migdesc_qemu_item_has_same_data (const MigdescQemuItem *item,
                                          const MigdescQemuItem *other);
/* For messages: "section 12 (serial/0)" */
char *migdesc_qemu_item_describe (const MigdescQemuItem *item);

MigdescQemuSection *migdesc_qemu_section_new_for_item (MigdescQemuItem *item);
const MigdescQemuItem *migdesc_qemu_section_peek_item (MigdescQemuSection *section);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MigdescQemuItem, migdesc_qemu_item_unref)

G_END_DECLS
