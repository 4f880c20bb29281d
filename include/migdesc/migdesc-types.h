/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#if !defined(MIGDESC_INSIDE) && !defined(MIGDESC_COMPILATION)
#error "Only <migdesc/migdesc.h> can be included directly."
#endif

#include <gio/gio.h>
#include <migdesc/migdesc-macros.h>

G_BEGIN_DECLS

/**
 * SECTION:migdesc-types
 * @title: Words of the data model
 * @short_description: the enumerations that several parts share
 *
 * Each enumerator has a word, its nick, which documents, the command line and the answers in
 * JSON all spell the same.
 */

/* What several headers name: opaque types and the enumerations of the data model. */

typedef struct _MigdescValueSet MigdescValueSet;
typedef struct _MigdescConfig MigdescConfig;
typedef struct _MigdescParamList MigdescParamList;
typedef struct _MigdescBoundList MigdescBoundList;
typedef struct _MigdescReport MigdescReport;
typedef struct _MigdescComparison MigdescComparison;
typedef struct _MigdescPlan MigdescPlan;
typedef struct _MigdescBaseline MigdescBaseline;
typedef struct _MigdescMatrix MigdescMatrix;
typedef struct _MigdescPath MigdescPath;
typedef struct _MigdescFleetCheck MigdescFleetCheck;

/**
 * MigdescValueType:
 * @MIGDESC_VALUE_TYPE_BOOL: on or off; a #GVariant of type `b`
 * @MIGDESC_VALUE_TYPE_INT: 0 to 2^64-1; a #GVariant of type `t`
 * @MIGDESC_VALUE_TYPE_STRING: UTF-8 without control characters, at most 4096 bytes; a #GVariant of
 * type `s`
 *
 * The type of a migration parameter's values. The nicks are the words of the document: `bool`,
 * `int`, `str`; bindings name the values by them.
 *
 * Since: 1.0
 */
typedef enum
{
  MIGDESC_VALUE_TYPE_BOOL,
  MIGDESC_VALUE_TYPE_INT,
  MIGDESC_VALUE_TYPE_STRING /*< nick=str >*/
} MigdescValueType;

/**
 * MigdescSupport:
 * @MIGDESC_SUPPORT_BEST_EFFORT: nothing is promised; what absence means
 * @MIGDESC_SUPPORT_NONE: cannot be migrated
 * @MIGDESC_SUPPORT_FORWARD: state saved by an older version loads
 * @MIGDESC_SUPPORT_BIDIRECTIONAL: state of an older and of a newer version loads
 *
 * The support promise of a model or version. The nicks are the words of the document.
 *
 * Since: 1.0
 */
typedef enum
{
  MIGDESC_SUPPORT_BEST_EFFORT,
  MIGDESC_SUPPORT_NONE,
  MIGDESC_SUPPORT_FORWARD,
  MIGDESC_SUPPORT_BIDIRECTIONAL
} MigdescSupport;

/**
 * MigdescAffects:
 * @MIGDESC_AFFECTS_HARDWARE: the hardware interface that the guest sees
 * @MIGDESC_AFFECTS_STATE: the layout of the device state
 *
 * What a migration parameter changes.
 *
 * Since: 1.0
 */
typedef enum
{
  MIGDESC_AFFECTS_HARDWARE = 1 << 0,
  MIGDESC_AFFECTS_STATE = 1 << 1
} MigdescAffects;

/**
 * MigdescDialect:
 * @MIGDESC_DIALECT_AUTO: detect it
 * @MIGDESC_DIALECT_NATIVE: the native document, a superset of the third revision
 * @MIGDESC_DIALECT_V1: first revision: an array of models with versions
 * @MIGDESC_DIALECT_V3: third revision: models with params
 * @MIGDESC_DIALECT_V3_MINMAX: third revision with `allowed_min` and `allowed_max`
 * @MIGDESC_DIALECT_V4: fourth revision: models with version strings
 * @MIGDESC_DIALECT_V4_TEXT: fourth revision as the text of a sysfs attribute
 * @MIGDESC_DIALECT_SYSFS: a directory tree of any revision
 * @MIGDESC_DIALECT_SYSFS_2019: a type's version attribute of 2019
 * @MIGDESC_DIALECT_MDEVCTL: the JSON dump of mdevctl
 *
 * The form that a descriptor was read from or is written in. The nicks are the names used on the
 * command line.
 *
 * Since: 1.0
 */
typedef enum
{
  MIGDESC_DIALECT_AUTO,
  MIGDESC_DIALECT_NATIVE,
  MIGDESC_DIALECT_V1,
  MIGDESC_DIALECT_V3,
  MIGDESC_DIALECT_V3_MINMAX,
  MIGDESC_DIALECT_V4,
  MIGDESC_DIALECT_V4_TEXT,
  MIGDESC_DIALECT_SYSFS,
  MIGDESC_DIALECT_SYSFS_2019,
  MIGDESC_DIALECT_MDEVCTL
} MigdescDialect;

