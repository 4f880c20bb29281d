/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <migdesc/migdesc-report.h>
#include <migdesc/migdesc-state.h>
#include <migdesc/migdesc-value-set.h>

#include "state/tree/tree.h"

G_BEGIN_DECLS

/* What values in a stream may be: SECTION PATH VALUES. The section is a pattern with `*` and `?`;
 * in the path `[*]` is every element; the values are a set (2-256,512), or `bits` and those that
 * may be set. */
typedef struct
{
  char *text;
  char *section;
  char *path;
  MigdescValueSet *accepted; /* NULL: bits */
  guint64 bits;
} MigdescQemuRule;

/* Fails with invalid-argument. */
gboolean migdesc_qemu_rule_parse (MigdescQemuRule *rule, const char *text, GError **error);
void migdesc_qemu_rule_clear (MigdescQemuRule *rule);

/* Is called with each place that the path means; FALSE ends it. */
typedef gboolean (*MigdescQemuPlaceFunc) (const char *path,
                                          const MigdescNode *node,
                                          gpointer data);

/* How many places there are. */
guint64 migdesc_qemu_rule_walk (const char *path,
                                const MigdescNode *root,
                                MigdescQemuPlaceFunc func,
                                gpointer data);

/* Notes what the section's state has that the rule does not accept: how many numbers there are. */
guint64 migdesc_qemu_rule_check (const MigdescQemuRule *rule,
                                 const char *section,
                                 guint64 offset,
                                 MigdescState *state,
                                 MigdescReport *report);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MigdescQemuRule, migdesc_qemu_rule_clear)

G_END_DECLS
