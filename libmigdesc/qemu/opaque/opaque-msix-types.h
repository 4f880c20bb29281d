/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The vectors of MSI-X: the table as the guest sees it, and the bits of what is pending. */

typedef struct
{
  guint64 address;
  guint32 data;
  guint32 control;
  gboolean pending;
} MigdescQemuMsixVector;

typedef struct
{
  guint16 n_vectors;
  MigdescQemuMsixVector *vectors;
} MigdescQemuMsix;

G_END_DECLS
