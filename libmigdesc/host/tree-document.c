/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "host/tree-document.h"

#include <migdesc/migdesc-error.h>
#include <migdesc/migdesc-text.h>
#include <string.h>
#include <sys/stat.h>

#include "base/json-writer.h"
#include "base/limits-private.h"
#include "host/tree-instance.h"

/* A text while it is made. */
typedef struct
{
  const MigdescTreeDirectory *root;
  const MigdescTreeDirectory *type;
  const char *name;
  guint64 limit;
  GString *text;
  MigdescJsonWriter json;
  GArray *parts;
} Draft;

/* What is written next comes from that attribute. FALSE if there is too much already. */
static gboolean
begin_part (Draft *draft, const char *file, GError **error)
{
  MigdescTreePart part = { draft->text->len, g_strdup (file) };
  g_autofree char *place = NULL;
  g_autofree char *message = NULL;

  g_array_append_val (draft->parts, part);
  if (draft->text->len <= draft->limit)
    return TRUE;
  place = migdesc_escape_text (draft->type->place);
  message = migdesc_limit_to_message (MIGDESC_LIMIT_DOCUMENT_SIZE, draft->limit);
  g_set_error (error, MIGDESC_ERROR, MIGDESC_ERROR_LIMIT_EXCEEDED, "%s: %s", place, message);
  return FALSE;
}

static void
begin_objects (MigdescJsonWriter *json, const char *const *keys)
{
  migdesc_json_writer_begin_object (json);
  for (guint i = 0; keys[i] != NULL; i++)
    {
      migdesc_json_writer_key (json, keys[i]);
      migdesc_json_writer_begin_object (json);
    }
}

static void
end_objects (MigdescJsonWriter *json, guint n)
{
  for (guint i = 0; i < n; i++)
    migdesc_json_writer_end_object (json);
}

