/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "qemu/stream/scan.h"

#include <string.h>

/* Where a section of unknown length ends: at a footer that something plausible follows. */

#define FOOTER 0x7e
#define FOOTER_SIZE 5

/* No version of a device comes near. */
#define PLAUSIBLE_VERSION 0xffff
#define PLAUSIBLE_DESCRIPTION (256u << 20)
#define LAST_COMMAND 11

/* Bytes from here on. */
static const guint8 *
look (MigdescQemuScan *scan,
      gsize at,
      gsize n)
{
  return migdesc_qemu_input_need (scan->input, at + n) ? migdesc_qemu_input_peek (scan->input) + at
                                                       : NULL;
}

/* A type byte and id are before it. */
static gboolean
is_header (MigdescQemuScan *scan,
           gsize at)
{
  const guint8 *bytes = look (scan, at, 1);
  gsize length;

  if (bytes == NULL || bytes[0] == 0)
    return FALSE;
  length = bytes[0];
  bytes = look (scan, at + 1, length + 8);
  return bytes != NULL && migdesc_qemu_is_name (bytes, length)
         && migdesc_qemu_get32 (bytes + length + 4) <= PLAUSIBLE_VERSION;
}

static gboolean
is_end (MigdescQemuScan *scan,
        gsize at)
{
  const guint8 *bytes;

  if (look (scan, at, 1) == NULL)
    return TRUE;
  bytes = look (scan, at, 6);
  return bytes != NULL && bytes[0] == 6 && bytes[5] == '{'
         && migdesc_qemu_get32 (bytes + 1) <= PLAUSIBLE_DESCRIPTION;
}

gboolean
migdesc_qemu_scan_is_plausible (MigdescQemuScan *scan,
                                gsize at)
{
  const guint8 *bytes = look (scan, at, 1);
  guint32 id;

  if (bytes == NULL)
    return TRUE;
  switch (bytes[0])
    {
    case 0:
      return is_end (scan, at + 1);
    case 1:
    case 4:
      return is_header (scan, at + 5);
    case 2:
    case 3:
      bytes = look (scan, at, 5);
      if (bytes == NULL)
        return FALSE;
      id = migdesc_qemu_get32 (bytes + 1);
      return g_hash_table_contains (scan->live, GUINT_TO_POINTER (id));
    case 8:
      bytes = look (scan, at, 5);
      return bytes != NULL && bytes[1] == 0 && bytes[2] >= 1 && bytes[2] <= LAST_COMMAND;
    default:
      return FALSE;
    }
}

/* The first byte 7e from there on; FALSE: there is none within the limit. */
static gboolean
find_mark (MigdescQemuScan *scan,
           gsize *at)
{
  MigdescQemuInput *input = scan->input;

  while (*at < scan->search_limit && migdesc_qemu_input_need (input, *at + 1))
    {
      const guint8 *start = migdesc_qemu_input_peek (input);
      gsize available = (gsize) MIN (input->length - input->at, scan->search_limit);
      const guint8 *found = memchr (start + *at, FOOTER, available - *at);

      if (found != NULL)
        {
          *at = (gsize) (found - start);
          return TRUE;
        }
      *at = available;
    }
  return FALSE;
}

gboolean
migdesc_qemu_scan_find_footer (MigdescQemuScan *scan,
                               guint64 id,
                               gsize n,
                               gsize *at)
{
  for (*at = n; find_mark (scan, at); (*at)++)
    {
      const guint8 *bytes = look (scan, *at, FOOTER_SIZE);

      if (bytes == NULL)
        return FALSE;
      if ((id == G_MAXUINT64 || migdesc_qemu_get32 (bytes + 1) == id)
          && migdesc_qemu_scan_is_plausible (scan, *at + FOOTER_SIZE))
        return TRUE;
    }
  return FALSE;
}

/* It may be that of another section: then something else has to follow. */
static gboolean
has_footer (MigdescQemuScan *scan,
            guint32 id,
            gsize at)
{
  const guint8 *bytes = look (scan, at, FOOTER_SIZE);

  if (bytes == NULL || bytes[0] != FOOTER)
    return FALSE;
  return migdesc_qemu_get32 (bytes + 1) == id
         || (scan->footers == MIGDESC_QEMU_FOOTERS_THERE
             && migdesc_qemu_scan_is_plausible (scan, at + FOOTER_SIZE));
}

/* All that is here. */
static guint64
find_rest (MigdescQemuScan *scan)
{
  MigdescQemuInput *input = scan->input;

  while (input->length - input->at < scan->search_limit
         && migdesc_qemu_input_need (input, input->length - input->at + 1))
    ;
  return MIN (input->length - input->at, scan->search_limit);
}

static gboolean
fits (MigdescQemuScan *scan,
      const MigdescQemuItem *item,
      guint64 size)
{
  if (size > G_MAXINT32 || !migdesc_qemu_input_need (scan->input, (gsize) size))
    return FALSE;
  if (scan->footers == MIGDESC_QEMU_FOOTERS_NONE)
    return TRUE;
  if (has_footer (scan, item->id, (gsize) size))
    {
      scan->footers = MIGDESC_QEMU_FOOTERS_THERE;
      return TRUE;
    }
  if (scan->footers == MIGDESC_QEMU_FOOTERS_UNKNOWN
      && migdesc_qemu_scan_is_plausible (scan, (gsize) size))
    {
      scan->footers = MIGDESC_QEMU_FOOTERS_NONE;
      return TRUE;
    }
  return FALSE;
}

guint64
migdesc_qemu_scan_find_end (MigdescQemuScan *scan,
                            const MigdescQemuItem *item,
                            const MigdescQemuDevice *device)
{
  gsize at;

  if (device != NULL && fits (scan, item, device->shape->size))
    return device->shape->size;
  if (scan->footers != MIGDESC_QEMU_FOOTERS_NONE
      && migdesc_qemu_scan_find_footer (scan, item->id, 0, &at))
    {
      scan->footers = MIGDESC_QEMU_FOOTERS_THERE;
      return at;
    }
  /* Without its footer: up to where the description has its end, if something is there. */
  if (device != NULL && device->shape->size <= G_MAXINT32
      && migdesc_qemu_input_need (scan->input, (gsize) device->shape->size + 1)
      && migdesc_qemu_scan_is_plausible (scan, (gsize) device->shape->size))
    return device->shape->size;
  if (scan->footers == MIGDESC_QEMU_FOOTERS_THERE
      && migdesc_qemu_scan_find_footer (scan, G_MAXUINT64, 0, &at))
    return at;
  return find_rest (scan);
}
