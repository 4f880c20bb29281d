/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "qemu/description/decode.h"

#include "qemu/description/expand.h"

#include "state/tree/state-private.h"

/* From QEMU's bytes to those of the binary format, which every tree is loaded from: the same fields
 * in the same order, little-endian, without marks and headers. */

typedef struct
{
  const guint8 *from;
  guint8 *to;
  const GPtrArray *values; /* nullable: what opaque ones turn into */
  guint n_values;          /* that have been taken */
} Turn;

static void turn_shape (Turn *turn, const MigdescQemuShape *shape);

#define DEFINE_TURN(width) \
  static void \
  turn_##width (Turn *turn, guint32 n) \
  { \
    for (guint32 i = 0; i < n; i++) \
      { \
        guint##width value; \
        memcpy (&value, turn->from + (gsize) i * sizeof value, sizeof value); \
        value = GUINT##width##_SWAP_LE_BE (value); \
        memcpy (turn->to + (gsize) i * sizeof value, &value, sizeof value); \
      } \
    turn->from += (gsize) n * (width / 8); \
    turn->to += (gsize) n * (width / 8); \
  }

DEFINE_TURN (16)
DEFINE_TURN (32)
DEFINE_TURN (64)

static void
copy (Turn *turn,
      gsize size)
{
  memcpy (turn->to, turn->from, size);
  turn->from += size;
  turn->to += size;
}

static void
turn_scalars (Turn *turn,
              guint32 width,
              guint32 n)
{
  switch (width)
    {
    case 1:
      copy (turn, n);
      break;
    case 2:
      turn_16 (turn, n);
      break;
    case 4:
      turn_32 (turn, n);
      break;
    default:
      turn_64 (turn, n);
      break;
    }
}

/* QEMU takes any byte but 0 for true. */
static void
turn_bools (Turn *turn,
            guint32 n)
{
  for (guint32 i = 0; i < n; i++)
    *turn->to++ = *turn->from++ != 0;
}

static void
turn_nothing (Turn *turn,
              const MigdescQemuMember *member)
{
  if ((member->flags & MIGDESC_QEMU_ARRAY) != 0)
    {
      copy (turn, member->n);
      return;
    }
  *turn->to++ = 0; /* the pointer is absent */
  turn->from++;
}

static void
turn_bytes (Turn *turn,
            const MigdescQemuMember *member)
{
  const GByteArray *value;

  if (turn->values == NULL || migdesc_qemu_member_get_opaque (member) == NULL)
    {
      copy (turn, (gsize) member->size * member->n);
      return;
    }
  value = g_ptr_array_index (turn->values, turn->n_values++);
  memcpy (turn->to, value->data, value->len);
  turn->to += value->len;
  turn->from += member->size;
}

static void
turn_structs (Turn *turn,
              const MigdescQemuMember *member)
{
  if ((member->flags & MIGDESC_QEMU_SUBSECTION) != 0)
    turn->from += 6 + strlen (member->shape->name);
  if ((member->flags & MIGDESC_QEMU_COUNTED) != 0)
    turn->from += 4;
  for (guint32 i = 0; i < member->n; i++)
    {
      if ((member->flags & MIGDESC_QEMU_MARKED) != 0)
        turn->from++;
      turn_shape (turn, member->shape);
    }
  if ((member->flags & MIGDESC_QEMU_END) != 0)
    turn->from++;
}

static void
turn_member (Turn *turn,
             const MigdescQemuMember *member)
{
  switch ((MigdescQemuKind) member->kind)
    {
    case MIGDESC_QEMU_BYTES:
      turn_bytes (turn, member);
      break;
    case MIGDESC_QEMU_BOOL:
      turn_bools (turn, member->n);
      break;
    case MIGDESC_QEMU_BITMAP:
      turn_64 (turn, member->size / 8 * member->n);
      break;
    case MIGDESC_QEMU_NULL:
      turn_nothing (turn, member);
      break;
    case MIGDESC_QEMU_STRUCT:
      turn_structs (turn, member);
      break;
    default:
      turn_scalars (turn, member->size, member->n);
      break;
    }
}

static void
turn_shape (Turn *turn,
            const MigdescQemuShape *shape)
{
  if (shape->n_members == 0)
    *turn->to++ = 0; /* the padding of an empty struct */
  for (guint32 i = 0; i < shape->n_members; i++)
    turn_member (turn, &shape->members[i]);
}

/* The binary form of a member is no longer than QEMU's, but for empty structs. */
static gsize
get_room (const MigdescQemuShape *shape)
{
  gsize room = shape->n_members == 0 ? 1 : 0;

  for (guint32 i = 0; i < shape->n_members; i++)
    {
      const MigdescQemuMember *member = &shape->members[i];

      room += member->kind == MIGDESC_QEMU_STRUCT ? get_room (member->shape) * member->n
                                                  : (gsize) member->size * member->n;
    }
  return room;
}

static gsize
get_room_of_values (const GPtrArray *values)
{
  gsize room = 0;

  for (guint i = 0; values != NULL && i < values->len; i++)
    room += ((const GByteArray *) g_ptr_array_index (values, i))->len;
  return room;
}

/* values: nullable */
static MigdescState *
decode (const MigdescQemuShape *shape,
        const guint8 *bytes,
        const GPtrArray *values,
        GError **error)
{
  g_autoptr (MigdescStateType) type = migdesc_qemu_shape_get_type (shape, values != NULL, error);
  g_autoptr (GByteArray) turned = NULL;
  Turn turn = { .from = bytes, .values = values };
  guint8 *begin;
  gsize room;

  if (type == NULL)
    return NULL;
  room = get_room (shape) + get_room_of_values (values);
  begin = turn.to = g_try_malloc (room + 1);
  if (begin == NULL)
    {
      g_set_error (error, MIGDESC_ERROR, MIGDESC_ERROR_LIMIT_EXCEEDED,
                   "there is no memory for %" G_GSIZE_FORMAT " bytes", room);
      return NULL;
    }
  turn_shape (&turn, shape);
  turned = g_byte_array_new_take (begin, (gsize) (turn.to - begin));
  return migdesc_state_new_from_wire (type, turned, error);
}

/* One value that cannot be read leaves all of a section's opaque: its schema is the one or the
 * other. */
MigdescState *
migdesc_qemu_decode (const MigdescQemuShape *shape,
                     const char *section,
                     const guint8 *bytes,
                     GError **error)
{
  g_autoptr (GPtrArray) values = NULL;
  g_autoptr (MigdescState) state = NULL;

  if (section != NULL && shape->has_opaque)
    values = migdesc_qemu_expand (shape, section, bytes, NULL, NULL, NULL);
  if (values != NULL)
    state = decode (shape, bytes, values, NULL);
  if (state != NULL)
    return g_steal_pointer (&state);
  return decode (shape, bytes, NULL, error);
}
