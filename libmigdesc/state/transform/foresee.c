/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "state/transform/foresee.h"

#include <string.h>

#include "model/codes.h"
#include "state/schema/schema-words.h"
#include "state/table/scalar.h"
#include "state/transform/chain.h"
#include "state/transform/example.h"

/* Values times steps: more are left to the device. */
#define MAX_WORK 65536

void
migdesc_ends_clear (MigdescEnds *ends)
{
  g_clear_pointer (&ends->low, g_variant_unref);
  g_clear_pointer (&ends->high, g_variant_unref);
}

typedef struct
{
  guint64 bits;
  gboolean negative;
} Number;

static gboolean
get_number (GVariant *value,
            Number *number)
{
  gint64 whole = 0;

  number->negative = FALSE;
  switch (g_variant_get_type_string (value)[0])
    {
    case 'y':
      number->bits = g_variant_get_byte (value);
      return TRUE;
    case 'q':
      number->bits = g_variant_get_uint16 (value);
      return TRUE;
    case 'u':
      number->bits = g_variant_get_uint32 (value);
      return TRUE;
    case 't':
      number->bits = g_variant_get_uint64 (value);
      return TRUE;
    case 'n':
      whole = g_variant_get_int16 (value);
      break;
    case 'i':
      whole = g_variant_get_int32 (value);
      break;
    case 'x':
      whole = g_variant_get_int64 (value);
      break;
    default:
      return FALSE;
    }
  number->bits = (guint64) whole;
  number->negative = whole < 0;
  return TRUE;
}

static gboolean
is_less (const Number *number,
         const Number *other)
{
  if (number->negative != other->negative)
    return number->negative;
  return number->bits < other->bits; /* two's complement keeps the order */
}

static char *
describe (const Number *low,
          const Number *high)
{
  const Number *ends[] = { low, high };
  char *texts[2];
  g_autofree char *first = NULL;
  g_autofree char *last = NULL;

  for (guint i = 0; i < 2; i++)
    texts[i] = ends[i]->negative
                   ? g_strdup_printf ("%" G_GINT64_FORMAT, (gint64) ends[i]->bits)
                   : g_strdup_printf ("%" G_GUINT64_FORMAT, ends[i]->bits);
  first = texts[0];
  last = texts[1];
  return g_strdup_printf ("%s to %s", first, last);
}

static void
compare_numbers (const MigdescResolve *resolve,
                 const MigdescField *field,
                 const Number *low,
                 const Number *high)
{
  gboolean is_signed = migdesc_field_is_signed (field);
  g_autofree char *one = NULL, *other = NULL;
  Number min = { 0, FALSE }, max = { 0, FALSE };

  if (field->kind == MIGDESC_FIELD_INDEX)
    return;
  migdesc_field_get_range (field, &min.bits, &max.bits);
  min.negative = is_signed && (gint64) min.bits < 0;
  max.negative = is_signed && (gint64) max.bits < 0;
  if (!is_less (low, &min) && !is_less (&max, high))
    return;
  one = describe (low, high);
  other = describe (&min, &max);
  migdesc_resolve_say (resolve, MIGDESC_CODE_STATE_FIELD_VALUES,
                       is_less (high, &min) || is_less (&max, low) ? MIGDESC_SEVERITY_BLOCKER
                                                                   : MIGDESC_SEVERITY_WARNING,
                       FALSE, field->name, "%s at %s, %s at %s", one, resolve->voice->there, other,
                       resolve->voice->here);
}

static const char *
get_class (const MigdescField *field)
{
  switch ((MigdescFieldKind) field->kind)
    {
    case MIGDESC_FIELD_BOOL:
      return "b";
    case MIGDESC_FIELD_DOUBLE:
      return "d";
    case MIGDESC_FIELD_STRING:
      return "s";
    case MIGDESC_FIELD_BYTES:
    case MIGDESC_FIELD_BITMAP:
      return "ay";
    case MIGDESC_FIELD_STRUCT:
    case MIGDESC_FIELD_SECTION:
      return "a{sv}";
    default:
      return NULL; /* any integer */
    }
}

