/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* qemu-queues STREAM: how large the queues of virtio devices are in a migration stream. */

#include <stdio.h>

#include <migdesc/migdesc.h>

static void
print_queues (const char *name, MigdescState *queues)
{
  printf ("%s:", name);
  for (guint64 i = 0; i < migdesc_state_get_n_children (queues); i++)
    {
      g_autoptr (MigdescState) queue = migdesc_state_get_child (queues, i);
      g_autoptr (MigdescState) num = migdesc_state_lookup (queue, "num", NULL);

      printf (" %" G_GUINT64_FORMAT, migdesc_state_get_uint (num));
    }
  printf ("\n");
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MigdescQemuStream) stream
      = argc == 2 ? migdesc_qemu_stream_new_from_file (argv[1], NULL, 0, NULL, NULL, &error) : NULL;

  if (stream == NULL)
    {
      fprintf (stderr, "qemu-queues: %s\n", error != NULL ? error->message : "which STREAM?");
      return 1;
    }
  for (guint i = 0; i < migdesc_qemu_stream_get_n_sections (stream); i++)
    {
      g_autoptr (MigdescQemuSection) section = migdesc_qemu_stream_get_section (stream, i);
      g_autoptr (MigdescState) state = NULL;
      g_autoptr (MigdescState) queues = NULL;

      if (migdesc_qemu_section_has_state (section))
        state = migdesc_qemu_section_get_state (section, NULL);
      if (state != NULL)
        queues = migdesc_state_lookup (state, "virtio.queues", NULL);
      if (queues != NULL)
        print_queues (migdesc_qemu_section_get_name (section), queues);
    }
  return 0;
}
