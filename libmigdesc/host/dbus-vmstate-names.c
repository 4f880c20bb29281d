/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <migdesc/migdesc-error.h>
#include <string.h>

#include "base/quote.h"
#include "host/dbus-vmstate-private.h"

/* The names of an export on a bus. QEMU aborts when it finds an Id twice, so a second helper of an
 * Id must not get QEMU's name. Helpers of this library have another name for each Id, which the bus
 * gives to one of them only, without a call to any; others are asked for their Id. */

#define LOCK_PREFIX "org.libmigdesc.VMState1.Id_"
#define ANSWER_MS 2000

#define DO_NOT_QUEUE 4
#define REPLY_OWNER 1
#define REPLY_QUEUED 2

static GVariant *
ask (GDBusConnection *connection,
     const char *method,
     GVariant *arguments,
     const char *type,
     GError **error)
{
  return g_dbus_connection_call_sync (
      connection, "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", method,
      arguments, G_VARIANT_TYPE (type), G_DBUS_CALL_FLAGS_NONE, ANSWER_MS, NULL, error);
}

static gboolean
fail_bus (const MigdescVMStateExport *exported,
          const char *what,
          GError *cause,
          GError **error)
{
  g_autofree char *shown = NULL;

  g_dbus_error_strip_remote_error (cause);
  shown = migdesc_quote (cause->message, -1);
  g_set_error (error, MIGDESC_ERROR, MIGDESC_ERROR_CANNOT_WRITE, "%s: %s: %s", exported->id, what,
               shown);
  return FALSE;
}

static gboolean
fail_duplicate (const MigdescVMStateExport *exported,
                GError **error)
{
  g_set_error (error, MIGDESC_ERROR, MIGDESC_ERROR_NOT_UNIQUE,
               "%s: another helper on the bus has this Id, and QEMU would abort", exported->id);
  return FALSE;
}

/* A bus may be set up to give no name but QEMU's: then asking all others has to do. */
static gboolean
get_lock (MigdescVMStateExport *exported,
          GError **error)
{
  g_autofree char *digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, exported->id, -1);
  g_autofree char *name = g_strconcat (LOCK_PREFIX, digest, NULL);
  g_autoptr (GError) cause = NULL;
  g_autoptr (GVariant) reply = ask (exported->connection, "RequestName",
                                    g_variant_new ("(su)", name, DO_NOT_QUEUE), "(u)", &cause);
  guint32 result;

  if (g_error_matches (cause, G_DBUS_ERROR, G_DBUS_ERROR_ACCESS_DENIED))
    return TRUE;
  if (reply == NULL)
    return fail_bus (exported, "the bus cannot be asked", cause, error);
  g_variant_get (reply, "(u)", &result);
  if (result != REPLY_OWNER)
    return fail_duplicate (exported, error);
  exported->lock = g_steal_pointer (&name);
  return TRUE;
}

/* Who has one of our locks has another one than ours: it need not be asked, and could not answer if
 * it were in this thread. */
static gboolean
has_lock (const MigdescVMStateExport *exported,
          const char *const *names,
          const char *owner)
{
  gboolean has = FALSE;

  for (guint i = 0; !has && exported->lock != NULL && names[i] != NULL; i++)
    {
      g_autoptr (GVariant) reply = NULL;
      const char *lock_owner;

      if (!g_str_has_prefix (names[i], LOCK_PREFIX))
        continue;
      reply = ask (exported->connection, "GetNameOwner", g_variant_new ("(s)", names[i]), "(s)",
                   NULL);
      if (reply == NULL)
        continue;
      g_variant_get (reply, "(&s)", &lock_owner);
      has = strcmp (lock_owner, owner) == 0;
    }
  return has;
}

