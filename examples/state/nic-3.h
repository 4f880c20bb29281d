/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* State version 3: a field has another name, and another is wider. What the table cannot say, the
 * transforms do, with the schemas of the old versions as they were published. */

#include <migdesc/migdesc.h>

typedef struct
{
  guint64 ring;
  guint32 size;
  guint32 head;
} NicQueue;

typedef struct
{
  guint8 link;
  guint16 mtu;
  guint8 mac[6];
  guint8 n_queues;
  NicQueue queues[4];
  guint8 rss_key[8];
} NicState;

static const char *const link_words[] = { "down", "up", "negotiating" };

static const MigdescField nic_queue_fields[] = {
  MIGDESC_U64 (NicQueue, ring, 0, G_MAXUINT64),
  MIGDESC_U32 (NicQueue, size, 1, 65536),
  MIGDESC_U32 (NicQueue, head, 0, 65535),
  MIGDESC_RELATION (NicQueue, head, MIGDESC_LT, size),
};
MIGDESC_STRUCT (nic_queue, NicQueue, 3, 3, nic_queue_fields, NULL);

static const MigdescField nic_rss_fields[] = {
  MIGDESC_BYTES (NicState, rss_key),
};

static const MigdescField nic_fields[] = {
  MIGDESC_ENUM (NicState, link, link_words),
  MIGDESC_BYTES (NicState, mac),
  MIGDESC_STRUCTS_N (NicState, queues, n_queues, nic_queue),
  MIGDESC_U16 (NicState, mtu, 68, 9216),
  MIGDESC_SECTION ("rss", nic_rss_fields, MIGDESC_IF ("rss"), MIGDESC_DEFAULT (0)),
};
MIGDESC_STRUCT (nic, NicState, 3, 3, nic_fields, NULL);

static const NicState nic_new = {
  .link = 1,
  .mtu = 9000,
  .mac = { 0x52, 0x54, 0, 0, 0, 3 },
  .n_queues = 1,
  .queues = { { .ring = 4096, .size = 256, .head = 7 } },
  .rss_key = { 1, 2, 3, 4, 5, 6, 7, 8 },
};

/* What `nic-1 schema` and `nic-2 schema` print, without and with rss=on. */
static const char *const old_schemas[] = {
#include "nic-schemas.h"
};

static gboolean
add_old_schemas (MigdescTransforms *transforms, GError **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (old_schemas); i++)
    {
      g_autoptr (MigdescStateType) schema
          = migdesc_state_type_new_from_json (old_schemas[i], -1, NULL, error);

      if (schema == NULL)
        return FALSE;
      migdesc_transforms_add_schema (transforms, schema);
    }
  return TRUE;
}

static MigdescStateType *
nic_state_type (GError **error)
{
  g_autoptr (MigdescStateType) table = migdesc_state_type_new (&nic, error);
  g_autoptr (MigdescTransforms) transforms = migdesc_transforms_new ();

  if (table == NULL || !add_old_schemas (transforms, error))
    return NULL;

  /* forwards */
  migdesc_transforms_add_default (transforms, 1, 2, "mtu", g_variant_new_uint16 (1500));
  migdesc_transforms_add_rename (transforms, 2, 3, "link_state", "link");
  migdesc_transforms_add_retype (transforms, 2, 3, "queues[].size", "u");
  migdesc_transforms_add_retype (transforms, 2, 3, "queues[].head", "u");
  /* and back */
  migdesc_transforms_add_rename (transforms, 3, 2, "link", "link_state");
  migdesc_transforms_add_retype (transforms, 3, 2, "queues[].size", "q");
  migdesc_transforms_add_retype (transforms, 3, 2, "queues[].head", "q");
  return migdesc_state_type_new_with_transforms (table, transforms);
}
