/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "state/visitor/bounds-visitor.h"

typedef struct
{
  MigdescVisitor parent_instance;
} MigdescBoundsVisitor;

typedef struct
{
  MigdescVisitorClass parent_class;
} MigdescBoundsVisitorClass;

G_DEFINE_FINAL_TYPE (MigdescBoundsVisitor, migdesc_bounds_visitor, MIGDESC_TYPE_VISITOR)

static gboolean
open_array (MigdescVisitor *visitor G_GNUC_UNUSED,
            const char *name G_GNUC_UNUSED,
            MigdescContainerFlags flags G_GNUC_UNUSED,
            guint64 *count G_GNUC_UNUSED,
            GError **error G_GNUC_UNUSED)
{
  return TRUE;
}

static gboolean
open_pointer (MigdescVisitor *visitor G_GNUC_UNUSED,
              const char *name G_GNUC_UNUSED,
              gboolean *present G_GNUC_UNUSED,
              GError **error G_GNUC_UNUSED)
{
  return TRUE;
}

static gboolean
open_section (MigdescVisitor *visitor G_GNUC_UNUSED,
              const char *name G_GNUC_UNUSED,
              MigdescContainerFlags flags G_GNUC_UNUSED,
              guint *version G_GNUC_UNUSED,
              gboolean *present G_GNUC_UNUSED,
              GError **error G_GNUC_UNUSED)
{
  return TRUE;
}

static gboolean
pass_uint (MigdescVisitor *visitor G_GNUC_UNUSED,
           const char *name G_GNUC_UNUSED,
           guint width G_GNUC_UNUSED,
           guint64 *value G_GNUC_UNUSED,
           GError **error G_GNUC_UNUSED)
{
  return TRUE;
}

static gboolean
pass_int (MigdescVisitor *visitor G_GNUC_UNUSED,
          const char *name G_GNUC_UNUSED,
          guint width G_GNUC_UNUSED,
          gint64 *value G_GNUC_UNUSED,
          GError **error G_GNUC_UNUSED)
{
  return TRUE;
}

static gboolean
pass_double (MigdescVisitor *visitor G_GNUC_UNUSED,
             const char *name G_GNUC_UNUSED,
             double *value G_GNUC_UNUSED,
             GError **error G_GNUC_UNUSED)
{
  return TRUE;
}

static gboolean
pass_string (MigdescVisitor *visitor G_GNUC_UNUSED,
             const char *name G_GNUC_UNUSED,
             char **value G_GNUC_UNUSED,
             GError **error G_GNUC_UNUSED)
{
  return TRUE;
}

static gboolean
pass_buffer (MigdescVisitor *visitor G_GNUC_UNUSED,
             guint8 *data G_GNUC_UNUSED,
             gsize length G_GNUC_UNUSED,
             GError **error G_GNUC_UNUSED)
{
  return TRUE;
}

static gboolean
close_nothing (MigdescVisitor *visitor G_GNUC_UNUSED,
               GError **error G_GNUC_UNUSED)
{
  return TRUE;
}

static void
migdesc_bounds_visitor_init (MigdescBoundsVisitor *visitor G_GNUC_UNUSED)
{
}

static void
migdesc_bounds_visitor_class_init (MigdescBoundsVisitorClass *klass)
{
  MigdescVisitorClass *visitor_class = MIGDESC_VISITOR_CLASS (klass);

  visitor_class->open_array = open_array;
  visitor_class->open_pointer = open_pointer;
  visitor_class->open_section = open_section;
  visitor_class->close_section = close_nothing;
  visitor_class->pass_uint = pass_uint;
  visitor_class->pass_int = pass_int;
  visitor_class->pass_double = pass_double;
  visitor_class->pass_string = pass_string;
  visitor_class->open_buffer = open_array;
  visitor_class->pass_buffer = pass_buffer;
  visitor_class->close_buffer = close_nothing;
}
