/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <migdesc/migdesc-visitor.h>

#include "base/limits-private.h"
#include "state/visitor/visitor-private.h"

/* The class: what every visitor keeps, and how its errors look. */

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (MigdescVisitor, migdesc_visitor, G_TYPE_OBJECT)

enum
{
  PROP_MODE = 1,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];

static void
migdesc_visitor_init (MigdescVisitor *visitor)
{
  visitor->priv = migdesc_visitor_get_instance_private (visitor);
  migdesc_visitor_set_limits (visitor, NULL);
}

static void
migdesc_visitor_finalize (GObject *object)
{
  MigdescVisitorPrivate *priv = MIGDESC_VISITOR (object)->priv;

  g_clear_pointer (&priv->loaded, g_bytes_unref);
  g_clear_pointer (&priv->saving, g_byte_array_unref);
  g_clear_pointer (&priv->buffer_name, g_free);
  g_clear_error (&priv->error);
  G_OBJECT_CLASS (migdesc_visitor_parent_class)->finalize (object);
}

static void
migdesc_visitor_set_property (GObject *object,
                              guint id,
                              const GValue *value,
                              GParamSpec *spec)
{
  if (id == PROP_MODE)
    MIGDESC_VISITOR (object)->mode = g_value_get_enum (value);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
}

static void
migdesc_visitor_get_property (GObject *object,
                              guint id,
                              GValue *value,
                              GParamSpec *spec)
{
  if (id == PROP_MODE)
    g_value_set_enum (value, MIGDESC_VISITOR (object)->mode);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
}

static guint64
migdesc_visitor_real_get_offset (MigdescVisitor *visitor G_GNUC_UNUSED)
{
  return G_MAXUINT64;
}

static void
migdesc_visitor_real_describe_place (MigdescVisitor *visitor,
                                     GString *text)
{
  guint64 offset = MIGDESC_VISITOR_GET_CLASS (visitor)->get_offset (visitor);

  if (offset != G_MAXUINT64)
    g_string_append_printf (text, "byte %" G_GUINT64_FORMAT, offset);
}

static void
migdesc_visitor_class_init (MigdescVisitorClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = migdesc_visitor_finalize;
  object_class->set_property = migdesc_visitor_set_property;
  object_class->get_property = migdesc_visitor_get_property;
  klass->get_offset = migdesc_visitor_real_get_offset;
  klass->describe_place = migdesc_visitor_real_describe_place;
  migdesc_visitor_class_set_defaults (klass);

  /**
   * MigdescVisitor:mode:
   *
   * The direction.
   *
   * Since: 1.0
   */
  properties[PROP_MODE] = g_param_spec_enum (
      "mode", NULL, NULL, MIGDESC_TYPE_VISITOR_MODE, MIGDESC_VISITOR_SAVE,
      G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

void
migdesc_visitor_set_limits (MigdescVisitor *visitor,
                            const MigdescLimits *limits)
{
  MigdescVisitorPrivate *priv = visitor->priv;
  g_autoptr (MigdescLimits) defaults = NULL;

  if (limits == NULL)
    limits = defaults = migdesc_limits_new ();
  priv->depth_limit
      = (guint) MIN (migdesc_limits_get (limits, MIGDESC_LIMIT_STATE_DEPTH),
                     MIGDESC_STATE_DEPTH_MAX);
  priv->elements_limit = migdesc_limits_get (limits, MIGDESC_LIMIT_STATE_ELEMENTS);
  priv->elements_left = priv->elements_limit;
  priv->buffer_limit = migdesc_limits_get (limits, MIGDESC_LIMIT_STATE_BUFFER);
  /* short numbers and what is absent take more memory than text: so much more they may */
  priv->memory_limit = 3 * migdesc_limits_get (limits, MIGDESC_LIMIT_STATE_SIZE);
  priv->memory_left = priv->memory_limit;
}

void
migdesc_visitor_append_path (MigdescVisitor *visitor,
                             GString *text,
                             const char *leaf)
{
  MigdescVisitorPrivate *priv = visitor->priv;
  gsize start = text->len;

  for (guint i = 1; i <= priv->depth; i++)
    {
      const MigdescPathFrame *frame = &priv->path[i];

      if (frame->name != NULL)
        g_string_append_printf (text, "%s%s", text->len > start ? "." : "", frame->name);
      if (frame->is_array && frame->index != MIGDESC_NO_ELEMENT)
        g_string_append_printf (text, "[%" G_GUINT64_FORMAT "]", frame->index);
    }
  if (leaf != NULL && leaf[0] != '\0')
    g_string_append_printf (text, "%s%s", text->len > start ? "." : "", leaf);
}

/**
 * migdesc_visitor_is_loading:
 * @visitor: a visitor
 *
 * Asks for the direction.
 *
 * Returns: whether values go from the format to the state
 *
 * Since: 1.0
 */
gboolean
migdesc_visitor_is_loading (MigdescVisitor *visitor)
{
  g_return_val_if_fail (MIGDESC_IS_VISITOR (visitor), FALSE);

  return visitor->mode == MIGDESC_VISITOR_LOAD;
}

/**
 * migdesc_visitor_get_offset:
 * @visitor: a visitor
 *
 * Asks how far the visitor is in its data.
 *
 * Returns: bytes read or written so far; %G_MAXUINT64 for a format that counts no bytes
 *
 * Since: 1.0
 */
guint64
migdesc_visitor_get_offset (MigdescVisitor *visitor)
{
  g_return_val_if_fail (MIGDESC_IS_VISITOR (visitor), G_MAXUINT64);

  return MIGDESC_VISITOR_GET_CLASS (visitor)->get_offset (visitor);
}

/**
 * migdesc_visitor_dup_path:
 * @visitor: a visitor
 *
 * Gets where the visitor is, such as `queues[3].timer`.
 *
 * Returns: (transfer full): the path; empty at the top
 *
 * Since: 1.0
 */
char *
migdesc_visitor_dup_path (MigdescVisitor *visitor)
{
  g_autoptr (GString) path = g_string_new (NULL);

  g_return_val_if_fail (MIGDESC_IS_VISITOR (visitor), NULL);

  migdesc_visitor_append_path (visitor, path, "");
  return g_string_free (g_steal_pointer (&path), FALSE);
}
