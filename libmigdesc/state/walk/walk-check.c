/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "state/walk/walk-check.h"

#include <migdesc/migdesc-error.h>

#include "state/table/scalar.h"
#include "state/table/storage.h"

/* What must hold between fields, each of which is within its own bounds. */

typedef struct
{
  guint64 value;
  gboolean negative;
} Number;

static Number
load_number (const MigdescField *field,
             const guint8 *address)
{
  Number number = { migdesc_field_load (field, address), FALSE };

  number.negative = migdesc_field_is_signed (field)
                    && (gint64) number.value < 0;
  return number;
}

/* Signed against unsigned compares as in arithmetic, not as in C. */
static int
compare (Number left,
         Number right)
{
  if (left.negative != right.negative)
    return left.negative ? -1 : 1;
  return left.value < right.value ? -1 : left.value > right.value;
}

static gboolean
holds (MigdescFieldRelation relation,
       int order)
{
  switch (relation)
    {
    case MIGDESC_LT:
      return order < 0;
    case MIGDESC_LE:
      return order <= 0;
    case MIGDESC_EQ:
      return order == 0;
    default:
      return order != 0;
    }
}

static const char *const relation_words[] = {
  [MIGDESC_LT] = "less than",
  [MIGDESC_LE] = "less than or equal to",
  [MIGDESC_EQ] = "equal to",
  [MIGDESC_NE] = "different from",
};

static char *
number_to_string (Number number)
{
  return number.negative ? g_strdup_printf ("%" G_GINT64_FORMAT, (gint64) number.value)
                         : g_strdup_printf ("%" G_GUINT64_FORMAT, number.value);
}

static gboolean
check_relation (MigdescWalk *walk,
                const MigdescChecks *checks,
                const MigdescRule *rule,
                const guint8 *base,
                GError **error)
{
  Number left = load_number (rule->left, base + rule->left_offset);
  Number right = rule->right == NULL ? (Number) { rule->value, FALSE }
                                     : load_number (rule->right, base + rule->right_offset);
  g_autofree char *leaf = NULL, *this = NULL, *other = NULL;

  if (holds (rule->relation, compare (left, right)))
    return TRUE;
  leaf = g_strconcat (checks->path, rule->left->name, NULL);
  this = number_to_string (left);
  other = number_to_string (right);
  return migdesc_visitor_fail (walk->visitor, error, MIGDESC_ERROR_STATE_RELATION, leaf,
                               "%s is not %s %s%s, which is %s", this,
                               relation_words[rule->relation],
                               rule->right == NULL ? "the parameter " : "", rule->field->other,
                               other);
}

static gboolean
check_index (MigdescWalk *walk,
             const MigdescChecks *checks,
             const MigdescRule *rule,
             const guint8 *base,
             GError **error)
{
  guint64 index = migdesc_field_load (rule->field, base + rule->left_offset);
  guint64 count = rule->right->counting == MIGDESC_COUNT_PARAM
                      ? rule->value
                      : migdesc_field_get_count (rule->right, base, rule->right_offset);
  g_autofree char *leaf = NULL;

  if (index < count)
    return TRUE;
  if ((rule->field->flags & MIGDESC_FIELD_NONE_ALLOWED) != 0 && index == rule->field->max)
    return TRUE;
  leaf = g_strconcat (checks->path, rule->field->name, NULL);
  return migdesc_visitor_fail (walk->visitor, error, MIGDESC_ERROR_STATE_INDEX, leaf,
                               "%" G_GUINT64_FORMAT " is not a position in %s, which has %"
                               G_GUINT64_FORMAT " elements",
                               index, rule->right->name, count);
}

static gboolean
call_check (MigdescWalk *walk,
            const MigdescChecks *checks,
            const guint8 *base,
            GError **error)
{
  g_autoptr (GError) refusal = NULL;
  g_autoptr (GString) leaf = NULL;

  if (checks->table == NULL || checks->table->check (base + checks->offset, &refusal))
    return TRUE;
  leaf = g_string_new (checks->path);
  if (leaf->len > 0)
    g_string_truncate (leaf, leaf->len - 1);
  return migdesc_visitor_fail (walk->visitor, error, MIGDESC_ERROR_STATE_CHECK,
                               leaf->len > 0 ? leaf->str : NULL, "%s refuses it: %s",
                               checks->table->check_name,
                               refusal == NULL ? "no reason given" : refusal->message);
}

gboolean
migdesc_walk_check (MigdescWalk *walk,
                    const MigdescChecks *checks,
                    guint n_checks,
                    guint8 *base,
                    GError **error)
{
  for (guint i = 0; i < n_checks; i++)
    {
      for (guint j = 0; j < checks[i].n_rules; j++)
        {
          const MigdescRule *rule = &checks[i].rules[j];
          gboolean fine = rule->relation == 0
                              ? check_index (walk, &checks[i], rule, base, error)
                              : check_relation (walk, &checks[i], rule, base, error);

          if (!fine)
            return FALSE;
        }
      if (!call_check (walk, &checks[i], base, error))
        return FALSE;
    }
  return TRUE;
}
