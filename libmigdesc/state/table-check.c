/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "state/table-check.h"

#include <migdesc/migdesc-error.h>

gboolean
migdesc_table_find_fault (const MigdescStruct *table G_GNUC_UNUSED,
                          MigdescTableFault *fault G_GNUC_UNUSED)
{
  return TRUE;
}

gboolean
migdesc_table_check (const MigdescStruct *table,
                     GError **error)
{
  g_auto (MigdescTableFault) fault = { 0 };

  if (migdesc_table_find_fault (table, &fault))
    return TRUE;
  g_set_error_literal (error, MIGDESC_ERROR, MIGDESC_ERROR_STATE_TYPE, fault.message);
  return FALSE;
}
