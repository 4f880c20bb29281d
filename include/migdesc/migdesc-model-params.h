/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* The parameters of a device model, as rows of a table. */

#pragma once

#if !defined(MIGDESC_INSIDE) && !defined(MIGDESC_COMPILATION)
#error "Only <migdesc/migdesc.h> can be included directly."
#endif

#include <migdesc/migdesc-model-checks.h>

/**
 * SECTION:migdesc-model-params
 * @title: Parameters of model tables
 * @short_description: What can be set of a device, and where its value goes
 *
 * Each row names a member of a struct, a migration parameter and its values. Whether the member has
 * the type that the values need is checked by the compiler.
 */

#if !defined(__cplusplus) || __cplusplus >= 201703L

/**
 * MIGDESC_PARAM_INT:
 * @type: the C type of the configuration
 * @member: a member that is an unsigned integer of any width
 * @name: the parameter's name
 * @allowed: the values that it may have, as in `1-64,128`
 * @...: the init value, which is what a fresh device has; then what may follow
 *
 * An integer that may have the values of a set.
 *
 * Since: 1.0
 */
#define MIGDESC_PARAM_INT(type, member, name, allowed, ...) \
  MIGDESC_PARAM_INT_ (type, member, name, allowed, __VA_ARGS__, .end_ = 0)

/**
 * MIGDESC_PARAM_RANGE:
 * @type: the C type of the configuration
 * @member: a member that is an unsigned integer of any width
 * @name: the parameter's name
 * @min: the least value
 * @max: the greatest value, which the member has room for
 * @...: the init value; then what may follow
 *
 * An integer from @min to @max.
 *
 * Since: 1.0
 */
#define MIGDESC_PARAM_RANGE(type, member, name, min, max, ...) \
  MIGDESC_PARAM_RANGE_ (type, member, name, min, max, __VA_ARGS__, .end_ = 0)

/**
 * MIGDESC_PARAM_BOOL:
 * @type: the C type of the configuration
 * @member: a member that is a gboolean or bool
 * @name: the parameter's name
 * @...: the init value, `on` or `off`; then what may follow
 *
 * A parameter that is on or off.
 *
 * Since: 1.0
 */
#define MIGDESC_PARAM_BOOL(type, member, name, ...) \
  MIGDESC_PARAM_BOOL_ (type, member, name, __VA_ARGS__, .end_ = 0)

/**
 * MIGDESC_PARAM_ENUM:
 * @type: the C type of the configuration
 * @member: a member that is an unsigned integer or an enum, which gets the position of the word
 * @name: the parameter's name
 * @words: an array of strings: the values that it may have
 * @...: the init value, one of them; then what may follow
 *
 * A parameter that is one of several words.
 *
 * Since: 1.0
 */
#define MIGDESC_PARAM_ENUM(type, member, name, words, ...) \
  MIGDESC_PARAM_ENUM_ (type, member, name, words, __VA_ARGS__, .end_ = 0)

/**
 * MIGDESC_PARAM_STR:
 * @type: the C type of the configuration
 * @member: a member that is a const char pointer; the text belongs to the backend
 * @name: the parameter's name
 * @...: the init value; then what may follow
 *
 * A parameter that is any text. Whether a device takes it cannot be known beforehand: where the
 * values can be listed, %MIGDESC_PARAM_ENUM says more.
 *
 * Since: 1.0
 */
#define MIGDESC_PARAM_STR(type, member, name, ...) \
  MIGDESC_PARAM_STR_ (type, member, name, __VA_ARGS__, .end_ = 0)

/**
 * MIGDESC_OFF:
 * @value: a value
 *
 * Follows a parameter: the value that stands for the device as it was before the parameter existed.
 * Without it the parameter is always named in lists, and must be known to the other side. A
 * parameter that is a count of the state should have none, for the state needs to find it.
 *
 * Since: 1.0
 */
#define MIGDESC_OFF(value) .off = (value)

/**
 * MIGDESC_SINCE_VERSION:
 * @version: the name of a version of the model
 *
 * Follows a parameter: the version that brought it. A backend that is limited to an older one does
 * not have it. A parameter may have several rows, with other values since other versions: of those
 * the last counts that is not too new.
 *
 * Since: 1.0
 */
#define MIGDESC_SINCE_VERSION(version) .since = (version)

/**
 * MIGDESC_DESCRIPTION:
 * @text: a sentence for people
 *
 * Follows a parameter, a version or a model: what it is.
 *
 * Since: 1.0
 */
#define MIGDESC_DESCRIPTION(text) .description = (text)

/**
 * MIGDESC_UNIT:
 * @text: a word, such as `bytes`
 *
 * Follows a parameter: the unit of its values.
 *
 * Since: 1.0
 */
#define MIGDESC_UNIT(text) .unit = (text)

/**
 * MIGDESC_AFFECTS:
 * @what: #MigdescAffects
 *
 * Follows a parameter: what depends on it, if it is not both the hardware and the state.
 *
 * Since: 1.0
 */
#define MIGDESC_AFFECTS(what) .affects = (guint32) (what)

/**
 * MIGDESC_RUNTIME:
 *
 * Follows a parameter: it may change while the device is in use.
 *
 * Since: 1.0
 */
#define MIGDESC_RUNTIME .runtime = 1

#endif
