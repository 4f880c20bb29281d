/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <migdesc/migdesc-param-list.h>

#include "model/core.h"

G_BEGIN_DECLS

/* What descriptors say of a list, each thing once. The params of thousands of descriptors are
 * mostly the same, and where a model has nothing but params and constraints, a list passes if it
 * passes each of them: so these are kept once, and looked at once, in one place of memory. Models
 * of which more has to be asked (flags, promises, versions without params) are left to the check
 * itself. */

#define MIGDESC_FACTS_UNSURE 4 /* ask the check */

typedef struct _MigdescFacts MigdescFacts;
typedef struct _MigdescFactsQuestion MigdescFactsQuestion;

MigdescFacts *migdesc_facts_new (void);
void migdesc_facts_free (MigdescFacts *facts);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MigdescFacts, migdesc_facts_free)

/* Descriptors in the order of their numbers; they have to outlive the facts. */
void migdesc_facts_add (MigdescFacts *facts, const MigdescStore *store);
gsize migdesc_facts_size (const MigdescFacts *facts);

/* Of a list without a version, about a model by name. Nothing may be added as long as it lasts. */
MigdescFactsQuestion *migdesc_facts_question_new (const MigdescFacts *facts,
                                                  const MigdescParamList *list);
void migdesc_facts_question_free (MigdescFactsQuestion *question);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MigdescFactsQuestion, migdesc_facts_question_free)
/* A MigdescVerdict, or MIGDESC_FACTS_UNSURE. */
guint8 migdesc_facts_ask (MigdescFactsQuestion *question, guint32 descriptor);

G_END_DECLS
