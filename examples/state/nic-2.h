/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* State version 2: a field is added, and state that only cards with `rss=on` have. */

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
  guint16 mtu;
  guint8 mac[6];
  guint8 n_queues;
  NicQueue queues[4];
  guint8 rss_key[8];
} NicState;

static const char *const link_words[] = { "down", "up" };

static const MigdescField nic_queue_fields[] = {
  MIGDESC_U64 (NicQueue, ring, 0, G_MAXUINT64),
  MIGDESC_U16 (NicQueue, size, 1, 1024),
  MIGDESC_U16 (NicQueue, head, 0, 1023),
  MIGDESC_RELATION (NicQueue, head, MIGDESC_LT, size),
};
MIGDESC_STRUCT (nic_queue, NicQueue, 1, 1, nic_queue_fields, NULL);

static const MigdescField nic_rss_fields[] = {
  MIGDESC_BYTES (NicState, rss_key),
};

static const MigdescField nic_fields[] = {
  MIGDESC_ENUM (NicState, link_state, link_words),
  MIGDESC_BYTES (NicState, mac),
  MIGDESC_STRUCTS_N (NicState, queues, n_queues, nic_queue),
  MIGDESC_U16 (NicState, mtu, 68, 9216, MIGDESC_SINCE (2), MIGDESC_DEFAULT (1500)),
  MIGDESC_SECTION ("rss", nic_rss_fields, MIGDESC_SINCE (2), MIGDESC_IF ("rss"),
                   MIGDESC_DEFAULT (0)),
};
MIGDESC_STRUCT (nic, NicState, 2, 1, nic_fields, NULL);

static const NicState nic_new = {
  .link_state = 1,
  .mtu = 9000,
  .mac = { 0x52, 0x54, 0, 0, 0, 2 },
  .n_queues = 1,
  .queues = { { .ring = 4096, .size = 256, .head = 7 } },
  .rss_key = { 1, 2, 3, 4, 5, 6, 7, 8 },
};

static MigdescStateType *
nic_state_type (GError **error)
{
  return migdesc_state_type_new (&nic, error);
}
