/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* What a compiler may read once for all files of the library, with -Db_pch=true: half of a small
 * file's time. No file includes this, and none may need it: the usual builds go without. */

#include <string.h>

#include <gio/gio.h>
#include <json-glib/json-glib.h>
