/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "host/dbus-deadline.h"

#include <migdesc/migdesc-error.h>

struct _MigdescDeadline
{
  GThread *thread;
  GMutex mutex;
  GCond cond;
  MigdescLateFunc late; /* NULL: not armed */
  gpointer user_data;
  gint64 end; /* monotonic, microseconds */
  gboolean ends;
};

static gpointer
watch (gpointer user_data)
{
  MigdescDeadline *deadline = user_data;
  MigdescLateFunc late;

  g_mutex_lock (&deadline->mutex);
  while (!deadline->ends)
    if (deadline->late == NULL)
      g_cond_wait (&deadline->cond, &deadline->mutex);
    else if (!g_cond_wait_until (&deadline->cond, &deadline->mutex, deadline->end)
             && deadline->late != NULL && g_get_monotonic_time () >= deadline->end)
      {
        late = g_steal_pointer (&deadline->late);
        late (deadline->user_data);
      }
  g_mutex_unlock (&deadline->mutex);
  return NULL;
}

MigdescDeadline *
migdesc_deadline_new (GError **error)
{
  MigdescDeadline *deadline = g_new0 (MigdescDeadline, 1);
  g_autoptr (GError) cause = NULL;

  g_mutex_init (&deadline->mutex);
  g_cond_init (&deadline->cond);
  deadline->thread = g_thread_try_new ("migdesc-late", watch, deadline, &cause);
  if (deadline->thread != NULL)
    return deadline;
  g_set_error (error, MIGDESC_ERROR, MIGDESC_ERROR_CANNOT_RUN, "a thread cannot be started: %s",
               cause->message);
  migdesc_deadline_free (deadline);
  return NULL;
}

void
migdesc_deadline_free (MigdescDeadline *deadline)
{
  if (deadline->thread != NULL)
    {
      g_mutex_lock (&deadline->mutex);
      deadline->ends = TRUE;
      g_cond_signal (&deadline->cond);
      g_mutex_unlock (&deadline->mutex);
      g_thread_join (deadline->thread);
    }
  g_mutex_clear (&deadline->mutex);
  g_cond_clear (&deadline->cond);
  g_free (deadline);
}

void
migdesc_deadline_arm (MigdescDeadline *deadline,
                      guint milliseconds,
                      MigdescLateFunc late,
                      gpointer user_data)
{
  g_mutex_lock (&deadline->mutex);
  deadline->end = g_get_monotonic_time () + (gint64) milliseconds * 1000;
  deadline->late = late;
  deadline->user_data = user_data;
  g_cond_signal (&deadline->cond);
  g_mutex_unlock (&deadline->mutex);
}

gboolean
migdesc_deadline_disarm (MigdescDeadline *deadline)
{
  gboolean in_time;

  g_mutex_lock (&deadline->mutex);
  in_time = deadline->late != NULL;
  deadline->late = NULL;
  g_cond_signal (&deadline->cond);
  g_mutex_unlock (&deadline->mutex);
  return in_time;
}
