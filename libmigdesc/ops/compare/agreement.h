/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "model/core.h"

G_BEGIN_DECLS

/* On what two models agree, as a model in a store of its own: the source's params, each with the
 * values on which they agree as its allowed values, and the constraints that remain. */

typedef struct
{
  MigdescStore *store;
  MigdescModelCore *model;
  MigdescParamCore *params;
  GArray *constraints; /* MigdescConstraintCore */
} MigdescAgreement;

/* With the source's params, nothing agreed on yet: set the allowed values of each, then finish. */
void migdesc_agreement_init (MigdescAgreement *agreement, const MigdescModelCore *source);
/* A single str param named version, for models of versions alone */
void migdesc_agreement_init_version (MigdescAgreement *agreement, const MigdescModelCore *source);
void migdesc_agreement_clear (MigdescAgreement *agreement);
/* Copies */
void migdesc_agreement_set_values (MigdescAgreement *agreement,
                                   guint32 param,
                                   const MigdescSet *values);
/* The conditions and sets lie in the agreement's arena. */
void migdesc_agreement_add_constraint (MigdescAgreement *agreement,
                                       const MigdescConstraintCore *constraint);
/* Hands over the store, whose only model it is. */
MigdescStore *migdesc_agreement_finish (MigdescAgreement *agreement);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MigdescAgreement, migdesc_agreement_clear)

G_END_DECLS
