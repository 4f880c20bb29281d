/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "qemu/stream/scan.h"

#include "model/codes.h"

/* Commands. A package's sections follow it as if they were not packed. */

static const struct
{
  const char *name;
  gint lengths[2]; /* -1: any */
} commands[] = {
  { NULL, { 0, 0 } },
  { "open-return-path", { 0, 0 } },
  { "ping", { 4, 4 } },
  { "postcopy-advise", { 0, 16 } },
  { "postcopy-listen", { 0, 0 } },
  { "postcopy-run", { 0, 0 } },
  { "postcopy-ram-discard", { -1, -1 } },
  { "packaged", { 4, 4 } },
  { "enable-colo", { 0, 0 } },
  { "postcopy-resume", { 0, 0 } },
  { "recv-bitmap", { -1, -1 } },
  { "switchover-start", { 0, 0 } },
};

static void
check (MigdescQemuScan *scan,
       const MigdescQemuItem *item)
{
  guint command = item->command;

  if (command >= G_N_ELEMENTS (commands) || commands[command].name == NULL)
    migdesc_qemu_scan_find (scan, MIGDESC_CODE_QEMU_COMMAND, MIGDESC_SEVERITY_BLOCKER, item,
                            item->offset, "the number %u is not known", command);
  else if (commands[command].lengths[0] >= 0
           && item->data_length != (guint64) commands[command].lengths[0]
           && item->data_length != (guint64) commands[command].lengths[1])
    migdesc_qemu_scan_find (scan, MIGDESC_CODE_QEMU_COMMAND, MIGDESC_SEVERITY_BLOCKER, item,
                            item->offset, "%s with %" G_GUINT64_FORMAT " bytes",
                            commands[command].name, item->data_length);
}

gboolean
migdesc_qemu_scan_command (MigdescQemuScan *scan)
{
  MigdescQemuInput *input = scan->input;
  MigdescQemuItem *item = migdesc_qemu_scan_add (scan, MIGDESC_QEMU_SECTION_COMMAND);
  gsize length = migdesc_qemu_input_need (input, 5)
                     ? migdesc_qemu_get16 (migdesc_qemu_input_peek (input) + 3)
                     : 0;

  if (!migdesc_qemu_input_need (input, 5) || !migdesc_qemu_input_need (input, 5 + length))
    {
      migdesc_qemu_input_skip (input, G_MAXUINT64);
      item->length = migdesc_qemu_input_tell (input) - item->offset;
      return migdesc_qemu_scan_fail_end (scan, item);
    }
  item->command = migdesc_qemu_get16 (migdesc_qemu_input_peek (input) + 1);
  if (item->command < G_N_ELEMENTS (commands))
    item->name = g_strdup (commands[item->command].name);
  input->at += 5;
  item->data_offset = migdesc_qemu_input_tell (input);
  migdesc_qemu_scan_set_data (scan, item, length);
  item->length = 5 + (guint64) length;
  check (scan, item);
  return TRUE;
}
