/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "qemu/room.h"

#include "base/quote.h"
#include "model/codes.h"
#include "model/report-private.h"
#include "qemu/dump/rule.h"
#include "state/tree/state-private.h"

typedef struct
{
  const char *path;
  gboolean is_equal; /* else: at most */
  gboolean is_whole; /* the destination has nothing more of these */
} Room;

/* Of a configuration space, of which PCI devices have two fields, for either size. What a guest can
 * change in it QEMU does not compare. */
#define CONFIG(path, is_whole)                                                                    \
  { "**.config." path, TRUE, is_whole }, { "**.config[0]." path, TRUE, is_whole },                \
  { "**.config[1]." path, TRUE, is_whole }

/* That a queue is larger than what was allocated for it only newer versions notice; they refuse
 * it. */
static const Room rooms[] = {
  { "virtio.queues[*].num", FALSE, FALSE },
  { "virtio.net.has_vnet_hdr", FALSE, FALSE },
  { "virtio.net.has_ufo", FALSE, FALSE },
  { "virtio.net.max_queue_pairs", TRUE, FALSE },
  { "virtio.console.map[*]", TRUE, FALSE },
  { "virtio.mem.addr", TRUE, FALSE },
  { "virtio.mem.region_size", TRUE, FALSE },
  { "virtio.mem.block_size", TRUE, FALSE },
  { "virtio.mem.node", TRUE, FALSE },
  CONFIG ("vendor", FALSE),
  CONFIG ("device", FALSE),
  CONFIG ("revision", FALSE),
  CONFIG ("class_code", FALSE),
  CONFIG ("header_type", FALSE),
  CONFIG ("capabilities[*].id", TRUE),
  CONFIG ("capabilities[*].offset", FALSE),
  CONFIG ("msix.vectors", FALSE),
  CONFIG ("msix.table", FALSE),
  CONFIG ("msix.pending", FALSE),
};

typedef struct
{
  const Room *room;
  const char *section;
  guint64 offset;
  const MigdescNode *other;
  MigdescReport *report;
} Check;

static gboolean
take_value (const char *path G_GNUC_UNUSED,
            const MigdescNode *node,
            gpointer data)
{
  *(guint64 *) data = node->value;
  return FALSE;
}

/* value is what the source sends, if it does */
static void
note (const Check *check,
      const char *path,
      const guint64 *value,
      const char *problem)
{
  MigdescFindingCore *finding
      = migdesc_finding_core_new (MIGDESC_CODE_QEMU_ROOM, MIGDESC_SEVERITY_BLOCKER);
  g_autofree char *section = migdesc_quote (check->section, -1);

  finding->offset = (gint64) check->offset;
  finding->model = g_strdup (check->section);
  finding->param = g_strdup (path);
  finding->has_source = value != NULL;
  finding->source_type = MIGDESC_VALUE_TYPE_INT;
  if (value != NULL)
    finding->source = g_strdup_printf ("%" G_GUINT64_FORMAT, *value);
  finding->message = g_strdup_printf ("%s: %s is %s, %s", section, path,
                                      value != NULL ? finding->source : "not sent", problem);
  migdesc_report_take (check->report, finding);
}

static gboolean
check_place (const char *path,
             const MigdescNode *node,
             gpointer data)
{
  const Check *check = data;
  guint64 value = node->value;
  guint64 other = 0;
  gboolean is_there = migdesc_qemu_rule_walk (path, check->other, take_value, &other) > 0;
  g_autofree char *problem = NULL;

  if (is_there && (check->room->is_equal ? value == other : value <= other))
    return TRUE;
  if (migdesc_report_is_full (check->report))
    {
      migdesc_report_omit (check->report, MIGDESC_SEVERITY_BLOCKER);
      return TRUE;
    }
  if (!is_there)
    problem = g_strdup ("the destination has no such value");
  else
    problem = g_strdup_printf (check->room->is_equal ? "the destination's is %" G_GUINT64_FORMAT
                                                     : "the destination has room for %"
                                                           G_GUINT64_FORMAT,
                               other);
  note (check, path, &value, problem);
  return TRUE;
}

/* The same from the other side: check->other is the source. */
static gboolean
check_more (const char *path,
            const MigdescNode *node,
            gpointer data)
{
  const Check *check = data;
  guint64 value = 0;
  g_autofree char *problem = NULL;

  if (migdesc_qemu_rule_walk (path, check->other, take_value, &value) > 0)
    return TRUE;
  if (migdesc_report_is_full (check->report))
    {
      migdesc_report_omit (check->report, MIGDESC_SEVERITY_BLOCKER);
      return TRUE;
    }
  problem = g_strdup_printf ("the destination's is %" G_GUINT64_FORMAT, node->value);
  note (check, path, NULL, problem);
  return TRUE;
}

static void
check_rest (Check *check,
            const MigdescNode *source,
            const MigdescNode *destination)
{
  check->other = source;
  migdesc_qemu_rule_walk (check->room->path, destination, check_more, check);
  check->other = destination;
}

void
migdesc_qemu_check_room (const char *section,
                         guint64 offset,
                         MigdescState *source,
                         MigdescState *destination,
                         MigdescReport *report)
{
  Check check = { .section = section, .offset = offset, .report = report,
                  .other = &migdesc_state_get_tree (destination)->root };

  for (guint i = 0; i < G_N_ELEMENTS (rooms); i++)
    {
      check.room = &rooms[i];
      migdesc_qemu_rule_walk (rooms[i].path, &migdesc_state_get_tree (source)->root, check_place,
                              &check);
      if (rooms[i].is_whole)
        check_rest (&check, &migdesc_state_get_tree (source)->root,
                    &migdesc_state_get_tree (destination)->root);
    }
}
