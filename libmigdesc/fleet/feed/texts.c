/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "fleet/feed/texts.h"

#include <string.h>
#include <xxhash.h>

#include "base/hash.h"

#define FIRST_SLOTS 64

void
migdesc_texts_init (MigdescTexts *texts, gboolean borrows)
{
  memset (texts, 0, sizeof *texts);
  texts->borrows = borrows;
  texts->n_slots = FIRST_SLOTS;
  texts->slots = g_new0 (guint32, FIRST_SLOTS);
  texts->size = FIRST_SLOTS * sizeof (guint32);
}

void
migdesc_texts_clear (MigdescTexts *texts)
{
  for (guint32 i = 0; i < texts->n && !texts->borrows; i++)
    g_free ((char *) texts->entries[i].text);
  g_free (texts->entries);
  g_free (texts->slots);
}

/* The texts come from outside: without the key nobody can choose ones that collide. */
guint64
migdesc_texts_hash (const char *text, gsize length)
{
  return XXH3_64bits_withSeed (text, length, migdesc_hash_keys->sip[1]);
}

MigdescText *
migdesc_texts_find (const MigdescTexts *texts, const char *text, gsize length, guint64 hash)
{
  guint32 mask = texts->n_slots - 1;

  for (guint32 i = (guint32) hash & mask; texts->slots[i] != 0; i = (i + 1) & mask)
    {
      MigdescText *entry = &texts->entries[texts->slots[i] - 1];

      if (entry->hash == hash && entry->length == length
          && (length == 0 || memcmp (entry->text, text, length) == 0))
        return entry;
    }
  return NULL;
}

static void
take_slot (MigdescTexts *texts, guint32 number)
{
  guint32 mask = texts->n_slots - 1;
  guint32 i = (guint32) texts->entries[number].hash & mask;

  while (texts->slots[i] != 0)
    i = (i + 1) & mask;
  texts->slots[i] = number + 1;
}

static void
grow (MigdescTexts *texts)
{
  texts->size += texts->n_slots * sizeof (guint32);
  texts->n_slots *= 2;
  g_free (texts->slots);
  texts->slots = g_new0 (guint32, texts->n_slots);
  for (guint32 i = 0; i < texts->n; i++)
    take_slot (texts, i);
}

static const char *
keep_text (MigdescTexts *texts, const char *text, gsize length)
{
  if (texts->borrows)
    return text;
  texts->size += length;
  return length > 0 ? g_memdup2 (text, length) : g_strdup ("");
}

guint32
migdesc_texts_add (MigdescTexts *texts, const char *text, gsize length, guint64 hash,
                   guint32 value)
{
  if (texts->n == texts->n_allocated)
    {
      guint32 n_more = MAX (16, texts->n_allocated / 2);

      texts->n_allocated += n_more;
      texts->size += n_more * sizeof (MigdescText);
      texts->entries = g_renew (MigdescText, texts->entries, texts->n_allocated);
    }
  texts->entries[texts->n]
      = (MigdescText) { hash, keep_text (texts, text, length), length, value };
  if (texts->n >= texts->n_slots / 2)
    grow (texts);
  take_slot (texts, texts->n);
  return texts->n++;
}
