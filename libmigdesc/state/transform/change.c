/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "state/transform/change.h"

#include <string.h>

#include <migdesc/migdesc-error.h>

void
migdesc_change_clear (MigdescChange *change)
{
  g_free (change->text);
  g_strfreev (change->path);
  g_free (change->target);
  g_strfreev (change->target_path);
  g_clear_pointer (&change->value, g_variant_unref);
  if (change->destroy != NULL)
    change->destroy (change->user_data);
}

static gboolean
is_path (const char *path)
{
  g_auto (GStrv) names = path == NULL ? NULL : migdesc_loose_split_path (path);

  return names != NULL;
}

/* One place: no [] in it. */
static gboolean
is_single (const char *path)
{
  return is_path (path) && strchr (path, '[') == NULL;
}

const char *
migdesc_change_find_fault (MigdescChangeKind kind,
                           const char *path,
                           const char *target)
{
  if (kind == MIGDESC_CHANGE_FUNCTION)
    return path != NULL ? NULL : "a function has no name";
  if (!is_path (path) || g_str_has_suffix (path, "[]"))
    return "the path is not that of a field";
  if (kind == MIGDESC_CHANGE_RENAME && (!is_single (target) || strchr (target, '.') != NULL))
    return "the new name is not one";
  if (kind == MIGDESC_CHANGE_RETYPE
      && (target == NULL || strlen (target) != 1 || strchr ("bynqiuxtds", target[0]) == NULL))
    return "the type is none of b, y, n, q, i, u, x, t, d, s";
  if (kind == MIGDESC_CHANGE_MOVE && !(is_single (path) && is_single (target)))
    return "a move is from one place to another";
  return NULL;
}

static const char *const verbs[] = {
  [MIGDESC_CHANGE_RENAME] = "rename",   [MIGDESC_CHANGE_DROP] = "drop",
  [MIGDESC_CHANGE_DEFAULT] = "default", [MIGDESC_CHANGE_RETYPE] = "retype",
  [MIGDESC_CHANGE_MOVE] = "move",       [MIGDESC_CHANGE_FUNCTION] = "call",
};

static gboolean G_GNUC_PRINTF (3, 4)
fail (const MigdescChange *change,
      GError **error,
      const char *format,
      ...)
{
  g_autofree char *reason = NULL;
  va_list arguments;

  va_start (arguments, format);
  reason = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_set_error (error, MIGDESC_ERROR, MIGDESC_ERROR_STATE_TRANSFORM,
               "transform %u to %u, %s %s%s%s: %s", change->from, change->to,
               verbs[change->kind], change->text,
               change->target == NULL ? "" : " to ", change->target == NULL ? "" : change->target,
               reason);
  return FALSE;
}

static gboolean
fail_missing (const MigdescChange *change,
              const char *name,
              GError **error)
{
  return fail (change, error, "there is no %s", name);
}

typedef gboolean (*PlaceFunc) (const MigdescChange *change,
                               const MigdescLoosePlace *place,
                               GError **error);

static gboolean
at_each_place (const MigdescChange *change,
               MigdescLoose *root,
               PlaceFunc function,
               GError **error)
{
  const char *missing = NULL;
  g_autoptr (GArray) places = migdesc_loose_find (root, change->path, &missing);

  if (places == NULL)
    return fail_missing (change, missing, error);
  for (guint i = 0; i < places->len; i++)
    if (!function (change, &g_array_index (places, MigdescLoosePlace, i), error))
      return FALSE;
  return TRUE;
}

static gboolean
rename_at (const MigdescChange *change,
           const MigdescLoosePlace *place,
           GError **error)
{
  if (!migdesc_loose_has (place->owner, place->name))
    return fail_missing (change, place->name, error);
  if (migdesc_loose_has (place->owner, change->target))
    return fail (change, error, "there is a %s already", change->target);
  migdesc_loose_rename (place->owner, place->name, change->target);
  return TRUE;
}

static gboolean
drop_at (const MigdescChange *change,
         const MigdescLoosePlace *place,
         GError **error)
{
  if (!migdesc_loose_has (place->owner, place->name))
    return fail_missing (change, place->name, error);
  migdesc_loose_free (migdesc_loose_steal (place->owner, place->name));
  return TRUE;
}

