/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "qemu/dump/fit-partners.h"

static gboolean
is_choice (const MigdescQemuToken *token)
{
  return token->kind == MIGDESC_QEMU_TOKEN_GUARD || (token->maybe && !token->is_unused);
}

/* Positions plus 1 by name; 0 for a name that several have. */
static GHashTable *
list_choices (const MigdescQemuWire *wire)
{
  GHashTable *choices = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < wire->n_tokens; i++)
    {
      const MigdescQemuToken *token = &wire->tokens[i];
      gboolean again = is_choice (token) && g_hash_table_contains (choices, token->name);

      if (is_choice (token))
        g_hash_table_insert (choices, (gpointer) token->name,
                             GUINT_TO_POINTER (again ? 0 : i + 1));
    }
  return choices;
}

guint *
migdesc_qemu_find_partners (const MigdescQemuWire *source,
                            const MigdescQemuWire *destination)
{
  g_autoptr (GHashTable) sent = list_choices (source);
  g_autoptr (GHashTable) read = list_choices (destination);
  guint *partners = g_new (guint, source->n_tokens);

  for (guint i = 0; i < source->n_tokens; i++)
    {
      const MigdescQemuToken *token = &source->tokens[i];
      guint mine = GPOINTER_TO_UINT (g_hash_table_lookup (sent, token->name));
      guint other = GPOINTER_TO_UINT (g_hash_table_lookup (read, token->name));
      gboolean fits = mine == i + 1 && other > 0
                      && destination->tokens[other - 1].kind == token->kind;

      partners[i] = fits ? other - 1 : MIGDESC_QEMU_NO_PARTNER;
    }
  return partners;
}
