/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "model/core.h"
#include "state/table/scalar.h"
#include "state/table/table-scope.h"

/* When a field is there, and what it is where it is not. */

static gboolean
check_window (const MigdescTableScope *scope,
              const MigdescField *field)
{
  if (field->until != 0 && field->since > field->until)
    return migdesc_table_fail (scope, field, "since %u is behind until %u", field->since,
                               field->until);
  if (scope->nested)
    return TRUE;
  if (field->since > scope->version || field->until > scope->version)
    return migdesc_table_fail (scope, field, "%s %u is above the newest version, %u",
                               field->since > scope->version ? "since" : "until",
                               MAX (field->since, field->until), scope->version);
  if (field->until != 0 && field->until < scope->minimum)
    return migdesc_table_fail (scope, field, "until %u is below the oldest version, %u",
                               field->until, scope->minimum);
  return TRUE;
}

static gboolean
check_param (const MigdescTableScope *scope,
             const MigdescField *field,
             const char *param)
{
  const char *problem = param == NULL ? "it is missing"
                                      : migdesc_param_name_problem (param, strlen (param));

  return problem == NULL
         || migdesc_table_fail (scope, field, "the name of a parameter is not valid: %s", problem);
}

static gboolean
check_names (const MigdescTableScope *scope,
             const MigdescField *field)
{
  if (field->param != NULL && !check_param (scope, field, field->param))
    return FALSE;
  if (field->counting == MIGDESC_COUNT_PARAM && !check_param (scope, field, field->other))
    return FALSE;
  if (field->param_value != NULL
      && !migdesc_table_check_text (scope, field, "the value of a parameter", field->param_value))
    return FALSE;
  if (field->needed_name == NULL)
    return TRUE;
  if (field->kind != MIGDESC_FIELD_SECTION)
    return migdesc_table_fail (scope, field, "only a section can be gated by MIGDESC_NEEDED");
  return migdesc_table_check_text (scope, field, "the name of the function", field->needed_name);
}

/* The value that a scalar has where it is absent. */
static gboolean
allows_default (const MigdescField *field)
{
  guint64 value = field->default_value;

  switch ((MigdescFieldKind) field->kind)
    {
    case MIGDESC_FIELD_DOUBLE:
      return migdesc_field_allows_double (field, (double) (gint64) value);
    case MIGDESC_FIELD_BYTES:
    case MIGDESC_FIELD_STRING:
    case MIGDESC_FIELD_BITMAP:
    case MIGDESC_FIELD_STRUCT:
    case MIGDESC_FIELD_SECTION:
      return value == 0;
    case MIGDESC_FIELD_CONSTANT:
    case MIGDESC_FIELD_UNUSED:
    case MIGDESC_FIELD_RELATION:
      return TRUE;
    default:
      return migdesc_field_allows (field, value);
    }
}

static gboolean
fail_default (const MigdescTableScope *scope,
              const MigdescField *field)
{
  gboolean is_signed = migdesc_field_is_signed (field)
                       || field->kind == MIGDESC_FIELD_DOUBLE;
  g_autofree char *value
      = is_signed ? g_strdup_printf ("%" G_GINT64_FORMAT, (gint64) field->default_value)
                  : g_strdup_printf ("%" G_GUINT64_FORMAT, field->default_value);

  return migdesc_table_fail (scope, field, "the default %s is not a value of the field", value);
}

/* Whether there are elements of the field in a fresh struct. What a parameter counts is there,
 * wherever it lies: a schema has it elsewhere, its effective schema inside. */
static gboolean
is_filled_at_first (const MigdescField *field)
{
  return migdesc_field_has_memory (field) && field->storage != MIGDESC_STORAGE_NULLABLE
         && field->counting != MIGDESC_COUNT_OWNED && field->counting != MIGDESC_COUNT_FIELD;
}

/* The first field of those that is not valid in a fresh struct, or NULL. */
static const MigdescField *
find_bad_default (const MigdescField *fields,
                  guint n_fields)
{
  for (guint i = 0; i < n_fields; i++)
    {
      const MigdescField *field = &fields[i];
      const MigdescField *bad = NULL;

      if (!is_filled_at_first (field) || (field->more_flags & MIGDESC_FIELD_REQUIRED) != 0)
        continue;
      if (field->kind == MIGDESC_FIELD_STRUCT)
        bad = find_bad_default (field->type->fields, field->type->n_fields);
      else if (!allows_default (field))
        bad = field;
      if (bad != NULL)
        return bad;
    }
  return NULL;
}

/* What may be absent as a whole is then fresh, and has to be valid so. */
static gboolean
check_inner_defaults (const MigdescTableScope *scope,
                      const MigdescField *field)
{
  const MigdescField *bad = NULL;

  if (field->kind == MIGDESC_FIELD_SECTION)
    bad = find_bad_default (field->fields, field->n_fields);
  else if (field->kind == MIGDESC_FIELD_STRUCT && is_filled_at_first (field))
    bad = find_bad_default (field->type->fields, field->type->n_fields);
  if (bad == NULL)
    return TRUE;
  return migdesc_table_fail (scope, field,
                             "it may be absent, and then its %s is %" G_GINT64_FORMAT
                             ", which is not a value of that field; declare a MIGDESC_DEFAULT "
                             "there",
                             bad->name, (gint64) bad->default_value);
}

/* An effective schema has no defaults, so it does not tell what a section is that is not needed:
 * the table that it was made from has been checked. Only what is read from text has a place. */
static gboolean
is_without_defaults (const MigdescTableScope *scope,
                     const MigdescField *field)
{
  return field->kind == MIGDESC_FIELD_SECTION && field->reserved_[0] != NULL
         && scope->version == scope->minimum && !migdesc_field_is_gated (field);
}

static gboolean
check_absence (const MigdescTableScope *scope,
               const MigdescField *field)
{
  gboolean section = field->kind == MIGDESC_FIELD_SECTION;
  gboolean droppable = (field->section_flags & MIGDESC_FIELD_DROPPABLE) != 0;
  gboolean says_what
      = (field->more_flags & (MIGDESC_FIELD_HAS_DEFAULT | MIGDESC_FIELD_REQUIRED)) != 0
        || (section && droppable);
  gboolean silent = field->kind >= MIGDESC_FIELD_CONSTANT && !section;

  if ((field->flags & MIGDESC_FIELD_GONE) != 0
      && (field->until == 0 || (field->more_flags & MIGDESC_FIELD_HAS_DEFAULT) == 0))
    return migdesc_table_fail (scope, field,
                               "a field that is gone has MIGDESC_UNTIL and MIGDESC_DEFAULT");
  if (migdesc_field_is_gated (field) && !says_what && !silent)
    return migdesc_table_fail (scope, field,
                               "it may be absent, so that MIGDESC_DEFAULT or MIGDESC_REQUIRED has "
                               "to say what then");
  if (!section && droppable)
    return migdesc_table_fail (scope, field, "only a section is droppable");
  if ((field->more_flags & MIGDESC_FIELD_HAS_DEFAULT) != 0 && !allows_default (field))
    return fail_default (scope, field);
  if ((field->more_flags & MIGDESC_FIELD_REQUIRED) != 0)
    return TRUE;
  if (!migdesc_field_is_gated (field) && field->needed_name == NULL)
    return TRUE;
  if (is_without_defaults (scope, field))
    return TRUE;
  return check_inner_defaults (scope, field);
}

gboolean
migdesc_table_check_gates (const MigdescTableScope *scope,
                           const MigdescField *field)
{
  return check_window (scope, field) && check_names (scope, field)
         && check_absence (scope, field);
}
