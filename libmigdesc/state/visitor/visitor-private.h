/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <migdesc/migdesc-limits.h>
#include <migdesc/migdesc-visitor.h>

G_BEGIN_DECLS

/* How deep a walk can be: structs, arrays, pointers and sections inside each other. */
#define MIGDESC_STATE_DEPTH_MAX 64

#define MIGDESC_NO_ELEMENT G_MAXUINT64

typedef struct
{
  const char *name; /* nullable: an element */
  guint64 index;    /* the element at hand of an array, or NO_ELEMENT */
  gboolean is_array;
} MigdescPathFrame;

typedef struct _MigdescVisitorPrivate
{
  GError *error; /* the first: from then on every call fails with it */
  gboolean blocked; /* the last call did nothing for want of data or room: call it again */
  gboolean lends;   /* on save: a buffer that is passed stays where it is until the end */
  gsize buffer_room; /* on load: of the buffer that is passed and what follows it; 0: no more */
  guint depth;
  guint depth_limit;
  guint64 elements_left;
  guint64 elements_limit;
  guint64 buffer_limit;
  guint64 memory_left; /* that trees may still take */
  guint64 memory_limit;
  MigdescPathFrame path[MIGDESC_STATE_DEPTH_MAX + 1];

  /* a buffer under way in a format that only has read_bytes and write_bytes */
  GBytes *loaded;
  GByteArray *saving;
  gsize done;
  char *buffer_name;
} MigdescVisitorPrivate;

/* What a format that leaves something out comes down to. */
void migdesc_visitor_class_set_defaults (MigdescVisitorClass *klass);

/* What a limit of limits (NULL: the defaults) is to this visitor. */
void migdesc_visitor_set_limits (MigdescVisitor *visitor, const MigdescLimits *limits);

/* Sets an error that says the path, what the format string says, and the place. Always FALSE. A
 * leaf is a name below the path: nullable. */
gboolean migdesc_visitor_fail (MigdescVisitor *visitor,
                               GError **error,
                               MigdescError code,
                               const char *leaf,
                               const char *format,
                               ...) G_GNUC_PRINTF (5, 6);
/* A format's own error, which has its place but no path. Always FALSE. */
gboolean migdesc_visitor_fail_place (MigdescVisitor *visitor,
                                     GError **error,
                                     MigdescError code,
                                     const char *format,
                                     ...) G_GNUC_PRINTF (4, 5);
/* For a call of the format that returned FALSE: taken, its error or NULL, gets the path before it.
 * Sets nothing if the format was only blocked. Always FALSE. */
gboolean migdesc_visitor_fail_from (MigdescVisitor *visitor,
                                    GError **error,
                                    const char *leaf,
                                    GError *taken);
/* For a call after an error. Always FALSE. */
gboolean migdesc_visitor_fail_again (MigdescVisitor *visitor, GError **error);
void migdesc_visitor_append_path (MigdescVisitor *visitor, GString *text, const char *leaf);

/* The steps of a walk: each keeps the path, calls the format, and checks what came back. */
gboolean migdesc_visit_begin_struct (MigdescVisitor *visitor, const char *name, GError **error);
gboolean migdesc_visit_end_struct (MigdescVisitor *visitor, GError **error);
/* maximum: more elements are refused. With COUNT_KNOWN on load, count is what must be there. */
gboolean migdesc_visit_begin_array (MigdescVisitor *visitor,
                                    const char *name,
                                    MigdescContainerFlags flags,
                                    guint64 *count,
                                    guint64 maximum,
                                    GError **error);
gboolean migdesc_visit_end_array (MigdescVisitor *visitor, GError **error);
gboolean migdesc_visit_begin_pointer (MigdescVisitor *visitor,
                                      const char *name,
                                      gboolean *present,
                                      GError **error);
gboolean migdesc_visit_end_pointer (MigdescVisitor *visitor, GError **error);
gboolean migdesc_visit_begin_section (MigdescVisitor *visitor,
                                      const char *name,
                                      MigdescContainerFlags flags,
                                      guint *version,
                                      guint minimum,
                                      gboolean *present,
                                      GError **error);
gboolean migdesc_visit_end_section (MigdescVisitor *visitor, GError **error);
gboolean migdesc_visit_begin_buffer (MigdescVisitor *visitor,
                                     const char *name,
                                     MigdescContainerFlags flags,
                                     guint64 *length,
                                     guint64 maximum,
                                     GError **error);
gboolean migdesc_visit_buffer (MigdescVisitor *visitor,
                               guint8 *data,
                               gsize length,
                               GError **error);
gboolean migdesc_visit_end_buffer (MigdescVisitor *visitor, GError **error);
gboolean migdesc_visit_run (MigdescVisitor *visitor,
                            const MigdescRun *run,
                            gpointer base,
                            GError **error);
gboolean migdesc_visit_rows (MigdescVisitor *visitor,
                             const MigdescRun *run,
                             gpointer base,
                             gsize n,
                             gsize stride,
                             GError **error);
gboolean migdesc_visit_scalars (MigdescVisitor *visitor,
                                const MigdescField *field,
                                gpointer data,
                                gsize n,
                                GError **error);
/* One scalar; name is NULL for an element. */
gboolean migdesc_visit_scalar (MigdescVisitor *visitor,
                               const MigdescField *field,
                               const char *name,
                               gpointer data,
                               GError **error);
/* A text of at most maximum bytes; *value is not NULL on save. */
gboolean migdesc_visit_text (MigdescVisitor *visitor,
                             const char *name,
                             char **value,
                             guint64 maximum,
                             GError **error);

/* The element at hand, of the array that was begun last. */
static inline void
migdesc_visitor_set_index (MigdescVisitor *visitor,
                           guint64 index)
{
  visitor->priv->path[visitor->priv->depth].index = index;
}

/* An element of an array has no name; the path counts them. */
static inline void
migdesc_visitor_count_element (MigdescVisitor *visitor,
                               const char *name)
{
  MigdescPathFrame *frame = &visitor->priv->path[visitor->priv->depth];

  if (name == NULL && frame->is_array)
    frame->index++; /* NO_ELEMENT + 1 is 0 */
}

G_END_DECLS
