/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <migdesc/migdesc-selector.h>

#include "fleet/shapes.h"

G_BEGIN_DECLS

/* What matching costs grows with both; no machine has so many. */
#define MIGDESC_SELECTOR_DEVICES_MAX 64

typedef struct
{
  MigdescParamList *list;
  MigdescStore *source; /* nullable */
} MigdescWanted;

typedef struct
{
  char *name;
  char *value;   /* nullable: any */
  double weight; /* unless required or excluded */
} MigdescLabelRule;

typedef struct
{
  char *name;
  MigdescDescriptor *descriptor;
} MigdescHostChange;

struct _MigdescSelector
{
  GObject parent_instance;
  GArray *devices;  /* MigdescWanted */
  GArray *required; /* MigdescLabelRule */
  GArray *excluded;
  GArray *weights;
  GArray *changes; /* MigdescHostChange */
  guint top;       /* 0: all */
  MigdescScoreFunc score_func;
  gpointer score_data;
  GDestroyNotify score_destroy;
};

/* Whether the labels of a shape keep it in */
gboolean migdesc_selector_admits (const MigdescSelector *selector, const MigdescShape *shape);
double migdesc_selector_weigh (const MigdescSelector *selector, const MigdescShape *shape);

G_END_DECLS
