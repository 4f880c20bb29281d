/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#if !defined(MIGDESC_INSIDE) && !defined(MIGDESC_COMPILATION)
#error "Only <migdesc/migdesc.h> can be included directly."
#endif

#include <migdesc/migdesc-types.h>
#include <migdesc/migdesc-descriptor.h>
#include <migdesc/migdesc-limits.h>
#include <migdesc/migdesc-report.h>

G_BEGIN_DECLS

/**
 * SECTION:migdesc-diff
 * @title: Diff and lint
 * @short_description: what would a change of a descriptor break?
 *
 * A descriptor that is published is a promise: there are virtual machines that run with it. A diff
 * tells which of them a changed descriptor would strand, each with a configuration that shows it;
 * lint tells what is odd in one descriptor.
 *
 * A document switches a rule off by its member `ignore`, `{"CODE": "why"}`, of the document or of a
 * model. Rules are numbered by rule sets, so that a project that names one meets no new rules with
 * a new library.
 */

/**
 * MIGDESC_RULES_NEWEST:
 *
 * The newest rule set of diff and lint that this version of the library has.
 *
 * Since: 1.0
 */
#define MIGDESC_RULES_NEWEST 1

/**
 * MigdescDiffFlags:
 * @MIGDESC_DIFF_DEFAULT: leave out what the document ignores
 * @MIGDESC_DIFF_SHOW_IGNORED: tell what the document ignores, as %MIGDESC_SEVERITY_INFO with the
 *   reason
 *
 * How diff and lint answer.
 *
 * Since: 1.0
 */
typedef enum
{
  MIGDESC_DIFF_DEFAULT = 0,
  MIGDESC_DIFF_SHOW_IGNORED = 1 << 0
} MigdescDiffFlags;

#define MIGDESC_TYPE_DIFF_FLAGS (migdesc_diff_flags_get_type ())
MIGDESC_AVAILABLE_IN_1_0
GType migdesc_diff_flags_get_type (void) G_GNUC_CONST;

MIGDESC_AVAILABLE_IN_1_0
MigdescReport *migdesc_diff (MigdescDescriptor *old_descriptor,
                             MigdescDescriptor *new_descriptor,
                             MigdescCategory category,
                             MigdescDiffFlags flags,
                             guint rules,
                             const MigdescLimits *limits,
                             GError **error);
MIGDESC_AVAILABLE_IN_1_0
MigdescReport *migdesc_diff_history (MigdescDescriptor **old_descriptors,
                                     gsize n_old_descriptors,
                                     MigdescDescriptor *new_descriptor,
                                     MigdescCategory category,
                                     MigdescDiffFlags flags,
                                     guint rules,
                                     const MigdescLimits *limits,
                                     GError **error);
MIGDESC_AVAILABLE_IN_1_0
MigdescReport *migdesc_lint (MigdescDescriptor *descriptor,
                             MigdescDiffFlags flags,
                             guint rules,
                             const MigdescLimits *limits,
                             GError **error);

MIGDESC_AVAILABLE_IN_1_0
char **migdesc_diff_list_codes (guint rules);
MIGDESC_AVAILABLE_IN_1_0
char **migdesc_lint_list_codes (guint rules);

G_END_DECLS
