/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#if !defined(MIGDESC_INSIDE) && !defined(MIGDESC_COMPILATION)
#error "Only <migdesc/migdesc.h> can be included directly."
#endif

#include <json-glib/json-glib.h>
#include <migdesc/migdesc-types.h>
#include <migdesc/migdesc-descriptor.h>
#include <migdesc/migdesc-limits.h>

G_BEGIN_DECLS

/**
 * MigdescReadFlags:
 * @MIGDESC_READ_DEFAULT: strict text, unknown members are kept with a warning
 * @MIGDESC_READ_STRICT: unknown members are errors
 * @MIGDESC_READ_LENIENT: `"on"` and `"off"` do for booleans, and an `init_value` may be missing
 * @MIGDESC_READ_KEEP_TEXT: the descriptor keeps its text, so that findings of migdesc_diff() and
 *   migdesc_lint() have lines and columns
 *
 * How a document is read.
 *
 * Since: 1.0
 */
typedef enum
{
  MIGDESC_READ_DEFAULT = 0,
  MIGDESC_READ_STRICT = 1 << 0,
  MIGDESC_READ_LENIENT = 1 << 1,
  MIGDESC_READ_KEEP_TEXT = 1 << 2
} MigdescReadFlags;

#define MIGDESC_TYPE_READ_FLAGS (migdesc_read_flags_get_type ())
MIGDESC_AVAILABLE_IN_1_0
GType migdesc_read_flags_get_type (void) G_GNUC_CONST;

#define MIGDESC_TYPE_READER (migdesc_reader_get_type ())
MIGDESC_AVAILABLE_IN_1_0
G_DECLARE_FINAL_TYPE (MigdescReader, migdesc_reader, MIGDESC, READER, GObject)

MIGDESC_AVAILABLE_IN_1_0
MigdescReader *migdesc_reader_new (void);
MIGDESC_AVAILABLE_IN_1_0
void migdesc_reader_set_dialect (MigdescReader *reader, MigdescDialect dialect);
MIGDESC_AVAILABLE_IN_1_0
MigdescDialect migdesc_reader_get_dialect (MigdescReader *reader);
MIGDESC_AVAILABLE_IN_1_0
void migdesc_reader_set_flags (MigdescReader *reader, MigdescReadFlags flags);
MIGDESC_AVAILABLE_IN_1_0
MigdescReadFlags migdesc_reader_get_flags (MigdescReader *reader);
MIGDESC_AVAILABLE_IN_1_0
void migdesc_reader_set_limits (MigdescReader *reader, const MigdescLimits *limits);
MIGDESC_AVAILABLE_IN_1_0
MigdescLimits *migdesc_reader_get_limits (MigdescReader *reader);
MIGDESC_AVAILABLE_IN_1_0
MigdescDescriptor *migdesc_reader_read_bytes (MigdescReader *reader,
                                              GBytes *bytes,
                                              const char *origin,
                                              MigdescReport **report,
                                              GError **error);
MIGDESC_AVAILABLE_IN_1_0
MigdescReport *migdesc_reader_validate_bytes (MigdescReader *reader,
                                              GBytes *bytes,
                                              const char *origin);
MIGDESC_AVAILABLE_IN_1_0
MigdescDescriptor *migdesc_reader_read_string (MigdescReader *reader,
                                               const char *text,
                                               gssize length,
                                               const char *origin,
                                               MigdescReport **report,
                                               GError **error);

MIGDESC_AVAILABLE_IN_1_0
MigdescDescriptor *migdesc_descriptor_new_from_string (const char *text,
                                                       gssize length,
                                                       GError **error);
MIGDESC_AVAILABLE_IN_1_0
MigdescDescriptor *migdesc_descriptor_new_from_bytes (GBytes *bytes, GError **error);
MIGDESC_AVAILABLE_IN_1_0
MigdescDescriptor *migdesc_descriptor_new_from_json_node (JsonNode *node, GError **error);

G_END_DECLS
