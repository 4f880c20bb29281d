/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "state/formats/cbor-item.h"
#include "state/formats/cbor.h"

G_BEGIN_DECLS

typedef struct
{
  guint64 left; /* members or elements not read yet */
  gboolean is_map;
} MigdescCborFrame;

typedef enum
{
  MIGDESC_CBOR_AT_START,
  MIGDESC_CBOR_AT_SCHEMAS,
  MIGDESC_CBOR_AT_DEVICES,
  MIGDESC_CBOR_AT_END
} MigdescCborStage;

/* Reads once all data are there and have been scanned; so what follows only has to look whether an
 * item is the one that is due. */
typedef struct
{
  MigdescStreamVisitor parent_instance;
  guint64 place; /* of the item at hand, for errors */
  guint depth;   /* frames in use */
  MigdescCborFrame frames[MIGDESC_CBOR_FRAMES];
  const MigdescStatePlan *plan; /* nullable */

  MigdescCborStage stage;
  guint64 left; /* schemas or devices */
  guint device;
  GHashTable *digests; /* of the schemas so far */
} MigdescCborLoader;

/* The item at hand; not taken. */
void migdesc_cbor_loader_peek (MigdescCborLoader *loader, MigdescCborItem *item);
/* The name, if the frame at hand is a map, and the value behind it: not taken itself. */
gboolean migdesc_cbor_loader_take (MigdescCborLoader *loader,
                                   const char *name,
                                   MigdescCborItem *item,
                                   GError **error);
/* The same, and fails if the value is of another kind. */
gboolean migdesc_cbor_loader_take_kind (MigdescCborLoader *loader,
                                        const char *name,
                                        MigdescCborKind kind,
                                        MigdescCborItem *item,
                                        GError **error);
gboolean migdesc_cbor_loader_fail_kind (MigdescCborLoader *loader,
                                        const MigdescCborItem *item,
                                        const char *wanted,
                                        GError **error);
void migdesc_cbor_loader_push (MigdescCborLoader *loader, gboolean is_map, guint64 count);
/* Fails if there is a member more than there should be. */
gboolean migdesc_cbor_loader_pop (MigdescVisitor *visitor, GError **error);
/* Passes over sections that are not known, if they may be. */
void migdesc_cbor_loader_drop_sections (MigdescCborLoader *loader, const char *name);
void migdesc_cbor_loader_use (MigdescCborLoader *loader, gsize n);
guint64 migdesc_cbor_loader_tell (MigdescCborLoader *loader);

void migdesc_cbor_loader_set_values (MigdescVisitorClass *klass);

G_END_DECLS
