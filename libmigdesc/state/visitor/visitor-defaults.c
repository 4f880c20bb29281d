/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <migdesc/migdesc-error.h>

#include "base/bytes.h"
#include "state/plan/run.h"
#include "state/table/scalar.h"
#include "state/visitor/visitor-private.h"

/* What the rich calls of a visitor come down to in a format that implements only the plain ones. */

static gboolean
begin_nothing (MigdescVisitor *visitor G_GNUC_UNUSED,
               const char *name G_GNUC_UNUSED,
               GError **error G_GNUC_UNUSED)
{
  return TRUE;
}

static gboolean
end_nothing (MigdescVisitor *visitor G_GNUC_UNUSED,
             GError **error G_GNUC_UNUSED)
{
  return TRUE;
}

static gboolean
begin_array_by_uint (MigdescVisitor *visitor,
                     const char *name,
                     MigdescContainerFlags flags,
                     guint64 *count,
                     GError **error)
{
  if ((flags & MIGDESC_CONTAINER_COUNT_KNOWN) != 0)
    return TRUE;
  return MIGDESC_VISITOR_GET_CLASS (visitor)->pass_uint (visitor, name, 4, count, error);
}

static gboolean
begin_pointer_by_bool (MigdescVisitor *visitor,
                       const char *name,
                       gboolean *present,
                       GError **error)
{
  return MIGDESC_VISITOR_GET_CLASS (visitor)->pass_bool (visitor, name, present, error);
}

static gboolean
begin_section_by_struct (MigdescVisitor *visitor,
                         const char *name,
                         MigdescContainerFlags flags,
                         guint *version,
                         gboolean *present,
                         GError **error)
{
  MigdescVisitorClass *klass = MIGDESC_VISITOR_GET_CLASS (visitor);
  guint64 number = *version;

  if ((flags & MIGDESC_CONTAINER_OPTIONAL) != 0
      && !klass->pass_bool (visitor, name, present, error))
    return FALSE;
  if (!*present)
    return TRUE;
  if (!klass->pass_uint (visitor, name, 2, &number, error))
    return FALSE;
  *version = (guint) MIN (number, G_MAXUINT); /* a version too new is refused by the caller */
  return klass->open_struct (visitor, name, error);
}

static gboolean
end_section_by_struct (MigdescVisitor *visitor,
                       GError **error)
{
  return MIGDESC_VISITOR_GET_CLASS (visitor)->close_struct (visitor, error);
}

static gboolean
fail_unsupported (MigdescVisitor *visitor,
                  const char *what,
                  GError **error)
{
  g_set_error (error, MIGDESC_ERROR, MIGDESC_ERROR_STATE_FORMAT, "the format %s cannot take %s",
               G_OBJECT_TYPE_NAME (visitor), what);
  return FALSE;
}

static gboolean
no_uint (MigdescVisitor *visitor,
         const char *name G_GNUC_UNUSED,
         guint width G_GNUC_UNUSED,
         guint64 *value G_GNUC_UNUSED,
         GError **error)
{
  return fail_unsupported (visitor, "an integer", error);
}

static gboolean
no_int (MigdescVisitor *visitor,
        const char *name G_GNUC_UNUSED,
        guint width G_GNUC_UNUSED,
        gint64 *value G_GNUC_UNUSED,
        GError **error)
{
  return fail_unsupported (visitor, "a signed integer", error);
}

static gboolean
no_double (MigdescVisitor *visitor,
           const char *name G_GNUC_UNUSED,
           double *value G_GNUC_UNUSED,
           GError **error)
{
  return fail_unsupported (visitor, "a double", error);
}

static gboolean
no_string (MigdescVisitor *visitor,
           const char *name G_GNUC_UNUSED,
           char **value G_GNUC_UNUSED,
           GError **error)
{
  return fail_unsupported (visitor, "a text", error);
}

static GBytes *
no_read_bytes (MigdescVisitor *visitor,
               const char *name G_GNUC_UNUSED,
               GError **error)
{
  fail_unsupported (visitor, "a buffer", error);
  return NULL;
}

static gboolean
no_write_bytes (MigdescVisitor *visitor,
                const char *name G_GNUC_UNUSED,
                GBytes *bytes G_GNUC_UNUSED,
                GError **error)
{
  return fail_unsupported (visitor, "a buffer", error);
}

static gboolean
bool_by_uint (MigdescVisitor *visitor,
              const char *name,
              gboolean *value,
              GError **error)
{
  guint64 number = *value != FALSE;

  if (!MIGDESC_VISITOR_GET_CLASS (visitor)->pass_uint (visitor, name, 1, &number, error))
    return FALSE;
  *value = (gboolean) MIN (number, 2); /* more than 1 is refused by the caller */
  return TRUE;
}

