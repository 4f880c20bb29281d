/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "qemu/description/decode.h"

#include "base/quote.h"

/* What the bytes of a section could be otherwise than the description says: marks between elements,
 * headers of subsections, pointers to nothing. The values of fields can be any. */

typedef struct
{
  const guint8 *start;
  const guint8 *at;
  MigdescQemuFault *fault;
} Check;

static gboolean check_shape (Check *check, const MigdescQemuShape *shape);

static gboolean
fail (Check *check,
      const char *format,
      ...) G_GNUC_PRINTF (2, 3);

static gboolean
fail (Check *check,
      const char *format,
      ...)
{
  va_list arguments;

  check->fault->offset = (gsize) (check->at - check->start);
  va_start (arguments, format);
  check->fault->message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  return FALSE;
}

/* On the way back from a fault. Always FALSE. */
static gboolean
add_path (Check *check,
          const MigdescQemuMember *member,
          guint32 index)
{
  g_autofree char *name = migdesc_quote (member->name, -1);
  g_autofree char *place = (member->flags & MIGDESC_QEMU_ARRAY) != 0
                               ? g_strdup_printf ("%s[%u]", name, index)
                               : g_steal_pointer (&name);
  g_autofree char *message = check->fault->message;
  /* the first adds what separates the path from the message */
  const char *separator = message[0] == ':' ? "" : ".";

  check->fault->message = g_strdup_printf ("%s%s%s", place, separator, message);
  return FALSE;
}

static gboolean
check_byte (Check *check,
            guint8 wanted,
            const char *what)
{
  if (*check->at != wanted)
    return fail (check, ": the byte 0x%02x where the description has %s, 0x%02x", *check->at, what,
                 wanted);
  check->at++;
  return TRUE;
}

static guint32
get_be32 (const guint8 *bytes)
{
  guint32 value;

  memcpy (&value, bytes, sizeof value);
  return GUINT32_FROM_BE (value);
}

static gboolean
check_header (Check *check,
              const MigdescQemuShape *shape)
{
  gsize length = strlen (shape->name);
  guint32 version;

  if (!check_byte (check, 5, "a subsection"))
    return FALSE;
  if (*check->at != length || memcmp (check->at + 1, shape->name, length) != 0)
    return fail (check, ": a subsection of another name");
  check->at += 1 + length;
  version = get_be32 (check->at);
  if (version != shape->version)
    return fail (check, ": version %u of a subsection, the description has %u", version,
                 shape->version);
  check->at += 4;
  return TRUE;
}

static gboolean
check_count (Check *check,
             const MigdescQemuMember *member)
{
  guint32 count = get_be32 (check->at);

  if (count != member->tree_size)
    return fail (check, ": %u nodes, the description has %u", count, member->tree_size);
  check->at += 4;
  return TRUE;
}

static gboolean
check_elements (Check *check,
                const MigdescQemuMember *member)
{
  gboolean marked = (member->flags & MIGDESC_QEMU_MARKED) != 0;

  if (!marked && (member->kind != MIGDESC_QEMU_STRUCT || member->shape->is_plain)
      && member->kind != MIGDESC_QEMU_NULL)
    {
      check->at += (gsize) member->n * member->size;
      return TRUE;
    }
  for (guint32 i = 0; i < member->n; i++)
    {
      if (marked && !check_byte (check, 1, "the mark of an element"))
        return add_path (check, member, i);
      if (member->kind == MIGDESC_QEMU_NULL
              ? !check_byte (check, '0', "a pointer to nothing")
              : !check_shape (check, member->shape))
        return add_path (check, member, i);
    }
  return TRUE;
}

static gboolean
check_member (Check *check,
              const MigdescQemuMember *member)
{
  if ((member->flags & MIGDESC_QEMU_SUBSECTION) != 0 && !check_header (check, member->shape))
    return add_path (check, member, 0);
  if ((member->flags & MIGDESC_QEMU_COUNTED) != 0 && !check_count (check, member))
    return add_path (check, member, 0);
  if (!check_elements (check, member))
    return FALSE;
  if ((member->flags & MIGDESC_QEMU_END) != 0
      && !check_byte (check, 0, "the end of a list"))
    return add_path (check, member, member->n);
  return TRUE;
}

static gboolean
check_shape (Check *check,
             const MigdescQemuShape *shape)
{
  if (shape->is_plain)
    {
      check->at += shape->size;
      return TRUE;
    }
  for (guint32 i = 0; i < shape->n_members; i++)
    if (!check_member (check, &shape->members[i]))
      return FALSE;
  return TRUE;
}

gboolean
migdesc_qemu_decode_check (const MigdescQemuShape *shape,
                           const guint8 *bytes,
                           MigdescQemuFault *fault)
{
  Check check = { bytes, bytes, fault };

  return check_shape (&check, shape);
}
