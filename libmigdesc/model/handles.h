/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <migdesc/migdesc-constraint.h>
#include <migdesc/migdesc-descriptor.h>
#include <migdesc/migdesc-model.h>
#include <migdesc/migdesc-param.h>
#include <migdesc/migdesc-version-entry.h>
#include "model/core.h"
#include "model/items.h"

G_BEGIN_DECLS

/* Each handle holds a reference on the store and points at its record; none holds another handle. */
MigdescDescriptor *migdesc_descriptor_new_for_store (MigdescStore *store); /* takes over the reference */
MigdescStore *migdesc_descriptor_get_store (MigdescDescriptor *descriptor);
MigdescModel *migdesc_model_new_for_core (MigdescStore *store, const MigdescModelCore *core); /* a new handle, takes a reference */
const MigdescModelCore *migdesc_model_get_core (MigdescModel *model);
MigdescStore *migdesc_model_get_store (MigdescModel *model);
/* a constraint handle on a record that lives in @store's arena or in anything else that @owner keeps alive */
MigdescConstraint *migdesc_constraint_new_for_core (MigdescStore *store, const MigdescModelCore *model, const MigdescConstraintCore *core);

G_END_DECLS
