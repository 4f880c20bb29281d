/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "nic.h"

/* The NIC by libraries that generate code from a schema. */

G_BEGIN_DECLS

typedef struct _FlatWriter FlatWriter;

/* FlatBuffers, with fixed structs: the bytes are in the writer until the next time. */
FlatWriter *flat_writer_new (void);
const guint8 *flat_put (FlatWriter *writer, const Nic *state, gsize *size);
/* What does not come from oneself is verified before it is read. */
gboolean flat_get (Nic *state, const guint8 *bytes, gsize size);

/* protobuf-c */
gsize proto_put (const Nic *state, guint8 *bytes);
gboolean proto_get (Nic *state, const guint8 *bytes, gsize size);

G_END_DECLS
