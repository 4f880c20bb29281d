/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ops/compare/cells.h"
#include "ops/path/path-record.h"

G_BEGIN_DECLS

/* The search for a path. Hosts with equal descriptors are one class; a node is a class and what a
 * device there is, but for the params that it may change while it runs: whatever they are, they can
 * be anything that the constraints permit. So a node stands for all configurations that a device
 * can have there without being moved. */

/* A param of one name and type, as far as it may change while a device runs somewhere */
typedef struct
{
  const char *name;
  guint8 type;
  MigdescCells cells; /* the values that some host tells apart */
} MigdescPathVariable;

typedef struct
{
  MigdescStore *store;
  const MigdescModelCore *model; /* NULL: such hosts don't have it */
  guint32 host;                  /* the first of them */
  guint32 *variables;            /* of each param, or MIGDESC_NOT_FOUND */
  guint32 *runtime;              /* the params that may change, of which some are worth it */
  guint32 n_runtime;
} MigdescPathClass;

typedef struct
{
  guint32 class;
  guint32 parent;       /* MIGDESC_NOT_FOUND: it is the source */
  guint32 version;      /* of a model that has versions and no params */
  guint32 next;         /* another node with the same hash, or MIGDESC_NOT_FOUND */
  MigdescValue *values; /* as it arrives, of each param of the class's model */
  MigdescValue *sent;   /* what it was changed to before it was sent, at the parent */
} MigdescPathNode;

typedef struct
{
  const MigdescPathHost *hosts;
  MigdescArena *arena;
  GStringChunk *strings;
  GArray *variables; /* MigdescPathVariable */
  GArray *classes;   /* MigdescPathClass */
  GArray *nodes;     /* MigdescPathNode; the first is the source */
  GHashTable *seen;  /* hashes, to the newest node of that hash */
  GHashTable *schemas; /* how states of one class fare at another */
  const MigdescParamList *list; /* that the source runs with, as it was given */
  guint32 source;      /* classes */
  guint32 destination;
  guint64 steps;       /* left */
  gboolean lenient;    /* what may be refused counts as well */
  gboolean met_unsure; /* something may be refused */
  gboolean too_long;
  /* the best that was tried, where there is no path: the node that came nearest */
  guint32 nearest;
  MigdescValue *nearest_sent;
  guint nearest_blockers;
} MigdescPathSearch;

void migdesc_path_search_init (MigdescPathSearch *search,
                               const MigdescPathHost *hosts,
                               guint32 n_hosts,
                               const char *model,
                               const MigdescParamList *list,
                               guint32 source,
                               guint32 destination,
                               guint64 max_steps);
void migdesc_path_search_clear (MigdescPathSearch *search);
/* Takes the source's device, of which the values are; they are kept. */
void migdesc_path_search_start (MigdescPathSearch *search,
                                MigdescValue *values,
                                guint32 version);
/* The node that is the destination, or MIGDESC_NOT_FOUND */
guint32 migdesc_path_search_run (MigdescPathSearch *search);

static inline MigdescPathClass *
migdesc_path_class (const MigdescPathSearch *search,
                    guint32 class)
{
  return &g_array_index (search->classes, MigdescPathClass, class);
}

static inline MigdescPathNode *
migdesc_path_node (const MigdescPathSearch *search,
                   guint32 node)
{
  return &g_array_index (search->nodes, MigdescPathNode, node);
}

/* FALSE: there is not so much left to spend. */
static inline gboolean
migdesc_path_spend (MigdescPathSearch *search,
                    guint64 steps)
{
  search->too_long |= steps > search->steps;
  search->steps -= MIN (steps, search->steps);
  return !search->too_long;
}

/* path-classes.c */

void migdesc_path_find_classes (MigdescPathSearch *search, guint32 n_hosts, const char *model);
void migdesc_path_find_variables (MigdescPathSearch *search);
/* The values that a param may be changed to, the nearest to @current first, which is none of them;
 * appended to @options. */
void migdesc_path_append_options (MigdescPathSearch *search,
                                  const MigdescPathClass *class,
                                  guint32 param,
                                  MigdescValue current,
                                  GArray *options);
/* A param that does not say what it allows may refuse all but init, off and what versions set. */
gboolean migdesc_path_is_known (const MigdescModelCore *model,
                                guint32 param,
                                MigdescValue value);
/* What stands for a value and all that no host tells from it */
MigdescValue migdesc_path_canonical (const MigdescPathSearch *search,
                                     const MigdescPathClass *class,
                                     guint32 param,
                                     MigdescValue value);

/* path-move.c */

/* A device of some class, about to be moved */
typedef struct
{
  guint32 class;
  guint32 version; /* of a model that has versions and no params */
  const MigdescValue *values;
  const MigdescParamList *given; /* nullable: the list that the user gave, if it is that still */
} MigdescPathDevice;

typedef struct
{
  MigdescVerdict verdict;
  MigdescParamList *list; /* that went through, or else the complete one */
  MigdescValue *values;   /* at the destination, if it passes; the search's */
  guint32 version;
} MigdescPathMove;

GHashTable *migdesc_path_schemas_new (void);
/* Tries to move a device, by each of the lists that say what it is. */
void migdesc_path_try (MigdescPathSearch *search,
                       const MigdescPathDevice *device,
                       guint32 destination,
                       MigdescPathMove *move);
void migdesc_path_move_clear (MigdescPathMove *move);
gboolean migdesc_path_passes (const MigdescPathSearch *search, MigdescVerdict verdict);
/* Whether states of one class cannot be read by another, whatever the version */
gboolean migdesc_path_schemas_refuse (MigdescPathSearch *search,
                                      guint32 source,
                                      guint32 destination);
/* All that is to be said of a migration with that list, the complete one if NULL; without what the
 * state schemas say if not @with_state. FALSE: no change can be made at the source that removes all
 * that speaks against it. */
gboolean migdesc_path_look (MigdescPathSearch *search,
                            const MigdescPathDevice *device,
                            guint32 destination,
                            const MigdescParamList *list,
                            gboolean with_state,
                            MigdescReport *report);

/* path-edge.c */

typedef void (*MigdescPathArrive) (MigdescPathSearch *search,
                                   guint32 node,
                                   guint32 class,
                                   const MigdescValue *sent,
                                   const MigdescPathMove *move);

/* Calls @arrive for each different device that can come from the node to that class, or with @any
 * for one. */
void migdesc_path_cross (MigdescPathSearch *search,
                         guint32 node,
                         guint32 class,
                         gboolean any,
                         MigdescPathArrive arrive);
/* The device of a node, with other values if they are given */
MigdescPathDevice migdesc_path_device (const MigdescPathSearch *search,
                                       guint32 node,
                                       const MigdescValue *values);

/* path-steps.c */

/* The steps that lead to a node, with no more changes than they need; appended to @steps. */
void migdesc_path_make_steps (MigdescPathSearch *search, guint32 node, GArray *steps);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MigdescPathSearch, migdesc_path_search_clear)

G_END_DECLS
