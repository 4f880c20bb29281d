/* SPDX-License-Identifier: LGPL-2.1-or-later */

/**
 * SECTION:migdesc-descriptor
 * @Short_description: what one device implementation publishes
 * @Title: MigdescDescriptor
 *
 * A migration descriptor: the device models that an implementation offers, each with its migration
 * parameters, versions and constraints. It is read from text by #MigdescReader or made by
 * #MigdescDescriptorBuilder, and never changes.
 */

/**
 * MigdescDescriptor:
 *
 * A migration descriptor with at least one model. Immutable, and safe to share between threads.
 *
 * One that was made by g_object_new() has no model.
 *
 * Since: 1.0
 */

#include "model/handles.h"

#include <string.h>

struct _MigdescDescriptor
{
  GObject parent_instance;
  MigdescStore *store;
  GListModel *models; /* nullable: not asked for yet */
};

G_DEFINE_FINAL_TYPE (MigdescDescriptor, migdesc_descriptor, G_TYPE_OBJECT)

static void
descriptor_finalize (GObject *object)
{
  MigdescDescriptor *self = MIGDESC_DESCRIPTOR (object);

  g_clear_object (&self->models);
  migdesc_store_unref (self->store);
  G_OBJECT_CLASS (migdesc_descriptor_parent_class)->finalize (object);
}

static void
migdesc_descriptor_class_init (MigdescDescriptorClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = descriptor_finalize;
}

static void
migdesc_descriptor_init (MigdescDescriptor *self)
{
  self->store = migdesc_store_ref (migdesc_store_get_empty ());
}

MigdescDescriptor *
migdesc_descriptor_new_for_store (MigdescStore *store)
{
  MigdescDescriptor *self = g_object_new (MIGDESC_TYPE_DESCRIPTOR, NULL);

  migdesc_store_unref (self->store);
  self->store = store;
  return self;
}

MigdescStore *
migdesc_descriptor_get_store (MigdescDescriptor *descriptor)
{
  return descriptor->store;
}

/**
 * migdesc_model_get_descriptor:
 * @model: a model
 *
 * Makes a handle on the descriptor that the model belongs to. It is equal to the one that the model
 * was got from, but need not be the same object.
 *
 * Returns: (transfer full): the descriptor
 *
 * Since: 1.0
 */
MigdescDescriptor *
migdesc_model_get_descriptor (MigdescModel *model)
{
  g_return_val_if_fail (MIGDESC_IS_MODEL (model), NULL);
  return migdesc_descriptor_new_for_store (migdesc_store_ref (migdesc_model_get_store (model)));
}

/**
 * migdesc_descriptor_get_n_models:
 * @descriptor: a descriptor
 *
 * Counts the models.
 *
 * Returns: their number
 *
 * Since: 1.0
 */
guint
migdesc_descriptor_get_n_models (MigdescDescriptor *descriptor)
{
  g_return_val_if_fail (MIGDESC_IS_DESCRIPTOR (descriptor), 0);
  return descriptor->store->n_models;
}

static GObject *
make_model (gpointer owner,
            guint position)
{
  MigdescStore *store = owner;

  return G_OBJECT (migdesc_model_new_for_core (store, &store->models[position]));
}

static GListModel *
make_models (gpointer data)
{
  MigdescDescriptor *self = data;

  return migdesc_items_new (MIGDESC_TYPE_MODEL, self->store->n_models, make_model,
                            migdesc_store_ref (self->store), migdesc_store_release);
}

/**
 * migdesc_descriptor_get_models:
 * @descriptor: a descriptor
 *
 * Gets the models as a list of #MigdescModel in the order of the document.
 *
 * Returns: (transfer none): the list, which always is the same object
 *
 * Since: 1.0
 */
GListModel *
migdesc_descriptor_get_models (MigdescDescriptor *descriptor)
{
  g_return_val_if_fail (MIGDESC_IS_DESCRIPTOR (descriptor), NULL);
  return migdesc_items_get (&descriptor->models, make_models, descriptor);
}

/**
 * migdesc_descriptor_get_model:
 * @descriptor: a descriptor
 * @position: which model, from 0
 *
 * Gets a model.
 *
 * Returns: (transfer full) (nullable): the model, or %NULL if there are not that many
 *
 * Since: 1.0
 */
