/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "qemu/stream/scan.h"

#include "base/quote.h"
#include "model/codes.h"

/* A chunk of memory: words with an address and flags, each with what belongs to it. */

enum
{
  ZERO = 0x02,
  MEM_SIZE = 0x04,
  PAGE = 0x08,
  EOS = 0x10,
  CONTINUE = 0x20,
  XBZRLE = 0x40,
  HOOK = 0x80,
  COMPRESS_PAGE = 0x100,
  MULTIFD_FLUSH = 0x200
};

#define SMALLEST_PAGE 1024

typedef struct
{
  MigdescQemuScan *scan;
  MigdescQemuInput *input;
  MigdescQemuItem *item;
} Ram;

static gboolean
fail (const Ram *ram,
      guint64 offset,
      const char *what)
{
  return migdesc_qemu_scan_find (ram->scan, MIGDESC_CODE_QEMU_MEMORY, MIGDESC_SEVERITY_BLOCKER,
                                 ram->item, offset, "%s", what);
}

static gboolean
fail_end (const Ram *ram)
{
  return migdesc_qemu_scan_fail_end (ram->scan, ram->item);
}

static gboolean
skip (const Ram *ram,
      guint64 n)
{
  return migdesc_qemu_input_skip (ram->input, n) == n || fail_end (ram);
}

/* --- The list of blocks ------------------------------------------------ */

static gboolean
read_name (const Ram *ram,
           char **name)
{
  MigdescQemuInput *input = ram->input;
  gsize length;

  if (!migdesc_qemu_input_need (input, 1))
    return fail_end (ram);
  length = *migdesc_qemu_input_peek (input);
  if (!migdesc_qemu_input_need (input, 1 + length))
    return fail_end (ram);
  *name = migdesc_qemu_make_name (migdesc_qemu_input_peek (input) + 1, length);
  input->at += 1 + length;
  return TRUE;
}

static void
add_block (MigdescQemuScan *scan,
           char *name,
           guint64 size,
           guint64 page_size)
{
  MigdescQemuBlock *block;

  if (g_hash_table_contains (scan->block_names, name))
    {
      g_free (name);
      return;
    }
  block = g_new0 (MigdescQemuBlock, 1);
  block->name = name;
  block->size = size;
  block->page_size = page_size;
  g_ptr_array_add (scan->blocks, block);
  g_hash_table_insert (scan->block_names, name, block);
}

/* A page size, or an address in the guest, may follow a block's size, as the source was set up. A
 * name has a length above 0; the word behind the last block has flags. */
static gboolean
has_extra (const Ram *ram,
           gboolean last)
{
  const guint8 *bytes;

  if (!migdesc_qemu_input_need (ram->input, 8))
    return FALSE;
  bytes = migdesc_qemu_input_peek (ram->input);
  return last ? migdesc_qemu_get64 (bytes) % SMALLEST_PAGE == 0 : bytes[0] == 0;
}

static gboolean
read_block (const Ram *ram,
            guint64 *left)
{
  guint64 start = migdesc_qemu_input_tell (ram->input);
  g_autofree char *name = NULL;
  guint64 page_size = 0;
  guint64 size;

  if (!read_name (ram, &name))
    return FALSE;
  if (!migdesc_qemu_input_need (ram->input, 8))
    return fail_end (ram);
  size = migdesc_qemu_get64 (migdesc_qemu_input_peek (ram->input));
  ram->input->at += 8;
  if (size == 0 || size > *left)
    return fail (ram, start, "a block of memory that is empty, or larger than what is left of all");
  *left -= size;
  for (guint i = 0; i < 2 && has_extra (ram, *left == 0); i++)
    {
      guint64 extra = migdesc_qemu_get64 (migdesc_qemu_input_peek (ram->input));

      if (i == 0 && extra != 0 && (extra & (extra - 1)) == 0)
        page_size = extra;
      ram->input->at += 8;
    }
  add_block (ram->scan, g_steal_pointer (&name), size, page_size);
  return TRUE;
}

static gboolean
read_blocks (const Ram *ram,
             guint64 total)
{
  while (total > 0)
    if (!read_block (ram, &total))
      return FALSE;
  return TRUE;
}

/* --- Pages ------------------------------------------------------------- */

static gboolean
is_page_word (guint64 word,
              guint32 page_size)
{
  guint64 flags = word & (page_size - 1);

  if (flags == EOS || flags == MULTIFD_FLUSH)
    return word == flags;
  flags &= ~(guint64) CONTINUE;
  return flags == ZERO || flags == PAGE || flags == XBZRLE || flags == COMPRESS_PAGE;
}

/* Nothing before the pages may say how large they are: a page is as long as makes sense of what
 * follows it. */
