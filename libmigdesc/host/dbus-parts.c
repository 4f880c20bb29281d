/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "host/dbus-parts.h"

#include <migdesc/migdesc-error.h>
#include <string.h>

#include "base/bytes.h"

#define MAGIC "MIGDPART"
#define HEADER_VERSION 1

typedef struct
{
  guint32 part; /* from 1 */
  guint32 n_parts;
  guint32 length;
  guint64 size;
  const guint8 *digest;
} Header;

guint64
migdesc_vmparts_needed (guint64 size)
{
  return size == 0 ? 1 : (size - 1) / MIGDESC_PART_ROOM + 1;
}

void
migdesc_vmparts_digest (GBytes *state,
                      guint8 digest[MIGDESC_PART_DIGEST])
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  gsize size, length = MIGDESC_PART_DIGEST;
  const guint8 *data = migdesc_bytes_peek (state, &size);

  /* g_checksum_update counts in gssize, and -1 means a text */
  g_checksum_update (checksum, data == NULL ? (const guint8 *) "" : data, (gssize) size);
  g_checksum_get_digest (checksum, digest, &length);
}

/* Where a part begins, and how much it holds. */
static guint32
place (guint64 size,
       guint part,
       guint64 *start)
{
  *start = MIN ((guint64) part * MIGDESC_PART_ROOM, size);
  return (guint32) MIN (size - *start, MIGDESC_PART_ROOM);
}

static void
put32 (guint8 *place32,
       guint32 number)
{
  guint32 big = GUINT32_TO_BE (number);

  memcpy (place32, &big, sizeof big);
}

static guint32
get32 (const guint8 *place32)
{
  guint32 big;

  memcpy (&big, place32, sizeof big);
  return GUINT32_FROM_BE (big);
}

GBytes *
migdesc_vmparts_cut (GBytes *state,
                   const guint8 digest[MIGDESC_PART_DIGEST],
                   guint part,
                   guint n_parts)
{
  guint64 size = g_bytes_get_size (state), start;
  guint32 length = place (size, part, &start);
  guint8 *chunk = g_malloc (MIGDESC_PART_HEADER + (gsize) length);

  memcpy (chunk, MAGIC, 8);
  put32 (chunk + 8, HEADER_VERSION);
  put32 (chunk + 12, part + 1);
  put32 (chunk + 16, n_parts);
  put32 (chunk + 20, length);
  put32 (chunk + 24, (guint32) (size >> 32));
  put32 (chunk + 28, (guint32) size);
  memcpy (chunk + 32, digest, MIGDESC_PART_DIGEST);
  if (length > 0)
    memcpy (chunk + MIGDESC_PART_HEADER,
            (const guint8 *) migdesc_bytes_peek (state, NULL) + start, length);
  return g_bytes_new_take (chunk, MIGDESC_PART_HEADER + (gsize) length);
}

void
migdesc_vmparts_clear (MigdescVMParts *parts)
{
  for (guint i = 0; i < parts->n_parts; i++)
    g_clear_pointer (&parts->parts[i], g_bytes_unref);
  parts->n_parts = 0;
  parts->n_arrived = 0;
}

static gboolean G_GNUC_PRINTF (3, 4)
fail (GError **error,
      MigdescError code,
      const char *format,
      ...)
{
  va_list arguments;

  va_start (arguments, format);
  if (error != NULL)
    *error = g_error_new_valist (MIGDESC_ERROR, (int) code, format, arguments);
  va_end (arguments);
  return FALSE;
}

static gboolean
read_header (GBytes *chunk,
             Header *header,
             GError **error)
{
  gsize length;
  const guint8 *data = migdesc_bytes_peek (chunk, &length);

  if (length < MIGDESC_PART_HEADER || memcmp (data, MAGIC, 8) != 0)
    return fail (error, MIGDESC_ERROR_STATE_FORMAT, "not a part of a state");
  if (get32 (data + 8) != HEADER_VERSION)
    return fail (error, MIGDESC_ERROR_STATE_VERSION,
                 "a part of a state with a header of version %u, the newest known is %u",
                 get32 (data + 8), HEADER_VERSION);
  header->part = get32 (data + 12);
  header->n_parts = get32 (data + 16);
  header->length = get32 (data + 20);
  header->size = (guint64) get32 (data + 24) << 32 | get32 (data + 28);
  header->digest = data + 32;
  if (header->length != length - MIGDESC_PART_HEADER)
    return fail (error, MIGDESC_ERROR_STATE_TRUNCATED,
                 "a part of %" G_GSIZE_FORMAT " bytes that says it has %u",
                 length - MIGDESC_PART_HEADER, header->length);
  return TRUE;
}

