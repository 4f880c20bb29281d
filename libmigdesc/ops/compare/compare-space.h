/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ops/compare/cells.h"

G_BEGIN_DECLS

/* The configurations of the source's model as the destination sees them. A param that is in effect
 * at the source is listed, so it has the same value at the destination; one that is off is not, so
 * it is off at the destination too, by the destination's own off value. Params that only the
 * destination has are off. */

/* Classes of choices */
#define MIGDESC_CELL_PASSES (1 << 0)  /* by the param alone, the destination takes it */
#define MIGDESC_CELL_OPEN (1 << 1)    /* the destination may still refuse it */
#define MIGDESC_CELL_REFUSED (1 << 2) /* by the param alone, the destination refuses it */
#define MIGDESC_CELL_AGREED (1 << 3)  /* some configuration with it passes */
#define MIGDESC_CELL_ANY (MIGDESC_CELL_PASSES | MIGDESC_CELL_OPEN | MIGDESC_CELL_REFUSED)

/* Sides of rules */
#define MIGDESC_SIDE_SOURCE (1 << 0)
#define MIGDESC_SIDE_DESTINATION (1 << 1)
#define MIGDESC_SIDE_BOTH (MIGDESC_SIDE_SOURCE | MIGDESC_SIDE_DESTINATION)

typedef struct
{
  const MigdescModelCore *source;
  const MigdescModelCore *destination;
  MigdescArena *arena;
  guint32 n_variables;
  /* of each of the source's params, the destination's or MIGDESC_NOT_FOUND */
  guint32 *matches;
  guint32 *source_variables;      /* of each of the source's params: itself */
  /* of each of the destination's params; after the source's, those only it has */
  guint32 *destination_variables;
  MigdescCells *cells;            /* of each of the source's params */
  MigdescVariable *variables;
  MigdescSearch search;
  MigdescValue *source_values; /* of the assignment */
  MigdescValue *destination_values;
  guint64 cost; /* of a look at all values of both sides */
  gboolean refuses_versions; /* some versions are refused for what they are */
  gboolean refuses_all;      /* a param alone refuses every configuration */
} MigdescSpace;

void migdesc_space_init (MigdescSpace *space,
                         const MigdescModelCore *source,
                         const MigdescModelCore *destination,
                         guint64 max_steps);
void migdesc_space_clear (MigdescSpace *space);

/* Whether the versions let the assignment pass: it is none that cannot be loaded or migrated. */
gboolean migdesc_space_accepts (MigdescSearch *search, gpointer space);
/* Assigns the configuration that a version of one side is. FALSE: the source has none that would
 * become it. */
gboolean migdesc_space_assign_version (MigdescSpace *space,
                                       gboolean of_destination,
                                       guint32 version);
/* Assigns the source's init configuration. */
void migdesc_space_assign_init (MigdescSpace *space);
/* The configuration assigned, as the source has it; valid until the next question */
const MigdescValue *migdesc_space_get_source_values (MigdescSpace *space);
/* Whether the choices assigned all have a class of @mask, and the source's constraints hold. */
gboolean migdesc_space_is_in (MigdescSpace *space, guint8 mask);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MigdescSpace, migdesc_space_clear)

G_END_DECLS
