/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "host/tree-files.h"

G_BEGIN_DECLS

/* How a type publishes what it does about migration; each revision had its own way. */

typedef enum
{
  MIGDESC_TREE_LAYOUT_NONE,
  MIGDESC_TREE_LAYOUT_INFO,    /* third revision: migration_info.json */
  MIGDESC_TREE_LAYOUT_MODELS,  /* fourth: migration_device_models */
  MIGDESC_TREE_LAYOUT_FLAT,    /* third, flattened: migration_param_<P>_<attribute> */
  MIGDESC_TREE_LAYOUT_CURRENT, /* first: model, version, and an attribute a param */
  MIGDESC_TREE_LAYOUT_MODEL,   /* second: migration/model; only instances tell the params */
  MIGDESC_TREE_LAYOUT_2019     /* version alone */
} MigdescTreeLayout;

#define MIGDESC_TREE_FLAT_PREFIX "migration_param_"

gboolean migdesc_tree_is_flat_name (const char *name);
/* FALSE with an error if the directory cannot be looked through. */
gboolean migdesc_tree_find_layout (const MigdescTreeDirectory *type, MigdescTreeLayout *layout,
                                   GError **error);

G_END_DECLS
