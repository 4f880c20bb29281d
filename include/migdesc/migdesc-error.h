/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#if !defined(MIGDESC_INSIDE) && !defined(MIGDESC_COMPILATION)
#error "Only <migdesc/migdesc.h> can be included directly."
#endif

#include <glib-object.h>
#include <migdesc/migdesc-macros.h>

G_BEGIN_DECLS

/**
 * SECTION:migdesc-error
 * @title: Errors
 * @short_description: Why a question could not be answered
 *
 * All functions that can fail report a #GError of the domain %MIGDESC_ERROR. Its message is one
 * line of clean UTF-8 that says where, what, and which limit; its code is a #MigdescError, and
 * migdesc_error_get_nick() gives the code's stable name.
 */

/**
 * MigdescError:
 * @MIGDESC_ERROR_JSON_SYNTAX: the text is not JSON (RFC 8259): a token that cannot stand there,
 *     or an early end
 * @MIGDESC_ERROR_JSON_ENCODING: the text is not UTF-8, starts with a byte order mark or holds a
 *     NUL byte
 * @MIGDESC_ERROR_JSON_STRING: a string holds a raw control character, an unknown escape, half a
 *     surrogate pair or `\u0000`
 * @MIGDESC_ERROR_JSON_NUMBER: a number is not written as JSON wants it: leading zero, plus sign,
 *     no digit
 * @MIGDESC_ERROR_JSON_DUPLICATE_MEMBER: an object has two members of one name
 * @MIGDESC_ERROR_JSON_TRAILING_DATA: something follows the end of the document
 * @MIGDESC_ERROR_LIMIT_EXCEEDED: a limit (see #MigdescLimit) was passed; the message names it
 * @MIGDESC_ERROR_DOCUMENT_TYPE: a member is of the wrong JSON type
 * @MIGDESC_ERROR_DOCUMENT_MISSING_MEMBER: a member that has to be there is not
 * @MIGDESC_ERROR_DOCUMENT_UNKNOWN_MEMBER: a member that this format does not know, where strict
 *     reading was asked for
 * @MIGDESC_ERROR_DOCUMENT_VERSION: the format version is malformed or of a newer major version
 * @MIGDESC_ERROR_DOCUMENT_DIALECT: the document is of none of the dialects, or not of the one
 *     asked for
 * @MIGDESC_ERROR_DOCUMENT_VALUE: a member's value is none of the words allowed there
 * @MIGDESC_ERROR_DOCUMENT_EMPTY: the document has no model
 * @MIGDESC_ERROR_MODEL_NAME: text that cannot be the name of a model
 * @MIGDESC_ERROR_PARAM_NAME: text that cannot be the name of a param
 * @MIGDESC_ERROR_VERSION_NAME: text that cannot be the name of a version
 * @MIGDESC_ERROR_VALUE_TYPE: a value is not of the param's type
 * @MIGDESC_ERROR_VALUE_NOT_INT: a number is negative, has a fraction or an exponent, or is above
 *     2^64-1
 * @MIGDESC_ERROR_VALUE_TEXT: a string value holds a line end or another control character, or is
 *     too long
 * @MIGDESC_ERROR_VALUE_SET_EMPTY: a set of allowed values is empty
 * @MIGDESC_ERROR_RANGE_SYNTAX: a range is not written as `min-max` or as an object of `min` and
 *     `max`
 * @MIGDESC_ERROR_RANGE_ORDER: the lower end of a range is above the upper
 * @MIGDESC_ERROR_INIT_MISSING: a param has no init value
 * @MIGDESC_ERROR_INIT_NOT_ALLOWED: a param's init value is not among its allowed values
 * @MIGDESC_ERROR_OFF_VALUE_TYPE: a param's off value is not of its type
 * @MIGDESC_ERROR_VERSION_DUPLICATE: a model has two versions of one name
 * @MIGDESC_ERROR_VERSION_PARAM_UNKNOWN: a version sets a param that the model does not have
 * @MIGDESC_ERROR_VERSION_VALUE_NOT_ALLOWED: a version sets a param to a value that is not allowed
 * @MIGDESC_ERROR_VERSION_WITHOUT_PARAMS: a version is a plain string though the model has params
 * @MIGDESC_ERROR_TESTED_VERSION_UNKNOWN: a tested pair names a version that the model does not
 *     have
 * @MIGDESC_ERROR_CONSTRAINT_FORM: a constraint is neither an implication nor a list of forbidden
 *     values
 * @MIGDESC_ERROR_CONSTRAINT_EMPTY: a constraint has a side without params, or a param without
 *     values
 * @MIGDESC_ERROR_CONSTRAINT_PARAM_UNKNOWN: a constraint names a param that the model does not
 *     have
 * @MIGDESC_ERROR_INIT_VIOLATES_CONSTRAINT: the init values together break a constraint
 * @MIGDESC_ERROR_VERSION_VIOLATES_CONSTRAINT: a version's values together break a constraint
 * @MIGDESC_ERROR_MODEL_DUPLICATE: two models have one name
 * @MIGDESC_ERROR_PARAM_DUPLICATE: two params of a model have one name
 * @MIGDESC_ERROR_LIST_SYNTAX: text that is not a migration parameter list
 * @MIGDESC_ERROR_LIST_DUPLICATE: a list names a param twice
 * @MIGDESC_ERROR_LIST_MODEL_NEEDED: a list has to name its model, since the descriptor has
 *     several
 * @MIGDESC_ERROR_TEXT_SYNTAX: text that is not of the `v4-text` dialect
 * @MIGDESC_ERROR_TREE_INVALID: a directory tree is not of a known sysfs layout, or a file in it
 *     is malformed
 * @MIGDESC_ERROR_TREE_UNSAFE_NAME: a name in a directory tree would lead out of it or cannot be
 *     shown
 * @MIGDESC_ERROR_CONVERSION_LOSS: the conversion would lose something, and loss was not allowed
 * @MIGDESC_ERROR_CONVERSION_REFUSED: the document cannot be written in that dialect at all
 * @MIGDESC_ERROR_PLAN_UNSAFE_NAME: a name or value cannot be rendered safely in the style asked
 *     for
 * @MIGDESC_ERROR_MODEL_NOT_FOUND: the descriptor has no model of that name
 * @MIGDESC_ERROR_NOT_UNIQUE: the question has more than one answer, since a name was left out
 * @MIGDESC_ERROR_REFUSED: understood, and the answer is no
 * @MIGDESC_ERROR_STATE_TYPE: a field table or state schema is not valid
 * @MIGDESC_ERROR_STATE_CONFIG: the configuration does not fit the state: a parameter that it
 *     needs is missing or
 *     of no use
 * @MIGDESC_ERROR_STATE_RANGE: a value of a state is out of its bounds
 * @MIGDESC_ERROR_STATE_COUNT: a state has more elements or bytes than it may, or not as many as
 *     it must
 * @MIGDESC_ERROR_STATE_INDEX: a position in an array is behind its end
 * @MIGDESC_ERROR_STATE_RELATION: what must hold between two values of a state does not
 * @MIGDESC_ERROR_STATE_CONSTANT: a constant is another one
 * @MIGDESC_ERROR_STATE_STRING: a text in a state is not UTF-8, or has a NUL byte
 * @MIGDESC_ERROR_STATE_CHECK: the device's own check refuses the state
 * @MIGDESC_ERROR_STATE_MISSING: a field or section that has to be there is not
 * @MIGDESC_ERROR_STATE_UNKNOWN: a field, section or device that is not known
 * @MIGDESC_ERROR_STATE_TOO_NEW: a state or section version that is newer than the newest known
 * @MIGDESC_ERROR_STATE_TOO_OLD: a state or section version that is older than the oldest known
 * @MIGDESC_ERROR_STATE_FORMAT: data that are not of the format
 * @MIGDESC_ERROR_STATE_VERSION: data of a version of the format, or with a feature, that is not
 *     known
 * @MIGDESC_ERROR_STATE_TRUNCATED: data that end too early
 * @MIGDESC_ERROR_STATE_DAMAGED: data whose hash is not theirs
 * @MIGDESC_ERROR_STATE_ABORTED: the source gave up while it saved
 * @MIGDESC_ERROR_STATE_SCHEMA: a state schema is not the one that its digest names
 * @MIGDESC_ERROR_STATE_CONFIG_MISMATCH: the state belongs to a device of another configuration
 * @MIGDESC_ERROR_STATE_TRANSFORM: a transform cannot be applied
 * @MIGDESC_ERROR_STATE_PATH: a path that leads nowhere in a state
 * @MIGDESC_ERROR_CANNOT_READ: a file, a directory or a stream cannot be read
 * @MIGDESC_ERROR_CANNOT_WRITE: a file or a stream cannot be written
 * @MIGDESC_ERROR_CANNOT_RUN: a program cannot be started
 * @MIGDESC_ERROR_UNSAFE_FILE: a file that others may write, or a program by no absolute path
 * @MIGDESC_ERROR_DESCRIPTOR_CHANGED: a program offers something else than it did
 * @MIGDESC_ERROR_PROGRAM_FAILED: a program ended with a failure
 * @MIGDESC_ERROR_PROGRAM_TIMEOUT: a program took longer than it may
 * @MIGDESC_ERROR_PROGRAM_OUTPUT: a program printed more than it may
 * @MIGDESC_ERROR_CANCELLED: the caller cancelled the operation
 * @MIGDESC_ERROR_INVALID_ARGUMENT: an argument that the caller gave is not usable
 *
 * Why a question could not be answered: the codes of #GErrors in the domain %MIGDESC_ERROR. An
 * answer that is "no" is never an error but a report. Each code has a stable nick in lower case
 * with dashes, such as `json-syntax`; see migdesc_error_get_nick(). No code is 0.
 *
 * Since: 1.0
 */