static gboolean
is_of_class (GVariant *value,
             const MigdescField *field)
{
  const char *class = get_class (field);
  Number number;

  if (class == NULL || class[0] == 'd')
    return get_number (value, &number)
           || (class != NULL && g_variant_is_of_type (value, G_VARIANT_TYPE_DOUBLE));
  return g_variant_is_of_type (value, G_VARIANT_TYPE (class));
}

static void compare_counts (const MigdescResolve *resolve,
                            const MigdescEnds *ends,
                            const MigdescField *field);
static void compare_fields (const MigdescResolve *resolve,
                            const MigdescEnds *ends,
                            const MigdescField *fields,
                            guint n_fields,
                            guint version);

static void
compare_nested (const MigdescResolve *resolve,
                const MigdescEnds *ends,
                const MigdescField *field,
                guint version)
{
  gboolean section = field->kind == MIGDESC_FIELD_SECTION;
  gsize length = resolve->path->len;

  g_string_append (resolve->path, field->name);
  if (!section && field->counting != MIGDESC_COUNT_ONE)
    g_string_append (resolve->path, "[]");
  g_string_append_c (resolve->path, '.');
  compare_fields (resolve, ends, section ? field->fields : field->type->fields,
                  section ? field->n_fields : field->type->n_fields,
                  section ? field->version : version);
  g_string_truncate (resolve->path, length);
}

static void
say_type (const MigdescResolve *resolve,
          const MigdescField *field,
          const char *found)
{
  migdesc_resolve_say (resolve, MIGDESC_CODE_STATE_FIELD_TYPE, MIGDESC_SEVERITY_BLOCKER, FALSE,
                       field->name, "a variant of type %s after the transforms, %s at %s", found,
                       migdesc_schema_type_to_word ((MigdescFieldKind) field->kind, field->width),
                       resolve->voice->here);
}

static void
compare_one (const MigdescResolve *resolve,
             const MigdescEnds *ends,
             const MigdescField *field,
             guint version)
{
  Number low, high;

  if (!is_of_class (ends->low, field) || !is_of_class (ends->high, field))
    say_type (resolve, field, g_variant_get_type_string (ends->high));
  else if (field->kind == MIGDESC_FIELD_BYTES || field->kind == MIGDESC_FIELD_BITMAP)
    compare_counts (resolve, ends, field);
  else if (field->kind == MIGDESC_FIELD_STRUCT || field->kind == MIGDESC_FIELD_SECTION)
    compare_nested (resolve, ends, field, version);
  else if (get_class (field) == NULL && get_number (ends->low, &low)
           && get_number (ends->high, &high))
    compare_numbers (resolve, field, &low, &high);
}

static gboolean
is_array_field (const MigdescField *field)
{
  return field->counting != MIGDESC_COUNT_ONE && field->kind != MIGDESC_FIELD_BYTES
         && field->kind != MIGDESC_FIELD_STRING && field->kind != MIGDESC_FIELD_BITMAP;
}

/* Examples are cut short: a longer one says nothing about how many there are. */
static void
compare_counts (const MigdescResolve *resolve,
                const MigdescEnds *ends,
                const MigdescField *field)
{
  gboolean bytes = get_class (field) != NULL && get_class (field)[0] == 'a';
  gboolean fixed = field->counting == MIGDESC_COUNT_FIXED;
  gsize most = bytes ? MIGDESC_EXAMPLE_BYTES : MIGDESC_EXAMPLE_ELEMENTS;
  gsize room = field->kind == MIGDESC_FIELD_BITMAP ? (field->capacity + 7) / 8 : field->capacity;
  gsize low = g_variant_n_children (ends->low);
  gsize high = g_variant_n_children (ends->high);
  gboolean fits = fixed ? low == MIN (room, most) && high == low : high <= room;

  if (!fits && field->kind != MIGDESC_FIELD_STRUCT)
    migdesc_resolve_say (resolve, MIGDESC_CODE_STATE_FIELD_VALUES,
                         low > room || (fixed && low == high) ? MIGDESC_SEVERITY_BLOCKER
                                                              : MIGDESC_SEVERITY_WARNING,
                         FALSE, field->name,
                         "up to %" G_GSIZE_FORMAT " elements or bytes at %s, %" G_GSIZE_FORMAT
                         " at %s",
                         high, resolve->voice->there, room, resolve->voice->here);
}

