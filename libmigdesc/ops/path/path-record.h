/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <migdesc/migdesc-path.h>

#include "model/core.h"

G_BEGIN_DECLS

/* A host that a device may be at, or go over */
typedef struct
{
  MigdescStore *store; /* borrowed */
  const char *name;    /* nullable: the store's origin, or its number, stands for it */
  gsize id;            /* what the caller knows it by */
  const char *slot;    /* nullable: of several that the host has, the one that this is */
} MigdescPathHost;

/* A migration, and what has to be done before it */
typedef struct
{
  guint32 source; /* among the path's hosts */
  guint32 destination;
  MigdescParamList *before;  /* what the device is when it arrives; NULL if there are no changes */
  MigdescParamList *changes; /* nullable: params to be changed while it runs, by their new value */
  MigdescParamList *list;    /* to be sent */
  MigdescReport *report;
} MigdescPathStep;

struct _MigdescPath
{
  gatomicrefcount ref_count;
  char *model;
  MigdescPathHost *hosts; /* each with a reference on its store, and texts of its own */
  guint32 n_hosts;
  guint32 source;
  guint32 destination;
  guint64 max_steps;
  MigdescVerdict verdict;
  MigdescReport *report; /* why it is not compatible */
  GArray *steps;         /* MigdescPathStep: the path, or how far the best attempt came */
  MigdescParamList *last; /* nullable: what the device is where the steps end */
};

/* As migdesc_path_find; of equal hosts one is enough, beside the source and the destination. */
MigdescPath *migdesc_path_find_among (const MigdescPathHost *hosts,
                                      guint32 n_hosts,
                                      const MigdescParamList *list,
                                      guint32 source,
                                      guint32 destination,
                                      guint64 max_steps,
                                      GError **error);

static inline const MigdescPathStep *
migdesc_path_get_step (const MigdescPath *path,
                       guint step)
{
  return &g_array_index (path->steps, MigdescPathStep, step);
}

G_END_DECLS
