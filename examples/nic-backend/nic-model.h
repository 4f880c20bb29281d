/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* The card as migration sees it: its state is here, what is said about it in nic-model.c.
 * NIC_VERSION limits both: nic-backend-2 is built as if versions 3 and 4 did not exist yet. */

#pragma once

#include <migdesc/migdesc.h>

#define NIC_MODEL "example.org/nic"
#define NIC_DIRECT_BLOCKER "the guest has the card's memory itself"

#if NIC_VERSION >= 4
typedef guint32 NicIndex;
#else
typedef guint16 NicIndex; /* what it was before large rings */
#endif

typedef struct
{
  guint64 ring;
  NicIndex size;
  NicIndex head;
  guint64 frames;
  guint64 bytes;
} NicQueue;

typedef struct
{
  guint8 mac[6];
  guint16 vlan;
  guint8 action;
} NicFilter;

typedef struct
{
  guint32 control;
  guint32 interrupt_mask;
  guint32 interrupt_cause;
  guint16 moderation;   /* microseconds from a cause to its interrupt */
  gint64 interrupt_due; /* by the card's clock */
  guint64 interrupts;
  guint64 clock; /* nanoseconds that the card has been running */
  union
  {
    guint8 link;
    guint8 link_state; /* as versions 1 and 2 call it */
  };
  guint16 mtu;
  guint8 eeprom[64];
  guint8 n_queues;
  NicQueue queues[8];
  GPtrArray *filters;
  guint8 rss_key[16];
} NicState;

const MigdescStruct *nic_model_get_table (void);
void nic_model_add_changes (MigdescTransforms *changes);
