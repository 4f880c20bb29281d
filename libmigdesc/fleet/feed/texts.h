/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Texts that have been met, each with a number: so that of a million equal ones the first is read
 * and the others are only recognised, by a hash with a key of this process and by comparison. */

typedef struct
{
  guint64 hash;
  const char *text;
  gsize length;
  guint32 value;
} MigdescText;

typedef struct
{
  MigdescText *entries;
  guint32 *slots; /* number + 1; 0: free */
  guint32 n;
  guint32 n_allocated;
  guint32 n_slots; /* a power of two */
  gboolean borrows; /* texts outlive the table, and are not copied */
  guint64 size;     /* bytes held */
} MigdescTexts;

void migdesc_texts_init (MigdescTexts *texts, gboolean borrows);
void migdesc_texts_clear (MigdescTexts *texts);

guint64 migdesc_texts_hash (const char *text, gsize length);
/* NULL: never met. Valid until the next one is added. */
MigdescText *migdesc_texts_find (const MigdescTexts *texts, const char *text, gsize length,
                                 guint64 hash);
/* One that was not found; its number. */
guint32 migdesc_texts_add (MigdescTexts *texts, const char *text, gsize length, guint64 hash,
                           guint32 value);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MigdescTexts, migdesc_texts_clear)

G_END_DECLS
