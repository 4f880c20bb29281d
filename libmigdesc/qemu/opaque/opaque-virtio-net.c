/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "qemu/opaque/opaque-virtio.h"

/* What a virtio-net has beside its queues. */

#define MAC_SIZE 6
#define MOST_MACS 64
#define QUEUE_PAIRS 8 /* in the configuration: the most that the driver can use */
#define FEATURE_GUEST_OFFLOADS (1 << 2)

static void
copy_to (MigdescQemuCursor *cursor,
         guint8 *to,
         gsize length)
{
  const guint8 *taken = migdesc_qemu_cursor_take (cursor, length);

  if (taken != NULL)
    memcpy (to, taken, length);
}

/* FALSE: more than QEMU keeps. */
static gboolean
take_macs (MigdescQemuVirtioNet *net,
           MigdescQemuCursor *cursor)
{
  guint32 size;

  net->in_use = migdesc_qemu_cursor_take_u32 (cursor);
  if (net->in_use > MOST_MACS)
    return FALSE;
  size = net->in_use * MAC_SIZE;
  net->macs = migdesc_qemu_cursor_take_copy (cursor, size);
  net->n_macs = net->macs == NULL ? 0 : size;
  return TRUE;
}

/* FALSE: no device has such numbers of them, so that these are none. */
static gboolean
take_queue_pairs (MigdescQemuVirtioNet *net,
                  MigdescQemuCursor *cursor)
{
  net->max_queue_pairs = migdesc_qemu_cursor_take_u16 (cursor);
  net->curr_queue_pairs = migdesc_qemu_cursor_take_u16 (cursor);
  if (net->max_queue_pairs < 2 || net->curr_queue_pairs < 1
      || net->curr_queue_pairs > net->max_queue_pairs
      || migdesc_qemu_cursor_get_left (cursor) / 4 < net->curr_queue_pairs - 1u)
    return FALSE;
  net->n_tx_waiting = net->curr_queue_pairs - 1;
  net->tx_waiting_others = g_new0 (guint32, MAX (net->n_tx_waiting, 1));
  for (guint i = 0; i < net->n_tx_waiting; i++)
    net->tx_waiting_others[i] = migdesc_qemu_cursor_take_u32 (cursor);
  return TRUE;
}

static gboolean
take_filter (MigdescQemuVirtioNet *net,
             MigdescQemuCursor *cursor)
{
  net->promisc = migdesc_qemu_cursor_take_u8 (cursor);
  net->allmulti = migdesc_qemu_cursor_take_u8 (cursor);
  if (!take_macs (net, cursor))
    return FALSE;
  copy_to (cursor, net->vlans, sizeof net->vlans);
  net->has_vnet_hdr = migdesc_qemu_cursor_take_u32 (cursor);
  net->multi_overflow = migdesc_qemu_cursor_take_u8 (cursor);
  net->uni_overflow = migdesc_qemu_cursor_take_u8 (cursor);
  net->alluni = migdesc_qemu_cursor_take_u8 (cursor);
  net->nomulti = migdesc_qemu_cursor_take_u8 (cursor);
  net->nouni = migdesc_qemu_cursor_take_u8 (cursor);
  net->nobcast = migdesc_qemu_cursor_take_u8 (cursor);
  return TRUE;
}

/* Whether the device can have several, by its configuration: little-endian with most guests. */
static gboolean
has_queue_pairs (const MigdescQemuVirtio *virtio)
{
  return virtio->n_config >= QUEUE_PAIRS + 2
         && (virtio->config[QUEUE_PAIRS] | virtio->config[QUEUE_PAIRS + 1] << 8) > 1;
}

static gboolean
take_net (MigdescQemuVirtioNet *net,
          MigdescQemuCursor *cursor,
          gboolean has_pairs,
          gboolean has_offloads)
{
  copy_to (cursor, net->mac, sizeof net->mac);
  net->tx_waiting = migdesc_qemu_cursor_take_u32 (cursor);
  net->mergeable_rx_bufs = migdesc_qemu_cursor_take_u32 (cursor);
  net->status = migdesc_qemu_cursor_take_u16 (cursor);
  if (!take_filter (net, cursor))
    return FALSE;
  net->has_ufo = migdesc_qemu_cursor_take_u8 (cursor);
  if (has_pairs && !take_queue_pairs (net, cursor))
    return FALSE;
  if (has_offloads)
    net->guest_offloads = migdesc_qemu_cursor_take_u64 (cursor);
  return TRUE;
}

gboolean
migdesc_qemu_virtio_read_net (MigdescQemuVirtio *virtio,
                              MigdescQemuCursor *cursor,
                              const MigdescQemuVirtioReading *reading)
{
  MigdescQemuVirtioNet *net = g_new0 (MigdescQemuVirtioNet, 1);

  if (take_net (net, cursor, has_queue_pairs (virtio) != reading->has_other_queue_pairs,
                (virtio->guest_features & FEATURE_GUEST_OFFLOADS) != 0))
    {
      virtio->net = net;
      return TRUE;
    }
  g_free (net->macs);
  g_free (net);
  return FALSE;
}

gboolean
migdesc_qemu_virtio_read_rss (MigdescQemuVirtio *virtio,
                              MigdescQemuCursor *cursor)
{
  MigdescQemuVirtioRss *rss;
  guint16 n;

  if (virtio->net == NULL || virtio->net->rss != NULL)
    return FALSE;
  rss = virtio->net->rss = g_new0 (MigdescQemuVirtioRss, 1);
  rss->enabled = migdesc_qemu_cursor_take_u8 (cursor);
  rss->redirect = migdesc_qemu_cursor_take_u8 (cursor);
  rss->populate_hash = migdesc_qemu_cursor_take_u8 (cursor);
  rss->hash_types = migdesc_qemu_cursor_take_u32 (cursor);
  n = migdesc_qemu_cursor_take_u16 (cursor);
  rss->default_queue = migdesc_qemu_cursor_take_u16 (cursor);
  copy_to (cursor, rss->key, sizeof rss->key);
  if (migdesc_qemu_cursor_get_left (cursor) / 2 < n)
    return FALSE;
  rss->indirections = g_new0 (guint16, MAX (n, 1));
  rss->n_indirections = n;
  for (guint i = 0; i < n; i++)
    rss->indirections[i] = migdesc_qemu_cursor_take_u16 (cursor);
  return TRUE;
}
