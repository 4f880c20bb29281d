/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "host/mdevctl.h"

#include <migdesc/migdesc-error.h>
#include <string.h>

#include "base/json-locate.h"
#include "base/json-reader.h"
#include "base/quote.h"

#define ATTRIBUTE_PREFIX "migration/"

/* One walk serves both questions: which devices there are, and what one of them is set to. */
typedef struct
{
  MigdescJsonReader reader;
  const char *wanted;    /* the UUID whose attrs are collected; NULL: only UUIDs */
  gboolean found;
  gboolean in_wanted;
  GPtrArray *uuids;      /* owned strings */
  char *model;
  char *version;
  GPtrArray *names;      /* owned strings */
  GPtrArray *values;
} Walk;

static char *
dup_json_string (const MigdescJsonString *string)
{
  return g_strndup (string->text, string->length);
}

static void
take_attribute (Walk *walk, const char *name, char *value)
{
  if (g_str_equal (name, "device_model"))
    {
      g_free (walk->model);
      walk->model = value;
    }
  else if (g_str_equal (name, "version"))
    {
      g_free (walk->version);
      walk->version = value;
    }
  else
    {
      if (g_str_has_prefix (name, "params/"))
        name += strlen ("params/");
      g_ptr_array_add (walk->names, g_strdup (name));
      g_ptr_array_add (walk->values, value);
    }
}

/* {"migration/NAME": "VALUE"}; other attributes are the device's own business. */
static gboolean
walk_attribute (Walk *walk)
{
  MigdescJsonString key;
  MigdescJsonString value;

  if (!migdesc_json_reader_begin_object (&walk->reader))
    return FALSE;
  while (migdesc_json_reader_next_member (&walk->reader, &key))
    {
      g_autofree char *name = dup_json_string (&key);

      if (!migdesc_json_reader_read_string (&walk->reader, &value))
        return FALSE;
      if (walk->in_wanted && g_str_has_prefix (name, ATTRIBUTE_PREFIX))
        take_attribute (walk, name + strlen (ATTRIBUTE_PREFIX), dup_json_string (&value));
    }
  return walk->reader.error == 0;
}

static gboolean
walk_array (Walk *walk, gboolean (*walk_element) (Walk *))
{
  if (!migdesc_json_reader_begin_array (&walk->reader))
    return FALSE;
  while (migdesc_json_reader_next_element (&walk->reader))
    if (!walk_element (walk))
      return FALSE;
  return walk->reader.error == 0;
}

static gboolean
walk_device_members (Walk *walk)
{
  gboolean has_attrs = FALSE;
  MigdescJsonString key;

  if (!migdesc_json_reader_begin_object (&walk->reader))
    return FALSE;
  while (migdesc_json_reader_next_member (&walk->reader, &key))
    {
      gboolean is_attrs = migdesc_json_string_equal (&key, "attrs", strlen ("attrs"));

      if (is_attrs && has_attrs)
        return migdesc_json_reader_fail_duplicate (&walk->reader, &key);
      has_attrs = has_attrs || is_attrs;
      if (!(is_attrs ? walk_array (walk, walk_attribute) : migdesc_json_reader_skip_value (&walk->reader)))
        return FALSE;
    }
  return walk->reader.error == 0;
}

/* {UUID: {...}}. The same device may be defined on two parents; the first one counts. */
static gboolean
walk_device (Walk *walk)
{
  MigdescJsonString key;

  if (!migdesc_json_reader_begin_object (&walk->reader))
    return FALSE;
  while (migdesc_json_reader_next_member (&walk->reader, &key))
    {
      char *uuid = dup_json_string (&key);

      g_ptr_array_add (walk->uuids, uuid);
      walk->in_wanted = !walk->found && g_strcmp0 (uuid, walk->wanted) == 0;
      walk->found = walk->found || walk->in_wanted;
      if (!walk_device_members (walk))
        return FALSE;
    }
  return walk->reader.error == 0;
}

