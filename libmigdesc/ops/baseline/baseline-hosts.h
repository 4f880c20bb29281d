/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ops/search/search.h"

G_BEGIN_DECLS

/* The hosts that a baseline is for, and what their descriptors have in common. Equal descriptors
 * are one host. */

/* Classes of choices */
#define MIGDESC_BASE_DECIDED (1 << 0) /* every host takes it */
#define MIGDESC_BASE_OPEN (1 << 1)    /* some host may still refuse it */

typedef struct
{
  MigdescStore *store;
  const MigdescModelCore *model; /* NULL: the host does not have it */
  guint32 position;              /* of the first such host among those asked about */
  guint64 cost;                  /* of a look at all values */
  guint32 *variables;            /* of each param */
  MigdescValue *values;          /* of each param: of the configuration at hand */
  /* of each param: where what versions set it to begins; made when needed */
  guint32 *version_value_starts;
  MigdescValue *version_values;
} MigdescHost;

/* A param of a host */
typedef struct
{
  guint32 host;
  guint32 param;
} MigdescOccurrence;

typedef struct
{
  MigdescArena *arena;
  MigdescHost *hosts;
  guint32 n_hosts;
  guint32 n_variables; /* the first host's params in order, then those that only others have */
  const char **names;
  guint32 *occurrence_starts; /* of each variable, and the end */
  MigdescOccurrence *occurrences;
  MigdescVariable *variables; /* once the choices are made */
  gboolean any_open;
} MigdescHosts;

/* All stores but the one at @without (@n_stores: all) */
void migdesc_hosts_init (MigdescHosts *hosts,
                         MigdescStore *const *stores,
                         guint32 n_stores,
                         guint32 without,
                         const char *model);
void migdesc_hosts_clear (MigdescHosts *hosts);

const MigdescParamCore *migdesc_hosts_param (const MigdescHosts *hosts,
                                             const MigdescOccurrence *occurrence);
/* Whether all hosts have the model */
gboolean migdesc_hosts_have_model (const MigdescHosts *hosts);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MigdescHosts, migdesc_hosts_clear)

G_END_DECLS
