/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <cbor.h>
#include <msgpack.h>

#include "nic.h"

/* The NIC as somebody would write it by hand with other libraries, without names and without
 * checks of bounds. */

#define PEER_EACH_PUT(each, rss_, buffer_)                 \
  {                                                        \
    const Nic *from = state;                               \
                                                           \
    NIC_BODY (each)                                        \
    for (guint i = 0; i < NIC_RSS; i++)                    \
      rss_ (state->rss[i]);                                \
    for (guint i = 0; i < NIC_QUEUES; i++)                 \
      {                                                    \
        const NicQueue *queue = &state->queues[i];         \
        {                                                  \
          const NicQueue *from = queue;                    \
          NIC_QUEUE (each)                                 \
        }                                                  \
      }                                                    \
    buffer_ (state->buffer);                               \
    NIC_FILTER (each)                                      \
    NIC_STATS (each)                                       \
  }

#define PEER_EACH_GET(each, rss_, buffer_)                 \
  {                                                        \
    Nic *to = state;                                       \
                                                           \
    NIC_BODY (each)                                        \
    for (guint i = 0; i < NIC_RSS; i++)                    \
      state->rss[i] = (guint32) rss_;                      \
    for (guint i = 0; i < NIC_QUEUES; i++)                 \
      {                                                    \
        NicQueue *queue = &state->queues[i];               \
        {                                                  \
          NicQueue *to = queue;                            \
          NIC_QUEUE (each)                                 \
        }                                                  \
      }                                                    \
    buffer_ (state->buffer);                               \
    NIC_FILTER (each)                                      \
    NIC_STATS (each)                                       \
  }

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wshadow"

/* --- libcbor: encoded item by item, decoded as a stream ---------------------- */

#define CBOR_NUMBER(value) p += cbor_encode_uint (value, p, (gsize) (end - p))
#define CBOR_PUT(bits, name, min, max) CBOR_NUMBER (from->name);
#define CBOR_BUFFER(data)                                                     \
  {                                                                           \
    p += cbor_encode_bytestring_start (NIC_BUFFER, p, (gsize) (end - p));     \
    memcpy (p, data, NIC_BUFFER);                                             \
    p += NIC_BUFFER;                                                          \
  }

static gsize
cbor_put (const Nic *state,
          guint8 *bytes,
          gsize size)
{
  guint8 *p = bytes, *end = bytes + size;

  PEER_EACH_PUT (CBOR_PUT, CBOR_NUMBER, CBOR_BUFFER)
  return (gsize) (p - bytes);
}

typedef struct
{
  struct cbor_callbacks callbacks;
  const guint8 *p;
  const guint8 *end;
  guint64 number;
  guint8 *buffer;
} CborFeed;

static void cbor_take8 (void *feed, uint8_t n) { ((CborFeed *) feed)->number = n; }
static void cbor_take16 (void *feed, uint16_t n) { ((CborFeed *) feed)->number = n; }
static void cbor_take32 (void *feed, uint32_t n) { ((CborFeed *) feed)->number = n; }
static void cbor_take64 (void *feed, uint64_t n) { ((CborFeed *) feed)->number = n; }

static void
cbor_take_bytes (void *data,
                 const unsigned char *bytes,
                 size_t n)
{
  CborFeed *feed = data;

  if (n == NIC_BUFFER)
    memcpy (feed->buffer, bytes, n);
}

static guint64
cbor_next (CborFeed *feed)
{
  feed->p += cbor_stream_decode (feed->p, (gsize) (feed->end - feed->p), &feed->callbacks, feed)
                 .read;
  return feed->number;
}

#define CBOR_GET(bits, name, min, max) to->name = (guint##bits) cbor_next (&feed);
#define CBOR_GET_BUFFER(data) \
  {                           \
    feed.buffer = data;       \
    cbor_next (&feed);        \
  }

static gboolean
cbor_get (Nic *state,
          const guint8 *bytes,
          gsize size)
{
  CborFeed feed = { cbor_empty_callbacks, bytes, bytes + size, 0, NULL };

  feed.callbacks.uint8 = cbor_take8;
  feed.callbacks.uint16 = cbor_take16;
  feed.callbacks.uint32 = cbor_take32;
  feed.callbacks.uint64 = cbor_take64;
  feed.callbacks.byte_string = cbor_take_bytes;
  PEER_EACH_GET (CBOR_GET, cbor_next (&feed), CBOR_GET_BUFFER)
  return feed.p == feed.end;
}

/* --- msgpack-c ------------------------------------------------------------- */

#define MSGPACK_NUMBER(value) msgpack_pack_uint64 (&packer, value)
#define MSGPACK_PUT(bits, name, min, max) msgpack_pack_uint##bits (&packer, from->name);
#define MSGPACK_BUFFER(data) msgpack_pack_bin_with_body (&packer, data, NIC_BUFFER)

/* Into a buffer that keeps its memory. */
static void
pack_put (const Nic *state,
          msgpack_sbuffer *buffer)
{
  msgpack_packer packer;

  msgpack_sbuffer_clear (buffer);
  msgpack_packer_init (&packer, buffer, msgpack_sbuffer_write);
  PEER_EACH_PUT (MSGPACK_PUT, MSGPACK_NUMBER, MSGPACK_BUFFER)
}

