/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "golden.h"

#include <string.h>

#include <glib/gstdio.h>

#include "stream.h"

#define STREAM ".mds"
#define STATE ".json"
#define SCHEMA ".schema.json"

/* The state that is recorded is one made at random, always of the same seed. */
#define GOLDEN_SEED 1

void
kit_golden_free (KitGolden *self)
{
  g_free (self->label);
  g_clear_pointer (&self->stream, g_bytes_unref);
  g_clear_pointer (&self->state, migdesc_state_unref);
  g_clear_pointer (&self->manifest, migdesc_manifest_unref);
  g_clear_object (&self->schema);
  g_free (self);
}

static char *
make_path (const char *folder, const char *name, const char *label, const char *suffix)
{
  g_autofree char *file = g_strconcat (name, "-", label, suffix, NULL);

  return g_build_filename (folder, file, NULL);
}

static gint
compare_labels (gconstpointer one, gconstpointer other)
{
  return strcmp (*(const char *const *) one, *(const char *const *) other);
}

GPtrArray *
kit_golden_list (const char *folder, const char *name, GError **error)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, error);
  g_autoptr (GPtrArray) labels = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *prefix = g_strconcat (name, "-", NULL);
  const char *file;

  if (dir == NULL)
    return NULL;
  while ((file = g_dir_read_name (dir)) != NULL)
    if (g_str_has_prefix (file, prefix) && g_str_has_suffix (file, STREAM))
      g_ptr_array_add (labels, g_strndup (file + strlen (prefix),
                                          strlen (file) - strlen (prefix) - strlen (STREAM)));
  g_ptr_array_sort (labels, compare_labels);
  return g_steal_pointer (&labels);
}

gboolean
kit_golden_exists (const char *folder, const KitCase *subject)
{
  g_autofree char *path = make_path (folder, subject->testkit->name, subject->label, STREAM);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

static GBytes *
read_part (const char *folder, const char *name, const char *label, const char *suffix,
           GError **error)
{
  g_autofree char *path = make_path (folder, name, label, suffix);
  char *data = NULL;
  gsize size = 0;

  if (!g_file_get_contents (path, &data, &size, error))
    return NULL;
  return g_bytes_new_take (data, size);
}

static gboolean
read_schema (KitGolden *self, GBytes *text, GError **error)
{
  self->schema = migdesc_state_type_new_from_json (g_bytes_get_data (text, NULL),
                                                   (gssize) g_bytes_get_size (text), NULL, error);
  return self->schema != NULL;
}

/* The stream without a device, and what the JSON says of it. */
static gboolean
read_states (KitGolden *self, GBytes *text, GError **error)
{
  g_autoptr (MigdescState) shown = NULL;
  g_autoptr (MigdescStateDiff) diff = NULL;

  self->state = kit_read_tree (self->stream, self->schema, error);
  self->manifest = self->state == NULL ? NULL
                                       : kit_read_manifest (self->stream, self->schema, error);
  shown = self->manifest == NULL
              ? NULL
              : migdesc_state_new_from_json (self->schema, g_bytes_get_data (text, NULL),
                                             (gssize) g_bytes_get_size (text), NULL, error);
  if (shown == NULL)
    return FALSE;
  if (migdesc_state_equal (self->state, shown))
    return TRUE;
  diff = migdesc_state_diff_new (self->state, shown);
  g_set_error (error, MIGDESC_ERROR, MIGDESC_ERROR_STATE_FORMAT,
               "the stream and the JSON differ in %s", migdesc_state_diff_get_path (diff, 0));
  return FALSE;
}

KitGolden *
kit_golden_read (const char *folder, const char *name, const char *label, GError **error)
{
  g_autoptr (KitGolden) self = g_new0 (KitGolden, 1);
  g_autoptr (GBytes) schema = NULL;
  g_autoptr (GBytes) text = NULL;

  self->label = g_strdup (label);
  self->stream = read_part (folder, name, label, STREAM, error);
  text = self->stream == NULL ? NULL : read_part (folder, name, label, STATE, error);
  schema = text == NULL ? NULL : read_part (folder, name, label, SCHEMA, error);
  if (schema != NULL && read_schema (self, schema, error) && read_states (self, text, error))
    return g_steal_pointer (&self);
  return NULL;
}

static gboolean
write_part (const char *folder, const KitCase *subject, const char *suffix, const char *data,
            gssize size, GError **error)
{
  g_autofree char *path = make_path (folder, subject->testkit->name, subject->label, suffix);

  return g_file_set_contents (path, data, size, error);
}

static gboolean
write_text (const char *folder, const KitCase *subject, const char *suffix, const char *text,
            GError **error)
{
  g_autofree char *line = g_strconcat (text, "\n", NULL);

  return write_part (folder, subject, suffix, line, -1, error);
}

/* The schema that a stream of the case is of. */
static MigdescStateType *
find_schema (const KitCase *subject, GBytes *stream, GError **error)
{
  g_autoptr (GPtrArray) schemas = kit_case_list_schemas (subject, error);

  for (guint i = 0; schemas != NULL && i < schemas->len; i++)
    {
      MigdescStateType *schema = g_ptr_array_index (schemas, i);
      g_autoptr (MigdescState) tree
          = kit_read_tree (stream, schema, i + 1 == schemas->len ? error : NULL);

      if (tree != NULL)
        return g_object_ref (schema);
    }
  return NULL;
}

gboolean
kit_golden_record (const char *folder, const KitCase *subject, GError **error)
{
  g_autoptr (GBytes) stream = kit_make_stream (subject, GOLDEN_SEED, error);
  g_autoptr (MigdescStateType) schema = stream == NULL ? NULL
                                                       : find_schema (subject, stream, error);
  g_autoptr (MigdescState) state = schema == NULL ? NULL : kit_read_tree (stream, schema, error);
  g_autofree char *shown = state == NULL ? NULL : migdesc_state_to_json (state, TRUE);
  g_autofree char *text = schema == NULL ? NULL : migdesc_state_type_to_json (schema, TRUE);

  if (shown == NULL)
    return FALSE;
  g_mkdir_with_parents (folder, 0777);
  return write_text (folder, subject, SCHEMA, text, error)
         && write_text (folder, subject, STATE, shown, error)
         && write_part (folder, subject, STREAM, g_bytes_get_data (stream, NULL),
                        (gssize) g_bytes_get_size (stream), error);
}
