/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "state/plan/plan.h"
#include "state/visitor/visitor-private.h"

G_BEGIN_DECLS

/* A plan applied to a struct through a visitor. A walk can stop where its visitor lacks data or
 * room, and go on later: that is what makes feeding a stream piece by piece possible. */

typedef struct
{
  const MigdescOp *op; /* STRUCT, LOOP, POINTER or SECTION */
  guint8 *base;        /* outside of it */
  guint64 index;
  guint64 count;
  gsize room;
  GList *link;
} MigdescWalkFrame;

typedef struct _MigdescTreeWalk MigdescTreeWalk;
typedef struct _MigdescWalk MigdescWalk;

/* Returns FALSE when it has failed or was blocked; blocked, it is called again as it stands, so
 * that it keeps in the walk how far it has come. */
typedef gboolean (*MigdescWalkAction) (MigdescWalk *walk, GError **error);

struct _MigdescWalk
{
  const MigdescStatePlan *plan;
  MigdescTreeWalk *tree;            /* NULL: a struct */
  const MigdescWalkAction *actions; /* of a tree: by op, DONE included; NULL: of a struct */
  MigdescVisitor *visitor;
  gboolean loading;
  const MigdescOp *op;
  guint8 *base;

  /* the op at hand, once it has begun */
  gboolean begun;
  guint64 count;
  guint64 done;
  gsize room; /* elements that what is allocated can hold */
  char *text;

  guint depth;
  MigdescWalkFrame frames[MIGDESC_STATE_DEPTH_MAX];
};

/* state: on load a struct made by migdesc_table_init, maybe loaded into before. plan, visitor and
 * state have to outlive the walk. */
void migdesc_walk_init (MigdescWalk *walk,
                        const MigdescStatePlan *plan,
                        MigdescVisitor *visitor,
                        gpointer state);
/* Into the block of the op at hand, and out of it: base is that of the ops inside. */
void migdesc_walk_push (MigdescWalk *walk, guint8 *base);
void migdesc_walk_pop (MigdescWalk *walk);
/* Behind the END of the op at hand. */
void migdesc_walk_pass_block (MigdescWalk *walk);
/* Begins the array of the op at hand, if that is not done yet: walk->count and walk->done. */
gboolean migdesc_walk_begin_array (MigdescWalk *walk, GError **error);
/* On save, whether an allocated array with elements has memory. */
gboolean migdesc_walk_check_memory (MigdescWalk *walk, GError **error);
/* Takes a block of so many bytes for the field out of what a tree may take; a program's own structs
 * may take what their tables say. leaf: the field's name, NULL where it has begun. */
gboolean migdesc_walk_charge (MigdescWalk *walk,
                              const MigdescField *field,
                              const char *leaf,
                              guint64 bytes,
                              GError **error);
/* What is due in memory once all elements are loaded. */
void migdesc_walk_finish_array (const MigdescField *field,
                                guint8 *base,
                                guint32 offset,
                                guint64 count);
gboolean migdesc_walk_make_room (MigdescWalk *walk,
                                 const MigdescField *field,
                                 guint8 *base,
                                 guint32 offset,
                                 guint64 needed,
                                 guint64 count,
                                 gsize *room,
                                 GError **error);

G_END_DECLS
