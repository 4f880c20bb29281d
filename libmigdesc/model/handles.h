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

/* Each handle holds a reference on the store and points at its record; none holds another handle.
 * One that was made by g_object_new stands for an empty record of an empty store. */

/* takes over the reference */
MigdescDescriptor *migdesc_descriptor_new_for_store (MigdescStore *store);
MigdescStore *migdesc_descriptor_get_store (MigdescDescriptor *descriptor);

/* These make a new handle and take a reference. */
MigdescModel *migdesc_model_new_for_core (MigdescStore *store, const MigdescModelCore *core);
MigdescParam *migdesc_param_new_for_core (MigdescStore *store, const MigdescParamCore *core);
MigdescVersion *migdesc_version_new_for_core (MigdescStore *store,
                                              const MigdescModelCore *model,
                                              const MigdescVersionCore *core);
/* @core may lie outside of the store, if it and all it points to outlives the handle */
MigdescConstraint *migdesc_constraint_new_for_core (MigdescStore *store,
                                                    const MigdescModelCore *model,
                                                    const MigdescConstraintCore *core);

const MigdescModelCore *migdesc_model_get_core (MigdescModel *model);
MigdescStore *migdesc_model_get_store (MigdescModel *model);

/* Lists of the handles of a MigdescModel's parts, for migdesc_items_get. */
GListModel *migdesc_items_new_params (gpointer model);
GListModel *migdesc_items_new_versions (gpointer model);
GListModel *migdesc_items_new_constraints (gpointer model);

/* What handles without a record of their own point at. */
MigdescStore *migdesc_store_get_empty (void);
extern const MigdescModelCore migdesc_model_core_empty;

/* The allowed values of a record in a store, as the public type. */
MigdescValueSet *migdesc_store_view_set (MigdescStore *store, const MigdescSet *set);

G_END_DECLS
