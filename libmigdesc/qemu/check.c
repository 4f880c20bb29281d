/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <migdesc/migdesc-qemu-check.h>

#include <string.h>

#include "base/quote.h"
#include "model/codes.h"
#include "qemu/check-setup.h"
#include "qemu/description/shape-layout.h"
#include "qemu/dump/explain.h"
#include "qemu/dump/known-private.h"
#include "qemu/stream/item.h"
#include "qemu/stream/stream-private.h"

/* A stream against a dump, and against another stream. */

typedef struct
{
  MigdescQemuExplain explain;
  MigdescQemuFitter fitter;
  MigdescQemuWireSetup setup;
} Check;

static void
check_init (Check *check,
            MigdescQemuKnown *known,
            const MigdescLimits *limits)
{
  check->setup.arena = migdesc_arena_new (0);
  check->setup.is_for_stream = TRUE;
  check->setup.has_counts[MIGDESC_QEMU_SENT] = TRUE;
  if (known != NULL)
    check->setup.known = migdesc_qemu_known_get_core (known);
  migdesc_qemu_fitter_init (&check->fitter, &check->setup,
                            migdesc_limits_get (limits, MIGDESC_LIMIT_STEPS));
  check->fitter.is_stream = TRUE;
  check->explain.comparison
      = migdesc_qemu_comparison_new (migdesc_limits_get (limits, MIGDESC_LIMIT_FINDINGS));
  check->explain.setup = &check->setup;
  check->explain.fitter = &check->fitter;
}

static void
check_clear (Check *check)
{
  migdesc_qemu_fitter_clear (&check->fitter);
  migdesc_arena_free (check->setup.arena);
}

static void
say (Check *check,
     const char *code,
     MigdescQemuVerdict verdict,
     char *message)
{
  migdesc_qemu_comparison_take (
      check->explain.comparison, check->setup.known, NULL,
      migdesc_qemu_finding_new (check->explain.section, "", code, verdict, message));
}

/* What is sent in parts has a version, too; bitmaps are there only where they were asked for. */
static gboolean
is_device (const MigdescQemuItem *item)
{
  return item->name != NULL
         && (item->kind == MIGDESC_QEMU_SECTION_FULL
             || (item->kind == MIGDESC_QEMU_SECTION_START
                 && strcmp (item->name, "dirty-bitmap") != 0));
}

static void
say_not_compared (Check *check)
{
  say (check, MIGDESC_CODE_QEMU_NOT_COMPARED, MIGDESC_QEMU_VERDICT_UNKNOWN,
       g_strdup ("it is not decoded, and so its fields are not compared"));
}

/* TRUE: it may be all that is left of the stream. */
static gboolean
is_rest (Check *check,
         const MigdescQemuItem *item)
{
  if (item->is_rest)
    say (check, MIGDESC_CODE_QEMU_NOT_COMPARED, MIGDESC_QEMU_VERDICT_UNKNOWN,
         g_strdup ("where it ends is not known, and what is behind it is not compared"));
  return item->is_rest;
}

/* Sections behind such a one are not seen. NULL: there is none. */
static const MigdescQemuItem *
find_rest (const MigdescQemuParts *parts)
{
  for (guint i = 0; i < parts->items->len; i++)
    {
      const MigdescQemuItem *item = parts->items->pdata[i];

      if (item->is_rest)
        return item;
    }
  return NULL;
}

/* --- Against a dump --------------------------------------------------- */

