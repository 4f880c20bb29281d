/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* A program of GLib that does nothing. */

#include <glib-object.h>

int
main (void)
{
  g_autoptr (GObject) object = g_object_new (G_TYPE_OBJECT, NULL);

  return object == NULL;
}
