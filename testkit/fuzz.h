/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "case.h"

G_BEGIN_DECLS

/* Runs the entry point of the fuzzer for each file of the paths, and of folders among them. FALSE,
 * and a complaint on standard error, if there was none. */
gboolean kit_replay (const MigdescTestkit *testkit, char **paths);

G_END_DECLS
