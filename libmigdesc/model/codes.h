/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* The codes of findings that answer questions. Findings about a document or a text have the nick of
 * the MigdescError that the same breach is when it ends the reading. Every code of either kind has
 * an entry in the catalogue (code.c); a test proves it, and that nothing else is there. Codes are
 * stable: messages may be reworded, codes may not. */

/* check, expand */
#define MIGDESC_CODE_MODEL_NOT_SUPPORTED "model-not-supported"
#define MIGDESC_CODE_PARAM_UNKNOWN "param-unknown"
#define MIGDESC_CODE_PARAM_TYPE "param-type"
#define MIGDESC_CODE_PARAM_VALUE_NOT_ALLOWED "param-value-not-allowed"
#define MIGDESC_CODE_PARAM_REQUIRED "param-required"
#define MIGDESC_CODE_CONSTRAINT_VIOLATED "constraint-violated"
#define MIGDESC_CODE_VERSION_REQUIRED "version-required"
#define MIGDESC_CODE_VERSION_UNKNOWN "version-unknown"
#define MIGDESC_CODE_VERSION_NOT_CREATABLE "version-not-creatable"
#define MIGDESC_CODE_VERSION_NOT_LOADABLE "version-not-loadable"
#define MIGDESC_CODE_UNMIGRATABLE "unmigratable"
#define MIGDESC_CODE_VALUE_UNDECIDED "value-undecided"

/* check with the source's descriptor */
#define MIGDESC_CODE_VERSION_DIFFERS "version-differs"
#define MIGDESC_CODE_OFF_VALUE_DIFFERS "off-value-differs"
#define MIGDESC_CODE_DIRECTION_NOT_PROMISED "direction-not-promised"
#define MIGDESC_CODE_DIRECTION_NOT_TESTED "direction-not-tested"
#define MIGDESC_CODE_SOURCE_NOT_EXPANDABLE "source-not-expandable"

/* compare, baseline */
#define MIGDESC_CODE_SEARCH_TOO_LONG "search-too-long"
#define MIGDESC_CODE_NO_COMMON_CONFIG "no-common-config"

/* fleets */
#define MIGDESC_CODE_NO_FREE_SLOT "no-free-slot"

/* convert */
#define MIGDESC_CODE_CONVERSION_LOSS "conversion-loss"

/* two state schemas */
#define MIGDESC_CODE_STATE_VERSIONS_APART "state-versions-apart"
#define MIGDESC_CODE_STATE_FIELD_UNKNOWN "state-field-unknown"
#define MIGDESC_CODE_STATE_FIELD_MISSING "state-field-missing"
#define MIGDESC_CODE_STATE_FIELD_TYPE "state-field-type"
#define MIGDESC_CODE_STATE_FIELD_VALUES "state-field-values"
#define MIGDESC_CODE_STATE_SECTION_VERSION "state-section-version"
#define MIGDESC_CODE_STATE_SCHEMA_UNUSABLE "state-schema-unusable"
#define MIGDESC_CODE_STATE_RULE_DIFFERS "state-rule-differs"

/* two dumps of QEMU */
#define MIGDESC_CODE_QEMU_SECTION_MISSING "qemu-section-missing"
#define MIGDESC_CODE_QEMU_SECTION_UNKNOWN "qemu-section-unknown"
#define MIGDESC_CODE_QEMU_SECTION_NOT_SENT "qemu-section-not-sent"
#define MIGDESC_CODE_QEMU_SECTION_RENAMED "qemu-section-renamed"
#define MIGDESC_CODE_QEMU_SECTION_NAME "qemu-section-name"
#define MIGDESC_CODE_QEMU_VERSION_RANGE "qemu-version-range"
#define MIGDESC_CODE_QEMU_LAYOUT_MISSING "qemu-layout-missing"
#define MIGDESC_CODE_QEMU_FIELD_NOT_READ "qemu-field-not-read"
#define MIGDESC_CODE_QEMU_FIELD_NOT_SENT "qemu-field-not-sent"
#define MIGDESC_CODE_QEMU_FIELD_MOVED "qemu-field-moved"
#define MIGDESC_CODE_QEMU_FIELD_SIZE "qemu-field-size"
#define MIGDESC_CODE_QEMU_FIELD_COUNT "qemu-field-count"
#define MIGDESC_CODE_QEMU_FIELD_OPTIONAL "qemu-field-optional"
#define MIGDESC_CODE_QEMU_FIELD_RENAMED "qemu-field-renamed"
#define MIGDESC_CODE_QEMU_FIELD_DROPPED "qemu-field-dropped"
#define MIGDESC_CODE_QEMU_FIELD_ZERO "qemu-field-zero"
#define MIGDESC_CODE_QEMU_FIELDS_DIFFER "qemu-fields-differ"
#define MIGDESC_CODE_QEMU_SUBSECTION_MISSING "qemu-subsection-missing"
#define MIGDESC_CODE_QEMU_TOO_DIFFERENT "qemu-too-different"
#define MIGDESC_CODE_QEMU_MACHINE "qemu-machine"
#define MIGDESC_CODE_QEMU_BLOCK "qemu-block"
#define MIGDESC_CODE_QEMU_NOT_COMPARED "qemu-not-compared"
/* values in a migration stream of QEMU */
#define MIGDESC_CODE_QEMU_VALUE "qemu-value"
#define MIGDESC_CODE_QEMU_VALUE_ABSENT "qemu-value-absent"
#define MIGDESC_CODE_QEMU_ROOM "qemu-room"
#define MIGDESC_CODE_QEMU_OPAQUE "qemu-opaque"

