/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Other values for all values in a variant. Nothing is known of their bounds, so that there are
 * several levels to try, from what fills a type down to small numbers. Each value gets its own, for
 * two that are mixed up have to be told apart. */

#define MIGDESC_TEST_LEVELS 20
#define MIGDESC_TEST_VALUE_KEPT G_MAXUINT8 /* for a level: the value stays as it is */

typedef struct
{
  guint n_values;
  guint8 *levels; /* of each value, in the order of the variant */
  char *types;    /* of each value, its type in GVariant's letters; a buffer is 'a' */
  GArray *numbers; /* guint64: of each value what it is at first, if it is an integer */
} MigdescTestValues;

/* All are kept at first. */
void migdesc_test_values_init (MigdescTestValues *values, GVariant *base);
void migdesc_test_values_clear (MigdescTestValues *values);
/* Whether there is a value of that type for the level, and another one than it has at first. */
gboolean migdesc_test_values_has_level (const MigdescTestValues *values, guint value, guint level);
/* The base with the values of their levels. To be taken by g_variant_take_ref(). */
GVariant *migdesc_test_values_apply (const MigdescTestValues *values, GVariant *base);

G_END_DECLS
