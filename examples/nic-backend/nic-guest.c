/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* What the guest and the wire do to a running card. There is no guest here, so that commands
 * play its part. */

#include "nic-command.h"
#include "nic-error.h"

#include <string.h>

static guint64
number (const NicRequest *request, const char *name)
{
  guint64 value = 0;

  nic_request_get_number (request, name, &value);
  return value;
}

static const char *
text (const NicRequest *request, const char *name)
{
  const char *value = "";

  nic_request_get_text (request, name, &value);
  return value;
}

static gboolean
receive (Nic *nic, const NicRequest *request, GError **error)
{
  guint64 frames = number (request, "frames");

  if (frames == 0)
    {
      g_set_error (error, NIC_ERROR, NIC_ERROR_BAD_ARGUMENT, "receive: frames is 1 or more");
      return FALSE;
    }
  return nic_receive (nic, number (request, "queue"), frames, number (request, "bytes"), error);
}

static gboolean
write_register (Nic *nic, const NicRequest *request, GError **error)
{
  return nic_write_register (nic, text (request, "register"), number (request, "value"), error);
}

static gboolean
write_queue (Nic *nic, const NicRequest *request, GError **error)
{
  return nic_write_queue (nic, number (request, "queue"), number (request, "size"), error);
}

static gboolean
write_eeprom (Nic *nic, const NicRequest *request, GError **error)
{
  return nic_write_eeprom (nic, number (request, "offset"), text (request, "data"), error);
}

static gboolean
write_rss_key (Nic *nic, const NicRequest *request, GError **error)
{
  return nic_write_rss_key (nic, text (request, "key"), error);
}

static gboolean
add_filter (Nic *nic, const NicRequest *request, GError **error)
{
  gboolean drop = FALSE;

  nic_request_get_truth (request, "drop", &drop);
  return nic_add_filter (nic, text (request, "mac"), number (request, "vlan"), drop, error);
}

static gboolean
remove_filter (Nic *nic, const NicRequest *request, GError **error)
{
  return nic_remove_filter (nic, text (request, "mac"), number (request, "vlan"), error);
}

#define RUNNING (1 << NIC_RUNNING)

const NicCommand nic_guest_commands[] = {
  { "receive", RUNNING, NULL, receive, { { "queue", "t" }, { "frames", "t" }, { "bytes", "t" } } },
  { "write", RUNNING, NULL, write_register, { { "register", "s" }, { "value", "t" } } },
  { "write-queue", RUNNING, NULL, write_queue, { { "queue", "t" }, { "size", "t" } } },
  { "write-eeprom", RUNNING, NULL, write_eeprom, { { "offset", "t" }, { "data", "s" } } },
  { "write-rss-key", RUNNING, NULL, write_rss_key, { { "key", "s" } } },
  { "add-filter", RUNNING, NULL, add_filter,
    { { "mac", "s" }, { "vlan", "t", TRUE }, { "drop", "b", TRUE } } },
  { "remove-filter", RUNNING, NULL, remove_filter, { { "mac", "s" }, { "vlan", "t", TRUE } } },
  { NULL },
};
