/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <migdesc/migdesc-error.h>

#include "state/plan/run.h"
#include "state/table/scalar.h"

/* What is said of a value that a field may not have. */

static void
append_number (GString *text,
               const MigdescField *field,
               guint64 value)
{
  char real[G_ASCII_DTOSTR_BUF_SIZE];
  double number;

  if (field->kind == MIGDESC_FIELD_DOUBLE)
    {
      memcpy (&number, &value, sizeof number);
      g_string_append (text, g_ascii_dtostr (real, sizeof real, number));
    }
  else if (migdesc_field_is_signed (field))
    g_string_append_printf (text, "%" G_GINT64_FORMAT, (gint64) value);
  else
    g_string_append_printf (text, "%" G_GUINT64_FORMAT, value);
}

static void
append_allowed (GString *text,
                const MigdescField *field)
{
  char real[G_ASCII_DTOSTR_BUF_SIZE];
  guint64 min, max;

  if (field->kind == MIGDESC_FIELD_DOUBLE)
    {
      g_string_append (text, g_ascii_dtostr (real, sizeof real, field->real_min));
      g_string_append (text, " to ");
      g_string_append (text, g_ascii_dtostr (real, sizeof real, field->real_max));
      return;
    }
  migdesc_field_get_bounds (field, &min, &max);
  append_number (text, field, min);
  g_string_append (text, " to ");
  append_number (text, field, max);
}

void
migdesc_field_set_range_error (const MigdescField *field,
                               guint64 value,
                               GError **error)
{
  g_autoptr (GString) text = g_string_new (NULL);
  gboolean constant = field->kind == MIGDESC_FIELD_CONSTANT;

  append_number (text, field, value);
  if (field->kind == MIGDESC_FIELD_UNUSED)
    g_string_append (text, " is not 0");
  else if (constant)
    {
      guint64 min, max;

      migdesc_field_get_bounds (field, &min, &max);
      g_string_append (text, " is not the constant ");
      append_number (text, field, min);
    }
  else
    {
      g_string_append (text, " is not in ");
      append_allowed (text, field);
    }
  g_set_error_literal (error, MIGDESC_ERROR,
                       constant ? MIGDESC_ERROR_STATE_CONSTANT : MIGDESC_ERROR_STATE_RANGE,
                       text->str);
}
