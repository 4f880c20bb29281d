/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <migdesc/migdesc-state-type.h>

#include <string.h>

#include "base/arena.h"

G_BEGIN_DECLS

/* What a description says of the bytes of a section, in the order in which they are: a shape is a
 * struct, its members follow each other without padding, integers are big-endian. Equal shapes of a
 * description are one. Immutable. */

typedef enum
{
  MIGDESC_QEMU_BYTES, /* a buffer, or what only QEMU's code understands */
  MIGDESC_QEMU_BOOL,
  MIGDESC_QEMU_UINT,
  MIGDESC_QEMU_INT,
  MIGDESC_QEMU_DOUBLE,
  MIGDESC_QEMU_BITMAP, /* words of 8 bytes, the lowest bits first */
  MIGDESC_QEMU_NULL,   /* a pointer to nothing: the byte '0' */
  MIGDESC_QEMU_STRUCT
} MigdescQemuKind;

typedef enum
{
  MIGDESC_QEMU_ARRAY = 1 << 0,      /* n elements; else one */
  MIGDESC_QEMU_MARKED = 1 << 1,     /* a byte 1 before each element */
  MIGDESC_QEMU_END = 1 << 2,        /* a byte 0 behind the last */
  MIGDESC_QEMU_COUNTED = 1 << 3,    /* be32 before them: tree_size */
  MIGDESC_QEMU_SUBSECTION = 1 << 4, /* a header before it */
  MIGDESC_QEMU_OPAQUE = 1 << 5,     /* bytes, for the description contradicts itself */
} MigdescQemuMemberFlags;

typedef struct _MigdescQemuShape MigdescQemuShape;

typedef struct
{
  const char *name; /* no other member of the shape has it */
  const char *type; /* QEMU's word for it */
  const MigdescQemuShape *shape; /* of STRUCT */
  guint32 n;                     /* elements; of BYTES without ARRAY 1 */
  guint32 size;                  /* bytes of an element, without marks */
  guint32 tree_size;             /* of COUNTED: nodes in all */
  guint8 kind;                   /* MigdescQemuKind */
  guint8 flags;                  /* MigdescQemuMemberFlags */
} MigdescQemuMember;

struct _MigdescQemuShape
{
  const char *name; /* of the description of the device: nullable */
  const MigdescQemuMember *members;
  guint64 size; /* on the wire, marks and subsections included */
  guint32 version;
  guint32 n_members;
  guint32 n_most;  /* members, of the shape that has most */
  guint32 n_all;   /* members, with those of nested shapes */
  guint64 n_steps; /* what decoding takes: saturates */
  guint32 nesting; /* structs and arrays inside each other */
  /* Nothing in the bytes can contradict the description. */
  gboolean is_plain;
  /* Somewhere in it is an opaque value that there is a table for. */
  gboolean has_opaque;
  guint n_users;          /* sections of the description that have it */
  /* Made when they are asked for, and kept where several want them: as the description has it, and
   * with structs in place of opaque values. */
  MigdescStateType *type;
  MigdescStateType *expanded;
};

/* All bytes of a member. */
static inline guint64
migdesc_qemu_member_get_size (const MigdescQemuMember *member)
{
  guint64 size = (guint64) member->size * member->n;

  if ((member->flags & MIGDESC_QEMU_MARKED) != 0)
    size += member->n;
  if ((member->flags & MIGDESC_QEMU_END) != 0)
    size += 1;
  if ((member->flags & MIGDESC_QEMU_COUNTED) != 0)
    size += 4;
  if ((member->flags & MIGDESC_QEMU_SUBSECTION) != 0)
    size += 6 + strlen (member->shape->name);
  return size;
}

/* More is no state but an attempt to keep somebody busy. */
#define MIGDESC_QEMU_STEPS_MAX (1u << 24)

/* Whether a schema can say it; NULL, or what is too much. */
const char *migdesc_qemu_shape_find_excess (const MigdescQemuShape *shape);

/* The schema of a shape: a table whose binary form is what migdesc_qemu_decode() makes, with opaque
 * values as bytes or as structs. Fails with state-type where the shape is too large. */
MigdescStateType *migdesc_qemu_shape_get_type (const MigdescQemuShape *shape,
                                               gboolean expands,
                                               GError **error);

G_END_DECLS
