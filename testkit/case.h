/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "migdesc-testkit.h"

G_BEGIN_DECLS

/* What is tested: a state version in a configuration. */
typedef struct
{
  const MigdescTestkit *testkit;
  MigdescStateType *type;
  MigdescBackend *backend;  /* nullable */
  MigdescParamList *params; /* nullable */
  char *label;              /* of the model's version, or of the state version */
  guint version;
  gsize size; /* of the struct */
} KitCase;

void kit_case_free (KitCase *self);

/* Of KitCase, in the order of the versions. Fails where the testkit is not what it says. */
GPtrArray *kit_list_cases (const MigdescTestkit *testkit, GError **error);

/* The schemas that streams of the version may have in the configuration, of MigdescStateType. */
GPtrArray *kit_case_list_schemas (const KitCase *self, GError **error);

/* The one of them with that digest, or NULL. */
MigdescStateType *kit_case_dup_schema (const KitCase *self, const char *digest);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KitCase, kit_case_free)

G_END_DECLS
