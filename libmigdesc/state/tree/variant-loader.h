/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "state/visitor/visitor-private.h"

G_BEGIN_DECLS

/* The visitor that loads a state out of a GVariant. */

typedef struct
{
  GVariant *value; /* a{sv}, or an array */
  gsize n;
  gsize next;      /* the child that is tried first */
  gsize n_used;
  guint8 *used;    /* of a{sv}, a flag a member */
} MigdescVariantFrame;

typedef struct
{
  MigdescVisitor parent_instance;
  GVariant *whole;
  gboolean absent;
  guint depth;
  MigdescVariantFrame frames[MIGDESC_STATE_DEPTH_MAX + 2];
  GVariant *buffer;
  gsize done;
} MigdescVariantLoader;

typedef struct
{
  MigdescVisitorClass parent_class;
} MigdescVariantLoaderClass;

GType migdesc_variant_loader_get_type (void);

gboolean migdesc_variant_loader_fail (MigdescVariantLoader *loader,
                                      GError **error,
                                      MigdescError code,
                                      const char *format,
                                      ...) G_GNUC_PRINTF (4, 5);
/* Of a value that is not of the type that is wanted; NULL: there is none. */
gboolean migdesc_variant_loader_fail_value (MigdescVariantLoader *loader,
                                            GVariant *value,
                                            const char *wanted,
                                            GError **error);
/* The value of a member or the next element, without the boxes around it: transfer full, NULL for
 * nothing. */
gboolean migdesc_variant_loader_enter (MigdescVariantLoader *loader,
                                       const char *name,
                                       GVariant **value,
                                       GError **error);
/* Implements the visits of values. */
void migdesc_variant_loader_class_set_values (MigdescVisitorClass *klass);

G_END_DECLS
