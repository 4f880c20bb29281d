/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "case.h"

G_BEGIN_DECLS

/* What was recorded of a version: a stream, the state in it as JSON, and its schema. */
typedef struct
{
  char *label;
  GBytes *stream;
  MigdescState *state;
  MigdescStateType *schema;
  MigdescManifest *manifest;
} KitGolden;

void kit_golden_free (KitGolden *self);

/* The labels of what is in a folder: KitCase.label. */
GPtrArray *kit_golden_list (const char *folder, const char *name, GError **error);

gboolean kit_golden_exists (const char *folder, const KitCase *subject);

/* Fails where the three do not belong together. */
KitGolden *kit_golden_read (const char *folder, const char *name, const char *label,
                            GError **error);

gboolean kit_golden_record (const char *folder, const KitCase *subject, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KitGolden, kit_golden_free)

G_END_DECLS
