/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <migdesc/migdesc-map.h>

#include "model/core.h"

G_BEGIN_DECLS

#define MIGDESC_MAP_GROUPS 24 /* unless the caller says otherwise */
#define MIGDESC_MAP_MAX_GROUPS 48

/* Hosts with equal descriptors */
typedef struct
{
  MigdescStore *store;
  char *name; /* of the first */
  gsize n_hosts;
  guint64 order; /* that it came in */
} MigdescMapGroup;

struct _MigdescMap
{
  gatomicrefcount ref_count;
  char *model;
  GArray *groups;      /* MigdescMapGroup, those that are shown */
  guint8 *relations;   /* MigdescRelation; a row is a source */
  gsize n_hosts;       /* all of them */
  gsize n_lacking;     /* that have no such model */
  gsize n_more_groups; /* that are not shown */
  gsize n_more_hosts;
};

/* What can go one way */
typedef enum
{
  MIGDESC_REACH_NONE,
  MIGDESC_REACH_UNSURE,
  MIGDESC_REACH_SOME,
  MIGDESC_REACH_ALL
} MigdescReach;

/* As migdesc_map_new; of hosts that are known to be equal one is enough, with their number. */
typedef struct
{
  MigdescStore *store;
  const char *name; /* nullable */
  gsize n_hosts;
} MigdescMapHosts;

MigdescMap *migdesc_map_new_for_hosts (const MigdescMapHosts *hosts,
                                       gsize n,
                                       const char *model,
                                       guint max_groups,
                                       guint64 max_steps);
MigdescReach migdesc_map_reach (const MigdescMap *map, guint source, guint destination);

static inline const MigdescMapGroup *
migdesc_map_group (const MigdescMap *map,
                   guint group)
{
  return &g_array_index (map->groups, MigdescMapGroup, group);
}

G_END_DECLS
