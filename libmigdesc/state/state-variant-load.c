/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <migdesc/migdesc-error.h>

#include "base/quote.h"
#include "state/state-private.h"
#include "state/walk-go.h"

/* States out of GVariant: a visitor that loads. It takes what a program in any language makes of
 * its own values: any integer type that the value fits, arrays of variants, words of enums. */

typedef struct
{
  GVariant *value; /* a{sv}, or an array */
  gsize n;
  gsize next;      /* the child that is tried first */
  gsize n_used;
  guint8 *used;    /* of a{sv}, a flag a member */
} Frame;

typedef struct
{
  MigdescVisitor parent_instance;
  GVariant *whole;
  gboolean absent;
  guint depth;
  Frame frames[MIGDESC_STATE_DEPTH_MAX + 2];
  GVariant *buffer;
  gsize done;
} VariantLoader;

typedef struct
{
  MigdescVisitorClass parent_class;
} VariantLoaderClass;

static GType variant_loader_get_type (void);
G_DEFINE_TYPE (VariantLoader, variant_loader, MIGDESC_TYPE_VISITOR)

static gboolean
fail (VariantLoader *loader,
      GError **error,
      MigdescError code,
      const char *format,
      ...) G_GNUC_PRINTF (4, 5);

static gboolean
fail (VariantLoader *loader,
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

static gboolean
fail_type (VariantLoader *loader,
           GVariant *value,
           const char *wanted,
           GError **error)
{
  return fail (loader, error, MIGDESC_ERROR_STATE_FORMAT,
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
take_member (Frame *frame,
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

/* The value of a member or the next element: transfer full, not NULL unless it is missing. */
static gboolean
enter (VariantLoader *loader,
       const char *name,
       GVariant **value,
       GError **error)
{
  Frame *frame = &loader->frames[loader->depth];

  if (loader->depth == 0)
    *value = g_variant_ref (loader->whole);
  else if (frame->used != NULL && name != NULL)
    *value = take_member (frame, name);
  else
    *value = frame->next < frame->n ? g_variant_get_child_value (frame->value, frame->next++)
                                    : NULL;
  return *value != NULL
         || fail (loader, error, MIGDESC_ERROR_STATE_MISSING, "the member is missing");
}

/* Takes over value. */
static gboolean
push (VariantLoader *loader,
      GVariant *value,
      gboolean is_struct,
      GError **error)
{
  g_autoptr (GVariant) taken = value;
  Frame *frame;

  if (loader->depth + 1 >= G_N_ELEMENTS (loader->frames))
    return fail (loader, error, MIGDESC_ERROR_LIMIT_EXCEEDED, "too deep");
  if (is_struct && (taken == NULL || !g_variant_is_of_type (taken, G_VARIANT_TYPE_VARDICT)))
    return taken == NULL ? fail (loader, error, MIGDESC_ERROR_STATE_FORMAT, "expected a{sv}")
                         : fail_type (loader, taken, "a{sv}", error);
  if (!is_struct && (taken == NULL || !g_variant_is_of_type (taken, G_VARIANT_TYPE_ARRAY)))
    return taken == NULL ? fail (loader, error, MIGDESC_ERROR_STATE_FORMAT, "expected an array")
                         : fail_type (loader, taken, "an array", error);
  frame = &loader->frames[++loader->depth];
  *frame = (Frame) { .n = g_variant_n_children (taken) };
  frame->value = g_steal_pointer (&taken);
  if (is_struct)
    frame->used = g_new0 (guint8, frame->n + 1);
  return TRUE;
}

static void
pop (VariantLoader *loader)
{
  Frame *frame = &loader->frames[loader->depth--];

  g_clear_pointer (&frame->value, g_variant_unref);
  g_clear_pointer (&frame->used, g_free);
}

static gboolean
open_struct (MigdescVisitor *visitor,
             const char *name,
             GError **error)
{
  VariantLoader *loader = (VariantLoader *) visitor;
  GVariant *value;

  return enter (loader, name, &value, error) && push (loader, unbox (value), TRUE, error);
}

static gboolean
close_struct (MigdescVisitor *visitor,
              GError **error)
{
  VariantLoader *loader = (VariantLoader *) visitor;
  Frame *frame = &loader->frames[loader->depth];

  for (gsize i = 0; i < frame->n && frame->n_used < frame->n; i++)
    {
      g_autofree char *quoted = NULL;
      const char *key;

      if (frame->used[i])
        continue;
      g_variant_get_child (frame->value, i, "{&sv}", &key, NULL);
      quoted = migdesc_quote (key, -1);
      return fail (loader, error, MIGDESC_ERROR_STATE_UNKNOWN, "the member \"%s\" is not known",
                   quoted);
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
  VariantLoader *loader = (VariantLoader *) visitor;
  GVariant *value;

  if (!enter (loader, name, &value, error) || !push (loader, unbox (value), FALSE, error))
    return FALSE;
  *count = loader->frames[loader->depth].n;
  return TRUE;
}

static gboolean
close_array (MigdescVisitor *visitor,
             GError **error G_GNUC_UNUSED)
{
  pop ((VariantLoader *) visitor);
  return TRUE;
}

static gboolean
open_pointer (MigdescVisitor *visitor,
              const char *name,
              gboolean *present,
              GError **error)
{
  VariantLoader *loader = (VariantLoader *) visitor;
  GVariant *value;

  if (!enter (loader, name, &value, error))
    return FALSE;
  value = unbox (value);
  *present = value != NULL;
  loader->absent = !*present;
  return !*present || push (loader, value, TRUE, error);
}

static gboolean
close_pointer (MigdescVisitor *visitor,
               GError **error)
{
  VariantLoader *loader = (VariantLoader *) visitor;
  gboolean absent = loader->absent;

  loader->absent = FALSE;
  return absent || close_struct (visitor, error);
}

static gboolean
pass_uint (MigdescVisitor *visitor,
           const char *name,
           guint width G_GNUC_UNUSED,
           guint64 *number,
           GError **error);

static gboolean
open_section (MigdescVisitor *visitor,
              const char *name,
              MigdescContainerFlags flags G_GNUC_UNUSED,
              guint *version,
              gboolean *present,
              GError **error)
{
  VariantLoader *loader = (VariantLoader *) visitor;
  GVariant *value = take_member (&loader->frames[loader->depth], name);
  guint64 number;

  *present = value != NULL;
  if (!*present)
    return TRUE;
  if (!push (loader, unbox (value), TRUE, error)
      || !pass_uint (visitor, "@version", 2, &number, error))
    return FALSE;
  *version = (guint) MIN (number, G_MAXUINT);
  return TRUE;
}

typedef struct
{
  guint64 bits;
  gboolean negative;
} Integer;

static gboolean
get_integer (GVariant *value,
             Integer *integer)
{
  gint64 number;

  integer->negative = FALSE;
  switch (value == NULL ? '\0' : g_variant_get_type_string (value)[0])
    {
    case 'y':
      integer->bits = g_variant_get_byte (value);
      return TRUE;
    case 'q':
      integer->bits = g_variant_get_uint16 (value);
      return TRUE;
    case 'u':
      integer->bits = g_variant_get_uint32 (value);
      return TRUE;
    case 't':
      integer->bits = g_variant_get_uint64 (value);
      return TRUE;
    case 'n':
      number = g_variant_get_int16 (value);
      break;
    case 'i':
      number = g_variant_get_int32 (value);
      break;
    case 'x':
      number = g_variant_get_int64 (value);
      break;
    default:
      return FALSE;
    }
  integer->bits = (guint64) number;
  integer->negative = number < 0;
  return TRUE;
}

/* What is not of the type that is wanted. */
static gboolean
fail_value (VariantLoader *loader,
            GVariant *value,
            const char *wanted,
            GError **error)
{
  return value == NULL ? fail (loader, error, MIGDESC_ERROR_STATE_FORMAT, "expected %s, found "
                               "nothing", wanted)
                       : fail_type (loader, value, wanted, error);
}

static gboolean
read_integer (VariantLoader *loader,
              const char *name,
              Integer *integer,
              GError **error)
{
  g_autoptr (GVariant) value = NULL;

  if (!enter (loader, name, &value, error))
    return FALSE;
  value = unbox (g_steal_pointer (&value));
  return get_integer (value, integer) || fail_value (loader, value, "an integer", error);
}

static gboolean
pass_uint (MigdescVisitor *visitor,
           const char *name,
           guint width G_GNUC_UNUSED,
           guint64 *number,
           GError **error)
{
  Integer integer;

  if (!read_integer ((VariantLoader *) visitor, name, &integer, error))
    return FALSE;
  *number = integer.bits;
  return !integer.negative
         || fail ((VariantLoader *) visitor, error, MIGDESC_ERROR_STATE_RANGE,
                  "%" G_GINT64_FORMAT " is negative", (gint64) integer.bits);
}

static gboolean
pass_int (MigdescVisitor *visitor,
          const char *name,
          guint width G_GNUC_UNUSED,
          gint64 *number,
          GError **error)
{
  Integer integer;

  if (!read_integer ((VariantLoader *) visitor, name, &integer, error))
    return FALSE;
  *number = (gint64) integer.bits;
  return integer.negative || integer.bits <= G_MAXINT64
         || fail ((VariantLoader *) visitor, error, MIGDESC_ERROR_STATE_RANGE,
                  "%" G_GUINT64_FORMAT " is above 9223372036854775807", integer.bits);
}

static gboolean
pass_double (MigdescVisitor *visitor,
             const char *name,
             double *real,
             GError **error)
{
  VariantLoader *loader = (VariantLoader *) visitor;
  g_autoptr (GVariant) value = NULL;
  Integer integer;

  if (!enter (loader, name, &value, error))
    return FALSE;
  value = unbox (g_steal_pointer (&value));
  if (get_integer (value, &integer))
    *real = integer.negative ? (double) (gint64) integer.bits : (double) integer.bits;
  else if (value != NULL && g_variant_is_of_type (value, G_VARIANT_TYPE_DOUBLE))
    *real = g_variant_get_double (value);
  else
    return fail_value (loader, value, "a double", error);
  return TRUE;
}

static gboolean
pass_bool (MigdescVisitor *visitor,
           const char *name,
           gboolean *truth,
           GError **error)
{
  VariantLoader *loader = (VariantLoader *) visitor;
  g_autoptr (GVariant) value = NULL;

  if (!enter (loader, name, &value, error))
    return FALSE;
  value = unbox (g_steal_pointer (&value));
  if (value == NULL || !g_variant_is_of_type (value, G_VARIANT_TYPE_BOOLEAN))
    return fail_value (loader, value, "a truth value", error);
  *truth = g_variant_get_boolean (value);
  return TRUE;
}

static gboolean
pass_string (MigdescVisitor *visitor,
             const char *name,
             char **text,
             GError **error)
{
  VariantLoader *loader = (VariantLoader *) visitor;
  g_autoptr (GVariant) value = NULL;

  if (!enter (loader, name, &value, error))
    return FALSE;
  value = unbox (g_steal_pointer (&value));
  if (value == NULL || !g_variant_is_of_type (value, G_VARIANT_TYPE_STRING))
    return fail_value (loader, value, "a text", error);
  *text = g_variant_dup_string (value, NULL);
  return TRUE;
}

static gboolean
open_buffer (MigdescVisitor *visitor,
             const char *name,
             MigdescContainerFlags flags G_GNUC_UNUSED,
             guint64 *length,
             GError **error)
{
  VariantLoader *loader = (VariantLoader *) visitor;
  g_autoptr (GVariant) value = NULL;

  if (!enter (loader, name, &value, error))
    return FALSE;
  value = unbox (g_steal_pointer (&value));
  if (value == NULL || !g_variant_is_of_type (value, G_VARIANT_TYPE_BYTESTRING))
    return fail_value (loader, value, "bytes (ay)", error);
  *length = g_variant_n_children (value);
  g_clear_pointer (&loader->buffer, g_variant_unref);
  loader->buffer = g_steal_pointer (&value);
  loader->done = 0;
  return TRUE;
}

static gboolean
pass_buffer (MigdescVisitor *visitor,
             guint8 *data,
             gsize length,
             GError **error G_GNUC_UNUSED)
{
  VariantLoader *loader = (VariantLoader *) visitor;
  gsize n;
  const guint8 *bytes = g_variant_get_fixed_array (loader->buffer, &n, 1);

  if (length > 0)
    memcpy (data, bytes + loader->done, length);
  loader->done += length;
  return TRUE;
}

static gboolean
close_buffer (MigdescVisitor *visitor,
              GError **error G_GNUC_UNUSED)
{
  g_clear_pointer (&((VariantLoader *) visitor)->buffer, g_variant_unref);
  return TRUE;
}

static void
variant_loader_finalize (GObject *object)
{
  VariantLoader *loader = (VariantLoader *) object;

  while (loader->depth > 0)
    pop (loader);
  g_clear_pointer (&loader->buffer, g_variant_unref);
  g_clear_pointer (&loader->whole, g_variant_unref);
  G_OBJECT_CLASS (variant_loader_parent_class)->finalize (object);
}

static void
variant_loader_init (VariantLoader *loader G_GNUC_UNUSED)
{
}

static void
variant_loader_class_init (VariantLoaderClass *klass)
{
  MigdescVisitorClass *visitor_class = &klass->parent_class;

  G_OBJECT_CLASS (klass)->finalize = variant_loader_finalize;
  visitor_class->open_struct = open_struct;
  visitor_class->close_struct = close_struct;
  visitor_class->open_array = open_array;
  visitor_class->close_array = close_array;
  visitor_class->open_pointer = open_pointer;
  visitor_class->close_pointer = close_pointer;
  visitor_class->open_section = open_section;
  visitor_class->close_section = close_struct;
  visitor_class->pass_uint = pass_uint;
  visitor_class->pass_int = pass_int;
  visitor_class->pass_double = pass_double;
  visitor_class->pass_bool = pass_bool;
  visitor_class->pass_string = pass_string;
  visitor_class->open_buffer = open_buffer;
  visitor_class->pass_buffer = pass_buffer;
  visitor_class->close_buffer = close_buffer;
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
  MigdescTree *tree;
  GError *taken = NULL;

  g_return_val_if_fail (MIGDESC_IS_STATE_TYPE (schema), NULL);
  g_return_val_if_fail (variant != NULL, NULL);

  sunk = g_variant_ref_sink (variant);
  state = migdesc_state_new_fresh (schema, error);
  if (state == NULL)
    return NULL;
  visitor = g_object_new (variant_loader_get_type (), "mode", MIGDESC_VISITOR_LOAD, NULL);
  ((VariantLoader *) visitor)->whole = g_variant_ref (sunk);
  tree = migdesc_state_get_tree (state);
  if (!open_struct (visitor, NULL, &taken)
      || !migdesc_walk_all (tree->plan, visitor, tree->data, &taken)
      || !close_struct (visitor, &taken))
    {
      g_propagate_error (error, taken);
      return NULL;
    }
  return g_steal_pointer (&state);
}