/* a migration stream of QEMU */
#define MIGDESC_CODE_QEMU_TRUNCATED "qemu-truncated"
#define MIGDESC_CODE_QEMU_SECTION "qemu-section"
#define MIGDESC_CODE_QEMU_FOOTER "qemu-footer"
#define MIGDESC_CODE_QEMU_SHORT "qemu-short"
#define MIGDESC_CODE_QEMU_LONG "qemu-long"
#define MIGDESC_CODE_QEMU_CONTENT "qemu-content"
#define MIGDESC_CODE_QEMU_VERSION "qemu-version"
#define MIGDESC_CODE_QEMU_NOT_DESCRIBED "qemu-not-described"
#define MIGDESC_CODE_QEMU_NO_DESCRIPTION "qemu-no-description"
#define MIGDESC_CODE_QEMU_DESCRIPTION "qemu-description"
#define MIGDESC_CODE_QEMU_MISSING "qemu-missing"
#define MIGDESC_CODE_QEMU_DUPLICATE "qemu-duplicate"
#define MIGDESC_CODE_QEMU_MEMORY "qemu-memory"
#define MIGDESC_CODE_QEMU_PAGE_SIZE "qemu-page-size"
#define MIGDESC_CODE_QEMU_COMMAND "qemu-command"
#define MIGDESC_CODE_QEMU_TRAILING "qemu-trailing"


/* diff */
#define MIGDESC_CODE_MODEL_REMOVED "model-removed"
#define MIGDESC_CODE_MODEL_ADDED "model-added"
#define MIGDESC_CODE_MODEL_KIND_CHANGED "model-kind-changed"
#define MIGDESC_CODE_PARAM_REMOVED "param-removed"
#define MIGDESC_CODE_PARAM_TYPE_CHANGED "param-type-changed"
#define MIGDESC_CODE_VALUE_NO_LONGER_ALLOWED "value-no-longer-allowed"
#define MIGDESC_CODE_OFF_VALUE_CHANGED "off-value-changed"
#define MIGDESC_CODE_INIT_VALUE_CHANGED "init-value-changed"
#define MIGDESC_CODE_UNIT_CHANGED "unit-changed"
#define MIGDESC_CODE_RUNTIME_WITHDRAWN "runtime-withdrawn"
#define MIGDESC_CODE_PARAM_ADDED_WITHOUT_OFF "param-added-without-off"
#define MIGDESC_CODE_PARAM_ADDED "param-added"
#define MIGDESC_CODE_CONSTRAINT_TIGHTENED "constraint-tightened"
#define MIGDESC_CODE_VERSION_REMOVED "version-removed"
#define MIGDESC_CODE_VERSION_CHANGED "version-changed"
#define MIGDESC_CODE_VERSION_LOAD_WITHDRAWN "version-load-withdrawn"
#define MIGDESC_CODE_VERSION_CREATE_WITHDRAWN "version-create-withdrawn"
#define MIGDESC_CODE_VERSION_ORDER_CHANGED "version-order-changed"
#define MIGDESC_CODE_VERSION_ADDED "version-added"
#define MIGDESC_CODE_SUPPORT_LOWERED "support-lowered"
#define MIGDESC_CODE_BLOCKER_ADDED "blocker-added"
#define MIGDESC_CODE_TESTED_PAIR_DROPPED "tested-pair-dropped"
#define MIGDESC_CODE_STATE_VERSION_CHANGED "state-version-changed"
#define MIGDESC_CODE_STATE_CHANGED_WITHOUT_GATE "state-changed-without-gate"
#define MIGDESC_CODE_STATE_SCHEMA_REMOVED "state-schema-removed"

/* lint; the first is that of the error under strict reading */
#define MIGDESC_CODE_UNKNOWN_MEMBER "document-unknown-member"
#define MIGDESC_CODE_VERSION_UNREACHABLE "version-unreachable"
#define MIGDESC_CODE_VERSION_REDUNDANT "version-redundant"
#define MIGDESC_CODE_CONSTRAINT_NEVER_BITES "constraint-never-bites"
#define MIGDESC_CODE_CONSTRAINT_NEVER_HOLDS "constraint-never-holds"
#define MIGDESC_CODE_VALUE_NEVER_POSSIBLE "value-never-possible"
#define MIGDESC_CODE_PROMISE_UNTESTED "promise-untested"
#define MIGDESC_CODE_BLOCKER_WITHOUT_EFFECT "blocker-without-effect"
#define MIGDESC_CODE_IGNORE_UNKNOWN_CODE "ignore-unknown-code"
#define MIGDESC_CODE_STATE_VERSION_UNKNOWN "state-version-unknown"
#define MIGDESC_CODE_PARAM_NEVER_SET "param-never-set"
#define MIGDESC_CODE_INIT_NOT_A_VERSION "init-not-a-version"
