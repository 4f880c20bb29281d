/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "nic-model.h"
#include "nic-changes.h"

static const char *const control_words[] = { "receive", "send", "promiscuous" };
static const char *const cause_words[] = { "received", "link-changed" };
static const char *const action_words[] = { "accept", "drop" };

static const MigdescField nic_queue_fields[] = {
  MIGDESC_U64 (NicQueue, ring, 0, G_MAXUINT64),
#if NIC_VERSION >= 4
  MIGDESC_U32 (NicQueue, size, 1, 1048576),
  MIGDESC_U32 (NicQueue, head, 0, 1048575),
#else
  MIGDESC_U16 (NicQueue, size, 1, 32768),
  MIGDESC_U16 (NicQueue, head, 0, 32767),
#endif
  MIGDESC_RELATION (NicQueue, head, MIGDESC_LT, size),
  MIGDESC_U64 (NicQueue, frames, 0, G_MAXUINT64),
  MIGDESC_U64 (NicQueue, bytes, 0, G_MAXUINT64),
};
MIGDESC_STRUCT (nic_queue, NicQueue, 1, 1, nic_queue_fields, NULL);

static const MigdescField nic_filter_fields[] = {
  MIGDESC_BYTES (NicFilter, mac),
  MIGDESC_U16 (NicFilter, vlan, 0, 4095),
  MIGDESC_ENUM (NicFilter, action, action_words),
};
MIGDESC_STRUCT (nic_filter, NicFilter, 1, 1, nic_filter_fields, NULL);

#if NIC_VERSION >= 4
static const MigdescField nic_rss_fields[] = {
  MIGDESC_BYTES (NicState, rss_key),
};
#endif

#if NIC_VERSION >= 3
static const char *const link_words[] = { "down", "up", "negotiating" };
#define NIC_LINK link
#else
static const char *const link_words[] = { "down", "up" };
#define NIC_LINK link_state
#endif

static const MigdescField nic_fields[] = {
  MIGDESC_FLAGS (NicState, control, control_words),
  MIGDESC_FLAGS (NicState, interrupt_mask, cause_words),
  MIGDESC_FLAGS (NicState, interrupt_cause, cause_words),
  MIGDESC_U16 (NicState, moderation, 0, 10000),
  MIGDESC_TIMER (NicState, interrupt_due),
  MIGDESC_U64 (NicState, interrupts, 0, G_MAXUINT64),
  MIGDESC_U64 (NicState, clock, 0, G_MAXINT64),
  MIGDESC_ENUM (NicState, NIC_LINK, link_words),
#if NIC_VERSION >= 2
  MIGDESC_U16 (NicState, mtu, 68, 9216),
#endif
  MIGDESC_BYTES (NicState, eeprom),
  MIGDESC_STRUCTS_N (NicState, queues, n_queues, nic_queue),
  MIGDESC_LIST (NicState, filters, nic_filter, 64),
#if NIC_VERSION >= 4
  MIGDESC_SECTION ("rss", nic_rss_fields, MIGDESC_IF ("rss"), MIGDESC_DEFAULT (0)),
#endif
};
MIGDESC_STRUCT (nic, NicState, NIC_VERSION, NIC_VERSION, nic_fields, NULL);

const MigdescStruct *
nic_model_get_table (void)
{
  return &nic;
}

/* Each version from the one before it, and back. */
void
nic_model_add_changes (MigdescTransforms *changes)
{
#if NIC_VERSION >= 2
  migdesc_transforms_add_default (changes, 1, 2, "mtu", g_variant_new_uint16 (1500));
  migdesc_transforms_add_function (changes, 2, 1, "drop mtu", nic_change_drop_mtu, NULL, NULL);
#endif
#if NIC_VERSION >= 3
  migdesc_transforms_add_rename (changes, 2, 3, "link_state", "link");
  migdesc_transforms_add_rename (changes, 3, 2, "link", "link_state");
#endif
#if NIC_VERSION >= 4
  migdesc_transforms_add_retype (changes, 3, 4, "queues[].size", "u");
  migdesc_transforms_add_retype (changes, 3, 4, "queues[].head", "u");
  migdesc_transforms_add_retype (changes, 4, 3, "queues[].size", "q");
  migdesc_transforms_add_retype (changes, 4, 3, "queues[].head", "q");
#endif
}