static guint32
guess_page_size (const Ram *ram)
{
  static const guint32 sizes[] = { 4096, 8192, 16384, 65536, 1024, 2048, 32768 };

  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    if (migdesc_qemu_input_need (ram->input, (gsize) sizes[i] + 8)
        && is_page_word (migdesc_qemu_get64 (migdesc_qemu_input_peek (ram->input) + sizes[i]),
                         sizes[i]))
      return sizes[i];
  return sizes[0];
}

static gboolean
read_page_block (const Ram *ram,
                 guint64 start)
{
  g_autofree char *name = NULL;

  if (!read_name (ram, &name))
    return FALSE;
  ram->scan->block = g_hash_table_lookup (ram->scan->block_names, name);
  if (ram->scan->block == NULL)
    {
      g_autofree char *shown = migdesc_quote (name, -1);
      g_autofree char *what = g_strdup_printf ("a page of the block \"%s\", which is none", shown);

      return fail (ram, start, what);
    }
  return TRUE;
}

static gboolean
read_xbzrle (const Ram *ram,
             guint64 start)
{
  const guint8 *bytes;

  if (!migdesc_qemu_input_need (ram->input, 3))
    return fail_end (ram);
  bytes = migdesc_qemu_input_peek (ram->input);
  if (bytes[0] != 1)
    return fail (ram, start, "an XBZRLE page of an unknown encoding");
  return skip (ram, 3 + (guint64) migdesc_qemu_get16 (bytes + 1));
}

static gboolean
read_compressed (const Ram *ram)
{
  if (!migdesc_qemu_input_need (ram->input, 4))
    return fail_end (ram);
  return skip (ram, 4 + (guint64) migdesc_qemu_get32 (migdesc_qemu_input_peek (ram->input)));
}

static gboolean
read_plain (const Ram *ram)
{
  if (ram->scan->page_size == 0)
    ram->scan->page_size = guess_page_size (ram);
  return skip (ram, ram->scan->page_size);
}

static gboolean
read_page (const Ram *ram,
           guint64 word,
           guint flags)
{
  guint64 start = migdesc_qemu_input_tell (ram->input) - 8;
  guint kind = flags & ~(guint) CONTINUE;
  MigdescQemuPage encoding;
  MigdescQemuPages *pages;
  gboolean done;

  if ((flags & CONTINUE) == 0 && !read_page_block (ram, start))
    return FALSE;
  if (ram->scan->block == NULL)
    return fail (ram, start, "a page of the same block as the one before, and there is none");
  if (word - flags >= ram->scan->block->size)
    return fail (ram, start, "a page behind the end of its block");
  switch (kind)
    {
    case ZERO:
      encoding = MIGDESC_QEMU_PAGE_ZERO;
      done = skip (ram, 1);
      break;
    case PAGE:
      encoding = MIGDESC_QEMU_PAGE_PLAIN;
      done = read_plain (ram);
      break;
    case XBZRLE:
      encoding = MIGDESC_QEMU_PAGE_XBZRLE;
      done = read_xbzrle (ram, start);
      break;
    default:
      encoding = MIGDESC_QEMU_PAGE_COMPRESSED;
      done = read_compressed (ram);
      break;
    }
  pages = &ram->scan->block->pages[encoding];
  pages->pages++;
  pages->bytes += migdesc_qemu_input_tell (ram->input) - start;
  return done;
}

static gboolean
read_word (const Ram *ram,
           guint64 word,
           guint flags)
{
  guint64 start = migdesc_qemu_input_tell (ram->input) - 8;

  switch (flags & ~(guint) CONTINUE)
    {
    case MEM_SIZE:
      return read_blocks (ram, word - flags);
    case ZERO:
    case PAGE:
    case XBZRLE:
    case COMPRESS_PAGE:
      return read_page (ram, word, flags);
    case MULTIFD_FLUSH:
      return TRUE;
    case HOOK:
      return fail (ram, start, "memory sent by RDMA: it is not in the stream");
    default:
      return fail (ram, start, "a word of memory with flags that are not known");
    }
}

gboolean
migdesc_qemu_scan_ram (MigdescQemuScan *scan,
                       MigdescQemuItem *item)
{
  const Ram ram = { scan, scan->input, item };

  for (;;)
    {
      guint32 page_size = scan->page_size == 0 ? SMALLEST_PAGE : scan->page_size;
      guint64 word;
      guint flags;

      if (!migdesc_qemu_input_need (scan->input, 8))
        return fail_end (&ram);
      word = migdesc_qemu_get64 (migdesc_qemu_input_peek (scan->input));
      scan->input->at += 8;
      flags = (guint) (word & (page_size - 1));
      if (flags == EOS)
        return TRUE;
      if (!read_word (&ram, word, flags))
        return FALSE;
    }
}
