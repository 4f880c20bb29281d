/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Says that something takes too long while the thread that does it can say nothing: a thread that
 * sleeps otherwise. It is started once, so that a process may give up the right to start threads
 * after that. */

typedef struct _MigdescDeadline MigdescDeadline;

/* Called in that thread, at most once for each time it was armed. */
typedef void (*MigdescLateFunc) (gpointer user_data);

MigdescDeadline *migdesc_deadline_new (GError **error);
void migdesc_deadline_free (MigdescDeadline *deadline);
void migdesc_deadline_arm (MigdescDeadline *deadline, guint milliseconds, MigdescLateFunc late,
                           gpointer user_data);
/* FALSE when it was too late, and has been said. */
gboolean migdesc_deadline_disarm (MigdescDeadline *deadline);

G_END_DECLS