/* What QEMU registers by itself rather than with a device type, so that no dump tells of it. */
static const char *const never_in_dumps[] = {
  "PCIBUS",      /* of a bus, as i2c_bus */
  "acpi_build",  /* tables for the firmware */
  "apic",        /* of a processor, as cpu and cpu_common */
  "audio",       /* of no device at all, as the rest */
  "cpu",
  "cpu_common",
  "dirty-bitmap",
  "eeprom",      /* of a network card, which is the section's device */
  "globalstate",
  "i2c_bus",
  "i82550",      /* a card of eepro100, by its model, as those that follow */
  "i82551",
  "i82557a",
  "i82557b",
  "i82557c",
  "i82558a",
  "i82558b",
  "i82559a",
  "i82559b",
  "i82559c",
  "i82559er",
  "i82562",
  "i82801",
  "icp/server",  /* of a processor of pseries, as spapr_cpu */
  "ide",         /* of the controller's part that several device types share */
  "isa-ide",     /* the same of an ISA bus */
  "ipmi-bmc-sim",
  "ipmi-interface",
  "ipmi-interface-isa-bt",
  "kvmclock",
  "ps2kbd",      /* of the controller, before it was a device of its own */
  "ps2mouse",
  "ram",
  "replay",
  "s390-skeys",
  "s390-storage_attributes",
  "s390_css",
  "slirp",
  "spapr",
  "spapr/htab",
  "spapr_cpu",
  "spapr_iommu",
  "timer",
  "todclock",
  "virt_acpi_build",
  "virtio-mem-device-early", /* what of it comes before the memory */
};

/* The end of its name says what description it is of: "0000:00:03.0/e1000e". */
static gboolean
is_of (const MigdescQemuItem *item,
       const MigdescQemuDescriptionCore *description)
{
  gsize whole = strlen (item->name);
  gsize length = strlen (description->name);

  if (item->shape != NULL && item->shape->name != NULL)
    return strcmp (item->shape->name, description->name) == 0;
  return whole >= length && strcmp (item->name + whole - length, description->name) == 0
         && (whole == length || item->name[whole - length - 1] == '/');
}

static gboolean
is_never_in_dumps (const MigdescQemuItem *item)
{
  for (guint i = 0; i < G_N_ELEMENTS (never_in_dumps); i++)
    {
      const MigdescQemuDescriptionCore named = { .name = never_in_dumps[i] };

      if (is_of (item, &named))
        return TRUE;
    }
  return FALSE;
}

static MigdescQemuVerdict
check_layout (Check *check,
              const MigdescQemuItem *item,
              const MigdescQemuSectionCore *section,
              gboolean is_last)
{
  MigdescQemuDescriptionCore source;
  MigdescQemuFits fits;

  if (item->shape == NULL)
    return MIGDESC_QEMU_VERDICT_OK;
  source = *migdesc_qemu_shape_to_layout (item->shape, check->setup.arena);
  source.version = (gint32) item->version;
  fits = migdesc_qemu_fit_layouts (&check->fitter, &source, section->description);
  if (fits.best == MIGDESC_QEMU_FIT_YES)
    return MIGDESC_QEMU_VERDICT_OK;
  if (is_last)
    migdesc_qemu_explain (&check->explain, &source, section->description);
  return MIGDESC_QEMU_VERDICT_BREAKS_ALWAYS;
}

static MigdescQemuVerdict
check_section (Check *check,
               const MigdescQemuItem *item,
               const MigdescQemuSectionCore *section,
               gboolean is_last)
{
  gint64 version = item->version;

  if (version >= section->minimum && version <= section->version)
    return check_layout (check, item, section, is_last);
  if (is_last)
    say (check, MIGDESC_CODE_QEMU_VERSION_RANGE, MIGDESC_QEMU_VERDICT_BREAKS_ALWAYS,
         g_strdup_printf ("version %" G_GINT64_FORMAT " is sent, %d to %d can be read", version,
                          section->minimum, section->version));
  return MIGDESC_QEMU_VERDICT_BREAKS_ALWAYS;
}

/* Several device types may have one description's name: one that can read it will do, and else the
 * last tells why. */
static void
check_item (Check *check,
            const MigdescQemuItem *item,
            const MigdescQemuDumpCore *dump)
{
  const MigdescQemuSectionCore *last = NULL;

  for (guint i = 0; i < dump->n_sections; i++)
    {
      const MigdescQemuSectionCore *section = &dump->sections[i];

      if (section->description == NULL || !is_of (item, section->description))
        continue;
      if (check_section (check, item, section, FALSE) == MIGDESC_QEMU_VERDICT_OK)
        {
          if (item->shape == NULL)
            say_not_compared (check);
          return;
        }
      last = section;
    }
  if (last != NULL)
    check_section (check, item, last, TRUE);
  else if (!is_never_in_dumps (item))
    say (check, MIGDESC_CODE_QEMU_SECTION_UNKNOWN, MIGDESC_QEMU_VERDICT_UNKNOWN,
         g_strdup ("no device of the dump has a state of this name"));
}

