/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "model/diagnostics.h"
#include "model/draft.h"

G_BEGIN_DECLS

/* A model of the first revision as it stands in its document: names and texts, without types. */

typedef struct
{
  MigdescName name;
  MigdescPlace place;
  guint32 n_set;   /* versions that set it */
  gboolean all_bool; /* so far */
  gboolean all_int;
  guint32 last_version; /* ordinal + 1 of the last that set it */
  MigdescSlice last_value;
} MigdescV1Param;

typedef struct
{
  guint32 param;
  MigdescSlice value;
  MigdescPlace place;
} MigdescV1Setting;

typedef struct
{
  const char *extra; /* nullable; has to be first */
  MigdescSlice name;
  MigdescPlace place;
  guint first_setting; /* the others follow */
  guint n_settings;
  gboolean is_broken;
} MigdescV1Version;

typedef struct
{
  const char *extra; /* nullable; has to be first */
  MigdescSlice name;
  MigdescPlace place;
  GArray *params;   /* MigdescV1Param */
  GArray *settings; /* MigdescV1Setting, of all versions */
  GArray *versions; /* MigdescV1Version */
  MigdescIndex index; /* of params */
} MigdescV1Model;

/* Infers the types and off values and hands the model to the draft. */
void migdesc_v1_model_feed (MigdescV1Model *model,
                            MigdescDraft *draft,
                            MigdescDiagnostics *diagnostics);

G_END_DECLS
