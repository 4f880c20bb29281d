/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "base/index.h"
#include "value/value-set-private.h"

G_BEGIN_DECLS

/* What somebody may have meant: names by edit distance, values by order. */

#define MIGDESC_MAX_NEAR 3

typedef struct
{
  const char *names[MIGDESC_MAX_NEAR]; /* nearest first */
  guint n;
} MigdescNear;

/* Searches @n records, the first of which has its key at @first and each @stride bytes after the
 * one before. Unless @however_far, only names that a slip could have made @name. Takes what it
 * costs from @budget and stops when that is spent. */
void migdesc_near_names (MigdescNear *near,
                         const MigdescName *first,
                         gsize stride,
                         guint n,
                         const char *name,
                         gboolean however_far,
                         guint32 *budget);
/* The same for the strings of a set */
void migdesc_near_strings (MigdescNear *near,
                           const MigdescSet *set,
                           const char *string,
                           guint32 *budget);

/* The greatest member below @value and the smallest above it; FALSE: there is none. */
gboolean migdesc_near_below (const MigdescSet *set, guint64 value, guint64 *below);
gboolean migdesc_near_above (const MigdescSet *set, guint64 value, guint64 *above);

G_END_DECLS
