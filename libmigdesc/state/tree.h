/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <migdesc/migdesc-state.h>

#include "state/plan.h"
#include "state/visitor-private.h"

G_BEGIN_DECLS

/* A tree is a struct in memory with its table, that of an effective schema; its parts are places in
 * it. A node is such a place, as a value: what goes through a tree allocates nothing. */

typedef struct
{
  MigdescStateKind kind;
  const MigdescField *field; /* NULL: the whole state */
  /* Of a STRUCT. A whole state has sections among its fields, a section is its own fields. */
  const MigdescField *fields;
  guint n_fields;
  const guint8 *base;    /* of a STRUCT, the struct; else the one that the field is in */
  const guint8 *address; /* of a value in memory: the value */
  guint64 index;         /* in an array, or MIGDESC_NO_ELEMENT */
} MigdescNode;

typedef struct
{
  gatomicrefcount ref_count;
  MigdescStateType *schema;
  MigdescStatePlan *plan;
  gpointer data;
  MigdescNode root;
} MigdescTree;

guint64 migdesc_node_get_n_children (const MigdescNode *node);
void migdesc_node_get_child (const MigdescNode *node, guint64 position, MigdescNode *child);
/* Goes through the children of a STRUCT: FALSE behind the last. Start with *i = 0. */
gboolean migdesc_node_next_field (const MigdescNode *node, guint *i, MigdescNode *child);
gboolean migdesc_node_find (const MigdescNode *node,
                            const char *name,
                            gsize length,
                            MigdescNode *child);
/* NULL for an element and for the whole state. */
const char *migdesc_node_get_name (const MigdescNode *node);
/* Signed ones extended to 64 bits, doubles as bits. */
guint64 migdesc_node_get_value (const MigdescNode *node);
/* Bytes and bitmaps, in the order of the binary format; *copy is to be freed. */
const guint8 *migdesc_node_get_bytes (const MigdescNode *node, gsize *length, guint8 **copy);
const char *migdesc_node_get_text (const MigdescNode *node);

/* For what has been within somebody's limits when it came: a tree may be saved. */
void migdesc_visitor_lift_limits (MigdescVisitor *visitor);

/* The whole node through a visitor that saves. */
gboolean migdesc_node_visit (const MigdescNode *node, MigdescVisitor *visitor, GError **error);

/* Of a section in the struct at base: 0 if it is not there. */
guint migdesc_section_get_version (const MigdescField *section, const guint8 *base);

G_END_DECLS