typedef enum
{
  /* The text as JSON */
  MIGDESC_ERROR_JSON_SYNTAX = 1,
  MIGDESC_ERROR_JSON_ENCODING,
  MIGDESC_ERROR_JSON_STRING,
  MIGDESC_ERROR_JSON_NUMBER,
  MIGDESC_ERROR_JSON_DUPLICATE_MEMBER,
  MIGDESC_ERROR_JSON_TRAILING_DATA,
  MIGDESC_ERROR_LIMIT_EXCEEDED,
  /* The document's shape */
  MIGDESC_ERROR_DOCUMENT_TYPE,
  MIGDESC_ERROR_DOCUMENT_MISSING_MEMBER,
  MIGDESC_ERROR_DOCUMENT_UNKNOWN_MEMBER,
  MIGDESC_ERROR_DOCUMENT_VERSION,
  MIGDESC_ERROR_DOCUMENT_DIALECT,
  MIGDESC_ERROR_DOCUMENT_VALUE,
  MIGDESC_ERROR_DOCUMENT_EMPTY,
  /* Names and values */
  MIGDESC_ERROR_MODEL_NAME,
  MIGDESC_ERROR_PARAM_NAME,
  MIGDESC_ERROR_VERSION_NAME,
  MIGDESC_ERROR_VALUE_TYPE,
  MIGDESC_ERROR_VALUE_NOT_INT,
  MIGDESC_ERROR_VALUE_TEXT,
  MIGDESC_ERROR_VALUE_SET_EMPTY,
  MIGDESC_ERROR_RANGE_SYNTAX,
  MIGDESC_ERROR_RANGE_ORDER,
  /* The rules of a model */
  MIGDESC_ERROR_INIT_MISSING,
  MIGDESC_ERROR_INIT_NOT_ALLOWED,
  MIGDESC_ERROR_OFF_VALUE_TYPE,
  MIGDESC_ERROR_VERSION_DUPLICATE,
  MIGDESC_ERROR_VERSION_PARAM_UNKNOWN,
  MIGDESC_ERROR_VERSION_VALUE_NOT_ALLOWED,
  MIGDESC_ERROR_VERSION_WITHOUT_PARAMS,
  MIGDESC_ERROR_TESTED_VERSION_UNKNOWN,
  MIGDESC_ERROR_CONSTRAINT_FORM,
  MIGDESC_ERROR_CONSTRAINT_EMPTY,
  MIGDESC_ERROR_CONSTRAINT_PARAM_UNKNOWN,
  MIGDESC_ERROR_INIT_VIOLATES_CONSTRAINT,
  MIGDESC_ERROR_VERSION_VIOLATES_CONSTRAINT,
  MIGDESC_ERROR_MODEL_DUPLICATE,
  MIGDESC_ERROR_PARAM_DUPLICATE,
  /* Lists, texts and trees */
  MIGDESC_ERROR_LIST_SYNTAX,
  MIGDESC_ERROR_LIST_DUPLICATE,
  MIGDESC_ERROR_LIST_MODEL_NEEDED,
  MIGDESC_ERROR_TEXT_SYNTAX,
  MIGDESC_ERROR_TREE_INVALID,
  MIGDESC_ERROR_TREE_UNSAFE_NAME,
  /* Writing */
  MIGDESC_ERROR_CONVERSION_LOSS,
  MIGDESC_ERROR_CONVERSION_REFUSED,
  MIGDESC_ERROR_PLAN_UNSAFE_NAME,
  /* Asking */
  MIGDESC_ERROR_MODEL_NOT_FOUND,
  MIGDESC_ERROR_NOT_UNIQUE,
  MIGDESC_ERROR_REFUSED,
  /* The state */
  MIGDESC_ERROR_STATE_TYPE,
  MIGDESC_ERROR_STATE_CONFIG,
  MIGDESC_ERROR_STATE_RANGE,
  MIGDESC_ERROR_STATE_COUNT,
  MIGDESC_ERROR_STATE_INDEX,
  MIGDESC_ERROR_STATE_RELATION,
  MIGDESC_ERROR_STATE_CONSTANT,
  MIGDESC_ERROR_STATE_STRING,
  MIGDESC_ERROR_STATE_CHECK,
  MIGDESC_ERROR_STATE_MISSING,
  MIGDESC_ERROR_STATE_UNKNOWN,
  MIGDESC_ERROR_STATE_TOO_NEW,
  MIGDESC_ERROR_STATE_TOO_OLD,
  MIGDESC_ERROR_STATE_FORMAT,
  MIGDESC_ERROR_STATE_VERSION,
  MIGDESC_ERROR_STATE_TRUNCATED,
  MIGDESC_ERROR_STATE_DAMAGED,
  MIGDESC_ERROR_STATE_ABORTED,
  MIGDESC_ERROR_STATE_SCHEMA,
  MIGDESC_ERROR_STATE_CONFIG_MISMATCH,
  MIGDESC_ERROR_STATE_TRANSFORM,
  MIGDESC_ERROR_STATE_PATH,
  /* The world */
  MIGDESC_ERROR_CANNOT_READ,
  MIGDESC_ERROR_CANNOT_WRITE,
  MIGDESC_ERROR_CANNOT_RUN,
  MIGDESC_ERROR_UNSAFE_FILE,
  MIGDESC_ERROR_DESCRIPTOR_CHANGED,
  MIGDESC_ERROR_PROGRAM_FAILED,
  MIGDESC_ERROR_PROGRAM_TIMEOUT,
  MIGDESC_ERROR_PROGRAM_OUTPUT,
  MIGDESC_ERROR_CANCELLED,
  MIGDESC_ERROR_INVALID_ARGUMENT
} MigdescError;

/**
 * MIGDESC_ERROR:
 *
 * The domain of the #GErrors of this library; their codes are #MigdescError.
 *
 * Since: 1.0
 */
#define MIGDESC_ERROR (migdesc_error_quark ())

MIGDESC_AVAILABLE_IN_1_0
GQuark migdesc_error_quark (void);

#define MIGDESC_TYPE_ERROR (migdesc_error_get_type ())

MIGDESC_AVAILABLE_IN_1_0
GType migdesc_error_get_type (void) G_GNUC_CONST;

MIGDESC_AVAILABLE_IN_1_0
const char *migdesc_error_get_nick (MigdescError code);

G_END_DECLS
