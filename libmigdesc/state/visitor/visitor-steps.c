/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <migdesc/migdesc-error.h>

#include "base/limits-private.h"
#include "base/quote.h"
#include "state/plan/run.h"
#include "state/table/scalar.h"
#include "state/visitor/visitor-private.h"

/* Each step of a walk: keep the path, call the format, distrust what comes back. A format that
 * fails without an error, as a Python exception makes it do, gets one here. */

#define CLASS(visitor) MIGDESC_VISITOR_GET_CLASS (visitor)

static gboolean
keep_error (MigdescVisitor *visitor,
            GError **error,
            GError *taken)
{
  MigdescVisitorPrivate *priv = visitor->priv;

  if (priv->error == NULL)
    priv->error = g_error_copy (taken);
  visitor->limit = visitor->cursor; /* nothing goes by without a call any more */
  g_propagate_error (error, taken);
  return FALSE;
}

static void
append_place (MigdescVisitor *visitor,
              GString *text)
{
  gsize length = text->len;

  g_string_append (text, " (");
  CLASS (visitor)->describe_place (visitor, text);
  if (text->len == length + 2)
    g_string_truncate (text, length);
  else
    g_string_append_c (text, ')');
}

static gboolean
fail_with (MigdescVisitor *visitor,
           GError **error,
           MigdescError code,
           const char *leaf,
           const char *message)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (leaf != NULL)
    {
      migdesc_visitor_append_path (visitor, text, leaf);
      if (text->len > 0)
        g_string_append (text, ": ");
    }
  g_string_append (text, message);
  append_place (visitor, text);
  return keep_error (visitor, error, g_error_new_literal (MIGDESC_ERROR, (int) code, text->str));
}

gboolean
migdesc_visitor_fail (MigdescVisitor *visitor,
                      GError **error,
                      MigdescError code,
                      const char *leaf,
                      const char *format,
                      ...)
{
  g_autofree char *message = NULL;
  va_list arguments;

  va_start (arguments, format);
  message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  return fail_with (visitor, error, code, leaf == NULL ? "" : leaf, message);
}

gboolean
migdesc_visitor_fail_place (MigdescVisitor *visitor,
                            GError **error,
                            MigdescError code,
                            const char *format,
                            ...)
{
  g_autofree char *message = NULL;
  va_list arguments;

  va_start (arguments, format);
  message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  return fail_with (visitor, error, code, NULL, message);
}

/* What a format reported: the path is put before it. */
gboolean
migdesc_visitor_fail_from (MigdescVisitor *visitor,
                           GError **error,
                           const char *leaf,
                           GError *taken)
{
  g_autoptr (GString) path = NULL;

  if (visitor->priv->blocked && taken == NULL)
    return FALSE;
  if (taken == NULL)
    return migdesc_visitor_fail (visitor, error, MIGDESC_ERROR_STATE_FORMAT, leaf,
                                 "the format %s failed and did not say why",
                                 G_OBJECT_TYPE_NAME (visitor));
  visitor->priv->blocked = FALSE;
  path = g_string_new (NULL);
  migdesc_visitor_append_path (visitor, path, leaf == NULL ? "" : leaf);
  if (path->len > 0)
    g_prefix_error (&taken, "%s: ", path->str);
  g_clear_error (&visitor->priv->error); /* the same, without its path */
  return keep_error (visitor, error, taken);
}

gboolean
migdesc_visitor_fail_again (MigdescVisitor *visitor,
                            GError **error)
{
  g_propagate_error (error, g_error_copy (visitor->priv->error));
  return FALSE;
}

static gboolean
push (MigdescVisitor *visitor,
      const char *name,
      gboolean is_array,
      GError **error)
{
  MigdescVisitorPrivate *priv = visitor->priv;

  if (G_UNLIKELY (priv->depth >= priv->depth_limit))
    {
      g_autofree char *limit
          = migdesc_limit_to_message (MIGDESC_LIMIT_STATE_DEPTH, priv->depth_limit);

      return migdesc_visitor_fail (visitor, error, MIGDESC_ERROR_LIMIT_EXCEEDED, name, "%s", limit);
    }
  priv->path[++priv->depth] = (MigdescPathFrame) { name, MIGDESC_NO_ELEMENT, is_array };
  return TRUE;
}

gboolean
migdesc_visit_begin_struct (MigdescVisitor *visitor,
                            const char *name,
                            GError **error)
{
  GError *taken = NULL;

  if (G_UNLIKELY (visitor->priv->error != NULL))
    return migdesc_visitor_fail_again (visitor, error);
  if (!CLASS (visitor)->open_struct (visitor, name, &taken))
    return migdesc_visitor_fail_from (visitor, error, name, taken);
  return push (visitor, name, FALSE, error);
}

typedef gboolean (*EndFunc) (MigdescVisitor *visitor, GError **error);