/**
 * MigdescVerdict:
 * @MIGDESC_VERDICT_COMPATIBLE: yes
 * @MIGDESC_VERDICT_INCOMPATIBLE: no; the findings say why
 * @MIGDESC_VERDICT_UNDECIDED: nothing speaks against it, but the device may still refuse
 *
 * The answer to a question. `incompatible` outranks `undecided`, which outranks `compatible`.
 *
 * Since: 1.0
 */
typedef enum
{
  MIGDESC_VERDICT_COMPATIBLE,
  MIGDESC_VERDICT_INCOMPATIBLE,
  MIGDESC_VERDICT_UNDECIDED
} MigdescVerdict;

/**
 * MigdescSeverity:
 * @MIGDESC_SEVERITY_BLOCKER: the answer is no because of this
 * @MIGDESC_SEVERITY_WARNING: worth a look; does not change the answer
 * @MIGDESC_SEVERITY_INFO: for the record
 *
 * How much a finding weighs.
 *
 * Since: 1.0
 */
typedef enum
{
  MIGDESC_SEVERITY_BLOCKER,
  MIGDESC_SEVERITY_WARNING,
  MIGDESC_SEVERITY_INFO
} MigdescSeverity;

/**
 * MigdescCategory:
 * @MIGDESC_CATEGORY_NONE: no migration
 * @MIGDESC_CATEGORY_FORWARD: from the old implementation to the new one
 * @MIGDESC_CATEGORY_BACKWARD: from the new implementation, set to a version of the old one, to the
 *   old one
 * @MIGDESC_CATEGORY_FULL: both
 *
 * The migrations that a change of a descriptor touches.
 *
 * Since: 1.0
 */
typedef enum
{
  MIGDESC_CATEGORY_NONE = 0,
  MIGDESC_CATEGORY_FORWARD = 1 << 0,
  MIGDESC_CATEGORY_BACKWARD = 1 << 1,
  MIGDESC_CATEGORY_FULL = MIGDESC_CATEGORY_FORWARD | MIGDESC_CATEGORY_BACKWARD
} MigdescCategory;

#define MIGDESC_TYPE_VALUE_TYPE (migdesc_value_type_get_type ())
#define MIGDESC_TYPE_SUPPORT (migdesc_support_get_type ())
#define MIGDESC_TYPE_AFFECTS (migdesc_affects_get_type ())
#define MIGDESC_TYPE_DIALECT (migdesc_dialect_get_type ())
#define MIGDESC_TYPE_VERDICT (migdesc_verdict_get_type ())
#define MIGDESC_TYPE_SEVERITY (migdesc_severity_get_type ())
#define MIGDESC_TYPE_CATEGORY (migdesc_category_get_type ())

MIGDESC_AVAILABLE_IN_1_0
GType migdesc_value_type_get_type (void) G_GNUC_CONST;
MIGDESC_AVAILABLE_IN_1_0
GType migdesc_support_get_type (void) G_GNUC_CONST;
MIGDESC_AVAILABLE_IN_1_0
GType migdesc_affects_get_type (void) G_GNUC_CONST;
MIGDESC_AVAILABLE_IN_1_0
GType migdesc_dialect_get_type (void) G_GNUC_CONST;
MIGDESC_AVAILABLE_IN_1_0
GType migdesc_verdict_get_type (void) G_GNUC_CONST;
MIGDESC_AVAILABLE_IN_1_0
GType migdesc_severity_get_type (void) G_GNUC_CONST;
MIGDESC_AVAILABLE_IN_1_0
GType migdesc_category_get_type (void) G_GNUC_CONST;

/* The word of an enumerator, as the documents, the command line and the JSON answers spell it. */
MIGDESC_AVAILABLE_IN_1_0
const char *migdesc_value_type_to_string (MigdescValueType type);
MIGDESC_AVAILABLE_IN_1_0
const char *migdesc_support_to_string (MigdescSupport support);
MIGDESC_AVAILABLE_IN_1_0
const char *migdesc_dialect_to_string (MigdescDialect dialect);
MIGDESC_AVAILABLE_IN_1_0
gboolean migdesc_dialect_from_string (const char *text, MigdescDialect *dialect);
MIGDESC_AVAILABLE_IN_1_0
const char *migdesc_verdict_to_string (MigdescVerdict verdict);
MIGDESC_AVAILABLE_IN_1_0
const char *migdesc_severity_to_string (MigdescSeverity severity);
MIGDESC_AVAILABLE_IN_1_0
const char *migdesc_category_to_string (MigdescCategory category);
MIGDESC_AVAILABLE_IN_1_0
gboolean migdesc_category_from_string (const char *text, MigdescCategory *category);

G_END_DECLS
