/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "value/value-set-private.h"

#include <string.h>

#include <migdesc/migdesc-error.h>

#include "base/limits-private.h"
#include "base/quote.h"

#define UINT64_MAX_TEXT "18446744073709551615"

static gboolean
fail (GError **error,
      MigdescError code,
      const char *text,
      gsize length,
      const char *what)
{
  g_autofree char *quoted = migdesc_quote (text, (gssize) length);

  g_set_error (error, MIGDESC_ERROR, (int) code, "\"%s\" %s", quoted, what);
  return FALSE;
}

static gboolean
parse_end (const char *text,
           gsize length,
           const char *range,
           gsize range_length,
           guint64 *number,
           GError **error)
{
  MigdescValue value;
  MigdescValueProblem problem = migdesc_value_parse (MIGDESC_VALUE_TYPE_INT, text, length, &value);

  if (problem == MIGDESC_VALUE_WRONG_TYPE)
    return fail (error, MIGDESC_ERROR_RANGE_SYNTAX, range, range_length,
                 "is not an int or a range MIN-MAX, in decimal without leading zeros");
  if (problem == MIGDESC_VALUE_OUT_OF_RANGE)
    return fail (error, MIGDESC_ERROR_VALUE_NOT_INT, range, range_length,
                 "goes above " UINT64_MAX_TEXT);

  *number = value.number;
  return TRUE;
}

gboolean
migdesc_range_parse (const char *text,
                     gsize length,
                     guint64 *min,
                     guint64 *max,
                     GError **error)
{
  const char *dash = length > 0 ? memchr (text, '-', length) : NULL;
  gsize min_length = dash != NULL ? (gsize) (dash - text) : length;

  if (!parse_end (text, min_length, text, length, min, error))
    return FALSE;
  *max = *min;
  if (dash != NULL
      && !parse_end (dash + 1, length - min_length - 1, text, length, max, error))
    return FALSE;

  if (*min > *max)
    return fail (error, MIGDESC_ERROR_RANGE_ORDER, text, length,
                 "is a range whose lower end is above its upper end");
  return TRUE;
}

static gboolean
add_bool (MigdescSetBuilder *builder,
          const char *text,
          gsize length,
          GError **error)
{
  MigdescValue value;

  if (migdesc_value_parse (MIGDESC_VALUE_TYPE_BOOL, text, length, &value) != MIGDESC_VALUE_OK)
    return fail (error, MIGDESC_ERROR_VALUE_TYPE, text, length, "is not a bool: on or off");
  migdesc_set_builder_add_value (builder, value);
  return TRUE;
}

static gboolean
add_string (MigdescSetBuilder *builder,
            const char *text,
            gsize length,
            GError **error)
{
  if (!migdesc_value_text_is_valid (text, length))
    return fail (error, MIGDESC_ERROR_VALUE_TEXT, text, length,
                 "is not a str: UTF-8 without control characters, at most "
                 G_STRINGIFY (MIGDESC_VALUE_MAX_LENGTH) " bytes");
  migdesc_set_builder_add_string (builder, text, length);
  return TRUE;
}

gboolean
migdesc_set_builder_add_text (MigdescSetBuilder *builder,
                              const char *text,
                              gsize length,
                              GError **error)
{
  guint64 most = migdesc_limits_get (NULL, MIGDESC_LIMIT_RANGES);
  guint64 min;
  guint64 max;

  if (builder->n == most)
    {
      g_autofree char *message = migdesc_limit_to_message (MIGDESC_LIMIT_RANGES, most);

      g_set_error_literal (error, MIGDESC_ERROR, MIGDESC_ERROR_LIMIT_EXCEEDED, message);
      return FALSE;
    }
  if (builder->type == MIGDESC_VALUE_TYPE_BOOL)
    return add_bool (builder, text, length, error);
  if (builder->type == MIGDESC_VALUE_TYPE_STRING)
    return add_string (builder, text, length, error);

  if (!migdesc_range_parse (text, length, &min, &max, error))
    return FALSE;
  migdesc_set_builder_add_interval (builder, min, max);
  return TRUE;
}
