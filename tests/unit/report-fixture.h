/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "model/codes.h"
#include "model/report-private.h"

/* A report with every field that a finding can have: one of a check, and one of reading a
 * document. */

static inline MigdescFindingCore *
make_finding (const char *code,
              MigdescSeverity severity,
              const char *message)
{
  MigdescFindingCore *core = migdesc_finding_core_new (code, severity);

  core->message = g_strdup (message);
  return core;
}

/* A finding with all that a check gives. */
static inline MigdescFindingCore *
make_check_finding (void)
{
  MigdescFindingCore *core = make_finding (MIGDESC_CODE_PARAM_VALUE_NOT_ALLOWED,
                                           MIGDESC_SEVERITY_BLOCKER, "num-queues=9 is not allowed");

  core->model = g_strdup ("a.b/c");
  core->param = g_strdup ("num-queues");
  core->has_source = TRUE;
  core->source_type = MIGDESC_VALUE_TYPE_INT;
  core->source = g_strdup ("9");
  core->accepted = migdesc_value_set_new_from_string (MIGDESC_VALUE_TYPE_INT, "1-4,8", NULL);
  core->remedy = g_strdup ("restart with num-queues <= 8");
  return core;
}

/* A finding with all that reading a document gives. */
static inline MigdescFindingCore *
make_document_finding (void)
{
  MigdescFindingCore *core =
      make_finding ("document-unknown-member", MIGDESC_SEVERITY_WARNING, "unknown member 'x'");

  core->origin = g_strdup ("nic.json");
  core->pointer = g_strdup ("/models/a.b~1c/x");
  core->line = 3;
  core->column = 5;
  core->offset = 40;
  return core;
}

static inline MigdescReport *
make_report (void)
{
  MigdescReport *report = migdesc_report_new ();

  migdesc_report_take (report, make_check_finding ());
  migdesc_report_take (report, make_document_finding ());
  return report;
}
