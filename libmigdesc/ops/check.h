/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ops/trial.h"

G_BEGIN_DECLS

/* A bound trial is checked as a list that comes to a destination of which nothing is known but its descriptor. */
void migdesc_check_destination (MigdescTrial *trial);

G_END_DECLS
