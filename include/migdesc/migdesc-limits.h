/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#if !defined(MIGDESC_INSIDE) && !defined(MIGDESC_COMPILATION)
#error "Only <migdesc/migdesc.h> can be included directly."
#endif

#include <glib-object.h>
#include <migdesc/migdesc-macros.h>

G_BEGIN_DECLS

/**
 * SECTION:migdesc-limits
 * @title: Limits
 * @short_description: What a text from outside may cost
 *
 * Descriptors, lists and the output of programs come from outside and may be hostile. Limits bound
 * the time and memory that reading one takes, and the searches of comparisons and baselines; the
 * defaults suit everything that real devices have. What a fleet keeps of its hosts is bounded too.
 */

/**
 * MigdescLimit:
 * @MIGDESC_LIMIT_DOCUMENT_SIZE: bytes of a document; 4 MiB, at most 1 GiB
 * @MIGDESC_LIMIT_DEPTH: objects and arrays inside each other in a document; 32, at most 256
 * @MIGDESC_LIMIT_MEMBERS: members of one object; 4,096
 * @MIGDESC_LIMIT_VALUES: values in a document, containers counted, and fields of all schemas in a
 *     stream of states; 262,144
 * @MIGDESC_LIMIT_STRING_LENGTH: bytes of one string after its escapes are resolved; 65,536
 * @MIGDESC_LIMIT_RANGES: ranges of one value set; 4,096
 * @MIGDESC_LIMIT_FINDINGS: findings that a report keeps; 1,000
 * @MIGDESC_LIMIT_STEPS: configurations that a comparison or a baseline may try; 1,000,000
 * @MIGDESC_LIMIT_PROGRAM_TIME: milliseconds that a backend program may run; 10,000
 * @MIGDESC_LIMIT_PROGRAM_OUTPUT: bytes that a backend program may print; 16 MiB
 * @MIGDESC_LIMIT_STATE_SIZE: bytes of a stream of states; 1 GiB, at most 2^62
 * @MIGDESC_LIMIT_STATE_DEPTH: structs, arrays and sections inside each other in a state; 32, at
 *     most 64
 * @MIGDESC_LIMIT_STATE_ELEMENTS: elements of all arrays of a stream; 16,777,216
 * @MIGDESC_LIMIT_STATE_BUFFER: bytes of one buffer of a state; 256 MiB
 * @MIGDESC_LIMIT_FLEET_SIZE: bytes of the different descriptors and shapes of a fleet; 1 GiB, at
 *     most 2^62
 *
 * What a #MigdescLimits bounds, with the default of each. Where no maximum is given it is 2^31-1.
 *
 * Since: 1.0
 */
typedef enum
{
  MIGDESC_LIMIT_DOCUMENT_SIZE,
  MIGDESC_LIMIT_DEPTH,
  MIGDESC_LIMIT_MEMBERS,
  MIGDESC_LIMIT_VALUES,
  MIGDESC_LIMIT_STRING_LENGTH,
  MIGDESC_LIMIT_RANGES,
  MIGDESC_LIMIT_FINDINGS,
  MIGDESC_LIMIT_STEPS,
  MIGDESC_LIMIT_PROGRAM_TIME,
  MIGDESC_LIMIT_PROGRAM_OUTPUT,
  MIGDESC_LIMIT_STATE_SIZE,
  MIGDESC_LIMIT_STATE_DEPTH,
  MIGDESC_LIMIT_STATE_ELEMENTS,
  MIGDESC_LIMIT_STATE_BUFFER,
  MIGDESC_LIMIT_FLEET_SIZE
} MigdescLimit;

#define MIGDESC_TYPE_LIMIT (migdesc_limit_get_type ())

MIGDESC_AVAILABLE_IN_1_0
GType migdesc_limit_get_type (void) G_GNUC_CONST;

/**
 * MigdescLimits:
 *
 * How much of time and memory a text from outside may cost. Every function that reads takes one;
 * %NULL stands for the defaults, which are safe for hostile input. Exactly at a limit is allowed,
 * one past it fails with %MIGDESC_ERROR_LIMIT_EXCEEDED; a search past its limit is undecided.
 *
 * Since: 1.0
 */
typedef struct _MigdescLimits MigdescLimits;

#define MIGDESC_TYPE_LIMITS (migdesc_limits_get_type ())

MIGDESC_AVAILABLE_IN_1_0
GType migdesc_limits_get_type (void) G_GNUC_CONST;

MIGDESC_AVAILABLE_IN_1_0
MigdescLimits *migdesc_limits_new (void);

MIGDESC_AVAILABLE_IN_1_0
MigdescLimits *migdesc_limits_copy (const MigdescLimits *limits);

MIGDESC_AVAILABLE_IN_1_0
void migdesc_limits_free (MigdescLimits *limits);

MIGDESC_AVAILABLE_IN_1_0
guint64 migdesc_limits_get (const MigdescLimits *limits, MigdescLimit limit);

MIGDESC_AVAILABLE_IN_1_0
void migdesc_limits_set (MigdescLimits *limits, MigdescLimit limit, guint64 value);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MigdescLimits, migdesc_limits_free)

G_END_DECLS
