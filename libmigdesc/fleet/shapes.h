/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <migdesc/migdesc-limits.h>
#include <migdesc/migdesc-reader.h>

#include "fleet/facts.h"
#include "fleet/feed/texts.h"
#include "model/core.h"

G_BEGIN_DECLS

/* What the hosts of a fleet are made of, each thing once: descriptors, and shapes, which are all of
 * a host but its name. Nothing is ever taken away, so that numbers stay valid. */

typedef struct
{
  const char *name;
  guint32 count;
  guint32 descriptor; /* its number */
} MigdescSlot;

typedef struct
{
  const char *name;
  const char *value;
} MigdescLabel;

typedef struct
{
  const MigdescSlot *slots;
  const MigdescLabel *labels; /* sorted by name */
  guint32 n_slots;
  guint32 n_labels;
  const char *error; /* nullable: why the host cannot be used; then there are no slots */
  int error_code;
} MigdescShape;

typedef struct
{
  gatomicrefcount ref_count;
  MigdescArena *arena;
  MigdescStore **stores; /* by number of descriptor */
  guint32 n_stores;
  guint32 n_stores_allocated;
  const MigdescShape **shapes; /* by number */
  guint32 n_shapes;
  guint32 n_shapes_allocated;
  MigdescTexts documents; /* their value: a descriptor, or BROKEN and an error */
  MigdescTexts keys;      /* of shapes */
  GPtrArray *errors;      /* GError, of broken documents */
  MigdescFacts *facts;    /* of the descriptors */
  guint32 *bare_shapes;   /* of each descriptor plus 1: the shape of a host that has only it */
  GHashTable *by_content; /* MigdescStore to number + 1 */
  guint64 stores_size;
  guint64 max_size;
  MigdescDialect dialect; /* of documents */
  MigdescReadFlags flags;
  MigdescLimits *limits; /* nullable */
} MigdescShapes;

MigdescShapes *migdesc_shapes_new (MigdescReader *reader); /* nullable: the defaults */
MigdescShapes *migdesc_shapes_ref (MigdescShapes *shapes);
void migdesc_shapes_unref (MigdescShapes *shapes);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MigdescShapes, migdesc_shapes_unref)

/* All bytes held */
guint64 migdesc_shapes_size (const MigdescShapes *shapes);

/* The number of the descriptor that a text is, read only if the text is new. FALSE: it is none. */
gboolean migdesc_shapes_read (MigdescShapes *shapes, const char *text, gsize length,
                              guint32 *descriptor, GError **error);
/* FALSE: more than the limit */
gboolean migdesc_shapes_add_store (MigdescShapes *shapes, MigdescStore *store,
                                   guint32 *descriptor, GError **error);

/* The number of the shape of that content; texts are copied. FALSE: more than the limit. */
gboolean migdesc_shapes_intern (MigdescShapes *shapes, const MigdescSlot *slots, guint32 n_slots,
                                const MigdescLabel *labels, guint32 n_labels, guint32 *number,
                                GError **error);
/* The shape of hosts that cannot be used for that reason; past the limit one that has no more to
 * say than that. */
guint32 migdesc_shapes_intern_error (MigdescShapes *shapes, const GError *reason);

/* The shape with another descriptor in all slots. */
guint32 migdesc_shapes_upgrade (MigdescShapes *shapes, guint32 number, MigdescStore *store);

const char *migdesc_shape_find_label (const MigdescShape *shape, const char *name);

G_END_DECLS
