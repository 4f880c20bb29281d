/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <migdesc/migdesc-value-set.h>
#include "base/arena.h"
#include "value/value.h"

G_BEGIN_DECLS

/* The bits of a set of bools */
#define MIGDESC_SET_OFF 1
#define MIGDESC_SET_ON 2
#define MIGDESC_SET_BOTH 3

typedef struct
{
  guint64 min;
  guint64 max;
} MigdescInterval;

/* The compact form of a value set, as a param or a condition holds it. Intervals are sorted,
 * disjoint and not adjacent; strings are sorted byte by byte, each once. Equal sets have equal
 * compact forms. */
typedef struct
{
  guint8 type; /* MigdescValueType */
  /* every value of the type; no members stored. A full bool set and 0 to 2^64-1 are not "any" */
  guint8 any;
  guint8 bools; /* MIGDESC_SET_OFF, MIGDESC_SET_ON */
  guint32 n;    /* intervals or strings */
  union
  {
    const MigdescInterval *intervals;
    const char *const *strings;
  } members;
} MigdescSet;

/* The public boxed type: a view of a compact set that lives as long as @owner. */
struct _MigdescValueSet
{
  gatomicrefcount ref_count;
  MigdescSet set;
  gpointer owner;
  GDestroyNotify owner_free;
};

/* Takes over a reference on @owner that @owner_free gives back. */
MigdescValueSet *migdesc_value_set_new_view (const MigdescSet *set,
                                             gpointer owner,
                                             GDestroyNotify owner_free);
/* Takes over the arena. */
MigdescValueSet *migdesc_value_set_new_in_arena (const MigdescSet *set, MigdescArena *arena);

/* The slow halves of migdesc_set_contains */
gboolean migdesc_set_contains_int (const MigdescSet *set, guint64 number);
gboolean migdesc_set_contains_string (const MigdescSet *set, const char *string);

static inline gboolean
migdesc_set_contains (const MigdescSet *set,
                      MigdescValue value)
{
  const MigdescInterval *first = set->members.intervals;

  if (set->any)
    return TRUE;
  if (set->type == MIGDESC_VALUE_TYPE_BOOL)
    return (set->bools & (value.number ? MIGDESC_SET_ON : MIGDESC_SET_OFF)) != 0;
  if (set->type == MIGDESC_VALUE_TYPE_STRING)
    return migdesc_set_contains_string (set, value.string);
  if (set->n > 0 && value.number >= first->min && value.number <= first->max)
    return TRUE;
  return set->n > 1 && migdesc_set_contains_int (set, value.number);
}

gboolean migdesc_set_is_empty (const MigdescSet *set);
/* saturates at 2^64-1, which is also that of any string */
guint64 migdesc_set_count (const MigdescSet *set);
gboolean migdesc_set_equal (const MigdescSet *set, const MigdescSet *other);
gboolean migdesc_set_is_subset (const MigdescSet *set, const MigdescSet *other);
guint64 migdesc_set_hash (const MigdescSet *set);
/* Results live in @arena. */
void migdesc_set_intersect (const MigdescSet *set,
                            const MigdescSet *other,
                            MigdescArena *arena,
                            MigdescSet *result);
void migdesc_set_unite (const MigdescSet *set,
                        const MigdescSet *other,
                        MigdescArena *arena,
                        MigdescSet *result);
void migdesc_set_subtract (const MigdescSet *set,
                           const MigdescSet *other,
                           MigdescArena *arena,
                           MigdescSet *result);
void migdesc_set_add_value (const MigdescSet *set,
                            MigdescValue value,
                            MigdescArena *arena,
                            MigdescSet *result);
void migdesc_set_copy (const MigdescSet *set, MigdescArena *arena, MigdescSet *result);
/* `1-64,128`; `off,on`; strings with commas doubled; `any` is the word "any value". Not escaped. */
void migdesc_set_append_text (GString *text, const MigdescSet *set);
/* Stops after the first member that makes it longer than @most bytes: the rest could be
 * megabytes. */
void migdesc_set_append_start (GString *text, const MigdescSet *set, gsize most);
/* The same for messages: escaped, and cut after MIGDESC_QUOTE_MAX characters. */
void migdesc_set_quote (GString *message, const MigdescSet *set);
/* As in allowed_values, and null for any: [1,"3-64"], ["a","b"], [false,true]; ints above 2^53 as
 * decimal strings */
void migdesc_set_append_json (GString *json, const MigdescSet *set);

/* Collects members in any order, then sorts and merges: O(n log n) however they come. Reusable
 * after a build. */
typedef struct
{
  MigdescValueType type;
  guint8 bools;
  guint8 sorted; /* so far each member was above the one before */
  guint n;       /* members added */
  guint n_intervals_allocated;
  guint n_strings_allocated;
  MigdescInterval *intervals;
  MigdescSlice *strings; /* borrowed until build copies them */
} MigdescSetBuilder;

void migdesc_set_builder_init (MigdescSetBuilder *builder);
void migdesc_set_builder_reset (MigdescSetBuilder *builder, MigdescValueType type);
void migdesc_set_builder_clear (MigdescSetBuilder *builder);
guint migdesc_set_builder_get_n_added (const MigdescSetBuilder *builder);
/* a string has to end in NUL */
void migdesc_set_builder_add_value (MigdescSetBuilder *builder, MigdescValue value);
void migdesc_set_builder_add_string (MigdescSetBuilder *builder, const char *text, gsize length);
void migdesc_set_builder_add_interval (MigdescSetBuilder *builder, guint64 min, guint64 max);
/* A member as the text form has it: a range, an int, on, off or a string without doubling. No more
 * than the default limit of ranges. */
gboolean migdesc_set_builder_add_text (MigdescSetBuilder *builder,
                                       const char *text,
                                       gsize length,
                                       GError **error);
/* No member makes an empty set. */
void migdesc_set_builder_build (MigdescSetBuilder *builder,
                                MigdescArena *arena,
                                MigdescSet *result);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MigdescSetBuilder, migdesc_set_builder_clear)

/* `MIN-MAX` or a single int; the error is range-syntax, range-order or value-not-int, without a
 * place */
gboolean migdesc_range_parse (const char *text,
                              gsize length,
                              guint64 *min,
                              guint64 *max,
                              GError **error);

G_END_DECLS
