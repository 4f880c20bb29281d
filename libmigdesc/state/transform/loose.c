/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "state/transform/loose.h"

#include <string.h>

typedef struct
{
  char *name; /* NULL in an array */
  MigdescLoose *node;
} Part;

struct _MigdescLoose
{
  GVariant *value; /* nullable: not a struct and not an array of structs */
  gboolean is_array;
  GArray *parts; /* Part */
};

static void
part_clear (gpointer data)
{
  Part *part = data;

  g_free (part->name);
  migdesc_loose_free (part->node);
}

void
migdesc_loose_free (MigdescLoose *node)
{
  if (node == NULL)
    return;
  g_clear_pointer (&node->value, g_variant_unref);
  g_clear_pointer (&node->parts, g_array_unref);
  g_free (node);
}

static void
add_part (MigdescLoose *node,
          const char *name,
          MigdescLoose *child)
{
  Part part = { g_strdup (name), child };

  g_array_append_val (node->parts, part);
}

static void
take_apart_struct (MigdescLoose *node,
                   GVariant *variant)
{
  GVariantIter iter;
  const char *name;
  GVariant *value;

  g_variant_iter_init (&iter, variant);
  while (g_variant_iter_next (&iter, "{&sv}", &name, &value))
    {
      add_part (node, name, migdesc_loose_new (value));
      g_variant_unref (value);
    }
}

static void
take_apart_array (MigdescLoose *node,
                  GVariant *variant)
{
  GVariantIter iter;
  GVariant *value;

  node->is_array = TRUE;
  g_variant_iter_init (&iter, variant);
  while ((value = g_variant_iter_next_value (&iter)) != NULL)
    {
      add_part (node, NULL, migdesc_loose_new (value));
      g_variant_unref (value);
    }
}

/* The state it comes from is no deeper than the limit, and so is this. */
MigdescLoose *
migdesc_loose_new (GVariant *variant)
{
  MigdescLoose *node = g_new0 (MigdescLoose, 1);
  gboolean is_struct = g_variant_is_of_type (variant, G_VARIANT_TYPE_VARDICT);

  if (!is_struct && !g_variant_is_of_type (variant, G_VARIANT_TYPE ("aa{sv}")))
    {
      node->value = g_variant_ref_sink (variant);
      return node;
    }
  node->parts = g_array_new (FALSE, FALSE, sizeof (Part));
  g_array_set_clear_func (node->parts, part_clear);
  if (is_struct)
    take_apart_struct (node, variant);
  else
    take_apart_array (node, variant);
  return node;
}

GVariant *
migdesc_loose_to_variant (MigdescLoose *node)
{
  GVariantBuilder builder;

  if (node->value != NULL)
    return node->value;
  g_variant_builder_init (&builder,
                          node->is_array ? G_VARIANT_TYPE ("aa{sv}") : G_VARIANT_TYPE_VARDICT);
  for (guint i = 0; i < node->parts->len; i++)
    {
      Part *part = &g_array_index (node->parts, Part, i);

      if (node->is_array)
        g_variant_builder_add_value (&builder, migdesc_loose_to_variant (part->node));
      else
        g_variant_builder_add (&builder, "{sv}", part->name, migdesc_loose_to_variant (part->node));
    }
  return g_variant_builder_end (&builder);
}

static Part *
find_part (MigdescLoose *owner,
           const char *name,
           gsize length)
{
  for (guint i = 0; owner->parts != NULL && i < owner->parts->len; i++)
    {
      Part *part = &g_array_index (owner->parts, Part, i);

      if (part->name != NULL && strncmp (part->name, name, length) == 0
          && part->name[length] == '\0')
        return part;
    }
  return NULL;
}

static gboolean
is_struct (MigdescLoose *node)
{
  return node->parts != NULL && !node->is_array;
}

/* Goes into a name of the path, or into each element behind it. */
static gboolean
descend (GArray *places,
         MigdescLoose *node,
         char *const *path,
         const char **missing)
{
  gsize length = strlen (*path);
  gboolean each = g_str_has_suffix (*path, "[]");
  Part *part;

  if (!is_struct (node))
    {
      *missing = *path;
      return FALSE;
    }
  if (path[1] == NULL && !each)
    {
      MigdescLoosePlace place = { node, *path };

      g_array_append_val (places, place);
      return TRUE;
    }
  part = find_part (node, *path, each ? length - 2 : length);
  if (part == NULL || path[1] == NULL || (each && !part->node->is_array))
    {
      *missing = *path;
      return FALSE;
    }
  if (!each)
    return descend (places, part->node, path + 1, missing);
  for (guint i = 0; i < part->node->parts->len; i++)
    if (!descend (places, g_array_index (part->node->parts, Part, i).node, path + 1, missing))
      return FALSE;
  return TRUE;
}

GArray *
migdesc_loose_find (MigdescLoose *root,
                   char *const *path,
                   const char **missing)
{
  g_autoptr (GArray) places = g_array_new (FALSE, FALSE, sizeof (MigdescLoosePlace));

  return descend (places, root, path, missing) ? g_steal_pointer (&places) : NULL;
}

static gboolean
is_name (const char *name)
{
  gsize length = strlen (name);

  if (g_str_has_suffix (name, "[]"))
    length -= 2;
  return length > 0 && strcspn (name, "[]") >= length;
}

char **
migdesc_loose_split_path (const char *path)
{
  g_auto (GStrv) names = g_strsplit (path, ".", -1);

  for (guint i = 0; names[i] != NULL; i++)
    if (!is_name (names[i]))
      return NULL;
  return names[0] == NULL ? NULL : g_steal_pointer (&names);
}

gboolean
migdesc_loose_has (MigdescLoose *owner,
                  const char *name)
{
  return find_part (owner, name, strlen (name)) != NULL;
}

GVariant *
migdesc_loose_get_value (MigdescLoose *owner,
                        const char *name)
{
  Part *part = find_part (owner, name, strlen (name));

  return part == NULL ? NULL : part->node->value;
}

MigdescLoose *
migdesc_loose_steal (MigdescLoose *owner,
                    const char *name)
{
  for (guint i = 0; i < owner->parts->len; i++)
    {
      Part *part = &g_array_index (owner->parts, Part, i);

      if (strcmp (part->name, name) == 0)
        {
          MigdescLoose *node = g_steal_pointer (&part->node);

          g_array_remove_index (owner->parts, i);
          return node;
        }
    }
  return NULL;
}

void
migdesc_loose_put (MigdescLoose *owner,
                  const char *name,
                  MigdescLoose *node)
{
  add_part (owner, name, node);
}

void
migdesc_loose_set_value (MigdescLoose *owner,
                        const char *name,
                        GVariant *value)
{
  migdesc_loose_free (migdesc_loose_steal (owner, name));
  add_part (owner, name, migdesc_loose_new (value));
}

void
migdesc_loose_rename (MigdescLoose *owner,
                     const char *name,
                     const char *new_name)
{
  Part *part = find_part (owner, name, strlen (name));

  g_free (part->name);
  part->name = g_strdup (new_name);
}
