// SPDX-License-Identifier: LGPL-2.1-or-later

#include <cstring>

#include "nic-peers-generated.h"

#include "nic_generated.h"

struct _FlatWriter
{
  flatbuffers::FlatBufferBuilder builder { 65536 };
};

FlatWriter *
flat_writer_new (void)
{
  return new FlatWriter;
}

#define FLAT_PUT(bits, name, min, max) to.mutate_##name (from->name);
#define FLAT_GET(bits, name, min, max) to->name = from.name ();

static flatbuffers::Offset<flatbuffers::Vector<const flat::Queue *>>
put_queues (flatbuffers::FlatBufferBuilder &builder,
            const Nic *state)
{
  flat::Queue *queues;
  auto offset = builder.CreateUninitializedVectorOfStructs<flat::Queue> (NIC_QUEUES, &queues);

  for (guint i = 0; i < NIC_QUEUES; i++)
    {
      const NicQueue *from = &state->queues[i];
      flat::Queue &to = queues[i];

      NIC_QUEUE (FLAT_PUT)
    }
  return offset;
}

static flat::Body
make_body (const Nic *from)
{
  flat::Body to;

  NIC_BODY (FLAT_PUT)
  return to;
}

static flat::Filter
make_filter (const Nic *from)
{
  flat::Filter to;

  NIC_FILTER (FLAT_PUT)
  return to;
}

static flat::Stats
make_stats (const Nic *from)
{
  flat::Stats to;

  NIC_STATS (FLAT_PUT)
  return to;
}

const guint8 *
flat_put (FlatWriter *writer,
          const Nic *state,
          gsize *size)
{
  flatbuffers::FlatBufferBuilder &builder = writer->builder;

  builder.Clear ();
  auto buffer = builder.CreateVector (state->buffer, NIC_BUFFER);
  auto queues = put_queues (builder, state);
  auto rss = builder.CreateVector (state->rss, NIC_RSS);
  flat::Body body = make_body (state);
  flat::Filter filter = make_filter (state);
  flat::Stats stats = make_stats (state);
  builder.Finish (flat::CreateState (builder, &body, rss, queues, buffer, &filter, &stats));
  *size = builder.GetSize ();
  return builder.GetBufferPointer ();
}

static void
get_body (Nic *to,
          const flat::Body &from)
{
  NIC_BODY (FLAT_GET)
}

static void
get_queue (NicQueue *to,
           const flat::Queue &from)
{
  NIC_QUEUE (FLAT_GET)
}

static void
get_sections (Nic *to,
              const flat::State &state)
{
  {
    const flat::Filter &from = *state.filter ();
    NIC_FILTER (FLAT_GET)
  }
  {
    const flat::Stats &from = *state.stats ();
    NIC_STATS (FLAT_GET)
  }
}

gboolean
flat_get (Nic *state,
          const guint8 *bytes,
          gsize size)
{
  flatbuffers::Verifier verifier (bytes, size);
  const flat::State *from = flat::GetState (bytes);

  if (!flat::VerifyStateBuffer (verifier) || from->rss ()->size () != NIC_RSS
      || from->queues ()->size () != NIC_QUEUES || from->buffer ()->size () != NIC_BUFFER)
    return FALSE;
  get_body (state, *from->body ());
  for (guint i = 0; i < NIC_RSS; i++)
    state->rss[i] = from->rss ()->Get (i);
  for (guint i = 0; i < NIC_QUEUES; i++)
    get_queue (&state->queues[i], *from->queues ()->Get (i));
  std::memcpy (state->buffer, from->buffer ()->data (), NIC_BUFFER);
  get_sections (state, *from);
  return TRUE;
}
