/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "state/table/scalar.h"
#include "state/table/table-scope.h"

/* The values of a field: bounds and words. */

static guint64
get_greatest (const MigdescField *field)
{
  guint bits = 8 * field->width;

  if (field->kind == MIGDESC_FIELD_BOOL)
    return 1;
  return bits >= 64 ? G_MAXUINT64 : (G_GUINT64_CONSTANT (1) << bits) - 1;
}

static gboolean
check_unsigned (const MigdescTableScope *scope,
                const MigdescField *field)
{
  guint64 greatest = get_greatest (field);

  if (field->min > field->max)
    return migdesc_table_fail (scope, field,
                               "min %" G_GUINT64_FORMAT " is above max %" G_GUINT64_FORMAT,
                               field->min, field->max);
  if (field->max > greatest)
    return migdesc_table_fail (scope, field,
                               "max %" G_GUINT64_FORMAT " is above %" G_GUINT64_FORMAT
                               ", the greatest of its type",
                               field->max, greatest);
  return TRUE;
}

/* Bits, of a negative number maybe. */
static gboolean
check_constant (const MigdescTableScope *scope,
                const MigdescField *field)
{
  return migdesc_scalar_extend (field->min, field->width) == field->min
         || check_unsigned (scope, field);
}

static gboolean
check_signed (const MigdescTableScope *scope,
              const MigdescField *field)
{
  gint64 min = (gint64) field->min;
  gint64 max = (gint64) field->max;
  gint64 greatest = (gint64) (G_MAXUINT64 >> (65 - 8 * field->width));
  gint64 least = field->kind == MIGDESC_FIELD_TIMER ? -1 : -greatest - 1;

  if (min > max)
    return migdesc_table_fail (scope, field,
                               "min %" G_GINT64_FORMAT " is above max %" G_GINT64_FORMAT, min,
                               max);
  if (min < least || max > greatest)
    return migdesc_table_fail (scope, field,
                               "bounds from %" G_GINT64_FORMAT " to %" G_GINT64_FORMAT
                               ", the type has %" G_GINT64_FORMAT " to %" G_GINT64_FORMAT,
                               min, max, least, greatest);
  return TRUE;
}

static gboolean
check_doubles (const MigdescTableScope *scope,
               const MigdescField *field)
{
  if ((field->flags & MIGDESC_FIELD_NON_FINITE) != 0)
    return TRUE;
  if (!migdesc_double_is_finite (field->real_min) || !migdesc_double_is_finite (field->real_max))
    return migdesc_table_fail (scope, field, "a bound is not a finite number");
  if (field->real_min > field->real_max)
    return migdesc_table_fail (scope, field, "min is above max");
  return TRUE;
}

static gboolean
is_word (const char *word)
{
  gsize length = word == NULL ? 0 : strlen (word);

  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isgraph (word[i]) || strchr ("\"\\|,", word[i]) != NULL)
      return FALSE;
  return length >= 1 && length <= MIGDESC_NAME_MAX;
}

static gboolean
check_each_word (const MigdescTableScope *scope,
                 const MigdescField *field)
{
  g_autoptr (GHashTable) words = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < field->n_words; i++)
    {
      if (!is_word (field->words[i]))
        return migdesc_table_fail (scope, field,
                                   "the word of value %u is not 1 to %u visible ASCII characters "
                                   "without \", \\, | and comma",
                                   i, MIGDESC_NAME_MAX);
      if (!g_hash_table_add (words, (gpointer) field->words[i]))
        return migdesc_table_fail (scope, field, "two values have the word \"%s\"",
                                   field->words[i]);
    }
  return TRUE;
}

static gboolean
check_words (const MigdescTableScope *scope,
             const MigdescField *field)
{
  gboolean flags = field->kind == MIGDESC_FIELD_FLAGS;
  guint most = flags ? 8 * field->width : (guint) MIN (get_greatest (field), 65535) + 1;

  if (field->n_words == 0 || field->words == NULL)
    return migdesc_table_fail (scope, field, "there are no words");
  if (field->n_words > most)
    return migdesc_table_fail (scope, field, "%u words, %u bytes have %u %s", field->n_words,
                               field->width, most, flags ? "bits" : "values at most");
  return check_each_word (scope, field);
}

gboolean
migdesc_table_check_values (const MigdescTableScope *scope,
                            const MigdescField *field)
{
  switch ((MigdescFieldKind) field->kind)
    {
    case MIGDESC_FIELD_BOOL:
    case MIGDESC_FIELD_UINT:
      return check_unsigned (scope, field);
    case MIGDESC_FIELD_CONSTANT:
      return check_constant (scope, field);
    case MIGDESC_FIELD_INT:
    case MIGDESC_FIELD_TIMER:
      return check_signed (scope, field);
    case MIGDESC_FIELD_DOUBLE:
      return check_doubles (scope, field);
    case MIGDESC_FIELD_ENUM:
    case MIGDESC_FIELD_FLAGS:
      return check_words (scope, field);
    case MIGDESC_FIELD_STRUCT:
      if (field->width != field->type->size)
        return migdesc_table_fail (scope, field, "%u bytes wide, the struct %s has %u",
                                   field->width, field->type->name, field->type->size);
      return TRUE;
    default:
      return TRUE;
    }
}
