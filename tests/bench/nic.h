/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <string.h>

#include <migdesc/migdesc.h>

/* A NIC of 833 scalars in fields, arrays and 128 structs of 6, a buffer of 32 KiB and two sections;
 * and what somebody would write by hand for it. */

#define NIC_QUEUES 128
#define NIC_RSS 32
#define NIC_BUFFER 32768

typedef struct
{
  guint64 ring;
  guint16 size;
  guint16 head;
  guint16 tail;
  guint16 vector;
  guint32 flags;
} NicQueue;

/* All scalars that are neither in a queue nor in rss: kind, member, least and greatest value. */
#define NIC_BODY(x)                                                                               \
  x (16, mtu, 68, 9216) x (8, link, 0, 2) x (32, speed, 0, 400000) x (8, duplex, 0, 1)            \
  x (64, features, 0, G_MAXUINT64) x (32, ctrl, 0, 0xffffff) x (32, status, 0, 0xffff)            \
  x (32, rctl, 0, G_MAXUINT32) x (32, tctl, 0, G_MAXUINT32) x (64, address, 0, 0xffffffffffff)    \
  x (16, vlan, 0, 4095) x (16, vendor, 0, G_MAXUINT16) x (16, device, 0, G_MAXUINT16)             \
  x (8, revision, 0, 15) x (32, mask, 0, G_MAXUINT32) x (32, cause, 0, 0x7fffffff)                \
  x (64, received, 0, G_MAXUINT64) x (64, sent, 0, G_MAXUINT64) x (16, errors, 0, 1000)           \
  x (8, mode, 0, 3) x (8, active, 0, 127)
#define NIC_FILTER(x)                                                                             \
  x (32, filter_count, 0, 64) x (32, filter_mask, 0, G_MAXUINT32) x (16, filter_vlan, 0, 4095)    \
  x (8, filter_mode, 0, 3) x (64, filter_hits, 0, G_MAXUINT64) x (16, filter_next, 0, 63)
#define NIC_STATS(x)                                                                              \
  x (64, dropped, 0, G_MAXUINT64) x (64, collisions, 0, 0xffffffff) x (32, resets, 0, 10000)      \
  x (32, stalls, 0, 10000) x (16, level, 0, 100) x (8, alarm, 0, 1)

#define NIC_MEMBER(bits, name, min, max) guint##bits name;
typedef struct
{
  NIC_BODY (NIC_MEMBER)
  guint32 rss[NIC_RSS];
  NicQueue queues[NIC_QUEUES];
  NIC_FILTER (NIC_MEMBER)
  NIC_STATS (NIC_MEMBER)
  guint8 buffer[NIC_BUFFER];
} Nic;
#undef NIC_MEMBER

#define NIC_SCALARS (21 + NIC_RSS + 6 * NIC_QUEUES + 12)

#define NIC_QUEUE(x)                                                                              \
  x (64, ring, 0, 0xffffffffffff) x (16, size, 1, 4096) x (16, head, 0, 4095)                     \
  x (16, tail, 0, 4095) x (16, vector, 0, 2047) x (32, flags, 0, 0xff)

#define NIC_FIELD(bits, name, min, max) MIGDESC_U##bits (Nic, name, min, max),
#define NIC_QUEUE_FIELD(bits, name, min, max) MIGDESC_U##bits (NicQueue, name, min, max),
static const MigdescField nic_queue_fields[] = { NIC_QUEUE (NIC_QUEUE_FIELD) };
MIGDESC_STRUCT (nic_queue, NicQueue, 1, 1, nic_queue_fields, NULL);
static const MigdescField nic_filter_fields[] = { NIC_FILTER (NIC_FIELD) };
static const MigdescField nic_stats_fields[] = { NIC_STATS (NIC_FIELD) };
static const MigdescField nic_fields[] = {
  NIC_BODY (NIC_FIELD)
  MIGDESC_ARRAY (Nic, rss, U32, 0, 127),
  MIGDESC_STRUCTS (Nic, queues, nic_queue),
  MIGDESC_BYTES (Nic, buffer),
  MIGDESC_SECTION ("filter", nic_filter_fields),
  MIGDESC_SECTION ("stats", nic_stats_fields, MIGDESC_DROPPABLE),
};
MIGDESC_STRUCT (nic, Nic, 1, 1, nic_fields, NULL);