static gboolean
check_header (const Header *header,
              guint part,
              guint n_ids,
              GError **error)
{
  guint64 start;

  if (header->n_parts > n_ids)
    return fail (error, MIGDESC_ERROR_LIMIT_EXCEEDED,
                 "a part of a state in %u parts, and there are %u here", header->n_parts, n_ids);
  if (header->part != part + 1)
    return fail (error, MIGDESC_ERROR_STATE_FORMAT, "part %u of the state came as part %u",
                 header->part, part + 1);
  if (header->part > header->n_parts || header->size > header->n_parts * (guint64) MIGDESC_PART_ROOM
      || header->length != place (header->size, part, &start))
    return fail (error, MIGDESC_ERROR_STATE_FORMAT,
                 "part %u of %u with %u bytes cannot be of a state of %" G_GUINT64_FORMAT,
                 header->part, header->n_parts, header->length, header->size);
  return TRUE;
}

static gboolean
is_same_state (const MigdescVMParts *parts,
               const Header *header)
{
  return parts->n_parts == header->n_parts && parts->size == header->size
         && memcmp (parts->digest, header->digest, MIGDESC_PART_DIGEST) == 0;
}

static gboolean
take (MigdescVMParts *parts,
      guint part,
      const Header *header,
      GBytes *chunk,
      GError **error)
{
  /* Nothing sends a part twice but a second attempt. */
  if (parts->n_parts > part && parts->parts[part] != NULL)
    migdesc_vmparts_clear (parts);
  if (parts->n_parts == 0)
    {
      parts->n_parts = header->n_parts;
      parts->size = header->size;
      memcpy (parts->digest, header->digest, MIGDESC_PART_DIGEST);
    }
  if (!is_same_state (parts, header))
    return fail (error, MIGDESC_ERROR_STATE_DAMAGED,
                 "part %u is of another state than the parts that came before", part + 1);
  parts->parts[part] = g_bytes_ref (chunk);
  parts->n_arrived++;
  return TRUE;
}

gboolean
migdesc_vmparts_add (MigdescVMParts *parts,
                   guint part,
                   guint n_ids,
                   GBytes *chunk,
                   GError **error)
{
  Header header = { 0 };

  if (read_header (chunk, &header, error) && check_header (&header, part, n_ids, error)
      && take (parts, part, &header, chunk, error))
    return TRUE;
  migdesc_vmparts_clear (parts);
  return FALSE;
}

gboolean
migdesc_vmparts_are_complete (const MigdescVMParts *parts)
{
  return parts->n_parts > 0 && parts->n_arrived == parts->n_parts;
}

char *
migdesc_vmparts_describe_missing (const MigdescVMParts *parts)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (parts->n_parts == 0)
    return NULL;
  for (guint i = 0; i < parts->n_parts; i++)
    if (parts->parts[i] == NULL)
      g_string_append_printf (text, "%s%u", text->len == 0 ? "" : ", ", i + 1);
  g_string_append_printf (text, " of %u", parts->n_parts);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

GBytes *
migdesc_vmparts_join (MigdescVMParts *parts,
                    GError **error)
{
  g_autoptr (GBytes) state = NULL;
  guint8 digest[MIGDESC_PART_DIGEST];
  GByteArray *joined = g_byte_array_sized_new ((guint) parts->size);

  for (guint i = 0; i < parts->n_parts; i++)
    {
      gsize length;
      const guint8 *data = migdesc_bytes_peek (parts->parts[i], &length);

      g_byte_array_append (joined, data + MIGDESC_PART_HEADER,
                           (guint) (length - MIGDESC_PART_HEADER));
    }
  migdesc_vmparts_clear (parts);
  state = g_byte_array_free_to_bytes (joined);
  migdesc_vmparts_digest (state, digest);
  if (memcmp (digest, parts->digest, MIGDESC_PART_DIGEST) == 0)
    return g_steal_pointer (&state);
  fail (error, MIGDESC_ERROR_STATE_DAMAGED, "the parts together are not the state that they name");
  return NULL;
}