typedef struct
{
  const msgpack_sbuffer *buffer;
  gsize at;
  msgpack_unpacked item;
} PackFeed;

static guint64
pack_next (PackFeed *feed)
{
  msgpack_unpack_next (&feed->item, feed->buffer->data, feed->buffer->size, &feed->at);
  return feed->item.data.via.u64;
}

#define MSGPACK_GET(bits, name, min, max) to->name = (guint##bits) pack_next (&feed);
#define MSGPACK_GET_BUFFER(to_)                                      \
  {                                                                 \
    pack_next (&feed);                                              \
    memcpy (to_, feed.item.data.via.bin.ptr, NIC_BUFFER);           \
  }

static gboolean
pack_get (Nic *state,
          const msgpack_sbuffer *buffer)
{
  PackFeed feed = { .buffer = buffer };

  msgpack_unpacked_init (&feed.item);
  PEER_EACH_GET (MSGPACK_GET, pack_next (&feed), MSGPACK_GET_BUFFER)
  msgpack_unpacked_destroy (&feed.item);
  return feed.at == buffer->size;
}

/* --- GVariant: one tuple, arrays of numbers and bytes as such ------------------ */

#define g_variant_new_uint8 g_variant_new_byte
#define g_variant_get_uint8 g_variant_get_byte
#define VARIANT_PUT(bits, name, min, max) \
  g_variant_builder_add_value (builder, g_variant_new_uint##bits (from->name));

static GVariant *
variant_new_queues (const Nic *state)
{
  GVariantBuilder array;

  g_variant_builder_init (&array, G_VARIANT_TYPE_ARRAY);
  for (guint i = 0; i < NIC_QUEUES; i++)
    {
      const NicQueue *from = &state->queues[i];
      GVariantBuilder tuple, *builder = &tuple;

      g_variant_builder_init (builder, G_VARIANT_TYPE_TUPLE);
      NIC_QUEUE (VARIANT_PUT)
      g_variant_builder_add_value (&array, g_variant_builder_end (builder));
    }
  return g_variant_builder_end (&array);
}

static GBytes *
variant_put (const Nic *state)
{
  const Nic *from = state;
  GVariantBuilder tuple, *builder = &tuple;
  g_autoptr (GVariant) all = NULL;

  g_variant_builder_init (builder, G_VARIANT_TYPE_TUPLE);
  NIC_BODY (VARIANT_PUT)
  g_variant_builder_add_value (builder, g_variant_new_fixed_array (G_VARIANT_TYPE_UINT32,
                                                                   state->rss, NIC_RSS, 4));
  g_variant_builder_add_value (builder, variant_new_queues (state));
  g_variant_builder_add_value (builder, g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE,
                                                                   state->buffer, NIC_BUFFER, 1));
  NIC_FILTER (VARIANT_PUT)
  NIC_STATS (VARIANT_PUT)
  all = g_variant_ref_sink (g_variant_builder_end (builder));
  return g_variant_get_data_as_bytes (all);
}

#define VARIANT_GET(bits, name, min, max)                            \
  {                                                                  \
    GVariant *child = g_variant_get_child_value (all, at++);         \
    to->name = g_variant_get_uint##bits (child);                     \
    g_variant_unref (child);                                         \
  }
#define VARIANT_LETTER_8 "y"
#define VARIANT_LETTER_16 "q"
#define VARIANT_LETTER_32 "u"
#define VARIANT_LETTER_64 "t"
#define VARIANT_LETTER(bits, name, min, max) VARIANT_LETTER_##bits
#define VARIANT_NIC                                                        \
  "(" NIC_BODY (VARIANT_LETTER) "aua(" NIC_QUEUE (VARIANT_LETTER) ")ay"    \
  NIC_FILTER (VARIANT_LETTER) NIC_STATS (VARIANT_LETTER) ")"

static void
variant_copy (GVariant *all,
              gsize at,
              gsize size,
              gpointer to)
{
  g_autoptr (GVariant) array = g_variant_get_child_value (all, at);
  gsize n;
  gconstpointer data = g_variant_get_fixed_array (array, &n, size);

  memcpy (to, data, n * size);
}

static void
variant_get_queues (GVariant *queues,
                    Nic *state)
{
  for (guint i = 0; i < NIC_QUEUES; i++)
    {
      g_autoptr (GVariant) all = g_variant_get_child_value (queues, i);
      NicQueue *to = &state->queues[i];
      gsize at = 0;

      NIC_QUEUE (VARIANT_GET)
    }
}

static void
variant_get (Nic *state,
             GBytes *bytes)
{
  g_autoptr (GVariant) all = g_variant_ref_sink (
      g_variant_new_from_bytes (G_VARIANT_TYPE (VARIANT_NIC), bytes, FALSE));
  g_autoptr (GVariant) queues = NULL;
  Nic *to = state;
  gsize at = 0;

  NIC_BODY (VARIANT_GET)
  variant_copy (all, at++, 4, state->rss);
  queues = g_variant_get_child_value (all, at++);
  variant_get_queues (queues, state);
  variant_copy (all, at++, 1, state->buffer);
  NIC_FILTER (VARIANT_GET)
  NIC_STATS (VARIANT_GET)
}

#pragma GCC diagnostic pop
