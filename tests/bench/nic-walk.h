/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "nic.h"

/* The NIC by a walk as virtual machines have had it for long: a table of fields with pointers to
 * functions, each of which puts its value byte by byte into a buffer that asks for room each time.
 * Nothing is merged and nothing is inlined. */

typedef struct
{
  guint8 *bytes;
  gsize at;
  gsize size;
  int error;
} Wire;

typedef struct _WalkField WalkField;

typedef struct
{
  int (*put) (Wire *wire, const void *value, gsize size, const WalkField *field);
  int (*get) (Wire *wire, void *value, gsize size, const WalkField *field);
} WalkKind;

struct _WalkField
{
  const char *name;
  gsize offset;
  gsize size;
  guint n;
  const WalkKind *kind; /* NULL: structs */
  const WalkField *fields;
  gboolean (*exists) (const void *state, int version);
};

static G_GNUC_UNUSED G_NO_INLINE void
wire_put_byte (Wire *wire,
               guint8 byte)
{
  if (wire->error != 0)
    return;
  if (wire->at == wire->size)
    {
      wire->error = -1;
      return;
    }
  wire->bytes[wire->at++] = byte;
}

static G_GNUC_UNUSED G_NO_INLINE guint8
wire_get_byte (Wire *wire)
{
  if (wire->error != 0 || wire->at == wire->size)
    {
      wire->error = -1;
      return 0;
    }
  return wire->bytes[wire->at++];
}

#define WALK_KIND(bits)                                                                    \
  static int walk_put_##bits (Wire *wire, const void *value, gsize size G_GNUC_UNUSED,     \
                              const WalkField *field G_GNUC_UNUSED)                        \
  {                                                                                        \
    const guint##bits *number = value;                                                     \
                                                                                           \
    for (int shift = (bits) - 8; shift >= 0; shift -= 8)                                   \
      wire_put_byte (wire, (guint8) (*number >> shift));                                   \
    return wire->error;                                                                    \
  }                                                                                        \
  static int walk_get_##bits (Wire *wire, void *value, gsize size G_GNUC_UNUSED,           \
                              const WalkField *field G_GNUC_UNUSED)                        \
  {                                                                                        \
    guint64 number = 0;                                                                    \
                                                                                           \
    for (guint i = 0; i < (bits) / 8; i++)                                                 \
      number = number << 8 | wire_get_byte (wire);                                         \
    *(guint##bits *) value = (guint##bits) number;                                         \
    return wire->error;                                                                    \
  }                                                                                        \
  static const WalkKind walk_kind_##bits = { walk_put_##bits, walk_get_##bits };

WALK_KIND (8)
WALK_KIND (16)
WALK_KIND (32)
WALK_KIND (64)

static int
walk_put_buffer (Wire *wire,
                 const void *value,
                 gsize size,
                 const WalkField *field G_GNUC_UNUSED)
{
  if (wire->error != 0 || size > wire->size - wire->at)
    return wire->error = -1;
  memcpy (wire->bytes + wire->at, value, size);
  wire->at += size;
  return 0;
}

static int
walk_get_buffer (Wire *wire,
                 void *value,
                 gsize size,
                 const WalkField *field G_GNUC_UNUSED)
{
  if (wire->error != 0 || size > wire->size - wire->at)
    return wire->error = -1;
  memcpy (value, wire->bytes + wire->at, size);
  wire->at += size;
  return 0;
}

static const WalkKind walk_kind_buffer = { walk_put_buffer, walk_get_buffer };

#define WALK_FIELD(type, bits, name, n)                                                    \
  { #name, G_STRUCT_OFFSET (type, name), (bits) / 8, n, &walk_kind_##bits, NULL, NULL },
#define WALK_NIC_FIELD(bits, name, min, max) WALK_FIELD (Nic, bits, name, 1)
#define WALK_QUEUE_FIELD(bits, name, min, max) WALK_FIELD (NicQueue, bits, name, 1)

static const WalkField walk_queue[] = { NIC_QUEUE (WALK_QUEUE_FIELD) { .name = NULL } };
#define WALK_BEFORE_BUFFER                                                                     \
  NIC_BODY (WALK_NIC_FIELD)                                                                    \
  WALK_FIELD (Nic, 32, rss, NIC_RSS)                                                           \
  { "queues", G_STRUCT_OFFSET (Nic, queues), sizeof (NicQueue), NIC_QUEUES, NULL, walk_queue, \
    NULL },
#define WALK_BEHIND_BUFFER                                                                     \
  NIC_FILTER (WALK_NIC_FIELD)                                                                  \
  NIC_STATS (WALK_NIC_FIELD)

static const WalkField walk_nic[] = {
  WALK_BEFORE_BUFFER
  { "buffer", G_STRUCT_OFFSET (Nic, buffer), NIC_BUFFER, 1, &walk_kind_buffer, NULL, NULL },
  WALK_BEHIND_BUFFER
  { .name = NULL }
};

static const WalkField walk_bare[] = {
  WALK_BEFORE_BUFFER
  WALK_BEHIND_BUFFER
  { .name = NULL }
};

static int
walk_put (Wire *wire,
          const WalkField *field,
          const guint8 *state)
{
  for (; field->name != NULL; field++)
    {
      if (field->exists != NULL && !field->exists (state, 1))
        continue;
      for (guint i = 0; i < field->n; i++)
        {
          const guint8 *element = state + field->offset + i * field->size;
          int error = field->kind == NULL ? walk_put (wire, field->fields, element)
                                          : field->kind->put (wire, element, field->size, field);

          if (error != 0)
            return error;
        }
    }
  return 0;
}

static int
walk_get (Wire *wire,
          const WalkField *field,
          guint8 *state)
{
  for (; field->name != NULL; field++)
    {
      if (field->exists != NULL && !field->exists (state, 1))
        continue;
      for (guint i = 0; i < field->n; i++)
        {
          guint8 *element = state + field->offset + i * field->size;
          int error = field->kind == NULL ? walk_get (wire, field->fields, element)
                                          : field->kind->get (wire, element, field->size, field);

          if (error != 0)
            return error;
        }
    }
  return 0;
}
