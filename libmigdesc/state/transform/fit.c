/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "state/transform/fit.h"

#include <string.h>

#include "state/schema/type-private.h"
#include "state/transform/chain.h"

static void
add_names (GHashTable *names,
           const char *prefix,
           const MigdescField *fields,
           guint n_fields)
{
  for (guint i = 0; i < n_fields; i++)
    {
      const MigdescField *field = &fields[i];
      char *name;

      if (field->kind == MIGDESC_FIELD_UNUSED || field->kind == MIGDESC_FIELD_RELATION)
        continue;
      name = g_strconcat (prefix, field->name, ".", NULL);
      g_hash_table_add (names, name);
      if (field->kind == MIGDESC_FIELD_SECTION)
        add_names (names, name, field->fields, field->n_fields);
      if (field->kind == MIGDESC_FIELD_STRUCT)
        add_names (names, name, field->type->fields, field->type->n_fields);
    }
}

static GHashTable *
list_names (MigdescStateType *schema)
{
  const MigdescStruct *table = migdesc_state_type_get_table (schema);
  GHashTable *names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  add_names (names, "", table->fields, table->n_fields);
  return names;
}

static guint
count_missing (GHashTable *names,
               GHashTable *others)
{
  GHashTableIter iter;
  gpointer name;
  guint n = 0;

  g_hash_table_iter_init (&iter, names);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    n += g_hash_table_contains (others, name) ? 0 : 1;
  return n;
}

/* A configuration shows in which fields there are. What the steps rename is as far from all. */
static guint
measure (MigdescStateType *schema,
         GHashTable *like)
{
  g_autoptr (GHashTable) names = list_names (schema);

  return count_missing (names, like) + count_missing (like, names);
}

GPtrArray *
migdesc_transforms_list_like (MigdescTransforms *transforms,
                              guint version,
                              MigdescStateType *like)
{
  g_autoptr (GHashTable) names = list_names (like);
  g_autoptr (GArray) distances = g_array_new (FALSE, FALSE, sizeof (guint));
  GPtrArray *list = g_ptr_array_new ();
  MigdescStateType *schema;

  for (guint i = 0; (schema = migdesc_transforms_get_schema (transforms, i)) != NULL; i++)
    {
      guint distance;
      guint at = 0;

      if (migdesc_state_type_get_version (schema) != version)
        continue;
      distance = measure (schema, names);
      while (at < list->len && g_array_index (distances, guint, at) <= distance)
        at++;
      g_array_insert_val (distances, at, distance);
      g_ptr_array_insert (list, (int) at, schema);
    }
  return list;
}

MigdescState *
migdesc_transforms_fit (MigdescTransforms *transforms,
                        guint version,
                        MigdescStateType *like,
                        GVariant *variant,
                        GError **error)
{
  g_autoptr (GPtrArray) schemas = migdesc_transforms_list_like (transforms, version, like);

  for (guint i = 0; i < schemas->len; i++)
    {
      MigdescState *state = migdesc_state_new_from_variant (g_ptr_array_index (schemas, i), variant,
                                                            i == 0 ? error : NULL);

      if (state == NULL)
        continue;
      if (i > 0)
        g_clear_error (error);
      return state;
    }
  return NULL;
}
