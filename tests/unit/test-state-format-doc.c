/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <string.h>

#include <migdesc/migdesc.h>

/* The example in docs/state-format.md: what it shows is what is written. --write puts it there. */

typedef struct
{
  guint16 size;
  guint16 head;
} Queue;

typedef struct
{
  guint16 mtu;
  guint8 link;
  guint8 n_queues;
  Queue queues[4];
  char label[16];
  guint32 key;
} Nic;

static gboolean
nic_has_key (gconstpointer state)
{
  return ((const Nic *) state)->key != 0;
}

static const char *const links[] = { "down", "up" };
static const MigdescField queue_fields[] = {
  MIGDESC_U16 (Queue, size, 1, 32768),
  MIGDESC_U16 (Queue, head, 0, 32767),
};
MIGDESC_STRUCT (queue, Queue, 1, 1, queue_fields, NULL);
static const MigdescField rss_fields[] = { MIGDESC_U32 (Nic, key, 0, G_MAXUINT32) };
static const MigdescField nic_fields[] = {
  MIGDESC_U16 (Nic, mtu, 68, 9216),
  MIGDESC_ENUM (Nic, link, links),
  MIGDESC_STRUCTS_N (Nic, queues, n_queues, queue),
  MIGDESC_STRING_N (Nic, label),
  MIGDESC_SECTION ("rss", rss_fields, MIGDESC_NEEDED (nic_has_key), MIGDESC_DROPPABLE),
};
MIGDESC_STRUCT (nic, Nic, 1, 1, nic_fields, NULL);

static const Nic state = { 1500, 1, 2, { { 256, 7 }, { 512, 0 } }, "left", 0xfeedbeef };

typedef struct
{
  gsize length; /* 0: what is left for those that follow it */
  const char *what;
} Part;

#define RECORD_HEAD(length, name) \
  { 4, "record: bytes of the body, " length }, { 1, "type: " name }, { 1, "flags" }, { 2, "device" }
#define HASH { 8, "hash" }

static const Part parts[] = {
  { 8, "header" },
  { 2, "major" },
  { 2, "minor" },
  { 4, "required" },
  { 4, "optional" },
  HASH,
  RECORD_HEAD ("the manifest's", "M"),
  { 0, "the manifest" },
  HASH,
  RECORD_HEAD ("27", "S"),
  { 1, "section: flags" },
  { 1, "section: bytes of the name, none: the body" },
  { 2, "section: version" },
  { 2, "mtu 1500" },
  { 1, "link 1, up" },
  { 4, "queues: 2" },
  { 2, "queues[0].size 256" },
  { 2, "queues[0].head 7" },
  { 2, "queues[1].size 512" },
  { 2, "queues[1].head 0" },
  { 4, "label: 4 bytes" },
  { 4, "label" },
  HASH,
  RECORD_HEAD ("11", "S"),
  { 1, "section: flags, droppable" },
  { 1, "section: bytes of the name" },
  { 3, "section: name" },
  { 2, "section: version" },
  { 4, "key" },
  HASH,
  RECORD_HEAD ("12", "Z"),
  { 8, "bytes before this record" },
  { 4, "records before this one" },
  HASH,
};

static GBytes *
save (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MigdescStateType) type = migdesc_state_type_new (&nic, &error);
  g_autoptr (MigdescStreamWriter) writer = migdesc_stream_writer_new (NULL, NULL);
  g_autoptr (MigdescParamList) params
      = migdesc_param_list_new_from_string ("example.org/nic?fast=on", NULL);
  GBytes *bytes;

  g_assert_no_error (error);
  migdesc_stream_writer_add_struct (writer, "net0", params, type, 0, &state, &error);
  g_assert_no_error (error);
  bytes = migdesc_stream_writer_to_bytes (writer, &error);
  g_assert_no_error (error);
  return bytes;
}

static gsize
get_known_length (void)
{
  gsize length = 0;

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    length += parts[i].length;
  return length;
}

#define ROW 16

static void
show_row (GString *text,
          gsize offset,
          const guint8 *data,
          gsize length,
          const char *what)
{
  g_string_append_printf (text, "%04x ", (guint) offset);
  for (gsize i = 0; i < ROW; i++)
    if (i < length)
      g_string_append_printf (text, " %02x", data[i]);
    else
      g_string_append (text, "   ");
  g_string_append_printf (text, "  %s", what);
  while (text->str[text->len - 1] == ' ')
    g_string_truncate (text, text->len - 1);
  g_string_append_c (text, '\n');
}

static char *
describe (void)
{
  g_autoptr (GBytes) bytes = save ();
  GString *text = g_string_new ("```hex\n");
  gsize length, offset = 0;
  const guint8 *data = g_bytes_get_data (bytes, &length);
  gsize rest = length - get_known_length ();

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      gsize end = offset + (parts[i].length == 0 ? rest : parts[i].length);

      for (gsize at = offset; at < end; at += ROW)
        show_row (text, at, data + at, MIN (ROW, end - at), at == offset ? parts[i].what : "");
      offset = end;
    }
  g_assert_cmpuint (offset, ==, length);
  g_string_append (text, "```\n");
  return g_string_free (text, FALSE);
}

static char *
read_page (char **name)
{
  g_autoptr (GError) error = NULL;
  char *page = NULL;

  *name = g_build_filename (g_getenv ("MIGDESC_SRCDIR"), "docs", "state-format.md", NULL);
  g_file_get_contents (*name, &page, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (strstr (page, "```hex\n"));
  return page;
}

static void
test_example (void)
{
  g_autofree char *name = NULL;
  g_autofree char *page = read_page (&name);
  g_autofree char *example = describe ();

  g_assert_cmpstr (strstr (page, "```hex\n"), ==, example);
}

static void
write_example (void)
{
  g_autofree char *name = NULL;
  g_autofree char *page = read_page (&name);
  g_autofree char *example = describe ();
  g_autofree char *written = NULL;
  g_autoptr (GError) error = NULL;

  *strstr (page, "```hex\n") = '\0';
  written = g_strconcat (page, example, NULL);
  g_file_set_contents (name, written, -1, &error);
  g_assert_no_error (error);
}

int
main (int argc,
      char **argv)
{
  if (argc == 2 && strcmp (argv[1], "--write") == 0)
    {
      write_example ();
      return 0;
    }
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/state-format-doc/example", test_example);
  return g_test_run ();
}