static gboolean
enum_by_uint (MigdescVisitor *visitor,
              const char *name,
              guint width,
              const char *const *words G_GNUC_UNUSED,
              guint n_words G_GNUC_UNUSED,
              guint64 *value,
              GError **error)
{
  return MIGDESC_VISITOR_GET_CLASS (visitor)->pass_uint (visitor, name, width, value, error);
}

static gboolean
begin_buffer_by_bytes (MigdescVisitor *visitor,
                       const char *name,
                       MigdescContainerFlags flags G_GNUC_UNUSED,
                       guint64 *length,
                       GError **error)
{
  MigdescVisitorPrivate *priv = visitor->priv;

  priv->done = 0;
  if (visitor->mode == MIGDESC_VISITOR_SAVE)
    {
      g_free (priv->buffer_name);
      priv->buffer_name = g_strdup (name);
      priv->saving = g_byte_array_new ();
      return TRUE;
    }
  g_clear_pointer (&priv->loaded, g_bytes_unref);
  priv->loaded = MIGDESC_VISITOR_GET_CLASS (visitor)->read_bytes (visitor, name, error);
  if (priv->loaded == NULL)
    return FALSE;
  *length = g_bytes_get_size (priv->loaded);
  return TRUE;
}

static gboolean
buffer_by_bytes (MigdescVisitor *visitor,
                 guint8 *data,
                 gsize length,
                 GError **error G_GNUC_UNUSED)
{
  MigdescVisitorPrivate *priv = visitor->priv;
  const guint8 *loaded;

  if (length == 0)
    return TRUE;
  if (visitor->mode == MIGDESC_VISITOR_SAVE)
    {
      g_byte_array_append (priv->saving, data, (guint) length);
      return TRUE;
    }
  loaded = migdesc_bytes_peek (priv->loaded, NULL);
  memcpy (data, loaded + priv->done, length);
  priv->done += length;
  return TRUE;
}

static gboolean
end_buffer_by_bytes (MigdescVisitor *visitor,
                     GError **error)
{
  MigdescVisitorPrivate *priv = visitor->priv;
  g_autoptr (GBytes) bytes = NULL;

  if (visitor->mode == MIGDESC_VISITOR_LOAD)
    {
      g_clear_pointer (&priv->loaded, g_bytes_unref);
      return TRUE;
    }
  bytes = g_byte_array_free_to_bytes (g_steal_pointer (&priv->saving));
  return MIGDESC_VISITOR_GET_CLASS (visitor)->write_bytes (visitor, priv->buffer_name, bytes,
                                                           error);
}

static gboolean
scalars_one_by_one (MigdescVisitor *visitor,
                    const MigdescField *field,
                    gpointer data,
                    gsize n,
                    GError **error)
{
  guint64 first = visitor->priv->path[visitor->priv->depth].index;

  for (gsize i = 0; i < n; i++)
    {
      migdesc_visitor_set_index (visitor, first + i);
      if (!migdesc_visit_scalar (visitor, field, NULL, (guint8 *) data + i * field->width, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
run_by_steps (MigdescVisitor *visitor,
              const MigdescRun *run,
              gpointer base,
              GError **error)
{
  return migdesc_run_visit (run, visitor, base, error);
}

static gboolean
rows_one_by_one (MigdescVisitor *visitor,
                 const MigdescRun *run,
                 gpointer base,
                 gsize n,
                 gsize stride,
                 GError **error)
{
  guint64 first = visitor->priv->path[visitor->priv->depth].index;

  for (gsize i = 0; i < n; i++)
    {
      migdesc_visitor_set_index (visitor, first + i);
      if (!migdesc_visit_begin_struct (visitor, NULL, error)
          || !migdesc_run_visit (run, visitor, (guint8 *) base + i * stride, error)
          || !migdesc_visit_end_struct (visitor, error))
        return FALSE;
    }
  return TRUE;
}

void
migdesc_visitor_class_set_defaults (MigdescVisitorClass *klass)
{
  klass->open_struct = begin_nothing;
  klass->close_struct = end_nothing;
  klass->open_array = begin_array_by_uint;
  klass->close_array = end_nothing;
  klass->open_pointer = begin_pointer_by_bool;
  klass->close_pointer = end_nothing;
  klass->open_section = begin_section_by_struct;
  klass->close_section = end_section_by_struct;
  klass->pass_uint = no_uint;
  klass->pass_int = no_int;
  klass->pass_double = no_double;
  klass->pass_bool = bool_by_uint;
  klass->pass_enum = enum_by_uint;
  klass->pass_flags = enum_by_uint;
  klass->pass_string = no_string;
  klass->read_bytes = no_read_bytes;
  klass->write_bytes = no_write_bytes;
  klass->open_buffer = begin_buffer_by_bytes;
  klass->pass_buffer = buffer_by_bytes;
  klass->close_buffer = end_buffer_by_bytes;
  klass->pass_scalars = scalars_one_by_one;
  klass->pass_run = run_by_steps;
  klass->pass_rows = rows_one_by_one;
}