/* The first element stands for all: an example has them all alike. */
static void
compare_array (const MigdescResolve *resolve,
               const MigdescEnds *ends,
               const MigdescField *field,
               guint version)
{
  g_auto (MigdescEnds) first = { NULL, NULL };

  if (!g_variant_is_of_type (ends->low, G_VARIANT_TYPE_ARRAY)
      || g_variant_is_of_type (ends->high, G_VARIANT_TYPE_VARDICT))
    {
      say_type (resolve, field, g_variant_get_type_string (ends->high));
      return;
    }
  compare_counts (resolve, ends, field);
  if (g_variant_n_children (ends->high) == 0 || g_variant_n_children (ends->low) == 0)
    return;
  first.low = g_variant_get_child_value (ends->low, 0);
  first.high = g_variant_get_child_value (ends->high, 0);
  compare_one (resolve, &first, field, version);
}

/* Only what another configuration has may be absent from a tree. */
static void
say_missing (const MigdescResolve *resolve,
             const MigdescField *field)
{
  if (field->param != NULL || (field->kind == MIGDESC_FIELD_SECTION && field->needed_name != NULL))
    return;
  migdesc_resolve_say (resolve, MIGDESC_CODE_STATE_FIELD_MISSING, MIGDESC_SEVERITY_BLOCKER, FALSE,
                       field->name, "no transform makes this field, and %s needs it",
                       resolve->voice->here);
}

/* Borrowed names to values. */
static GHashTable *
index_members (GVariant *members)
{
  GHashTable *index
      = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) g_variant_unref);
  GVariantIter iter;
  GVariant *value;
  const char *name;

  g_variant_iter_init (&iter, members);
  while (g_variant_iter_next (&iter, "{&sv}", &name, &value))
    g_hash_table_insert (index, (gpointer) name, value);
  return index;
}

static void
say_unknown (const MigdescResolve *resolve,
             GVariant *members,
             GHashTable *known)
{
  GVariantIter iter;
  GVariant *value;
  const char *name;

  g_variant_iter_init (&iter, members);
  while (g_variant_iter_next (&iter, "{&sv}", &name, &value))
    {
      if (!g_hash_table_contains (known, name) && strcmp (name, "@version") != 0)
        migdesc_resolve_say (resolve, MIGDESC_CODE_STATE_FIELD_UNKNOWN, MIGDESC_SEVERITY_BLOCKER,
                             FALSE, name,
                             "no transform drops this field, and %s does not have it",
                             resolve->voice->here);
      g_variant_unref (value);
    }
}

static void
compare_fields (const MigdescResolve *resolve,
                const MigdescEnds *ends,
                const MigdescField *fields,
                guint n_fields,
                guint version)
{
  g_autoptr (GHashTable) known = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) lows = index_members (ends->low);
  g_autoptr (GHashTable) highs = index_members (ends->high);

  for (guint i = 0; i < n_fields; i++)
    {
      const MigdescField *field = &fields[i];
      MigdescEnds values;

      if (field->kind == MIGDESC_FIELD_UNUSED || field->kind == MIGDESC_FIELD_RELATION
          || !migdesc_field_is_there (field, version)
          || !g_hash_table_add (known, (gpointer) field->name))
        continue;
      values.low = g_hash_table_lookup (lows, field->name);
      values.high = g_hash_table_lookup (highs, field->name);
      if (values.low == NULL || values.high == NULL)
        say_missing (resolve, field);
      else if (is_array_field (field))
        compare_array (resolve, &values, field, version);
      else
        compare_one (resolve, &values, field, version);
    }
  say_unknown (resolve, ends->high, known);
}

