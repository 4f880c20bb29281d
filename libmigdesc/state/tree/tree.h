/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <migdesc/migdesc-state.h>

#include "state/plan/plan.h"
#include "state/tree/packed.h"
#include "state/visitor/visitor-private.h"

G_BEGIN_DECLS

/* A tree is the packed bytes of a state with the table of an effective schema; its parts are places
 * in them. A node is such a place, as a value: what goes through a tree allocates nothing. */

typedef struct _MigdescTree MigdescTree;

typedef struct
{
  MigdescStateKind kind;
  guint version; /* of a STRUCT: that of the device, or of the section it is in */
  const MigdescTree *tree;
  const MigdescField *field; /* NULL: the whole state */
  /* Of a STRUCT. A whole state has sections among its fields, a section is its own fields. */
  const MigdescField *fields;
  guint n_fields;
  const guint8 *at;  /* what is in it; NULL: not in the bytes, it is as in a fresh struct */
  const guint8 *end; /* behind it; NULL: not known yet */
  guint64 value;     /* of a scalar as migdesc_field_load has it; else how many elements, bytes or
                        bits there are */
  guint64 index;     /* in an array, or MIGDESC_NO_ELEMENT */
} MigdescNode;

/* Sections are behind the body, in the order of the table. */
typedef struct
{
  const MigdescField *field;
  guint version; /* 0: it is not there */
  gsize at;
} MigdescTreeSection;

/* A number that is the count of arrays: known by its offset in a struct of the table. */
typedef struct
{
  guint32 offset;
  guint64 value;
} MigdescTreeCount;

struct _MigdescTree
{
  gatomicrefcount ref_count;
  MigdescStateType *schema;
  MigdescStatePlan *plan;
  MigdescPacked packed;
  MigdescTreeSection *sections;
  guint n_sections;
  MigdescTreeCount *counts; /* of the body */
  guint n_counts;
  MigdescNode root;
};

/* Empty; plan is taken over. */
MigdescTree *migdesc_tree_new (MigdescStateType *schema, MigdescStatePlan *plan);
MigdescTree *migdesc_tree_ref (MigdescTree *tree);
void migdesc_tree_unref (MigdescTree *tree);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MigdescTree, migdesc_tree_unref)
/* As it was when it was new. */
void migdesc_tree_reset (MigdescTree *tree);
/* All of it has been packed: from now on nothing changes. */
void migdesc_tree_finish (MigdescTree *tree);
MigdescTreeSection *migdesc_tree_find_section (const MigdescTree *tree, const MigdescField *field);

guint64 migdesc_node_get_n_children (const MigdescNode *node);
/* A STRUCT goes through the fields before it, an array through at most a few hundred bytes. */
void migdesc_node_get_child (const MigdescNode *node, guint64 position, MigdescNode *child);
gboolean migdesc_node_has (const MigdescNode *node, const char *name);
gboolean migdesc_node_find (const MigdescNode *node,
                            const char *name,
                            gsize length,
                            MigdescNode *child);
/* NULL for an element and for the whole state. */
const char *migdesc_node_get_name (const MigdescNode *node);
/* Bytes and bitmaps, in the order of the binary format; *copy is to be freed. */
const guint8 *migdesc_node_get_bytes (const MigdescNode *node, gsize *length, guint8 **copy);
const char *migdesc_node_get_text (const MigdescNode *node);
const guint8 *migdesc_node_get_end (const MigdescNode *node);

/* What these come down to: of a STRUCT, and an element but for where it is. */
void migdesc_node_get_field (const MigdescNode *node, guint64 position, MigdescNode *child);
const guint8 *migdesc_node_get_struct_end (const MigdescNode *node);
void migdesc_node_set_element (const MigdescNode *array, guint64 index, MigdescNode *child);

/* Goes through the children of a STRUCT. Who has gone through all of a child sets its end, so that
 * it need not be gone through once more. */
#define MIGDESC_FEW_COUNTS 8
typedef struct
{
  const MigdescNode *node;
  guint i;
  const guint8 *at;
  MigdescNode *child; /* the last, of which the end is not known */
  guint n_counts;
  MigdescTreeCount counts[MIGDESC_FEW_COUNTS];
  GArray *more_counts;
} MigdescFields;

void migdesc_fields_init (MigdescFields *fields, const MigdescNode *node);
void migdesc_fields_clear (MigdescFields *fields);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MigdescFields, migdesc_fields_clear)
/* FALSE behind the last. Always with the same child. */
gboolean migdesc_fields_next (MigdescFields *fields, MigdescNode *child);
/* After the last: where the struct ends. */
const guint8 *migdesc_fields_get_end (const MigdescFields *fields);

/* Goes through the children of an ARRAY, in the same way. */
typedef struct
{
  const MigdescNode *array;
  guint64 i;
  const guint8 *at;
  MigdescNode *child;
  MigdescItems items;
} MigdescElements;

void migdesc_elements_init (MigdescElements *elements, const MigdescNode *array);
gboolean migdesc_elements_next (MigdescElements *elements, MigdescNode *child);
/* Of scalars: the next n, as they are in a struct. */
void migdesc_elements_read (MigdescElements *elements, guint8 *data, gsize n);
const guint8 *migdesc_elements_get_end (const MigdescElements *elements);

/* For what has been within somebody's limits when it came: a tree may be saved. */
void migdesc_visitor_lift_limits (MigdescVisitor *visitor);

/* The whole node through a visitor that saves; sets its end. */
gboolean migdesc_node_visit (MigdescNode *node, MigdescVisitor *visitor, GError **error);

G_END_DECLS
