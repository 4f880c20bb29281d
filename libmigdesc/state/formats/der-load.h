/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "state/formats/der-item.h"
#include "state/formats/der.h"

G_BEGIN_DECLS

typedef enum
{
  MIGDESC_DER_AT_START,
  MIGDESC_DER_AT_SCHEMAS,
  MIGDESC_DER_AT_DEVICES,
  MIGDESC_DER_AT_END
} MigdescDerStage;

/* Reads once all data are there and have been scanned; so what follows only has to look whether an
 * item is the one that is due. */
typedef struct
{
  MigdescStreamVisitor parent_instance;
  guint64 place; /* of the item at hand, for errors */
  guint depth;   /* frames in use */
  guint64 frames[MIGDESC_DER_FRAMES]; /* where an item ends */
  const MigdescStatePlan *plan;       /* nullable */
  MigdescDerStage stage;
  guint device;
  GHashTable *digests; /* of the schemas so far */
} MigdescDerLoader;

/* The next item, its head taken; of that tag, or the call fails. */
gboolean migdesc_der_loader_take (MigdescDerLoader *loader,
                                  guint tag,
                                  MigdescDerItem *item,
                                  GError **error);
/* Nothing is taken. FALSE: the item at hand has no more inside. */
gboolean migdesc_der_loader_peek (MigdescDerLoader *loader, MigdescDerItem *item);
gboolean migdesc_der_loader_fail_tag (MigdescDerLoader *loader,
                                      const MigdescDerItem *item,
                                      const char *wanted,
                                      GError **error);
/* An item with items inside. */
gboolean migdesc_der_loader_open (MigdescDerLoader *loader, guint tag, GError **error);
void migdesc_der_loader_push (MigdescDerLoader *loader, gsize length);
/* Fails if there is more than was read. */
gboolean migdesc_der_loader_close (MigdescVisitor *visitor, GError **error);
/* A copy of a text. NULL: failed. */
char *migdesc_der_loader_read_text (MigdescDerLoader *loader, gsize *length, GError **error);
/* Passes over sections that are not known, if they may be. */
void migdesc_der_loader_drop_sections (MigdescDerLoader *loader, const char *name);
/* The name of the section that comes next: FALSE if there is none. */
gboolean migdesc_der_loader_peek_section (MigdescDerLoader *loader,
                                          MigdescDerItem *section,
                                          MigdescDerItem *name);
void migdesc_der_loader_use (MigdescDerLoader *loader, gsize n);

void migdesc_der_loader_set_values (MigdescVisitorClass *klass);

G_END_DECLS
