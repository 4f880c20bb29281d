/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "qemu/stream/scan.h"

#include "model/codes.h"

/* A chunk of the bitmaps of changed blocks of disks. */

enum
{
  EOS = 0x01,
  ZEROES = 0x02,
  BITMAP_NAME = 0x04,
  DEVICE_NAME = 0x08,
  START = 0x10,
  COMPLETE = 0x20,
  BITS = 0x40
};

static gboolean
skip (MigdescQemuScan *scan,
      const MigdescQemuItem *item,
      guint64 n)
{
  return migdesc_qemu_input_skip (scan->input, n) == n || migdesc_qemu_scan_fail_end (scan, item);
}

static gboolean
skip_name (MigdescQemuScan *scan,
           const MigdescQemuItem *item)
{
  if (!migdesc_qemu_input_need (scan->input, 1))
    return migdesc_qemu_scan_fail_end (scan, item);
  return skip (scan, item, 1 + (guint64) *migdesc_qemu_input_peek (scan->input));
}

/* One, two or four bytes: the upper bits of the first say how many. */
static gboolean
read_flags (MigdescQemuScan *scan,
            const MigdescQemuItem *item,
            guint32 *flags)
{
  MigdescQemuInput *input = scan->input;
  gsize width = 1;

  if (!migdesc_qemu_input_need (input, 1))
    return migdesc_qemu_scan_fail_end (scan, item);
  *flags = *migdesc_qemu_input_peek (input);
  if ((*flags & 0x80) != 0)
    {
      if (!migdesc_qemu_input_need (input, 2))
        return migdesc_qemu_scan_fail_end (scan, item);
      *flags = migdesc_qemu_get16 (migdesc_qemu_input_peek (input)) & 0x7fffu;
      width = 2;
      if ((*flags & 0x4000) != 0)
        {
          if (!migdesc_qemu_input_need (input, 4))
            return migdesc_qemu_scan_fail_end (scan, item);
          *flags = migdesc_qemu_get32 (migdesc_qemu_input_peek (input)) & 0x3fffffffu;
          width = 4;
        }
    }
  input->at += width;
  return TRUE;
}

static gboolean
read_bits (MigdescQemuScan *scan,
           const MigdescQemuItem *item,
           guint32 flags)
{
  if (!skip (scan, item, 12))
    return FALSE;
  if ((flags & ZEROES) != 0)
    return TRUE;
  if (!migdesc_qemu_input_need (scan->input, 8))
    return migdesc_qemu_scan_fail_end (scan, item);
  scan->input->at += 8;
  return skip (scan, item,
               migdesc_qemu_get64 (migdesc_qemu_input_peek (scan->input) - 8));
}

gboolean
migdesc_qemu_scan_bitmap (MigdescQemuScan *scan,
                          MigdescQemuItem *item)
{
  for (;;)
    {
      guint64 start = migdesc_qemu_input_tell (scan->input);
      guint32 flags = 0;

      if (!read_flags (scan, item, &flags))
        return FALSE;
      if ((flags & EOS) != 0)
        return TRUE;
      if (flags > 0x7f || (flags & (START | COMPLETE | BITS)) == 0)
        return migdesc_qemu_scan_find (scan, MIGDESC_CODE_QEMU_MEMORY, MIGDESC_SEVERITY_BLOCKER,
                                       item, start, "a bitmap with flags 0x%x, which are not known",
                                       flags);
      if (((flags & DEVICE_NAME) != 0 && !skip_name (scan, item))
          || ((flags & BITMAP_NAME) != 0 && !skip_name (scan, item))
          || ((flags & START) != 0 && !skip (scan, item, 5))
          || ((flags & BITS) != 0 && !read_bits (scan, item, flags)))
        return FALSE;
    }
}
