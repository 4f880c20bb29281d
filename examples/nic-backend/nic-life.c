/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* From incoming over prepared to running and paused, and what of it is kept on the disk. */

#include "nic-backend.h"
#include "nic-error.h"
#include "nic-transfer.h"

const char *
nic_status_get_name (NicStatus status)
{
  static const char *const names[] = {
    [NIC_INCOMING] = "incoming",
    [NIC_PREPARED] = "prepared",
    [NIC_RUNNING] = "running",
    [NIC_PAUSED] = "paused",
  };

  return names[status];
}

/* The set knows whether it has been given a state that it has not taken yet. */
NicStatus
nic_backend_get_status (NicBackend *backend)
{
  if (backend->status == NIC_INCOMING && migdesc_device_set_is_prepared (backend->set))
    return NIC_PREPARED;
  return backend->status;
}

/* What is saved unless something else is asked for: that of the version that the card is like, so
 * that a card which an older program can be given is saved as that program can load it. */
guint
nic_backend_get_state_version (NicBackend *backend)
{
  guint version = migdesc_backend_get_state_version (backend->migration);

  return version == 0 ? NIC_VERSION : version;
}

static gboolean
write_down (NicBackend *backend, GError **error)
{
  g_autoptr (MigdescStreamWriter) writer
      = migdesc_device_set_begin_save (backend->set, NULL, TRUE, error);

  return writer != NULL
         && migdesc_stream_writer_write_file (writer, backend->state_path, NULL, error);
}

/* What stays here is kept as the newest version, where every value fits. It has its schema with it,
 * so that `migdesc state show` can read it. */
gboolean
nic_backend_keep (NicBackend *backend, GError **error)
{
  guint moved_as = nic_backend_get_state_version (backend);
  gboolean done;

  if (backend->state_path == NULL)
    return TRUE;
  if (!migdesc_device_set_set_state_version (backend->set, NIC_ID, NIC_VERSION, error))
    return FALSE;
  done = write_down (backend, error);
  return migdesc_device_set_set_state_version (backend->set, NIC_ID, moved_as, done ? error : NULL)
         && done;
}

static gboolean
load_kept (NicBackend *backend, GError **error)
{
  g_autoptr (MigdescStreamReader) reader
      = migdesc_device_set_begin_load (backend->set, NULL, error);

  return reader != NULL
         && migdesc_stream_reader_read_file (reader, backend->state_path, NULL, error)
         && migdesc_device_set_finish_load (backend->set, reader, error);
}

/* Cannot fail: it is prepared. */
static void
commit (NicBackend *backend)
{
  if (backend->vmstate != NULL)
    migdesc_dbus_vmstate_commit (backend->vmstate, NULL);
  else
    migdesc_device_set_commit_load (backend->set);
}

/* What is running is on the disk first: a card that nobody remembers must not have run. If it
 * cannot be written down the card has its state all the same, and is paused. */
gboolean
nic_backend_start (NicBackend *backend, GError **error)
{
  if (!nic_wire_plug (backend->wire, error))
    return FALSE;
  if (nic_backend_get_status (backend) == NIC_PREPARED)
    commit (backend);
  backend->status = NIC_PAUSED;
  backend->nic->has_state = TRUE;
  if (!nic_backend_keep (backend, error))
    {
      nic_wire_unplug (backend->wire);
      return FALSE;
    }
  /* What QEMU may have asked for before is its state no more. */
  if (backend->vmstate != NULL)
    migdesc_dbus_vmstate_resumed (backend->vmstate);
  nic_run (backend->nic);
  backend->status = NIC_RUNNING;
  return TRUE;
}

/* The card is paused even if that could not be written down. */
gboolean
nic_backend_stop (NicBackend *backend, GError **error)
{
  nic_pause (backend->nic);
  backend->status = NIC_PAUSED;
  nic_wire_unplug (backend->wire);
  return nic_backend_keep (backend, error);
}

void
nic_backend_discard (NicBackend *backend)
{
  if (backend->vmstate != NULL)
    migdesc_dbus_vmstate_discard (backend->vmstate);
  if (migdesc_device_set_is_prepared (backend->set))
    migdesc_device_set_abort_load (backend->set);
}

gboolean
nic_backend_begin (NicBackend *backend, gboolean incoming, gboolean paused, GError **error)
{
  gboolean kept = backend->state_path != NULL
                  && g_file_test (backend->state_path, G_FILE_TEST_EXISTS);

  if (incoming)
    return TRUE;
  if (kept ? !load_kept (backend, error)
           : !nic_resources_get (&backend->nic->resources, &backend->nic->state, error))
    return FALSE;
  backend->status = NIC_PAUSED;
  backend->nic->has_state = TRUE;
  return paused ? nic_backend_keep (backend, error) : nic_backend_start (backend, error);
}
