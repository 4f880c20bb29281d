/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "model/items.h"

#define MIGDESC_TYPE_ITEMS (migdesc_items_get_type ())
G_DECLARE_FINAL_TYPE (MigdescItems, migdesc_items, MIGDESC, ITEMS, GObject)

struct _MigdescItems
{
  GObject parent_instance;
  GType item_type;
  guint n;
  GObject *(*make) (gpointer owner, guint position);
  gpointer owner;
  GDestroyNotify owner_free;
  GObject **items; /* NULL: not asked for yet */
};

static void items_init_list_model (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (MigdescItems,
                               migdesc_items,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, items_init_list_model))

static void
items_finalize (GObject *object)
{
  MigdescItems *self = MIGDESC_ITEMS (object);

  for (guint i = 0; i < self->n; i++)
    g_clear_object (&self->items[i]);
  g_free (self->items);
  if (self->owner_free != NULL)
    self->owner_free (self->owner);
  G_OBJECT_CLASS (migdesc_items_parent_class)->finalize (object);
}

static GType
items_get_item_type (GListModel *list)
{
  return MIGDESC_ITEMS (list)->item_type;
}

static guint
items_get_n_items (GListModel *list)
{
  return MIGDESC_ITEMS (list)->n;
}

static gpointer
items_get_item (GListModel *list,
                guint position)
{
  MigdescItems *self = MIGDESC_ITEMS (list);
  GObject *item;
  GObject *made;

  if (position >= self->n)
    return NULL;
  item = g_atomic_pointer_get (&self->items[position]);
  if (item != NULL)
    return g_object_ref (item);

  made = self->make (self->owner, position);
  if (g_atomic_pointer_compare_and_exchange (&self->items[position], NULL, made))
    return g_object_ref (made);
  g_object_unref (made);
  return g_object_ref (g_atomic_pointer_get (&self->items[position]));
}

static void
items_init_list_model (GListModelInterface *iface)
{
  iface->get_item_type = items_get_item_type;
  iface->get_n_items = items_get_n_items;
  iface->get_item = items_get_item;
}

static void
migdesc_items_class_init (MigdescItemsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = items_finalize;
}

static void
migdesc_items_init (MigdescItems *self)
{
  self->item_type = G_TYPE_OBJECT;
}

GListModel *
migdesc_items_new (GType item_type,
                   guint n,
                   GObject *(*make) (gpointer owner, guint position),
                   gpointer owner,
                   GDestroyNotify owner_free)
{
  MigdescItems *self = g_object_new (MIGDESC_TYPE_ITEMS, NULL);

  self->item_type = item_type;
  self->n = n;
  self->make = make;
  self->owner = owner;
  self->owner_free = owner_free;
  self->items = g_new0 (GObject *, n);
  return G_LIST_MODEL (self);
}

GListModel *
migdesc_items_get (GListModel **place,
                   GListModel *(*make) (gpointer data),
                   gpointer data)
{
  GListModel *list = g_atomic_pointer_get (place);

  if (list != NULL)
    return list;
  list = make (data);
  if (g_atomic_pointer_compare_and_exchange (place, NULL, list))
    return list;
  g_object_unref (list);
  return g_atomic_pointer_get (place);
}
