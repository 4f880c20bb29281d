/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "host/mdevctl.h"

#include <migdesc/migdesc-error.h>
#include <migdesc/migdesc-text.h>
#include <string.h>

#include "base/bytes.h"
#include "base/json-reader.h"
#include "base/key-set.h"
#include "base/quote.h"
#include "model/json-error.h"

#define ATTRIBUTE_PREFIX "migration/"
#define PARAMS_PREFIX "params/"
#define TYPE_MEMBER "mdev_type"

/* One walk serves both questions: which devices there are, and what one of them is set to. */
typedef struct
{
  MigdescJsonReader reader;
  const char *wanted; /* the UUID whose attrs are collected; NULL: only UUIDs */
  gboolean found;
  gboolean in_wanted;
  gboolean is_single; /* one device, which does not say its UUID */
  gboolean has_type;
  GPtrArray *uuids; /* owned strings */
  char *model;
  char *version;
  char *applied; /* a param, unless the params have a directory of their own */
  gboolean has_params_directory;
  GPtrArray *names; /* owned strings */
  GPtrArray *values;
} Walk;

static char *
dup_json_string (const MigdescJsonString *string)
{
  return g_strndup (string->text, string->length);
}

/* An attr that is set twice is what it was set to last. */
static void
replace (char **place, char *value)
{
  g_free (*place);
  *place = value;
}

static void
take_attribute (Walk *walk, const char *name, char *value)
{
  if (g_str_equal (name, "device_model"))
    replace (&walk->model, value);
  else if (g_str_equal (name, "version"))
    replace (&walk->version, value);
  else if (g_str_equal (name, "applied"))
    replace (&walk->applied, value);
  else
    {
      gboolean in_directory = g_str_has_prefix (name, PARAMS_PREFIX);

      walk->has_params_directory = walk->has_params_directory || in_directory;
      g_ptr_array_add (walk->names, g_strdup (in_directory ? name + strlen (PARAMS_PREFIX) : name));
      g_ptr_array_add (walk->values, value);
    }
}

typedef gboolean (*WalkElement) (Walk *walk);
/* The cursor is behind the key. */
typedef gboolean (*WalkMember) (Walk *walk, const MigdescJsonString *key);

static gboolean
walk_array (Walk *walk, WalkElement walk_element)
{
  if (!migdesc_json_reader_begin_array (&walk->reader))
    return FALSE;
  while (migdesc_json_reader_next_element (&walk->reader))
    if (!walk_element (walk))
      return FALSE;
  return walk->reader.error == 0;
}

/* An object that must not have two members of one name. */
static gboolean
walk_object (Walk *walk, WalkMember walk_member)
{
  g_auto (MigdescKeySet) keys;
  MigdescJsonString key;

  migdesc_key_set_init (&keys);
  if (!migdesc_json_reader_begin_object (&walk->reader))
    return FALSE;
  while (migdesc_json_reader_next_member (&walk->reader, &key))
    {
      if (!migdesc_key_set_add (&keys, key.text, key.length))
        return migdesc_json_reader_fail_duplicate (&walk->reader, &key);
      if (!walk_member (walk, &key))
        return FALSE;
    }
  return walk->reader.error == 0;
}

/* "migration/NAME": "VALUE"; other attributes are the device's own business. */
static gboolean
walk_attribute (Walk *walk, const MigdescJsonString *key)
{
  g_autofree char *name = dup_json_string (key);
  MigdescJsonString value;

  if (!migdesc_json_reader_read_string (&walk->reader, &value))
    return FALSE;
  if (walk->in_wanted && g_str_has_prefix (name, ATTRIBUTE_PREFIX))
    take_attribute (walk, name + strlen (ATTRIBUTE_PREFIX), dup_json_string (&value));
  return TRUE;
}

static gboolean
walk_attributes (Walk *walk)
{
  return walk_object (walk, walk_attribute);
}

static gboolean
walk_device_member (Walk *walk, const MigdescJsonString *key)
{
  if (migdesc_json_string_equal (key, "attrs", strlen ("attrs")))
    return walk_array (walk, walk_attributes);
  walk->has_type = walk->has_type
                   || migdesc_json_string_equal (key, TYPE_MEMBER, strlen (TYPE_MEMBER));
  return migdesc_json_reader_skip_value (&walk->reader);
}

/* UUID: {...}. The same device may be defined on two parents; the first one counts. */
static gboolean
walk_device (Walk *walk, const MigdescJsonString *key)
{
  char *uuid = dup_json_string (key);

  g_ptr_array_add (walk->uuids, uuid);
  walk->in_wanted = !walk->found && g_strcmp0 (uuid, walk->wanted) == 0;
  walk->found = walk->found || walk->in_wanted;
  return walk_object (walk, walk_device_member);
}

