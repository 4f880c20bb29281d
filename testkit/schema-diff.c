/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "schema-diff.h"

#include <string.h>

#include <json-glib/json-glib.h>

/* Schemas are compared field by field: each is a place, such as queues.size or rss.key, with what
 * the schema says of it. Of a struct that is nested it is the struct's name that leads there. */

typedef struct
{
  GPtrArray *places;   /* in the order of the schema */
  GHashTable *fields;  /* JsonObject by place, borrowed */
} Places;

static void
places_clear (Places *places)
{
  g_clear_pointer (&places->places, g_ptr_array_unref);
  g_clear_pointer (&places->fields, g_hash_table_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Places, places_clear)

static char *
name_field (JsonObject *field)
{
  const char *const ends[] = { "right", "right-param", "right-value" };

  if (json_object_has_member (field, "name"))
    return g_strdup (json_object_get_string_member (field, "name"));
  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    if (json_object_has_member (field, ends[i]))
      {
        g_autofree char *right
            = json_to_string (json_object_get_member (field, ends[i]), FALSE);

        return g_strdup_printf ("relation %s %s %s", json_object_get_string_member (field, "left"),
                                json_object_get_string_member (field, "relation"), right);
      }
  return g_strdup ("unused");
}

static void
collect (Places *places, const char *prefix, JsonArray *fields)
{
  for (guint i = 0; i < json_array_get_length (fields); i++)
    {
      JsonObject *field = json_array_get_object_element (fields, i);
      g_autofree char *name = name_field (field);
      GString *place = g_string_new (prefix);

      if (place->len > 0)
        g_string_append_c (place, '.');
      g_string_append (place, name);
      while (g_hash_table_contains (places->fields, place->str)) /* two unused ones */
        g_string_append_c (place, '\'');
      g_hash_table_insert (places->fields, place->str, field);
      g_ptr_array_add (places->places, place->str);
      if (json_object_has_member (field, "fields"))
        collect (places, place->str, json_object_get_array_member (field, "fields"));
      g_string_free (place, FALSE);
    }
}

static void
places_init (Places *places, JsonObject *schema)
{
  JsonArray *structs = json_object_has_member (schema, "structs")
                           ? json_object_get_array_member (schema, "structs")
                           : NULL;

  places->places = g_ptr_array_new_with_free_func (g_free);
  places->fields = g_hash_table_new (g_str_hash, g_str_equal);
  collect (places, "", json_object_get_array_member (schema, "fields"));
  for (guint i = 0; structs != NULL && i < json_array_get_length (structs); i++)
    {
      JsonObject *row = json_array_get_object_element (structs, i);

      collect (places, json_object_get_string_member (row, "name"),
               json_object_get_array_member (row, "fields"));
    }
}

static void
compare_member (GString *text, const char *place, const char *name, JsonObject *before,
                JsonObject *after)
{
  JsonNode *one = json_object_get_member (before, name);
  JsonNode *other = json_object_get_member (after, name);
  g_autofree char *was = one == NULL ? g_strdup ("nothing") : json_to_string (one, FALSE);
  g_autofree char *is = other == NULL ? g_strdup ("nothing") : json_to_string (other, FALSE);

  if (strcmp (name, "fields") != 0 && strcmp (was, is) != 0)
    g_string_append_printf (text, "%s: %s was %s, is %s\n", place, name, was, is);
}

static void
compare_field (GString *text, const char *place, JsonObject *before, JsonObject *after)
{
  g_autoptr (GList) were = json_object_get_members (before);
  g_autoptr (GList) are = json_object_get_members (after);

  for (GList *name = were; name != NULL; name = name->next)
    compare_member (text, place, name->data, before, after);
  for (GList *name = are; name != NULL; name = name->next)
    if (!json_object_has_member (before, name->data))
      compare_member (text, place, name->data, before, after);
}

static void
compare_places (GString *text, const Places *before, const Places *after)
{
  for (guint i = 0; i < before->places->len; i++)
    {
      const char *place = g_ptr_array_index (before->places, i);
      JsonObject *field = g_hash_table_lookup (after->fields, place);

      if (field == NULL)
        g_string_append_printf (text, "%s: there is no such field any more\n", place);
      else
        compare_field (text, place, g_hash_table_lookup (before->fields, place), field);
    }
  for (guint i = 0; i < after->places->len; i++)
    if (!g_hash_table_contains (before->fields, g_ptr_array_index (after->places, i)))
      g_string_append_printf (text, "%s: this field is new\n",
                              (char *) g_ptr_array_index (after->places, i));
}

char *
kit_diff_schemas (MigdescStateType *before, MigdescStateType *after)
{
  g_autofree char *was = migdesc_state_type_to_json (before, FALSE);
  g_autofree char *is = migdesc_state_type_to_json (after, FALSE);
  g_autoptr (JsonNode) one = json_from_string (was, NULL);
  g_autoptr (JsonNode) other = json_from_string (is, NULL);
  g_auto (Places) old_places = { NULL, NULL };
  g_auto (Places) new_places = { NULL, NULL };
  GString *text = g_string_new (NULL);

  places_init (&old_places, json_node_get_object (one));
  places_init (&new_places, json_node_get_object (other));
  compare_places (text, &old_places, &new_places);
  if (text->len == 0 && strcmp (was, is) != 0)
    g_string_append (text, "the order of the fields, or what stands beside them, is another\n");
  return g_string_free (text, FALSE);
}
