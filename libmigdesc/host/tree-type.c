/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* The types of a device tree. What a type publishes becomes a document of the dialect that its layout belongs to, so
 * that the rules of documents are checked in one place. */

#include <fcntl.h>
#include <json-glib/json-glib.h>
#include <migdesc/migdesc-error.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/json-writer.h"
#include "base/quote.h"
#include "host/tree-files.h"
#include "host/tree.h"

#define TYPES "mdev_supported_types"
#define FLAT_PREFIX "migration_param_"

/* A type's directory while it is read. */
typedef struct
{
  int fd;
  char *place; /* ROOT/mdev_supported_types/TYPE, for errors */
  const char *name;
} Type;

typedef enum
{
  LAYOUT_NONE,
  LAYOUT_INFO,    /* v3: migration_info.json */
  LAYOUT_MODELS,  /* v4: migration_device_models */
  LAYOUT_FLAT,    /* v3 flattened: migration_param_<P>_<attribute> */
  LAYOUT_CURRENT, /* v1: model, version, and an attribute a param */
  LAYOUT_2019     /* version alone */
} Layout;

gboolean
migdesc_tree_is_tree (const char *root)
{
  int fd = open (root, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  struct stat status;
  gboolean found;

  if (fd < 0)
    return FALSE;
  found = fstatat (fd, TYPES, &status, AT_SYMLINK_NOFOLLOW) == 0 && S_ISDIR (status.st_mode);
  close (fd);
  return found;
}

static int
open_types (const char *root, GError **error)
{
  int root_fd = migdesc_tree_open_root (root, error);
  int fd;

  if (root_fd < 0)
    return -1;
  fd = migdesc_tree_open_directory (root_fd, TYPES);
  close (root_fd);
  if (fd < 0)
    {
      g_autofree char *quoted = migdesc_quote (root, -1);

      g_set_error (error, MIGDESC_ERROR, MIGDESC_ERROR_TREE_INVALID, "%s: has no directory " TYPES, quoted);
    }
  return fd;
}

static gboolean
has_flat_param (int fd)
{
  g_auto (GStrv) names = migdesc_tree_list (fd, S_IFREG, "", NULL);

  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    if (g_str_has_prefix (names[i], FLAT_PREFIX))
      return TRUE;
  return FALSE;
}

static Layout
find_layout (int fd)
{
  if (migdesc_tree_has (fd, "migration_info.json"))
    return LAYOUT_INFO;
  if (migdesc_tree_has (fd, "migration_device_models"))
    return LAYOUT_MODELS;
  if (has_flat_param (fd))
    return LAYOUT_FLAT;
  if (migdesc_tree_has (fd, "model"))
    return LAYOUT_CURRENT;
  return migdesc_tree_has (fd, "version") ? LAYOUT_2019 : LAYOUT_NONE;
}

static gboolean
publishes (int types_fd, const char *type)
{
  int fd = migdesc_tree_open_directory (types_fd, type);
  Layout layout = LAYOUT_NONE;

  if (fd >= 0)
    {
      layout = find_layout (fd);
      close (fd);
    }
  return layout != LAYOUT_NONE;
}

char **
migdesc_tree_list_types (const char *root, MigdescDialect dialect, GError **error)
{
  int fd = open_types (root, error);
  g_auto (GStrv) all = NULL;
  GStrvBuilder *wanted;
  char **types;

  if (fd < 0)
    return NULL;
  all = migdesc_tree_list (fd, S_IFDIR, root, error);
  wanted = g_strv_builder_new ();
  for (guint i = 0; all != NULL && all[i] != NULL; i++)
    if (dialect == MIGDESC_DIALECT_SYSFS_2019 || publishes (fd, all[i]))
      g_strv_builder_add (wanted, all[i]);
  close (fd);
  types = g_strv_builder_end (wanted);
  g_strv_builder_unref (wanted);
  if (all == NULL)
    g_clear_pointer (&types, g_strfreev);
  return types;
}

/* --- Layouts as documents --------------------------------------------- */

static gboolean
is_number (const char *text)
{
  if (text[0] == '0')
    return text[1] == '\0';
  return text[0] != '\0' && strspn (text, "0123456789") == strlen (text);
}

/* An attribute's text as the JSON value of a param of that type; what does not fit stays a string, for the reader of
 * documents to refuse. */
static void
write_value (MigdescJsonWriter *writer, const char *type, const char *text)
{
  if (g_strcmp0 (type, "bool") == 0 && g_str_equal (text, "on"))
    migdesc_json_writer_bool (writer, TRUE);
  else if (g_strcmp0 (type, "bool") == 0 && g_str_equal (text, "off"))
    migdesc_json_writer_bool (writer, FALSE);
  else if (g_strcmp0 (type, "int") == 0 && is_number (text))
    migdesc_json_writer_raw (writer, text, strlen (text));
  else
    migdesc_json_writer_string (writer, text);
}

static char *
read_model_name (const Type *type, GError **error)
{
  g_autoptr (GError) local = NULL;
  char *name = migdesc_tree_read_text (type->fd, "model", type->place, &local);
  int fd;

  if (name == NULL && local == NULL && (fd = migdesc_tree_open_directory (type->fd, "migration")) >= 0)
    {
      name = migdesc_tree_read_text (fd, "model", type->place, &local);
      close (fd);
    }
  if (name == NULL && local == NULL)
    g_set_error (&local, MIGDESC_ERROR, MIGDESC_ERROR_TREE_INVALID, "%s: has neither model nor migration/model",
                 type->place);
  if (local != NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  return name;
}

/* Writes one member from migration_param_<param>_<attribute>, if there is such a file. */
static gboolean
write_flat_member (const Type *type, MigdescJsonWriter *writer, const char *param, const char *attribute,
                   const char *value_type, GError **error)
{
  g_autofree char *file = g_strdup_printf (FLAT_PREFIX "%s_%s", param, attribute);
  g_autoptr (GError) local = NULL;
  g_autofree char *text = migdesc_tree_read_text (type->fd, file, type->place, &local);

  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (text != NULL)
    {
      migdesc_json_writer_key (writer, attribute);
      write_value (writer, value_type, text);
    }
  return TRUE;
}

static gboolean
write_flat_param (const Type *type, MigdescJsonWriter *writer, const char *param, GError **error)
{
  g_autofree char *type_file = g_strdup_printf (FLAT_PREFIX "%s_type", param);
  g_autofree char *value_type = migdesc_tree_read_text (type->fd, type_file, type->place, NULL);
  gboolean done;

  migdesc_json_writer_key (writer, param);
  migdesc_json_writer_begin_object (writer);
  done = write_flat_member (type, writer, param, "description", NULL, error)
         && write_flat_member (type, writer, param, "init_value", value_type, error)
         && write_flat_member (type, writer, param, "off_value", value_type, error)
         && write_flat_member (type, writer, param, "type", NULL, error);
  migdesc_json_writer_end_object (writer);
  return done;
}

/* The param that a flattened attribute belongs to: a param's name may hold underscores, the attributes' names are
 * known. */
static char *
flat_param_name (const char *file)
{
  static const char *const endings[] = { "_off_value", "_init_value", "_description", "_type" };

  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    if (g_str_has_prefix (file, FLAT_PREFIX) && g_str_has_suffix (file, endings[i])
        && strlen (file) > strlen (FLAT_PREFIX) + strlen (endings[i]))
      return g_strndup (file + strlen (FLAT_PREFIX), strlen (file) - strlen (FLAT_PREFIX) - strlen (endings[i]));
  return NULL;
}

static gboolean
write_flat_params (const Type *type, MigdescJsonWriter *writer, GError **error)
{
  g_auto (GStrv) files = migdesc_tree_list (type->fd, S_IFREG, type->place, error);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  if (files == NULL)
    return FALSE;
  for (guint i = 0; files[i] != NULL; i++)
    {
      char *param = flat_param_name (files[i]);

      if (param == NULL)
        continue;
      if (g_hash_table_add (seen, param) && !write_flat_param (type, writer, param, error))
        return FALSE;
    }
  return TRUE;
}

static GString *
document_of_flat (const Type *type, GError **error)
{
  g_autofree char *model = read_model_name (type, error);
  g_autoptr (GString) document = g_string_new (NULL);
  MigdescJsonWriter writer;

  if (model == NULL)
    return NULL;
  migdesc_json_writer_init (&writer, document, FALSE);
  migdesc_json_writer_begin_object (&writer);
  migdesc_json_writer_key (&writer, "models");
  migdesc_json_writer_begin_object (&writer);
  migdesc_json_writer_key (&writer, model);
  migdesc_json_writer_begin_object (&writer);
  migdesc_json_writer_key (&writer, "params");
  migdesc_json_writer_begin_object (&writer);
  if (!write_flat_params (type, &writer, error))
    return NULL;
  for (guint i = 0; i < 4; i++)
    migdesc_json_writer_end_object (&writer);
  return g_steal_pointer (&document);
}

/* What every mdev type has, and is no param. */
static gboolean
is_type_attribute (const char *name)
{
  static const char *const names[]
      = { "available_instances", "create", "description", "device_api", "model", "name", "uevent", "version", NULL };

  return g_strv_contains (names, name);
}

static gboolean
write_current_params (const Type *type, MigdescJsonWriter *names, MigdescJsonWriter *settings, GError **error)
{
  g_auto (GStrv) files = migdesc_tree_list (type->fd, S_IFREG, type->place, error);

  if (files == NULL)
    return FALSE;
  for (guint i = 0; files[i] != NULL; i++)
    {
      g_autofree char *value = NULL;
      g_autofree char *setting = NULL;

      if (is_type_attribute (files[i]))
        continue;
      value = migdesc_tree_read_text (type->fd, files[i], type->place, error);
      if (value == NULL)
        return FALSE;
      migdesc_json_writer_string (names, files[i]);
      /* Empty: not in effect. */
      setting = g_strdup_printf ("%s=%s", files[i], value);
      if (value[0] != '\0')
        migdesc_json_writer_string (settings, setting);
    }
  return TRUE;
}

/* The first revision's directory tells the version that is selected now, and the params as that version has them. */
static GString *
document_of_current (const Type *type, GError **error)
{
  g_autofree char *model = read_model_name (type, error);
  g_autofree char *version = model != NULL ? migdesc_tree_read_text (type->fd, "version", type->place, error) : NULL;
  g_autoptr (GString) names_text = g_string_new (NULL);
  g_autoptr (GString) settings_text = g_string_new (NULL);
  MigdescJsonWriter names;
  MigdescJsonWriter settings;
  MigdescJsonWriter writer;
  GString *document;

  if (model == NULL || (version == NULL && error != NULL && *error != NULL))
    return NULL;
  migdesc_json_writer_init (&names, names_text, FALSE);
  migdesc_json_writer_init (&settings, settings_text, FALSE);
  migdesc_json_writer_begin_array (&names);
  migdesc_json_writer_begin_array (&settings);
  if (!write_current_params (type, &names, &settings, error))
    return NULL;
  migdesc_json_writer_end_array (&names);
  migdesc_json_writer_end_array (&settings);

  document = g_string_new (NULL);
  migdesc_json_writer_init (&writer, document, FALSE);
  migdesc_json_writer_begin_array (&writer);
  migdesc_json_writer_begin_object (&writer);
  migdesc_json_writer_member_string (&writer, "model", model);
  migdesc_json_writer_key (&writer, "params");
  migdesc_json_writer_raw (&writer, names_text->str, names_text->len);
  migdesc_json_writer_key (&writer, "versions");
  migdesc_json_writer_begin_array (&writer);
  if (version != NULL)
    {
      migdesc_json_writer_begin_object (&writer);
      migdesc_json_writer_member_string (&writer, "name", version);
      migdesc_json_writer_key (&writer, "params");
      migdesc_json_writer_raw (&writer, settings_text->str, settings_text->len);
      migdesc_json_writer_end_object (&writer);
    }
  migdesc_json_writer_end_array (&writer);
  migdesc_json_writer_end_object (&writer);
  migdesc_json_writer_end_array (&writer);
  return document;
}

/* The tokens of 2019 belong to a type of the kernel's, so that is the model. */
static GString *
document_of_2019 (const Type *type, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autofree char *token = migdesc_tree_read_text (type->fd, "version", type->place, &local);
  g_autofree char *model = g_strdup_printf ("kernel.org/mdev/%s", type->name);
  MigdescJsonWriter writer;
  GString *document;

  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  document = g_string_new (NULL);
  migdesc_json_writer_init (&writer, document, FALSE);
  migdesc_json_writer_begin_object (&writer);
  migdesc_json_writer_key (&writer, "models");
  migdesc_json_writer_begin_object (&writer);
  migdesc_json_writer_key (&writer, model);
  migdesc_json_writer_begin_object (&writer);
  if (token != NULL)
    {
      migdesc_json_writer_key (&writer, "versions");
      migdesc_json_writer_begin_array (&writer);
      migdesc_json_writer_string (&writer, token);
      migdesc_json_writer_end_array (&writer);
    }
  else
    {
      migdesc_json_writer_member_string (&writer, "support", "none");
      migdesc_json_writer_member_string (&writer, "blocker", "the type has no version attribute");
    }
  for (guint i = 0; i < 3; i++)
    migdesc_json_writer_end_object (&writer);
  return document;
}

static GBytes *
read_document (const Type *type, Layout layout, GError **error)
{
  GString *document = NULL;

  switch (layout)
    {
    case LAYOUT_INFO:
      return migdesc_tree_read_bytes (type->fd, "migration_info.json", type->place, error);
    case LAYOUT_MODELS:
      return migdesc_tree_read_bytes (type->fd, "migration_device_models", type->place, error);
    case LAYOUT_FLAT:
      document = document_of_flat (type, error);
      break;
    case LAYOUT_CURRENT:
      document = document_of_current (type, error);
      break;
    case LAYOUT_2019:
    case LAYOUT_NONE:
    default:
      document = document_of_2019 (type, error);
      break;
    }
  return document != NULL ? g_string_free_to_bytes (document) : NULL;
}

/* What the bytes are, once the layout is known; the reader's own choice was about the tree. */
static MigdescReader *
reader_for_document (MigdescReader *reader, Layout layout)
{
  g_autoptr (MigdescLimits) limits = migdesc_reader_get_limits (reader);
  MigdescReader *inner = migdesc_reader_new ();

  migdesc_reader_set_flags (inner, migdesc_reader_get_flags (reader));
  migdesc_reader_set_limits (inner, limits);
  if (layout == LAYOUT_MODELS)
    migdesc_reader_set_dialect (inner, MIGDESC_DIALECT_V4_TEXT);
  return inner;
}

/* The third revision has exactly one model a type. */
static gboolean
check_one_model (const Type *type, Layout layout, MigdescDescriptor *descriptor, GError **error)
{
  guint n = migdesc_descriptor_get_n_models (descriptor);

  if (layout != LAYOUT_INFO || n == 1)
    return TRUE;
  g_set_error (error, MIGDESC_ERROR, MIGDESC_ERROR_TREE_INVALID,
               "%s/migration_info.json: a type has exactly one model, not %u", type->place, n);
  return FALSE;
}

static MigdescDescriptor *
read_open_type (const Type *type, MigdescReader *reader, MigdescReport **report, GError **error)
{
  gboolean is_2019 = migdesc_reader_get_dialect (reader) == MIGDESC_DIALECT_SYSFS_2019;
  Layout layout = is_2019 ? LAYOUT_2019 : find_layout (type->fd);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (MigdescReader) inner = NULL;
  g_autoptr (MigdescDescriptor) descriptor = NULL;

  if (layout == LAYOUT_NONE)
    {
      g_set_error (error, MIGDESC_ERROR, MIGDESC_ERROR_TREE_INVALID, "%s: publishes nothing about migration",
                   type->place);
      return NULL;
    }
  bytes = read_document (type, layout, error);
  if (bytes == NULL)
    return NULL;
  inner = reader_for_document (reader, layout);
  descriptor = migdesc_reader_read_bytes (inner, bytes, type->place, report, error);
  if (descriptor == NULL || !check_one_model (type, layout, descriptor, error))
    return NULL;
  return g_steal_pointer (&descriptor);
}

MigdescDescriptor *
migdesc_tree_read_type (const char *root, const char *name, MigdescReader *reader, MigdescReport **report,
                        GError **error)
{
  int types_fd = open_types (root, error);
  g_autofree char *quoted = migdesc_quote (root, -1);
  g_autofree char *place = g_strdup_printf ("%s/" TYPES "/%s", quoted, name);
  Type type = { -1, place, name };
  MigdescDescriptor *descriptor = NULL;

  if (types_fd < 0)
    return NULL;
  type.fd = migdesc_tree_open_directory (types_fd, name);
  close (types_fd);
  if (type.fd < 0)
    {
      g_set_error (error, MIGDESC_ERROR, MIGDESC_ERROR_CANNOT_READ, "%s: there is no such type", place);
      return NULL;
    }
  descriptor = read_open_type (&type, reader, report, error);
  close (type.fd);
  return descriptor;
}
