/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <migdesc/migdesc-error.h>

#include "base/quote.h"
#include "state/tree/state-private.h"
#include "state/tree/variant-loader.h"
#include "state/walk/walk-tree.h"

/* States out of GVariant: a visitor that loads. It takes what a program in any language makes of
 * its own values: any integer type that the value fits, arrays of variants, words of enums. */

G_DEFINE_TYPE (MigdescVariantLoader, migdesc_variant_loader, MIGDESC_TYPE_VISITOR)

gboolean
migdesc_variant_loader_fail (MigdescVariantLoader *loader,
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
  return migdesc_visitor_fail_place (MIGDESC_VISITOR (loader), error, code, "%s", message);
}

gboolean
migdesc_variant_loader_fail_value (MigdescVariantLoader *loader,
                                   GVariant *value,
                                   const char *wanted,
                                   GError **error)
{
  if (value == NULL)
    return migdesc_variant_loader_fail (loader, error, MIGDESC_ERROR_STATE_FORMAT,
                                        "expected %s, found nothing", wanted);
  return migdesc_variant_loader_fail (loader, error, MIGDESC_ERROR_STATE_FORMAT,
                                      "expected %s, found a variant of type %.64s", wanted,
                                      g_variant_get_type_string (value));
}

/* Without the boxes around it; NULL for an empty one. */
static GVariant *
unbox (GVariant *value)
{
  g_autoptr (GVariant) at = value;

  while (at != NULL
         && (g_variant_is_of_type (at, G_VARIANT_TYPE_VARIANT)
             || g_variant_is_of_type (at, G_VARIANT_TYPE_MAYBE)))
    {
      gboolean empty = g_variant_n_children (at) == 0;
      GVariant *inner = empty ? NULL : g_variant_get_child_value (at, 0);

      g_variant_unref (at);
      at = inner;
    }
  return g_steal_pointer (&at);
}

static GVariant *
take_member (MigdescVariantFrame *frame,
             const char *name)
{
  for (gsize i = 0; i < frame->n; i++)
    {
      gsize at = (frame->next + i) % frame->n;
      g_autoptr (GVariant) entry = g_variant_get_child_value (frame->value, at);
      const char *key;

      g_variant_get_child (entry, 0, "&s", &key);
      if (frame->used[at] || strcmp (key, name) != 0)
        continue;
      frame->used[at] = TRUE;
      frame->n_used++;
      frame->next = at + 1;
      return g_variant_get_child_value (entry, 1);
    }
  return NULL;
}

gboolean
migdesc_variant_loader_enter (MigdescVariantLoader *loader,
                              const char *name,
                              GVariant **value,
                              GError **error)
{
  MigdescVariantFrame *frame = &loader->frames[loader->depth];
  GVariant *found = NULL;

  if (loader->depth == 0)
    found = g_variant_ref (loader->whole);
  else if (frame->used != NULL && name != NULL)
    found = take_member (frame, name);
  else if (frame->next < frame->n)
    found = g_variant_get_child_value (frame->value, frame->next++);
  if (found == NULL)
    return migdesc_variant_loader_fail (loader, error, MIGDESC_ERROR_STATE_MISSING,
                                        "the member is missing");
  *value = unbox (found);
  return TRUE;
}

/* Takes over value. */
static gboolean
push (MigdescVariantLoader *loader,
      GVariant *value,
      gboolean is_struct,
      GError **error)
{
  g_autoptr (GVariant) taken = value;
  MigdescVariantFrame *frame;

  if (loader->depth + 1 >= G_N_ELEMENTS (loader->frames))
    return migdesc_variant_loader_fail (loader, error, MIGDESC_ERROR_LIMIT_EXCEEDED, "too deep");
  if (taken == NULL
      || !g_variant_is_of_type (taken, is_struct ? G_VARIANT_TYPE_VARDICT : G_VARIANT_TYPE_ARRAY))
    return migdesc_variant_loader_fail_value (loader, taken, is_struct ? "a{sv}" : "an array",
                                              error);
  frame = &loader->frames[++loader->depth];
  *frame = (MigdescVariantFrame) { .n = g_variant_n_children (taken) };
  frame->value = g_steal_pointer (&taken);
  if (is_struct)
    frame->used = g_new0 (guint8, frame->n + 1);
  return TRUE;
}

static void
pop (MigdescVariantLoader *loader)
{
  MigdescVariantFrame *frame = &loader->frames[loader->depth--];

  g_clear_pointer (&frame->value, g_variant_unref);
  g_clear_pointer (&frame->used, g_free);
}

static gboolean
open_struct (MigdescVisitor *visitor,
             const char *name,
             GError **error)
{
  MigdescVariantLoader *loader = (MigdescVariantLoader *) visitor;
  GVariant *value;

  return migdesc_variant_loader_enter (loader, name, &value, error)
         && push (loader, value, TRUE, error);
}

static gboolean
close_struct (MigdescVisitor *visitor,
              GError **error)
{
  MigdescVariantLoader *loader = (MigdescVariantLoader *) visitor;
  MigdescVariantFrame *frame = &loader->frames[loader->depth];

  for (gsize i = 0; i < frame->n && frame->n_used < frame->n; i++)
    {
      g_autofree char *quoted = NULL;
      const char *key;

      if (frame->used[i])
        continue;
      g_variant_get_child (frame->value, i, "{&sv}", &key, NULL);
      quoted = migdesc_quote (key, -1);
      return migdesc_variant_loader_fail (loader, error, MIGDESC_ERROR_STATE_UNKNOWN,
                                          "the member \"%s\" is not known", quoted);
    }
  pop (loader);
  return TRUE;
}

