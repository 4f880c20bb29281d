/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <migdesc/migdesc-visitor.h>

G_BEGIN_DECLS

/* A visitor that writes nothing: what is left of a walk is its checks. */
#define MIGDESC_TYPE_BOUNDS_VISITOR (migdesc_bounds_visitor_get_type ())
GType migdesc_bounds_visitor_get_type (void);

G_END_DECLS