/* The model's name from the first revisions' places for it; in @file which one that was. */
static char *
read_model_name (const Draft *draft, const char **file, GError **error)
{
  g_auto (MigdescTreeDirectory) migration = MIGDESC_TREE_DIRECTORY_INIT;
  g_autoptr (GError) local = NULL;
  char *name = migdesc_tree_read_text (draft->type, "model", &local);

  *file = "model";
  if (name == NULL && local == NULL
      && migdesc_tree_directory_open (&migration, draft->type, "migration", &local))
    {
      *file = "migration/model";
      name = migdesc_tree_read_text (&migration, "model", &local);
    }
  if (name == NULL && local == NULL)
    {
      g_autofree char *place = migdesc_escape_text (draft->type->place);

      g_set_error (&local, MIGDESC_ERROR, MIGDESC_ERROR_TREE_INVALID,
                   "%s: has neither model nor migration/model", place);
    }
  if (local != NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  return name;
}

/* --- Third revision, flattened ---------------------------------------- */

static gboolean
is_number (const char *text)
{
  if (text[0] == '0')
    return text[1] == '\0';
  return text[0] != '\0' && strspn (text, "0123456789") == strlen (text);
}

/* An attribute's text as the JSON value of a param of that type; what does not fit stays a string,
 * for the reader of documents to refuse. */
static void
write_value (MigdescJsonWriter *json, const char *type, const char *text)
{
  if (g_strcmp0 (type, "bool") == 0 && (g_str_equal (text, "on") || g_str_equal (text, "off")))
    migdesc_json_writer_bool (json, g_str_equal (text, "on"));
  else if (g_strcmp0 (type, "int") == 0 && is_number (text))
    migdesc_json_writer_raw (json, text, strlen (text));
  else
    migdesc_json_writer_string (json, text);
}

/* Writes one member from migration_param_<param>_<attribute>, if there is such a file. The type
 * comes first, and decides how the others are written. */
static gboolean
write_flat_member (Draft *draft, const char *param, const char *attribute, char **type,
                   GError **error)
{
  g_autofree char *file = g_strdup_printf (MIGDESC_TREE_FLAT_PREFIX "%s_%s", param, attribute);
  g_autoptr (GError) local = NULL;
  g_autofree char *text = migdesc_tree_read_text (draft->type, file, &local);
  gboolean is_value = g_str_has_suffix (attribute, "_value");

  if (local != NULL || (text != NULL && !begin_part (draft, file, &local)))
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (text == NULL)
    return TRUE;
  migdesc_json_writer_key (&draft->json, attribute);
  write_value (&draft->json, is_value ? *type : NULL, text);
  if (g_str_equal (attribute, "type"))
    *type = g_steal_pointer (&text);
  return TRUE;
}

static const char *const flat_attributes[] = { "type", "description", "init_value", "off_value" };

static gboolean
write_flat_param (Draft *draft, const char *param, GError **error)
{
  g_autofree char *type = NULL;

  if (!begin_part (draft, NULL, error))
    return FALSE;
  migdesc_json_writer_key (&draft->json, param);
  migdesc_json_writer_begin_object (&draft->json);
  for (guint i = 0; i < G_N_ELEMENTS (flat_attributes); i++)
    if (!write_flat_member (draft, param, flat_attributes[i], &type, error))
      return FALSE;
  migdesc_json_writer_end_object (&draft->json);
  return TRUE;
}

/* The param that an attribute belongs to, or NULL: a param's name may hold underscores, the
 * attributes' names are known. */
static char *
flat_param_name (const char *file)
{
  const char *name = file + strlen (MIGDESC_TREE_FLAT_PREFIX);

  for (guint i = 0; i < G_N_ELEMENTS (flat_attributes); i++)
    {
      g_autofree char *ending = g_strconcat ("_", flat_attributes[i], NULL);

      if (g_str_has_suffix (name, ending) && strlen (name) > strlen (ending))
        return g_strndup (name, strlen (name) - strlen (ending));
    }
  return NULL;
}

static gboolean
write_flat_params (Draft *draft, GError **error)
{
  g_auto (GStrv) files = migdesc_tree_list (draft->type, S_IFREG, migdesc_tree_is_flat_name, error);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  if (files == NULL)
    return FALSE;
  for (guint i = 0; files[i] != NULL; i++)
    {
      char *param = flat_param_name (files[i]);

      if (param != NULL && g_hash_table_add (seen, param)
          && !write_flat_param (draft, param, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
write_flat (Draft *draft, GError **error)
{
  const char *file;
  g_autofree char *model = read_model_name (draft, &file, error);
  const char *const keys[] = { "models", model, "params", NULL };

  if (model == NULL || !begin_part (draft, file, error))
    return FALSE;
  begin_objects (&draft->json, keys);
  if (!write_flat_params (draft, error))
    return FALSE;
  end_objects (&draft->json, G_N_ELEMENTS (keys));
  return TRUE;
}

/* --- First and second revision ---------------------------------------- */

/* What every mdev type has, and is no param. */
static gboolean
is_param_name (const char *name)
{
  static const char *const others[] = { "available_instances",
                                        "create",
                                        "description",
                                        "device_api",
                                        "model",
                                        "name",
                                        "uevent",
                                        "version",
                                        NULL };

  return !g_strv_contains (others, name);
}

static gboolean
write_settings (Draft *draft, char **names, GError **error)
{
  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autoptr (GError) local = NULL;
      g_autofree char *value = migdesc_tree_read_text (draft->type, names[i], &local);
      g_autofree char *setting = g_strdup_printf ("%s=%s", names[i], value);

      if (local != NULL || !begin_part (draft, names[i], &local))
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
      /* Empty: not in effect. */
      if (value != NULL && value[0] != '\0')
        migdesc_json_writer_string (&draft->json, setting);
    }
  return TRUE;
}

/* The version that is selected now, and the params as that version has them. */
static gboolean
write_version (Draft *draft, char **names, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autofree char *version = migdesc_tree_read_text (draft->type, "version", &local);

  if (local != NULL || !begin_part (draft, "version", &local))
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (version == NULL)
    return TRUE;
  migdesc_json_writer_begin_object (&draft->json);
  migdesc_json_writer_member_string (&draft->json, "name", version);
  migdesc_json_writer_key (&draft->json, "params");
  migdesc_json_writer_begin_array (&draft->json);
  if (!write_settings (draft, names, error))
    return FALSE;
  migdesc_json_writer_end_array (&draft->json);
  migdesc_json_writer_end_object (&draft->json);
  return TRUE;
}

/* The document of the first revision serves both: of params that no version sets it only knows the
 * names. */
static gboolean
write_model (Draft *draft, char **names, gboolean has_version, GError **error)
{
  const char *file;
  g_autofree char *model = read_model_name (draft, &file, error);

  if (model == NULL || !begin_part (draft, file, error))
    return FALSE;
  migdesc_json_writer_begin_array (&draft->json);
  migdesc_json_writer_begin_object (&draft->json);
  migdesc_json_writer_member_string (&draft->json, "model", model);
  migdesc_json_writer_key (&draft->json, "params");
  migdesc_json_writer_begin_array (&draft->json);
  for (guint i = 0; names[i] != NULL; i++)
    if (begin_part (draft, has_version ? names[i] : NULL, error))
      migdesc_json_writer_string (&draft->json, names[i]);
    else
      return FALSE;
  migdesc_json_writer_end_array (&draft->json);
  migdesc_json_writer_key (&draft->json, "versions");
  migdesc_json_writer_begin_array (&draft->json);
  if (has_version && !write_version (draft, names, error))
    return FALSE;
  migdesc_json_writer_end_array (&draft->json);
  migdesc_json_writer_end_object (&draft->json);
  migdesc_json_writer_end_array (&draft->json);
  return TRUE;
}

static gboolean
write_current (Draft *draft, GError **error)
{
  g_auto (GStrv) names = migdesc_tree_list (draft->type, S_IFREG, is_param_name, error);

  return names != NULL && write_model (draft, names, TRUE, error);
}

static gboolean
write_model_alone (Draft *draft, GError **error)
{
  g_auto (GStrv) names = migdesc_tree_instances_list_params (draft->root, draft->name, error);

  return names != NULL && write_model (draft, names, FALSE, error);
}

/* --- 2019 ------------------------------------------------------------- */

/* The tokens of 2019 belong to a type of the kernel's, so that is the model. */
static gboolean
write_2019 (Draft *draft, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autofree char *token = migdesc_tree_read_text (draft->type, "version", &local);
  g_autofree char *model = g_strdup_printf ("kernel.org/mdev/%s", draft->name);
  const char *const keys[] = { "models", model, NULL };

  if (local != NULL || !begin_part (draft, token != NULL ? "version" : NULL, &local))
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  begin_objects (&draft->json, keys);
  if (token != NULL)
    {
      migdesc_json_writer_key (&draft->json, "versions");
      migdesc_json_writer_begin_array (&draft->json);
      migdesc_json_writer_string (&draft->json, token);
      migdesc_json_writer_end_array (&draft->json);
    }
  else
    {
      migdesc_json_writer_key (&draft->json, "params");
      migdesc_json_writer_begin_object (&draft->json);
      migdesc_json_writer_end_object (&draft->json);
      migdesc_json_writer_member_string (&draft->json, "support", "none");
      migdesc_json_writer_member_string (&draft->json, "blocker",
                                         "the type has no version attribute");
    }
  end_objects (&draft->json, G_N_ELEMENTS (keys));
  return TRUE;
}

/* --- The document ----------------------------------------------------- */

static void
clear_part (gpointer part)
{
  g_free (((MigdescTreePart *) part)->file);
}

static MigdescTreeDocument *
write_document (const Draft *template, gboolean (*write) (Draft *draft, GError **error),
                GError **error)
{
  g_autoptr (MigdescTreeDocument) document = g_new0 (MigdescTreeDocument, 1);
  g_autoptr (GString) text = g_string_new (NULL);
  Draft draft = *template;

  document->origin = g_strdup (draft.type->place);
  document->parts = g_array_new (FALSE, FALSE, sizeof (MigdescTreePart));
  g_array_set_clear_func (document->parts, clear_part);
  draft.text = text;
  draft.parts = document->parts;
  migdesc_json_writer_init (&draft.json, text, FALSE);
  if (!write (&draft, error))
    return NULL;
  document->text = g_string_free_to_bytes (g_steal_pointer (&text));
  return g_steal_pointer (&document);
}

static MigdescTreeDocument *
take_file (const MigdescTreeDirectory *type, const char *file, MigdescDialect dialect,
           GError **error)
{
  g_autoptr (MigdescTreeDocument) document = g_new0 (MigdescTreeDocument, 1);
  g_autoptr (GError) local = NULL;

  document->dialect = dialect;
  document->origin = g_strdup_printf ("%s/%s", type->place, file);
  document->text = migdesc_tree_read_bytes (type, file, &local);
  if (document->text != NULL)
    return g_steal_pointer (&document);
  if (local == NULL)
    {
      g_autofree char *place = migdesc_escape_text (document->origin);

      g_set_error (&local, MIGDESC_ERROR, MIGDESC_ERROR_CANNOT_READ,
                   "%s: there is no such attribute any more", place);
    }
  g_propagate_error (error, g_steal_pointer (&local));
  return NULL;
}

MigdescTreeDocument *
migdesc_tree_document_new (const MigdescTreeDirectory *root, const MigdescTreeDirectory *type,
                           const char *name, MigdescTreeLayout layout, guint64 limit,
                           GError **error)
{
  const Draft template = { .root = root, .type = type, .name = name, .limit = limit };

  switch (layout)
    {
    case MIGDESC_TREE_LAYOUT_INFO:
      return take_file (type, "migration_info.json", MIGDESC_DIALECT_AUTO, error);
    case MIGDESC_TREE_LAYOUT_MODELS:
      return take_file (type, "migration_device_models", MIGDESC_DIALECT_V4_TEXT, error);
    case MIGDESC_TREE_LAYOUT_FLAT:
      return write_document (&template, write_flat, error);
    case MIGDESC_TREE_LAYOUT_CURRENT:
      return write_document (&template, write_current, error);
    case MIGDESC_TREE_LAYOUT_MODEL:
      return write_document (&template, write_model_alone, error);
    case MIGDESC_TREE_LAYOUT_2019:
    case MIGDESC_TREE_LAYOUT_NONE:
    default:
      return write_document (&template, write_2019, error);
    }
}

void
migdesc_tree_document_free (MigdescTreeDocument *document)
{
  g_clear_pointer (&document->text, g_bytes_unref);
  g_clear_pointer (&document->parts, g_array_unref);
  g_free (document->origin);
  g_free (document);
}
