/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#if !defined(MIGDESC_INSIDE) && !defined(MIGDESC_COMPILATION)
#error "Only <migdesc/migdesc.h> can be included directly."
#endif

#include <migdesc/migdesc-limits.h>
#include <migdesc/migdesc-types.h>
#include <migdesc/migdesc-descriptor.h>

G_BEGIN_DECLS

/**
 * SECTION:migdesc-matrix
 * @title: Test matrices
 * @short_description: which pairs of versions a promise implies, and which are tested
 *
 * A support promise says which programs can exchange the state of a device: those that know a
 * version as their newest, and those that know another. A matrix lists these pairs, whether each
 * has been tested, and what has to run to test the rest.
 */

#define MIGDESC_TYPE_MATRIX (migdesc_matrix_get_type ())
MIGDESC_AVAILABLE_IN_1_0
GType migdesc_matrix_get_type (void) G_GNUC_CONST;

MIGDESC_AVAILABLE_IN_1_0
MigdescMatrix *migdesc_matrix_new (MigdescDescriptor **descriptors,
                                   gsize n_descriptors,
                                   const char *model,
                                   const MigdescLimits *limits,
                                   GError **error);
MIGDESC_AVAILABLE_IN_1_0
MigdescMatrix *migdesc_matrix_ref (MigdescMatrix *matrix);
MIGDESC_AVAILABLE_IN_1_0
void migdesc_matrix_unref (MigdescMatrix *matrix);

MIGDESC_AVAILABLE_IN_1_0
const char *migdesc_matrix_get_model (const MigdescMatrix *matrix);
MIGDESC_AVAILABLE_IN_1_0
guint migdesc_matrix_get_n_pairs (const MigdescMatrix *matrix);
MIGDESC_AVAILABLE_IN_1_0
guint migdesc_matrix_get_n_promised (const MigdescMatrix *matrix);
MIGDESC_AVAILABLE_IN_1_0
guint migdesc_matrix_get_n_missing (const MigdescMatrix *matrix);

MIGDESC_AVAILABLE_IN_1_0
const char *migdesc_matrix_get_from (const MigdescMatrix *matrix, guint pair);
MIGDESC_AVAILABLE_IN_1_0
const char *migdesc_matrix_get_to (const MigdescMatrix *matrix, guint pair);
MIGDESC_AVAILABLE_IN_1_0
const char *migdesc_matrix_get_version (const MigdescMatrix *matrix, guint pair);
MIGDESC_AVAILABLE_IN_1_0
gboolean migdesc_matrix_is_promised (const MigdescMatrix *matrix, guint pair);
MIGDESC_AVAILABLE_IN_1_0
MigdescSupport migdesc_matrix_get_promise (const MigdescMatrix *matrix, guint pair);
MIGDESC_AVAILABLE_IN_1_0
const char *migdesc_matrix_get_promising_version (const MigdescMatrix *matrix, guint pair);
MIGDESC_AVAILABLE_IN_1_0
gboolean migdesc_matrix_is_tested (const MigdescMatrix *matrix, guint pair);
MIGDESC_AVAILABLE_IN_1_0
gboolean migdesc_matrix_find_program (const MigdescMatrix *matrix,
                                      const char *version,
                                      gsize start,
                                      gsize *position);

MIGDESC_AVAILABLE_IN_1_0
char *migdesc_matrix_to_string (const MigdescMatrix *matrix);
MIGDESC_AVAILABLE_IN_1_0
char *migdesc_matrix_to_json (const MigdescMatrix *matrix);
MIGDESC_AVAILABLE_IN_1_0
char *migdesc_matrix_to_badge_svg (const MigdescMatrix *matrix);
MIGDESC_AVAILABLE_IN_1_0
char *migdesc_matrix_to_badge_json (const MigdescMatrix *matrix);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MigdescMatrix, migdesc_matrix_unref)

G_END_DECLS
