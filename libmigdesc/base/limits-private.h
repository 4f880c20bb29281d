/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <migdesc/migdesc-limits.h>

G_BEGIN_DECLS

/* "more than 32 nested objects and arrays (limit depth)": what a limit-exceeded error says. */
char *migdesc_limit_to_message (MigdescLimit limit, guint64 value);

/* Whether somebody set it, be it to its default. */
gboolean migdesc_limits_is_set (const MigdescLimits *limits, MigdescLimit limit);

G_END_DECLS
