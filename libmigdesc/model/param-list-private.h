/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <migdesc/migdesc-param-list.h>

G_BEGIN_DECLS

/* Texts are NUL-terminated and live in the list's own block; a pair keeps its lengths so that binding needs no strlen. */
typedef struct
{
  const char *name;
  const char *value;
  guint32 name_length;
  guint32 value_length;
} MigdescPair;

struct _MigdescParamList
{
  gatomicrefcount ref_count;
  guint32 n_pairs;
  const char *model;   /* nullable */
  const char *version; /* nullable */
  guint32 model_length;
  guint32 version_length;
  MigdescPair pairs[]; /* then the text */
};

G_END_DECLS
