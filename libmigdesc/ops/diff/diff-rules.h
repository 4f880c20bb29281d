/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <migdesc/migdesc-types.h>

G_BEGIN_DECLS

/* The rules of diff and lint, a row each. A rule set is a number: rules that are newer than it are
 * off, so that a project's CI does not fail because the library learnt something. */

typedef enum
{
  MIGDESC_RULE_DIFF,
  MIGDESC_RULE_LINT
} MigdescRuleKind;

typedef struct
{
  const char *code;
  guint8 kind;     /* MigdescRuleKind */
  guint8 category; /* the migrations that it may be about */
  guint8 severity;
  guint8 since;    /* the first rule set that has it */
} MigdescRuleRow;

/* NULL: no rule has that code. */
const MigdescRuleRow *migdesc_rule_find (MigdescRuleKind kind, const char *code);
/* The codes of a rule set, in the order of the table */
char **migdesc_rule_list (MigdescRuleKind kind, guint rules);

G_END_DECLS