static gboolean
walk_devices (Walk *walk)
{
  return walk_object (walk, walk_device);
}

/* PARENT: [devices] */
static gboolean
walk_parent (Walk *walk, const MigdescJsonString *key)
{
  return walk_array (walk, walk_devices);
}

static gboolean
walk_parents (Walk *walk)
{
  return walk_object (walk, walk_parent);
}

/* What mdevctl prints when it is asked for one UUID: only what is set. Whoever asked knows which
 * device that is. */
static gboolean
walk_single (Walk *walk)
{
  gsize start = migdesc_json_reader_offset (&walk->reader);

  walk->is_single = walk->found = walk->in_wanted = TRUE;
  if (!walk_object (walk, walk_device_member))
    return FALSE;
  return walk->has_type
         || migdesc_json_reader_fail (&walk->reader, MIGDESC_ERROR_DOCUMENT_MISSING_MEMBER, start,
                                      "the member \"" TYPE_MEMBER "\" of a device is missing");
}

/* [{PARENT: [devices]}], or a device */
static gboolean
walk_root (Walk *walk)
{
  return migdesc_json_reader_peek (&walk->reader) == MIGDESC_JSON_OBJECT
             ? walk_single (walk)
             : walk_array (walk, walk_parents);
}

static void
finish_params (Walk *walk)
{
  if (walk->applied != NULL && !walk->has_params_directory)
    {
      g_ptr_array_add (walk->names, g_strdup ("applied"));
      g_ptr_array_add (walk->values, g_steal_pointer (&walk->applied));
    }
  g_ptr_array_add (walk->names, NULL);
  g_ptr_array_add (walk->values, NULL);
}

static gboolean
walk_dump (Walk *walk, GBytes *dump, const char *origin, GError **error)
{
  gsize length;
  const char *text = migdesc_bytes_peek (dump, &length);

  walk->uuids = g_ptr_array_new_with_free_func (g_free);
  walk->names = g_ptr_array_new_with_free_func (g_free);
  walk->values = g_ptr_array_new_with_free_func (g_free);
  migdesc_json_reader_init (&walk->reader, text, length, NULL);
  if (walk_root (walk) && migdesc_json_reader_finish (&walk->reader))
    {
      finish_params (walk);
      return TRUE;
    }
  migdesc_json_set_error (&walk->reader, text, length, origin, error);
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
  g_free (walk->applied);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Walk, walk_clear)

static int
compare_strings (gconstpointer string, gconstpointer other)
{
  return strcmp (*(const char *const *) string, *(const char *const *) other);
}

char **
migdesc_mdevctl_list_instances (GBytes *dump, const char *origin, GError **error)
{
  g_auto (Walk) walk = { 0 };
  g_autoptr (GPtrArray) uuids = g_ptr_array_new ();

  if (!walk_dump (&walk, dump, origin, error))
    return NULL;
  if (walk.is_single)
    {
      g_autofree char *escaped_origin = migdesc_escape_text (origin);

      g_set_error (error, MIGDESC_ERROR, MIGDESC_ERROR_CANNOT_READ,
                   "%s: the dump of one device does not say its UUID", escaped_origin);
      return NULL;
    }
  g_ptr_array_sort (walk.uuids, compare_strings);
  for (guint i = 0; i < walk.uuids->len; i++)
    if (i == 0 || !g_str_equal (walk.uuids->pdata[i], walk.uuids->pdata[i - 1]))
      g_ptr_array_add (uuids, g_strdup (walk.uuids->pdata[i]));
  g_ptr_array_add (uuids, NULL);
  return (char **) g_ptr_array_steal (uuids, NULL);
}

MigdescParamList *
migdesc_mdevctl_read_instance (GBytes *dump, const char *origin, const char *uuid, GError **error)
{
  g_auto (Walk) walk = { .wanted = uuid };
  g_autofree char *escaped_origin = migdesc_escape_text (origin);
  g_autofree char *quoted_uuid = migdesc_quote (uuid, -1);
  MigdescParamList *list;

  if (!walk_dump (&walk, dump, origin, error))
    return NULL;
  if (!walk.found)
    {
      g_set_error (error, MIGDESC_ERROR, MIGDESC_ERROR_CANNOT_READ, "%s: there is no device %s",
                   escaped_origin, quoted_uuid);
      return NULL;
    }
  list = migdesc_param_list_new (walk.model, walk.version, (const char *const *) walk.names->pdata,
                                 (const char *const *) walk.values->pdata, error);
  if (list == NULL)
    g_prefix_error (error, "%s: %s: ", escaped_origin, quoted_uuid);
  return list;
}
