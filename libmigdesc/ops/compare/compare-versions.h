/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <migdesc/migdesc-compare.h>

#include "ops/answer.h"

G_BEGIN_DECLS

/* The relation of two models of which the source is one of versions alone: its configurations are
 * its versions. *@agreement: a store with the versions that pass, if the relation is compatible or
 * conditional. */
MigdescRelation migdesc_compare_versions (MigdescAnswer *answer,
                                          const MigdescModelCore *source,
                                          MigdescStore **agreement);

G_END_DECLS
