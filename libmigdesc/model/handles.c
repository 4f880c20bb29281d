/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "model/handles.h"

const MigdescModelCore migdesc_model_core_empty = { .name = "" };

MigdescStore *
migdesc_store_get_empty (void)
{
  /* holds a reference on itself, so that it is never freed */
  static MigdescStore empty = { .ref_count = 1, .dialect = MIGDESC_DIALECT_NATIVE };

  return &empty;
}

MigdescValueSet *
migdesc_store_view_set (MigdescStore *store,
                        const MigdescSet *set)
{
  return migdesc_value_set_new_view (set, migdesc_store_ref (store), migdesc_store_release);
}