/**
 * migdesc_qemu_stream_check_dump:
 * @stream: a stream
 * @dump: a dump of the QEMU that is to load it
 * @known: (nullable): renames and known differences, or %NULL
 * @limits: (nullable): %MIGDESC_LIMIT_FINDINGS and %MIGDESC_LIMIT_STEPS, or %NULL for the defaults
 *
 * Tells whether the devices of a dump can read the states of a stream: whether there are such
 * devices, whether they read the versions, and, where the stream is described, whether what was
 * sent is what they read. What no dump tells of, such as the processors and the clock, is passed
 * over; any other state that no device of the dump has is unknown, and so is one that is not
 * decoded.
 *
 * Returns: (transfer full): what speaks against it; the sections are those of the stream
 *
 * Since: 1.0
 */
MigdescQemuComparison *
migdesc_qemu_stream_check_dump (MigdescQemuStream *stream,
                                MigdescQemuDump *dump,
                                MigdescQemuKnown *known,
                                const MigdescLimits *limits)
{
  const MigdescQemuParts *parts;
  Check check = { 0 };

  g_return_val_if_fail (MIGDESC_IS_QEMU_STREAM (stream), NULL);
  g_return_val_if_fail (MIGDESC_IS_QEMU_DUMP (dump), NULL);

  parts = migdesc_qemu_stream_peek_parts (stream);
  check_init (&check, known, limits);
  check.setup.has_counts[MIGDESC_QEMU_READ] = migdesc_qemu_dump_get_core (dump)->has_counts;
  for (guint i = 0; i < parts->items->len; i++)
    {
      const MigdescQemuItem *item = parts->items->pdata[i];

      check.explain.section = item->name;
      check.fitter.gave_up = FALSE;
      if (is_device (item) && !is_rest (&check, item))
        check_item (&check, item, migdesc_qemu_dump_get_core (dump));
    }
  check_clear (&check);
  return check.explain.comparison;
}

/* --- Against another stream ------------------------------------------- */

static void
check_pair (Check *check,
            const MigdescQemuItem *source,
            const MigdescQemuItem *destination)
{
  const MigdescQemuDescriptionCore *sent;
  const MigdescQemuDescriptionCore *read;

  if (source->version > destination->version)
    say (check, MIGDESC_CODE_QEMU_VERSION_RANGE, MIGDESC_QEMU_VERDICT_BREAKS_ALWAYS,
         g_strdup_printf ("version %u is sent, and the newest that can be read is %u",
                          source->version, destination->version));
  else if (source->version < destination->version)
    say (check, MIGDESC_CODE_QEMU_VERSION_RANGE, MIGDESC_QEMU_VERDICT_UNKNOWN,
         g_strdup_printf ("version %u is sent, and the newest that can be read is %u: whether "
                          "older ones can be read only a dump tells",
                          source->version, destination->version));
  if (source->version != destination->version)
    return;
  if (source->shape == NULL || destination->shape == NULL)
    {
      if (!migdesc_qemu_item_has_same_data (source, destination))
        say_not_compared (check);
      return;
    }
  sent = migdesc_qemu_shape_to_layout (source->shape, check->setup.arena);
  read = migdesc_qemu_shape_to_layout (destination->shape, check->setup.arena);
  migdesc_qemu_explain (&check->explain, sent, read);
}

static void
check_only_there (Check *check,
                  const MigdescQemuParts *source,
                  const MigdescQemuParts *destination)
{
  for (guint i = 0; i < destination->items->len; i++)
    {
      const MigdescQemuItem *item = destination->items->pdata[i];

      if (!is_device (item) || migdesc_qemu_item_index_find (source->index, item) != NULL)
        continue;
      check->explain.section = item->name;
      say (check, MIGDESC_CODE_QEMU_SECTION_NOT_SENT, MIGDESC_QEMU_VERDICT_UNKNOWN,
           g_strdup ("the destination has a device whose state is not sent: it stays as it is "
                     "after a reset, and QEMU does not say so"));
    }
}

