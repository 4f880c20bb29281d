/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "state/format.h"

const MigdescFormat migdesc_format_binary = {
  .name = "binary",
  .description = "compact, checked, for live migration and files",
  .suffix = ".mds",
};
