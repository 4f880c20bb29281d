/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Saves the state of a network card, of the model in examples/data/my-nic.json, into a file that
 * `migdesc state` reads: save-my-nic FILE */

#include <migdesc/migdesc.h>
#include <stdio.h>

typedef struct
{
  guint64 ring;
  guint16 size;
  guint16 head;
} NicQueue;

typedef struct
{
  guint8 link;
  guint8 mac[6];
  guint16 mtu;
  guint8 n_queues;
  NicQueue queues[8];
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
  MIGDESC_ENUM (NicState, link, link_words),
  MIGDESC_BYTES (NicState, mac),
  MIGDESC_U16 (NicState, mtu, 68, 9216, MIGDESC_SINCE (2), MIGDESC_DEFAULT (1500)),
  MIGDESC_STRUCTS_N (NicState, queues, n_queues, nic_queue),
};
MIGDESC_STRUCT (nic, NicState, 2, 1, nic_fields, NULL);

static const NicState state = {
  .link = 1,
  .mac = { 0x52, 0x54, 0x00, 0x12, 0x34, 0x56 },
  .mtu = 1500,
  .n_queues = 2,
  .queues = { { .ring = 0x10000, .size = 256, .head = 7 }, { .ring = 0x20000, .size = 256 } },
};

static gboolean
save (const char *path, GError **error)
{
  g_autoptr (MigdescParamList) params = migdesc_param_list_new_from_string (
      "vendor-a.com/my-nic?num-queues=2,new-feature=off", error);
  g_autoptr (MigdescStateType) type = params == NULL ? NULL : migdesc_state_type_new (&nic, error);
  g_autoptr (MigdescStreamWriter) writer
      = type == NULL ? NULL : migdesc_stream_writer_new (NULL, error);

  if (writer == NULL)
    return FALSE;
  migdesc_stream_writer_set_embed_schemas (writer, TRUE);
  return migdesc_stream_writer_add_struct (writer, "nic0", params, type, 0, &state, error)
         && migdesc_stream_writer_write_file (writer, path, NULL, error);
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;

  if (argc != 2)
    {
      fprintf (stderr, "usage: %s FILE\n", argv[0]);
      return 2;
    }
  if (save (argv[1], &error))
    return 0;
  fprintf (stderr, "%s\n", error->message);
  return 1;
}