void
migdesc_foresee_compare (const MigdescResolve *resolve,
                         const MigdescEnds *ends,
                         const MigdescStruct *to,
                         guint version)
{
  compare_fields (resolve, ends, to->fields, to->n_fields, version);
}

/* FALSE: no state comes through. Where one end does, it stands for both. */
static gboolean
apply_step (const MigdescResolve *resolve,
            MigdescTransforms *transforms,
            guint from,
            guint to,
            MigdescEnds *ends)
{
  g_autoptr (GError) low_error = NULL, high_error = NULL;
  g_auto (MigdescEnds) after = { NULL, NULL };

  after.low = migdesc_transforms_apply_step (transforms, from, to, ends->low, &low_error);
  after.high = migdesc_transforms_apply_step (transforms, from, to, ends->high, &high_error);
  if (after.low == NULL && after.high == NULL)
    migdesc_resolve_say (resolve, migdesc_error_get_nick (MIGDESC_ERROR_STATE_TRANSFORM),
                         MIGDESC_SEVERITY_BLOCKER, FALSE, NULL, "%s", low_error->message);
  else if (after.low == NULL || after.high == NULL)
    migdesc_resolve_say (resolve, migdesc_error_get_nick (MIGDESC_ERROR_STATE_TRANSFORM),
                         MIGDESC_SEVERITY_WARNING, FALSE, NULL, "some states will be refused: %s",
                         (after.low == NULL ? low_error : high_error)->message);
  migdesc_ends_clear (ends);
  if (after.low == NULL && after.high == NULL)
    return FALSE;
  ends->low = g_variant_ref (after.low != NULL ? after.low : after.high);
  ends->high = g_variant_ref (after.high != NULL ? after.high : after.low);
  return TRUE;
}

/* FALSE: what the step makes of a state is not in the schema. */
static gboolean
is_data (const MigdescResolve *resolve,
         MigdescTransforms *transforms,
         guint from,
         guint to)
{
  const char *function = migdesc_transforms_find_function (transforms, from, to);

  if (function != NULL)
    migdesc_resolve_say (resolve, MIGDESC_CODE_STATE_RULE_DIFFERS, MIGDESC_SEVERITY_WARNING, TRUE,
                         NULL,
                         "the transform from state version %u to %u calls %s, and only the device "
                         "can tell what that makes of a state",
                         from, to, function);
  return function == NULL;
}

static gboolean
is_short (const MigdescResolve *resolve,
          const MigdescForesight *foresight,
          guint n_steps)
{
  guint most = MAX_WORK / MAX (1, n_steps);

  if (migdesc_table_count_fields (foresight->from, most) < most)
    return TRUE;
  migdesc_resolve_say (resolve, MIGDESC_CODE_STATE_RULE_DIFFERS, MIGDESC_SEVERITY_WARNING, TRUE,
                       NULL,
                       "the %u transforms from state version %u to %u are too much for states of "
                       "%u fields and more to be foreseen",
                       n_steps, foresight->from_version, foresight->to_version, most);
  return FALSE;
}

gboolean
migdesc_foresee (const MigdescResolve *resolve,
                 const MigdescForesight *foresight,
                 MigdescEnds *ends)
{
  MigdescTransforms *transforms = foresight->transforms;
  g_autoptr (GArray) chain = migdesc_transforms_find_chain (transforms, foresight->from_version,
                                                            foresight->to_version);

  if (!is_short (resolve, foresight, chain->len - 1))
    return FALSE;
  ends->low = g_variant_ref_sink (migdesc_table_make_example (
      foresight->from, foresight->from_version, FALSE, foresight->gated));
  ends->high = g_variant_ref_sink (migdesc_table_make_example (
      foresight->from, foresight->from_version, TRUE, foresight->gated));
  for (guint i = 0; i + 1 < chain->len; i++)
    {
      guint from = g_array_index (chain, guint, i);
      guint to = g_array_index (chain, guint, i + 1);

      if (!is_data (resolve, transforms, from, to)
          || !apply_step (resolve, transforms, from, to, ends))
        return FALSE;
    }
  return TRUE;
}
