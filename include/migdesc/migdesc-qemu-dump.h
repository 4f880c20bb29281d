/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#if !defined(MIGDESC_INSIDE) && !defined(MIGDESC_COMPILATION)
#error "Only <migdesc/migdesc.h> can be included directly."
#endif

#include <migdesc/migdesc-limits.h>
#include <migdesc/migdesc-state-type.h>
#include <migdesc/migdesc-types.h>

G_BEGIN_DECLS

/**
 * SECTION:migdesc-qemu-dump
 * @title: QEMU's dumps
 * @short_description: What `qemu -dump-vmstate` says of a QEMU's devices
 *
 * A dump lists the state of each device type that a QEMU has: which fields it consists of, in which
 * versions, and which subsections there may be. It does not depend on the machine type, apart from
 * the machine's name. What it does not tell: the types of fields, the counts of arrays whose length
 * is in another field (before QEMU 8.1 of all arrays), what the code of a device decides, and all
 * that is not a device, such as the RAM and the timers.
 *
 * migdesc_qemu_dump_compare() compares two of them.
 */

#define MIGDESC_TYPE_QEMU_DUMP (migdesc_qemu_dump_get_type ())
MIGDESC_AVAILABLE_IN_1_0
G_DECLARE_FINAL_TYPE (MigdescQemuDump, migdesc_qemu_dump, MIGDESC, QEMU_DUMP, GObject)

/**
 * MigdescQemuLayout:
 *
 * What a section, a struct or a subsection of a dump consists of: its fields and its subsections.
 * It keeps the dump alive. Immutable.
 *
 * Since: 1.0
 */
typedef struct _MigdescQemuLayout MigdescQemuLayout;

#define MIGDESC_TYPE_QEMU_LAYOUT (migdesc_qemu_layout_get_type ())
MIGDESC_AVAILABLE_IN_1_0
GType migdesc_qemu_layout_get_type (void) G_GNUC_CONST;

MIGDESC_AVAILABLE_IN_1_0
MigdescQemuDump *migdesc_qemu_dump_new_from_json (const char *text,
                                                  gssize length,
                                                  const MigdescLimits *limits,
                                                  GError **error);
MIGDESC_AVAILABLE_IN_1_0
MigdescQemuDump *migdesc_qemu_dump_new_from_schemas (MigdescStateType **types,
                                                     gsize n_types,
                                                     GError **error);
MIGDESC_AVAILABLE_IN_1_0
char *migdesc_qemu_dump_to_json (MigdescQemuDump *dump, gboolean pretty);
MIGDESC_AVAILABLE_IN_1_0
gboolean migdesc_qemu_dump_equal (MigdescQemuDump *dump, MigdescQemuDump *other);
MIGDESC_AVAILABLE_IN_1_0
guint migdesc_qemu_dump_hash (MigdescQemuDump *dump);
MIGDESC_AVAILABLE_IN_1_0
const char *migdesc_qemu_dump_get_machine (MigdescQemuDump *dump);
MIGDESC_AVAILABLE_IN_1_0
guint migdesc_qemu_dump_get_n_sections (MigdescQemuDump *dump);
MIGDESC_AVAILABLE_IN_1_0
gboolean migdesc_qemu_dump_find (MigdescQemuDump *dump, const char *type, guint *section);
MIGDESC_AVAILABLE_IN_1_0
const char *migdesc_qemu_dump_get_section_type (MigdescQemuDump *dump, guint section);
MIGDESC_AVAILABLE_IN_1_0
int migdesc_qemu_dump_get_section_version (MigdescQemuDump *dump, guint section);
MIGDESC_AVAILABLE_IN_1_0
int migdesc_qemu_dump_get_section_minimum (MigdescQemuDump *dump, guint section);
MIGDESC_AVAILABLE_IN_1_0
MigdescQemuLayout *migdesc_qemu_dump_get_section_layout (MigdescQemuDump *dump, guint section);
MIGDESC_AVAILABLE_IN_1_0
MigdescStateType *migdesc_qemu_dump_get_section_schema (MigdescQemuDump *dump,
                                                        guint section,
                                                        GError **error);

MIGDESC_AVAILABLE_IN_1_0
MigdescQemuLayout *migdesc_qemu_layout_ref (MigdescQemuLayout *layout);
MIGDESC_AVAILABLE_IN_1_0
void migdesc_qemu_layout_unref (MigdescQemuLayout *layout);
MIGDESC_AVAILABLE_IN_1_0
const char *migdesc_qemu_layout_get_name (MigdescQemuLayout *layout);
MIGDESC_AVAILABLE_IN_1_0
int migdesc_qemu_layout_get_version (MigdescQemuLayout *layout);
MIGDESC_AVAILABLE_IN_1_0
int migdesc_qemu_layout_get_minimum (MigdescQemuLayout *layout);
MIGDESC_AVAILABLE_IN_1_0
guint migdesc_qemu_layout_get_n_fields (MigdescQemuLayout *layout);
MIGDESC_AVAILABLE_IN_1_0
const char *migdesc_qemu_layout_get_field_name (MigdescQemuLayout *layout, guint field);
MIGDESC_AVAILABLE_IN_1_0
int migdesc_qemu_layout_get_field_version (MigdescQemuLayout *layout, guint field);
MIGDESC_AVAILABLE_IN_1_0
gboolean migdesc_qemu_layout_has_field_test (MigdescQemuLayout *layout, guint field);
MIGDESC_AVAILABLE_IN_1_0
guint64 migdesc_qemu_layout_get_field_size (MigdescQemuLayout *layout, guint field);
MIGDESC_AVAILABLE_IN_1_0
int migdesc_qemu_layout_get_field_count (MigdescQemuLayout *layout, guint field);
MIGDESC_AVAILABLE_IN_1_0
MigdescQemuLayout *migdesc_qemu_layout_get_field_layout (MigdescQemuLayout *layout, guint field);
MIGDESC_AVAILABLE_IN_1_0
guint migdesc_qemu_layout_get_n_subsections (MigdescQemuLayout *layout);
MIGDESC_AVAILABLE_IN_1_0
MigdescQemuLayout *migdesc_qemu_layout_get_subsection (MigdescQemuLayout *layout,
                                                       guint subsection);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MigdescQemuLayout, migdesc_qemu_layout_unref)

G_END_DECLS
