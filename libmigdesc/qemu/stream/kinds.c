/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <string.h>

#include "qemu/description/shape-build.h"

/* QEMU's words for what a field is. The size decides with the word: what has another than the word
 * says is bytes. */

static const struct
{
  const char *word;
  guint8 kind;
  guint8 size;
} words[] = {
  { "bool", MIGDESC_QEMU_BOOL, 1 },
  { "int8", MIGDESC_QEMU_INT, 1 },
  { "int16", MIGDESC_QEMU_INT, 2 },
  { "int32", MIGDESC_QEMU_INT, 4 },
  { "int32 equal", MIGDESC_QEMU_INT, 4 },
  { "int32 le", MIGDESC_QEMU_INT, 4 }, /* less or equal */
  { "int64", MIGDESC_QEMU_INT, 8 },
  { "timer", MIGDESC_QEMU_INT, 8 },
  { "uint8", MIGDESC_QEMU_UINT, 1 },
  { "uint8 equal", MIGDESC_QEMU_UINT, 1 },
  { "uint16", MIGDESC_QEMU_UINT, 2 },
  { "uint16 equal", MIGDESC_QEMU_UINT, 2 },
  { "uint32", MIGDESC_QEMU_UINT, 4 },
  { "uint32 equal", MIGDESC_QEMU_UINT, 4 },
  { "uint64", MIGDESC_QEMU_UINT, 8 },
  { "int64 equal", MIGDESC_QEMU_UINT, 8 }, /* what QEMU calls an unsigned one */
  { "uint64 equal", MIGDESC_QEMU_UINT, 8 },
  { "CPU_Double_U", MIGDESC_QEMU_DOUBLE, 8 },
  { "CPU_DoubleU", MIGDESC_QEMU_DOUBLE, 8 },
  /* Of processors, by code of QEMU's that writes a number */
  { "cpsr", MIGDESC_QEMU_UINT, 4 },
  { "fpscr", MIGDESC_QEMU_UINT, 4 },
  { "fpscr", MIGDESC_QEMU_UINT, 8 },
  { "powered_off", MIGDESC_QEMU_BOOL, 1 },
  { "fpr", MIGDESC_QEMU_UINT, 8 },
  { "vsr", MIGDESC_QEMU_UINT, 8 },
  { "cpu/altivec/vscr", MIGDESC_QEMU_UINT, 4 },
  { "nullptr", MIGDESC_QEMU_NULL, 1 },
  { "uint64", MIGDESC_QEMU_NULL, 1 }, /* what 7.2 calls a pointer to nothing */
};

MigdescQemuKind
migdesc_qemu_kind_from_word (const char *type,
                             guint64 size)
{
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (words[i].size == size && strcmp (words[i].word, type) == 0)
      return (MigdescQemuKind) words[i].kind;
  if (strcmp (type, "bitmap") == 0 && size > 0 && size % 8 == 0)
    return MIGDESC_QEMU_BITMAP;
  return MIGDESC_QEMU_BYTES;
}
