/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <string.h>

#include <migdesc/migdesc-error.h>

#include "state/format.h"

/* What all formats share: the bytes under way. */

G_DEFINE_ABSTRACT_TYPE (MigdescStreamVisitor, migdesc_stream_visitor, MIGDESC_TYPE_VISITOR)

static void
set_limits (MigdescStreamVisitor *visitor,
            const MigdescLimits *limits)
{
  visitor->size_limit = migdesc_limits_get (limits, MIGDESC_LIMIT_STATE_SIZE);
  migdesc_visitor_set_limits (MIGDESC_VISITOR (visitor), limits);
}

static void
migdesc_stream_visitor_init (MigdescStreamVisitor *visitor)
{
  visitor->output = g_byte_array_new ();
  set_limits (visitor, NULL);
}

static void
migdesc_stream_visitor_finalize (GObject *object)
{
  g_byte_array_unref (MIGDESC_STREAM_VISITOR (object)->output);
  G_OBJECT_CLASS (migdesc_stream_visitor_parent_class)->finalize (object);
}

static guint64
get_offset (MigdescVisitor *visitor)
{
  MigdescStreamVisitor *stream = MIGDESC_STREAM_VISITOR (visitor);

  return visitor->mode == MIGDESC_VISITOR_SAVE ? stream->output_offset
                                                     + migdesc_stream_visitor_get_n_output (stream)
                                               : stream->input_offset;
}

/* In most formats nothing follows the bytes of a buffer. */
static gboolean
close_nothing (MigdescVisitor *visitor G_GNUC_UNUSED,
               GError **error G_GNUC_UNUSED)
{
  return TRUE;
}

static void
abort_nothing (MigdescStreamVisitor *visitor G_GNUC_UNUSED,
               const char *reason G_GNUC_UNUSED)
{
}

static void
reset (MigdescStreamVisitor *visitor)
{
  MigdescVisitorPrivate *priv = visitor->parent_instance.priv;

  g_clear_error (&priv->error);
  priv->blocked = FALSE;
  priv->depth = 0;
  priv->elements_left = priv->elements_limit;
  priv->memory_left = priv->memory_limit;
  visitor->input = NULL;
  visitor->input_length = 0;
  visitor->input_offset = 0;
  visitor->input_ended = FALSE;
  visitor->input_wanted = 0;
  visitor->direct = NULL;
  visitor->direct_length = visitor->direct_done = 0;
  visitor->output_offset = 0;
  migdesc_stream_visitor_clear_output (visitor);
}

static void
migdesc_stream_visitor_class_init (MigdescStreamVisitorClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = migdesc_stream_visitor_finalize;
  MIGDESC_VISITOR_CLASS (klass)->get_offset = get_offset;
  MIGDESC_VISITOR_CLASS (klass)->close_buffer = close_nothing;
  klass->abort_stream = abort_nothing;
  klass->set_limits = set_limits;
  klass->reset = reset;
}

gboolean
migdesc_stream_visitor_is_failed (MigdescStreamVisitor *visitor,
                                  GError **error)
{
  MigdescVisitor *base = MIGDESC_VISITOR (visitor);

  return base->priv->error != NULL && !migdesc_visitor_fail_again (base, error);
}

void
migdesc_stream_visitor_set_limits (MigdescStreamVisitor *visitor,
                                   const MigdescLimits *limits)
{
  MIGDESC_STREAM_VISITOR_GET_CLASS (visitor)->set_limits (visitor, limits);
}

void
migdesc_stream_visitor_use_input (MigdescStreamVisitor *visitor,
                                  gsize n)
{
  visitor->input += n;
  visitor->input_length -= n;
  visitor->input_offset += n;
}

gboolean
migdesc_stream_visitor_copy_buffer (MigdescVisitor *visitor,
                                    guint8 *data,
                                    gsize length,
                                    GError **error)
{
  MigdescStreamVisitor *stream = MIGDESC_STREAM_VISITOR (visitor);

  if (length > stream->input_length)
    {
      g_set_error_literal (error, MIGDESC_ERROR, MIGDESC_ERROR_STATE_TRUNCATED,
                           "the data end inside of a buffer");
      return FALSE;
    }
  if (length > 0)
    memcpy (data, stream->input, length);
  migdesc_stream_visitor_use_input (stream, length);
  return TRUE;
}

gsize
migdesc_stream_visitor_get_n_output (const MigdescStreamVisitor *visitor)
{
  return visitor->output->len + visitor->loan_length;
}

void
migdesc_stream_visitor_take_loan (MigdescStreamVisitor *visitor)
{
  GByteArray *output = visitor->output;
  gsize behind = output->len - visitor->loan_at;
  guint8 *place;

  if (visitor->loan == NULL)
    return;
  g_byte_array_set_size (output, (guint) (output->len + visitor->loan_length));
  place = output->data + visitor->loan_at;
  memmove (place + visitor->loan_length, place, behind);
  memcpy (place, visitor->loan, visitor->loan_length);
  visitor->loan = NULL;
  visitor->loan_length = 0;
}

void
migdesc_stream_visitor_clear_output (MigdescStreamVisitor *visitor)
{
  g_byte_array_set_size (visitor->output, 0);
  visitor->loan = NULL;
  visitor->loan_length = 0;
}

gboolean
migdesc_stream_visitor_block (MigdescStreamVisitor *visitor,
                              gsize wanted)
{
  visitor->parent_instance.priv->blocked = TRUE;
  visitor->input_wanted = wanted;
  return FALSE;
}

void
migdesc_stream_event_clear (MigdescStreamEvent *event)
{
  g_clear_pointer (&event->digest, g_free);
  g_clear_pointer (&event->owned, g_free);
  event->text = NULL;
  event->length = 0;
}

void
migdesc_stream_event_take_text (MigdescStreamEvent *event,
                                char *text,
                                gsize length)
{
  g_free (event->owned);
  event->owned = text;
  event->text = text;
  event->length = length;
}
