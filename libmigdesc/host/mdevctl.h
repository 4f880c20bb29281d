/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <migdesc/migdesc-param-list.h>

G_BEGIN_DECLS

/* The output of `mdevctl list --dumpjson`: an array of parents, each with an array of devices, each
 * with attrs. An attr is a file below the device's directory; those below migration/ make the
 * parameter list. */
char **migdesc_mdevctl_list_instances (GBytes *dump, const char *origin, GError **error);
MigdescParamList *migdesc_mdevctl_read_instance (GBytes *dump, const char *origin, const char *uuid,
                                                 GError **error);

G_END_DECLS
