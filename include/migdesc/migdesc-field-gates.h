/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* The gates at the end of a field. They are designated initialisers, and C++ wants those in the
 * order of the members: as they stand here. */

#pragma once

#if !defined(MIGDESC_INSIDE) && !defined(MIGDESC_COMPILATION)
#error "Only <migdesc/migdesc.h> can be included directly."
#endif

#include <migdesc/migdesc-field-checks.h>

/**
 * SECTION:migdesc-field-gates
 * @title: Gates of fields
 * @short_description: When a field is there
 *
 * What comes last in a field: since and until which state version it is there, with which migration
 * parameter, and what it is where it is absent.
 */

#if !defined(__cplusplus) || __cplusplus >= 201703L

/**
 * MIGDESC_SINCE:
 * @version: a state version
 *
 * A gate of a field: it is there from state version @version on.
 *
 * Since: 1.0
 */
#define MIGDESC_SINCE(version) .since = (version)

/**
 * MIGDESC_UNTIL:
 * @version: a state version
 *
 * A gate of a field: it is there up to state version @version, that one included.
 *
 * Since: 1.0
 */
#define MIGDESC_UNTIL(version) .until = (version)

/**
 * MIGDESC_IF:
 * @parameter: the name of a migration parameter
 *
 * A gate of a field: it is there when the parameter is `on`. The gate for new state: it
 * works in both directions, since both sides know the configuration.
 *
 * Since: 1.0
 */
#define MIGDESC_IF(parameter) .param = (parameter)

/**
 * MIGDESC_IF_VALUE:
 * @parameter: the name of a migration parameter
 * @value: a value, as in a parameter list
 *
 * A gate of a field: it is there when the parameter has that value.
 *
 * Since: 1.0
 */
#define MIGDESC_IF_VALUE(parameter, value) .param = (parameter), .param_value = (value)

/**
 * MIGDESC_NEEDED:
 * @function: a #MigdescNeededFunc
 *
 * A gate of a section: it is written when @function says so.
 *
 * Since: 1.0
 */
#define MIGDESC_NEEDED(function) .needed = (function), .needed_name = #function

/**
 * MIGDESC_DEFAULT:
 * @value: an integer, or 0 for what is none: empty
 *
 * What a gated field is where it is absent.
 *
 * Since: 1.0
 */
#define MIGDESC_DEFAULT(value) \
  .more_flags = MIGDESC_FIELD_HAS_DEFAULT, .default_value = (guint64) (value)

/**
 * MIGDESC_REQUIRED:
 *
 * A state without this gated field cannot be loaded.
 *
 * Since: 1.0
 */
#define MIGDESC_REQUIRED .more_flags = MIGDESC_FIELD_REQUIRED

/**
 * MIGDESC_DROPPABLE:
 *
 * A reader that does not know this section may skip it. Without it such a reader refuses the
 * stream. It comes last; before it a gated section may say what it is where it is absent, and if it
 * does not, that is its default.
 *
 * Since: 1.0
 */
#define MIGDESC_DROPPABLE .section_flags = MIGDESC_FIELD_DROPPABLE

#endif