static gboolean
end (MigdescVisitor *visitor,
     EndFunc function,
     GError **error)
{
  GError *taken = NULL;

  if (G_UNLIKELY (visitor->priv->error != NULL))
    return migdesc_visitor_fail_again (visitor, error);
  if (!function (visitor, &taken))
    return migdesc_visitor_fail_from (visitor, error, NULL, taken);
  visitor->priv->depth--;
  return TRUE;
}

gboolean
migdesc_visit_end_struct (MigdescVisitor *visitor,
                          GError **error)
{
  return end (visitor, CLASS (visitor)->close_struct, error);
}

static gboolean
fail_limit (MigdescVisitor *visitor,
            const char *name,
            MigdescLimit limit,
            guint64 value,
            GError **error)
{
  g_autofree char *text = migdesc_limit_to_message (limit, value);

  return migdesc_visitor_fail (visitor, error, MIGDESC_ERROR_LIMIT_EXCEEDED, name, "%s", text);
}

static gboolean
check_count (MigdescVisitor *visitor,
             const char *name,
             const char *unit,
             MigdescContainerFlags flags,
             guint64 wanted,
             guint64 count,
             guint64 maximum,
             GError **error)
{
  if (count > maximum)
    return migdesc_visitor_fail (visitor, error, MIGDESC_ERROR_STATE_COUNT, name,
                                 "%" G_GUINT64_FORMAT " %s, at most %" G_GUINT64_FORMAT
                                 " are allowed",
                                 count, unit, maximum);
  if ((flags & MIGDESC_CONTAINER_COUNT_KNOWN) != 0 && count != wanted)
    return migdesc_visitor_fail (visitor, error, MIGDESC_ERROR_STATE_COUNT, name,
                                 "%" G_GUINT64_FORMAT " %s, not the %" G_GUINT64_FORMAT
                                 " that have to be there",
                                 count, unit, wanted);
  return TRUE;
}

gboolean
migdesc_visit_begin_array (MigdescVisitor *visitor,
                           const char *name,
                           MigdescContainerFlags flags,
                           guint64 *count,
                           guint64 maximum,
                           GError **error)
{
  MigdescVisitorPrivate *priv = visitor->priv;
  gboolean saving = visitor->mode == MIGDESC_VISITOR_SAVE;
  guint64 wanted = *count, passed = *count;
  GError *taken = NULL;

  if (G_UNLIKELY (priv->error != NULL))
    return migdesc_visitor_fail_again (visitor, error);
  if ((saving || (flags & MIGDESC_CONTAINER_COUNT_KNOWN) != 0)
      && !check_count (visitor, name, "elements", flags, wanted, wanted, maximum, error))
    return FALSE;
  if (!CLASS (visitor)->open_array (visitor, name, flags, &passed, &taken))
    return migdesc_visitor_fail_from (visitor, error, name, taken);
  if (saving)
    passed = wanted;
  if (!check_count (visitor, name, "elements", flags, wanted, passed, maximum, error))
    return FALSE;
  if (passed > priv->elements_left)
    return fail_limit (visitor, name, MIGDESC_LIMIT_STATE_ELEMENTS, priv->elements_limit, error);
  priv->elements_left -= passed;
  *count = passed;
  return push (visitor, name, TRUE, error);
}

gboolean
migdesc_visit_end_array (MigdescVisitor *visitor,
                         GError **error)
{
  return end (visitor, CLASS (visitor)->close_array, error);
}

static gboolean
check_presence (MigdescVisitor *visitor,
                const char *name,
                gboolean present,
                GError **error)
{
  return present == FALSE || present == TRUE
         || migdesc_visitor_fail (visitor, error, MIGDESC_ERROR_STATE_RANGE, name,
                                  "%d is not in 0 to 1", present);
}

gboolean
migdesc_visit_begin_pointer (MigdescVisitor *visitor,
                             const char *name,
                             gboolean *present,
                             GError **error)
{
  gboolean passed = *present != FALSE;
  GError *taken = NULL;

  if (G_UNLIKELY (visitor->priv->error != NULL))
    return migdesc_visitor_fail_again (visitor, error);
  if (!CLASS (visitor)->open_pointer (visitor, name, &passed, &taken))
    return migdesc_visitor_fail_from (visitor, error, name, taken);
  if (visitor->mode == MIGDESC_VISITOR_LOAD)
    {
      if (!check_presence (visitor, name, passed, error))
        return FALSE;
      *present = passed;
    }
  return push (visitor, name, FALSE, error);
}

gboolean
migdesc_visit_end_pointer (MigdescVisitor *visitor,
                           GError **error)
{
  return end (visitor, CLASS (visitor)->close_pointer, error);
}

static gboolean
check_section (MigdescVisitor *visitor,
               const char *name,
               guint version,
               guint minimum,
               guint newest,
               GError **error)
{
  if (version > newest)
    return migdesc_visitor_fail (visitor, error, MIGDESC_ERROR_STATE_TOO_NEW, name,
                                 "section version %u, the newest known is %u", version, newest);
  if (version < minimum)
    return migdesc_visitor_fail (visitor, error, MIGDESC_ERROR_STATE_TOO_OLD, name,
                                 "section version %u, the oldest known is %u", version, minimum);
  return TRUE;
}

