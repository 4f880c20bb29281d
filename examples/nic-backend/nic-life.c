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

/* The file has its schema with it, so that `migdesc state show` can read it. */
gboolean
nic_backend_keep (NicBackend *backend, GError **error)
{
  g_autoptr (MigdescStreamWriter) writer = NULL;

  if (backend->state_path == NULL)
    return TRUE;
  if (!migdesc_device_set_set_state_version (backend->set, NIC_ID, NIC_VERSION, error))
    return FALSE;
  writer = migdesc_device_set_begin_save (backend->set, NULL, TRUE, error);
  return writer != NULL
         && migdesc_stream_writer_write_file (writer, backend->state_path, NULL, error);
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

/* What is running is on the disk first: a card that nobody remembers must not have run. */
gboolean
nic_backend_start (NicBackend *backend, GError **error)
{
  if (!nic_wire_plug (backend->wire, error))
    return FALSE;
  if (!nic_backend_keep (backend, error))
    {
      nic_wire_unplug (backend->wire);
      return FALSE;
    }
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
  nic_reset (backend->nic);
  backend->status = NIC_INCOMING;
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
  return paused ? nic_backend_keep (backend, error) : nic_backend_start (backend, error);
}
