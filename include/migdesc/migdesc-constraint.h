/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#if !defined(MIGDESC_INSIDE) && !defined(MIGDESC_COMPILATION)
#error "Only <migdesc/migdesc.h> can be included directly."
#endif

#include <migdesc/migdesc-types.h>
#include <migdesc/migdesc-value-set.h>

G_BEGIN_DECLS

#define MIGDESC_TYPE_CONSTRAINT (migdesc_constraint_get_type ())
MIGDESC_AVAILABLE_IN_1_0
G_DECLARE_FINAL_TYPE (MigdescConstraint, migdesc_constraint, MIGDESC, CONSTRAINT, GObject)

MIGDESC_AVAILABLE_IN_1_0
const char *migdesc_constraint_get_description (MigdescConstraint *constraint);
MIGDESC_AVAILABLE_IN_1_0
gboolean migdesc_constraint_is_forbid (MigdescConstraint *constraint);
MIGDESC_AVAILABLE_IN_1_0
char **migdesc_constraint_dup_if_params (MigdescConstraint *constraint);
MIGDESC_AVAILABLE_IN_1_0
MigdescValueSet *migdesc_constraint_get_if_values (MigdescConstraint *constraint,
                                                   const char *param);
MIGDESC_AVAILABLE_IN_1_0
char **migdesc_constraint_dup_then_params (MigdescConstraint *constraint);
MIGDESC_AVAILABLE_IN_1_0
MigdescValueSet *migdesc_constraint_get_then_values (MigdescConstraint *constraint,
                                                     const char *param);
MIGDESC_AVAILABLE_IN_1_0
char *migdesc_constraint_to_string (MigdescConstraint *constraint);
MIGDESC_AVAILABLE_IN_1_0
gboolean migdesc_constraint_equal (MigdescConstraint *constraint, MigdescConstraint *other);
MIGDESC_AVAILABLE_IN_1_0
guint migdesc_constraint_hash (MigdescConstraint *constraint);

G_END_DECLS
