/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* What a guest writes that is more than a register: EEPROM, key and filters. */

#include "nic.h"
#include "nic-error.h"

#include <string.h>

static gboolean
refuse (GError **error, const char *message)
{
  g_set_error_literal (error, NIC_ERROR, NIC_ERROR_REFUSED, message);
  return FALSE;
}

/* Two digits a byte, with a separator between bytes or none: 0. */
static gboolean
read_hex (const char *text, char separator, guint8 *bytes, gsize room, gsize *length)
{
  for (*length = 0; *text != '\0'; (*length)++)
    {
      if (*length > 0 && separator != 0 && *text++ != separator)
        return FALSE;
      if (*length == room || !g_ascii_isxdigit (text[0]) || !g_ascii_isxdigit (text[1]))
        return FALSE;
      bytes[*length] = (guint8) (g_ascii_xdigit_value (text[0]) << 4
                                 | g_ascii_xdigit_value (text[1]));
      text += 2;
    }
  return TRUE;
}

gboolean
nic_write_eeprom (Nic *nic, guint64 offset, const char *hex, GError **error)
{
  guint8 bytes[sizeof nic->state.eeprom];
  gsize length;

  if (!read_hex (hex, 0, bytes, sizeof bytes, &length) || length == 0)
    return refuse (error, "the data are 1 to 64 bytes, two hexadecimal digits each");
  if (offset > sizeof bytes || length > sizeof bytes - offset)
    return refuse (error, "the EEPROM has 64 bytes");
  memcpy (nic->state.eeprom + offset, bytes, length);
  return TRUE;
}

gboolean
nic_write_rss_key (Nic *nic, const char *hex, GError **error)
{
  guint8 key[sizeof nic->state.rss_key];
  gsize length;

  if (!nic->config.rss)
    return refuse (error, "the card has no receive side scaling");
  if (!read_hex (hex, 0, key, sizeof key, &length) || length != sizeof key)
    return refuse (error, "the key is 16 bytes, two hexadecimal digits each");
  memcpy (nic->state.rss_key, key, sizeof key);
  return TRUE;
}

static gboolean
read_filter (NicFilter *filter, const char *mac, guint64 vlan, GError **error)
{
  gsize length;

  if (!read_hex (mac, ':', filter->mac, sizeof filter->mac, &length)
      || length != sizeof filter->mac)
    return refuse (error, "the MAC address is of the form 52:54:00:12:34:56");
  if (vlan > 4095)
    return refuse (error, "the VLAN is 0 to 4095");
  filter->vlan = (guint16) vlan;
  return TRUE;
}

static gboolean
find_filter (const Nic *nic, const NicFilter *wanted, guint *position)
{
  const GPtrArray *filters = nic->state.filters;

  for (guint i = 0; filters != NULL && i < filters->len; i++)
    {
      const NicFilter *filter = g_ptr_array_index (filters, i);

      if (memcmp (filter->mac, wanted->mac, sizeof wanted->mac) == 0
          && filter->vlan == wanted->vlan)
        {
          *position = i;
          return TRUE;
        }
    }
  return FALSE;
}

gboolean
nic_add_filter (Nic *nic, const char *mac, guint64 vlan, gboolean drop, GError **error)
{
  NicState *state = &nic->state;
  NicFilter filter = { .action = drop != FALSE };
  guint position;

  if (!read_filter (&filter, mac, vlan, error))
    return FALSE;
  if (find_filter (nic, &filter, &position))
    return refuse (error, "there is such a filter");
  if (state->filters == NULL)
    state->filters = g_ptr_array_new (); /* whose elements the table frees */
  if (state->filters->len >= nic->config.rx_filter_size)
    return refuse (error, "there is no room for another filter");
  g_ptr_array_add (state->filters, g_memdup2 (&filter, sizeof filter));
  return TRUE;
}

gboolean
nic_remove_filter (Nic *nic, const char *mac, guint64 vlan, GError **error)
{
  NicFilter filter = { 0 };
  guint position;

  if (!read_filter (&filter, mac, vlan, error))
    return FALSE;
  if (!find_filter (nic, &filter, &position))
    return refuse (error, "there is no such filter");
  g_free (g_ptr_array_remove_index (nic->state.filters, position));
  return TRUE;
}