/* {PARENT: [devices]} */
static gboolean
walk_parent (Walk *walk)
{
  MigdescJsonString key;

  if (!migdesc_json_reader_begin_object (&walk->reader))
    return FALSE;
  while (migdesc_json_reader_next_member (&walk->reader, &key))
    if (!walk_array (walk, walk_device))
      return FALSE;
  return walk->reader.error == 0;
}

static void
set_json_error (const Walk *walk, const char *text, gsize length, const char *origin, GError **error)
{
  g_autofree char *quoted = migdesc_quote (origin, -1);
  MigdescLocation location = { 0 };
  gsize offset = walk->reader.error_offset;

  migdesc_json_locate (text, length, &offset, 1, &location);
  g_set_error (error, MIGDESC_ERROR, walk->reader.error, "%s:%u:%u: %s", quoted, location.line, location.column,
               walk->reader.message);
  migdesc_location_clear (&location);
}

static gboolean
walk_dump (Walk *walk, GBytes *dump, const char *origin, GError **error)
{
  gsize length;
  const char *text = g_bytes_get_data (dump, &length);

  walk->uuids = g_ptr_array_new_with_free_func (g_free);
  walk->names = g_ptr_array_new_with_free_func (g_free);
  walk->values = g_ptr_array_new_with_free_func (g_free);
  migdesc_json_reader_init (&walk->reader, text != NULL ? text : "", length, NULL);
  if (walk_array (walk, walk_parent) && migdesc_json_reader_finish (&walk->reader))
    return TRUE;
  set_json_error (walk, text != NULL ? text : "", length, origin, error);
  return FALSE;
}

static void
walk_clear (Walk *walk)
{
  migdesc_json_reader_clear (&walk->reader);
  g_ptr_array_unref (walk->uuids);
  g_ptr_array_unref (walk->names);
  g_ptr_array_unref (walk->values);
  g_free (walk->model);
  g_free (walk->version);
}

static int
compare_strings (gconstpointer string, gconstpointer other)
{
  return strcmp (*(const char *const *) string, *(const char *const *) other);
}

char **
migdesc_mdevctl_list_instances (GBytes *dump, const char *origin, GError **error)
{
  Walk walk = { 0 };
  GStrvBuilder *builder;
  char **uuids = NULL;

  if (walk_dump (&walk, dump, origin, error))
    {
      builder = g_strv_builder_new ();
      g_ptr_array_sort (walk.uuids, compare_strings);
      for (guint i = 0; i < walk.uuids->len; i++)
        if (i == 0 || !g_str_equal (walk.uuids->pdata[i], walk.uuids->pdata[i - 1]))
          g_strv_builder_add (builder, walk.uuids->pdata[i]);
      uuids = g_strv_builder_end (builder);
      g_strv_builder_unref (builder);
    }
  walk_clear (&walk);
  return uuids;
}

MigdescParamList *
migdesc_mdevctl_read_instance (GBytes *dump, const char *origin, const char *uuid, GError **error)
{
  Walk walk = { .wanted = uuid };
  MigdescParamList *list = NULL;

  if (walk_dump (&walk, dump, origin, error))
    {
      g_ptr_array_add (walk.names, NULL);
      g_ptr_array_add (walk.values, NULL);
      if (walk.found)
        list = migdesc_param_list_new (walk.model, walk.version, (const char *const *) walk.names->pdata,
                                       (const char *const *) walk.values->pdata, error);
      else
        {
          g_autofree char *quoted_origin = migdesc_quote (origin, -1);
          g_autofree char *quoted_uuid = migdesc_quote (uuid, -1);

          g_set_error (error, MIGDESC_ERROR, MIGDESC_ERROR_CANNOT_READ, "%s: there is no device %s", quoted_origin,
                       quoted_uuid);
        }
    }
  walk_clear (&walk);
  return list;
}
