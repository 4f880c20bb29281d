/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "model/builder-parts.h"

G_BEGIN_DECLS

struct _MigdescDescriptorBuilder
{
  GObject parent_instance;
  MigdescParts parts;
};

G_END_DECLS
