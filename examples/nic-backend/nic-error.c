/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "nic-error.h"

#include <gio/gio.h>
#include <migdesc/migdesc.h>

G_DEFINE_QUARK (nic-error-quark, nic_error)

static const char *const nicks[] = {
  [NIC_ERROR_BAD_REQUEST] = "bad-request",
  [NIC_ERROR_UNKNOWN_COMMAND] = "unknown-command",
  [NIC_ERROR_BAD_ARGUMENT] = "bad-argument",
  [NIC_ERROR_WRONG_STATUS] = "wrong-status",
  [NIC_ERROR_BUSY] = "busy",
  [NIC_ERROR_REFUSED] = "refused",
  [NIC_ERROR_CANCELLED] = "cancelled",
  [NIC_ERROR_DOUBLED] = "doubled",
};

const char *
nic_error_get_nick (const GError *error)
{
  if (error->domain == NIC_ERROR)
    return nicks[error->code];
  if (error->domain == MIGDESC_ERROR)
    return migdesc_error_get_nick ((MigdescError) error->code);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return "cancelled";
  return "io";
}
