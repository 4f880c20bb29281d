/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <migdesc/migdesc.h>

G_BEGIN_DECLS

/* A message a line, its remedy indented below. */
char *tool_describe_findings (MigdescReport *report);

G_END_DECLS
