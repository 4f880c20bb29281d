/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "qemu/dump/fit-bytes.h"

static gboolean
is_any (const MigdescQemuToken *token)
{
  return token->bytes == MIGDESC_QEMU_ANY_BYTES;
}

static gboolean
have_one_name (const MigdescQemuToken *source,
               const MigdescQemuToken *destination)
{
  return source->is_unused == destination->is_unused
         && strcmp (source->name, destination->name) == 0;
}

/* Where one side tells a count and the other does not, that is a variable array, or one element. */
static gboolean
count_is_open (const MigdescQemuToken *source,
               const MigdescQemuToken *destination)
{
  return source->size == destination->size && source->size != 0
         && (source->count < 0) != (destination->count < 0);
}

/* Of a stream any count will do for a variable array, and nothing tells those from single ones. */
gboolean
migdesc_qemu_fit_has_open_count (const MigdescQemuToken *source,
                                 const MigdescQemuToken *destination)
{
  return count_is_open (source, destination)
         && (source->is_countless || destination->is_countless || source->is_actual);
}

gboolean
migdesc_qemu_fit_may_fill (const MigdescQemuToken *field,
                           const MigdescQemuToken *padding)
{
  return field->kind == MIGDESC_QEMU_TOKEN_LEAF && padding->kind == MIGDESC_QEMU_TOKEN_LEAF
         && padding->is_unused && !field->is_unused && field->is_countless && !field->is_shared
         && !is_any (field) && !is_any (padding);
}

/* Nobody on the other side has heard of either. */
static gboolean
may_be_renamed (const MigdescQemuToken *source,
                const MigdescQemuToken *destination)
{
  return !source->is_shared && !destination->is_shared;
}

gboolean
migdesc_qemu_fit_is_pair (const MigdescQemuToken *source,
                          const MigdescQemuToken *destination)
{
  if (source == NULL || destination == NULL || source->kind != MIGDESC_QEMU_TOKEN_LEAF
      || destination->kind != MIGDESC_QEMU_TOKEN_LEAF || source->is_unused
      || destination->is_unused)
    return FALSE;
  if (have_one_name (source, destination))
    return source->is_open || source->bytes == destination->bytes || is_any (source)
           || is_any (destination) || count_is_open (source, destination);
  return may_be_renamed (source, destination) && (is_any (source) || source->is_open)
         && is_any (destination);
}

gboolean
migdesc_qemu_fit_is_as_sent (const MigdescQemuToken *source,
                             const MigdescQemuToken *destination)
{
  return source->is_open || (source->is_actual && is_any (destination));
}

/* As a whole: the bytes are those of one field, if maybe in other pieces. */
static MigdescQemuFit
judge_pair (const MigdescQemuToken *source,
            const MigdescQemuToken *destination)
{
  if (!have_one_name (source, destination))
    return MIGDESC_QEMU_FIT_UNSURE;
  if (migdesc_qemu_fit_is_as_sent (source, destination))
    return MIGDESC_QEMU_FIT_YES;
  return source->size == destination->size
                 && (source->count == destination->count
                     || migdesc_qemu_fit_has_open_count (source, destination))
             ? MIGDESC_QEMU_FIT_YES
             : MIGDESC_QEMU_FIT_UNSURE;
}

static MigdescQemuFit
judge_bytes (const MigdescQemuToken *source,
             const MigdescQemuToken *destination,
             gint64 ahead)
{
  if (source->is_unused && destination->is_unused)
    return MIGDESC_QEMU_FIT_YES;
  if (destination->is_unused)
    return source->is_shared ? MIGDESC_QEMU_FIT_NO : MIGDESC_QEMU_FIT_YES;
  if (source->is_unused) /* zeros */
    return destination->is_shared ? MIGDESC_QEMU_FIT_NO : MIGDESC_QEMU_FIT_UNSURE;
  if (have_one_name (source, destination))
    return ahead == 0 ? MIGDESC_QEMU_FIT_UNSURE /* of another size: the rest will tell */
                      : MIGDESC_QEMU_FIT_NO;
  return may_be_renamed (source, destination) ? MIGDESC_QEMU_FIT_UNSURE : MIGDESC_QEMU_FIT_NO;
}

MigdescQemuBytes
migdesc_qemu_fit_bytes (const MigdescQemuToken *source,
                        const MigdescQemuToken *destination,
                        gint64 ahead)
{
  MigdescQemuBytes bytes = { MIGDESC_QEMU_FIT_NO, TRUE, TRUE, 0 };
  guint64 sent;
  guint64 read;

  if (ahead == 0 && migdesc_qemu_fit_is_pair (source, destination))
    {
      bytes.fit = judge_pair (source, destination);
      return bytes;
    }
  if (is_any (source) || is_any (destination))
    return bytes;
  sent = source->bytes - (ahead > 0 ? (guint64) ahead : 0);
  read = destination->bytes - (ahead < 0 ? (guint64) -ahead : 0);
  bytes.fit = judge_bytes (source, destination, ahead);
  bytes.source_done = sent <= read;
  bytes.destination_done = read <= sent;
  if (sent > read)
    bytes.ahead = (gint64) (source->bytes - sent + read);
  else if (sent < read)
    bytes.ahead = -(gint64) (destination->bytes - read + sent);
  return bytes;
}
