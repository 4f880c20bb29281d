/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#if !defined(MIGDESC_INSIDE) && !defined(MIGDESC_COMPILATION)
#error "Only <migdesc/migdesc.h> can be included directly."
#endif

#include <migdesc/migdesc-qemu-dump.h>
#include <migdesc/migdesc-qemu-known.h>
#include <migdesc/migdesc-report.h>

G_BEGIN_DECLS

/**
 * SECTION:migdesc-qemu-compare
 * @title: Comparing QEMU's dumps
 * @short_description: Can one QEMU's devices read what another's write?
 *
 * For each device type that both have, a comparison follows what the source may send and what the
 * destination may read then: names of structs and versions of structs are not in a stream, padding
 * takes any bytes, and a field which the device may leave out is there or not. Each difference has
 * a verdict, and a condition if it matters only at times.
 *
 * A dump does not tell what the code of a device decides. Two fields of one name that may be left
 * out are taken to be left out together; and what is sent of a field is taken to be as large as the
 * field is in memory.
 */

/**
 * MigdescQemuVerdict:
 * @MIGDESC_QEMU_VERDICT_OK: what is sent can be read
 * @MIGDESC_QEMU_VERDICT_UNKNOWN: the dump does not tell
 * @MIGDESC_QEMU_VERDICT_BREAKS_WHEN: it cannot be read under a condition
 * @MIGDESC_QEMU_VERDICT_BREAKS_ALWAYS: it can never be read
 *
 * Whether the destination can read what the source sends; the worse, the larger.
 *
 * Since: 1.0
 */
typedef enum
{
  MIGDESC_QEMU_VERDICT_OK,
  MIGDESC_QEMU_VERDICT_UNKNOWN,
  MIGDESC_QEMU_VERDICT_BREAKS_WHEN,
  MIGDESC_QEMU_VERDICT_BREAKS_ALWAYS
} MigdescQemuVerdict;

#define MIGDESC_TYPE_QEMU_VERDICT (migdesc_qemu_verdict_get_type ())
MIGDESC_AVAILABLE_IN_1_0
GType migdesc_qemu_verdict_get_type (void) G_GNUC_CONST;
MIGDESC_AVAILABLE_IN_1_0
const char *migdesc_qemu_verdict_to_string (MigdescQemuVerdict verdict);

/**
 * MigdescQemuComparison:
 *
 * Differences, each with a verdict. Immutable.
 *
 * Since: 1.0
 */
typedef struct _MigdescQemuComparison MigdescQemuComparison;

#define MIGDESC_TYPE_QEMU_COMPARISON (migdesc_qemu_comparison_get_type ())
MIGDESC_AVAILABLE_IN_1_0
GType migdesc_qemu_comparison_get_type (void) G_GNUC_CONST;

MIGDESC_AVAILABLE_IN_1_0
MigdescQemuComparison *migdesc_qemu_dump_compare (MigdescQemuDump *source,
                                                  MigdescQemuDump *destination,
                                                  MigdescQemuKnown *known,
                                                  const MigdescLimits *limits);
MIGDESC_AVAILABLE_IN_1_0
MigdescQemuComparison *migdesc_qemu_comparison_ref (MigdescQemuComparison *comparison);
MIGDESC_AVAILABLE_IN_1_0
void migdesc_qemu_comparison_unref (MigdescQemuComparison *comparison);

MIGDESC_AVAILABLE_IN_1_0
MigdescQemuVerdict migdesc_qemu_comparison_get_verdict (MigdescQemuComparison *comparison);
MIGDESC_AVAILABLE_IN_1_0
MigdescQemuVerdict
migdesc_qemu_comparison_get_section_verdict (MigdescQemuComparison *comparison,
                                             const char *section);
MIGDESC_AVAILABLE_IN_1_0
guint64 migdesc_qemu_comparison_get_n_omitted (MigdescQemuComparison *comparison);
MIGDESC_AVAILABLE_IN_1_0
guint migdesc_qemu_comparison_get_n_findings (MigdescQemuComparison *comparison);
MIGDESC_AVAILABLE_IN_1_0
const char *migdesc_qemu_comparison_get_section (MigdescQemuComparison *comparison, guint finding);
MIGDESC_AVAILABLE_IN_1_0
const char *migdesc_qemu_comparison_get_path (MigdescQemuComparison *comparison, guint finding);
MIGDESC_AVAILABLE_IN_1_0
const char *migdesc_qemu_comparison_get_code (MigdescQemuComparison *comparison, guint finding);
MIGDESC_AVAILABLE_IN_1_0
MigdescQemuVerdict
migdesc_qemu_comparison_get_finding_verdict (MigdescQemuComparison *comparison, guint finding);
MIGDESC_AVAILABLE_IN_1_0
const char *migdesc_qemu_comparison_get_message (MigdescQemuComparison *comparison, guint finding);
MIGDESC_AVAILABLE_IN_1_0
const char *migdesc_qemu_comparison_get_condition (MigdescQemuComparison *comparison,
                                                   guint finding);
MIGDESC_AVAILABLE_IN_1_0
const char *migdesc_qemu_comparison_get_reason (MigdescQemuComparison *comparison, guint finding);
MIGDESC_AVAILABLE_IN_1_0
MigdescReport *migdesc_qemu_comparison_get_report (MigdescQemuComparison *comparison);
MIGDESC_AVAILABLE_IN_1_0
char *migdesc_qemu_comparison_to_string (MigdescQemuComparison *comparison);
MIGDESC_AVAILABLE_IN_1_0
char *migdesc_qemu_comparison_to_json (MigdescQemuComparison *comparison);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MigdescQemuComparison, migdesc_qemu_comparison_unref)

G_END_DECLS
