/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* The card's migration parameters and its state, as its code has them. */

#pragma once

#include <migdesc/migdesc.h>

#include "nic-version.h"

typedef struct
{
  guint32 num_queues, rx_filter_size;
  gboolean direct, jumbo, rss;
} NicConfig;

typedef NIC_SINCE_4 (guint32) NIC_UNTIL_3 (guint16) NicIndex;

typedef struct
{
  guint64 ring;
  NicIndex size, head;
  guint64 frames, bytes;
} NicQueue;

typedef struct
{
  guint8 mac[6];
  guint16 vlan;
  guint8 action;
} NicFilter;

typedef struct
{
  guint32 control, interrupt_mask, interrupt_cause;
  guint16 moderation;   /* microseconds from a cause to its interrupt */
  gint64 interrupt_due; /* by the card's clock */
  guint64 interrupts;
  guint64 clock; /* nanoseconds that the card has been running */
  union
  {
    guint8 link, link_state; /* as versions 1 and 2 call it */
  };
  guint16 mtu;
  guint8 eeprom[64];
  guint8 n_queues;
  NicQueue queues[8];
  GPtrArray *filters;
  guint8 rss_key[16];
} NicState;
