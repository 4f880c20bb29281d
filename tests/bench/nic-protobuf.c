/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "nic-peers-generated.h"

#include "nic.pb-c.h"

#define PROTO_PUT(bits, name, min, max) to->name = from->name;
#define PROTO_GET(bits, name, min, max) to->name = (guint##bits) from->name;

static void
put_queue (Proto__Queue *to,
           const NicQueue *from)
{
  proto__queue__init (to);
  NIC_QUEUE (PROTO_PUT)
}

static void
put_body (Proto__State *to,
          const Nic *from)
{
  proto__state__init (to);
  NIC_BODY (PROTO_PUT)
}

static void
put_filter (Proto__Filter *to,
            const Nic *from)
{
  proto__filter__init (to);
  NIC_FILTER (PROTO_PUT)
}

static void
put_stats (Proto__Stats *to,
           const Nic *from)
{
  proto__stats__init (to);
  NIC_STATS (PROTO_PUT)
}

gsize
proto_put (const Nic *state,
           guint8 *bytes)
{
  Proto__Queue queues[NIC_QUEUES], *pointers[NIC_QUEUES];
  Proto__Filter filter;
  Proto__Stats stats;
  Proto__State message;

  put_body (&message, state);
  for (guint i = 0; i < NIC_QUEUES; i++)
    {
      put_queue (&queues[i], &state->queues[i]);
      pointers[i] = &queues[i];
    }
  put_filter (&filter, state);
  put_stats (&stats, state);
  message.n_rss = NIC_RSS;
  message.rss = (guint32 *) state->rss;
  message.n_queues = NIC_QUEUES;
  message.queues = pointers;
  message.buffer = (ProtobufCBinaryData) { NIC_BUFFER, (guint8 *) state->buffer };
  message.filter = &filter;
  message.stats = &stats;
  return proto__state__pack (&message, bytes);
}

static void
get_body (Nic *to,
          const Proto__State *from)
{
  NIC_BODY (PROTO_GET)
}

static void
get_queue (NicQueue *to,
           const Proto__Queue *from)
{
  NIC_QUEUE (PROTO_GET)
}

static void
get_filter (Nic *to,
            const Proto__Filter *from)
{
  NIC_FILTER (PROTO_GET)
}

static void
get_stats (Nic *to,
           const Proto__Stats *from)
{
  NIC_STATS (PROTO_GET)
}

gboolean
proto_get (Nic *state,
           const guint8 *bytes,
           gsize size)
{
  Proto__State *message = proto__state__unpack (NULL, size, bytes);
  gboolean good = message != NULL && message->n_rss == NIC_RSS && message->n_queues == NIC_QUEUES
                  && message->buffer.len == NIC_BUFFER && message->filter != NULL
                  && message->stats != NULL;

  if (good)
    {
      get_body (state, message);
      memcpy (state->rss, message->rss, sizeof state->rss);
      for (guint i = 0; i < NIC_QUEUES; i++)
        get_queue (&state->queues[i], message->queues[i]);
      memcpy (state->buffer, message->buffer.data, NIC_BUFFER);
      get_filter (state, message->filter);
      get_stats (state, message->stats);
    }
  if (message != NULL)
    proto__state__free_unpacked (message, NULL);
  return good;
}
