/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* The card as migration sees it: with nic-state.h all that is declared of its parameters, its
 * versions and its state. Only nic-model.c includes it. */

#pragma once

#include "nic-state.h"

static const MigdescModelParam nic_params[] = {
  MIGDESC_PARAM_RANGE (NicConfig, num_queues, "num-queues", 1, 8, "2", MIGDESC_OFF ("1")),
  MIGDESC_PARAM_RANGE (NicConfig, rx_filter_size, "rx-filter-size", 0, 64, "16",
                       MIGDESC_OFF ("0")),
  MIGDESC_PARAM_BOOL (NicConfig, direct, "direct", "off", MIGDESC_OFF ("off")),
  NIC_SINCE_2 (MIGDESC_PARAM_BOOL (NicConfig, jumbo, "jumbo", "on", MIGDESC_OFF ("off"),
                                   MIGDESC_SINCE_VERSION ("2")),)
  NIC_SINCE_3 (MIGDESC_PARAM_RANGE (NicConfig, num_queues, "num-queues", 1, 8, "4",
                                    MIGDESC_OFF ("1"), MIGDESC_SINCE_VERSION ("3")),)
  NIC_SINCE_4 (MIGDESC_PARAM_BOOL (NicConfig, rss, "rss", "on", MIGDESC_OFF ("off"),
                                   MIGDESC_SINCE_VERSION ("4")),)
};

static const MigdescModelVersion nic_versions[] = {
  MIGDESC_MODEL_VERSION ("direct", 0, "direct=on",
                         MIGDESC_UNMIGRATABLE ("the guest has the card's memory itself")),
  MIGDESC_MODEL_VERSION ("1", 1, "num-queues=2,rx-filter-size=16"),
  NIC_SINCE_2 (MIGDESC_MODEL_VERSION ("2", 2, "num-queues=2,rx-filter-size=16,jumbo=on",
                                      MIGDESC_TESTED (nic_tested_2)),)
  NIC_SINCE_3 (MIGDESC_MODEL_VERSION ("3", 3, "num-queues=4,rx-filter-size=16,jumbo=on",
                                      MIGDESC_TESTED (nic_tested_3)),)
  NIC_SINCE_4 (MIGDESC_MODEL_VERSION ("4", 4, "num-queues=4,rx-filter-size=16,jumbo=on,rss=on",
                                      MIGDESC_TESTED (nic_tested_4)),)
};

static const MigdescModelConstraint nic_constraints[] = {
  MIGDESC_MODEL_IF_THEN ("direct=on", "num-queues=1;rx-filter-size=0" NIC_SINCE_2 (";jumbo=off")
                         NIC_SINCE_4 (";rss=off"), "direct access is for the simplest card"),
  NIC_SINCE_4 (MIGDESC_MODEL_IF_THEN ("rss=on", "num-queues=2-8", "one queue has no others"),)
};
MIGDESC_MODEL_TABLE (nic_model, "example.org/nic", NicConfig, nic_params, nic_versions,
                     MIGDESC_MODEL_CONSTRAINTS (nic_constraints),
                     MIGDESC_SUPPORTED (MIGDESC_SUPPORT_BIDIRECTIONAL));

static const MigdescField nic_queue_fields[] = {
  MIGDESC_U64 (NicQueue, ring, 0, G_MAXUINT64),
  NIC_SINCE_4 (MIGDESC_U32 (NicQueue, size, 1, 1048576), MIGDESC_U32 (NicQueue, head, 0, 1048575),)
  NIC_UNTIL_3 (MIGDESC_U16 (NicQueue, size, 1, 32768), MIGDESC_U16 (NicQueue, head, 0, 32767),)
  MIGDESC_RELATION (NicQueue, head, MIGDESC_LT, size),
  MIGDESC_U64 (NicQueue, frames, 0, G_MAXUINT64),
  MIGDESC_U64 (NicQueue, bytes, 0, G_MAXUINT64),
};
MIGDESC_STRUCT (nic_queue, NicQueue, 1, 1, nic_queue_fields, NULL);

static const char *const action_words[] = { "accept", "drop" };
static const MigdescField nic_filter_fields[] = {
  MIGDESC_BYTES (NicFilter, mac),
  MIGDESC_U16 (NicFilter, vlan, 0, 4095),
  MIGDESC_ENUM (NicFilter, action, action_words),
};
MIGDESC_STRUCT (nic_filter, NicFilter, 1, 1, nic_filter_fields, NULL);

NIC_SINCE_4 (static const MigdescField nic_rss_fields[] = { MIGDESC_BYTES (NicState, rss_key) };)
static const char *const control_words[] = { "receive", "send", "promiscuous" };
static const char *const cause_words[] = { "received", "link-changed" };
static const char *const link_words[] = { "down", "up" NIC_SINCE_3 (, "negotiating") };
static const MigdescField nic_fields[] = {
  MIGDESC_FLAGS (NicState, control, control_words),
  MIGDESC_FLAGS (NicState, interrupt_mask, cause_words),
  MIGDESC_FLAGS (NicState, interrupt_cause, cause_words),
  MIGDESC_U16 (NicState, moderation, 0, 10000),
  MIGDESC_TIMER (NicState, interrupt_due),
  MIGDESC_U64 (NicState, interrupts, 0, G_MAXUINT64),
  MIGDESC_U64 (NicState, clock, 0, G_MAXINT64),
  MIGDESC_ENUM (NicState, NIC_SINCE_3 (link) NIC_UNTIL_2 (link_state), link_words),
  NIC_SINCE_2 (MIGDESC_U16 (NicState, mtu, 68, 9216),)
  MIGDESC_BYTES (NicState, eeprom),
  MIGDESC_STRUCTS_N (NicState, queues, n_queues, nic_queue),
  MIGDESC_LIST (NicState, filters, nic_filter, 64),
  NIC_SINCE_4 (MIGDESC_SECTION ("rss", nic_rss_fields, MIGDESC_IF ("rss"), MIGDESC_DEFAULT (0)),)
};
MIGDESC_STRUCT (nic, NicState, NIC_VERSION, NIC_VERSION, nic_fields, NULL);

/* Each version from the one before it, and back. Cards of version 1 have no MTU but the standard
 * one, as all without jumbo: it can be dropped. */
static void
nic_add_changes (MigdescTransforms *changes)
{
  NIC_SINCE_2 (migdesc_transforms_add_default (changes, 1, 2, "mtu", g_variant_new_uint16 (1500));
               migdesc_transforms_add_drop (changes, 2, 1, "mtu");)
  NIC_SINCE_3 (migdesc_transforms_add_rename (changes, 2, 3, "link_state", "link");
               migdesc_transforms_add_rename (changes, 3, 2, "link", "link_state");)
  NIC_SINCE_4 (migdesc_transforms_add_retype (changes, 3, 4, "queues[].size", "u");
               migdesc_transforms_add_retype (changes, 3, 4, "queues[].head", "u");
               migdesc_transforms_add_retype (changes, 4, 3, "queues[].size", "q");
               migdesc_transforms_add_retype (changes, 4, 3, "queues[].head", "q");)
}