/* Only where there is none yet. */
static gboolean
default_at (const MigdescChange *change,
            const MigdescLoosePlace *place,
            GError **error G_GNUC_UNUSED)
{
  if (!migdesc_loose_has (place->owner, place->name))
    migdesc_loose_put (place->owner, place->name, migdesc_loose_new (change->value));
  return TRUE;
}

static gboolean
retype_at (const MigdescChange *change,
           const MigdescLoosePlace *place,
           GError **error)
{
  GVariant *value = migdesc_loose_get_value (place->owner, place->name);
  g_autoptr (GVariant) retyped = NULL;
  g_autofree char *shown = NULL;

  if (!migdesc_loose_has (place->owner, place->name))
    return fail_missing (change, place->name, error);
  retyped = value == NULL ? NULL : migdesc_value_retype (value, G_VARIANT_TYPE (change->target));
  if (retyped != NULL)
    {
      g_variant_ref_sink (retyped);
      migdesc_loose_set_value (place->owner, place->name, retyped);
      return TRUE;
    }
  shown = value == NULL ? g_strdup ("a struct") : g_variant_print (value, FALSE);
  return fail (change, error, "%s cannot be that exactly", shown);
}

/* And goes on. */
static gboolean
begins_with (char *const *path,
             char *const *begin)
{
  while (*begin != NULL && *path != NULL && strcmp (*path, *begin) == 0)
    {
      path++;
      begin++;
    }
  return *begin == NULL && *path != NULL;
}

static gboolean
move (const MigdescChange *change,
      MigdescLoose *root,
      GError **error)
{
  const char *missing = NULL;
  g_autoptr (GArray) source = migdesc_loose_find (root, change->path, &missing);
  g_autoptr (GArray) target = NULL;
  MigdescLoosePlace *from, *to;

  if (source == NULL)
    return fail_missing (change, missing, error);
  from = &g_array_index (source, MigdescLoosePlace, 0);
  if (!migdesc_loose_has (from->owner, from->name))
    return fail_missing (change, from->name, error);
  if (begins_with (change->target_path, change->path))
    return fail (change, error, "%s is inside of it", change->target);
  target = migdesc_loose_find (root, change->target_path, &missing);
  if (target == NULL)
    return fail_missing (change, missing, error);
  to = &g_array_index (target, MigdescLoosePlace, 0);
  if (migdesc_loose_has (to->owner, to->name))
    return fail (change, error, "there is a %s already", change->target);
  migdesc_loose_put (to->owner, to->name, migdesc_loose_steal (from->owner, from->name));
  return TRUE;
}

/* A function that fails without an error, as one of another language may, gets one. */
static gboolean
call (const MigdescChange *change,
      MigdescLoose **root,
      GError **error)
{
  g_autoptr (GVariant) before = g_variant_ref_sink (migdesc_loose_to_variant (*root));
  g_autoptr (GError) reason = NULL;
  g_autoptr (GVariant) after = change->function (before, change->user_data, &reason);

  if (after == NULL || reason != NULL)
    return fail (change, error, "%s", reason == NULL ? "it did not say why" : reason->message);
  if (g_variant_is_floating (after))
    g_variant_ref_sink (after);
  if (!g_variant_is_of_type (after, G_VARIANT_TYPE_VARDICT))
    return fail (change, error, "it returned a %s, not a{sv}", g_variant_get_type_string (after));
  migdesc_loose_free (*root);
  *root = migdesc_loose_new (after);
  return TRUE;
}

gboolean
migdesc_change_apply (const MigdescChange *change,
                      MigdescLoose **root,
                      GError **error)
{
  switch (change->kind)
    {
    case MIGDESC_CHANGE_RENAME:
      return at_each_place (change, *root, rename_at, error);
    case MIGDESC_CHANGE_DROP:
      return at_each_place (change, *root, drop_at, error);
    case MIGDESC_CHANGE_DEFAULT:
      return at_each_place (change, *root, default_at, error);
    case MIGDESC_CHANGE_RETYPE:
      return at_each_place (change, *root, retype_at, error);
    case MIGDESC_CHANGE_MOVE:
      return move (change, *root, error);
    default:
      return call (change, root, error);
    }
}
