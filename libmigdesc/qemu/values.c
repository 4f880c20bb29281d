/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <migdesc/migdesc-qemu-values.h>

#include "base/quote.h"
#include "model/codes.h"
#include "model/report-private.h"
#include "qemu/dump/rule.h"
#include "qemu/room.h"
#include "qemu/stream/item.h"

static void
note_absent (const MigdescQemuRule *rule,
             MigdescReport *report)
{
  MigdescFindingCore *finding
      = migdesc_finding_core_new (MIGDESC_CODE_QEMU_VALUE_ABSENT, MIGDESC_SEVERITY_WARNING);
  g_autofree char *section = migdesc_quote (rule->section, -1);
  g_autofree char *path = migdesc_quote (rule->path, -1);

  finding->message = g_strdup_printf ("nothing in the stream is %s %s", section, path);
  migdesc_report_take (report, finding);
  migdesc_report_set_undecided (report);
}

static void
check_rule (MigdescQemuStream *stream,
            const MigdescQemuRule *rule,
            MigdescReport *report)
{
  guint64 n_places = 0;

  for (guint i = 0; i < migdesc_qemu_stream_get_n_sections (stream); i++)
    {
      g_autoptr (MigdescQemuSection) section = migdesc_qemu_stream_get_section (stream, i);
      const char *name = migdesc_qemu_section_get_name (section);
      g_autoptr (MigdescState) state = NULL;

      if (name == NULL || !g_pattern_match_simple (rule->section, name)
          || !migdesc_qemu_section_has_state (section))
        continue;
      state = migdesc_qemu_section_get_state (section, NULL);
      if (state != NULL)
        n_places += migdesc_qemu_rule_check (rule, name, migdesc_qemu_section_get_offset (section),
                                             state, report);
    }
  if (n_places == 0)
    note_absent (rule, report);
}

static gboolean
check_rules (MigdescQemuStream *stream,
             const char *const *rules,
             MigdescReport *report,
             GError **error)
{
  for (gsize i = 0; rules[i] != NULL; i++)
    {
      g_auto (MigdescQemuRule) rule = { NULL };

      if (!migdesc_qemu_rule_parse (&rule, rules[i], error))
        return FALSE;
      check_rule (stream, &rule, report);
    }
  return TRUE;
}

static void
note_not_compared (MigdescQemuSection *section,
                   MigdescReport *report)
{
  MigdescFindingCore *finding
      = migdesc_finding_core_new (MIGDESC_CODE_QEMU_NOT_COMPARED, MIGDESC_SEVERITY_WARNING);
  g_autofree char *name = migdesc_quote (migdesc_qemu_section_get_name (section), -1);

  finding->offset = (gint64) migdesc_qemu_section_get_offset (section);
  finding->model = g_strdup (migdesc_qemu_section_get_name (section));
  finding->message
      = g_strdup_printf ("%s: it is not decoded, and so its values are not compared", name);
  migdesc_report_take (report, finding);
  migdesc_report_set_undecided (report);
}

static void
check_room (MigdescQemuSection *section,
            MigdescQemuSection *other,
            MigdescReport *report)
{
  g_autoptr (MigdescState) source = NULL;
  g_autoptr (MigdescState) destination = NULL;

  if (migdesc_qemu_section_has_state (section) && migdesc_qemu_section_has_state (other))
    {
      source = migdesc_qemu_section_get_state (section, NULL);
      destination = migdesc_qemu_section_get_state (other, NULL);
    }
  if (source != NULL && destination != NULL)
    migdesc_qemu_check_room (migdesc_qemu_section_get_name (section),
                             migdesc_qemu_section_get_offset (section), source, destination,
                             report);
  else if (!migdesc_qemu_item_has_same_data (migdesc_qemu_section_peek_item (section),
                                             migdesc_qemu_section_peek_item (other)))
    note_not_compared (section, report);
}

static void
check_rooms (MigdescQemuStream *stream,
             MigdescQemuStream *destination,
             MigdescReport *report)
{
  for (guint i = 0; i < migdesc_qemu_stream_get_n_sections (stream); i++)
    {
      g_autoptr (MigdescQemuSection) section = migdesc_qemu_stream_get_section (stream, i);
      g_autoptr (MigdescQemuSection) other = migdesc_qemu_stream_find_match (destination, section);

      if (other != NULL)
        check_room (section, other, report);
    }
}

/**
 * migdesc_qemu_stream_check_values:
 * @stream: a stream
 * @rules: (array zero-terminated=1) (nullable): what values may be
 * @destination: (nullable): a stream of a VM like the destination
 * @error: return location for a #GError
 *
 * Checks values in a stream against what a destination accepts.
 *
 * A rule is three words: the name of sections, where `*` is any text; the path of values, where
 * `[*]` is any element and a `**.` at the beginning any place; and the values, as a set of numbers,
 * or `bits` and the bits that may be set: `*virtio-net virtio.queues[*].num 2-256`,
 * `*virtio-net virtio.guest_features bits 0x8024`.
 *
 * @destination is had by migrating a VM like the destination, which was never started (`-S`), to a
 * file. Then what no description tells of, and QEMU compares when it loads, is looked at in all
 * sections that both have: whether queues, vectors, offloads, what identifies PCI functions and
 * their capabilities, and memory that can be plugged, in @stream are such as the
 * destination has room for.
 *
 * The findings are `qemu-value`, `qemu-room`, and, which make the verdict undecided,
 * `qemu-value-absent` for a rule that is about nothing in the stream, and `qemu-not-compared` for a
 * section that both have and is not decoded.
 *
 * Fails with %MIGDESC_ERROR_INVALID_ARGUMENT when a rule is none.
 *
 * Returns: (transfer full): the report, or %NULL on error
 *
 * Since: 1.0
 */
MigdescReport *
migdesc_qemu_stream_check_values (MigdescQemuStream *stream,
                                  const char *const *rules,
                                  MigdescQemuStream *destination,
                                  GError **error)
{
  g_autoptr (MigdescReport) report = migdesc_report_new ();

  g_return_val_if_fail (MIGDESC_IS_QEMU_STREAM (stream), NULL);
  g_return_val_if_fail (destination == NULL || MIGDESC_IS_QEMU_STREAM (destination), NULL);

  if (rules != NULL && !check_rules (stream, rules, report, error))
    return NULL;
  if (destination != NULL)
    check_rooms (stream, destination, report);
  return g_steal_pointer (&report);
}