static gboolean
has_other_id (const MigdescVMStateExport *exported,
              const char *owner,
              GError **error)
{
  g_autoptr (GError) cause = NULL;
  g_autoptr (GVariant) reply = g_dbus_connection_call_sync (
      exported->connection, owner, MIGDESC_VMSTATE_PATH, "org.freedesktop.DBus.Properties", "Get",
      g_variant_new ("(ss)", MIGDESC_VMSTATE_NAME, "Id"), G_VARIANT_TYPE ("(v)"),
      G_DBUS_CALL_FLAGS_NO_AUTO_START, ANSWER_MS, NULL, &cause);
  g_autoptr (GVariant) value = NULL;
  g_autofree char *what = NULL;

  if (reply == NULL)
    {
      what = g_strdup_printf ("the helper %s on the bus does not tell its Id", owner);
      return fail_bus (exported, what, cause, error);
    }
  g_variant_get (reply, "(v)", &value);
  return !g_variant_is_of_type (value, G_VARIANT_TYPE_STRING)
         || strcmp (g_variant_get_string (value, NULL), exported->id) != 0
         || fail_duplicate (exported, error);
}

static gboolean
check_others (MigdescVMStateExport *exported,
              GError **error)
{
  const char *own = g_dbus_connection_get_unique_name (exported->connection);
  g_autoptr (GError) cause = NULL;
  g_autoptr (GVariant) all = ask (exported->connection, "ListNames", NULL, "(as)", &cause);
  g_autoptr (GVariant) reply = NULL;
  g_autofree const char **names = NULL;
  g_autofree const char **owners = NULL;
  gboolean done = TRUE;

  if (all == NULL)
    return fail_bus (exported, "the bus cannot be asked", cause, error);
  reply = ask (exported->connection, "ListQueuedOwners",
               g_variant_new ("(s)", MIGDESC_VMSTATE_NAME), "(as)", &cause);
  if (g_error_matches (cause, G_DBUS_ERROR, G_DBUS_ERROR_NAME_HAS_NO_OWNER))
    return TRUE;
  if (reply == NULL)
    return fail_bus (exported, "the bus cannot be asked", cause, error);
  g_variant_get (all, "(^a&s)", &names);
  g_variant_get (reply, "(^a&s)", &owners);
  for (guint i = 0; done && owners[i] != NULL; i++)
    done = strcmp (owners[i], own) == 0 || has_lock (exported, names, owners[i])
           || has_other_id (exported, owners[i], error);
  return done;
}

gboolean
migdesc_vmstate_claim (MigdescVMStateExport *exported,
                       GError **error)
{
  return get_lock (exported, error) && check_others (exported, error);
}

gboolean
migdesc_vmstate_request_name (MigdescVMStateExport *exported,
                              GError **error)
{
  g_autoptr (GError) cause = NULL;
  g_autoptr (GVariant) reply
      = ask (exported->connection, "RequestName", g_variant_new ("(su)", MIGDESC_VMSTATE_NAME, 0),
             "(u)", &cause);
  guint32 result = 0;

  if (reply == NULL)
    return fail_bus (exported, "the bus does not give the name " MIGDESC_VMSTATE_NAME, cause,
                     error);
  g_variant_get (reply, "(u)", &result);
  exported->has_name = result == REPLY_OWNER || result == REPLY_QUEUED;
  if (exported->has_name)
    return TRUE;
  g_set_error (error, MIGDESC_ERROR, MIGDESC_ERROR_REFUSED,
               "%s: the connection has the name " MIGDESC_VMSTATE_NAME
               " already; each Id needs one of its own",
               exported->id);
  return FALSE;
}

/* Without waiting for an answer: the bus may be gone. */
static void
release (GDBusConnection *connection,
         const char *name)
{
  g_dbus_connection_call (connection, "org.freedesktop.DBus", "/org/freedesktop/DBus",
                          "org.freedesktop.DBus", "ReleaseName", g_variant_new ("(s)", name), NULL,
                          G_DBUS_CALL_FLAGS_NONE, ANSWER_MS, NULL, NULL, NULL);
}

void
migdesc_vmstate_release_names (MigdescVMStateExport *exported)
{
  if (exported->has_name)
    release (exported->connection, MIGDESC_VMSTATE_NAME);
  if (exported->lock != NULL)
    release (exported->connection, exported->lock);
  exported->has_name = FALSE;
  g_clear_pointer (&exported->lock, g_free);
}