/* The same without the buffer, which hides the rest. */
static const MigdescField bare_fields[] = {
  NIC_BODY (NIC_FIELD)
  MIGDESC_ARRAY (Nic, rss, U32, 0, 127),
  MIGDESC_STRUCTS (Nic, queues, nic_queue),
  MIGDESC_SECTION ("filter", nic_filter_fields),
  MIGDESC_SECTION ("stats", nic_stats_fields, MIGDESC_DROPPABLE),
};
MIGDESC_STRUCT (bare, Nic, 1, 1, bare_fields, NULL);
#undef NIC_FIELD
#undef NIC_QUEUE_FIELD

static G_GNUC_UNUSED void
nic_fill (Nic *state)
{
#define NIC_FILL(bits, name, min, max) state->name = (guint##bits) (max);
  NIC_BODY (NIC_FILL)
  NIC_FILTER (NIC_FILL)
  NIC_STATS (NIC_FILL)
#undef NIC_FILL
  for (guint i = 0; i < NIC_RSS; i++)
    state->rss[i] = i;
  for (guint i = 0; i < NIC_QUEUES; i++)
    state->queues[i] = (NicQueue) { i * 4096, (guint16) (i + 1), (guint16) i, 7, 8, 9 };
  for (guint i = 0; i < NIC_BUFFER; i++)
    state->buffer[i] = (guint8) (i * 31);
}

/* By hand: every field a line, little-endian and checked, or big-endian and not. */

#define NIC_PUT(order, bits, value)                     \
  {                                                     \
    guint##bits put_ = GUINT##bits##_TO_##order (value); \
    memcpy (p, &put_, sizeof put_);                     \
    p += sizeof put_;                                   \
  }
#define NIC_GET(order, bits, value)                  \
  {                                                  \
    guint##bits get_;                                \
    memcpy (&get_, p, sizeof get_);                  \
    (value) = GUINT##bits##_FROM_##order (get_);     \
    p += sizeof get_;                                \
  }
