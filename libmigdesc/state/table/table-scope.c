/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "state/table/table-scope.h"

#include "base/quote.h"

/* What the checks of a table share. */

static void
append_name (GString *text,
             const char *name)
{
  if (name == NULL || name[0] == '\0')
    g_string_append (text, "(no name)");
  else
    migdesc_quote_append (text, name, strlen (name));
}

static const char *
get_shown_name (const MigdescField *field)
{
  switch ((MigdescFieldKind) field->kind)
    {
    case MIGDESC_FIELD_UNUSED:
      return "(unused)";
    default:
      return field->name;
    }
}

gboolean
migdesc_table_fail (const MigdescTableScope *scope,
                    const MigdescField *field,
                    const char *format,
                    ...)
{
  GString *text = g_string_new (NULL);
  va_list args;

  append_name (text, scope->table->name);
  if (scope->section != NULL)
    {
      g_string_append_c (text, '.');
      append_name (text, scope->section->name);
    }
  if (field != NULL)
    {
      g_string_append_c (text, '.');
      append_name (text, get_shown_name (field));
    }
  g_string_append (text, ": ");
  va_start (args, format);
  g_string_append_vprintf (text, format, args);
  va_end (args);
  scope->fault->table = scope->table;
  scope->fault->section = scope->section;
  scope->fault->field = field != NULL ? field : scope->section;
  scope->fault->message = g_string_free (text, FALSE);
  return FALSE;
}

gboolean
migdesc_field_has_memory (const MigdescField *field)
{
  return field->kind < MIGDESC_FIELD_CONSTANT && (field->flags & MIGDESC_FIELD_GONE) == 0;
}

gboolean
migdesc_field_is_gated (const MigdescField *field)
{
  return field->since != 0 || field->until != 0 || field->param != NULL;
}

static guint
get_until (const MigdescField *field)
{
  return field->until == 0 ? G_MAXUINT : field->until;
}

static const char *
get_param_value (const MigdescField *field)
{
  return field->param_value == NULL ? "on" : field->param_value;
}

gboolean
migdesc_field_excludes (const MigdescField *field,
                        const MigdescField *other)
{
  if (get_until (field) < other->since || get_until (other) < field->since)
    return TRUE;
  return field->param != NULL && other->param != NULL && strcmp (field->param, other->param) == 0
         && strcmp (get_param_value (field), get_param_value (other)) != 0;
}

gboolean
migdesc_field_implies (const MigdescField *field,
                       const MigdescField *other)
{
  if (MAX (other->since, 1) > MAX (field->since, 1) || get_until (other) < get_until (field))
    return FALSE;
  return other->param == NULL
         || (field->param != NULL && strcmp (field->param, other->param) == 0
             && strcmp (get_param_value (field), get_param_value (other)) == 0);
}
