/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <migdesc/migdesc-error.h>

#include "base/quote.h"
#include "state/plan/run.h"
#include "state/table/scalar.h"
#include "state/visitor/visitor-private.h"

/* One value: bounds are checked before it is written and after it is read, and the format gets a
 * copy, so that nothing but a good value reaches the state. */

#define CLASS(visitor) MIGDESC_VISITOR_GET_CLASS (visitor)

typedef union
{
  guint64 number;
  gint64 signed_number;
  double real;
} Value;

static gboolean
is_allowed (const MigdescField *field,
            const Value *value)
{
  return field->kind == MIGDESC_FIELD_DOUBLE ? migdesc_field_allows_double (field, value->real)
                                             : migdesc_field_allows (field, value->number);
}

static gboolean
fail_range (MigdescVisitor *visitor,
            const MigdescField *field,
            const char *name,
            const Value *value,
            GError **error)
{
  g_autoptr (GError) reason = NULL;

  migdesc_field_set_range_error (field, value->number, &reason);
  return migdesc_visitor_fail (visitor, error, (MigdescError) reason->code, name, "%s",
                               reason->message);
}

static gboolean
pass_bool (MigdescVisitor *visitor,
           const char *name,
           Value *value,
           GError **error)
{
  gboolean truth = (gboolean) value->number;
  gboolean done = CLASS (visitor)->pass_bool (visitor, name, &truth, error);

  value->number = (guint) truth;
  return done;
}

static gboolean
pass (MigdescVisitor *visitor,
      const MigdescField *field,
      const char *name,
      Value *value,
      GError **error)
{
  switch ((MigdescFieldKind) field->kind)
    {
    case MIGDESC_FIELD_BOOL:
      return pass_bool (visitor, name, value, error);
    case MIGDESC_FIELD_DOUBLE:
      return CLASS (visitor)->pass_double (visitor, name, &value->real, error);
    case MIGDESC_FIELD_INT:
    case MIGDESC_FIELD_TIMER:
      return CLASS (visitor)->pass_int (visitor, name, field->width, &value->signed_number, error);
    case MIGDESC_FIELD_ENUM:
      return CLASS (visitor)->pass_enum (visitor, name, field->width, field->words,
                                          field->n_words, &value->number, error);
    case MIGDESC_FIELD_FLAGS:
      return CLASS (visitor)->pass_flags (visitor, name, field->width, field->words,
                                           field->n_words, &value->number, error);
    default:
      if (migdesc_field_is_signed (field))
        return CLASS (visitor)->pass_int (visitor, name, field->width, &value->signed_number,
                                          error);
      return CLASS (visitor)->pass_uint (visitor, name, field->width, &value->number, error);
    }
}

gboolean
migdesc_visit_scalar (MigdescVisitor *visitor,
                      const MigdescField *field,
                      const char *name,
                      gpointer data,
                      GError **error)
{
  gboolean loading = visitor->mode == MIGDESC_VISITOR_LOAD;
  Value value = { 0 };
  GError *taken = NULL;

  if (G_UNLIKELY (visitor->priv->error != NULL))
    return migdesc_visitor_fail_again (visitor, error);
  if (!loading)
    {
      value.number = migdesc_field_load (field, data);
      if (!is_allowed (field, &value))
        return fail_range (visitor, field, name, &value, error);
    }
  if (!pass (visitor, field, name, &value, &taken))
    return migdesc_visitor_fail_from (visitor, error, name, taken);
  if (!loading)
    return TRUE;
  if (!is_allowed (field, &value))
    return fail_range (visitor, field, name, &value, error);
  migdesc_scalar_store (data, field->width, value.number);
  return TRUE;
}

static gboolean
check_text (MigdescVisitor *visitor,
            const char *name,
            const char *text,
            guint64 maximum,
            GError **error)
{
  gsize length = strlen (text);
  const char *bad;

  if (length > maximum)
    return migdesc_visitor_fail (visitor, error, MIGDESC_ERROR_STATE_COUNT, name,
                                 "%" G_GSIZE_FORMAT " bytes, at most %" G_GUINT64_FORMAT
                                 " are allowed",
                                 length, maximum);
  if (g_utf8_validate_len (text, length, &bad))
    return TRUE;
  return migdesc_visitor_fail (visitor, error, MIGDESC_ERROR_STATE_STRING, name,
                               "not UTF-8 from byte %" G_GSIZE_FORMAT " of the text on",
                               (gsize) (bad - text));
}

gboolean
migdesc_visit_text (MigdescVisitor *visitor,
                    const char *name,
                    char **value,
                    guint64 maximum,
                    GError **error)
{
  gboolean loading = visitor->mode == MIGDESC_VISITOR_LOAD;
  g_autofree char *loaded = NULL;
  char *passed = *value;
  GError *taken = NULL;

  if (G_UNLIKELY (visitor->priv->error != NULL))
    return migdesc_visitor_fail_again (visitor, error);
  if (loading)
    passed = NULL;
  else if (!check_text (visitor, name, passed, maximum, error))
    return FALSE;
  if (!CLASS (visitor)->pass_string (visitor, name, &passed, &taken))
    return migdesc_visitor_fail_from (visitor, error, name, taken);
  if (!loading)
    return TRUE;
  loaded = passed;
  if (loaded == NULL)
    return migdesc_visitor_fail_from (visitor, error, name, NULL);
  if (!check_text (visitor, name, loaded, maximum, error))
    return FALSE;
  *value = g_steal_pointer (&loaded);
  return TRUE;
}
