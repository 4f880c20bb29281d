/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <migdesc/migdesc-fleet-check.h>

#include "fleet/answers.h"
#include "fleet/reasons.h"
#include "fleet/roster.h"

G_BEGIN_DECLS

struct _MigdescFleetCheck
{
  gatomicrefcount ref_count;
  MigdescRoster *roster;
  MigdescAnswers answers;
  guint32 n_shapes;
  guint8 *shape_verdicts;
  GBytes *verdicts; /* of hosts */
  guint32 counts[MIGDESC_HOST_NOT_ANSWERED + 1];
  MigdescReasons *reasons; /* NULL: not asked for yet */
};

MigdescReasons *migdesc_fleet_check_reasons (MigdescFleetCheck *check);
/* The report that stands for all slots of a shape, with a reference. NULL: see @error */
MigdescReport *migdesc_fleet_check_report_shape (const MigdescFleetCheck *check,
                                                 guint32 shape, GError **error);

G_END_DECLS