gboolean
migdesc_visit_begin_section (MigdescVisitor *visitor,
                             const char *name,
                             MigdescContainerFlags flags,
                             guint *version,
                             guint minimum,
                             gboolean *present,
                             GError **error)
{
  guint passed = *version;
  gboolean is_there = *present != FALSE;
  GError *taken = NULL;

  if (G_UNLIKELY (visitor->priv->error != NULL))
    return migdesc_visitor_fail_again (visitor, error);
  if (!CLASS (visitor)->open_section (visitor, name, flags, &passed, &is_there, &taken))
    return migdesc_visitor_fail_from (visitor, error, name, taken);
  if (visitor->mode == MIGDESC_VISITOR_LOAD)
    {
      if (!check_presence (visitor, name, is_there, error))
        return FALSE;
      *present = is_there;
      if (!is_there && (flags & MIGDESC_CONTAINER_OPTIONAL) == 0)
        return migdesc_visitor_fail (visitor, error, MIGDESC_ERROR_STATE_MISSING, name,
                                     "the section is missing");
      if (is_there && !check_section (visitor, name, passed, minimum, *version, error))
        return FALSE;
      *version = passed;
    }
  return !*present || push (visitor, name, FALSE, error);
}

gboolean
migdesc_visit_end_section (MigdescVisitor *visitor,
                           GError **error)
{
  return end (visitor, CLASS (visitor)->close_section, error);
}

gboolean
migdesc_visit_begin_buffer (MigdescVisitor *visitor,
                            const char *name,
                            MigdescContainerFlags flags,
                            guint64 *length,
                            guint64 maximum,
                            GError **error)
{
  gboolean saving = visitor->mode == MIGDESC_VISITOR_SAVE;
  guint64 wanted = *length, passed = *length;
  GError *taken = NULL;

  if (G_UNLIKELY (visitor->priv->error != NULL))
    return migdesc_visitor_fail_again (visitor, error);
  if ((saving || (flags & MIGDESC_CONTAINER_COUNT_KNOWN) != 0)
      && !check_count (visitor, name, "bytes", flags, wanted, wanted, maximum, error))
    return FALSE;
  if (!CLASS (visitor)->open_buffer (visitor, name, flags, &passed, &taken))
    return migdesc_visitor_fail_from (visitor, error, name, taken);
  if (saving)
    passed = wanted;
  if (!check_count (visitor, name, "bytes", flags, wanted, passed, maximum, error))
    return FALSE;
  if (passed > visitor->priv->buffer_limit)
    return fail_limit (visitor, name, MIGDESC_LIMIT_STATE_BUFFER, visitor->priv->buffer_limit,
                       error);
  *length = passed;
  return push (visitor, name, FALSE, error);
}

gboolean
migdesc_visit_buffer (MigdescVisitor *visitor,
                      guint8 *data,
                      gsize length,
                      GError **error)
{
  GError *taken = NULL;

  if (G_UNLIKELY (visitor->priv->error != NULL))
    return migdesc_visitor_fail_again (visitor, error);
  return CLASS (visitor)->pass_buffer (visitor, data, length, &taken)
         || migdesc_visitor_fail_from (visitor, error, NULL, taken);
}

gboolean
migdesc_visit_end_buffer (MigdescVisitor *visitor,
                          GError **error)
{
  return end (visitor, CLASS (visitor)->close_buffer, error);
}

/* These say the path themselves, for it goes on inside. */
static gboolean
fail_inside (MigdescVisitor *visitor,
             GError **error)
{
  MigdescVisitorPrivate *priv = visitor->priv;

  if (priv->blocked || priv->error != NULL)
    return FALSE;
  return migdesc_visitor_fail_from (visitor, error, NULL, NULL);
}

gboolean
migdesc_visit_run (MigdescVisitor *visitor,
                   const MigdescRun *run,
                   gpointer base,
                   GError **error)
{
  if (G_UNLIKELY (visitor->priv->error != NULL))
    return migdesc_visitor_fail_again (visitor, error);
  return CLASS (visitor)->pass_run (visitor, run, base, error)
         || fail_inside (visitor, error);
}

gboolean
migdesc_visit_rows (MigdescVisitor *visitor,
                    const MigdescRun *run,
                    gpointer base,
                    gsize n,
                    gsize stride,
                    GError **error)
{
  if (G_UNLIKELY (visitor->priv->error != NULL))
    return migdesc_visitor_fail_again (visitor, error);
  return CLASS (visitor)->pass_rows (visitor, run, base, n, stride, error)
         || fail_inside (visitor, error);
}

gboolean
migdesc_visit_scalars (MigdescVisitor *visitor,
                       const MigdescField *field,
                       gpointer data,
                       gsize n,
                       GError **error)
{
  if (G_UNLIKELY (visitor->priv->error != NULL))
    return migdesc_visitor_fail_again (visitor, error);
  return CLASS (visitor)->pass_scalars (visitor, field, data, n, error)
         || fail_inside (visitor, error);
}
