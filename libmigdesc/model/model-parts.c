/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* The lists of what a model is made of. */

#include "model/handles.h"

/* What lists of a model's parts hold instead of the model. */
typedef struct
{
  MigdescStore *store;
  const MigdescModelCore *core;
} Owner;

static Owner *
owner_new (MigdescModel *model)
{
  Owner *owner = g_new (Owner, 1);

  owner->store = migdesc_store_ref (migdesc_model_get_store (model));
  owner->core = migdesc_model_get_core (model);
  return owner;
}

static void
owner_free (gpointer data)
{
  Owner *owner = data;

  migdesc_store_unref (owner->store);
  g_free (owner);
}

static GObject *
make_param (gpointer data,
            guint position)
{
  Owner *owner = data;

  return G_OBJECT (migdesc_param_new_for_core (owner->store, &owner->core->params[position]));
}

static GObject *
make_version (gpointer data,
              guint position)
{
  Owner *owner = data;

  return G_OBJECT (migdesc_version_new_for_core (owner->store, owner->core,
                                                 &owner->core->versions[position]));
}

static GObject *
make_constraint (gpointer data,
                 guint position)
{
  Owner *owner = data;

  return G_OBJECT (migdesc_constraint_new_for_core (owner->store, owner->core,
                                                    &owner->core->constraints[position]));
}

GListModel *
migdesc_items_new_params (gpointer model)
{
  return migdesc_items_new (MIGDESC_TYPE_PARAM, migdesc_model_get_core (model)->n_params,
                            make_param, owner_new (model), owner_free);
}

GListModel *
migdesc_items_new_versions (gpointer model)
{
  return migdesc_items_new (MIGDESC_TYPE_VERSION, migdesc_model_get_core (model)->n_versions,
                            make_version, owner_new (model), owner_free);
}

GListModel *
migdesc_items_new_constraints (gpointer model)
{
  return migdesc_items_new (MIGDESC_TYPE_CONSTRAINT, migdesc_model_get_core (model)->n_constraints,
                            make_constraint, owner_new (model), owner_free);
}
