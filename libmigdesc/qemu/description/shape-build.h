/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "qemu/description/shape.h"

G_BEGIN_DECLS

/* From fields as a description lists them, elements of arrays one by one or as the first of many,
 * to members. Names and equal shapes are kept once. */

typedef struct _MigdescQemuShapes MigdescQemuShapes;

/* A field as it is in the text. */
typedef struct
{
  const char *name;
  const char *type;
  gint64 index;        /* -1: none */
  guint32 array_len;   /* 0: none */
  guint64 size;
  guint n_shapes;
  const MigdescQemuShape **shapes; /* of a struct one, of a list one an element; to be freed */
} MigdescQemuField;

/* What is made lives in the arena. */
MigdescQemuShapes *migdesc_qemu_shapes_new (MigdescArena *arena);
void migdesc_qemu_shapes_free (MigdescQemuShapes *shapes);

const char *migdesc_qemu_shapes_intern (MigdescQemuShapes *shapes, const char *text, gsize length);

/* Members as they are; copied. NULL: they would be too large. */
const MigdescQemuShape *migdesc_qemu_shapes_keep (MigdescQemuShapes *shapes,
                                                  const char *name,
                                                  guint32 version,
                                                  const MigdescQemuMember *members,
                                                  guint n_members);

/* subsections: shapes by themselves. NULL: it would be too large. */
const MigdescQemuShape *migdesc_qemu_shapes_make (MigdescQemuShapes *shapes,
                                                  const char *name,
                                                  guint32 version,
                                                  const MigdescQemuField *fields,
                                                  guint n_fields,
                                                  const MigdescQemuShape *const *subsections,
                                                  guint n_subsections);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MigdescQemuShapes, migdesc_qemu_shapes_free)

/* Which kind a word of QEMU's is, of a value of so many bytes. */
MigdescQemuKind migdesc_qemu_kind_from_word (const char *type, guint64 size);

G_END_DECLS
