/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <migdesc/migdesc-transforms.h>

#include "state/transform/loose.h"

G_BEGIN_DECLS

/* One change of a step. */

typedef enum
{
  MIGDESC_CHANGE_RENAME,
  MIGDESC_CHANGE_DROP,
  MIGDESC_CHANGE_DEFAULT,
  MIGDESC_CHANGE_RETYPE,
  MIGDESC_CHANGE_MOVE,
  MIGDESC_CHANGE_FUNCTION
} MigdescChangeKind;

typedef struct
{
  MigdescChangeKind kind;
  guint from;
  guint to;
  char *text;   /* of a function its name, else the path as given */
  char **path;  /* of all but functions */
  char *target; /* the new name or path, or the type as given */
  char **target_path; /* of a move */
  GVariant *value;    /* of a default */
  MigdescTransformFunc function;
  gpointer user_data;
  GDestroyNotify destroy;
} MigdescChange;

void migdesc_change_clear (MigdescChange *change);

/* What is wrong with what a change names: NULL, nothing. target: nullable. */
const char *migdesc_change_find_fault (MigdescChangeKind kind,
                                       const char *path,
                                       const char *target);

/* Applies the change to root, which a function replaces. Fails with state-transform. */
gboolean migdesc_change_apply (const MigdescChange *change, MigdescLoose **root, GError **error);

/* The value as another type: b, y, n, q, i, u, x, t, d or s. NULL: it cannot be had exactly. */
GVariant *migdesc_value_retype (GVariant *value, const GVariantType *type);

G_END_DECLS
