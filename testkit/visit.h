/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "tests.h"

G_BEGIN_DECLS

/* The tests of a state that only a visit function knows. */
void kit_add_visit_tests (const KitRun *run);

/* Any bytes, as a stream of it. */
void kit_visit_any (const KitCase *subject, const guint8 *data, gsize size);

G_END_DECLS