static gboolean
open_array (MigdescVisitor *visitor,
            const char *name,
            MigdescContainerFlags flags G_GNUC_UNUSED,
            guint64 *count,
            GError **error)
{
  MigdescVariantLoader *loader = (MigdescVariantLoader *) visitor;
  GVariant *value;

  if (!migdesc_variant_loader_enter (loader, name, &value, error)
      || !push (loader, value, FALSE, error))
    return FALSE;
  *count = loader->frames[loader->depth].n;
  return TRUE;
}

static gboolean
close_array (MigdescVisitor *visitor,
             GError **error G_GNUC_UNUSED)
{
  pop ((MigdescVariantLoader *) visitor);
  return TRUE;
}

static gboolean
open_pointer (MigdescVisitor *visitor,
              const char *name,
              gboolean *present,
              GError **error)
{
  MigdescVariantLoader *loader = (MigdescVariantLoader *) visitor;
  GVariant *value;

  if (!migdesc_variant_loader_enter (loader, name, &value, error))
    return FALSE;
  *present = value != NULL;
  loader->absent = !*present;
  return !*present || push (loader, value, TRUE, error);
}

static gboolean
close_pointer (MigdescVisitor *visitor,
               GError **error)
{
  MigdescVariantLoader *loader = (MigdescVariantLoader *) visitor;
  gboolean absent = loader->absent;

  loader->absent = FALSE;
  return absent || close_struct (visitor, error);
}

static gboolean
open_section (MigdescVisitor *visitor,
              const char *name,
              MigdescContainerFlags flags G_GNUC_UNUSED,
              guint *version,
              gboolean *present,
              GError **error)
{
  MigdescVariantLoader *loader = (MigdescVariantLoader *) visitor;
  GVariant *value = take_member (&loader->frames[loader->depth], name);
  guint64 number;

  *present = value != NULL;
  if (!*present)
    return TRUE;
  if (!push (loader, unbox (value), TRUE, error)
      || !MIGDESC_VISITOR_GET_CLASS (visitor)->pass_uint (visitor, "@version", 2, &number,
                                                           error))
    return FALSE;
  *version = (guint) MIN (number, G_MAXUINT);
  return TRUE;
}

static void
migdesc_variant_loader_finalize (GObject *object)
{
  MigdescVariantLoader *loader = (MigdescVariantLoader *) object;

  while (loader->depth > 0)
    pop (loader);
  g_clear_pointer (&loader->buffer, g_variant_unref);
  g_clear_pointer (&loader->whole, g_variant_unref);
  G_OBJECT_CLASS (migdesc_variant_loader_parent_class)->finalize (object);
}

static void
migdesc_variant_loader_init (MigdescVariantLoader *loader G_GNUC_UNUSED)
{
}

static void
migdesc_variant_loader_class_init (MigdescVariantLoaderClass *klass)
{
  MigdescVisitorClass *visitor_class = &klass->parent_class;

  G_OBJECT_CLASS (klass)->finalize = migdesc_variant_loader_finalize;
  visitor_class->open_struct = open_struct;
  visitor_class->close_struct = close_struct;
  visitor_class->open_array = open_array;
  visitor_class->close_array = close_array;
  visitor_class->open_pointer = open_pointer;
  visitor_class->close_pointer = close_pointer;
  visitor_class->open_section = open_section;
  visitor_class->close_section = close_struct;
  migdesc_variant_loader_class_set_values (visitor_class);
}

/**
 * migdesc_state_new_from_variant:
 * @schema: an effective schema
 * @variant: a state, as migdesc_state_to_variant() makes it; if it is floating, it is taken over
 * @error: return location for a #GError
 *
 * Makes a state of a #GVariant. An integer may be of any integer type, and an array one of
 * variants; nothing that the schema has may be missing, and nothing else be there.
 *
 * Fails with the code of the first thing that is not as the schema wants it, and its path.
 *
 * Returns: (transfer full): the state, or %NULL on error
 *
 * Since: 1.0
 */
MigdescState *
migdesc_state_new_from_variant (MigdescStateType *schema,
                                GVariant *variant,
                                GError **error)
{
  g_autoptr (GVariant) sunk = NULL;
  g_autoptr (MigdescState) state = NULL;
  g_autoptr (MigdescVisitor) visitor = NULL;
  GError *taken = NULL;

  g_return_val_if_fail (MIGDESC_IS_STATE_TYPE (schema), NULL);
  g_return_val_if_fail (variant != NULL, NULL);

  sunk = g_variant_ref_sink (variant);
  state = migdesc_state_new_fresh (schema, error);
  if (state == NULL)
    return NULL;
  visitor = g_object_new (migdesc_variant_loader_get_type (), "mode", MIGDESC_VISITOR_LOAD, NULL);
  ((MigdescVariantLoader *) visitor)->whole = g_variant_ref (sunk);
  if (!open_struct (visitor, NULL, &taken)
      || !migdesc_walk_all_tree (visitor, migdesc_state_get_tree (state), &taken)
      || !close_struct (visitor, &taken))
    {
      g_propagate_error (error, taken);
      return NULL;
    }
  return g_steal_pointer (&state);
}
