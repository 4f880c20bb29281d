/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "state/visitor/pipe.h"

#include <migdesc/migdesc-error.h>

#include "state/plan/run.h"
#include "state/table/scalar.h"
#include "state/walk/walk-go.h"
#include "state/walk/walk-tree.h"

typedef struct
{
  MigdescVisitor parent_instance;
  GByteArray *bytes;
  gsize done; /* on load */
} MigdescPipe;

typedef struct
{
  MigdescVisitorClass parent_class;
} MigdescPipeClass;

#define MIGDESC_TYPE_PIPE (migdesc_pipe_get_type ())
static GType migdesc_pipe_get_type (void);
G_DEFINE_TYPE (MigdescPipe, migdesc_pipe, MIGDESC_TYPE_VISITOR)

/* The next n bytes: room for them on save, the data on load; NULL at the end of the data. */
static guint8 *
next_bytes (MigdescVisitor *visitor,
            gsize n,
            GError **error)
{
  MigdescPipe *pipe = (MigdescPipe *) visitor;
  GByteArray *bytes = pipe->bytes;

  if (visitor->mode == MIGDESC_VISITOR_SAVE)
    {
      if (n > G_MAXINT32 - bytes->len)
        {
          migdesc_visitor_fail_place (visitor, error, MIGDESC_ERROR_LIMIT_EXCEEDED,
                                      "more than 2 GiB of state");
          return NULL;
        }
      g_byte_array_set_size (bytes, bytes->len + (guint) n);
      return bytes->data + bytes->len - n;
    }
  if (n > bytes->len - pipe->done)
    {
      migdesc_visitor_fail_place (visitor, error, MIGDESC_ERROR_STATE_TRUNCATED,
                                  "the state is of another schema");
      return NULL;
    }
  pipe->done += n;
  return bytes->data + pipe->done - n;
}

static gboolean
pass_number (MigdescVisitor *visitor,
             guint width,
             guint64 *value,
             GError **error)
{
  guint8 *bytes = next_bytes (visitor, width, error);
  guint64 little = GUINT64_TO_LE (*value);

  if (bytes == NULL)
    return FALSE;
  if (visitor->mode == MIGDESC_VISITOR_SAVE)
    {
      memcpy (bytes, &little, width);
      return TRUE;
    }
  little = 0;
  memcpy (&little, bytes, width);
  *value = GUINT64_FROM_LE (little);
  return TRUE;
}

static gboolean
pass_uint (MigdescVisitor *visitor,
           const char *name G_GNUC_UNUSED,
           guint width,
           guint64 *value,
           GError **error)
{
  return pass_number (visitor, width, value, error);
}

static gboolean
pass_int (MigdescVisitor *visitor,
          const char *name G_GNUC_UNUSED,
          guint width,
          gint64 *value,
          GError **error)
{
  guint64 number = (guint64) *value;

  if (!pass_number (visitor, width, &number, error))
    return FALSE;
  *value = (gint64) migdesc_scalar_extend (number, width);
  return TRUE;
}

static gboolean
pass_double (MigdescVisitor *visitor,
             const char *name G_GNUC_UNUSED,
             double *value,
             GError **error)
{
  guint64 bits;

  memcpy (&bits, value, sizeof bits);
  if (!pass_number (visitor, 8, &bits, error))
    return FALSE;
  memcpy (value, &bits, sizeof bits);
  return TRUE;
}

static gboolean
pass_string (MigdescVisitor *visitor,
             const char *name G_GNUC_UNUSED,
             char **value,
             GError **error)
{
  gboolean saving = visitor->mode == MIGDESC_VISITOR_SAVE;
  guint64 length = saving ? strlen (*value) : 0;
  guint8 *bytes;

  if (!pass_number (visitor, 4, &length, error))
    return FALSE;
  bytes = next_bytes (visitor, (gsize) length, error);
  if (bytes == NULL)
    return FALSE;
  if (saving)
    memcpy (bytes, *value, (gsize) length);
  else
    *value = g_strndup ((const char *) bytes, (gsize) length);
  return TRUE;
}

static gboolean
open_buffer (MigdescVisitor *visitor,
             const char *name G_GNUC_UNUSED,
             MigdescContainerFlags flags,
             guint64 *length,
             GError **error)
{
  return (flags & MIGDESC_CONTAINER_COUNT_KNOWN) != 0 || pass_number (visitor, 4, length, error);
}

static gboolean
pass_buffer (MigdescVisitor *visitor,
             guint8 *data,
             gsize length,
             GError **error)
{
  guint8 *bytes = next_bytes (visitor, (gsize) length, error);

  if (bytes == NULL)
    return FALSE;
  if (length == 0)
    return TRUE;
  if (visitor->mode == MIGDESC_VISITOR_SAVE)
    memcpy (bytes, data, length);
  else
    memcpy (data, bytes, length);
  return TRUE;
}

static gboolean
close_buffer (MigdescVisitor *visitor G_GNUC_UNUSED,
              GError **error G_GNUC_UNUSED)
{
  return TRUE;
}

