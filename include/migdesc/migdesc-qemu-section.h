/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#if !defined(MIGDESC_INSIDE) && !defined(MIGDESC_COMPILATION)
#error "Only <migdesc/migdesc.h> can be included directly."
#endif

#include <migdesc/migdesc-types.h>
#include <migdesc/migdesc-error.h>
#include <migdesc/migdesc-state.h>

G_BEGIN_DECLS

/**
 * SECTION:migdesc-qemu-section
 * @title: Sections of QEMU's streams
 * @short_description: What a migration stream consists of, one after the other
 *
 * A section is a device's state, a part of the memory, a command, or one of the few things around
 * them, each with its place in the stream.
 */

/**
 * MigdescQemuSectionKind:
 * @MIGDESC_QEMU_SECTION_HEADER: the first eight bytes
 * @MIGDESC_QEMU_SECTION_CONFIGURATION: the machine and what both sides must agree on
 * @MIGDESC_QEMU_SECTION_START: the first part of what is sent in parts
 * @MIGDESC_QEMU_SECTION_PART: a further part
 * @MIGDESC_QEMU_SECTION_END: the last part
 * @MIGDESC_QEMU_SECTION_FULL: a device's state
 * @MIGDESC_QEMU_SECTION_COMMAND: a command
 * @MIGDESC_QEMU_SECTION_EOF: the end
 * @MIGDESC_QEMU_SECTION_DESCRIPTION: the description of the devices
 * @MIGDESC_QEMU_SECTION_UNKNOWN: bytes that are nothing of all that
 * @MIGDESC_QEMU_SECTION_WRAPPER: what libvirt puts before a stream that it saves
 *
 * What a section is.
 *
 * Since: 1.0
 */
typedef enum
{
  MIGDESC_QEMU_SECTION_HEADER,
  MIGDESC_QEMU_SECTION_CONFIGURATION,
  MIGDESC_QEMU_SECTION_START,
  MIGDESC_QEMU_SECTION_PART,
  MIGDESC_QEMU_SECTION_END,
  MIGDESC_QEMU_SECTION_FULL,
  MIGDESC_QEMU_SECTION_COMMAND,
  MIGDESC_QEMU_SECTION_EOF,
  MIGDESC_QEMU_SECTION_DESCRIPTION,
  MIGDESC_QEMU_SECTION_UNKNOWN,
  MIGDESC_QEMU_SECTION_WRAPPER
} MigdescQemuSectionKind;

#define MIGDESC_TYPE_QEMU_SECTION_KIND (migdesc_qemu_section_kind_get_type ())
MIGDESC_AVAILABLE_IN_1_0
GType migdesc_qemu_section_kind_get_type (void) G_GNUC_CONST;

/**
 * MigdescQemuFooter:
 * @MIGDESC_QEMU_FOOTER_NONE: there is none, as in streams of old machine types
 * @MIGDESC_QEMU_FOOTER_GOOD: it is there, and of this section
 * @MIGDESC_QEMU_FOOTER_BAD: it is missing, or of another section
 *
 * How a section ends.
 *
 * Since: 1.0
 */
typedef enum
{
  MIGDESC_QEMU_FOOTER_NONE,
  MIGDESC_QEMU_FOOTER_GOOD,
  MIGDESC_QEMU_FOOTER_BAD
} MigdescQemuFooter;

#define MIGDESC_TYPE_QEMU_FOOTER (migdesc_qemu_footer_get_type ())
MIGDESC_AVAILABLE_IN_1_0
GType migdesc_qemu_footer_get_type (void) G_GNUC_CONST;

/**
 * MigdescQemuPage:
 * @MIGDESC_QEMU_PAGE_ZERO: a page of zeros, sent as a mark
 * @MIGDESC_QEMU_PAGE_PLAIN: a page as it is
 * @MIGDESC_QEMU_PAGE_XBZRLE: what changed in a page
 * @MIGDESC_QEMU_PAGE_COMPRESSED: a page compressed by zlib
 *
 * How a page of memory is sent.
 *
 * Since: 1.0
 */
typedef enum
{
  MIGDESC_QEMU_PAGE_ZERO,
  MIGDESC_QEMU_PAGE_PLAIN,
  MIGDESC_QEMU_PAGE_XBZRLE,
  MIGDESC_QEMU_PAGE_COMPRESSED
} MigdescQemuPage;

#define MIGDESC_TYPE_QEMU_PAGE (migdesc_qemu_page_get_type ())
MIGDESC_AVAILABLE_IN_1_0
GType migdesc_qemu_page_get_type (void) G_GNUC_CONST;

#define MIGDESC_TYPE_QEMU_SECTION (migdesc_qemu_section_get_type ())
MIGDESC_AVAILABLE_IN_1_0
G_DECLARE_FINAL_TYPE (MigdescQemuSection, migdesc_qemu_section, MIGDESC, QEMU_SECTION, GObject)

MIGDESC_AVAILABLE_IN_1_0
MigdescQemuSectionKind migdesc_qemu_section_get_kind (MigdescQemuSection *section);
MIGDESC_AVAILABLE_IN_1_0
const char *migdesc_qemu_section_get_name (MigdescQemuSection *section);
MIGDESC_AVAILABLE_IN_1_0
guint migdesc_qemu_section_get_instance (MigdescQemuSection *section);
MIGDESC_AVAILABLE_IN_1_0
char *migdesc_qemu_section_dup_label (MigdescQemuSection *section);
MIGDESC_AVAILABLE_IN_1_0
guint migdesc_qemu_section_get_version (MigdescQemuSection *section);
MIGDESC_AVAILABLE_IN_1_0
guint migdesc_qemu_section_get_id (MigdescQemuSection *section);
MIGDESC_AVAILABLE_IN_1_0
guint64 migdesc_qemu_section_get_offset (MigdescQemuSection *section);
MIGDESC_AVAILABLE_IN_1_0
guint64 migdesc_qemu_section_get_length (MigdescQemuSection *section);
MIGDESC_AVAILABLE_IN_1_0
guint64 migdesc_qemu_section_get_data_offset (MigdescQemuSection *section);
MIGDESC_AVAILABLE_IN_1_0
guint64 migdesc_qemu_section_get_data_length (MigdescQemuSection *section);
MIGDESC_AVAILABLE_IN_1_0
MigdescQemuFooter migdesc_qemu_section_get_footer (MigdescQemuSection *section);
MIGDESC_AVAILABLE_IN_1_0
guint migdesc_qemu_section_get_command (MigdescQemuSection *section);
MIGDESC_AVAILABLE_IN_1_0
GBytes *migdesc_qemu_section_get_data (MigdescQemuSection *section);
MIGDESC_AVAILABLE_IN_1_0
gboolean migdesc_qemu_section_has_state (MigdescQemuSection *section);
MIGDESC_AVAILABLE_IN_1_0
MigdescState *migdesc_qemu_section_get_state (MigdescQemuSection *section, GError **error);
MIGDESC_AVAILABLE_IN_1_0
MigdescStateType *migdesc_qemu_section_get_schema (MigdescQemuSection *section, GError **error);

G_END_DECLS