static void
check_pairs (Check *check,
             const MigdescQemuParts *source,
             const MigdescQemuParts *destination)
{
  for (guint i = 0; i < source->items->len; i++)
    {
      const MigdescQemuItem *item = source->items->pdata[i];
      const MigdescQemuItem *match = NULL;

      check->explain.section = item->name;
      check->fitter.gave_up = FALSE;
      if (!is_device (item) || is_rest (check, item))
        continue;
      match = migdesc_qemu_item_index_find (destination->index, item);
      if (match != NULL)
        check_pair (check, item, match);
      else
        say (check, MIGDESC_CODE_QEMU_SECTION_MISSING, MIGDESC_QEMU_VERDICT_BREAKS_ALWAYS,
             g_strdup ("the destination has no such state"));
    }
  if (find_rest (source) == NULL)
    check_only_there (check, source, destination);
}

/**
 * migdesc_qemu_stream_check_stream:
 * @stream: a stream
 * @other: a stream that the QEMU which is to load it has saved, of a guest with the same devices
 * @known: (nullable): renames and known differences, or %NULL
 * @limits: (nullable): %MIGDESC_LIMIT_FINDINGS and %MIGDESC_LIMIT_STEPS, or %NULL for the defaults
 *
 * Tells whether a stream is like one of the destination's own: the same machine type and memory,
 * the same states, of versions that are not newer, with the same fields and subsections. A
 * subsection or field that only one of them has may be known at the destination all the same, so
 * that this is unknown. States and memory that only @other has are unknown too: QEMU loads a stream
 * without them and says nothing. So is what is not decoded, unless the bytes are the same.
 *
 * Returns: (transfer full): what differs; the sections are those of the streams
 *
 * Since: 1.0
 */
MigdescQemuComparison *
migdesc_qemu_stream_check_stream (MigdescQemuStream *stream,
                                  MigdescQemuStream *other,
                                  MigdescQemuKnown *known,
                                  const MigdescLimits *limits)
{
  const MigdescQemuParts *source;
  const MigdescQemuParts *destination;
  const MigdescQemuItem *rest;
  Check check = { 0 };

  g_return_val_if_fail (MIGDESC_IS_QEMU_STREAM (stream), NULL);
  g_return_val_if_fail (MIGDESC_IS_QEMU_STREAM (other), NULL);

  source = migdesc_qemu_stream_peek_parts (stream);
  destination = migdesc_qemu_stream_peek_parts (other);
  check_init (&check, known, limits); /* without the other's counts, which are those of today */
  check.explain.is_sample = TRUE;
  migdesc_qemu_check_setup (check.explain.comparison, check.setup.known, source, destination);
  rest = find_rest (destination);
  check.explain.section = rest == NULL || rest->name == NULL ? "" : rest->name;
  if (rest == NULL)
    check_pairs (&check, source, destination);
  else
    is_rest (&check, rest);
  check_clear (&check);
  return check.explain.comparison;
}

/* --- What changes by itself ------------------------------------------- */

/* While a guest runs, or even stands still, these differ from one moment to the next. */
static const char *const volatile_names[] = {
  "acpi_pm_timer", "apic",        "cpu",     "cpu_common", "globalstate", "hpet",
  "i8254",         "kvm-tpr-opt", "kvmclock", "mc146818rtc", "ram",        "timer",
};

/**
 * migdesc_qemu_section_is_volatile:
 * @section: a section
 *
 * Tells whether a section holds what changes by itself, so that two streams of one guest differ in
 * it: the memory, the processors, clocks and timers, and whether the guest was running.
 *
 * Returns: whether it does
 *
 * Since: 1.0
 */
gboolean
migdesc_qemu_section_is_volatile (MigdescQemuSection *section)
{
  const MigdescQemuItem *item;

  g_return_val_if_fail (MIGDESC_IS_QEMU_SECTION (section), FALSE);

  item = migdesc_qemu_section_peek_item (section);
  if (item->is_live)
    return TRUE;
  for (guint i = 0; item->name != NULL && i < G_N_ELEMENTS (volatile_names); i++)
    {
      const MigdescQemuDescriptionCore named = { .name = volatile_names[i] };

      if (is_of (item, &named))
        return TRUE;
    }
  return FALSE;
}