/* Field by field only to name what is out of bounds. */
static gboolean
pass_run (MigdescVisitor *visitor,
          const MigdescRun *run,
          gpointer base,
          GError **error)
{
  guint8 *bytes = next_bytes (visitor, run->wire_size, error);
  GError *taken = NULL;

  if (bytes == NULL)
    return FALSE;
  if (visitor->mode == MIGDESC_VISITOR_LOAD)
    return migdesc_run_decode (run, base, bytes);
  if (migdesc_run_encode (run, base, bytes))
    return TRUE;
  migdesc_run_visit (run, visitor, base, &taken);
  g_propagate_error (error, taken);
  return FALSE;
}

/* One by one only to name what is out of bounds, as it is done where nobody has a better way. */
static gboolean
pass_rows (MigdescVisitor *visitor,
           const MigdescRun *run,
           gpointer base,
           gsize n,
           gsize stride,
           GError **error)
{
  MigdescPipe *pipe = (MigdescPipe *) visitor;
  gsize size = n * run->wire_size;
  guint8 *bytes = next_bytes (visitor, size, error);

  if (bytes == NULL)
    return FALSE;
  if (visitor->mode == MIGDESC_VISITOR_LOAD
          ? migdesc_run_decode_rows (run, base, n, stride, bytes)
          : migdesc_run_encode_rows (run, base, n, stride, bytes))
    return TRUE;
  if (visitor->mode == MIGDESC_VISITOR_LOAD)
    pipe->done -= size;
  else
    g_byte_array_set_size (pipe->bytes, pipe->bytes->len - (guint) size);
  return MIGDESC_VISITOR_CLASS (migdesc_pipe_parent_class)
      ->pass_rows (visitor, run, base, n, stride, error);
}

static gboolean
pass_scalars (MigdescVisitor *visitor,
              const MigdescField *field,
              gpointer data,
              gsize n,
              GError **error)
{
  guint8 *bytes = next_bytes (visitor, n * migdesc_field_wire_width (field), error);
  guint64 first = visitor->priv->path[visitor->priv->depth].index;
  gboolean done = TRUE;

  if (bytes == NULL)
    return FALSE;
  if (visitor->mode == MIGDESC_VISITOR_LOAD)
    return migdesc_scalars_decode (field, data, n, bytes);
  if (migdesc_scalars_encode (field, data, n, bytes))
    return TRUE;
  for (gsize i = 0; done && i < n; i++)
    {
      migdesc_visitor_set_index (visitor, first + i);
      done = migdesc_visit_scalar (visitor, field, NULL, (guint8 *) data + i * field->width,
                                   error);
    }
  return FALSE;
}

static void
migdesc_pipe_init (MigdescPipe *pipe G_GNUC_UNUSED)
{
}

static void
migdesc_pipe_class_init (MigdescPipeClass *klass)
{
  klass->parent_class.pass_uint = pass_uint;
  klass->parent_class.pass_int = pass_int;
  klass->parent_class.pass_double = pass_double;
  klass->parent_class.pass_string = pass_string;
  klass->parent_class.open_buffer = open_buffer;
  klass->parent_class.pass_buffer = pass_buffer;
  klass->parent_class.close_buffer = close_buffer;
  klass->parent_class.pass_run = pass_run;
  klass->parent_class.pass_rows = pass_rows;
  klass->parent_class.pass_scalars = pass_scalars;
}

static MigdescVisitor *
pipe_new (MigdescVisitorMode mode,
          GByteArray *bytes)
{
  MigdescVisitor *visitor = g_object_new (MIGDESC_TYPE_PIPE, "mode", mode, NULL);

  ((MigdescPipe *) visitor)->bytes = bytes;
  migdesc_visitor_lift_limits (visitor);
  return visitor;
}

GByteArray *
migdesc_pipe_save (const MigdescStatePlan *plan,
                   gconstpointer state,
                   GError **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autoptr (MigdescVisitor) visitor = pipe_new (MIGDESC_VISITOR_SAVE, bytes);

  /* saving reads only */
  return migdesc_walk_all (plan, visitor, (gpointer) state, error) ? g_steal_pointer (&bytes)
                                                                   : NULL;
}

gboolean
migdesc_pipe_load (const MigdescStatePlan *plan,
                   gpointer state,
                   GByteArray *bytes,
                   GError **error)
{
  g_autoptr (MigdescVisitor) visitor = pipe_new (MIGDESC_VISITOR_LOAD, bytes);

  return migdesc_walk_all (plan, visitor, state, error);
}

GByteArray *
migdesc_pipe_save_tree (MigdescTree *tree,
                        GError **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autoptr (MigdescVisitor) visitor = pipe_new (MIGDESC_VISITOR_SAVE, bytes);

  return migdesc_walk_all_tree (visitor, tree, error) ? g_steal_pointer (&bytes) : NULL;
}

gboolean
migdesc_pipe_load_tree (MigdescTree *tree,
                        GByteArray *bytes,
                        GError **error)
{
  g_autoptr (MigdescVisitor) visitor = pipe_new (MIGDESC_VISITOR_LOAD, bytes);

  return migdesc_walk_all_tree (visitor, tree, error);
}