#define GUINT8_TO_LE(value) (value)
#define GUINT8_TO_BE(value) (value)
#define GUINT8_FROM_LE(value) (value)
#define GUINT8_FROM_BE(value) (value)
#define NIC_CHECK(bits, value, min, max) \
  bad |= (guint##bits) ((value) - (guint##bits) (min)) > (guint##bits) ((max) - (min));

#define NIC_PUT_LE(bits, name, min, max) \
  NIC_CHECK (bits, from->name, min, max) NIC_PUT (LE, bits, from->name)
#define NIC_GET_LE(bits, name, min, max) \
  NIC_GET (LE, bits, to->name) NIC_CHECK (bits, to->name, min, max)
#define NIC_PUT_BE(bits, name, min, max) NIC_PUT (BE, bits, from->name)
#define NIC_GET_BE(bits, name, min, max) NIC_GET (BE, bits, to->name)

#define NIC_DEFINE_PUT(name_, each, order, check)              \
  static G_GNUC_UNUSED gsize                                   \
  name_ (const Nic *state, guint8 *bytes, gboolean buffer)     \
  {                                                            \
    const Nic *from = state;                                   \
    guint8 *p = bytes;                                         \
    guint bad = 0;                                             \
                                                               \
    NIC_BODY (each)                                            \
    for (guint i = 0; i < NIC_RSS; i++)                        \
      {                                                        \
        if (check)                                             \
          bad |= state->rss[i] > 127;                          \
        NIC_PUT (order, 32, state->rss[i])                     \
      }                                                        \
    for (guint i = 0; i < NIC_QUEUES; i++)                     \
      {                                                        \
        const NicQueue *queue = &state->queues[i];             \
        {                                                      \
          const NicQueue *from = queue;                        \
          NIC_QUEUE (each)                                     \
        }                                                      \
      }                                                        \
    if (buffer)                                                \
      {                                                        \
        memcpy (p, state->buffer, NIC_BUFFER);                 \
        p += NIC_BUFFER;                                       \
      }                                                        \
    NIC_FILTER (each)                                          \
    NIC_STATS (each)                                           \
    return bad ? 0 : (gsize) (p - bytes);                      \
  }

#define NIC_DEFINE_GET(name_, each, order, check)                    \
  static G_GNUC_UNUSED gsize                                         \
  name_ (Nic *state, const guint8 *bytes, gboolean buffer)           \
  {                                                                  \
    Nic *to = state;                                                 \
    const guint8 *p = bytes;                                         \
    guint bad = 0;                                                   \
                                                                     \
    NIC_BODY (each)                                                  \
    for (guint i = 0; i < NIC_RSS; i++)                              \
      {                                                              \
        NIC_GET (order, 32, state->rss[i])                           \
        if (check)                                                   \
          bad |= state->rss[i] > 127;                                \
      }                                                              \
    for (guint i = 0; i < NIC_QUEUES; i++)                           \
      {                                                              \
        NicQueue *queue = &state->queues[i];                         \
        {                                                            \
          NicQueue *to = queue;                                      \
          NIC_QUEUE (each)                                           \
        }                                                            \
      }                                                              \
    if (buffer)                                                      \
      {                                                              \
        memcpy (state->buffer, p, NIC_BUFFER);                       \
        p += NIC_BUFFER;                                             \
      }                                                              \
    NIC_FILTER (each)                                                \
    NIC_STATS (each)                                                 \
    return bad ? 0 : (gsize) (p - bytes);                            \
  }

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wshadow"
#pragma GCC diagnostic ignored "-Wtype-limits"
NIC_DEFINE_PUT (nic_put_checked, NIC_PUT_LE, LE, TRUE)
NIC_DEFINE_GET (nic_get_checked, NIC_GET_LE, LE, TRUE)
NIC_DEFINE_PUT (nic_put_swapped, NIC_PUT_BE, BE, FALSE)
NIC_DEFINE_GET (nic_get_swapped, NIC_GET_BE, BE, FALSE)
#pragma GCC diagnostic pop

/* Visit functions: inlined, and by calls. */

#define NIC_VISIT(call, visitor, target, name, min, max) \
  call (visitor, #name, &(target)->name, (min), (max), error)
#define NIC_INLINE(bits, name, min, max) \
  && NIC_VISIT (migdesc_visit_u##bits, visitor, to, name, min, max)
#define NIC_CALL(bits, name, min, max) \
  && NIC_VISIT (migdesc_visitor_visit_uint##bits, visitor, to, name, min, max)

#define NIC_DEFINE_VISIT(name_, each)                                                         \
  static G_GNUC_UNUSED gboolean                                                               \
  name_ (MigdescVisitor *visitor, gpointer data, gpointer user_data, GError **error)          \
  {                                                                                           \
    Nic *to = (Nic *) data;                                                                   \
    gboolean good = TRUE NIC_BODY (each);                                                     \
                                                                                              \
    for (guint i = 0; good && i < NIC_QUEUES; i++)                                            \
      {                                                                                       \
        NicQueue *queue = &((Nic *) data)->queues[i];                                         \
        {                                                                                     \
          NicQueue *to = queue;                                                               \
          good = TRUE NIC_QUEUE (each);                                                       \
        }                                                                                     \
      }                                                                                       \
    return good NIC_FILTER (each) NIC_STATS (each);                                           \
  }

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wshadow"
NIC_DEFINE_VISIT (nic_visit_inline, NIC_INLINE)
NIC_DEFINE_VISIT (nic_visit_calls, NIC_CALL)
#pragma GCC diagnostic pop
#define NIC_VISITED (21 + 6 * NIC_QUEUES + 12)
