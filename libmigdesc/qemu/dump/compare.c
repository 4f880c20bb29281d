/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <migdesc/migdesc-qemu-compare.h>

#include "base/quote.h"
#include "model/codes.h"
#include "qemu/dump/explain.h"
#include "qemu/dump/known-private.h"

/* Two dumps, section by section. */

#define IF_PRESENT "the device is present"

typedef struct
{
  const MigdescQemuDumpCore *source;
  const MigdescQemuDumpCore *destination;
  MigdescQemuExplain explain;
} Pair;

static void
say (const Pair *pair,
     const MigdescQemuSectionCore *section,
     const char *code,
     MigdescQemuVerdict verdict,
     char *message)
{
  MigdescQemuFinding *finding
      = migdesc_qemu_finding_new (section->name.text, "", code, verdict, message);
  const char *description = section->description != NULL ? section->description->name : NULL;

  if (verdict == MIGDESC_QEMU_VERDICT_BREAKS_WHEN)
    finding->condition = g_strdup (IF_PRESENT);
  migdesc_qemu_comparison_take (pair->explain.comparison, pair->explain.setup->known, description,
                                finding);
}

static void
compare_layouts (const Pair *pair,
                 const MigdescQemuSectionCore *source,
                 const MigdescQemuSectionCore *destination)
{
  const MigdescQemuDescriptionCore *sent = source->description;
  const MigdescQemuDescriptionCore *read = destination->description;

  if (sent == NULL && read == NULL)
    return;
  if (sent == NULL || read == NULL)
    say (pair, source, MIGDESC_CODE_QEMU_LAYOUT_MISSING, MIGDESC_QEMU_VERDICT_UNKNOWN,
         g_strdup_printf ("the dump of the %s does not tell the fields",
                          sent == NULL ? "source" : "destination"));
  else if (strcmp (sent->name, read->name) != 0)
    {
      g_autofree char *sent_name = migdesc_quote (sent->name, -1);
      g_autofree char *read_name = migdesc_quote (read->name, -1);

      say (pair, source, MIGDESC_CODE_QEMU_SECTION_NAME, MIGDESC_QEMU_VERDICT_BREAKS_ALWAYS,
           g_strdup_printf ("sent as \"%s\", and the destination knows \"%s\"", sent_name,
                            read_name));
    }
  else
    migdesc_qemu_explain (&pair->explain, sent, read);
}

static void
compare_sections (const Pair *pair,
                  const MigdescQemuSectionCore *source,
                  const MigdescQemuSectionCore *destination)
{
  if (source->version > destination->version || source->version < destination->minimum)
    say (pair, source, MIGDESC_CODE_QEMU_VERSION_RANGE, MIGDESC_QEMU_VERDICT_BREAKS_ALWAYS,
         g_strdup_printf ("version %d is sent, %d to %d can be read", source->version,
                          destination->minimum, destination->version));
  else
    compare_layouts (pair, source, destination);
}

static const MigdescQemuRename *
find_rename (const MigdescQemuKnownCore *known,
             const char *type,
             const char **other)
{
  for (guint i = 0; known != NULL && i < known->n_sections; i++)
    for (guint n = 0; n < 2; n++)
      if (strcmp (known->sections[i].names[n], type) == 0)
        {
          *other = known->sections[i].names[1 - n];
          return &known->sections[i];
        }
  return NULL;
}

static void
compare_renamed (const Pair *pair,
                 const MigdescQemuSectionCore *source)
{
  const char *other = NULL;
  const MigdescQemuRename *rename
      = find_rename (pair->explain.setup->known, source->name.text, &other);
  const MigdescQemuSectionCore *destination
      = rename != NULL ? migdesc_qemu_dump_core_find (pair->destination, other) : NULL;
  MigdescQemuFinding *finding;

  if (destination == NULL)
    {
      say (pair, source, MIGDESC_CODE_QEMU_SECTION_MISSING, MIGDESC_QEMU_VERDICT_BREAKS_WHEN,
           g_strdup ("the destination has no such device"));
      return;
    }
  finding = migdesc_qemu_finding_new (source->name.text, "", MIGDESC_CODE_QEMU_SECTION_RENAMED,
                                      MIGDESC_QEMU_VERDICT_OK, NULL);
  finding->message = g_strdup_printf ("named \"%s\" at the destination", other);
  finding->reason = g_strdup (rename->reason);
  migdesc_qemu_comparison_take (pair->explain.comparison, NULL, NULL, finding);
  compare_sections (pair, source, destination);
}

static void
compare_section (Pair *pair,
                 const MigdescQemuSectionCore *source)
{
  const MigdescQemuSectionCore *destination
      = migdesc_qemu_dump_core_find (pair->destination, source->name.text);

  pair->explain.section = source->name.text;
  if (destination != NULL)
    compare_sections (pair, source, destination);
  else
    compare_renamed (pair, source);
}

/**
 * migdesc_qemu_dump_compare:
 * @source: the dump of the QEMU that sends
 * @destination: the dump of the QEMU that reads
 * @known: (nullable): renames and known differences, or %NULL
 * @limits: (nullable): %MIGDESC_LIMIT_FINDINGS and %MIGDESC_LIMIT_STEPS, or %NULL for the defaults
 *
 * Tells whether the devices of one QEMU can read what those of another write. For the other
 * direction, ask again with the dumps swapped.
 *
 * Device types that only the destination has are no difference. Where a device may leave out so
 * many fields that more steps were needed than the limit allows, a finding says so, and the verdict
 * is %MIGDESC_QEMU_VERDICT_UNKNOWN at best.
 *
 * Returns: (transfer full): what differs, in the order of the source
 *
 * Since: 1.0
 */
MigdescQemuComparison *
migdesc_qemu_dump_compare (MigdescQemuDump *source,
                           MigdescQemuDump *destination,
                           MigdescQemuKnown *known,
                           const MigdescLimits *limits)
{
  g_autoptr (MigdescArena) arena = NULL;
  MigdescQemuWireSetup setup = { 0 };
  MigdescQemuFitter fitter = { 0 };
  Pair pair = { 0 };

  g_return_val_if_fail (MIGDESC_IS_QEMU_DUMP (source), NULL);
  g_return_val_if_fail (MIGDESC_IS_QEMU_DUMP (destination), NULL);

  arena = migdesc_arena_new (0);
  pair.source = migdesc_qemu_dump_get_core (source);
  pair.destination = migdesc_qemu_dump_get_core (destination);
  setup.arena = arena;
  setup.known = known != NULL ? migdesc_qemu_known_get_core (known) : NULL;
  setup.has_counts[MIGDESC_QEMU_SENT] = pair.source->has_counts;
  setup.has_counts[MIGDESC_QEMU_READ] = pair.destination->has_counts;
  migdesc_qemu_fitter_init (&fitter, &setup, migdesc_limits_get (limits, MIGDESC_LIMIT_STEPS));
  pair.explain.comparison
      = migdesc_qemu_comparison_new (migdesc_limits_get (limits, MIGDESC_LIMIT_FINDINGS));
  pair.explain.setup = &setup;
  pair.explain.fitter = &fitter;
  for (guint i = 0; i < pair.source->n_sections; i++)
    {
      fitter.gave_up = FALSE;
      compare_section (&pair, &pair.source->sections[i]);
    }
  migdesc_qemu_fitter_clear (&fitter);
  return pair.explain.comparison;
}
