/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* The network card as it was first shipped: state version 1. */

#include <migdesc/migdesc.h>

typedef struct
{
  guint64 ring;
  guint16 size;
  guint16 head;
} NicQueue;

typedef struct
{
  guint8 link_state;
  guint8 mac[6];
  guint8 n_queues;
  NicQueue queues[4];
} NicState;

static const char *const link_words[] = { "down", "up" };

static const MigdescField nic_queue_fields[] = {
  MIGDESC_U64 (NicQueue, ring, 0, G_MAXUINT64),
  MIGDESC_U16 (NicQueue, size, 1, 1024),
  MIGDESC_U16 (NicQueue, head, 0, 1023),
  MIGDESC_RELATION (NicQueue, head, MIGDESC_LT, size),
};
MIGDESC_STRUCT (nic_queue, NicQueue, 1, 1, nic_queue_fields, NULL);

static const MigdescField nic_fields[] = {
  MIGDESC_ENUM (NicState, link_state, link_words),
  MIGDESC_BYTES (NicState, mac),
  MIGDESC_STRUCTS_N (NicState, queues, n_queues, nic_queue),
};
MIGDESC_STRUCT (nic, NicState, 1, 1, nic_fields, NULL);

static const NicState nic_new = {
  .link_state = 1,
  .mac = { 0x52, 0x54, 0, 0, 0, 1 },
  .n_queues = 1,
  .queues = { { .ring = 4096, .size = 256, .head = 7 } },
};

static MigdescStateType *
nic_state_type (GError **error)
{
  return migdesc_state_type_new (&nic, error);
}