MigdescModel *
migdesc_descriptor_get_model (MigdescDescriptor *descriptor,
                              guint position)
{
  g_return_val_if_fail (MIGDESC_IS_DESCRIPTOR (descriptor), NULL);
  return g_list_model_get_item (migdesc_descriptor_get_models (descriptor), position);
}

/**
 * migdesc_descriptor_lookup_model:
 * @descriptor: a descriptor
 * @name: the name of a model; any text is safe
 *
 * Finds a model by its name, byte by byte.
 *
 * Returns: (transfer full) (nullable): the model, or %NULL if there is none of that name
 *
 * Since: 1.0
 */
MigdescModel *
migdesc_descriptor_lookup_model (MigdescDescriptor *descriptor,
                                 const char *name)
{
  const MigdescModelCore *core;

  g_return_val_if_fail (MIGDESC_IS_DESCRIPTOR (descriptor), NULL);
  g_return_val_if_fail (name != NULL, NULL);

  core = migdesc_store_find_model (descriptor->store, name, strlen (name));
  if (core == NULL)
    return NULL;
  return migdesc_descriptor_get_model (descriptor, (guint) (core - descriptor->store->models));
}

/**
 * migdesc_descriptor_dup_model_names:
 * @descriptor: a descriptor
 *
 * Copies the names of the models in the order of the document.
 *
 * Returns: (transfer full) (array zero-terminated=1): the names
 *
 * Since: 1.0
 */
char **
migdesc_descriptor_dup_model_names (MigdescDescriptor *descriptor)
{
  const MigdescStore *store;
  char **names;

  g_return_val_if_fail (MIGDESC_IS_DESCRIPTOR (descriptor), NULL);

  store = descriptor->store;
  names = g_new0 (char *, (gsize) store->n_models + 1);
  for (guint32 i = 0; i < store->n_models; i++)
    names[i] = g_strdup (store->models[i].name);
  return names;
}

/**
 * migdesc_descriptor_get_dialect:
 * @descriptor: a descriptor
 *
 * Tells which dialect the descriptor was read from.
 *
 * Returns: the dialect; %MIGDESC_DIALECT_NATIVE for one that was built
 *
 * Since: 1.0
 */
MigdescDialect
migdesc_descriptor_get_dialect (MigdescDescriptor *descriptor)
{
  g_return_val_if_fail (MIGDESC_IS_DESCRIPTOR (descriptor), MIGDESC_DIALECT_NATIVE);
  return (MigdescDialect) descriptor->store->dialect;
}

/**
 * migdesc_descriptor_get_origin:
 * @descriptor: a descriptor
 *
 * Tells where the descriptor was read from, as whoever read it named the place: a path, `-`, a
 * command.
 *
 * Returns: (transfer none) (nullable): the name of the place, or %NULL
 *
 * Since: 1.0
 */
const char *
migdesc_descriptor_get_origin (MigdescDescriptor *descriptor)
{
  g_return_val_if_fail (MIGDESC_IS_DESCRIPTOR (descriptor), NULL);
  return descriptor->store->origin;
}

/**
 * migdesc_descriptor_equal:
 * @descriptor: a descriptor
 * @other: another descriptor
 *
 * Tells whether two descriptors say the same: whether their canonical texts are the same. The
 * dialect and the origin that they were read from do not count; the order of models and params
 * does.
 *
 * Returns: whether they are equal
 *
 * Since: 1.0
 */
gboolean
migdesc_descriptor_equal (MigdescDescriptor *descriptor,
                          MigdescDescriptor *other)
{
  g_return_val_if_fail (MIGDESC_IS_DESCRIPTOR (descriptor), FALSE);
  g_return_val_if_fail (MIGDESC_IS_DESCRIPTOR (other), FALSE);
  return migdesc_store_equal (descriptor->store, other->store);
}

/**
 * migdesc_descriptor_hash:
 * @descriptor: a descriptor
 *
 * Gives a number that is the same for equal descriptors, within one process.
 *
 * Returns: the hash
 *
 * Since: 1.0
 */
guint
migdesc_descriptor_hash (MigdescDescriptor *descriptor)
{
  g_return_val_if_fail (MIGDESC_IS_DESCRIPTOR (descriptor), 0);
  return migdesc_hash_fold (migdesc_store_hash (descriptor->store));
}
