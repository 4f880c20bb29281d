/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A GVariant of nested a{sv} and aa{sv} taken apart, so that it can be changed in place. */

typedef struct _MigdescLoose MigdescLoose;

MigdescLoose *migdesc_loose_new (GVariant *variant);
void migdesc_loose_free (MigdescLoose *node);
/* Floating. */
GVariant *migdesc_loose_to_variant (MigdescLoose *node);

/* One place that a path leads to: a member of a struct that is there, or could be. */
typedef struct
{
  MigdescLoose *owner;
  const char *name; /* a part of the path */
} MigdescLoosePlace;

/* All places of a path: "queues[].head". missing is set to the part of the path that is not there,
 * or that is no struct or array, and the answer is NULL. The last name may be missing. */
GArray *migdesc_loose_find (MigdescLoose *root, char *const *path, const char **missing);

/* The names of a path; a name behind which [] stands keeps it. NULL: it is not a path. */
char **migdesc_loose_split_path (const char *path);

gboolean migdesc_loose_has (MigdescLoose *owner, const char *name);
/* NULL: a struct or an array of structs, not one value. */
GVariant *migdesc_loose_get_value (MigdescLoose *owner, const char *name);
void migdesc_loose_set_value (MigdescLoose *owner, const char *name, GVariant *value);
MigdescLoose *migdesc_loose_steal (MigdescLoose *owner, const char *name);
void migdesc_loose_put (MigdescLoose *owner, const char *name, MigdescLoose *node);
void migdesc_loose_rename (MigdescLoose *owner, const char *name, const char *new_name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MigdescLoose, migdesc_loose_free)

G_END_DECLS
