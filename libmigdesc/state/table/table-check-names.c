/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "state/table/table-scope.h"

/* Fields of one name have to be there at different times. */

static gboolean
check_namesakes (const MigdescTableScope *scope,
                 const GPtrArray *namesakes,
                 const MigdescField *field)
{
  if (namesakes->len >= MIGDESC_NAMESAKES_MAX)
    return migdesc_table_fail (scope, field, "more than %u fields have this name",
                               MIGDESC_NAMESAKES_MAX);
  for (guint i = 0; i < namesakes->len; i++)
    if (!migdesc_field_excludes (field, g_ptr_array_index (namesakes, i)))
      return migdesc_table_fail (scope, field,
                                 "there is another field of this name in the same version");
  return TRUE;
}

gboolean
migdesc_table_check_names (const MigdescTableScope *scope)
{
  g_autoptr (GHashTable) names
      = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) g_ptr_array_unref);

  for (guint i = 0; i < scope->n_fields; i++)
    {
      const MigdescField *field = &scope->fields[i];
      GPtrArray *namesakes;

      if (field->kind == MIGDESC_FIELD_UNUSED || field->kind == MIGDESC_FIELD_RELATION)
        continue;
      namesakes = g_hash_table_lookup (names, field->name);
      if (namesakes == NULL)
        {
          namesakes = g_ptr_array_new ();
          g_hash_table_insert (names, (gpointer) field->name, namesakes);
        }
      if (!check_namesakes (scope, namesakes, field))
        return FALSE;
      g_ptr_array_add (namesakes, (gpointer) field);
    }
  return TRUE;
}
