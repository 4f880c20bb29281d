/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What somebody has looked into already. Texts that are NULL match anything. */

typedef struct
{
  const char *description; /* NULL for device types */
  const char *names[2];    /* no direction: either may be the newer one */
  const char *reason;
} MigdescQemuRename;

typedef struct
{
  const char *code;
  const char *section;
  const char *description;
  const char *path;
  const char *reason;
} MigdescQemuKnownDifference;

typedef struct
{
  const MigdescQemuRename *sections;
  guint n_sections;
  const MigdescQemuRename *fields;
  guint n_fields;
  const MigdescQemuKnownDifference *differences;
  guint n_differences;
} MigdescQemuKnownCore;

G_END_DECLS
